"""A small press: text and ruled tables on PDF pages, with page breaks where an office program has them.

Coordinates are points from the page's top left corner, as in `Place.box`.
"""

import io
from collections.abc import Iterator, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.layout import GridCell

FONT = "STSong-Light"
_LEFT, _TOP, _BOTTOM = 72.0, 72.0, 72.0
_BODY, _LEADING = 11.0, 20.0
_CELL, _CELL_LEADING, _PADDING = 8.0, 11.0, 6.0


class Sheet:
    """Pages drawn by hand."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._buffer = io.BytesIO()
        self.canvas = Canvas(self._buffer, pagesize=size, invariant=1)
        self.width, self.height = size

    def text(self, x: float, y: float, text: str, size: float = _BODY) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def rect(self, x: float, y: float, width: float, height: float, color: str) -> None:
        self.canvas.setFillColor(color)
        self.canvas.rect(x, self.height - y - height, width, height, stroke=0, fill=1)
        self.canvas.setFillColor("black")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def turn_page(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return bytes(self._buffer.getvalue())


class Press:
    """Sets paragraphs and tables one after the other and numbers the pages.

    `page_turn` turns every page (90, 180 or 270); what is turned upside down is drawn upside down, as
    printer drivers do, and shows upright. `open_breaks` leaves out the borders at a page break,
    as WPS does; `repeat_head` prints so many first rows of a table again on each of its pages.
    """

    def __init__(
        self, *, page_turn: int = 0, open_breaks: bool = False, ruled: bool = True
    ) -> None:
        self._sheet = Sheet((A4[1], A4[0]) if page_turn % 180 else A4)
        if page_turn % 180:
            # reportlab swaps the sides of a page that is shown turned.
            self._sheet.canvas.setPageSize(A4)
        self._page_turn = page_turn
        self._open_breaks = open_breaks
        self._ruled = ruled
        self._page = 1
        self._y = _TOP
        self._turn_over()

    def paragraph(self, text: str, indent: float = 22, align: str = "left") -> None:
        width = self._sheet.width - 2 * _LEFT
        for number, line in enumerate(wrapped(text, width, _BODY, indent)):
            self._need(_LEADING)
            length = self._sheet.canvas.stringWidth(line, FONT, _BODY)
            x = _LEFT + (indent if number == 0 and align == "left" else 0)
            x += {"left": 0.0, "center": (width - length) / 2, "right": width - length}[align]
            self._sheet.text(x, self._y + 15, line)
            self._y += _LEADING

    def table(
        self, cells: Sequence[GridCell], widths: Sequence[float], repeat_head: int = 0
    ) -> None:
        xs = [_LEFT + sum(widths[:i]) for i in range(len(widths) + 1)]
        heights = list(_row_heights(cells, widths))
        head = heights[:repeat_head]
        unprinted: dict[GridCell, list[str]] = {}
        start = 0
        while start < len(heights):
            self._need(heights[start] + (sum(head) if start else 0))
            if start and repeat_head:
                self._rows(cells, xs, heights, 0, repeat_head, {}, is_last=True)
            end = start
            room = self._sheet.height - _BOTTOM - self._y
            while end < len(heights) and sum(heights[start : end + 1]) <= room:
                end += 1
            self._rows(cells, xs, heights, start, end, unprinted, is_last=end == len(heights))
            start = end
            if start < len(heights):
                self._turn()

    def data(self) -> bytes:
        self._number_page()
        return self._sheet.data()

    def _rows(
        self,
        cells: Sequence[GridCell],
        xs: Sequence[float],
        heights: Sequence[float],
        start: int,
        end: int,
        unprinted: dict[GridCell, list[str]],
        *,
        is_last: bool,
    ) -> None:
        """Print the rows from `start` up to `end`; a cell that began earlier goes on with the rest."""
        ys = [self._y + sum(heights[start : start + i]) for i in range(end - start + 1)]
        for cell in cells:
            first, last = max(cell.row, start), min(cell.row + cell.row_span, end)
            if first >= last:
                continue
            left, right = xs[cell.column], xs[cell.column + cell.column_span]
            top, bottom = ys[first - start], ys[last - start]
            if self._ruled:
                self._borders(left, top, right, bottom, (first == start > 0, last == end, is_last))
            lines = unprinted.setdefault(
                cell, list(wrapped(cell.text, right - left - _PADDING, _CELL))
            )
            room = max(int((bottom - top) // _CELL_LEADING), 1)
            self._cell_text(lines[:room], left, top, right, bottom)
            del lines[:room]
        self._y = ys[-1]

    def _borders(
        self, left: float, top: float, right: float, bottom: float, at: tuple[bool, bool, bool]
    ) -> None:
        at_top, at_bottom, is_last = at
        self._sheet.line(left, top, left, bottom)
        self._sheet.line(right, top, right, bottom)
        if not (self._open_breaks and at_top):
            self._sheet.line(left, top, right, top)
        if not (self._open_breaks and at_bottom and not is_last):
            self._sheet.line(left, bottom, right, bottom)

    def _cell_text(
        self, lines: Sequence[str], left: float, top: float, right: float, bottom: float
    ) -> None:
        y = (top + bottom - _CELL_LEADING * len(lines)) / 2
        for number, line in enumerate(lines):
            length = self._sheet.canvas.stringWidth(line, FONT, _CELL)
            x = (left + right - length) / 2
            self._sheet.text(x, y + _CELL_LEADING * number + 8, line, _CELL)

    def _need(self, height: float) -> None:
        if self._y + height > self._sheet.height - _BOTTOM:
            self._turn()

    def _turn(self) -> None:
        self._number_page()
        self._sheet.turn_page()
        self._page += 1
        self._y = _TOP
        self._turn_over()

    def _turn_over(self) -> None:
        if self._page_turn == 180:
            # Drivers reckon the turn, and miss it by a millionth.
            size = self._sheet.width, self._sheet.height
            self._sheet.canvas.transform(-1, 0.000001, -0.000001, -1, *size)

    def _number_page(self) -> None:
        self._sheet.text(
            self._sheet.width / 2 - 12, self._sheet.height - 30, f"- {self._page} -", 9
        )
        if self._page_turn:
            self._sheet.canvas.setPageRotation(self._page_turn)


def wrapped(text: str, width: float, size: float, indent: float = 0) -> Iterator[str]:
    """The text in lines no wider than `width`; the first is shorter by `indent`."""
    line = ""
    room = width - indent
    for character in text:
        if line and pdfmetrics.stringWidth(line + character, FONT, size) > room:
            yield line
            line, room = "", width
        line += character
    if line:
        yield line


def _row_heights(cells: Sequence[GridCell], widths: Sequence[float]) -> Iterator[float]:
    for row in range(max(cell.row + cell.row_span for cell in cells)):
        count = 1
        for cell in cells:
            if cell.row == row and cell.row_span == 1:
                width = sum(widths[cell.column : cell.column + cell.column_span]) - _PADDING
                count = max(count, len(list(wrapped(cell.text, width, _CELL))))
        yield count * _CELL_LEADING + 2 * _PADDING
