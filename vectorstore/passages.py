"""A question → the passages that answer it best, by meaning and by word.

The scope is applied before anything is ranked. The leading candidates by vector and by keyword are
ranked together, by a sum of three: their BM25 as a share of the best one's, the share of the
question's telling words that they say (in these words or in others of the same meaning), and the
exact cosine of their stored vectors. The last two can be compared from one question to the next:
where no passage has enough of them, nothing is an answer. None depends on which index found the
candidate: the same library gives the same order. The leaders are then ordered again with the
cosine of the one sentence in each that is nearest, which counts less in a report of another agency
or year than the question names.
Sentences that many reports copy from one another are shown once.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal, TypeAlias

import numpy as np

from ingest.characters import for_matching
from vectorstore.builds import StoreBroken
from vectorstore.chunks import ChunkStore, Held, LookedAt, Scope
from vectorstore.embedding import Embedder, StaticEmbedder, Vectors
from vectorstore.holdings import Passage
from vectorstore.keywords import Keywords, content_terms
from vectorstore.leaders import LEADERS, nearest_sentences
from vectorstore.named import fits
from vectorstore.overlap import Overlap
from vectorstore.synonyms import other_words
from vectorstore.vectors import VectorCache

Ranking: TypeAlias = Literal["words", "meaning", "both"]

# Candidates taken from each ranking, and looked at again.
POOL = 60

# What a score is made of; sums to 1. Chosen on the training half of the retrieval set and on a
# hundred questions written for the purpose: on the first, shifting 0.1 between any two of them moves
# recall@5 by one question in a hundred at most, on the second more for meaning finds more.
BM25_SHARE, WORD_SHARE, MEANING_SHARE = 0.15, 0.45, 0.4

# What the nearest sentence counts of a leader's score; 0.6 finds more of what is asked in far other
# words and less of what is asked in near ones.
SENTENCE_SHARE = 0.5

# Where even the best passage says less than this of a question, by its words and its meaning,
# nothing is an answer. Calibrated on the training half: a third of thirty questions about other
# things (cooking, football, Mozart) find nothing, and no question loses its passages.
LEAST_SAID = 0.16

# Two texts that share so much of their bigrams, and every figure, say the same.
SAME_TEXT = 0.85

_NUMBER = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Indexes:
    """Where a search looks. `embedder` is None where no model could be loaded."""

    chunks: ChunkStore
    keywords: Keywords
    vectors: VectorCache
    embedder: Embedder | None
    notify: Callable[[str], None]


def find_passages(
    text: str, scope: Scope, limit: int, indexes: Indexes, by: Ranking = "both"
) -> list[Passage]:
    """The passages within the scope that fit the text best, best first; at most `limit`."""
    if limit <= 0 or not text.strip() or scope.report_ids == ():
        return []
    if by != "both":
        return _by_one(text, scope, limit, indexes, by)
    others = other_words(text)
    pool = max(POOL, 4 * limit)
    by_word = _by_word(text, scope, pool, indexes, also=chain.from_iterable(others.values()))
    query, by_meaning = _by_meaning(text, scope, pool, indexes)
    name = indexes.embedder.name if indexes.embedder and query is not None else None
    looked_at = indexes.chunks.looked_at((number for number, _ in (*by_word, *by_meaning)), name)
    texts, meanings = looked_at.texts(), _meanings(query, looked_at)
    words = _word_shares(text, others, texts, indexes.keywords)
    found = _as_shares(by_word)
    said = {number: _said(words[number], meanings.get(number)) for number in texts}
    # Whoever names agency, year or section has narrowed it down: the best of these may say less.
    if scope.is_everything and max(said.values(), default=0.0) < LEAST_SAID:
        return []
    first = {
        number: BM25_SHARE * found.get(number, 0.0) + (1 - BM25_SHARE) * share
        for number, share in said.items()
    }
    scores = _with_nearest_sentences(text, first, query, looked_at, indexes.embedder)
    held = without_repeats(map(looked_at.held, _best_first(scores)), scope, limit)
    return [_passage(each, scores[each.id]) for each in held]


def _with_nearest_sentences(
    text: str,
    scores: Mapping[int, float],
    query: Vectors | None,
    looked_at: LookedAt,
    embedder: Embedder | None,
) -> Mapping[int, float]:
    """The scores, in which the nearest sentence of each leader counts as well; leaders stay ahead."""
    if query is None or not isinstance(embedder, StaticEmbedder):
        return scores
    leaders = _best_first(scores)[:LEADERS]
    texts = {number: looked_at.bare_text(number) for number in leaders}
    fitting = fits(text, {number: looked_at.held(number) for number in leaders})
    nearest = {
        number: fitting[number] * cosine
        for number, cosine in nearest_sentences(query, texts, embedder).items()
    }
    return {
        number: (1 - SENTENCE_SHARE) * score + SENTENCE_SHARE * nearest.get(number, 0.0)
        for number, score in scores.items()
    }


def _best_first(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))


def _by_one(text: str, scope: Scope, limit: int, indexes: Indexes, by: Ranking) -> list[Passage]:
    """What one ranking alone puts first, with its own score: BM25 or the cosine."""
    if by == "words":
        ranked = _by_word(text, scope, limit, indexes)
    else:
        _, ranked = _by_meaning(text, scope, limit, indexes)
    held = {each.id: each for each in indexes.chunks.held([number for number, _ in ranked])}
    return [_passage(held[number], score) for number, score in ranked if number in held]


def without_repeats(ordered: Iterable[Held], scope: Scope, limit: int) -> list[Held]:
    """The first `limit` that say something new; of equals the first stays.

    Rows of tables are facts of their own report and never repeat each other; and where the scope
    names agencies or years, each of them may say the same.
    """
    kept: list[_Said] = []
    for said in map(_Said, ordered):
        if not any(_repeats(said, other, scope) for other in kept):
            kept.append(said)
        if len(kept) == limit:
            break
    return [said.held for said in kept]


class _Said:
    """What a chunk says, as it is compared with others; its terms are found when they are needed."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.text = held.chunk.text
        self.numbers = frozenset(_NUMBER.findall(for_matching(self.text)))

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(content_terms(self.text))


