"""A pdfplumber page → `PdfPage`: what a reader sees of it.

The only module that touches pdfplumber's objects: everything after it sees plain tuples. Hidden
text (white on white, microscopic, off the page, under a picture, printed invisibly), watermarks and
letters printed twice to look bold are taken out here. On a scan the invisible text is all there is:
it is kept, and the page says so.
"""

import math
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

import pdfplumber.page
from pdfminer.layout import LTChar, LTContainer, LTImage, LTItem
from pdfminer.pdffont import PDFFont
from pdfplumber.utils import curve_to_edges, line_to_edge, rect_to_edges

from ingest.page_numbers import is_page_number
from ingest.readers.pdf_lines import glyphs_to_lines
from ingest.readers.pdf_neighbours import gaps_between
from ingest.readers.pdf_page import (
    ON_ITS_SIDE,
    DigitSample,
    Glyph,
    PdfPage,
    Ruling,
    Turn,
    shown_part,
)
from ingest.readers.pdf_sight import Sight, look_at
from ingest.readers.pdf_streams import is_written_over
from ingest.readers.pdf_turns import turned_box, turned_glyph, turned_ruling
from ingest.report import Box

# pdfplumber hands out its shapes as dictionaries; none leaves this module.
_Shape: TypeAlias = Mapping[str, Any]

_DIGITS = frozenset("0123456789")
# Digits that have holes, which tell them from all others.
_UNMISTAKABLE = frozenset("04689")
_MOST_SAMPLES = 3
_SMALLEST_SIZE = 1.5
# A filled shape as thin as this is drawn as a line; thicker ones are backgrounds.
_THICKEST_RULING = 3.0
_UPRIGHT_SHARE = 0.5
_SLANT = 0.01
# Doubled letters are printed a fraction of a point apart, the next letter a whole width away.
_DOUBLED = 0.3
# Letters paler than this cannot be told from the paper.
_WHITEST = 0.95
_BLACKS = frozenset({(0.0,), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0)})
_PLAIN = Sight()
_place_of = attrgetter("place")
# A picture that covers this much of the page is a scan or a background.
_SCAN_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class _Letter:
    """One letter as drawn and its box; `place` counts what was drawn before it."""

    item: LTChar
    place: int
    glyph: Glyph

    @property
    def text(self) -> str:
        """What it reads."""
        return self.glyph.text

    @property
    def ink(self) -> object:
        """The colour in which it is seen: that of its outlines where it is filled with white."""
        is_hollow = self.sight.is_outlined and _is_white(self.sight.ncolor)
        return self.sight.scolor if is_hollow else self.sight.ncolor

    @property
    def sight(self) -> Sight:
        """Whether and where it can be seen."""
        assert isinstance(self.item.graphicstate, Sight)
        return self.item.graphicstate


@dataclass(frozen=True, slots=True)
class _Cover:
    """A picture, or a shape filled with a colour; `place` counts what was drawn before it."""

    place: int
    box: Box
    color: tuple[float, ...] | None = None


