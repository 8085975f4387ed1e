"""Tables of text and numbers as an Excel file.

Knows nothing of reports. The invariant: what came out of a document is never a formula; every text
is typed as text and quoted, so `=HYPERLINK(…)` in an agency's name stays those characters.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from assistant.formulas import starts_formula

Content: TypeAlias = str | int | float | None

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_MOST_CHARACTERS = 32_767  # that a cell can hold
# Control characters that XML cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEAD = PatternFill("solid", fgColor="1F4E79")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a head with the width of each column in characters, then rows."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Content]]


def sheets_to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the bytes of one Excel file, head rows frozen and filterable."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    for number, (name, width) in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = width
        head = page.cell(1, number, name)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
    for row, contents in enumerate(sheet.rows, 2):
        for column, content in enumerate(contents, 1):
            _write_cell(page, row, column, content)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions


def _write_cell(page: Worksheet, row: int, column: int, content: Content) -> None:
    cell = page.cell(row, column)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if not isinstance(content, str):
        cell.value = content
        return
    _write_text(cell, content)


def text_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell | str:
    """A text for a row of a sheet that is only written: as a cell where it must be quoted."""
    if not starts_formula(text) and not _NOT_XML.search(text) and len(text) <= _MOST_CHARACTERS:
        return text
    cell = WriteOnlyCell(sheet)
    _write_text(cell, text)
    return cell


def _write_text(cell: Cell | MergedCell, content: str) -> None:
    text = _NOT_XML.sub("", content)
    cell.value = text[:_MOST_CHARACTERS]
    # openpyxl would make a formula of a leading "=".
    cell.data_type = "s"
    cell.quotePrefix = starts_formula(text)
