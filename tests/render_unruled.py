"""An invented report as a PDF whose tables have no ruling, in the ways such tables are set.

The cells are those of the ruled form; only where the text stands in them differs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ingest.readers.layout import GridCell
from ingest.report import Report
from tests.print_pdf import FONT, Sheet, wrapped
from tests.render_files import Drawing, draw_tables

Side: TypeAlias = Literal["left", "centre", "right"]

_MARGIN = 60.0
_LABELS = (16.0, 64.0, 132.0)


@dataclass(frozen=True)
class Setting:
    """How a table is set. `page_height` makes it run over pages; `head` rows are repeated there.

    `upright_heads` sets each header label of table four one letter a line; `serial` puts a column of
    running numbers before the labels of table three.
    """

    side: Side = "centre"
    label_side: Side = "centre"
    size: float = 8.0
    padding: float = 6.0
    page_height: float = 842.0
    repeat_head: bool = False
    upright_heads: bool = False
    serial: bool = False
    at_top: bool = False

    @property
    def leading(self) -> float:
        return self.size * 1.35


SETTINGS: Mapping[str, Setting] = {
    "centred": Setting(),
    "right": Setting(side="right"),
    "left": Setting(side="left", label_side="left"),
    "three pages": Setting(page_height=420),
    "repeated header": Setting(page_height=420, repeat_head=True),
    "five pages": Setting(page_height=300, repeat_head=True),
    "one letter a line": Setting(upright_heads=True),
    "serial numbers": Setting(serial=True),
    "tight rows": Setting(padding=1),
    "larger print": Setting(size=9, padding=4),
    "at the top of cells": Setting(at_top=True),
    "many at once": Setting("right", padding=2, page_height=420, upright_heads=True, serial=True),
}


def as_unruled(report: Report, setting: Setting | None = None) -> bytes:
    """The report as a PDF without a single line drawn."""
    press = _Press(setting or Setting())
    tables = draw_tables(report)
    press.text(report.title or "")
    if report.preamble:
        press.text(report.preamble.text)
    for section in report.sections:
        press.text(section.heading)
        if section.number in tables:
            press.table(tables[section.number], section.number)
        for paragraph in filter(None, section.text.split("\n")):
            press.text(paragraph)
    if report.signed_on:
        day = report.signed_on
        press.text(report.signed_by or "")
        press.text(f"{day.year}年{day.month}月{day.day}日")
    return press.sheet.data()


class _Press:
    def __init__(self, setting: Setting) -> None:
        self._set = setting
        self.sheet = Sheet((595.0, setting.page_height))
        self._y = _MARGIN

    def text(self, text: str) -> None:
        for number, line in enumerate(wrapped(text, 595 - 2 * _MARGIN, 11, 22)):
            self._need(20)
            self.sheet.text(_MARGIN + (0 if number else 22), self._y + 15, line, 11)
            self._y += 20

    def table(self, drawing: Drawing, section: int) -> None:
        cells = with_serial(drawing) if self._set.serial and section == 3 else drawing
        widths = _widths(cells, section)
        xs = [_MARGIN + sum(widths[:i]) for i in range(len(widths) + 1)]
        upright = self._set.upright_heads and section == 4
        lines = {cell: self._lines(cell, xs, upright=upright and cell.row > 0) for cell in cells}
        heights = list(self._heights(cells, lines))
        head = 3 if self._set.repeat_head and section != 2 else 0
        for row, height in enumerate(heights):
            before = self._y
            self._need(height)
            if self._y < before and row >= head:
                for repeated in range(head):
                    self._row(cells, lines, xs, heights, repeated)
            self._row(cells, lines, xs, heights, row)

    def _lines(self, cell: GridCell, xs: Sequence[float], *, upright: bool) -> list[str]:
        if upright and not cell.text.isdigit() and cell.column_span == 1:
            return list(cell.text)
        width = xs[cell.column + cell.column_span] - xs[cell.column] - 6
        return list(wrapped(cell.text, width, self._set.size))

    def _heights(self, cells: Drawing, lines: dict[GridCell, list[str]]) -> Iterator[float]:
        for row in range(max(cell.row + cell.row_span for cell in cells)):
            own = [c for c in cells if c.row <= row < c.row + c.row_span]
            count = max(-(-len(lines[c]) // c.row_span) for c in own if c.row_span < 4)
            yield count * self._set.leading + 2 * self._set.padding

    def _row(
        self,
        cells: Drawing,
        lines: dict[GridCell, list[str]],
        xs: Sequence[float],
        heights: Sequence[float],
        row: int,
    ) -> None:
        for cell in cells:
            if cell.row != row:
                continue
            height = sum(heights[row : row + cell.row_span])
            self._cell(cell, lines[cell], xs, height)
        self._y += heights[row]

    def _cell(
        self, cell: GridCell, lines: Sequence[str], xs: Sequence[float], height: float
    ) -> None:
        left, right = xs[cell.column] + 3, xs[cell.column + cell.column_span] - 3
        is_number = cell.text.replace(",", "").isdigit()
        side = self._set.side if is_number else self._set.label_side
        text_height = self._set.leading * len(lines)
        y = self._y + (self._set.padding if self._set.at_top else (height - text_height) / 2)
        for number, line in enumerate(lines):
            width = self.sheet.canvas.stringWidth(line, FONT, self._set.size)
            x = {"left": left, "centre": (left + right - width) / 2, "right": right - width}[side]
            down = y + self._set.leading * number + self._set.size
            if down < self._set.page_height:
                self.sheet.text(x, down, line, self._set.size)

    def _need(self, height: float) -> None:
        if self._y + height > self._set.page_height - _MARGIN:
            self.sheet.turn_page()
            self._y = _MARGIN


def _widths(cells: Drawing, section: int) -> list[float]:
    columns = max(cell.column + cell.column_span for cell in cells)
    if section != 3:
        return [470 / columns] * columns
    serial = (20.0,) if columns > 10 else ()
    rest = (470 - sum(serial) - sum(_LABELS)) / 7
    return [*serial, *_LABELS, *[rest] * 7]


def with_serial(cells: Drawing) -> Drawing:
    """Table three with a column 序号 before its labels."""
    moved = [GridCell(c.text, c.row, c.column + 1, c.row_span, c.column_span) for c in cells]
    rows = max(cell.row for cell in cells)
    serials = [GridCell(str(row - 2), row, 0) for row in range(3, rows + 1)]
    return [GridCell("序号", 0, 0, 3, 1), *serials, *moved]
