"""PDF → Layout: paragraphs and ruled tables in reading order, with page and box.

Text inside a table's cells is not repeated as lines. A page without a text layer is named in a
doubt; a document without any is refused, because "nothing found" must not look like "nothing there".
"""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.errors import UnreadableFile
from ingest.readers.extent import Extent
from ingest.readers.layout import Block, Layout, Line, Word
from ingest.readers.pdf_digits import look_at_digits
from ingest.readers.pdf_grid import Part, is_continued, parts_of, parts_to_grid, placed_words
from ingest.readers.pdf_lines import (
    Margins,
    PrintLine,
    glyphs_to_lines,
    goes_on,
    joined,
    margins_of,
    running_heads,
    without_page_number,
)
from ingest.readers.pdf_page import PdfPage
from ingest.readers.pdf_print import page_of
from ingest.readers.pdf_rulings import rulings_to_tables
from ingest.readers.pdf_streams import is_damaged
from ingest.readers.scans import recognise_scans
from ingest.readers.tesseract import INSTALL, is_installed
from ingest.report import DOUBTS, Doubt, Place

MEDIA_TYPE = "application/pdf"
_MOST_PAGES = 300
_FAILURES = (PdfminerException, MalformedPDFException)
# "(cid:17)" is what pdfminer writes for a letter whose font does not say which letter it is.
_GARBLED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_GARBLED_SHARE = 0.02
_SEARCHABLE = "是扫描的图像，文字层由其他程序识别得来、看不见，文字和数都可能有误"
_UNPROVEN = "的数字没有来得及逐个核对字形，读出的可能与看到的不同"
_WRITTEN_OVER = "上另有批注或表单里填写的文字，未能读取"
# A larger picture than A3 at 600 pixels to the inch is a trick.
_MOST_PIXELS = 100_000_000

# pdfminer logs every oddity of every font.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def read(data: bytes, name: str) -> Layout:
    """The layout of a PDF. Raises UnreadableFile."""
    extent = Extent(name)
    reading = _Reading(extent)
    try:
        with pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False) as pdf:
            # Counted before pdfplumber makes an object of each: a bomb has hundreds of thousands.
            if sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), _MOST_PAGES + 1)) > _MOST_PAGES:
                raise UnreadableFile(
                    f"《{name}》超过 {_MOST_PAGES} 页，不像年度报告，没有读取。请只保留年度报告部分。"
                )
            for page in pdf.pages:
                reading.add(page)
                page.close()
            page_count = len(pdf.pages)
            reading.locked = pdf.doc.encryption is not None
        reading.look_at_digits(data)
        reading.add_recognised(data)
    except _FAILURES as error:
        raise _unreadable(error, name) from error
    if not reading.pages:
        raise UnreadableFile(_reason_for_nothing(reading, name))
    blocks = tuple(_blocks(reading.pages, extent))
    return Layout(
        MEDIA_TYPE,
        blocks,
        page_count,
        doubts=tuple(_doubts(reading)),
        page_doubts=reading.page_doubts,
    )


@dataclass(slots=True)
class _Content:
    """One page, taken apart."""

    page: PdfPage
    parts: list[Part]
    lines: list[PrintLine]


