"""A report as a Word file in the form that official documents have (GB/T 9704 as far as it applies).

Type faces are named for Word with a fall-back each, since a reader's machine may lack them. The
invariant: merged cells are really merged, so that any reader sees the form and not a picture of it.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from assistant.drafting.official_form import (
    LABEL_COLUMNS,
    Drawing,
    Part,
    draw_table,
    header_rows,
    report_to_parts,
)
from ingest.report import Report, TableName

FALL_BACKS: Mapping[str, str] = MappingProxyType(
    {
        "方正小标宋简体": "宋体",
        "仿宋_GB2312": "仿宋",
        "楷体_GB2312": "楷体",
        "黑体": "SimHei",
        "宋体": "SimSun",
    }
)
"""Type face → what Word takes where it is not installed (w:altName)."""

LATIN = "Times New Roman"
# GB/T 9704: 二号 for the title, 三号 for the text, 四号 for the page number.
TITLE_SIZE, BODY_SIZE, PAGE_NUMBER_SIZE = Pt(22), Pt(16), Pt(14)
MOST_ROWS_KEPT = 16  # table three has more and may be broken
MOST_TITLE_CHARACTERS = 20  # of that size on a line
_SUBJECT = "政府信息公开"
TABLE_SIZE = Pt(9)  # 小五: ten and fifteen columns stand on one page's width
LINE = Pt(28)
TITLE_LINE = Pt(36)
# The page: 37 mm above, 28 mm left, a type area of 156 mm by 225 mm.
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
TYPE_AREA_MM = 156.0
_LABELS_MM = (11.0, 19.0, 49.0)
_PLACEHOLDER = re.compile(r"(【请补充：[^】]*】)")


@dataclass(frozen=True, slots=True)
class _Look:
    """How one kind of paragraph is set."""

    face: str
    align: WD_ALIGN_PARAGRAPH
    indent: int = 0  # hundredths of a character, first line
    right: int = 0  # hundredths of a character


_LOOKS: Mapping[str, _Look] = MappingProxyType(
    {
        "title": _Look("方正小标宋简体", WD_ALIGN_PARAGRAPH.CENTER),
        "heading": _Look("黑体", WD_ALIGN_PARAGRAPH.JUSTIFY, 200),
        "subheading": _Look("楷体_GB2312", WD_ALIGN_PARAGRAPH.JUSTIFY, 200),
        "text": _Look("仿宋_GB2312", WD_ALIGN_PARAGRAPH.JUSTIFY, 200),
        "signature": _Look("仿宋_GB2312", WD_ALIGN_PARAGRAPH.RIGHT, right=400),
    }
)


def report_to_docx(report: Report) -> bytes:
    """The Word file of the report: title, six parts, tables, signature and date."""
    document = docx.Document()
    _set_page(document)
    _set_properties(document, report)
    _name_fall_backs(document)
    *body, name, day = report_to_parts(report)
    for part in body:
        if part.table:
            _add_table(document, draw_table(report, part.table), part.table)
        else:
            _add_paragraph(document, part, _LOOKS[part.kind])
    _add_signature(document, name, day)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# --- Page and fonts --------------------------------------------------------------------------------


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.footer_distance = Mm(28)
    normal = document.styles["Normal"]
    normal.font.name = LATIN
    normal.font.size = BODY_SIZE
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    normal.paragraph_format.space_after = Pt(0)
    document.settings.odd_and_even_pages_header_footer = True
    _add_page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _add_page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _add_page_number(paragraph: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, as a field that Word fills in, one character from the outer edge (单页居右，双页居左)."""
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = PAGE_NUMBER_SIZE
    paragraph.paragraph_format.right_indent = PAGE_NUMBER_SIZE
    _add_run(paragraph, "— ", "宋体", PAGE_NUMBER_SIZE)
    field = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )
    paragraph._p.append(field)
    _add_run(paragraph, " —", "宋体", PAGE_NUMBER_SIZE)


def _set_properties(document: Any, report: Report) -> None:
    properties = document.core_properties
    properties.title = report.title or ""
    properties.author = report.agency or ""
    properties.last_modified_by = report.agency or ""
    properties.comments = ""


def _name_fall_backs(document: Any) -> None:
    """Each type face in the file's font table with the one to take instead."""
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for face, instead in FALL_BACKS.items()
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


# --- Paragraphs ------------------------------------------------------------------------------------


