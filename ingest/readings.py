"""Rows of tables two and three → readings: which row of the form each is, and its cells.

A row is known by its label and by the merged label above it, never by its position. Labels that
were torn over cells, rows or pages are put together again, and the row says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.alignment import Aligned, Habits, Header, align
from ingest.cell_values import slot_place, slot_to_cell
from ingest.forms import APPLICANT_COLUMNS, Column, TableForm
from ingest.grid_rows import GridRow, Slot
from ingest.headers import (
    block_header,
    default_header,
    is_request_header,
    named_columns,
    request_header,
)
from ingest.labels import LabelMatch, RowLabels, column_named, core, is_request_heading
from ingest.numbers import text_to_number
from ingest.report import DOUBTS, Cell, Concept, Doubt, Place

# The row of the form that （六）其他处理 is when it is printed as one row, as before 2021.
_SINGLE_OTHER = ("其他处理", "other.misc")
_SUB_ROWS_OF_OTHER = frozenset({"other.not_corrected", "other.fee_unpaid", "other.misc"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of the form as one row of the document gives it. `summary` marks 其他处理 as one row."""

    row: str
    cells: Mapping[str, Cell]
    label: str
    place: Place
    exact: bool = True
    summary: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row of a grid with what its label names; `end` is the column where the label ends."""

    source: GridRow
    match: LabelMatch
    label: str
    end: int
    values_from: GridRow
    rebuilt: bool = False

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The cells after the label."""
        return self.values_from.after(self.end)


@dataclass(slots=True)
class _Walk:
    """What is known while the rows of a table are read from top to bottom."""

    labels: RowLabels
    form: TableForm
    habits: Habits = field(default_factory=Habits)
    header: Header | None = None
    header_rows: list[GridRow] = field(default_factory=list)
    group: str = ""
    previous: str = ""
    found: list[tuple[Labelled, Header, str | None]] = field(default_factory=list)
    # Headers that lost a label of theirs.
    damaged: list[Header] = field(default_factory=list)
    # Dumps, by number, in which a header names a column that table three does not have.
    widened: set[int] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)


def rows_to_readings(
    rows: Sequence[GridRow], form: TableForm, labels: RowLabels
) -> tuple[list[Reading], list[Doubt]]:
    """Every row of the form that the rows of the document give, and what stays in doubt."""
    walk = _Walk(labels, form)
    position = 0
    while position < len(rows):
        row = rows[position]
        following = rows[position + 1] if position + 1 < len(rows) else None
        if _take_header(walk, row):
            position += 1
            continue
        torn = _rejoined(row, following, labels) if following is not None else None
        labelled = torn or _labelled(row, labels)
        _take_row(walk, row, labelled)
        position += 2 if torn else 1
    walk.damaged = [
        header for labelled, header, _ in walk.found if _lost_a_label(labelled, header, form)
    ]
    readings = [_read(walk, *found) for found in walk.found]
    return _settled(readings, walk), walk.doubts


# --- Headers ---------------------------------------------------------------------------------------


def _take_header(walk: _Walk, row: GridRow) -> bool:
    if walk.form.name == "requests":
        return _take_request_header(walk, row)
    columns = [column for block in walk.form.blocks for column in block.columns]
    if row.has_values or not named_columns(row, columns):
        return False
    walk.header = block_header(row, columns)
    walk.doubts += _misprints(row, columns, walk.form)
    return True


def _misprints(row: GridRow, columns: Sequence[Column], form: TableForm) -> Iterator[Doubt]:
    """The labels of columns that are printed wrong."""
    for slot in row.slots:
        column = column_named(slot.text, columns)
        if column and core(slot.text) in map(core, column.misprints):
            place = slot_place(slot, Concept(form.name, "", column.id))
            quote = slot.text.strip()
            message = f"{form.ordinal}的列名“{quote}”疑为“{column.label}”之误"
            yield Doubt("label-inferred", message, replace(place, row=None, quote=quote))


def _take_request_header(walk: _Walk, row: GridRow) -> bool:
    if not is_request_header(row):
        walk.header_rows = []
        return False
    if any(map(_is_foreign, row.texts)):
        walk.widened.add(row.grid.number)
    walk.header_rows.append(row)
    walk.header = request_header(walk.header_rows) or walk.header
    return True


def _is_foreign(text: str) -> bool:
    """Whether a label in the header of table three names no column and no heading of the form."""
    return column_named(text, APPLICANT_COLUMNS) is None and not is_request_heading(text)


def _header_for(walk: _Walk, row_id: str, row: GridRow) -> tuple[Header, str | None]:
    """The header over a row of the form, and the doubt where it had to be supposed."""
    columns = [column.id for column in walk.form.columns(row_id)]
    header = walk.header
    if header is not None and set(columns) & set(header.columns):
        return header, None
    return default_header(columns, row.grid), "label-inferred"


# --- Labels ----------------------------------------------------------------------------------------


