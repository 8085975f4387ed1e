"""What a page's own style sheet does to the cells of its tables, put where it can be seen: on them.

A style sheet may hide a digit, raise it, strike it out, show it in another place or order, or add
one that is no text of the page. Declarations that may do so are written into the `style` of the
elements they apply to; where a rule adds something or changes the order, a frame is put there, so
that the cell is doubted. Selectors that depend on more than the tree of the page are passed over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.readers.css_colours import colour_of, is_pale
from ingest.readers.inline_style import InlineStyle, inline_style, style_of, styles_in, values_of

FRAME = "img"
"""The element that stands for what is shown in a cell and cannot be read."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(
    r"@(?P<kind>[\w-]+)(?P<when>[^{};@]*)\{(?P<rules>(?:[^{}]*\{[^{}]*\})*)[^{}]*\}"
)
# What sets rules apart that hold all the same in a browser of today.
_HOLDING = frozenset({"media", "supports", "layer"})
# The screen on which a page is read here: an office computer's.
_SCREEN_PX = 1280
_WIDTH = re.compile(r"(min|max)(?:-device)?-width:(\d+)(?:\.\d+)?(px|em|rem)")
_EM_PX = 16
# It begins behind a brace: tried at each letter, an unclosed sheet takes minutes.
STYLE_RULE = re.compile(r"(?<![^{}])([^{}]+)\{([^{}]*)\}")
"""One rule of a style sheet: its selectors and what it declares."""

_TELLING = re.compile(
    r"(?:^|;)(?:display:none|visibility:|opacity:|font-size:(?:[0-2]p|[01]?\d%|[0.])|text-indent:-|"
    r"margin-left:-|(?:left|top):-\d|clip|transform:|filter:|letter-spacing:-|"
    r"(?:max-)?(?:width|height):[0-2](?:px)?(?:;|!|$)|color:|-webkit-text-fill|text-decoration|vertical-align:su|"
    r"unicode-bidi:|direction:|font-family:|flex-direction:|float:right|order:|position:absolute|background)"
)
_ADDED = re.compile(r"(?:^|;)content:(?!(?:\"\"|''|none|normal|\"\\|'\\))")
_VARIABLE = re.compile(r"(--[\w-]{1,60})\s*:([^;{}]*)")
_USE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_FAMILY = re.compile(r"font-family:[\"']?([^;\"'}]+)")
_PARTS = re.compile(r"\s*>\s*|\s+")
_COMPOUND = re.compile(
    r"(?P<tag>[\w-]+|\*)?(?P<rest>(?:[.#][\w-]+|\[[\w-]+(?:=[\w-]+|=\"[^\"]*\"|='[^']*')?\]"
    r"|:nth-child\(\d+\)|:first-child|:last-child)*)"
)
_SIMPLE = re.compile(
    r"([.#])([\w-]+)|\[([\w-]+)(?:=[\"']?([^\]\"']*)[\"']?)?\]|:nth-child\((\d+)\)|:(first|last)-child"
)
# i:not(.shown)  b:nth-of-type(2)   which of several elements are meant; not what a visitor does.
_CONDITION = re.compile(r":(?:not|is|where|nth-[\w-]+|(?:first|last|only)-[\w-]+)(?:\([^()]*\))?")
_MOST_RULES = 1000
# What is folded away, and formulas whose numbers stand above, below or under one another.
_FOLDED = ("details", "dialog", "mfrac", "msup", "msub", "mroot")
# 12<small>1</small>: a note as likely as a digit.
_LESSENED = "small"
_CELLS = ("td", "th")
# From the attribute to its element: a tenth of the time of looking at every element of every cell.
_STYLED = etree.XPath("descendant-or-self::*/@style/..")
_NAMES = etree.XPath("//@class | //@id", smart_strings=False)
_NAMED = re.compile(r"[.#]([\w-]+)")


@dataclass(frozen=True, slots=True)
class _Rule:
    """Elements, as an XPath, and what is declared for them; `adds` for what is shown beside them."""

    path: str
    declared: str
    adds: bool


def spread_styles(root: etree._Element) -> None:
    """Write what the page's own style sheet declares onto the cells' elements, and frame its doings."""
    sheets = _resolved("".join(sheets_of(root)))
    if sheets:
        _spread(root, list(_rules(sheets, _names_in(root)))[:_MOST_RULES])
    _note_tags(root)
    own_fonts = frozenset(_own_fonts(sheets))
    odd = {style for style in styles_in(root) if _may_move(style, own_fonts)}
    for element in _elements(_STYLED(root)) if odd else ():
        style = style_of(element)
        if style not in odd or not (element.tag in _CELLS or _is_in_cell(element)):
            continue
        if _is_moved(element, style) or any(font in style.declared for font in own_fonts):
            add_frame(element)


def _note_tags(root: etree._Element) -> None:
    """Put what tags alone do to letters where it can be seen: fold, whiten or lessen them."""
    for font in root.iter("font"):
        colour = colour_of(font.get("color", "").strip())
        if colour and is_pale(colour):
            font.set("style", f"{font.get('style', '')};color:{font.get('color')}")
    for element in list(root.iter(*_FOLDED)):
        if _is_in_cell(element):
            add_frame(element)
    for element in list(root.iter(_LESSENED)):
        if is_beside_others(element) and any(map(str.isdecimal, _text_of(element))):
            add_frame(element)


