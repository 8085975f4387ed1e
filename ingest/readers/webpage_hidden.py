"""What a visitor of a page does not see, or sees otherwise than the letters say, in its tree.

Hidden and struck-out text is taken out, raised letters are marked as such, what is filled into a
form becomes text. The invariant: where something that may show a number is taken out of a table's
cell, a frame (`FRAME`) stays, so that the cell is not taken for a blank one.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, partial

from lxml import etree

from ingest.readers.css_colours import WHITE, Colour, colour_of, is_lost_on, is_pale
from ingest.readers.inline_style import InlineStyle, inline_style, style_of, styles_in
from ingest.readers.webpage_styles import (
    FRAME,
    STYLE_RULE,
    add_frame,
    is_beside_others,
    on_screen,
    sheets_of,
)

STRUCK_TAGS = frozenset({"s", "strike", "del"})


def any_of(*steps: str) -> etree.XPath:
    """The elements that one of these steps leads to, in document order.

    A union of plain steps takes a tenth of the time of one step with conditions joined by `or`.
    """
    return etree.XPath(" | ".join(f"descendant-or-self::{step}" for step in steps))


_HIDING_BY_NAME = ("*/@hidden/..", "*/@aria-hidden/..", "*/@class/..", "*/@id/..", "bdo")
_MAY_BE_NAMED_HIDDEN = any_of(*_HIDING_BY_NAME)
_MAY_BE_HIDDEN = any_of("*/@style/..", *_HIDING_BY_NAME)
_STYLED = any_of("*/@style/..")
_LEGIBLE = re.compile(r"\w")

_DISPLAY = re.compile(r"(?:^|;)display:([\w-]+)")
# The classes and identifiers of the element itself: .page .tab.on
_NAMES = re.compile(r"[.#][\w-]+(?=[.#\w-]*$)")
_LONGEST_SELECTOR = 200
_SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
# Names by which frameworks hide text from the eye; their style sheets are not in the file.
_UNSEEN_NAMES = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"})
# Names believed of a part of a table only: a script may show a larger part of the page again.
_HIDING_NAMES = frozenset({"d-none", "hidden", "hide"})
_PARTS_OF_TABLES = frozenset({"tr", "td", "th", "span", "font", "b", "i", "em"})
_CELLS = ("td", "th")
# They are as large as what they hold, whatever size they are given.
_GROWING = frozenset({*_CELLS, "tr", "table"})
# A page that hides more of its text than this shows it by a script; a shorter text is no page's.
_MOST_HIDDEN = 0.6
_SHORTEST_PAGE = 500
_CHINESE = re.compile("[\u3400-\u9fff]")
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
    hiding = _hiding_selectors(root)
    dropped = False
    styles = styles_in(root)
    lost = _lost_colours(styles)
    length = cache(partial(_length, root))
    is_dark = bool(lost) and _has_dark_ground(root)
    is_styled = bool(lost) or any(s.hides or s.is_roomless or s.is_tiny for s in styles)
    for element in found_by(_MAY_BE_HIDDEN if is_styled else _MAY_BE_NAMED_HIDDEN, root):
        if is_hidden(str(element.tag), element.get, hiding):
            is_gone: bool | None = not _is_shown_all_the_same(element, length)
        else:
            is_gone = bool(lost) and _is_lost(element, lost, is_dark)
        if is_gone:
            is_legible = bool(_LEGIBLE.search(text_of(element)))
            dropped |= is_legible
            (leave_frame if is_legible else remove)(element)
        elif is_gone is None and (is_dark or is_beside_others(element)):
            add_frame(element)
    return dropped


@dataclass(frozen=True, slots=True)
class Hiding:
    """What a style sheet hides: classes and identifiers (.tab), and which of them it shows (.tab.on)."""

    selectors: frozenset[str] = frozenset()
    shown: tuple[frozenset[str], ...] = ()


def is_hidden(tag: str, attribute: Callable[[str], str | None], hiding: Hiding) -> bool:
    """Whether an element is not shown, by its attributes or by what a style sheet hides.

    `attribute` gives the value of an attribute by its name. Letters shown from right to left count
    as not shown: their order in the file is another one.
    """
    if attribute("hidden") is not None or attribute("aria-hidden") == "true":
        return True
    if tag == "bdo" and (attribute("dir") or "").lower() == "rtl":
        return True
    style = inline_style(attribute("style") or "")
    if style.hides or style.is_tiny or (style.is_roomless and tag not in _GROWING):
        return True
    names = set((attribute("class") or "").split())
    if names & _UNSEEN_NAMES or (tag in _PARTS_OF_TABLES and names & _HIDING_NAMES):
        return True
    if not hiding.selectors or "display:" in style.declared:
        return False
    known = {f".{n}" for n in names} | {f"#{attribute('id') or ''}"}
    if hiding.selectors.isdisjoint(known):
        return False
    return not any(shown <= known for shown in hiding.shown)


def _is_shown_all_the_same(element: etree._Element, length: Callable[[], int]) -> bool:
    """Whether letters inside have a size of their own, or a script is bound to show most of a page.

    `length` gives how much text the page has.
    """
    style = style_of(element)
    if style.is_tiny and not style.hides and any(_has_size(e) for e in element.iterdescendants()):
        return True
    if element.tag in _PARTS_OF_TABLES or _cell_around(element) is not None:
        return False
    size = _length(element)
    return size > _SHORTEST_PAGE and size > _MOST_HIDDEN * length()


def _length(element: etree._Element) -> int:
    """How many Chinese characters an element holds."""
    return len(_CHINESE.findall(text_of(element)))


def _has_size(element: etree._Element) -> bool:
    style = style_of(element)
    return "font-size" in style.declared and not style.is_tiny


def _lost_colours(styles: Collection[InlineStyle]) -> frozenset[Colour]:
    """The colours of letters that are white, or the colour of some ground of the page."""
    grounds = {style.ground for style in styles if style.ground} | {WHITE}
    colours = {style.colour for style in styles if style.colour}
    colours |= {WHITE for style in styles if style.is_white}
    return frozenset(c for c in colours if is_pale(c) or any(is_lost_on(c, g) for g in grounds))


def _is_lost(element: etree._Element, lost: frozenset[Colour], is_dark: bool) -> bool | None:
    """Whether letters have the colour of their ground; None for white ones on an unknown one."""
    style = style_of(element)
    if not style.is_white and style.colour not in lost:
        return False
    ground = style.ground or _ground_around(element)
    if style.colour and ground:
        return is_lost_on(style.colour, ground)
    if not style.is_white:
        return False
    is_in_cell = element.tag in _CELLS or _cell_around(element) is not None
    if style.has_ground or (is_dark and is_in_cell):
        return None
    around = [element, *element.iterancestors()]
    is_unknown = any(
        e.get("class") or e.get("bgcolor") or "background" in e.get("style", "") for e in around
    )
    return None if is_unknown else True


def _ground_around(element: etree._Element) -> Colour | None:
    """What an element stands on, None where a class may say so."""
    around = element
    while not around.get("class"):
        parent = around.getparent()
        if parent is None:
            return None
        around = parent
        ground = style_of(around).ground or colour_of(around.get("bgcolor", ""))
        if ground:
            return ground
    return None


def _has_dark_ground(root: etree._Element) -> bool:
    """Whether the page's own style sheet gives anything a ground that white letters show on."""
    rules = (rule for sheet in sheets_of(root) for _, rule in STYLE_RULE.findall(on_screen(sheet)))
    grounds = (inline_style(rule).ground for rule in rules if "background" in rule)
    return any(ground and not is_pale(ground) for ground in grounds)


