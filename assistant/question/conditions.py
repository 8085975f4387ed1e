"""The conditions that a question puts on a measure: more than ten, none, left blank, not stated.

Pure patterns and data; it knows neither agencies nor what the words of a measure are. A bound that
is denied (没超过, 未达到) is the bound turned round.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.measure import Measure
from assistant.query import Comparison, Condition
from assistant.question.shares import as_ratio
from ingest.numbers import chinese_numeral
from ingest.report import Number

# 超过10件 · 十件以上 · 不到5条 · 超过半数
_WHOLE = ("百分百", "百分之百")
_HALF = "半数|一半|半(?![年天个月路])"
_NUMERAL = (
    f"{_HALF}|百分百|百分之百|(?:百分之)?(?:\\d+(?:\\.\\d+)?|[零一二两三四五六七八九十百千万]+)"
)
# 没超过 · 没有达到: the bound that follows is denied
_NOT = "(?:没有?|未|不|无)(?:有|曾|能)?"
_BEFORE_A_NUMERAL = "(?=\\d|[一二两三四五六七八九十百千万半])"
# 收过一件 has no bound, 过百件 has one
_OVER = "(?:[超破]|(?<![收办有理提发到被受做接答起告诉议])过)"
_BOUNDS: tuple[tuple[Comparison, str], ...] = (
    ("≥", f"不少于|至少|不低于|不小于|{_NOT}(?:少于|低于|小于)|达到"),
    (
        "≤",
        f"{_NOT}(?:超过|多于|大于|高于|超出|[超过破]){_BEFORE_A_NUMERAL}|不超过|至多|最多只有"
        f"|最多有?{_BEFORE_A_NUMERAL}",
    ),
    (">", f"不止|不只|多过|高过|大过|超过|大于|多于|高于|超出|{_OVER}{_BEFORE_A_NUMERAL}"),
    ("<", f"少于|低于|不到|不足|小于|{_NOT}(?:达到?|到|满){_BEFORE_A_NUMERAL}"),
    ("=", "等于|正好|刚好|恰好"),
)
_ENDS: Mapping[str, Comparison] = {"以上": "≥", "开外": ">", "不到": "<"}
# 不在100件以下
_DENIED = re.compile("(?:不在|不是|并非|没有?在)$")
_TURNED: Mapping[Comparison, Comparison] = {"≥": "<", "≤": ">", ">": "≤", "<": "≥"}
# 是三位数 · 非个位数
_DIGITS = re.compile("(?P<not>非|不是|不止)?(?P<count>个|[一两二三四五六七八])位数")
_MULTIPLES: Mapping[str, int] = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000, "成": 10}
_IN_WAN = "万元"
_SCALE = "[百千万亿]?元|[百千万亿]|%|成(?![立为功效果员本文])"
_TENTHS = "成"
_PERCENT = "%"
_BOUND = re.compile(
    "|".join(
        f"(?P<b{i}>(?:{words})(?P<n{i}>{_NUMERAL})(?P<s{i}>{_SCALE})?)"
        for i, (_, words) in enumerate(_BOUNDS)
    )
)
_BOUND_AFTER = re.compile(
    f"(?P<number>{_NUMERAL})(?P<scale>{_SCALE})?(?:[件条次人家宗项份]|%)?(?P<end>及?以上|及?以下|以内|之内|不到|开外)"
)
# 5到50件之间: both ends count.
_BETWEEN = re.compile(
    f"(?P<within>介于)?(?P<low>{_NUMERAL})(?:{_SCALE}|[件条次人家宗项份]|%)?(?:到|至|-|~|和|与)(?P<high>{_NUMERAL})(?P<scale>{_SCALE})?(?:[件条次人家宗项份]|%)?(?(within)(?:之间|以内)?|(?:之间|以内|(?=[|]*的(?:单位|部门|局|机关|有))))"
)
# 办结率不是100%的单位
_IS_NOT = re.compile("(?:不是|不等于|不为|不到|没到|并非)$")
# 新收108件的是哪家
_EXACT = re.compile(
    "(?<![\\d第前近])(?P<number>\\d+(?:\\.\\d+)?|(?<=只有|仅有)[一二两三四五六七八九十百]+)"
    "(?:万元|[%件条人次宗项份篇场个])(?![以及]?[上下])"
)
# 只有自然人提申请的单位 · 全部来自自然人的
_ONLY_OF = re.compile("(?:只有|仅有|仅|全是|全部是|全都是|都是|全部?来自|都来自|清一色(?:是)?)[|]")
_NET = re.compile("净(?:(?P<fall>减)|增)|(?P<falls>减少)")
_COUNTED = frozenset(["元", "件"])
_SPOKEN_OF = re.compile("写|载明|说明|披露|公布|公开了|提到|提及|统计|报告了")
_WHETHER = re.compile("有没有|有无|是不是|没没有|超没(?=超)|到没(?=到)")
_NOT_NONE = re.compile(
    "(?<!是)不(?:为|是|等于|算|含)(?:零|0)|非零|零(?:的)?(?:除外|以外|之外)|除(?:了|去)?零"
)
_NONE = re.compile("没|未|无|零|(?<!\\d)0(?:件|条|次|宗)?|为空|从未|从来没")
_UNSTATED = re.compile("没|未|无|缺|漏|不(?:写|提|含|包括|说明)")
_BLANK = re.compile("空白|没填|没有填|未填|空着|留空|空格|漏填|为空")
# 人大建议多于政协提案 · 复议比诉讼多; the measures are masked by bars
_AGAINST = re.compile(
    "[|](?:的|数|数量|件数)*(?:(?P<more>多于|大于|超过|高于|多过|高过|大过)|(?P<less>少于|小于|低于|不如|不到))[|]"
    "|[|](?:的|数|数量|件数)?比[|]+(?:的|还|更|要|数|数量)*(?:(?P<above>[多高大])|(?P<below>[少低小]))(?!多少|几|了?多少|了?几)"
)
# 诉讼和复议件数相等的单位
_EQUALS = re.compile(
    "[|](?:的|数|数量|件数)*(?:和|与|跟|同|等于)[|]+(?:的|数|数量|件数)*(?:相等|一样多|相同|一样)的?(?=单位|部门|局|机关|有|是?哪|吗)"
    "|[|](?:数|数量|件数)*(?:等于|[=＝])[|]+(?:数|数量|件数)*的?(?=单位|部门|局|机关|有|是?哪|[吗?？]|$)"
)
# 比自然人多一倍 · 多两倍以上: so many times more than the other
_MORE_TIMES = re.compile("(?:[多高大]出?了?)(?P<count>\\d+|[一两二三四五六七八九十])倍")
# 是自然人的三倍以上 · 超过企业的两倍 · 不到企业的一半: so many times the other
_MULTIPLE = re.compile(
    "(?P<bound>是|为|超过?|达到?|不到|不足|少于|低于|多于|大于|高于|至少是?)[|]+的?(?:数|数量|申请)?的?"
    "(?:(?P<count>\\d+(?:\\.\\d+)?|[一二两三四五六七八九十百千]+)(?P<scale>倍|成|%)|百分之(?P<percent>\\d+|[一二两三四五六七八九十百]+)|(?P<half>一半)|(?P<parts>[二三四五六七八九十])分之(?P<of_them>[一二三四五六七八九]))(?P<end>以上|以下|多)?"
)
_LESS_THAN = frozenset(["不到", "不足", "少于", "低于"])
_AT_LEAST = frozenset(["达", "达到", "至少", "至少是"])


@dataclass(frozen=True, slots=True)
class Bound:
    """How a number is compared with; `is_share` where it is so many per cent (八成, 过半).

    `number` is in the unit asked for, a share in per cent; `said` is how the question writes it.
    """

    comparison: Comparison
    number: Number
    said: str
    is_share: bool


def find_condition(text: str, measure: Measure) -> Condition | None:
    """The condition that a filter puts on a measure; without words for one, that there is any.

    None where a share is asked for of what is no part of a whole.
    """
    if bound := find_bound(text, measure.unit):
        of = as_ratio(measure) if bound.is_share else measure
        if bound.is_share and of.unit != _PERCENT:
            return None
        return Condition(of, bound.comparison, bound.number, said=bound.said)
    if denies_none(text):
        return Condition(measure, ">", 0)
    if (exact := _EXACT.search(text)) and measure.aspect != "statement":
        is_denied = _IS_NOT.search(text[: exact.start()])
        comparison: Comparison = "≠" if is_denied else "="
        return Condition(measure, comparison, _to_number(exact["number"]), said=exact["number"])
    text = _WHETHER.sub("", text)
    if _ONLY_OF.search(text) and (share := as_ratio(measure)).unit == _PERCENT:
        return Condition(share, "=", 100)
    if measure.less and (net := _NET.search(text)):
        return Condition(measure, "<" if net["fall"] else ">", 0)
    # Proposals and money are there or not; whether the report speaks of other things is a statement.
    is_number = measure.unit in _COUNTED and not _SPOKEN_OF.search(text)
    if measure.aspect == "statement" or (measure.aspect == "figure" and not is_number):
        return Condition(measure, "unstated" if _UNSTATED.search(text) else "stated")
    if _BLANK.search(text):
        return Condition(measure, "blank")
    return Condition(measure, "=" if _NONE.search(text) else ">", 0)


def is_only_of(text: str) -> bool:
    """Whether nothing but what is named is meant: 只有自然人和企业提申请的单位."""
    return bool(_ONLY_OF.search(text))


def denies_none(text: str) -> bool:
    """Whether it says that a number is not zero."""
    return bool(_NOT_NONE.search(text))


def find_conditions(text: str, measure: Measure) -> tuple[Condition, ...]:
    """The conditions on a measure: one, or both ends of a range."""
    if match := _BETWEEN.search(text):
        scale = match["scale"] or ""
        low, high = (_scaled(match[end], scale, measure.unit) for end in ("low", "high"))
        of = as_ratio(measure) if scale in (_PERCENT, _TENTHS) else measure
        if low is not None and high is not None:
            return (
                Condition(of, "≥", low, said=match["low"] + scale),
                Condition(of, "≤", high, said=match["high"] + scale),
            )
    if match := _DIGITS.search(text):
        return _of_digits(match, measure)
    if len(bounds := [match.group() for match in _BOUND.finditer(text)]) > 1:
        found = (find_condition(bound, measure) for bound in bounds)
        return tuple(condition for condition in found if condition)
    condition = find_condition(text, measure)
    return (condition,) if condition else ()


def _of_digits(match: re.Match[str], measure: Measure) -> tuple[Condition, ...]:
    """So many digits: 三位数 is from 100 to 999, 个位数 below 10."""
    count = 1 if match["count"] == "个" else chinese_numeral(match["count"]) or 1
    low, above = (0 if count == 1 else 10 ** (count - 1)), 10**count
    if match["not"]:
        return (Condition(measure, "≥", above),)
    ends = (Condition(measure, "≥", low), Condition(measure, "<", above))
    return tuple(end for end in ends if end.number)


def without_bounds(text: str) -> str:
    """The text of the same length with every bound masked."""
    for pattern in (_BOUND, _BOUND_AFTER, _DIGITS):
        text = pattern.sub(lambda match: "|" * len(match.group()), text)
    return text


def has_bound(text: str) -> bool:
    """Whether the question compares with a number (超过10件)."""
    return bool(find_bound(text) or _BETWEEN.search(text) or _DIGITS.search(text))


def find_comparison(masked: str, measures: Sequence[Measure]) -> Condition | None:
    """The condition that one measure is more or less than another of the same report.

    The measures are in the order of the question; one may be taken so many times (多一倍, 三倍以上).
    """
    if len(measures) != 2 or not _are_alike(*measures):
        return None
    first, other = measures
    if (multiple := _MULTIPLE.search(masked)) and (
        multiple["end"] or multiple["bound"] not in "是为"
    ):
        return Condition(first, _of_multiple(multiple), other=other, times=_times(multiple))
    if _EQUALS.search(masked):
        return Condition(first, "=", other=other)
    match = _AGAINST.search(masked)
    if not match:
        return None
    if more := _MORE_TIMES.search(masked):
        times = 1 + (_to_number(more["count"]) or 0)
        return Condition(first, "≥", other=other, times=times)
    return Condition(first, ">" if match["more"] or match["above"] else "<", other=other)


def _times(multiple: re.Match[str]) -> Number:
    if multiple["half"]:
        return 0.5
    if multiple["parts"]:
        return (_to_number(multiple["of_them"]) or 1) / (_to_number(multiple["parts"]) or 1)
    number = _to_number(multiple["count"] or multiple["percent"]) or 1
    parts = {"倍": 1, "成": 10}.get(multiple["scale"], 100)
    return number / parts if parts > 1 else number


def _of_multiple(multiple: re.Match[str]) -> Comparison:
    if multiple["bound"] in _LESS_THAN or multiple["end"] == "以下":
        return "<"
    return "≥" if multiple["bound"] in _AT_LEAST or multiple["end"] else ">"


def _are_alike(one: Measure, other: Measure) -> bool:
    """Whether two measures count alike: cases of two tables do, items and sums of money do not."""
    if one.aspect == other.aspect == "cells":
        return one.unit == other.unit
    source = [m.cells[0].table if m.cells else m.aspect for m in (one, other)]
    return source[0] == source[1]


# 比财政局多的单位, the name masked
_THAN_AGENCY = re.compile(
    "(?:(?P<more>超过|多于|大于|高于|超出)|(?P<less>少于|低于|小于|不如|不及|不到))[|]{2,}(?!的?(?:[一两二三四五六七八九十\\d]+倍|一半))"
    "|比[|]{2,}(?:的|数|都|还|更|要|得|收|办|公开|罚)*(?:(?P<above>[多高大])|(?P<below>[少低小]))(?!多少|几|了?多少|了?几)"
)


@dataclass(frozen=True, slots=True)
class Rivalry:
    """How reports compare with another agency's, taken `times` times."""

    comparison: Comparison
    times: Number = 1


