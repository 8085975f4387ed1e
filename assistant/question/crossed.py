"""Two numbers of a year each: 2023年结转下年的和2024年上年结转的一致吗.

Pure. Only where each of two years stands before one measure of its own, and the measures differ.
"""

import re
from dataclasses import replace

from assistant.measure import Measure
from assistant.query import Operation, Query
from assistant.question.measures import find_measures
from assistant.question.together import are_added
from assistant.question.years import find_years

_BEFORE_A_YEAR = re.compile("(?=(?<!\\d)(?:20)?[12]\\d年)")
_SET_AGAINST = re.compile("一致|相等|一样|相同|对得上|对不对得上|差|比|多|少|等于")
_COMPARED: frozenset[Operation] = frozenset(("difference", "compare", "check", "exists", "value"))
_RECKONED: frozenset[Operation] = frozenset(("sum", "times"))


def with_crossed(query: Query, text: str) -> Query:
    """The query, of two measures each in a year of its own where the question says so.

    `text` is the question with the names in it masked.
    """
    crossed = find_crossed(text)
    if not crossed or query.refusal or query.ambiguities:
        return query
    operation = query.operation
    if operation in _COMPARED and _SET_AGAINST.search(text):
        operation = "difference"
    elif operation not in _RECKONED and not are_added(text):
        return query
    if query.conditions or query.change:
        unheard = (*query.not_understood, f"{crossed[1][0]}年")
        return replace(query, not_understood=unheard)
    return replace(
        query,
        kind="lookup",
        operation=operation,
        years=tuple(sorted(year for year, _ in crossed)),
        measures=tuple(measure for _, measure in crossed),
        crossed=crossed,
        claims=(),
    )


def find_crossed(text: str) -> tuple[tuple[int, Measure], ...]:
    """The two measures with their years, in the order of the question; empty where it has none."""
    if len(_BEFORE_A_YEAR.split(text)) < 3:
        return ()  # most questions name one year
    found: list[tuple[int, Measure]] = []
    are_sure = True
    for piece in _BEFORE_A_YEAR.split(text.replace("|", "，")):
        named = find_years(piece, None)
        asked = find_measures(named.rest)
        measures = asked.measures
        are_sure = are_sure and (asked.is_sure or not measures)
        if not measures and not named.years:
            continue
        if len(measures) != 1 or len(named.years) != 1 or measures[0].aspect != "cells":
            return ()
        found.append((named.years[0], measures[0]))
    differ = len(found) == 2 and all(a != b for a, b in zip(*found, strict=True))
    # 件 and 万元 have no difference.
    are_alike = len({measure.unit for _, measure in found}) == 1
    # 2023年许可比2024年少办了多少: 办 alone is no measure beside one of another table
    are_named = are_sure or len({measure.cells[0].table for _, measure in found}) == 1
    return tuple(found) if differ and are_alike and are_named else ()
