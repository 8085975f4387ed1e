"""Numbers that are wider than their cell: no digit may end up in the neighbouring cell.

A number printed over the border of its cell belongs whole to the cell it was set in. Where two such
numbers touch, nobody can tell where one ends; they are kept together on two lines of one cell, which
no reader of numbers takes for a number.
"""

from collections.abc import Iterator, Sequence

from ingest.readers.pdf_page import Glyph
from ingest.report import Box

_NUMERAL = frozenset("0123456789.,+-")
# Digits of one number stand closer than this, in heights of the digit.
_NEAR = 0.15
_SAME_LINE = 0.3
# A number set in a cell is centred in it or begins or ends at its padding.
_OFF_CENTRE = 0.2
_PADDING = 8.0


def settle(
    cells: Sequence[Box], glyphs: Sequence[Glyph], owners: Sequence[int | None]
) -> tuple[list[Glyph], list[int | None]]:
    """The glyphs and the cell each belongs to, with numbers over a border put right."""
    settled, homes = list(glyphs), list(owners)
    for run in _runs(glyphs):
        touched = {owners[index] for index in run} - {None}
        if len(touched) < 2:
            continue
        x0, x1 = glyphs[run[0]].x0, glyphs[run[-1]].x1
        home = next((c for c in touched if c is not None and _is_set_in(cells[c], x0, x1)), None)
        first = owners[run[0]]
        for index in run:
            if home is None and owners[index] != first:
                settled[index] = _lowered(glyphs[index])
            homes[index] = first if home is None else home
    return settled, homes


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[int]]:
    """The positions of glyphs that are printed as one number."""
    numerals = [index for index, glyph in enumerate(glyphs) if glyph.text in _NUMERAL]
    numerals.sort(key=lambda index: (round(glyphs[index].bottom), glyphs[index].x0))
    run: list[int] = []
    for index in numerals:
        if run and not _follows(glyphs[run[-1]], glyphs[index]):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _follows(before: Glyph, after: Glyph) -> bool:
    height = before.bottom - before.top
    level = abs(before.bottom - after.bottom) < _SAME_LINE * height
    return level and before.x0 <= after.x0 < before.x1 + _NEAR * height


def _is_set_in(cell: Box, x0: float, x1: float) -> bool:
    width = cell[2] - cell[0]
    off_centre = abs((x0 + x1) - (cell[0] + cell[2])) / 2
    begins = 0 <= x0 - cell[0] <= _PADDING
    ends = 0 <= cell[2] - x1 <= _PADDING
    return off_centre <= _OFF_CENTRE * width or begins != ends


def _lowered(glyph: Glyph) -> Glyph:
    down = 2 * (glyph.bottom - glyph.top)
    return glyph._replace(top=glyph.top + down, bottom=glyph.bottom + down)
