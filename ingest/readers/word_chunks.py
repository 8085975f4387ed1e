"""Parts of a Word file that are whole documents of another kind (`w:altChunk`).

Programs that make Word files of web pages put the page in so, and Word shows it where it stands.
Knows the package's relationships; a part that is no web page, or lies outside the file, stays unread
and is named.
"""

import posixpath
from collections.abc import Sequence

from lxml import etree

from ingest.readers.kinds import kind_of
from ingest.readers.layout import Block
from ingest.readers.package import Package
from ingest.report import Doubt

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_UNREAD = Doubt("pages-unread", "文中嵌有另一份文档，未能读取")


class Chunks:
    """The documents inside a Word file; `doubts` collects what was doubtful about those asked for."""

    def __init__(self, package: Package, folder: str, name: str) -> None:
        self._package = package
        self._folder = folder
        self._name = name
        self.doubts: list[Doubt] = []

    def blocks(self, chunk: etree._Element) -> Sequence[Block]:
        """The lines and grids of the page that an `altChunk` names, numbered from 1 of their own."""
        member = self._member(chunk.get(_ID, ""))
        data = self._package.content(member) if member in self._package else b""
        if kind_of(data) not in {"webpage", "mhtml"}:
            self._note(_UNREAD)
            return ()
        from ingest.readers.webpage import read

        layout = read(data, self._name)
        for doubt in layout.doubts:
            self._note(doubt)
        return layout.blocks

    def _member(self, identifier: str) -> str:
        relations = self._package.xml(f"{self._folder}/_rels/document.xml.rels")
        for relation in () if relations is None else relations.iterchildren(_RELATIONSHIP):
            if relation.get("Id") == identifier:
                return posixpath.join(f"/{self._folder}", relation.get("Target", "")).lstrip("/")
        return ""

    def _note(self, doubt: Doubt) -> None:
        if doubt not in self.doubts:
            self.doubts.append(doubt)