def _add_paragraph(document: Any, part: Part, look: _Look) -> Any:
    is_title = part.kind == "title"
    paragraph = document.add_paragraph()
    paragraph.alignment = look.align
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = TITLE_LINE if is_title else LINE
    paragraph.paragraph_format.space_after = LINE if is_title else Pt(0)
    paragraph.paragraph_format.keep_with_next = part.kind in ("heading", "subheading")
    _indent(paragraph, look)
    _set_level(paragraph, part.kind)
    if is_title:
        _add_title(paragraph, part.text, look.face)
        return paragraph
    for piece in filter(None, _PLACEHOLDER.split(part.text)):
        run = _add_run(paragraph, piece, look.face, BODY_SIZE)
        if _PLACEHOLDER.fullmatch(piece):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return paragraph


def _add_signature(document: Any, name: Part, day: Part) -> None:
    """A line below the text the name, centred over the date, which ends four characters from the edge."""
    look = _LOOKS["signature"]
    over = (_width(day.text) - _width(name.text)) / 2
    above = replace(look, right=max(0, look.right + round(over * 100)))
    paragraph = _add_paragraph(document, name, above)
    paragraph.paragraph_format.space_before = LINE
    paragraph.paragraph_format.keep_with_next = True
    _add_paragraph(document, day, look)


def _width(text: str) -> float:
    """How wide a text is set, in Chinese characters; digits are half as wide."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _add_title(paragraph: Any, text: str, face: str) -> None:
    """A title too long for one line is broken where its sense breaks (GB/T 9704: 词意完整)."""
    start, subject, end = text.rpartition(_SUBJECT)
    if len(text) <= MOST_TITLE_CHARACTERS or not start:
        _add_run(paragraph, text, face, TITLE_SIZE)
        return
    _add_run(paragraph, start, face, TITLE_SIZE).add_break()
    _add_run(paragraph, subject + end, face, TITLE_SIZE)


def _indent(paragraph: Any, look: _Look) -> None:
    """Indents in characters, which Word keeps when the size is changed."""
    indent = OxmlElement("w:ind")
    for name, value in (("w:firstLineChars", look.indent), ("w:rightChars", look.right)):
        if value:
            indent.set(qn(name), str(value))
            twips = round(value / 100 * BODY_SIZE.pt * 20)
            indent.set(qn(name.removesuffix("Chars")), str(twips))
    if indent.attrib:
        paragraph._p.get_or_add_pPr()._insert_ind(indent)


def _set_level(paragraph: Any, kind: str) -> None:
    """The level in Word's outline, so that the parts can be jumped to."""
    level = {"heading": "0", "subheading": "1"}.get(kind)
    if level:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), level)
        paragraph._p.get_or_add_pPr().append(outline)


def _add_run(paragraph: Any, text: str, face: str, size: Any) -> Any:
    run = paragraph.add_run(text)
    run.font.name = LATIN
    run.font.size = size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    return run


# --- Tables ----------------------------------------------------------------------------------------


def _add_table(document: Any, cells: Drawing, name: TableName) -> None:
    rows = max(cell.row + cell.row_span for cell in cells)
    columns = max(cell.column + cell.column_span for cell in cells)
    table = document.add_table(rows, columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _set_widths(table, _widths_mm(name, columns))
    grid = [row.cells for row in table.rows]
    for cell in cells:
        first = grid[cell.row][cell.column]
        last = grid[cell.row + cell.row_span - 1][cell.column + cell.column_span - 1]
        _fill(first if first is last else first.merge(last), cell.text)
    for index, row in enumerate(table.rows):
        _keep_whole(row, is_header=index < header_rows(name))
    if rows <= MOST_ROWS_KEPT:
        _keep_together(table)


def _keep_together(table: Any) -> None:
    """A small table goes to the next page as a whole: each row but the last keeps with the next."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _widths_mm(name: TableName, columns: int) -> list[float]:
    if name == "requests":
        rest = columns - LABEL_COLUMNS
        return [*_LABELS_MM, *[(TYPE_AREA_MM - sum(_LABELS_MM)) / rest] * rest]
    return [TYPE_AREA_MM / columns] * columns


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _fill(cell: Any, text: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_run(paragraph, text, "宋体", TABLE_SIZE)
    # The mark of the paragraph has a size too, and would make the row as high as the text's lines.
    mark = parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="{TABLE_SIZE.pt * 2:.0f}"/></w:rPr>')
    paragraph._p.get_or_add_pPr().append(mark)


def _keep_whole(row: Any, *, is_header: bool) -> None:
    """No row is broken over two pages; the head of a long table is printed again."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))
