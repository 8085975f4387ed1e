"""One thing changed in a clean report, of each class of mistake that people make.

A class is a function that lists its mutants of one report; which of them are tried is for the
benchmark to draw. Nothing here knows which rule should find what.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import TypeAlias

from ingest.figures import sections_to_figures
from ingest.forms import APPLICANT_COLUMNS, form_of
from ingest.report import Cell, Concept, Report, Section, TableName

OTHER_AGENCY = "云溪市青禾区水务局"
COUNTED_TABLES: tuple[TableName, ...] = ("requests", "disputes")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A report with one mistake, and how to tell that a finding points at it.

    A finding points at it when its evidence holds one of the `cells` or quotes one of the `words`,
    or when its message does the latter.
    """

    report: Report
    what: str
    cells: frozenset[Concept] = frozenset()
    words: tuple[str, ...] = ()


Mutants: TypeAlias = Callable[[Report], Iterator[Mutant]]


def _with_cells(report: Report, cells: Mapping[Concept, Cell], what: str) -> Mutant:
    tables = dict(report.tables)
    for concept, cell in cells.items():
        table = tables[concept.table]
        tables[concept.table] = replace(table, cells={**table.cells, concept: cell})
    return Mutant(replace(report, tables=tables), what, frozenset(cells))


def _cell(report: Report, concept: Concept, text: str, value: int | None = None) -> Cell:
    place = report.cell(concept).place
    return Cell(value, text, place) if value is not None else Cell(None, text, place)


def _calculated(report: Report) -> list[Concept]:
    """The cells that some calculation of the form holds."""
    form = form_of(report.format)
    found = (c for t in form.tables.values() for k in t.calculations for c in (*k.left, *k.right))
    return list(dict.fromkeys(found))


def _numbered(report: Report, concepts: Mapping[Concept, int], what: str) -> Mutant:
    cells = {c: _cell(report, c, str(number), number) for c, number in concepts.items()}
    return _with_cells(report, cells, what)


# --- Arithmetic -------------------------------------------------------------------------------------


def cell_changed(report: Report) -> Iterator[Mutant]:
    """Any cell that counts towards a sum, seven more."""
    for concept in _calculated(report):
        yield _numbered(report, {concept: int(report.number(concept) or 0) + 7}, str(concept))


def digits_swapped(report: Report) -> Iterator[Mutant]:
    """37 → 73, wherever that makes another number."""
    for concept in _calculated(report):
        digits = str(report.number(concept))
        turned = digits[:-2] + digits[-1:] + digits[-2:-1]
        if len(digits) > 1 and turned != digits and turned[0] != "0":
            yield _numbered(report, {concept: int(turned)}, f"{concept}: {digits}→{turned}")


def digit_lost(report: Report) -> Iterator[Mutant]:
    """137 → 17: a digit not typed."""
    for concept in _calculated(report):
        digits = str(report.number(concept))
        if len(digits) > 1 and (less := digits[:-2] + digits[-1:]) != digits:
            yield _numbered(report, {concept: int(less)}, f"{concept}: {digits}→{less}")


def total_wrong(report: Report) -> Iterator[Mutant]:
    """A total that is one less or one more than its parts."""
    for concept in _calculated(report):
        if concept.column == "total" or concept.row == "total":
            number = int(report.number(concept) or 0)
            yield _numbered(report, {concept: number - 1 if number else 1}, str(concept))


def row_shifted(report: Report) -> Iterator[Mutant]:
    """The numbers of a row typed one column too far to the right, the last one lost."""
    for name in COUNTED_TABLES:
        for row, cells in report.tables[name].rows.items():
            numbers = [int(cell.value or 0) for cell in cells.values()]
            shifted = [0, *numbers[:-1]]
            if shifted != numbers:
                concepts = (Concept(name, row, column) for column in cells)
                changed = dict(zip(concepts, shifted, strict=True))
                yield _numbered(report, changed, f"{name}/{row}")


def columns_swapped(report: Report) -> Iterator[Mutant]:
    """Two neighbouring numbers of a row typed in each other's place."""
    concepts = _calculated(report)
    for left in concepts:
        columns = list(report.tables[left.table].rows[left.row])
        at = columns.index(left.column) + 1
        if at == len(columns):
            continue
        right = left._replace(column=columns[at])
        one, other = int(report.number(left) or 0), int(report.number(right) or 0)
        # In one row of 表四 the sum stays the same: no arithmetic can tell.
        if one != other and (left.table == "requests" or right.column == "total"):
            yield _numbered(report, {left: other, right: one}, f"{left}↔{right.column}")


