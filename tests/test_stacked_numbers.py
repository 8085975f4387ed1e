"""Pieces of a broken number that may have taken in the number of the next row."""

import random

from ingest.forms import FORMS
from ingest.readers import read
from ingest.report import Cell, Concept, Doubt, Table
from ingest.stacked_numbers import with_crowded_doubts, with_stacked_doubts
from ingest.tables import layout_to_tables
from tests.random_reports import random_report, random_setting
from tests.render_unruled import as_unruled
from tests.table_score import expected_of, score

FORM = FORMS["2021"]
ROWS = ("declined.complaint", "declined.repeat", "declined.publication", "declined.excessive")


def a_column(*texts: str) -> Table:
    """Table three with these texts in four rows of the column 自然人, and blanks elsewhere."""
    cells = {concept: Cell(None, "") for concept in FORM.table("requests").concepts()}
    for row, text in zip(ROWS, texts, strict=True):
        doubt = Doubt("not-a-number", "不是数") if "\n" in text else None
        cells[Concept("requests", row, "natural_person")] = (
            Cell(int(text), text) if text.isdigit() else Cell(None, text, doubt=doubt)
        )
    return Table("requests", cells)


def doubted(table: Table) -> list[str]:
    return [c.row for c, cell in with_stacked_doubts(table, FORM).cells.items() if cell.doubt]


def test_a_blank_beside_pieces_of_numbers_is_doubted_up_to_the_next_number() -> None:
    assert doubted(a_column("", "", "12\n3", "4"))[-3:] == list(ROWS[:3])


def test_a_blank_behind_a_number_is_left_alone() -> None:
    assert ROWS[3] not in doubted(a_column("12\n3", "4", "5", ""))


def test_a_column_without_pieces_is_left_alone() -> None:
    assert doubted(a_column("7", "", "", "4")) == []


def test_a_blank_beside_two_numbers_in_one_cell_is_doubted() -> None:
    cells = {concept: Cell(5, "5") for concept in FORM.table("requests").concepts()}
    for column, text in (("enterprise", ""), ("research", "12 34"), ("other", "")):
        doubt = Doubt("not-a-number", "") if text else None
        cells[Concept("requests", "new", column)] = Cell(None, text, doubt=doubt)
    row = with_crowded_doubts(Table("requests", cells), FORM).rows["new"]
    assert [name for name, cell in row.items() if cell.doubt] == ["enterprise", "research"]


def test_numbers_that_went_into_the_pieces_of_others_are_not_lost_in_silence() -> None:
    chance = random.Random(51958)
    report = random_report(chance)
    layout = read(as_unruled(report, random_setting(chance)), "年报.pdf")
    tables = layout_to_tables(layout, FORMS[report.format or "2021"])
    assert score(tables, expected_of(report)).silent == ()
