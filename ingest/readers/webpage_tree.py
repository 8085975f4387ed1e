"""A saved web page as a tree of what a visitor reads: hidden text and page furniture taken out.

Knows HTML and the habits of government sites; builds no lines and no grids. Nothing is executed and
nothing outside the file is fetched. The parser underneath gives an *empty* tree, without an error,
for elements nested some thousands deep; the text is counted before and after, and such a page is
flattened first.
"""

import email
import email.policy
import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from lxml import etree

from ingest.characters import decode
from ingest.errors import UnreadableFile
from ingest.readers.kinds import is_web_archive
from ingest.readers.webpage_hidden import (
    STRUCK_TAGS,
    Hiding,
    any_of,
    drop_hidden,
    drop_struck,
    found_by,
    is_hidden,
    leave_frame,
    mark_raised,
    remove,
    show_fields,
    text_of,
)
from ingest.readers.webpage_styles import FRAME, add_frame, spread_styles
from ingest.report import DOUBTS, Doubt

_HEAD = 8192
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_UNPRINTED = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.I)
_UNCOUNTED = re.compile(r"[^\u3400-\u9fff]+")
# A page of which less than this share of the text is in the tree has been lost in parsing.
_KEPT_SHARE = 0.5

_FURNITURE_TAGS = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "select",
     "option", "button", "textarea", "meter", "progress", "nav", "footer", "aside", "head", "map", "audio", "video"}
)  # fmt: skip
# What may show a number that is no text of the page: in a cell it leaves a frame behind.
_SHOWING_TAGS = frozenset(
    {
        "script",
        "noscript",
        "iframe",
        "object",
        "svg",
        "canvas",
        "select",
        "button",
        "textarea",
        "meter",
        "progress",
    }
)
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu"})
_FURNITURE_NAMES = frozenset(
    {"nav", "mainnav", "navbar", "menu", "footer", "foot", "bottom", "breadcrumb", "crumb", "crumbs",
     "copyright", "share", "sidebar", "search", "pagination", "toolbar", "friendlink"}
)  # fmt: skip
_NAME_PARTS = re.compile(r"[\s_-]+")
# Furniture is small beside the report, and a list of links is mostly links.
_LARGEST_FURNITURE = 0.2
_LINK_SHARE = 0.6
_FEWEST_LINKS = 3
_LINK_LISTS = frozenset({"ul", "ol", "dl", "div", "section", "header"})


# What could be furniture at all: a page pasted from Word has thousands of bare tags.
_MAY_BE_FURNITURE = any_of("*/@class/..", "*/@id/..", "*/@role/..", "ul", "ol", "dl", "div")

_TITLE_NAMES = ("articletitle", "og:title", "dc.title")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_TABLE_TAGS = frozenset({"table", "tr", "td", "th"})
_INLINE_TAGS = frozenset(
    {"span", "font", "b", "i", "u", "em", "strong", "a", "sub", "small", "o:p"}
)


@dataclass(frozen=True, slots=True)
class Page:
    """The body that is left to read, what the page calls itself, and what was doubtful."""

    body: etree._Element
    title: str | None
    doubts: tuple[Doubt, ...]


def page_of(data: bytes, name: str) -> Page:
    """The readable part of a saved page (HTML or MHTML). Raises UnreadableFile."""
    data, declared = _html_part(data, name)
    decoded = decode(data, declared or _declared_charset(data))
    doubts = []
    if decoded.guessed:
        doubts.append(Doubt("encoding-guessed", f"网页未声明编码，按 {decoded.encoding} 读取"))
    if decoded.lost:
        doubts.append(Doubt("characters-lost", f"有 {decoded.lost} 个字符无法解码"))
    root, flattener = _tree(decoded.text.replace("\x00", ""), name)
    title = _title(root)
    inner = _inner_page(root)
    if inner:
        root, flattener = _tree(inner, name)
    if _is_cut_off(decoded.text):
        _doubt_last_cell(root)
    show_fields(root)
    spread_styles(root)
    hidden = drop_hidden(root)
    if hidden or (flattener and flattener.hidden_text):
        doubts.append(Doubt("hidden-text", DOUBTS["hidden-text"]))
    if drop_struck(root):
        doubts.append(Doubt("struck-out", DOUBTS["struck-out"]))
    mark_raised(root)
    _drop_furniture(root)
    return Page(root, title, tuple(doubts))


def _html_part(data: bytes, name: str) -> tuple[bytes, str | None]:
    """The page inside a web archive (.mht), or the data itself; and the charset in its header.

    A page of frames is several pages; the one that says most is taken.
    """
    if not is_web_archive(data):
        return data, None
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    parts = [p for p in message.walk() if p.get_content_type() == "text/html"]
    pages = [(part.get_payload(decode=True), part.get_content_charset()) for part in parts]
    found = [(page, charset) for page, charset in pages if isinstance(page, bytes) and page.strip()]
    if not found:
        raise UnreadableFile(
            f"《{name}》是网页归档，但里面没有网页正文。请另存为网页（.html）后再试。"
        )
    return max(found, key=lambda page: _count(decode(*page).text))


