"""Table four (复议诉讼): one row of fifteen numbers under a header of three rows.

The numbers have no label of their own: what each counts is told by the header above it and by its
order. Also reads the table turned upright, with a label before each row of five.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from ingest.alignment import Aligned, Habits, Header, align
from ingest.cell_values import slot_place, slot_to_cell
from ingest.forms import DISPUTE_COLUMNS, TableForm
from ingest.grid_rows import GridRow
from ingest.headers import (
    default_header,
    dispute_columns,
    dispute_header,
    is_dispute_header,
    named_columns,
)
from ingest.labels import RowLabels
from ingest.readings import Reading
from ingest.report import DOUBTS, Cell, Concept, Doubt, Place

# 4⏎8   the first two digits of 48,917 in a cell so narrow that each has a line of its own.
_PIECE = re.compile(r"[\d.,，+-][\d.,，+\-\s]*")


def rows_to_dispute_readings(
    rows: Sequence[GridRow], form: TableForm, labels: RowLabels
) -> tuple[list[Reading], list[Doubt]]:
    """The readings of each row of numbers, and what stays in doubt."""
    readings: list[Reading] = []
    header_rows: list[GridRow] = []
    flat: list[GridRow] = []
    fresh = False
    for row in rows:
        if is_dispute_header(row):
            if not fresh:
                readings.extend(_read_fullest(flat, header_rows, form))
                header_rows, flat = [], []
            header_rows.append(row)
            fresh = True
            continue
        match = next((m for m in map(labels.exact, row.texts) if m and m.row), None)
        if match is not None and match.row is not None and row.has_values:
            readings.append(_read_upright(row, match.row, header_rows, form))
        elif row.has_values or _has_pieces(row) or (fresh and _is_blank_data(row)):
            flat.append(row)
        else:
            continue
        fresh = False
    return [*readings, *_read_fullest(flat, header_rows, form)], []


def _read_fullest(
    rows: Sequence[GridRow], header_rows: Sequence[GridRow], form: TableForm
) -> list[Reading]:
    """The one row of numbers under a header.

    Where several stand there, a cell's text was broken over lines: the fullest is read, in doubt.
    """
    if not rows:
        return []
    fullest = max(rows, key=lambda row: sum(slot.is_value for slot in row.slots))
    return _read_flat(fullest, header_rows, form, "row-rebuilt" if len(rows) > 1 else None)


def _has_pieces(row: GridRow) -> bool:
    """Whether some cell holds a piece of a number that was broken over lines."""
    return any(_PIECE.fullmatch(text) for text in row.texts)


def _is_blank_data(row: GridRow) -> bool:
    """Whether a row without text is the row of numbers, left blank."""
    return not row.texts and len(row.slots) >= len(dispute_columns())


def _read_flat(
    row: GridRow, header_rows: Sequence[GridRow], form: TableForm, doubt: str | None
) -> list[Reading]:
    """One row for all kinds of cases that the header names, five numbers for each."""
    printed = dispute_header(header_rows) if header_rows else None
    header = printed or default_header(dispute_columns(), row.grid)
    aligned = _align(row, header)
    code = aligned.doubt or doubt or (None if printed else "label-inferred")
    found = dict.fromkeys(name.split("/")[0] for name in header.columns if name is not None)
    return [_reading(row, row_id, aligned, code, form) for row_id in found]


def _read_upright(
    row: GridRow, row_id: str, header_rows: Sequence[GridRow], form: TableForm
) -> Reading:
    """A row of five numbers behind the kind of cases that it counts."""
    columns = [column.id for row in header_rows for column in named_columns(row, DISPUTE_COLUMNS)]
    printed = len(columns) == len(set(columns)) == len(DISPUTE_COLUMNS)
    names = columns if printed else [column.id for column in DISPUTE_COLUMNS]
    header = default_header([f"{row_id}/{name}" for name in names], row.grid)
    aligned = _align(row, header)
    return _reading(
        row, row_id, aligned, aligned.doubt or (None if printed else "label-inferred"), form
    )


def _align(row: GridRow, header: Header) -> Aligned:
    labels = row.leading_labels()
    leading = list(takewhile(lambda slot: not _PIECE.fullmatch(slot.text), labels))
    end = leading[-1].right if leading and row.has_values else 0
    return align(row.after(end), header, row.grid, end, Habits())


def _reading(
    row: GridRow, row_id: str, aligned: Aligned, code: str | None, form: TableForm
) -> Reading:
    place = _row_place(row, form, row_id)
    label = form.rows[row_id].label
    doubt = Doubt(code, f"{form.ordinal}“{label}”：{DOUBTS[code]}", place) if code else None
    cells: dict[str, Cell] = {}
    for column in DISPUTE_COLUMNS:
        slot = aligned.slots.get(f"{row_id}/{column.id}")
        if slot is None:
            cells[column.id] = Cell(None, None, Place(page=place.page, line=place.line), doubt)
        else:
            concept = Concept(form.name, row_id, column.id)
            cells[column.id] = slot_to_cell(slot, concept, column.unit, doubt=doubt)
    return Reading(row_id, cells, label, place)


def _row_place(row: GridRow, form: TableForm, row_id: str) -> Place:
    first = slot_place(row.slots[0], Concept(form.name, row_id, ""))
    return Place(page=first.page, line=first.line, table=form.name, row=row_id)
