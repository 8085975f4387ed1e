"""One PDF page as glyphs and rulings, in the upright page's own coordinates."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from ingest.report import Box

Turn: TypeAlias = Literal["none", "left", "right", "over"]
"""Which way the text of a page runs as shown; "over" is upside down."""

ON_ITS_SIDE = frozenset({"left", "right"})


class Glyph(NamedTuple):
    """One printed character and its box, in points from the page's top left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Ruling(NamedTuple):
    """One straight line of a table; `upright` is true for a vertical one."""

    x0: float
    top: float
    x1: float
    bottom: float
    upright: bool


class DigitSample(NamedTuple):
    """A digit in a font that the file brings along: what it reads, and where viewers show it.

    `font` is the same object for the same font, whatever other fonts are called.
    """

    font: Hashable
    reads: str
    page: int
    box: Box
    turn: Turn


def shown_part(media: Sequence[float], crop: Sequence[float], rotation: int) -> Box:
    """The part of a page that viewers show, in points from the page's top left corner as shown.

    `media` and `crop` are boxes of the file, which counts from the bottom; `rotation` is clockwise.
    """
    left, low, right, high = _sorted(media)
    part = _sorted(crop)
    x0, x1 = max(part[0], left), min(part[2], right)
    y0, y1 = max(part[1], low), min(part[3], high)
    cut = (x0 - left, high - y1, right - x1, y0 - low) if x0 < x1 and y0 < y1 else (0, 0, 0, 0)
    # A quarter turn to the right puts what is cut off at the bottom to the left.
    quarters = rotation // 90 % 4
    cut_left, cut_top, cut_right, cut_bottom = cut[4 - quarters :] + cut[: 4 - quarters]
    width, height = right - left, high - low
    if quarters % 2:
        width, height = height, width
    return cut_left, cut_top, width - cut_right, height - cut_bottom


def _sorted(box: Sequence[float]) -> Box:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What is printed on a page. `hidden` says that text was there which nobody can see.

    A page that was recognised in a picture was turned back by `slant` degrees, and one point of it
    is `scale` points of the page in the file. `pixels` counts those of the pictures on the page.
    `is_searchable_scan` says that all is a picture with recognised text laid under it. `pictures`
    are small pictures and drawings, which may show a number; `is_written_over` says that text was
    put on the page by notes or form fields, which are no part of its print; `is_cut`, that digits
    are cut off by what they are clipped to; `is_misnamed`, that a font may show other digits.
    `strokes` are drawings of lines, in which a number may be drawn as well.
    `lost` are digits that are printed and hidden; they may be the rest of a number that is seen.
    `origin` is where the part of the page begins that viewers show. `digits` are some digits of each
    font that the file brings along.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]
    has_images: bool
    hidden: bool
    turn: Turn
    slant: float = 0.0
    scale: float = 1.0
    pixels: int = 0
    is_searchable_scan: bool = False
    pictures: tuple[Box, ...] = ()
    is_written_over: bool = False
    is_cut: bool = False
    is_misnamed: bool = False
    lost: tuple[Glyph, ...] = ()
    origin: tuple[float, float] = (0.0, 0.0)
    digits: tuple[DigitSample, ...] = ()
    strokes: tuple[Box, ...] = ()

    def original(self, box: Box) -> Box:
        """A box of the upright page as a box of the page that viewers show of the file."""
        left, top, right, bottom = self._turned_back(box)
        across, down = self.origin
        return left - across, top - down, right - across, bottom - down

    def _turned_back(self, box: Box) -> Box:
        left, top, right, bottom = self._slanted(box) if self.slant else box
        if self.turn == "left":
            left, top, right, bottom = top, self.width - right, bottom, self.width - left
        elif self.turn == "right":
            left, top, right, bottom = self.height - bottom, left, self.height - top, right
        elif self.turn == "over":
            left, right = self.width - right, self.width - left
            top, bottom = self.height - bottom, self.height - top
        scale = self.scale
        return left * scale, top * scale, right * scale, bottom * scale

    def _slanted(self, box: Box) -> Box:
        """The box, as large as it is, around where its middle was before the page was turned."""
        left, top, right, bottom = box
        across = (left + right - self.width) / 2
        down = (top + bottom - self.height) / 2
        sine, cosine = math.sin(math.radians(self.slant)), math.cos(math.radians(self.slant))
        right_by = across * cosine - down * sine - across
        down_by = across * sine + down * cosine - down
        return left + right_by, top + down_by, right + right_by, bottom + down_by
