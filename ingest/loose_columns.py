"""Which column a number without ruling stands in: two readings by position, held against each other.

The labels of the header say where columns are; so do the numbers themselves, which stand under one
another. Where only the nearest label speaks for a column, the number is doubted; where a number may
be two, it is not read.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.loose_words import Block, intervals_of

# A number that reaches so much of its height into an empty neighbouring column may be two numbers.
_REACH = 0.5


@dataclass(frozen=True, slots=True)
class Columns:
    """The lowest labels of a header, from left to right."""

    leaves: tuple[Block, ...]

    def under(self, x: float) -> int:
        """The column whose label is nearest to `x`."""
        return bisect(self.borders, x)

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


def place(rows: Sequence[Sequence[Block]], columns: Columns) -> list[list[Placed]]:
    """For each row of numbers under one header: its numbers, each in its column."""
    extents = intervals_of([number for row in rows for number in row])
    if len(extents) != len(columns.leaves):
        extents = []
    placed = [list(_place_row(row, columns, extents)) for row in rows]
    if not any(p.doubt == "unreadable" and len(p.block.words) > 1 for row in placed for p in row):
        return placed
    # Two numbers under one label: a label of the header was not found, and others may be wrong too.
    return [
        [Placed(p.column, p.block, p.doubt or "readings-differ") for p in row] for row in placed
    ]


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
        return None if columns.under(number.centre) == column else "readings-differ"
    under = [
        i for i, leaf in enumerate(columns.leaves) if leaf.x0 < number.x1 and number.x0 < leaf.x1
    ]
    return None if under == [column] else "readings-differ"
