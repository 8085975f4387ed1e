"""Titles of annual reports and names of agencies, recognised in running text.

Knows how a report is called and what an agency's name looks like; nothing of pages or sections.
The invariant: a name is only what the document prints, never completed from outside it. All
patterns run on text as `characters.for_matching` gives it: no spaces, half-width signs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import for_matching
from ingest.numbers import chinese_numeral

MAX_TITLE = 80  # characters; the longest real title seen has 46
MAX_NAME = 36  # characters; 国家税务总局… bureaus reach 25
_LINES_OF_A_TITLE = 6
_ENDS_OF_A_TITLE = frozenset("告報报结年度)）》")  # one of these stands in a title's last line

_AGENCY_ENDS = (
    "政府|办公室|办公厅|办事处|委员会|管委会|工委|局|委|厅|部|署|院|办|中心|处|所|站|队|支队|大队|馆|社|"
    "会|联合会|街道|镇|乡|苏木|县|区|市|省|旗|盟|州|公司|集团|学校|大学|学院|中学|小学|银行|机关|组|"
    "海关|监狱|幼儿园|党校|妇联|残联|侨联|文联|工商联|科协|电视台|广播电台|气象台|林场|农场|指挥部|分行|支行"
)
_AGENCY = re.compile(rf"[\u4e00-\u9fff0-9()、·]{{1,{MAX_NAME}}}?(?:{_AGENCY_ENDS})(?:\([^()]*\))?")
# Names end in these letters too, but so do the words of a page's navigation.
_NO_AGENCY = re.compile(
    r"首页|专栏|公开|年报|报告|网站|门户|目录|指南|制度|动态|互动|所在位置|当前位置"
)

_YEAR_DIGITS = r"20[0-9]{2}"
_YEAR_WORDS = r"[二][〇零○oO0][〇零○oO0一二三四五六七八九]{2}"
YEAR = rf"(?<![0-9])(?:{_YEAR_DIGITS}|{_YEAR_WORDS})(?=年)"
"""A regular expression for a year before 年, in digits (2023) or in words (二〇二三)."""

_KIND = r"(?:政府信息与?政务公开|政府信息公开|政务信息公开|政务公开|信息公开)"
# 政府信息公开工作年度报告, 政府信息公开年报, 政务公开工作情况的报告, 信息公开工作情况年度报告
_TAIL = re.compile(
    rf"(?:的)?{_KIND}(?:工作)?(?:情况)?(?:的)?(?:本?年度|年)?(?:工作)?(?:情况)?(?:的)?"
    r"(?:总结报告|报告|年报|总结)"
)
_YEAR_OF_TITLE = re.compile(rf"(?P<year>{YEAR})年度?|\((?P<bare>{_YEAR_DIGITS})\)")
# (2023年1月1日—2023年12月31日)
_PERIOD_OF_TITLE = re.compile(
    rf"\(自?(?P<year>{_YEAR_DIGITS}|{_YEAR_WORDS})[年.][0-9]{{1,2}}[月.][0-9]{{1,2}}日?[^()0-9]{{1,3}}"
    r"(?:(?P=year)[年.])?[0-9]{1,2}[月.][0-9]{1,2}日?止?\)$"
)
_SITE_NAME = re.compile(r"[-_|—–](?!年|20[0-9]{2}[年.])[^-_|—–]{2,30}$")
# # 甲市乙局2023年政府信息公开工作年度报告   **…**
_MARKDOWN = "#* \t\u3000\u00a0"
# 附件3:  标题:  【年度报告】  07  and what encloses a title
_WRAPPING = re.compile(
    r"^(?:【[^】]*】)?(?:标题|名称|题名|附件\d*):|^【[^】]*】|^\(?\d{1,2}\)?[.、_-]?(?=[\u4e00-\u9fff])|^[《<]+|[》>—–-]+$"
)
# 政府信息公开工作年度报告（2023年）, …年度报告（甲区乙局）
_IN_BRACKETS = re.compile(r"\(([^()]*)\)$")


@dataclass(frozen=True, slots=True)
class Title:
    """A report's title. `text` is as printed, without spaces; `first` and `last` are line indices."""

    text: str
    agency: str | None
    year: int | None
    first: int = 0
    last: int = 0


def text_to_year(text: str) -> int | None:
    """The year written as 2023 or 二〇二三, None for anything else."""
    if re.fullmatch(_YEAR_DIGITS, text):
        return int(text)
    if re.fullmatch(_YEAR_WORDS, text):  # people type a letter or a digit for the round zero
        return chinese_numeral(re.sub("[oO0]", "零", text))
    return None


def is_agency(text: str) -> bool:
    """Whether a text, whole, reads like the name of an agency.

    >>> is_agency("甲市乙区工业和信息化局"), is_agency("政府信息公开目录")
    (True, False)
    """
    name = for_matching(text)
    return bool(_AGENCY.fullmatch(name)) and not _NO_AGENCY.search(name)


