"""What would put failed calculations right: one cell, two cells or rows exchanged, a row moved back.

Pure arithmetic over the form's calculations; how it is told is for `telling`. The invariant: a
remedy never breaks a calculation that holds, and where two would do equally well there is none.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import Literal, TypeAlias

from assistant.rules.cells import is_read
from assistant.rules.ledger import ALONG_A_ROW, Ledger, Values
from ingest.forms import Calculation, form_of
from ingest.report import TABLE_NAMES, Concept, Number, Report, TableName

Kind: TypeAlias = Literal[
    "cell",
    "pair",
    "sums",
    "cells-swapped",
    "columns-swapped",
    "rows-swapped",
    "row-shifted",
    "line-wrong",
]
Failed: TypeAlias = Sequence[Calculation]

# How many slips of the pen each takes, at least.
_SLIPS: Mapping[Kind, int] = MappingProxyType(
    {
        "cell": 1,
        "pair": 2,
        "cells-swapped": 2,
        "row-shifted": 3,
        "rows-swapped": 3,
        "columns-swapped": 3,
        "line-wrong": 3,
        "sums": 4,
    }
)
# Fewer failed calculations than this may be mended by any of their cells: nothing to name.
LEAST_EXPLAINED = 2
# A row or a column moved changes many cells; it must explain more than a cell does.
LEAST_EXPLAINED_BY_MANY = 3
# Where more fail than two or three mistakes can break, what brings them nearer tells nothing.
MOST_TANGLED = 12
# More places where an exchange would do are no help to anyone.
MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Remedy:
    """Cells with the values they should have, and the failed calculations which that would mend.

    `also` has the values of other exchanges that would mend exactly the same. `nearer` counts the
    calculations that it brings nearer to right: another mistake stands in them too.
    """

    kind: Kind
    values: Values
    mended: tuple[Calculation, ...]
    also: tuple[Values, ...] = ()
    nearer: int = 0

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """What explains most comes first, then what leaves least, the simplest slip, fewest cells."""
        explained = len(self.mended) + self.nearer
        return -explained, self.nearer, _SLIPS[self.kind], len(self.values)


def table_calculations(report: Report) -> Iterator[Calculation]:
    """The calculations of every table that was read."""
    for name in TABLE_NAMES:
        if is_read(report, name):
            yield from form_of(report.format).table(name).calculations


def best_remedy(ledger: Ledger, failed: Failed) -> Remedy | None:
    """The remedy that mends most and that no other as good competes with; None when there is none.

    `failed` are calculations of the ledger's table.
    """
    found = (
        *_single_cells(ledger, failed),
        *_displacements(ledger, failed),
        *pairs(ledger, failed),
    )
    # The same values may be come by in two ways.
    remedies = list({frozenset(r.values.items()): r for r in reversed(found)}.values())
    if len(failed) > MOST_TANGLED:
        remedies = [remedy for remedy in remedies if not remedy.nearer]
    for remedy in sorted(remedies, key=lambda r: r.rank):
        rivals = [r for r in remedies if r is not remedy and _competes(r, remedy)]
        if not rivals:
            return remedy
        alike = all((r.kind, r.mended) == ("cells-swapped", remedy.mended) for r in rivals)
        if remedy.kind == "cells-swapped" and alike and len(rivals) < MOST_ALIKE:
            return replace(remedy, also=tuple(r.values for r in rivals))
    return None


def lone_remedies(ledger: Ledger, calculation: Calculation) -> Iterator[Remedy]:
    """What each cell of a failed calculation should hold, where nothing else tells them apart.

    A row of 表四 has no other sum than its own: it may also be shifted.
    """
    cells = calculation.left + calculation.right
    for cell in cells:
        value = ledger.mending_value(calculation, cell)
        if value is not None and value >= 0:
            yield Remedy("cell", {cell: value}, (calculation,))
    row = next((r for r in _even_rows(ledger.edition, ledger.name) if set(r) == set(cells)), ())
    for kind, values in _shifted(ledger.stated, row) if row else ():
        yield Remedy(kind, values, (calculation,))


def nought_for_a_sum(ledger: Ledger, failed: Failed) -> Remedy | None:
    """The first total left at 0 though its parts are counted."""
    for calculation in failed:
        parts = [ledger.stated[cell] for cell in calculation.right]
        is_total = len(calculation.left) == 1 and ledger.stated[calculation.left[0]] == 0
        if is_total and min(parts) >= 0:
            return Remedy("cell", {calculation.left[0]: sum(parts)}, (calculation,))
    return None


def _competes(other: Remedy, remedy: Remedy) -> bool:
    """Whether another remedy would mend as many with as few changes, some of them the same."""
    shared = set(other.mended) & set(remedy.mended)
    return bool(shared) and other.rank <= remedy.rank


# --- One cell ---------------------------------------------------------------------------------------


def _single_cells(ledger: Ledger, failed: Failed) -> Iterator[Remedy]:
    """The values of single cells that explain several failed calculations and break no other."""
    by_id = {calculation.id: calculation for calculation in failed}
    standing_in = Counter(c for k in failed for c in k.left + k.right)
    for cell in (c for c, times in standing_in.items() if times >= LEAST_EXPLAINED):
        wanted = ledger.changes(cell)
        if 0 in wanted.values():
            continue
        for change in dict.fromkeys(wanted.values()):
            value = ledger.stated[cell] + change
            # What it does not mend, it must bring nearer: another mistake stands in it too.
            if value >= 0 and all(abs(gap - change) < abs(gap) for gap in wanted.values()):
                mended = tuple(by_id[id] for id, gap in wanted.items() if gap == change)
                yield Remedy("cell", {cell: value}, mended, nearer=len(wanted) - len(mended))


def _remedy(
    ledger: Ledger, failed: Failed, kind: Kind, values: Values, least: int
) -> Iterator[Remedy]:
    """The remedy, where the values make no calculation worse and explain `least` of them or more."""
    effect = ledger.effect_of(values)
    if effect is None or not effect.mended:
        return
    mended = tuple(c for c in failed if c.id in effect.mended)
    if len(mended) + len(effect.nearer) >= least:
        yield Remedy(kind, values, mended, nearer=len(effect.nearer))


# --- A number that is wrong, and was added up as it stands ------------------------------------------


def pairs(ledger: Ledger, failed: Failed) -> Iterator[Remedy]:
    """An applicant's cell and the row's total, both out by the same: the row was added up after."""
    by_id = {calculation.id: calculation for calculation in failed}
    for id, calculation in by_id.items():
        kind, _, column = id.partition("/")
        whole = by_id.get(f"{kind}/total")
        if column == "total" or whole is None or ledger.gaps[id] != ledger.gaps[whole.id]:
            continue
        sides = zip(calculation.left + calculation.right, whole.left + whole.right, strict=True)
        for cell, total in sides:
            change = (ledger.mending_value(calculation, cell) or 0) - ledger.stated[cell]
            values = {c: ledger.stated[c] + change for c in (cell, total)}
            if min(values.values()) >= 0:
                yield from _remedy(ledger, failed, "pair", values, LEAST_EXPLAINED)


# --- Several cells that stand in each other's place -------------------------------------------------


def _displacements(ledger: Ledger, failed: Failed) -> Iterator[Remedy]:
    """The exchanges and shifts that mend all that they touch."""
    for kind, values in (
        *_arrangements(ledger, failed),
        *_exchanged_below(ledger, failed),
        *_rewritten(ledger, failed),
        *_added_up(ledger),
    ):
        least = LEAST_EXPLAINED if kind == "cells-swapped" else LEAST_EXPLAINED_BY_MANY
        # A row that moved shows through another mistake; what is only exchanged does not.
        if kind == "row-shifted" or ledger.is_put_right_by(values):
            yield from _remedy(ledger, failed, kind, values, least)


def _arrangements(ledger: Ledger, failed: Failed) -> Iterator[tuple[Kind, Values]]:
    stated, grid = ledger.stated, _grid(ledger)
    suspects = {cell for calculation in failed for cell in calculation.left + calculation.right}
    wanted = _wanted(ledger, [cell for row in grid for cell in row if cell in suspects])
    for cells in grid:
        for one, other in combinations([cell for cell in cells if cell in suspects], 2):
            change = stated[other] - stated[one]
            if change and wanted[one] <= {change} and wanted[other] <= {-change}:
                yield "cells-swapped", {one: stated[other], other: stated[one]}
        yield from _shifted(stated, cells)
    for one_row, other_row in pairwise(grid):
        if ledger.role(one_row[0]) != ledger.role(other_row[0]):
            yield from _swapped(stated, "rows-swapped", one_row, other_row)
    for one_column, other_column in combinations(zip(*grid, strict=True), 2):
        if ledger.role(one_column[0]) != ledger.role(other_column[0]):
            yield from _swapped(stated, "columns-swapped", one_column, other_column)


# Where more rows fail than this, it is no slip by one line.
MOST_ROWS_APART = 4


def _exchanged_below(ledger: Ledger, failed: Failed) -> Iterator[tuple[Kind, Values]]:
    """Two cells of one column typed in each other's row."""
    stated = ledger.stated
    along = [c for c in failed if c.id.startswith(ALONG_A_ROW)]
    if len(along) > MOST_ROWS_APART:
        return
    for first, second in combinations(along, 2):
        for one, other in zip(first.left + first.right, second.left + second.right, strict=True):
            if stated[one] != stated[other]:
                yield "cells-swapped", {one: stated[other], other: stated[one]}


