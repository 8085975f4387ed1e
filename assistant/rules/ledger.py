"""The numbers of one statutory table with by how much each of its calculations is out.

Worked out once for a table in which something fails, so that hundreds of ways to put it right can
be tried. The invariant: a calculation with a cell that holds no number is out by nothing known, and
no change can be held against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from assistant.rules.sums import difference
from ingest.forms import Calculation, form_of
from ingest.report import Concept, Number, Report, TableName

Values: TypeAlias = Mapping[Concept, Number]
# Calculation id and the side of each of its cells: 1 for the left, -1 for the right.
_Sides: TypeAlias = tuple[str, Mapping[Concept, int]]


@dataclass(frozen=True, slots=True)
class Effect:
    """The ids of the calculations that a change would make right, and of those it brings nearer."""

    mended: frozenset[str]
    nearer: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One table's numbers; `gaps` has left less right by the id of each known calculation.

    `before` has last year's numbers of the same table, where its report is known.
    """

    edition: str | None
    name: TableName
    stated: Values
    gaps: Mapping[str, Number]
    before: Values

    def calculations_of(self, cells: Values) -> Mapping[str, Calculation]:
        """The calculations that hold any of some cells, by their ids."""
        known = _by_id(self.edition, self.name)
        return {id: known[id] for cell in cells for id, _ in self._sides(cell)}

    def effect_of(self, values: Values) -> "Effect | None":
        """What the values do to the calculations they touch; None where one would be the worse."""
        mended: list[str] = []
        nearer: list[str] = []
        seen: set[str] = set()
        for cell in values:
            for id, sides in self._sides(cell):
                if id in seen or id not in self.gaps:
                    continue
                seen.add(id)
                before, after = self.gaps[id], self._gap_with(values, id, sides)
                if after and abs(after) >= abs(before):
                    return None
                if before:
                    (nearer if after else mended).append(id)
        return Effect(frozenset(mended), frozenset(nearer))

    def is_put_right_by(self, values: Values) -> bool:
        """Whether every known calculation that the values touch would hold with them."""
        effect = self.effect_of(values)
        return effect is not None and not effect.nearer

    def with_values(self, values: Values) -> "Ledger":
        """The ledger as it would be with the values."""
        sides = {id: s for cell in values for id, s in self._sides(cell) if id in self.gaps}
        gaps = {id: self._gap_with(values, id, s) for id, s in sides.items()}
        return replace(self, stated={**self.stated, **values}, gaps={**self.gaps, **gaps})

    def _gap_with(self, values: Values, id: str, sides: Mapping[Concept, int]) -> Number:
        """By how much a calculation would be out with the values."""
        few = sides if len(sides) < len(values) else values
        changes = (
            sides[cell] * (values[cell] - self.stated[cell])
            for cell in few
            if cell in sides and cell in values
        )
        return self.gaps[id] + sum(changes)

    def mending_value(self, calculation: Calculation, cell: Concept) -> Number | None:
        """What the cell should hold for the calculation to hold; None when that is not known."""
        gap = self.gaps.get(calculation.id)
        if gap is None:
            return None
        return self.stated[cell] - gap if cell in calculation.left else self.stated[cell] + gap

    def changes(self, cell: Concept) -> Mapping[str, Number]:
        """By how much the cell would have to change for each of its known sums, by their ids."""
        return {
            id: -self.gaps[id] * sides[cell] for id, sides in self._sides(cell) if id in self.gaps
        }

    def role(self, cell: Concept) -> frozenset[tuple[str, int]]:
        """The kinds of sums that the cell stands in, and on which side.

        To exchange two rows or columns whose cells play the same role mends nothing.
        """
        return _role(self.edition, self.name, cell)

    def _sides(self, cell: Concept) -> Sequence[_Sides]:
        return _sides_by_cell(self.edition, self.name).get(cell, ())


# The calculations that add up a row, by the beginning of their ids.
ALONG_A_ROW = ("applicants", "results")


def report_to_ledger(report: Report, name: TableName, last_year: Report | None = None) -> Ledger:
    """The ledger of one table of a report."""
    gaps = {
        id: gap
        for id, calculation in _by_id(report.format, name).items()
        if (gap := difference(report, calculation)) is not None
    }
    before = _numbers(last_year, name) if last_year else {}
    return Ledger(report.format, name, _numbers(report, name), gaps, before)


def _numbers(report: Report, name: TableName) -> Values:
    table = report.tables.get(name)
    cells = table.cells.items() if table else ()
    return {concept: cell.value for concept, cell in cells if cell.value is not None}


@cache
def _role(edition: str | None, name: TableName, cell: Concept) -> frozenset[tuple[str, int]]:
    sides_of = _sides_by_cell(edition, name).get(cell, ())
    return frozenset((id.partition("/")[0], sides[cell]) for id, sides in sides_of)


@cache
def _by_id(edition: str | None, name: TableName) -> Mapping[str, Calculation]:
    return {c.id: c for c in form_of(edition).table(name).calculations}


@cache
def _sides_by_cell(edition: str | None, name: TableName) -> Mapping[Concept, Sequence[_Sides]]:
    found: dict[Concept, list[_Sides]] = {}
    for calculation in _by_id(edition, name).values():
        sides = {**dict.fromkeys(calculation.left, 1), **dict.fromkeys(calculation.right, -1)}
        for cell in sides:
            found.setdefault(cell, []).append((calculation.id, sides))
    return found
