"""A conversation as the page shows it: questions and answers ⇄ the chat's messages.

Pure. Every exchange is one message of the user's and one of the assistant's, so that a message's
index says which exchange it belongs to. Answers are plain text that quotes documents: whatever
Markdown would read as mark-up is escaped, only the citation marks are links.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from assistant.answer import Answer, Statement
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


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer; `file` is the uploaded report it stands on, "" for the library."""

    asked: Asked
    file: str = ""


def source_anchor(exchange: int, source: int) -> str:
    """The identifier of a source's card; both are counted from 1."""
    return f"nb-source-{exchange}-{source}"


def conversation_to_messages(
    exchanges: Sequence[Exchange], follow_ups: Sequence[str] = ()
) -> list[Message]:
    """The chat's messages; `follow_ups` stand as buttons under the last answer."""
    shown: list[Message] = []
    for number, exchange in enumerate(exchanges, 1):
        shown.append({"role": "user", "content": plain(exchange.asked.answer.question)})
        shown.append({"role": "assistant", "content": exchange_to_text(exchange, number)})
    if shown and follow_ups:
        shown[-1]["options"] = options(follow_ups)
    return shown


def options(questions: Sequence[str]) -> list[dict[str, str]]:
    """Questions as the buttons under a message."""
    return [{"value": text, "label": text} for text in questions]


def conversation_to_turns(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The conversation so far as `ask` wants it: without marks and mark-up."""
    return [
        turn
        for exchange in exchanges
        for turn in (
            Turn("user", exchange.asked.answer.question),
            Turn("assistant", exchange.asked.answer.text),
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


def exchange_to_text(exchange: Exchange, number: int) -> str:
    """The answer as Markdown: what it stands on where that is no report of the library, marks."""
    text = plain(marked_text(line_by_line(exchange.asked.answer), _MARK))
    linked = _MARKED.sub(
        lambda mark: f"[`{mark[1]}`](#{source_anchor(number, int(mark[1]))})", text
    )
    return f"*{plain(stands_on(exchange.file))}*\n\n{linked}" if exchange.file else linked


def line_by_line(answer: Answer) -> Answer:
    """The answer with a line for each agency where its statements go from one to the next."""
    lines: list[Statement] = []
    about: set[str] = set()
    for statement in answer.statements:
        agencies = {answer.citations[index].agency or "" for index in statement.citations}
        if about and agencies and not about & agencies and not _are_apart(lines[-1], statement):
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text}\n")
        lines.append(statement)
        about = agencies
    return replace(answer, statements=tuple(lines))


def _are_apart(before: Statement, after: Statement) -> bool:
    return before.text.endswith("\n") or after.text.startswith("\n")


def stands_on(file: str) -> str:
    """The line that says that an answer stands on an uploaded file alone."""
    return f"据您上传的《{file}》，未存入资料库。"