def _labelled(row: GridRow, labels: RowLabels) -> Labelled | None:
    """The row with what its label names: an exact name first, then half a name or a similar one."""
    leading = row.leading_labels(numbered=True)
    best: Labelled | None = None
    for end in range(len(leading), 0, -1):
        for start in reversed(range(end)):
            text = "".join(slot.text for slot in leading[start:end])
            match = labels.match(text)
            if match is None or match.row is None:
                continue
            found = Labelled(row, match, text, leading[end - 1].right, row, end - start > 1)
            if match.certainty == "exact":
                return found
            best = best or found
    return best or _group_labelled(row, leading, labels)


def _group_labelled(row: GridRow, leading: Sequence[Slot], labels: RowLabels) -> Labelled | None:
    for slot in reversed(leading):
        match = labels.match(slot.text)
        if match is not None and match.group is not None:
            return Labelled(row, match, slot.text, slot.right, row)
    return None


def _rejoined(row: GridRow, following: GridRow, labels: RowLabels) -> Labelled | None:
    """The row whose label goes on in the next row, with the values from whichever has them."""
    if row.has_values and following.has_values:
        return None
    for first in reversed(row.leading_labels(numbered=True)):
        for rest in following.leading_labels(numbered=True):
            named = labels.match(rest.text)
            if named is not None and named.certainty == "exact":
                continue
            match = labels.exact(first.text + rest.text)
            if match is None or match.row is None or not labels.is_rest_of(rest.text, match.row):
                continue
            values, end = (following, rest.right) if following.has_values else (row, first.right)
            return Labelled(row, match, first.text + rest.text, end, values, rebuilt=True)
    return None


def _groups_in(row: GridRow, labels: RowLabels) -> Iterator[str]:
    for slot in (*row.above, *row.leading_labels(numbered=True)):
        match = labels.match(slot.text)
        if match is not None and match.group is not None:
            yield match.group


# --- Rows ------------------------------------------------------------------------------------------


def _take_row(walk: _Walk, row: GridRow, labelled: Labelled | None) -> None:
    for group in _groups_in(row, walk.labels):
        walk.group = group
    if labelled is None or not _belongs(walk, labelled):
        if row.has_values:
            walk.doubts.append(_unknown(walk, row))
        return
    row_id = labelled.match.row or _row_of_group(walk, labelled)
    if row_id is None:
        if labelled.values_from.has_values:
            walk.doubts.append(_unknown(walk, row))
        return
    if not labelled.slots:
        return
    header, doubt = _header_for(walk, row_id, row)
    walk.habits.learn(labelled.slots, labelled.end, len(header.columns), labelled.values_from.grid)
    walk.found.append((labelled, header, doubt))
    walk.previous = row_id


def _belongs(walk: _Walk, labelled: Labelled) -> bool:
    """Whether a row called 其他 stands where the form has one: a group may have one of its own."""
    if labelled.match.row != "other.misc" or walk.form.rows["other.misc"].group != "其他处理":
        return True
    return walk.group in {"", "其他处理"} or walk.previous in _SUB_ROWS_OF_OTHER


def _row_of_group(walk: _Walk, labelled: Labelled) -> str | None:
    """The row that a group label with values of its own is: only 其他处理 was ever one row."""
    group, row = _SINGLE_OTHER
    alone = len(labelled.source.leading_labels(numbered=True)) <= 2
    is_single = labelled.match.group == group and labelled.source.has_values and alone
    return row if is_single and walk.form.name == "requests" else None


def _unknown(walk: _Walk, row: GridRow) -> Doubt:
    label = "".join(slot.text for slot in row.leading_labels(numbered=True)) or "（没有名称）"
    place = slot_place(row.slots[0], Concept(walk.form.name, "", "")) if row.slots else Place()
    place = Place(page=place.page, line=place.line, box=place.box, table=walk.form.name)
    message = f"{walk.form.ordinal}有一行“{_short(label)}”不在法定格式内，未采用"
    return Doubt("row-unknown", message, place)


def _read(walk: _Walk, labelled: Labelled, header: Header, supposed: str | None) -> Reading:
    match = labelled.match
    row_id = match.row or _SINGLE_OTHER[1]
    aligned = align(labelled.slots, header, labelled.values_from.grid, labelled.end, walk.habits)
    if aligned.doubt is None and any(header is damaged for damaged in walk.damaged):
        aligned = replace(aligned, doubt="readings-differ")
    aligned = _doubted_by_sum(aligned, labelled.values_from, walk)
    first = slot_place(labelled.source.slots[0], Concept(walk.form.name, row_id, ""))
    place = Place(page=first.page, line=first.line, table=walk.form.name, row=row_id)
    doubt = _row_doubt(walk, labelled, aligned, supposed, place)
    cells: dict[str, Cell] = {}
    for column, concept in walk.form.cells(row_id):
        slot = aligned.slots.get(column.id)
        if slot is None:
            cells[column.id] = _absent(walk, labelled, header, aligned, place, column.label)
            continue
        unit, text = walk.form.unit(row_id, column.id), header.text(column.id)
        known = doubt or _merged_doubt(slot, labelled, concept, walk.form)
        cells[column.id] = slot_to_cell(slot, concept, unit, text, known)
    exact = match.certainty == "exact"
    return Reading(row_id, cells, labelled.label, place, exact, summary=match.row is None)


