"""Which report has most: rankings and extremes, ties as ties.

What did not report a number is named and has no rank.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.answer import Answer, Value
from assistant.lookup.changed import BOTH_ENDS
from assistant.lookup.composition import (
    MOST_CITED,
    MOST_NAMED,
    Composition,
    amount,
    amount_as_printed,
    citations_of,
    count_in_words,
    finished,
    in_order,
    only_year,
    reading_to_value,
    say_gaps,
    say_years_differ,
    told,
    whose,
    with_numbers,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading, half_up, number_text, round_number
from assistant.measure import Measure
from assistant.query import Query
from assistant.question.conditions import denies_none
from assistant.question.together import are_added
from ingest.numbers import chinese_numeral, number_in_words
from vectorstore.holdings import Entry
from vectorstore.library import Library

# 第二名和第三名差多少
_NUMERAL = "[一二两三四五六七八九十]|\\d{1,2}"
_TWO_PLACES = re.compile(
    f"(?:最[多高大][^,，。第]{{0,8}}|第(?P<one>{_NUMERAL}))(?:名|位)?(?:和|与|跟|同|、|比)第(?P<other>{_NUMERAL})(?:名|位)?[^,，。]{{0,12}}(?:差|多|少)"
)
# 前两名之外的单位
_BEYOND = re.compile("[前后][一二两三四五六七八九十\\d]+(?:名|家|位)(?:之外|以外|除外)")
_APART = re.compile("差多少|差几|相差|差距")
_SHARE = re.compile("占|比重|几成")


def rank(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The reports in order of the measure; equal numbers share a rank.

    Where one rank is asked for that none holds alone, the whole order shows why.
    """
    composition = Composition(query)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        numbers = in_order(_counted(query, readings), query.descending)
        places = list(_places(numbers))
        shown = [(p, r) for p, r in places if not query.limit or p <= query.limit]
        if apart := _TWO_PLACES.search(query.question):
            shown = [(p, r) for p, r in places if p in _both(apart)] or places
        elif query.limit and _BEYOND.search(query.question):
            shown = [(p, r) for p, r in places if p > query.limit]
        elif query.place:
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
        if apart or (query.limit == 2 and _APART.search(query.question)):
            _say_apart(composition, [r for _, r in shown])
        if query.limit and measure.unit != "%":
            _say_taken_together(composition, query, [r for _, r in shown], numbers)
        composition.say_remarks(numbers)
        say_gaps(composition, [r for r in readings if r.value is None])
        say_years_differ(composition, numbers)
    return finished(composition, query, entries, library)


def extremum(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The report or reports at the top or bottom, and how the others stand."""
    composition = Composition(query)
    if len(entries) == 1 and len(query.measures) > 1:
        _say_among_measures(composition, query, entries, library)
        return finished(composition, query, entries, library)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        numbers = in_order(_counted(query, readings), query.descending)
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
        others = numbers[len(best) :]
        if others and BOTH_ENDS.search(query.question):
            _say_other_end(composition, query, measure, others)
        else:
            _say_others(composition, others)
        say_gaps(composition, [r for r in readings if r.value is None])
        say_years_differ(composition, numbers)
    return finished(composition, query, entries, library)


def _counted(query: Query, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with a number, those of zero left out where the question says so."""
    numbers = with_numbers(readings)
    return [r for r in numbers if r.value] if denies_none(query.question) else numbers


def _say_other_end(
    composition: Composition, query: Query, measure: Measure, others: Sequence[Reading]
) -> None:
    """The least beside the most, where both are asked for."""
    last = [r for r in others if r.value == others[-1].value]
    most, least = ("高", "低") if measure.unit == "%" else ("多", "少")
    tie = "并列" if len(last) > 1 else ""
    composition.give(*(reading_to_value(r) for r in last))
    composition.say(
        f"{tie}最{least if query.descending else most}的是{'、'.join(whose(r) for r in last[:MOST_NAMED])}，"
        f"{'各' if tie else ''}{amount(last[0])}。",
        citations_of(last[:MOST_NAMED]),
    )


def _both(apart: re.Match[str]) -> tuple[int, ...]:
    """The two places that are set against each other."""
    words = (apart["one"] or "1", apart["other"])
    return tuple(int(w) if w.isdigit() else chinese_numeral(w) or 0 for w in words)


def _say_apart(composition: Composition, readings: Sequence[Reading]) -> None:
    """By how much two places differ; nothing where ties leave no one number for each."""
    values = list(dict.fromkeys(r.value or 0 for r in readings))
    if len(values) != 2:
        return
    gap = round_number(abs(values[0] - values[1]))
    unit = readings[0].unit
    composition.give(Value(gap, unit))
    composition.say(f"两者相差{number_text(gap)}{unit}。", citations_of(readings))


def _say_taken_together(
    composition: Composition, query: Query, readings: Sequence[Reading], all_of: Sequence[Reading]
) -> None:
    """The sum of the first few and their share of all, where the question asks for either."""
    is_share = bool(_SHARE.search(query.question))
    if not (is_share or are_added(query.question)):
        return
    _say_sum(composition, readings)
    whole = round_number(sum(r.value or 0 for r in all_of))
    if is_share and whole:
        percent = round_number(half_up(100 * sum(r.value or 0 for r in readings) / whole, 2))
        unit = readings[0].unit
        composition.give(Value(percent, "%"), Value(whole, unit))
        composition.say(
            f"占全部{count_in_words(len(all_of))}份报告合计{number_text(whole)}{unit}的{number_text(percent)}%。",
            citations_of(all_of[:MOST_CITED]),
        )


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


def _say_among_measures(
    composition: Composition, query: Query, entries: Sequence[Entry], library: Library
) -> None:
    """Which of several numbers of one report is the largest: 复议、诉讼、处罚哪个最少."""
    readings = [r for m in query.measures for r in read_current(m, entries, library)]
    numbers = in_order(with_numbers(readings), query.descending)
    if len({r.unit for r in numbers}) == 1:
        best = [r for r in numbers if r.value == numbers[0].value]
        most = "最多" if query.descending else "最少"
        composition.give(*(reading_to_value(r) for r in numbers))
        listed = "、".join(told(r) for r in numbers)
        names = "、".join(r.measure.name for r in best)
        composition.say(f"{whose(best[0])}{listed}，{most}的是{names}。", citations_of(numbers))
        composition.say_remarks(numbers)
    say_gaps(composition, [r for r in readings if r.value is None])


def _say_others(composition: Composition, others: Sequence[Reading]) -> None:
    if others:
        listed = "、".join(f"{whose(r)}{amount_as_printed(r)}" for r in others[:MOST_NAMED])
        more = "等" if len(others) > MOST_NAMED else ""
        composition.say(f"其后依次为{listed}{more}。", citations_of(others[:MOST_NAMED]))
