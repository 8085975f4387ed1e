"""The signature of a report (落款): the signing agency and the date, at its end or under its title.

The invariant: a date is a signature only when it stands in a line of its own; dates in sentences
and in a page's metadata are not. Lines are given as text; the answer says which of them it used.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.characters import for_matching
from ingest.numbers import chinese_numeral
from ingest.titles import is_agency, text_to_year

# 2024年1月17日  2024-01-17  2024.1.17  2024/1/17  (二〇二四年一月十七日)
_DATE = re.compile(
    r"\(?(?P<year>20[0-9]{2}|二[〇零○oO0][〇零○oO0一二三四五六七八九]{2})[年./-]"
    r"(?P<month>[0-9]{1,2}|[一二三四五六七八九十元]{1,2})[月./-]"
    r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,4})日?\)?[。.]?"
)
_STAMP = re.compile(r"\((?:盖章|公章|章|印章|代章)\)$")
_DATE_LABEL = re.compile(r"^(?:落款)?(?:日期|时间)[:：]")
_LABEL = re.compile(r"^(?:落款|单位|填报单位|报告单位|编制单位)[:：]")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when; `lines` are the indices of the lines that say so."""

    by: str | None = None
    on: date | None = None
    lines: frozenset[int] = frozenset()


def text_to_date(text: str) -> date | None:
    """The date that a text, whole, is; None for anything else and for days that never were."""
    match = _DATE.fullmatch(for_matching(text))
    return _date(match) if match else None


def _date(match: re.Match[str]) -> date | None:
    year = text_to_year(match["year"])
    month, day = _part(match["month"]), _part(match["day"])
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _part(text: str) -> int | None:
    return int(text) if text.isdecimal() else chinese_numeral(text.replace("元", "一"))


def find_signature(lines: Sequence[str]) -> Signature:
    """The signature in the lines after the last heading, empty when there is none.

    The first line that is a date with the agency before it (or in the same line, or right after
    it), else the first that is a date; without a date, a last line that is an agency's name.
    """
    dated = [signed for index, line in enumerate(lines) if (signed := _dated(lines, index, line))]
    if dated:
        return next((signed for signed in dated if signed.by), dated[0])
    filled = [index for index, line in enumerate(lines) if line.strip()]
    if filled and (name := _agency(lines[filled[-1]])):
        return Signature(name, None, frozenset({filled[-1]}))
    return Signature()


def _dated(lines: Sequence[str], index: int, line: str) -> Signature | None:
    on = text_to_date(line) or _labelled_date(lines, index)
    if on is None:
        return _agency_and_date(index, line)
    before = next((i for i in range(index - 1, -1, -1) if lines[i].strip()), None)
    after = next((i for i in range(index + 1, len(lines)) if lines[i].strip()), None)
    for neighbour in (before, after):
        if neighbour is not None and (name := _agency(lines[neighbour])):
            return Signature(name, on, frozenset({neighbour, index}))
    return Signature(None, on, frozenset({index}))


def _labelled_date(lines: Sequence[str], index: int) -> date | None:
    """The date of 日期：2024年1月17日 below the agency's name; alone it is a page's metadata."""
    label = _DATE_LABEL.match(for_matching(lines[index]))
    if label is None or not index or _agency(lines[index - 1]) is None:
        return None
    return text_to_date(for_matching(lines[index])[label.end() :])


def _agency_and_date(index: int, line: str) -> Signature | None:
    """A signature in one line: 甲市乙局 2024年1月17日."""
    text = for_matching(line)
    match = _DATE.search(text)
    if match is None or match.end() != len(text):
        return None
    name, on = _agency(text[: match.start()]), _date(match)
    return Signature(name, on, frozenset({index})) if name and on else None


def _agency(line: str) -> str | None:
    name = _LABEL.sub("", _STAMP.sub("", for_matching(line)))
    return name if is_agency(name) else None
