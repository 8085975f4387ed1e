"""This year's tables as an Excel file: an empty one to fill in, and a filled one read back.

Read is any workbook that holds the statutory tables as the form draws them, by its labels; the empty
file is drawn from the same form. The invariant: a formula without a stored result is a blank cell,
and a number typed as text stays that text.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from assistant.drafting.official_form import LABEL_COLUMNS, draw_table
from assistant.drafting.typed_tables import blank_tables, form_for
from assistant.spreadsheet import MEDIA_TYPE
from ingest.errors import NotAnAnnualReport, UnreadableFile
from ingest.forms import Form, form_of
from ingest.identity import layout_to_identity
from ingest.labels import detect_form
from ingest.readers.layout import Grid, GridCell, Layout, Line
from ingest.report import TABLE_NAMES, Report
from ingest.tables import layout_to_tables

SHEET_TITLES = {
    "proactive": "表二 主动公开",
    "requests": "表三 依申请公开",
    "disputes": "表四 复议诉讼",
}
# A workbook with more is no form: reading stops before it fills the memory.
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 400, 60, 12
MOST_BYTES = 5_000_000  # unpacked, per file of the archive
_TITLE_ROWS = 2
_THIN = Side(style="thin", color="999999")
_LABEL = PatternFill("solid", fgColor="EEF2F7")


# --- The empty form --------------------------------------------------------------------------------


def empty_tables_xlsx(agency: str, year: int) -> bytes:
    """The three tables, empty, one a sheet, to be filled in and read back."""
    form = form_for(year)
    blank = blank_tables(form, agency=agency, year=year)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in TABLE_NAMES:
        page = book.create_sheet(SHEET_TITLES[name])
        page.cell(1, 1, f"{agency}{year}年政府信息公开工作年度报告").font = Font(bold=True)
        for cell in draw_table(blank, name):
            _draw(page, cell)
        labels = LABEL_COLUMNS if name == "requests" else 1
        for column in range(1, page.max_column + 1):
            width = 22 if column <= labels else 11
            page.column_dimensions[get_column_letter(column)].width = width
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _draw(page: Worksheet, cell: GridCell) -> None:
    row, column = cell.row + 1 + _TITLE_ROWS, cell.column + 1
    last_row, last_column = row + cell.row_span - 1, column + cell.column_span - 1
    for line in page.iter_rows(row, last_row, column, last_column):
        for each in line:
            each.border = Border(_THIN, _THIN, _THIN, _THIN)
    first = page.cell(row, column, cell.text or None)
    first.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
    if cell.text:
        first.fill = _LABEL
    else:
        first.protection = Protection(locked=False)
    if (row, column) != (last_row, last_column):
        page.merge_cells(
            start_row=row, end_row=last_row, start_column=column, end_column=last_column
        )


# --- Reading ---------------------------------------------------------------------------------------


def xlsx_to_tables(data: bytes, name: str) -> Report:
    """The tables of an Excel file as a report without text.

    Raises UnreadableFile for what is no Excel file, NotAnAnnualReport where no cell of the statutory
    tables is found in it.
    """
    layout = _layout(data, name)
    edition = detect_form(layout)
    form: Form = form_of(edition)
    tables = layout_to_tables(layout, form)
    if not any(cell.text is not None for table in tables.values() for cell in table.cells.values()):
        raise NotAnAnnualReport(
            f"《{name}》里没有找到法定表格。请下载空表填好再上传，或把表格连同行列名称一起复制进来。"
        )
    identity = layout_to_identity(layout, name)
    return Report(
        source=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MEDIA_TYPE,
        agency=identity.agency,
        year=identity.year,
        format=form.edition,
        title=identity.title,
        signed_by=None,
        signed_on=None,
        preamble=None,
        sections=(),
        tables=tables,
    )


def _layout(data: bytes, name: str) -> Layout:
    unreadable = UnreadableFile(
        f"《{name}》不是能打开的 Excel 文件（.xlsx）。旧版 .xls 请另存为 .xlsx 再上传。"
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(entry.file_size > MOST_BYTES for entry in archive.infolist()):
                raise unreadable
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise unreadable from error
    blocks: list[Line | Grid] = []
    for number, page in enumerate(book.worksheets[:MOST_SHEETS], 1):
        cells = list(_grid_cells(page))
        titles = _title_rows(cells)
        blocks += [Line(c.text, number) for c in cells if c.row in titles and c.text]
        body = tuple(c for c in cells if c.row not in titles)
        if body:
            blocks.append(Grid(body, aligned=True, number=number))
    return Layout(MEDIA_TYPE, tuple(blocks))


def _title_rows(cells: list[GridCell]) -> frozenset[int]:
    """The rows above a table that hold one text: its title, not part of it."""
    titles = set()
    for row in sorted({cell.row for cell in cells}):
        if sum(bool(cell.text) for cell in cells if cell.row == row) > 1:
            break
        titles.add(row)
    return frozenset(titles)


def _grid_cells(page: Worksheet) -> Iterator[GridCell]:
    spans = {
        (m.min_row, m.min_col): (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1)
        for m in page.merged_cells.ranges
    }
    rows = page.iter_rows(
        max_row=min(page.max_row, MOST_ROWS), max_col=min(page.max_column, MOST_COLUMNS)
    )
    for row in rows:
        if not any(cell.value is not None for cell in row):
            continue
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            height, width = spans.get((cell.row, cell.column), (1, 1))
            yield GridCell(_text(cell), cell.row - 1, cell.column - 1, height, width)


def _text(cell: SheetCell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
