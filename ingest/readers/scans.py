"""Pages of a PDF that are pictures → what is printed on them, recognised.

Draws the pages with pdfium and hands them to the recogniser, two at a time, until a deadline: what
is not done by then stays unread and is named by the caller. Memory stays that of a few pages. Pages
that lie on their side or upside down are turned first.
"""

import os
import resource
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pypdfium2
from PIL import Image

from ingest.readers.page_image import DPI
from ingest.readers.pdf_page import PdfPage, Turn
from ingest.readers.recognition import recognise_page
from ingest.readers.tesseract import RecogniserFailed, clockwise_turn, is_installed

# Where nobody set a limit on this process.
_SECONDS = 14.0
# The alarm of a process that reads files comes so long after the limit that its parent keeps.
_AFTER_LIMIT = 5.0
# What is read by then must still be made a report, on a machine that may be busy.
_SHARE = 0.65
_AT_ONCE = 2
# A page is drawn at 300 pixels to the inch; one larger than A3 only claims to be, and is drawn as A4.
_LARGEST_PAGE = 1250.0
_A4_HEIGHT = 842.0
# Which way the text of a page runs that must be turned so far clockwise.
_TURNS: Mapping[int, Turn] = {90: "left", 180: "over", 270: "right"}
_REDUCTION = 8
_INK = 0.8


def recognise_scans(data: bytes, numbers: Sequence[int]) -> Iterator[PdfPage]:
    """The pages with these numbers (from 1), as far as they can be recognised, in any order.

    Nothing where no recogniser is installed.
    """
    if not numbers or not is_installed():
        return
    deadline = time.monotonic() + seconds_to_spend()
    _widen_processor_time()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    with document, ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:
        # Whether the pages may lie otherwise: the first ones and those after a page that does.
        wary = True
        for start in range(0, len(numbers), _AT_ONCE):
            if time.monotonic() > deadline:
                return
            drawn = [_draw(document, number) for number in numbers[start : start + _AT_ONCE]]
            read = partial(_recognised, deadline=deadline, wary=wary)
            pages = [page for page in pool.map(read, filter(None, drawn)) if page is not None]
            wary = any(page.turn != "none" for page in pages)
            yield from pages


def seconds_to_spend() -> float:
    """How long recognising may take: most of what is left of this process's own limit on time."""
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    return max((left - _AFTER_LIMIT) * _SHARE, 1.0) if left else _SECONDS


def _widen_processor_time() -> None:
    """Lift this process's limit: it ends readers that hang, and recognising keeps its own deadline."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page as a picture; `scale` is how many points of the page one point of the picture is."""

    number: int
    picture: Image.Image
    scale: float


def _draw(document: pypdfium2.PdfDocument, number: int) -> _Drawn | None:
    try:
        page = document[number - 1]
        longest = max(page.get_size())
        scale = longest / _A4_HEIGHT if longest > _LARGEST_PAGE else 1.0
        bitmap = page.render(scale=DPI / 72 / scale, grayscale=True)
        picture: Image.Image = bitmap.to_pil().convert("L")
        bitmap.close()
        page.close()
    except pypdfium2.PdfiumError:
        return None
    return _Drawn(number, picture, scale)


def _recognised(drawn: _Drawn, deadline: float, wary: bool) -> PdfPage | None:
    degrees = 0
    if wary or _runs_down(drawn.picture):
        half = np.asarray(drawn.picture.reduce(2))
        degrees = clockwise_turn(half, seconds=deadline - time.monotonic())
    upright = drawn.picture.rotate(-degrees, expand=True) if degrees else drawn.picture
    try:
        page = recognise_page(upright, drawn.number, deadline)
    except RecogniserFailed:
        return None
    turn = _TURNS.get(degrees, "none")
    return replace(page, scale=drawn.scale, turn=turn) if page.glyphs else None


def _runs_down(picture: Image.Image) -> bool:
    """Whether the lines of print seem to run from top to bottom: columns differ most in ink."""
    small = np.asarray(picture.reduce(_REDUCTION))
    ink = small < small.mean() * _INK
    down, across = (np.square(ink.sum(axis=axis).astype(float)).mean() for axis in (0, 1))
    return bool(down * small.shape[1] > across * small.shape[0])
