"""What a reader of the printed page sees of a Word document's letters, by their properties.

Letters may be switched off, as good as white, of the colour they stand on, too small, squeezed or
clipped to nothing, struck out, raised. Properties come from the run, its style, the paragraph's
style and the defaults of the document, the nearest one first. Reads no text and builds nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.readers.css_colours import WHITE, Colour, colour_of, is_lost_on, is_pale
from ingest.readers.word_numbering import W, style_chain, value_of

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OFF = frozenset({"0", "false", "off", "none"})
_DIGITS_OF_COLOUR = 6
_PAPER = frozenset({"background1", "light1"})
_SHADED = (W + "p", W + "tc", W + "tbl")
_HIGHLIGHTS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "white": "FFFFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
# The size of letters where none is given, in half points, and the largest that nobody can read.
_USUAL_SIZE = 21
_UNREAD_SIZE = 4
# The narrowest letters that can be read, in percent of their usual width: Word's own list ends at 33.
_LEAST_WIDTH = 15
# A digit is half as wide as its letters are high: in twips, for each half point of their size.
_DIGIT_WIDTH = 5
# Lines and rows of this exact height, in twips, and a page's width: nothing of a letter is seen.
_FLAT = 60
_PAGE_WIDTH = 11_000
_OPAQUE = 90_000
_MOST_DIGITS = 9
_PROPERTIES = frozenset(
    W + name
    for name in (
        "vanish", "strike", "dstrike", "color", "shd", "highlight", "sz", "w", "fitText", "spacing",
        "position", "vertAlign", "eastAsianLayout",
    )
) | {W14 + "textFill"}  # fmt: skip

_Properties = Mapping[str, etree._Element]


@dataclass(frozen=True, slots=True)
class Letters:
    """How the letters of a run look.

    `raised` is "superscript", "subscript" or empty; `is_crowded` says that letters lie over one
    another or stand in two lines.
    """

    is_hidden: bool = False
    is_struck: bool = False
    is_pale: bool = False
    is_crowded: bool = False
    raised: str = ""


_PLAIN = Letters()


class Sight:
    """Judges the runs of a document by its styles."""

    def __init__(self, styles: etree._Element | None) -> None:
        found = () if styles is None else styles.iterchildren(W + "style")
        self._by_id = {style.get(W + "styleId", ""): style for style in found}
        # Of the styles in use: what they say of letters, and whether their lines have no height.
        self._styles: dict[str, tuple[_Properties, bool]] = {"": ({}, False)}
        defaults = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._defaults = dict(_telling(defaults))
        self._around: _Properties = self._defaults
        self._is_flat = self._is_plain = False

    def start_paragraph(self, properties: etree._Element | None) -> None:
        """Take the style of the paragraph that the next runs belong to."""
        style = "" if properties is None else value_of(properties, W + "pStyle") or ""
        own, is_flat = self._style(style)
        self._around = {**self._defaults, **own} if own else self._defaults
        self._is_flat = is_flat or _is_flat(properties)
        self._is_plain = not self._is_flat and _is_plain(self._around)

    def of(self, run: etree._Element, properties: etree._Element | None, text: str) -> Letters:
        """How the letters of a run with these properties look."""
        if properties is None and self._is_plain:
            return _PLAIN
        known = dict(self._around)
        if properties is not None:
            known |= self._style(value_of(properties, W + "rStyle") or "")[0]
            known |= _telling(properties)
        if not self._is_flat and _is_plain(known):
            return _PLAIN
        colour = _colour(known)
        return Letters(
            is_hidden=self._is_flat
            or _is_too_small(known, text)
            or self._is_lost(run, known, colour),
            is_struck=_is_on(known.get(W + "strike")) or _is_on(known.get(W + "dstrike")),
            is_pale=colour is not None and is_pale(colour),
            is_crowded=_is_crowded(known),
            raised=_raised(known),
        )

    def _is_lost(self, run: etree._Element, known: _Properties, colour: Colour | None) -> bool:
        """Whether letters are switched off, see-through, or of the colour that they stand on."""
        if _is_on(known.get(W + "vanish")) or _is_see_through(known.get(W14 + "textFill")):
            return True
        ground = self._ground(run, known) if colour else None
        return colour is not None and ground is not None and is_lost_on(colour, ground)

    def _ground(self, run: etree._Element, known: _Properties) -> Colour | None:
        """What the letters of a run stand on; None where it cannot be told."""
        highlight = known.get(W + "highlight")
        marked = None if highlight is None else _HIGHLIGHTS.get(highlight.get(W + "val", ""))
        if marked:
            return _rgb(marked)
        shading = known.get(W + "shd")
        for around in (None, *run.iterancestors(*_SHADED)):
            own = None if around is None else around.find(f"{around.tag}Pr")
            shading = shading if around is None else _find(own, "shd")
            if shading is not None and (_fill(shading) or _is_patterned(shading)):
                return _fill(shading)
            if around is not None and around.tag == W + "tbl" and self._may_shade(own):
                return None
        return WHITE

    def _may_shade(self, properties: etree._Element | None) -> bool:
        chain = style_chain(self._by_id, value_of(properties, W + "tblStyle") or "")
        return any(next(style.iter(W + "shd"), None) is not None for style in chain)

    def _style(self, name: str) -> tuple[_Properties, bool]:
        if name not in self._styles:
            chain = list(style_chain(self._by_id, name))
            said = [pair for style in reversed(chain) for pair in _telling(style.find(W + "rPr"))]
            self._styles[name] = dict(said), any(_is_flat(each.find(W + "pPr")) for each in chain)
        return self._styles[name]


def is_flat_row(properties: etree._Element) -> bool:
    """Whether a row of a table, by its properties, is so low that nothing of it is seen."""
    height = properties.find(W + "trHeight")
    if height is None or height.get(W + "hRule") != "exact":
        return False
    return _whole(height.get(W + "val"), _FLAT + 1) <= _FLAT


def is_set(element: etree._Element, name: str) -> bool:
    """Whether an attribute that is on or off is on."""
    return element.get(W + name, "0").lower() not in _OFF


def _telling(properties: etree._Element | None) -> Iterator[tuple[str, etree._Element]]:
    if properties is None:
        return
    for child in properties:
        if child.tag in _PROPERTIES:
            yield child.tag, child


def _is_plain(known: _Properties) -> bool:
    """Whether nothing but the size of letters is said, and they can be read."""
    return not known or (len(known) == 1 and _number(known, "sz", 0) > _UNREAD_SIZE)


def _is_on(toggle: etree._Element | None) -> bool:
    return toggle is not None and toggle.get(W + "val", "1").lower() not in _OFF


def _number(known: _Properties, name: str, otherwise: int) -> int:
    found = known.get(W + name)
    return otherwise if found is None else _whole(found.get(W + "val"), otherwise)


def _whole(text: str | None, otherwise: int) -> int:
    digits = (text or "").removesuffix("%").strip()
    is_number = len(digits) <= _MOST_DIGITS and digits.removeprefix("-").isdecimal()
    return int(digits) if is_number else otherwise


def _is_too_small(known: _Properties, text: str) -> bool:
    size = _number(known, "sz", _USUAL_SIZE)
    if size <= _UNREAD_SIZE or _number(known, "w", 100) <= _LEAST_WIDTH:
        return True
    usual = len(text) * size * _DIGIT_WIDTH
    return _number(known, "fitText", usual) * 100 <= usual * _LEAST_WIDTH


def _is_crowded(known: _Properties) -> bool:
    """Whether letters are drawn over their neighbours, or two lines of them in one."""
    size = _number(known, "sz", _USUAL_SIZE)
    layout = known.get(W + "eastAsianLayout")
    combined = layout is not None and is_set(layout, "combine")
    return combined or -2 * _number(known, "spacing", 0) > size * _DIGIT_WIDTH


def _is_flat(properties: etree._Element | None) -> bool:
    """Whether a paragraph's lines have no height, or stand beside the page."""
    if properties is None:
        return False
    spacing, indent = properties.find(W + "spacing"), properties.find(W + "ind")
    if spacing is not None and spacing.get(W + "lineRule") == "exact":
        return _whole(spacing.get(W + "line"), _FLAT + 1) <= _FLAT
    if indent is None:
        return False
    return any(abs(_whole(str(value), 0)) >= _PAGE_WIDTH for value in indent.attrib.values())


