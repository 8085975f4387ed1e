"""A document's grids + the statutory form → the three statutory tables.

Grids are attributed by what stands in them, not by their number: pages hold menus and tables of
metadata, and a statutory table may come in several pieces or twice. Each cell that the form has is
given: read, blank or missing. What had to be guessed carries its doubt.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.broken_numbers import with_broken_numbers
from ingest.characters import half_width_signs
from ingest.comparison import BY_PLACE_AND_ORDER, BY_RULINGS_AND_WORDS, compared
from ingest.disputes import rows_to_dispute_readings
from ingest.flattened import lines_to_grid
from ingest.forms import Form, TableForm
from ingest.grid_rows import GridRow, grid_to_rows
from ingest.labels import LONGEST_LABEL, row_labels, section_number, table_cued
from ingest.merged_numbers import with_merged_doubts
from ingest.page_doubts import with_page_doubts
from ingest.readers.layout import Layout, Line
from ingest.readings import Reading, rows_to_readings
from ingest.report import (
    MISSING_CELL,
    TABLE_NAMES,
    Cell,
    Concept,
    Doubt,
    Place,
    Table,
    TableName,
)
from ingest.stacked_numbers import with_crowded_doubts, with_stacked_doubts
from ingest.sums import with_sums
from ingest.unruled import words_to_grid

# A sentence between two grids ends the table; a page number or a running title does not.
_SENTENCE_LENGTH = 30
# So many rows read a second time are a second copy of the table, not two rows taken for one.
_COPIED_ROWS = 3


def layout_to_tables(layout: Layout, form: Form) -> dict[TableName, Table]:
    """The three statutory tables, each with a cell for every concept of the form.

    A table that is not in the document has only missing cells and the doubt `table-missing`.
    """
    rows = _rows_by_table(layout)
    tables = {}
    for name in TABLE_NAMES:
        ruled = _read_ruled(rows[name], form, name)
        table = with_broken_numbers(ruled, form) if ruled else _read_flattened(layout, form, name)
        labels = _half_width_labels(rows[name], name)
        tables[name] = replace(with_crowded_doubts(table, form), labels=labels)
    return with_page_doubts(with_sums(tables, form), form, layout.page_doubts)


def _half_width_labels(rows: Sequence[GridRow], name: TableName) -> tuple[Place, ...]:
    """Where the table's labels are printed with half-width signs; an explanation is no label."""
    return tuple(
        Place(
            page=slot.cell.page,
            line=slot.cell.line,
            box=slot.cell.box,
            quote=slot.text,
            table=name,
            grid=(slot.grid.number, slot.cell.row + 1, slot.cell.column + 1),
        )
        for row in rows
        for slot in row.slots
        if len(slot.text) <= LONGEST_LABEL and half_width_signs(slot.text)
    )


def _rows_by_table(layout: Layout) -> Mapping[TableName, list[GridRow]]:
    rows: dict[TableName, list[GridRow]] = defaultdict(list)
    current: TableName | None = None
    for block in layout.blocks:
        if isinstance(block, Line):
            if _ends_table(block.text):
                current = None
            continue
        grid_rows = list(grid_to_rows(block))
        cues = [table_cued(row.texts) for row in grid_rows]
        current = current or next((cue for cue in cues if cue is not None), None)
        for row, cue in zip(grid_rows, cues, strict=True):
            current = cue or current
            if current is not None:
                rows[current].append(row)
    return rows


def _ends_table(text: str) -> bool:
    plain = text.strip()
    is_sentence = len(plain) >= _SENTENCE_LENGTH and plain.endswith(("。", "；", "！", "："))
    return is_sentence or section_number(plain) is not None


def _read_ruled(rows: Sequence[GridRow], form: Form, name: TableName) -> Table | None:
    """The table in these rows, held against the positions of its words where the file has them."""
    table = _read_table(rows, form, name)
    grids = {row.grid.number: row.grid for row in rows}
    lines = [line for grid in grids.values() for line in grid.lines]
    if table is None or not lines:
        return with_stacked_doubts(table, form) if table else None
    placed = words_to_grid(lines, form.tables[name], row_labels(form.edition, name), 0)
    by_words = _read_table(tuple(grid_to_rows(placed)), form, name) if placed else None
    return compared(table, by_words, BY_RULINGS_AND_WORDS) if by_words else table


def _read_table(rows: Sequence[GridRow], form: Form, name: TableName) -> Table | None:
    """The table in these rows, None when no row of the form is among them."""
    table_form = form.tables[name]
    labels = row_labels(form.edition, name)
    read = rows_to_dispute_readings if name == "disputes" else rows_to_readings
    readings, doubts = read(rows, table_form, labels)
    return _assemble(readings, doubts, table_form) if readings else None


