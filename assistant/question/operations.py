"""The words that say what is to be done with a measure: ranked, summed, compared, filtered, asked back.

Pure patterns and data; it knows neither agencies nor measures. Patterns are searched in a question
whose names, years and measures are masked, in the order given: the first that fits decides.
"""

import re
from collections.abc import Iterator

from assistant.query import Claim, Operation
from assistant.question.conditions import without_bounds
from ingest.numbers import chinese_numeral
from ingest.report import Number

_COUNTED = "家|个单位|个部门|个局|个机关|份报告|份年报|份(?=[?]?$)|个区|个县|个市"
_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    (
        "pace",
        re.compile(
            "(?:年均|年平均|平均每年|每年平均|[|]{2,}平均|平均[|]{2,})(?:的|大[概约]|大致|会)?(?:数量|件数)?(?:增长|增速|增幅|增加|增量|增多|减少|下降|降幅|变化|变动|[增减涨升降])|复合(?:年)?(?:增长|增速)|平均(?:年)?增(?:长率|速|幅)"
        ),
    ),
    (
        "streak",
        re.compile(
            "连续(?:了)?(?:[一两二三四五六七八九十\\d几]个?[年次]|多少年)?[^,，。?？]{0,8}?(?:上升|增长|增加|增多|走高|上涨|[增涨升]|变多|下降|减少|下滑|走低|[降跌减]|变少)"
            "|(?:哪些|哪[家几]|谁)[^,，。?？]{0,12}(?:逐年|一年比一年|年年|越来越)|(?:逐年|年年|一年比一年|越来越)[^,，。?？]{0,6}的(?:单位|部门|局|机关|有|是?哪|是?谁)"
        ),
    ),
    (
        "filter",
        re.compile(
            "(?:首次|首度|第一次|头一[次回]|最近一次|最后一次|上一次).*(?:哪|年|什么时候|谁)|(?:哪|年|什么时候|谁).*(?:首次|首度|第一次|头一[次回]|最近一次|最后一次|上一次)|(?:哪一?年|什么时候)(?:开始|起)|从哪一?年|开始有"
        ),
    ),
    (
        "difference",
        re.compile(
            "(?:[增降涨跌]幅|增速|增量|增长率|增长|同比)[^,，。]{0,6}(?:排名|排序|排行|名次|从[高大多]到|从[低小少]到|前[一二两三四五六七八九十\\d]+[名家位])"
        ),
    ),
    (
        "rank",
        re.compile(
            "(?<!最)后[一二两三四五六七八九十\\d]+(?:名|[家位个](?!月|季)|(?=呢|[?]?$))|最[多高大少低小]的?前?(?:[二两三四五六七八九十]|\\d+)[家个名位]|排名|排序|排一下|排一排|排列|排个|排行|名次|依次|前[一二两三四五六七八九十\\d]+[名家位]?(?!年)"
            "|(?:倒数)?第[二两三四五六七八九十\\d]+(?:名|位|[多少高低大小]|(?=的?是?谁|的?是?哪|呢|[?]?$))|排(?:名|在|到)?第[一二两三四五六七八九十\\d]+"
            "|[从由](?:多|高|大)[到至往](?:少|低|小)|[从由](?:少|低|小)[到至往](?:多|高|大)"
        ),
    ),
    (
        "difference",
        re.compile(
            "(?:增长|增加|减少|下降|上升|[涨降]|增幅|降幅|增量|增速)(?:幅度|数量|量|件数)?[^,。?]{0,2}最[多大快高少小]|[多少增减降升涨跌]得最|变化(?:幅度|率)?最|最[多大快高](?:的)?(?:增长|增幅|降幅|增量|增速|增加|减少|下降)"
            "|(?:增加|减少|增长|下降|上升|下滑|增多|[增减降升涨跌]了|持平|不变|没变|未变)了?的(?:单位|部门|局|机关|有|是?哪|是?谁)|(?:哪些|哪几?[家个]|谁)[^,。?]{0,12}(?:(?:增加|减少|增长|下降|上升|下滑|[增减降升涨跌])了(?!多少|几)|持平|没变|未变)"
            "|(?:没有?|未|不)(?:增加|减少|增长|下降|上升|下滑|增多|[增减降升涨跌])过?了?的(?:单位|部门|局|机关|有|是?哪|是?谁)|(?:哪些|哪几?[家个]|谁)[^,。?]{0,12}(?:没有?|未)(?:增加|减少|增长|下降|上升|下滑|[增减降升涨跌])"
            "|[|]{4,}年?(?:的|[|])*比[|]{4,}年?(?:的|[|])*(?:收|办|发)?(?:得|要|还|更)*[多少高低](?:的|了)?(?:单位|部门|局|机关|有?哪|[?]?$)"
        ),
    ),
    (
        "compare",
        re.compile(
            "[|](?:数量?|件数)?最?[多少高低大小]还是[|]|"
            "(?:超过|超了|多于|大于|高于|多过|高过|赶上|赶超|少于|低于|小于|不如|不及|比不上)了?[|]{2,}[^,，。]{0,6}(?:吗|么|没有?|[?？])[?？]?$"
            "|(?:是不是|是否|有没有)(?:都|要|还)?比[|]{2,}[^,，。]{0,6}[多少高低大小](?!了?\\d|多少|几)"
        ),
    ),
    ("median", re.compile("中位数|中位值|中间值")),
    ("deviation", re.compile("标准差|方差|离散程度|均方差")),
    (
        "times",
        re.compile(
            "[几多]少?倍|倍数|之比|比值|多少倍|翻了几番|是[|]{2,}年?(?:[^,，。占]{0,12})的(?:几成|百分之几|百分之多少|近?[两二三四五六七八九十\\d]+倍)"
        ),
    ),
    (
        "difference",
        re.compile(
            "最[多高大][^,。?]{0,6}(?:比|减)[^,。?]{0,4}最[少低小]|最[少低小][^,。?]{0,6}(?:比|减)[^,。?]{0,4}最[多高大]"
            "|(?:最[多高大][^,。?]{0,6}(?:和|与|跟|同)[^,。?]{0,4}最[少低小]|最[少低小][^,。?]{0,6}(?:和|与|跟|同)[^,。?]{0,4}最[多高大])(?=.*(?:差|多[多出几]|少[多几]|倍|悬殊))"
        ),
    ),
    (
        "difference",
        re.compile(
            "[|](?:数|数量|件数)?减(?:去|掉)?[|]"
            "|(?:相差|差距|差额|多得|多出|高出|超出)[^,，。|]{0,4}最[大多高]|最[大多高][^,，。|]{0,3}(?:差距|差额)"
        ),
    ),
    (
        "difference",
        re.compile(
            "哪(?:一?年|几年|些年份?)[^,，]{0,16}(?:增加|减少|增长|下降|上升|下滑|[增减降升涨跌]|(?<=[|])(?:更|要|还)?[多少])了?的?[?？]?$"
            "|(?:增加|减少|增长|下降|上升|下滑|[增减降升涨跌])了?的(?:是|有)?哪(?:一?年|几年|些年)"
        ),
    ),
    (
        "difference",
        re.compile(
            "(?:等于|持平于)[|]{4,}年?的?(?:单位|部门|局|机关|有|是?哪|是?谁)"
            "|(?:和|与|跟|同)[|]{4,}年?的?(?:一样多?|相同|相等)的?(?:单位|部门|局|机关|有?哪|有?谁)"
        ),
    ),
    ("difference", re.compile("[多少增减升降涨跌]了\\d+(?:\\.\\d+)?[件条个次宗万]")),
    ("difference", re.compile("变化了?(?:百分之|百分比|[多几]少?|幅度|率)")),
    (
        "extremum",
        re.compile(
            "最[早晚迟先]|哪一?年[^,，。?？]{0,4}(?<!最)[多少高低](?:[?？]|$)|最(?:常见|普遍|频繁|突出|集中)|哪一?[类种]为主|主要是哪|最多(?!\\d|[二三四五六七八九十])|最少(?!\\d|[二三四五六七八九十])|最高|最低|最大|最小|居首|垫底|第一名|第一的|最后一名|末位|排最后|倒数第[一1]|第[一1](?=是|[?]?$)|最靠前"
        ),
    ),
    ("average", re.compile("平均|均值|年均")),
    (
        "trend",
        re.compile(
            "趋势|走势|走向|(?<!同比)(?<!环比)变化|变[多少](?!了?(?:多少|几))|[多少]起来|[多少]下[来去]|逐年|越来越|一年比一年|一年年|(?:是不是|是否|有没有|在)?(?:下降|上升|减少|增加|增长|下滑)(?:了吗|了没|吗|了$|了[?]|了?(?=[,，].{0,6}(?:真|对|吗|没错)))"
            "|是不是[|]*(?:在)?(?:下降|上升|减少|增加|增长)|是否[|]*(?:下降|上升|减少|增加|增长)|涨没涨|[增升降]没[增升降]|增没增加|上升还是下降|增加还是减少(?!了?(?:多少|几))|多了还是少了(?!多少|几)|少了还是多了(?!多少|几)|[涨升增多]了?还是[掉跌降减少](?!了?(?:多少|几))"
        ),
    ),
    (
        "difference",
        re.compile(
            "差多少|差几|极差|(?<![最提])[高低](?:出|了)?(?:多少|几)|(?:多了还是少了|增加还是减少)了?(?:多少|几)|比[^,。?]{1,24}(?:多|少|高|低)[^,。?]{0,4}(?:多少|几[件条个次])|(?<!多)[多少](?:[|]{1,4}|收到|收|公开|发布|办理|办结|办|答复)了?(?:多少|几)|相差|差距|差额|差了|多多少|少多少|多几|少几|多出|多了多少|少了多少|多了几|少了几"
            "|是[增升涨多]还?是[减降跌少]|(?:增长|增加|减少|下降|上升|多|少|[增减降升涨跌])了?百分之|比[^,。?]{1,24}(?:多|少|高|低|增加|减少|增长|下降|上升)(?:出|收|办|公开|发布)?了?\\d+(?:\\.\\d+)?(?:件|条|个|次|人|万|%)|(?:涨|升|降|跌|掉)了?(?:多少|几)|(?:提高|提升|降低|上升)了?(?:多少|几)|增加了?(?:多少|几)|减少了?(?:多少|几)|增长了?(?:多少|几)|下降了?(?:多少|几)|同比|环比|增幅|降幅|涨幅|跌幅|增长率|增速|降低率|较上年|比上年"
        ),
    ),
    ("share", re.compile("占比|比例|占多少|占几|百分之|百分比|占全部|占总|比重|几成|占.{0,6}多少")),
    (
        "compare",
        re.compile(
            "一样|相同|相等|谁的?[多高低大]|(?:谁|哪[家个])[^,。?]{0,10}(?:多|少|(?<!最)[高低])(?!少|大)(?:[?]|$|一些|一点|[,，](?!.*[多几]少?))|谁的?少|谁更|哪个多|哪个少|哪个更|哪家多|哪家更|哪家少|哪边|对比|比较|比一比|相比"
            "|比.{0,12}[多少高低]了?[,，]?(?:吗|还是|不|对吗|是吗|对吧|是吧|吧)|多还是|更多|更少|更高|更低|孰多|有什么不同|有何不同|有差别"
        ),
    ),
    ("count", re.compile(f"(?:多少|几)(?:{_COUNTED})")),
    (
        "filter",
        re.compile(
            "哪些|哪几(?:家|个|份|年)|哪一?年(?=有|没|无|出现|发生)|哪一?家|哪一?个(?:单位|部门|局|机关)|哪一?份|哪里的|什么单位|谁(?!.{0,2}[多少])|列出.{0,6}的(?:单位|报告)"
            "|(?:没|未|无|零|有|超过|大于|多于|少于|不到|不足|空白|为零|为0|是零|是0|不超过|至多|最多\\d+|之间).{0,14}的(?:单位|部门|局|报告|年报|机关)"
            "|(?:只有|仅有|仅|全是|全部是|全都是|都是|全部?来自|都来自|清一色(?:是)?)[|].{0,10}的(?:单位|部门|局|机关)"
            "|[都均][|]+过?的(?:单位|部门|局|机关)|净(?:减少?|增加?|增长)的(?:单位|部门|局|机关)|(?<!是)不(?:为|是|等于)(?:零|0)|\\d(?:%|件|条|次|宗|万元)的(?:单位|部门|局|机关)"
        ),
    ),
    (
        "sum",
        re.compile(
            "一共|总共|合计|总和|之和|加起来|加一块儿?|加到一块|拢共|加总|累计|合起来|总数|总量|共(?!同|享)|汇总|加在一起|总的"
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
            "吗|是否|有没有|有无|是不是|有过|没有过|过没|(?<!什)么[?]?$|没有?[?]?$|对不对|对吧"
        ),
    ),
)
_ASCENDING = re.compile(
    "最少|最低|最小|垫底|第[二两三四五六七八九十\\d]+[少低小]|[从由](?:少|低|小)|(?<!最)后[一二两三四五六七八九十\\d]+(?:名|[家位个](?!月|季)|(?=呢|[?]?$))|末位|排最后|倒数|谁的?少|更少"
)
_LIMIT = re.compile(
    "(?:前|后|倒数|top|最[多高大少低小]的)(?P<count>[一二两三四五六七八九十]|\\d{1,2})(?:名|家|位|个)?",
    re.IGNORECASE,
)
_PLACE = re.compile("第(?P<place>[一二两三四五六七八九十]|\\d{1,2})(?!方|类|[条章款项期季批])")

