"""What a superseded edition of a report said: the newest counts, and the difference is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answer import Citation
from assistant.lookup.readings import Reading, number_text
from ingest.report import Cell, Report
from vectorstore.holdings import Entry
from vectorstore.library import Library


def with_older_editions(readings: Sequence[Reading], library: Library) -> list[Reading]:
    """The readings; one whose cell differed in the edition before it says so, cited."""
    if all(reading.entry.edition == 1 for reading in readings):
        return list(readings)
    before: dict[str, Report] = {}
    for reading in readings:
        older = _older(reading.entry, library)
        if older:
            before[reading.entry.id] = library.report(older.id)
    return [_compared(reading, before) for reading in readings]


def _older(entry: Entry, library: Library) -> Entry | None:
    """The edition just before this one of the same agency and year."""
    if entry.edition == 1:
        return None
    others = (
        e
        for e in library.entries()
        if (e.agency, e.year) == (entry.agency, entry.year) and e.edition < entry.edition
    )
    return max(others, key=lambda e: e.edition, default=None)


def _compared(reading: Reading, before: Mapping[str, Report]) -> Reading:
    report, concept = before.get(reading.entry.id), reading.measure.concept
    if report is None or concept is None:
        return reading
    table = report.tables.get(concept.table)
    cell = table.cells.get(concept) if table else None
    remarks = tuple(_difference(reading, cell))
    if not remarks or cell is None:
        return reading
    place = replace(cell.place, table=concept.table, row=concept.row, column=concept.column)
    citation = Citation(report.id, reading.agency, reading.year, replace(place, quote=cell.text))
    return replace(
        reading,
        quoted=(*reading.quoted, citation),
        remarks=(*reading.remarks, *remarks),
    )


def _difference(reading: Reading, cell: Cell | None) -> Iterator[str]:
    if cell is None or cell.value == reading.value:
        return
    said = "没有数" if cell.value is None else f"{number_text(cell.value)}{reading.unit}"
    yield f"这份年报有修订，以最新一版为准；旧一版这一格是{said}"
