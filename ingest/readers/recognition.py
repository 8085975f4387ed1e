"""The picture of a page → what is printed on it, as a `PdfPage` like that of any other page.

A page is read in three goes: what stands outside the tables, line by line; the cells of the tables,
each set under the other so that the recogniser cannot mix them up; and once more, by a model that
is better at digits, the cells that are short enough to be numbers. Which cell a letter belongs to is
known from the rulings and never guessed. A cell with ink in which nothing was recognised holds
`ILLEGIBLE`, so that it is never taken for a blank one.
"""

import re
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeAlias

import numpy as np
from PIL import Image

from ingest.readers.page_image import DPI, Gray, PageImage, ink_bounds, lines_of, page_image
from ingest.readers.pdf_page import Glyph, PdfPage, Ruling
from ingest.readers.pdf_rulings import rulings_to_tables
from ingest.readers.tesseract import Character, Script, recognise

ILLEGIBLE = "□"
"""What stands in a cell that has ink which could not be recognised."""

_POINT = DPI / 72
_BLOCK_OF_TEXT = 6
_COLUMN_OF_TEXT = 4
# Space left around each cell when they are set under one another, and the rulings' rest inside.
_GAP = 30
_PADDING = 40
_INSET = 2
_FEWEST_CELLS = 3
# The recogniser takes pictures of up to 32767 pixels.
_TALLEST = 12_000
# Gaps inside a word are narrower, in heights of the line.
_LATIN_GAP = 0.4
_IDEOGRAPH_GAP = 0.9
# A number on one line is no larger than this.
_NUMBER_SIZE = (400, 64)
_NUMBER = re.compile(r"[-+]?\d[\d,.]*|[/—–-]+")
# A cell with so many ideographs, each as sure as this, holds no number.
_FEWEST_IDEOGRAPHS = 2
_SURE = 80
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")

# Left, top, right, bottom.
_Pixels: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Tile:
    """The ink of one cell and where its top left corner lies on the page, in pixels."""

    gray: Gray
    left: int
    top: int

    @property
    def box(self) -> _Pixels:
        height, width = self.gray.shape
        return self.left, self.top, self.left + width, self.top + height

    def lines(self) -> Iterator["_Tile"]:
        """Its lines of print as tiles of their own: lines close together are read badly."""
        for top, bottom in lines_of(self.gray):
            yield _Tile(self.gray[top:bottom], self.left, self.top + top)

    @property
    def may_be_number(self) -> bool:
        height, width = self.gray.shape
        return bool(width <= _NUMBER_SIZE[0] and height <= _NUMBER_SIZE[1])


def recognise_page(picture: Image.Image, number: int, deadline: float) -> PdfPage:
    """What is printed on the picture of page `number`, at 300 pixels to the inch.

    `deadline` is a time of `time.monotonic`. Raises RecogniserFailed.
    """
    page = page_image(picture)
    boxes = _cell_boxes(page.rulings)
    tiles = [tile for box in boxes if (tile := _tile(page.gray, box)) is not None]
    characters = _in_tiles(tiles, deadline) + _outside(page, boxes, deadline)
    height, width = page.gray.shape
    return PdfPage(
        number,
        width / _POINT,
        height / _POINT,
        tuple(map(_glyph, _closed_up(characters))),
        tuple(_in_points(ruling) for ruling in page.rulings),
        has_images=True,
        hidden=False,
        turn="none",
        slant=page.slant,
    )


def _cell_boxes(rulings: Sequence[Ruling]) -> list[_Pixels]:
    """The cells of all tables, in pixels, as the reader of PDF pages finds them later."""
    tables = rulings_to_tables([_in_points(ruling) for ruling in rulings]) or []
    cells = [cell for table in tables if len(table) >= _FEWEST_CELLS for cell in table]
    return [
        (round(a * _POINT), round(b * _POINT), round(c * _POINT), round(d * _POINT))
        for a, b, c, d in cells
    ]


def _tile(gray: Gray, box: _Pixels) -> _Tile | None:
    """The ink of a cell; None for a blank one."""
    left, top = box[0] + _INSET, box[1] + _INSET
    inside = gray[top : box[3] - _INSET, left : box[2] - _INSET]
    bounds = ink_bounds(inside) if inside.size else None
    if bounds is None:
        return None
    x0, y0, x1, y1 = bounds
    return _Tile(inside[y0:y1, x0:x1], left + x0, top + y0)


