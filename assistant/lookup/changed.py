"""Which changes from one year to another a question asks for, and in what order. Pure.

The invariant: a growth in per cent of a number that was zero is undefined and meets no bound.
"""

import re
from collections.abc import Callable, Sequence

from assistant.lookup.findings import HOLDS
from assistant.lookup.readings import Reading, half_up
from assistant.query import Change, Query
from assistant.question.years import find_years
from ingest.report import Number

PERCENT_DECIMALS = 2
# 申请增长最多的单位 · 2024年比2023年少的单位
MOST = re.compile("最[多大快高少小]|排名|排序|排行|名次")
_RANKING = re.compile("排名|排序|排行|名次")
# 同比增长最快, 增幅最大: by the rate, not by the number
BY_RATE = re.compile("最快|最慢|同比|增速|[增降涨跌]幅|增长率|百分")
_WHICH = re.compile("哪(?:一?年|几年|些年)|[哪几][家个些]|多少家|谁|的(?:单位|部门|局|机关)")
_DOWN = re.compile("减少|下降|[降跌]|比.{0,16}[少低]|[少减]得|变少")
# 最大值和最小值, 最高的一年比最低的一年
BOTH_ENDS = re.compile("极差|最[多高大][^,。?]{0,6}最[少低小]|最[少低小][^,。?]{0,6}最[多高大]")
# 处罚没降的单位, 申请没有增长的单位, 持平的单位
_NOT_CHANGED = re.compile(
    "(?:没有?|未|不)(?:比[^,，。]{1,16}(?:(?P<less>[少低])|[多高]))|(?:没有?|未|不)(?:(?P<fallen>减少|下降|下滑|[减降跌])|(?P<grown>增加|增长|增多|上升|[增升涨]))"
)
_SAME = re.compile(
    "(?:等于|持平于)|(?:一样多?|相同|相等)的?(?:单位|部门|局|机关|有?哪|有?谁)|持平|不变|没变|未变|没有变化"
)

_OR_UP = re.compile("(?:或者?|及|、)(?:有所|略有)?[增升上多涨]|[增升长加涨]了?(?:或者?|及|、)持平")
_OR_DOWN = re.compile("(?:或者?|及|、)(?:有所|略有)?[减降下少跌]|[减降少跌]了?(?:或者?|及|、)持平")

_THAN = re.compile("(?<![占同环对相])比(?![例重率值如较])")
Pair = Sequence[Reading]


def is_turned(query: Query) -> bool:
    """Whether the earlier year is set against the later one: 2023年比2024年多的单位."""
    sides = _THAN.split(query.question, maxsplit=1)
    if len(sides) != 2 or len(query.years) != 2:
        return False
    first, then = (find_years(side, max(query.years)).years for side in sides)
    return bool(first and then) and max(first) < min(then)


def chosen(changed: Sequence[Pair], query: Query) -> list[Pair]:
    """The changes in the order asked for, of several agencies only those that were asked for."""
    is_down = bool(_DOWN.search(query.question))
    turned = is_turned(query)
    if bound := query.change:
        meeting = [pair for pair in changed if meets(bound, pair, turned=turned)]
        return sorted(meeting, key=change_of, reverse=bound.falls == turned)
    if len(changed) < 2 or not (MOST.search(query.question) or _WHICH.search(query.question)):
        return list(changed)
    ordered = sorted(changed, key=_size_of(query), reverse=is_down == turned)
    if _RANKING.search(query.question):
        return ordered
    sign = -1 if turned else 1
    return [pair for pair in ordered if _wanted(query.question)(sign * change_of(pair))]


def _size_of(query: Query) -> Callable[[Pair], Number]:
    """What changes are ordered by: the rate where that is asked for and all have one."""
    if not BY_RATE.search(query.question):
        return change_of
    return lambda pair: percent_of(pair) or 0


def change_of(pair: Pair) -> Number:
    """By how much the later number is more than the earlier one."""
    before, after = sorted(pair, key=lambda r: r.year)
    return (after.value or 0) - (before.value or 0)


def percent_of(pair: Pair, *, turned: bool = False) -> Number | None:
    """The change in per cent of the earlier number, None where that is zero.

    `turned`, it is the earlier number's difference in per cent of the later one.
    """
    before, after = sorted(pair, key=lambda r: r.year)
    base = after if turned else before
    if not base.value:
        return None
    change = -change_of(pair) if turned else change_of(pair)
    return half_up(100 * change / base.value, PERCENT_DECIMALS)


def meets(bound: Change, pair: Pair, *, turned: bool = False) -> bool:
    """Whether a change is known to keep within a bound; what fell by so much did not grow."""
    by = -change_of(pair) if turned else change_of(pair)
    size = percent_of(pair, turned=turned) if bound.is_percent else by
    if size is None:
        return False
    size = -size if bound.falls else size
    return size > 0 and HOLDS[bound.comparison](size, bound.number)


def _same_or(question: str) -> Callable[[Number], bool]:
    """No change, or none but up (持平或增加), or none but down."""
    if _OR_UP.search(question):
        return lambda change: change >= 0
    if _OR_DOWN.search(question):
        return lambda change: change <= 0
    return lambda change: not change


def _wanted(question: str) -> Callable[[Number], bool]:
    """Whether a change went the way that is asked for: up unless down, not down, or not at all."""
    if _SAME.search(question):
        return _same_or(question)
    if match := _NOT_CHANGED.search(question):
        return (
            (lambda change: change >= 0)
            if match["fallen"] or match["less"]
            else (lambda change: change <= 0)
        )
    if _DOWN.search(question):
        return lambda change: change < 0
    return lambda change: change > 0