def _raised(known: _Properties) -> str:
    """How the letters of a run stand: raised, lowered, or neither."""
    position = _number(known, "position", 0)
    if position:
        return "subscript" if position < 0 else "superscript"
    align = known.get(W + "vertAlign")
    return "" if align is None else align.get(W + "val", "")


# --- Colours --------------------------------------------------------------------------------------


def _colour(known: _Properties) -> Colour | None:
    """The colour of letters, None where Word chooses one that can be read."""
    fill = known.get(W14 + "textFill")
    named = None if fill is None else next(fill.iter(W14 + "srgbClr"), None)
    if named is not None:
        return _rgb(named.get(W14 + "val"))
    colour = known.get(W + "color")
    if colour is None:
        return None
    if colour.get(W + "themeColor") in _PAPER and colour.get(W + "themeShade") is None:
        return WHITE
    return _rgb(colour.get(W + "val"))


def _is_see_through(fill: etree._Element | None) -> bool:
    if fill is None:
        return False
    alphas = [_whole(alpha.get(W14 + "val"), 0) for alpha in fill.iter(W14 + "alpha")]
    return fill.find(W14 + "noFill") is not None or max(alphas, default=0) >= _OPAQUE


def _find(properties: etree._Element | None, name: str) -> etree._Element | None:
    return None if properties is None else properties.find(W + name)


def _fill(shading: etree._Element) -> Colour | None:
    is_solid = shading.get(W + "val") == "solid"
    return _rgb(shading.get(W + ("color" if is_solid else "fill")))


def _is_patterned(shading: etree._Element) -> bool:
    """Whether a shading has a colour of the document's theme, or a pattern of two colours."""
    themed = any(shading.get(W + name) is not None for name in ("themeFill", "themeColor"))
    return themed or shading.get(W + "val", "clear") not in {"clear", "nil"}


def _rgb(text: str | None) -> Colour | None:
    return colour_of(f"#{text}") if text and len(text) == _DIGITS_OF_COLOUR else None
