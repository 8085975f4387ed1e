"""The picture of one digit → which digits it may be.

How many holes a digit has, and where, is the same in every typeface; digits without holes are held
against two typefaces of the drawing library's own. The invariant: a digit is excluded only where its
picture is plainly another one's; a picture of anything else excludes nothing.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeAlias

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Mask: TypeAlias = NDArray[np.bool_]

DIGITS = frozenset("0123456789")
_WITHOUT_HOLES = "12357"
_DARK = 128
# How far on the way from there to the gray of the ground ink may be.
_PALE = 0.6
# Holes smaller than this part of the digit are blots.
_SMALLEST_HOLE = 0.004
# A digit is at least this part as tall as the box of its letter.
_SHORTEST = 0.3
# The hole of a nought reaches over most of its height; a nine's stands above a four's.
_TALL_HOLE = 0.65
_MIDDLE = 0.58
_NINE_ABOVE = 0.33
_FOUR_BELOW = 0.38
# Holes of a crossed nought lie side by side, those of an eight one over the other.
_LEVEL = 0.15
# So much likelier must another digit be; slanted typefaces differ by less, but in their ones.
_PLAINLY = 0.2
_FOR_ONE = 0.4
_GRID = (16, 12)
_SHEET = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
    b"endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 640 100]/Contents 4 0 R/Resources<</Font"
    b"<</F<</Type/Font/Subtype/Type1/BaseFont/%s>>>>>>>>endobj 4 0 obj<</Length 60>>stream\n"
    b"BT /F 100 Tf 0 12 Td (0123456789) Tj ET                     \nendstream endobj\n"
    b"trailer<</Root 1 0 R>>"
)
# The widths of a digit in the two typefaces, in points on that sheet.
_TYPEFACES: Mapping[bytes, float] = {b"Helvetica": 55.6, b"Times-Roman": 50.0}


def may_be(picture: Image.Image) -> frozenset[str]:
    """The digits that a grey picture of one letter may show; all where it shows none plainly.

    Hairlines of a serif typeface are pale where they are thinnest, and their ring then looks open.
    """
    gray = picture.convert("L")
    counts = gray.histogram()
    pale = _DARK + int(_PALE * max(counts.index(max(counts)) - _DARK, 0))
    return _seen_in(gray, _DARK) | _seen_in(gray, pale)


def _seen_in(picture: Image.Image, darkest_ground: int) -> frozenset[str]:
    shape = _shape_in(picture, darkest_ground)
    if shape is None:
        return DIGITS
    holes = _holes(shape)
    if len(holes) > 2:
        return DIGITS
    if len(holes) == 2:
        return frozenset("0" if abs(holes[0][0] - holes[1][0]) < _LEVEL else "8")
    return _by_hole(*holes[0]) if holes else _by_outline(shape)


def _by_hole(middle: float, height: float) -> frozenset[str]:
    if height > _TALL_HOLE:
        return frozenset("0")
    if middle > _MIDDLE:
        return frozenset("6")
    if _NINE_ABOVE < middle < _FOUR_BELOW:
        return frozenset("49")
    return frozenset("9" if middle < _FOUR_BELOW else "4")


def _by_outline(shape: Mask) -> frozenset[str]:
    """Digits without holes; a four may be open."""
    likeness = {
        digit: max(_alike(_squared(shape), known) for known in _known_shapes()[digit])
        for digit in _WITHOUT_HOLES
    }
    best = max(likeness.values())
    margins = {**dict.fromkeys(_WITHOUT_HOLES, _PLAINLY), "1": _FOR_ONE}
    return frozenset(d for d, like in likeness.items() if like > best - margins[d]) | {"4"}


def _shape_in(picture: Image.Image, darkest_ground: int = _DARK) -> Mask | None:
    """The one piece of ink that stands in the middle, cut out; rulings and neighbours are left."""
    ink = np.asarray(picture) < darkest_ground
    height, width = ink.shape
    pieces = [piece for piece in _pieces(ink) if _extent(piece, 0) > _SHORTEST * height]
    if not pieces:
        return None
    chosen = min(pieces, key=lambda piece: abs(float(np.nonzero(piece)[1].mean()) - width / 2))
    rows, columns = np.nonzero(chosen)
    return chosen[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _extent(piece: Mask, axis: int) -> int:
    along = np.nonzero(piece)[axis]
    return int(along.max() - along.min() + 1)


def _pieces(mask: Mask) -> Iterator[Mask]:
    """The connected pieces of a mask."""
    pixels = mask.astype(np.uint8)
    while (seeds := np.argwhere(pixels == 1)).size:
        row, column = seeds[0]
        picture = Image.fromarray(pixels).copy()
        ImageDraw.floodfill(picture, (int(column), int(row)), 2)
        piece = np.asarray(picture) == 2
        yield piece
        pixels = np.where(piece, 0, pixels).astype(np.uint8)


def _holes(shape: Mask) -> list[tuple[float, float]]:
    """The holes of a digit: where their middle is and how tall they are, in parts of its height."""
    ground = np.pad(~shape, 1, constant_values=True)
    holes = []
    for piece in _pieces(ground):
        rows = np.nonzero(piece)[0]
        if not piece[0, 0] and piece.sum() >= _SMALLEST_HOLE * shape.size:
            top, bottom = rows.min() - 1, rows.max()
            holes.append(((top + bottom) / 2 / shape.shape[0], (bottom - top) / shape.shape[0]))
    return holes


def _squared(shape: Mask) -> NDArray[np.float64]:
    picture = Image.fromarray(shape.astype(np.uint8) * 255)
    small = picture.resize((_GRID[1], _GRID[0]), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64).ravel()


def _alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(np.corrcoef(one, other)[0, 1])


@cache
def _known_shapes() -> Mapping[str, tuple[NDArray[np.float64], ...]]:
    """The digits without holes as the two typefaces draw them."""
    drawn: dict[str, list[NDArray[np.float64]]] = {digit: [] for digit in _WITHOUT_HOLES}
    for typeface, width in _TYPEFACES.items():
        page = pypdfium2.PdfDocument(_SHEET % typeface)[0]
        sheet = page.render(grayscale=True).to_pil()
        for digit in _WITHOUT_HOLES:
            left = int(digit) * width
            shape = _shape_in(sheet.crop((round(left), 0, round(left + width), sheet.height)))
            if shape is not None:
                drawn[digit].append(_squared(shape))
    return {digit: tuple(shapes) for digit, shapes in drawn.items()}
