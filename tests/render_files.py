"""An invented report as a Word file, a web page and a PDF, drawn as the official form is drawn.

The three formats share one drawing of the form: cells with real spans, labels merged over rows.
"""

import io
import random
import re
from collections.abc import Callable, Iterator
from functools import partial
from html import escape

import docx
from docx.table import Table as DocxTable

from assistant.drafting.official_form import draw_table
from ingest.forms import FORMS
from ingest.readers.layout import GridCell
from ingest.report import Report
from tests.print_pdf import Press

_LABEL_COLUMNS = 3
_APPLICANTS = 7

Drawing = list[GridCell]


def draw_tables(report: Report) -> dict[int, Drawing]:
    """Section number → the statutory table of that section as drawn."""
    return {
        form.section: list(draw_table(report, name))
        for name, form in FORMS[report.format or "2021"].tables.items()
    }


def _texts(report: Report) -> Iterator[tuple[str, str | int]]:
    """("title" | "heading" | "text" | "signature", text) and ("table", section) in order."""
    yield "title", report.title or ""
    if report.preamble:
        yield "text", report.preamble.text
    tables = draw_tables(report)
    for section in report.sections:
        yield "heading", section.heading
        if section.number in tables:
            yield "table", section.number
        for paragraph in filter(None, section.text.split("\n")):
            yield "text", paragraph
    if report.signed_on:
        day = report.signed_on
        yield "signature", report.signed_by or ""
        yield "signature", f"{day.year}年{day.month}月{day.day}日"


# --- Word -----------------------------------------------------------------------------------------


def as_docx(report: Report) -> bytes:
    """The report as Word saves it, merged cells really merged."""
    tables = draw_tables(report)
    document = docx.Document()
    for kind, content in _texts(report):
        if isinstance(content, int):
            _add_docx_table(document, tables[content])
        else:
            document.add_paragraph(content, style="Title" if kind == "title" else None)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_docx_table(document: docx.document.Document, cells: Drawing) -> None:
    rows = max(cell.row + cell.row_span for cell in cells)
    columns = max(cell.column + cell.column_span for cell in cells)
    table: DocxTable = document.add_table(rows, columns, style="Table Grid")
    grid = [row.cells for row in table.rows]
    for cell in cells:
        first = grid[cell.row][cell.column]
        last = grid[cell.row + cell.row_span - 1][cell.column + cell.column_span - 1]
        (first if first is last else first.merge(last)).text = cell.text


# --- Web pages ------------------------------------------------------------------------------------


def as_html(report: Report) -> bytes:
    """A plain page: paragraphs and tables with rowspan and colspan."""
    return f"<html><head><title>{report.title}</title></head><body>{_body(report)}</body></html>".encode()


def as_cms_page(report: Report, encoding: str = "gb2312") -> bytes:
    """The page as the content system of a government site delivers it.

    Around the report stand navigation, scripts, a table of metadata and a footer; the whole is laid
    out in tables; every number is split over font tags.
    """
    menu = "".join(f"<li><a href='/{i}.html'>栏目{i}</a></li>" for i in range(9))
    metadata = "".join(
        f"<tr><td>{name}</td><td>{value}</td><td>{other}</td><td></td></tr>"
        for name, value, other in (
            ("索引号", "00812345/2024-00017", "分类"),
            ("发布机构", report.agency or "", "发文日期"),
            ("文号", "", "主题词"),
        )
    )
    page = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html;
