"""What stood on the desk before the writer typed, so that typing can be taken back.

Pure. The invariant: an entry holds only what its change touched, so taking it back leaves alone
what was typed elsewhere since.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.drafting.typed_tables import TypedCell, TypedTables


@dataclass(frozen=True, slots=True)
class TableSource:
    """The file that the tables came from, and whose tables it held, when it said so."""

    file: str = ""
    agency: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one change replaced; a cell that was not filled in is None, notes left alone are None."""

    cells: Mapping[str, TypedCell | None] = field(default_factory=dict)
    notes: str | None = None
    source: TableSource | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the change replaced nothing."""
        return not self.cells and self.notes is None and self.source is None

    @property
    def told(self) -> str:
        """What is taken back with it, as people say it."""
        cells = f"{len(self.cells)} 格" if self.cells else ""
        return "、".join(filter(None, (cells, "写作要点" if self.notes is not None else "")))


def cells_replaced(before: TypedTables, after: TypedTables) -> Mapping[str, TypedCell | None]:
    """What stood in each cell that differs."""
    keys = sorted(before.keys() | after.keys())
    return {key: before.get(key) for key in keys if before.get(key) != after.get(key)}


def cells_taken_back(cells: TypedTables, entry: Entry) -> TypedTables:
    """The cells with those of the entry as they stood before it."""
    kept = {key: cell for key, cell in cells.items() if key not in entry.cells}
    return {**kept, **{key: cell for key, cell in entry.cells.items() if cell}}
