"""What a question takes over from the one before it: its measures, its bounds, what it was about.

Pure. Whom and when it takes over stand in `subject` and `periods`.
"""

import re
from dataclasses import replace

from assistant.explaining import explain
from assistant.query import Kind, Query
from assistant.question.exclusions import find_remaining
from assistant.question.kinds import COUNTS, DEEDS, HOLDINGS, WHY
from assistant.question.look_ups import Reading, not_understood
from assistant.question.measures import Asked, find_measures, in_columns

_DIFFER = re.compile("不一样|不同|差(?:这么|那么|得)?|[多少]了?|变")


def against_earlier(query: Query, before: Query | None, earlier: Query | None) -> Query:
    """为什么不一样 after two look-ups of one measure asks about both."""
    if not (before and earlier and query.measures == before.measures == earlier.measures):
        return query
    if query.kind != "retrieval" or not _DIFFER.search(query.question):
        return query
    agencies = dict.fromkeys((*earlier.agencies, *query.agencies))
    years = sorted({*earlier.years, *query.years})
    return replace(query, agencies=tuple(agencies), years=tuple(years))


def of_rows_before(asked: Asked, before: Query | None, text: str) -> Asked:
    """Columns named alone (其中自然人呢) are columns of the rows that were spoken of before."""
    names_none = asked.asks_parts and not asked.measures and not WHY.search(text)
    if before and before.measures and names_none:
        whole = before.measures[0].name.partition("（")[0]
        found = find_measures(f"{whole}，{text}")
        return replace(asked, measures=found.measures, parts=found.parts, is_sure=True)
    if not before or not asked.lone_columns:
        return asked
    measures = in_columns(before.measures, asked.lone_columns)
    return replace(asked, measures=measures, is_sure=True) if measures else asked


def with_change_before(query: Query, before: Query | None) -> Query:
    """The measure asked back for, with the bound on its change that was said before (增长超过10%)."""
    if not (before and before.asks_for_measure and before.change and query.measures):
        return query
    return replace(query, change=query.change or before.change, operation="difference")


def asked_why(query: Query, before: Query) -> Query:
    """为什么比2022年多 asks about the numbers just spoken of, and those of the year named now."""
    years = tuple(sorted({*before.years, *query.years}))
    nameless = before.kind == "lookup" and not all(m.cells or m.figures for m in before.measures)
    return replace(
        query,
        measures=before.measures if before.kind == "lookup" and not nameless else (),
        topic=before.topic if nameless else query.topic,
        agencies=query.agencies or before.agencies,
        years=years if before.years else query.years,
    )


def only_counts(kind: Kind, query: Query, reading: Reading, before: Query) -> bool:
    """Whether a question asks how many without saying of what (一共多少), after a look-up."""
    return (
        kind == "lookup"
        and before.kind == "lookup"
        and not query.measures
        and not HOLDINGS.search(reading.text)
        and not DEEDS.search(reading.text)
        and not not_understood(reading.words)
    )


def after_a_term(reading: Reading, query: Query, before: Query) -> tuple[Query, Kind | None]:
    """After one term was explained, another named alone is explained too; a count is of the term."""
    asks_number = query.agencies or query.years or COUNTS.search(reading.text)
    if not asks_number and explain(reading.text):
        return replace(query, kind="definition"), "definition"
    measures = query.measures or (asks_number and find_remaining(before.topic).measures)
    if not measures:
        return replace(query, kind="retrieval"), None
    return replace(query, kind="lookup", measures=measures), "lookup"


def asked_again(query: Query, reading: Reading, before: Query) -> Query:
    """A question that names no matter of its own (招远呢, 哪家最多) asks the one before again."""
    operation = reading.operation if reading.operation != "value" else before.operation
    was_why = before.kind == "retrieval" and before.measures and WHY.search(before.topic)
    return replace(
        query,
        kind="lookup" if was_why else before.kind,
        operation="value" if was_why else operation,
        measures=before.measures,
        conditions=before.conditions,
        topic=before.topic,
        sections=before.sections,
    )
