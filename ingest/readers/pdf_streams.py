"""A PDF page as the file stores it: are its streams whole, do notes put text on it.

pdfminer goes on without a word where a stream cannot be unpacked, and does not read notes.
"""

import zlib

import pdfplumber.page
from pdfminer.ascii85 import ascii85decode
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_FLATE_DECODE,
    PDFStream,
    resolve1,
)

_MEBIBYTE = 1024 * 1024
# A longer stream is a bomb, which is another matter.
_LARGEST_STREAM = 64 * _MEBIBYTE


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
            try:
                data = ascii85decode(data)
            except ValueError:
                return False
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
