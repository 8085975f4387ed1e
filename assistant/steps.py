"""Questions in two steps: what is asked of the reports that another question finds.

超过20件的单位里谁最少, 处罚最多的单位收费多少, 哪些单位没有诉讼，各收到多少. The invariant: the second step
is about those that the first one found, and about no other report.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from assistant.answer import Answer, Statement
from assistant.lookup import look_up
from assistant.model import Turn
from assistant.query import Known, Operation, Query
from assistant.question import understand
from vectorstore.library import Library

Stepped: TypeAlias = tuple[Answer, Query, tuple[Query, ...]]
"""An answer, the question as a whole, and the look-ups that were made one after another."""

# What lists reports by a condition, and what is asked of those listed.
_FILTERS = frozenset[Operation](("filter", "count"))
_OF_SEVERAL = frozenset[Operation](
    ("sum", "average", "extremum", "rank", "compare", "median", "list", "deviation")
)
_AMOUNT = re.compile("收了?多少|多少万|多少钱|多少元")
_ALL = re.compile("全部|所有|各(?:家|个|单位|部门|局)|库里")


def of_those_meeting(
    inner: str, outer: str, history: Sequence[Turn], known: Known, library: Library
) -> Stepped | None:
    """The answer about the reports that meet a condition: 超过20件的单位里谁最少; None for others."""
    first = understand(inner, history, known)
    if not _names_several(first):
        first = understand(f"{inner}有哪些", history, known)
    if not _names_several(first) or first.is_open or first.refusal:
        return None
    found = look_up(first, library)
    then = understand(outer, (*history, Turn("user", inner)), known)
    if found.status != "answered" or then.kind != "lookup" or then.is_open:
        return None
    asked = replace(first, question=f"{inner}，{outer}")
    if not (about := narrowed_to(found, first, then)):
        return found, asked, (first,)
    answer = look_up(about, library)
    return replace(joined(found, answer), values=answer.values), asked, (first, about)


def _names_several(query: Query) -> bool:
    """Whether a question finds the reports that another is then asked about."""
    is_first_few = query.operation == "rank" and bool(query.limit)
    return query.kind == "lookup" and (query.operation in _FILTERS or is_first_few)


def in_two_steps(
    inner: str, outer: str, history: Sequence[Turn], known: Known, library: Library
) -> Stepped | None:
    """The answer to a question about what another one finds; None where either is not understood."""
    first = understand(inner, history, known)
    names_one = first.operation == "extremum" or (
        first.operation == "rank" and (first.place or first.limit)
    )
    if first.kind != "lookup" or not names_one or first.is_open:
        return None
    whom = understand(outer, (), known).agencies
    if whom and not first.agencies:
        first = replace(first, agencies=whom)
    then = understand(outer, (*history, Turn("user", inner)), known)
    first = first if first.years else replace(first, years=then.years)
    found = look_up(first, library)
    pairs = whose(found)
    is_share = then.operation == "share"
    if _AMOUNT.search(outer) and first.measures and first.measures[0].unit == "万元":
        return None  # 收费最多的收了多少: the same money
    is_of_other_years = bool(then.years and first.years and then.years != first.years)
    is_new = then.measures and (then.measures != first.measures or is_share or is_of_other_years)
    if found.status != "answered" or not pairs or not is_new:
        return None
    agencies, years = (tuple(dict.fromkeys(each)) for each in zip(*pairs, strict=True))
    operation: Operation = "list" if len(pairs) > 1 else "value"
    adds_up = then.operation in ("sum", "average") and len(pairs) > 1
    operation = then.operation if is_share or adds_up else operation
    about = replace(then, kind="lookup", agencies=agencies, years=years, pairs=pairs)
    if is_of_other_years:
        about = replace(about, years=then.years, pairs=())
    about = replace(about, operation=operation, unknown_agencies=())
    whole = replace(first, question=f"{inner}，{outer}")
    return joined(found, look_up(about, library)), whole, (first, about)


def narrowed_to(found: Answer, first: Query, then: Query) -> Query | None:
    """The second question asked of the reports that the first one found; None where it found none."""
    pairs = whose(found)
    if not pairs:
        return None
    agencies = tuple(dict.fromkeys(agency for agency, _ in pairs))
    is_same = then.years in ((), first.years)
    operation = then.operation
    if len(pairs) == 1 and operation in _OF_SEVERAL:
        operation = "value"
    return replace(
        then,
        agencies=agencies,
        years=tuple(sorted({year for _, year in pairs})) if is_same else then.years,
        pairs=pairs if is_same else (),
        operation=operation,
        unknown_agencies=(),
    )


def is_of_those(before: Query, then: Query) -> bool:
    """Whether a question is about the reports that meet the condition of the one before it.

    哪些单位超过20件，合计多少 adds up those; what names agencies or years of its own does not.
    """
    is_open = (then.agencies, then.years) == (before.agencies, before.years)
    is_of_several = then.operation in _OF_SEVERAL and then.kind == "lookup"
    filters = before.operation in _FILTERS and bool(before.conditions)
    return filters and is_open and is_of_several and not _ALL.search(then.question)


def whose(answer: Answer) -> tuple[tuple[str, int], ...]:
    """The agencies, each with its year, that an answer's values are of."""
    return tuple((v.agency, v.year) for v in answer.values if v.agency and v.year)


def joined(first: Answer, then: Answer) -> Answer:
    """Two answers as one, the second on a line of its own."""
    shift = len(first.citations)
    moved = (
        replace(s, citations=tuple(index + shift for index in s.citations)) for s in then.statements
    )
    return replace(
        first,
        statements=(*first.statements, Statement("\n"), *moved),
        values=(*first.values, *then.values),
        citations=(*first.citations, *then.citations),
    )
