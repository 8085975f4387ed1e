"""The sentences nearest to a question that none answers outright, told as no more than that.

That no sentence was recognised as the answer does not prove that the reports are silent: they may
put the matter in other words. So a refusal on the text shows what comes nearest. Sentences are
weighed by the pairs of characters that they share with the question, rare ones more than common
ones, and by the numbers that both count. Pure but for reading.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from typing import TypeAlias

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
# 几道关口: 三道 comes nearer than a number of other things
_COUNTED_IN = re.compile("(?:几|多少)(?P<unit>[一-龥])")
_PEOPLE = re.compile("(?:几|多少)(?:个人|[人名位])")
_HOW_MANY = re.compile("几[一-龥]")
_DIGIT = "[\\d一二两三四五六七八九十百千万余多]"
_OPENING = "\n没有认出直接作答的句子，最接近的原文是（未必回答所问，请核对）：\n"


Mark: TypeAlias = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a question is made of: pairs of characters and units of numbers, and what it counts."""

    patterns: Mapping[str, re.Pattern[str]]
    counts: frozenset[tuple[str, str]]
    wants_number: bool

    @property
    def marks(self) -> frozenset[Mark]:
        """All that a sentence may share with the question."""
        return frozenset((*self.patterns, *self.counts))


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
    if not sought.marks:
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
    words = query.topic
    bare = without_counted(without_counts(_HOW_MANY.sub("，", words)))
    terms = topic_terms(bare)
    pieces = [wording for term in terms for wording in term.wordings]
    pairs = {pair: re.compile(re.escape(pair)) for piece in pieces for pair in _pairs(piece)}
    people = "[人名位]"
    units = (
        people if _PEOPLE.match(words, match.start()) else match["unit"]
        for match in _COUNTED_IN.finditer(words)
    )
    numerals = {unit: re.compile(f"{_DIGIT}{unit}") for unit in units}
    return _Sought(
        {**pairs, **numerals}, frozenset(counted_in(words)), bool(_ASKS_NUMBER.search(words))
    )


def _pairs(text: str) -> Iterator[str]:
    return ("".join(pair) for pair in pairwise(text))


def _weighed(sentences: Sequence[Sentence], sought: _Sought) -> list[float]:
    """For each sentence the share of the question's weight that it has."""
    plain = [for_matching(f"{s.under}{s.text}") for s in sentences]
    shared = [_shared(text, sought) for text in plain]
    held = Counter(mark for marks in shared for mark in marks)
    weights = {mark: log(1 + len(shared) / max(1, held[mark])) for mark in sought.marks}
    whole = sum(weights.values())
    return [
        sum(weights[mark] for mark in marks)
        / whole
        * (_FOR_NUMBERS if sought.wants_number and _NUMERAL.search(text) else 1.0)
        for text, marks in zip(plain, shared, strict=True)
    ]


def _shared(text: str, sought: _Sought) -> frozenset[Mark]:
    """What a sentence has of what a question is made of."""
    words = {name for name, pattern in sought.patterns.items() if pattern.search(text)}
    counts = sought.counts.intersection(counted_in(text)) if sought.counts else ()
    return frozenset((*words, *counts))
