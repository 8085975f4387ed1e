"""What a superseded edition of a report said: the newest counts, and the difference is told."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.lookup.readings import Reading, number_text, read_measure
from assistant.measure import Measure
from vectorstore.holdings import Entry
from vectorstore.library import Library


def read_current(measure: Measure, entries: Sequence[Entry], library: Library) -> list[Reading]:
    """The measure in each of these reports; one that its older edition gave otherwise says so."""
    readings = read_measure(measure, entries, library)
    if all(entry.edition == 1 for entry in entries):
        return readings
    return [_compared(reading, library) for reading in readings]


def _compared(reading: Reading, library: Library) -> Reading:
    """The reading with what the edition before said, cited, where that was another number."""
    older = _older(reading.entry, library)
    if older is None:
        return reading
    before = read_measure(reading.measure, [older], library)[0]
    remarks = tuple(_difference(reading, before))
    if not remarks:
        return reading
    return replace(
        reading,
        quoted=(*reading.quoted, *before.citations),
        remarks=(*reading.remarks, *remarks),
    )


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


def _difference(reading: Reading, before: Reading) -> Iterator[str]:
    if before.value == reading.value or before.state == "off-form":
        return
    where = "这一格" if reading.measure.concept else "这个数"
    number = "" if before.value is None else before.formula or number_text(before.value)
    said = f"是{number}{'' if before.formula else reading.unit}" if number else "没有数"
    yield f"这份年报有修订，以最新一版为准；旧一版{where}{said}"
