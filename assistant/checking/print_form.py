"""A check as a PDF to print and sign: the findings grouped by severity, each with its places.

Pure. The font is the Song typeface that every PDF reader supplies for Chinese, so no font file is
shipped and the file stays small. Everything that came out of a document is escaped.
"""

import io
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from typing import Any

from assistant.checking.decisions import Decision
from assistant.checking.markup import decision_to_text
from assistant.render import SEVERITY_WORDS, check_in_words, place_to_text
from assistant.rules import RULES, SEVERITIES, Check, Evidence, Finding
from ingest.report import Report

FONT = "STSong-Light"
_MARGIN = 56  # points
_COLOURS = {"error": "#b3261e", "warning": "#9a6700", "notice": "#3b6ea8"}
# A quotation is shown to find the place again, not to print the report a second time.
_LONGEST_QUOTE = 240


def check_to_pdf(
    report: Report, check: Check, decisions: Mapping[Finding, Decision] | None = None
) -> bytes:
    """The check as the bytes of a PDF on A4, pages numbered."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    buffer = io.BytesIO()
    title = f"核查：{report.title or report.source}"
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        title=title,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
    )
    story = [_paragraph(title, "title"), _paragraph(check_in_words(check), "plain")]
    for severity in SEVERITIES:
        story += _group(check, severity, decisions or {})
    story += _list("无法判定", [f"{u.rule}：{u.message}" for u in check.undecided])
    story += _list("读取存疑", [warning.message for warning in report.warnings])
    document.build(story, onFirstPage=_numbered, onLaterPages=_numbered)
    return buffer.getvalue()


def _group(check: Check, severity: str, decisions: Mapping[Finding, Decision]) -> Iterator[Any]:
    from reportlab.platypus import KeepTogether

    found = [f for f in check.findings if f.severity == severity]
    if not found:
        return
    yield _paragraph(f"{SEVERITY_WORDS[found[0].severity]}（{len(found)}）", "head")
    for number, finding in enumerate(found, 1):
        head, *rest = _finding(number, finding, decisions.get(finding))
        # A finding's number must not stand alone at the foot of a page.
        yield KeepTogether([head, *rest[:1]])
        yield from rest[1:]


def _finding(number: int, finding: Finding, decision: Decision | None) -> Iterator[Any]:
    colour = _COLOURS[finding.severity]
    yield _paragraph(
        f"<font color='{colour}'>{number}、{escape(finding.rule)}</font>　{escape(finding.message)}",
        "finding",
        escaped=True,
    )
    for evidence in finding.evidence:
        yield _paragraph(_place(evidence), "place")
    for consequence in finding.consequences:
        yield _paragraph(f"连带：{consequence.message}", "plain")
    yield _paragraph(f"改法：{finding.suggestion}", "plain")
    yield _paragraph(f"依据：{RULES[finding.rule].page.basis}", "place")
    if decision:
        yield _paragraph(f"处理：{decision_to_text(decision)}", "plain")


def _place(evidence: Evidence) -> str:
    year = f"{evidence.year}年年报 " if evidence.report else ""
    value = "" if evidence.value is None else f"：{evidence.value}"
    quote = evidence.place.quote or ""
    shown = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}……"
    return f"{year}{place_to_text(evidence.place)}{value}" + (f"　“{shown}”" if shown else "")


def _list(title: str, lines: list[str]) -> Iterator[Any]:
    if lines:
        yield _paragraph(f"{title}（{len(lines)}）", "head")
        yield from (_paragraph(f"· {line}", "plain") for line in lines)


def _paragraph(text: str, style: str, *, escaped: bool = False) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(text if escaped else escape(text), _styles()[style])


@cache
def _styles() -> Mapping[str, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    plain = ParagraphStyle(
        "plain", fontName=FONT, fontSize=10.5, leading=17, wordWrap="CJK", spaceAfter=2
    )
    return {
        "plain": plain,
        "title": ParagraphStyle("title", plain, fontSize=16, leading=24, spaceAfter=8),
        "head": ParagraphStyle("head", plain, fontSize=13, leading=20, spaceBefore=12),
        "finding": ParagraphStyle("finding", plain, spaceBefore=8),
        "place": ParagraphStyle(
            "place", plain, fontSize=9, leading=14, leftIndent=12, textColor=HexColor("#4a5664")
        ),
    }


def _numbered(canvas: Any, document: Any) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(document.pagesize[0] / 2, _MARGIN / 2, f"第 {document.page} 页")