def _rewritten(ledger: Ledger, failed: Failed) -> Iterator[tuple[Kind, Values]]:
    """A whole row or column that was left at 0, copied, or typed tenfold.

    It may be copied from the line before it or from last year's report.
    """
    stated = ledger.stated
    for prefix in ("balance/", "outcomes/", "applicants/"):
        broken = [c for c in failed if c.id.startswith(prefix)]
        if len(broken) < LEAST_EXPLAINED_BY_MANY:
            continue
        lines = list(zip(*(c.left + c.right for c in broken), strict=True))
        for before, line in pairwise((lines[-1], *lines)):
            cells = zip(broken, line, strict=True)
            values = {cell: ledger.mending_value(c, cell) or 0 for c, cell in cells}
            found = [stated[cell] for cell in line]
            if min(values.values()) >= 0 and (
                not any(found)
                or found == [stated[cell] for cell in before]
                or found == [ledger.before.get(cell) for cell in line]
                or is_tenfold(found, list(values.values()))
            ):
                yield "line-wrong", values


def is_tenfold(stated: Sequence[Number], wanted: Sequence[Number]) -> bool:
    """Whether each number has a nought too many, or each one too few.

    >>> is_tenfold([50, 120], [5, 12]), is_tenfold([5, 12], [50, 120]), is_tenfold([5], [12])
    (True, True, False)
    """
    both = list(zip(stated, wanted, strict=True))
    return all(s == 10 * w for s, w in both) or all(10 * s == w for s, w in both)


