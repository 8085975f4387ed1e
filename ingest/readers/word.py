"""DOCX → Layout: paragraphs and tables in the order of the body, read from the XML itself.

Columns are counted in the document's own grid (gridSpan, vMerge), so equal neighbouring cells stay
apart. What a printed page would not show (deleted, hidden, field codes, comments) is left out and
said so. Nothing outside the file is opened: relationships to other files are never followed.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from ingest.errors import UnreadableFile
from ingest.readers.extent import Extent
from ingest.readers.layout import Block, Grid, GridCell, Layout, Line
from ingest.readers.package import Package
from ingest.readers.word_chunks import Chunks
from ingest.readers.word_numbering import Numbering, W, value_of
from ingest.readers.word_sight import is_flat_row
from ingest.readers.word_text import Remarks, TextReader, local_name
from ingest.report import DOUBTS, Doubt

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ACTIVE_MEMBER = re.compile(r"vbaProject|/embeddings/|/activeX/", re.IGNORECASE)
_DEFAULT_BODY = "word/document.xml"
_CONTAINERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_WIDEST_SPAN = 200
# A table of fewer cells holds no data.
_FEWEST_CELLS = 3


def read(data: bytes, name: str) -> Layout:
    """The layout of a DOCX file. Raises UnreadableFile."""
    package = Package(data, name)
    body_name = _body_name(package)
    root = package.xml(body_name)
    body = next(root.iterchildren(W + "body"), None) if root is not None else None
    if body is None:
        raise UnreadableFile(
            f"《{name}》里没有 Word 正文，无法读取。请用 Word 另存为 .docx 后再试。"
        )
    folder = posixpath.dirname(body_name)
    styles = package.xml(f"{folder}/styles.xml")
    numbering = Numbering(package.xml(f"{folder}/numbering.xml"), styles)
    remarks = Remarks()
    chunks = Chunks(package, folder, name)
    text_reader = TextReader(styles, numbering, remarks)
    reader = _BodyReader(text_reader, remarks, Extent(name), chunks)
    blocks = tuple(reader.blocks(body))
    doubts = [*_doubts(remarks), *chunks.doubts]
    if _has_active_content(package, folder):
        doubts.append(Doubt("active-content", DOUBTS["active-content"]))
    return Layout(MEDIA_TYPE, blocks, doubts=tuple(doubts))


def _body_name(package: Package) -> str:
    """The member that the package names as its main document."""
    relations = package.xml("_rels/.rels")
    if relations is not None:
        for relation in relations.iterchildren(_RELATIONSHIP):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in package:
                return target
    return _DEFAULT_BODY


def _has_active_content(package: Package, folder: str) -> bool:
    """Whether macros, embedded objects or parts outside the file belong to the document."""
    if any(_ACTIVE_MEMBER.search(member) for member in package.members):
        return True
    relations = package.xml(f"{folder}/_rels/document.xml.rels")
    return relations is not None and any(
        relation.get("TargetMode") == "External"
        and not relation.get("Type", "").endswith("/hyperlink")
        for relation in relations.iterchildren(_RELATIONSHIP)
    )


def _doubts(remarks: Remarks) -> Iterator[Doubt]:
    if remarks.changes:
        yield Doubt("changes-tracked", DOUBTS["changes-tracked"])
    if remarks.hidden:
        yield Doubt("hidden-text", DOUBTS["hidden-text"])
    if remarks.struck:
        yield Doubt("struck-out", DOUBTS["struck-out"])


@dataclass(frozen=True, slots=True)
class _TableCell:
    """One `w:tc` as stored: `merge` is "restart", "continue" or None."""

    element: etree._Element
    column: int
    span: int
    merge: str | None


class _BodyReader:
    """Turns body elements into blocks, counting lines and grids from 1."""

    def __init__(
        self, reader: TextReader, remarks: Remarks, extent: Extent, chunks: Chunks
    ) -> None:
        self._reader = reader
        self._chunks = chunks
        self._remarks = remarks
        self._extent = extent
        self._line_count = 0
        self._grid_count = 0

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """The blocks of a body, a cell, a text box or another container, in order."""
        for child in container.iterchildren(etree.Element):
            name = local_name(child)
            if name == "p":
                yield from self._lines(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name in _CONTAINERS:
                self._remarks.changes |= name in {"ins", "moveTo"}
                yield from self.blocks(child)
            elif name in {"del", "moveFrom"}:
                self._remarks.changes = True
            elif name == "altChunk":
                yield from map(self._numbered, self._chunks.blocks(child))

    def _numbered(self, block: Block) -> Block:
        """A block of a document inside this one, counted with its own."""
        if isinstance(block, Line):
            self._line_count += 1
            return replace(block, number=self._line_count)
        self._grid_count += 1
        return replace(block, number=self._grid_count)

    def _lines(self, paragraph: etree._Element) -> Iterator[Block]:
        for text in self._reader.text(paragraph).split("\n"):
            if text.strip():
                self._extent.add_line()
                self._line_count += 1
                yield Line(text, self._line_count)
        yield from self._boxes()

    def _boxes(self) -> Iterator[Block]:
        boxes, self._remarks.boxes = self._remarks.boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        rows = [list(_row_cells(row)) for row in self._rows(table)]
        cells = [cell.element for row in rows for cell in row]
        has_tables = next(table.iterdescendants(W + "tbl"), None) is not None
        inner_tables = (t for cell in cells for t in _inner_tables(cell)) if has_tables else ()
        nested = [inner for inner in inner_tables if not _is_small(inner)]
        cell_count = sum(len(row) for row in rows)
        if any(_cell_count(inner) >= cell_count for inner in nested):
            # The outer table only lays out the page: what it holds comes in reading order.
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell.element)
            return
        self._grid_count += 1
        yield self._grid(rows, self._grid_count)
        yield from self._boxes()
        for inner in nested:
            yield from self._table(inner)

    def _rows(self, table: etree._Element) -> Iterator[etree._Element]:
        for child in table.iterchildren(etree.Element):
            name = local_name(child)
            if name in _CONTAINERS:
                yield from self._rows(child)
            elif name == "tr" and not self._is_dropped(child):
                yield child

    def _is_dropped(self, row: etree._Element) -> bool:
        properties = row.find(W + "trPr")
        if properties is None:
            return False
        deleted = properties.find(W + "del") is not None
        hidden = properties.find(W + "hidden") is not None or is_flat_row(properties)
        self._remarks.changes |= deleted or properties.find(W + "ins") is not None
        self._remarks.hidden |= hidden
        return deleted or hidden

    def _grid(self, rows: list[list[_TableCell]], number: int) -> Grid:
        cells: list[GridCell] = []
        # Column → position in `cells` of the cell that is being continued downwards.
        open_merges: dict[int, int] = {}
        for row_number, row in enumerate(rows):
            for cell in row:
                self._extent.add_cells()
                self._remarks.start_cell()
                text = self._cell_text(cell.element)
                above = open_merges.get(cell.column)
                if cell.merge == "continue" and above is not None:
                    self._remarks.hidden |= bool(text.strip())
                    span = row_number - cells[above].row + 1
                    cells[above] = replace(cells[above], row_span=span)
                    continue
                open_merges.pop(cell.column, None)
                if cell.merge:
                    open_merges[cell.column] = len(cells)
                doubt = self._remarks.cell_doubt(text)
                cells.append(
                    GridCell(text, row_number, cell.column, column_span=cell.span, doubt=doubt)
                )
        # Rows of unequal width: the file does not say which column a cell belongs to.
        widths = {row[-1].column + row[-1].span for row in rows if row}
        return Grid(tuple(cells), aligned=len(widths) <= 1, number=number)

    def _cell_text(self, cell: etree._Element) -> str:
        """The paragraphs of a cell, one a line; tables of data inside it are read apart."""
        texts = [self._reader.text(paragraph) for paragraph in _paragraphs(cell)]
        self._remarks.omitted |= cell.find(W + "altChunk") is not None
        has_tables = next(cell.iterdescendants(W + "tbl"), None) is not None
        for inner in _inner_tables(cell) if has_tables else ():
            if _is_small(inner):
                rows = inner.iterchildren(W + "tr")
                texts += [self._cell_text(each) for row in rows for each in _cell_elements(row)]
            else:
                self._remarks.omitted = True
        boxes, self._remarks.boxes = self._remarks.boxes, []
        texts += [self._cell_text(box) for box in boxes]
        return "\n".join(text for text in texts if text)


def _row_cells(row: etree._Element) -> Iterator[_TableCell]:
    column = _whole(value_of(row.find(W + "trPr"), W + "gridBefore"), 0)
    waiting: _TableCell | None = None
    for cell in _cell_elements(row):
        properties = cell.find(W + "tcPr")
        span = _whole(value_of(properties, W + "gridSpan"), 1) or 1
        if waiting and _merge(properties, "hMerge") == "continue":
            waiting = replace(waiting, span=waiting.span + span)
        else:
            if waiting:
                yield waiting
            waiting = _TableCell(cell, column, span, _merge(properties, "vMerge"))
        column += span
    if waiting:
        yield waiting


def _cell_elements(row: etree._Element) -> Iterator[etree._Element]:
    for child in row.iterchildren(etree.Element):
        name = local_name(child)
        if name == "tc":
            yield child
        elif name in _CONTAINERS:
            yield from _cell_elements(child)


def _merge(properties: etree._Element | None, name: str) -> str | None:
    merge = properties.find(W + name) if properties is not None else None
    return merge.get(W + "val", "continue") if merge is not None else None


def _whole(text: str | None, otherwise: int) -> int:
    if text is None or not text.isdecimal():
        return otherwise
    # No table is wider than the cap, so more digits than it has mean just that.
    return _WIDEST_SPAN if len(text) > len(str(_WIDEST_SPAN)) else min(int(text), _WIDEST_SPAN)


def _paragraphs(container: etree._Element) -> Iterator[etree._Element]:
    for child in container.iterchildren(etree.Element):
        name = local_name(child)
        if name == "p":
            yield child
        elif name in _CONTAINERS:
            yield from _paragraphs(child)


def _inner_tables(cell: etree._Element) -> Iterator[etree._Element]:
    for child in cell.iterchildren(etree.Element):
        name = local_name(child)
        if name == "tbl":
            yield child
        elif name in _CONTAINERS:
            yield from _inner_tables(child)


def _is_small(table: etree._Element) -> bool:
    """Whether a table inside a cell only frames text of the cell."""
    return _cell_count(table) < _FEWEST_CELLS


def _cell_count(table: etree._Element) -> int:
    return sum(1 for _ in table.iter(W + "tc"))
