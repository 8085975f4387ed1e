"""Two readings of one table: what one is certain of and the other reads otherwise is doubted."""

import pytest

from ingest.comparison import BY_PLACE_AND_ORDER, BY_RULINGS_AND_WORDS, compared
from ingest.forms import FORM_2021
from ingest.parse import parse_bytes
from ingest.report import Cell, Concept, Doubt, Table
from tests.invented import invented_report
from tests.render_files import as_pdf
from tests.table_score import codes

CELL = Concept("requests", "granted", "research")


def table(cell: Cell) -> Table:
    cells = dict.fromkeys(FORM_2021.tables["requests"].concepts(), Cell(0, "0"))
    return Table("requests", {**cells, CELL: cell})


def doubt_of(first: Cell, second: Cell) -> Doubt | None:
    return compared(table(first), table(second), BY_RULINGS_AND_WORDS).cells[CELL].doubt


@pytest.mark.parametrize("other", [Cell(7, "7"), Cell(None, "")])
def test_a_number_that_the_positions_of_the_words_contradict_is_doubted(other: Cell) -> None:
    doubt = doubt_of(Cell(5, "5"), other)
    assert doubt is not None
    assert doubt.code == "readings-differ"
    assert "“5”按表格线读出" in doubt.message


def test_a_blank_where_words_are_read_is_doubted() -> None:
    assert doubt_of(Cell(None, ""), Cell(7, "7")) is not None


def test_a_second_reading_that_is_not_certain_contradicts_nothing() -> None:
    assert doubt_of(Cell(5, "5"), Cell(7, "7", doubt=Doubt("readings-differ", ""))) is None
    assert doubt_of(Cell(5, "5"), Cell(None, None)) is None


def test_by_order_alone_a_blank_contradicts_nothing() -> None:
    found = compared(table(Cell(5, "5")), table(Cell(None, "")), BY_PLACE_AND_ORDER)
    assert found.cells[CELL].doubt is None


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_an_authors_wrong_sum_in_a_clean_ruled_file_is_no_doubt_of_reading(edition: str) -> None:
    report = invented_report(edition, balanced=True, replace={"requests/new/total": 9999})
    found = parse_bytes(as_pdf(report), "年报.pdf")
    assert found.number("requests/new/total") == 9999
    assert set(codes(found.tables)) <= {"unit-missing"}
