"""The parts that a draft is made of, as generated or as the writer left them.

The invariant: a number that stands in a hand edit and came from a cell follows the cell; where the
cell holds no certain number any more, a placeholder stands in its place.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.drafting.facts import Facts
from assistant.drafting.prose import Origin, Prose, joined, placeholder, renewed
from assistant.drafting.revision import PartName, Revision
from ingest.numbers import number_in_words

_NUMBERED = re.compile(r"(?:^|(?<=[。；\n]))[一二三四五六七八九十]+是")
_LISTS: frozenset[PartName] = frozenset({"problems", "measures"})


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One part: the line above it ("" where it has none) and its text.

    `is_edited` marks a hand edit, `has_followed` one whose numbers changed with the tables since.
    """

    name: PartName
    heading: str
    prose: Prose
    is_edited: bool = False
    has_followed: bool = False


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A drafted section of the report; `number` 0 is the text before section one."""

    number: int
    heading: str
    parts: tuple[DraftPart, ...] = ()

    @property
    def prose(self) -> Prose:
        """The text with its heads and paragraphs on lines of their own."""
        told = [part for part in self.parts if part.prose]
        lines = [line for part in told for line in (Prose(part.heading), part.prose) if line]
        return joined(lines, "\n")

    @property
    def text(self) -> str:
        """The same without the origins of its numbers."""
        return self.prose.text


def revised(part: DraftPart, revision: Revision, facts: Facts) -> DraftPart:
    """The part as the writer left it, with what was accepted since at its end."""
    edit = revision.edits.get(part.name)
    taken = [current(prose, facts) for prose in revision.insertions(part.name)]
    if edit is None:
        # The lists of section five number what was accepted with their own items.
        extra = () if part.name in _LISTS else taken
        return DraftPart(part.name, part.heading, with_added(part.prose, extra))
    prose = current(edit, facts)
    text = prose
    for addition in taken:
        text = with_item(text, addition) if part.name in _LISTS else with_added(text, (addition,))
    return DraftPart(part.name, part.heading, text, True, prose.text != edit.text)


def current(prose: Prose, facts: Facts) -> Prose:
    """The text with each number that came from a cell as the cell stands today."""

    def renew(origin: Origin) -> Prose | None:
        if origin.source != "cell" or origin.concept is None:
            return None
        if facts.number(origin.concept) is None:
            return placeholder("表格中这一格的数")
        return facts.say(origin.concept)

    return renewed(prose, renew)


def with_added(prose: Prose, additions: Iterable[Prose]) -> Prose:
    """The text with whole sentences at its end."""
    return joined((prose, *(_ended(addition) for addition in additions)))


def with_item(prose: Prose, item: Prose) -> Prose:
    """A list of 一是…。二是…。 with one item more; a text without numbers becomes such a list."""
    found = len(_NUMBERED.findall(prose.text))
    if not prose:
        return _ended(item)
    if not found:
        return joined(("一是", _ended(prose), "二是", _ended(item)))
    return joined((_ended(prose), f"{number_in_words(found + 1)}是", _ended(item)))


def _ended(prose: Prose) -> Prose:
    return prose if prose.text[-1:] in "。！？；" else prose + "。"
