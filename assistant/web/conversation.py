"""A conversation as the page shows it: questions and answers ⇄ the chat's messages.

Pure. Every exchange is one message of the user's and one of the assistant's, so that a message's
index says which exchange it belongs to. Answers are plain text that quotes documents: whatever
Markdown would read as mark-up is escaped, only the citation marks are links.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias

from assistant.asking import Asked
from assistant.model import Turn
from assistant.render import marked_text

Message: TypeAlias = dict[str, object]

# What Markdown reads as mark-up anywhere; at the start of a line; and what makes a code block.
_INLINE = re.compile(r"([\\`*_\[\]<>|~$&])")
_AT_LINE_START = re.compile(r"^(\d*)([#+=.)-])", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~$&#+=.)-])")
# Two characters of the private use area stand for the marks while the text is escaped.
_MARK = "\ue000{}\ue001"
_MARKED = re.compile("\ue000(\\d+)\ue001")


def source_anchor(exchange: int, source: int) -> str:
    """The identifier of a source's card; both are counted from 1."""
    return f"nb-source-{exchange}-{source}"


def conversation_to_messages(
    asked: Sequence[Asked], follow_ups: Sequence[str] = ()
) -> list[Message]:
    """The chat's messages; `follow_ups` stand as buttons under the last answer."""
    shown: list[Message] = []
    for number, exchange in enumerate(asked, 1):
        shown.append({"role": "user", "content": plain(exchange.answer.question)})
        shown.append({"role": "assistant", "content": _marked(exchange, number)})
    if shown and follow_ups:
        shown[-1]["options"] = [{"value": text, "label": text} for text in follow_ups]
    return shown


def conversation_to_turns(asked: Sequence[Asked]) -> list[Turn]:
    """The conversation so far as `ask` wants it: without marks and mark-up."""
    return [
        turn
        for exchange in asked
        for turn in (
            Turn("user", exchange.answer.question),
            Turn("assistant", exchange.answer.text),
        )
    ]


def exchange_of_message(index: int | Sequence[int]) -> int:
    """Which exchange, from 0, the chat's message at `index` belongs to."""
    return (index if isinstance(index, int) else index[0]) // 2


def plain(text: str) -> str:
    """The text as Markdown that shows it letter for letter, indents aside."""
    escaped = _INLINE.sub(r"\\\1", _INDENT.sub("", text))
    return _AT_LINE_START.sub(r"\1\\\2", escaped)


def unescaped(text: str) -> str:
    """What was written before `plain` escaped it: the reader edits the escaped text."""
    return _ESCAPED.sub(r"\1", text)


def _marked(exchange: Asked, number: int) -> str:
    text = plain(marked_text(exchange.answer, _MARK))
    return _MARKED.sub(lambda mark: f"[`{mark[1]}`](#{source_anchor(number, int(mark[1]))})", text)
