"""Agencies that a question names to set them beside others: one as a bound, each with its year.

Pure. 比财政局多的单位 asks for the others; 教育局2023年和财政局2024年 asks for one year of each.
"""

from dataclasses import replace

from assistant.measure import Measure
from assistant.query import Condition
from assistant.question.agencies import Named
from assistant.question.conditions import find_rival
from assistant.question.operations import asks_which_ones
from assistant.question.years import find_years


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
