"""What would put failed calculations right: one cell, two cells or rows exchanged, a row moved back.

Pure arithmetic over the form's calculations; how it is told is for `diagnosis`. The invariant: a
remedy never breaks a calculation that holds, and where two would do equally well there is none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import Literal, TypeAlias

from assistant.rules.cells import is_read
from assistant.rules.sums import difference
from ingest.forms import Calculation, form_of
from ingest.report import TABLE_NAMES, Concept, Number, Report, TableName

Kind: TypeAlias = Literal[
    "cell", "pair", "sums", "cells-swapped", "columns-swapped", "rows-swapped", "row-shifted"
]

# How many slips of the pen each takes, at least.
_SLIPS: Mapping[Kind, int] = MappingProxyType(
    {
        "cell": 1,
        "pair": 2,
        "cells-swapped": 2,
        "row-shifted": 3,
        "rows-swapped": 3,
        "columns-swapped": 3,
        "sums": 4,
    }
)
# Fewer failed calculations than this may be mended by any of their cells: nothing to name.
LEAST_EXPLAINED = 2
# A row or a column moved changes many cells; it must explain more than a cell does.
LEAST_EXPLAINED_BY_MANY = 3
# More places where an exchange would do are no help to anyone.
MOST_ALIKE = 5
Values: TypeAlias = Mapping[Concept, Number]


@dataclass(frozen=True, slots=True)
class Remedy:
    """Cells with the values they should have, and the failed calculations which that would mend.

    `also` has the values of other exchanges that would mend exactly the same.
    """

    kind: Kind
    values: Values
    mended: tuple[Calculation, ...]
    also: tuple[Values, ...] = ()

    @property
    def rank(self) -> tuple[int, int, int]:
        """What mends most comes first, then what takes the simplest slip, then the fewest cells."""
        return -len(self.mended), _SLIPS[self.kind], len(self.values)


def table_calculations(report: Report) -> Iterator[Calculation]:
    """The calculations of every table that was read."""
    for name in TABLE_NAMES:
        if is_read(report, name):
            yield from form_of(report.format).table(name).calculations


def best_remedy(report: Report, failed: Sequence[Calculation]) -> Remedy | None:
    """The remedy that mends most and that no other as good competes with; None when there is none."""
    found = (
        *_single_cells(report, failed),
        *_displacements(report, failed),
        *pairs(report, failed),
    )
    # The same values may be come by in two ways.
    remedies = list({frozenset(r.values.items()): r for r in reversed(found)}.values())
    for remedy in sorted(remedies, key=lambda r: r.rank):
        rivals = [r for r in remedies if r is not remedy and _competes(r, remedy)]
        if not rivals:
            return remedy
        alike = all((r.kind, r.mended) == ("cells-swapped", remedy.mended) for r in rivals)
        if remedy.kind == "cells-swapped" and alike and len(rivals) < MOST_ALIKE:
            return replace(remedy, also=tuple(r.values for r in rivals))
    return None


def lone_remedies(report: Report, calculation: Calculation) -> Iterator[Remedy]:
    """What each cell of a failed calculation should hold, where nothing else tells them apart.

    A row of 表四 has no other sum than its own: it may also be shifted.
    """
    cells = calculation.left + calculation.right
    stated = {cell: number for cell in cells if (number := report.number(cell)) is not None}
    if len(stated) < len(cells):
        return
    for cell in cells:
        value = _mending_value(report, calculation, cell, stated[cell])
        if value is not None and value >= 0:
            yield Remedy("cell", {cell: value}, (calculation,))
    row = next((r for r in _even_rows(report.format, cells[0].table) if set(r) == set(cells)), ())
    for kind, values in _shifted(stated, row) if row else ():
        yield Remedy(kind, values, (calculation,))


def nought_for_a_sum(report: Report, failed: Sequence[Calculation]) -> Remedy | None:
    """The first total left at 0 though its parts are counted."""
    for calculation in failed:
        parts = [report.number(cell) or 0 for cell in calculation.right]
        is_total = len(calculation.left) == 1 and report.number(calculation.left[0]) == 0
        if is_total and min(parts) >= 0:
            return Remedy("cell", {calculation.left[0]: sum(parts)}, (calculation,))
    return None


def _competes(other: Remedy, remedy: Remedy) -> bool:
    """Whether another remedy would mend as many with as few changes, some of them the same."""
    shared = set(other.mended) & set(remedy.mended)
    return bool(shared) and other.rank <= remedy.rank


# --- One cell ---------------------------------------------------------------------------------------


def _single_cells(report: Report, failed: Sequence[Calculation]) -> Iterator[Remedy]:
    """The values of single cells that mend several failed calculations and break no other."""
    for cell in dict.fromkeys(c for k in failed for c in k.left + k.right):
        stated = report.number(cell)
        touched = _calculations_by_cell(report.format, cell.table).get(cell, ())
        if stated is None or any(difference(report, c) == 0 for c in touched):
            continue
        for value in dict.fromkeys(_mending_value(report, c, cell, stated) for c in touched):
            mended = tuple(
                c
                for c in touched
                if c in failed and _mending_value(report, c, cell, stated) == value
            )
            if value is not None and value >= 0 and len(mended) >= LEAST_EXPLAINED:
                yield Remedy("cell", {cell: value}, mended)


def _mending_value(
    report: Report, calculation: Calculation, cell: Concept, stated: Number
) -> Number | None:
    """What the cell should hold for the calculation to hold; None when that cannot be known."""
    gap = difference(report, calculation)
    if gap is None:
        return None
    return stated - gap if cell in calculation.left else stated + gap


# --- A number that is wrong, and was added up as it stands ------------------------------------------


def pairs(report: Report, failed: Sequence[Calculation]) -> Iterator[Remedy]:
    """An applicant's cell and the row's total, both out by the same: the row was added up after."""
    gaps = {c.id: (c, difference(report, c)) for c in failed}
    for id, (calculation, gap) in gaps.items():
        kind, _, column = id.partition("/")
        whole, whole_gap = gaps.get(f"{kind}/total", (None, None))
        if column == "total" or whole is None or gap != whole_gap:
            continue
        sides = zip(calculation.left + calculation.right, whole.left + whole.right, strict=True)
        for cell, total in sides:
            if remedy := _pair(report, failed, calculation, (cell, total)):
                yield remedy


def _pair(
    report: Report,
    failed: Sequence[Calculation],
    calculation: Calculation,
    cells: tuple[Concept, Concept],
) -> Remedy | None:
    """Both cells put right, where that breaks nothing."""
    stated = {
        c: n for c in report.tables[cells[0].table].cells if (n := report.number(c)) is not None
    }
    if not set(cells) <= stated.keys():
        return None
    value = _mending_value(report, calculation, cells[0], stated[cells[0]])
    if value is None:
        return None
    change = value - stated[cells[0]]
    values = {cell: stated[cell] + change for cell in cells}
    touching = _calculations_by_cell(report.format, cells[0].table)
    touched = {c.id: c for cell in cells for c in touching.get(cell, ())}
    if min(values.values()) < 0 or not all(_holds(c, stated, values) for c in touched.values()):
        return None
    return Remedy("pair", values, tuple(c for c in failed if c.id in touched))


# --- Several cells that stand in each other's place -------------------------------------------------


def _displacements(report: Report, failed: Sequence[Calculation]) -> Iterator[Remedy]:
    """The exchanges and shifts within one table that mend all that they touch."""
    for name in dict.fromkeys(c.left[0].table for c in failed):
        own = [c for c in failed if c.left[0].table == name]
        # Hundreds of arrangements are tried: each number is looked up once.
        stated = {c: n for c in report.tables[name].cells if (n := report.number(c)) is not None}
        touching = _calculations_by_cell(report.format, name)
        moved = _arrangements(_grid(report.format, name, stated), stated, own)
        for kind, values in (*moved, *_added_up(report, name, stated)):
            least = LEAST_EXPLAINED if kind == "cells-swapped" else LEAST_EXPLAINED_BY_MANY
            touched = {c.id: c for cell in values for c in touching.get(cell, ())}
            mended = tuple(c for c in own if c.id in touched)
            if len(mended) >= least and all(_holds(c, stated, values) for c in touched.values()):
                yield Remedy(kind, values, mended)


@cache
def _calculations_by_cell(
    edition: str | None, name: TableName
) -> Mapping[Concept, Sequence[Calculation]]:
    found: dict[Concept, list[Calculation]] = {}
    for calculation in form_of(edition).table(name).calculations:
        for cell in calculation.left + calculation.right:
            found.setdefault(cell, []).append(calculation)
    return found


def _arrangements(
    grid: Sequence[Sequence[Concept]], stated: Values, failed: Sequence[Calculation]
) -> Iterator[tuple[Kind, Values]]:
    suspects = {cell for calculation in failed for cell in calculation.left + calculation.right}
    for cells in grid:
        for one, other in combinations([cell for cell in cells if cell in suspects], 2):
            yield from _swapped(stated, "cells-swapped", [(one, other)])
        yield from _shifted(stated, cells)
    for one_row, other_row in pairwise(grid):
        pairs = list(zip(one_row, other_row, strict=True))
        yield from _swapped(stated, "rows-swapped", pairs)
    for one_column, other_column in combinations(zip(*grid, strict=True), 2):
        pairs = list(zip(one_column, other_column, strict=True))
        yield from _swapped(stated, "columns-swapped", pairs)


def _added_up(report: Report, name: TableName, stated: Values) -> Iterator[tuple[Kind, Values]]:
    """The row of totals, or the column of them, as its parts add up."""
    if name != "requests":
        return  # each row of 表四 has one sum, that is a cell and not a row of them
    for prefix in ("outcomes/", "applicants/"):
        sums = [
            c
            for c in form_of(report.format).table(name).calculations
            if c.id.startswith(prefix) and all(cell in stated for cell in (*c.left, *c.right))
        ]
        parts = {c.left[0]: sum(stated[cell] for cell in c.right) for c in sums}
        values = {cell: value for cell, value in parts.items() if value != stated[cell]}
        if len(values) > 1 and min(values.values()) >= 0:
            yield "sums", values


def _grid(edition: str | None, name: TableName, stated: Values) -> list[tuple[Concept, ...]]:
    """The rows of equal length, those of the first row's columns, where every cell is a number."""
    return [row for row in _even_rows(edition, name) if all(cell in stated for cell in row)]