def _wanted(ledger: Ledger, cells: Sequence[Concept]) -> Mapping[Concept, set[Number]]:
    """By how much each cell would have to change for the sums that are no row's.

    It is the same for all cells of a column that play the same part in it.
    """
    found: dict[tuple[str, frozenset[tuple[str, int]]], set[Number]] = {}
    wanted = {}
    for cell in cells:
        part = cell.column, ledger.role(cell)
        if part not in found:
            changes = ledger.changes(cell).items()
            found[part] = {change for id, change in changes if not id.startswith(ALONG_A_ROW)}
        wanted[cell] = found[part]
    return wanted


def _added_up(ledger: Ledger) -> Iterator[tuple[Kind, Values]]:
    """The row of totals, or the column of them, as its parts add up."""
    if ledger.name != "requests":
        return  # each row of 表四 has one sum, that is a cell and not a row of them
    calculations = form_of(ledger.edition).table(ledger.name).calculations
    for prefix in ("outcomes/", "applicants/"):
        sums = [c for c in calculations if c.id.startswith(prefix) and c.id in ledger.gaps]
        values = {
            c.left[0]: ledger.stated[c.left[0]] - ledger.gaps[c.id]
            for c in sums
            if ledger.gaps[c.id]
        }
        if len(values) > 1 and min(values.values()) >= 0:
            yield "sums", values


def _grid(ledger: Ledger) -> list[tuple[Concept, ...]]:
    """The rows of equal length, those of the first row's columns, where every cell is a number."""
    rows = _even_rows(ledger.edition, ledger.name)
    return [row for row in rows if all(cell in ledger.stated for cell in row)]


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
    stated: Values, kind: Kind, line: Sequence[Concept], other_line: Sequence[Concept]
) -> Iterator[tuple[Kind, Values]]:
    values: dict[Concept, Number] = {}
    for one, other in zip(line, other_line, strict=True):
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
