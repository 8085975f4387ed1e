"""The unit that a question asks for, and which measures can be given in it.

Pure. The invariant: a number counted in 万元 is no answer to 多少件, one counted in 件 none to
多少个工作日. What fits no measure is looked for in the text of the reports instead.
"""

import re
from collections.abc import Iterable

from assistant.measure import Measure
from assistant.question.words import cells_measure

_ASKED = re.compile(
    "(?:多少|几)(?:个|万|多)?(?:(?P<people>人次|人|名|位)|(?P<days>工作日|天|月(?!份)|小时|分钟)"
    "|(?P<money>钱|元|万元|经费)|(?P<times>次)|(?P<events>场|期|轮)|(?P<items>条|篇|则)|(?P<copies>册|本)|(?P<papers>份)|(?P<cases>件|宗|起|项))"
)
_SUM_OF_MONEY = re.compile("金额|罚款|款额")
# The units of a measure that a unit asked for may stand for.
_FITTING = {
    "people": frozenset(["人"]),
    "days": frozenset[str](),
    "money": frozenset(["元", "万元"]),
    "times": frozenset(["次", "期", "件"]),
    "events": frozenset(["次", "期", "场"]),
    "items": frozenset(["条", "件"]),
    "copies": frozenset[str](),
    "papers": frozenset(["份", "件", "个", "期"]),
    "cases": frozenset(["件", "条", "次", "项", "个"]),
}
# 多少人申请 asks for applications, 几条申请 too; decisions are never counted in 条.
_LOOSE_TABLES = ("requests", "disputes")
_LOOSE_KINDS = frozenset(["people", "times", "items"])
# 打了几场官司; no application is counted so
_EVENTS_TABLE = "disputes"
# 办理公开申请的有几个人, 由几个人做: who works on them, not who asked
_STAFF = re.compile(
    "(?:办理|负责|承担|从事|承办)[^,，。]{0,10}(?:有|是)(?:几|多少)个?人|由(?:几|多少)个?人|(?:几|多少)个?人(?:负责|承担|办理|承办|在做)"
)
_COUNT = re.compile(
    "(?:多少|几)(?:个|万|多)?(?:人次|工作日|万元|批次|[人名位天次场期轮条篇则件宗起项份家元钱])?"
)


# 许可事项有几项: what may be permitted, which the earlier form counts, not what was decided.
_OF_ITEMS = re.compile("(?:许可|处罚|强制)(?:的)?(?:事项|项目)")
# 许可备案信息: what was published about decisions, not the decisions
_INFORMATION = re.compile("(?:许可|处罚|强制)(?:[一-龥]{0,4})?(?:类)?信息(?!公开(?!了))")
_OF_DECISIONS = re.compile("决定|[件宗起]|办[理了结]?")
_ITEM_COLUMNS = ("items_last_year", "change")


def of_items(measures: Iterable[Measure], text: str) -> tuple[Measure, ...]:
    """The measures, with items in place of decisions where it is items that the question names."""
    if not _OF_ITEMS.search(text) or _OF_DECISIONS.search(text):
        return tuple(measures)
    found: list[Measure] = []
    for measure in measures:
        rows = tuple(cell.row for cell in measure.cells if cell.column == "decisions")
        columns = _ITEM_COLUMNS if rows else ()
        found += [cells_measure("proactive", rows, (column,)) for column in columns] or [measure]
    return tuple(found)


def without_counts(text: str) -> str:
    """The text without the words that ask how many: 收录文件 from 收录多少份文件."""
    return _COUNT.sub("", text)


def asked_kinds(text: str) -> frozenset[str]:
    """The kinds of units that the question asks for; empty where it names none."""
    kinds = {m.lastgroup for m in _ASKED.finditer(text) if m.lastgroup}
    return frozenset(kinds | {"money"} if _SUM_OF_MONEY.search(text) else kinds)


def in_asked_units(measures: Iterable[Measure], text: str) -> tuple[Measure, ...]:
    """The measures that may be given in a unit asked for; all where the question names none."""
    if _INFORMATION.search(text):
        measures = [m for m in measures if not any(c.column == "decisions" for c in m.cells)]
    if _STAFF.search(text):
        return tuple(m for m in measures if m.aspect == "figure")
    kinds = asked_kinds(text)
    return tuple(m for m in measures if not kinds or any(_fits(m, kind) for kind in kinds))


def _fits(measure: Measure, kind: str) -> bool:
    if measure.aspect == "statement" or measure.aspect == "ratio":
        return True
    if measure.aspect == "figure":
        return not measure.unit or measure.unit in _FITTING[kind]
    if measure.cells[0].table in _LOOSE_TABLES:
        if kind == "events":
            return measure.cells[0].table == _EVENTS_TABLE
        return kind in _LOOSE_KINDS or measure.unit in _FITTING[kind]
    if kind == "items" and measure.cells[0].column == "decisions":
        return False
    return measure.unit in _FITTING[kind]
