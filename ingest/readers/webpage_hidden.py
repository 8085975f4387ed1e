"""What a visitor of a page does not see, or sees otherwise than the letters say, in its tree.

Hidden and struck-out text is taken out, raised letters are marked as such, what is filled into a
form becomes text. The invariant: where something that may show a number is taken out of a table's
cell, a frame (`FRAME`) stays, so that the cell is not taken for a blank one.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from ingest.readers.webpage_styles import FRAME, add_frame, is_beside_others

STRUCK_TAGS = frozenset({"s", "strike", "del"})


def any_of(*steps: str) -> etree.XPath:
    """The elements that one of these steps leads to, in document order.

    A union of plain steps takes a tenth of the time of one step with conditions joined by `or`.
    """
    return etree.XPath(" | ".join(f"descendant-or-self::{step}" for step in steps))


_MAY_BE_HIDDEN = any_of(
    "*/@style/..", "*/@hidden/..", "*/@aria-hidden/..", "*/@class/..", "*/@id/..", "bdo"
)
_STYLED = any_of("*/@style/..")
_LEGIBLE = re.compile(r"\w")

_HIDING_STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0+)?(?:;|!|$)|text-indent:-\d{3,}"
    r"|(?:left|top):-\d{3,}|font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|!|$)"
    r"|clip:rect\(0|clip-path:inset\((?:50|100)%|transform:scale\(0\)|unicode-bidi:\w+-override"
    r"|(?:^|;)color:(?:transparent|rgba\(\d+,\d+,\d+,0(?:\.0+)?\))"
)
_NO_ROOM = re.compile(r"(?:^|;)(?:max-)?(?:height|width):0(?:px)?(?:;|!|$)")
_KEEPS_ITS_PLACE = re.compile(r"visibility:hidden|opacity:0|font-size:0|color:")
_WHITE_STYLE = re.compile(r"(?:^|;)color:(?:#fff(?:fff)?|white|rgb\(255,255,255\))(?:;|!|$)")
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_RAISED_STYLE = re.compile(r"vertical-align:(super|sub)(?:;|!|$)")
_MEDIA_RULES = re.compile(r"@[\w-]+[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/", re.DOTALL)
_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
# Names by which frameworks hide text from the eye; their style sheets are not in the file.
_UNSEEN_NAMES = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"})
# Names believed of a part of a table only: a script may show a larger part of the page again.
_HIDING_NAMES = frozenset({"d-none", "hidden", "hide"})
_PARTS_OF_TABLES = frozenset({"tr", "td", "th", "span", "font", "b", "i", "em"})
_CELLS = ("td", "th")
_TEXT_FIELDS = frozenset({"", "text", "number", "tel"})


def show_fields(root: etree._Element) -> None:
    """Make text of what is filled into the cells of a table: a page that was saved as a form."""
    for field in list(root.iter("input", "textarea")):
        cell = _cell_around(field)
        if cell is None or (cell.text and cell.text.strip()):
            continue
        if field.tag == "textarea":
            field.tag = "span"
        elif field.get("type", "").lower() in _TEXT_FIELDS and field.get("value"):
            field.tag, field.text = "span", field.get("value")


def drop_hidden(root: etree._Element) -> bool:
    """Take hidden elements out; whether text that reads like content was among them."""
    hiding = frozenset(_hiding_selectors(root))
    dropped = False
    for element in found_by(_MAY_BE_HIDDEN, root):
        attributes = {str(name): str(value) for name, value in element.items()}
        if is_hidden(str(element.tag), attributes, hiding) or _is_white(element):
            is_legible = bool(_LEGIBLE.search(text_of(element)))
            dropped |= is_legible
            (leave_frame if is_legible else remove)(element)
        elif _WHITE_STYLE.search(_style_of(element)) and is_beside_others(element):
            add_frame(element)
    return dropped


def is_hidden(tag: str, attributes: Mapping[str, str], hiding: frozenset[str]) -> bool:
    """Whether an element is not shown, by its attributes or by the selectors that hide.

    Letters shown from right to left count as not shown: their order in the file is another one.
    """
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if tag == "bdo" and attributes.get("dir", "").lower() == "rtl":
        return True
    style = "".join(attributes.get("style", "").lower().split())
    if style and (_HIDING_STYLE.search(style) or _is_without_room(style)):
        return True
    names = set(attributes.get("class", "").split())
    if names & _UNSEEN_NAMES or (tag in _PARTS_OF_TABLES and names & _HIDING_NAMES):
        return True
    if not hiding:
        return False
    return not hiding.isdisjoint({f".{n}" for n in names} | {f"#{attributes.get('id', '')}"})


def _is_without_room(style: str) -> bool:
    return "overflow:hidden" in style and _NO_ROOM.search(style) is not None


def _is_white(element: etree._Element) -> bool:
    """White letters with nothing around them that could have given them a dark ground."""
    style = _style_of(element)
    if not _WHITE_STYLE.search(style) or "background" in style:
        return False
    around = [element, *element.iterancestors()]
    return not any(
        e.get("class") or e.get("bgcolor") or "background" in e.get("style", "") for e in around
    )


def _hiding_selectors(root: etree._Element) -> Iterator[str]:
    """Classes and identifiers that the page's own style sheet hides on every medium."""
    for sheet in root.iter("style"):
        for selectors, rule in _STYLE_RULE.findall(_MEDIA_RULES.sub("", sheet.text or "")):
            if "display:none" in "".join(rule.lower().split()):
                for selector in selectors.split(","):
                    if _SIMPLE_SELECTOR.fullmatch(selector.strip()):
                        yield selector.strip()


def drop_struck(root: etree._Element) -> bool:
    """Take out what is struck through, and notes above letters (ruby); whether any was struck."""
    for note in list(root.iter("rt", "rp")):
        remove(note)
    struck = list(root.iter(*STRUCK_TAGS))
    struck += [e for e in found_by(_STYLED, root) if _STRUCK_STYLE.search(_style_of(e))]
    legible = [element for element in struck if _LEGIBLE.search(text_of(element))]
    for element in legible:
        leave_frame(element)
    return bool(legible)


def mark_raised(root: etree._Element) -> None:
    """Make `sup` and `sub` of letters that only their style raises or lowers."""
    for element in found_by(_STYLED, root):
        raised = _RAISED_STYLE.search(_style_of(element))
        if raised and element.tag in _PARTS_OF_TABLES - {*_CELLS, "tr"}:
            element.tag = "sup" if raised[1] == "super" else "sub"


def leave_frame(element: etree._Element) -> None:
    """Take an element out of the tree; in a cell a frame stays where it was."""
    if element.tag in _CELLS and _KEEPS_ITS_PLACE.search(_style_of(element)):
        del element[:]
        element.text = None
        add_frame(element)
        return
    if element.tag in _PARTS_OF_TABLES & {*_CELLS, "tr"} or _cell_around(element) is None:
        remove(element)
        return
    frame = etree.Element(FRAME)
    frame.tail = element.tail
    element.getparent().replace(element, frame)  # type: ignore[union-attr]


def remove(element: etree._Element) -> None:
    """Take an element out of the tree and leave the text after it where it is."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def found_by(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    """The elements that a path finds under the root."""
    found = path(root)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, etree._Element)]


def text_of(element: etree._Element) -> str:
    """All text inside an element, white space as it stands."""
    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def _style_of(element: etree._Element) -> str:
    return "".join(element.get("style", "").lower().split())


def _cell_around(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(*_CELLS), None)
