"""Whether the digits of a PDF look like what its text layer says, by drawing some of each font.

A font brought along by the file may number its glyphs as it likes, and its map to Unicode may be
wrong: then the page shows other digits than can be copied. Only pictures tell. Each digit of each
such font is drawn once, and again elsewhere before it is called wrong.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import pypdfium2
from PIL import Image

from ingest.readers.digit_shapes import may_be
from ingest.readers.pdf_page import DigitSample

# As tall as the box of a letter is drawn, in pixels.
_HEIGHT = 64
_SAMPLES = 3
# No file is looked at for longer; looking takes a tenth of a second as a rule.
_SECONDS = 4.0
_QUARTERS = {"left": Image.Transpose.ROTATE_270, "right": Image.Transpose.ROTATE_90}


def pages_with_false_digits(data: bytes, samples: Iterable[DigitSample]) -> Iterator[int]:
    """The pages on which a font shows other digits than it reads; none where nothing is drawn."""
    by_font: dict[str, dict[str, list[DigitSample]]] = defaultdict(lambda: defaultdict(list))
    for sample in samples:
        by_font[sample.font][sample.reads].append(sample)
    if not by_font:
        return
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    with document:
        until = time.monotonic() + _SECONDS
        for digits in by_font.values():
            if time.monotonic() > until:
                return
            if any(_is_false(document, found[:_SAMPLES]) for found in digits.values()):
                yield from {sample.page for found in digits.values() for sample in found}


def _is_false(document: pypdfium2.PdfDocument, samples: Sequence[DigitSample]) -> bool:
    """Whether none of the pictures of a digit may show it."""
    return all(sample.reads not in may_be(_drawn(document, sample)) for sample in samples)


def _drawn(document: pypdfium2.PdfDocument, sample: DigitSample) -> Image.Image:
    page = document[sample.page - 1]
    width, height = page.get_size()
    left, top, right, bottom = sample.box
    tall = right - left if sample.turn in _QUARTERS else bottom - top
    picture: Image.Image = page.render(
        scale=_HEIGHT / max(tall, 1.0),
        crop=(max(left, 0), max(height - bottom, 0), max(width - right, 0), max(top, 0)),
        grayscale=True,
    ).to_pil()
    page.close()
    quarter = _QUARTERS.get(sample.turn)
    return picture.transpose(quarter) if quarter is not None else picture
