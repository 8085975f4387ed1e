"""Glyphs → lines of print → paragraphs, by position alone.

A line of print ends where the paper does; a paragraph ends where the writer ended it. Sentences are
only whole in paragraphs, so lines that run to the right margin are joined with what follows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from statistics import median

from ingest.page_numbers import is_page_number
from ingest.readers.pdf_page import Glyph
from ingest.report import Box

# Two glyphs stand on one line when they share this part of the smaller one's height.
_SHARED_HEIGHT = 0.5
# Gaps, in heights of the letters: what parts words, digits, and columns without ruling.
_WORD_GAP = 0.5
_DIGIT_GAP = 0.25
COLUMN_GAP = 1.2
_RAISED_SIZE = 0.78
_RAISED_BY = 0.2
# A mark right behind a digit may be nearly as tall: browsers print five sixths.
_MARK_SIZE = 0.92
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# How far, in heights of the letters, a full line may end from the margin or a paragraph be indented.
_FULL_WITHIN = 2.0
_INDENTED_BY = 1.0
_LARGEST_LEADING = 2.5
_WIDE_SHARE = 0.6
_MOST_SEGMENTS = 2
_MARGIN_SHARE = 0.1
# How far, in heights of its digits, a page number is from the text.
_APART = 0.8


@dataclass(frozen=True, slots=True)
class Segment:
    """Glyphs of one line with no wide gap between them."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def box(self) -> Box:
        """Its box on the page."""
        return self.x0, self.top, self.x1, self.bottom

    @property
    def height(self) -> float:
        """The height of its tallest letter."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PrintLine(Segment):
    """One line of print, whole, the segments it falls into, and its glyphs from left to right."""

    segments: tuple[Segment, ...]
    glyphs: tuple[Glyph, ...]


def glyphs_to_lines(glyphs: Iterable[Glyph]) -> list[PrintLine]:
    """The lines of print, from top to bottom; lines of nothing but spaces are left out."""
    lines = (_line(group) for group in _groups(glyphs))
    return sorted((line for line in lines if line.text.strip()), key=attrgetter("top", "x0"))


def cell_text(glyphs: Iterable[Glyph]) -> str:
    """The text of a table cell, a line of print a line."""
    return "\n".join(line.text.strip() for line in glyphs_to_lines(glyphs))


def without_page_number(lines: Sequence[PrintLine], page_height: float) -> list[PrintLine]:
    """The lines of a page without the page number in its top or bottom margin.

    A number close to other print is part of a table that reaches into the margin.
    """
    margin = page_height * _MARGIN_SHARE
    return [
        line
        for line in lines
        if not (
            (line.bottom < margin or line.top > page_height - margin)
            and is_page_number(line.text)
            and _stands_apart(line, lines)
        )
    ]


def _stands_apart(line: PrintLine, lines: Iterable[PrintLine]) -> bool:
    near = _APART * line.height
    return not any(
        other.top < line.bottom + near and line.top - near < other.bottom
        for other in lines
        if other is not line
    )


def running_heads(pages: Sequence[Sequence[PrintLine]]) -> frozenset[str]:
    """The texts that stand first or last on most pages: running heads and feet.

    A line of nothing but numbers is none: rows of zeros often stand last on a page.
    """
    if len(pages) < 3:
        return frozenset()
    counts: dict[str, int] = {}
    for lines in pages:
        for text in {line.text for line in (*lines[:1], *lines[-1:])}:
            counts[text] = counts.get(text, 0) + 1
    return frozenset(
        text
        for text, count in counts.items()
        if count > len(pages) / 2 and any(map(str.isalpha, text))
    )


@dataclass(frozen=True, slots=True)
class Margins:
    """Where full lines of a document begin and end."""

    left: float
    right: float


def margins_of(lines: Sequence[PrintLine], page_width: float) -> Margins:
    """The margins of a document's text: those of its wide lines, where it has any."""
    wide = [line for line in lines if line.x1 - line.x0 > page_width * _WIDE_SHARE]
    if not wide:
        return Margins(0, page_width)
    return Margins(min(line.x0 for line in wide), max(line.x1 for line in wide))


def goes_on(line: PrintLine, after: PrintLine, margins: Margins) -> bool:
    """Whether the paragraph of `line` goes on in `after`, possibly on the next page."""
    height = line.height
    if abs(after.height - height) > height / 4:
        return False
    # Rows of a table without ruling: joined, the last number of one would run into the next.
    if max(len(line.segments), len(after.segments)) > _MOST_SEGMENTS:
        return False
    full = line.x1 > margins.right - _FULL_WITHIN * height
    indented = after.x0 > margins.left + _INDENTED_BY * height
    near = after.top < line.top or after.top - line.bottom < _LARGEST_LEADING * height
    return full and not indented and near


