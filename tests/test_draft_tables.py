"""This year's tables as typed, and as Excel files."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange

from assistant.drafting.official_form import draw_table
from assistant.drafting.spreadsheet_tables import empty_tables_xlsx, xlsx_to_tables
from assistant.drafting.tables_file import open_tables
from assistant.drafting.typed_tables import (
    TypedCell,
    confirmed,
    form_for,
    report_to_typed,
    typed_to_report,
    with_totals,
    with_typed,
)
from assistant.drafting.workbook import Workbook
from assistant.settings import Settings
from ingest.errors import NotAnAnnualReport, UnreadableFile
from ingest.forms import FORM_2021
from ingest.report import TABLE_NAMES, Cell, Doubt, Report
from tests.drafting_cases import CASES, YEAR, tables_of
from tests.invented import invented_report

AGENCY = "云溪市青禾区司法局"
FORM = form_for(YEAR)
NEW = "requests/new/natural_person"
TITLE_ROWS = 2


def _report(cells: dict[str, str]) -> Report:
    report = typed_to_report(with_typed({}, cells, FORM), FORM, agency=AGENCY, year=YEAR)
    assert report is not None
    return report


# --- Typing ----------------------------------------------------------------------------------------


def test_a_cell_nobody_filled_in_is_blank_and_not_zero() -> None:
    report = _report({NEW: "3"})
    assert report.number(NEW) == 3
    empty = report.cell("requests/granted/natural_person")
    assert (empty.value, empty.state) == (None, "blank")
    assert typed_to_report({}, FORM, agency=AGENCY, year=YEAR) is None


@pytest.mark.parametrize(
    ("text", "value", "state"),
    [
        ("1,247", 1247, "number"),
        ("１２", 12, "number"),
        ("3.5", 3.5, "number"),
        ("/", None, "dash"),
        ("五件", None, "text"),
        ("0", 0, "number"),
    ],
)
def test_a_cell_is_what_was_typed(text: str, value: float | None, state: str) -> None:
    cell = _report({NEW: text}).cell(NEW)
    assert (cell.value, cell.state, cell.text) == (value, state, text)
    assert (cell.doubt is not None) == (state == "text")


def test_what_the_form_has_no_cell_for_is_passed_over() -> None:
    assert with_typed({}, {"requests/new/nobody": "3", "../../etc": "1"}, FORM) == {}


def test_an_emptied_cell_is_not_filled_in() -> None:
    assert with_typed({NEW: TypedCell("3")}, {NEW: " "}, FORM) == {}


def test_a_total_is_worked_out_only_from_numbers() -> None:
    parts = {
        f"requests/new/{column.id}": "1"
        for column in FORM.table("requests").columns("new")
        if column.id != "total"
    }
    typed = with_typed({}, parts, FORM)
    assert with_totals(typed, FORM)["requests/new/total"].text == "6"
    assert "requests/new/total" not in with_totals(with_typed(typed, {NEW: ""}, FORM), FORM)
    assert "requests/new/total" not in with_totals(with_typed(typed, {NEW: "若干"}, FORM), FORM)


def test_a_total_that_was_typed_stays_as_typed() -> None:
    report = tables_of(AGENCY, YEAR, {NEW: 5, "requests/granted/natural_person": 5})
    typed = with_typed(report_to_typed(report), {"requests/new/total": "9"}, FORM)
    assert with_totals(typed, FORM)["requests/new/total"].text == "9"


def test_totals_worked_out_are_those_of_whole_tables() -> None:
    report = CASES["thousands"].tables
    typed = report_to_typed(report)
    without = {key: cell for key, cell in typed.items() if "total" not in key}
    worked_out = with_totals(without, FORM)
    assert {k: cell.text for k, cell in worked_out.items()} == {
        k: cell.text for k, cell in typed.items()
    }
    assert {k for k, cell in worked_out.items() if cell.is_worked_out} == typed.keys() - without


def test_a_total_that_the_page_worked_out_is_remembered_as_such_until_it_is_typed() -> None:
    total = "requests/new/total"
    cells = with_typed({}, {total: "=7"}, FORM)
    assert cells[total] == TypedCell("7", is_worked_out=True)
    assert with_typed(cells, {total: "8"}, FORM)[total] == TypedCell("8")
    assert with_typed(cells, {total: "="}, FORM) == {}


def test_doubts_of_a_file_stay_until_the_writer_confirms_them() -> None:
    doubtful = Cell(7, "7", doubt=Doubt("row-shifted", "这一行的数与表头错开"))
    read = invented_report(agency=AGENCY, year=YEAR, replace={NEW: doubtful})
    typed = report_to_typed(read)
    assert typed[NEW].doubt == "row-shifted"
    assert with_typed(typed, {NEW: "7"}, FORM)[NEW].doubt  # as it was: not compared yet
    assert not with_typed(typed, {NEW: "8"}, FORM)[NEW].doubt
    assert not confirmed(typed)[NEW].doubt


def test_tables_of_another_agency_or_year_are_told_beside_the_draft() -> None:
    other = tables_of("云溪市青禾区水务局", YEAR - 1)
    written = Workbook(AGENCY, YEAR).with_tables(other).draft()
    told = "".join(s.text + s.why for s in written.suggestions if s.kind == "input")
    assert "云溪市青禾区水务局" in told and f"{YEAR - 1}年" in told
    assert written.sections


# --- Excel -----------------------------------------------------------------------------------------


def _filled(report: Report) -> openpyxl.Workbook:
    """The empty file with the report's numbers typed where the form has their cells."""
    book = openpyxl.load_workbook(io.BytesIO(empty_tables_xlsx(report.agency or "", YEAR)))
    for name, page in zip(TABLE_NAMES, book.worksheets, strict=True):
        for cell in draw_table(report, name):
            number = report_number(cell.text)
            target = page.cell(cell.row + 1 + TITLE_ROWS, cell.column + 1)
            if number is not None and not target.value:
                target.value = number
    return book


