"""Cells of the statutory tables as rules speak of them: names for people, evidence, bad contents.

The three questions asked of any table (is each cell a count, is any blank, is any row missing) are
answered here once, for the rule of each table to ask.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from types import MappingProxyType

from assistant.rules.rule import Evidence, Finding, Outcomes, Undecided
from ingest.forms import Form, form_of
from ingest.report import MISSING_CELL, Cell, Concept, Report, TableName

TABLE_LABELS: Mapping[TableName, str] = MappingProxyType(
    {"proactive": "表二", "requests": "表三", "disputes": "表四"}
)


def row_label(form: Form, concept: Concept) -> str:
    """The row as people call it: `不予公开-1.属于国家秘密`, without bracketed explanations."""
    row = form.table(concept.table).rows[concept.row]
    label = row.label.split("（区分")[0]
    if row.group and row.group != "本年度办理结果":
        number = f"{row.number}." if row.number else ""
        return f"{row.group}-{number}{label}"
    return f"{row.number}{label}" if row.number.startswith("（") else label


def column_label(form: Form, concept: Concept) -> str:
    """The column as people call it, without its unit."""
    return form.table(concept.table).column(concept.row, concept.column).label.split("（")[0]


def cell_label(report: Report, concept: Concept) -> str:
    """The cell as people call it: `表三“本年新收政府信息公开申请数量”行“总计”列`."""
    form = form_of(report.format)
    row, column = row_label(form, concept), column_label(form, concept)
    return f"{TABLE_LABELS[concept.table]}“{row}”行“{column}”列"


def cell_evidence(report: Report, concept: Concept, *, other: bool = False) -> Evidence:
    """A cell as evidence; `other` when `report` is not the one being checked."""
    cell = report.cell(concept)
    place = cell.place
    if (place.table, place.row, place.column) != concept:
        place = replace(place, table=concept.table, row=concept.row, column=concept.column)
    if other:
        return Evidence(place, cell.value, cell.doubt, report.id, report.year)
    return Evidence(place, cell.value, cell.doubt)


def cells_evidence(report: Report, concepts: Iterable[Concept]) -> tuple[Evidence, ...]:
    """Several cells as evidence, in order."""
    return tuple(cell_evidence(report, concept) for concept in concepts)


def unread(report: Report, concepts: Iterable[Concept], *, other: bool = False) -> Undecided | None:
    """The cells among `concepts` that hold no number, as the reason for not deciding; else None."""
    empty = [concept for concept in concepts if report.number(concept) is None]
    if not empty:
        return None
    whose = f"{report.year}年年报的" if other else ""
    first = cell_label(report, empty[0])
    more = f"等{len(empty)}格" if len(empty) > 1 else ""
    return Undecided(
        f"{whose}{first}{more}没有可用的数，无法判断。",
        tuple(cell_evidence(report, concept, other=other) for concept in empty),
    )


def is_read(report: Report, name: TableName) -> bool:
    """Whether the report has the table: at least one cell of it."""
    table = report.tables.get(name)
    return table is not None and any(c.state != "missing" for c in table.cells.values())


def table_unread(report: Report, name: TableName) -> Undecided | None:
    """Why a whole table cannot be decided on; None when it was read."""
    if is_read(report, name):
        return None
    return Undecided(f"没有读到{TABLE_LABELS[name]}，无法判断。")


def not_counts(report: Report, name: TableName) -> Outcomes:
    """A finding for each cell whose content is no count: negative, fractional or words."""
    form = form_of(report.format)
    for concept, cell in _no_counts(report, name):
        column = form.table(name).column(concept.row, concept.column)
        wrong = _wrong_content(cell, signed=column.signed, decimal=column.decimal)
        if not wrong and not column.decimal and _WORDS.search(cell.text or ""):
            yield Finding(
                f"{cell_label(report, concept)}填的是“{(cell.text or '').strip()}”，格内应只填阿拉伯数字。",
                cells_evidence(report, [concept]),
                expected=cell.value,
                actual=cell.text,
                severity="warning",
            )
        if wrong:
            yield Finding(
                f"{cell_label(report, concept)}填的是“{(cell.text or '').strip()}”，{wrong}。",
                cells_evidence(report, [concept]),
                actual=cell.text if cell.value is None else cell.value,
            )
    if missing := table_unread(report, name):
        yield missing


# 12件  十二
_WORDS = re.compile(r"[\u4e00-\u9fff]")


def _wrong_content(cell: Cell, *, signed: bool, decimal: bool) -> str:
    if cell.state == "text":
        return "不是一个数"
    if cell.value is None:
        return ""
    if cell.value < 0 and not signed:
        return "数量不能是负数"
    return "" if decimal or cell.value == int(cell.value) else "件数应是整数"


def blanks(report: Report, name: TableName) -> Outcomes:
    """Cells left blank or crossed out: one finding for what is blank throughout, then row by row.

    A column that is blank in every row, and a table in which nothing is ever written as 0, is one
    habit and one finding.
    """
    if missing := table_unread(report, name):
        yield missing
        return
    odd = _no_counts(report, name)
    empty = [concept for concept, cell in odd if cell.state in ("blank", "dash")]
    if not empty:
        return
    zeros = any(cell.value == 0 for _, cell in _cells(report, name))
    rows = {concept.row for concept in empty}
    if not zeros and (len(empty) > MOST_SINGLE_BLANKS or len(rows) >= LEAST_BLANK_ROWS):
        yield Finding(
            f"{TABLE_LABELS[name]}凡没有发生的都没有填数（共{len(empty)}格）：空白、斜线不等于0，应填0。",
            cells_evidence(report, empty),
            expected=0,
        )
        return
    columns = _columns_blank_throughout(report, name, empty)
    if columns:
        labels = "、".join(
            dict.fromkeys(f"“{column_label(form_of(report.format), c)}”" for c in columns)
        )
        yield Finding(
            f"{TABLE_LABELS[name]}{labels}整列没有填：空白不等于0，没有发生的应填0。",
            cells_evidence(report, columns),
            expected=0,
            severity="notice",
        )
    yield from _blank_rows(report, name, [c for c in empty if c not in columns])


# More blanks than this, and not one 0, are a habit rather than slips.
MOST_SINGLE_BLANKS = 15
LEAST_BLANK_ROWS = 3


def _columns_blank_throughout(
    report: Report, name: TableName, empty: Sequence[Concept]
) -> list[Concept]:
    """The blank cells of columns that have no number in any of several rows."""
    filled = {c.column for c, cell in _cells(report, name) if cell.value is not None}
    rows = {concept.row for concept in empty}
    return [c for c in empty if c.column not in filled] if len(rows) > 1 and filled else []


def _blank_rows(report: Report, name: TableName, empty: Sequence[Concept]) -> Iterator[Finding]:
    form = form_of(report.format)
    for row, cells in groupby(empty, key=lambda concept: concept.row):
        concepts = list(cells)
        whole = len(concepts) == len(form.table(name).columns(row))
        columns = "、".join(f"“{column_label(form, c)}”" for c in concepts)
        texts = sorted({(report.cell(c).text or "").strip() for c in concepts} - {""})
        how = f"填了“{'”“'.join(texts)}”" if texts else "没有填"
        yield Finding(
            f"{TABLE_LABELS[name]}“{row_label(form, concepts[0])}”行{'整行' if whole else columns}"
            f"{how}：空白不等于0，没有发生的应填0。",
            cells_evidence(report, concepts),
            expected=0,
        )


def missing_rows(report: Report, name: TableName) -> Outcomes:
    """A finding for each row of the form, or single cell of a row, that the document lacks."""
    form = form_of(report.format)
    absent = [concept for concept, cell in _no_counts(report, name) if cell.state == "missing"]
    rows: dict[str, list[Concept]] = {}
    for concept in absent:
        rows.setdefault(concept.row, []).append(concept)
    whole = [
        cells for row, cells in rows.items() if len(cells) == len(form.table(name).columns(row))
    ]
    # Rows of one group that are missing together are one gap.
    for _, gap in groupby(whole, key=lambda cells: form.table(name).rows[cells[0].row].group):
        lost = list(gap)
        labels = "、".join(f"“{row_label(form, cells[0])}”" for cells in lost)
        what = f"没有{labels}{'行' if len(lost) == 1 else f'这{len(lost)}行'}"
        yield Finding(
            f"{TABLE_LABELS[name]}{what}。",
            cells_evidence(report, [concept for cells in lost for concept in cells]),
        )
    for cells in rows.values():
        if cells not in whole:
            columns = "、".join(f"“{column_label(form, c)}”" for c in cells)
            yield Finding(
                f"{TABLE_LABELS[name]}“{row_label(form, cells[0])}”行没有{columns}格。",
                cells_evidence(report, cells),
            )
    if missing := table_unread(report, name):
        yield missing


def _cells(report: Report, name: TableName) -> Iterator[tuple[Concept, Cell]]:
    """The form's cells as read, in the order of the form; nothing when the table was not read."""
    if is_read(report, name):
        table = report.tables[name]
        for concept in concepts_of(report.format, name):
            yield concept, table.cells.get(concept, MISSING_CELL)


def _no_counts(report: Report, name: TableName) -> list[tuple[Concept, Cell]]:
    """The cells that hold anything but a whole number from 0 up in plain digits; mostly none."""
    return [
        (concept, cell)
        for concept, cell in _cells(report, name)
        if cell.value.__class__ is not int or cell.value < 0 or not (cell.text or "").isascii()
    ]


@cache
def concepts_of(edition: str | None, name: TableName) -> tuple[Concept, ...]:
    """The cells of a table of the form, in its order."""
    return tuple(form_of(edition).table(name).concepts())
