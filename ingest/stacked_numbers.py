"""Numbers broken over several lines, which may have taken in what stands above or below.

A number too wide for its cell is printed in pieces, one under the other. Where no ruling bounds the
cell, the number of the next row may be taken for one more piece, and its own cell then looks blank.
The invariant: a blank that borders on pieces in its column, directly or through other blanks, is
doubted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.forms import Form
from ingest.report import Cell, Concept, Doubt, Table

_EMPTY = frozenset({"blank", "missing"})
_MESSAGE = "同一列相邻的一格里叠着几截数字，这一格的数可能混在其中，请对照原件"


def with_stacked_doubts(table: Table, form: Form) -> Table:
    """The table, read without rulings, with a doubt in each blank that borders on pieces."""
    cells = dict(table.cells)
    for block in form.tables[table.name].blocks:
        for column in block.columns:
            downwards = [Concept(table.name, row.id, column.id) for row in block.rows]
            for concepts in (downwards, downwards[::-1]):
                for concept in _blanks_after_pieces(table.cells, concepts):
                    cells[concept] = _doubted(cells[concept])
    return replace(table, cells=cells)


def _blanks_after_pieces(
    cells: Mapping[Concept, Cell], concepts: Sequence[Concept]
) -> Iterator[Concept]:
    """The blanks that follow a cell of pieces, up to the next cell that is filled."""
    after_pieces = False
    for concept in concepts:
        cell = cells[concept]
        if cell.state not in _EMPTY:
            after_pieces = cell.state == "text" and "\n" in (cell.text or "").strip()
        elif after_pieces and cell.state == "blank":
            yield concept


def _doubted(cell: Cell) -> Cell:
    return (
        cell if cell.doubt else replace(cell, doubt=Doubt("readings-differ", _MESSAGE, cell.place))
    )
