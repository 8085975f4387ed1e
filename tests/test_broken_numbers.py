"""Numbers broken over the lines of a narrow cell: one number where the sums say so, else none."""

from collections.abc import Mapping

from ingest.parse import parse_bytes
from ingest.report import Table, TableName
from tests.invented import invented_report
from tests.render_files import as_html, as_pdf

BALANCED = invented_report(balanced=True)
UNBALANCED = invented_report()


def broken(page: bytes, *numbers: int) -> Mapping[TableName, Table]:
    """The tables of a page on which these numbers are broken before their last digit."""
    text = page.decode()
    for number in numbers:
        text = text.replace(f"\n  {number}\n", f"\n  {number // 10}</p><p>{number % 10}\n")
    return parse_bytes(text.encode(), "年报.html").tables


def test_a_broken_number_that_its_sums_confirm_is_read_and_named() -> None:
    total = int(BALANCED.cell("disputes/reconsideration/total").value or 0)
    cell = broken(as_html(BALANCED), total)["disputes"].cell("reconsideration", "total")
    assert cell.value == total
    assert cell.doubt is not None
    assert cell.doubt.code == "row-rebuilt"
    assert f"{total // 10} {total % 10}" in cell.doubt.message


def test_all_numbers_of_a_row_may_be_broken() -> None:
    row = {
        c: int(cell.value or 0)
        for c, cell in BALANCED.tables["disputes"].rows["litigation_direct"].items()
    }
    read = broken(as_html(BALANCED), *row.values())["disputes"].rows["litigation_direct"]
    assert {column: cell.value for column, cell in read.items()} == row
    assert all(cell.doubt for cell in read.values())


def test_broken_numbers_at_the_start_of_table_four_are_no_labels() -> None:
    row = {
        c: int(cell.value or 0)
        for c, cell in BALANCED.tables["disputes"].rows["reconsideration"].items()
    }
    read = broken(as_html(BALANCED), *row.values())["disputes"].rows
    assert {column: cell.value for column, cell in read["reconsideration"].items()} == row
    assert not any(cell.doubt for cell in read["litigation_direct"].values())


def test_pieces_that_no_sum_confirms_are_no_number() -> None:
    total = int(UNBALANCED.cell("disputes/reconsideration/total").value or 0)
    cell = broken(as_html(UNBALANCED), total)["disputes"].cell("reconsideration", "total")
    assert cell.value is None
    assert cell.doubt is not None


def test_numbers_on_one_line_stay_certain() -> None:
    tables = parse_bytes(as_pdf(BALANCED), "年报.pdf").tables
    assert not any(cell.doubt for table in tables.values() for cell in table.cells.values())
