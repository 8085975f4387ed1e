"""The automatic numbers of a Word document ("一、", "（二）", "1."), which stand in no text run.

Word stores only "this paragraph is item n of list m"; the number a reader sees is counted here, in
the order of the document, as ECMA-376 part 1, section 17.9 describes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.numbers import number_in_words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographTraditional", "ideographDigital",
     "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
)  # fmt: skip
_ROMAN = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    number_format: str
    text: str
    legal: bool


@dataclass(slots=True)
class _List:
    """One `w:num`: the definition it uses and the starts that it overrides until first used."""

    definition: str
    starts: dict[int, int] = field(default_factory=dict)


def value_of(element: etree._Element | None, path: str) -> str | None:
    """The `w:val` of the element at `path` under `element`, None where there is none."""
    found = element.find(path) if element is not None else None
    return found.get(W + "val") if found is not None else None


class Numbering:
    """Counts the items of all lists; must see the paragraphs in the order of the document."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._style_lists = dict(_style_lists(styles))
        if numbering is not None:
            self._read(numbering)

    def label(self, properties: etree._Element | None) -> str:
        """The number printed before the paragraph with these properties; "" if none is."""
        list_id, level_number = self._item(properties)
        numbered = self._lists.get(list_id or "")
        levels = self._levels.get(numbered.definition, {}) if numbered else {}
        level = levels.get(level_number)
        if numbered is None or level is None:
            return ""
        counts = self._count(numbered, levels, level_number)
        if level.number_format in {"bullet", "none"}:
            return ""
        text = level.text
        for position in range(level_number + 1):
            shown = levels.get(position, level)
            style = "decimal" if level.legal else shown.number_format
            number = counts[position] or shown.start
            text = text.replace(f"%{position + 1}", number_in_format(number, style))
        return text

    def _count(
        self, numbered: _List, levels: Mapping[int, _Level], position: int
    ) -> list[int | None]:
        counts = self._counts.setdefault(numbered.definition, [None] * _LEVELS)
        start = numbered.starts.pop(position, None)
        before = counts[position]
        if start is not None or before is None:
            counts[position] = levels[position].start if start is None else start
        else:
            counts[position] = before + 1
        counts[position + 1 :] = [None] * (_LEVELS - position - 1)
        return counts

    def _item(self, properties: etree._Element | None) -> tuple[str | None, int]:
        style_list, style_level = self._style_lists.get(
            value_of(properties, W + "pStyle") or "", (None, 0)
        )
        own = properties.find(W + "numPr") if properties is not None else None
        if own is None:
            return style_list, style_level
        level = value_of(own, W + "ilvl")
        return (
            value_of(own, W + "numId") or style_list,
            min(int(level), _LEVELS - 1) if level and level.isdecimal() else style_level,
        )

    def _read(self, numbering: etree._Element) -> None:
        for definition in numbering.iterfind(W + "abstractNum"):
            self._levels[definition.get(W + "abstractNumId", "")] = dict(_read_levels(definition))
        for numbered in numbering.iterfind(W + "num"):
            starts = {
                int(override.get(W + "ilvl", "0")): int(start)
                for override in numbered.iterfind(W + "lvlOverride")
                if (start := value_of(override, W + "startOverride")) and start.isdecimal()
            }
            self._lists[numbered.get(W + "numId", "")] = _List(
                value_of(numbered, W + "abstractNumId") or "", starts
            )


def _read_levels(definition: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in definition.iterfind(W + "lvl"):
        position = level.get(W + "ilvl", "")
        if position.isdecimal() and int(position) < _LEVELS:
            start = value_of(level, W + "start") or ""
            yield (
                int(position),
                _Level(
                    int(start) if start.isdecimal() else 1,
                    value_of(level, W + "numFmt") or "decimal",
                    value_of(level, W + "lvlText") or "",
                    level.find(W + "isLgl") is not None,
                ),
            )


def _style_lists(styles: etree._Element | None) -> Iterator[tuple[str, tuple[str | None, int]]]:
    """For each paragraph style that numbers its paragraphs: the list and the level."""
    if styles is None:
        return
    by_id = {style.get(W + "styleId", ""): style for style in styles.iterfind(W + "style")}
    for style_id in by_id:
        for ancestor in style_chain(by_id, style_id):
            item = ancestor.find(f"{W}pPr/{W}numPr")
            if item is not None:
                level = value_of(item, W + "ilvl") or "0"
                number = min(int(level), _LEVELS - 1) if level.isdecimal() else 0
                yield style_id, (value_of(item, W + "numId"), number)
                break


def style_chain(by_id: Mapping[str, etree._Element], style_id: str) -> Iterator[etree._Element]:
    """A style and the styles it is based on, nearest first; a circle is walked once."""
    seen: set[str] = set()
    while style_id in by_id and style_id not in seen:
        seen.add(style_id)
        yield by_id[style_id]
        style_id = value_of(by_id[style_id], W + "basedOn") or ""


def number_in_format(number: int, number_format: str) -> str:
    """A list number as Word prints it; formats that reports do not use come out as digits."""
    if number_format in _CHINESE:
        return number_in_words(number)
    if number_format.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if number_format == "decimalFullWidth":
        return str(number).translate(_FULL_WIDTH)
    if number_format == "decimalZero":
        return f"{number:02}"
    letters = {"lowerLetter": "a", "upperLetter": "A"}.get(number_format)
    if letters and number >= 1:
        return chr(ord(letters) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    if number_format in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman.upper() if number_format == "upperRoman" else roman
    return str(number)


def _roman(number: int) -> str:
    digits = ""
    for value, letters in _ROMAN:
        digits += letters * (number // value)
        number %= value
    return digits
