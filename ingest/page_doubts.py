"""What is doubtful about a whole page, said of each cell that was read from it.

A page recognised in a picture, or read from a damaged file, may be wrong in any cell, and a blank
there may be a number that was lost. The identities of the form then say more: a cell whose sums
agree is confirmed by them, one whose sums do not is contradicted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ingest.forms import Form
from ingest.report import DOUBTS, Cell, Concept, Doubt, Table, TableName
from ingest.sums import sums_say

_UNCHECKED = "，请对照原件"


def with_page_doubts(
    tables: Mapping[TableName, Table], form: Form, page_doubts: Mapping[int, str]
) -> dict[TableName, Table]:
    """The tables with a doubt in each cell that stands on one of these pages and has none yet."""
    if not page_doubts:
        return dict(tables)
    return {
        name: replace(table, cells=dict(_doubted(table, form, page_doubts)))
        for name, table in tables.items()
    }


def _doubted(
    table: Table, form: Form, page_doubts: Mapping[int, str]
) -> Iterator[tuple[Concept, Cell]]:
    said = sums_say(table, form)
    for concept, cell in table.cells.items():
        page = cell.place.page
        code = page_doubts.get(page) if page is not None else None
        if code is None or cell.doubt is not None:
            yield concept, cell
            continue
        message = f"第 {page} 页{DOUBTS[code]}{said.get(concept, _UNCHECKED)}"
        yield concept, replace(cell, doubt=Doubt(code, message, cell.place))