@cache
def _even_rows(edition: str | None, name: TableName) -> tuple[tuple[Concept, ...], ...]:
    table = form_of(edition).table(name)
    width = len(table.columns(next(iter(table.rows))))
    return tuple(
        tuple(Concept(name, row, column.id) for column in table.columns(row))
        for row in table.rows
        if len(table.columns(row)) == width
    )


def _swapped(
    stated: Values, kind: Kind, pairs: Sequence[tuple[Concept, Concept]]
) -> Iterator[tuple[Kind, Values]]:
    values: dict[Concept, Number] = {}
    for one, other in pairs:
        if stated[one] != stated[other]:
            values |= {one: stated[other], other: stated[one]}
    if values:
        yield kind, values


def _shifted(stated: Values, cells: Sequence[Concept]) -> Iterator[tuple[Kind, Values]]:
    """A row moved back by a column to either side; what fell off is what the row then lacks."""
    row = [stated[cell] for cell in cells]
    to_left = [*row[1:], sum(row[1:])]
    to_right = [row[-2] - sum(row[:-2]), *row[:-1]]
    for moved in (to_left, to_right):
        if moved != row and min(moved) >= 0:
            yield "row-shifted", dict(zip(cells, moved, strict=True))


def _holds(calculation: Calculation, stated: Values, values: Values) -> bool:
    """Whether both sides are equal with some values exchanged; true where that is not known."""
    total: Number = 0
    for sign, side in ((1, calculation.left), (-1, calculation.right)):
        for cell in side:
            number = values[cell] if cell in values else stated.get(cell)
            if number is None:
                return True
            total += sign * number
    return not total
