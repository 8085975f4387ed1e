"""What the `style` of an element does to its letters: hides, strikes, raises, moves or whitens them.

Knows CSS declarations, no tree. A page pasted from an office program has thousands of elements with
a dozen different styles, so a style is judged once, however many elements have it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from ingest.readers.css_colours import FAINTEST, Colour, colour_of, is_clear, is_pale, share_of

_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|(?:text-indent|margin-left|left|top):-\d{3,}"
    r"|clip:rect\(0|clip-path:inset\((?:50|100)%|unicode-bidi:\w+-override"
)
# Letters of two pixels, or of a seventh of the size around them, are no letters to anybody.
_SIZE = re.compile(r"font-size:(\d{0,6}\.?\d{1,6})(px|pt|em|rem|%)?(?:;|!|$)")
_LEAST_SIZE = {None: 2.0, "px": 2.0, "pt": 1.5, "em": 0.15, "rem": 0.15, "%": 15.0}
_SCALE = re.compile(
    r"transform:[^;]*scale[xy]?\((-?\d{0,6}\.?\d{1,6})(?:,(-?\d{0,6}\.?\d{1,6}))?\)"
)
_LEAST_SCALE = 0.15
_OPACITY = re.compile(r"opacity[:(](\d{0,6}\.?\d{1,6}%?)")
_NO_ROOM = re.compile(r"(?:^|;)(?:max-)?(?:height|width):[0-2](?:px)?(?:;|!|$)")
_CUT_OFF = re.compile(r"overflow(?:-[xy])?:(?:hidden|clip)")
# Letters so near to one another lie over each other: a digit is half as wide as it is high.
_SPACING = re.compile(r"letter-spacing:-(\d{0,6}\.?\d{1,6})(px|pt|em)")
_MOST_SPACING = {"px": 5.0, "pt": 4.0, "em": 0.35}
_KEEPING_ITS_PLACE = re.compile(r"visibility:hidden|opacity|font-size|color:|transform")
_COLOUR = re.compile(r"(?:^|;)(?:color|-webkit-text-fill-color):([^;!]+)")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]+)")
_STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_RAISED = re.compile(r"vertical-align:(super|sub)(?:;|!|$)")
_REARRANGED = re.compile(r"flex-direction:(?:row|column)-reverse|(?:^|;)order:-?[1-9]")
_SHIFTED = re.compile(r"float:right|position:absolute|(?:^|;)background(?:-image)?:[^;]*url\(")

_STYLES = etree.XPath("descendant-or-self::*/@style", smart_strings=False)


@dataclass(frozen=True, slots=True)
class InlineStyle:
    """A style's declarations, lower case and without spaces, and what they do to the letters.

    `is_roomless` tells of letters that have no room, `is_tiny` of letters too small to be seen, which
    cells and letters of their own size inside may have. `keeps_place` tells of hidden letters whose room stays free, `raised` is "super" or "sub",
    `is_rearranged` of letters in another order, `is_shifted` of letters in another place or over
    each other. `colour` is that of the letters and `ground` what they stand on, None where the style
    says nothing of it.
    """

    declared: str
    hides: bool
    is_roomless: bool
    is_tiny: bool
    keeps_place: bool
    is_white: bool
    is_struck: bool
    raised: str | None
    is_rearranged: bool
    is_shifted: bool
    colour: Colour | None
    ground: Colour | None

    @property
    def has_ground(self) -> bool:
        """Whether the letters stand on a ground of their own."""
        return "background" in self.declared


@lru_cache(maxsize=1024)
def inline_style(style: str) -> InlineStyle:
    """The text of a `style` attribute, judged.

    >>> inline_style("Visibility: hidden").hides, inline_style("color:#FFF").is_white
    (True, True)
    """
    plain = "".join(style.lower().split())
    raised = _RAISED.search(plain)
    colours = _COLOUR.findall(plain)
    named = list(filter(None, map(colour_of, colours)))
    grounds = list(filter(None, map(colour_of, _GROUND.findall(plain))))
    return InlineStyle(
        declared=plain,
        hides=_hides(plain) or any(map(is_clear, colours)),
        is_roomless=bool(_CUT_OFF.search(plain) and _NO_ROOM.search(plain)),
        is_tiny=any(float(n) <= _LEAST_SIZE[unit or None] for n, unit in _SIZE.findall(plain)),
        keeps_place=_KEEPING_ITS_PLACE.search(plain) is not None,
        is_white=any(map(is_pale, named)),
        is_struck=_STRUCK.search(plain) is not None,
        raised=raised[1] if raised else None,
        is_rearranged=_REARRANGED.search(plain) is not None,
        is_shifted=_SHIFTED.search(plain) is not None or _lies_over(plain),
        colour=named[-1] if named else None,
        ground=grounds[-1] if grounds else None,
    )


def _hides(plain: str) -> bool:
    """Whether declarations without spaces take letters out of sight, whatever colour and room."""
    if _HIDING.search(plain):
        return True
    if any(share_of(share) <= FAINTEST for share in _OPACITY.findall(plain)):
        return True
    scales = [float(scale) for pair in _SCALE.findall(plain) for scale in pair if scale]
    return any(abs(scale) <= _LEAST_SCALE for scale in scales)


def _lies_over(plain: str) -> bool:
    return any(float(gap) >= _MOST_SPACING[unit] for gap, unit in _SPACING.findall(plain))


def style_of(element: etree._Element) -> InlineStyle:
    """What the style of an element does."""
    return inline_style(element.get("style", ""))


def styles_in(root: etree._Element) -> frozenset[InlineStyle]:
    """The different styles of all elements under the root, itself included."""
    return frozenset(map(inline_style, values_of(_STYLES, root)))


def values_of(path: etree.XPath, root: etree._Element) -> frozenset[str]:
    """The different values of the attributes that a path finds under the root."""
    found = path(root)
    assert isinstance(found, list)
    return frozenset(map(str, found))
