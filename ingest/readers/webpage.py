"""A saved web page → Layout: block elements become lines, data tables become grids.

Knows how a browser lays out text and tables (rowspan, colspan, the collapsing of white space); what
is page furniture or hidden has been taken out before. A table that only lays out the page is no
grid: what it holds comes in reading order.
"""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.extent import Extent
from ingest.readers.layout import Block, Grid, GridCell, Layout, Line
from ingest.readers.webpage_styles import FRAME
from ingest.readers.webpage_tree import page_of

MEDIA_TYPE = "text/html"
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
     "dt", "fieldset", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
     "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead",
     "tr", "ul", "br"}
)  # fmt: skip
_MARKS = {
    "sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
# Elements that change nothing of the one text inside them.
_TRANSPARENT = frozenset({"b", "div", "em", "font", "p", "span", "strong"})
# What ends a line, or makes more of its letters than text; between all others letters run on.
_BREAKING = _BLOCKS | _MARKS.keys()
# No-break and ideographic spaces are text; these collapse to one space in a browser.
_WHITE = " \t\r\n\f"
_COLLAPSING = re.compile(f"[{_WHITE}]+")
_NEWLINE = re.compile(r"\r\n?|\n")
_CELLS = frozenset({"td", "th"})
# A table of fewer cells holds no data: it frames a paragraph.
_FEWEST_CELLS = 3
# The widths of pictures that only keep a place free.
_SPACERS = frozenset({"0", "1"})
_WIDEST_SPAN = 200
_LONGEST_SPAN = 1000


def read(data: bytes, name: str) -> Layout:
    """The layout of a saved web page (HTML or MHTML). Raises UnreadableFile."""
    page = page_of(data, name)
    blocks = tuple(_PageReader(Extent(name)).blocks(page.body))
    return Layout(MEDIA_TYPE, blocks, title=page.title, doubts=page.doubts)


class _PageReader:
    """Walks the page without recursion over its depth, counting lines and grids from 1."""

    def __init__(self, extent: Extent) -> None:
        self._extent = extent
        self._line_count = 0
        self._grid_count = 0

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        """The lines and grids under `root`, in order."""
        for piece in _pieces(root, stop_at_tables=True):
            if isinstance(piece, str):
                self._extent.add_line()
                self._line_count += 1
                yield Line(piece, self._line_count)
            else:
                yield from self._table(piece)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        rows = [_cells_of(row) for row in _own(table, "tr")]
        cells = [cell for row in rows for cell in row]
        has_tables = next(table.iterdescendants("table"), None) is not None
        nested = [t for cell in cells for t in _inner_tables(cell)] if has_tables else []
        if len(cells) < _FEWEST_CELLS or any(_cell_count(t) >= len(cells) for t in nested):
            for part in table:
                yield from self.blocks(part)
            return
        for caption in _own(table, "caption"):
            yield from self.blocks(caption)
        self._grid_count += 1
        shows_more = next(table.iterdescendants(FRAME, "table"), None) is not None
        yield self._grid(rows, self._grid_count, shows_more=shows_more)
        for inner in nested:
            yield from self._table(inner)

    def _grid(self, rows: list[list[etree._Element]], number: int, *, shows_more: bool) -> Grid:
        cells: list[GridCell] = []
        widths: set[int] = set()
        # Column → how many more rows it is taken by a cell from above.
        taken: dict[int, int] = {}
        for row_number, row in enumerate(rows):
            column = 0
            starting: dict[int, int] = {}
            self._extent.add_cells(len(row))
            for element in row:
                while taken and taken.get(column):
                    column += 1
                height, width = _spans(element, len(rows) - row_number)
                text, doubt = _cell_content(element, shows_more=shows_more)
                cells.append(GridCell(text, row_number, column, height, width, doubt=doubt))
                if height > 1 or width > 1:
                    self._extent.add_merged_cell(height, width)
                    starting.update(dict.fromkeys(range(column, column + width), height))
                column += width
            widths.add(max([column, *(c + 1 for c, left in taken.items() if left)]))
            taken = {c: left - 1 for c, left in (taken | starting).items() if left > 1}
        return Grid(tuple(cells), aligned=len(widths) <= 1, number=number)


def _cells_of(row: etree._Element) -> list[etree._Element]:
    """The cells of a row, also where they stand in other elements than the row itself."""
    children = list(row)
    is_plain = all(child.tag in _CELLS for child in children)
    return children if is_plain else list(_own(row, "td", "th"))


def _inner_tables(cell: etree._Element) -> Iterator[etree._Element]:
    """The tables of data inside a cell; a smaller one only frames text of the cell."""
    return (table for table in _own(cell, "table") if _cell_count(table) >= _FEWEST_CELLS)


def _cell_content(cell: etree._Element, *, shows_more: bool) -> tuple[str, str | None]:
    """The text of a cell, and the doubt about a cell that shows more than that."""
    if not len(cell):
        return _collapsed(cell.text or ""), None
    text = _cell_text(cell)
    return text, None if text and not shows_more else _cell_doubt(cell, text)


def _cell_doubt(cell: etree._Element, text: str) -> str | None:
    """The doubt about a cell that shows more than its text: a picture, a table, a script's number."""
    shown = cell.iterdescendants(FRAME) if text else cell.iterdescendants(FRAME, "table")
    if any(each.get("width") not in _SPACERS for each in shown):
        return "hidden-text" if text else "unreadable"
    return "unreadable" if not text and any(map(_is_filled_by_style, cell.iter())) else None


def _is_filled_by_style(element: etree._Element) -> bool:
    """Whether an empty element carries a number that a style sheet may show: data-value="12"."""
    if len(element) or element.tag not in _TRANSPARENT:
        return False
    return any(
        str(name).startswith("data-") and str(value).replace(",", "").isdecimal()
        for name, value in element.items()
    )


def _cell_text(cell: etree._Element) -> str:
    """The text of a cell, a line a line; tables of data inside it are left out."""
    # Most cells hold one piece of text, however many tags are around it.
    while (count := len(cell)) == 1 and not (cell.text and cell.text.strip()):
        inner = cell[0]
        if inner.tag not in _TRANSPARENT or (inner.tail and inner.tail.strip()):
            break
        cell = inner
    if not count:
        return _collapsed(cell.text or "")
    if not any(inner.tag in _BREAKING for inner in cell.iterdescendants()):
        return _collapsed("".join(map(str, cell.itertext())))
    return "\n".join(piece for piece in _pieces(cell) if isinstance(piece, str))


def _pieces(
    root: etree._Element, *, stop_at_tables: bool = False
) -> Iterator[str | etree._Element]:
    """The lines of text under `root` and, if asked, its outermost tables, in reading order.

    Tables inside a cell are left out of its text otherwise: they are read as tables of their own.
    """
    line: list[str] = []
    preformatted = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            is_table = element.tag == "table" and element is not root
            if line and element.tag in _BLOCKS:
                yield from _flush(line)
            if is_table and (stop_at_tables or _cell_count(element) >= _FEWEST_CELLS):
                walk.skip_subtree()
                if stop_at_tables:
                    yield element
                continue
            preformatted += element.tag == "pre"
            if element.text:
                yield from _add(line, element.text, _marked(element), bool(preformatted))
        else:
            preformatted -= element.tag == "pre"
            if line and element.tag in _BLOCKS:
                yield from _flush(line)
            if element.tail and element is not root:
                mark = _marked(element.getparent())
                yield from _add(line, element.tail, mark, bool(preformatted))
    yield from _flush(line)


def _add(
    line: list[str], text: str, mark: dict[int, int] | None, preformatted: bool
) -> Iterator[str]:
    """Append text to the line; a line break in preformatted text ends it."""
    text = text.translate(mark) if mark else text
    if not preformatted:
        line.append(text)
        return
    first, *others = _NEWLINE.split(text)
    line.append(first)
    for other in others:
        yield from _flush(line)
        line.append(other)


def _flush(line: list[str]) -> Iterator[str]:
    text = _collapsed("".join(line))
    line.clear()
    if text:
        yield text


def _collapsed(text: str) -> str:
    """The text as a browser shows it; empty when it is nothing but white space."""
    text = text.strip(_WHITE)
    if text.isalnum():
        return text  # a number, as in most cells
    return "" if text.isspace() else _COLLAPSING.sub(" ", text)


def _marked(element: etree._Element | None) -> dict[int, int] | None:
    """How digits in this element are raised or lowered, if they are."""
    while element is not None and element.tag not in _BLOCKS:
        if element.tag in _MARKS:
            return _MARKS[element.tag]
        element = element.getparent()
    return None


def _own(element: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The descendants with one of `tags` that belong to this element and no table inside it."""
    walk = etree.iterwalk(element, events=("start",), tag=(*tags, "table"))
    for _, inner in walk:
        if inner is element:
            continue
        if inner.tag in tags:
            yield inner
        if inner.tag == "table" or inner.tag in tags:
            walk.skip_subtree()


def _cell_count(table: etree._Element) -> int:
    return sum(1 for _ in table.iter("td", "th"))


def _spans(cell: etree._Element, rows_left: int) -> tuple[int, int]:
    """How many rows and columns a cell covers of a table with so many rows left."""
    high, wide = cell.get("rowspan"), cell.get("colspan")
    if high is None and wide is None:
        return 1, 1
    height = _span(high, _LONGEST_SPAN) or rows_left
    return min(height, rows_left), _span(wide, _WIDEST_SPAN) or 1


def _span(written: str | None, most: int) -> int:
    """A span as written, capped; 1 where nothing or nonsense is written."""
    if written is None or written == "1":
        return 1
    text = written.strip()
    # No table is wider than the cap, so more digits than it has mean just that.
    if not (text.isascii() and text.isdigit()):
        return 1
    return most if len(text) > len(str(most)) else min(int(text), most)
