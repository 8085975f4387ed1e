"""The numbers of a text, and whether they stand in the evidence.

Pure, and strict on purpose: a number counts as the same only at the same scale (45.28万 is not
45.28亿) and, where both sides name what is counted, with the same measure word. Full-width digits
and thousands separators are read; numbers in words are read only where `words_are_grounded` is
asked, because an answer's own counts ("五份报告") are written in words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.characters import for_matching
from ingest.numbers import chinese_numeral
from ingest.report import Number

_SCALES = {"": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000}
_SCALES |= {"千万": 10_000_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
MEASURE_WORDS = "人次|平方米|个工作日|工作日|个月|件|条|份|宗|次|起|家|名|人|位|个|篇|期|场|项|类|元|页|年|月|日|部|户|%"
# 1,247 · 45.28万条 · 40 余名
_NUMBER = re.compile(
    r"(\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"\s*(百万|千万|万亿|[十百千万亿])?\s*[余多]?\s*({MEASURE_WORDS})?"
)
_WORDS = "零〇一二两三四五六七八九十百千万亿"
# 三十五件 · 百分之五十
_NUMBER_IN_WORDS = re.compile(
    rf"百分之(?P<percent>[{_WORDS}点]+)|(?P<count>[{_WORDS}]+)[余多]?(?P<unit>{MEASURE_WORDS})"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number at its full scale with the measure word that follows it, "" where none does."""

    value: Decimal
    unit: str


def numbers_in(text: str) -> tuple[Counted, ...]:
    """The numbers written in digits, in order; a full-width comma separates two numbers."""
    half_width = unicodedata.normalize("NFKC", text.replace("，", "、"))
    return tuple(
        Counted(Decimal(digits.replace(",", "")) * _SCALES[scale or ""], unit or "")
        for digits, scale, unit in _NUMBER.findall(half_width)
    )


def _in_words(text: str) -> Iterator[Counted]:
    """The counted numbers that a text writes in words: 一期 grounds 1期."""
    for match in _NUMBER_IN_WORDS.finditer(text):
        value = chinese_numeral(match["percent"] or match["count"])
        if value is not None:
            yield Counted(Decimal(value), match["unit"] or "%")


@dataclass
class Evidence:
    """What a text may say: the numbers that stand somewhere, with their measure words."""

    _units: dict[Decimal, set[str]] = field(default_factory=dict)
    _texts: list[str] = field(default_factory=list)

    def add_text(self, *texts: str | None) -> None:
        """Admit every number of these texts."""
        for text in filter(None, texts):
            self._texts.append(text)
            self._add(numbers_in(text))
            # 1，247 is a separator in some documents and a list in others: both readings stand.
            self._add(numbers_in(text.replace("，", ",")))
            self._add(_in_words(text))

    def add_value(self, value: Number | str, unit: str) -> None:
        """Admit a value with its unit, as in 3.5 with 万元; a negative one without its sign."""
        if isinstance(value, str):
            self.add_text(value)
        else:
            self._add(numbers_in(f"{abs(Decimal(str(value))):f}{unit}"))

    def add_bare(self, *numbers: int | None) -> None:
        """Admit whole numbers that may be followed by any measure word: a year, a page."""
        self._add(Counted(Decimal(n), "") for n in numbers if n is not None)

    def _add(self, numbers: Iterable[Counted]) -> None:
        for number in numbers:
            self._units.setdefault(number.value, set()).add(number.unit)

    def admits(self, number: Counted) -> bool:
        """Whether this number may be said."""
        units = self._units.get(number.value)
        return units is not None and (not number.unit or bool(units & {"", number.unit}))

    def digits_are_grounded(self, text: str) -> bool:
        """Whether every number that the text writes in digits may be said."""
        return all(self.admits(number) for number in numbers_in(text))

    def words_are_grounded(self, text: str) -> bool:
        """Whether every counted number that the text writes in words may be said."""
        return all(self._admits_words(match) for match in _NUMBER_IN_WORDS.finditer(text))

    def holds(self, quote: str) -> bool:
        """Whether the quote stands, letter for letter, in one of the texts."""
        return any(quote in text for text in self._texts)

    def shares(self, text: str) -> float:
        """The share of the text's character pairs that stand in the texts, from 0 to 1."""
        words = _bare(text)
        pairs = [words[i : i + 2] for i in range(len(words) - 1)]
        texts = [_bare(known) for known in self._texts]
        found = sum(any(pair in known for known in texts) for pair in pairs)
        return found / len(pairs) if pairs else 0.0

    def _admits_words(self, words: re.Match[str]) -> bool:
        if self.holds(words.group()):
            return True
        value = chinese_numeral(words["percent"] or words["count"])
        return value is not None and self.admits(Counted(Decimal(value), words["unit"] or "%"))


def _bare(text: str) -> str:
    return "".join(character for character in for_matching(text) if character.isalnum())
