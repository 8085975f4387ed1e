"""Grids as rows of slots, and the values in them.

A slot is a cell with the columns that it covers. Blank slots are kept: where a value stands is
told by the slots before it. Knows nothing of the statutory form.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.characters import for_matching
from ingest.numbers import text_to_number
from ingest.readers.layout import Grid, GridCell
from ingest.report import DASHES

# 251000元  1.2万元  5件   a number followed by its unit.
_MEASURED = re.compile(r"[\d.,+-]+\s*(?:件|项|宗|条|个|次|份|元|千元|万元|万|亿元)")


@lru_cache(maxsize=8192)
def is_value_text(text: str) -> bool:
    """Whether a cell's text is a number, a number with its unit, or a dash."""
    bare = for_matching(text)
    if bare in DASHES:
        return True
    return text_to_number(text) is not None or bool(_MEASURED.fullmatch(bare))


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A cell in its row. `left` and `right` are the columns it covers, `right` not included.

    `is_blank` says that nothing is printed in the cell, `is_value` that it holds a number, a number
    with its unit, or a dash, `is_label` that it holds words: each row is asked for them many times.
    """

    cell: GridCell
    left: int
    right: int
    grid: Grid
    text: str
    is_blank: bool
    is_value: bool
    is_label: bool


def _slot(cell: GridCell, grid: Grid) -> Slot:
    text, left = cell.text, cell.column
    is_blank = not (text[:1].isalnum() or for_matching(text))
    is_value = not is_blank and is_value_text(text)
    is_label = not (is_blank or is_value)
    right = left + max(cell.column_span, 1)
    return Slot(cell, left, right, grid, text, is_blank, is_value, is_label)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid. `above` are cells that reach into it from rows above."""

    grid: Grid
    index: int
    slots: tuple[Slot, ...]
    above: tuple[Slot, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the cells that are not blank."""
        return tuple(slot.text for slot in self.slots if not slot.is_blank)

    @property
    def width(self) -> int:
        """The column at which the last cell ends."""
        return max((slot.right for slot in self.slots), default=0)

    @property
    def has_values(self) -> bool:
        """Whether some cell holds a number or a dash."""
        return any(slot.is_value for slot in self.slots)

    def leading_labels(self, *, numbered: bool = False) -> tuple[Slot, ...]:
        """The cells with words before the first number or dash.

        With `numbered`, a number before all words is passed over: the row's own (序号).
        """
        labels: list[Slot] = []
        for slot in self.slots[numbered and _is_numbered(self.slots) :]:
            if slot.is_value:
                break
            if not slot.is_blank:
                labels.append(slot)
        return tuple(labels)

    def after(self, column: int) -> tuple[Slot, ...]:
        """The cells that follow the cell ending at `column`, in their order; all of them for 0."""
        ends = [index + 1 for index, slot in enumerate(self.slots) if slot.right == column]
        return self.slots[ends[0] :] if ends else self.slots


def _is_numbered(slots: Sequence[Slot]) -> bool:
    """Whether the first cell is a whole number and the next one with text holds words."""
    if not slots or not slots[0].text.strip().isdecimal():
        return False
    return next((slot.is_label for slot in slots[1:] if not slot.is_blank), False)


def grid_to_rows(grid: Grid) -> Iterator[GridRow]:
    """The rows of a grid from top to bottom, each with the cells that reach into it from above."""
    open_slots: list[Slot] = []
    for index, cells in enumerate(grid.rows()):
        open_slots = [s for s in open_slots if s.cell.row + s.cell.row_span > index]
        slots = tuple([_slot(cell, grid) for cell in cells])
        yield GridRow(grid, index, slots, tuple(open_slots))
        open_slots.extend(slot for slot in slots if slot.cell.row_span > 1)
