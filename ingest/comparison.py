"""Two readings of one table held against each other (两种读法).

The invariant: a number on which the readings differ carries a doubt, unless it has one already. A
reading contradicts another only where it is certain itself.
"""

from dataclasses import replace
from typing import NamedTuple

from ingest.report import Cell, Doubt, Table


class Ways(NamedTuple):
    """How two readings were made, as said to people."""

    first: str
    second: str


BY_PLACE_AND_ORDER = Ways("按位置", "按次序")
BY_RULINGS_AND_WORDS = Ways("按表格线", "按文字的位置")


def compared(table: Table, other: Table, ways: Ways) -> Table:
    """The table, its cells doubted where the other reading found something else."""
    cells = {
        concept: _compared(cell, other.cells[concept], ways)
        for concept, cell in table.cells.items()
    }
    return replace(table, cells=cells)


def _compared(cell: Cell, other: Cell, ways: Ways) -> Cell:
    if cell.text is None and cell.doubt is None and other.value is not None:
        message = f"“{other.text}”只{ways.second}读出，{ways.first}读不出"
        return replace(other, doubt=other.doubt or Doubt("readings-differ", message, other.place))
    if _is_cut(other) and cell.doubt is not None and cell.doubt.code == "unreadable":
        return other
    if cell.doubt is not None or not _contradicts(other, cell, ways):
        return cell
    found = (other.text or "").strip() or "空白"
    message = f"“{cell.text or ''}”{ways.first}读出，{ways.second}读则是“{found}”"
    return replace(cell, doubt=Doubt("readings-differ", message, cell.place))


def _contradicts(other: Cell, cell: Cell, ways: Ways) -> bool:
    """Whether the other reading is certain of something else.

    By order alone a blank is never seen; by place it is.
    """
    if other.doubt is not None or other.value == cell.value:
        return False
    return other.value is not None or (ways is BY_RULINGS_AND_WORDS and other.state == "blank")


def _is_cut(cell: Cell) -> bool:
    return cell.value is not None and cell.doubt is not None and cell.doubt.code == "digits-joined"
