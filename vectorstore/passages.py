"""A question → the passages that answer it best, by meaning and by word.

The scope is applied before anything is ranked. The leading candidates by vector and by keyword are
ranked together, by a sum of three: their BM25 as a share of the best one's, the share of the
question's telling words that they say (in these words or in others of the same meaning), and the
exact cosine of their stored vectors. The last two can be compared from one question to the next:
where no passage has enough of them, nothing is an answer. None depends on which index found the
candidate: the same library gives the same order.
Sentences that many reports copy from one another are shown once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

import numpy as np

from vectorstore.builds import StoreBroken
from vectorstore.chunks import ChunkStore, Held, Scope
from vectorstore.embedding import Embedder, Vectors
from vectorstore.holdings import Passage
from vectorstore.keywords import Keywords, content_terms
from vectorstore.overlap import Overlap
from vectorstore.synonyms import other_words
from vectorstore.vectors import VectorCache

Ranking: TypeAlias = Literal["words", "meaning", "both"]

# Candidates taken from each ranking, and looked at again.
POOL = 60

# What a score is made of; sums to 1. Chosen on the training half of the retrieval set, where
# shifting 0.1 between any two of them moves recall@5 by one question in a hundred at most.
BM25_SHARE, WORD_SHARE, MEANING_SHARE = 0.25, 0.4, 0.35

# Where even the best passage says less than this of a question, by its words and its meaning,
# nothing is an answer. Calibrated on the training half: a third of thirty questions about other
# things (cooking, football, Mozart) find nothing, and one question in a hundred loses its passages.
LEAST_SAID = 0.13

# Two texts that share so much of their bigrams, and every figure, say the same.
SAME_TEXT = 0.85


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
    texts, meanings = _looked_at((*by_word, *by_meaning), query, indexes)
    words = _word_shares(text, others, texts, indexes.keywords)
    found = _as_shares(by_word)
    said = {number: _said(words[number], meanings.get(number)) for number in texts}
    # Whoever names agency, year or section has narrowed it down: the best of these may say less.
    if scope.is_everything and max(said.values(), default=0.0) < LEAST_SAID:
        return []
    scores = {
        number: BM25_SHARE * found.get(number, 0.0) + (1 - BM25_SHARE) * share
        for number, share in said.items()
    }
    ordered = sorted(scores, key=lambda number: (-scores[number], number))
    held = _held_in_order(ordered, limit, indexes.chunks)
    return [_passage(each, scores[each.id]) for each in without_repeats(held, scope, limit)]


def _held_in_order(ordered: Sequence[int], limit: int, chunks: ChunkStore) -> Iterator[Held]:
    """The chunks with these numbers, read from the store as they are asked for."""
    # Few repeat one another: the second reading is seldom needed.
    page = 2 * limit
    for start in range(0, len(ordered), page):
        numbers = ordered[start : start + page]
        held = {each.id: each for each in chunks.held(numbers)}
        yield from (held[number] for number in numbers if number in held)


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
    kept: list[tuple[Held, frozenset[str]]] = []
    for held in ordered:
        terms = frozenset(content_terms(held.chunk.text))
        if not any(_repeats(held, terms, other, seen, scope) for other, seen in kept):
            kept.append((held, terms))
        if len(kept) == limit:
            break
    return [held for held, _ in kept]


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


def _looked_at(
    candidates: Sequence[tuple[int, float]], query: Vectors | None, indexes: Indexes
) -> tuple[Mapping[int, str], Mapping[int, float]]:
    """The texts of the candidates, and their cosines where there is a model."""
    numbers = [number for number, _ in candidates]
    if query is None or indexes.embedder is None:
        return indexes.chunks.texts(numbers), {}
    texts, found, vectors = indexes.chunks.texts_and_vectors(indexes.embedder.name, numbers)
    if not found:
        return texts, {}
    return texts, dict(zip(found, (vectors @ query).clip(0.0, 1.0).tolist(), strict=True))


def _as_shares(found: Sequence[tuple[int, float]]) -> Mapping[int, float]:
    """Each BM25 score as a share of the best."""
    best = max((score for _, score in found), default=0.0)
    return {number: score / best for number, score in found} if best else {}


def _said(words: float, meaning: float | None) -> float:
    """How much of the question a passage says, whichever index found it; comparable between any."""
    if meaning is None:
        return words
    return (WORD_SHARE * words + MEANING_SHARE * meaning) / (WORD_SHARE + MEANING_SHARE)


def _repeats(
    held: Held, terms: frozenset[str], other: Held, seen: frozenset[str], scope: Scope
) -> bool:
    if held.chunk.text == other.chunk.text and held.report_id == other.report_id:
        return True
    if held.chunk.place.table or other.chunk.place.table:
        return False
    if scope.agencies and held.agency != other.agency:
        return False
    if scope.years and held.year != other.year:
        return False
    if not terms or _digits(terms) != _digits(seen):
        return False
    return len(terms & seen) >= SAME_TEXT * len(terms | seen)


def _digits(terms: frozenset[str]) -> frozenset[str]:
    return frozenset(term for term in terms if term[0].isdigit())
