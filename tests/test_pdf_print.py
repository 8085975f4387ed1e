"""What of a PDF page can be seen: hidden text is left out, a scan's own text layer is doubted."""

import io

import pdfplumber
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from ingest.parse import parse_bytes
from ingest.readers import read
from ingest.readers.layout import Layout
from tests import hostile_files
from tests.hostile_files import pdf_without_letters
from tests.invented import invented_report
from tests.print_pdf import FONT, Sheet
from tests.print_scan import pictures_of
from tests.render_files import as_pdf
from tests.table_score import expected_of, score

_INVISIBLE = 3


def invisible(sheet: Sheet, x: float, y: float, text: str, size: float = 11) -> None:
    printed = sheet.canvas.beginText(x, sheet.height - y)
    printed.setFont(FONT, size)
    printed.setTextRenderMode(_INVISIBLE)
    printed.textLine(text)
    sheet.canvas.drawText(printed)


def searchable_scan(pdf: bytes) -> bytes:
    """The pages as pictures, with their words laid under them as a scanner's program does."""
    sheet = Sheet()
    with pdfplumber.open(io.BytesIO(pdf)) as source:
        for page, picture in zip(source.pages, pictures_of(pdf), strict=True):
            small = ImageReader(picture.resize((595, 842)))
            sheet.canvas.drawImage(small, 0, 0, sheet.width, sheet.height)
            for word in page.extract_words(extra_attrs=["size"]):
                invisible(sheet, word["x0"], word["bottom"] - 1, word["text"], word["size"])
            sheet.turn_page()
    return sheet.data()


def texts(layout: Layout) -> list[str]:
    return [line.text for line in layout.lines]


def codes(layout: Layout) -> list[str]:
    return [doubt.code for doubt in layout.doubts]


def test_the_text_layer_of_a_scan_is_read_and_every_cell_doubted() -> None:
    report = invented_report()
    found = parse_bytes(searchable_scan(as_pdf(report)), "扫描.pdf")
    outcome = score(found.tables, expected_of(report))
    assert outcome.silent == ()
    assert outcome.right > 150
    assert all(cell.doubt for table in found.tables.values() for cell in table.cells.values())
    assert any("扫描的图像" in warning.message for warning in found.warnings)


def test_text_printed_invisibly_without_a_scan_is_left_out_and_said() -> None:
    sheet = Sheet()
    sheet.text(72, 100, "新收5件")
    invisible(sheet, 72, 140, "新收99件")
    layout = read(sheet.data(), "年报.pdf")
    assert texts(layout) == ["新收5件"]
    assert codes(layout) == ["hidden-text"]


def test_text_under_a_picture_is_left_out_and_said() -> None:
    sheet = Sheet()
    sheet.text(72, 100, "新收5件")
    sheet.text(72, 140, "新收99件")
    sheet.canvas.drawImage(ImageReader(Image.new("RGB", (9, 9), "white")), 60, 690, 200, 30)
    layout = read(sheet.data(), "年报.pdf")
    assert texts(layout) == ["新收5件"]
    assert codes(layout) == ["hidden-text"]


@pytest.mark.parametrize("over", [False, True])
def test_a_background_or_a_transparent_picture_hides_nothing(over: bool) -> None:
    sheet = Sheet()
    background = Image.new("RGBA", (9, 9), (255, 255, 255, 40 if over else 255))

    def draw() -> None:
        sheet.canvas.drawImage(ImageReader(background), 0, 0, 595, 842, mask="auto")

    if not over:
        draw()
    sheet.text(72, 100, "新收5件")
    if over:
        draw()
    layout = read(sheet.data(), "年报.pdf")
    assert texts(layout) == ["新收5件"]
    assert codes(layout) == []


def test_a_page_whose_font_does_not_say_its_letters_is_named_and_doubted() -> None:
    layout = read(pdf_without_letters(), "年报.pdf")
    assert codes(layout) == ["text-garbled"]
    assert layout.page_doubts == {1: "text-garbled"}


def drawn(content: bytes, resources: bytes, *others: bytes, layers: bytes = b"") -> bytes:
    """A PDF of one page; more objects from 5 on, "F1" is a font."""
    font = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return hostile_files.pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % layers,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s%s>>>>"
            % (font, resources),
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            *others,
        ]
    )


def test_a_layer_that_is_switched_off_is_left_out_and_said() -> None:
    layers = b"/OCProperties<</OCGs[5 0 R 6 0 R]/D<</OFF[5 0 R]>>>>"
    content = (
        b"/OC /L1 BDC BT /F1 9 Tf 72 700 Td (99) Tj ET EMC "
        b"/OC /L2 BDC BT /F1 9 Tf 72 600 Td (5) Tj ET EMC"
    )
    data = drawn(
        content,
        b"/Properties<</L1 5 0 R/L2 6 0 R>>",
        b"<</Type/OCG/Name(old)>>",
        b"<</Type/OCG/Name(new)>>",
        layers=layers,
    )
    layout = read(data, "年报.pdf")
    assert texts(layout) == ["5"]
    assert codes(layout) == ["hidden-text"]


