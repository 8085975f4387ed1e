"""Two readings of one table held against each other (两种读法).

The invariant: a number on which the readings differ carries a doubt, unless it has one already.
"""

from dataclasses import replace

from ingest.report import Cell, Doubt, Table


def compared(table: Table, other: Table) -> Table:
    """The table, its cells doubted where the other reading found another number."""
    cells = {
        concept: _compared(cell, other.cells[concept]) for concept, cell in table.cells.items()
    }
    return replace(table, cells=cells)


def _compared(cell: Cell, other: Cell) -> Cell:
    if cell.text is None and cell.doubt is None and other.value is not None:
        doubt = Doubt("readings-differ", f"“{other.text}”只按次序读出，位置对不上", other.place)
        return replace(other, doubt=other.doubt or doubt)
    if _is_cut(other) and cell.doubt is not None and cell.doubt.code == "unreadable":
        return other
    is_second_certain = other.doubt is None and other.value is not None
    if cell.doubt is not None or not is_second_certain or other.value == cell.value:
        return cell
    message = f"“{cell.text or ''}”按位置读出，按次序读则是“{(other.text or '').strip()}”"
    return replace(cell, doubt=Doubt("readings-differ", message, cell.place))


def _is_cut(cell: Cell) -> bool:
    return cell.value is not None and cell.doubt is not None and cell.doubt.code == "digits-joined"
