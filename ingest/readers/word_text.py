"""The text of one Word paragraph as a reader of the printed page sees it.

Field codes, deleted and hidden text are left out; what was left out and why is remembered, so that
the document can say so. Raised digits become "¹²³", because a footnote mark glued to a number would
make another number of it.
"""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.word_numbering import Numbering, W, style_chain, value_of

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = frozenset({"0", "false", "off", "none"})
_WHITE = "FFFFFF"
_PALEST = 0xF2
_SHADED = (W + "p", W + "tc")
_PAPER = frozenset({"background1", "light1"})
# Numbers that Word works out when it shows the page, and formulas that stand on several levels.
_COMPUTED = frozenset(
    {"pgNum", "dayLong", "dayShort", "monthLong", "monthShort", "yearLong", "yearShort"}
)
_STACKED = frozenset({"f", "sSup", "sSub", "sSubSup", "sPre", "rad", "nary", "m", "eqArr"})
_MARKS = {
    "superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TEXTLESS = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "Fallback", "txbxContent"})
_DROPPED = frozenset({"del", "moveFrom"})
_KEPT = frozenset({"ins", "moveTo"})


@dataclass(slots=True)
class Remarks:
    """What was met on the way: tracked changes, hidden text, text boxes still to be read.

    `omitted` says that something was left out or is shown that is no text, a picture say; `white`
    and `inked` that letters were white, and that some were not. Whoever reads a cell resets them.
    """

    changes: bool = False
    hidden: bool = False
    struck: bool = False
    omitted: bool = False
    white: bool = False
    inked: bool = False
    boxes: list[etree._Element] = field(default_factory=list)

    def start_cell(self) -> None:
        """Forget what was met in the cell before."""
        self.omitted = self.white = self.inked = False

    def cell_doubt(self, text: str) -> str | None:
        """The doubt about the cell just read: something stands in it beside its text."""
        if not (self.omitted or (self.white and self.inked)):
            return None
        return "hidden-text" if text.strip() else "unreadable"


class TextReader:
    """Reads paragraphs in the order of the document."""

    def __init__(
        self, styles: etree._Element | None, numbering: Numbering, remarks: Remarks
    ) -> None:
        self._numbering = numbering
        self._hiding_styles = frozenset(_styles_that(styles, "vanish"))
        self._striking_styles = frozenset(_styles_that(styles, "strike", "dstrike"))
        self._remarks = remarks
        self._striking = False
        # Per open field: whether its code is still being spelled. A field code is not text.
        self._fields: list[bool] = []

    def text(self, paragraph: etree._Element) -> str:
        """The paragraph's text with its automatic number; a line break is a newline character."""
        properties = paragraph.find(W + "pPr")
        label = self._numbering.label(properties)
        self._fields.clear()
        style = value_of(properties, W + "pStyle")
        hiding, self._striking = style in self._hiding_styles, style in self._striking_styles
        text = "".join(self._pieces(paragraph, hiding))
        # A number before nothing but digits would be read as part of them.
        if not label or not any(character.isalpha() for character in text):
            self._remarks.omitted |= any(map(str.isalnum, label))
            return text
        gap = " " if label[-1].isdigit() and text[0].isdigit() else ""
        return label + gap + text

    def _pieces(self, element: etree._Element, hiding: bool) -> Iterator[str]:
        for child in element.iterchildren(etree.Element):
            name = local_name(child)
            if name == "r":
                yield from self._run(child, hiding)
            elif name in _DROPPED:
                self._remarks.changes = True
            elif name == "AlternateContent":
                yield from self._pieces(_alternative(child), hiding)
            elif name not in _TEXTLESS:
                self._remarks.omitted |= _is_shown_otherwise(name, child)
                self._remarks.changes |= name in _KEPT
                yield from self._pieces(child, hiding)

    def _run(self, run: etree._Element, hiding: bool) -> Iterator[str]:
        properties = run.find(W + "rPr")
        pieces = "".join(self._run_pieces(run))
        if not pieces:
            return
        is_legible = bool(pieces.strip())
        if hiding or self._is_hidden(run, properties):
            self._remarks.hidden |= is_legible
            self._remarks.omitted |= is_legible
            return
        if self._is_struck(properties):
            self._remarks.struck |= is_legible
            self._remarks.omitted |= is_legible
            return
        if _is_pale(properties):
            self._remarks.white |= is_legible
        else:
            self._remarks.inked |= is_legible
        marks = _MARKS.get(_raised(properties))
        yield pieces.translate(marks) if marks else pieces

    def _run_pieces(self, run: etree._Element) -> Iterator[str]:
        for child in run.iterchildren(etree.Element):
            name = local_name(child)
            if name == "fldChar":
                self._turn_field(child)
            elif name in {"drawing", "pict", "object", "AlternateContent"}:
                chosen = _alternative(child) if name == "AlternateContent" else child
                boxes = list(_outermost_boxes(chosen))
                self._remarks.boxes += boxes
                self._remarks.omitted |= not boxes
            elif name == "sym" or name in _COMPUTED:
                self._remarks.omitted = True
            elif not any(self._fields):
                if name == "t":
                    yield child.text or ""
                elif name == "ruby":
                    yield from self._pieces(child, hiding=False)
                else:
                    yield _CHARACTERS.get(name, "")

    def _turn_field(self, mark: etree._Element) -> None:
        """A field whose result is not in the file, or is out of date, shows what cannot be read."""
        kind = mark.get(W + "fldCharType", "")
        self._remarks.omitted |= _is_set(mark, "dirty")
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._remarks.omitted |= self._fields.pop()

    def _is_hidden(self, run: etree._Element, properties: etree._Element | None) -> bool:
        if properties is None:
            return False
        return (
            _is_on(properties.find(W + "vanish"))
            or value_of(properties, W + "rStyle") in self._hiding_styles
            or value_of(properties, W + "sz") in {"1", "2"}
            or _is_white_on_white(run, properties)
            or _is_lost_in_ground(run, properties)
        )

    def _is_struck(self, properties: etree._Element | None) -> bool:
        if properties is None:
            return self._striking
        own = [properties.find(W + name) for name in ("strike", "dstrike")]
        if any(toggle is not None for toggle in own):
            return any(map(_is_on, own))
        return self._striking or value_of(properties, W + "rStyle") in self._striking_styles


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _alternative(element: etree._Element) -> etree._Element:
    """The one of several renderings that a present-day Word shows."""
    for name in ("Choice", "Fallback"):
        found = element.find(MC + name)
        if found is not None:
            return found
    return element


def _outermost_boxes(element: etree._Element) -> Iterator[etree._Element]:
    for child in element.iterchildren(etree.Element):
        name = local_name(child)
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            yield from _outermost_boxes(_alternative(child))
        else:
            yield from _outermost_boxes(child)


def _raised(properties: etree._Element | None) -> str:
    """How the letters of a run stand: raised, lowered, or neither."""
    position = value_of(properties, W + "position") or "0"
    if position.strip("+-0123456789") == "" and position.strip("+-0"):
        return "subscript" if position.startswith("-") else "superscript"
    return value_of(properties, W + "vertAlign") or ""


def _is_shown_otherwise(name: str, element: etree._Element) -> bool:
    """Whether what is inside is shown in another order or place, or is only a prompt to be typed over."""
    if name == "bdo":
        return element.get(W + "val") == "rtl"
    if name == "sdt":
        return element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    if name == "fldSimple":
        return _is_set(element, "dirty")
    return name == "oMath" and any(local_name(e) in _STACKED for e in element.iter(etree.Element))


def _is_set(element: etree._Element, name: str) -> bool:
    return element.get(W + name, "0").lower() not in _OFF


def _is_pale(properties: etree._Element | None) -> bool:
    """Whether the letters are as good as white."""
    if properties is None or (color := properties.find(W + "color")) is None:
        return False
    if color.get(W + "themeColor") in _PAPER and color.get(W + "themeShade") is None:
        return True
    value = color.get(W + "val", "")
    if len(value) != len(_WHITE) or not set(value) <= set(string.hexdigits):
        return False
    return min(bytes.fromhex(value)) >= _PALEST


def _is_on(toggle: etree._Element | None) -> bool:
    return toggle is not None and toggle.get(W + "val", "1").lower() not in _OFF


def _is_white_on_white(run: etree._Element, properties: etree._Element) -> bool:
    """White text that no shading, its table's style included, could make legible."""
    if not _is_pale(properties):
        return False
    if properties.find(W + "shd") is not None or properties.find(W + "highlight") is not None:
        return False
    shaded = (
        f"{W}pPr/{W}shd",
        f"{W}tcPr/{W}shd",
        f"{W}tblPr/{W}shd",
        f"{W}tblPr/{W}tblStyle",
    )
    ancestors = run.iterancestors(W + "p", W + "tc", W + "tbl")
    return not any(a.find(path) is not None for a in ancestors for path in shaded)


def _is_lost_in_ground(run: etree._Element, properties: etree._Element) -> bool:
    """Whether letters have the colour of the shading that they stand on."""
    color = (value_of(properties, W + "color") or "").lower()
    if len(color) != len(_WHITE):
        return False
    around = (properties, *(a.find(f"{W}{local_name(a)}Pr") for a in run.iterancestors(*_SHADED)))
    shadings = (each.find(W + "shd") for each in around if each is not None)
    ground = next((shading for shading in shadings if shading is not None), None)
    return ground is not None and ground.get(W + "fill", "").lower() == color


def _styles_that(styles: etree._Element | None, *toggles: str) -> Iterator[str]:
    """The styles that switch one of these properties of letters on."""
    if styles is None:
        return
    by_id: Mapping[str, etree._Element] = {
        style.get(W + "styleId", ""): style for style in styles.iterfind(W + "style")
    }
    for style_id in by_id:
        for ancestor in style_chain(by_id, style_id):
            set_here = [ancestor.find(f"{W}rPr/{W}{name}") for name in toggles]
            if any(toggle is not None for toggle in set_here):
                if any(map(_is_on, set_here)):
                    yield style_id
                break
