"""What is to be done where a question sets one year against another: 比去年多的单位, 跟上年比呢. Pure."""

import re

from assistant.query import Operation, Query
from assistant.question.operations import asks_which_ones, find_operation
from assistant.question.periods import AGAINST_NAMED

# 跟上年比呢
_AGAINST_A_YEAR = re.compile(
    "(?:跟|和|与|同)(?:去年|上一?年|上年度|前一?年)(?:相?比)|比(?:去年|上一?年|上年度)呢"
)
# 2024年申请比去年多的单位: each agency against itself, not one report against a number
_THAN_A_YEAR = re.compile(
    "(?:比|较)(?:去年|上一?年|前一?年|上年度|20\\d\\d年?|[12]\\d年)[^,，。?？]{0,8}[多少高低增减升降]"
)
# 各家申请都比去年多吗
_OF_EACH = re.compile("(?:各|每)[一个]?(?:家|单位|部门|局|机关)")
# 逐年增加的单位
_YEAR_BY_YEAR = re.compile(
    "(?:逐年|年年|每年都|一年比一年)(?:都|在)?(?:增加|减少|增长|下降|上升|下滑|[增减降升涨跌多少高低])"
)


def find_operation_of_years(words: str, with_years: str, before: Query | None) -> Operation:
    """What is to be done, in words without and with those for years, after the question before."""
    said = _of_which(words, with_years)
    if before is None or said != "value":
        return said
    if _AGAINST_A_YEAR.search(with_years) or AGAINST_NAMED.search(with_years):
        return "difference"
    return before.operation if before.asks_for_measure else said


def _of_which(words: str, with_years: str) -> Operation:
    """Which of several grew against a year is asked in words for years."""
    said = find_operation(words)
    if _YEAR_BY_YEAR.search(with_years):
        if asks_which_ones(with_years):
            return "streak"
        # 是逐年增加的吗: the numbers of every year say it
        said = "trend" if said == "exists" else said
    is_of_each = asks_which_ones(with_years) or _OF_EACH.search(with_years)
    grew = _THAN_A_YEAR.search(with_years) and is_of_each
    return "difference" if grew and said in ("value", "filter", "compare", "count") else said