def sheets_of(root: etree._Element) -> Iterator[str]:
    """The page's own style sheets, without those that are for printing it."""
    for sheet in root.iter("style"):
        if sheet.get("media", "").strip().lower() != "print":
            yield sheet.text or ""


def _resolved(sheets: str) -> str:
    """Style sheets with what they call by a name of their own put in its place: var(--dark)."""
    if "var(" not in sheets:
        return sheets
    named: dict[str, str] = dict(_VARIABLE.findall(sheets))
    return _USE.sub(lambda use: named.get(str(use[1]), str(use[2] or "")).strip(), sheets)


def on_screen(sheet: str) -> str:
    """The rules of a style sheet that hold on an office computer's screen, in their order."""
    bare = _COMMENT.sub("", sheet) if "/*" in sheet else sheet
    return _AT_RULE.sub(_if_it_holds, bare) if "@" in bare else bare


def _if_it_holds(rule: re.Match[str]) -> str:
    when = "".join(rule["when"].lower().split())
    if rule["kind"].lower() not in _HOLDING or "print" in when or "not" in when:
        return ""
    for side, size, unit in _WIDTH.findall(when):
        width = int(size) * (1 if unit == "px" else _EM_PX)
        if width > _SCREEN_PX if side == "min" else width < _SCREEN_PX:
            return ""
    return rule["rules"]


def _spread(root: etree._Element, rules: Sequence[_Rule]) -> None:
    for rule in rules:
        for element in _found(root, rule.path):
            if rule.adds:
                add_frame(element)
            else:
                element.set("style", f"{element.get('style', '')};{rule.declared}")


def add_frame(element: etree._Element) -> None:
    """Say of an element in a cell that more or other than its text is shown there."""
    element.append(etree.Element(FRAME))


def _is_in_cell(element: etree._Element) -> bool:
    return next(element.iterancestors(*_CELLS), None) is not None


def is_beside_others(element: etree._Element) -> bool:
    """Whether a cell holds other text than that of an element in it."""
    cell = next(element.iterancestors(*_CELLS), None)
    if cell is None:
        return False
    return _text_of(element) != _text_of(cell)


def _text_of(element: etree._Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())


def _may_move(style: InlineStyle, own_fonts: frozenset[str]) -> bool:
    is_moved = style.is_rearranged or style.is_shifted
    return is_moved or any(font in style.declared for font in own_fonts)


def _is_moved(element: etree._Element, style: InlineStyle) -> bool:
    if style.is_rearranged:
        return True
    is_empty = not "".join(map(str, element.itertext())).strip()
    return style.is_shifted and (is_empty or is_beside_others(element))


def _names_in(root: etree._Element) -> frozenset[str]:
    """The classes and identifiers of the page's elements."""
    return frozenset(name for names in values_of(_NAMES, root) for name in names.split())


def _rules(sheets: str, names: frozenset[str]) -> Iterator[_Rule]:
    """The rules that may do something to cells, but those for `names` that no element has."""
    for selectors, declared in STYLE_RULE.findall(on_screen(sheets)):
        bare = "".join(declared.lower().split())
        adds = _ADDED.search(bare) is not None
        if not adds and not _TELLING.search(bare):
            continue
        for selector in selectors.split(","):
            plain = re.sub(r"::?(?:before|after)$", "", selector.strip())
            if not names.issuperset(_NAMED.findall(_wider(plain))):
                continue
            path = _path(plain)
            is_pseudo = plain != selector.strip()
            if path and is_pseudo == adds:
                yield _Rule(path, bare, adds)
            elif path is None and inline_style(bare).hides and _path(_wider(plain)):
                yield _Rule(_path(_wider(plain)) or "", bare, adds=True)


def _wider(selector: str) -> str:
    """A selector without the conditions that are not understood: what it hides is in doubt."""
    return _CONDITION.sub("", selector)


def _path(selector: str) -> str | None:
    """The XPath of the elements that a selector means within cells, None for one not understood."""
    parts = _PARTS.split(selector)
    if not selector or "~" in selector or "+" in selector:
        return None
    steps = [_step(part) for part in parts]
    if None in steps:
        return None
    joints = ["//", *("/" if ">" in gap else "//" for gap in _PARTS.findall(selector))]
    path = "".join(f"{joint}{step}" for joint, step in zip(joints, steps, strict=True))
    return f"{path}[ancestor-or-self::td or ancestor-or-self::th]"


def _step(compound: str) -> str | None:
    match = _COMPOUND.fullmatch(compound)
    if match is None:
        return None
    step = match["tag"] or "*"
    for mark, name, attribute, value, place, end in _SIMPLE.findall(match["rest"]):
        if mark == ".":
            # Few elements have a class: asked for alone first, the search takes a third of the time.
            step += f"[@class][contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        elif mark == "#":
            step += f"[@id='{name}']"
        elif attribute:
            step += f"[@{attribute}='{value}']" if value else f"[@{attribute}]"
        elif end == "last":
            step += "[not(following-sibling::*)]"
        else:
            step += f"[count(preceding-sibling::*)={int(place or 1) - 1}]"
    return step


def _own_fonts(sheets: str) -> Iterator[str]:
    """The fonts that the page brings along, whose digits may look otherwise than they are."""
    for face in _FONT_FACE.findall("".join(sheets.lower().split())):
        family = _FAMILY.search(face)
        if family and "src:" in face:
            yield f"font-family:{family[1]}"


def _found(root: etree._Element, path: str) -> list[etree._Element]:
    return _elements(root.xpath(path))


def _elements(found: object) -> list[etree._Element]:
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, etree._Element)]