class _Drawn:
    """Everything that is drawn on a page, in the order in which it was drawn.

    Letters are taken from pdfminer as they are: pdfplumber makes a dictionary of each, which takes
    a third of the whole time. Boxes are in points from the page's top left corner.
    """

    def __init__(self, page: pdfplumber.page.Page) -> None:
        left, top, right, bottom = page.bbox
        self.width, self.height = float(right - left), float(bottom - top)
        self._shift = (-left, -top)
        look = look_at(page)
        sights, self.is_misnamed, self.fonts = look.sights, look.is_misnamed, look.fonts
        items = list(_items(page.layout))
        self.letters = [
            _Letter(item, place, _glyph(item, self.height))
            for place, item in enumerate(items)
            if isinstance(item, LTChar)
        ]
        source = page.page_obj
        self._shown = shown_part(source.mediabox, source.cropbox, page.rotation)
        self.shapes: list[tuple[int, _Shape]] = [
            (place, page.process_object(item))
            for place, item in enumerate(items)
            if not isinstance(item, LTChar)
        ]
        self._covers: list[_Cover] = []
        self._colors: list[_Cover] = []
        for place, shape in self.shapes:
            sight = sights.get(id(items[place]), _PLAIN)
            box = _within(self.box(shape), sight.clip, self.height)
            if isinstance(items[place], LTImage):
                # A picture with a mask is transparent: a watermark, a seal.
                if "SMask" not in shape["stream"].attrs:
                    self._covers.append(_Cover(place, box))
            elif shape["object_type"] in {"rect", "curve"} and shape["fill"]:
                cover = _Cover(place, box, _color_of(shape["non_stroking_color"]))
                is_broad = min(shape["width"], shape["height"]) > _THICKEST_RULING
                if is_broad and not (sight.is_sheer or sight.is_blended):
                    self._colors.append(cover)
                # White shapes hide what was printed before them.
                if _is_white(shape["non_stroking_color"]):
                    self._covers.append(cover)
        self._pictures = [cover for cover in self._covers if cover.color is None]

    def of_kind(self, *kinds: str) -> list[_Shape]:
        """The shapes of these kinds."""
        return [shape for _, shape in self.shapes if shape["object_type"] in kinds]

    def box(self, shape: _Shape) -> Box:
        """Where a shape of pdfplumber is on the page."""
        right, down = self._shift
        return (
            shape["x0"] + right,
            shape["top"] + down,
            shape["x1"] + right,
            shape["bottom"] + down,
        )

    def is_covered(self, letter: _Letter) -> bool:
        """Whether a picture was drawn over the letter."""
        return any(_holds(cover.box, letter.glyph) for cover in _later(self._covers, letter))

    def is_painted_over(self, letter: _Letter) -> bool:
        """Whether a shape that is not white was drawn over the letter: what it hid is not known."""
        later = _later(self._colors, letter)
        return any(_holds(c.box, letter.glyph) and not _is_white(c.color) for c in later)

    def is_lost_in_ground(self, letter: _Letter) -> bool:
        """Whether the letter has the colour of what was drawn under it."""
        color = _color_of(letter.ink)
        if color in _BLACKS or not self._colors:
            return False
        under = (c for c in reversed(self._colors) if c.place < letter.place)
        ground = next((c.color for c in under if _holds(c.box, letter.glyph)), None)
        return ground is not None and ground == color

    def is_outside(self, letter: _Letter) -> bool:
        """Whether the letter lies outside the page."""
        return not _holds((0, 0, self.width, self.height), letter.glyph)

    def is_cut_off(self, letter: _Letter) -> bool:
        """Whether the letter lies on the page and outside what is shown of it there."""
        glyph, clip = letter.glyph, letter.sight.clip
        if self.is_outside(letter):
            return False
        if self.is_beyond(letter):
            return True
        return clip is not None and not _holds(
            (clip[0], self.height - clip[3], clip[2], self.height - clip[1]), glyph
        )

    def is_beyond(self, letter: _Letter) -> bool:
        """Whether the letter lies outside the part of the page that viewers show."""
        return not _holds(self._shown, letter.glyph)

    @property
    def origin(self) -> tuple[float, float]:
        """Where the part of the page begins that viewers show."""
        return self._shown[:2]

    def has_scan(self) -> bool:
        """Whether a picture covers the page."""
        area = self.width * self.height * _SCAN_SHARE
        boxes = (cover.box for cover in self._pictures)
        return any((x1 - x0) * (bottom - top) > area for x0, top, x1, bottom in boxes)


def page_of(page: pdfplumber.page.Page) -> PdfPage:
    """What is printed on a pdfplumber page; what that raises on a damaged page passes through."""
    drawn = _Drawn(page)
    turn = _turn_of(drawn.letters)
    kept = [c for c in drawn.letters if c.text and _is_set_along(c.item, turn)]
    kept, reversed_ones = _apart(kept, turn)
    askew = [c for c in drawn.letters if c.text.isdecimal() and _is_set_across(c.item, turn)]
    turned_digits = [c.glyph[1:] for c in (*askew, *reversed_ones) if c.text.isdecimal()]
    is_scan = _is_searchable_scan(kept, drawn)
    hidden = [] if is_scan else [c for c in kept if _is_hidden(c, drawn)]
    places = {letter.place for letter in hidden}
    images = drawn.of_kind("image")
    width, height = drawn.width, drawn.height
    seen = (letter.glyph for letter in kept if letter.place not in places)
    glyphs = _without_doubles([turned_glyph(glyph, turn, width, height) for glyph in seen])
    # What some program recognised is as large and as high as it happens to be.
    gaps = () if is_scan else gaps_between(glyphs)
    return PdfPage(
        page.page_number,
        *((height, width) if turn in ON_ITS_SIDE else (width, height)),
        tuple(sorted((*glyphs, *gaps), key=itemgetter(2, 1))),
        tuple(turned_ruling(r, turn, width, height) for r in _rulings(drawn)),
        bool(images),
        any(c.text.strip() for c in hidden),
        turn,
        pixels=sum(math.prod(image["srcsize"]) for image in images),
        is_searchable_scan=is_scan,
        pictures=tuple(
            turned_box(box, turn, width, height) for box in (*_pictures(drawn), *turned_digits)
        ),
        is_written_over=is_written_over(page),
        is_misnamed=drawn.is_misnamed,
        lost=tuple(
            turned_glyph(c.glyph, turn, width, height) for c in hidden if c.text.isdecimal()
        ),
        origin=drawn.origin,
        digits=tuple(_samples(page.page_number, kept, drawn, turn)) if drawn.fonts else (),
        is_cut=_has_cut_digits(kept, drawn),
        strokes=tuple(turned_box(box, turn, width, height) for box in _strokes(drawn)),
    )


