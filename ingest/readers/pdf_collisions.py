"""Digits that touch what they should not: rulings, other digits, hidden ones, the table's outside.

A digit that a ruling crosses is struck out or stands in another row than it was meant for; digits on
top of one another are two numbers; digits beside a table were pushed out of it. The invariant: every
cell that such a digit stands in, or may belong to, is named.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from ingest.readers.pdf_page import Glyph, Ruling
from ingest.report import Box

# The part of a letter's height, and of its width, in which a digit has ink.
_INK = (0.15, 0.85)
_COVERED_SHARE = 0.6
# In heights of the digit: digits of one number begin further apart, pushed-out ones no further off.
_LEAST_STEP = 0.35
_BESIDE = 1.2
_SAME_LINE = 0.3
_NO_GAP = 0.15


def collided(
    cells: Sequence[Box],
    glyphs: Sequence[Glyph],
    owners: Sequence[int | None],
    rulings: Sequence[Ruling],
) -> set[int]:
    """The cells with a digit that touches something, by their index. `owners` are the glyphs' cells."""
    digits = [(g, o) for g, o in zip(glyphs, owners, strict=True) if g.text.isdecimal()]
    found = {owner for one in _stacked(digits) for owner in one if owner is not None}
    level = sorted((r for r in rulings if not r.upright), key=itemgetter(1))
    tops = [ruling.top for ruling in level]
    upright = sorted((r for r in rulings if r.upright), key=itemgetter(0))
    lefts = [ruling.x0 for ruling in upright]
    box = _around(cells)
    for glyph, owner in digits:
        height = glyph.bottom - glyph.top
        first = bisect_left(tops, glyph.top + _INK[0] * height)
        last = bisect_left(tops, glyph.top + _INK[1] * height)
        if any(_crosses(ruling, glyph) for ruling in level[first:last]):
            found |= set(_touched(cells, glyph, owner))
        if owner is None and _is_beside(box, glyph):
            found |= set(_touched(cells, _widened(glyph), None))
        elif any(_stands_in(ruling, glyph) for ruling in _inside(upright, lefts, glyph)):
            found |= set(_touched(cells, glyph, None))
    return found


def severed(
    glyphs: Sequence[Glyph],
    owners: Sequence[int | None],
    lost: Sequence[Glyph],
    lost_owners: Sequence[int | None],
) -> set[int]:
    """The cells with a digit that goes on, over the cell's border, in a hidden digit.

    The ground of the next cell is often painted over what was printed beyond the border. A hidden
    digit in the same cell is another number, or a digit that was whitened.
    """
    if not lost:
        return set()
    pairs = zip(glyphs, owners, strict=True)
    digits = sorted(((g, o) for g, o in pairs if g.text.isdecimal()), key=lambda each: each[0].x0)
    lefts = [glyph.x0 for glyph, _ in digits]
    found: set[int] = set()
    for rest, its in zip(lost, lost_owners, strict=True):
        reach = rest.bottom - rest.top
        near = digits[bisect_left(lefts, rest.x0 - reach) : bisect_left(lefts, rest.x1 + reach)]
        found |= {o for g, o in near if o is not None and o != its and _touches(g, rest)}
    return found


def _touches(one: Glyph, other: Glyph) -> bool:
    """Whether two digits on one line have no gap between them."""
    height = one.bottom - one.top
    gap = max(one.x0, other.x0) - min(one.x1, other.x1)
    return gap < _NO_GAP * height and abs(one.bottom - other.bottom) < _SAME_LINE * height


def _stacked(
    digits: Sequence[tuple[Glyph, int | None]],
) -> Iterator[tuple[int | None, int | None]]:
    """The owners of two digits that stand on top of one another."""
    ordered = sorted(digits, key=lambda each: (round(each[0].bottom), each[0].x0))
    for (one, its), (other, others) in pairwise(ordered):
        height = min(one.bottom - one.top, other.bottom - other.top)
        level = abs(one.bottom - other.bottom) < _SAME_LINE * height
        if level and abs(other.x0 - one.x0) < _LEAST_STEP * height:
            yield its, others


def _crosses(ruling: Ruling, glyph: Glyph) -> bool:
    shared = min(ruling.x1, glyph.x1) - max(ruling.x0, glyph.x0)
    return shared >= _COVERED_SHARE * (glyph.x1 - glyph.x0)


def _inside(upright: Sequence[Ruling], lefts: Sequence[float], glyph: Glyph) -> Sequence[Ruling]:
    """The upright rulings that run through the ink of a digit, if they reach its height."""
    width = glyph.x1 - glyph.x0
    first = bisect_left(lefts, glyph.x0 + _INK[0] * width)
    return upright[first : bisect_left(lefts, glyph.x0 + _INK[1] * width)]


def _stands_in(ruling: Ruling, glyph: Glyph) -> bool:
    shared = min(ruling.bottom, glyph.bottom) - max(ruling.top, glyph.top)
    return shared >= _COVERED_SHARE * (glyph.bottom - glyph.top)


def _touched(cells: Sequence[Box], glyph: Glyph, owner: int | None) -> Iterator[int]:
    """The cell of a digit, and each other that a good part of it reaches into."""
    if owner is not None:
        yield owner
    middle = (glyph.x0 + glyph.x1) / 2
    height = glyph.bottom - glyph.top
    top, bottom = glyph.top + _INK[0] * height, glyph.top + _INK[1] * height
    for index, (x0, y0, x1, y1) in enumerate(cells):
        across = x0 <= middle <= x1 if owner is not None else x0 < glyph.x1 and glyph.x0 < x1
        if across and y0 < bottom and top < y1:
            yield index


def _is_beside(box: Box, glyph: Glyph) -> bool:
    """Whether a digit stands at the height of a table, right beside it."""
    height = glyph.bottom - glyph.top
    if not box[1] < (glyph.top + glyph.bottom) / 2 < box[3]:
        return False
    return glyph.x0 - box[2] < _BESIDE * height and box[0] - glyph.x1 < _BESIDE * height


def _widened(glyph: Glyph) -> Glyph:
    by = _BESIDE * (glyph.bottom - glyph.top)
    return glyph._replace(x0=glyph.x0 - by, x1=glyph.x1 + by)


def _around(cells: Sequence[Box]) -> Box:
    return (
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )
