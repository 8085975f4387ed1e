"""What the writer decided about the text of a draft: wordings, hand edits, suggestions taken or not.

Pure and frozen: each decision gives a new `Revision`. The invariant: a decision about one part
leaves every other part as it is, and a hand edit is given up only for the part it was made in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, get_args

from assistant.drafting.prose import Prose

PartName: TypeAlias = Literal[
    "preamble",
    "lead",
    "proactive",
    "requests",
    "management",
    "platforms",
    "assurance",
    "problems",
    "measures",
    "remedied",
    "other_matters",
]
PARTS: tuple[PartName, ...] = get_args(PartName)
"""The parts of a draft that can be worded anew one by one, in reading order."""

# "short" leaves out what the tables say anyway, "full" tells every detail of them.
Style: TypeAlias = Literal["plain", "short", "full"]


@dataclass(frozen=True, slots=True)
class Insertion:
    """A text that enters one part."""

    part: PartName
    prose: Prose


@dataclass(frozen=True, slots=True)
class Revision:
    """The decisions so far. `turns` counts how often another wording of a part was asked for.

    `accepted` holds, under the key of a suggestion, what entered the text with it.
    """

    turns: Mapping[PartName, int] = field(default_factory=dict)
    styles: Mapping[PartName, Style] = field(default_factory=dict)
    edits: Mapping[PartName, Prose] = field(default_factory=dict)
    accepted: Mapping[str, tuple[Insertion, ...]] = field(default_factory=dict)
    dismissed: frozenset[str] = frozenset()

    def style(self, part: PartName) -> Style:
        """How much the part is to tell."""
        return self.styles.get(part, "plain")

    def insertions(self, part: PartName) -> tuple[Prose, ...]:
        """What accepted suggestions put into a part, in the order in which they were accepted."""
        each = (insertion for taken in self.accepted.values() for insertion in taken)
        return tuple(insertion.prose for insertion in each if insertion.part == part)

    def reworded(self, part: PartName) -> "Revision":
        """Another wording of one part; a hand edit of it is given up."""
        turns = {**self.turns, part: self.turns.get(part, 0) + 1}
        return replace(self._unedited(part), turns=turns)

    def all_reworded(self) -> "Revision":
        """Another wording of every part that was not edited by hand."""
        free = [part for part in PARTS if part not in self.edits]
        return replace(self, turns={**self.turns, **{p: self.turns.get(p, 0) + 1 for p in free}})

    def styled(self, part: PartName, style: Style) -> "Revision":
        """The part told in this style; a hand edit of it is given up."""
        return replace(self._unedited(part), styles={**self.styles, part: style})

    def edited(self, part: PartName, prose: Prose) -> "Revision":
        """The part as the writer left it; what was accepted into it is part of the edit now."""
        kept = {key: _elsewhere(taken, part) for key, taken in self.accepted.items()}
        return replace(self, edits={**self.edits, part: prose}, accepted=kept)

    def restored(self, part: PartName) -> "Revision":
        """The part as it is written from the facts again."""
        return self._unedited(part)

    def with_accepted(self, key: str, insertions: Iterable[Insertion]) -> "Revision":
        """The suggestion taken over; into a part that was edited, its text enters the edit."""
        return replace(
            self,
            accepted={**self.accepted, key: tuple(insertions)},
            dismissed=self.dismissed - {key},
        )

    def with_dismissed(self, key: str) -> "Revision":
        """The suggestion set aside."""
        return replace(self, dismissed=self.dismissed | {key})

    def reopened(self) -> "Revision":
        """Every suggestion that was set aside told again."""
        return replace(self, dismissed=frozenset())

    def _unedited(self, part: PartName) -> "Revision":
        edits = {name: prose for name, prose in self.edits.items() if name != part}
        accepted = {key: taken for key, taken in self.accepted.items() if taken}
        return replace(self, edits=edits, accepted=accepted)


def _elsewhere(taken: tuple[Insertion, ...], part: PartName) -> tuple[Insertion, ...]:
    return tuple(insertion for insertion in taken if insertion.part != part)
