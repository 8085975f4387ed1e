"""What kind of file a heap of bytes is, judged by its content alone.

The name of a file is never trusted: a web page is often saved as `.doc`, a PDF renamed to `.docx`.
Nothing is parsed or inflated here; only signatures and the head of the file are looked at.
"""

import re
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "pdf", "docx", "odt", "rtf", "doc", "wordml", "webpage", "mhtml", "plain",
    "encrypted", "spreadsheet", "slides", "image", "archive", "gzip", "binary", "empty",
]  # fmt: skip

SUFFIXES: dict[str, frozenset[Kind]] = {
    ".pdf": frozenset({"pdf"}),
    ".docx": frozenset({"docx"}),
    ".docm": frozenset({"docx"}),
    ".dotx": frozenset({"docx"}),
    ".doc": frozenset({"doc"}),
    ".wps": frozenset({"doc"}),
    ".wpt": frozenset({"doc"}),
    ".odt": frozenset({"odt"}),
    ".rtf": frozenset({"rtf"}),
    ".html": frozenset({"webpage"}),
    ".htm": frozenset({"webpage"}),
    ".shtml": frozenset({"webpage"}),
    ".xhtml": frozenset({"webpage"}),
    ".mht": frozenset({"mhtml"}),
    ".mhtml": frozenset({"mhtml"}),
    ".txt": frozenset({"plain"}),
    ".text": frozenset({"plain"}),
    ".md": frozenset({"plain"}),
    ".markdown": frozenset({"plain"}),
    ".png": frozenset({"image"}),
    ".jpg": frozenset({"image"}),
    ".jpeg": frozenset({"image"}),
    ".tif": frozenset({"image"}),
    ".tiff": frozenset({"image"}),
    ".bmp": frozenset({"image"}),
}
"""The suffixes that are read, and the kinds of content that each promises."""

_HEAD = 4096
_PDF_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")
_GZIP = b"\x1f\x8b"
_HTML_ANYWHERE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_HTML_START = re.compile(
    rb"\s*(?:<!--|<(?:meta|title|style|link|script|table|div|p|span|article|section|h[1-6]|center|font)[\s>])",
    re.IGNORECASE,
)
_WORDML = re.compile(rb"progid=[\"']Word\.Document|schemas\.microsoft\.com/office/word/2003")
# From: …  MIME-Version: 1.0  Content-Type: multipart/related;   the header lines of a message
_MIME_PAGE = re.compile(
    rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?content-type:\s*(?:multipart/|text/html)",
    re.IGNORECASE,
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes) -> Kind:
    """The kind of file that `data` is; "plain" when it looks like text of no special kind."""
    head = data[:_HEAD]
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "empty"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if head.startswith(_OLE):
        return _kind_of_ole(data)
    if head.startswith(_IMAGES):
        return "image"
    if head.startswith((*_ARCHIVES, b"PK")):
        return "archive"
    if head.startswith(_GZIP):
        return "gzip"
    return _kind_of_text(data)


def is_web_archive(data: bytes) -> bool:
    """Whether the data is a page as a browser files it, in the form of a mail message (.mht)."""
    return _MIME_PAGE.match(data[:_HEAD]) is not None


def _kind_of_text(data: bytes) -> Kind:
    head = data[:_HEAD]
    if b"%PDF-" in head[:_PDF_HEAD] and b"<" not in head[: head.index(b"%PDF-")]:
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    utf16 = head.startswith(_UTF16)
    bare = head.replace(b"\x00", b"") if utf16 else head
    if _WORDML.search(bare):
        return "wordml"
    if is_web_archive(bare):
        return "mhtml"
    if _is_page(bare) or _HTML_START.match(bare.lstrip(b"\xef\xbb\xbf\xff\xfe")):
        return "webpage"
    return "binary" if b"\x00" in head and not utf16 else "plain"


def _is_page(head: bytes) -> bool:
    """Whether a page begins in the head of a file, and not a table in the midst of a text."""
    page = _HTML_ANYWHERE.search(head)
    if page is None:
        return False
    before = head[: page.start()].lstrip(b"\xef\xbb\xbf \t\r\n")
    return not before or before.startswith((b"<", b"\xff\xfe", b"\xfe\xff")) or b"\n" not in before


def _kind_of_zip(data: bytes) -> Kind:
    """Judged by member names, which stand uncompressed in the bytes of an archive."""
    if b"word/document" in data or b"wordprocessingml" in data:
        return "docx"
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:_HEAD]:
        return "odt"
    if b"xl/workbook" in data or b"opendocument.spreadsheet" in data[:_HEAD]:
        return "spreadsheet"
    return "slides" if b"ppt/presentation" in data else "archive"


def _kind_of_ole(data: bytes) -> Kind:
    """Judged by stream names, which an OLE container keeps in UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook"):
        return "spreadsheet"
    return "slides" if holds("PowerPoint Document") else "doc"
