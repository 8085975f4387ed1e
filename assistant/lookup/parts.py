"""Which part of a whole is the largest: the commonest kind of applicant, ground or decision."""

from collections.abc import Sequence

from assistant.answer import Answer, Value
from assistant.lookup.composition import (
    Composition,
    citations_of,
    count_in_words,
    finished,
    only_agency,
    only_year,
    reading_to_value,
    say_gaps,
    told,
    whose,
    with_numbers,
)
from assistant.lookup.editions import read_current
from assistant.lookup.findings import meets
from assistant.lookup.readings import Reading, number_text, round_number
from assistant.measure import Measure
from assistant.query import Query
from assistant.question.words import cells_measure
from ingest.report import Number
from vectorstore.holdings import Entry
from vectorstore.library import Library

_NOT_DECISIONS = frozenset(("new", "carried_in", "total", "carried_over"))
# Fewer measures are named one by one, not asked for as kinds.
LEAST_KINDS = 3


def are_parts(measures: Sequence[Measure]) -> bool:
    """Whether the first measure is the whole of which the others are the parts."""
    if len(measures) < 3 or any(m.aspect != "cells" for m in measures):
        return False
    if any(c.table != "requests" for m in measures for c in m.cells):
        return False
    whole, *parts = measures
    rows = {c.row for c in whole.cells}
    cells = {c for part in parts for c in part.cells}
    is_of_rows = all({c.row for c in part.cells} == rows for part in parts)
    return cells == set(whole.cells) or (is_of_rows and all(c.column != "total" for c in cells))


def are_decisions(measures: Sequence[Measure]) -> bool:
    """Whether the measures are the ways in which requests are decided, some within others."""
    cells = [c for measure in measures for c in measure.cells]
    are_cells = len(measures) > LEAST_KINDS and all(m.aspect == "cells" for m in measures)
    return are_cells and all(
        c.table == "requests" and c.column == "total" and c.row not in _NOT_DECISIONS for c in cells
    )


def _whole_and_parts(measures: Sequence[Measure]) -> tuple[Measure, list[Measure]]:
    """The whole and what it is made of; of decisions, each kind but not what it holds in turn."""
    if are_parts(measures):
        return measures[0], list(measures[1:])
    kinds = [m for m in measures if not any(set(m.cells) < set(other.cells) for other in measures)]
    return cells_measure("requests", ("total",), ("total",)), kinds


def largest_part(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The largest, or smallest, part over all the reports, and how the others stand."""
    composition = Composition(query)
    whole, parts = _whole_and_parts(query.measures)
    found = [(part, read_current(part, entries, library)) for part in parts]
    sums = [(part, _total(readings), readings) for part, readings in found]
    sums.sort(key=lambda item: item[1], reverse=query.descending)
    numbers = [r for _, _, readings in sums for r in with_numbers(readings)]
    if not any(number for _, number, _ in sums):
        return finished(composition, query, entries, library)
    best = [item for item in sums if item[1] == sums[0][1]]
    reports = list(dict.fromkeys(r.entry.id for r in numbers))
    who = whose(numbers[0]) if len(reports) == 1 else f"{count_in_words(len(reports))}份报告合起来"
    for part, number, readings in best:
        composition.give(Value(number, part.unit, only_agency(readings), only_year(readings)))
    most = "最多" if query.descending else "最少"
    composition.say(
        f"{who}，{whole.name}中{most}的是{'、'.join(part.name for part, _, _ in best)}，"
        f"{'各' if len(best) > 1 else ''}{number_text(best[0][1])}{best[0][0].unit}。",
        citations_of([r for _, _, readings in best for r in with_numbers(readings)]),
    )
    _say_rest(composition, sums[len(best) :])
    composition.say_remarks(numbers)
    say_gaps(composition, [r for _, _, readings in sums for r in readings if r.value is None])
    return composition.answer("aggregate")


def matching_parts(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The parts of a whole that meet a condition: the grounds that were never used."""
    composition = Composition(query)
    for condition in query.conditions:
        readings = read_current(condition.measure, entries, library)
        meeting = [r for r in readings if meets(condition, r)]
        composition.give(*(reading_to_value(r) for r in meeting))
        for reading in meeting:
            composition.say(f"{whose(reading)}{told(reading)}。", reading.citations)
        composition.say_remarks(meeting)
        say_gaps(composition, [r for r in readings if r.value is None])
    if not composition.has_values:
        whole = read_current(query.measures[0], entries, library)
        composition.say(f"{query.measures[0].name}中没有符合的一项。", citations_of(whole))
    return composition.answer("aggregate")


def _say_rest(
    composition: Composition, rest: Sequence[tuple[Measure, Number, Sequence[Reading]]]
) -> None:
    shown = [(part, number, readings) for part, number, readings in rest if number]
    if shown:
        composition.give(*(Value(number, part.unit) for part, number, _ in shown))
        listed = "、".join(f"{part.name}{number_text(n)}{part.unit}" for part, n, _ in shown)
        composition.say(
            f"其后为{listed}。",
            citations_of([r for _, _, readings in shown for r in with_numbers(readings)]),
        )


def _total(readings: Sequence[Reading]) -> Number:
    return round_number(sum(r.value or 0 for r in readings))
