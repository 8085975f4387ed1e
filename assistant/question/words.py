"""The words of a question that the vocabulary knows, and what each of them means.

Pure. The longest word that stands at a place is read; what several words mean together stands in
`assistant.question.measures`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeAlias

from assistant.measure import Measure
from assistant.question.names import shorten
from assistant.question.ratios import RATIOS
from assistant.question.text_words import FIGURES, STATEMENTS
from assistant.question.vocabulary import (
    APPLICANT_KINDS,
    COLUMNS,
    DECISION_KINDS,
    EITHER,
    JOINT,
    REASONS,
    REQUEST_NOUNS,
    REQUEST_VERBS,
    ROWS,
    TABLES,
    Line,
    cells,
)
from ingest.forms import FORMS
from ingest.report import TableName

Role: TypeAlias = Literal[
    "row",
    "column",
    "verb",
    "noun",
    "measure",
    "joint",
    "either",
    "kinds",
    "decisions",
    "reasons",
    "table",
]
Ids: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the vocabulary in a question and one thing that it means; `at` is where it stands."""

    word: str
    role: Role
    table: TableName = "requests"
    rows: Ids = ()
    columns: Ids = ()
    measures: tuple[Measure, ...] = ()
    at: int = 0


def name_of(table: TableName, rows: Ids, columns: Ids) -> str:
    """How an answer calls these cells: 新收政府信息公开申请（自然人）, 行政复议结果维持."""
    row = _ROW_NAMES.get((table, rows)) or "、".join(_row_name(table, r) for r in rows)
    column = _COLUMN_NAMES.get((table, columns)) or "、".join(columns)
    if table == "requests":
        return row if columns == ("total",) else f"{row}（{column}）"
    if table == "disputes":
        return f"{row}案件" if columns == ("total",) else f"{row}{column}"
    return row if columns == ("amount",) and rows == ("fees",) else f"{row}{column}"


def _row_name(table: TableName, row: str) -> str:
    return _ROW_NAMES.get((table, (row,)), row)


def cells_measure(table: TableName, rows: Ids, columns: Ids) -> Measure:
    """The measure that is the sum of these rows' cells in these columns."""
    unit = next(
        form.table(table).unit(row, column)
        for form in FORMS.values()
        for row in rows
        for column in columns
        if row in form.table(table).rows
        and any(c.id == column for c in form.table(table).columns(row))
    )
    return Measure(name_of(table, rows, columns), unit, "cells", cells=cells(table, rows, columns))


_ROW_NAMES: Mapping[tuple[TableName, Ids], str] = {
    (line.table, line.ids): line.name for line in (*ROWS, *REQUEST_VERBS)
} | {("requests", ("new",)): "新收政府信息公开申请"}
_COLUMN_NAMES: Mapping[tuple[TableName, Ids], str] = {
    **{(line.table, line.ids): line.name for line in COLUMNS},
    ("proactive", ("projects",)): "采购项目",
    ("proactive", ("amount",)): "金额",
    ("requests", ("total",)): "总计",
}


# --- Words ------------------------------------------------------------------------------------------


# What holds a word of the vocabulary and means nothing of it: 办了 in 承办了.
_IDLE = ("承办了", "督办了", "举办了", "开办了", "主办了", "协办了", "承办过", "举办过")


@cache
def _dictionary() -> Mapping[str, tuple[Hit, ...]]:
    """Every word of the vocabulary, shortened like the question, with all that it means."""
    words: dict[str, list[Hit]] = {}
    for word, hit in _all_words():
        words.setdefault(shorten(word), []).append(replace(hit, word=shorten(word)))
    return {word: tuple(hits) for word, hits in words.items()} | dict.fromkeys(_IDLE, ())


@cache
def _longest() -> int:
    return max(map(len, _dictionary()))


def known_words() -> Iterator[str]:
    """Every word of the vocabulary as people write it."""
    return (word for word, _ in _all_words())


def _all_words() -> Iterator[tuple[str, Hit]]:
    for groups in (RATIOS, FIGURES, STATEMENTS):
        for words, measures in groups:
            yield from ((word, Hit(word, "measure", measures=measures)) for word in words.split())
    for lines, role in _LINES:
        for line in lines:
            yield from ((word, _line_to_hit(word, line, role)) for word in line.words)
    for word, (table, rows, columns) in JOINT.items():
        yield word, Hit(word, "joint", table, rows, columns)
    for word, ids in EITHER.items():
        yield word, Hit(word, "either", rows=ids)
    yield from ((word, Hit(word, "kinds")) for word in APPLICANT_KINDS)
    yield from ((word, Hit(word, "decisions")) for word in DECISION_KINDS)
    yield from ((word, Hit(word, "reasons")) for word in REASONS)
    yield from ((word, Hit(word, "table", table)) for word, table in TABLES.items())


_LINES: tuple[tuple[tuple[Line, ...], Role], ...] = (
    (ROWS, "row"),
    (COLUMNS, "column"),
    (REQUEST_VERBS, "verb"),
    (REQUEST_NOUNS, "noun"),
)


def _line_to_hit(word: str, line: Line, role: Role) -> Hit:
    if role == "column":
        return Hit(word, role, line.table, columns=line.ids)
    return Hit(word, role, line.table, rows=line.ids)


def find_words(text: str) -> tuple[tuple[Hit, ...], str]:
    """The words found, the longest at each place first, and the text with them masked."""
    words = _dictionary()
    longest = _longest()
    found: list[Hit] = []
    at, rest = 0, text
    while at < len(text):
        lengths = range(min(longest, len(text) - at), 1, -1)
        length = next((n for n in lengths if text[at : at + n] in words), 0)
        if length >= len(_TO_RELEASE) and _is_two_words(text, at, length):
            length = next((n for n in range(length - 1, 1, -1) if text[at : at + n] in words), 0)
        if length:
            found += (replace(hit, at=at) for hit in words[text[at : at + length]])
            rest = rest[:at] + "|" * length + rest[at + length :]
        at += length or 1
    return tuple(found), rest


# 企业申请公开了几件, 申请公开率: the requests, and what was released of them
_TO_RELEASE = "申请公开"
_RELEASED = ("了", "率")


def _is_two_words(text: str, at: int, length: int) -> bool:
    """Whether what stands here is 申请 and 公开, the latter being what was done."""
    after = text[at + length : at + length + 1]
    return after in _RELEASED and text[at : at + length].endswith(_TO_RELEASE)
