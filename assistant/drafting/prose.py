"""Text whose every digit has an origin.

The invariant: a `Prose` with a digit that no origin covers cannot be constructed, so a number in a
draft can always be traced to a cell, a note, last year's report, the profile or the year.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from ingest.report import Concept, Number

# "form": the document that prescribes the form; "writer": put into the text by hand.
Source: TypeAlias = Literal[
    "cell", "last_year", "notes", "year", "profile", "agency", "form", "writer"
]

# 12  1,247  45.28, the digits of any width
DIGITS = re.compile(r"\d+(?:,\d{3})*(?:[.\uff0e]\d+)?")
# The same, and counts written in Chinese: 一百二十三条, 两期
NUMBERS = re.compile(
    rf"{DIGITS.pattern}|[一二三四五六七八九十百千万两〇零]+(?=[余多]?(?:人次|[条件次期篇项场份名家处块元]|个(?!方面|部分|季度)|万元))"
)
_FIELD = re.compile(r"\{([a-z_]+)\}")
# What is counted, as people read the number: 12件, 350.5万元, 3月
_MEASURE = re.compile(
    r"(?:[十百千万亿]+)?[余多]?(?:人次|个百分点|平方米|工作日|万元|[\u4e00-\u9fff%％])"
)
_PLACEHOLDER = re.compile(r"【请补充：[^】]*】")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number comes from.

    `concept` is set for a cell (of this year's tables or, with source "last_year", of last year's);
    `quote` is the note, the sentence of last year's report or the entry of the profile.
    """

    source: Source
    concept: Concept | None = None
    quote: str = ""
    section: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """The characters `start` to `end` of a text and where they come from."""

    start: int
    end: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Prose:
    """A text and the origins of its digits; raises ValueError for a digit without one."""

    text: str = ""
    bounds: tuple[Bound, ...] = ()

    def __post_init__(self) -> None:
        for match in DIGITS.finditer(self.text):
            if not any(b.start <= match.start() and match.end() <= b.end for b in self.bounds):
                raise ValueError(f"a number without origin: {match[0]} in {self.text!r}")

    def __bool__(self) -> bool:
        return bool(self.text)

    def __add__(self, other: "Prose | str") -> "Prose":
        """Both texts one after the other."""
        return joined((self, other))

    def cut(self, start: int, end: int) -> "Prose":
        """The characters from `start` to `end`; raises ValueError where that cuts a number."""
        kept = (b for b in self.bounds if start <= b.start and b.end <= end)
        bounds = tuple(Bound(b.start - start, b.end - start, b.origin) for b in kept)
        return Prose(self.text[start:end], bounds)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What the writer must still supply, as it stands in the text."""
        return tuple(_PLACEHOLDER.findall(self.text))


def joined(parts: Iterable[Prose | str], separator: str = "") -> Prose:
    """The parts with the separator between them, their origins kept."""
    text = ""
    bounds: list[Bound] = []
    for index, part in enumerate(parts):
        prose = Prose(part) if isinstance(part, str) else part
        text += separator if index else ""
        bounds += [Bound(b.start + len(text), b.end + len(text), b.origin) for b in prose.bounds]
        text += prose.text
    return Prose(text, tuple(bounds))


def quoted(text: str, origin: Origin) -> Prose:
    """The text with each of its numbers, in digits or in Chinese, bound to one origin."""
    return Prose(text, tuple(Bound(m.start(), m.end(), origin) for m in NUMBERS.finditer(text)))


def number_prose(value: Number, origin: Origin) -> Prose:
    """A number in digits as official texts write it, without thousands separators."""
    text = str(value)
    return Prose(text, (Bound(0, len(text), origin),))


def fill(template: str, fields: Mapping[str, Prose | str]) -> Prose:
    """The template with each `{field}` replaced.

    Raises KeyError for a field that is not given, ValueError where the template holds a digit.
    """
    parts: list[Prose | str] = []
    end = 0
    for match in _FIELD.finditer(template):
        parts += [template[end : match.start()], fields[match[1]]]
        end = match.end()
    return joined((*parts, template[end:]))


def placeholder(what: str) -> Prose:
    """What only the writer can know, as it stands in the text until it is supplied."""
    return Prose(f"【请补充：{what}】")


def with_measure(prose: Prose, bound: Bound) -> str:
    """A number of the text with the measure word that follows it: 12件."""
    following = _MEASURE.match(prose.text, bound.end)
    return prose.text[bound.start : following.end() if following else bound.end]


def reworded(prose: Prose, text: str) -> Prose | None:
    """The text with the origins of `prose`; None unless it has the same numbers in the same order."""
    bounds = prose.bounds
    told = [prose.text[b.start : b.end] for b in bounds]
    found = [m for m in NUMBERS.finditer(text) if m[0] in told or DIGITS.match(m[0])]
    if [m[0] for m in found] != told:
        return None
    return Prose(
        text,
        tuple(Bound(m.start(), m.end(), b.origin) for m, b in zip(found, bounds, strict=True)),
    )


def edited(old: Prose, text: str) -> Prose:
    """The text as the writer left it: numbers that were not touched keep their origin.

    A number that was typed in or changed comes from the writer, and its origin quotes its sentence.
    """
    text = text.replace("\r\n", "\n").strip()
    kept = _kept_bounds(old, text)
    bounds = [
        kept.get(match.span())
        or Bound(match.start(), match.end(), Origin("writer", quote=_clause(text, match.start())))
        for match in NUMBERS.finditer(text)
    ]
    return Prose(text, tuple(bounds))


def _kept_bounds(old: Prose, text: str) -> Mapping[tuple[int, int], Bound]:
    """The bounds whose characters stand unchanged in the new text, at their new places."""
    kept = {}
    for block in SequenceMatcher(None, old.text, text, autojunk=False).get_matching_blocks():
        shift = block.b - block.a
        for bound in old.bounds:
            if block.a <= bound.start and bound.end <= block.a + block.size:
                start, end = bound.start + shift, bound.end + shift
                kept[start, end] = Bound(start, end, bound.origin)
    return kept


def _clause(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in "。；\n") + 1
    ends = [end for end in (text.find(mark, at) for mark in "。；\n") if end >= 0]
    return text[start : min(ends, default=len(text))].strip()


def renewed(prose: Prose, renew: Callable[[Origin], Prose | None]) -> Prose:
    """The text with each number for which `renew` gives other words replaced by them."""
    parts: list[Prose] = []
    end = 0
    for bound in sorted(prose.bounds, key=lambda b: b.start):
        new = renew(bound.origin)
        if new is None or new.text == prose.text[bound.start : bound.end]:
            continue
        parts += [prose.cut(end, bound.start), new]
        end = bound.end
    return joined((*parts, prose.cut(end, len(prose.text)))) if parts else prose
