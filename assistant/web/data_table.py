"""Numbers behind a picture: a table to read, with links to take it away as CSV and as Excel.

Pure and escaping; numbers stay numbers, and no text becomes a formula.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.formulas import defused
from assistant.spreadsheet import MEDIA_TYPE as XLSX
from assistant.spreadsheet import Content, Sheet, sheets_to_xlsx
from assistant.web.downloads import download_link

_COLUMN_CHARACTERS = 18


@dataclass(frozen=True, slots=True)
class DataTable:
    """A title, the heads of the columns, and rows; None is a cell without a number."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Content]]


def data_table_to_html(table: DataTable, *, is_open: bool = False) -> str:
    """The table, folded unless it is open, with its downloads."""
    heads = "".join(f"<th scope='col'>{escape(head)}</th>" for head in table.heads)
    rows = "".join(_row(row) for row in table.rows)
    state = " open" if is_open else ""
    return (
        f"<details class='nb-fold'{state}><summary>数据表（{len(table.rows)}行）</summary>"
        f"<div class='nb-table'><table class='nb-form'><tr>{heads}</tr>{rows}</table></div>"
        f"{_downloads(table)}</details>"
    )


def _row(row: Sequence[Content]) -> str:
    first, *others = row
    cells = "".join(f"<td class='nb-number'>{escape(_shown(content))}</td>" for content in others)
    return f"<tr><th scope='row'>{escape(_shown(first))}</th>{cells}</tr>"


def _shown(content: Content) -> str:
    """As people read it; a year in the first column is no quantity and is a text there."""
    if content is None:
        return "—"
    return content if isinstance(content, str) else f"{content:,}"


def _downloads(table: DataTable) -> str:
    sheet = Sheet(
        table.title[:31], [(head, _COLUMN_CHARACTERS) for head in table.heads], table.rows
    )
    return download_link(
        "下载CSV", f"{table.title}.csv", "text/csv", table_to_csv(table).encode()
    ) + download_link("下载Excel", f"{table.title}.xlsx", XLSX, sheets_to_xlsx([sheet]))


def table_to_csv(table: DataTable) -> str:
    """The table as CSV with a byte order mark, which spreadsheets want before Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.heads)
    writer.writerows([defused(content) for content in row] for row in table.rows)
    return "\ufeff" + out.getvalue()
