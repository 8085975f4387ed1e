"""One mistake gives one finding that names it: the cell, the exchange, the shift, what was copied."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from assistant.rules import Finding, run
from ingest.figures import sections_to_figures
from ingest.report import DOUBTS, Cell, Concept, Doubt, Report
from tests.bench.clean import clean_reports

CLEAN = clean_reports(seeds=(11,))["detailed 11"]
APPLICANTS = ("natural_person", "enterprise", "research", "nonprofit", "legal_service", "other")
COLUMNS = (*APPLICANTS, "total")


def at(row: str, column: str = "total") -> Concept:
    return Concept("requests", row, column)


def typed(report: Report, values: Mapping[Concept, int]) -> Report:
    """The report with other numbers in some cells."""
    tables = dict(report.tables)
    for concept, value in values.items():
        table = tables[concept.table]
        cell = Cell(value, str(value), report.cell(concept).place)
        tables[concept.table] = replace(table, cells={**table.cells, concept: cell})
    return replace(report, tables=tables)


def number(concept: Concept) -> int:
    return int(CLEAN.number(concept) or 0)


def new(report: Report, last_year: Report | None = None) -> Sequence[Finding]:
    """What is said of the report and not of the clean one."""
    known = {(f.rule, f.message) for f in run(CLEAN, last_year).findings}
    return [f for f in run(report, last_year).findings if (f.rule, f.message) not in known]


def test_one_wrong_cell_is_named_with_the_value_it_should_have() -> None:
    cell = at("denied.law", "research")
    (found,) = new(typed(CLEAN, {cell: number(cell) + 7}))
    assert (found.actual, found.expected) == (number(cell) + 7, number(cell))
    assert "科研机构" in found.message and len(found.consequences) == 2


def test_turned_digits_are_called_so() -> None:
    cell = next(
        at(row, column)
        for row in CLEAN.tables["requests"].rows
        for column in APPLICANTS
        if 10 < number(at(row, column)) < 100 and number(at(row, column)) % 11
    )
    turned = int(str(number(cell))[::-1])
    (found,) = new(typed(CLEAN, {cell: turned}))
    assert "疑为数字颠倒" in found.message and found.expected == number(cell)


def test_two_cells_of_a_row_in_each_others_place_are_one_finding() -> None:
    one, other = at("granted", "natural_person"), at("granted", "research")
    (found,) = new(typed(CLEAN, {one: number(other), other: number(one)}))
    assert "“自然人”" in found.message and "“科研机构”" in found.message
    assert "填颠倒" in found.message and len(found.consequences) == 2


def test_two_columns_in_each_others_place_are_one_finding() -> None:
    rows = CLEAN.tables["requests"].rows
    pairs = {at(row, "other"): number(at(row)) for row in rows}
    (found, *rest) = new(typed(CLEAN, pairs | {at(r): number(at(r, "other")) for r in rows}))
    assert "“其他”与“总计”两列疑似整列填颠倒" in found.message
    assert len(found.consequences) > 20
    assert not any(f.rule.startswith("R") for f in rest)


@pytest.mark.parametrize("direction", ["right", "left"])
def test_a_row_shifted_by_a_column_is_named_with_what_it_should_hold(direction: str) -> None:
    row = "unavailable.not_held"
    stated = [number(at(row, column)) for column in COLUMNS]
    moved = [0, *stated[:-1]] if direction == "right" else [*stated[1:], 0]
    cells = {at(row, c): n for c, n in zip(COLUMNS, moved, strict=True)}
    (found,) = [f for f in new(typed(CLEAN, cells)) if f.rule.startswith("R")]
    assert "整行错开了一列" in found.message
    assert "、".join(map(str, stated)) in found.message


def test_two_rows_in_each_others_place_are_one_finding() -> None:
    one, other = "total", "carried_over"
    cells = {at(one, c): number(at(other, c)) for c in COLUMNS}
    cells |= {at(other, c): number(at(one, c)) for c in COLUMNS}
    found = [f for f in new(typed(CLEAN, cells)) if f.rule.startswith("R")]
    assert len(found) == 1 and "两行疑似整行填颠倒" in found[0].message


def test_a_total_copied_from_last_year_is_called_so() -> None:
    cell = Concept("disputes", "litigation_direct", "total")
    right, copied = number(cell), number(cell) + 3
    last_year = typed(replace(CLEAN, year=2022, sha256="f" * 64), {cell: copied})
    said = [*CLEAN.texts]
    silent = replace(typed(CLEAN, {cell: copied}), figures=(), sections=tuple(said[1:]))
    found = [f for f in run(silent, last_year).findings if f.rule == "D101"]
    assert len(found) == 1 and "疑为照抄上年" in found[0].suggestion
    assert str(right) in found[0].suggestion


def test_a_sentence_of_the_text_tells_which_cell_of_a_lone_sum_is_wrong() -> None:
    cell = Concept("disputes", "reconsideration", "total")
    wrong = typed(CLEAN, {cell: number(cell) + 2})
    wrong = replace(wrong, figures=sections_to_figures(wrong.texts, wrong.agency, wrong.year))
    (found,) = new(wrong)
    assert (found.actual, found.expected) == (number(cell) + 2, number(cell))
    assert {f.rule for f in found.consequences} == {"D101", "N107"}


def test_two_mistakes_far_apart_are_two_findings() -> None:
    one, other = at("denied.law", "research"), at("declined.repeat", "enterprise")
    found = new(typed(CLEAN, {one: number(one) + 5, other: number(other) + 9}))
    assert [(f.expected, f.actual) for f in found] == [
        (number(one), number(one) + 5),
        (number(other), number(other) + 9),
    ]


def test_a_doubtful_cell_makes_the_cause_a_suspicion() -> None:
    cell = at("denied.law", "research")
    report = typed(CLEAN, {cell: number(cell) + 7})
    table = report.tables["requests"]
    doubted = replace(table.cells[cell], doubt=Doubt("row-shifted", DOUBTS["row-shifted"]))
    tables = {**report.tables, "requests": replace(table, cells={**table.cells, cell: doubted})}
    found = [f for f in new(replace(report, tables=tables)) if f.rule.startswith("R")]
    assert [f.severity for f in found] == ["warning"] and found[0].message.startswith("疑似")


def test_a_count_below_nought_is_one_finding_with_its_sums_beneath() -> None:
    cell = at("denied.law", "research")
    (found,) = new(typed(CLEAN, {cell: -3}))
    assert (found.actual, found.expected) == (-3, number(cell))
    assert {f.rule for f in found.consequences} == {"R101", "R103", "R106"}


def test_a_shifted_row_of_cases_that_the_text_contradicts_is_one_finding() -> None:
    row = [Concept("disputes", "reconsideration", c) for c in CASES]
    stated = [number(cell) for cell in row]
    (found,) = new(reread(typed(CLEAN, dict(zip(row, [0, *stated[:-1]], strict=True)))))
    assert "“行政复议”行疑似整行错开了一列" in found.message
    assert "、".join(map(str, stated)) in found.message
    assert {f.rule for f in found.consequences} == {"D101", "N107"}


def test_a_total_of_cases_left_at_nought_is_named_with_what_it_should_be() -> None:
    cell = Concept("disputes", "reconsideration", "total")
    silent = replace(CLEAN, sections=CLEAN.sections[1:])
    (found,) = [f for f in run(reread(typed(silent, {cell: 0}))).findings if f.rule == "D101"]
    assert (found.actual, found.expected) == (0, number(cell))
    assert "“总计”列填了0" in found.message


def test_a_number_that_was_added_up_wrong_as_it_stands_is_one_finding() -> None:
    """An applicant's cell and the row's total, both short by one: the row itself adds up."""
    cells = {at("total", c): number(at("total", c)) - 1 for c in ("research", "total")}
    found = [f for f in new(reread(typed(CLEAN, cells))) if f.severity == "error"]
    assert len(found) == 1
    assert "“科研机构”、“总计”" in found[0].message
    assert {f.rule for f in found[0].consequences} >= {"R102", "R103"}


def test_the_text_tells_which_row_was_left_out_of_a_balance() -> None:
    """Nothing carried over in the table, one in the text: the column and the total are short."""
    cells = {at("carried_over", c): number(at("carried_over", c)) - 1 for c in ("other", "total")}
    (found,) = [f for f in new(reread(typed(CLEAN, cells))) if f.severity == "error"]
    assert "结转下年度" in found.message
    assert {f.rule for f in found.consequences} == {"R102", "N105"}


def test_a_balance_that_fails_in_one_column_and_so_in_the_total_is_one_finding() -> None:
    cells = {at("carried_over", c): number(at("carried_over", c)) - 1 for c in ("other", "total")}
    silent = replace(typed(CLEAN, cells), sections=CLEAN.sections[1:], figures=())
    (found,) = [f for f in run(silent).findings if f.rule.startswith("R")]
    assert found.rule == "R102" and "“其他”" in found.message
    assert [f.rule for f in found.consequences] == ["R102"]


@pytest.mark.parametrize("copied", [True, False])
def test_a_whole_row_of_totals_that_is_wrong_is_one_finding(copied: bool) -> None:
    """Left at nought, or copied from last year: each number of it is out in its own way."""
    wrong = [7, 3, 2, 1, 4, 6, 23] if copied else [0] * 7
    cells = {at("total", c): n for c, n in zip(COLUMNS, wrong, strict=True)}
    last_year = typed(replace(CLEAN, year=2022, sha256="f" * 64), cells)
    found = [
        f
        for f in new(reread(typed(CLEAN, cells)), last_year)
        if f.rule in ("R101", "R102", "R103", "N102")
    ]
    assert len(found) == 1
    assert "、".join(str(number(at("total", c))) for c in COLUMNS) in found[0].message
    assert ("疑为照抄上年" in found[0].message) == copied


def test_a_wrong_total_that_the_text_repeats_says_that_both_are_to_be_changed() -> None:
    cell = at("carried_over")
    wrong = number(cell) + 5
    text = CLEAN.sections[0].text.replace(
        f"结转下年度继续办理{number(cell)}件", f"结转下年度继续办理{wrong}件"
    )
    report = replace(
        typed(CLEAN, {cell: wrong}),
        sections=(replace(CLEAN.sections[0], text=text), *CLEAN.sections[1:]),
    )
    (found,) = new(reread(report))
    assert (found.actual, found.expected) == (wrong, number(cell))
    assert f"正文也写了{wrong}" in found.suggestion
    assert any(str(wrong) in (e.place.quote or "") for e in found.evidence)


def test_a_missing_part_is_one_finding_with_what_it_should_hold_beneath() -> None:
    for number_, rules in ((3, {"S104"}), (6, {"S106", "R110"})):
        kept = tuple(s for s in CLEAN.sections if s.number != number_)
        tables = {n: t for n, t in CLEAN.tables.items() if number_ != 3 or n != "requests"}
        found = new(reread(replace(CLEAN, sections=kept, tables=tables)))
        errors = [f for f in found if f.severity != "notice"]
        assert [f.rule for f in errors] == ["S101"], number_
        assert {f.rule for f in errors[0].consequences} >= rules


def test_a_year_that_only_the_title_gives_is_one_finding() -> None:
    title = (CLEAN.title or "").replace("2023", "2022")
    report = replace(CLEAN, title=title, year=2022)
    (found,) = new(replace(report, figures=sections_to_figures(report.texts, report.agency, 2022)))
    assert (found.rule, found.actual, found.expected) == ("I101", 2022, 2023)
    assert "疑为标题年份之误" in found.message
    assert {f.rule for f in found.consequences} >= {"I101", "I103"}


def test_a_total_left_blank_is_one_finding_that_gives_its_value() -> None:
    cell = at("granted")
    table = CLEAN.tables["requests"]
    cells = {**table.cells, cell: Cell(None, "", CLEAN.cell(cell).place)}
    blank = replace(CLEAN, tables={**CLEAN.tables, "requests": replace(table, cells=cells)})
    (found,) = new(reread(blank))
    assert found.rule == "R105" and found.expected == number(cell)
    assert [f.rule for f in found.consequences] == ["R107"]


SPOKEN = (
    (
        "2023年，云溪市青禾区水务局共收到申请5件，均已办结。\n云溪市青禾区水务局持续推进公开。",
        "I105",
    ),
    ("按照柳溪县委、县政府部署，对照《柳溪县2023年政务公开工作要点》推进。", "I106"),
    ("收到申请12件，其中自然人申请10件、法人或其他组织申请2件。", "N106"),
    ("本年度新收申请80件，上年结转申请3件。", "N101"),
)


@pytest.mark.parametrize(("text", "rule"), SPOKEN)
def test_what_one_slip_of_the_text_breaks_is_one_finding(text: str, rule: str) -> None:
    """Another agency's paragraph, another county's plan, two numbers that change places."""
    numbers_ = {at("new", c): 0 for c in COLUMNS} | {at("carried_in", c): 0 for c in COLUMNS}
    counts = {"new": 3, "carried_in": 80} if rule == "N101" else {"new": 12, "carried_in": 1}
    for row, count in counts.items():
        numbers_ |= {at(row, "natural_person"): count, at(row): count}
    sections = (replace(CLEAN.sections[0], text=text), *CLEAN.sections[1:])
    report = reread(replace(typed(CLEAN, numbers_), sections=sections))
    found = [f for f in run(report).findings if f.rule[:2] in ("I1", "N1")]
    assert [f.rule for f in found] == [rule]
    assert found[0].consequences
    quoted = {e.place.quote for e in found[0].evidence if e.place.quote}
    assert quoted >= {
        e.place.quote for c in found[0].consequences for e in c.evidence if e.place.quote
    }


def test_last_years_file_sent_in_as_this_years_is_one_finding() -> None:
    last_year = replace(CLEAN, year=2022, sha256="f" * 64)
    found = [f for f in run(reread(CLEAN), reread(last_year)).findings if f.rule[0] == "Y"]
    assert [f.rule for f in found] == ["Y113"]
    assert "疑为误用了上年的文件" in found[0].message
    assert {"Y106", "Y108", "Y109"} <= {f.rule for f in found[0].consequences}


def test_many_more_requests_than_last_year_are_one_finding() -> None:
    rows = ("new", "granted", "total")
    few = typed(CLEAN, {at(row): 5 for row in rows})
    last_year = replace(few, year=2022, sha256="f" * 64, sections=(), figures=())
    found = [f for f in run(CLEAN, last_year).findings if f.rule == "Y105"]
    assert len(found) == 1 and "本年新收" in found[0].message
    assert len(found[0].consequences) >= 2


def test_a_table_without_numbers_that_the_text_has_is_one_finding() -> None:
    cells = dict.fromkeys(CLEAN.tables["requests"].cells, 0)
    found = [f for f in new(reread(typed(CLEAN, cells))) if f.severity == "error"]
    assert len(found) == 1
    assert "表三像是没有填" in found[0].message
    assert {"N101", "N102", "N104"} <= {f.rule for f in found[0].consequences}


def reread(report: Report) -> Report:
    return replace(report, figures=sections_to_figures(report.texts, report.agency, report.year))


CASES = ("upheld", "corrected", "other", "pending", "total")


def test_two_mistakes_that_meet_in_one_column_are_both_named() -> None:
    """The column is out by both: each is told by its row, and by bringing the column nearer."""
    one, other = at("denied.law", "research"), at("declined.repeat", "research")
    found = new(typed(CLEAN, {one: number(one) + 5, other: number(other) + 9}))
    assert {(f.expected, f.actual) for f in found} == {
        (number(one), number(one) + 5),
        (number(other), number(other) + 9),
    }


def test_a_shifted_row_is_told_through_a_wrong_total() -> None:
    row = [at("granted", c) for c in COLUMNS]
    shifted = dict(zip(row, [0, *(number(cell) for cell in row[:-1])], strict=True))
    wrong = {at("total", c): number(at("total", c)) + 1 for c in ("natural_person", "total")}
    found = [f for f in new(reread(typed(CLEAN, shifted | wrong))) if f.rule.startswith("R")]
    assert len(found) == 2
    assert any("整行错开了一列" in f.message for f in found)
    assert any("“（七）总计”行“自然人”、“总计”" in f.message for f in found)


def row_of(row: str, values: Sequence[int]) -> Mapping[Concept, int]:
    return dict(zip((at(row, column) for column in COLUMNS), values, strict=True))


@pytest.mark.parametrize("row", ["carried_over", "granted", "carried_in"])
def test_a_row_that_was_left_at_nought_is_one_finding_with_what_it_should_hold(row: str) -> None:
    (found,) = new(typed(CLEAN, row_of(row, [0] * len(COLUMNS))))
    assert "像是漏填" in found.message
    assert "、".join(str(number(at(row, column))) for column in COLUMNS) in found.message
    assert len(found.consequences) >= len(COLUMNS)


def test_a_row_typed_as_the_one_above_it_is_one_finding() -> None:
    above = [number(at("denied.state_secret", column)) for column in COLUMNS]
    (found,) = new(typed(CLEAN, row_of("denied.law", above)))
    assert "“不予公开-2.其他法律行政法规禁止公开”行" in found.message
    assert "与前一行完全相同，像是照抄" in found.message


def test_a_row_with_a_nought_too_many_in_each_cell_is_one_finding() -> None:
    (found,) = new(typed(CLEAN, row_of("new", [10 * number(at("new", c)) for c in COLUMNS])))
    assert "差十倍" in found.message


def test_a_column_that_was_left_at_nought_is_told_from_the_totals() -> None:
    rows = CLEAN.tables["requests"].rows
    (found,) = new(typed(CLEAN, {at(row, "research"): 0 for row in rows}))
    assert "“科研机构”列" in found.message and "像是漏填" in found.message


def test_many_columns_out_by_a_row_that_cannot_be_named_are_one_finding() -> None:
    other = [number(at("declined.complaint", column)) for column in COLUMNS]
    (found,) = new(typed(CLEAN, row_of("denied.law", other)))
    assert "6类申请人的列都不平" in found.message
    assert len(found.consequences) == len(COLUMNS)


def test_two_cells_of_a_column_in_each_others_row_are_one_finding() -> None:
    one, other = at("denied.law", "research"), at("denied.safety", "research")
    (found,) = new(typed(CLEAN, {one: number(other), other: number(one)}))
    assert "“科研机构”列" in found.message and "填颠倒" in found.message


def test_totals_of_two_kinds_of_suits_in_each_others_place_are_one_finding() -> None:
    one = Concept("disputes", "litigation_direct", "total")
    other = Concept("disputes", "litigation_after_reconsideration", "total")
    (found,) = new(typed(CLEAN, {one: number(other), other: number(one)}))
    assert "表四“总计”列" in found.message and "填颠倒" in found.message


def test_what_came_in_this_year_and_last_in_each_others_row_is_one_finding() -> None:
    rows = {
        at(row, column): number(at(other, column))
        for row, other in (("new", "carried_in"), ("carried_in", "new"))
        for column in COLUMNS
    }
    (found,) = new(typed(CLEAN, rows))
    assert found.rule == "N101" and {f.rule for f in found.consequences} >= {"N105", "N106"}