def find_rival(text: str) -> Rivalry | None:
    """How the reports asked for compare with the one agency named, whose name is masked; None else."""
    if multiple := _MULTIPLE.search(text):
        is_open = multiple["end"] or multiple["bound"] not in "是为"
        return Rivalry(_of_multiple(multiple), _times(multiple)) if is_open else None
    match = _THAN_AGENCY.search(text)
    if match is None:
        return None
    return Rivalry(">" if match["more"] or match["above"] else "<")


def find_bound(text: str, unit: str = "") -> Bound | None:
    """How a number is compared with, that number in `unit`, and as the question writes it."""
    text = _WHETHER.sub("", text)
    if match := _BOUND.search(text):
        for index, (comparison, _) in enumerate(_BOUNDS):
            if match[f"b{index}"]:
                return _made(comparison, match[f"n{index}"], match[f"s{index}"] or "", unit)
    if match := _BOUND_AFTER.search(text):
        comparison = _ENDS.get(match["end"].removeprefix("及"), "≤")
        if _DENIED.search(text[: match.start()]):
            comparison = _TURNED[comparison]
        return _made(comparison, match["number"], match["scale"] or "", unit)
    return None


def _made(comparison: Comparison, numeral: str, scale: str, unit: str) -> Bound | None:
    number = _scaled(numeral, scale, unit)
    if number is None:
        return None
    is_share = scale in (_PERCENT, _TENTHS) or "半" in numeral or "百分" in numeral
    return Bound(comparison, number, numeral + scale, is_share)


def _scaled(numeral: str, scale: str, unit: str) -> Number | None:
    """The number in the unit of the measure: 5000元 is 0.5 of 万元, 1万件 is 10000件, 八成 80."""
    if numeral in _WHOLE:
        return 100
    if "半" in numeral:
        return 50
    number = _to_number(numeral.removeprefix("百分之"))
    if number is None:
        return None
    number *= _MULTIPLES.get(scale[:1], 1)
    if unit == _IN_WAN and (scale or "万" in numeral):
        number /= _MULTIPLES["万"]
    return int(number) if number == int(number) else number


def _to_number(text: str) -> Number | None:
    if "." in text:
        return float(text)
    if text.isdigit():
        return int(text)
    # 破万, 过百
    return chinese_numeral(f"一{text}" if text[:1] in "百千万" else text)
