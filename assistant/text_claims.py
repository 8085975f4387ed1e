"""A number that a question takes for granted, held against the sentences that answer it. Pure.

The invariant: only a number of the same measure word contradicts; where the sentences count nothing
in that word, nothing is said.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ingest.characters import for_matching
from ingest.numbers import chinese_numeral

_DIGITS = r"\d+(?:\.\d+)?"
_WORDS = "[一二两三四五六七八九十百千万零〇]+"
_UNIT = "万元|亿元|人次|户次|工作日|件|条|次|期|场|个|名|人|位|份|册|部|篇|项|处|家|户|分|元|天|所|页|张|轮|批|%"
_COUNTED = re.compile(
    f"(?P<number>{_DIGITS}|{_WORDS})(?P<scale>[万亿])?(?:多|余)?(?P<unit>{_UNIT})"
)
_IN_DIGITS = re.compile(f"{_DIGITS}[万亿]?(?:{_UNIT})")
_ASKS_WHETHER = re.compile("吗|对不对|是不是|是吧|对吧|没错|属实|[吧么][?？。]?$")
# 一个, 一项 and the like are said of anything.
_SAID_OF_ANYTHING = "一"
_PEOPLE = frozenset(("人", "名", "位"))
_TIMES = frozenset(("次", "期", "场", "轮", "批"))


def false_claim(question: str, quotes: Iterable[str]) -> str:
    """The first number of a yes-or-no question that its quotes give otherwise, "" where none is."""
    if not _ASKS_WHETHER.search(question):
        return ""
    told = [(number, unit) for quote in quotes for _, number, unit in _counted(quote)]
    for words, number, unit in _counted(question):
        alike = [n for n, u in told if _kind(u) == _kind(unit)]
        is_vague = words[0] == _SAID_OF_ANYTHING and number == 1
        if alike and number not in alike and not is_vague:
            return words
    return ""


def counted_in(text: str) -> Iterator[tuple[str, str]]:
    """Every number that a text counts something with, as written plainly, and its measure word."""
    for _, number, unit in _counted(text):
        yield f"{number.normalize():f}", _kind(unit)


def without_counted(text: str) -> str:
    """The text without the numbers in digits that it counts things with (覆盖3万家单位)."""
    return _IN_DIGITS.sub("，", text)


def _counted(text: str) -> Iterator[tuple[str, Decimal, str]]:
    """Every counted number of a text: its words, its value and its measure word."""
    for match in _COUNTED.finditer(for_matching(text)):
        digits = match["number"]
        value = Decimal(digits) if digits[0].isdigit() else chinese_numeral(digits)
        if value is not None:
            scale = {"万": 10_000, "亿": 100_000_000}.get(match["scale"] or "", 1)
            yield match.group(), Decimal(value) * scale, match["unit"]


def _kind(unit: str) -> str:
    """The measure word, one for all that count people, one for all that count occasions."""
    if unit in _PEOPLE:
        return "人"
    return "次" if unit in _TIMES else unit
