"""Text → tokens: characters, overlapping bigrams, words of the subject, Latin words and numbers.

One function for the keyword index, the training of the embedding model and its use alike: what one
of them can find, the others can. Chinese is not segmented, because a segmenter's dictionary decides
differently for a question and for the sentence that answers it; bigrams cannot.

`TOKENS_VERSION` changes with the words and with the way they are found, so that an index or a model
made from other tokens is recognised.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from operator import add
from pathlib import Path

from ingest.characters import for_matching
from ingest.forms import FORMS
from ingest.outline import SECTIONS, SUBHEADS, SectionForm, SubheadForm

WORDS_FILE = Path(__file__).parent / "model" / "words.txt"

# One character of Chinese writing: ideographs of the basic plane and beyond, and the zero U+3007.
_IDEOGRAPH = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_PIECE = re.compile(rf"(?P<chinese>[{_IDEOGRAPH}]+)|[a-z]+|\d+(?:\.\d+)*")
_CHINESE = re.compile(rf"[{_IDEOGRAPH}]+")

# Shorter words are bigrams anyway.
_SHORTEST_WORD = 3


def text_to_tokens(text: str) -> list[str]:
    """The tokens of a text in reading order, in the spelling that compares.

    >>> text_to_tokens("新收申请 3件")
    ['新', '收', '申', '请', '新收', '收申', '申请', '新收申请', '3', '件']
    """
    tokens: list[str] = []
    for piece in _PIECE.finditer(for_matching(text).lower()):
        if piece["chinese"]:
            _add_chinese(piece["chinese"], tokens)
        else:
            tokens.append(piece[0])
    return tokens


def _add_chinese(run: str, tokens: list[str]) -> None:
    bigrams = list(map(add, run, run[1:]))
    tokens.extend(run)
    tokens.extend(bigrams)
    starts = map(add, bigrams, run[_SHORTEST_WORD - 1 :])
    for position, words in enumerate(map(_words_by_start().get, starts)):
        if words:
            tokens.extend([word for word in words if run.startswith(word, position)])


@cache
def domain_words() -> frozenset[str]:
    """The words of the subject: the labels of the statutory form and those of the model's list."""
    listed = (
        line.strip()
        for line in WORDS_FILE.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    pieces = (
        piece
        for text in (*listed, *_form_labels())
        for piece in _CHINESE.findall(for_matching(text))
    )
    return frozenset(piece for piece in pieces if len(piece) >= _SHORTEST_WORD)


@cache
def _words_by_start() -> Mapping[str, tuple[str, ...]]:
    """The words of the subject by their first three characters, shorter words first."""
    by_start: dict[str, list[str]] = {}
    for word in sorted(domain_words(), key=lambda word: (len(word), word)):
        by_start.setdefault(word[:_SHORTEST_WORD], []).append(word)
    return {start: tuple(words) for start, words in by_start.items()}


def _form_labels() -> Iterator[str]:
    headings: tuple[SectionForm | SubheadForm, ...] = (*SECTIONS, *SUBHEADS)
    for heading in headings:
        yield from (heading.heading, *heading.variants)
    for form in FORMS.values():
        for table in form.tables.values():
            for block in table.blocks:
                for row in block.rows:
                    yield from (row.label, *row.variants)
                for column in block.columns:
                    yield from (column.label, *column.variants)


def _version() -> str:
    words = "\n".join(sorted(domain_words()))
    return "1-" + hashlib.sha256(words.encode()).hexdigest()[:8]


TOKENS_VERSION = _version()
