"""Numbers broken over several lines, or several in one cell: they may hold what stands beside them.

A number too wide for its cell is printed in pieces, one under the other. Where no ruling bounds the
cell, the number of the next row may be taken for one more piece, and its own cell then looks blank.
Writers, too, put the numbers of neighbouring cells into one of them. The invariant: a blank that
borders on such a cell, directly or through other blanks, is doubted.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.forms import Form, TableForm
from ingest.report import Cell, Concept, Doubt, Table

_EMPTY = frozenset({"blank", "missing"})
_ABOVE = "同一列相邻的一格里叠着几截数字，这一格的数可能混在其中，请对照原件"
_BESIDE = "同一行相邻的一格里有几个数，这一格的数可能混在其中，请对照原件"
# 135 212  8/3  8、3
_SEVERAL = re.compile(r"\d[^\S\n]+\d|\d\s*[/、;；]\s*\d")


def with_stacked_doubts(table: Table, form: Form) -> Table:
    """The table, whose cells no ruling bounds, with a doubt in each blank that borders on pieces."""
    columns = (
        [Concept(table.name, row.id, column.id) for row in block.rows]
        for block in form.tables[table.name].blocks
        for column in block.columns
    )
    return _with_doubts(table, columns, _is_stacked, _ABOVE)


def with_crowded_doubts(table: Table, form: Form) -> Table:
    """The table with a doubt in each blank beside a cell that holds several numbers."""
    return _with_doubts(table, _printed_rows(form.tables[table.name]), _is_crowded, _BESIDE)


def _printed_rows(form: TableForm) -> Iterator[list[Concept]]:
    """The concepts of each row as printed: table four is one row of fifteen numbers."""
    if form.name == "disputes":
        yield list(form.concepts())
        return
    yield from ([concept for _, concept in form.cells(row)] for row in form.rows)


def _with_doubts(
    table: Table,
    lines: Iterable[list[Concept]],
    holds_several: Callable[[Cell], bool],
    message: str,
) -> Table:
    if not any(map(holds_several, table.cells.values())):
        return table
    cells = dict(table.cells)
    for line in lines:
        for concepts in (line, line[::-1]):
            for concept in _blanks_after(table.cells, concepts, holds_several):
                cells[concept] = _doubted(cells[concept], message)
    return replace(table, cells=cells)


def _is_stacked(cell: Cell) -> bool:
    return cell.state == "text" and "\n" in (cell.text or "").strip()


def _is_crowded(cell: Cell) -> bool:
    return cell.doubt is not None and _SEVERAL.search(cell.text or "") is not None


def _blanks_after(
    cells: Mapping[Concept, Cell],
    concepts: Sequence[Concept],
    holds_several: Callable[[Cell], bool],
) -> Iterator[Concept]:
    """The blanks that follow a cell of several numbers, up to the next cell that is filled."""
    after_several = False
    for concept in concepts:
        cell = cells[concept]
        if cell.state not in _EMPTY:
            after_several = holds_several(cell)
        elif after_several and cell.state == "blank":
            yield concept


def _doubted(cell: Cell, message: str) -> Cell:
    if cell.doubt is not None:
        return cell
    return replace(cell, doubt=Doubt("readings-differ", message, cell.place))
