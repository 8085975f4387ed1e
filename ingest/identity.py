"""Who reports on which year, read from the title, the signature, the opening sentence or the name.

The invariant: agency and year are what the document prints; where they come from anything but its
title, or where its own statements contradict each other, a doubt says so. The clock is never asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from ingest.characters import for_matching
from ingest.headings import Heading, find_headings
from ingest.readers.layout import Layout
from ingest.report import DOUBTS, Doubt
from ingest.signatures import Signature, find_signature, text_to_date
from ingest.titles import (
    YEAR,
    Title,
    find_title,
    find_title_phrase,
    fuller_name,
    is_agency,
    text_to_title,
    text_to_year,
)

# 统计期限自2023年1月1日起至2023年12月31日止; the second year may be missing.
_PERIOD = re.compile(rf"统计(?:期限|时限|时间|周期|范围)[^。]{{0,20}}?(?P<year>{YEAR})年")
# 2023年，本局…   the first words of section one
_FIRST_WORDS = re.compile(rf"(?P<year>{YEAR})年度?[,，]")
_YEAR_IN_NAME = re.compile(r"(?<![0-9])20[0-4][0-9](?![0-9])")
# 请与甲市乙局联系（地址：…）  本报告由甲市乙局编制
_CONTACT = re.compile(
    r"(?:请(?:直接)?与|报告由)(?P<agency>[\u4e00-\u9fff]{2,30}?)(?:联系|咨询|\(|根据|按照|依据|依照|编制|负责)"
)
_PLACE = re.compile(r".*(?:省|市|区|县|旗|盟|州|镇|乡|街道|苏木)")
_SEATS = ("人民政府", "街道办事处", "办事处", "管理委员会")
_OPENING_LENGTH = 5000  # characters; the longest opening seen has 700
_LINES_SEARCHED = 80  # without a heading, a title stands in the first lines or nowhere


@dataclass(frozen=True, slots=True)
class Identity:
    """Agency, year, title and signature as the document gives them; None where it does not."""

    agency: str | None
    year: int | None
    title: str | None
    signed_by: str | None
    signed_on: date | None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the document's parts say, before they are weighed."""

    title: Title | None
    phrase: Title | None
    signature: Signature
    opening: str
    below_title: str
    overview: str
    name: str


def layout_to_identity(layout: Layout, name: str) -> Identity:
    """The report's identity; `name` is the file's name, asked last and never without a doubt."""
    evidence = _evidence(layout, name)
    agency, agency_doubts = _agency(evidence)
    year, year_doubts = _year(evidence)
    return Identity(
        agency,
        year,
        evidence.title.text if evidence.title else None,
        evidence.signature.by,
        evidence.signature.on,
        (*_title_doubts(evidence), *agency_doubts, *year_doubts),
    )


def _evidence(layout: Layout, name: str) -> _Evidence:
    lines = [line.text for line in layout.lines]
    headings = find_headings(lines)
    head = lines[: headings[0].first] if headings else lines[:_LINES_SEARCHED]
    title = find_title(head)
    opening = head[title.last + 1 :] if title else head
    signature = find_signature(lines[headings[-1].last + 1 :]) if headings else Signature()
    below_title = next((line for line in opening if line.strip()), "")
    if signature.on is None:
        signature = replace(signature, on=text_to_date(below_title))
    said = "".join(opening)[:_OPENING_LENGTH]
    named = text_to_title(layout.title) if layout.title else None
    return _Evidence(
        _confirmed(title, named, said),
        find_title_phrase(said),
        signature,
        said,
        below_title if title else "",
        _start_of_section(lines, headings[0]) if headings else "",
        PurePath(name).stem,
    )


def _start_of_section(lines: Sequence[str], heading: Heading) -> str:
    """What follows a heading, on its own line or below it."""
    after = (lines[heading.last][heading.length :], *lines[heading.last + 1 :])
    return next((line for line in after if line.strip()), "")


