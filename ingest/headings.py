"""The six headings of a report among its lines, whatever their spelling.

Knows the official headings and their variants from the form, and how they are numbered, glued to
their first sentence or broken over two lines. The invariant: the rows of table three (一、本年新收…)
and the sentence that lists all six parts are no headings, and headings found stand in order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import for_matching
from ingest.outline import SECTIONS

_NUMERALS = "一二三四五六七八"
_YEAR = "20[0-9]{2}"
_MAX_HEADING = 48  # characters; the longest official variant has 30

# Names not on the form's list, one loose pattern a section; each with a heading seen in print.
_LOOSE_NAMES = {
    # 政府信息公开工作基本情况
    1: rf"(?:{_YEAR}年度?)?(?:政府信息公开|政务公开|信息公开)?(?:工作)?(?:的)?(?:总体|基本|整体)(?:工作)?情况|(?:工作)?概述|概况",
    # 本机关主动公开政府信息的情况
    2: r"(?:本?行政机关|本机关|政府信息)?主动公开(?:的)?(?:政府)?(?:信息)?(?:的)?(?:工作)?情况",
    # 收到和处理依申请公开情况
    3: r"(?:本?行政机关|本机关)?(?:收到和处理|收到及处理|收到、处理|收到与处理|处理)"
    r"(?:的)?(?:政府)?(?:信息)?(?:依申请公开|公开申请|依申请)(?:的)?(?:工作)?情况"
    # 依申请公开政府信息和不予公开政府信息的情况, before 2019
    r"|(?:政府信息)?依申请公开(?:政府)?(?:信息)?(?:(?:和|及|、)不予公开(?:政府)?(?:信息)?)?"
    r"(?:的|工作)?(?:办理)?情况",
    # 因政府信息公开被提起行政复议、行政诉讼的情况
    4: r"(?:因)?(?:政府信息公开)?(?:工作)?(?:被)?(?:申请|提起)?行政复议(?:和|及|、|与|或|,)?"
    r"(?:被)?(?:提起)?(?:行政)?诉讼(?:的)?情况",
    # 工作中存在的主要问题及下一步打算
    5: r"(?:政府)?(?:信息公开|政务公开)?(?:工作)?(?:中)?存在(?:的)?(?:主要)?(?:问题|不足|困难)"
    r"(?:(?:和|及|与|以及|、|,)[^。:;,]{2,14})?",
    # 其他需要说明的事项
    6: r"(?:其他|其它)?(?:需要|需)(?:报告|说明)(?:的)?(?:其他|其它)?(?:事项|情况)",
}

# What a name on no list must hold to be that of its section, when its number says so too.
_KEYWORDS = {
    1: "情况|概述|概况|总体",
    2: "主动公开",
    3: "公开.*申请|申请.*公开",
    4: "复议.*诉讼|公开.*(?:复议|诉讼)",
    5: "问题|不足|改进",
    6: "其他|其它|需要",
}
_NUMBERED = re.compile(rf"(?P<number>[{_NUMERALS[:6]}])[、.](?P<name>[^。;:,!?\d]{{2,26}})[。:]?$")

_NUMBER = re.compile(
    rf"(?P<open>[(\[【])?(?:第)?(?P<number>[{_NUMERALS}1-6])(?P<close>[)\]】])?"
    r"(?:部分)?[、.,:。]?"
)
_LEAST_CERTAIN = 2
_MARKDOWN = "#* \t\u3000\u00a0"
# After a name without a number, only a full stop or a colon says that it was a heading.
_AFTER_BARE_NAME = re.compile(r"[。:]")
_NOT_AFTER_NAME = re.compile(r"[、,和及与]|等(?:六|6)")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: `text` as printed, on the lines from `first` to `last`.

    `length` is how much of the last line the heading takes; what follows is its first sentence.
    """

    number: int
    text: str
    first: int
    last: int
    length: int
    score: int


def _patterns() -> dict[int, re.Pattern[str]]:
    patterns = {}
    for form in SECTIONS:
        names = sorted((for_matching(n) for n in (form.heading, *form.variants)), key=len)
        exact = "|".join(re.escape(name) for name in reversed(names))
        name = f"(?P<exact>{exact})(?:情况)?|{_LOOSE_NAMES[form.number]}"
        patterns[form.number] = re.compile(name)
    return patterns


_NAMES = _patterns()