def joined(line: PrintLine, after: PrintLine, *, same_page: bool) -> PrintLine:
    """Two lines of one paragraph as one; the box stays on the page where the paragraph begins."""
    gap = " " if _is_latin(line.text[-1:]) and _is_latin(after.text[:1]) else ""
    text = line.text.rstrip() + gap + after.text.lstrip()
    if not same_page:
        return replace(line, text=text)
    return replace(
        line,
        text=text,
        x0=min(line.x0, after.x0),
        x1=max(line.x1, after.x1),
        bottom=after.bottom,
    )


def _groups(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that share a line, each group in no particular order."""
    group: list[Glyph] = []
    top = bottom = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        shared = min(bottom, glyph.bottom) - max(top, glyph.top)
        smaller = min(bottom - top, glyph.bottom - glyph.top)
        if group and shared < _SHARED_HEIGHT * smaller:
            yield group
            group = []
        if not group:
            top, bottom = glyph.top, glyph.bottom
        group.append(glyph)
        top, bottom = min(top, glyph.top), max(bottom, glyph.bottom)
    if group:
        yield group


def _goes_on_smaller(before: Glyph, glyph: Glyph, tallest: float) -> bool:
    """Whether a small digit stands right behind a large one, or behind another small one there."""
    if not before.text.isdigit() or glyph.x0 - before.x1 > _RAISED_BY * tallest:
        return False
    return not before.text.isdecimal() or before.bottom - before.top >= _RAISED_SIZE * tallest


def _is_mark_behind(before: Glyph, glyph: Glyph) -> bool:
    """Whether a digit stands right behind another, smaller and higher or lower than that."""
    height = before.bottom - before.top
    if not before.text.isdecimal() or glyph.x0 - before.x1 > _RAISED_BY * height:
        return False
    off_base = abs(glyph.bottom - before.bottom) > _RAISED_BY * height
    return off_base and glyph.bottom - glyph.top < _MARK_SIZE * height


def _line(glyphs: list[Glyph]) -> PrintLine:
    glyphs.sort(key=itemgetter(1))
    height = median(glyph.bottom - glyph.top for glyph in glyphs)
    tallest = max(glyph.bottom - glyph.top for glyph in glyphs)
    base = max(glyph.bottom for glyph in glyphs)
    runs: list[list[Glyph]] = []
    pieces: list[str] = []
    for glyph in glyphs:
        text = glyph.text
        before = runs[-1][-1] if runs else None
        is_small = glyph.bottom - glyph.top < _RAISED_SIZE * tallest
        if is_small and base - glyph.bottom > _RAISED_BY * tallest:
            text = text.translate(_RAISED)
        elif is_small and before and _goes_on_smaller(before, glyph, tallest):
            text = text.translate(_LOWERED)
        elif before and _is_mark_behind(before, glyph):
            text = text.translate(_RAISED if glyph.bottom < before.bottom else _LOWERED)
        gap = glyph.x0 - before.x1 if before else 0.0
        if before is None or (gap > COLUMN_GAP * height and text.strip()):
            runs.append([])
        if before and _is_gap(before.text, gap / (height or 1), text):
            pieces.append(" ")
        runs[-1].append(glyph._replace(text=text))
        pieces.append(text)
    segments = tuple(_segment(run) for run in runs)
    return PrintLine(
        "".join(pieces).strip(),
        *_bounds(glyphs),
        tuple(s for s in segments if s.text),
        tuple(glyph for run in runs for glyph in run),
    )


def words_of(line: PrintLine) -> Iterator[Segment]:
    """The words of a line: letters with a gap or a space around them."""
    height = median(glyph.bottom - glyph.top for glyph in line.glyphs)
    word: list[Glyph] = []
    for glyph in line.glyphs:
        gap = (glyph.x0 - word[-1].x1) / (height or 1) if word else 0.0
        if word and (glyph.text.isspace() or _is_gap(word[-1].text, gap, glyph.text)):
            yield _segment(word)
            word = []
        if not glyph.text.isspace():
            word.append(glyph)
    if word:
        yield _segment(word)


def _is_gap(before: str, gap: float, after: str) -> bool:
    """Whether a space is seen between two letters that has no character of its own."""
    if before.isspace() or after.isspace():
        return False
    return gap > (_DIGIT_GAP if before.isdigit() and after.isdigit() else _WORD_GAP)


def _segment(glyphs: list[Glyph]) -> Segment:
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    return Segment("".join(glyph.text for glyph in glyphs).strip(), *_bounds(printed or glyphs))


def _bounds(glyphs: Sequence[Glyph]) -> Box:
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()] or glyphs
    return (
        min(glyph.x0 for glyph in printed),
        min(glyph.top for glyph in printed),
        max(glyph.x1 for glyph in printed),
        max(glyph.bottom for glyph in printed),
    )


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()
