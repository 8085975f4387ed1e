"""How the numbers of several reports lie: their median, their spread, one as a multiple of another.

The invariants: what gave no number is named and left out; a multiple shows what was divided by
what, and there is none of zero.
"""

import re
import statistics
from collections.abc import Callable, Sequence

from assistant.answer import Answer, Value
from assistant.lookup.beyond import peers_of, say_beyond
from assistant.lookup.changed import BOTH_ENDS
from assistant.lookup.composition import (
    MOST_CITED,
    MOST_NAMED,
    Composition,
    amount_as_printed,
    citations_of,
    count_in_words,
    finished,
    in_order,
    only_agency,
    only_year,
    say_gaps,
    say_years_differ,
    whose,
    with_numbers,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading, half_up, number_text, round_number
from assistant.query import Query
from vectorstore.holdings import Entry
from vectorstore.library import Library

DECIMALS = 2
# Of a number that is a small part of another two decimals say nothing.
DECIMALS_BELOW_ONE = 4
_PERCENT = re.compile("百分之|几成|百分比")
_TIMES_MORE = re.compile("[多高增涨](?:了|出|加)?(?:多少|几)倍")
_ONE_IN = re.compile("每(?:几|多少)[件条次宗]")


def median(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The number in the middle; of an even count the mean of the two in the middle."""
    return _one_of_many(query, entries, library, "中位数", statistics.median)


def deviation(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The standard deviation of these reports, taken as the whole population."""
    return _one_of_many(query, entries, library, "标准差（总体）", statistics.pstdev)


def _one_of_many(
    query: Query,
    entries: Sequence[Entry],
    library: Library,
    name: str,
    reckon: Callable[[Sequence[float]], float],
) -> Answer:
    composition = Composition(query)
    entries = peers_of(query, entries, library)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        numbers = in_order(with_numbers(readings), descending=False)
        if numbers:
            found = round_number(half_up(reckon([float(r.value or 0) for r in numbers]), DECIMALS))
            composition.give(
                Value(found, numbers[0].unit, only_agency(numbers), only_year(numbers))
            )
            composition.say(
                f"{count_in_words(len(numbers))}份报告{measure.name}的{name}是"
                f"{number_text(found)}{numbers[0].unit}{_listed(numbers)}。",
                citations_of(numbers[:MOST_CITED]),
            )
            say_beyond(composition, numbers, found, name)
            composition.say_remarks(numbers)
        say_gaps(composition, [r for r in readings if r.value is None])
        say_years_differ(composition, numbers)
    return finished(composition, query, entries, library)


def _listed(numbers: Sequence[Reading]) -> str:
    if len(numbers) > MOST_NAMED:
        return ""
    return "，由少到多为" + "、".join(f"{whose(r)}{amount_as_printed(r)}" for r in numbers)


def times(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """How many times the second number goes into the first, in the order of the question."""
    composition = Composition(query)
    readings = [r for m in query.measures for r in read_current(m, entries, library)]
    numbers = with_numbers(sorted(readings, key=lambda r: _place(query.question, r)))
    if len(numbers) > 2 and (sums := _sums_of_two_years(numbers)):
        return _times_of_sums(composition, sums, readings)
    if len(numbers) > 2 and len(query.measures) == 1 and BOTH_ENDS.search(query.question):
        ordered = in_order(numbers, descending=True)
        numbers = [ordered[0], ordered[-1]]
    if len(numbers) != 2 or numbers[0].unit != numbers[1].unit:
        say_gaps(composition, [r for r in readings if r.value is None])
        composition.say("倍数要在两个数之间计算，请写明是哪两个。")
        return composition.answer("aggregate", "unanswerable")
    one, other = numbers
    cited = citations_of(numbers)
    listed = "，".join(f"{whose(r)}{r.measure.name}{amount_as_printed(r)}" for r in numbers)
    if not other.value:
        composition.say(f"{listed}；后者为零，没有倍数。", cited)
        return composition.answer("aggregate", "unanswerable")
    decimals = DECIMALS if (one.value or 0) >= other.value else DECIMALS_BELOW_ONE
    found = round_number(half_up((one.value or 0) / other.value, decimals))
    composition.give(Value(found, "倍", only_agency(numbers), only_year(numbers)))
    one_in = (
        f"，即平均每{number_text(found)}{one.unit}有一{one.unit}"
        if _ONE_IN.search(query.question)
        else ""
    )
    share = _as_percent(composition, (one.value or 0) / other.value)
    more = _more(composition, (one.value or 0) / other.value)
    composition.say(f"{listed}，前者是后者的{number_text(found)}倍{share}{more}{one_in}。", cited)
    composition.say_remarks(numbers)
    return composition.answer("aggregate")


def _more(composition: Composition, times: float) -> str:
    """How many times more it is, where that is the question: 多几倍 is one less than 是几倍."""
    if times <= 1 or not _TIMES_MORE.search(composition.query.question):
        return ""
    more = round_number(half_up(times - 1, DECIMALS))
    composition.give(Value(more, "倍"))
    return f"，即多{number_text(more)}倍"


def _as_percent(composition: Composition, times: float) -> str:
    """The multiple in per cent, where the question asks for that: 是去年的百分之几."""
    if not _PERCENT.search(composition.query.question):
        return ""
    percent = round_number(half_up(100 * times, DECIMALS))
    composition.give(Value(percent, "%"))
    return f"（{number_text(percent)}%）"


def _sums_of_two_years(numbers: Sequence[Reading]) -> list[list[Reading]]:
    """The readings of each of two years, where both have the same agencies; empty else."""
    years = list(dict.fromkeys(r.year for r in numbers))
    groups = [[r for r in numbers if r.year == year] for year in years]
    alike = len({frozenset(r.agency for r in group) for group in groups}) == 1
    is_one_measure = len({r.measure for r in numbers}) == 1
    return groups if len(groups) == 2 and alike and is_one_measure else []


def _times_of_sums(
    composition: Composition, sums: Sequence[Sequence[Reading]], readings: Sequence[Reading]
) -> Answer:
    """How many times the one year's sum is the other's, in the order of the question."""
    one, other = (round_number(sum(r.value or 0 for r in group)) for group in sums)
    unit = sums[0][0].unit
    composition.give(Value(one, unit, None, sums[0][0].year))
    composition.give(Value(other, unit, None, sums[1][0].year))
    cited = citations_of([r for group in sums for r in group])
    listed = "，".join(
        f"{group[0].year}年{sums[0][0].measure.name}合计{number_text(whole)}{unit}"
        for group, whole in zip(sums, (one, other), strict=True)
    )
    if not other:
        composition.say(f"{listed}；后者为零，没有倍数。", cited)
    else:
        found = round_number(half_up(one / other, DECIMALS))
        composition.give(Value(found, "倍"))
        share = _as_percent(composition, one / other)
        composition.say(f"{listed}，前者是后者的{number_text(found)}倍{share}。", cited)
    composition.say_remarks([r for group in sums for r in group])
    say_gaps(composition, [r for r in readings if r.value is None])
    return composition.answer("aggregate")


def _place(question: str, reading: Reading) -> int:
    """Where the question speaks of a reading's year; 2023年是2021年的几倍 divides the first named."""
    found = question.find(str(reading.year))
    return len(question) if found < 0 else found
