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
