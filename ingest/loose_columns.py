"""Which column a number without ruling stands in: two readings by position, held against each other.

The labels of the header say where columns are; so do the numbers themselves, which stand under one
another. Where only the nearest label speaks for a column, the number is doubted; where a number may
be two, it is not read.
"""

import math
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from ingest.loose_words import Block, intervals_of

# A number that reaches so much of its height into an empty neighbouring column may be two numbers.
_REACH = 0.5
# In points: what stands so little beside the middle of a label stands under it.
_ASIDE = 2.0

Rows: TypeAlias = Sequence[Sequence[Block]]
"""The numbers of each row."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The lowest labels of a header, from left to right; `foreign` are those that the form has not."""

    leaves: tuple[Block, ...]
    foreign: frozenset[Block] = frozenset()

    def under(self, x: float) -> int:
        """The column whose label is nearest to `x`."""
        return bisect(self.borders, x)

    def is_near(self, number: Block, column: int) -> bool:
        """Whether a number is no further from the label of a column than the next label is."""
        label = self.leaves[column].centre
        others = (leaf.centre for index, leaf in enumerate(self.leaves) if index != column)
        step = min((abs(other - label) for other in others), default=math.inf)
        return abs(number.centre - label) <= step

    def is_towards_foreign(self, number: Block, column: int) -> bool:
        """Whether a number stands between the label of its column and one that the form has not."""
        label = self.leaves[column]
        return any(
            abs(number.centre - foreign.centre) < abs(label.centre - foreign.centre) - _ASIDE
            for foreign in self.foreign - {label}
        )

    @property
    def reach(self) -> tuple[float, float] | None:
        """Where the outermost columns end, if the distance of the labels tells."""
        if len(self.leaves) < 2:
            return None
        centres = [leaf.centre for leaf in self.leaves]
        before, after = centres[1] - centres[0], centres[-1] - centres[-2]
        return centres[0] - before / 2, centres[-1] + after / 2

    @property
    def borders(self) -> list[float]:
        """Half way between the labels."""
        return [(one.centre + other.centre) / 2 for one, other in pairwise(self.leaves)]


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands in one column of a row, and the code of the doubt about it."""

    column: int
    block: Block
    doubt: str | None = None


def place(headed: Sequence[tuple[Columns, Rows]]) -> list[list[list[Placed]]]:
    """For each header of a table and each row of numbers under it: the numbers in their columns."""
    placed = [_place_rows(rows, columns) for columns, rows in headed]
    lone = [
        (columns.leaves[0], number)
        for (columns, rows), found in zip(headed, placed, strict=True)
        if len(columns.leaves) == 1
        for number in (placed.block for row in found for placed in row)
    ]
    crowded = any(_is_crowded(p) for found in placed for row in found for p in row)
    astray = {number for _, number in lone} if crowded else set(_astray(lone))
    astray.update(_outside(headed))
    return [[[_doubted(p, p.block in astray) for p in row] for row in found] for found in placed]


def _astray(lone: Sequence[tuple[Block, Block]]) -> Iterator[Block]:
    """Of the numbers under a header of one label, those of a column without a label.

    Numbers of one column stand under one another; where they do not, only those under the label are
    certain. `lone` are pairs of a label and a number.
    """
    if len(intervals_of([number for _, number in lone])) > 1:
        for leaf, number in lone:
            if number.x1 <= leaf.x0 or leaf.x1 <= number.x0:
                yield number


def _outside(headed: Sequence[tuple[Columns, Rows]]) -> Iterator[Block]:
    """The numbers that stand beside all columns of all headers of the table."""
    reaches = [reach for columns, _ in headed if (reach := columns.reach)]
    if reaches:
        left, right = min(reach[0] for reach in reaches), max(reach[1] for reach in reaches)
        numbers = (number for _, rows in headed for row in rows for number in row)
        yield from (number for number in numbers if not left <= number.centre <= right)


def _is_crowded(placed: Placed) -> bool:
    """Whether two numbers stand under one label: a label of the header was not found."""
    return placed.doubt == "unreadable" and len(placed.block.words) > 1


def _doubted(placed: Placed, is_doubtful: bool) -> Placed:
    if not is_doubtful or placed.doubt is not None:
        return placed
    return replace(placed, doubt="readings-differ")


def _place_rows(rows: Rows, columns: Columns) -> list[list[Placed]]:
    extents = intervals_of([number for row in rows for number in row])
    if len(extents) != len(columns.leaves) or not _stand_alike(extents, columns.leaves):
        extents = []
    placed = [list(_place_row(row, columns, extents)) for row in rows]
    # Where one label was not found, others may be wrong too.
    crowded = any(_is_crowded(p) for row in placed for p in row)
    # Numbers that stand one column further than their labels do so in the last column as well.
    askew = any(columns.under((x0 + x1) / 2) != i for i, (x0, x1) in enumerate(extents))
    return [[_doubted(p, crowded or askew) for p in row] for row in placed]


def _stand_alike(extents: Sequence[tuple[float, float]], leaves: Sequence[Block]) -> bool:
    """Whether the numbers stand as far from their labels in each column, on one side or in the middle.

    Where they do not, one of the labels was not found, or a column has none.
    """
    step = min((other.centre - one.centre for one, other in pairwise(leaves)), default=0.0)
    off = [
        (x0 - leaf.x0, (x0 + x1) / 2 - leaf.centre, x1 - leaf.x1)
        for (x0, x1), leaf in zip(extents, leaves, strict=True)
    ]
    return any(max(side) - min(side) <= step / 2 for side in zip(*off, strict=True))


def _place_row(
    row: Sequence[Block], columns: Columns, extents: Sequence[tuple[float, float]]
) -> Iterator[Placed]:
    by_column: dict[int, list[Block]] = defaultdict(list)
    for number in row:
        by_column[_column(number, columns, extents)].append(number)
    for column, found in by_column.items():
        if len(found) > 1:
            words = tuple(word for block in found for word in block.words)
            yield Placed(column, Block(words), "unreadable")
        else:
            yield Placed(column, found[0], _doubt(found[0], column, columns, extents, by_column))


def _column(number: Block, columns: Columns, extents: Sequence[tuple[float, float]]) -> int:
    for index, (x0, x1) in enumerate(extents):
        if x0 <= number.centre <= x1:
            return index
    return columns.under(number.centre)


def _doubt(
    number: Block,
    column: int,
    columns: Columns,
    extents: Sequence[tuple[float, float]],
    taken: dict[int, list[Block]],
) -> str | None:
    if len(columns.leaves) == 1:
        return None
    if sum(number.x0 < leaf.centre < number.x1 for leaf in columns.leaves) > 1:
        return "unreadable"
    reach = _REACH * (number.bottom - number.top)
    first, last = columns.under(number.x0 + reach), columns.under(number.x1 - reach)
    if any(other not in taken for other in range(first, last + 1)):
        return "unreadable"
    if extents:
        is_told = columns.under(number.centre) == column and columns.is_near(number, column)
        return None if is_told else "readings-differ"
    under = [
        i for i, leaf in enumerate(columns.leaves) if leaf.x0 < number.x1 and number.x0 < leaf.x1
    ]
    is_told = under == [column] and not columns.is_towards_foreign(number, column)
    return None if is_told else "readings-differ"
