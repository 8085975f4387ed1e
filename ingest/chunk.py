"""Report → chunks: the passages that are searched and quoted.

A chunk's `text` is quotable: sentences letter for letter, or one table row in words. Its `context`
says where it stands; both together are what is embedded. The invariant: no sentence is cut, a
breakdown stays with its total, and every chunk knows its place in the document.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.forms import Form, Row, form_of
from ingest.outline import SECTIONS
from ingest.report import Cell, Place, Report, Section, TableName
from ingest.sentences import Span, sentence_spans

TARGET_LENGTH = 200  # characters; a sentence with its neighbours, about a screen's four lines
LONGEST_WITH_BREAKDOWN = 400  # characters; a total and its parts may be twice as long

# （一）主动公开情况  1. 人手不足。  第二，  一是: a heading of its own line or before its sentence
_SUBHEADING = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、\uff0e](?!\d)|第[一二三四五六七八九十]+[、，])"
    r"\s*(?P<name>[^\n。：:；;，,]{2,30})"
)
_STARTS_WITH_BREAKDOWN = re.compile(
    r"\s*(?:其中|包括|分别|主要包括|具体|公开内容)|[^。]{0,40}其中[：:，,]"
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of a report; see the module's first lines."""

    text: str
    context: str
    place: Place


def report_to_chunks(report: Report) -> list[Chunk]:
    """Every passage of the report: the text in order, then the rows of its tables.

    Table rows without a single number give no chunk.
    """
    name = f"{report.agency or ''}{f' {report.year}年' if report.year else ''}".strip()
    chunks = [chunk for section in report.texts for chunk in _section_chunks(section, name)]
    return [*chunks, *_table_chunks(report, name)]


# --- Text ------------------------------------------------------------------------------------------


def _section_chunks(section: Section, name: str) -> Iterator[Chunk]:
    subheading = ""
    for paragraph in _paragraphs(section.text):
        text = paragraph.of(section.text)
        heading = _SUBHEADING.match(text)
        if heading:
            subheading = heading["name"].strip()
            if heading.end() == len(text) and paragraph.end < len(section.text):
                continue  # a line of its own: it is the context of what follows
        context = " ".join(part for part in (name, section.heading, subheading) if part)
        for span in _groups(text):
            start = paragraph.start + span.start
            yield _text_chunk(section, Span(start, paragraph.start + span.end), context)


def _paragraphs(text: str) -> Iterator[Span]:
    for match in re.finditer(r"[^\n]+", text):
        if match[0].strip():
            yield Span(match.start(), match.end())


def _groups(paragraph: str) -> Iterator[Span]:
    """Runs of whole sentences of about the target length."""
    group: Span | None = None
    for sentence in sentence_spans(paragraph):
        if group is None:
            group = sentence
        elif _belongs(paragraph, group, sentence):
            group = Span(group.start, sentence.end)
        else:
            yield group
            group = sentence
    if group is not None:
        yield group


def _belongs(paragraph: str, group: Span, sentence: Span) -> bool:
    length = sentence.end - group.start
    if _STARTS_WITH_BREAKDOWN.match(sentence.of(paragraph)):
        return length <= LONGEST_WITH_BREAKDOWN
    return length <= TARGET_LENGTH


def _text_chunk(section: Section, span: Span, context: str) -> Chunk:
    text = span.of(section.text)
    start = section.start_at(span.start)
    place = Place(page=start.page, line=start.line, section=section.number, quote=text)
    return Chunk(text, context, place)


# --- Tables ----------------------------------------------------------------------------------------


def _table_chunks(report: Report, name: str) -> Iterator[Chunk]:
    if report.format is None:
        return
    form = form_of(report.format)
    for table in report.tables.values():
        context = f"{name} {_heading(report, form.table(table.name).section)}".strip()
        for row, cells in table.rows.items():
            if any(cell.value is not None for cell in cells.values()):
                yield _row_chunk(form, table.name, row, cells, context)


def _heading(report: Report, number: int) -> str:
    section = report.section(number)
    return section.heading if section else SECTIONS[number - 1].heading


def _row_chunk(
    form: Form, table: TableName, row: str, cells: Mapping[str, Cell], context: str
) -> Chunk:
    described = "，".join(_described(form, table, row, column, cells[column]) for column in cells)
    page = next((cell.place.page for cell in cells.values() if cell.place.page), None)
    line = next((cell.place.line for cell in cells.values() if cell.place.line), None)
    section = form.table(table).section
    place = Place(page=page, line=line, section=section, table=table, row=row)
    return Chunk(f"{_label(form.table(table).rows[row])}：{described}。", context, place)


def _label(row: Row) -> str:
    return f"{row.group}（{row.label}）" if row.group and row.group != row.label else row.label


def _described(form: Form, table: TableName, row: str, column: str, cell: Cell) -> str:
    label = form.table(table).column(row, column).label.partition("（")[0]
    if cell.value is None:
        return f"{label}{'未填' if cell.state in ('blank', 'missing') else cell.text}"
    return f"{label}{cell.value}{form.table(table).unit(row, column)}"
