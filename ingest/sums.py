"""What the calculations of the form (勾稽关系) say of cells that are in doubt.

The invariant: a calculation never makes a doubt. A clean cell stays clean however wrong the author's
sum is, because that is the author's error and not one of reading; a cell that is in doubt already is
confirmed by the sums it stands in, or contradicted by one of them.
"""

from collections.abc import Mapping
from dataclasses import replace

from ingest.forms import Calculation, Form
from ingest.report import Cell, Concept, Table, TableName

CONFIRMED = "，与表内勾稽关系相符"
CONTRADICTED = "，与表内勾稽关系不符，请对照原件"
# Doubts about where a number belongs or what it reads; the others are about something else.
_GUESSED = frozenset({"row-rebuilt", "row-shifted", "readings-differ", "digits-joined"})


def with_sums(tables: Mapping[TableName, Table], form: Form) -> dict[TableName, Table]:
    """The tables with, in the doubt of each number that was guessed at, what the sums say of it."""
    return {
        name: _judged(table, form) if any(map(_is_guessed, table.cells.values())) else table
        for name, table in tables.items()
    }


def sums_say(table: Table, form: Form) -> dict[Concept, str]:
    """What the sums say of each cell that stands in one; a contradiction counts most."""
    said: dict[Concept, str] = {}
    for calculation in form.tables[table.name].calculations:
        verdict = CONFIRMED if _holds(calculation, table) else CONTRADICTED
        for concept in (*calculation.left, *calculation.right):
            said[concept] = CONTRADICTED if said.get(concept) == CONTRADICTED else verdict
    return said


def _judged(table: Table, form: Form) -> Table:
    said = sums_say(table, form)
    cells = {
        concept: _with_verdict(cell, said.get(concept, "")) if _is_guessed(cell) else cell
        for concept, cell in table.cells.items()
    }
    return replace(table, cells=cells)


def _is_guessed(cell: Cell) -> bool:
    return cell.value is not None and cell.doubt is not None and cell.doubt.code in _GUESSED


def _with_verdict(cell: Cell, verdict: str) -> Cell:
    if cell.doubt is None:
        return cell
    return replace(cell, doubt=replace(cell.doubt, message=cell.doubt.message + verdict))


def _holds(calculation: Calculation, table: Table) -> bool:
    left, right = (
        sum(table.cells[concept].value or 0 for concept in side)
        for side in (calculation.left, calculation.right)
    )
    return left == right
