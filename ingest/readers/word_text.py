"""The text of one Word paragraph as a reader of the printed page sees it.

Field codes, deleted and hidden text are left out; what was left out and why is remembered, so that
the document can say so. Raised digits become "¹²³", because a footnote mark glued to a number would
make another number of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.word_numbering import Numbering, W
from ingest.readers.word_sight import Sight, is_set

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
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
        self._sight = Sight(styles)
        self._remarks = remarks
        # Per open field: whether its code is still being spelled. A field code is not text.
        self._fields: list[bool] = []

    def text(self, paragraph: etree._Element) -> str:
        """The paragraph's text with its automatic number; a line break is a newline character."""
        properties = paragraph.find(W + "pPr")
        label = self._numbering.label(properties)
        self._fields.clear()
        self._sight.start_paragraph(properties)
        text = "".join(self._pieces(paragraph))
        # A number before nothing but digits would be read as part of them.
        if not label or not any(character.isalpha() for character in text):
            self._remarks.omitted |= any(map(str.isalnum, label))
            return text
        gap = " " if label[-1].isdigit() and text[0].isdigit() else ""
        return label + gap + text

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        for child in element.iterchildren(etree.Element):
            name = local_name(child)
            if name == "r":
                yield from self._run(child)
            elif name in _DROPPED:
                self._remarks.changes = True
            elif name == "AlternateContent":
                yield from self._pieces(_alternative(child))
            elif name not in _TEXTLESS:
                self._remarks.omitted |= _is_shown_otherwise(name, child)
                self._remarks.changes |= name in _KEPT
                yield from self._pieces(child)

    def _run(self, run: etree._Element) -> Iterator[str]:
        pieces = "".join(self._run_pieces(run))
        if not pieces:
            return
        is_legible = bool(pieces.strip())
        letters = self._sight.of(run, run.find(W + "rPr"), pieces)
        if letters.is_hidden or letters.is_struck:
            self._remarks.hidden |= is_legible and letters.is_hidden
            self._remarks.struck |= is_legible and not letters.is_hidden
            self._remarks.omitted |= is_legible
            return
        self._remarks.omitted |= is_legible and letters.is_crowded
        if letters.is_pale:
            self._remarks.white |= is_legible
        else:
            self._remarks.inked |= is_legible
        marks = _MARKS.get(letters.raised)
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
                    yield from self._pieces(child)
                else:
                    yield _CHARACTERS.get(name, "")

    def _turn_field(self, mark: etree._Element) -> None:
        """A field whose result is not in the file, or is out of date, shows what cannot be read."""
        kind = mark.get(W + "fldCharType", "")
        self._remarks.omitted |= is_set(mark, "dirty")
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._remarks.omitted |= self._fields.pop()


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


def _is_shown_otherwise(name: str, element: etree._Element) -> bool:
    """Whether what is inside is shown in another order or place, or is only a prompt to be typed over."""
    if name == "bdo":
        return element.get(W + "val") == "rtl"
    if name == "sdt":
        return element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    if name == "fldSimple":
        return is_set(element, "dirty")
    return name == "oMath" and any(local_name(e) in _STACKED for e in element.iter(etree.Element))
