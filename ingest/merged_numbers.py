"""Numbers that may be merged over rows, where no ruling says how far a cell reaches.

A number merged over three rows stands exactly beside the middle one and looks like its own; what
betrays it are two rows that are blank in the same columns, and hardly elsewhere, around a row that
is not. The invariant: such a number and both blanks are doubted, unless the sums of the form
confirm all three.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.forms import Form
from ingest.report import Cell, Concept, Doubt, Table
from ingest.sums import CONFIRMED, sums_say

# A row with more blanks than this share of its cells is one in which little was counted, and a
# column with more is one in which little is.
_BLANK_SHARE = 0.5


def with_merged_doubts(table: Table, form: Form) -> Table:
    """The table, read without rulings, with a doubt in each cell that may be part of a merged one."""
    said = sums_say(table, form)
    cells = dict(table.cells)
    for three in _suspicions(table, form):
        if all(said.get(concept) == CONFIRMED for concept in three):
            continue
        text = (table.cells[three[1]].text or "").strip()
        for concept in three:
            cells[concept] = _doubted(cells[concept], text)
    return replace(table, cells=cells)


def _suspicions(table: Table, form: Form) -> Iterator[tuple[Concept, Concept, Concept]]:
    """Each number with a blank right above and right below, where blanks are not the custom."""
    for block in form.tables[table.name].blocks:
        rows = [row.id for row in block.rows]
        blanks = [_blanks(table, row) for row in rows]
        for index, around in enumerate(zip(blanks, blanks[1:], blanks[2:], strict=False)):
            above, middle, below = around
            if above != below or above & middle or len(above) > len(block.columns) * _BLANK_SHARE:
                continue
            for column in sorted(above):
                if _is_filled(column, [*blanks[:index], *blanks[index + 3 :]]):
                    one, two, three = (
                        Concept(table.name, row, column) for row in rows[index : index + 3]
                    )
                    yield one, two, three


def _blanks(table: Table, row: str) -> frozenset[str]:
    """The columns that hold nothing in a row."""
    empty = {"blank", "missing"}
    return frozenset(column for column, cell in table.rows[row].items() if cell.state in empty)


def _is_filled(column: str, blanks: Sequence[frozenset[str]]) -> bool:
    """Whether most of these rows hold something in the column."""
    return sum(column in row for row in blanks) < len(blanks) * _BLANK_SHARE


def _doubted(cell: Cell, text: str) -> Cell:
    if cell.doubt is not None:
        return cell
    message = f"“{text}”上下两格都空着，可能是一格跨了三行，请对照原件"
    return replace(cell, doubt=Doubt("readings-differ", message, cell.place))