def find_headings(lines: Sequence[str]) -> tuple[Heading, ...]:
    """The headings of the six sections, at most one each, in order.

    Of all readings of the lines the one is taken whose headings are the most certain; of equals
    the later lines, because a table of contents stands first.
    """
    best: list[tuple[int, tuple[Heading, ...]]] = [(0, ())] * (len(SECTIONS) + 1)
    for heading in _candidates(lines):
        score, before = max(best[: heading.number], key=lambda entry: entry[0])
        if score + heading.score >= best[heading.number][0]:
            best[heading.number] = (score + heading.score, (*before, heading))
    return max(best, key=lambda entry: entry[0])[1]


def _candidates(lines: Sequence[str]) -> list[Heading]:
    found: list[Heading] = []
    for index, line in enumerate(lines):
        here = _headings_of(line, index, index)
        if not here and index + 1 < len(lines):
            here = _broken_heading(lines, index)
        found.extend(here or _by_keyword(line, index))
    return found


def _broken_heading(lines: Sequence[str], index: int) -> list[Heading]:
    """A numbered heading whose name runs over to the next line."""
    first, second = lines[index], lines[index + 1]
    if not _NUMBER.match(for_matching(first)) or len(first) + len(second) > _MAX_HEADING:
        return []
    return [
        Heading(h.number, h.text, index, index + 1, len(second), h.score)
        for h in _headings_of(first.rstrip() + second.strip(), index, index + 1)
        if h.length == len(first.rstrip() + second.strip())
    ]


def _headings_of(line: str, first: int, last: int) -> list[Heading]:
    is_framed = "【" in line and line.rstrip().endswith("】") and line.count("【") == 1
    marks = len(line) - len(line.lstrip(_MARKDOWN + "【" * is_framed))
    text = for_matching(line[marks:].rstrip(" 】") if is_framed else line[marks:])
    if not text:
        return []
    number = _NUMBER.match(text)
    found = []
    for section, pattern in _NAMES.items():
        name = pattern.match(text, number.end() if number else 0)
        if name is None:
            continue
        score = _score(section, number, bool(name["exact"]), text[name.end() :])
        if score:
            length = marks + _length_as_printed(line[marks:], name.end())
            heading = line[marks:length].strip()
            end = len(line) if not text[name.end() :].strip("*#") else length
            found.append(Heading(section, heading, first, last, end, score))
    return found


def _by_keyword(line: str, index: int) -> list[Heading]:
    """五、主要问题与改进: a heading by its number and what it speaks of, the least certain kind."""
    printed = line.strip(_MARKDOWN)
    numbered = _NUMBERED.match(for_matching(printed)) if len(printed) <= _MAX_HEADING else None
    if numbered is None:
        return []
    section = _value(numbered["number"])
    is_one = re.search(_KEYWORDS[section], numbered["name"])
    return [Heading(section, printed, index, index, len(line), _LEAST_CERTAIN)] if is_one else []


def _score(section: int, number: re.Match[str] | None, exact: bool, rest: str) -> int:
    """How certain it is that this is the heading of that section; 0 when it is none."""
    if rest and _NOT_AFTER_NAME.match(rest):
        return 0
    alone = not rest.strip("。:.、*#")
    if number is None:
        certain = 6 if alone else 3 if exact and _AFTER_BARE_NAME.match(rest) else 0
    elif number["open"] or number["close"]:
        # （二）主动公开情况 is a heading only where no 二、 stands; elsewhere it is one of section one.
        certain = 4 if alone and _value(number["number"]) == section else 0
    elif _value(number["number"]) == section:
        in_words = number["number"] in _NUMERALS  # 1.总体情况 may stand below 一、总体情况
        certain = (10 if in_words else 9) if alone else 8 if exact else 0
    elif alone:
        # Reports before 2019 have a part on fees before that on disputes: 五、行政复议、诉讼情况.
        is_later = number["number"] in _NUMERALS and _value(number["number"]) > section
        certain = 5 if exact else 2 if is_later else 0
    else:
        certain = 0
    return certain and certain * 2 + exact


def _value(numeral: str) -> int:
    return _NUMERALS.find(numeral) + 1 or int(numeral)


def _length_as_printed(line: str, matched: int) -> int:
    """How many characters of the line make up the first `matched` characters for matching."""
    seen = 0
    for index, character in enumerate(line):
        if seen >= matched:
            return index
        seen += len(for_matching(character))
    return len(line)
