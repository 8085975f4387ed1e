"""Cells and glyphs → grids: the drawn cells with their spans, and what stands in them.

A table that goes on over a page break is one grid: its columns are the borders of all its parts
taken together, because the rest of a table often has fewer columns than its head.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from ingest.readers.layout import Grid, GridCell, Line, Word
from ingest.readers.pdf_collisions import collided, severed
from ingest.readers.pdf_lines import PrintLine, cell_text, glyphs_to_lines, words_of
from ingest.readers.pdf_overflow import settle
from ingest.readers.pdf_page import Glyph, PdfPage
from ingest.report import Box

_FEWEST_CELLS = 3
_EDGE_TOLERANCE = 4.0
_ROW_TOLERANCE = 2.0
# In points: how tall a stroke of a digit is at least, how far from the border of a cell one is.
_LEAST_STROKE = 3.0
_BORDER = 2.0
# A drawing as broad as its cell is a frame.
_FRAME_SHARE = 0.85
# A table goes on when its parts are as wide and their rulings meet.
_SAME_WIDTH = 8.0
_SHARED_EDGES = 0.7


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a table that stands on one page: its cells and the glyphs inside them.

    `lines` are the same print without regard to the rulings. `doubtful` counts the cells over whose
    border a number runs, `drawn` those without text in which something is drawn.
    """

    page: PdfPage
    cells: tuple[Box, ...]
    glyphs: tuple[tuple[Glyph, ...], ...]
    lines: tuple[PrintLine, ...]
    doubtful: frozenset[int]
    drawn: frozenset[int] = frozenset()

    @property
    def box(self) -> Box:
        """The part's box on the upright page."""
        return (
            min(cell[0] for cell in self.cells),
            min(cell[1] for cell in self.cells),
            max(cell[2] for cell in self.cells),
            max(cell[3] for cell in self.cells),
        )


def parts_of(page: PdfPage, tables: Iterable[Sequence[Box]]) -> tuple[list[Part], list[Glyph]]:
    """The tables of a page from top to bottom with their text, and the glyphs that stand in none."""
    tables = [cells for cells in tables if _is_table(cells) or _is_last_row(page, cells)]
    parts: list[Part] = []
    left = list(page.glyphs)
    for cells in sorted(tables, key=lambda cells: min(cell[1] for cell in cells)):
        cells = sorted(cells, key=itemgetter(1, 0))
        part, left = _share_out(page, tuple(cells), left)
        parts.append(part)
    return parts, left


def is_continued(part: Part, after: Part) -> bool:
    """Whether two parts on successive pages, with no text between them, are one table."""
    one, other = part.box, after.box
    if abs(one[0] - other[0]) > _SAME_WIDTH or abs(one[2] - other[2]) > _SAME_WIDTH:
        return False
    few, many = sorted((_edges(part.cells), _edges(after.cells)), key=len)
    shared = sum(any(abs(x - y) < _EDGE_TOLERANCE for y in many) for x in few)
    return shared >= _SHARED_EDGES * len(few)


def parts_to_grid(parts: Sequence[Part], number: int) -> Grid:
    """One grid of the parts of one table, in the order of their pages."""
    columns = _clustered((x for part in parts for x in _edges(part.cells)), _EDGE_TOLERANCE)
    cells: list[GridCell] = []
    offset = 0
    head: list[tuple[str, ...]] = []
    for part in parts:
        placed = list(_placed(part, columns))
        placed = _without_repeated_head(placed, head)
        head = head or _row_texts(placed)
        for cell in placed:
            cells.append(_moved_down(cell, offset))
        offset += max((cell.row + cell.row_span for cell in placed), default=0)
    lines = tuple(_placed_lines(parts))
    return Grid(tuple(cells), aligned=True, number=number, page=parts[0].page.number, lines=lines)


def _placed_lines(parts: Iterable[Part]) -> Iterator[Line]:
    for part in parts:
        for number, line in enumerate(part.lines, start=1):
            words = tuple(placed_words(line, part.page))
            yield Line(line.text, number, part.page.number, part.page.original(line.box), words)


def placed_words(line: PrintLine, page: PdfPage) -> Iterator[Word]:
    """The words of a line of print, each with its place on the page and in the file."""
    for word in words_of(line):
        yield Word(word.text, page.number, *word.box, page.original(word.box))


def _is_table(cells: Sequence[Box]) -> bool:
    """A table has several cells side by side; a frame around a text has not."""
    return len(cells) >= _FEWEST_CELLS and len({round(cell[0]) for cell in cells}) > 1


def _is_last_row(page: PdfPage, cells: Sequence[Box]) -> bool:
    """A label and its number with nothing printed above them: the rest of the page before's table."""
    if len(cells) != _FEWEST_CELLS - 1 or round(cells[0][0]) == round(cells[1][0]):
        return False
    top = min(cell[1] for cell in cells)
    return all(glyph.bottom > top for glyph in page.glyphs if not glyph.text.isspace())


def _share_out(
    page: PdfPage, cells: tuple[Box, ...], glyphs: Sequence[Glyph]
) -> tuple[Part, list[Glyph]]:
    """The part with the glyphs whose middle is in each cell, and the glyphs that are in none."""
    places = _Places(cells)
    owners = places.of(glyphs)
    settled, homes, doubtful = settle(cells, glyphs, owners)
    doubtful |= collided(cells, glyphs, owners, page.rulings)
    doubtful |= severed(glyphs, owners, page.lost, places.of(page.lost))
    inside: list[list[Glyph]] = [[] for _ in cells]
    outside: list[Glyph] = []
    for glyph, index in zip(settled, homes, strict=True):
        (outside if index is None else inside[index]).append(glyph)
    printed = [glyph for glyph, index in zip(glyphs, owners, strict=True) if index is not None]
    lines = tuple(glyphs_to_lines(printed))
    stroked = _stroked_cells(page, cells, places, inside)
    drawn = frozenset((*_drawn_cells(page, cells, inside), *stroked))
    return Part(page, cells, tuple(map(tuple, inside)), lines, frozenset(doubtful), drawn), outside


