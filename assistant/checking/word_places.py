"""Which paragraph of a Word document a place in a report is.

Knows WordprocessingML and the addresses that the Word reader gives (`Place.grid`); nothing of
comments or findings. The invariant: a table cell is only pointed at where its text is the text that
was read, so a table that is counted otherwise here than by the reader is never marked in the wrong
cell; the heading of its part is marked instead.
"""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.characters import for_matching
from ingest.forms import form_of
from ingest.readers.word_numbering import W, value_of
from ingest.report import Concept, Place, Report

# What Word may number by itself, so that it is not in the text: 一、 （二） 3. 4）
_NUMBERING = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.\uff0e])+")
_CONTAINERS = frozenset({W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"})


class WordPlaces:
    """The paragraphs of one document, to look places up in."""

    def __init__(self, root: etree._Element, report: Report) -> None:
        """`root` is the document part that `report` was read from."""
        self._report = report
        self._paragraphs = list(root.iter(W + "p"))
        self._numbers = {paragraph: n for n, paragraph in enumerate(self._paragraphs)}
        self._texts = [for_matching(_text(paragraph)) for paragraph in self._paragraphs]
        self._tables = [table for table in root.iter(W + "tbl") if not _lays_out(table)]

    def paragraph(self, place: Place) -> int:
        """The number of the paragraph, from 0 in the order of the document, nearest to a place.

        Cells and quotations that cannot be found stand at the heading of their part, and what has
        none at the first line of text.
        """
        candidates = (self._cell(place), self._quotation(place), self._heading(place))
        return next((n for n in candidates if n is not None), self._first())

    def _cell(self, place: Place) -> int | None:
        if not (place.grid and place.table and place.row and place.column):
            return None
        number, row, column = place.grid
        if number > len(self._tables):
            return None
        cell = _cell_at(self._tables[number - 1], row - 1, column - 1)
        read = self._report.cell(Concept(place.table, place.row, place.column)).text
        if cell is None or for_matching(_text(cell)) != for_matching(read or ""):
            return None
        paragraph = next(cell.iter(W + "p"), None)
        return None if paragraph is None else self._numbers[paragraph]

    def _quotation(self, place: Place) -> int | None:
        line = next((t for t in (place.quote or "").split("\n") if for_matching(t)), "")
        if not line:
            return None
        start = self._heading_of(place.section) or 0
        return self._find(for_matching(line), start)

    def _heading(self, place: Place) -> int | None:
        if place.table:
            return self._heading_of(form_of(self._report.format).table(place.table).section)
        return self._heading_of(place.section)

    def _heading_of(self, number: int | None) -> int | None:
        section = self._report.section(number) if number else None
        return self._find(for_matching(section.heading), 0) if section else None

    def _find(self, words: str, start: int) -> int | None:
        """The paragraph with these words, looked for from `start` on, then from the beginning."""
        order: list[int] = [*range(start, len(self._texts)), *range(start)]
        for wanted in dict.fromkeys((words, _NUMBERING.sub("", words))):
            found = [number for number in order if wanted in self._texts[number]]
            if wanted and found:
                return found[0]
        return None

    def _first(self) -> int:
        return next((n for n, text in enumerate(self._texts) if text), 0)


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))


def _lays_out(table: etree._Element) -> bool:
    """Whether a table only holds another one in place; the reader does not count such a table."""
    cells = sum(1 for _ in _cells_within(table))
    inner = (t for t in table.iter(W + "tbl") if t is not table)
    return any(sum(1 for _ in t.iter(W + "tc")) >= cells for t in inner)


def _cells_within(table: etree._Element) -> Iterator[etree._Element]:
    for row in _children(table, W + "tr"):
        yield from _children(row, W + "tc")


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of a name, those wrapped in content controls or tracked insertions included."""
    for child in parent.iterchildren(etree.Element):
        if child.tag == name:
            yield child
        elif child.tag in _CONTAINERS:
            yield from _children(child, name)


def _cell_at(table: etree._Element, row: int, column: int) -> etree._Element | None:
    """The cell that starts at a row and column of the table's own grid, both from 0."""
    rows = [tr for tr in _children(table, W + "tr") if not _is_dropped(tr)]
    if row >= len(rows):
        return None
    at = _whole(value_of(rows[row].find(W + "trPr"), W + "gridBefore"), 0)
    for cell in _children(rows[row], W + "tc"):
        if at == column:
            return cell
        at += _whole(value_of(cell.find(W + "tcPr"), W + "gridSpan"), 1)
    return None


def _is_dropped(row: etree._Element) -> bool:
    properties = row.find(W + "trPr")
    if properties is None:
        return False
    return any(properties.find(W + name) is not None for name in ("del", "hidden"))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise
