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
_RATES = frozenset(("%", "个百分点", "成", "倍"))
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
        counts.add(condition.number)
        if (times := condition.times) != 1:
            # 三倍, 多两倍, 三成, 30% of another number
            counts |= {times, times - 1, round(10 * times, 6), round(100 * times, 6)}
    for match in _NUMERAL.finditer(query.topic):
        number, unit = match["number"], match["unit"]
        if match.group() not in query.question:
            continue  # said in the question before
        if any(_stands(number, each) for each in said) or _stands(f"{number}{unit}", answer.text):
            continue
        value = float(number) if number[0].isdigit() else chinese_numeral(number)
        is_given = value is not None and _is_given(value, unit, answer)
        if value not in counts and not is_given and not _is_streak(query, match):
            yield match.group()


def _is_given(value: float, unit: str, answer: Answer) -> bool:
    """Whether the answer gives this number; 3件 is not the 3% that was asked for."""
    is_rate = unit in _RATES
    if not is_rate and value > 1 and _stands(number_text(value), answer.text):
        return True
    return any(v.value == value and (v.unit in _RATES) == is_rate for v in answer.values)


def _stands(number: str, text: str) -> bool:
    """Whether a number stands in a text by itself: 3 does not in 2023, nor 4件 in 44件."""
    return bool(re.search(rf"(?<![\d.]){re.escape(number)}(?![\d年])(?!\.\d)", text))


def _is_streak(query: Query, match: re.Match[str]) -> bool:
    return query.operation == "streak" and match["unit"] == "次"
