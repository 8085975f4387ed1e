"""Comments put into a Word file: the user's own bytes, with marks inserted and nothing else touched.

Knows the Word package (document, comments, relationships, content types), nothing of reports. The
invariant: every member of the package but those four is the same to the byte, and in those four
bytes are only ever inserted, so what the document says and how it looks cannot change.
"""

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from ingest.errors import UnreadableFile
from ingest.readers.package import Package
from ingest.readers.word_numbering import W

AUTHOR = "年报助手"
INITIALS = "年报"

_MAIN = W[1:-1]
_W = f'xmlns:w="{_MAIN}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "[Content_Types].xml"
_DEFAULT_BODY = "word/document.xml"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Characters that XML cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on one paragraph, counted from 0 in the order of the document."""

    paragraph: int
    text: str


class Insertion(NamedTuple):
    """Bytes to put at an offset, in place of `length` bytes that stand there."""

    offset: int
    content: bytes
    length: int = 0


@dataclass(slots=True)
class _Span:
    """Where a paragraph stands in the bytes: its tag, its content after the properties, its end."""

    start: int
    content: int = -1
    end: int = -1


class WordPackage:
    """A Word file whose members can be read, and written back with comments."""

    def __init__(self, data: bytes, name: str) -> None:
        """`name` is used in messages. Raises UnreadableFile when it is no sound Word file."""
        self._name = name
        self._package = Package(data, name)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._infos = archive.infolist()
            self._members = {info.filename: archive.read(info) for info in self._infos}
        self._body = self._related("_rels/.rels", "", "/officeDocument") or _DEFAULT_BODY
        folder, file = posixpath.split(self._body)
        self._relations = f"{folder}/_rels/{file}.rels".lstrip("/")

    @property
    def document(self) -> etree._Element:
        """The root of the document part."""
        root = self._package.xml(self._body)
        if root is None:
            raise UnreadableFile(f"《{self._name}》里没有 Word 正文，无法加批注。")
        return root

    def commented(self, comments: Sequence[Comment]) -> bytes:
        """The file with the comments in it. Raises UnreadableFile for encodings Word never writes."""
        if not comments:
            return self._zipped(self._members)
        part = self._related(self._relations, posixpath.dirname(self._body), "/comments")
        first = _first_free_id(self._package.xml(part) if part else None)
        numbered = dict(enumerate(comments, first))
        changed = dict(self._members)
        changed[self._body] = _marked(self._utf8(self._body), numbered)
        written = b"".join(_comment_xml(id, c) for id, c in numbered.items())
        if part:
            changed[part] = _appended(self._utf8(part), written)
        else:
            self._add_part(changed, written)
        return self._zipped(changed)

    def _add_part(self, changed: dict[str, bytes], written: bytes) -> None:
        """A comments part, related to the document and named in the content types."""
        folder = posixpath.dirname(self._body)
        name = next(
            name
            for name in (f"comments{n or ''}.xml" for n in range(len(changed) + 1))
            if posixpath.join(folder, name) not in changed
        )
        changed[posixpath.join(folder, name)] = (
            _DECLARATION + f"<w:comments {_W}>".encode() + written + b"</w:comments>"
        )
        none = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()
        relations = changed.get(self._relations, _DECLARATION + none)
        id = next(
            id for n in range(1, len(relations)) if (id := f"rIdN{n}").encode() not in relations
        )
        relation = (
            f'<Relationship xmlns="{_PACKAGE}/relationships" Id="{id}" '
            f'Type="{_OFFICE}/comments" Target="{name}"/>'
        )
        changed[self._relations] = _appended(relations, relation.encode())
        override = (
            f'<Override xmlns="{_PACKAGE}/content-types" '
            f"PartName={quoteattr('/' + posixpath.join(folder, name))} "
            f'ContentType="{_COMMENTS_TYPE}"/>'
        )
        changed[_TYPES] = _appended(changed[_TYPES], override.encode())

    def _related(self, relations: str, folder: str, kind: str) -> str | None:
        """The member that a relationship of this kind points at."""
        root = self._package.xml(relations)
        for relation in root.iterchildren(etree.Element) if root is not None else ():
            if relation.get("Type", "").endswith(kind):
                target = relation.get("Target", "")
                path = target.lstrip("/") if target[:1] == "/" else posixpath.join(folder, target)
                if (member := posixpath.normpath(path)) in self._package:
                    return member
        return None

    def _utf8(self, member: str) -> bytes:
        data = self._members[member]
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnreadableFile(
                f"《{self._name}》不是用 UTF-8 存的，无法加批注。请用 Word 另存为 .docx 后再试。"
            )
        return data

    def _zipped(self, members: Mapping[str, bytes]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self._infos:
                archive.writestr(info, members[info.filename])
            known = {info.filename for info in self._infos}
            for name in (name for name in members if name not in known):
                archive.writestr(zipfile.ZipInfo(name), members[name], zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


def _marked(data: bytes, comments: Mapping[int, Comment]) -> bytes:
    """The document part with a mark around the content of each paragraph that is commented on."""
    by_paragraph: dict[int, list[int]] = defaultdict(list)
    for id, comment in comments.items():
        by_paragraph[comment.paragraph].append(id)
    spans = _paragraph_spans(data)
    insertions: list[Insertion] = []
    for number, ids in sorted(by_paragraph.items()):
        insertions += _marks(data, spans[number], ids)
    return _inserted(data, insertions)


def _marks(data: bytes, span: _Span, ids: Sequence[int]) -> list[Insertion]:
    begin = "".join(f'<w:commentRangeStart {_W} w:id="{id}"/>' for id in ids).encode()
    end = "".join(
        f'<w:commentRangeEnd {_W} w:id="{id}"/><w:r {_W}><w:commentReference w:id="{id}"/></w:r>'
        for id in ids
    ).encode()
    tag = data[span.start + 1 :].split(b">", 1)[0].split()[0].rstrip(b"/")
    if re.match(rb"</" + re.escape(tag) + rb"\s*>", data[span.end :]):
        return [Insertion(span.content, begin), Insertion(span.end, end)]
    # <w:p/>: the tag has to be opened first.
    opened = b">" + begin + end + b"</" + tag + b">"
    return [Insertion(span.end - 2, opened, length=2)]


def _paragraph_spans(data: bytes) -> list[_Span]:
    """Every paragraph of a part in the order in which they begin, as offsets into its bytes."""
    parser = expat.ParserCreate(namespace_separator=" ")
    spans: list[_Span] = []
    # The elements that are open: the span of a paragraph, None for any other.
    stack: list[_Span | None] = []
    paragraph, properties = f"{_MAIN} p", f"{_MAIN} pPr"

    def begin_content() -> None:
        """What follows a paragraph's properties begins here."""
        if stack and (span := stack[-1]) is not None and span.content < 0:
            span.content = parser.CurrentByteIndex

    def start(name: str, _: Mapping[str, str]) -> None:
        if name != properties:
            begin_content()
        span = _Span(parser.CurrentByteIndex) if name == paragraph else None
        if span:
            spans.append(span)
        stack.append(span)

    def end(_: str) -> None:
        begin_content()
        if span := stack.pop():
            span.end = parser.CurrentByteIndex

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)
    return spans