def _confirmed(title: Title | None, named: Title | None, opening: str) -> Title | None:
    """The title in the text, unless it is a link to another year's report.

    A page lists its neighbours; the page's own title is taken where the period reported on is that
    of the page's title and not that of the line found.
    """
    if title is None or named is None or named.agency is None:
        return title or named
    is_other_year = title.year != named.year == _period_year(opening)
    return named if is_other_year else title


def _period_year(opening: str) -> int | None:
    period = _PERIOD.search(for_matching(opening))
    return text_to_year(period["year"]) if period else None


def _title_doubts(evidence: _Evidence) -> Iterator[Doubt]:
    if evidence.title is None:
        yield Doubt("title-missing", DOUBTS["title-missing"])


def _agency(evidence: _Evidence) -> tuple[str | None, list[Doubt]]:
    """The agency as the best source that names one, in the fullest form that the text prints."""
    title, signed = evidence.title, evidence.signature.by
    if title and title.agency:
        return _fullest(title.agency, evidence), []
    if signed:
        return signed, []
    agency = _agency_of_text(evidence) or _agency_of_name(evidence.name)
    if agency is None:
        return None, [Doubt("agency-missing", DOUBTS["agency-missing"])]
    if title is None:  # then the missing title is named already
        return agency, []
    return agency, [Doubt("title-missing", "标题中没有单位名称，单位取自正文或文件名")]


def _fullest(name: str, evidence: _Evidence) -> str:
    """洪泽区 → 洪泽区人民政府 → 淮安市洪泽区人民政府, each step only where the text prints it."""
    text = for_matching(f"{evidence.signature.by or ''}。{evidence.opening}")
    if _PLACE.fullmatch(name):
        name = next((name + seat for seat in _SEATS if name + seat in text), name)
    return fuller_name(name, text)


def _agency_of_text(evidence: _Evidence) -> str | None:
    if evidence.phrase and evidence.phrase.agency:
        return evidence.phrase.agency
    if evidence.below_title and is_agency(evidence.below_title):
        return for_matching(evidence.below_title)
    contact = _CONTACT.search(for_matching(evidence.opening))
    return contact["agency"] if contact and is_agency(contact["agency"]) else None


def _agency_of_name(name: str) -> str | None:
    title = text_to_title(name)
    if title and title.agency:
        return title.agency
    matched = for_matching(name)
    year = _YEAR_IN_NAME.search(matched)
    rest = matched[: year.start()] if year and year.start() else matched
    return rest if is_agency(rest) else None


def _year(evidence: _Evidence) -> tuple[int | None, list[Doubt]]:
    title = evidence.title.year if evidence.title else None
    phrase = evidence.phrase.year if evidence.phrase else None
    stated = [title, phrase, _period_year(evidence.opening)]
    years = [year for year in stated if year]
    named = _YEAR_IN_NAME.search(for_matching(evidence.name))
    if years:
        return years[0], list(_year_conflicts(years, int(named[0]) if named else None))
    first_words = _FIRST_WORDS.match(for_matching(evidence.overview))
    begun = text_to_year(first_words["year"]) if first_words else None
    if begun:
        taken = Doubt("title-missing", f"年度{begun}取自正文的第一句，没有标题")
        return begun, [taken, *_year_conflicts([begun], int(named[0]) if named else None)]
    if named is None:
        return None, [Doubt("year-missing", DOUBTS["year-missing"])]
    return int(named[0]), [Doubt("title-missing", f"年度{named[0]}取自文件名，文中没有写明")]


def _year_conflicts(years: list[int], named: int | None) -> Iterator[Doubt]:
    if len(set(years)) > 1:
        listed = "、".join(str(year) for year in dict.fromkeys(years))
        yield Doubt("year-conflict", f"标题与正文中的年度不一致（{listed}），取{years[0]}年")
    elif named and named not in (years[0], years[0] + 1):  # files are named for publication too
        yield Doubt("year-conflict", f"文中是{years[0]}年，文件名中是{named}年，取{years[0]}年")
