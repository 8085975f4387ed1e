"""One report held against conditions: whether it meets them, and the numbers that show it.

The invariant: a blank or missing cell decides nothing, and a total that its own row contradicts
decides nothing either.
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.answer import Citation
from assistant.inventory import current_entries, entry_to_citation
from assistant.lookup.composition import amount_as_printed, citations_of
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading, round_number
from assistant.lookup.statements import find_statement
from assistant.query import Comparison, Condition, Query
from ingest.report import Number
from vectorstore.holdings import Entry
from vectorstore.library import Library

HOLDS: Mapping[Comparison, Callable[[Number, Number], bool]] = {
    "=": operator.eq,
    "≠": operator.ne,
    ">": operator.gt,
    "≥": operator.ge,
    "<": operator.lt,
    "≤": operator.le,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether one report meets the conditions, None when that cannot be told."""

    entry: Entry
    meets: bool | None
    shown: str = ""
    citations: tuple[Citation, ...] = ()
    remarks: tuple[str, ...] = ()


def findings_on(query: Query, entries: Sequence[Entry], library: Library) -> list[Finding]:
    """What each report comes to; each agency once where the conditions name years of their own."""
    if any(condition.year for condition in query.conditions):
        return list(_of_each_agency(query, entries, library))
    per_condition = [_of_condition(c, entries, library) for c in query.conditions]
    count = range(len(entries))
    return [_joined([found[i] for found in per_condition], query.meets_all) for i in count]


def _of_each_agency(query: Query, entries: Sequence[Entry], library: Library) -> Iterator[Finding]:
    """2023年有诉讼、2024年没有: each agency, its report of a year against that year's condition."""
    for _, group in groupby(sorted(entries, key=lambda e: (e.agency, e.year)), lambda e: e.agency):
        theirs = list(group)
        found = []
        for condition in query.conditions:
            of_year = [entry for entry in theirs if entry.year == condition.year]
            found += [_dated(f) for f in _of_condition(condition, of_year, library)]
            if not of_year:
                found.append(Finding(theirs[-1], None))
        yield replace(_joined(found, joins_all=True), entry=theirs[-1])


def _dated(finding: Finding) -> Finding:
    return replace(finding, shown=f"{finding.entry.year}年{finding.shown}")


def _joined(findings: Sequence[Finding], joins_all: bool) -> Finding:
    """One report's findings on several conditions taken together."""
    first = findings[0]
    verdicts = [f.meets for f in findings]
    decisive = not joins_all
    if decisive in verdicts:
        meets: bool | None = decisive
    else:
        meets = None if None in verdicts else joins_all
    shown = [f for f in findings if f.meets == meets]
    texts = "，".join(
        text for text, _ in dict.fromkeys((f.shown, f.citations) for f in shown if f.shown)
    )
    citations = tuple(dict.fromkeys(c for f in shown for c in f.citations))
    remarks = tuple(dict.fromkeys(remark for f in shown for remark in f.remarks))
    said = f"（{texts}）" if texts else ""
    return replace(first, meets=meets, shown=said, citations=citations, remarks=remarks)


def _of_condition(
    condition: Condition, entries: Sequence[Entry], library: Library
) -> list[Finding]:
    if condition.measure.aspect == "statement":
        return [_of_statement(condition, entry, library) for entry in entries]
    readings = read_current(condition.measure, entries, library)
    if condition.than:
        return _against_rival(condition, readings, library)
    if condition.other:
        others = read_current(condition.other, entries, library)
        return [_of_two(condition, one, other) for one, other in zip(readings, others, strict=True)]
    return [_of_reading(condition, reading) for reading in readings]


def _against_rival(
    condition: Condition, readings: Sequence[Reading], library: Library
) -> list[Finding]:
    """Each report against another agency's of the same year; that agency itself meets nothing."""
    theirs = [e for e in current_entries(library) if e.agency == condition.than]
    rivals = {r.year: r for r in read_current(condition.measure, theirs, library)}
    found = []
    for reading in readings:
        rival = rivals.get(reading.year)
        cited = (reading, *((rival,) if rival else ()))
        finding = Finding(reading.entry, None, "", tuple(citations_of(cited)), reading.remarks)
        if reading.agency == condition.than:
            finding = replace(finding, meets=False)
        elif rival and None not in (reading.value, rival.value):
            shown = f"{amount_as_printed(reading)}对{amount_as_printed(rival)}"
            bound = round_number((rival.value or 0) * condition.times)
            holds = HOLDS[condition.comparison](reading.value or 0, bound)
            finding = replace(finding, meets=holds, shown=shown)
        found.append(finding)
    return found


def _of_statement(condition: Condition, entry: Entry, library: Library) -> Finding:
    found = find_statement(library.report(entry.id), condition.measure)
    whole = entry_to_citation(entry)
    if not found:
        return Finding(entry, condition.comparison == "unstated", "", (whole,))
    citation = replace(whole, place=found[0].place)
    return Finding(entry, condition.comparison != "unstated", "", (citation,))


def _of_two(condition: Condition, one: Reading, other: Reading) -> Finding:
    """Whether one number is more or less than another of the same report."""
    citations = tuple(citations_of([one, other]))
    if one.value is None or other.value is None or one.unit != other.unit:
        return Finding(one.entry, None, "", citations)
    shown = "，".join(f"{r.measure.name}{r.formula or amount_as_printed(r)}" for r in (one, other))
    meets = HOLDS[condition.comparison](one.value, other.value * condition.times)
    return Finding(one.entry, meets, shown, citations, (*one.remarks, *other.remarks))


def meets(condition: Condition, reading: Reading) -> bool:
    """Whether a reading is known to meet a condition on its number."""
    return bool(_of_reading(condition, reading).meets)


def _of_reading(condition: Condition, reading: Reading) -> Finding:
    citations = tuple(citations_of([reading])) or (entry_to_citation(reading.entry),)
    if condition.comparison == "blank":
        return Finding(reading.entry, reading.state == "blank", "", citations)
    if condition.comparison in ("stated", "unstated"):
        is_stated = reading.state == "number"
        shown = f"{reading.measure.name}{amount_as_printed(reading)}" if is_stated else ""
        return Finding(
            reading.entry, is_stated == (condition.comparison == "stated"), shown, citations
        )
    if reading.value is None:
        meets = False if reading.state in ("off-form", "undefined") else None
        return Finding(reading.entry, meets, "", citations)
    meets = HOLDS[condition.comparison](reading.value, condition.number or 0)
    is_none = reading.measure.aspect == "figure" and not reading.value
    shown = "没有" if is_none else reading.formula or amount_as_printed(reading)
    decided = None if reading.is_contradicted else meets
    return Finding(reading.entry, decided, shown, citations, reading.remarks)
