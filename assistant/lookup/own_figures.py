"""Which figure of a report counts what is asked about: its own, of this year, of the unit asked for.

Pure. The invariant: a threshold (不足千人), a rate (每学期一次), the value that something was before
it changed (由七次降到三次) and what was given up (关停14个) are not taken for the count itself.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.measure import Measure
from ingest.characters import for_matching
from ingest.report import Figure

# What is published beside the website is counted apart by some agencies and not at all by others.
_CHANNELS = ("微信公众号信息", "微博信息", "抖音信息", "新媒体信息", "公开栏信息")
_FOLLOWERS = "关注用户"
# Units in which one thing is counted: 条, 篇 and 则 are all pieces of information.
UNIT_FAMILIES = (
    frozenset(["条", "条次", "篇", "则", "份", "件", "个", "项", "篇次", "期", "部", "张", "幅"]),
    frozenset(["人", "名", "位", "人次", "个", "户"]),
    frozenset(["件", "条", "项", "个", "份", "件次"]),
    frozenset(["次", "场", "期", "场次", "班次", "轮", "批次", "堂", "人次"]),
    frozenset(["%"]),
)
# What is counted in these may stand without a unit: 粉丝达770万.
_UNIT_MAY_LACK = ("人", "次")
_BOUND = re.compile(r"(?:不足|不到|低于|少于|未满|不满|未达到|高于|大于)$")
_BEFORE = (
    _BOUND,
    re.compile(r"每(?:年|月|日|天|周|季|季度|学期|半年|个?季度|个月|隔|逢)[^,;。]*$"),
    re.compile(r"(?:关停|关闭|注销|停用|撤销|停更)[^,;。、]*$"),
    re.compile(r"(?:将|拟|计划|力争|争取|预计|目标)[^,;。]*$"),
)
_FROM = re.compile(r"[由从][^,;。]*$")
_CHANGED = re.compile(r"^(?:左右)?(?:降|升|提高|提升|增|减|压缩|缩短|扩)")
_PAUSE = re.compile("[，,；;。\n]")
LONGEST_EXCERPT = 60
# 微博粉丝突破63.9万: of that channel, not of the WeChat account that is mostly meant
_OTHER_CHANNEL = re.compile(r"(?P<channel>微博|抖音|快手|视频号|头条)[^,;。]*$")
_MEAN = re.compile(r"(?:日均|月均|人均|年均|平均)[^,;。]*$")


def choose(name: str, unit: str, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures of that name about the agency itself and this year, the surest first."""
    own = [
        figure
        for figure in figures
        if figure.name == name
        and figure.year is None
        and not is_of_another(figure)
        and (not unit or _same_unit(figure.unit, unit))
        and counts_itself(figure)
    ]
    return tuple(sorted(own, key=lambda f: (f.part_of is not None, f.scope is not None)))


def counts_itself(figure: Figure) -> bool:
    """Whether the number is the count, not a bound, a rate, a plan, or what it was before."""
    around = list(_around(figure))
    return not around or any(not _is_something_else(before, after) for before, after in around)


def is_bound(figure: Figure) -> bool:
    """Whether the number is only said not to be reached, as in 不足10条."""
    around = list(_around(figure))
    return bool(around) and all(_BOUND.search(before) for before, _ in around)


def remarks_on(measure: Measure, name: str, chosen: Figure) -> Iterator[str]:
    """What must be said of a figure: another word in the report, an average, what it leaves out."""
    if name != measure.figures[0] and "+" not in name:
        yield f"报告没有写“{measure.figures[0]}”，这是它所写的{name}数"
    if name == _FOLLOWERS:
        channels = (_OTHER_CHANNEL.search(before) for before, _ in _around(chosen))
        yield from (f"这是{found['channel']}的数" for found in channels if found)
    if any(_MEAN.search(before) for before, _ in _around(chosen)):
        yield "这是平均数，不是全年的总数"


def left_out(measure: Measure, figures: Sequence[Figure]) -> Iterator[str]:
    """What a count of published items leaves out, so that agencies are not compared unawares."""
    if measure.figures[:1] != ("主动公开信息",):
        return
    apart = dict.fromkeys(
        f.name for f in figures if f.name in _CHANNELS and f.part_of is None and f.scope is None
    )
    if apart:
        yield f"另有{'、'.join(apart)}，单独计数，未计入"


def excerpt(figure: Figure) -> str:
    """The part of the sentence that the number stands in, letter for letter."""
    sentence, quote = figure.sentence.strip(), figure.quote
    if len(sentence) <= LONGEST_EXCERPT or not quote or sentence.count(quote) != 1:
        return sentence if len(sentence) <= LONGEST_EXCERPT else ""
    at = sentence.index(quote)
    start = max((m.end() for m in _PAUSE.finditer(sentence, 0, max(at - 4, 0))), default=0)
    pause = _PAUSE.search(sentence, at + len(quote))
    part = sentence[start : pause.start() if pause else len(sentence)].strip()
    return part if len(part) <= LONGEST_EXCERPT else ""


def _around(figure: Figure) -> Iterator[tuple[str, str]]:
    """The words before and after each place in the sentence where the number may stand."""
    sentence, quote = for_matching(figure.sentence), for_matching(figure.quote)
    for match in re.finditer(re.escape(quote), sentence) if quote else ():
        yield sentence[: match.start()], sentence[match.end() :]


def _is_something_else(before: str, after: str) -> bool:
    if any(pattern.search(before) for pattern in _BEFORE):
        return True
    return bool(_FROM.search(before) and _CHANGED.search(after))


def is_of_another(figure: Figure) -> bool:
    """Whether it counts for another body (薛城区行政审批服务局) than the one that reports."""
    return figure.scope is not None and figure.scope.endswith(("局", "委", "办", "厅", "中心"))


def _same_unit(unit: str, wanted: str) -> bool:
    if not unit and wanted in _UNIT_MAY_LACK:
        return True
    return unit == wanted or any({unit, wanted} <= family for family in UNIT_FAMILIES)