def report_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _bytes(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["thousands", "government", "all zero"])
def test_the_empty_file_filled_in_is_read_back_cell_by_cell(name: str) -> None:
    report = CASES[name].tables
    again = xlsx_to_tables(_bytes(_filled(report)), "表.xlsx")
    assert (again.agency, again.year, again.format) == (report.agency, YEAR, "2021")
    for concept in FORM_2021.concepts():
        assert again.number(concept) == report.number(concept), str(concept)
    assert not again.warnings


def test_an_empty_file_holds_no_number() -> None:
    again = xlsx_to_tables(empty_tables_xlsx(AGENCY, YEAR), "空表.xlsx")
    assert {again.number(concept) for concept in FORM_2021.concepts()} == {None}


def test_a_formula_that_was_never_worked_out_is_blank() -> None:
    book = _filled(tables_of(AGENCY, YEAR, {NEW: 3, "requests/granted/natural_person": 3}))
    page = book.worksheets[1]
    page.cell(TITLE_ROWS + 4, 10, "=SUM(D6:I6)")
    assert xlsx_to_tables(_bytes(book), "表.xlsx").cell("requests/new/total").state == "blank"


def test_tables_moved_down_and_right_are_found_by_their_labels() -> None:
    book = _filled(CASES["lawsuits"].tables)
    for page in book.worksheets:
        merged = [str(each) for each in page.merged_cells.ranges]
        for each in merged:
            page.unmerge_cells(each)
        page.move_range(page.dimensions, rows=5, cols=2)
        for each in merged:
            span = CellRange(each)
            span.shift(col_shift=2, row_shift=5)
            page.merge_cells(span.coord)
    again = xlsx_to_tables(_bytes(book), "表.xlsx")
    report = CASES["lawsuits"].tables
    assert again.number("requests/total/total") == report.number("requests/total/total")
    assert again.number("disputes/reconsideration/corrected") == 2


def test_a_workbook_without_the_tables_is_refused_in_a_sentence() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "电话"])
    with pytest.raises(NotAnAnnualReport, match="没有找到法定表格"):
        xlsx_to_tables(_bytes(book), "通讯录.xlsx")


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_excel_file_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"\.xlsx"):
        xlsx_to_tables(data, "a.xlsx")


def test_any_file_of_tables_is_opened_by_its_suffix(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    path = tmp_path / "表.xlsx"
    path.write_bytes(_bytes(_filled(CASES["one request"].tables)))
    assert open_tables(path, settings).number(NEW) == 1
    with pytest.raises(UnreadableFile):
        open_tables(tmp_path / "没有.xlsx", settings)
