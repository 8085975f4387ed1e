"""This year's tables as the writer types them: text by cell, from blank cells to a report.

Pure. The invariant: a cell nobody filled in is blank and never 0; what is no number stays as typed,
with a doubt, and counts nowhere. A total is worked out only where every one of its parts is a number.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from ingest.forms import Calculation, Form, edition_for_year, form_of
from ingest.numbers import text_to_number
from ingest.report import (
    DASHES,
    TABLE_NAMES,
    Cell,
    Concept,
    Doubt,
    Number,
    Place,
    Report,
    Table,
)

LONGEST_TEXT = 24  # characters of one cell


@dataclass(frozen=True, slots=True)
class TypedCell:
    """What one cell holds. `doubt` (a code of the parser) and `why` came with it from a file.

    `is_worked_out` marks a total that nobody typed: it follows its parts.
    """

    text: str
    doubt: str = ""
    why: str = ""
    is_worked_out: bool = False


TypedTables: TypeAlias = Mapping[str, TypedCell]
"""Concept (table/row/column) → cell; a cell that is not there is not filled in."""

NOTHING = TypedCell("")
NOTHING_TYPED: TypedTables = MappingProxyType({})


def form_for(year: int) -> Form:
    """The form that a report on the year is published in."""
    return form_of(edition_for_year(year))


def with_typed(cells: TypedTables, changes: Mapping[str, str], form: Form) -> TypedTables:
    """The cells after the writer changed some; an empty text empties a cell.

    =7 is a total that the page worked out. What the form has no cell for is passed over. A cell that
    was changed is doubted no more.
    """
    known = {str(concept) for concept in form.concepts()}
    typed = {key: _typed(text) for key, text in changes.items() if key in known}
    changed = {
        key: cell for key, cell in typed.items() if cell.text != cells.get(key, NOTHING).text
    }
    kept = {key: cell for key, cell in cells.items() if key not in changed}
    return {**kept, **{key: cell for key, cell in changed.items() if cell.text}}


def _typed(text: str) -> TypedCell:
    bare = text.strip()
    return TypedCell(bare.lstrip("=").strip()[:LONGEST_TEXT], is_worked_out=bare.startswith("="))


def confirmed(cells: TypedTables) -> TypedTables:
    """The cells with the doubts of their reading gone: the writer compared them with the file."""
    return {key: TypedCell(cell.text) for key, cell in cells.items()}


def report_to_typed(report: Report) -> TypedTables:
    """The cells of a report that was read, with their doubts; blank and missing ones are left out."""
    return dict(_typed_cells(report))


def _typed_cells(report: Report) -> Iterator[tuple[str, TypedCell]]:
    for concept in form_of(report.format).concepts():
        cell = report.cell(concept)
        # A converted amount is taken over as the number that it was converted to.
        text = str(cell.value) if cell.value is not None else (cell.text or "").strip()
        if text:
            doubt = (cell.doubt.code, cell.doubt.message) if cell.doubt else ("", "")
            yield str(concept), TypedCell(text[:LONGEST_TEXT], *doubt)


def with_totals(cells: TypedTables, form: Form) -> TypedTables:
    """The cells with each empty total worked out whose parts are all numbers."""
    filled = dict(cells)
    # The total of the totals stands on others, and may come before them in the form.
    for _ in range(2):
        for calculation in totals(form):
            (total,) = calculation.left
            parts = [number_at(filled, concept) for concept in calculation.right]
            numbers = [part for part in parts if part is not None]
            if str(total) not in filled and len(numbers) == len(parts):
                filled[str(total)] = TypedCell(str(_sum(numbers)), is_worked_out=True)
    return filled


def totals(form: Form) -> Iterator[Calculation]:
    """The calculations of the form that give one cell."""
    for name in TABLE_NAMES:
        yield from (c for c in form.table(name).calculations if len(c.left) == 1)


def number_at(cells: TypedTables, concept: Concept) -> Number | None:
    """The number at a cell; None where it holds none or is doubted."""
    cell = cells.get(str(concept))
    return text_to_number(cell.text) if cell and not cell.doubt else None


def _sum(numbers: list[Number]) -> Number:
    total = round(sum(numbers), 6)
    return int(total) if total == int(total) else total


def typed_to_report(
    cells: TypedTables,
    form: Form,
    *,
    agency: str,
    year: int,
    source: str = "填表",
) -> Report | None:
    """The tables as a report without text; None where no cell is filled in."""
    return _report(cells, form, agency, year, source) if cells else None


def blank_tables(form: Form, *, agency: str, year: int) -> Report:
    """The tables with nothing filled in, to be drawn."""
    return _report(NOTHING_TYPED, form, agency, year, "空表")


def _report(cells: TypedTables, form: Form, agency: str, year: int, source: str) -> Report:
    tables = {
        name: Table(name, {c: _cell(c, cells.get(str(c))) for c in form.table(name).concepts()})
        for name in TABLE_NAMES
    }
    content = repr(sorted(cells.items())).encode()
    return Report(
        source=source,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="application/json",
        agency=agency or None,
        year=year,
        format=form.edition,
        title=None,
        signed_by=None,
        signed_on=None,
        preamble=None,
        sections=(),
        tables=tables,
    )


def _cell(concept: Concept, typed: TypedCell | None) -> Cell:
    place = Place(table=concept.table, row=concept.row, column=concept.column)
    if typed is None:
        return Cell(None, "", place)
    doubt = Doubt(typed.doubt, typed.why, place) if typed.doubt else None
    number = text_to_number(typed.text)
    if number is None and "".join(typed.text.split()) not in DASHES:
        doubt = doubt or Doubt("not-a-number", f"“{typed.text}”不是数，按空处理", place)
    return Cell(number, typed.text, place, doubt)