charset={encoding}"><meta name="ArticleTitle" content="{report.title}">
<title>{report.title}_青禾区人民政府</title><style>.x {{ display: none }} td {{ padding: 2px }}</style>
<script>var count = 12; document.write("<table><tr><td>99</td></tr></table>");</script></head>
<body><div class="header"><ul class="nav">{menu}</ul></div>
<p class="x">扫一扫 在手机打开当前页 999</p>
<table width="1000"><tr><td class="left"><ul>{menu}</ul></td><td>
<table class="info">{metadata}</table>
<div class="TRS_Editor">{_body(report, split=True)}</div></td></tr></table>
<div class="footer">主办单位：青禾区人民政府办公室 网站标识码 3700000000</div>
<script src="/js/count.js"></script></body></html>"""
    return page.encode("gb18030" if encoding.startswith("gb") else encoding)


def _cut(text: str, chance: random.Random, between: str) -> str:
    place = chance.randrange(1, len(text)) if len(text) > 1 else 0
    return text[:place] + between + text[place:]


# What pages hold in place of a bare number; the letters of the number stay in their order.
ODD_CELLS: tuple[Callable[[str, random.Random], str], ...] = (
    lambda text, chance: _cut(text, chance, "<br>"),
    lambda text, chance: _cut(text, chance, "&nbsp;"),
    lambda text, chance: _cut(text, chance, "<!-- 9 -->"),
    lambda text, chance: _cut(text, chance, '<img src="9.png">'),
    lambda text, chance: f'<input value="{text}">',
    lambda text, chance: f"<textarea>{text}</textarea>",
    lambda text, chance: f"<table><tr><td>{text}</td></tr></table>",
    lambda text, chance: f"<script>document.write({text!r})</script>",
    lambda text, chance: f'<span data-value="{text}"></span>',
    lambda text, chance: f"<del>7</del>{text}",
    lambda text, chance: f'<span class="sr-only">8</span>{text}',
    lambda text, chance: f"<ruby>{text}<rt>3</rt></ruby>",
    lambda text, chance: f'{text}<span style="vertical-align:super">1</span>',
    lambda text, chance: f'<bdo dir="rtl">{text[::-1]}</bdo>',
    lambda text, chance: f'<span aria-hidden="true">{text}</span>',
    *(
        partial(lambda name, text, chance: f'<span class="{name}">7</span>{text}', name)
        for name in ("unseen", "clear", "pale", "away", "cut", "gone", "struck")
    ),
    lambda text, chance: f'{text}<span class="up">1</span>',
    lambda text, chance: f'<span class="back">{text[::-1]}</span>',
    lambda text, chance: f'<span class="n{text[0]}">{text[1:]}</span>',
    lambda text, chance: f'<span data-n="{text}"></span>',
    lambda text, chance: f'<span class="own">{text[::-1]}</span>',
    lambda text, chance: f'<span class="turned"><i>{text[1:]}</i><i>{text[:1]}</i></span>',
    lambda text, chance: f'<b style="float:right">{text[1:]}</b>{text[:1]}',
    lambda text, chance: '<span class="drawn"></span>',
    lambda text, chance: f'<meter value="{text}">9</meter>',
    lambda text, chance: f"<details><summary>{text}</summary>7</details>",
    lambda text, chance: f"<math><mfrac><mn>{text}</mn><mn>2</mn></mfrac></math>",
    lambda text, chance: "".join(chr(0xE000 + int(digit)) for digit in text if digit != ","),
)
_ODD_STYLES = (
    ".unseen { visibility: hidden } td .clear, .other { opacity: 0 } .pale { color: #fff }"
    " .away { position: absolute; left: -999px } .cut { clip-path: inset(100%) }"
    " table span.gone { display: inline-block; width: 0; overflow: hidden }"
    " .struck { text-decoration: line-through } .up { vertical-align: super; font-size: 8px }"
    " .back { unicode-bidi: bidi-override; direction: rtl } .own { font-family: mine }"
    " @font-face { font-family: mine; src: url(mine.woff) } [data-n]::before { content: attr(data-n) }"
    " .turned { display: flex; flex-direction: row-reverse }"
    " .drawn { background: url(7.png); display: inline-block; width: 9px }"
    + "".join(f" .n{digit}:before {{ content: '{digit}' }}" for digit in range(10))
)


def as_odd_page(report: Report, chance: random.Random, oddity: int | None = None) -> bytes:
    """A page in whose cells one of several oddities replaces some of the bare numbers."""
    change = chance.choice(ODD_CELLS) if oddity is None else ODD_CELLS[oddity]
    share = chance.choice((0.1, 0.4, 1.0))

    def odd(number: re.Match[str]) -> str:
        return change(number[0], chance) if chance.random() < share else number[0]

    style = f"<style>{_ODD_STYLES}</style></head>"
    page = as_html(report).decode().replace("</head>", style)
    # A class named for a full-width digit is on no style sheet.
    return re.sub(r"(?<=<p>\n  )[0-9,]+(?=\n</p></td>)", odd, page).encode()


def _body(report: Report, *, split: bool = False) -> str:
    tables = draw_tables(report)
    parts = []
    for _, content in _texts(report):
        if isinstance(content, int):
            parts.append(_html_table(tables[content], split=split))
        else:
            parts.append(f"<p>&emsp;&emsp;{escape(content)}</p>")
    return "\n".join(parts)


def _html_table(cells: Drawing, *, split: bool) -> str:
    rows = max(cell.row + cell.row_span for cell in cells)
    lines = []
    for row in range(rows):
        line = "".join(
            f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}"><p>\n'
            f"  {_in_fonts(cell.text) if split else escape(cell.text)}\n</p></td>"
            for cell in sorted(cells, key=lambda c: c.column)
            if cell.row == row
        )
        lines.append(f"<tr>{line}</tr>")
    return f'<table border="1"><tbody>{"".join(lines)}</tbody></table>'


def _in_fonts(text: str) -> str:
    """The text as pasted from Word: each letter or two in a tag of its own."""
    pieces = [text[i : i + 2] for i in range(0, len(text), 2)]
    return "".join(f'<span><font face="宋体">{escape(piece)}</font></span>' for piece in pieces)


# --- PDF ------------------------------------------------------------------------------------------


def as_pdf(
    report: Report,
    *,
    repeat_head: bool = False,
    open_breaks: bool = False,
    page_turn: int = 0,
    ruled: bool = True,
) -> bytes:
    """The report as printed to PDF; table three runs over a page break inside merged labels.

    `repeat_head` prints its header again on the next page; `open_breaks` leaves out the borders at
    the break; `page_turn` turns the pages (90, 180, 270); `ruled` false leaves all borders out.
    """
    press = Press(page_turn=page_turn, open_breaks=open_breaks, ruled=ruled)
    tables = draw_tables(report)
    for kind, content in _texts(report):
        if isinstance(content, int):
            cells = tables[content]
            head = 3 if repeat_head and content == 3 else 0
            press.table(cells, _pdf_widths(cells), head)
        else:
            align = {"title": "center", "signature": "right"}.get(kind, "left")
            press.paragraph(content, align=align)
    return press.data()


def _pdf_widths(cells: Drawing) -> list[float]:
    columns = max(cell.column + cell.column_span for cell in cells)
    if columns == _LABEL_COLUMNS + _APPLICANTS:
        return [14, 60, 140, *[34] * _APPLICANTS]
    return [450 / columns] * columns
