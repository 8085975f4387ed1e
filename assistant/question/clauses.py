"""Conditions that a question puts one after another: 新收超过20件而且没有诉讼.

Pure. Each clause speaks of its own measures; what a clause says of one measure is never said of the
measure of another. A clause that names none speaks of what the one before it does, the first of the
requests received.
"""

import re

from assistant.measure import Measure
from assistant.query import Condition
from assistant.question.conditions import denies_none, find_conditions, has_bound
from assistant.question.measures import find_measures, in_columns
from assistant.question.text_words import PUBLISHED
from assistant.question.words import cells_measure

_BETWEEN_CLAUSES = re.compile(
    "[,，;；]|而且|并且|且|同时|但是?|却|又|也|以及|而|或者?(?!以[上下])|要么"
)
# 只废止没制发: two conditions without a word between them
_ONLY = re.compile("(?:只有?|仅|光)(?P<one>[^,，没未不]{1,8})(?=没有?|未|不)")
_ITEMS = re.compile("[条篇]")
_REQUESTS = cells_measure("requests", ("new",), ("total",))


def find_clause_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of every clause; empty unless several clauses put one.

    `text` is the question without names and years, its measures unmasked.
    """
    found: list[Condition] = []
    putting = 0
    for clause in _BETWEEN_CLAUSES.split(_ONLY.sub(r"\g<one>，", text)):
        conditions = _of(clause, tuple(condition.measure for condition in found))
        putting += bool(conditions)
        found += conditions
    return tuple(found) if putting > 1 else ()


def counted(text: str) -> Measure:
    """What a number of a question that names no measure counts: items published, else requests."""
    return PUBLISHED if _ITEMS.search(text) else _REQUESTS


def _of(clause: str, before: tuple[Measure, ...]) -> tuple[Condition, ...]:
    asked = find_measures(clause)
    measures = asked.measures
    if asked.lone_columns and before:
        measures = in_columns(before, asked.lone_columns) or measures
    if not measures and (has_bound(clause) or denies_none(clause)):
        measures = before[-1:] or (counted(clause),)
    return tuple(c for measure in measures for c in find_conditions(asked.rest, measure))
