"""Text → sentences, as spans of the text, so that every sentence stays letter for letter.

A sentence ends at 。！？ (closing quotation marks and brackets go with it) or at the end of a
paragraph; a semicolon ends none, because a total and its breakdown are often parted by one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’）)》」]*)?")


class Span(NamedTuple):
    """Part of a text, from `start` up to `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The part itself, letter for letter."""
        return text[self.start : self.end]


def sentence_spans(text: str) -> Iterator[Span]:
    """The sentences of the text in order, without the white space around them."""
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        start = match.start() + len(sentence) - len(sentence.lstrip())
        end = match.end() - (len(sentence) - len(sentence.rstrip()))
        if end > start:
            yield Span(start, end)