def text_to_title(text: str) -> Title | None:
    """The title that a text, whole, is; None when it is none.

    >>> text_to_title("甲市乙局 2023 年政府信息公开工作年度报告").agency
    '甲市乙局'
    """
    text = text.strip(_MARKDOWN)
    matched = _WRAPPING.sub("", _SITE_NAME.sub("", for_matching(text)))
    if len(matched) > MAX_TITLE or re.search(r"[。;!?]", matched):
        return None
    matched = _PERIOD_OF_TITLE.sub(_year_alone, matched)
    bracket = _IN_BRACKETS.search(matched)
    inside = bracket[1] if bracket else ""
    year = _YEAR_OF_TITLE.search(matched)
    undated = re.sub(r"\(\)$", "", _without(matched, year))
    tail = _TAIL.search(undated)
    if tail is None or undated[tail.end() :] not in ("", f"({inside})"):
        return None
    name = re.sub(r"^(?:关于|公布|发布)|(?:关于)$", "", undated[: tail.start()])
    if not name and is_agency(inside):
        name = inside
    if name.startswith("(") and name.endswith(")"):  # (云溪市统计局)2023年…
        name = name[1:-1]
    if name and not is_agency(name):
        return None
    printed = "".join(_SITE_NAME.sub("", text).split()).strip("《》<>—–-")
    if "（" in printed:
        name = name.replace("(", "（").replace(")", "）")
    return Title(
        printed, name or None, text_to_year(year["year"] or year["bare"]) if year else None
    )


def _year_alone(period: re.Match[str]) -> str:
    """A period in brackets as the year that it is; nothing where the title has its year already."""
    return "" if period["year"] in period.string[: period.start()] else f"({period['year']}年)"


def _without(text: str, match: re.Match[str] | None) -> str:
    return text[: match.start()] + text[match.end() :] if match else text


def find_title(lines: Sequence[str]) -> Title | None:
    """The best title among the lines, over up to four of them; None when there is none.

    A title with an agency, a year and a place is better than one without; of equals the last is taken,
    because a page's navigation and metadata stand above the report itself.
    """
    best: Title | None = None
    for first in range(len(lines)):
        for last in range(first, min(first + _LINES_OF_A_TITLE, len(lines))):
            if _ENDS_OF_A_TITLE.isdisjoint(lines[last]):
                continue
            title = _title_of(lines[first : last + 1])
            if title and (best is None or _rank(title) >= _rank(best)):
                best = Title(title.text, title.agency, title.year, first, last)
            if title and title.year is not None:
                break  # where the year is still to come, it stands on the next line: （2023年度）
    return best


def _title_of(lines: Sequence[str]) -> Title | None:
    if sum(len(line) for line in lines) > 2 * MAX_TITLE:
        return None
    if not lines[0].strip() or not lines[-1].strip():
        return None
    return text_to_title("".join(lines))


def _rank(title: Title) -> tuple[bool, bool, bool]:
    located = bool(title.agency and re.search("[省市区县旗州盟镇乡]", title.agency))
    return title.agency is not None, title.year is not None, located


# The title as a phrase of the opening sentence: 向社会公布甲区乙局2023年政府信息公开工作年度报告
_PHRASE = re.compile(
    rf"(?:(?:公布|发布|编制|公开|现将|由|是|即|为|《)(?P<agency>[\u4e00-\u9fff]{{2,{MAX_NAME}}}?))?"
    rf"(?P<year>{YEAR})年度?(?P<late>[\u4e00-\u9fff]{{2,{MAX_NAME}}}?)?"
    rf"{_KIND}(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:情况)?(?:报告|年报)"
)


def find_title_phrase(text: str) -> Title | None:
    """What an opening sentence calls the report when there is no title line; None when nothing."""
    for match in _PHRASE.finditer(for_matching(text)):
        names = [name for name in (match["agency"], match["late"]) if name and is_agency(name)]
        agency = names[0] if names else None
        return Title(match[0], agency, text_to_year(match["year"]))
    return None


_PART_OF_A_YEAR = (
    r"(?:[上下]半年|(?:第|前)?[一二三四1-4]个?季度|(?:[1一](?:-|—|~|至|到))?"
    r"(?:1?[0-9]|[一二三四五六七八九十]{1,2})月份?)"
)
_TITLE_OF_A_PART = re.compile(
    rf"(?P<period>{YEAR}年度?{_PART_OF_A_YEAR})[^。;]{{0,{MAX_NAME}}}?{_KIND}[^。;]{{0,12}}?"
    r"(?:报告|总结|统计表|报表|情况表)"
)


def find_part_of_year(lines: Sequence[str]) -> str | None:
    """The part of a year that the title of a half-year or quarterly report names, else None.

    >>> find_part_of_year(["甲市乙局2023年上半年政府信息公开工作报告"])
    '2023年上半年'
    """
    for line in lines:
        text = for_matching(line.strip(_MARKDOWN))
        match = _TITLE_OF_A_PART.search(text) if len(text) <= MAX_TITLE else None
        if match and match.end() == len(text):
            return match["period"]
    return None


_PLACE_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,5}[省市州盟]")
# What may stand before a place's name and is no part of it.
_BEFORE_A_NAME = frozenset('由在是为向对与和及即将经据由我按于到从《“"(,，。:：、')


def fuller_name(name: str, text: str) -> str:
    """The name with the place before it, where the text itself prints it so (乙区… → 甲市乙区…)."""
    matched = for_matching(text)
    for match in re.finditer(re.escape(name), matched):
        place = _place_before(matched[: match.start()])
        if place:
            return place + name
    return name


def _place_before(text: str) -> str:
    """The name of a city or province that the text ends with, empty when it ends with none."""
    for length in range(3, 7):
        head, place = text[:-length], text[-length:]
        bounded = not head or head[-1] in _BEFORE_A_NAME
        if len(place) == length and bounded and _PLACE_BEFORE.fullmatch(place):
            return place
    return ""
