"""A growing answer → text that is only ever added to, for readers who cannot take a word back.

The page puts a model's phrasing in the place of the quotes. A stream has said the quotes already, so
that they stay and the phrasing follows below; a citation keeps the number that it was given first.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from assistant.answer import Answer, Citation, Statement
from assistant.render import answer_to_markdown, marked_text

ANEW: Final = "\n\n归纳：\n"
UNFINISHED: Final = "\n\n（归纳没有写完，请以前面的原文为准。）"

# A statement and what it stands on, whatever the numbers of its citations in their answer.
_Told: TypeAlias = tuple[str, tuple[Citation, ...]]


class RunningText:
    """What was said of one answer so far; without a model it becomes `answer_to_markdown`."""

    def __init__(self) -> None:
        self._numbers: dict[Citation, int] = {}
        self._said: set[_Told] = set()
        self._first: _Told | None = None

    @property
    def citations(self) -> Sequence[Citation]:
        """What the marks stand for, [1] first."""
        return list(self._numbers)

    def more(self, answer: Answer) -> str:
        """What to add now that the answer has grown to this; "" for nothing.

        A refusal says nothing yet: with a model a better answer may follow.
        """
        return self._added(answer) if answer.status == "answered" else ""

    def rest(self, answer: Answer) -> str:
        """What to add at the end, when this is the whole answer: its last words, and the sources."""
        words = self._added(answer)
        sources = answer_to_markdown(
            replace(answer, statements=(), citations=tuple(self.citations))
        )
        return f"{words}\n\n{sources}" if sources else words

    def _added(self, answer: Answer) -> str:
        told = [
            (s.text, tuple(answer.citations[i] for i in s.citations)) for s in answer.statements
        ]
        if not told:
            return ""
        if self._first is None:
            self._number(answer.citations)
            self._first = told[0]
            return self._marked(answer, told)
        if told[0] != self._first and told[0] in self._said:
            self._first = told[0]
            return UNFINISHED
        new = [each for each in told if each not in self._said]
        opening = ""
        if told[0] != self._first:
            self._first, opening = told[0], ANEW
        return opening + self._marked(answer, new) if new else ""

    def _marked(self, answer: Answer, told: Sequence[_Told]) -> str:
        statements = []
        for text, cited in told:
            self._said.add((text, cited))
            self._number(cited)
            statements.append(Statement(text, tuple(self._numbers[each] for each in cited)))
        return marked_text(replace(answer, statements=tuple(statements)))

    def _number(self, citations: Sequence[Citation]) -> None:
        for each in citations:
            self._numbers.setdefault(each, len(self._numbers))
