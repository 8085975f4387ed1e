"""Agencies that a question names to set them beside others: as a bound, each with its year, in sums.

Pure. 比财政局多的单位 asks for the others; 教育局2023年和财政局2024年 asks for one year of each;
县里的单位和区里的单位合计哪边多 sets two sums against each other.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.measure import Measure
from assistant.query import Condition, Operation, Query, Side
from assistant.question.agencies import Mention, Named
from assistant.question.conditions import find_rival
from assistant.question.operations import asks_which_ones
from assistant.question.years import find_years

_ADDED = re.compile("加起来|加在一起|合起来|合计|总和|之和|一共|总共|共计|相加")
_AGAINST = re.compile(
    "比|超过|多于|少于|高于|低于|大于|小于|不如|不及|抵得[上过]|(?:是|相当于|等于)(?=[|])"
)
_SIDES_COMPARED = frozenset[Operation](("compare", "difference", "extremum", "times"))


def without_rival(named: Named) -> tuple[Condition | None, Named]:
    """The agency that others are compared with (比财政局多的单位), and the names without it."""
    agencies = [m.agencies for m in named.mentions]
    rivalry = find_rival(named.rest) if len(agencies) == 1 and len(agencies[0]) == 1 else None
    if rivalry is None or not asks_which_ones(named.rest):
        return None, named
    of = Measure("", "", "cells")
    rival = Condition(of, rivalry.comparison, times=rivalry.times, than=agencies[0][0])
    return rival, replace(named, mentions=())


def pairs_named(named: Named, base: int | None) -> tuple[tuple[str, int], ...]:
    """Each agency with the year beside its name, where every one has a year of its own."""
    starts = [0, *(mention.end for mention in named.mentions)]
    ends = [*(mention.start for mention in named.mentions), len(named.text)]
    gaps = [
        find_years(named.text[start:end], base).years
        for start, end in zip(starts, ends, strict=True)
    ]
    for years_of_each in (gaps[1:], gaps[:-1]):
        found = list(zip(named.mentions, years_of_each, strict=True))
        if len(found) > 1 and all(len(m.agencies) == len(y) == 1 for m, y in found):
            pairs = tuple((mention.agencies[0], years[0]) for mention, years in found)
            return pairs if len({year for _, year in pairs}) > 1 else ()
    return ()


def with_sides(query: Query, named: Named, base: int | None) -> Query:
    """The query with the two groups whose sums it compares, where the question names such."""
    if query.kind != "lookup" or not _compares(query, named) or query.ambiguities:
        return query
    sides = _sides_of_years(named, base) or _sides(named)
    meant = {agency for side in sides for agency in side.agencies}
    if len(sides) != 2 or meant != set(query.agencies) or query.unknown_agencies:
        return query
    return replace(query, sides=sides)


def _sides_of_years(named: Named, base: int | None) -> tuple[Side, ...]:
    """Two agencies, each with years of its own, of which one has several."""
    mentions = named.mentions
    cut = _AGAINST.search(named.rest, mentions[0].end) if len(mentions) == 2 else None
    if cut is None or not mentions[0].end <= cut.start() <= mentions[1].start:
        return ()
    pieces = (named.text[: cut.start()], named.text[cut.end() :])
    years = tuple(find_years(piece, base).years for piece in pieces)
    if not all(years) or years[0] == years[1] or max(map(len, years)) < 2:
        return ()
    return tuple(
        Side(mention.text, mention.agencies, of_each)
        for mention, of_each in zip(mentions, years, strict=True)
    )


def _compares(query: Query, named: Named) -> bool:
    return query.operation in _SIDES_COMPARED or bool(_AGAINST.search(named.rest))


def _sides(named: Named) -> tuple[Side, ...]:
    """The agencies before and after the word that compares; two groups need no such word."""
    mentions = named.mentions
    if len(mentions) < 2 or all(len(m.agencies) == 1 for m in mentions) == (
        len(mentions) == 2 or not _ADDED.search(named.rest)
    ):
        return ()
    cut = _AGAINST.search(named.rest, mentions[0].end)
    if cut is None or cut.start() > mentions[-1].start:
        groups = len(mentions) == 2 and all(len(m.agencies) > 1 for m in mentions)
        return tuple(_side([m]) for m in mentions) if groups else ()
    before = [m for m in mentions if m.start < cut.start()]
    return (_side(before), _side([m for m in mentions if m not in before]))


def _side(mentions: Sequence[Mention]) -> Side:
    agencies = dict.fromkeys(agency for m in mentions for agency in m.agencies)
    return Side("、".join(m.text for m in mentions), tuple(agencies))
