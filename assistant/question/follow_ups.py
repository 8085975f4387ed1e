"""What a question takes over from the one before it: its measures, its bounds, what it was about.

Pure. Whom and when it takes over stand in `subject` and `periods`.
"""

import re
from dataclasses import replace

from assistant.explaining import explain
from assistant.measure import Measure
from assistant.query import Kind, Query
from assistant.question.exclusions import find_remaining
from assistant.question.kinds import COUNTS, DEEDS, HOLDINGS, WHY
from assistant.question.look_ups import Reading, not_understood
from assistant.question.measures import Asked, find_measures, in_columns
from assistant.question.shares import as_ratio
from assistant.question.text_turns import of_its_own
from assistant.question.words import cells_measure

_DIFFER = re.compile("不一样|不同|差(?:这么|那么|得)?|[多少]了?|变")
# 其中公开的几件: a part that no measure was found for
_NARROWED = re.compile(
    "(?:其中|里面?|当中|之中)的?[^,，。?？谁哪各]{1,8}?的(?=有|是|多少|几|占|[?？]?$)"
    "|(?:其[他它余]|别的|剩下|剩余)的?(?!单位|部门|局|机关|[几两三四五六]?家|年)"
)
# 公开的几件, after requests: of those, not of what is published
_RELEASED = re.compile(
    "公开(?:了|的)?(?:有|是|占)?(?:几|多少)(?![条篇])|^[|都给]*公开(?:了|过)(?:没有?|吗|么)"
)


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
    if before and not asked.measures and _RELEASED.search(text) and _are_requests(before):
        released = find_measures("申请公开了几件").measures
        return replace(asked, measures=released, is_sure=True)
    if not before or not asked.lone_columns:
        return asked
    measures = _in_columns(before.measures, asked)
    return replace(asked, measures=measures, is_sure=True) if measures else asked


def _in_columns(measures: tuple[Measure, ...], asked: Asked) -> tuple[Measure, ...]:
    """The measures in other columns; a share of a row (自然人占比) in the share of another."""
    found = in_columns(measures, asked.lone_columns)
    wholes = tuple(
        cells_measure(m.over[0].table, tuple(c.row for c in m.over), ("total",))
        for m in measures
        if m.aspect == "ratio" and all(c.column == "total" for c in m.over)
    )
    parts = in_columns(wholes, asked.lone_columns)
    shares = tuple(replace(as_ratio(part), definition="") for part in parts)
    return (*found, *shares)


def _are_requests(query: Query) -> bool:
    """Whether a look-up was on rows of table three."""
    cells = [cell for measure in query.measures for cell in measure.cells]
    return query.kind == "lookup" and bool(cells) and all(c.table == "requests" for c in cells)


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


def _is_one_number(query: Query, before: Query) -> bool:
    """Whether there is nothing to add up: one measure of one report."""
    return len(query.agencies) == len(query.years) == len(before.measures) == 1


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
    narrows = _NARROWED.search(reading.text)
    left = (narrows.group(),) if narrows and not query.measures else ()
    if operation == "sum" and _is_one_number(query, before):
        left = (reading.text.strip("|,，呢的 "),)
    place, limit = query.place, query.limit
    if operation == "difference" and before.operation == "rank" and before.place == 2:
        operation, place, limit = "rank", None, 2  # 差多少, after 第二呢: from the first
    was_why = before.kind == "retrieval" and before.measures and WHY.search(before.topic)
    return replace(
        query,
        kind="lookup" if was_why else before.kind,
        operation="value" if was_why else operation,
        place=place,
        limit=limit,
        measures=before.measures,
        conditions=before.conditions,
        topic=of_its_own(query, before) or before.topic,
        sections=before.sections,
        not_understood=(*query.not_understood, *left),
    )
