"""An invented report as a Word file, a web page and a PDF, drawn as the official form is drawn.

The three formats share one drawing of the form: cells with real spans, labels merged over rows.
"""

import io
import math
from collections.abc import Iterator, Sequence
from html import escape

import docx
from docx.table import Table as DocxTable

from ingest.forms import FORMS
from ingest.readers.layout import GridCell
from ingest.report import Report
from tests.print_pdf import Press
from tests.render_text import RequestRow, dispute_values, request_rows, values_of

_CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_ORGANISATIONS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
_RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
_LABEL_COLUMNS = 3
_APPLICANTS = 7

Drawing = list[GridCell]


def draw_tables(report: Report) -> dict[int, Drawing]:
    """Section number → the statutory table of that section as drawn."""
    return {2: _draw_proactive(report), 3: _draw_requests(report), 4: _draw_disputes(report)}


def _draw_proactive(report: Report) -> Drawing:
    blocks = FORMS[report.format or "2021"].tables["proactive"].blocks
    wide = math.lcm(*(len(block.columns) for block in blocks))
    cells: Drawing = []
    row = 0
    for block in blocks:
        span = wide // len(block.columns)
        cells.append(GridCell(block.title, row, 0, 1, wide + 1))
        lines = [["信息内容", *(column.label for column in block.columns)]]
        lines += [[r.label, *values_of(report, "proactive", r.id)] for r in block.rows]
        for line in lines:
            row += 1
            cells.append(GridCell(line[0], row, 0))
            cells += [GridCell(text, row, 1 + span * i, 1, span) for i, text in enumerate(line[1:])]
        row += 1
    return cells


def _draw_requests(report: Report) -> Drawing:
    cells = [
        GridCell(_CORNER, 0, 0, 3, 3),
        GridCell("申请人情况", 0, 3, 1, _APPLICANTS),
        GridCell("自然人", 1, 3, 2, 1),
        GridCell("法人或其他组织", 1, 4, 1, 5),
        GridCell("总计", 1, 9, 2, 1),
        *(GridCell(text, 2, 4 + i) for i, text in enumerate(_ORGANISATIONS)),
    ]
    rows = request_rows(report)
    for number, row in enumerate(rows):
        for column, label in enumerate(row.labels):
            if not label:
                continue
            is_last = column == len(row.labels) - 1
            across = _LABEL_COLUMNS - column if is_last else 1
            down = 1 if is_last else _height(rows[number:], column)
            cells.append(GridCell(label, number + 3, column, down, across))
        cells += [GridCell(text, number + 3, 3 + i) for i, text in enumerate(row.values)]
    return cells


def _height(rows: Sequence[RequestRow], column: int) -> int:
    """How many rows the merged label of the first row covers."""
    height = 1
    for row in rows[1:]:
        if len(row.labels) <= column + 1 or any(row.labels[: column + 1]):
            break
        height += 1
    return height


def _draw_disputes(report: Report) -> Drawing:
    return [
        GridCell("行政复议", 0, 0, 1, 5),
        GridCell("行政诉讼", 0, 5, 1, 10),
        *(GridCell(text, 1, i, 2, 1) for i, text in enumerate(_RESULTS)),
        GridCell("未经复议直接起诉", 1, 5, 1, 5),
        GridCell("复议后起诉", 1, 10, 1, 5),
        *(GridCell(text, 2, 5 + i) for i, text in enumerate(_RESULTS * 2)),
        *(GridCell(text, 3, i) for i, text in enumerate(dispute_values(report))),
    ]


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
    the break; `page_turn` turns the pages (90, 270); `ruled` false leaves all borders out.
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
