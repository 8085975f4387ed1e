"""Numbers that are wider than their cell: no digit may end up in the neighbouring cell.

A number printed over the border of its cell belongs whole to the cell it was set in, and is doubted
there. Where it may have been set in two cells, or is two numbers that touch, it is kept on two lines
of one cell, which no reader of numbers takes for a number.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.readers.pdf_page import Glyph
from ingest.report import Box

# Beside the digits of any width.
_MARKS = frozenset(".,+-，＋－\uff0e")
# In heights of the digit: how far apart the digits of one number may stand, and how much further two
# numbers are from one another.
_SPACED = 0.5
_NEAR = 0.15
_SAME_LINE = 0.3
# A number set in a cell is centred in it or begins or ends at its padding.
_OFF_CENTRE = 0.2
_PADDING = 8.0


def settle(
    cells: Sequence[Box], glyphs: Sequence[Glyph], owners: Sequence[int | None]
) -> tuple[list[Glyph], list[int | None], set[int]]:
    """The glyphs and the cell each belongs to, with numbers over a border put right.

    Last come the cells that such numbers touch: theirs, and those that may have lost one.
    """
    settled, homes = list(glyphs), list(owners)
    doubtful: set[int] = set()
    for run in _numbers(glyphs, owners):
        touched = {owner for index in run if (owner := owners[index]) is not None}
        if len(touched) < 2:
            continue
        x0, x1 = glyphs[run[0]].x0, glyphs[run[-1]].x1
        likely = [cell for cell in touched if _is_set_in(cells[cell], x0, x1)]
        home = likely[0] if len(likely) == 1 else None
        first = owners[run[0]]
        for index in run:
            if home is None and owners[index] != first:
                settled[index] = _lowered(glyphs[index])
            homes[index] = first if home is None else home
        doubtful |= touched
    return settled, homes, doubtful


def _numbers(glyphs: Sequence[Glyph], owners: Sequence[int | None]) -> Iterator[list[int]]:
    """The positions of glyphs that are printed as one number, letter-spaced or not."""
    for run in _runs(glyphs):
        gaps = [max(glyphs[b].x0 - glyphs[a].x1, 0.0) for a, b in pairwise(run)]
        inside = (
            gap
            for gap, (before, after) in zip(gaps, pairwise(run), strict=True)
            if owners[before] == owners[after]
        )
        apart = min(inside, default=0.0) + _NEAR * (glyphs[run[0]].bottom - glyphs[run[0]].top)
        start = 0
        for place in (place for place, gap in enumerate(gaps, start=1) if gap > apart):
            yield run[start:place]
            start = place
        yield run[start:]


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[int]]:
    """The positions of glyphs that stand close behind one another."""
    numerals = [index for index, glyph in enumerate(glyphs) if _is_numeral(glyph.text)]
    numerals.sort(key=lambda index: (round(glyphs[index].bottom), glyphs[index].x0))
    run: list[int] = []
    for index in numerals:
        if run and not _follows(glyphs[run[-1]], glyphs[index]):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _is_numeral(text: str) -> bool:
    return text.isdecimal() or text in _MARKS


def _follows(before: Glyph, after: Glyph) -> bool:
    height = before.bottom - before.top
    level = abs(before.bottom - after.bottom) < _SAME_LINE * height
    return level and before.x0 <= after.x0 < before.x1 + _SPACED * height


def _is_set_in(cell: Box, x0: float, x1: float) -> bool:
    width = cell[2] - cell[0]
    off_centre = abs((x0 + x1) - (cell[0] + cell[2])) / 2
    begins = 0 <= x0 - cell[0] <= _PADDING
    ends = 0 <= cell[2] - x1 <= _PADDING
    return off_centre <= _OFF_CENTRE * width or begins != ends


def _lowered(glyph: Glyph) -> Glyph:
    down = 2 * (glyph.bottom - glyph.top)
    return glyph._replace(top=glyph.top + down, bottom=glyph.bottom + down)
