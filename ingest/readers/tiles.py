"""Pieces of a page, set one under the other on a sheet for the recogniser and found again after.

So that the recogniser can mix nothing up: what it reads at the height of a piece stood in that piece.
"""

import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from ingest.readers.page_image import Gray, ink_bounds, lines_of
from ingest.readers.tesseract import Character, Script, recognise

Pixels: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom."""

BLOCK_OF_TEXT = 6
# Space left around each piece.
_GAP = 30
_PADDING = 40
# The recogniser takes pictures of up to 32767 pixels.
_TALLEST = 12_000
# A number on one line is no larger than this.
_NUMBER_SIZE = (400, 64)


@dataclass(frozen=True, slots=True)
class Tile:
    """The ink of a piece of the page and where its top left corner lies on the page, in pixels."""

    gray: Gray
    left: int
    top: int

    @property
    def box(self) -> Pixels:
        """Its place on the page."""
        height, width = self.gray.shape
        return self.left, self.top, self.left + width, self.top + height

    def lines(self) -> Iterator["Tile"]:
        """Its lines of print as tiles of their own: lines close together are read badly."""
        for top, bottom in lines_of(self.gray):
            yield Tile(self.gray[top:bottom], self.left, self.top + top)

    @property
    def may_be_number(self) -> bool:
        """Whether it is small enough to hold one number."""
        height, width = self.gray.shape
        return bool(width <= _NUMBER_SIZE[0] and height <= _NUMBER_SIZE[1])


def tile_in(gray: Gray, box: Pixels) -> Tile | None:
    """The ink in a box of the page; None where there is none."""
    left, top = max(box[0], 0), max(box[1], 0)
    inside = gray[top : box[3], left : box[2]]
    bounds = ink_bounds(inside) if inside.size else None
    if bounds is None:
        return None
    x0, y0, x1, y1 = bounds
    return Tile(inside[y0:y1, x0:x1], left + x0, top + y0)


def recognise_tiles(
    tiles: Sequence[Tile], script: Script, deadline: float
) -> list[list[Character]]:
    """What is recognised in each tile, where it stands on the page. Raises RecogniserFailed."""
    read: list[list[Character]] = []
    for group in _groups(tiles):
        sheet, tops = _sheet(group)
        inside: list[list[Character]] = [[] for _ in group]
        seconds = deadline - time.monotonic()
        for character in recognise(sheet, script, mode=BLOCK_OF_TEXT, seconds=seconds):
            index = max(bisect_right(tops, (character.top + character.bottom) / 2) - 1, 0)
            tile = group[index]
            inside[index].append(_moved(character, tile.left - _PADDING, tile.top - tops[index]))
        read += inside
    return read


def _groups(tiles: Sequence[Tile]) -> Iterator[list[Tile]]:
    """The tiles in their order, as many together as go on one sheet."""
    group: list[Tile] = []
    height = 0
    for tile in tiles:
        tall = len(tile.gray) + _GAP
        if group and height + tall > _TALLEST:
            yield group
            group, height = [], 0
        group.append(tile)
        height += tall
    if group:
        yield group


def _sheet(tiles: Sequence[Tile]) -> tuple[Gray, list[int]]:
    """The tiles under one another on white, and the height at which each begins."""
    width = max(tile.gray.shape[1] for tile in tiles) + 2 * _PADDING
    sheet = np.full((sum(len(t.gray) + _GAP for t in tiles) + _GAP, width), 255, np.uint8)
    tops: list[int] = []
    top = _GAP
    for tile in tiles:
        height, across = tile.gray.shape
        sheet[top : top + height, _PADDING : _PADDING + across] = tile.gray
        tops.append(top)
        top += height + _GAP
    return sheet, tops


def _moved(character: Character, right: int, down: int) -> Character:
    return replace(
        character,
        left=character.left + right,
        top=character.top + down,
        right=character.right + right,
        bottom=character.bottom + down,
    )
