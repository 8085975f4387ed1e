"""Numbers that were printed apart and touch: a page number beside the number of a cell.

Knows glyphs in the order in which they were drawn. The digits of one number are drawn one after the
other, as tall as one another and on one line; digits that touch without that are of two numbers.
"""

from collections.abc import Iterable, Iterator

from ingest.readers.pdf_page import Glyph

_NUMERALS = frozenset("0123456789.,")
# In heights of the digits: how near digits of one number are.
_NEAR = 0.25
# Digits of one number may be of two fonts, whose boxes do not begin equally low.
_SAME_SIZE = 0.96
_SAME_BASE = 0.12
# Smaller digits above or below the line are marks; they are known as such by their lines.
_MARK_SIZE = 0.92
_MARK_OFF = 0.2
_SMALL = 0.78
_SAME_LINE = 0.5
# One space may part the thousands of one number.
_GAP = "  "
# In points: how far before a digit the gap is put.
_BEFORE = 0.01


def gaps_between(drawn: Iterable[Glyph]) -> Iterator[Glyph]:
    """A gap between each two numbers that touch one another; `drawn` are in order of drawing."""
    runs = sorted(_runs(drawn), key=lambda run: run[0].top + run[0].bottom)
    for index, one in enumerate(runs):
        for other in runs[index + 1 :]:
            if other[0].top + other[0].bottom >= 2 * one[0].bottom:
                break
            before, after = sorted((one, other), key=lambda run: run[0].x0)
            if _are_two(before[-1], after[0]):
                yield _gap(after[0])


def _runs(drawn: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """The digits that were drawn as one number, in the order of drawing."""
    run: list[Glyph] = []
    last: Glyph | None = None
    for glyph in drawn:
        if glyph.text not in _NUMERALS:
            last = None
            continue
        if run and (last is None or not _goes_on(last, glyph)):
            yield run
            run = []
        if glyph.text.isdecimal():
            run.append(glyph)
        last = glyph
    if run:
        yield run


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    """Whether a digit goes on with the number; letters may be narrower than their boxes."""
    is_level = abs(before.bottom - glyph.bottom) < _SAME_BASE * _height(glyph)
    is_behind = before.x0 < glyph.x0 < before.x1 + _NEAR * _height(glyph)
    return is_behind and is_level and _likeness(before, glyph) >= _SAME_SIZE


def _are_two(before: Glyph, after: Glyph) -> bool:
    """Whether the last digit of one number reaches the first of another, and neither is a mark."""
    smaller, larger = sorted((_height(before), _height(after)))
    shared = min(before.bottom, after.bottom) - max(before.top, after.top)
    if after.x0 >= before.x1 + _NEAR * larger or shared < _SAME_LINE * smaller:
        return False
    is_off = abs(before.bottom - after.bottom) > _MARK_OFF * _height(before)
    is_mark = is_off and _height(after) < _MARK_SIZE * _height(before)
    return not is_mark and _likeness(before, after) >= _SMALL


def _likeness(one: Glyph, other: Glyph) -> float:
    """The height of the smaller one as a part of the other's."""
    smaller, larger = sorted((_height(one), _height(other)))
    return smaller / (larger or 1.0)


def _height(glyph: Glyph) -> float:
    return glyph.bottom - glyph.top


def _gap(after: Glyph) -> Glyph:
    before = after.x0 - _BEFORE
    return Glyph(_GAP, before, after.top, before, after.bottom)
