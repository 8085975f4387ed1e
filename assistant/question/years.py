"""The years that a question speaks of.

Pure. Relative years count from the conversation's year or the library's newest, never from the
system's clock: 去年 means the year before the one that is being talked about.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.numbers import chinese_numeral

FIRST_YEAR = 2008
"""Reports on open government information exist since the regulations of 2008 (条例施行)."""
LAST_YEAR = 2099

# 2021 to 2024 in the forms people type: 2021年到2024年, 2021-2024, 2021—2024年, 2021至2024年度
_RANGE = re.compile(
    r"(?:从|自)?(?P<first>20\d\d)年?度?(?:到|至|-|—+|–|~|～)(?P<last>20\d\d)(?:年度?|(?!\d|件|条))"
)
# 23、24两年 · 22到24年
_SHORT_FEW = re.compile(
    r"(?<!\d)(?P<first>[12]\d)年?(?P<between>[、和与跟及,，]|到|至|-|—+|~)(?P<last>[12]\d)(?:这)?[两二三四几]?年度?"
)
_SINCE = re.compile(r"(?:从|自)?(?P<first>20\d\d)年?(?:以来|至今|到现在|到今天)")
# 2022年之后 · 2022年之前 · 截至2024年
_AFTER = re.compile(r"(?P<first>20\d\d)年?(?:之后|以后)")
_FROM = re.compile(r"(?:从|自)?(?P<first>20\d\d)年?(?:起(?!草|诉|到|点)|开始(?!有))")
_BEFORE = re.compile(r"(?P<last>20\d\d)年?(?:之前|以前)")
_UNTIL = re.compile(r"(?:截至|截止到?)(?P<last>20\d\d)年?(?:底|末)?")
_FULL = re.compile(r"(?<!\d)(?P<year>20\d\d)(?:年度?|(?!\d|件|条|号|〕|\]|\)|人|次))")
_SHORT = re.compile(r"(?<![\d近前后过])(?P<year>[0-3]\d)年(?!来|内|间)度?")
# 市监局 23 复议: two digits just after the name at the beginning, which is masked
_BARE = re.compile(
    r"^[|]+的?(?P<year>[12]\d)(?=[|一-龥])(?![件条个次人家份篇宗项期场月日号天万元名位])"
)
_WORDS = re.compile("(?P<year>二[〇零○Oo0][〇零一二三四五六七八九○]{2})年?度?")
# 市监局二三年: a year just after a name, which is masked
_SHORT_WORDS = re.compile("(?<=[|])(?P<year>[一二][〇零一二三四五六七八九])年(?!来|内|间|里)度?")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
# 两千零二十四年
_SPOKEN = re.compile("(?P<year>[二两]千[零〇]?[一二三四五六七八九十]{1,3})年?度?")
_LAST_FEW = re.compile(
    r"(?:最?近|过去|这|前|连续(?=[两二三四五六七八九十\d]年(?:里|间|来)?(?:都|均|没|未|无|有|为零|是零)))(?P<count>[两二三四五六七八九十]|\d{1,2})年(?:来|间|里)?"
)
# 四年申请增加多少: the change over so many years
_FEW_OF_CHANGE = re.compile(
    r"(?<![\d第续每隔近去这前后])(?P<count>[两二三四五六七八九十])年(?:来|间|里|以来)?"
    "(?=[^,，。每逐年]{0,12}(?:增加|减少|增长|下降|上升|变化|增幅|降幅|涨|[增减多少]了)[^,，。]{0,4}(?:多少|几|率|$))"
)
_RELATIVE: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile("大前年|上上上一?年"), -3),
    (re.compile("前年|上上一?年度?"), -2),
    (re.compile("去年|上一?年度?(?!结转|转)|前一年|头一年"), -1),
    (
        re.compile(
            "今年|本年度?(?!新收|制发|废止|处理|收费|办理|新制作|新公开|增)|当年|[这那]一?年(?!度?报)"
        ),
        0,
    ),
    (re.compile("(?<![到至转入])下一?年度?(?!继续|办理)|后一年|次年|第二年(?!度?报)"), 1),
)
# 2022年比上年: the year before the one named, not before the one spoken of.
_NEIGHBOURS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile("(?<=[比较])去年|上一?年度?(?!结转|转)|前一年|头一年"), -1),
    (re.compile("当年|同年"), 0),
    (re.compile("(?<![到至转入])下一?年度?(?!继续|办理)|后一年|次年|第二年(?!度?报)"), 1),
)
_RANGES = frozenset(["到", "至", "-", "—", "——", "~"])
_EVERY = re.compile("历年|逐年|每一?年|各年度?|各个年度|所有年[份度]|年年|这些年|多年来?|历史上?")
_NEWEST = re.compile(
    "最新(?:的)?(?:一年|年度|一期|年报|报告)?|最近(?!一次|哪|[两二三四五六七八九十几])(?:的)?(?:一年|年度|一期|年报|报告)"
)


_OLDEST = re.compile("最早(?:的)?(?:那?一年|年度|一期|年报|报告|年份)|(?<!几)第一年|首年")


@dataclass(frozen=True, slots=True)
class YearsNamed:
    """The years of a question; `every` when it asks for all of them.

    `span` is how many years were asked for (近三年 is 3), `rest` the text with their words masked.
    """

    years: tuple[int, ...]
    rest: str
    every: bool = False
    span: int | None = None


def find_years(
    text: str,
    base: int | None,
    held: Sequence[int] = (),
    newest: int | None = None,
    oldest: int | None = None,
) -> YearsNamed:
    """The years named in a text made plain for matching.

    `base` is the year that 今年 means; `newest` is the last of 近三年, `base` where None, `oldest` the
    first that is held of those asked about; `held` are the years that the library has.

    >>> find_years("2021到2023年收到多少", None).years
    (2021, 2022, 2023)
    """
    found, rest, span = _spans(text, newest or base)
    if not found and base:
        first_held = oldest or min(held, default=base)
        found, rest, span = _open_spans(rest, first_held, newest or max(held, default=base))
    for pattern, year_of in _absolute():
        rest = _collect(pattern, year_of, rest, found)
    # Every word for a year that counts from another one holds 年: most questions have none left.
    has_words = "年" in rest
    if has_words and len(set(found)) == 1:
        for pattern, year_of in _relative(_NEIGHBOURS, found[0]):
            rest = _collect(pattern, year_of, rest, found)
    if has_words and base is not None:
        for pattern, year_of in _relative(_RELATIVE, base):
            rest = _collect(pattern, year_of, rest, found)
    every = bool(_EVERY.search(rest))
    rest = _EVERY.sub(_bars, rest)
    if base and _NEWEST.search(rest):
        found.append(newest or max(held, default=base))
        rest = _NEWEST.sub(_bars, rest)
    if oldest and _OLDEST.search(rest):
        found.append(oldest)
        rest = _OLDEST.sub(_bars, rest)
    return YearsNamed(tuple(sorted(set(found))), rest, every, span)


def _spans(text: str, last_of_few: int | None) -> tuple[list[int], str, int | None]:
    """The years of every word for several at once, the text without it, and how many they are."""
    found: list[int] = []
    rest = text
    span: int | None = None
    if match := _RANGE.search(rest):
        first, last = sorted((int(match["first"]), int(match["last"])))
        found += range(first, last + 1)
        span = last - first + 1
        rest = _mask(rest, match)
    if match := _SHORT_FEW.search(rest):
        first, last = 2000 + int(match["first"]), 2000 + int(match["last"])
        found += _few(first, last, match["between"])
        span = max(last - first + 1, 2)
        rest = _mask(rest, match)
    if (match := _SINCE.search(rest)) and last_of_few and int(match["first"]) <= last_of_few:
        found += range(int(match["first"]), last_of_few + 1)
        span = last_of_few - int(match["first"]) + 1
        rest = _mask(rest, match)
    match = _LAST_FEW.search(rest) or _FEW_OF_CHANGE.search(rest)
    if match and last_of_few:
        span = _count(match["count"])
        found += range(last_of_few - span + 1, last_of_few + 1)
        rest = _mask(rest, match)
    return found, rest, span


def _open_spans(text: str, oldest: int, newest: int) -> tuple[list[int], str, int | None]:
    """The years held from one on, after one, before one, or up to one."""
    for pattern, first_of, last_of in (
        (_AFTER, lambda year: year + 1, lambda _: newest),
        (_FROM, lambda year: year, lambda _: newest),
        (_BEFORE, lambda _: oldest, lambda year: year - 1),
        (_UNTIL, lambda _: oldest, lambda year: year),
    ):
        if match := pattern.search(text):
            year = int(match[1])
            years = list(range(first_of(year), last_of(year) + 1))
            if years:
                return years, _mask(text, match), len(years)
    return [], text, None


def _few(first: int, last: int, between: str) -> Sequence[int]:
    """Two years, or all from the one to the other (22到24年)."""
    return range(first, last + 1) if between in _RANGES else (first, last)


def _absolute() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], int | None]]]:
    yield _FULL, lambda m: int(m["year"])
    yield _WORDS, lambda m: chinese_numeral(re.sub("[○Oo0]", "零", m["year"]))
    yield _SHORT_WORDS, lambda m: 2000 + int(m["year"].translate(_DIGITS))
    yield _SPOKEN, lambda m: chinese_numeral(m["year"])
    yield _SHORT, lambda m: 2000 + int(m["year"])
    yield _BARE, lambda m: 2000 + int(m["year"])


def _relative(
    words: Sequence[tuple[re.Pattern[str], int]], base: int
) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], int | None]]]:
    for pattern, shift in words:
        yield pattern, lambda _, shift=shift: base + shift  # type: ignore[misc]


def _collect(
    pattern: re.Pattern[str],
    year_of: Callable[[re.Match[str]], int | None],
    text: str,
    found: list[int],
) -> str:
    """Adds the years that a pattern finds; the text with their words masked."""
    for match in pattern.finditer(text):
        year = year_of(match)
        if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
            found.append(year)
            text = _mask(text, match)
    return text


def _count(text: str) -> int:
    return int(text) if text.isdigit() else chinese_numeral(text) or 1


def _mask(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + _bars(match) + text[match.end() :]


def _bars(match: re.Match[str]) -> str:
    return "|" * len(match.group())
