"""Pages as a scanner or a camera delivers them: pictures, straight or aslant, clean or dirty."""

import io
from collections.abc import Sequence

import numpy as np
import pypdfium2
from PIL import Image

_DPI = 300


def pictures_of(pdf: bytes) -> list[Image.Image]:
    """The pages of a PDF as clean grey pictures."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            page.render(scale=_DPI / 72, grayscale=True).to_pil().convert("L") for page in document
        ]


def spoilt(
    picture: Image.Image, *, slant: float = 0, noise: float = 0, seed: int = 0
) -> Image.Image:
    """The picture turned by `slant` degrees, with grey noise and dust of this strength."""
    chance = np.random.default_rng(seed)
    turned = picture.rotate(slant, Image.Resampling.BICUBIC, fillcolor=255)
    gray = np.asarray(turned, dtype=np.float32)
    gray = 30 + gray * 0.8 + chance.normal(0, noise, gray.shape).astype(np.float32)
    dust = chance.random(gray.shape) < noise / 20_000
    return Image.fromarray(np.clip(np.where(dust, 0, gray), 0, 255).astype(np.uint8))


def as_picture_pdf(pictures: Sequence[Image.Image]) -> bytes:
    """A PDF that holds nothing but the pictures, each as large as its page."""
    return _saved(pictures, "PDF", resolution=_DPI, quality=90)


def as_tiff(pictures: Sequence[Image.Image]) -> bytes:
    """One TIFF file of several pages."""
    return _saved(pictures, "TIFF", compression="tiff_lzw", dpi=(_DPI, _DPI))


def as_png(picture: Image.Image) -> bytes:
    """A PNG file."""
    return _saved([picture], "PNG")


def as_jpeg(picture: Image.Image) -> bytes:
    """A JPEG file as a camera writes it."""
    return _saved([picture], "JPEG", quality=85)


def _saved(pictures: Sequence[Image.Image], kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    first, *others = pictures
    several = {"save_all": True, "append_images": others} if others else {}
    first.save(buffer, kind, **several, **options)
    return buffer.getvalue()
