"""Which agencies' numbers went up, or down, several years in a row.

The invariants: every year of the run must be held and hold a number, else the agency is named as
undecided; a year without change breaks a run.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.answer import Answer, Value
from assistant.lookup.composition import (
    MOST_NAMED,
    Composition,
    amount_as_printed,
    citations_of,
    count_in_words,
    finished,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading
from assistant.measure import Measure
from assistant.query import Query
from ingest.numbers import chinese_numeral, number_in_words
from vectorstore.holdings import Entry
from vectorstore.library import Library

_LENGTH = re.compile("连续(?P<count>[一两二三四五六七八九十]|\\d)[个]?(?:年|次)")
_HOW_LONG = re.compile("连续(?:了)?(?:几|多少)(?:个)?年")
_DOWN = re.compile("减少|下降|[降跌减]|下滑|走低|变少")
SHORTEST_RUN = 2


@dataclass(frozen=True, slots=True)
class _Run:
    """One agency over the years asked about; `holds` is None where a number is lacking."""

    agency: str
    readings: tuple[Reading, ...]
    holds: bool | None


def streak(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The agencies whose number rose (or fell) in each of the years asked about."""
    composition = Composition(query)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        years = _years(query, readings)
        if len(years) <= SHORTEST_RUN - 1:
            composition.say(f"资料库中{measure.name}只有一个年度的数，看不出连续的变化。")
            continue
        falls = bool(_DOWN.search(query.question))
        if _HOW_LONG.search(query.question):
            _how_long(composition, measure, readings, falls=falls)
            continue
        runs = [
            _run(agency, list(group), years, falls=falls)
            for agency, group in groupby(sorted(readings, key=_order), key=lambda r: r.agency)
        ]
        _say(composition, measure, runs, years, falls=falls)
    return (
        composition.answer("aggregate")
        if composition.text
        else finished(composition, query, entries, library)
    )


def _order(reading: Reading) -> tuple[str, int]:
    return reading.agency, reading.year


def _years(query: Query, readings: Sequence[Reading]) -> list[int]:
    """The years to compare: those named, else as many changes back from the newest as were said."""
    held = sorted({reading.year for reading in readings})
    if len(query.years) > SHORTEST_RUN:
        return sorted(query.years)
    match = _LENGTH.search(query.question)
    changes = _count(match["count"]) if match else SHORTEST_RUN
    newest = max(query.years or held, default=0)
    return list(range(newest - changes, newest + 1))


def _how_long(
    composition: Composition, measure: Measure, readings: Sequence[Reading], *, falls: bool
) -> None:
    """For how many years up to its newest each agency's number has risen, or fallen."""
    course = "减少" if falls else "增加"
    for agency, group in groupby(sorted(readings, key=_order), key=lambda r: r.agency):
        theirs = list(group)
        run = theirs[-1:]
        for later, earlier in pairwise(reversed(theirs)):
            is_next = later.year - earlier.year == 1 and None not in (later.value, earlier.value)
            up, down = (
                (later.value or 0) > (earlier.value or 0),
                (later.value or 0) < (earlier.value or 0),
            )
            if not is_next or not (down if falls else up):
                break
            run.insert(0, earlier)
        count = len(run) - 1
        composition.give(Value(count, "年", agency, run[-1].year))
        shown = _course(_Run(agency, tuple(run), None))
        said = (
            f"到最近一年已连续{count_in_words(count)}年{course}"
            if count
            else f"最近一年没有{course}"
        )
        composition.say(f"{agency}{measure.name}{said}：{shown}。", citations_of(run))
        composition.say_remarks(run)


def _count(text: str) -> int:
    return int(text) if text.isdigit() else chinese_numeral(text) or SHORTEST_RUN


def _run(agency: str, readings: Sequence[Reading], years: Sequence[int], *, falls: bool) -> _Run:
    theirs = tuple(reading for reading in readings if reading.year in years)
    values = [reading.value for reading in theirs if reading.value is not None]
    if len(values) < len(years):
        return _Run(agency, theirs, None)
    steps = pairwise(values)
    return _Run(agency, theirs, all((b < a) if falls else (b > a) for a, b in steps))


def _say(
    composition: Composition,
    measure: Measure,
    runs: Sequence[_Run],
    years: Sequence[int],
    *,
    falls: bool,
) -> None:
    course = "减少" if falls else "增加"
    span = f"连续{count_in_words(len(years) - 1)}年{course}"
    meeting = [run for run in runs if run.holds]
    failing = [run for run in runs if run.holds is False]
    open_ones = [run for run in runs if run.holds is None]
    composition.give(*(Value(run.agency, "", run.agency) for run in meeting))
    if meeting:
        names = "；".join(f"{run.agency}（{_course(run)}）" for run in meeting)
        composition.say(
            f"{measure.name}{span}的有{count_in_words(len(meeting))}家：{names}。",
            citations_of([r for run in meeting for r in run.readings]),
        )
    else:
        names = "；".join(f"{run.agency}（{_course(run)}）" for run in failing[:MOST_NAMED])
        composition.say(
            f"没有一家的{measure.name}{span}" + (f"：{names}。" if names else "。"),
            citations_of([r for run in failing[:MOST_NAMED] for r in run.readings]),
        )
    for run in runs:
        composition.say_remarks(run.readings)
    if open_ones:
        listed = "、".join(run.agency for run in open_ones[:MOST_NAMED])
        more = "等" if len(open_ones) > MOST_NAMED else ""
        composition.say(
            f"{listed}{more}未作判断：要看的{number_in_words(len(years))}个年度没有收全，或者有的格没有数。",
            citations_of([r for run in open_ones[:MOST_NAMED] for r in run.readings]),
        )


def _course(run: _Run) -> str:
    return "，".join(f"{r.year}年{amount_as_printed(r)}" for r in run.readings)
