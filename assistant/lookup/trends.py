"""How one agency's number went over the years.

The invariant: a trend needs two years of the same agency; different agencies in different years are
none, and the answer says so.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise

from assistant.answer import Answer
from assistant.lookup.composition import (
    MOST_NAMED,
    Composition,
    amount,
    citations_of,
    reading_to_value,
    say_gaps,
    told_as_printed,
    whose,
    with_numbers,
    year_text,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading
from assistant.query import Query
from vectorstore.holdings import Entry
from vectorstore.library import Library


def trend(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """How one agency's number went over the years; needs two years of the same agency."""
    composition = Composition(query)
    alone: list[Reading] = []
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        for _, group in groupby(sorted(readings, key=_agency_and_year), key=lambda r: r.agency):
            theirs = list(group)
            numbers = with_numbers(theirs)
            if len(numbers) < 2:
                alone += theirs
                continue
            _say_course(composition, numbers)
            say_gaps(composition, [r for r in theirs if r.value is None])
    if composition.has_values:
        return composition.answer("aggregate")
    return _no_trend(composition, query, alone)


def _say_course(composition: Composition, numbers: Sequence[Reading]) -> None:
    listed = "、".join(f"{r.year}年{amount(r)}" for r in numbers)
    composition.give(*(reading_to_value(r) for r in numbers))
    composition.say(
        f"{numbers[0].agency}{numbers[0].measure.name}：{listed}，{_course(numbers)}。",
        citations_of(numbers),
    )
    composition.say_remarks(numbers)


def _course(numbers: Sequence[Reading]) -> str:
    values = [r.value or 0 for r in numbers]
    steps = [(a < b) - (a > b) for a, b in pairwise(values)]
    if not any(steps):
        return "没有变化"
    if {1, -1} <= set(steps):
        return "有升有降"
    way = "上升" if 1 in steps else "下降"
    each = "逐年" if len(steps) > 1 else ""
    return f"{each}{way}或持平" if 0 in steps else f"{each}{way}"


def _no_trend(composition: Composition, query: Query, alone: Sequence[Reading]) -> Answer:
    """Why there is no trend, with the single numbers that there are."""
    agencies = {reading.agency for reading in alone}
    years = {reading.year for reading in alone}
    if len(agencies) > 1 and len(years) > 1:
        composition.say(
            "不能这样判断：资料库中各单位都只有一个年度的数，单位不同、年度也不同，不可比。"
        )
    elif len(query.years) == 1:
        composition.say("只看一个年度，无法给出趋势。")
    else:
        lacking = [year for year in query.years if year not in years]
        off_form = any(reading.state == "off-form" for reading in alone)
        when = "、".join(f"{year_text(year, query.question)}年" for year in lacking)
        without = f"没有{when}的，" if when else ""
        held = "各年所用的表样不同，" if off_form else "资料库中只有一个年度的报告，"
        composition.say(f"{held}{without}无法给出趋势。")
    for reading in alone[:MOST_NAMED]:
        composition.say(f"{whose(reading)}{told_as_printed(reading)}。", citations_of([reading]))
    return composition.answer("aggregate", "unanswerable")


def _agency_and_year(reading: Reading) -> tuple[str, int]:
    return reading.agency, reading.year
