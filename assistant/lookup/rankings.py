"""Which report has most: rankings and extremes, ties as ties.

What did not report a number is named and has no rank.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.answer import Answer, Value
from assistant.lookup.composition import (
    MOST_CITED,
    MOST_NAMED,
    Composition,
    amount,
    amount_as_printed,
    citations_of,
    finished,
    in_order,
    only_year,
    reading_to_value,
    say_gaps,
    say_years_differ,
    whose,
    with_numbers,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading, number_text, round_number
from assistant.measure import Measure
from assistant.query import Query
from assistant.question.together import are_added
from ingest.numbers import number_in_words
from vectorstore.holdings import Entry
from vectorstore.library import Library


def rank(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The reports in order of the measure; equal numbers share a rank.

    Where one rank is asked for that none holds alone, the whole order shows why.
    """
    composition = Composition(query)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        numbers = in_order(with_numbers(readings), query.descending)
        places = list(_places(numbers))
        shown = [(p, r) for p, r in places if not query.limit or p <= query.limit]
        if query.place:
            shown = [(p, r) for p, r in places if p == query.place] or places
        if not shown:
            say_gaps(composition, [r for r in readings if r.value is None])
            continue
        composition.say(f"{measure.name}{_direction(query, measure)}：\n")
        for place, group in groupby(shown[:MOST_CITED], key=lambda pair: pair[0]):
            tied = [reading for _, reading in group]
            tie = "并列" if len(tied) > 1 else ""
            names = "、".join(whose(r) for r in tied)
            composition.say(
                f"{tie}第{number_in_words(place)}：{names}，{'各' if tie else ''}{amount(tied[0])}。\n",
                citations_of(tied),
            )
        composition.give(*(reading_to_value(r) for _, r in shown))
        if query.limit and are_added(query.question) and measure.unit != "%":
            _say_sum(composition, [r for _, r in shown])
        composition.say_remarks(numbers)
        say_gaps(composition, [r for r in readings if r.value is None])
        say_years_differ(composition, numbers)
    return finished(composition, query, entries, library)


def extremum(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The report or reports at the top or bottom, and how the others stand."""
    composition = Composition(query)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        numbers = in_order(with_numbers(readings), query.descending)
        if not numbers:
            say_gaps(composition, [r for r in readings if r.value is None])
            continue
        best = [r for r in numbers if r.value == numbers[0].value]
        most = "最多" if query.descending else "最少"
        if measure.unit == "%":
            most = "最高" if query.descending else "最低"
        tie = "并列" if len(best) > 1 else ""
        each = "各" if tie else ""
        names = "、".join(whose(r) for r in best[:MOST_NAMED])
        composition.give(*(reading_to_value(r) for r in best))
        composition.say(
            f"{measure.name}{tie}{most}的是{names}，{each}{amount(best[0])}。",
            citations_of(best[:MOST_NAMED]),
        )
        composition.say_remarks(best)
        _say_others(composition, numbers[len(best) :])
        say_gaps(composition, [r for r in readings if r.value is None])
        say_years_differ(composition, numbers)
    return finished(composition, query, entries, library)


def _say_sum(composition: Composition, readings: Sequence[Reading]) -> None:
    """What the first of a ranking come to together: 前三名合计."""
    whole, unit = round_number(sum(r.value or 0 for r in readings)), readings[0].unit
    composition.give(Value(whole, unit, None, only_year(readings)))
    composition.say(f"合计{number_text(whole)}{unit}。", citations_of(readings[:MOST_CITED]))


def _places(readings: Sequence[Reading]) -> Iterator[tuple[int, Reading]]:
    """Each reading with its rank; equal numbers share one, the next rank is skipped."""
    place = 0
    for index, reading in enumerate(readings, 1):
        if index == 1 or reading.value != readings[index - 2].value:
            place = index
        yield place, reading


def _direction(query: Query, measure: Measure) -> str:
    most, least = ("高", "低") if measure.unit == "%" else ("多", "少")
    return f"从{most}到{least}" if query.descending else f"从{least}到{most}"


def _say_others(composition: Composition, others: Sequence[Reading]) -> None:
    if others:
        listed = "、".join(f"{whose(r)}{amount_as_printed(r)}" for r in others[:MOST_NAMED])
        more = "等" if len(others) > MOST_NAMED else ""
        composition.say(f"其后依次为{listed}{more}。", citations_of(others[:MOST_NAMED]))
