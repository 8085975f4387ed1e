"""Cut-outs of PDF pages and scanned pictures: the right part, marked, and nothing where nothing can be drawn."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ingest import samples
from ingest.page_picture import picture_of, quote_boxes
from ingest.parse import parse
from ingest.readers import read
from ingest.report import Place, Report
from tests.invented import invented_report
from tests.render_files import as_pdf

PDF = next(path for path in samples.paths() if path.name == "market-regulation-2024.pdf")


@pytest.fixture(scope="module")
def report() -> Report:
    return parse(PDF)


def amber_pixels(picture: bytes) -> int:
    """Pixels in the colour of the outline."""
    pixels = Image.open(BytesIO(picture)).convert("RGB").tobytes()
    colours = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    return sum(red > 170 and 90 < green < 150 and blue < 60 for red, green, blue in colours)


def test_a_cell_is_drawn_with_its_outline(report: Report) -> None:
    picture = picture_of(PDF, report.cell("requests/new/total").place)
    assert picture is not None
    assert amber_pixels(picture) > 200


def test_a_quotation_is_found_on_its_page_across_line_breaks(report: Report) -> None:
    figure = max(report.figures, key=lambda figure: len(figure.sentence))
    picture = picture_of(PDF, Place(page=figure.page, quote=figure.sentence))
    assert picture is not None
    assert amber_pixels(picture) > 200


@pytest.mark.parametrize("turned", [0, 90, 270])
def test_a_place_on_a_page_that_is_turned_and_cropped_is_where_viewers_show_it(
    turned: int,
) -> None:
    source = pypdfium2.PdfDocument(as_pdf(invented_report()))
    for each in source:
        each.set_cropbox(40, 30, 580, 800)
        each.set_rotation(turned)
    written = BytesIO()
    source.save(written)
    document = pypdfium2.PdfDocument(written.getvalue())
    layout = read(written.getvalue(), "年报.pdf")
    assert layout.doubts == ()
    line = next(line for line in layout.lines if line.text == "一、总体情况")
    (shown,) = quote_boxes(document[0], line.text)
    assert line.box is not None
    assert all(abs(a - b) < 4 for a, b in zip(line.box, shown, strict=True))


@pytest.mark.parametrize(
    "place",
    [
        Place(page=1, quote="这句话不在文件里"),
        Place(page=99, box=(10, 10, 20, 20)),
        Place(page=1),
        Place(quote="总体情况"),
    ],
)
def test_what_cannot_be_found_gives_no_picture(place: Place) -> None:
    assert picture_of(PDF, place) is None


@pytest.mark.parametrize("suffix", ["png", "jpg", "tiff"])
def test_a_place_is_cut_out_of_a_scanned_picture_as_well(tmp_path: Path, suffix: str) -> None:
    # A sheet of A4 at 150 dots to the inch, one black square in the middle of it.
    sheet, blank = (Image.new("L", (1240, 1754), 255) for _ in range(2))
    sheet.paste(0, (600, 800, 660, 860))
    scan = tmp_path / f"扫描件.{suffix}"
    scanned_second = suffix == "tiff"
    if scanned_second:
        blank.save(scan, save_all=True, append_images=[sheet])
    else:
        sheet.save(scan)
    # PDF points: 72 to the inch.
    square = (600 * 0.48, 800 * 0.48, 660 * 0.48, 860 * 0.48)
    picture = picture_of(scan, Place(page=2 if scanned_second else 1, box=square))
    assert picture is not None
    cut = Image.open(BytesIO(picture)).convert("L")
    assert amber_pixels(picture) > 100
    # The cut holds the square and no more than a margin about it: ink in its very middle.
    assert cut.getpixel((cut.width // 2, cut.height // 2)) == 0
    assert cut.width < 200
    assert picture_of(scan, Place(page=9, box=square)) is None


def test_a_broken_file_gives_no_picture(tmp_path: Path, report: Report) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(PDF.read_bytes()[:900])
    place = report.cell("requests/new/total").place
    assert picture_of(broken, place) is None
    assert picture_of(tmp_path / "没有.pdf", place) is None
