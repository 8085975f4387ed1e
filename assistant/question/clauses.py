"""Conditions that a question puts one after another: 新收超过20件而且没有诉讼.

Pure. Each clause speaks of its own measures; what a clause says of one measure is never said of the
measure of another. A clause that names none speaks of what the one before it does, the first of the
requests received.
"""

import re
from dataclasses import replace
from itertools import zip_longest

from assistant.measure import Measure
from assistant.query import Condition
from assistant.question.conditions import denies_none, find_conditions, has_bound
from assistant.question.measures import find_measures, in_columns
from assistant.question.text_words import PUBLISHED
from assistant.question.words import cells_measure
from assistant.question.years import find_years

_BETWEEN_CLAUSES = re.compile(
    "[,，;；]|(?<=以[上下内])、|(?<=\\d[件条次宗%])、|而且|并且|且|同时|但是?|却|又|也|以及|而|或者?(?!以[上下])|要么"
)
# 只废止没制发: two conditions without a word between them
_ONLY = re.compile("(?:只有?|仅|光)(?P<one>[^,，没未不]{1,8})(?=没有?|未|不)")
# 有申请没有复议
_HAS_NOT = re.compile("(?<![没未无])有(?P<one>[^,，没未无有]{1,10}?)(?=没有?|未|无)")
# 一件企业申请也没收到 is one condition
_NOT_ONE = re.compile("(?P<one>一[件条次宗个][^,，。]{0,12})也(?=没|未|无)")
_ITEMS = re.compile("[条篇]")
_BEFORE_A_YEAR = re.compile("(?=(?<!\\d)20\\d\\d年?)|(?=(?<!\\d)[12]\\d年)|(?=[去今前]年)")
_HAS = re.compile("没|未|无|有|为零|是零")
_DOCUMENTS = re.compile("(?:行政)?规范性文件|规章")
_REQUESTS = cells_measure("requests", ("new",), ("total",))


def find_clause_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of every clause; empty unless several clauses put one.

    `text` is the question without names and years, its measures unmasked.
    """
    found: list[Condition] = []
    text = _NOT_ONE.sub(r"\g<one>", text)
    putting = 0
    clauses = _BETWEEN_CLAUSES.split(_HAS_NOT.sub(r"有\g<one>，", _ONLY.sub(r"\g<one>，", text)))
    for clause, after in zip_longest(clauses, clauses[1:], fillvalue=""):
        of_clause = _with_row_of(after, clause)
        conditions = _of(of_clause, tuple(condition.measure for condition in found))
        putting += bool(conditions)
        found += conditions
    return tuple(found) if putting > 1 else ()


def _with_row_of(after: str, clause: str) -> str:
    """A clause that names a column alone (没有废止), with the row of the next (也没有制发规范性文件)."""
    row = _DOCUMENTS.search(after)
    is_alone = any(table == "proactive" for table, _ in find_measures(clause).lone_columns)
    return f"{clause}{row.group()}" if row and is_alone else clause


def find_yearly_conditions(text: str, base: int | None) -> tuple[Condition, ...]:
    """The conditions that a question puts on one year each (2023年有诉讼2024年没有).

    `text` is the question without names, its years and measures unmasked; empty unless two years
    have conditions that differ.
    """
    clauses = [clause for clause in _BEFORE_A_YEAR.split(text) if clause]
    found: list[Condition] = []
    for clause in clauses:
        named = find_years(clause, base)
        conditions = _of(named.rest, tuple(condition.measure for condition in found), bare=True)
        if len(named.years) != 1 and conditions:
            return ()
        found += [replace(c, year=named.years[0]) for c in conditions if named.years]
    alike = {(c.comparison, c.number) for c in found}
    return tuple(found) if len({c.year for c in found}) > 1 and len(alike) > 1 else ()


def counted(text: str) -> Measure:
    """What a number of a question that names no measure counts: items published, else requests."""
    return PUBLISHED if _ITEMS.search(text) else _REQUESTS


def _of(clause: str, before: tuple[Measure, ...], *, bare: bool = False) -> tuple[Condition, ...]:
    """The conditions of one clause, on its own measures or the last before it.

    With `bare`, words for one without a number are taken for what was spoken of before (没有).
    """
    asked = find_measures(clause)
    measures = asked.measures
    if asked.lone_columns and before:
        measures = in_columns(before, asked.lone_columns) or measures
    if not measures and (has_bound(clause) or denies_none(clause)):
        measures = before[-1:] or (counted(clause),)
    if not measures and bare and _HAS.search(clause):
        measures = before[-1:]
    return tuple(c for measure in measures for c in find_conditions(asked.rest, measure))