def row_left_out(report: Report) -> Iterator[Mutant]:
    """A row of 表三 left at nought though its sums count it."""
    for row, cells in report.tables["requests"].rows.items():
        if any(cell.value for cell in cells.values()):
            yield _numbered(report, {Concept("requests", row, c): 0 for c in cells}, row)


def lines_swapped(report: Report) -> Iterator[Mutant]:
    """Two numbers of a column of 表三 typed in each other's row."""
    rows = list(report.tables["requests"].rows)
    for upper, lower in pairwise(rows):
        for column in APPLICANT_COLUMNS:
            one, other = (Concept("requests", row, column.id) for row in (upper, lower))
            numbers = int(report.number(one) or 0), int(report.number(other) or 0)
            # Two totals in each other's row fail their own sums; two equal numbers change nothing.
            if numbers[0] != numbers[1]:
                yield _numbered(report, {one: numbers[1], other: numbers[0]}, f"{one}↕{lower}")


# --- What a cell holds ------------------------------------------------------------------------------


def cell_blanked(report: Report) -> Iterator[Mutant]:
    """A cell left empty."""
    for concept in form_of(report.format).concepts():
        yield _with_cells(report, {concept: _cell(report, concept, "")}, str(concept))


def cell_crossed_out(report: Report) -> Iterator[Mutant]:
    """A cell with a stroke for nought."""
    for concept in form_of(report.format).concepts():
        yield _with_cells(report, {concept: _cell(report, concept, "/")}, str(concept))


def cell_negative(report: Report) -> Iterator[Mutant]:
    """A count below nought."""
    for concept in form_of(report.format).concepts():
        column = form_of(report.format).tables[concept.table].column(concept.row, concept.column)
        if not column.signed:
            yield _numbered(report, {concept: -3}, str(concept))


# --- Text -------------------------------------------------------------------------------------------


def _with_text(report: Report, number: int, text: str, what: str, *words: str) -> Mutant:
    sections = tuple(
        replace(s, text=text, starts=()) if s.number == number else s for s in report.sections
    )
    return Mutant(replace(report, sections=sections), what, words=words)


def _replaced(report: Report, number: int, pattern: str, new: str) -> Iterator[Mutant]:
    """A mutant for each place in a part where the pattern matches."""
    section = report.section(number)
    text = section.text if section else ""
    for match in re.finditer(pattern, text):
        changed = text[: match.start()] + new + text[match.end() :]
        around = new or changed[max(match.start() - 4, 0) : match.start() + 2]
        yield _with_text(report, number, changed, f"{match[0]}→{new}", around.strip())


def number_in_sentence(report: Report) -> Iterator[Mutant]:
    """A number of the text that a table or the rest of its sentence contradicts."""
    section = report.section(1)
    text = section.text if section else ""
    for match in re.finditer(r"\d+(?=件)|(?<=信息)\d+(?=条，其中)|\d+(?=条[、。])", text):
        # Counts that stand alone can be anything: the documents of a year, the checks of a page.
        number = str(int(match[0]) + 4)
        changed = text[: match.start()] + number + text[match.end() :]
        yield _with_text(report, 1, changed, f"{match[0]}→{number}", number)


def nothing_received(report: Report) -> Iterator[Mutant]:
    """The text denies what the table counts."""
    denied = "全年未收到政府信息公开申请"
    yield from _replaced(report, 1, r"(?:全年新收|本年度共收到)政府信息公开申请\d+件", denied)


def year_in_title(report: Report) -> Iterator[Mutant]:
    """Last year's title above this year's report."""
    before = f"{(report.year or 0) - 1}"
    title = (report.title or "").replace(str(report.year), before)
    yield Mutant(replace(report, title=title), title, words=(before, title))


def year_of_work(report: Report) -> Iterator[Mutant]:
    """The work of another year told in the first part."""
    before = str((report.year or 0) - 1)
    yield from _replaced(report, 1, rf"^{report.year}(?=年)", before)


def year_of_period(report: Report) -> Iterator[Mutant]:
    """The period of another year in the opening."""
    preamble = report.preamble
    if preamble:
        before = f"{(report.year or 0) - 1}年1月1日"
        text = preamble.text.replace(f"{report.year}年1月1日", before)
        yield Mutant(
            replace(report, preamble=replace(preamble, text=text)), before, words=(before,)
        )


def other_agency(report: Report) -> Iterator[Mutant]:
    """Another bureau as the one that did the work."""
    yield from _replaced(report, 1, re.escape(report.agency or "?"), OTHER_AGENCY)


def other_signature(report: Report) -> Iterator[Mutant]:
    """Signed by another bureau."""
    yield Mutant(replace(report, signed_by=OTHER_AGENCY), OTHER_AGENCY, words=(OTHER_AGENCY,))


