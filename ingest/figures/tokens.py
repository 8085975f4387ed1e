"""A sentence → the numbers in it that count something, with their units.

Knows how numbers are written in running text and which of them count nothing: dates, document
numbers, telephone numbers, ordinals, articles of law, names in quotation marks. The invariant: each
token's span, in the sentence's own letters, holds the number and its unit and nothing else.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from ingest.characters import for_matching
from ingest.numbers import CHINESE_NUMERAL, MAX_DIGITS, chinese_numeral
from ingest.report import Number
from ingest.sentences import Span

MASK = "□"
"""Stands, one for one, for characters that hold no count."""


@dataclass(frozen=True, slots=True)
class View:
    """A sentence for matching: no spaces, half-width; `offsets` leads back to its own letters.

    In `text` everything that counts nothing is masked; `plain` is the same without masks.
    """

    plain: str
    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Where the characters from `start` up to `end` stand in the sentence."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Token:
    """A number with its unit; `start` and `end` are positions in the view."""

    start: int
    end: int
    value: Number
    unit: str
    approximate: bool = False


_TITLE = r"《[^《》]*》|<[^<>]{2,60}>"
_DATE = (
    r"(?:19|20)\d{2}(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?|(?:19|20)\d{2}年?\d{1,2}月\d{1,2}日"
    r"|(?:19|20)\d{2}年?[-—~至到](?:19|20)\d{2}年?|(?:19|20)\d{2}年\d{1,2}(?:[-—~至]\d{1,2})?月份?"
    r"|(?:19|20)\d{2}年(?:度|底|末|初|以来)?|\d{1,2}月\d{1,2}日|(?<!\d)\d{1,2}[-—~至]\d{1,2}月|\d{1,2}月份?底?"
    r"|[二两][〇零○][〇零○一二三四五六七八九]{2}年度?|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]*日?"
    r"|\d{1,2}:\d{2}(?::\d{2})?|[一二三四]季度"
)
_MAIL = r"|[a-zA-Z0-9._-]+@[a-zA-Z0-9.-]+"
_REFERENCE = (
    r"[〔\[(【]\d{4}[〕\])】](?:第)?\d*号?|第?\d+号|令第\d+"
    r"|第[\d一二三四五六七八九十百]+(?:\([一二三四五六七八九十]+\)项|[条款项章节届次批期轮季位名个])(?:第?\([一二三四五六七八九十\d]+\)项?)?"
    r"|https?://[^\s,;。，)）]+|www\.[\w./-]+"
    rf"{_MAIL}|(?:电话|传真|邮编|邮政编码|邮箱|热线|手机)(?:号码)?(?:/传真)?(?:[:是为][\d—–\-、/()转]+|[\d—–\-/()转]{{5,}})"
    r"|\d{3,4}[-—–]+\d{6,8}|(?<!\d)1[3-9]\d{9}(?!\d)|地址[:：][^。;；)]*"
    r"|(?<!\d)(?:12345|12348|12306|12315|12333|12369|12320|110|119|120)(?=[^\d条件次个人名篇项.,万余]|$)"
)
_ORDINAL = (
    r"^\(?\d{1,2}[.、)](?!\d)|(?<=[。;；:：])\(?\d{1,2}[.、)](?!\d)|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)"
    r"|^[一二三四五六七八九十]{1,3}[、.]|[一二三四五六七八九十]是"
)
# 20个工作日, 5年, 24小时: how long, not how many.
_DURATION = (
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)(?:个)?(?:工作日|日内|天|小时|分钟|个月|月内|年内|年来|周年|年以上|年|周|岁)"
    r"|[一二两三四五六七八九十]年"
)
_LETTERED = (
    r"[A-Za-z]+[-]?\d+(?:\.\d+)?|\d+(?:\.\d+)?[A-Za-z×]+\d*|\d+[+×*]\d+(?:[+×*]\d+)*|\d+\.\d+版"
)
_NO_COUNT = re.compile("|".join((_TITLE, _DATE, _REFERENCE, _ORDINAL, _DURATION, _LETTERED)))
# Any word may begin an address, and is read to its end to look for the @; all else that counts
# nothing begins with one of these characters, and other characters need not be tried forty ways.
_BEGINNINGS = r"\dA-Za-z一二两三四五六七八九十《<〔\[(【第令电传邮热手地"
_NO_COUNT_NOR_MAIL = re.compile(rf"(?=[{_BEGINNINGS}])(?:{_NO_COUNT.pattern.replace(_MAIL, '')})")

# “12345”热线, “最多跑一次”, “7条小知识”: the words in quotation marks may name what is counted after
# them, the numbers in them count nothing.
_QUOTED = re.compile(r"“[^“”]{1,40}”|\"[^\"]{1,40}\"")
_NUMBER_IN_QUOTES = re.compile(rf"[\d]|{CHINESE_NUMERAL}(?=[条件次人名位个场家项])")

_UNITS = (
    "个百分点|百分点|条次|件次|人次|篇次|场次|户次|批次|班次|份次|台次|家次|点次|轮次|项次|车次|辆次|条|件|人|名|位|次|篇|期|场|个|家|项|份|起|宗|例|批|户|部|则|册|卷"
    "|幅|张|块|处|台|辆|封|通|站|类|门|套|组|支|轮|款|集|段|亿元|万元|元|万人|%|‰|辑|幢|亩|吨|公里|栏|版|稿|堂|回|对|座|所|方|帧|倍|本|笔|页|字"
)
UNITS = frozenset(_UNITS.split("|"))
"""What numbers are counted in."""
RATES = frozenset(["%", "‰", "个百分点", "百分点", "成", "倍", "番"])
"""Units of shares and changes, which count nothing by themselves."""
_MORE = "余|多|几|左右"
# 52条  45.28万条  50余条  1.3万余条  550万  99.58%
_NUMBER = re.compile(
    r"(?=\d)(?<![\d.A-Za-z])(?<!\d,)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<more>{_MORE})?(?P<times>[万亿](?!元))?(?P<more2>{_MORE})?"
    rf"(?:\((?:次|件|条|份|篇|项|人)\))?(?P<unit>{_UNITS})?(?:\((?:次|件|条|份|篇|项|人)\))?(?P<over>以上|左右)?"
)
_IN_WORDS = re.compile(
    rf"(?P<over>上(?=[百千万亿]))?(?P<number>{CHINESE_NUMERAL}+)(?:(?P<more>余|多|来|几)?(?P<unit>条次|件次|人次|场次"
    r"|条|件|人|名|位|次|篇|期|场|家|份|宗|起|元|张|册|幅|封|户|块)"
    rf"|(?P<odd>余|多)(?P<other>{_UNITS}))"  # 百余项: with 余 a numeral in words is surely a count
)
_PER_CENT = re.compile(
    rf"百分之(?P<number>{CHINESE_NUMERAL}+)(?:点(?P<decimals>[零〇一二三四五六七八九]+))?"
)
# 翻一番 翻了两番 翻番
_DOUBLED = re.compile(r"翻(?:了)?(?P<number>[一两二三])?番")
# 六成  九成以上; not 一成不变, 三成员
_TENTHS = re.compile(
    r"(?<![\d.一二两三四五六七八九十百千万第分合])(?P<number>[1-9]|[一二两三四五六七八九])成(?P<half>半)?"
    r"(?=以上|左右|的|多|[,，;；。、)）]|$)"
)
_ABOUT = re.compile(
    r"(?:约|近|超|超过|突破|逾|达到?近|大约|将近|不少于|不低于|至少|不足|不到|少于)$"
)
# One thing in words is seldom a count (跑一次, 一件事); after these words it is.
_COUNTED_ONE = re.compile(
    r"(?:申请|收到|受理|答复|办理|复议|诉讼|召开|举办|开展|组织|发布|公开|指定|配备|安排|仅有?|共有?|共计|培训|会)了?$"
)
_NOT_AFTER_ONE = re.compile(r"[事]|性|条龙|次性|次办")
# 2件、1件  12件(80%)和3件
_BETWEEN_LISTED = re.compile(r"(?:\([^()]{1,12}\))?[、,和及与]+(?=\d)")
# Without a unit a number counts only where a clause ends with it: 部分公开67，占4.6%
_CLAUSE_END = re.compile(r"[,，;；。、)）]|$")
_COUNTED_BARE = re.compile(
    r"(?:公开|提供|处理|申请|复议|诉讼|有效|废止|制发|人数|用户|粉丝|订阅|关注|访问|浏览|点击)(?:数|量|数量|总量|量数)?"
    r"(?:共|达到?|为|是|约|近|突破|超过?|:)*$"
)


def sentence_view(sentence: str) -> View:
    """The sentence as it is matched, with masks over what counts nothing."""
    pieces = list(map(_readable, sentence))
    joined = "".join(pieces)
    offsets: Sequence[int] = range(len(joined))
    if len(joined) != len(pieces) or "" in pieces:
        offsets = tuple([offset for offset, piece in enumerate(pieces) for _ in piece])
    no_count = _NO_COUNT if "@" in joined else _NO_COUNT_NOR_MAIL
    masked = no_count.sub(_mask, joined)
    if "“" in masked or '"' in masked:
        masked = _QUOTED.sub(lambda match: _NUMBER_IN_QUOTES.sub(MASK, match[0]), masked)
    return View(joined, masked.replace("转结", "结转"), offsets)


def _mask(match: re.Match[str]) -> str:
    return MASK * len(match[0])


@lru_cache(maxsize=16_384)
def _readable(character: str) -> str:
    """The character for matching; a footnote mark is left out, it would join its number."""
    if unicodedata.category(character) == "No":
        return ""
    return for_matching(character)


def view_tokens(view: View) -> Iterator[Token]:
    """The numbers of the view that count something, in order."""
    found = [*_digit_tokens(view), *_word_tokens(view)]
    yield from sorted(found, key=lambda token: token.start)


def _digit_tokens(view: View) -> Iterator[Token]:
    for match in _NUMBER.finditer(view.text):
        token = _digit_token(view.text, match)
        if token:
            yield token


def _digit_token(text: str, match: re.Match[str]) -> Token | None:
    before = text[: match.start()]
    end = match.end()
    unit = match["unit"]
    if unit is None and not (_CLAUSE_END.match(text[end:]) and _COUNTED_BARE.search(before)):
        return None
    if (
        unit is None
        and match["times"] is None
        and len(match["number"]) == 4
        and before.endswith(MASK)
    ):
        return None
    digits = match["number"].replace(",", "")
    if len(digits) > MAX_DIGITS or (
        unit is None and text[end : end + 1].isascii() and text[end : end + 1].isalnum()
    ):
        return None
    about = match["more"] or match["more2"] or match["over"] or _ABOUT.search(before)
    return Token(match.start(), end, _value(digits, match["times"]), unit or "", bool(about))


def listed_numbers(text: str, position: int) -> list[Token]:
    """The numbers of a list that begins there, one that has no unit with that of the next: 12、3条."""
    found: list[Token] = []
    while match := _NUMBER.match(text, position):
        digits = match["number"].replace(",", "")
        if len(digits) > MAX_DIGITS:
            return []
        about = match["more"] or match["more2"] or match["over"] or _ABOUT.search(text[:position])
        value = _value(digits, match["times"])
        found.append(Token(match.start(), match.end(), value, match["unit"] or "", bool(about)))
        gap = _BETWEEN_LISTED.match(text, match.end())
        if gap is None:
            break
        position = gap.end()
    unit = ""
    for index in range(len(found) - 1, -1, -1):
        unit = found[index].unit or unit
        found[index] = replace(found[index], unit=unit)
    return found


def _value(digits: str, times: str | None) -> Number:
    value = Decimal(digits) * {None: 1, "万": 10**4, "亿": 10**8}[times]
    return int(value) if value == value.to_integral_value() else float(value)


def _word_tokens(view: View) -> Iterator[Token]:
    for match in _PER_CENT.finditer(view.text):
        whole = chinese_numeral(match["number"])
        if whole is not None:
            decimals = "".join(str(chinese_numeral(digit)) for digit in match["decimals"] or "")
            value = _value(f"{whole}.{decimals or 0}", None)
            about = bool(_ABOUT.search(view.text[: match.start()]))
            yield Token(match.start(), match.end(), value, "%", about)
    for match in _DOUBLED.finditer(view.text):
        times = chinese_numeral(match["number"] or "一") or 1
        about = bool(_ABOUT.search(view.text[: match.start()]))
        yield Token(match.start(), match.end(), times, "番", about)
    for match in _TENTHS.finditer(view.text):
        tenths: Number = chinese_numeral(match["number"]) or int(match["number"])
        tenths += 0.5 if match["half"] else 0
        yield Token(match.start(), match.end(), tenths, "成", approximate=True)
    for match in _IN_WORDS.finditer(view.text):
        words = match["number"]
        number = chinese_numeral(f"一{words}" if words in ("万", "亿") else words)  # 万余份
        before, after = view.text[: match.start()], view.text[match.end() :]
        if number is None or before.endswith(
            ("第", "之", "每", "前", "逐", "多", "数", "几", "成百", "成千", "任何", "万", ".")
        ):
            continue
        if number == 1 and (not _COUNTED_ONE.search(before) or _NOT_AFTER_ONE.match(after)):
            continue
        if before[-1:].isdigit() or after.startswith(match["number"]):  # 2万条; 一人一档
            continue
        odd = match["more"] or match["odd"] or match["over"]
        unit = match["unit"] or match["other"]
        yield Token(match.start(), match.end(), number, unit, bool(odd or _ABOUT.search(before)))
