"""Several reports added up: sums, averages, shares.

The invariants: what did not report is named and never counted as zero; a percentage shows what was
divided by what.
"""

import re
from collections.abc import Sequence

from assistant.answer import Answer, Value
from assistant.inventory import current_entries
from assistant.lookup.beyond import peers_of, say_beyond
from assistant.lookup.claims import WHOLE_PERCENT, sum_held, wholly_held
from assistant.lookup.composition import (
    MOST_CITED,
    MOST_NAMED,
    Composition,
    amount_as_printed,
    citations_of,
    count_in_words,
    finished,
    only_agency,
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
from assistant.question.kinds import COUNTS
from assistant.question.shares import as_ratio
from assistant.question.together import are_added, taken_together
from ingest.numbers import number_in_words
from ingest.report import Number
from vectorstore.holdings import Aggregate, Entry
from vectorstore.library import Library

AVERAGE_DECIMALS = 1
_CARRIED = frozenset(("carried_in", "carried_over"))
# Of more reports than are cited, so many are cited as examples.
EXAMPLES = 3
PERCENT_DECIMALS = 2


def total(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The sum over the reports, what it is made of, and who did not report."""
    composition = Composition(query)
    sums: list[tuple[Number, str, list[Reading]]] = []
    for measure in query.measures:
        if measure.aspect == "ratio":
            _say_pooled(composition, measure, entries, library)
            continue
        if len(entries) > MOST_CITED and _say_of_many(composition, measure, entries, library):
            continue
        readings = read_current(measure, entries, library)
        numbers = with_numbers(readings)
        if not numbers:
            say_gaps(composition, [r for r in readings if r.value is None])
            continue
        sum_ = round_number(sum(r.value or 0 for r in numbers))
        unit = numbers[0].unit
        sums.append((sum_, unit, numbers))
        composition.give(Value(sum_, unit, only_agency(numbers), only_year(numbers)))
        composition.say(
            f"{sum_held(query.claims, sum_)}{_covered(numbers)}{measure.name}合计{number_text(sum_)}{unit}{_addends(numbers)}。",
            citations_of(numbers[:MOST_CITED]),
        )
        composition.say_remarks(numbers)
        say_gaps(composition, [r for r in readings if r.value is None])
        say_years_differ(composition, numbers)
    _say_whole(composition, sums)
    return finished(composition, query, entries, library)


def _say_whole(
    composition: Composition, sums: Sequence[tuple[Number, str, Sequence[Reading]]]
) -> None:
    """What the sums come to together, where the question asks for one number of several measures."""
    query = composition.query
    alike = len({unit for _, unit, _ in sums}) == 1 and len(sums) == len(query.measures) > 1
    added = taken_together(query.measures)
    rows = {cell.row for measure in query.measures for cell in measure.cells}
    if rows >= _CARRIED:
        return  # what came from the year before and what went to the next are never one number
    if not alike or len(added) > 1 or len(COUNTS.findall(query.question)) > 1:
        return
    whole = round_number(sum(number for number, _, _ in sums))
    numbers = [reading for _, _, theirs in sums for reading in theirs]
    composition.give(Value(whole, sums[0][1], only_agency(numbers), only_year(numbers)))
    composition.say(
        f"{count_in_words(len(sums))}项合计{number_text(whole)}{sums[0][1]}。",
        citations_of(numbers[:MOST_CITED]),
    )


def average(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The mean over the reports that give a number, with the sum it is made from."""
    composition = Composition(query)
    entries = peers_of(query, entries, library)
    for measure in query.measures:
        if len(entries) > MOST_CITED and _say_of_many(composition, measure, entries, library):
            continue
        readings = read_current(measure, entries, library)
        numbers = with_numbers(readings)
        if not numbers:
            say_gaps(composition, [r for r in readings if r.value is None])
            continue
        mean = half_up(sum(r.value or 0 for r in numbers) / len(numbers), AVERAGE_DECIMALS)
        unit = numbers[0].unit
        composition.give(Value(mean, unit, only_agency(numbers), only_year(numbers)))
        made = ""
        if len(numbers) <= MOST_NAMED and not any(r.formula for r in numbers):
            terms = "＋".join(number_text(r.value or 0) for r in numbers)
            made = f"，即（{terms}）÷{number_in_words(len(numbers))}"
        composition.say(
            f"{_covered(numbers)}平均{measure.name}{mean:.{AVERAGE_DECIMALS}f}{unit}{made}。",
            citations_of(numbers[:MOST_CITED]),
        )
        _say_each(composition, numbers)
        say_beyond(composition, numbers, mean, "平均")
        if measure.aspect == "ratio":
            _say_pooled(composition, measure, entries, library)
        say_gaps(composition, [r for r in readings if r.value is None])
        say_years_differ(composition, numbers)
    return finished(composition, query, entries, library)


def _say_of_many(
    composition: Composition, measure: Measure, entries: Sequence[Entry], library: Library
) -> bool:
    """The sum or mean that the database makes; False where the measure is more than one cell.

    The first reports alone are cited, as examples.
    """
    if measure.concept is None:
        return False
    query = composition.query
    sums = library.aggregate(measure.concept, agencies=query.agencies, years=query.years)
    if len(sums) != 1 or sums[0].total is None:
        return False
    found = sums[0]
    examples = read_current(measure, entries[:EXAMPLES], library)
    years = {entry.year for entry in entries}
    when = f"{entries[0].year}年" if len(years) == 1 else ""
    number, said = _made_by_database(found, measure, is_mean=query.operation == "average")
    composition.give(Value(number, found.unit, None, entries[0].year if when else None))
    composition.say(
        f"{when}{count_in_words(found.numbers)}份报告{said}{found.unit}（引用处只列前几份）。",
        citations_of(examples),
    )
    revised = sum(entry.edition > 1 for entry in entries)
    for count, words in (
        (found.blanks, "该格空白未填，未计入，不能当作零。"),
        (found.dashes, "该格填的是横线之类的符号，未计入。"),
        (found.unread, "该格里不是数，未计入。"),
        (found.missing, "没有读到这一格，未计入。"),
        (found.doubtful, "的数解析存疑，请核对原文。"),
        (revised, "的年报有修订，用的是最新一版。"),
    ):
        if count:
            composition.say(
                f"另有{count_in_words(count)}份{words}"
                if words[0] != "的"
                else f"其中{count_in_words(count)}份{words}"
            )
    return True


def _made_by_database(found: Aggregate, measure: Measure, *, is_mean: bool) -> tuple[Number, str]:
    """The sum or mean, and the words that say of what."""
    sum_ = round_number(found.total or 0)
    if not is_mean:
        return sum_, f"{measure.name}合计{number_text(sum_)}"
    mean = half_up(sum_ / found.numbers, AVERAGE_DECIMALS)
    return mean, f"平均{measure.name}{mean:.{AVERAGE_DECIMALS}f}"


def _say_pooled(
    composition: Composition, measure: Measure, entries: Sequence[Entry], library: Library
) -> None:
    """The ratio of all reports taken together: percentages are never added up."""
    part = Measure(measure.name, "", "cells", cells=measure.cells)
    whole = Measure(measure.name, "", "cells", cells=measure.over, less=measure.less)
    pairs = [
        (one, other)
        for one, other in zip(
            read_current(part, entries, library), read_current(whole, entries, library), strict=True
        )
        if one.value is not None and other.value is not None
    ]
    over = round_number(sum(other.value or 0 for _, other in pairs))
    if not over:
        composition.say(f"{measure.name}不适用：各份报告合起来分母为零，或者没有可用的数。")
        return
    of = round_number(sum(one.value or 0 for one, _ in pairs))
    percent = round_number(half_up(100 * of / over, PERCENT_DECIMALS))
    used = [one for one, _ in pairs]
    composition.give(Value(percent, "%", only_agency(used), only_year(used)))
    composition.give(Value(of), Value(over))
    composition.say(
        f"{_covered(used)}合起来{measure.name}{number_text(percent)}%"
        f"（{number_text(of)}÷{number_text(over)}，即分子、分母分别加总）。",
        citations_of([r for pair in pairs for r in pair][:MOST_CITED]),
    )
    left_out = [r for r in read_current(measure, entries, library) if r.state != "undefined"]
    say_gaps(composition, [r for r in left_out if r.value is None])


# 五家合起来企业占多少
_AS_ONE = re.compile(
    "一共|总共|合计|合起来|加起来|加一起|总的|整体|总体|占(?:全部|总)|总[数量]|[两三四五六七八九]家"
)
# 四年总量里2023年占多少: of the agency's own years
_OF_OWN_YEARS = re.compile(
    "(?:(?<!\\d)[两二三四五六几\\d]年|历年|这些年|各年)[^,，。]{0,8}(?:总|合计|加起来|一共)"
)
# 占各单位合计的多少: of all reports, not of a whole within one.
_OF_ALL = re.compile(
    "全部|所有|总|合计|各(?:家|个|单位|部门)|库|[一两三四五六七八九十几]家|全[市县区省]|整个"
)


def share(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """What part of its whole each measure is: an applicant of all, an outcome of all outcomes."""
    composition = Composition(query)
    for measure in query.measures:
        ratio = as_ratio(measure)
        if ratio.aspect != "ratio" and not _OF_ALL.search(query.question):
            composition.say(f"没有看懂{measure.name}要占什么的比例，请写明以什么为总数。")
            continue
        if ratio.aspect != "ratio":
            _say_share_of_all(composition, measure, entries, library)
            continue
        for reading in read_current(ratio, entries, library):
            if reading.value is not None and reading.value > WHOLE_PERCENT:
                composition.say(f"没有看懂{measure.name}要占什么的比例，请写明以什么为总数。")
                continue
            if reading.value is not None:
                composition.give(reading_to_value(reading))
            verdict = wholly_held(composition.query.question, reading)
            composition.say(f"{verdict}{whose(reading)}{told(reading)}。", citations_of([reading]))
            composition.say_remarks([reading])
        if len(entries) > 1 and _AS_ONE.search(query.question):
            _say_pooled(composition, ratio, entries, library)
    return finished(composition, query, entries, library)


def _say_share_of_all(
    composition: Composition, measure: Measure, entries: Sequence[Entry], library: Library
) -> None:
    """What part the reports asked for are of all reports on the same years."""
    years = {entry.year for entry in entries}
    peers = [entry for entry in current_entries(library) if entry.year in years]
    if (
        _OF_OWN_YEARS.search(composition.query.question)
        and len({entry.agency for entry in entries}) == 1
    ):
        peers = [e for e in current_entries(library) if e.agency == entries[0].agency]
    numbers = with_numbers(read_current(measure, peers, library))
    if len(numbers) < 2:
        composition.say(f"没有看懂{measure.name}要占什么的比例，请写明以什么为总数。")
        return
    whole = round_number(sum(r.value or 0 for r in numbers))
    asked_for = {entry.id for entry in entries}
    for reading in (r for r in numbers if r.entry.id in asked_for):
        if not whole:
            continue
        percent = round_number(half_up(100 * (reading.value or 0) / whole, PERCENT_DECIMALS))
        composition.give(
            Value(percent, "%", reading.agency, reading.year), Value(whole, reading.unit)
        )
        composition.say(
            f"{whose(reading)}{reading.measure.name}{amount_as_printed(reading)}，"
            f"占{_covered(numbers)}合计{number_text(whole)}{reading.unit}的{number_text(percent)}%。",
            citations_of(numbers[:MOST_CITED]),
        )
    own = [r for r in numbers if r.entry.id in asked_for]
    if whole and len(own) > 1 and are_added(composition.query.question):
        part = round_number(sum(r.value or 0 for r in own))
        percent = round_number(half_up(100 * part / whole, PERCENT_DECIMALS))
        composition.give(Value(percent, "%"), Value(part, own[0].unit))
        composition.say(
            f"合起来{number_text(part)}{own[0].unit}，占{number_text(percent)}%。",
            citations_of(own[:MOST_CITED]),
        )
    say_gaps(composition, [r for r in read_current(measure, entries, library) if r.value is None])


def _covered(readings: Sequence[Reading]) -> str:
    """What the sentence speaks of: one report, or so many of them."""
    if len(readings) == 1:
        return whose(readings[0])
    year = only_year(readings)
    when = f"{year}年" if year else ""
    agency = only_agency(readings)
    who = agency or f"{count_in_words(len({r.agency for r in readings}))}家单位"
    return f"{who}{when}（共{count_in_words(len(readings))}份报告）"


def _addends(readings: Sequence[Reading]) -> str:
    if len(readings) < 2:
        return f"（{readings[0].formula}）" if readings[0].formula else ""
    some = [r for r in readings if r.value]
    if not some:
        return "，各份均为零"
    if len(some) > MOST_NAMED:
        return ""
    listed = "、".join(f"{whose(r)}{amount_as_printed(r)}" for r in some)
    return f"：{listed}" + ("，其余为零" if len(some) < len(readings) else "")


def _say_each(composition: Composition, numbers: Sequence[Reading]) -> None:
    if len(numbers) <= MOST_NAMED:
        listed = "、".join(f"{whose(r)}{amount_as_printed(r)}" for r in numbers)
        composition.say(f"其中{listed}。", citations_of(numbers))
    composition.say_remarks(numbers)
