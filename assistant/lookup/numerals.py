"""The numbers of a question that its answer takes no account of. Pure.

A number in a question is a bound, a claim, a rank, so many of a ranking, a count of years or of
agencies; one that is none of these was passed over, and is named.
"""

import re
from collections.abc import Iterator

from assistant.answer import Answer
from assistant.lookup.readings import number_text
from assistant.query import Query
from ingest.numbers import chinese_numeral
from ingest.report import Number

_NUMERAL = re.compile(
    "(?<![第表〔\\[\\d.近前后头])(?P<number>\\d+(?:\\.\\d+)?|[二两三四五六七八九十百千万]{1,6}|一(?=[成倍])|半(?=数))"
    "(?P<unit>[万亿]件|个百分点|%|成(?![立为功效果员本文])|倍|万元|元|[件条次宗篇场期人]|以上|以下)"
)
# 三次以上的公开 and the like are never bare; 三安全一稳定, 两个以上 stand in names.
_HELD = re.compile("与报告[相不]符|是：|不是[：，]")


def passed_over(query: Query, answer: Answer, *, alone: bool) -> Iterator[str]:
    """The numbers, each with its unit, that no part of the understood query carries.

    `alone` is whether one report was asked about, whose numbers premises were held against.
    """
    said = [c.said for c in query.conditions]
    said += [query.change.said] if query.change else []
    # The claims that were held against the record, whether they hold or not.
    said += [claim.text for claim in query.claims] if _HELD.search(answer.text) else []
    said += [claim.text for claim in query.claims if claim.measure and alone]
    counts: set[Number | None] = {query.limit, query.place}
    for condition in query.conditions:
        counts |= {condition.number, condition.times, condition.times - 1}
    for match in _NUMERAL.finditer(query.topic):
        number, unit = match["number"], match["unit"]
        if match.group() not in query.question:
            continue  # said in the question before
        if any(number in each for each in said) or f"{number}{unit}" in answer.text:
            continue
        value = float(number) if number[0].isdigit() else chinese_numeral(number)
        is_given = value is not None and _is_given(value, answer)
        if value not in counts and not is_given and not _is_streak(query, match):
            yield match.group()


def _is_given(value: float, answer: Answer) -> bool:
    return any(v.value == value for v in answer.values) or (
        value > 1 and number_text(int(value)) in answer.text
    )


def _is_streak(query: Query, match: re.Match[str]) -> bool:
    return query.operation == "streak" and match["unit"] == "次"