def test_what_a_form_object_prints_outside_its_box_is_not_seen() -> None:
    form = b"BT /F1 9 Tf 72 700 Td (5) Tj 0 -200 Td (99) Tj ET"
    head = b"<</Type/XObject/Subtype/Form/BBox[0 600 595 842]/Length %d>>" % len(form)
    data = drawn(b"/X Do", b"/XObject<</X 5 0 R>>", head + b"stream\n" + form + b"\nendstream")
    layout = read(data, "年报.pdf")
    assert texts(layout) == ["5"]
    assert layout.page_doubts == {1: "hidden-text"}


def test_what_stands_outside_the_shown_part_of_a_page_is_not_seen() -> None:
    data = as_pdf(invented_report()).replace(
        b"/MediaBox [ 0 0 595.2756 841.8898 ]",
        b"/MediaBox [ 0 0 595.2756 841.8898 ]/CropBox[0 0 595 300]",
    )
    assert 1 in read(data, "年报.pdf").page_doubts


def test_a_page_number_cut_off_with_the_margin_spoils_no_cell() -> None:
    data = as_pdf(invented_report()).replace(
        b"/MediaBox [ 0 0 595.2756 841.8898 ]",
        b"/MediaBox [ 0 0 595.2756 841.8898 ]/CropBox[60 40 540 810]",
    )
    assert read(data, "年报.pdf").page_doubts == {}


def test_hollow_letters_are_seen_by_their_outlines() -> None:
    sheet = Sheet()
    printed = sheet.canvas.beginText(72, 700)
    printed.setFont(FONT, 11)
    printed.setFillColor("white")
    printed.setStrokeColor("black")
    printed.setTextRenderMode(2)
    printed.textLine("新收5件")
    sheet.canvas.drawText(printed)
    layout = read(sheet.data(), "年报.pdf")
    assert texts(layout) == ["新收5件"]
    assert codes(layout) == []


@pytest.mark.parametrize(
    ("text", "doubts"), [("−133", {1: "text-garbled"}), ("-133", {}), ("1\xa0247", {})]
)
def test_a_sign_that_is_shown_and_cannot_be_read_doubts_its_page(
    text: str, doubts: dict[int, str]
) -> None:
    sheet = Sheet()
    sheet.text(72, 100, text)
    assert read(sheet.data(), "年报.pdf").page_doubts == doubts


def test_what_is_clipped_is_shown_again_when_the_clip_ends() -> None:
    content = b"q 0 0 9 9 re W n BT /F1 9 Tf 72 700 Td (99) Tj ET Q BT /F1 9 Tf 72 600 Td (5) Tj ET"
    assert texts(read(drawn(content, b""), "年报.pdf")) == ["5"]


_SPACES = (
    b"/ColorSpace<</Ink[/Separation/Black/DeviceCMYK 6 0 R]/Two[/DeviceN[/Black/Spot]/DeviceCMYK 6 0 R]"
    b"/Table[/Indexed/DeviceRGB 1<000000ffffff>]/Lab[/Lab<</WhitePoint[1 1 1]>>]>>"
)


@pytest.mark.parametrize(
    ("color", "is_seen"),
    [
        (b"/Ink cs 1 scn", True),
        (b"/Ink cs 0 scn", False),
        (b"1 g /Ink cs", True),
        (b"/Two cs 0 1 scn", True),
        (b"/Two cs 0 0 scn", False),
        (b"/Table cs 1 sc", True),
        (b"/Lab cs 0 0 0 sc", True),
        (b"/Lab cs 100 0 0 sc", False),
        (b"/DeviceRGB cs 1 1 1 sc", False),
        (b"1 g /DeviceRGB cs", True),
    ],
)
def test_the_whole_of_an_ink_is_dark_and_none_of_it_is_paper(color: bytes, is_seen: bool) -> None:
    content = b"BT /F1 12 Tf 72 700 Td (12) Tj ET %s BT /F1 12 Tf 72 600 Td (34) Tj ET" % color
    layout = read(drawn(content, _SPACES), "年报.pdf")
    assert texts(layout) == (["12", "34"] if is_seen else ["12"])
    assert codes(layout) == ([] if is_seen else ["hidden-text"])


def test_what_a_form_object_prints_has_the_colour_of_its_page() -> None:
    content = b"BT /F1 12 Tf 72 600 Td (34) Tj ET"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Length %d>>" % len(content)
    form += b"stream\n%s\nendstream" % content
    for color, seen in ((b"0 g", ["12", "34"]), (b"1 g", ["12"])):
        shown = b"BT /F1 12 Tf 72 700 Td (12) Tj ET %s /X Do" % color
        assert texts(read(drawn(shown, b"/XObject<</X 5 0 R>>", form), "年报.pdf")) == seen
