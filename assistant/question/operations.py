"""The words that say what is to be done with a measure: ranked, summed, compared, filtered, asked back.

Pure patterns and data; it knows neither agencies nor measures. Patterns are searched in a question
whose names, years and measures are masked, in the order given: the first that fits decides.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.measure import Measure
from assistant.query import Claim, Comparison, Condition, Operation
from ingest.numbers import chinese_numeral
from ingest.report import Number

_COUNTED = "家|个单位|个部门|个局|个机关|份报告|份年报|份(?=[|?]*$)|个区|个县|个市"
_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    (
        "rank",
        re.compile(
            "最[多高大少低小]的?前?(?:[二两三四五六七八九十]|\\d+)[家个名位]|排名|排序|排一下|排一排|排列|排个|排行|名次|依次|前[一二两三四五六七八九十\\d]+[名家位]?(?!年)"
            "|(?:倒数)?第[二两三四五六七八九十\\d]+(?:名|位|[多少高低大小]|(?=的?是?谁|的?是?哪|呢|[?]?$))|排(?:名|在|到)?第[一二两三四五六七八九十\\d]+"
            "|[从由](?:多|高|大)[到至往](?:少|低|小)|[从由](?:少|低|小)[到至往](?:多|高|大)"
        ),
    ),
    (
        "difference",
        re.compile(
            "(?:增长|增加|减少|下降|上升|[涨降]|增幅|降幅|增量|增速)(?:幅度|数量|量|件数)?[^,。?]{0,2}最[多大快高少小]|最[多大快高](?:的)?(?:增长|增幅|降幅|增量|增速|增加|减少|下降)"
            "|(?:增加|减少|增长|下降|上升|下滑|增多)了?的(?:单位|部门|局|机关|有|是?哪|是?谁)|(?:哪些|哪几?[家个]|谁)[^,。?]{0,12}(?:增加|减少|增长|下降|上升|下滑)了"
            "|[|]{4,}年?(?:的|[|])*比[|]{4,}年?(?:的|[|])*(?:收|办|发)?(?:得|要|还|更)*[多少高低](?:的|了)?(?:单位|部门|局|机关|有?哪|[?]?$)"
        ),
    ),
    ("median", re.compile("中位数|中位值|中间值")),
    ("deviation", re.compile("标准差|方差|离散程度|均方差")),
    ("times", re.compile("[几多]少?倍|倍数|多少倍|翻了几番")),
    (
        "difference",
        re.compile(
            "最[多高大][^,。?]{0,6}(?:比|和|与|跟|减|同)[^,。?]{0,4}最[少低小]|最[少低小][^,。?]{0,6}(?:比|和|与|跟|同)[^,。?]{0,4}最[多高大]"
        ),
    ),
    (
        "extremum",
        re.compile(
            "最多(?!\\d|[二三四五六七八九十])|最少(?!\\d|[二三四五六七八九十])|最高|最低|最大|最小|居首|垫底|第一名|第一的|倒数第[一1]|第[一1](?=是|[?]?$)|最靠前"
        ),
    ),
    ("average", re.compile("平均|均值")),
    (
        "trend",
        re.compile(
            "趋势|走势|走向|(?<!同比)(?<!环比)变化|逐年|越来越|一年比一年|一年年|(?:是不是|是否|有没有|在)?(?:下降|上升|减少|增加|增长|下滑)(?:了吗|了没|吗|了$|了[?]|了?(?=[,，].{0,6}(?:真|对|吗|没错)))"
            "|是不是[|]*(?:在)?(?:下降|上升|减少|增加|增长)|是否[|]*(?:下降|上升|减少|增加|增长)|涨没涨|[增升降]没[增升降]|增没增加|上升还是下降|增加还是减少(?!了?(?:多少|几))|多了还是少了(?!多少|几)"
        ),
    ),
    (
        "difference",
        re.compile(
            "差多少|差几|(?:多了还是少了|增加还是减少)了?(?:多少|几)|比[^,。?]{1,24}(?:多|少|高|低)[^,。?]{0,4}(?:多少|几[件条个次])|[多少](?:[|]{1,4}|收到|收|公开|发布|办理|办结|办|答复)了?(?:多少|几)|相差|差距|差额|差了|多多少|少多少|多几|少几|多出|多了多少|少了多少|多了几|少了几"
            "|(?:增长|增加|减少|下降|上升|多|少)了?百分之|比[^,。?]{1,24}(?:多|少|高|低|增加|减少|增长|下降|上升)(?:出|收|办|公开|发布)?了?\\d+(?:\\.\\d+)?(?:件|条|个|次|人|万|%)|(?:涨|升|降|跌|掉)了?(?:多少|几)|增加了?(?:多少|几)|减少了?(?:多少|几)|增长了?(?:多少|几)|下降了?(?:多少|几)|同比|环比|增幅|降幅|增长率|增速|降低率|较上年|比上年"
        ),
    ),
    ("share", re.compile("占比|比例|占多少|占几|百分之|百分比|占全部|占总|比重|几成|占.{0,6}多少")),
    (
        "compare",
        re.compile(
            "一样|相同|相等|谁的?多|(?:谁|哪[家个])[^,。?]{0,10}(?:多|少)(?!少|大)(?:[?]|$|一些|一点)|谁的?少|谁更|哪个多|哪个少|哪个更|哪家多|哪家更|哪家少|哪边|对比|比较|比一比|相比"
            "|比.{0,12}[多少高低](?:吗|还是|不)|多还是|更多|更少|更高|更低|孰多|有什么不同|有何不同|有差别"
        ),
    ),
    ("count", re.compile(f"(?:多少|几|有多少|有几)(?:{_COUNTED})")),
    (
        "filter",
        re.compile(
            "哪些|哪几(?:家|个|份|年)|哪一?年(?=有|没|无|出现|发生)|哪一?家|哪一?个(?:单位|部门|局|机关)|哪一?份|哪里的|什么单位|谁(?!.{0,2}[多少])|列出.{0,6}的(?:单位|报告)"
            "|(?:没|未|有|超过|大于|多于|少于|不到|不足|空白|为零|为0|是零|是0|不超过|至多|最多\\d+|之间).{0,14}的(?:单位|部门|局|报告|年报|机关)"
            "|不(?:为|是|等于)(?:零|0)"
        ),
    ),
    (
        "sum",
        re.compile(
            "一共|总共|合计|总和|加起来|加一块儿?|加到一块|拢共|加总|累计|合起来|总数|总量|共(?!同|享)|汇总|加在一起|总的"
        ),
    ),
    (
        "list",
        re.compile(
            "分别|各是|各自|各有|各为|各(?:多少|几)|列出|列一下|列举|逐个|一一|都是多少|每家|每个单位|各单位|各家|各局"
        ),
    ),
    (
        "exists",
        re.compile(
            "吗|是否|有没有|有无|是不是|有过|没有过|过没|(?<!什)么[?]?$|没[?]?$|对不对|对吧"
        ),
    ),
)
_ASCENDING = re.compile(
    "最少|最低|最小|垫底|第[二两三四五六七八九十\\d]+[少低小]|[从由](?:少|低|小)|后[一二三四五六七八九十\\d]+名|倒数|谁的?少|更少"
)
_LIMIT = re.compile(
    "(?:前|后|倒数|top|最[多高大少低小]的)(?P<count>[一二两三四五六七八九十]|\\d{1,2})(?:名|家|位|个)?",
    re.IGNORECASE,
)
_PLACE = re.compile("第(?P<place>[一二两三四五六七八九十]|\\d{1,2})(?!方|类|[条章款项期季批])")

# 超过10件 · 十件以上 · 不到5条
_NUMERAL = "\\d+(?:\\.\\d+)?|[零一二两三四五六七八九十百千万]+"
_BOUNDS: tuple[tuple[Comparison, str], ...] = (
    ("≥", "不少于|至少|不低于|达到|不小于"),
    ("≤", "不超过|至多|最多只有|最多有?(?=\\d|[一二三四五六七八九十])|不多于|不高于|不大于"),
    (">", "超过|大于|多于|高于|超出"),
    ("<", "少于|低于|不到|不足|小于|未达到|没到"),
    ("=", "等于|正好|刚好|恰好"),
)
_MULTIPLES: Mapping[str, int] = {"万": 10_000, "亿": 100_000_000}
_IN_WAN = "万元"
_SCALE = "[万亿]?元|[万亿]"
_BOUND = re.compile(
    "|".join(
        f"(?P<b{i}>(?:{words})(?P<n{i}>{_NUMERAL})(?P<s{i}>{_SCALE})?)"
        for i, (_, words) in enumerate(_BOUNDS)
    )
)
_BOUND_AFTER = re.compile(
    f"(?P<number>{_NUMERAL})(?P<scale>{_SCALE})?(?:[件条次人家宗项份]|%)?(?P<end>及?以上|及?以下|以内|之内)"
)
# 5到50件之间: both ends count.
_BETWEEN = re.compile(
    f"(?P<low>{_NUMERAL})(?:{_SCALE}|[件条次人家宗项份]|%)?(?:到|至|-|~|和|与)(?P<high>{_NUMERAL})(?P<scale>{_SCALE})?(?:[件条次人家宗项份]|%)?(?:之间|以内)"
)
_WHETHER = re.compile("有没有|有无|是不是|没没有")
_NOT_NONE = re.compile("不(?:为|是|等于)(?:零|0)|非零")
_NONE = re.compile("没|未|无|零|(?<!\\d)0(?:件|条|次|宗)?|为空|从未|从来没")
_UNSTATED = re.compile("没|未|无|缺|漏|不(?:写|提|含|包括|说明)")
_BLANK = re.compile("空白|没填|没有填|未填|空着|留空|空格|漏填|为空")
# 人大建议多于政协提案 · 复议比诉讼多; the measures are masked by bars
_AGAINST = re.compile(
    "[|](?:的|数|数量|件数)?(?:(?P<more>多于|大于|超过|高于)|(?P<less>少于|小于|低于|不如|不到))[|]"
    "|[|](?:的|数|数量|件数)?比[|]+(?:的|还|更|要|数|数量)*(?:(?P<above>[多高大])|(?P<below>[少低小]))(?!多少|几|了?多少|了?几)"
)
# 是不是35件 · 35件对吗 · 那35件
_CLAIM = re.compile("(?P<number>\\d+(?:\\.\\d+)?)(?P<unit>万元|件|条|人|次|宗|项|份|个|名|篇|场|%)")


def find_operation(text: str) -> Operation:
    """What the masked question asks to be done; "value" where nothing else is said."""
    return next((operation for operation, words in _OPERATIONS if words.search(text)), "value")


def without_operations(text: str) -> str:
    """The text of the same length with every word for an operation or a bound masked."""
    for words in (*(pattern for _, pattern in _OPERATIONS), _BOUND, _BOUND_AFTER, _LIMIT):
        text = words.sub(lambda match: "|" * len(match.group()), text)
    return text


def is_descending(text: str) -> bool:
    """Whether the largest comes first, as it does unless the smallest are asked for."""
    return not _ASCENDING.search(text)


def find_limit(text: str) -> int | None:
    """How many of a ranking are asked for (前三名), None for all."""
    match = _LIMIT.search(text)
    return _to_int(match["count"]) if match else None


def find_place(text: str) -> int | None:
    """The one rank that is asked for (排第二), None for all or the first."""
    match = _PLACE.search(text)
    return _to_int(match["place"]) if match else None


def find_condition(text: str, measure: Measure) -> Condition:
    """The condition that a filter puts on a measure; without words for one, that there is any."""
    bound = _bound(text, measure.unit)
    if bound:
        comparison, number, said = bound
        return Condition(measure, comparison, number, said=said)
    if _NOT_NONE.search(text):
        return Condition(measure, ">", 0)
    text = _WHETHER.sub("", text)
    # A sum of money is collected or not; whether the report speaks of it is a statement.
    if measure.aspect == "statement" or (measure.aspect == "figure" and measure.unit != "元"):
        return Condition(measure, "unstated" if _UNSTATED.search(text) else "stated")
    if _BLANK.search(text):
        return Condition(measure, "blank")
    return Condition(measure, "=" if _NONE.search(text) else ">", 0)


def find_conditions(text: str, measure: Measure) -> tuple[Condition, ...]:
    """The conditions on a measure: one, or both ends of a range."""
    if match := _BETWEEN.search(text):
        scale = match["scale"] or ""
        low, high = (_scaled(match[end], scale, measure.unit) for end in ("low", "high"))
        if low is not None and high is not None:
            return (
                Condition(measure, "≥", low, said=match["low"] + scale),
                Condition(measure, "≤", high, said=match["high"] + scale),
            )
    return (find_condition(text, measure),)


def has_bound(text: str) -> bool:
    """Whether the question compares with a number (超过10件)."""
    return _bound(text) is not None or bool(_BETWEEN.search(text))


def find_comparison(masked: str, measures: Sequence[Measure]) -> Condition | None:
    """The condition that one measure is more or less than another of the same report."""
    match = _AGAINST.search(masked)
    if not match or len(measures) != 2 or _source(measures[0]) != _source(measures[1]):
        return None
    first, other = measures
    return Condition(first, ">" if match["more"] or match["above"] else "<", other=other)


def _source(measure: Measure) -> str:
    return measure.cells[0].table if measure.cells else measure.aspect


def find_claims(text: str) -> Iterator[Claim]:
    """The numbers that the questioner takes for granted."""
    for match in _CLAIM.finditer(text):
        digits = match["number"]
        number: Number = float(digits) if "." in digits else int(digits)
        yield Claim(number, match["unit"], match.group())


def _bound(text: str, unit: str = "") -> tuple[Comparison, Number, str] | None:
    """How a number is compared with, that number in `unit`, and as the question writes it."""
    if match := _BOUND.search(text):
        for index, (comparison, _) in enumerate(_BOUNDS):
            if match[f"b{index}"]:
                numeral, scale = match[f"n{index}"], match[f"s{index}"] or ""
                number = _scaled(numeral, scale, unit)
                return None if number is None else (comparison, number, numeral + scale)
    if match := _BOUND_AFTER.search(text):
        numeral, scale = match["number"], match["scale"] or ""
        number = _scaled(numeral, scale, unit)
        if number is not None:
            return ("≥" if "上" in match["end"] else "≤"), number, numeral + scale
    return None


def _scaled(numeral: str, scale: str, unit: str) -> Number | None:
    """The number in the unit of the measure: 5000元 is 0.5 of 万元, 1万件 is 10000件."""
    number = _to_number(numeral)
    if number is None:
        return None
    number *= _MULTIPLES.get(scale[:1], 1)
    if unit == _IN_WAN and (scale or "万" in numeral):
        number /= _MULTIPLES["万"]
    return int(number) if number == int(number) else number


def _to_number(text: str) -> Number | None:
    if "." in text:
        return float(text)
    return int(text) if text.isdigit() else chinese_numeral(text)


def _to_int(text: str) -> int | None:
    return int(text) if text.isdigit() else chinese_numeral(text)
