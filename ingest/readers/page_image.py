"""The picture of a page, made ready to be read: straightened, its rulings found and taken out.

Knows pixels and nothing of letters. Pictures are arrays of brightness, 0 black to 255 white, about
300 pixels to the inch; rulings are in pixels. The recogniser reads ruled tables badly, and letters
on a slant worse: both are put right here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from ingest.readers.pdf_page import Ruling

Gray: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]

DPI = 300
# Darker than this part of the paper around it is ink.
_INK = 0.7
# Letters with grain in them are read worse than soft ones.
_SOFTENED = 1
_PAPER_GRAIN = 16
# Rulings are longer than letters are wide or tall, in pixels.
_SHORTEST_LEVEL = 83
_SHORTEST_UPRIGHT = 60
_REDUCTION = 4
_STEEPEST = 6.0
_STRAIGHT = 0.04
# Blocks of two by two black pixels; specks of dust have fewer.
_FEWEST_INK = 12
# Pieces that are together no taller than this, in heights of the tallest, stand on one line.
_ONE_LINE = 1.1
# Thin strokes at the edge of a letter are lost to the count above.
_FRINGE = 4


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page without slant and rulings. `slant` is the angle it was turned back by, in degrees."""

    gray: Gray
    rulings: tuple[Ruling, ...]
    slant: float


def page_image(picture: Image.Image) -> PageImage:
    """The picture of a page, evenly lit, straightened, and its rulings taken out."""
    gray = _evenly_lit(picture.convert("L").filter(ImageFilter.GaussianBlur(_SOFTENED)))
    slant = _slant_of(gray)
    if slant:
        turned = Image.fromarray(gray).rotate(slant, Image.Resampling.BICUBIC, fillcolor=255)
        gray = np.array(turned)
    ink = ink_of(gray)
    level = _long_runs(_thickened(ink), _SHORTEST_LEVEL)
    upright = _long_runs(_thickened(ink.T), _SHORTEST_UPRIGHT)
    rulings = (*_rulings(level, upright=False), *_rulings(upright, upright=True))
    lines = _thickened(level) | _thickened(upright).T
    gray[lines] = 255
    return PageImage(gray, rulings, slant)


def ink_of(gray: Gray) -> Mask:
    """Where there is ink."""
    mask: Mask = gray < round(255 * _INK)
    return mask


def ink_bounds(gray: Gray) -> tuple[int, int, int, int] | None:
    """The box around all ink (left, top, right, bottom); None where there is at most dust."""
    ink = ink_of(gray)
    solid = ink[1:, 1:] & ink[1:, :-1] & ink[:-1, 1:] & ink[:-1, :-1]
    if np.count_nonzero(solid) < _FEWEST_INK:
        return None
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    height, width = gray.shape
    return (
        max(int(columns[0]) - _FRINGE, 0),
        max(int(rows[0]) - _FRINGE, 0),
        min(int(columns[-1]) + 2 + _FRINGE, width),
        min(int(rows[-1]) + 2 + _FRINGE, height),
    )


def lines_of(gray: Gray) -> list[tuple[int, int]]:
    """The lines of print in a picture of one column, each from its top to its bottom."""
    inked = np.pad(ink_of(gray).any(axis=1), 1).astype(np.int8)
    edges = np.diff(inked)
    tops, bottoms = np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist()
    tallest = max((bottom - top for top, bottom in zip(tops, bottoms, strict=True)), default=0)
    lines: list[tuple[int, int]] = []
    for top, bottom in zip(tops, bottoms, strict=True):
        # 三 alone on a line falls into three pieces, none of them as tall as a line.
        if lines and bottom - lines[-1][0] <= tallest * _ONE_LINE:
            lines[-1] = (lines[-1][0], bottom)
        else:
            lines.append((top, bottom))
    return lines


def _evenly_lit(picture: Image.Image) -> Gray:
    """The picture with its paper made white, also where a shadow fell on a photograph."""
    small = picture.reduce(_PAPER_GRAIN).filter(ImageFilter.MaxFilter(5))
    blurred = small.filter(ImageFilter.BoxBlur(4))
    paper = np.asarray(blurred.resize(picture.size, Image.Resampling.BILINEAR), dtype=np.float32)
    lit = np.asarray(picture, dtype=np.float32) * (255 / np.maximum(paper, 32))
    return np.minimum(lit, 255).astype(np.uint8)


def _slant_of(gray: Gray) -> float:
    """The angle by which the page must be turned, in degrees; 0 when it is straight already.

    Lines of print and rulings are level when the rows of pixels differ most in ink.
    """
    small = np.asarray(Image.fromarray(gray).reduce(_REDUCTION))
    ys, xs = np.nonzero(ink_of(small))
    if len(ys) == 0:
        return 0.0
    best = 0.0
    for step, reach in ((0.5, _STEEPEST), (0.1, 0.5), (0.02, 0.1)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = max((float(angle) for angle in angles), key=lambda a: _evenness(ys, xs, a))
    return best if abs(best) > _STRAIGHT else 0.0


def _evenness(ys: NDArray[np.intp], xs: NDArray[np.intp], angle: float) -> float:
    rows = np.rint(ys - xs * np.tan(np.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.square(counts).sum())


def _thickened(mask: Mask) -> Mask:
    """The mask grown by a pixel above and below, so that a line a hair aslant stays one run."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    return grown


def _long_runs(mask: Mask, length: int) -> Mask:
    """The pixels that lie in a level run of at least `length`."""
    return _spread(_starts(mask, length), length)


def _starts(mask: Mask, length: int) -> Mask:
    """Where a run of `length` begins; found by doubling."""
    reached = 1
    while reached < length:
        step = min(reached, length - reached)
        moved = np.zeros_like(mask)
        moved[:, :-step] = mask[:, step:]
        mask = mask & moved
        reached += step
    return mask


def _spread(mask: Mask, length: int) -> Mask:
    reached = 1
    while reached < length:
        step = min(reached, length - reached)
        moved = np.zeros_like(mask)
        moved[:, step:] = mask[:, :-step]
        mask = mask | moved
        reached += step
    return mask


def _rulings(mask: Mask, *, upright: bool) -> Iterator[Ruling]:
    """Each run of the mask as a ruling; a thick line gives several, one under the other."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    for at, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        yield Ruling(at, start, at, end, True) if upright else Ruling(start, at, end, at, False)
