"""Which reports lie above or below a number that all of them make: their mean, their median."""

import re
from collections.abc import Sequence

from assistant.answer import Value
from assistant.inventory import current_entries
from assistant.lookup.composition import (
    MOST_CITED,
    MOST_NAMED,
    Composition,
    amount_as_printed,
    citations_of,
    count_in_words,
    whose,
)
from assistant.lookup.readings import Reading, number_text, round_number, unit_of_change
from assistant.query import Query
from ingest.report import Number
from vectorstore.holdings import Entry
from vectorstore.library import Library

# 高于平均的有哪几家 · 平均数以下的单位 · 不到中位数的
_MIDDLE = "(?:平均|均值|中位数|中位值|中间值)"
_BEYOND = re.compile(
    f"(?:(?:高于|超过|多于|大于|高过|高出|比)|(?P<below>低于|少于|不到|不足|小于|没到|没达到|未达到?))(?:[全所]?[^,，。]{{0,4}}){_MIDDLE}"
    f"|{_MIDDLE}[^,，。\\d]{{0,8}}(?:以上|之上|(?P<under>以下|之下))"
)


_HOW_MUCH = re.compile("[多少高低出](?:了|出)?(?:多少|几)")
_YES_OR_NO = re.compile("[吗么没?？]$|是不是|是否")


def peers_of(query: Query, entries: Sequence[Entry], library: Library) -> Sequence[Entry]:
    """All reports of the same years where one agency is set against the mean or the median of all."""
    if len({entry.agency for entry in entries}) != 1 or not _BEYOND.search(query.question):
        return entries
    years = {entry.year for entry in entries}
    return [entry for entry in current_entries(library) if entry.year in years]


def _say_gap(
    composition: Composition, numbers: Sequence[Reading], middle: Number, name: str
) -> None:
    """By how much the one agency asked about lies above or below it: 比平均数少多少."""
    query = composition.query
    own = [r for r in numbers if r.agency in query.agencies]
    if len(query.agencies) != 1 or len(own) != 1 or not _HOW_MUCH.search(query.question):
        return
    gap = round_number((own[0].value or 0) - middle)
    unit = unit_of_change(own[0].unit)
    composition.give(Value(abs(gap), unit, own[0].agency, own[0].year))
    side = "多" if gap >= 0 else "少"
    composition.say(
        f"{whose(own[0])}{amount_as_printed(own[0])}，比{name}{side}{number_text(abs(gap))}{unit}。",
        citations_of(own),
    )


def _verdict(query: Query, beyond: Sequence[Reading]) -> str:
    """是 or 不是 where it is asked of one agency."""
    if len(query.agencies) != 1 or not _YES_OR_NO.search(query.question):
        return ""
    return "是：" if any(r.agency in query.agencies for r in beyond) else "不是："


def say_beyond(
    composition: Composition, numbers: Sequence[Reading], middle: Number, name: str
) -> None:
    """The reports above the number of this name (平均, 中位数), or below it, where that is asked."""
    match = _BEYOND.search(composition.query.question)
    if match is None:
        return
    _say_gap(composition, numbers, middle, name)
    is_above = not (match["below"] or match["under"])
    beyond = [
        r for r in numbers if ((r.value or 0) > middle if is_above else (r.value or 0) < middle)
    ]
    composition.give(*(Value(r.agency, "", r.agency, r.year) for r in beyond))
    names = "、".join(whose(r) for r in beyond[:MOST_NAMED])
    more = "等" if len(beyond) > MOST_NAMED else ""
    side = "高于" if is_above else "低于"
    if verdict := _verdict(composition.query, beyond):
        composition.say(verdict)
    composition.say(
        f"{side}{name}的有{count_in_words(len(beyond))}份：{names}{more}。"
        if beyond
        else f"没有一份{side}{name}。",
        citations_of(beyond[:MOST_CITED]),
    )