def _merged_doubt(
    slot: Slot, labelled: Labelled, concept: Concept, form: TableForm
) -> Doubt | None:
    """The doubt about a number whose cell is merged over more rows than its label."""
    if slot.cell.row_span == 1 or slot.is_blank:
        return None
    labels = labelled.source.leading_labels(numbered=True)
    rows = next((s.cell.row_span for s in labels if s.right == labelled.end), 1)
    if slot.cell.row_span <= rows:
        return None
    place = slot_place(slot, concept)
    label = _short(form.rows[concept.row].label)
    message = f"“{slot.text.strip()}”一格跨了几行，按其中第一行“{label}”读取"
    return Doubt("readings-differ", message, place)


def _lost_a_label(labelled: Labelled, header: Header, form: TableForm) -> bool:
    """Whether a header names fewer columns than the form has and than this row has cells.

    The file may say that a neighbouring label covers the place of the lost one, so that position
    alone proves nothing, for this row or for any other under the header.
    """
    if _holds_too_much(labelled, header):
        return True
    named = set(header.columns)
    is_whole = any(named.issuperset(column.id for column in block.columns) for block in form.blocks)
    return not is_whole and len(labelled.slots) > len(header.columns)


def _holds_too_much(labelled: Labelled, header: Header) -> bool:
    """Whether a row of a dump has more numbers than its header has columns (备注 said elsewhere).

    Then a row with as many numbers as columns may have lost a blank cell and gained a foreign one.
    """
    if labelled.values_from.grid.aligned or len(header.columns) == 1:
        return False
    return sum(slot.is_value for slot in labelled.slots) > len(header.columns)


def _doubted_by_sum(aligned: Aligned, row: GridRow, walk: _Walk) -> Aligned:
    """A row of table three known by order alone must add up to be certain where cells may be lost.

    A cell that was lost in the dump leaves the same traces as a blank one, and a number of a column
    that the form does not have (备注) may have taken its place.
    """
    if row.grid.aligned or walk.form.name != "requests" or aligned.doubt is not None:
        return aligned
    slots = [slot for slot in aligned.slots.values() if slot is not None]
    if not any(slot.is_blank for slot in slots) and row.grid.number not in walk.widened:
        return aligned
    numbers = {name: text_to_number(s.text) for name, s in aligned.slots.items() if s is not None}
    total = numbers.pop("total", None)
    if total is None and not any(numbers.values()):
        return aligned
    adds_up = total == sum(number for number in numbers.values() if number is not None)
    return aligned if adds_up else Aligned(aligned.slots, "readings-differ")


def _absent(
    walk: _Walk, labelled: Labelled, header: Header, aligned: Aligned, place: Place, column: str
) -> Cell:
    label = _short(labelled.label)
    where = Place(page=place.page, line=place.line)
    if aligned.doubt == "unreadable":
        message = f"{walk.form.ordinal}“{label}”一行的格数与表头对不上，“{column}”未能读出"
        return Cell(None, None, where, Doubt("unreadable", message, place))
    message = f"{walk.form.ordinal}“{label}”一行没有“{column}”一格"
    return Cell(None, None, where, Doubt("column-missing", message, place))


def _row_doubt(
    walk: _Walk, labelled: Labelled, aligned: Aligned, supposed: str | None, place: Place
) -> Doubt | None:
    """The one doubt that all cells of the row share: the gravest that is known against it."""
    inexact = None if labelled.match.certainty == "exact" else "label-inferred"
    single = "label-inferred" if labelled.match.row is None else None
    rebuilt = "row-rebuilt" if labelled.rebuilt else None
    known = (inexact, single, aligned.doubt, rebuilt, supposed)
    code = next((code for code in known if code is not None), None)
    if code is None:
        return None
    row = walk.form.rows[labelled.match.row or _SINGLE_OTHER[1]]
    message = f"{walk.form.ordinal}“{_short(row.label)}”一行：{DOUBTS[code]}"
    return Doubt(code, message, place)


def _settled(readings: Sequence[Reading], walk: _Walk) -> list[Reading]:
    """The readings without those that a better one displaces.

    其他处理 as one row counts only where none of its own rows is printed, and a row with a similar
    name only where the row itself is not.
    """
    has_rows = any(r.row in _SUB_ROWS_OF_OTHER and not r.summary for r in readings)
    named = {reading.row for reading in readings if reading.exact and not reading.summary}
    kept = []
    for reading in readings:
        displaced = has_rows if reading.summary else not reading.exact and reading.row in named
        if displaced:
            message = f"{walk.form.ordinal}有一行“{_short(reading.label)}”不在法定格式内，未采用"
            walk.doubts.append(Doubt("row-unknown", message, reading.place))
        else:
            kept.append(reading)
    return kept


def _short(text: str) -> str:
    plain = "".join(text.split())
    return plain if len(plain) <= 24 else plain[:24] + "…"
