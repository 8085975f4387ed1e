"""How fast a number grew on average over several years: 年均增长, in numbers and as a compound rate.

The invariants: both are reckoned from the first and the last year that hold a number, which are
shown; there is no rate from zero, and none of a percentage, which changes by percentage points.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import Answer, Value
from assistant.lookup.composition import (
    MOST_CITED,
    Composition,
    amount_as_printed,
    citations_of,
    finished,
    say_gaps,
    whose,
    with_numbers,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading, half_up, number_text, round_number, unit_of_change
from assistant.query import Query
from ingest.numbers import number_in_words
from ingest.report import Number
from vectorstore.holdings import Entry
from vectorstore.library import Library

DECIMALS = 2
_MOST = re.compile("最[多大快高少小慢低]|排名|排序|前[一二两三四五六七八九十\\d]+[名家位]")
_BY_RATE = re.compile("[率速快慢幅]")
_SLOWEST = re.compile("最[慢少小低]")


@dataclass(frozen=True, slots=True)
class _Pace:
    """One agency's number in its first and its last year."""

    first: Reading
    last: Reading

    @property
    def years(self) -> int:
        return self.last.year - self.first.year

    @property
    def change(self) -> Number:
        return round_number((self.last.value or 0) - (self.first.value or 0))

    @property
    def each_year(self) -> Number:
        return round_number(half_up(self.change / self.years, DECIMALS))

    @property
    def rate(self) -> Number | None:
        """The compound growth in per cent a year; None from zero, and of a percentage."""
        if not self.first.value or self.first.value < 0 or self.first.unit == "%":
            return None
        if (self.last.value or 0) < 0:
            return None
        factor = ((self.last.value or 0) / self.first.value) ** (1 / self.years)
        return round_number(half_up(100 * (factor - 1), DECIMALS))


def pace(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The mean change a year of each agency with two years, and the compound rate it comes to."""
    composition = Composition(query)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        numbers = with_numbers(readings)
        found = _in_order_asked(list(_paces(numbers)), query)
        for each in found[:MOST_CITED]:
            _say(composition, each)
        if len(found) > 1 and _MOST.search(query.question):
            by = "增长率" if _BY_RATE.search(query.question) else "每年增减的数量"
            composition.say(f"（按年均{by}排列。）")
        _say_alone(composition, numbers, found)
        composition.say_remarks([r for each in found for r in (each.first, each.last)])
        say_gaps(composition, [r for r in readings if r.value is None])
    return finished(composition, query, entries, library)


def _paces(numbers: Sequence[Reading]) -> Iterator[_Pace]:
    ordered = sorted(numbers, key=lambda r: (r.agency, r.year))
    for _, group in groupby(ordered, key=lambda r: r.agency):
        theirs = list(group)
        if theirs[-1].year > theirs[0].year:
            yield _Pace(theirs[0], theirs[-1])


def _in_order_asked(found: list[_Pace], query: Query) -> list[_Pace]:
    """By the rate or by the number where the fastest or slowest is asked for; no rate comes last."""
    if not _MOST.search(query.question):
        return found
    is_slow = bool(_SLOWEST.search(query.question))
    if not _BY_RATE.search(query.question):
        return sorted(found, key=lambda p: p.each_year, reverse=not is_slow)
    rated = [p for p in found if p.rate is not None]
    ordered = sorted(rated, key=lambda p: p.rate or 0, reverse=not is_slow)
    return [*ordered, *(p for p in found if p.rate is None)]


def _say(composition: Composition, each: _Pace) -> None:
    first, last = each.first, each.last
    unit = unit_of_change(first.unit)
    span = number_in_words(each.years)
    composition.give(Value(each.each_year, unit, first.agency, last.year))
    composition.give(Value(each.change, unit, first.agency, last.year))
    way = "增加" if each.change >= 0 else "减少"
    rate = "。"
    if each.rate is not None:
        composition.give(Value(each.rate, "%", first.agency, last.year))
        rate = f"；年均增长率{number_text(each.rate)}%（复合增长率）。"
    elif first.unit != "%":
        rate = "；首年为零，算不出增长率。"
    composition.say(
        f"{first.agency}{first.measure.name}：{first.year}年{amount_as_printed(first)}，"
        f"{last.year}年{amount_as_printed(last)}，按首尾两年算，{span}年{way}"
        f"{number_text(abs(each.change))}{unit}，年均{way}{number_text(abs(each.each_year))}{unit}{rate}",
        citations_of([first, last]),
    )


def _say_alone(
    composition: Composition, numbers: Sequence[Reading], found: Sequence[_Pace]
) -> None:
    """Name the agencies that have a number in one year only."""
    paced = {each.first.agency for each in found}
    alone = [r for r in numbers if r.agency not in paced]
    if alone:
        names = "、".join(whose(r) for r in alone[:MOST_CITED])
        composition.say(f"{names}只有一个年度的数，算不出年均。", citations_of(alone[:MOST_CITED]))
