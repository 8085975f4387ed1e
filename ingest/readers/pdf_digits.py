"""Whether the digits of a PDF look like what its text layer says, by drawing some of each font.

A font brought along by the file may number its glyphs as it likes, and its map to Unicode may be
wrong: then the page shows other digits than can be copied. Only pictures tell. Each digit of each
such font is drawn once, and again elsewhere before it is called wrong. The invariant: a page is
proven only when a digit of each of its fonts was drawn; what there was no time for is named.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pypdfium2
from PIL import Image, ImageOps

from ingest.readers.digit_shapes import may_be
from ingest.readers.pdf_page import ON_ITS_SIDE, DigitSample, PdfPage

# As tall as the box of a letter is drawn, in pixels.
_HEIGHT = 64
_SAMPLES = 3
# Of the processor's time, which no busy machine shortens; a tenth of a second is enough as a rule.
_SECONDS = 4.0
# Pictures on a page as large as this are kept drawn while its digits are looked at: 90 MB.
_MOST_PIXELS_BEHIND = 30_000_000
_MIDDLE_GRAY = 128
_TURNED_BACK = {
    "left": Image.Transpose.ROTATE_270,
    "right": Image.Transpose.ROTATE_90,
    "over": Image.Transpose.ROTATE_180,
}


@dataclass(frozen=True, slots=True)
class DigitsSeen:
    """The pages whose digits look otherwise than they read, and those not looked at in time."""

    false: frozenset[int] = frozenset()
    unproven: frozenset[int] = frozenset()


def look_at_digits(data: bytes, pages: Iterable[PdfPage]) -> DigitsSeen:
    """What the digits of these pages look like; nothing is said of a file that cannot be drawn."""
    fonts = _fonts_of(pages)
    if not fonts:
        return DigitsSeen()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return DigitsSeen(unproven=frozenset(page for font in fonts for page in font.pages))
    false: set[int] = set()
    unproven: set[int] = set()
    with document:
        sight = _Sight(document)
        for font in fonts:
            seen = sight.is_false(font)
            if seen is None:
                unproven |= font.pages
            elif seen:
                false |= font.pages
        sight.close()
    return DigitsSeen(frozenset(false), frozenset(unproven))


@dataclass(slots=True)
class _Font:
    """The samples of a font by what they read, those before small pictures first."""

    pages: set[int] = field(default_factory=set)
    samples: dict[str, list[DigitSample]] = field(default_factory=lambda: defaultdict(list))


def _fonts_of(pages: Iterable[PdfPage]) -> Sequence[_Font]:
    fonts: dict[object, _Font] = defaultdict(_Font)
    for page in sorted(pages, key=lambda page: page.pixels):
        for sample in page.digits:
            font = fonts[sample.font]
            font.pages.add(page.number)
            if page.pixels <= _MOST_PIXELS_BEHIND:
                font.samples[sample.reads].append(sample)
    return list(fonts.values())


class _Sight:
    """Draws digits of a document, as long as there is time; holds the page it drew from last."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._until = time.thread_time() + _SECONDS
        self._number = 0
        self._page: pypdfium2.PdfPage | None = None

    def is_false(self, font: _Font) -> bool | None:
        """Whether a digit of the font shows another one in all its pictures; None without time."""
        if not font.samples:
            return None
        for found in font.samples.values():
            if time.thread_time() > self._until:
                return None
            if all(self._differs(sample) for sample in found[:_SAMPLES]):
                return True
        return False

    def _differs(self, sample: DigitSample) -> bool:
        return sample.reads not in may_be(self._drawn(sample))

    def _drawn(self, sample: DigitSample) -> Image.Image:
        """The digit, dark on light, whatever its colours."""
        page = self._open(sample.page)
        width, height = page.get_size()
        left, top, right, bottom = sample.box
        tall = right - left if sample.turn in ON_ITS_SIDE else bottom - top
        picture: Image.Image = page.render(
            scale=_HEIGHT / max(tall, 1.0),
            crop=(max(left, 0), max(height - bottom, 0), max(width - right, 0), max(top, 0)),
            grayscale=True,
        ).to_pil()
        back = _TURNED_BACK.get(sample.turn)
        return _dark_on_light(picture if back is None else picture.transpose(back))

    def _open(self, number: int) -> pypdfium2.PdfPage:
        """The page; an open one keeps its pictures unpacked, which takes most of the time."""
        if self._page is None or number != self._number:
            self.close()
            self._page, self._number = self._document[number - 1], number
        return self._page

    def close(self) -> None:
        """Let go of the page that was drawn last."""
        if self._page is not None:
            self._page.close()
            self._page = None


def _dark_on_light(picture: Image.Image) -> Image.Image:
    """The picture with the ground, its commonest gray, made white and what differs most, black."""
    gray = picture.convert("L")
    counts = gray.histogram()
    ground = counts.index(max(counts))
    return ImageOps.autocontrast(ImageOps.invert(gray) if ground < _MIDDLE_GRAY else gray)
