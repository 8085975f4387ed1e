"""The content streams of a PDF page as the file stores them: are they whole, do they hide text.

pdfminer goes on without a word where a stream cannot be unpacked, and forgets in which mode a letter
was printed. Both are asked of the streams themselves.
"""

import re
import zlib
from typing import Any

import pdfplumber.page
from pdfminer.ascii85 import ascii85decode
from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_FLATE_DECODE,
    PDFStream,
    resolve1,
)

_MEBIBYTE = 1024 * 1024
# A longer stream is a bomb, which is another matter.
_LARGEST_STREAM = 64 * _MEBIBYTE
# "3 Tr": letters neither filled nor stroked; 7 only clips. Recognised text is laid under pictures so.
_UNSEEN_MODES = frozenset({3, 7})
_SETS_UNSEEN = re.compile(rb"(?<![\d.])[37]\s+Tr\b")


def is_damaged(page: pdfplumber.page.Page) -> bool:
    """Whether a part of what should be drawn on the page is lost: its stream ends early.

    To be asked before the page is taken apart, which unpacks its streams.
    """
    streams = (resolve1(content) for content in page.page_obj.contents)
    return any(isinstance(stream, PDFStream) and not _is_whole(stream) for stream in streams)


def _is_whole(stream: PDFStream) -> bool:
    data = stream.rawdata
    if not data or stream.decipher:
        return True
    for name, _ in stream.get_filters():
        if name in LITERALS_ASCII85_DECODE:
            data = ascii85decode(data)
        elif name in LITERALS_FLATE_DECODE:
            return _is_whole_flate(data)
        else:
            break
    return True


def _is_whole_flate(data: bytes) -> bool:
    unpacker = zlib.decompressobj()
    size = 0
    try:
        while not unpacker.eof and size < _LARGEST_STREAM:
            piece = unpacker.decompress(data, _MEBIBYTE)
            size += len(piece)
            data = unpacker.unconsumed_tail
            if not piece and not data:
                break
    except zlib.error:
        return False
    return unpacker.eof or size >= _LARGEST_STREAM


def unseen_letters(page: pdfplumber.page.Page) -> tuple[bool, ...]:
    """For each letter of the page, in the order of its streams, whether it is printed invisibly.

    Empty where no letter is. To be asked after the page was taken apart: what that raises on a
    damaged page is then known not to come.
    """
    streams = (resolve1(content) for content in page.page_obj.contents)
    if not any(isinstance(s, PDFStream) and _SETS_UNSEEN.search(s.get_data()) for s in streams):
        return ()
    watch = _Watch(page.pdf.rsrcmgr, pageno=page.page_number)
    PDFPageInterpreter(page.pdf.rsrcmgr, watch).process_page(page.page_obj)
    return tuple(watch.unseen) if any(watch.unseen) else ()


def is_written_over(page: pdfplumber.page.Page) -> bool:
    """Whether notes or form fields put text on the page; links, seals and signatures do not."""
    notes = resolve1(page.page_obj.annots) or ()
    return any(_writes(resolve1(note)) for note in notes) if isinstance(notes, list) else False


def _writes(note: object) -> bool:
    if not isinstance(note, dict):
        return False
    kind = getattr(resolve1(note.get("Subtype")), "name", None)
    field = getattr(resolve1(note.get("FT")), "name", None)
    text = resolve1(note.get("Contents" if kind == "FreeText" else "V"))
    return bool(text) and (kind == "FreeText" or (kind == "Widget" and field in {"Tx", "Ch"}))


class _Watch(PDFPageAggregator):
    """Notes of each letter whether it is printed invisibly."""

    is_unseen = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.unseen: list[bool] = []

    def render_string(self, textstate: Any, *arguments: Any) -> None:
        self.is_unseen = textstate.render in _UNSEEN_MODES
        super().render_string(textstate, *arguments)

    def render_char(self, *arguments: Any, **options: Any) -> float:
        self.unseen.append(self.is_unseen)
        return super().render_char(*arguments, **options)
