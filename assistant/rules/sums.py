"""The form's calculations (勾稽关系) held against a report: which fail, by how much.

A calculation with a blank cell is undecided, never failed. Sums are data of the form: nothing here
names a row or a column.
"""

from collections.abc import Iterator, Sequence

from assistant.rules.cells import cells_evidence, table_unread, unread
from assistant.rules.rule import Finding, Outcomes
from ingest.forms import Calculation, form_of
from ingest.report import Concept, Number, Report, TableName


def calculations(report: Report, name: TableName, prefix: str = "") -> Iterator[Calculation]:
    """The calculations of one table of the report's edition whose id starts with `prefix`."""
    for calculation in form_of(report.format).table(name).calculations:
        if calculation.id.startswith(prefix):
            yield calculation


def difference(report: Report, calculation: Calculation) -> Number | None:
    """The left side less the right side; None where a cell holds no number."""
    left = numbers(report, calculation.left)
    right = numbers(report, calculation.right)
    return None if left is None or right is None else sum(left) - sum(right)


def numbers(report: Report, concepts: Sequence[Concept]) -> list[Number] | None:
    """The numbers of some cells of one table, in order; None when any holds none."""
    table = report.tables.get(concepts[0].table)
    if table is None:
        return None
    cells, found = table.cells, []
    for concept in concepts:
        cell = cells.get(concept)
        if cell is None or cell.value is None:
            return None
        found.append(cell.value)
    return found


def failures(report: Report, name: TableName, prefix: str) -> Outcomes:
    """A finding for each calculation that does not hold, an undecided for each that is not known."""
    if absent := table_unread(report, name):
        yield absent
        return
    for calculation in calculations(report, name, prefix):
        left, right = numbers(report, calculation.left), numbers(report, calculation.right)
        if left is None or right is None:
            missing = unread(report, calculation.left + calculation.right)
            if missing:
                yield missing
        elif sum(left) != sum(right):
            yield _mismatch(report, calculation, left, right)


def _mismatch(
    report: Report, calculation: Calculation, left: Sequence[Number], right: Sequence[Number]
) -> Finding:
    return Finding(
        f"{calculation.label}，不相等：左边{formula(left)}，右边{formula(right)}，"
        f"相差{abs(sum(left) - sum(right))}。",
        cells_evidence(report, calculation.left + calculation.right),
        expected=sum(right),
        actual=sum(left),
    )


def formula(parts: Sequence[Number]) -> str:
    """A sum as people write it, zeros left out: `3＋1＝4`; a single number stands alone.

    >>> formula([3, 0, 1]), formula([5]), formula([0, 0])
    ('3＋1＝4', '5', '0')
    """
    shown = [number for number in parts if number]
    if len(shown) < 2:
        return str(sum(parts))
    return f"{'＋'.join(str(number) for number in shown)}＝{sum(parts)}"
