"""One PDF page as glyphs and rulings, in the upright page's own coordinates."""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from ingest.report import Box

Turn: TypeAlias = Literal["none", "left", "right"]


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


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What is printed on a page. `hidden` says that text was there which nobody can see.

    A page that was recognised in a picture was turned back by `slant` degrees, and one point of it
    is `scale` points of the page in the file. `pixels` counts those of the pictures on the page.
    `is_searchable_scan` says that all is a picture with recognised text laid under it. `pictures`
    are small pictures and drawings, which may show a number; `is_written_over` says that text was
    put on the page by notes or form fields, which are no part of its print; `is_cut`, that digits
    are cut off by what they are clipped to; `is_misnamed`, that a font may show other digits.
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

    def original(self, box: Box) -> Box:
        """A box of the upright page as a box of the page in the file."""
        left, top, right, bottom = box
        if self.turn == "left":
            return top, self.width - right, bottom, self.width - left
        if self.turn == "right":
            return self.height - bottom, left, self.height - top, right
        if self.slant:
            left, top, right, bottom = self._slanted(box)
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
