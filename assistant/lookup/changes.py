"""Numbers set against each other: compared, subtracted, followed over the years.

The invariants: a trend needs two years of one agency, and different agencies in different years are
none; a change in per cent stands beside the two numbers that it is made from.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from assistant.answer import Answer, Value
from assistant.lookup.changed import (
    BOTH_ENDS,
    BY_RATE,
    MOST,
    change_of,
    chosen,
    is_turned,
    percent_of,
)
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
    reading_to_value,
    say_gaps,
    say_years_differ,
    told,
    told_as_printed,
    whose,
    with_numbers,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading, half_up, number_text, round_number, unit_of_change
from assistant.measure import Measure
from assistant.query import Query
from assistant.question.measures import in_order_said
from assistant.question.together import are_totals_apart
from ingest.report import Number
from vectorstore.holdings import Entry
from vectorstore.library import Library

_FALLS = re.compile("少|减|降|跌|低")
# 甲局超过乙局吗 · 甲局是不是比乙局多
_SAID_TO_HAVE = re.compile(
    "(?:(?P<more>超过|超了|多于|大于|高于|多过|高过|赶上|赶超|比[^,，。]{1,30}[多高大])"
    "|少于|低于|小于|不如|不及|比不上|比[^,，。]{1,30}[少低小])[^。]{0,20}[吗么没吧?？]"
    "|(?:是不是|是否)(?:比[^,，。]{1,30}(?:(?P<above>[多高大])|[少低小]))"
)
DECIMALS = 2
# 最高的比最低的多多少, 相差多少: between the ends of many numbers, not from year to year
_ASKS_GAP = re.compile("差距|差额|极差|悬殊|最[多高大少低小]|第[一二两三四五六七八九十]")
_HOW_MANY = re.compile("[几]家|多少家|[几]个(?:单位|部门|局)|多少个(?:单位|部门|局)")
_EACH_YEAR = re.compile("哪一?年|哪几年|哪些年|每一?年|逐年|历年")
_ASKS_PERCENT = (
    "同比",
    "环比",
    "增幅",
    "降幅",
    "增长率",
    "增速",
    "百分",
    "%",
    "比例",
    "几成",
    "涨幅",
    "跌幅",
    "个点",
)


def compare(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """Whether the reports agree, else which has more, each number given."""
    composition = Composition(query)
    if len(entries) == 1 and len(query.measures) == 2:
        _say_which_is_more(composition, query, entries, library)
        return finished(composition, query, entries, library)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        numbers = in_order(with_numbers(readings), descending=True)
        if not numbers:
            say_gaps(composition, [r for r in readings if r.value is None])
            continue
        composition.give(*(reading_to_value(r) for r in numbers))
        first, last = numbers[0], numbers[-1]
        if len(numbers) == 1:
            composition.say(
                f"{whose(first)}{told(first)}，没有可以相比的另一个数。", first.citations
            )
        elif first.value == last.value:
            names = "、".join(whose(r) for r in numbers)
            verdict = "不是，" if _verdict(query, readings) else ""
            composition.say(
                f"{verdict}一样多：{names}{measure.name}各{amount(first)}。", citations_of(numbers)
            )
        else:
            order = "，其次".join(_tied(numbers[:MOST_NAMED]))
            verdict = _verdict(query, readings) or "不一样，"
            composition.say(
                f"{verdict}{measure.name}最多的是{order}。", citations_of(numbers[:MOST_NAMED])
            )
        _say_formulas(composition, numbers)
        composition.say_remarks(numbers)
        say_gaps(composition, [r for r in readings if r.value is None])
        say_years_differ(composition, numbers)
    return finished(composition, query, entries, library)


def _verdict(query: Query, readings: Sequence[Reading]) -> str:
    """是 or 不是 where the first agency named is said to have more, or fewer, than the second."""
    match = _SAID_TO_HAVE.search(query.question)
    if match is None or len(readings) != 2:
        return ""
    one, other = readings
    if len(query.agencies) == 2:
        one, other = sorted(readings, key=lambda r: query.agencies.index(r.agency))
    elif one.agency == other.agency:
        one, other = sorted(readings, key=lambda r: r.year, reverse=not is_turned(query))
    else:
        return ""
    if one.value is None or other.value is None:
        return ""
    holds = one.value > other.value if match["more"] or match["above"] else one.value < other.value
    return "是，" if holds else "不是，"


def _tied(numbers: Sequence[Reading]) -> Iterator[str]:
    """Each number with whose it is, equal ones together."""
    for _, group in groupby(numbers, key=lambda r: r.value):
        theirs = list(group)
        each = "各" if len(theirs) > 1 else ""
        yield f"{'、'.join(whose(r) for r in theirs)}{each}{amount(theirs[0])}"


def _comparable(
    composition: Composition, query: Query, entries: Sequence[Entry], library: Library
) -> Sequence[Reading]:
    """The numbers asked for, the larger first; none, and why, where they cannot be compared."""
    readings = [r for m in query.measures for r in read_current(m, entries, library)]
    numbers = in_order(with_numbers(readings), descending=True)
    if len(numbers) < 2 or numbers[0].unit != numbers[1].unit:
        _say_nothing_to_compare(composition, numbers, readings)
        return ()
    return numbers


def _say_which_is_more(
    composition: Composition, query: Query, entries: Sequence[Entry], library: Library
) -> None:
    """Which of two numbers of one report is larger: 复议和诉讼哪个多."""
    numbers = _comparable(composition, query, entries, library)
    if not numbers:
        return
    more, less = numbers
    composition.give(*(reading_to_value(r) for r in numbers))
    listed = "，".join(told(r) for r in numbers)
    ending = f"{more.measure.name}更多" if more.value != less.value else "一样多"
    composition.say(f"{whose(more)}{listed}，{ending}。", citations_of(numbers))
    composition.say_remarks(numbers)


def difference(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """By how much two numbers differ: a year and the year before, or two agencies."""
    composition = Composition(query)
    compared = False
    are_two = len(query.measures) == 2 and not _are_conventions(query.measures)
    if len(entries) == 1 and are_two:
        _say_two_measures(composition, query, entries, library)
        return finished(composition, query, entries, library)
    if len(entries) == 1 and len(query.measures) > 2:
        readings = [r for m in query.measures for r in read_current(m, entries, library)]
        listed = "，".join(map(told_as_printed, readings))
        composition.say(f"{whose(readings[0])}{listed}。", citations_of(readings))
        composition.say("请写明要比的是哪两项。")
        return composition.answer("aggregate", "clarify")
    of_one_year = len({e.year for e in entries}) == 1
    if len(entries) > 1 and are_two and (of_one_year or are_totals_apart(query.question)):
        _say_two_measures_of_each(composition, query, entries, library)
        return finished(composition, query, entries, library)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        if len(query.measures) > 1 and all(r.state == "off-form" for r in readings):
            continue
        numbers = with_numbers(readings)
        if len(numbers) < 2:
            _say_nothing_to_compare(composition, numbers, readings)
            continue
        of_ends = BOTH_ENDS.search(query.question)
        changed = [] if of_ends else _pairs_of_years(numbers, query)
        if changed:
            compared = True
            _say_changes(composition, query, changed)
            _say_alone(composition, numbers, changed)
        elif len(numbers) > 2 and not (of_ends or _ASKS_GAP.search(query.question)):
            return _which_two(composition, numbers)
        else:
            ordered = in_order(numbers, descending=True)
            _say_gap_between(composition, [ordered[0], ordered[-1]])
            _say_gap_in_percent(composition, numbers)
        composition.say_remarks(numbers)
        say_gaps(composition, [r for r in readings if r.value is None])
    if compared:
        return composition.answer("aggregate")
    return finished(composition, query, entries, library)


def _which_two(composition: Composition, numbers: Sequence[Reading]) -> Answer:
    """The numbers given and asked back, where nothing says which of many differ by how much."""
    listed = "、".join(f"{whose(r)}{told_as_printed(r)}" for r in numbers[:MOST_NAMED])
    more = "等" if len(numbers) > MOST_NAMED else ""
    composition.say(f"{listed}{more}。", citations_of(numbers[:MOST_NAMED]))
    composition.say("没有看懂要比的是哪两个数，请写明是哪两年或哪两家。")
    return composition.answer("aggregate", "clarify")


def _are_conventions(measures: Sequence[Measure]) -> bool:
    """Whether the measures are one rate by two conventions, which are never set against each other."""
    are_rates = all(measure.aspect == "ratio" for measure in measures)
    return are_rates and len({(m.cells, m.over) for m in measures}) == 1


def _say_two_measures(
    composition: Composition, query: Query, entries: Sequence[Entry], library: Library
) -> None:
    """By how much two numbers of one report differ: 人大建议比政协提案多几件."""
    numbers = _comparable(composition, query, entries, library)
    if not numbers:
        return
    more, less = numbers
    gap = round_number((more.value or 0) - (less.value or 0))
    composition.give(Value(gap, more.unit, more.agency, more.year))
    listed = "，".join(f"{r.measure.name}{amount_as_printed(r)}" for r in numbers)
    ending = f"前者多{number_text(gap)}{more.unit}" if gap else "一样多"
    composition.say(f"{whose(more)}{listed}，{ending}。", citations_of(numbers))
    composition.say_remarks(numbers)


def _say_two_measures_of_each(
    composition: Composition, query: Query, entries: Sequence[Entry], library: Library
) -> None:
    """By how much two numbers differ in each of several reports of a year, and in all of them."""
    one, other = in_order_said(query.measures, query.topic)
    readings = [read_current(measure, entries, library) for measure in (one, other)]
    pairs = [(a, b) for a, b in zip(*readings, strict=True) if None not in (a.value, b.value)]
    if not pairs or len({r.unit for pair in pairs for r in pair}) > 1:
        _say_nothing_to_compare(composition, [], [r for found in readings for r in found])
        return
    if is_widest := bool(MOST.search(query.question)):
        pairs.sort(key=lambda pair: abs((pair[0].value or 0) - (pair[1].value or 0)), reverse=True)
    gaps = [round_number((a.value or 0) - (b.value or 0)) for a, b in pairs]
    whole, unit = round_number(sum(gaps)), pairs[0][0].unit
    of_each = [Value(g, unit, a.agency, a.year) for g, (a, _) in zip(gaps, pairs, strict=True)]
    of_all = [] if is_widest else [Value(whole, unit, None, pairs[0][0].year)]
    composition.give(*of_all, *of_each)
    cited = citations_of([r for pair in pairs for r in pair])
    if is_widest:
        names = "、".join(
            whose(a) for g, (a, _) in zip(gaps, pairs, strict=True) if abs(g) == abs(gaps[0])
        )
        composition.say(f"{one.name}与{other.name}相差最大的是{names}。", cited)
    else:
        composition.say(
            f"{count_in_words(len(pairs))}份报告合起来，{one.name}比{other.name}{_more_or_less(whole, unit)}。",
            cited[:MOST_CITED],
        )
    listed = "；".join(
        f"{whose(a)}{amount_as_printed(a)}对{amount_as_printed(b)}，{_more_or_less(g, unit)}"
        for g, (a, b) in zip(gaps, pairs, strict=True)
    )
    composition.say(f"其中{listed}。", cited)
    composition.say_remarks([r for pair in pairs for r in pair])
    say_gaps(composition, [r for found in readings for r in found if r.value is None])


def _more_or_less(gap: Number, unit: str) -> str:
    return f"{'多' if gap > 0 else '少'}{number_text(abs(gap))}{unit}" if gap else "一样多"


def _pairs_of_years(numbers: Sequence[Reading], query: Query) -> list[list[Reading]]:
    """The last two years of each agency that has two; of a range of years, the first and last.

    Where each year is asked about, every year with the one before it.
    """
    by_agency = groupby(sorted(numbers, key=_agency_and_year), key=lambda r: r.agency)
    runs = [list(group) for _, group in by_agency]
    if _EACH_YEAR.search(query.question):
        return [list(pair) for run in runs for pair in pairwise(run)]
    first = 0 if len(query.years) > 2 else -2
    pairs = [[run[first], run[-1]] for run in runs if len(run) > 1]
    are_named = len(query.years) > 1
    return [pair for pair in pairs if are_named or pair[1].year - pair[0].year == 1]


def _say_changes(
    composition: Composition, query: Query, changed: Sequence[Sequence[Reading]]
) -> None:
    wanted = chosen(changed, query)
    if _HOW_MANY.search(query.question):
        composition.give(Value(len(wanted), "家"))
        composition.say(f"{count_in_words(len(wanted))}家。" if wanted else "")
    if query.change and len(changed) == 1:
        composition.say("是：" if wanted else "不是：")
        wanted = list(changed)
    for pair in wanted:
        _say_change(composition, query, pair)
    if not wanted:
        names = "、".join(whose(pair[-1]) for pair in changed[:MOST_NAMED])
        composition.say(f"{names}都没有这样的变化。", citations_of([r for p in changed for r in p]))
    elif len(wanted) > 1 and MOST.search(query.question):
        by = "幅度" if BY_RATE.search(query.question) else "数量"
        composition.say(f"（按增减的{by}排列。）")
    if query.change and query.change.is_percent:
        _say_from_nothing(composition, changed)


def _say_from_nothing(composition: Composition, changed: Sequence[Sequence[Reading]]) -> None:
    """Name those whose change has no percentage, because it began at zero."""
    risen = [pair for pair in changed if percent_of(pair) is None and change_of(pair)]
    if risen:
        names = "、".join(whose(pair[-1]) for pair in risen[:MOST_NAMED])
        composition.say(
            f"{names}上年为零，算不出幅度，未作判断。", citations_of([r for p in risen for r in p])
        )


def _say_alone(
    composition: Composition, numbers: Sequence[Reading], changed: Sequence[Sequence[Reading]]
) -> None:
    """Name the agencies of which only one of the years is held."""
    paired = {reading.agency for pair in changed for reading in pair}
    alone = [reading for reading in numbers if reading.agency not in paired]
    if alone:
        names = "、".join(whose(reading) for reading in alone[:MOST_NAMED])
        composition.say(f"{names}没有另一个年度的数，未作比较。", citations_of(alone[:MOST_NAMED]))


def _agency_and_year(reading: Reading) -> tuple[str, int]:
    return reading.agency, reading.year


def _say_formulas(composition: Composition, readings: Sequence[Reading]) -> None:
    for reading in readings:
        if reading.formula:
            composition.say(f"{whose(reading)}{told(reading)}。", reading.citations)


def _say_nothing_to_compare(
    composition: Composition, numbers: Sequence[Reading], readings: Sequence[Reading]
) -> None:
    for reading in numbers:
        composition.say(
            f"{whose(reading)}{told_as_printed(reading)}；资料库中没有可以与它相比的另一个数。",
            citations_of([reading]),
        )
    say_gaps(composition, [r for r in readings if r.value is None])


def _say_change(composition: Composition, query: Query, pair: Sequence[Reading]) -> None:
    """The change from the earlier to the later year, in per cent too where that is asked."""
    before, after = sorted(pair, key=lambda r: r.year)
    change = round_number(change_of(pair))
    unit = unit_of_change(after.unit)
    composition.give(Value(change, unit, after.agency, after.year))
    words = _change_in_words(change, unit)
    percent = ""
    rate = percent_of(pair) if after.unit != "%" else None
    is_asked = any(word in query.question for word in _ASKS_PERCENT)
    if rate is not None and (is_asked or (query.change and query.change.is_percent)):
        composition.give(Value(rate, "%", after.agency, after.year))
        percent = f"，变化幅度{number_text(rate)}%"
    composition.say(
        f"{_held(query, change, (before.value, after.value))}{after.agency}{after.measure.name}：{before.year}年{amount_as_printed(before)}，"
        f"{after.year}年{amount_as_printed(after)}，{words}{percent}。",
        citations_of([before, after]),
    )


def _held(query: Query, change: Number, given: Sequence[Number | None]) -> str:
    """Whether a change that the question takes for granted is the record's: 比去年少了6件.

    The numbers of the years themselves may be said too; they are no claim on the change.
    """
    claims = (c for c in query.claims if c.measure is None and c.number not in given)
    claim = next(claims, None)
    if claim is None or claim.unit == "%":
        return ""
    falls = bool(_FALLS.search(query.question)) != is_turned(query)
    is_so = claim.number == abs(change) and (change < 0) == falls
    return "与报告相符：" if is_so else f"您说的{claim.text}与报告不符："


def _change_in_words(change: Number, unit: str) -> str:
    if not change:
        return "没有变化"
    return f"{'增加' if change > 0 else '减少'}{number_text(abs(change))}{unit}"


def _say_gap_in_percent(composition: Composition, numbers: Sequence[Reading]) -> None:
    """By how many per cent the agency named first differs from the second: 比市政府少百分之多少."""
    query = composition.query
    asks = any(word in query.question for word in _ASKS_PERCENT)
    if not asks or len(numbers) != 2 or len(query.agencies) != 2 or numbers[0].unit == "%":
        return
    one, base = sorted(numbers, key=lambda r: query.agencies.index(r.agency))
    if not base.value:
        return
    rate = round_number(half_up(100 * ((one.value or 0) - base.value) / base.value, DECIMALS))
    way = "多" if rate >= 0 else "少"
    composition.give(Value(abs(rate), "%"))
    composition.say(
        f"{whose(one)}比{whose(base)}{way}{number_text(abs(rate))}%。", citations_of(numbers)
    )


def _say_gap_between(composition: Composition, pair: Sequence[Reading]) -> None:
    more, less = pair
    gap = round_number((more.value or 0) - (less.value or 0))
    unit = unit_of_change(more.unit)
    composition.give(Value(gap, unit))
    composition.say(
        f"{more.measure.name}：{whose(more)}{amount_as_printed(more)}，{whose(less)}{amount_as_printed(less)}，"
        + (f"前者多{number_text(gap)}{unit}。" if gap else "一样多。"),
        citations_of(pair),
    )
    say_years_differ(composition, pair)
