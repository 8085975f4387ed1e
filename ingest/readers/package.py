"""The zip package around a Word document, judged before anything in it is inflated.

Knows zip and XML, nothing of Word. Nothing is fetched, no entity is resolved, no member is inflated
past what the central directory promised, and the promise itself is held to the limits below.
"""

import io
import zipfile
import zlib

from lxml import etree

from ingest.errors import UnreadableFile

_MEBIBYTE = 1024 * 1024
_MOST_MEMBERS = 2_000
_LARGEST_DIRECTORY = 2 * _MEBIBYTE
_LARGEST_XML = 50 * _MEBIBYTE
_LARGEST_TOTAL = 200 * _MEBIBYTE
# Honest XML shrinks ten- to thirtyfold; small members may shrink more without doing harm.
_HIGHEST_RATIO = 200
_RATIO_FLOOR = 5 * _MEBIBYTE
# "Strict Open XML" is the same under other names.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
_END_OF_DIRECTORY = b"PK\x05\x06"
_ENCRYPTED = 0x1


class Package:
    """A zip archive whose directory has been judged; gives out parsed XML members."""

    def __init__(self, data: bytes, name: str) -> None:
        """Judge the archive; `name` is used in messages. Raises UnreadableFile."""
        self._name = name
        _judge_directory_size(data, name)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise _damaged(name) from error
        _judge_members(self._archive.infolist(), name)
        self._names = frozenset(self._archive.namelist())

    @property
    def members(self) -> frozenset[str]:
        """The names of all members."""
        return self._names

    def __contains__(self, member: str) -> bool:
        return member in self._names

    def xml(self, member: str) -> etree._Element | None:
        """The root of an XML member, None where there is no such member. Raises UnreadableFile."""
        if member not in self._names:
            return None
        data = self.content(member)
        # Entities can only be declared in a DTD, and no office program writes one.
        if b"<!DOCTYPE" in data.replace(b"\x00", b""):
            raise UnreadableFile(
                f"《{self._name}》内含文档类型声明（DTD），可能有害，没有读取。请用 Word 另存后再试。"
            )
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise _damaged(self._name) from error

    def content(self, member: str) -> bytes:
        """The bytes of a member. Raises UnreadableFile."""
        try:
            return self._archive.read(member)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise _damaged(self._name) from error


def _judge_directory_size(data: bytes, name: str) -> None:
    """Refuse a central directory that would take long merely to list."""
    end = data.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(data) < end + 22:
        raise _damaged(name)
    count = int.from_bytes(data[end + 10 : end + 12], "little")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if count > _MOST_MEMBERS or size > _LARGEST_DIRECTORY:
        raise UnreadableFile(f"《{name}》内含 {_MOST_MEMBERS} 个以上的文件，不像文档，没有读取。")


def _judge_members(members: list[zipfile.ZipInfo], name: str) -> None:
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableFile(f"《{name}》加了密码，无法打开。请去掉密码后重新上传。")
    if len(members) > _MOST_MEMBERS or sum(m.file_size for m in members) > _LARGEST_TOTAL:
        raise _bomb(name)
    if len({member.filename for member in members}) < len(members):
        raise _damaged(name)
    for member in members:
        xml = member.filename.endswith((".xml", ".rels"))
        swollen = member.file_size > _HIGHEST_RATIO * max(member.compress_size, 1)
        if (xml and member.file_size > _LARGEST_XML) or (
            swollen and member.file_size > _RATIO_FLOOR
        ):
            raise _bomb(name)


def _bomb(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"《{name}》解压后过大，疑似压缩炸弹，没有读取。请用 Word 另存为新的 .docx 后再试。"
    )


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(f"《{name}》已损坏或不完整，无法打开。请重新下载或另存为 .docx 后再试。")
