"""An invented annual report, whole and in memory, for tests of everything above the parser.

Nothing in it is taken from a published report. By default every table cell holds a different
non-zero number, so that reading one row or one column too far always shows.
"""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ingest.forms import Form, form_of
from ingest.outline import SECTIONS
from ingest.report import (
    TABLE_NAMES,
    Cell,
    Concept,
    Number,
    Place,
    Report,
    Section,
    Table,
    TableName,
)

Values = dict[Concept, Number | None]
Replacements = Mapping[Concept | str, Cell | Number | None]

AGENCY = "云溪市青禾区数据管理局"
_DEFAULT_YEAR = {"2019": 2019, "2021": 2023}
_FRAMING_ROWS = ("new", "carried_in", "total", "carried_over")


def invented_report(
    edition: str = "2021",
    *,
    seed: int = 0,
    agency: str = AGENCY,
    year: int | None = None,
    balanced: bool = False,
    replace: Replacements | None = None,
    sections: Mapping[int, str] | None = None,
    signed: bool = True,
) -> Report:
    """A report of the edition whose text agrees with its tables and which has no doubts.

    `balanced` makes every calculation of the form hold, with varied numbers (then they are not
    all different). `replace` puts a cell, a number or a blank (None) in place of single cells;
    `sections` puts another text in place of a section's. The same arguments give the same report.
    """
    form = form_of(edition)
    year = year or _DEFAULT_YEAR[edition]
    values = invented_values(form, seed=seed, balanced=balanced)
    changes = {_concept(key): value for key, value in (replace or {}).items()}
    for concept, change in changes.items():
        values[concept] = change.value if isinstance(change, Cell) else change
    tables = {name: _table(form, name, values, changes) for name in TABLE_NAMES}
    texts = {**_section_texts(values, agency, year), **(sections or {})}
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return Report(
        source=f"{agency}{year}.txt",
        sha256=_hash(title, tables, texts),
        media_type="text/plain",
        agency=agency,
        year=year,
        format=edition,
        title=title,
        signed_by=agency if signed else None,
        signed_on=date(year + 1, 1, 16) if signed else None,
        preamble=Section(0, "", _preamble(agency, year)),
        sections=tuple(Section(s.number, _heading(s.number), texts[s.number]) for s in SECTIONS),
        tables=tables,
    )


def invented_values(form: Form, *, seed: int = 0, balanced: bool = False) -> Values:
    """A number for every concept of the form: all different, or (`balanced`) adding up."""
    chance = random.Random(seed)
    numbers = chance.sample(range(11, 999), len(list(form.concepts())))
    values: Values = dict(zip(form.concepts(), numbers, strict=True))
    for concept in values:
        if form.tables[concept.table].column(concept.row, concept.column).decimal:
            values[concept] = round(float(values[concept] or 0) + 0.25, 2)
    if balanced:
        _balance(form, values, chance)
    return values


def _balance(form: Form, values: Values, chance: random.Random) -> None:
    rows = form.tables["requests"].rows
    outcomes = [row for row in rows if row not in _FRAMING_ROWS]
    applicants = [c.id for c in form.tables["requests"].columns("new") if c.id != "total"]
    for applicant in applicants:
        for row in outcomes:
            values[Concept("requests", row, applicant)] = chance.randint(1, 60)
        done = sum(_number(values, "requests", row, applicant) for row in outcomes)
        left = chance.randint(1, 40)
        carried = chance.randint(1, 30)
        framing = {
            "new": done + left - carried,
            "carried_in": carried,
            "total": done,
            "carried_over": left,
        }
        values.update({Concept("requests", r, applicant): n for r, n in framing.items()})
    _sum_rows(form, values, "requests")
    _sum_rows(form, values, "disputes")


def _sum_rows(form: Form, values: Values, name: TableName) -> None:
    for row in form.tables[name].rows:
        parts = [c.id for c in form.tables[name].columns(row) if c.id != "total"]
        values[Concept(name, row, "total")] = sum(_number(values, name, row, c) for c in parts)


def _number(values: Values, name: TableName, row: str, column: str) -> int:
    return int(values[Concept(name, row, column)] or 0)


def _concept(key: Concept | str) -> Concept:
    return Concept.parse(key) if isinstance(key, str) else key


def _table(
    form: Form,
    name: TableName,
    values: Values,
    changes: Mapping[Concept, Cell | Number | None],
) -> Table:
    cells: dict[Concept, Cell] = {}
    for concept in form.tables[name].concepts():
        change = changes.get(concept)
        value = values[concept]
        text = "" if value is None else str(value)
        place = Place(table=concept.table, row=concept.row, column=concept.column)
        cells[concept] = change if isinstance(change, Cell) else Cell(value, text, place)
    return Table(name, cells)


def _hash(title: str, tables: Mapping[TableName, Table], texts: Mapping[int, str]) -> str:
    cells = [cell.text for table in tables.values() for cell in table.cells.values()]
    return hashlib.sha256(repr((title, cells, sorted(texts.items()))).encode()).hexdigest()


def _heading(number: int) -> str:
    return f"{'零一二三四五六'[number]}、{SECTIONS[number - 1].heading}"


def _preamble(agency: str, year: int) -> str:
    return (
        f"根据《中华人民共和国政府信息公开条例》第五十条，{agency}编制了{year}年政府信息公开工作"
        f"年度报告。所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    )


def _section_texts(values: Values, agency: str, year: int) -> dict[int, str]:
    return {
        1: "\n".join(_overview(values, agency, year)),
        2: "",
        3: "",
        4: "",
        5: "\n".join(_problems(year)),
        6: f"{year}年度，本机关没有发出收费通知，未收取政府信息公开信息处理费。",
    }


def _overview(values: Values, agency: str, year: int) -> Sequence[str]:
    new = values[Concept("requests", "new", "total")]
    granted = values[Concept("requests", "granted", "total")]
    review = values[Concept("disputes", "reconsideration", "total")]
    return (
        f"{year}年，{agency}把公开工作同数据治理一道部署、一道检查。",
        "（一）主动公开",
        "全年通过门户网站发布各类信息83条，其中政策文件21条、政策解读18条、工作动态44条。",
        "（二）依申请公开",
        f"全年新收政府信息公开申请{_said(new)}件，予以公开{_said(granted)}件；"
        f"因政府信息公开被申请行政复议{_said(review)}件。",
        "（三）政府信息管理",
        "修订信息发布审核办法，每条信息经起草人、科室负责人和分管负责人逐级核对后发布。",
        "（四）政府信息公开平台建设",
        "调整门户网站栏目7个，开设数据开放专栏，政务新媒体账号“青禾数据”推送信息129篇。",
        "（五）监督保障",
        "举办业务培训2期，参训人员64人次，聘请社会监督员5名听取意见。",
    )


def _said(value: Number | None) -> str:
    return "若干" if value is None else str(value)


def _problems(year: int) -> Iterator[str]:
    yield "（一）存在的主要问题"
    yield "一是公共数据目录更新滞后，部分条目超过一个季度没有核对。二是解读形式偏少，图解只占一成。"
    yield "（二）改进情况"
    yield "一是建立目录按月核对台账，由专人销号。二是与区融媒体中心合作，今后每件重要文件配发图解。"
    yield f"针对上一年度提出的答复不够规范的问题，{year}年统一了答复文书样式。"