def signed_a_year_early(report: Report) -> Iterator[Mutant]:
    """January of the year that is reported on."""
    if report.signed_on and report.year:
        day = report.signed_on.replace(year=report.year)
        words = (f"{day.year}年{day.month}月{day.day}日", day.isoformat())
        yield Mutant(replace(report, signed_on=day), words[0], words=words)


def section_missing(report: Report) -> Iterator[Mutant]:
    """A whole part left out, with its table."""
    for number in range(1, 7):
        left = tuple(s for s in report.sections if s.number != number)
        heading = next(s.heading for s in report.sections if s.number == number)
        held = ("", "表二", "表三", "表四", "", "处理费")[number - 1]
        part = f"第{'一二三四五六'[number - 1]}部分"
        words = tuple(filter(None, (heading.split("、")[-1], part, held)))
        yield Mutant(replace(report, sections=left), heading, words=words)


def heading_number_lost(report: Report) -> Iterator[Mutant]:
    """A heading without its 一、 or with that of the one before."""
    for section in report.sections[1:]:
        bare = section.heading.split("、", 1)[1]
        again = f"{'一二三四五六'[section.number - 2]}、{bare}"
        for heading in (bare, again):
            sections = tuple(
                replace(s, heading=heading) if s.number == section.number else s
                for s in report.sections
            )
            yield Mutant(replace(report, sections=sections), heading, words=(bare,))


def fee_statement_missing(report: Report) -> Iterator[Mutant]:
    """Part six without a word on the processing fee, which the form of 2021 asks for."""
    if report.format != "2021":
        return
    for text in ("本年度没有其他需要报告的事项。", "无", "本机关办公地址在柳荫路18号。"):
        words = ("处理费", "第六部分", text)
        yield _with_text(report, 6, text, text, *words)


def problems_vague(report: Report) -> Iterator[Mutant]:
    """Part five that says nothing in particular."""
    for text in (
        "公开意识有待加强，公开不够及时。今后将进一步重视。",
        "（一）存在问题\n工作机制还不够完善。\n（二）改进措施\n加强学习。",
        "",
    ):
        yield _with_text(report, 5, text, text or "（空）", "第五部分", text[:12] or "五、")


def placeholder_left(report: Report) -> Iterator[Mutant]:
    """XX, ××, ____ and the like where something was to be filled in."""
    for mark in ("XX", "××", "***", "____", "（待补充）", "TODO", "〇〇"):
        for mutant in _replaced(report, 1, r"\d+(?=[期次名篇])", mark):
            yield replace(mutant, words=(mark,))


def known_typo(report: Report) -> Iterator[Mutant]:
    """A slip of the published kind."""
    slips = {"依申请公开": "依公开申请", "政府信息公开申请": "政府信息公告申请"}
    slips |= {"规范性文件": "规划性文件", "渠道": "去道", "结转": "转结"}
    for right, wrong in slips.items():
        for number in (1, 5, 6):
            for mutant in _replaced(report, number, right, wrong):
                yield replace(mutant, words=(wrong,))


def markup_left(report: Report) -> Iterator[Mutant]:
    """What a conversion leaves behind."""
    for mark in ("&nbsp;", "[bookmark: _GoBack]", "错误!未找到引用源。", "{{数量}}", "\ufffd"):
        section = report.section(1)
        text = section.text if section else ""
        at = text.index("。")
        yield _with_text(report, 1, text[:at] + mark + text[at:], mark, mark)


def personal_data(report: Report) -> Iterator[Mutant]:
    """An identity number, a mobile number, a bank card."""
    data = (
        "申请人身份证号11010519491231002X。",
        "联系人手机13812345678。",
        "缴费账号6222021234567890128。",
    )
    section = report.section(6)
    for said in data:
        yield _with_text(report, 6, (section.text if section else "") + said, said, said[-12:-1])


def other_area(report: Report) -> Iterator[Mutant]:
    """The work plan of another county."""
    section = report.section(1)
    text = (section.text if section else "") + "\n"
    for said in (
        f"印发《柳溪县{report.year}年政务公开工作要点》分工方案。",
        "按照柳溪县委、县政府统一部署推进公开。",
    ):
        yield _with_text(report, 1, text + said, said, said, "柳溪县")


def wrong_citation(report: Report) -> Iterator[Mutant]:
    """A notice or a regulation that no longer holds."""
    preamble = report.preamble or Section(0, "", "")
    notice = "〔2019〕60号" if report.format == "2021" else "〔2021〕30号"
    for said in (
        f"本报告按照国办公开办函{notice}文件要求编制。",
        "依据《中华人民共和国政府信息公开条例》（国务院令第492号）编制。",
    ):
        changed = replace(preamble, text=preamble.text + said)
        yield Mutant(replace(report, preamble=changed), said, words=(said, notice, "492号"))


