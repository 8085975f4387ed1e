"""A conversation to take away: Markdown and Word, every answer with its numbered sources.

Pure: bytes in memory, no file is written.
"""

import io
from collections.abc import Iterator, Sequence

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from assistant.render import answer_to_markdown, citation_to_text, marked_text
from assistant.web.conversation import Exchange, line_by_line, stands_on

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKDOWN = "text/markdown"
_FACE = "宋体"
_LATIN = "Times New Roman"
_GREY = RGBColor(0x59, 0x59, 0x59)


def conversation_to_markdown(title: str, exchanges: Sequence[Exchange]) -> bytes:
    """The conversation as Markdown in UTF-8: question, answer with marks, sources."""
    return "\n".join(_markdown(title, exchanges)).encode()


def _markdown(title: str, exchanges: Sequence[Exchange]) -> Iterator[str]:
    yield f"# {_one_line(title)}\n"
    for number, exchange in enumerate(exchanges, 1):
        yield f"## {number}. {_one_line(exchange.asked.answer.question)}\n"
        if exchange.file:
            yield f"*{stands_on(exchange.file)}*\n"
        # A line of an answer is a line here too: two spaces keep the break.
        yield answer_to_markdown(exchange.asked.answer).replace("\n", "  \n") + "\n"


def conversation_to_word(title: str, exchanges: Sequence[Exchange]) -> bytes:
    """The conversation as a Word file: a heading for each question, its sources in small type."""
    document = docx.Document()
    _set_faces(document)
    document.add_heading(_one_line(title), level=1)
    for number, exchange in enumerate(exchanges, 1):
        answer = exchange.asked.answer
        document.add_heading(f"{number}. {_one_line(answer.question)}", level=2)
        if exchange.file:
            document.add_paragraph().add_run(stands_on(exchange.file)).italic = True
        for line in marked_text(line_by_line(answer)).splitlines():
            document.add_paragraph(line)
        for index, citation in enumerate(answer.citations, 1):
            _add_source(document, f"[{index}] {citation_to_text(citation)}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_source(document: Document, text: str) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size = Pt(9)
    run.font.color.rgb = _GREY


def _set_faces(document: Document) -> None:
    """Chinese needs its own type face beside the Latin one; headings are black as in documents."""
    for name, size in (("Normal", 11), ("Heading 1", 16), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name = _LATIN
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(key), None)
        fonts.set(qn("w:eastAsia"), _FACE)


def _one_line(text: str) -> str:
    return " ".join(text.split())
