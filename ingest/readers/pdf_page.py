"""One PDF page as glyphs and rulings, in the upright page's own coordinates.

The only module that touches pdfplumber's objects: everything after it sees plain tuples. Hidden
text (white on white, microscopic, off the page), watermarks and letters printed twice to look bold
are taken out here.
"""

import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any, Literal, NamedTuple, TypeAlias

import pdfplumber.page
from pdfminer.ascii85 import ascii85decode
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_FLATE_DECODE,
    PDFStream,
    resolve1,
)
from pdfplumber.utils import curve_to_edges, line_to_edge, rect_to_edges

from ingest.report import Box

# pdfplumber hands out its objects as dictionaries; none leaves this module.
_Object: TypeAlias = Mapping[str, Any]
Turn: TypeAlias = Literal["none", "left", "right"]

_SMALLEST_SIZE = 1.5
# A filled shape as thin as this is drawn as a line; thicker ones are backgrounds.
_THICKEST_RULING = 3.0
_UPRIGHT_SHARE = 0.5
_SLANT = 0.01
# Doubled letters are printed a fraction of a point apart, the next letter a whole width away.
_DOUBLED = 0.3
_LIGHT = 0.9
_MEBIBYTE = 1024 * 1024
# A longer stream is a bomb, which is another matter.
_LARGEST_STREAM = 64 * _MEBIBYTE


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


def page_of(page: pdfplumber.page.Page) -> PdfPage:
    """What is printed on a pdfplumber page; what that raises on a damaged page passes through."""
    x0, top, x1, bottom = page.bbox
    width, height = x1 - x0, bottom - top
    characters = list(page.chars)
    turn = _turn_of(characters)
    kept = [c for c in characters if _is_set_along(c, turn) and c["text"]]
    hidden = [c for c in kept if _is_hidden(c, page)]
    seen = [c for c in kept if c not in hidden] if hidden else kept
    shift = (-x0, -top)
    glyphs = [_turned_glyph(_glyph(c, shift), turn, width, height) for c in seen]
    rulings = [_turned_ruling(_ruling(e, shift), turn, width, height) for e in _edges(page)]
    return PdfPage(
        page.page_number,
        *((width, height) if turn == "none" else (height, width)),
        tuple(_without_doubles(glyphs)),
        tuple(rulings),
        bool(page.images),
        any(c["text"].strip() for c in hidden),
        turn,
        pixels=sum(math.prod(image["srcsize"]) for image in page.images),
    )


def is_damaged(page: pdfplumber.page.Page) -> bool:
    """Whether a part of what should be drawn on the page is lost: its stream ends early.

    To be asked before `page_of`. pdfminer goes on without a word where a stream cannot be unpacked.
    """
    streams = (resolve1(content) for content in page.page_obj.contents)
    return any(isinstance(stream, PDFStream) and not _is_whole(stream) for stream in streams)


def _is_whole(stream: PDFStream) -> bool:
    data = stream.rawdata
    if not data or stream.decipher:
        return True
    for name, _ in stream.get_filters():
        if name in LITERALS_ASCII85_DECODE:
            data = ascii85decode(data)
        elif name in LITERALS_FLATE_DECODE:
            return _is_whole_flate(data)
        else:
            break
    return True


def _is_whole_flate(data: bytes) -> bool:
    unpacker = zlib.decompressobj()
    size = 0
    try:
        while not unpacker.eof and size < _LARGEST_STREAM:
            piece = unpacker.decompress(data, _MEBIBYTE)
            size += len(piece)
            data = unpacker.unconsumed_tail
            if not piece and not data:
                break
    except zlib.error:
        return False
    return unpacker.eof or size >= _LARGEST_STREAM