def _inserted(data: bytes, insertions: Sequence[Insertion]) -> bytes:
    pieces = []
    at = 0
    for insertion in sorted(insertions, key=lambda i: i.offset):
        pieces += [data[at : insertion.offset], insertion.content]
        at = insertion.offset + insertion.length
    return b"".join([*pieces, data[at:]])


def _appended(data: bytes, children: bytes) -> bytes:
    """An XML part with more children at the end of its root."""
    closing = re.search(rb"</[^<>]+>\s*\Z", data)
    if closing:
        return _inserted(data, [Insertion(closing.start(), children)])
    empty = re.search(rb"<([^\s<>/?!]+)[^<>]*(/>)\s*\Z", data)
    if empty is None:
        raise UnreadableFile("这份 Word 文件的结构不合常规，无法加批注。请用 Word 另存后再试。")
    return _inserted(
        data, [Insertion(empty.start(2), b">" + children + b"</" + empty[1] + b">", length=2)]
    )


def _first_free_id(comments: etree._Element | None) -> int:
    if comments is None:
        return 0
    ids = [c.get(W + "id", "") for c in comments.iterchildren(W + "comment")]
    return max((int(id) + 1 for id in ids if id.isdecimal()), default=0)


def _comment_xml(id: int, comment: Comment) -> bytes:
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(_NOT_XML.sub("", line))}</w:t></w:r></w:p>'
        for line in comment.text.split("\n")
    )
    return (
        f'<w:comment {_W} w:id="{id}" w:author="{AUTHOR}" w:initials="{INITIALS}">'
        f"{lines}</w:comment>"
    ).encode()
