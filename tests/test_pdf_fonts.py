"""Digits that a font shows as others than the text layer says."""

import pytest

from ingest.readers import read
from tests.hostile_files import pdf

_PLAIN = {code: code for code in range(0x30, 0x3A)}


def page_with(reads: dict[int, int], *, base: int = 0) -> bytes:
    """A PDF whose ten digits copy as `reads` says; `base` numbers the glyphs of a Chinese font."""
    width = 2 if base else 1
    lines = b"".join(
        b"<%0*x> <%04x>\n" % (2 * width, base + code, to) for code, to in reads.items()
    )
    cmap = b"/CMapName /X def 1 begincodespacerange <00><ff> endcodespacerange\n"
    cmap += b"%d beginbfchar\n%sendbfchar" % (len(reads), lines)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>"
    if base:
        font = (
            b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 5 0 R"
            b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/FontDescriptor"
            b"<</Type/FontDescriptor/FontName/X/Flags 4>>/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
        )
    shown = b"".join(b"%0*x" % (2 * width, base + code) for code in reads)
    content = b"BT /F1 12 Tf 72 700 Td <%s> Tj ET" % shown
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 %s>>>>>>" % font,
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
        ]
    )


@pytest.mark.parametrize("base", [0, 100])
def test_digits_that_are_drawn_in_their_order_are_believed(base: int) -> None:
    layout = read(page_with(_PLAIN, base=base), "年报.pdf")
    assert [line.text for line in layout.lines] == ["0123456789"]
    assert layout.page_doubts == {}


@pytest.mark.parametrize("base", [0, 100])
def test_a_digit_that_copies_as_another_doubts_its_page(base: int) -> None:
    swapped = {**_PLAIN, 0x33: 0x38, 0x38: 0x33}
    assert read(page_with(swapped, base=base), "年报.pdf").page_doubts == {1: "text-garbled"}


@pytest.mark.parametrize("base", [0, 100])
def test_two_glyphs_that_copy_as_one_digit_doubt_their_page(base: int) -> None:
    twice = {**_PLAIN, 0x33: 0x38}
    assert read(page_with(twice, base=base), "年报.pdf").page_doubts == {1: "text-garbled"}


def test_a_font_that_numbers_its_glyphs_anew_is_believed() -> None:
    as_used = dict(
        zip(_PLAIN, (0x32, 0x30, 0x33, 0x31, 0x36, 0x39, 0x34, 0x38, 0x35, 0x37), strict=True)
    )
    assert read(page_with(as_used, base=100), "年报.pdf").page_doubts == {}