def _turn_of(characters: Iterable[_Object]) -> Turn:
    """Which way the text of the page is turned, by the majority of its characters."""
    ways = {"none": 0, "left": 0, "right": 0}
    for character in characters:
        ways[_way(character)] += 1
    total = sum(ways.values())
    if ways["left"] > total * _UPRIGHT_SHARE:
        return "left"
    return "right" if ways["right"] > total * _UPRIGHT_SHARE else "none"


def _way(character: _Object) -> Turn:
    if character["upright"]:
        return "none"
    return "left" if character["matrix"][1] > 0 else "right"


def _is_set_along(character: _Object, turn: Turn) -> bool:
    """Whether a character runs with the text; a watermark runs askew."""
    a, b, c, d, *_ = character["matrix"]
    scale = max(abs(a), abs(b), abs(c), abs(d)) or 1
    along, across = (abs(a), abs(b)) if turn == "none" else (abs(b), abs(a))
    return bool(along > across and across / scale < _SLANT)


def _is_hidden(character: _Object, page: pdfplumber.page.Page) -> bool:
    x0, top, x1, bottom = page.bbox
    across = (character["x0"] + character["x1"]) / 2
    down = (character["top"] + character["bottom"]) / 2
    if not (x0 <= across <= x1 and top <= down <= bottom):
        return True
    if character["size"] < _SMALLEST_SIZE:
        return True
    if not _is_white(character["non_stroking_color"]):
        return False
    return not any(
        rect["fill"]
        and not _is_white(rect["non_stroking_color"])
        and rect["x0"] <= across <= rect["x1"]
        and rect["top"] <= down <= rect["bottom"]
        for rect in chain(page.rects, page.curves, page.images)
        if "fill" in rect
    )


def _is_white(color: object) -> bool:
    values = color if isinstance(color, tuple | list) else (color,)
    if not values or not all(isinstance(value, int | float) for value in values):
        return False
    if len(values) == 4:
        return not any(values)
    return len(values) in {1, 3} and min(values) >= 1


def _glyph(character: _Object, shift: tuple[float, float]) -> Glyph:
    right, down = shift
    return Glyph(
        character["text"],
        character["x0"] + right,
        character["top"] + down,
        character["x1"] + right,
        character["bottom"] + down,
    )


def _edges(page: pdfplumber.page.Page) -> Iterator[_Object]:
    for line in page.lines:
        yield line_to_edge(line)
    for rect in page.rects:
        if rect["stroke"] or min(rect["width"], rect["height"]) <= _THICKEST_RULING:
            yield from rect_to_edges(rect)
    for curve in page.curves:
        if curve["stroke"] or min(curve["width"], curve["height"]) <= _THICKEST_RULING:
            yield from curve_to_edges(curve)


def _ruling(edge: _Object, shift: tuple[float, float]) -> Ruling:
    right, down = shift
    return Ruling(
        edge["x0"] + right,
        edge["top"] + down,
        edge["x1"] + right,
        edge["bottom"] + down,
        edge["orientation"] == "v",
    )


def _turned(box: Box, turn: Turn, width: float, height: float) -> Box:
    left, top, right, bottom = box
    if turn == "left":
        return height - bottom, left, height - top, right
    return top, width - right, bottom, width - left


def _turned_glyph(glyph: Glyph, turn: Turn, width: float, height: float) -> Glyph:
    if turn == "none":
        return glyph
    return Glyph(glyph.text, *_turned(glyph[1:], turn, width, height))


def _turned_ruling(ruling: Ruling, turn: Turn, width: float, height: float) -> Ruling:
    if turn == "none":
        return ruling
    return Ruling(*_turned(ruling[:4], turn, width, height), not ruling.upright)


def _without_doubles(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    last: dict[str, Glyph] = {}
    for glyph in sorted(glyphs, key=itemgetter(2, 1)):
        before = last.get(glyph.text)
        near = (glyph.x1 - glyph.x0) * _DOUBLED
        last[glyph.text] = glyph
        if before and abs(before.x0 - glyph.x0) < near and abs(before.top - glyph.top) < near:
            continue
        yield glyph
