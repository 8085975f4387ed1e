"""A draft as HTML: each part with its tools, each number with where it comes from.

Pure and escaping. The invariant: a number on the page leads to its cell, note, sentence or entry; a
placeholder is marked and never looks like text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from assistant.drafting.draft import Draft, DraftPart, DraftSection
from assistant.drafting.prose import Origin, Prose
from assistant.drafting.revision import Revision
from assistant.drafting.suggestions import cell_name
from assistant.web.evidence import place_to_html
from ingest.forms import form_of
from ingest.report import Place, Report

NO_DRAFT = (
    "<div class='nb-empty'>在“材料”里填写单位、本年数据和要点，点“起草”，这里就会有引言和第一、五、六部分的草稿。"
    "<br>每个数都能点开看出处；只有您知道的内容以【请补充：…】留空，不会编造。</div>"
)
_PLACEHOLDER = re.compile(r"(【请补充：[^】]*】)")
_TOOLS = (
    ("reword", "换一种写法", "用别的说法写这一段，事实不变"),
    ("short", "更短", "只留要点，细节见表格"),
    ("full", "更具体", "把表格里的细节都写出来"),
    ("edit", "改", "直接修改这一段"),
)
_WORDS = {
    "year": "报告年度",
    "profile": "单位资料",
    "agency": "单位名称",
    "form": "规定格式的文件",
    "writer": "手工填写",
    "notes": "写作要点",
}


@dataclass
class _Origins:
    """The origins that numbers of the page lead to, each once."""

    draft: Draft
    tables: Report | None
    found: dict[Origin, int] = field(default_factory=dict)

    def number(self, origin: Origin) -> int:
        """What the origin is called on the page."""
        return self.found.setdefault(origin, len(self.found))

    def cards(self) -> Iterator[str]:
        """The cards to be shown beside the numbers."""
        for origin, number in self.found.items():
            body = self._body(origin)
            words = escape(origin_in_words(origin))
            yield f"<div data-card='{number}'><b>{words}</b>{body}</div>"

    def _body(self, origin: Origin) -> str:
        report = self.draft.last_year if origin.source == "last_year" else self.tables
        if origin.concept and report:
            concept = origin.concept
            place = Place(table=concept.table, row=concept.row, column=concept.column)
            return place_to_html(report, place)
        if origin.source == "last_year" and report:
            return place_to_html(report, Place(section=origin.section, quote=origin.quote))
        return f"<blockquote class='nb-quote'>{escape(origin.quote)}</blockquote>" * bool(
            origin.quote
        )


def origin_in_words(origin: Origin) -> str:
    """Where a number comes from, in a line."""
    if origin.concept:
        which = f"{origin.year}年（上年）" if origin.source == "last_year" else "本年"
        ordinal = form_of(None).table(origin.concept.table).ordinal
        return f"{which}{ordinal}{cell_name(origin.concept)}"
    if origin.source == "last_year":
        return f"{origin.year}年年报的原话"
    return _WORDS[origin.source]


def draft_to_html(
    draft: Draft, tables: Report | None, revision: Revision, *, beside: bool, can_polish: bool
) -> str:
    """The text with its tools; `beside` puts last year's next to it."""
    origins = _Origins(draft, tables)
    last_year = draft.last_year if beside else None
    body = "".join(
        _section(section, revision, origins, last_year, can_polish)
        for section in (draft.preamble, *draft.sections)
    )
    cards = "".join(origins.cards())
    return (
        f"<section class='nbd-draft'><h2>{escape(draft.title)}</h2>{body}"
        f"<div class='nbd-cards' hidden>{cards}</div></section>"
    )


def _section(
    section: DraftSection,
    revision: Revision,
    origins: _Origins,
    last_year: Report | None,
    can_polish: bool,
) -> str:
    heading = section.heading or "引言"
    tables = (
        "<p class='nb-note'>第二、三、四部分是法定表格，按“材料”里填的数写入文件。</p>"
        if section.number == 5
        else ""
    )
    parts = "".join(_part(part, revision, origins, can_polish) for part in section.parts)
    body = f"<div>{parts}</div>"
    if last_year is not None:
        body = f"<div class='nbd-pair'>{body}{_last_year(last_year, section.number)}</div>"
    return f"{tables}<h3>{escape(heading)}</h3>{body}"


def _last_year(report: Report, number: int) -> str:
    section = report.section(number)
    text = escape(section.text).replace("\n", "<br>") if section else "（上年年报没有这一部分）"
    return f"<div class='nbd-before'><b>{report.year}年</b><p>{text}</p></div>"


def _part(part: DraftPart, revision: Revision, origins: _Origins, can_polish: bool) -> str:
    if not part.prose and not part.is_edited:
        return ""
    edited = "<span class='nb-tag nb-tag-notice'>手工改过</span>" if part.is_edited else ""
    return (
        f"<article class='nbd-part' data-part='{part.name}'><header><b>{escape(part.heading)}</b>"
        f"{edited}<span class='nbd-tools'>{_tools(part, revision, can_polish)}</span></header>"
        f"<p class='nbd-words'>{prose_to_html(part.prose, origins)}</p>"
        "<div class='nbd-editing' hidden>"
        f"<textarea rows='6' aria-label='修改这一段'>{escape(part.prose.text)}</textarea>"
        "<button type='button' class='nb-copy' data-act='save'>保存</button>"
        "<button type='button' class='nb-copy' data-act='leave'>取消</button></div></article>"
    )


def _tools(part: DraftPart, revision: Revision, can_polish: bool) -> str:
    style = revision.style(part.name)
    shown = list(_TOOLS)
    if can_polish:
        shown.append(("polish", "润色", "请语言模型改写措辞；数字和事实变了就不采用"))
    if part.is_edited:
        shown.append(("restore", "放弃手改", "按材料重新写这一段"))
    elif style != "plain":
        shown.append(("plain", "恢复详略", "回到一般的详略"))
    return "".join(
        f"<button type='button' data-act='{act}' title='{title}' aria-pressed='{str(act == style).lower()}'>"
        f"{word}</button>"
        for act, word, title in shown
    )


def prose_to_html(prose: Prose, origins: _Origins) -> str:
    """The text, each number a button that leads to its origin, each placeholder marked."""
    html = []
    at = 0
    for piece in _PLACEHOLDER.split(prose.text):
        end = at + len(piece)
        if _PLACEHOLDER.fullmatch(piece):
            html.append(
                f"<mark class='nbd-open' role='button' tabindex='0' title='点一下填写'>{escape(piece)}</mark>"
            )
        else:
            html.append(_numbers(prose.cut(at, end), origins))
        at = end
    return "".join(html).replace("\n", "<br>")


def _numbers(prose: Prose, origins: _Origins) -> str:
    html = []
    at = 0
    for bound in sorted(prose.bounds, key=lambda b: b.start):
        words = escape(origin_in_words(bound.origin))
        html.append(escape(prose.text[at : bound.start]))
        html.append(
            f"<span class='nbd-number' role='button' tabindex='0' title='{words}' "
            f"data-origin='{origins.number(bound.origin)}'>{escape(prose.text[bound.start : bound.end])}</span>"
        )
        at = bound.end
    return "".join((*html, escape(prose.text[at:])))