def _declared_charset(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None


def _tree(text: str, name: str) -> tuple[etree._Element, "_Flattener | None"]:
    text = _XML_DECLARATION.sub("", text)
    root = _parse(text)
    # Few pages are mostly scripts and attributes: as a rule the whole source need not be cleaned.
    if root is not None and _is_whole(root, _count(text)):
        return root, None
    wanted = _count(_UNPRINTED.sub("", text))
    if root is not None and _is_whole(root, wanted):
        return root, None
    flattener = _Flattener()
    flattener.feed(text)
    root = _parse("".join(flattener.pieces))
    if root is None or not _is_whole(root, wanted - flattener.hidden_text):
        raise UnreadableFile(f"《{name}》的网页嵌套过深或已损坏，无法读取。请另存为 .docx 后再试。")
    return root, flattener


def _parse(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _is_whole(root: etree._Element, wanted: int) -> bool:
    return _count(text_of(root)) >= wanted * _KEPT_SHARE


def _count(text: str) -> int:
    return len(_UNCOUNTED.sub("", text))


def _inner_page(root: etree._Element) -> str | None:
    """The page that a script would show: most of this one, written into a field or a template."""
    fields = (field.text or "" for field in root.iter("textarea"))
    templates = (
        s.text or ""
        for s in root.iter("script")
        if "html" in s.get("type", "") or "templ" in s.get("type", "")
    )
    frames = (frame.get("srcdoc", "") for frame in root.iter("iframe"))
    pages = [page for page in (*fields, *templates, *frames) if "<table" in page.lower()]
    if not pages:
        return None
    inner = max(pages, key=_count)
    return inner if _count(inner) > _count(text_of(root)) * _KEPT_SHARE else None


def _is_cut_off(text: str) -> bool:
    """Whether a page ends within the text of a cell: the rest of its number may be lost."""
    if text.rstrip().endswith(">"):
        return False
    plain = text.lower()
    return plain.rfind("<td") > plain.rfind("</td")


def _doubt_last_cell(root: etree._Element) -> None:
    for cell in list(root.iter("td"))[-1:]:
        add_frame(cell)


def _title(root: etree._Element) -> str | None:
    """What the page calls itself: the article title of the site's metadata, else `<title>`."""
    named = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content", "")
        for meta in root.iter("meta")
    }
    candidates = [named.get(name, "") for name in _TITLE_NAMES]
    candidates += [text_of(title) for title in root.iter("title")]
    return next(filter(None, (" ".join(text.split()) for text in candidates)), None)


# --- Page furniture -------------------------------------------------------------------------------


def _drop_furniture(root: etree._Element) -> None:
    """Take out navigation, footers, scripts and link lists; never a large part of the page."""
    for element in list(root.iter(*_FURNITURE_TAGS)):
        if element.tag in _SHOWING_TAGS:
            leave_frame(element)
        else:
            remove(element)
    largest = _length(text_of(root)) * _LARGEST_FURNITURE
    for element in found_by(_MAY_BE_FURNITURE, root):
        named = _is_named_furniture(element)
        if not named and element.tag not in _LINK_LISTS:
            continue
        size = _length(text_of(element))
        if 0 < size <= largest and (named or _is_link_list(element, size)):
            remove(element)


def _is_named_furniture(element: etree._Element) -> bool:
    if element.get("role", "") in _FURNITURE_ROLES:
        return True
    if element.tag in _TABLE_TAGS:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    if names == " ":
        return False
    return not _FURNITURE_NAMES.isdisjoint(_NAME_PARTS.split(names))


def _is_link_list(element: etree._Element, size: int) -> bool:
    links = [_length(text_of(link)) for link in element.iter("a")]
    return len(links) >= _FEWEST_LINKS and sum(links) >= size * _LINK_SHARE


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


# --- Pages nested too deep ------------------------------------------------------------------------


class _Flattener(HTMLParser):
    """Rewrites a page without its wrappers: only tables, line breaks and text are left."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden_text = 0
        # The tag of the outermost hidden element and how many of that tag are open inside it.
        self._hiding: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self._hiding:
            if tag == self._hiding[0]:
                self._hiding = (tag, self._hiding[1] + 1)
            return
        values = {name: value or "" for name, value in attributes}
        if tag in _SHOWING_TAGS | {FRAME, "input"}:
            self.pieces.append(f"<{FRAME}>")
        if tag not in _VOID and (
            tag in _FURNITURE_TAGS | STRUCK_TAGS or is_hidden(tag, values.get, Hiding())
        ):
            self._hiding = (tag, 1)
        elif tag in _TABLE_TAGS:
            spans = ("rowspan", "colspan")
            kept = "".join(f' {s}="{escape(values[s])}"' for s in spans if s in values)
            self.pieces.append(f"<{tag}{kept}>")
        elif tag not in _INLINE_TAGS:
            self.pieces.append("<br>")

    def handle_endtag(self, tag: str) -> None:
        if self._hiding:
            if tag == self._hiding[0]:
                self._hiding = (tag, self._hiding[1] - 1) if self._hiding[1] > 1 else None
        elif tag in _TABLE_TAGS:
            self.pieces.append(f"</{tag}>")
        elif tag not in _INLINE_TAGS:
            self.pieces.append("<br>")

    def handle_data(self, data: str) -> None:
        if not self._hiding:
            self.pieces.append(escape(data))
        elif self._hiding[0] not in _FURNITURE_TAGS:
            self.hidden_text += _count(data)
