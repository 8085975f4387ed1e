"""Lines of a document → the text before section one and the six sections.

Knows headings, titles and signatures; leaves tables to `tables`. The invariant: a section's text is
the document's own, letter for letter, without its tables, its title and its signature; a line that
the page's width broke is joined to the next, every paragraph is a line of the text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from ingest.characters import for_matching
from ingest.headings import Heading, find_headings
from ingest.numbers import number_in_words
from ingest.outline import SECTIONS
from ingest.page_numbers import is_page_number
from ingest.readers.layout import Layout, Line
from ingest.report import Doubt, Section, TextStart
from ingest.signatures import find_signature
from ingest.titles import find_title

# What a site prints around a report: metadata above it, buttons and its own imprint below.
_PAGE_HEAD = re.compile(
    r"(?:发布|发文|公开|生成|成文|更新)?(?:日期|时间|机构|机关|单位)[:：].*|(?:信息)?来源[:：].*"
    r"|(?:索引号|文号|主题分类|关键词|浏览次数|阅读次数|点击数|字体|字号|作者|编辑|视力保护色)[:：]?.*"
)
# 目录, and in it 一、总体情况……1
_CONTENTS = r"目录|第?[一二三四五六](?:部分)?[、.].{2,40}?[.…·]*\(?\d{1,3}\)?"
_ABOVE_THE_TEXT = re.compile(f"{_PAGE_HEAD.pattern}|{_CONTENTS}")
_PAGE_FOOT = re.compile(
    r"(?:打印|关闭|分享|收藏|返回顶部|上一篇|下一篇|扫一扫|相关链接|友情链接|网站地图|附件下载|附件:|附[件表]$)"
    r".*|.*(?:版权所有|(?:主办|承办|技术支持)(?:单位)?:|网站标识码|ICP备|公网安备|责任编辑:).*"
)

_SENTENCE_END = re.compile(r"[。！？；：!?;:]\s*$")
# （一）  1.  第二，  ①  二是: patterns on text for matching
_NUMBERED = re.compile(r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.](?!\d)")
_LISTED = re.compile(r"第[一二三四五六七八九十]+[、,]|[一二三四五六七八九十]是|[●•·■◆▪※*-]")
_OPENING = {"《": "》", "（": "）", "“": "”", "(": ")", "〔": "〕"}
_SHORTEST_WRAPPED = 30  # characters; a shorter line without a full stop is a heading or an item
_MARGIN_PT = 18.0  # a line that ends further than this from the right edge was not broken there


def layout_to_sections(
    layout: Layout,
) -> tuple[Section | None, tuple[Section, ...], tuple[Doubt, ...]]:
    """The text before section one (None when there is none), the sections found, and the doubts."""
    lines = [line for line in layout.lines if not _is_page_number(line)]
    texts = [line.text for line in lines]
    headings = find_headings(texts)
    first = headings[0].first if headings else len(lines)
    preamble = _preamble(lines[:first])
    sections = tuple(
        _section(heading, lines, following.first if following else len(lines))
        for heading, following in zip_longest(headings, headings[1:])
    )
    return preamble, sections, tuple(_missing(section.number for section in sections))


def _is_page_number(line: Line) -> bool:
    return line.page is not None and is_page_number(line.text)


def _missing(found: Iterable[int]) -> Iterator[Doubt]:
    numbers = set(found)
    for form in SECTIONS:
        if form.number not in numbers:
            ordinal = number_in_words(form.number)
            message = f"没有找到第{ordinal}部分“{form.heading}”的标题"
            yield Doubt("section-missing", message)


def _preamble(lines: Sequence[Line]) -> Section | None:
    title = find_title([line.text for line in lines])
    below = lines[title.last + 1 :] if title else lines
    kept = [line for line in below if not _ABOVE_THE_TEXT.fullmatch(for_matching(line.text))]
    section = _joined(0, "", kept)
    return section if section.text else None


def _section(heading: Heading, lines: Sequence[Line], end: int) -> Section:
    head = lines[heading.last]
    rest = head.text[heading.length :].lstrip("。：:.\uff0e、 \t\u3000\u00a0")
    body = list(lines[heading.last + 1 : end])
    if end == len(lines):
        body = _without_foot(body)
    if rest.strip():
        body.insert(0, Line(rest, head.number, head.page, head.box))
    first = lines[heading.first]
    joined = _joined(heading.number, heading.text, body)
    return replace(joined, page=first.page, line=first.number)


def _without_foot(lines: list[Line]) -> list[Line]:
    """The lines of the last section without the signature and what a site prints below it."""
    signature = find_signature([line.text for line in lines]).lines
    cut = next(
        (i for i, line in enumerate(lines) if _PAGE_FOOT.fullmatch(for_matching(line.text))),
        len(lines),
    )
    return [line for i, line in enumerate(lines[:cut]) if i not in signature]


def _joined(number: int, heading: str, lines: Sequence[Line]) -> Section:
    """A section of these lines; its place is that of the first line with text."""
    filled = [line for line in lines if line.text.strip()]
    edge = max((line.box[2] for line in filled if line.box), default=0.0)
    text = ""
    starts = []
    for line, before in zip(filled, [None, *filled], strict=False):
        if before is not None and not _is_broken(before, line, edge):
            text += "\n"
        starts.append(TextStart(len(text), line.page, line.number))
        text += line.text.strip()
    page, number_of_line = (filled[0].page, filled[0].number) if filled else (None, None)
    return Section(number, heading, text, page, number_of_line, tuple(starts))


def _is_broken(line: Line, following: Line, edge: float) -> bool:
    """Whether `following` goes on with the sentence that `line` could not finish."""
    start = for_matching(following.text)
    if _NUMBERED.match(start) or _LISTED.match(start):
        return False
    if _is_unclosed(line.text):
        return True
    if line.box is None or following.box is None:
        return _is_long(line.text) and _ends_open(line.text)
    return line.box[2] >= edge - _MARGIN_PT and _ends_open(line.text)


def _ends_open(text: str) -> bool:
    """Whether a line ends inside a sentence: with a word or a comma, not with a closing mark."""
    last = text.rstrip()[-1:]
    return not _SENTENCE_END.search(text) and (last.isalnum() or last in "，、,")


def _is_long(text: str) -> bool:
    """Whether a line is too long to be a heading or an item of a list."""
    is_heading = _NUMBERED.match(for_matching(text)) and not re.search("[，。；,;]", text)
    return len(text.strip()) >= _SHORTEST_WRAPPED and not is_heading


def _is_unclosed(text: str) -> bool:
    """Whether a line ends inside a bracket or a title: …《招标目录 / （2023年版）》."""
    last = max(_OPENING, key=text.rfind)
    return text.rfind(last) > text.rfind(_OPENING[last]) and _ends_open(text)
