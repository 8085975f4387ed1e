"""A report in the official form: the three statutory tables drawn, and HTML and Markdown of the whole.

The Word file is made by `official_word`. The invariant: a blank cell stays blank and a dash stays a
dash, every cell stands where the form has it, and reading the file again gives the same tables.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, TypeAlias

from ingest.forms import APPLICANT_COLUMNS, DISPUTE_COLUMNS, Row, form_of
from ingest.readers.layout import GridCell
from ingest.report import Report, TableName

Drawing: TypeAlias = tuple[GridCell, ...]

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
NO_DATE = "【请补充：成文日期】"
LABEL_COLUMNS = 3  # of table three
_OUTCOME_NUMBER = "三"
_TABLE_OF_SECTION: dict[int, TableName] = {2: "proactive", 3: "requests", 4: "disputes"}


# --- The tables ------------------------------------------------------------------------------------


def draw_table(report: Report, name: TableName) -> Drawing:
    """One statutory table as the form draws it: every cell once, with the rows and columns it spans."""
    draw = {"proactive": _proactive, "requests": _requests, "disputes": _disputes}[name]
    return tuple(draw(report))


def header_rows(name: TableName) -> int:
    """How many rows a table's head has that may be printed again on the next page."""
    return {"proactive": 0, "requests": 3, "disputes": 3}[name]


def _values(report: Report, name: TableName, row: str) -> list[str]:
    columns = form_of(report.format).table(name).columns(row)
    table = report.tables.get(name)
    return [(table.cell(row, column.id).text or "") if table else "" for column in columns]


