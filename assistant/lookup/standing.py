"""Where one agency stands among all of a year: 是最多的吗, 排第几.

Its own number and rank come first, then whose number leads; equal numbers share a rank. Agencies
that did not report a number are named and have no rank.
"""

import re
from collections.abc import Sequence

from assistant.answer import Answer
from assistant.inventory import current_entries
from assistant.lookup.claims import claims_held
from assistant.lookup.composition import (
    MOST_NAMED,
    Composition,
    amount,
    citations_of,
    count_in_words,
    finished,
    in_order,
    reading_to_value,
    say_gaps,
    whose,
    with_numbers,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading
from assistant.measure import Measure
from assistant.query import Query
from ingest.numbers import number_in_words
from vectorstore.holdings import Entry
from vectorstore.library import Library

_PLACE = re.compile(
    "排(?:在|名|到)?(?:了)?(?:第|老)?几|第几(?:名|位|[?？]?$)|(?:排名|名次)(?:是|怎么样|如何|怎样|情况)?[?？]?$"
)
# 名次变了没有, 排名上升了吗
_PLACES_OF_YEARS = re.compile(
    "(?:排名|名次|位次|排位)[^,，]{0,10}(?:变|升|降|前进|后退|提高|下滑|靠)"
)
_YES_OR_NO = re.compile("[吗么][?？。]?$|是不是|是否|算不算")
# 哪年最多, 哪类最多, 最多是多少: the extreme of the agency's own numbers.
_OWN = re.compile(
    "[哪谁]|什么|多少|几[件条次人名个家年]|一年|年份|历年|各年|最[大高多][^,。]{0,6}最[小低少]"
)


def asks_standing(query: Query) -> bool:
    """Whether it asks how one agency compares with all the others."""
    if len(query.agencies) != 1:
        return False
    if _PLACE.search(query.question) or _PLACES_OF_YEARS.search(query.question):
        return True
    return (
        len(query.years) < 2 and query.operation == "extremum" and not _OWN.search(query.question)
    )


def standing(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The agency's number with its rank among all reports of that year, and who leads."""
    composition = Composition(query)
    newest = max(entry.year for entry in entries)
    over_years = len(query.years) > 1 or _PLACES_OF_YEARS.search(query.question)
    for own in sorted(entries, key=lambda entry: entry.year):
        if over_years or own.year == newest:
            _say_of_year(composition, query, own, library)
    return finished(composition, query, entries, library)


def _say_of_year(composition: Composition, query: Query, own: Entry, library: Library) -> None:
    """Where the agency stood in the year of this report."""
    rivals = [entry for entry in current_entries(library) if entry.year == own.year]
    for measure in query.measures:
        readings = read_current(measure, rivals, library)
        numbers = in_order(with_numbers(readings), query.descending)
        mine = next((r for r in numbers if r.entry.id == own.id), None)
        if mine:
            _say_rank(composition, query, measure, mine, numbers)
        say_gaps(composition, [r for r in readings if r.value is None])


def _say_rank(
    composition: Composition,
    query: Query,
    measure: Measure,
    mine: Reading,
    numbers: Sequence[Reading],
) -> None:
    best = [r for r in numbers if r.value == numbers[0].value]
    leads = mine in best
    equals = [r for r in numbers if r.value == mine.value]
    place = next(i for i, r in enumerate(numbers, 1) if r.value == mine.value)
    most, least = ("高", "低") if measure.unit == "%" else ("多", "少")
    first, last = (most, least) if query.descending else (least, most)
    verdict = ""
    if query.operation == "extremum" and _YES_OR_NO.search(query.question):
        verdict = "是，" if leads else "不是，"
    tie = "并列" if len(equals) > 1 else ""
    composition.give(reading_to_value(mine))
    composition.say(
        f"{verdict}{whose(mine)}{measure.name}{amount(mine)}，在有数可比的"
        f"{count_in_words(len(numbers))}份同年报告中从{first}到{last}{tie}第{number_in_words(place)}。",
        citations_of([mine]),
    )
    others = best if not leads else [r for r in equals if r is not mine]
    if others:
        names = "、".join(whose(r) for r in others[:MOST_NAMED])
        words = f"最{first}的是" if not leads else "与它相同的是"
        composition.give(*(reading_to_value(r) for r in others[:MOST_NAMED]))
        each = "各" if len(others) > 1 else ""
        composition.say(
            f"{words}{names}，{each}{amount(others[0])}。", citations_of(others[:MOST_NAMED])
        )
    if said := claims_held(query.claims, [mine]):
        composition.say(f"{said}。", citations_of([mine]))
    composition.say_remarks([mine, *others])
