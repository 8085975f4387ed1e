"""The page of a rule: its docstring, cut at the fixed headings.

A rule's docstring is what people read about it, so its shape is fixed: one sentence that says what
is wrong, then 为什么 (why it matters), 依据 (the law or the form), 反例 and 正例 (report fragments in
YAML that the tests run), 处理 (what to do). A docstring of another shape is refused.
"""

import inspect
import re
from dataclasses import dataclass

HEADINGS = ("为什么", "依据", "反例", "正例", "处理")

# `为什么: …` or `反例::` at the start of a line.
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)})::?[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """What the catalogue says of one rule. `bad` and `good` are YAML of report fragments."""

    summary: str
    why: str
    basis: str
    bad: str
    good: str
    remedy: str


def docstring_to_page(docstring: str | None) -> Page:
    """The page that a docstring holds; raises ValueError when a heading is missing or misplaced."""
    summary, *parts = _HEADING.split(inspect.cleandoc(docstring or ""))
    if tuple(parts[::2]) != HEADINGS:
        raise ValueError(f"a rule's docstring needs {HEADINGS} in this order, has {parts[::2]}")
    why, basis, bad, good, remedy = (inspect.cleandoc(text).strip() for text in parts[1::2])
    return Page(_joined(summary), _joined(why), _joined(basis), bad, good, _joined(remedy))


def _joined(text: str) -> str:
    """The lines of a paragraph as one; Chinese needs no space where a line was broken."""
    return "".join(line.strip() for line in text.splitlines())