def _proactive(report: Report) -> Iterator[GridCell]:
    blocks = form_of(report.format).table("proactive").blocks
    wide = math.lcm(*(len(block.columns) for block in blocks))
    line = 0
    for block in blocks:
        yield GridCell(block.title, line, 0, 1, wide + 1)
        lines = [("信息内容", [column.label for column in block.columns])]
        lines += [(row.label, _values(report, "proactive", row.id)) for row in block.rows]
        for below, (label, texts) in enumerate(lines, 1):
            yield from _proactive_line(label, texts, line + below, wide // len(texts))
        line += 1 + len(lines)


def _proactive_line(label: str, texts: Sequence[str], line: int, span: int) -> Iterator[GridCell]:
    yield GridCell(label, line, 0)
    for index, text in enumerate(texts):
        yield GridCell(text, line, 1 + span * index, 1, span)


def _requests(report: Report) -> Iterator[GridCell]:
    yield from _requests_head()
    rows = list(form_of(report.format).table("requests").rows.values())
    for index, row in enumerate(rows):
        line = header_rows("requests") + index
        yield from _request_labels(rows, index, line)
        for column, text in enumerate(_values(report, "requests", row.id), LABEL_COLUMNS):
            yield GridCell(text, line, column)


def _requests_head() -> Iterator[GridCell]:
    person, *organisations, total = (column.label for column in APPLICANT_COLUMNS)
    yield GridCell(CORNER, 0, 0, 3, LABEL_COLUMNS)
    yield GridCell("申请人情况", 0, LABEL_COLUMNS, 1, len(APPLICANT_COLUMNS))
    yield GridCell(person, 1, LABEL_COLUMNS, 2, 1)
    yield GridCell("法人或其他组织", 1, LABEL_COLUMNS + 1, 1, len(organisations))
    yield GridCell(total, 1, LABEL_COLUMNS + 1 + len(organisations), 2, 1)
    for index, label in enumerate(organisations):
        yield GridCell(label, 2, LABEL_COLUMNS + 1 + index)


def _request_labels(rows: Sequence[Row], index: int, line: int) -> Iterator[GridCell]:
    """The labels of one row; a merged label stands at the first of the rows that it covers."""
    row = rows[index]
    if not row.group:
        yield GridCell(numbered(row), line, 0, 1, LABEL_COLUMNS)
        return
    if not any(before.group for before in rows[:index]):
        outcomes = [each for each in rows if each.group]
        label = next(r for r in outcomes if r.group_number == _OUTCOME_NUMBER).group
        yield GridCell(f"{_OUTCOME_NUMBER}、{label}", line, 0, len(outcomes), 1)
    if row.group_number == _OUTCOME_NUMBER:
        yield GridCell(numbered(row), line, 1, 1, 2)
        return
    if rows[index - 1].group != row.group:
        height = sum(each.group == row.group for each in rows)
        yield GridCell(f"{row.group_number}{row.group}", line, 1, height, 1)
    yield GridCell(numbered(row), line, 2)


def numbered(row: Row) -> str:
    """A row's label with its number as the form prints it: 1.属于国家秘密, （一）予以公开."""
    if row.number.isdecimal():
        return f"{row.number}.{row.label}"
    return f"{row.number}{row.label}" if "（" in row.number else f"{row.number}、{row.label}"


def _disputes(report: Report) -> Iterator[GridCell]:
    rows = list(form_of(report.format).table("disputes").rows.values())
    wide = len(DISPUTE_COLUMNS)
    alone, *grouped = rows
    yield GridCell(alone.label, 0, 0, 1, wide)
    yield GridCell(grouped[0].group, 0, wide, 1, wide * len(grouped))
    for index, column in enumerate(DISPUTE_COLUMNS):
        yield GridCell(column.label, 1, index, 2, 1)
    for place, row in enumerate(grouped, 1):
        yield GridCell(row.label, 1, wide * place, 1, wide)
        for index, column in enumerate(DISPUTE_COLUMNS):
            yield GridCell(column.label, 2, wide * place + index)
    texts = [text for row in rows for text in _values(report, "disputes", row.id)]
    for index, text in enumerate(texts):
        yield GridCell(text, 3, index)


# --- The whole report ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the report, or one of its tables."""

    kind: Literal["title", "text", "heading", "subheading", "table", "signature"]
    text: str = ""
    table: TableName | None = None


def report_to_parts(report: Report) -> Iterator[Part]:
    """The report in the order in which it is printed; without a date, a placeholder for it."""
    yield Part("title", report.title or "")
    for section in report.texts:
        if section.number:
            yield Part("heading", section.heading)
        for paragraph in filter(None, (line.strip() for line in section.text.split("\n"))):
            yield Part("subheading" if is_subheading(paragraph) else "text", paragraph)
        if section.number in _TABLE_OF_SECTION:
            yield Part("table", table=_TABLE_OF_SECTION[section.number])
    yield Part("signature", report.signed_by or report.agency or "")
    day = report.signed_on
    yield Part("signature", f"{day.year}年{day.month}月{day.day}日" if day else NO_DATE)


LONGEST_SUBHEADING = 30  # characters


def is_subheading(paragraph: str) -> bool:
    """Whether a paragraph is a head of the second level: （一）主动公开, without a sentence."""
    starts = (
        paragraph[:1] == "（" and paragraph[2:3] == "）" and paragraph[1] in "一二三四五六七八九"
    )
    return starts and len(paragraph) <= LONGEST_SUBHEADING and "。" not in paragraph


_STYLE = """body{max-width:46em;margin:2em auto;font-family:"仿宋_GB2312","仿宋","FangSong",serif;line-height:1.8}
h1{font-family:"方正小标宋简体","宋体","SimSun",serif;font-weight:normal;text-align:center}
h2{font-family:"黑体","SimHei",sans-serif;font-weight:normal;font-size:1.1em}
h3{font-family:"楷体_GB2312","楷体","KaiTi",serif;font-weight:normal;font-size:1.1em}
p{text-indent:2em;margin:0}.signature{text-align:right;text-indent:0}
table{border-collapse:collapse;width:100%;margin:1em 0}td{border:1px solid #000;padding:.2em;text-align:center;font-size:.85em}"""
_TAGS = {"title": "h1", "heading": "h2", "subheading": "h3", "text": "p"}


def report_to_html(report: Report) -> str:
    """The report as one page that needs no other file."""
    body = "\n".join(_html(report, part) for part in report_to_parts(report))
    title = escape(report.title or "")
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>\n'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _html(report: Report, part: Part) -> str:
    if part.table:
        return _html_table(draw_table(report, part.table))
    if part.kind == "signature":
        return f'<p class="signature">{escape(part.text)}</p>'
    tag = _TAGS[part.kind]
    return f"<{tag}>{escape(part.text)}</{tag}>"


def _html_table(cells: Drawing) -> str:
    lines = []
    for row in range(max(cell.row + cell.row_span for cell in cells)):
        across = sorted((c for c in cells if c.row == row), key=lambda c: c.column)
        lines.append("<tr>" + "".join(map(_html_cell, across)) + "</tr>")
    return "<table>\n" + "\n".join(lines) + "\n</table>"


def _html_cell(cell: GridCell) -> str:
    down = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    across = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f"<td{down}{across}>{escape(cell.text)}</td>"


_MARKS = {"title": "# ", "heading": "## ", "subheading": "### ", "text": "", "signature": ""}


def report_to_markdown(report: Report) -> str:
    """The report as Markdown; table two is one table a block, since Markdown cannot merge cells."""
    blocks = [
        "\n\n".join(_markdown_tables(report, part.table))
        if part.table
        else f"{_MARKS[part.kind]}{part.text}"
        for part in report_to_parts(report)
    ]
    return "\n\n".join(blocks) + "\n"


def _markdown_tables(report: Report, name: TableName) -> Iterator[str]:
    if name != "proactive":
        yield _markdown_table(draw_table(report, name))
        return
    for block in form_of(report.format).table(name).blocks:
        cells = [GridCell(block.title, 0, 0, 1, len(block.columns) + 1)]
        lines = [("信息内容", [column.label for column in block.columns])]
        lines += [(row.label, _values(report, name, row.id)) for row in block.rows]
        for line, (label, texts) in enumerate(lines, 1):
            cells += _proactive_line(label, texts, line, 1)
        yield _markdown_table(tuple(cells))


def _markdown_table(cells: Drawing) -> str:
    """One pipe table; a head that spans columns is repeated in each, so that no cell is shifted."""
    rows = max(cell.row + cell.row_span for cell in cells)
    columns = max(cell.column + cell.column_span for cell in cells)
    grid = [[""] * columns for _ in range(rows)]
    for cell in cells:
        for column in range(cell.column, cell.column + cell.column_span):
            grid[cell.row][column] = cell.text.replace("|", "\\|")
    lines = ["| " + " | ".join(row) + " |" for row in grid]
    return "\n".join([lines[0], "|" + " --- |" * columns, *lines[1:]])