def _passage(held: Held, score: float) -> Passage:
    return Passage(held.report_id, held.agency, held.year, held.chunk, round(score, 6))


def _by_word(
    text: str, scope: Scope, pool: int, indexes: Indexes, *, also: Iterable[str] = ()
) -> list[tuple[int, float]]:
    try:
        return indexes.keywords.search(text, scope, pool, also=also)
    except StoreBroken:
        indexes.notify("关键词索引暂时不能使用，本次只按语义检索；下次写入时重建。")
        return []


def _by_meaning(
    text: str, scope: Scope, pool: int, indexes: Indexes
) -> tuple[Vectors | None, list[tuple[int, float]]]:
    if indexes.embedder is None:
        return None, []
    query = np.asarray(indexes.embedder.encode([text], query=True)[0], dtype=np.float32)
    # A text of nothing known has no direction; whatever lies near it is chance.
    if not query.any():
        return None, []
    return query, indexes.vectors.nearest(indexes.embedder.name, query, scope, pool)


def _word_shares(
    text: str, others: Mapping[str, Sequence[str]], texts: Mapping[int, str], keywords: Keywords
) -> Mapping[int, float]:
    terms = content_terms(text)
    try:
        weights = keywords.weights(terms)
    except StoreBroken:
        weights = dict.fromkeys(terms, 1.0)
    overlap = Overlap(weights, others)
    return {number: overlap.share(said) for number, said in texts.items()}


def _meanings(query: Vectors | None, looked_at: LookedAt) -> Mapping[int, float]:
    found, vectors = looked_at.vectors()
    if query is None or not found:
        return {}
    return dict(zip(found, (vectors @ query).clip(0.0, 1.0).tolist(), strict=True))


def _as_shares(found: Sequence[tuple[int, float]]) -> Mapping[int, float]:
    """Each BM25 score as a share of the best."""
    best = max((score for _, score in found), default=0.0)
    return {number: score / best for number, score in found} if best else {}


def _said(words: float, meaning: float | None) -> float:
    """How much of the question a passage says, whichever index found it; comparable between any."""
    if meaning is None:
        return words
    return (WORD_SHARE * words + MEANING_SHARE * meaning) / (WORD_SHARE + MEANING_SHARE)


def _repeats(said: _Said, other: _Said, scope: Scope) -> bool:
    held, seen = said.held, other.held
    if said.text == other.text and held.report_id == seen.report_id:
        return True
    if held.chunk.place.table or seen.chunk.place.table:
        return False
    if scope.agencies and held.agency != seen.agency:
        return False
    if scope.years and held.year != seen.year:
        return False
    if said.numbers != other.numbers or not said.terms:
        return False
    return len(said.terms & other.terms) >= SAME_TEXT * len(said.terms | other.terms)
