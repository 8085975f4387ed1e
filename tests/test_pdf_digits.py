"""Digits that a font of the file's own draws otherwise than they copy, told by their shapes."""

import io
from collections.abc import Callable, Mapping
from itertools import permutations
from unittest.mock import patch

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from ingest.parse import parse_bytes
from ingest.readers import pdf_digits, read
from ingest.readers.digit_shapes import may_be
from tests.invented import invented_report
from tests.print_pdf import Sheet
from tests.render_files import as_pdf

_IN_ORDER_OF_USE = "2031694857"


def page_with(
    *,
    copied: Mapping[str, str] | None = None,
    turn: int = 0,
    digits: str = _IN_ORDER_OF_USE,
    ground: Callable[[Canvas], object] = lambda canvas: None,
) -> bytes:
    """A page of digits in a font that numbers its glyphs anew; some copy as `copied` says."""
    font = ttfonts.TTFont("Own", "VeraBd.ttf" if turn else "Vera.ttf", asciiReadable=False)
    pdfmetrics.registerFont(font)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    ground(canvas)
    canvas.setFont("Own", 9)
    canvas.drawString(250, 420, digits)
    canvas.line(200, 418, 400, 418)
    canvas.setPageRotation(turn)
    with patch.object(ttfonts, "makeToUnicodeCMap", _copying_as(copied or {})):
        canvas.save()
    return buffer.getvalue()


def _copying_as(copied: Mapping[str, str]) -> object:
    codes = {ord(shown): ord(text) for shown, text in copied.items()}
    plain = ttfonts.makeToUnicodeCMap
    return lambda name, subset: plain(name, [codes.get(code, code) for code in subset])


def swapped(one: str, other: str) -> dict[str, str]:
    return {one: other, other: one}


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_digits_that_look_like_what_they_read_are_believed(turn: int) -> None:
    layout = read(page_with(turn=turn), "年报.pdf")
    assert [line.text for line in layout.lines] == [_IN_ORDER_OF_USE]
    assert layout.page_doubts == {}


@pytest.mark.parametrize(
    ("one", "other"), [pair for pair in permutations("0123456789", 2) if pair[0] < pair[1]]
)
def test_two_digits_that_copy_as_each_other_doubt_their_page(one: str, other: str) -> None:
    layout = read(page_with(copied=swapped(one, other)), "年报.pdf")
    assert layout.page_doubts == {1: "text-garbled"}


def test_an_eight_with_a_pale_hairline_is_no_nine() -> None:
    picture = Image.new("L", (40, 64), 255)
    pen = ImageDraw.Draw(picture)
    for top in (6, 30):
        pen.ellipse((8, top, 32, top + 26), outline=0, width=4)
    pen.rectangle((8, 40, 14, 44), fill=160)
    assert "8" in may_be(picture)


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_that_is_turned_is_looked_at_upright(turn: int) -> None:
    layout = read(page_with(copied=swapped("6", "9"), turn=turn), "年报.pdf")
    assert layout.page_doubts == {1: "text-garbled"}


def test_digits_that_all_copy_as_the_next_one_doubt_their_page() -> None:
    shifted = dict(zip("0123456789", "1234567890", strict=True))
    assert read(page_with(copied=shifted), "年报.pdf").page_doubts == {1: "text-garbled"}


def _red(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.8, 0, 0)


def _white_on_blue(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.7)
    canvas.rect(200, 400, 200, 40, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)


def _on_a_large_picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("1", (2400, 2400), 1)), 0, 0, 595, 842)


@pytest.mark.parametrize("ground", [_red, _white_on_blue, _on_a_large_picture])
def test_digits_of_any_colour_on_any_ground_are_looked_at(
    ground: Callable[[Canvas], object],
) -> None:
    assert read(page_with(ground=ground), "年报.pdf").page_doubts == {}
    layout = read(page_with(copied=swapped("3", "8"), ground=ground), "年报.pdf")
    assert layout.page_doubts == {1: "text-garbled"}


def test_the_one_digit_of_a_font_is_looked_at_whichever_it_is() -> None:
    assert read(page_with(digits="77"), "年报.pdf").page_doubts == {}
    layout = read(page_with(digits="77", copied={"7": "1"}), "年报.pdf")
    assert layout.page_doubts == {1: "text-garbled"}


def test_a_font_is_not_believed_because_another_of_its_name_is_right() -> None:
    both = pypdfium2.PdfDocument.new()
    for part in (page_with(), page_with(copied=swapped("3", "8"))):
        both.import_pages(pypdfium2.PdfDocument(part))
    buffer = io.BytesIO()
    both.save(buffer)
    assert read(buffer.getvalue(), "年报.pdf").page_doubts == {2: "text-garbled"}


def test_a_page_whose_digits_there_was_no_time_to_look_at_is_doubted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_digits, "_SECONDS", -1.0)
    layout = read(page_with(), "年报.pdf")
    assert layout.page_doubts == {1: "text-garbled"}
    assert "没有来得及" in layout.doubts[0].message


def test_a_page_behind_too_large_a_picture_to_look_at_is_doubted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_digits, "_MOST_PIXELS_BEHIND", 1_000_000)
    layout = read(page_with(ground=_on_a_large_picture), "年报.pdf")
    assert layout.page_doubts == {1: "text-garbled"}
    assert read(page_with(), "年报.pdf").page_doubts == {}


def test_every_cell_in_a_font_that_copies_wrong_is_doubted_and_no_other_report() -> None:
    report = invented_report()
    pdfmetrics.registerFont(ttfonts.TTFont("Own", "Vera.ttf", asciiReadable=False))
    plain = Sheet.text

    def text(sheet: Sheet, x: float, y: float, words: str, size: float = 11) -> None:
        if not words.replace(".", "").isdigit():
            return plain(sheet, x, y, words, size)
        sheet.canvas.setFont("Own", size)
        sheet.canvas.drawString(x, sheet.height - y, words)
        return None

    for copied, are_doubted in (({}, False), (swapped("3", "8"), True)):
        with (
            patch.object(Sheet, "text", text),
            patch.object(ttfonts, "makeToUnicodeCMap", _copying_as(copied)),
        ):
            tables = parse_bytes(as_pdf(report), "年报.pdf").tables
        cells = [cell for table in tables.values() for cell in table.cells.values()]
        assert all((cell.doubt is not None) == are_doubted for cell in cells)
