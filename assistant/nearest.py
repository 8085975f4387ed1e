"""The sentences nearest to a question that none answers outright, told as no more than that.

That no sentence was recognised as the answer does not prove that the reports are silent: they may
put the matter in other words. So a refusal on the text shows what comes nearest. Sentences are
weighed by the pairs of characters that they share with the question, rare ones more than common
ones, and by the numbers that both count. Pure but for reading.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from assistant.answer import Answer, Statement
from assistant.query import Query
from assistant.question.units import without_counts
from assistant.retrieval import quote, read_reports
from assistant.sentences import Sentence, report_to_sentences
from assistant.text_claims import counted_in, without_counted
from assistant.topics import topic_terms
from ingest.characters import for_matching
from vectorstore.library import Library

MOST_SHOWN = 2
# Of the weight of a question's words, the share that a sentence must have; of no agency in
# particular every report is looked into, and chance words meet sooner.
LEAST_SHARE = 0.3
LEAST_SHARE_AMONG_ALL = 0.55
# What comes second is shown where it is nearly as near.
NEARLY = 0.75
_ASKS_NUMBER = re.compile("多少|几[^乎,，。]|百分之几|率")
_NUMERAL = re.compile(r"\d|[一二两三四五六七八九十百千]+(?:[件条人次名天个家份期场项])")
# A sentence with a number is nearer to a question for one.
_FOR_NUMBERS = 1.4
_OPENING = "\n没有认出直接作答的句子，最接近的原文是（未必回答所问，请核对）：\n"


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a question's words are made of: pairs of characters, and the numbers that it counts."""

    pairs: frozenset[str]
    counts: frozenset[tuple[str, str]]
    wants_number: bool


def with_nearest(refusal: Answer, query: Query, library: Library) -> Answer:
    """The refusal with the sentences nearest to the question, itself where none comes near."""
    found = _nearest(query, library)
    if not found:
        return refusal
    near = quote(replace(query, topic="", question=""), found)
    shift = len(refusal.citations)
    moved = (
        replace(s, citations=tuple(index + shift for index in s.citations)) for s in near.statements
    )
    return replace(
        refusal,
        statements=(*refusal.statements, Statement(_OPENING), *moved),
        citations=(*refusal.citations, *near.citations),
    )


def _nearest(query: Query, library: Library) -> list[Sentence]:
    sought = _sought(query)
    if not (sought.pairs or sought.counts):
        return []
    sentences = [
        sentence
        for report in read_reports(query, library).values()
        for sentence in report_to_sentences(report)
        if not (sentence.gives_orders or sentence.is_heading)
    ]
    weighed = _weighed(sentences, sought)
    best = max(weighed, default=0.0)
    least = LEAST_SHARE if query.agencies else LEAST_SHARE_AMONG_ALL
    if best < least:
        return []
    near = [(w, i) for i, w in enumerate(weighed) if w >= max(least, NEARLY * best)]
    chosen = sorted(i for _, i in sorted(near, key=lambda pair: (-pair[0], pair[1]))[:MOST_SHOWN])
    return [sentences[i] for i in chosen]


def _sought(query: Query) -> _Sought:
    words = query.topic or query.question
    pieces = [
        wording
        for term in topic_terms(without_counted(without_counts(words)))
        for wording in term.wordings
    ]
    return _Sought(
        frozenset(pair for piece in pieces for pair in _pairs(piece)),
        frozenset(counted_in(words)),
        bool(_ASKS_NUMBER.search(words)),
    )


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _weighed(sentences: Sequence[Sentence], sought: _Sought) -> list[float]:
    """For each sentence the share of the question's weight that it has."""
    plain = [for_matching(f"{s.under}{s.text}") for s in sentences]
    shared = [frozenset(pair for pair in sought.pairs if pair in text) for text in plain]
    weights = _weights(shared, sought)
    whole = sum(weights.values()) + len(sought.counts) * _rarest(sentences)
    shares = []
    for text, pairs in zip(plain, shared, strict=True):
        counts = sought.counts & frozenset(counted_in(text)) if sought.counts else frozenset()
        weight = sum(weights[pair] for pair in pairs) + len(counts) * _rarest(sentences)
        is_number = sought.wants_number and bool(_NUMERAL.search(text))
        shares.append(weight / whole * (_FOR_NUMBERS if is_number else 1.0))
    return shares


def _weights(shared: Sequence[frozenset[str]], sought: _Sought) -> Mapping[str, float]:
    """What a pair of characters weighs: much where few sentences have it."""
    counts = Counter(pair for pairs in shared for pair in pairs)
    return {pair: log(1 + len(shared) / max(1, counts[pair])) for pair in sought.pairs}


def _rarest(sentences: Sequence[Sentence]) -> float:
    return log(1 + len(sentences))