@dataclass(slots=True)
class _Reading:
    """The pages read so far and the numbers of those that could not be."""

    extent: Extent
    pages: list[_Content] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    oversized: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    partial: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    drawings: list[int] = field(default_factory=list)
    searchable: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    unproven: list[int] = field(default_factory=list)
    written_over: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    hidden: bool = False
    locked: bool = False

    @property
    def page_doubts(self) -> dict[int, str]:
        """The pages on which any cell may be wrong, with the code of the doubt."""
        return {
            **dict.fromkeys(self.cut, "hidden-text"),
            **dict.fromkeys([*self.garbled, *self.unproven], "text-garbled"),
            **dict.fromkeys([*self.partial, *self.written_over], "pages-unread"),
            **dict.fromkeys([*self.recognised, *self.searchable], "ocr"),
        }

    def add(self, source: "pdfplumber.page.Page") -> None:
        """Take one page apart, or note why it could not be."""
        if is_damaged(source):
            self.partial.append(source.page_number)
        try:
            page = page_of(source)
        except _FAILURES as error:
            if error.args and isinstance(error.args[0], MemoryError):
                raise
            self.damaged.append(source.page_number)
            return
        self._note(page)
        if not any(glyph.text.strip() for glyph in page.glyphs):
            if page.has_images and page.pixels <= _MOST_PIXELS:
                self.scanned.append(page.number)
            elif page.has_images:
                self.oversized.append(page.number)
            return
        self._take_apart(page)

    def _note(self, page: PdfPage) -> None:
        """Remember what is doubtful about a page."""
        self.hidden |= page.hidden
        for numbers, holds in (
            (self.written_over, page.is_written_over),
            (self.cut, page.is_cut),
            (self.searchable, page.is_searchable_scan),
            (self.garbled, _is_garbled(page) or page.is_misnamed),
        ):
            if holds:
                numbers.append(page.number)

    def look_at_digits(self, data: bytes) -> None:
        """Note the pages whose digits look like others than the text layer says."""
        found = look_at_digits(data, [content.page for content in self.pages])
        self.garbled = sorted({*self.garbled, *found.false})
        self.unproven = sorted(found.unproven - set(self.garbled))

    def add_recognised(self, data: bytes) -> None:
        """Take apart the pages that are pictures, as far as they can be recognised."""
        for page in recognise_scans(data, tuple(self.scanned)):
            self.scanned.remove(page.number)
            self.recognised.append(page.number)
            self._take_apart(page)
        self.pages.sort(key=lambda content: content.page.number)

    def _take_apart(self, page: PdfPage) -> None:
        tables = rulings_to_tables(page.rulings)
        if tables is None:
            self.drawings.append(page.number)
        parts, glyphs = parts_of(page, tables or ())
        for part in parts:
            self.extent.add_cells(len(part.cells))
        lines = without_page_number(glyphs_to_lines(glyphs), page.height)
        self.pages.append(_Content(page, parts, lines))


def _unreadable(error: Exception, name: str) -> Exception:
    """The error to show for what pdfplumber raised; it wraps pdfminer's own in its first argument."""
    cause = error.args[0] if error.args else None
    if isinstance(cause, MemoryError | RecursionError):
        return cause
    if isinstance(cause, PDFPasswordIncorrect):
        return UnreadableFile(f"《{name}》需要密码才能打开。请去掉密码后重新上传。")
    if isinstance(cause, PDFEncryptionError):
        return UnreadableFile(f"《{name}》的加密方式无法识别。请去掉加密后重新上传。")
    return UnreadableFile(f"《{name}》已损坏或不完整，不是可读的 PDF。请重新下载或重新导出。")


def _reason_for_nothing(reading: _Reading, name: str) -> str:
    if reading.oversized:
        return f"《{name}》里的图像过大，没有识别。请以每英寸 300 点的精度重新扫描。"
    if reading.scanned and is_installed():
        return (
            f"《{name}》是扫描件，没有文字层，图像也未能识别，或没有在时限内识别完。"
            "请扫描得更清晰、放宽单个文件的时限，或上传由 Word 或 WPS 导出的 PDF。"
        )
    if reading.scanned:
        return (
            f"《{name}》是扫描件，没有文字层，无法读取。"
            f"请安装文字识别程序（{INSTALL}），或上传由 Word 或 WPS 导出的 PDF。"
        )
    if reading.damaged or reading.partial:
        return f"《{name}》已损坏或不完整，不是可读的 PDF。请重新下载或重新导出。"
    return f"《{name}》里没有文字。请换一份完整的文件。"


