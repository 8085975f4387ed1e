"""Words without ruling around them → blocks (what stands in one cell) and rows of numbers.

Knows positions and nothing else. Words are joined to a block where they touch sideways or stand
close under one another; how close lines of one cell stand is told by the caller.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol, TypeVar

from ingest.characters import for_matching
from ingest.grid_rows import is_value_text
from ingest.readers.layout import Word
from ingest.report import Box

_DIGITS = re.compile(r"[+-]?[\d.,]*\d,?")
# In heights of the letters.
_SIDEWAYS_GAP = 0.6
_SAME_LINE = 0.5
_SIMILAR_HEIGHT = 0.3
_SHARED_WIDTH = 0.3


class _Printed(Protocol):
    """What has a place on a page."""

    @property
    def page(self) -> int: ...
    @property
    def x0(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...


_P = TypeVar("_P", bound=_Printed)


@dataclass(frozen=True, slots=True)
class Block:
    """Words that stand in one cell."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words in reading order; those with a gap between them keep a space."""
        return "\n".join(_line_text(line) for line in lines_of(self.words))

    @property
    def page(self) -> int:
        """The page on which the block stands."""
        return self.words[0].page

    @property
    def x0(self) -> float:
        """Its left side."""
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        """Its right side."""
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        """Its upper side."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return max(word.bottom for word in self.words)

    @property
    def centre(self) -> float:
        """Where its middle is, from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        """Where its middle is, from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        """Its box on the page in the file."""
        return (
            min(word.box[0] for word in self.words),
            min(word.box[1] for word in self.words),
            max(word.box[2] for word in self.words),
            max(word.box[3] for word in self.words),
        )


def is_number(word: Word) -> bool:
    """Whether a word is what stands in a cell of numbers, or the rest of it: 00, ,000."""
    return is_value_text(word.text) or bool(_DIGITS.fullmatch(for_matching(word.text)))


def blocks_of(words: Iterable[Word], leading: float, *, sideways: bool = True) -> list[Block]:
    """The blocks of words, lines at most `leading` heights apart being joined.

    Numbers beside one another are never joined: `sideways` is for words of a label.
    """
    ordered = sorted(words, key=attrgetter("page", "top", "x0"))
    leader = list(range(len(ordered)))

    def find(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    for index, word in enumerate(ordered):
        for other in range(index + 1, len(ordered)):
            below = ordered[other]
            if below.page != word.page or below.top - word.bottom > leading * _height(word):
                break
            if _joins(word, below, leading, _SIDEWAYS_GAP if sideways else None):
                leader[find(other)] = find(index)
    groups: dict[int, list[Word]] = {}
    for index, word in enumerate(ordered):
        groups.setdefault(find(index), []).append(word)
    return [Block(tuple(group)) for group in groups.values()]


def lines_of(printed: Iterable[_P]) -> Iterator[list[_P]]:
    """Words or blocks that share a line, from left to right; lines from top to bottom."""
    line: list[_P] = []
    for item in sorted(printed, key=lambda p: (p.page, p.top + p.bottom)):
        if line and not _level(line[0], item):
            yield sorted(line, key=attrgetter("x0"))
            line = []
        line.append(item)
    if line:
        yield sorted(line, key=attrgetter("x0"))


def intervals_of(blocks: Sequence[Block]) -> list[tuple[float, float]]:
    """The columns in which blocks stand: their extents from side to side, overlapping ones joined."""
    found: list[tuple[float, float]] = []
    for block in sorted(blocks, key=attrgetter("x0")):
        if found and block.x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], block.x1))
        else:
            found.append((block.x0, block.x1))
    return found


def _line_text(line: Sequence[Word]) -> str:
    return " ".join(word.text for word in line)


def _height(printed: _Printed) -> float:
    return printed.bottom - printed.top


def _level(one: _Printed, other: _Printed) -> bool:
    smaller = min(_height(one), _height(other))
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return one.page == other.page and shared >= _SAME_LINE * smaller


def _joins(one: Word, other: Word, leading: float, sideways: float | None) -> bool:
    height = max(_height(one), _height(other))
    if _level(one, other):
        gap = max(one.x0, other.x0) - min(one.x1, other.x1)
        return sideways is not None and gap <= sideways * height
    if abs(_height(one) - _height(other)) > _SIMILAR_HEIGHT * height:
        return False
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    narrower = min(one.x1 - one.x0, other.x1 - other.x0)
    return shared >= _SHARED_WIDTH * narrower and other.top - one.bottom <= leading * height