def _samples(
    number: int, letters: Iterable[_Letter], drawn: _Drawn, turn: Turn
) -> Iterator[DigitSample]:
    """The first digits of each font that the file brings along.

    One digit speaks for a font that keeps the order of its digits, if it is unmistakable.
    """
    found: dict[PDFFont, dict[str, list[DigitSample]]] = defaultdict(lambda: defaultdict(list))
    across, down = drawn.origin
    for letter in letters:
        font, digit = letter.sight.font, letter.text
        if digit not in _DIGITS or font is None or font not in drawn.fonts:
            continue
        samples = found[font][digit]
        if len(samples) < _MOST_SAMPLES and not _is_hidden(letter, drawn):
            _, left, top, right, bottom = letter.glyph
            box = (left - across, top - down, right - across, bottom - down)
            samples.append(DigitSample(font, digit, number, box, turn))
    for font, by_digit in found.items():
        speaking = (digit for digit in by_digit if digit in _UNMISTAKABLE)
        one = next(speaking, None) if drawn.fonts[font] else None
        for digit in by_digit if one is None else (one,):
            yield from by_digit[digit]


def _later(covers: Sequence[_Cover], letter: _Letter) -> Sequence[_Cover]:
    """Those that were drawn after the letter; most pages draw their grounds first."""
    return covers[bisect_right(covers, letter.place, key=_place_of) :]


def _has_cut_digits(letters: Sequence[_Letter], drawn: _Drawn) -> bool:
    """Whether digits are cut off that may be the rest of numbers that are seen.

    The number of the page itself, above or below all else, is often cut off with the margin.
    """
    cut = [c for c in letters if c.text.isdecimal() and _is_cut(c, drawn)]
    if not cut or not all(map(drawn.is_beyond, cut)):
        return bool(cut)
    beyond = glyphs_to_lines(letter.glyph for letter in letters if drawn.is_beyond(letter))
    seen = [letter.glyph for letter in letters if not drawn.is_beyond(letter)]
    if len(beyond) > 1 or not seen or not is_page_number(beyond[0].text):
        return True
    top, bottom = min(glyph.top for glyph in seen), max(glyph.bottom for glyph in seen)
    return beyond[0].top < bottom and top < beyond[0].bottom


def _is_cut(letter: _Letter, drawn: _Drawn) -> bool:
    return drawn.is_cut_off(letter) or drawn.is_painted_over(letter)


def _pictures(drawn: _Drawn) -> Iterator[Box]:
    """Where pictures and filled drawings are that are larger than a ruling."""
    for shape in drawn.of_kind("image", "curve"):
        is_filled = shape["object_type"] == "image" or shape["fill"]
        if is_filled and min(shape["width"], shape["height"]) > _THICKEST_RULING:
            yield drawn.box(shape)


def _strokes(drawn: _Drawn) -> Iterator[Box]:
    """Where bent or broken lines are, and straight ones that are level or upright.

    A straight line from corner to corner says that a cell is empty.
    """
    for shape in drawn.of_kind("line", "curve"):
        if (shape["fill"] and shape["object_type"] == "curve") or not shape["stroke"]:
            continue
        is_ruling = min(shape["width"], shape["height"]) <= _THICKEST_RULING
        is_seen = not _is_white(shape["stroking_color"])
        if is_seen and is_ruling == (shape["object_type"] == "line"):
            yield drawn.box(shape)


