"""Numbers of a page that touch and were printed apart: never one number, never a doubt without need."""

import pytest

from ingest.numbers import text_to_number
from ingest.readers import read
from tests.print_pdf import FONT, Sheet

LABEL = "新收 "
NUMBER = "787"


def text_beside(
    page_number: str, *, right: float, down: float, size: float, late: bool = True
) -> str:
    """What is read as the number of a row after `page_number` was printed touching it."""
    sheet = Sheet()
    sheet.text(72, 300, LABEL, 8)
    x = 150.0
    sheet.text(x, 300, NUMBER, 8)
    if late:
        sheet.text(72, 330, "结转", 8)
        sheet.text(x, 330, "0", 8)
    sheet.text(x + right, 300 + down, page_number, size)
    lines = read(sheet.data(), "年报.pdf").lines
    return next(line.text for line in lines if "新收" in line.text).removeprefix(LABEL).strip()


def width(text: str, size: float) -> float:
    return float(Sheet().canvas.stringWidth(text, FONT, size))


@pytest.mark.parametrize("late", [True, False])
@pytest.mark.parametrize("down", [0, 0.8, -0.9, 1.5])
@pytest.mark.parametrize("size", [8.5, 9, 10])
def test_a_page_number_of_nearly_its_size_is_not_read_as_one_with_a_number(
    size: float, down: float, late: bool
) -> None:
    before, behind = -width("2", size), width(NUMBER, 8)
    for right in (before, before - 1, before + 0.8, behind, behind + 1, behind - 0.8, 1.2):
        text = text_beside("2", right=right, down=down, size=size, late=late)
        assert text_to_number(text) is None


def test_a_page_number_as_tall_as_the_number_is_told_by_when_it_was_drawn() -> None:
    for right in (-width("2", 8), width(NUMBER, 8)):
        text = text_beside("2", right=right, down=0, size=8)
        assert text_to_number(text) is None


def test_a_page_number_apart_from_the_number_leaves_it_as_it_is() -> None:
    text = text_beside("2", right=40, down=0, size=9)
    assert text.split() == [NUMBER, "2"]


def test_a_number_drawn_digit_by_digit_and_twice_over_stays_one() -> None:
    sheet = Sheet()
    for row, digits in enumerate(("1247", "11111", "12,470", "3.50")):
        for shift in (0.0, 0.25):
            x = 100.0 + shift
            for digit in digits:
                for _ in range(2):
                    sheet.text(x, 100 + 20 * row + shift / 5, digit, 9)
                x += width(digit, 9)
    lines = read(sheet.data(), "年报.pdf").lines
    assert [line.text for line in lines] == ["1247", "11111", "12,470", "3.50"]


def test_a_number_set_wide_or_close_or_on_a_slanting_line_stays_one() -> None:
    sheet = Sheet()
    for row, step in enumerate((3.2, 4.0, 5.5)):
        for index, digit in enumerate("124789"):
            sheet.text(100 + step * index, 100 + 20 * row + 0.05 * index, digit, 9)
    lines = read(sheet.data(), "年报.pdf").lines
    assert [line.text for line in lines] == ["124789"] * 3
