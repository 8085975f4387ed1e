"""Cards of the page as HTML: cited sources, findings, and a report as it was read.

Pure; all document text is escaped here or in `evidence`.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from assistant.answer import Citation
from assistant.asking import Asked
from assistant.render import SECTION_WORDS, TABLE_TITLES, place_to_text
from assistant.web.conversation import source_anchor
from assistant.web.evidence import count_states, place_to_html, table_to_html
from assistant.web.pictures import is_drawable
from ingest.report import TABLE_NAMES, Report

# More doubts than this are folded, so that the tables stay in sight.
FEW_DOUBTS = 5

NO_ANSWER_YET = "<div class='nb-empty'>提问之后，这里显示答案的出处：表格的一行或原文的一句，引用之处加亮。</div>"
NO_SOURCES = "<div class='nb-empty'>这个回答没有引用任何报告。</div>"
NO_REPORT_CHOSEN = "<div class='nb-empty'>点选左侧一份报告，查看从中读到的内容。</div>"


def sources_to_html(
    asked: Asked | None,
    reports: Mapping[str, Report],
    *,
    exchange: int = 1,
    pictures: Mapping[int, bytes] = MappingProxyType({}),
) -> str:
    """The sources of an answer, numbered as its marks are, with the way from one to the next.

    `reports` are those it cites, by id; `exchange` is its number in the conversation; `pictures` are
    cut-outs of pages (PNG) by the index of the citation that they show.
    """
    if asked is None:
        return NO_ANSWER_YET
    citations = asked.answer.citations
    cards = [
        _source_to_html(
            source_anchor(exchange, index + 1),
            index,
            citation,
            reports.get(citation.report or ""),
            pictures.get(index),
        )
        for index, citation in enumerate(citations)
    ]
    steps = _steps(len(cards)) if len(cards) > 1 else ""
    return f"{steps}{''.join(cards)}" or NO_SOURCES


def _steps(count: int) -> str:
    """Buttons to the previous and the next source; the page's script does the going."""
    return (
        "<nav class='nb-steps' aria-label='逐处查看出处'>"
        "<button type='button' data-step='-1'>上一处</button>"
        f"<span role='status'>共{count}处</span>"
        "<button type='button' data-step='1'>下一处</button></nav>"
    )


def _source_to_html(
    anchor: str, index: int, citation: Citation, report: Report | None, picture: bytes | None
) -> str:
    head, body, foot = _source_parts(citation, report)
    drawn = picture_to_html(picture)
    if picture is None and citation.place.page and is_drawable(report):
        drawn = f"<button type='button' class='nb-copy' data-source='{index}'>看原件页面</button>"
    return (
        f"<article class='nb-card' id='{anchor}' aria-label='出处{index + 1}'>"
        f"<header><b class='nb-mark'>{index + 1}</b>{head}</header>{body}{drawn}"
        f"<footer>{foot}</footer></article>"
    )


def _source_parts(citation: Citation, report: Report | None) -> tuple[str, str, str]:
    """What stands at the head of a source's card, in it, and at its foot."""
    quoted = f"<blockquote class='nb-quote'>{escape(citation.place.quote or '')}</blockquote>"
    if citation.report is None:
        return escape(citation.source), quoted, "法规与文件"
    head = f"{escape(citation.agency or '')} {citation.year}年"
    if report is None:
        where = escape(place_to_text(citation.place))
        return head, quoted if citation.place.quote else "", f"{where}　这份文件已经移除"
    foot = f"{escape(place_to_text(citation.place))}　{escape(report.source)}"
    return head, place_to_html(report, citation.place), foot


def picture_to_html(picture: bytes | None) -> str:
    """A cut-out of a page (PNG), folded open under the text; nothing where there is none."""
    if picture is None:
        return ""
    data = b64encode(picture).decode("ascii")
    return (
        "<figure class='nb-picture'><img alt='原件中的位置，引用之处加框' "
        f"src='data:image/png;base64,{data}'><figcaption>原件</figcaption></figure>"
    )


def report_to_html(report: Report | None) -> str:
    """Everything read from a report: identity, doubts, tables with doubtful cells, the text."""
    if report is None:
        return NO_REPORT_CHOSEN
    tables = "".join(
        _fold(TABLE_TITLES[name], table_to_html(report, report.tables[name]), is_open=True)
        for name in TABLE_NAMES
        if name in report.tables
    )
    texts = "".join(
        _fold(section.heading or SECTION_WORDS[0], f"<p>{_text_to_html(section.text)}</p>")
        for section in report.texts
        if section.text.strip()
    )
    return (
        f"<section class='nb-report'><h3>{escape(report.title or report.source)}</h3>"
        f"{_identity_to_html(report)}{_doubts_to_html(report)}{tables}{texts}</section>"
    )


def _identity_to_html(report: Report) -> str:
    states = count_states(report)
    facts = (
        ("单位", report.agency or "未认出"),
        ("年度", str(report.year or "未认出")),
        ("表样", f"{report.format}年版" if report.format else "没有法定表格"),
        ("落款", f"{report.signed_by or '无'}　{report.signed_on or '无日期'}"),
        ("文件", report.source),
        (
            "读到的格",
            f"数字{states.get('number', 0)}　空白{states.get('blank', 0)}　"
            f"划线{states.get('dash', 0)}　缺{states.get('missing', 0)}　存疑{states.get('doubt', 0)}",
        ),
    )
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f"<dl class='nb-facts'>{rows}</dl>"


def _doubts_to_html(report: Report) -> str:
    if not report.warnings:
        return "<p class='nb-good'>读取没有存疑之处。</p>"
    items = "".join(f"<li>{escape(warning.message)}</li>" for warning in report.warnings)
    is_open = len(report.warnings) <= FEW_DOUBTS
    return _fold(
        f"读取存疑 {len(report.warnings)} 处", f"<ul class='nb-doubts'>{items}</ul>", is_open
    )


def _fold(title: str, body: str, is_open: bool = False) -> str:
    state = " open" if is_open else ""
    return f"<details{state}><summary>{escape(title)}</summary>{body}</details>"


def _text_to_html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def library_line(agencies: Sequence[str], years: Sequence[int], reports: int) -> str:
    """What the library holds, in one line for the head of the page."""
    if not reports:
        return "资料库是空的：请在“文库”里存入年报。"
    span = f"{min(years)}—{max(years)}年" if len(set(years)) > 1 else f"{years[0]}年"
    return f"资料库：{len(agencies)} 家单位，{reports} 份年报，{span}"
