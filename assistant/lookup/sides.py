"""Two groups of agencies by what they come to: 县里的单位和区里的单位合计哪边多.

The invariant: each sum says how many reports it is made of, and which agency gave no number.
"""

import re
from collections.abc import Sequence

from assistant.answer import Answer, Value
from assistant.lookup.composition import (
    Composition,
    amount_as_printed,
    citations_of,
    count_in_words,
    finished,
    say_gaps,
    whose,
    with_numbers,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading, half_up, number_text, round_number
from assistant.query import Query, Side
from ingest.report import Number
from vectorstore.holdings import Entry
from vectorstore.library import Library

DECIMALS = 2
_TIMES = re.compile("倍")
# 甲、乙加起来有没有丙多, 超过丙吗
_YES_OR_NO = re.compile("[吗么吧没][?？]?$|是不是|是否|有没有")
_LESS = re.compile("少于|低于|小于|不如|不及|比.*[少低]")


def are_two_sides(query: Query, entries: Sequence[Entry]) -> bool:
    """Whether two groups are compared by their sums, and each has a report among these."""
    held = {entry.agency for entry in entries}
    are_counts = all(measure.aspect in ("cells", "figure") for measure in query.measures)
    return (
        len(query.sides) == 2
        and are_counts
        and all(not held.isdisjoint(side.agencies) for side in query.sides)
    )


def compare_sides(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """What each group comes to, and by how much they differ; how many times where that is asked."""
    composition = Composition(query)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        numbers = with_numbers(readings)
        sums = [_of(side, numbers) for side in query.sides]
        if all(sums):
            composition.say(f"{measure.name}：", [])
            for side, theirs in zip(query.sides, sums, strict=True):
                _say_sum(composition, side, theirs)
            _say_gap(composition, query, *sums)
        composition.say_remarks(numbers)
        say_gaps(composition, [r for r in readings if r.value is None])
    return finished(composition, query, entries, library)


def _of(side: Side, numbers: Sequence[Reading]) -> list[Reading]:
    return [
        reading
        for reading in numbers
        if reading.agency in side.agencies and (not side.years or reading.year in side.years)
    ]


def _whole(numbers: Sequence[Reading]) -> Number:
    return round_number(sum(reading.value or 0 for reading in numbers))


def _say_sum(composition: Composition, side: Side, numbers: Sequence[Reading]) -> None:
    whole, unit = _whole(numbers), numbers[0].unit
    composition.give(Value(whole, unit))
    listed = "、".join(f"{whose(r)}{amount_as_printed(r)}" for r in numbers)
    reports = f"（{count_in_words(len(numbers))}份报告）"
    made = f"合计{number_text(whole)}{unit}：{listed}" if len(numbers) > 1 else listed
    composition.say(f"{side.text}{reports}{made}。", citations_of(numbers))


def _say_gap(
    composition: Composition, query: Query, one: Sequence[Reading], other: Sequence[Reading]
) -> None:
    first, second = _whole(one), _whole(other)
    gap, unit = round_number(abs(first - second)), one[0].unit
    composition.give(Value(gap, unit))
    names = [side.text for side in query.sides]
    more, less = names if first >= second else reversed(names)
    said = f"{more}比{less}多{number_text(gap)}{unit}" if gap else "两边一样多"
    cited = citations_of([*one, *other])
    composition.say(f"{_verdict(query, first, second)}{said}。", cited)
    if _TIMES.search(query.question) and second:
        times = round_number(half_up(first / second, DECIMALS))
        composition.give(Value(times, "倍"))
        composition.say(f"前者是后者的{number_text(times)}倍。", cited)


def _verdict(query: Query, first: Number, second: Number) -> str:
    if not _YES_OR_NO.search(query.question):
        return ""
    holds = first < second if _LESS.search(query.question) else first > second
    return "是，" if holds else "不是，"
