"""A number asked for without a word of what it counts (哪家最多排名), asked back with what may be meant. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.query import Ambiguity, Kind, Operation, Query
from assistant.question.growth import find_change
from assistant.question.look_ups import Reading, not_understood

# What cannot be done without knowing of what, and the word for it.
_NEEDS_MEASURE: Mapping[Operation, str] = {
    "trend": "趋势",
    "streak": "连续增减",
    "pace": "年均增长",
    "rank": "排名",
    "median": "中位数",
    "times": "倍数",
}
# The same, where the question says nothing else that a text could answer.
_COMPARES: Mapping[Operation, str] = {
    "compare": "比较",
    "difference": "增减",
    "extremum": "最多或最少",
    "average": "平均",
    "sum": "合计",
}
_OFTEN_ASKED = ("新收政府信息公开申请", "主动公开信息", "行政许可", "行政处罚", "行政复议案件")


def lacks_measure(reading: Reading, kind: Kind | None) -> bool:
    """Whether a number is asked for without a word of what: 哪家最多排名, 2024年谁多."""
    if kind not in (None, "lookup") or (kind and not find_change(reading.asked.rest)):
        return False
    if reading.operation in _NEEDS_MEASURE:
        return True
    says_nothing_else = not not_understood(reading.words)
    is_compared = reading.operation in _COMPARES or find_change(reading.asked.rest)
    return says_nothing_else and bool(is_compared)


def which_measure(query: Query, reading: Reading) -> Query:
    """A trend or a ranking of nothing in particular, asked back with what may be meant."""
    word = _NEEDS_MEASURE.get(reading.operation) or _COMPARES.get(reading.operation, "增减")
    change = find_change(reading.asked.rest)
    return replace(
        query,
        kind="lookup",
        operation="difference" if change else reading.operation,
        change=change,
        ambiguities=(*query.ambiguities, Ambiguity(word, "measure", _OFTEN_ASKED)),
    )
