"""Bytes → Layout, for every kind of file. The only code that knows file formats.

`read` judges a file by its content and hands it to the one reader for its kind; each reader is
imported when it is first needed. Every failure is an `UnreadableFile` whose one sentence names the
file, what is wrong with it and what to do.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath

from ingest.errors import UnreadableFile
from ingest.readers.kinds import SUFFIXES, Kind, kind_of
from ingest.readers.layout import Layout
from ingest.report import Doubt

__all__ = ["SUFFIXES", "read"]

_REFUSED: Mapping[Kind, str] = {
    "empty": "是空文件，没有内容。请换一份完整的文件。",
    "encrypted": "加了密码，无法打开。请去掉密码后重新上传。",
    "spreadsheet": "是电子表格，不是年度报告。请上传 Word、PDF、网页或文本格式的报告。",
    "slides": "是演示文稿，不是年度报告。请上传 Word、PDF、网页或文本格式的报告。",
    "archive": "是压缩包。请解压后上传其中的报告。",
    "binary": "不是文档，内容无法识别。请上传 Word、PDF、网页或文本格式的报告。",
}

# What a server delivers compressed, and how much of it is read.
_DELIVERED: frozenset[Kind] = frozenset({"webpage", "mhtml", "plain"})
_LARGEST_PAGE = 32_000_000

_KIND_NAMES: Mapping[Kind, str] = {
    "pdf": "PDF",
    "docx": "Word 文档",
    "odt": "OpenDocument 文档",
    "rtf": "RTF 文档",
    "doc": "旧版 Word 或 WPS 文档",
    "wordml": "Word 2003 XML 文档",
    "webpage": "网页",
    "mhtml": "网页归档",
    "plain": "文本",
    "image": "图片",
}


def read(data: bytes, name: str) -> Layout:
    """The layout of the document in `data`.

    `name` is used in messages and to say when a suffix promises another kind of content than was
    found (`suffix-mismatch`). Raises UnreadableFile.
    """
    kind = kind_of(data)
    if kind == "gzip":
        data = _inflated(data, name)
        kind = kind_of(data) if kind_of(data) in _DELIVERED else "archive"
    if kind in _REFUSED:
        raise UnreadableFile(f"《{name}》{_REFUSED[kind]}")
    layout = _reader(kind)(data, name)
    suffix = PurePath(name).suffix.lower()
    if kind in SUFFIXES.get(suffix, {kind}):
        return layout
    doubt = Doubt("suffix-mismatch", f"扩展名是 {suffix}，内容是{_KIND_NAMES[kind]}，已按内容读取")
    return replace(layout, doubts=(doubt, *layout.doubts))


def _inflated(data: bytes, name: str) -> bytes:
    """What a gzip stream holds; servers deliver pages so, and some programs save them so."""
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        inflated = inflater.decompress(data, _LARGEST_PAGE)
    except zlib.error:
        inflated = b""
    if inflater.unconsumed_tail:
        raise UnreadableFile(f"《{name}》解压后过大，不像年度报告，没有读取。请另存网页后再试。")
    if not inflater.eof or inflater.unused_data.strip(b"\x00"):
        raise UnreadableFile(f"《{name}》经过压缩且已损坏或不完整，无法打开。请重新下载后再试。")
    return inflated


def _reader(kind: Kind) -> Callable[[bytes, str], Layout]:
    """The reader for a kind, imported only now: pdfplumber alone takes half a second."""
    if kind == "pdf":
        from ingest.readers.pdf import read as read_pdf

        return read_pdf
    if kind == "docx":
        from ingest.readers.word import read as read_word

        return read_word
    if kind in {"odt", "rtf", "doc", "wordml"}:
        from ingest.readers.office import read as read_office

        return read_office
    if kind in {"webpage", "mhtml"}:
        from ingest.readers.webpage import read as read_webpage

        return read_webpage
    if kind == "image":
        from ingest.readers.picture import read as read_picture

        return read_picture
    from ingest.readers.plain import read as read_plain

    return read_plain
