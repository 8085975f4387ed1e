"""Numbers that a narrow cell breaks over its lines, put together where the sums of the form say so.

Table four has fifteen columns: printed upright, a number of three digits often takes two lines. Two
lines of digits in a cell may also be two numbers. The invariant: pieces become one number only where
a calculation that they stand in then holds and none fails, and the number stays a named guess.
"""

from collections.abc import Mapping
from dataclasses import replace

from ingest.forms import Calculation, Form
from ingest.numbers import text_to_number
from ingest.report import Cell, Concept, Doubt, Number, Table

_Numbers = Mapping[Concept, Number]


def with_broken_numbers(table: Table, form: Form) -> Table:
    """The table with each broken number read as one that the sums confirm."""
    broken = {concept: number for concept, cell in table.cells.items() if (number := _joined(cell))}
    if not broken:
        return table
    numbers = {c: cell.value or 0 for c, cell in table.cells.items() if cell.state != "text"}
    numbers |= broken
    verdicts = [
        (concept, holds)
        for calculation in form.tables[table.name].calculations
        if (holds := _holds(calculation, numbers)) is not None
        for concept in (*calculation.left, *calculation.right)
    ]
    confirmed = {concept for concept, holds in verdicts if holds}
    confirmed -= {concept for concept, holds in verdicts if not holds}
    cells = {
        concept: _read_as(cell, broken[concept]) if concept in confirmed & broken.keys() else cell
        for concept, cell in table.cells.items()
    }
    return replace(table, cells=cells)


def _joined(cell: Cell) -> Number | None:
    """The number that the lines of a cell make together, None where they are not all digits."""
    lines = (cell.text or "").split()
    if cell.state != "text" or len(lines) < 2 or "\n" not in (cell.text or ""):
        return None
    return text_to_number("".join(lines))


def _holds(calculation: Calculation, numbers: _Numbers) -> bool | None:
    """Whether a calculation holds, None where one of its cells holds no number and is not blank."""
    if any(c not in numbers for c in (*calculation.left, *calculation.right)):
        return None
    left, right = (
        sum(numbers[concept] for concept in side) for side in (calculation.left, calculation.right)
    )
    return left == right


def _read_as(cell: Cell, number: Number) -> Cell:
    pieces = " ".join((cell.text or "").split())
    message = f"“{pieces}”断成几行，按一个数 {number} 读取，与表内勾稽关系相符"
    return replace(cell, value=number, doubt=Doubt("row-rebuilt", message, cell.place))
