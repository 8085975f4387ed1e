"""A Word document written as one XML file (Flat OPC) → the same as the package that it stands for.

Word saves it as "Word XML", and programs that fill in templates give it the suffix .doc. Knows how
the parts are put into one file, nothing of Word.
"""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from ingest.errors import UnreadableFile

_NAMESPACE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_PKG = f"{{{_NAMESPACE}}}"
_HEAD = 4096
_LARGEST = 50 * 1024 * 1024


def is_flat_package(data: bytes) -> bool:
    """Whether the file begins as such a document."""
    return _NAMESPACE.encode() in data[:_HEAD].replace(b"\x00", b"")


def zipped(data: bytes, name: str) -> bytes:
    """The document as a .docx file; of pictures and objects only the names. Raises UnreadableFile."""
    if len(data) > _LARGEST or b"<!DOCTYPE" in data.replace(b"\x00", b""):
        raise UnreadableFile(
            f"《{name}》过大，或内含文档类型声明，没有读取。请用 Word 另存后再试。"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"《{name}》已损坏或不完整，无法打开。请重新下载后再试。") from error
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member, content in dict(_parts(root)).items():
            archive.writestr(member, content)
    return buffer.getvalue()


def _parts(root: etree._Element) -> Iterator[tuple[str, bytes]]:
    for part in root.iterchildren(f"{_PKG}part"):
        inner = part.find(f"{_PKG}xmlData")
        content = next(inner.iterchildren(etree.Element), None) if inner is not None else None
        data = b"" if content is None else etree.tostring(content, encoding="utf-8")
        yield part.get(f"{_PKG}name", "").lstrip("/"), data
