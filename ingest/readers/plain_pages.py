"""Web tables that stand in a text, as programs write them that turn scans and pages into Markdown.

Knows where such a table begins and ends; how it is read is the web page's reader's matter. What is
around the tables stays text, each line under its own number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_TAG = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)
# A page of its own around each table, which is no text.
_WRAPPING = re.compile(r"</?(?:html|body)\b[^>]*>", re.IGNORECASE)


# No report has so many tables; each that is read costs a millisecond.
_MOST_TAGS = 400


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text; `line` is the number of its first line, `is_table` says that it is HTML."""

    text: str
    line: int
    is_table: bool


def parts_of(text: str) -> Iterator[Part]:
    """The text and the web tables in it, in their order; a table that is not closed stays text."""
    start = line = 0
    depth = opened = 0
    for tag in islice(_TAG.finditer(text), _MOST_TAGS):
        if not tag[1]:
            opened = opened if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                before = text[start:opened]
                yield Part(_WRAPPING.sub("", before), line + 1, is_table=False)
                line += before.count("\n")
                yield Part(text[opened : tag.end()], line + 1, is_table=True)
                line += text.count("\n", opened, tag.end())
                start = tag.end()
    rest = text[start:]
    yield Part(_WRAPPING.sub("", rest) if start else rest, line + 1, is_table=False)