def _read_flattened(layout: Layout, form: Form, name: TableName) -> Table:
    """The table from the text lines of its section, for want of a grid.

    Where the lines know the positions of their words, these tell the columns; the order of the words
    is then a second reading.
    """
    table_form = form.tables[name]
    lines, number = _section_lines(layout, table_form), len(layout.grids) + 1
    placed = words_to_grid(lines, table_form, row_labels(form.edition, name), number)
    by_place = _read_table(tuple(grid_to_rows(placed)), form, name) if placed else None
    if by_place:
        by_place = with_stacked_doubts(with_merged_doubts(by_place, form), form)
    ordered = lines_to_grid(lines, table_form, number, form.edition)
    by_order = _read_table(tuple(grid_to_rows(ordered)), form, name) if ordered else None
    if by_place is None or by_order is None:
        return by_place or by_order or _missing_table(table_form)
    return compared(by_place, by_order, BY_PLACE_AND_ORDER)


def _section_lines(layout: Layout, form: TableForm) -> Sequence[Line]:
    """The lines under the section's heading; all lines when the heading is not printed."""
    numbers = [section_number(line.text) for line in layout.lines]
    if form.section not in numbers:
        return layout.lines
    start = numbers.index(form.section)
    later = (i for i, n in enumerate(numbers) if i > start and n not in {None, form.section})
    return layout.lines[start + 1 : next(later, None)]


def _missing_table(form: TableForm) -> Table:
    doubt = Doubt(
        "table-missing",
        f"没有找到{form.ordinal}，或者表是图片、未能读取",
        Place(section=form.section, table=form.name),
    )
    return Table(form.name, dict.fromkeys(form.concepts(), MISSING_CELL), (doubt,))


def _assemble(readings: Sequence[Reading], doubts: Sequence[Doubt], form: TableForm) -> Table:
    by_row: dict[str, list[Reading]] = defaultdict(list)
    for reading in _readable(readings):
        by_row[reading.row].append(reading)
    repeated = [row for row, found in by_row.items() if len(found) > 1]
    copied = len(repeated) >= min(_COPIED_ROWS, len(form.rows))
    cells: dict[Concept, Cell] = {}
    for row in form.rows:
        for column, concept in form.cells(row):
            found = [reading.cells[column.id] for reading in by_row[row]]
            settle = _of_first_copy if copied else _merged
            cells[concept] = settle(found, concept, form)
    return Table(form.name, cells, (*doubts, *_table_doubts(by_row, copied, form)))


def _readable(readings: Sequence[Reading]) -> Iterator[Reading]:
    """The readings without those of which nothing was read, where the row was read elsewhere.

    A short overview in the text may name the same rows under other columns.
    """
    read = {r.row for r in readings if any(cell.text is not None for cell in r.cells.values())}
    for reading in readings:
        if reading.row not in read or any(c.text is not None for c in reading.cells.values()):
            yield reading


def _table_doubts(
    by_row: Mapping[str, Sequence[Reading]], copied: bool, form: TableForm
) -> Iterator[Doubt]:
    place = Place(section=form.section, table=form.name)
    if copied:
        yield Doubt("table-repeated", f"{form.ordinal}出现了两次，以第一张为准", place)
    for row in form.rows.values():
        if not by_row.get(row.id):
            where = Place(section=form.section, table=form.name, row=row.id)
            label = f"{row.number}{row.label}"
            yield Doubt("row-missing", f"{form.ordinal}中没有找到“{label}”一行", where)


def _of_first_copy(found: Sequence[Cell], concept: Concept, form: TableForm) -> Cell:
    """The cell of the first of several copies of the table, in doubt where another differs."""
    if not found:
        return MISSING_CELL
    first = found[0]
    if first.doubt is not None or all(cell.value == first.value for cell in found):
        return first
    label = form.rows[concept.row].label
    texts = "、".join(f"“{cell.text or ''}”" for cell in found)
    message = f"{form.ordinal}出现了两次，“{label}”有一格数值不同（{texts}），以第一张为准"
    return replace(first, doubt=Doubt("table-repeated", message, first.place))


def _merged(found: Sequence[Cell], concept: Concept, form: TableForm) -> Cell:
    """The one cell that the readings of a row agree on."""
    if len(found) == 1:
        return found[0]
    cells = [cell for cell in found if cell.text is not None] or list(found)
    filled = [cell for cell in cells if cell.state not in {"blank", "missing"}] or cells
    if not filled:
        return MISSING_CELL
    first = filled[0]
    if all(cell.value == first.value for cell in filled):
        return first
    label = form.rows[concept.row].label
    column = form.column(concept.row, concept.column).label
    texts = "、".join(f"“{cell.text}”" for cell in filled)
    message = f"{form.ordinal}“{label}”的“{column}”出现两次，数值不同（{texts}），未采用"
    return Cell(None, first.text, first.place, Doubt("cell-repeated", message, first.place))