# 是不是35件 · 35件对吗 · 那35件
_CLAIM = re.compile("(?P<number>\\d+(?:\\.\\d+)?)(?P<unit>万元|件|条|人|次|宗|项|份|个|名|篇|场|%)")
# 两万四千件
_CLAIM_IN_WORDS = re.compile(
    "(?P<number>[一二两三四五六七八九十百千万零〇]{2,})(?P<unit>件|条|人|次|宗|项)"
)
# 据说一件复议都没有
_CLAIM_OF_NONE = re.compile("一(?P<unit>[件条次宗个])(?:[^,，。]{0,8})(?:都|也)没")
# 申请是零吗 · 是不是0
_CLAIM_OF_ZERO = re.compile("(?:是不是|是否为|是|为)(?:零|0)(?=[吗吧么对,，?？]|$)")
_WHICH_ONES = re.compile("哪[家个些几]|谁|的(?:单位|部门|局|机关|有)")


def find_operation(text: str) -> Operation:
    """What the masked question asks to be done; "value" where nothing else is said."""
    return next((operation for operation, words in _OPERATIONS if words.search(text)), "value")


def without_operations(text: str) -> str:
    """The text of the same length with every word for an operation or a bound masked."""
    for words in (*(pattern for _, pattern in _OPERATIONS), _LIMIT):
        text = words.sub(lambda match: "|" * len(match.group()), text)
    return without_bounds(text)


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


def find_claims(text: str) -> Iterator[Claim]:
    """The numbers that the questioner takes for granted, 0 where there is said to be none."""
    if match := _CLAIM_OF_NONE.search(text):
        yield Claim(0, match["unit"], match.group())
    if (match := _CLAIM_OF_ZERO.search(text)) and not asks_which_ones(text):
        yield Claim(0, "", match.group())
    for match in _CLAIM_IN_WORDS.finditer(text):
        if in_words := chinese_numeral(match["number"]):
            yield Claim(in_words, match["unit"], match.group())
    for match in _CLAIM.finditer(text):
        digits = match["number"]
        number: Number = float(digits) if "." in digits else int(digits)
        yield Claim(number, match["unit"], match.group())


def _to_int(text: str) -> int | None:
    return int(text) if text.isdigit() else chinese_numeral(text)


def asks_which_ones(text: str) -> bool:
    """Whether it asks which agencies or reports, and not about some that are known."""
    return bool(_WHICH_ONES.search(text))
