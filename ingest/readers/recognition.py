"""The picture of a page → what is printed on it, as a `PdfPage` like that of any other page.

A page is read in three goes: what stands outside the tables, line by line; the cells of the tables,
each set under the other so that the recogniser cannot mix them up; and once more, by a model that
is better at digits, the cells that are short enough to be numbers. Which cell a letter belongs to is
known from the rulings and never guessed. A cell with ink in which nothing was recognised holds
`ILLEGIBLE`, so that it is never taken for a blank one.
"""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from PIL import Image

from ingest.readers.page_image import DPI, PageImage, ink_bounds, page_image
from ingest.readers.pdf_page import Glyph, PdfPage, Ruling
from ingest.readers.pdf_rulings import rulings_to_tables
from ingest.readers.tesseract import Character, recognise
from ingest.readers.tiles import Pixels, Tile, recognise_tiles, tile_in

ILLEGIBLE = "□"
"""What stands in a cell that has ink which could not be recognised."""

_POINT = DPI / 72
_COLUMN_OF_TEXT = 4
# The rest of the rulings inside a cell.
_INSET = 2
_FEWEST_CELLS = 3
# Gaps inside a word are narrower, in heights of the line.
_LATIN_GAP = 0.4
_IDEOGRAPH_GAP = 0.9
_NUMBER = re.compile(r"[-+]?\d[\d,.]*|[/—–-]+")
# A cell with so many ideographs, each as sure as this, holds no number.
_FEWEST_IDEOGRAPHS = 2
_SURE = 80
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")


def recognise_page(picture: Image.Image, number: int, deadline: float) -> PdfPage:
    """What is printed on the picture of page `number`, at 300 pixels to the inch.

    `deadline` is a time of `time.monotonic`. Raises RecogniserFailed.
    """
    page = page_image(picture)
    boxes = _cell_boxes(page.rulings)
    tiles = [tile for box in boxes if (tile := tile_in(page.gray, _inside(box))) is not None]
    characters = _in_tiles(tiles, deadline) + _outside(page, boxes, deadline)
    height, width = page.gray.shape
    return PdfPage(
        number,
        width / _POINT,
        height / _POINT,
        tuple(map(_glyph, _set_in_order(characters))),
        tuple(_in_points(ruling) for ruling in page.rulings),
        has_images=True,
        hidden=False,
        turn="none",
        slant=page.slant,
    )


def _cell_boxes(rulings: Sequence[Ruling]) -> list[Pixels]:
    """The cells of all tables, in pixels, as the reader of PDF pages finds them later."""
    tables = rulings_to_tables([_in_points(ruling) for ruling in rulings]) or []
    cells = [cell for table in tables if len(table) >= _FEWEST_CELLS for cell in table]
    return [
        (round(a * _POINT), round(b * _POINT), round(c * _POINT), round(d * _POINT))
        for a, b, c, d in cells
    ]


def _inside(box: Pixels) -> Pixels:
    left, top, right, bottom = box
    return left + _INSET, top + _INSET, right - _INSET, bottom - _INSET


def _in_tiles(tiles: Sequence[Tile], deadline: float) -> list[Character]:
    """The characters in the cells, where they stand on the page."""
    lines = [list(tile.lines()) for tile in tiles]
    read = iter(recognise_tiles([line for some in lines for line in some], "chinese", deadline))
    words = [[c for _ in some for c in next(read)] for some in lines]
    short = [i for i, tile in enumerate(tiles) if tile.may_be_number and not _are_words(words[i])]
    numbers = dict(
        zip(short, recognise_tiles([tiles[i] for i in short], "digits", deadline), strict=True)
    )
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


def _illegible(tile: Tile) -> Character:
    return Character(ILLEGIBLE, *tile.box, 0)


def _outside(page: PageImage, boxes: Sequence[Pixels], deadline: float) -> list[Character]:
    """The characters that stand in no table."""
    gray = page.gray.copy()
    for left, top, right, bottom in boxes:
        gray[max(top, 0) : bottom, max(left, 0) : right] = 255
    if ink_bounds(gray) is None:
        return []
    seconds = deadline - time.monotonic()
    return recognise(gray, "chinese", mode=_COLUMN_OF_TEXT, seconds=seconds)


def _set_in_order(characters: Sequence[Character]) -> Iterator[Character]:
    """The characters so that sorting them by place keeps the order in which they were read.

    The recogniser says only about where a letter begins and ends: sorted by that, digits may change
    places. It also leaves gaps between the letters of one word, which are closed.
    """
    before: Character | None = None
    for character, after in zip_longest(characters, characters[1:]):
        if before is not None and _are_in_line(before, character):
            left = max(character.left, before.left + 1)
            character = replace(character, left=left, right=max(character.right, left + 1))
        before = character
        if after is not None and _are_in_line(character, after):
            is_latin = character.text.isascii() and after.text.isascii()
            widest = (after.bottom - after.top) * (_LATIN_GAP if is_latin else _IDEOGRAPH_GAP)
            if character.right < after.left <= character.right + widest:
                character = replace(character, right=after.left)
        yield character


def _are_in_line(character: Character, after: Character) -> bool:
    is_level = (after.top, after.bottom) == (character.top, character.bottom)
    return is_level and after.right > character.left


def _glyph(character: Character) -> Glyph:
    left, top, right, bottom = (
        side / _POINT for side in (character.left, character.top, character.right, character.bottom)
    )
    return Glyph(character.text, left, top, right, bottom)


def _in_points(ruling: Ruling) -> Ruling:
    x0, top, x1, bottom = (side / _POINT for side in ruling[:4])
    return Ruling(x0, top, x1, bottom, ruling.upright)
