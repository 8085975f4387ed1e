"""How much a number must have changed against the year before: 增长超过50%, 多10件以上, 翻番, 减半.

Pure patterns and data. The invariant: a bound on a change is never read as a bound on the number.
"""

import re

from assistant.query import Change
from assistant.question.conditions import find_bound

_UP = "增长|增加|增多|上升|上涨|涨幅|增幅|增速|[增涨升]"
_DOWN = "减少|下降|下滑|降幅|跌幅|[减降跌]"
_BETWEEN = "(?:了|率|幅度|幅|量|数量|件数|的|比例|得|出|在|都|同比|[|])*"
# 申请增长超过50%, 降幅在三成以上
_CHANGED = re.compile(
    f"(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_BETWEEN}(?P<bound>[^,，。?？|]{{2,12}})"
)
# 比上年多10件以上: more than a year before, not than another number
_THAN_YEAR = re.compile(
    "(?:比|较)(?:去年|上一?年|前一?年|上年度|20\\d\\d年?|[12]\\d年)[^,，。?？]{0,10}?"
    f"(?:(?P<up>[多高大])|(?P<down>[少低小])){_BETWEEN}(?P<bound>[^,，。?？|]{{2,12}})"
)
_DOUBLED = re.compile(
    "翻了?(?P<times>[一两二三]?)番|翻了?一?倍|(?:增长|增加|[增涨多])了?一倍(?:以上|多)?"
)
_HALVED = re.compile("减半|腰斩|(?:减少|下降|[少降跌])了?(?:一半|五成)(?:以上|多)?")
_GROWTH = {"": 100, "一": 100, "两": 300, "二": 300, "三": 700}
_OF_A_BOUND = 50
_TIMES_ANOTHER = re.compile("比[|]+")


def find_change(text: str) -> Change | None:
    """The bound that a question puts on a change over the years, None where it puts none.

    `text` is the question with names and measures masked, its years unmasked.
    """
    if (match := _DOUBLED.search(text)) and not _TIMES_ANOTHER.search(text):
        growth = _GROWTH[match["times"] or ""]
        return Change("≥", growth, is_percent=True, falls=False, said=match.group())
    if match := _HALVED.search(text):
        return Change("≥", _OF_A_BOUND, is_percent=True, falls=True, said=match.group())
    for pattern in (_CHANGED, _THAN_YEAR):
        for match in pattern.finditer(text):
            if (bound := find_bound(match["bound"])) and bound.comparison != "=":
                return Change(
                    bound.comparison, bound.number, bound.is_share, bool(match["down"]), bound.said
                )
    return None
