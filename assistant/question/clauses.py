"""Conditions that a question puts one after another: 新收超过20件而且没有诉讼.

Pure. Each clause speaks of its own measures; what a clause says of one measure is never said of the
measure of another.
"""

import re

from assistant.query import Condition
from assistant.question.measures import find_measures
from assistant.question.operations import find_conditions

_BETWEEN_CLAUSES = re.compile("[,，;；]|而且|并且|且|同时|但是?|却|又|也|以及|而")


def find_clause_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of every clause; empty unless several clauses name a measure.

    `text` is the question without names and years, its measures unmasked.
    """
    found = [conditions for clause in _BETWEEN_CLAUSES.split(text) if (conditions := _of(clause))]
    if len(found) < 2:
        return ()
    return tuple(condition for conditions in found for condition in conditions)


def _of(clause: str) -> tuple[Condition, ...]:
    asked = find_measures(clause)
    return tuple(c for measure in asked.measures for c in find_conditions(asked.rest, measure))
