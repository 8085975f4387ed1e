"""Cells of a ruled PDF table in which lines are drawn instead of letters."""

from collections.abc import Callable

import pytest

from ingest.readers import read
from tests.print_pdf import Sheet

# The one empty cell of the table below, and what is drawn at its middle.
CELL = (200.0, 130.0, 260.0, 150.0)
X, Y = 230.0, 140.0


def seven(sheet: Sheet) -> None:
    _path(sheet, [(X - 3, Y - 4), (X + 3, Y - 4), (X - 1, Y + 4)])


def zero(sheet: Sheet) -> None:
    sheet.canvas.ellipse(X - 3, sheet.height - Y - 5, X + 3, sheet.height - Y + 5, fill=0)


def one(sheet: Sheet) -> None:
    sheet.line(X, Y - 4, X, Y + 4)


def diagonal(sheet: Sheet) -> None:
    sheet.line(CELL[0], CELL[3], CELL[2], CELL[1])


def short_diagonal(sheet: Sheet) -> None:
    sheet.line(X - 3, Y + 4, X + 3, Y - 4)


def dash(sheet: Sheet) -> None:
    sheet.line(X - 4, Y, X + 4, Y)


def border(sheet: Sheet) -> None:
    left, top, right, bottom = CELL
    _path(sheet, [(left, bottom), (left, top), (right, top)])


def second_border(sheet: Sheet) -> None:
    left, top, right, bottom = CELL
    _path(
        sheet,
        [
            (left + 3, top + 3),
            (right - 3, top + 3),
            (right - 3, bottom - 3),
            (left + 3, bottom - 3.1),
        ],
    )


def nothing(sheet: Sheet) -> None:
    """The cell is blank."""


def _path(sheet: Sheet, points: list[tuple[float, float]]) -> None:
    path = sheet.canvas.beginPath()
    path.moveTo(points[0][0], sheet.height - points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, sheet.height - y)
    sheet.canvas.drawPath(path, stroke=1, fill=0)


def doubts_with(draw: Callable[[Sheet], None]) -> list[str | None]:
    """The doubts of the cells of a table of two rows and columns, one cell empty but for a drawing."""
    sheet = Sheet()
    sheet.grid([72, 200, 260], [110, 130, 150])
    for x, y, text in ((80, 124, "规章"), (210, 124, "12"), (80, 144, "行政规范性文件")):
        sheet.text(x, y, text, 9)
    draw(sheet)
    return [cell.doubt for cell in read(sheet.data(), "年报.pdf").grids[0].cells]


@pytest.mark.parametrize("draw", [seven, zero, one])
def test_a_cell_in_which_a_number_is_drawn_with_lines_is_no_blank(
    draw: Callable[[Sheet], None],
) -> None:
    assert doubts_with(draw) == [None, None, None, "unreadable"]


@pytest.mark.parametrize("draw", [nothing, diagonal, short_diagonal, dash, border, second_border])
def test_a_blank_with_a_border_a_dash_or_a_line_from_corner_to_corner_is_not_doubted(
    draw: Callable[[Sheet], None],
) -> None:
    assert set(doubts_with(draw)) == {None}
