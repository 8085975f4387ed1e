"""What the `style` of an element does to its letters: hides, strikes, raises, moves or whitens them.

Knows CSS declarations, no tree. A page pasted from an office program has thousands of elements with
a dozen different styles, so a style is judged once, however many elements have it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0+)?(?:;|!|$)|text-indent:-\d{3,}"
    r"|(?:left|top):-\d{3,}|font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|!|$)"
    r"|clip:rect\(0|clip-path:inset\((?:50|100)%|transform:scale\(0\)|unicode-bidi:\w+-override"
    r"|(?:^|;)color:(?:transparent|rgba\(\d+,\d+,\d+,0(?:\.0+)?\))"
)
_NO_ROOM = re.compile(r"(?:^|;)(?:max-)?(?:height|width):0(?:px)?(?:;|!|$)")
_KEEPING_ITS_PLACE = re.compile(r"visibility:hidden|opacity:0|font-size:0|color:")
# White, or so pale that nobody can tell it from the paper.
PALE = (
    r"(?:#(?:fff|(?:f[2-9a-f]){3})|white|whitesmoke|snow|ivory|ghostwhite|floralwhite|mintcream"
    r"|rgb\((?:(?:24[2-9]|25[0-5]),?){3}\))"
)
_WHITE = re.compile(rf"(?:^|;)color:{PALE}(?:;|!|$)")
_STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_RAISED = re.compile(r"vertical-align:(super|sub)(?:;|!|$)")
_REARRANGED = re.compile(r"flex-direction:(?:row|column)-reverse|(?:^|;)order:-?[1-9]")
_SHIFTED = re.compile(r"float:right|position:absolute|(?:^|;)background(?:-image)?:[^;]*url\(")

_STYLES = etree.XPath("descendant-or-self::*/@style", smart_strings=False)


@dataclass(frozen=True, slots=True)
class InlineStyle:
    """A style's declarations, lower case and without spaces, and what they do to the letters.

    `keeps_place` tells of hidden letters whose room stays free, `raised` is "super" or "sub",
    `is_rearranged` of letters in another order, `is_shifted` of letters in another place.
    """

    declared: str
    hides: bool
    keeps_place: bool
    is_white: bool
    is_struck: bool
    raised: str | None
    is_rearranged: bool
    is_shifted: bool

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
    is_without_room = "overflow:hidden" in plain and _NO_ROOM.search(plain) is not None
    return InlineStyle(
        declared=plain,
        hides=_HIDING.search(plain) is not None or is_without_room,
        keeps_place=_KEEPING_ITS_PLACE.search(plain) is not None,
        is_white=_WHITE.search(plain) is not None,
        is_struck=_STRUCK.search(plain) is not None,
        raised=raised[1] if raised else None,
        is_rearranged=_REARRANGED.search(plain) is not None,
        is_shifted=_SHIFTED.search(plain) is not None,
    )


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
