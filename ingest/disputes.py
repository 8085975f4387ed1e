"""Table four (复议诉讼): one row of fifteen numbers under a header of three rows.

The numbers have no label of their own: what each counts is told by the header above it and by its
order. Also reads the table turned upright, with a label before each row of five.
"""

from collections.abc import Sequence

from ingest.alignment import Habits, align
from ingest.cell_values import slot_place, slot_to_cell
from ingest.forms import DISPUTE_COLUMNS, TableForm
from ingest.grid_rows import GridRow
from ingest.headers import default_header, dispute_columns, dispute_header, is_dispute_header
from ingest.labels import RowLabels
from ingest.readings import Reading
from ingest.report import DOUBTS, Cell, Concept, Doubt, Place

_RESULTS = len(DISPUTE_COLUMNS)


def rows_to_dispute_readings(
    rows: Sequence[GridRow], form: TableForm, labels: RowLabels
) -> tuple[list[Reading], list[Doubt]]:
    """The readings of each row of numbers, and what stays in doubt."""
    readings: list[Reading] = []
    header_rows: list[GridRow] = []
    for row in rows:
        if is_dispute_header(row):
            header_rows.append(row)
            continue
        match = next((m for m in map(labels.exact, row.texts) if m and m.row), None)
        if match is not None and match.row is not None and row.has_values:
            readings.append(_read_upright(row, match.row, form))
        elif row.has_values or _is_blank_data(row, header_rows):
            readings.extend(_read_flat(row, header_rows, form))
            header_rows = []
    return readings, []


def _is_blank_data(row: GridRow, header_rows: Sequence[GridRow]) -> bool:
    """Whether a row without text is the row of numbers, left blank."""
    return bool(header_rows) and not row.texts and len(row.slots) >= len(dispute_columns())


def _read_flat(row: GridRow, header_rows: Sequence[GridRow], form: TableForm) -> list[Reading]:
    header = dispute_header(header_rows) if header_rows else None
    doubt = None
    if header is None:
        header = default_header(dispute_columns(), row.grid)
        doubt = "label-inferred"
    leading = row.leading_labels()
    start = leading[-1].right if leading and row.has_values else 0
    aligned = align(row.after(start), header, row.grid, start, Habits())
    code = aligned.doubt or doubt
    found = list(dict.fromkeys(c.split("/")[0] for c in header.columns if c is not None))
    readings = []
    for row_id in found:
        place = _row_place(row, form, row_id)
        cells: dict[str, Cell] = {}
        for column in DISPUTE_COLUMNS:
            concept = Concept(form.name, row_id, column.id)
            slot = aligned.slots.get(f"{row_id}/{column.id}")
            known = _doubt(form, row_id, code, place) if code else None
            if slot is None:
                cells[column.id] = Cell(None, None, Place(page=place.page, line=place.line), known)
            else:
                cells[column.id] = slot_to_cell(slot, concept, "件", doubt=known)
        readings.append(Reading(row_id, cells, form.rows[row_id].label, place))
    return readings


def _read_upright(row: GridRow, row_id: str, form: TableForm) -> Reading:
    leading = row.leading_labels()
    end = leading[-1].right if leading else 0
    header = default_header([column.id for column in DISPUTE_COLUMNS], row.grid)
    aligned = align(row.after(end), header, row.grid, end, Habits())
    place = _row_place(row, form, row_id)
    doubt = _doubt(form, row_id, aligned.doubt or "label-inferred", place)
    cells: dict[str, Cell] = {}
    for column in DISPUTE_COLUMNS:
        slot = aligned.slots.get(column.id)
        concept = Concept(form.name, row_id, column.id)
        if slot is None:
            cells[column.id] = Cell(None, None, Place(page=place.page, line=place.line), doubt)
        else:
            cells[column.id] = slot_to_cell(slot, concept, "件", doubt=doubt)
    return Reading(row_id, cells, form.rows[row_id].label, place)


def _row_place(row: GridRow, form: TableForm, row_id: str) -> Place:
    first = slot_place(row.slots[0], Concept(form.name, row_id, ""))
    return Place(page=first.page, line=first.line, table=form.name, row=row_id)


def _doubt(form: TableForm, row_id: str, code: str, place: Place) -> Doubt:
    return Doubt(code, f"{form.ordinal}“{form.rows[row_id].label}”：{DOUBTS[code]}", place)