def _drawn_cells(
    page: PdfPage, cells: Sequence[Box], glyphs: Sequence[Sequence[Glyph]]
) -> Iterator[int]:
    """The cells without letters in which a picture lies; a seal over several cells is none."""
    for x0, top, x1, bottom in page.pictures:
        for index, cell in enumerate(cells):
            is_inside = (
                cell[0] - _EDGE_TOLERANCE <= x0
                and x1 <= cell[2] + _EDGE_TOLERANCE
                and cell[1] - _EDGE_TOLERANCE <= top
                and bottom <= cell[3] + _EDGE_TOLERANCE
            )
            if is_inside and not any(glyph.text.strip() for glyph in glyphs[index]):
                yield index


def _stroked_cells(
    page: PdfPage, cells: Sequence[Box], places: "_Places", glyphs: Sequence[Sequence[Glyph]]
) -> Iterator[int]:
    """The cells without letters in which lines are drawn that are no borders: 7, 0, 1, a tick."""
    strokes = [Glyph("", *box) for box in page.strokes if box[3] - box[1] > _LEAST_STROKE]
    for stroke, index in zip(strokes, places.of(strokes), strict=True):
        if index is None or any(glyph.text.strip() for glyph in glyphs[index]):
            continue
        left, top, right, bottom = cells[index]
        is_within = (
            left + _BORDER < stroke.x0
            and stroke.x1 < right - _BORDER
            and top + _BORDER < stroke.top
            and stroke.bottom < bottom - _BORDER
        )
        if is_within and stroke.x1 - stroke.x0 < _FRAME_SHARE * (right - left):
            yield index


class _Places:
    """Where the cells of a table are, found once for all that is printed in it."""

    def __init__(self, cells: Sequence[Box]) -> None:
        self._xs = xs = _edges(cells)
        self._ys = ys = _clustered((y for c in cells for y in (c[1], c[3])), _ROW_TOLERANCE)
        self._owner = {
            (row, column): index
            for index, cell in enumerate(cells)
            for row in range(_index(ys, cell[1]), _index(ys, cell[3]))
            for column in range(_index(xs, cell[0]), _index(xs, cell[2]))
        }

    def of(self, glyphs: Iterable[Glyph]) -> list[int | None]:
        """For each glyph, in which cell its middle is."""
        xs, ys, owner = self._xs, self._ys, self._owner
        return [
            owner.get(
                (
                    bisect_right(ys, (glyph.top + glyph.bottom) / 2) - 1,
                    bisect_right(xs, (glyph.x0 + glyph.x1) / 2) - 1,
                )
            )
            for glyph in glyphs
        ]


def _placed(part: Part, columns: Sequence[float]) -> Iterator[GridCell]:
    rows = _clustered((y for c in part.cells for y in (c[1], c[3])), _ROW_TOLERANCE)
    for index, (cell, glyphs) in enumerate(zip(part.cells, part.glyphs, strict=True)):
        row, column = _index(rows, cell[1]), _index(columns, cell[0])
        yield GridCell(
            cell_text(glyphs),
            row,
            column,
            max(_index(rows, cell[3]) - row, 1),
            max(_index(columns, cell[2]) - column, 1),
            page=part.page.number,
            box=part.page.original(cell),
            doubt=_doubt(part, index),
        )


def _doubt(part: Part, index: int) -> str | None:
    if index in part.drawn:
        return "unreadable"
    return "readings-differ" if index in part.doubtful else None


def _row_texts(cells: Iterable[GridCell]) -> list[tuple[str, ...]]:
    """The texts of the cells that start in each row."""
    rows: list[list[str]] = []
    for cell in cells:
        while len(rows) <= cell.row:
            rows.append([])
        rows[cell.row].append(cell.text)
    return [tuple(row) for row in rows]


def _without_repeated_head(
    cells: list[GridCell], head: Sequence[tuple[str, ...]]
) -> list[GridCell]:
    """The cells without the rows that repeat the head of the table at the top of a page."""
    repeated = 0
    for row, first in zip(_row_texts(cells), head, strict=False):
        if row != first or not any(row) or any(text.isdigit() for text in row):
            break
        repeated += 1
    return [_moved_down(cell, -repeated) for cell in cells if cell.row >= repeated]


def _moved_down(cell: GridCell, rows: int) -> GridCell:
    return GridCell(
        cell.text,
        cell.row + rows,
        cell.column,
        cell.row_span,
        cell.column_span,
        cell.page,
        cell.line,
        cell.box,
        cell.doubt,
    )


def _edges(cells: Iterable[Box]) -> list[float]:
    return _clustered((x for cell in cells for x in (cell[0], cell[2])), _EDGE_TOLERANCE)


def _clustered(values: Iterable[float], tolerance: float) -> list[float]:
    """The values in order, those nearer than `tolerance` to the one before left out."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] >= tolerance:
            kept.append(value)
    return kept


def _index(edges: Sequence[float], value: float) -> int:
    """Which of the clustered edges a value belongs to."""
    after = bisect_left(edges, value)
    if after == len(edges) or (after and value - edges[after - 1] <= edges[after] - value):
        return after - 1
    return after
