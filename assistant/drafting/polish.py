"""A language model rewords a draft sentence by sentence; what changes a fact is not taken.

The invariant: a reworded sentence has the same numbers in the same order, in digits and in words, the
same placeholders, titles and quotations, and about the same length; any other keeps its old words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.drafting.parts import DraftPart
from assistant.drafting.prose import Prose, joined, reworded
from assistant.drafting.suggestions import Suggestion
from assistant.grounding import Evidence
from assistant.model import Model, Turn
from ingest.errors import ModelUnavailable
from prompts import load

# Shorter or longer than this times the old sentence, something was left out or added.
LEAST_LENGTH, MOST_LENGTH = 0.6, 1.5
# A rewording keeps most character pairs of its sentence; one with fewer says something else.
LEAST_SHARED = 0.4

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?|\n")
# 3|全年……
_REPLY_LINE = re.compile(r"^\s*(\d{1,3})\s*[|\uff5c]\s*(\S.*?)\s*$", re.MULTILINE)
_KEPT = re.compile(r"【[^】]*】|《[^》]*》|“[^”]*”|[一二三四五六]是|[（(][一二三四五六][）)]")
_DENIALS = re.compile(r"未|没有|无|不|零")
_FOREIGN = re.compile(r"://|\]\(|<[a-zA-Z/!]|[*#`{}|]")


def polished(
    sections: Sequence[tuple[DraftPart, ...]], model: Model | None
) -> tuple[list[tuple[DraftPart, ...]], tuple[Suggestion, ...]]:
    """The sections as reworded by the model, hand edits excepted; without one, or when it fails, as they are."""
    if model is None:
        return list(sections), ()
    try:
        return [_section(parts, model) for parts in sections], ()
    except ModelUnavailable as error:
        why = f"{error}草稿保持原样，可以直接使用。"
        return list(sections), (Suggestion(1, "需要润色时稍后再试。", why, kind="model"),)


def _section(parts: tuple[DraftPart, ...], model: Model) -> tuple[DraftPart, ...]:
    """One request a section: the parts' texts are one list of sentences for the model."""
    free = [part for part in parts if part.prose and not part.is_edited]
    texts = iter(reworded_by(model, [part.prose for part in free]))
    return tuple(replace(part, prose=next(texts)) if part in free else part for part in parts)


def reworded_by(model: Model, texts: Sequence[Prose]) -> list[Prose]:
    """The texts with every sentence in the model's words where they say the same.

    Raises ModelUnavailable.
    """
    pieces = [list(_pieces(text)) for text in texts]
    where = [
        (t, p)
        for t, each in enumerate(pieces)
        for p, piece in enumerate(each)
        if _is_sentence(piece)
    ]
    lines = "\n".join(f"{n}|{pieces[t][p].text}" for n, (t, p) in enumerate(where, 1))
    reply = "".join(model.reply([Turn("user", load("polish").render(sentences=lines))]))
    for match in _REPLY_LINE.finditer(reply):
        if 1 <= int(match[1]) <= len(where):
            t, p = where[int(match[1]) - 1]
            pieces[t][p] = accepted(pieces[t][p], match[2])
    return [joined(each) for each in pieces]


def _pieces(prose: Prose) -> Iterator[Prose]:
    for match in _SENTENCE.finditer(prose.text):
        yield prose.cut(match.start(), match.end())


def _is_sentence(piece: Prose) -> bool:
    """Whether it is more than a head: it ends as a sentence does."""
    return piece.text.strip() != "" and piece.text[-1] in "。！？；"


def accepted(old: Prose, text: str) -> Prose:
    """The new wording with the old origins, or the old sentence where it says anything else."""
    new = reworded(old, text)
    return new if new is not None and _says_the_same(old.text, text) else old


def _says_the_same(old: str, new: str) -> bool:
    evidence = Evidence()
    evidence.add_text(old)
    length = len(new) / len(old)
    return (
        LEAST_LENGTH <= length <= MOST_LENGTH
        and not _FOREIGN.search(new)
        and _KEPT.findall(old) == _KEPT.findall(new)
        and bool(_DENIALS.search(old)) == bool(_DENIALS.search(new))
        and old[-1] == new[-1]
        and evidence.digits_are_grounded(new)
        and evidence.words_are_grounded(new)
        and evidence.shares(new) >= LEAST_SHARED
    )