def bracket_lost(report: Report) -> Iterator[Mutant]:
    """A closing bracket or quotation mark that was not typed."""
    yield from _replaced(report, 1, r"(?<=[据化审])”|(?<=公开)）", "")


def part_above_its_whole(report: Report) -> Iterator[Mutant]:
    """A digit lost in the whole, so that the first of its parts is greater."""
    section = report.section(1)
    text = section.text if section else ""
    for match in re.finditer(r"(?<=信息)\d(\d+)(?=条，其中)", text):
        changed = text[: match.start()] + match[1] + text[match.end() :]
        if int(match[1]) < int(match[0]):
            yield _with_text(report, 1, changed, f"{match[0]}→{match[1]}", f"{match[1]}条")


def count_not_filled_in(report: Report) -> Iterator[Mutant]:
    """A bracket, a stroke or one cross where a count belongs."""
    for blank in ("（）", "__", "×"):
        yield from _replaced(report, 1, r"\d+(?=[次名])", blank)


def enumeration_broken(report: Report) -> Iterator[Mutant]:
    """一是、三是: a number of a list skipped or typed twice."""
    for number in ("一", "三"):
        for mutant in _replaced(report, 5, "二是", f"{number}是"):
            yield replace(mutant, words=(f"{number}是",))
    for mutant in _replaced(report, 1, "（三）", "（二）"):
        yield replace(mutant, words=("（二）政",))


def basis_misnamed(report: Report) -> Iterator[Mutant]:
    """The regulations under another name or an old article's number."""
    preamble = report.preamble or Section(0, "", "")
    for right, wrong in (("政府信息公开条例", "信息公开条例"), ("第五十条", "第三十一条")):
        changed = replace(preamble, text=preamble.text.replace(right, wrong))
        yield Mutant(replace(report, preamble=changed), wrong, words=(wrong,))


def period_cut_short(report: Report) -> Iterator[Mutant]:
    """The period that is reported on ends before the year."""
    preamble = report.preamble or Section(0, "", "")
    changed = replace(preamble, text=preamble.text.replace("12月31日止", "11月30日止"))
    yield Mutant(replace(report, preamble=changed), "11月30日", words=("11月30日",))


def personal_data_in_groups(report: Report) -> Iterator[Mutant]:
    """Numbers of people with gaps between their groups."""
    section = report.section(6)
    for said in ("110105 1949 1231 002X", "138-1234-5678", "6222 0212 3456 7890 128"):
        text = f"{section.text if section else ''}联系人{said}。"
        yield _with_text(report, 6, text, said, said)


def paragraph_broken_off(report: Report) -> Iterator[Mutant]:
    """A paragraph that ends in a comma before the next begins."""
    yield from _replaced(report, 1, r"。(?=\n)", "，")


ARITHMETIC: Mapping[str, Mutants] = MappingProxyType(
    {
        "格中数改动": cell_changed,
        "数字颠倒": digits_swapped,
        "漏一位数字": digit_lost,
        "合计差一": total_wrong,
        "整行错开一列": row_shifted,
        "相邻两格互换": columns_swapped,
        "整行漏填": row_left_out,
        "上下两格互换": lines_swapped,
    }
)
"""Classes that the calculations of the form must catch."""

OTHERS: Mapping[str, Mutants] = MappingProxyType(
    {
        "格中空白": cell_blanked,
        "格中填斜线": cell_crossed_out,
        "格中负数": cell_negative,
        "正文数字": number_in_sentence,
        "正文称未收到": nothing_received,
        "标题年度": year_in_title,
        "正文年度": year_of_work,
        "统计期限年度": year_of_period,
        "别的单位": other_agency,
        "落款单位": other_signature,
        "落款年份": signed_a_year_early,
        "缺一部分": section_missing,
        "标题序号": heading_number_lost,
        "缺信息处理费": fee_statement_missing,
        "问题空泛": problems_vague,
        "占位符": placeholder_left,
        "常见笔误": known_typo,
        "转换残留": markup_left,
        "个人信息": personal_data,
        "别的地区": other_area,
        "引文失效": wrong_citation,
        "括号不成对": bracket_lost,
        "分项多于总数": part_above_its_whole,
        "件数没有填": count_not_filled_in,
        "序号跳号重号": enumeration_broken,
        "依据写错": basis_misnamed,
        "统计期限不足": period_cut_short,
        "号码分段书写": personal_data_in_groups,
        "段落没有写完": paragraph_broken_off,
    }
)
"""Classes of everything else that one can get wrong."""


def reread(report: Report) -> Report:
    """The report with the figures of its text as they are now."""
    return replace(report, figures=sections_to_figures(report.texts, report.agency, report.year))
