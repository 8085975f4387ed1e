"""Numbers typed over what was read, to see what the rules would say then; no file is altered.

Pure. The invariant: a cell that a person typed carries no doubt of the reading, unless what was
typed is no number itself, and everything else of the report stays as it was read.
"""

from dataclasses import replace

from ingest.forms import form_of
from ingest.numbers import text_to_number
from ingest.report import DASHES, Cell, Concept, Doubt, Place, Report, Table

# Nobody's count is longer; what is pasted by mistake is not kept.
_LONGEST = 40


def with_cell(report: Report, concept: Concept, text: str) -> Report:
    """The report as if `text` stood in a cell. Raises ValueError for a cell the form has not."""
    if concept not in form_of(report.format).concepts():
        raise ValueError(f"the form has no cell {concept}")
    table = report.tables.get(concept.table) or Table(concept.table, {})
    cell = _typed(text.strip()[:_LONGEST], report.cell(concept).place)
    mended = replace(table, cells={**table.cells, concept: cell})
    return replace(report, tables={**report.tables, concept.table: mended})


def edited_cells(original: Report, report: Report) -> tuple[Concept, ...]:
    """The cells that hold something else now than in `original`, in the order of the form."""
    return tuple(
        concept
        for concept in form_of(report.format).concepts()
        if report.cell(concept) != original.cell(concept)
    )


def _typed(text: str, place: Place) -> Cell:
    value = text_to_number(text)
    if value is None and text and "".join(text.split()) not in DASHES:
        return Cell(None, text, place, Doubt("not-a-number", f"填的“{text}”不是数", place))
    return Cell(value, text, place)
