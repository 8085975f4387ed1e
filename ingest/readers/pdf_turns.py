"""Places on a page whose text runs another way → places on the page turned upright.

Knows boxes, no letters: which way a page runs is for `pdf_print` to say, and the way back is
`PdfPage.original`. `width` and `height` are those of the page as shown.
"""

from ingest.readers.pdf_page import ON_ITS_SIDE, Glyph, Ruling, Turn
from ingest.report import Box


def turned_box(box: Box, turn: Turn, width: float, height: float) -> Box:
    """The box on the upright page.

    >>> turned_box((1, 2, 3, 4), "over", 10, 20)
    (7, 16, 9, 18)
    """
    left, top, right, bottom = box
    if turn == "none":
        return box
    if turn == "over":
        return width - right, height - bottom, width - left, height - top
    if turn == "left":
        return height - bottom, left, height - top, right
    return top, width - right, bottom, width - left


def turned_glyph(glyph: Glyph, turn: Turn, width: float, height: float) -> Glyph:
    """The glyph on the upright page."""
    if turn == "none":
        return glyph
    return Glyph(glyph.text, *turned_box(glyph[1:], turn, width, height))


def turned_ruling(ruling: Ruling, turn: Turn, width: float, height: float) -> Ruling:
    """The ruling on the upright page; on a page on its side a level one becomes upright."""
    if turn == "none":
        return ruling
    is_upright = ruling.upright != (turn in ON_ITS_SIDE)
    return Ruling(*turned_box(ruling[:4], turn, width, height), is_upright)
