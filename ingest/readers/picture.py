"""A picture of pages (PNG, JPEG, TIFF, …) → Layout, by making a PDF of it that is then read as a scan.

Judges the size by the picture's head before anything is unpacked. Photographs are turned upright
as the camera says, and brought to the size of a sheet of paper.
"""

import io
import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from PIL import Image, ImageOps, ImageSequence

from ingest.errors import UnreadableFile
from ingest.readers import pdf
from ingest.readers.layout import Layout
from ingest.readers.page_image import DPI
from ingest.readers.tesseract import INSTALL, is_installed

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
# A sheet of A3 at 600 pixels to the inch has 70 million pixels; 30000 by 30000 is a trick.
_MOST_PIXELS = 100_000_000
_MOST_PAGES = 50
# The short side of A4 at 300 pixels to the inch; small pictures gain nothing from more than this.
_SHORT_SIDE = 2480
_LARGEST_GROWTH = 3.0
_QUALITY = 95


def read(data: bytes, name: str) -> Layout:
    """The layout of a picture, recognised. Raises UnreadableFile, also without a recogniser."""
    if not is_installed():
        raise UnreadableFile(
            f"《{name}》是图片，需要文字识别程序才能读取。"
            f"请安装（{INSTALL}），或上传报告的 Word、PDF 文件。"
        )
    pages, media_type = _opened(data, name, 0, None)
    return replace(pdf.read(pages, name), media_type=media_type)


def page_as_pdf(data: bytes, name: str, number: int) -> bytes:
    """Page `number` of a picture, from 1, as the PDF of one page in whose points its boxes are.

    Raises UnreadableFile, also where there is no such page.
    """
    return _opened(data, name, number - 1, number)[0]


def _opened(data: bytes, name: str, start: int, stop: int | None) -> tuple[bytes, str]:
    """The pages from `start` up to `stop` as a PDF, and the picture's media type."""
    try:
        with warnings.catch_warnings():
            # The size is judged below, with a sentence of its own.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                media_type = picture.get_format_mimetype() or "image/*"
                return _as_pdf(islice(_sheets(picture, name), start, stop), name), media_type
    except Image.DecompressionBombError:
        raise _too_large(name) from None
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableFile(
            f"《{name}》已损坏或不完整，不是可读的图片。请重新拍摄或扫描。"
        ) from error


def _sheets(picture: Image.Image, name: str) -> Iterator[Image.Image]:
    """Each page of the picture, grey, upright and as large as a sheet of paper."""
    for number, page in enumerate(ImageSequence.Iterator(picture), start=1):
        if page.width * page.height > _MOST_PIXELS:
            raise _too_large(name)
        if number > _MOST_PAGES:
            raise UnreadableFile(
                f"《{name}》超过 {_MOST_PAGES} 页，没有读取。请只保留年度报告部分。"
            )
        upright = ImageOps.exif_transpose(page)
        if "A" in upright.getbands() or "transparency" in upright.info:
            ground = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(ground, upright.convert("RGBA"))
        growth = min(_SHORT_SIDE / min(upright.size), _LARGEST_GROWTH)
        size = (max(round(upright.width * growth), 1), max(round(upright.height * growth), 1))
        yield upright.convert("L").resize(size, Image.Resampling.LANCZOS)


def _as_pdf(sheets: Iterator[Image.Image], name: str) -> bytes:
    buffer = io.BytesIO()
    first = next(sheets, None)
    if first is None:
        raise UnreadableFile(f"《{name}》没有这一页。")
    first.save(buffer, "PDF", save_all=True, append_images=sheets, resolution=DPI, quality=_QUALITY)
    return buffer.getvalue()


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile(f"《{name}》的图像过大，没有识别。请以每英寸 300 点的精度重新扫描。")