def _items(container: LTContainer[Any]) -> Iterator[LTItem]:
    """What is drawn, in order; what a form object draws stands where the form does."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _items(item)
        else:
            yield item


def _is_searchable_scan(letters: Sequence[_Letter], drawn: _Drawn) -> bool:
    """Whether the page is a picture and its text, recognised by some program, cannot be seen."""
    if not letters or not drawn.has_scan():
        return False
    unseen = sum(letter.sight.is_unseen or drawn.is_covered(letter) for letter in letters)
    return unseen > len(letters) / 2


def _turn_of(letters: Iterable[_Letter]) -> Turn:
    """Which way the text of the page is turned, by the majority of its letters."""
    ways = Counter(_way(letter.item) for letter in letters)
    way, count = ways.most_common(1)[0] if ways else ("none", 0)
    return way if count > ways.total() * _UPRIGHT_SHARE else "none"


def _way(item: LTChar) -> Turn:
    if item.upright:
        return "none" if item.matrix[0] > 0 else "over"
    return "left" if item.matrix[1] > 0 else "right"


def _is_set_along(item: LTChar, turn: Turn) -> bool:
    """Whether a letter runs with the text; a watermark runs askew."""
    a, b, c, d, *_ = item.matrix
    scale = max(abs(a), abs(b), abs(c), abs(d)) or 1
    along, across = (abs(b), abs(a)) if turn in ON_ITS_SIDE else (abs(a), abs(b))
    return along > across and across / scale < _SLANT


def _is_set_across(item: LTChar, turn: Turn) -> bool:
    """Whether a letter is turned by a right angle against the text: no watermark is."""
    a, b, *_ = item.matrix
    along, across = (abs(b), abs(a)) if turn in ON_ITS_SIDE else (abs(a), abs(b))
    return across > along and along / (across or 1) < _SLANT


def _apart(letters: Sequence[_Letter], turn: Turn) -> tuple[list[_Letter], list[_Letter]]:
    """The letters that run as most of the text does, and those that run against it."""
    which = 1 if turn in ON_ITS_SIDE else 0
    forward = [letter for letter in letters if letter.item.matrix[which] > 0]
    against = [letter for letter in letters if letter.item.matrix[which] <= 0]
    return (forward, against) if len(forward) >= len(against) else (against, forward)


def _is_hidden(letter: _Letter, drawn: _Drawn) -> bool:
    if letter.sight.is_unseen or letter.item.size < _SMALLEST_SIZE:
        return True
    if drawn.is_outside(letter) or drawn.is_cut_off(letter) or drawn.is_covered(letter):
        return True
    if drawn.is_lost_in_ground(letter):
        return True
    if not _is_white(letter.ink):
        return False
    return not any(
        shape["fill"] and not _is_white(shape["non_stroking_color"])
        for shape in drawn.of_kind("rect", "curve")
        if _holds(drawn.box(shape), letter.glyph)
    )


def _glyph(item: LTChar, height: float) -> Glyph:
    """A letter and its box; pdfminer's boxes count from the bottom of the page."""
    return Glyph(str(item.get_text()), item.x0, height - item.y1, item.x1, height - item.y0)


def _holds(box: Box, glyph: Glyph) -> bool:
    """Whether the middle of a letter is in a box."""
    across, down = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _is_white(color: object) -> bool:
    values = color if isinstance(color, tuple | list) else (color,)
    if not values or not all(isinstance(value, int | float) for value in values):
        return False
    if len(values) == 4:
        return bool(max(values) <= 1 - _WHITEST)
    return len(values) in {1, 3} and bool(min(values) >= _WHITEST)


def _color_of(color: object) -> tuple[float, ...] | None:
    values = color if isinstance(color, tuple | list) else (color,)
    if not all(isinstance(value, int | float) for value in values):
        return None
    return tuple(round(float(value), 2) for value in values)


def _within(box: Box, clip: Box | None, height: float) -> Box:
    """The part of a box that is not clipped away; pdfminer's boxes count from the bottom."""
    if clip is None:
        return box
    top, bottom = height - clip[3], height - clip[1]
    return max(box[0], clip[0]), max(box[1], top), min(box[2], clip[2]), min(box[3], bottom)


def _rulings(drawn: _Drawn) -> Iterator[Ruling]:
    # On a page turned within the file neither end of a level line is exactly as high as the other.
    for left, top, right, bottom in map(drawn.box, _edges(drawn)):
        yield Ruling(left, top, right, bottom, bottom - top > right - left)


def _edges(drawn: _Drawn) -> Iterator[_Shape]:
    for line in drawn.of_kind("line"):
        yield line_to_edge(line)
    for rect in drawn.of_kind("rect"):
        if rect["stroke"] or min(rect["width"], rect["height"]) <= _THICKEST_RULING:
            yield from rect_to_edges(rect)
    for curve in drawn.of_kind("curve"):
        if curve["stroke"] or min(curve["width"], curve["height"]) <= _THICKEST_RULING:
            yield from curve_to_edges(curve)


def _without_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs as they were drawn, each letter that stands on the same letter left out."""
    above: dict[str, deque[Glyph]] = defaultdict(deque)
    kept: list[int] = []
    for place, glyph in sorted(enumerate(glyphs), key=lambda each: (each[1].top, each[1].x0)):
        near = (glyph.x1 - glyph.x0) * _DOUBLED
        same = above[glyph.text]
        while same and glyph.top - same[0].top >= near:
            same.popleft()
        if not any(abs(before.x0 - glyph.x0) < near for before in same):
            kept.append(place)
        same.append(glyph)
    return [glyphs[place] for place in sorted(kept)]
