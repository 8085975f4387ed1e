"""Colours as style sheets and attributes write them, and whether letters in one can be seen.

Knows colours alone: where they stand, and on what, is for others to say.
"""

import re
from functools import lru_cache

from PIL import ImageColor

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
# Letters paler than this cannot be told from the paper.
_PALEST = 0xF2
# Letters whose colour is nearer to that of their ground than this cannot be told from it.
_LEAST_CONTRAST = 0x18
# What lets more of its ground through than this is not seen.
FAINTEST = 0.1
# rgba(0,0,0,.5)  hsla(0,0%,100%,50%)   a colour and how much of it there is
_WITH_SHARE = re.compile(r"(rgb|hsl)a?\(([^,]+,[^,]+,[^,]+),([^,]+)\)")


@lru_cache(maxsize=256)
def colour_of(text: str) -> Colour | None:
    """The colour that a text without spaces names; None where it names none, or a see-through one.

    >>> colour_of("#F5F5F5"), colour_of("rgb(100%,0%,0%)"), colour_of("transparent")
    ((245, 245, 245), (255, 0, 0), None)
    """
    parted = _WITH_SHARE.fullmatch(text.lower())
    try:
        colour = ImageColor.getrgb(f"{parted[1]}({parted[2]})" if parted else text)
    except ValueError:
        return None
    return None if is_clear(text) else (colour[0], colour[1], colour[2])


@lru_cache(maxsize=256)
def is_clear(text: str) -> bool:
    """Whether the colour that a text names lets its ground through.

    >>> is_clear("transparent"), is_clear("rgba(0,0,0,0.0)"), is_clear("#ffffff00"), is_clear("red")
    (True, True, True, False)
    """
    plain = text.lower()
    parted = _WITH_SHARE.fullmatch(plain)
    if parted:
        return share_of(parted[3]) <= FAINTEST
    if re.fullmatch(r"#[0-9a-f]{4}|#[0-9a-f]{8}", plain):
        return ImageColor.getrgb(plain)[-1] <= FAINTEST * 255
    return plain == "transparent"


def share_of(text: str) -> float:
    """A share of one as style sheets write it, ".5" or "50%"; one where it is something else."""
    number = text.removesuffix("%")
    try:
        return float(number) / (100 if number != text else 1)
    except ValueError:
        return 1.0


def is_pale(colour: Colour) -> bool:
    """Whether nobody can tell letters of this colour from white paper."""
    return min(colour) >= _PALEST


def is_lost_on(colour: Colour, ground: Colour) -> bool:
    """Whether nobody can tell letters of this colour from their ground."""
    return max(abs(a - b) for a, b in zip(colour, ground, strict=True)) < _LEAST_CONTRAST
