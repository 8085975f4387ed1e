"""Quotes → the same said by a language model, sentence by sentence, as far as it holds.

A model sees the chosen sentences as numbered passages and nothing else. What it writes is held to
them before it is shown: a sentence whose numbers, quotations or words do not stand in the passages
that it names is dropped and counted. Where the model fails in any way the quotes are the answer,
with one line that says so.
"""

import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import replace

import prompts
from assistant.answer import (
    Answer,
    Statement,
    Verified,
    count_in_words,
    verify,
    with_used_citations,
)
from assistant.attribution import is_attributed
from assistant.model import Model, Turn
from ingest.errors import ModelUnavailable
from ingest.report import Report

# [1] · [1][3] · 【1、3】
_MARK = re.compile(r"\s*[\[【]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]】]")
# A mark of which the end has not come yet.
_OPEN_MARK = re.compile(r"\s*[\[【][^\]】]*$")
_SENTENCE = re.compile(rf"[^。！？\n]+[。！？]?(?:{_MARK.pattern})*[。！？]?")
_NOT_STATED = "材料未载明"


def phrase(
    quoted: Answer, model: Model, documents: Mapping[str, Report], *, of: Answer | None = None
) -> Generator[Answer, None, None]:
    """The quoted answer in the model's words: a sentence longer each time, or the same again.

    The last item is the whole of what holds, with a line on what was dropped; or the quotes, with a
    line on why. `of` holds the passages that the model is given where they are more than are
    quoted. Closing the generator ends the model's reply.
    """
    given = of or quoted
    text = complete = ""
    shown = quoted
    try:
        with closing(_pieces(given, model)) as pieces:
            for piece in pieces:
                text += piece
                if complete != (complete := _without_last_sentence(text)):
                    verified = _held(complete, given, documents)
                    shown = verified.answer if verified.answer.statements else shown
                yield shown
    except ModelUnavailable:
        yield quoted.with_lines("\n（语言模型没有给出可用的回答，以上为报告原文。）")
        return
    yield _finished(_held(text, given, documents), quoted)


def _pieces(quoted: Answer, model: Model) -> Generator[str, None, None]:
    yield from model.reply([Turn("user", _prompt(quoted))])


def _finished(verified: Verified, quoted: Answer) -> Answer:
    if not verified.answer.statements:
        return quoted.with_lines("\n（语言模型的回答在原文中没有依据，未采用；以上为报告原文。）")
    answer = verified.answer
    if len(answer.citations) > len(quoted.citations):
        answer = with_used_citations(answer)
    if verified.dropped:
        count = count_in_words(len(verified.dropped))
        answer = answer.with_lines(f"\n（语言模型的回答中有{count}句在原文中没有依据，已略去。）")
    return answer


def _held(text: str, quoted: Answer, documents: Mapping[str, Report]) -> Verified:
    statements = tuple(_text_to_statements(text, len(quoted.citations)))
    phrased = replace(quoted, statements=statements)
    given = quoted.citations
    strange = tuple(
        s for s in statements if not is_attributed(s.text, [given[i] for i in s.citations], given)
    )
    phrased = replace(phrased, statements=tuple(s for s in statements if s not in strange))
    verified = verify(phrased, quoted.question, documents, by_model=True)
    return Verified(verified.answer, (*strange, *verified.dropped))


def _without_last_sentence(text: str) -> str:
    """What is complete of a text: its last sentence may go on, or still be given its marks."""
    *whole, _ = (0, *(match.end() for match in _SENTENCE.finditer(_OPEN_MARK.sub("", text))))
    return text[: whole[-1]] if whole else ""


def _prompt(quoted: Answer) -> str:
    passages = "\n".join(
        f"[{number}] {c.agency}{c.year}年：{' '.join((c.place.quote or '').split())}"
        for number, c in enumerate(quoted.citations, 1)
    )
    return prompts.load("answer").render(question=quoted.question, passages=passages)


def _text_to_statements(text: str, passages: int) -> Iterator[Statement]:
    """The model's sentences with the passages that each names; what names none cites none."""
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        words = _MARK.sub("", sentence).strip()
        if not words or _NOT_STATED in words:
            continue
        marks = " ".join(_MARK.findall(sentence))
        numbers = dict.fromkeys(int(number) - 1 for number in re.findall(r"\d+", marks))
        yield Statement(words, tuple(n for n in numbers if 0 <= n < passages))