def _doubts(reading: _Reading) -> Iterator[Doubt]:
    remedy = (
        "未能识别，或没有在时限内识别完"
        if is_installed()
        else f"未能读出；安装文字识别程序后可以识别（{INSTALL}）"
    )
    yield from _page_doubt("ocr", reading.recognised, "由图像识别得来，文字和数都可能有误")
    yield from _page_doubt("ocr", reading.searchable, _SEARCHABLE)
    yield from _page_doubt("pages-unread", reading.scanned, f"没有文字层，{remedy}")
    yield from _page_doubt("pages-unread", reading.oversized, "图像过大，没有识别")
    yield from _page_doubt("pages-unread", reading.damaged, "已损坏，未能读出")
    yield from _page_doubt("pages-unread", reading.partial, "已损坏，只读出一部分")
    yield from _page_doubt("pages-unread", reading.written_over, _WRITTEN_OVER)
    yield from _page_doubt("pages-unread", reading.drawings, "线条过多，没有在上面找表格")
    if reading.locked:
        yield Doubt("locked", DOUBTS["locked"])
    if reading.hidden:
        yield Doubt("hidden-text", DOUBTS["hidden-text"])
    yield from _page_doubt("hidden-text", reading.cut, "有数字被裁掉、看不见，未采用")
    yield from _page_doubt("text-garbled", reading.garbled, "的文字层疑有乱码")
    yield from _page_doubt("text-garbled", reading.unproven, _UNPROVEN)


def _page_doubt(code: str, pages: Sequence[int], what: str) -> Iterator[Doubt]:
    """The doubt about some pages, if there are any."""
    if pages:
        numbers = "、".join(map(str, sorted(pages)))
        yield Doubt(code, f"第 {numbers} 页{what}", Place(page=min(pages)))


def _is_garbled(page: PdfPage) -> bool:
    count = sum(1 for glyph in page.glyphs if _GARBLED.search(glyph.text))
    return count > len(page.glyphs) * _GARBLED_SHARE


def _blocks(pages: Sequence[_Content], extent: Extent) -> Iterator[Block]:
    """The blocks of all pages; paragraphs and tables go on over page breaks."""
    heads = running_heads([content.lines for content in pages])
    every_line = [line for content in pages for line in content.lines]
    joiner = _Joiner(extent, margins_of(every_line, max(c.page.width for c in pages)))
    for content in pages:
        lines = [line for line in content.lines if line.text not in heads]
        items: list[PrintLine | Part] = [*lines, *content.parts]
        for item in sorted(items, key=lambda item: item.box[1]):
            if isinstance(item, Part):
                yield from joiner.add_part(item)
            else:
                yield from joiner.add_line(item, content.page)
    yield from joiner.flush()


class _Joiner:
    """Joins lines to paragraphs and parts to tables; holds the one block that may still go on."""

    def __init__(self, extent: Extent, margins: Margins) -> None:
        self._extent = extent
        self._margins = margins
        self._line_count = 0
        self._grid_count = 0
        self._parts: list[Part] = []
        # The paragraph so far and its first page; its last line and that line's page.
        self._paragraph: PrintLine | None = None
        self._page: PdfPage | None = None
        self._words: list[Word] = []
        self._last: tuple[PrintLine, PdfPage] | None = None

    def add_part(self, part: Part) -> Iterator[Block]:
        """Take the next part of a table; yields what is complete before it."""
        if self._parts:
            last = self._parts[-1]
            if last.page.number < part.page.number and is_continued(last, part):
                self._parts.append(part)
                return
        yield from self.flush()
        self._parts = [part]

    def add_line(self, line: PrintLine, page: PdfPage) -> Iterator[Block]:
        """Take the next line of print; yields what is complete before it."""
        self._extent.add_line()
        if self._paragraph and self._last and goes_on(self._last[0], line, self._margins):
            same = self._page is page and self._last[1] is page
            self._paragraph = joined(self._paragraph, line, same_page=same)
        else:
            yield from self.flush()
            self._paragraph, self._page = line, page
        self._words += placed_words(line, page)
        self._last = (line, page)

    def flush(self) -> Iterator[Block]:
        """Yield the block that was held back."""
        if self._parts:
            self._grid_count += 1
            yield parts_to_grid(self._parts, self._grid_count)
            self._parts = []
        if self._paragraph and self._page:
            self._line_count += 1
            box = self._page.original(self._paragraph.box)
            words = tuple(self._words)
            yield Line(self._paragraph.text, self._line_count, self._page.number, box, words)
            self._paragraph = None
            self._words = []