def _hiding_selectors(root: etree._Element) -> Hiding:
    """What the page's own style sheet hides and does not show again."""
    displayed: dict[str, bool] = {}
    for sheet in sheets_of(root):
        for selectors, rule in STYLE_RULE.findall(on_screen(sheet)):
            display = _DISPLAY.findall("".join(rule.lower().split()))
            for selector in selectors.split(",") if display else ():
                displayed[selector.strip()] = display[-1] != "none"
    hidden = (name for name, is_shown in displayed.items() if not is_shown)
    shown = (
        _NAMES.findall(name)
        for name, is_shown in displayed.items()
        if is_shown and len(name) <= _LONGEST_SELECTOR
    )
    return Hiding(
        frozenset(name for name in hidden if _SIMPLE_SELECTOR.fullmatch(name)),
        tuple(frozenset(names) for names in shown if len(names) > 1),
    )


def drop_struck(root: etree._Element) -> bool:
    """Take out what is struck through, and notes above letters (ruby); whether any was struck."""
    for note in list(root.iter("rt", "rp")):
        remove(note)
    struck = list(root.iter(*STRUCK_TAGS))
    if any(style.is_struck for style in styles_in(root)):
        struck += [e for e in found_by(_STYLED, root) if style_of(e).is_struck]
    legible = [element for element in struck if _LEGIBLE.search(text_of(element))]
    for element in legible:
        leave_frame(element)
    return bool(legible)


def mark_raised(root: etree._Element) -> None:
    """Make `sup` and `sub` of letters that only their style raises or lowers."""
    if not any(style.raised for style in styles_in(root)):
        return
    for element in found_by(_STYLED, root):
        raised = style_of(element).raised
        if raised and element.tag in _PARTS_OF_TABLES - {*_CELLS, "tr"}:
            element.tag = "sup" if raised == "super" else "sub"


def leave_frame(element: etree._Element) -> None:
    """Take an element out of the tree; in a cell a frame stays where it was."""
    if element.tag in _CELLS and style_of(element).keeps_place:
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


def _cell_around(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(*_CELLS), None)
