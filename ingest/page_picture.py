"""The part of a PDF's or a scanned picture's page that a place names, with the place outlined.

Drawn by a child process under limits of its own, like every other look into a file from outside:
a hostile page costs a picture, nothing more. What cannot be drawn is None, never an error, because
the same place is shown as text beside it.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.report import Box, Place

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

_START = "from ingest.page_picture import serve; serve()"
_PACKAGES = Path(__file__).parents[1]
_SECONDS = 10
_MEMORY_BYTES = 1024 * 1024 * 1024
# What may stand before the mark of a PDF, in bytes.
_PDF_HEAD = 1024
# Pixels across; a page of any size is drawn no wider.
_WIDTH = 1200
# Steps to a PDF point where places are counted in whole steps.
_FINENESS = 8
# What is shown of the page above and below the place, in PDF points; the heads stand above.
_ABOVE = 66
_BELOW = 34
# The tallest part that is drawn, in PDF points: a long quotation is cut.
_TALLEST = 420
# White that is left around what is printed, in pixels.
_MARGIN = 16
_OUTLINE = (208, 120, 0)
_WASH = (255, 238, 170)


def picture_of(path: Path, place: Place) -> bytes | None:
    """The place as PNG; None for a place without a page and for a file that cannot be drawn."""
    if place.page is None or (place.box is None and not place.quote):
        return None
    request = {"path": str(path), "page": place.page, "box": place.box, "quote": place.quote}
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-X", "utf8", "-c", _START],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=_SECONDS,
            env={"PYTHONPATH": str(_PACKAGES)},
            start_new_session=True,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    return child.stdout if child.returncode == 0 and child.stdout else None


def serve() -> None:
    """The child's side: one request on standard input, one picture on standard output."""
    for kind, most in ((resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_AS, _MEMORY_BYTES)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(
            kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )
    request = json.load(sys.stdin)
    pdf, number = _page_in_pdf(Path(request["path"]), request["page"])
    picture = draw(
        pdf,
        number,
        [tuple(request["box"])] if request["box"] else [],
        request["quote"] or "",
    )
    sys.stdout.buffer.write(picture or b"")


def _page_in_pdf(path: Path, number: int) -> tuple[bytes, int]:
    """The PDF to draw from, and the page in it; a picture becomes the PDF that it was read as."""
    data = path.read_bytes()
    if b"%PDF-" in data[:_PDF_HEAD]:
        return data, number
    from ingest.readers.picture import page_as_pdf

    return page_as_pdf(data, path.name, number), 1


def draw(pdf: bytes, number: int, boxes: Sequence[Box], quote: str) -> bytes | None:
    """Page `number` around the boxes, or around the quote where no box is given, as PNG."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    with suppress(IndexError):
        page = document[number - 1]
        found = list(boxes) or quote_boxes(page, quote)
        return _drawn(page, found) if found else None
    return None


def quote_boxes(page: "PdfPage", quote: str) -> list[Box]:
    """Where the quote's lines stand on the page, white space aside; empty when they do not."""
    from pypdfium2 import raw

    text = page.get_textpage()
    codes = [raw.FPDFText_GetUnicode(text.raw, index) for index in range(text.count_chars())]
    kept = [(index, chr(code)) for index, code in enumerate(codes) if not chr(code).isspace()]
    wanted = "".join(quote.split())
    start = "".join(letter for _, letter in kept).find(wanted)
    if start < 0 or not wanted:
        return []
    first, last = kept[start][0], kept[start + len(wanted) - 1][0]
    rectangles = range(text.count_rects(first, last - first + 1))
    return [_as_shown(page, text.get_rect(index)) for index in rectangles]


def _as_shown(page: "PdfPage", rectangle: Box) -> Box:
    """A rectangle in the coordinates of the file as a box on the page as it is shown.

    A page may be turned, and its edges cut off.
    """
    from ctypes import byref, c_int

    from pypdfium2 import raw

    width, height = (round(side * _FINENESS) for side in page.get_size())
    corners = []
    for x, y in (rectangle[:2], rectangle[2:]):
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, byref(across), byref(down))
        corners.append((across.value / _FINENESS, down.value / _FINENESS))
    (left, right), (upper, lower) = (sorted(sides) for sides in zip(*corners, strict=True))
    return left, upper, right, lower


def _drawn(page: "PdfPage", boxes: Sequence[Box]) -> bytes:
    width, height = page.get_size()
    top = max(0.0, min(box[1] for box in boxes) - _ABOVE)
    bottom = min(height, max(box[3] for box in boxes) + _BELOW, top + _TALLEST)
    scale = _WIDTH / width
    bitmap = page.render(scale=scale, crop=(0, height - bottom, 0, top))
    image = bitmap.to_pil().convert("RGB")
    shifted = [(left, upper - top, right, lower - top) for left, upper, right, lower in boxes]
    return _marked(image, [(scale * a, scale * b, scale * c, scale * d) for a, b, c, d in shifted])


def _marked(image: "Image", boxes: Sequence[Box]) -> bytes:
    """The picture as PNG with the boxes, in pixels, washed over and outlined; ink stays dark."""
    from PIL import Image, ImageChops, ImageDraw

    wash = Image.new("RGB", image.size, "white")
    brush = ImageDraw.Draw(wash)
    for left, upper, right, lower in boxes:
        brush.rectangle((left - 2, upper - 2, right + 2, lower + 2), _WASH, _OUTLINE, width=3)
    marked = ImageChops.multiply(image, wash)
    inked = ImageChops.difference(marked, Image.new("RGB", image.size, "white")).getbbox()
    left, upper, right, lower = inked or (0, 0, *image.size)
    edge = (left - _MARGIN, upper - _MARGIN, right + _MARGIN, lower + _MARGIN)
    inside = (
        max(0, edge[0]),
        max(0, edge[1]),
        min(image.width, edge[2]),
        min(image.height, edge[3]),
    )
    out = BytesIO()
    marked.crop(inside).quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()