def _in_tiles(tiles: Sequence[_Tile], deadline: float) -> list[Character]:
    """The characters in the cells, where they stand on the page."""
    lines = [list(tile.lines()) for tile in tiles]
    read = iter(_by_tile([line for some in lines for line in some], "chinese", deadline))
    words = [[c for _ in some for c in next(read)] for some in lines]
    short = [i for i, tile in enumerate(tiles) if tile.may_be_number and not _are_words(words[i])]
    numbers = dict(zip(short, _by_tile([tiles[i] for i in short], "digits", deadline), strict=True))
    found: list[Character] = []
    for index, tile in enumerate(tiles):
        digits = numbers.get(index, [])
        found += (digits if _is_number(digits) else words[index]) or [_illegible(tile)]
    return found


def _are_words(characters: Sequence[Character]) -> bool:
    """Whether a cell holds words for sure: what is no character at all often looks like one."""
    ideographs = [c for c in characters if _IDEOGRAPH.fullmatch(c.text) and c.sure >= _SURE]
    return len(ideographs) >= _FEWEST_IDEOGRAPHS


def _is_number(characters: Sequence[Character]) -> bool:
    return bool(_NUMBER.fullmatch(_text(characters)))


def _text(characters: Iterable[Character]) -> str:
    return "".join(character.text for character in characters)


def _illegible(tile: _Tile) -> Character:
    return Character(ILLEGIBLE, *tile.box, 0)


def _by_tile(tiles: Sequence[_Tile], script: Script, deadline: float) -> list[list[Character]]:
    """What is recognised in each tile."""
    read: list[list[Character]] = []
    for group in _groups(tiles):
        sheet, tops = _sheet(group)
        inside: list[list[Character]] = [[] for _ in group]
        seconds = deadline - time.monotonic()
        for character in recognise(sheet, script, mode=_BLOCK_OF_TEXT, seconds=seconds):
            index = max(bisect_right(tops, (character.top + character.bottom) / 2) - 1, 0)
            tile = group[index]
            inside[index].append(_moved(character, tile.left - _PADDING, tile.top - tops[index]))
        read += inside
    return read


def _groups(tiles: Sequence[_Tile]) -> Iterator[list[_Tile]]:
    """The tiles in their order, as many together as go on one sheet."""
    group: list[_Tile] = []
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


def _sheet(tiles: Sequence[_Tile]) -> tuple[Gray, list[int]]:
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


def _outside(page: PageImage, boxes: Sequence[_Pixels], deadline: float) -> list[Character]:
    """The characters that stand in no table."""
    gray = page.gray.copy()
    for left, top, right, bottom in boxes:
        gray[max(top, 0) : bottom, max(left, 0) : right] = 255
    if ink_bounds(gray) is None:
        return []
    seconds = deadline - time.monotonic()
    return recognise(gray, "chinese", mode=_COLUMN_OF_TEXT, seconds=seconds)


def _closed_up(characters: Sequence[Character]) -> Iterator[Character]:
    """The characters without the gaps that the recogniser leaves between letters of one word."""
    for character, after in zip_longest(characters, characters[1:]):
        if after is None or (after.top, after.bottom) != (character.top, character.bottom):
            yield character
            continue
        is_latin = character.text.isascii() and after.text.isascii()
        widest = (after.bottom - after.top) * (_LATIN_GAP if is_latin else _IDEOGRAPH_GAP)
        is_near = character.right < after.left <= character.right + widest
        yield replace(character, right=after.left) if is_near else character


def _moved(character: Character, right: int, down: int) -> Character:
    return replace(
        character,
        left=character.left + right,
        top=character.top + down,
        right=character.right + right,
        bottom=character.bottom + down,
    )


def _glyph(character: Character) -> Glyph:
    left, top, right, bottom = (
        side / _POINT for side in (character.left, character.top, character.right, character.bottom)
    )
    return Glyph(character.text, left, top, right, bottom)


def _in_points(ruling: Ruling) -> Ruling:
    x0, top, x1, bottom = (side / _POINT for side in ruling[:4])
    return Ruling(x0, top, x1, bottom, ruling.upright)
