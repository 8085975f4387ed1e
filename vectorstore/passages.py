"""A question → the passages that answer it best, by meaning and by word.

The scope is applied before anything is ranked. The leading candidates by vector and by keyword are
ranked together: by reciprocal rank, by the exact cosine of their stored vectors, and by the share
of the question's telling words that they contain. The last two can be compared from one question
to the next, and none depends on which index found the candidate: the same library gives the same
order.
Sentences that many reports copy from one another are shown once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vectorstore.builds import StoreBroken
from vectorstore.chunks import ChunkStore, Held, Scope
from vectorstore.embedding import Embedder, Vectors
from vectorstore.holdings import Passage
from vectorstore.keywords import Keywords, content_terms
from vectorstore.tokens import TermFinder
from vectorstore.vectors import VectorCache

# Candidates taken from each ranking, and looked at again.
POOL = 60

# Cormack, Clarke and Büttcher (SIGIR 2009), the customary constant of reciprocal rank fusion.
RRF = 60

# What a score is made of; sums to 1.
RANK_SHARE, WORD_SHARE, MEANING_SHARE = 0.3, 0.4, 0.3

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


def find_passages(text: str, scope: Scope, limit: int, indexes: Indexes) -> list[Passage]:
    """The passages within the scope that fit the text best, best first; at most `limit`."""
    if limit <= 0 or not text.strip() or scope.report_ids == ():
        return []
    pool = max(POOL, 4 * limit)
    by_word = _by_word(text, scope, pool, indexes)
    query, by_meaning = _by_meaning(text, scope, pool, indexes)
    held = indexes.chunks.held([number for number, _ in (*by_word, *by_meaning)])
    words = _word_shares(text, held, indexes.keywords)
    meanings = _meanings(query, [each.id for each in held], indexes)
    nearest = sorted(meanings, key=lambda number: (-meanings[number], number))
    ranks = fuse(nearest, [number for number, _ in by_word])
    scores = {
        each.id: _score(ranks.get(each.id, 0.0), words[each.id], meanings.get(each.id))
        for each in held
    }
    ordered = sorted(held, key=lambda each: (-scores[each.id], each.id))
    return [
        Passage(each.report_id, each.agency, each.year, each.chunk, round(scores[each.id], 6))
        for each in without_repeats(ordered, scope, limit)
    ]


def fuse(*rankings: Sequence[int]) -> dict[int, float]:
    """Number → reciprocal rank over all rankings; 1 for what leads every one of them."""
    ranks: dict[int, float] = {}
    filled = [ranking for ranking in rankings if ranking]
    for ranking in filled:
        for place, number in enumerate(ranking, start=1):
            ranks[number] = ranks.get(number, 0.0) + (RRF + 1) / (RRF + place) / len(filled)
    return ranks


def without_repeats(ordered: Sequence[Held], scope: Scope, limit: int) -> list[Held]:
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


def _by_word(text: str, scope: Scope, pool: int, indexes: Indexes) -> list[tuple[int, float]]:
    try:
        return indexes.keywords.search(text, scope, pool)
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


def _word_shares(text: str, held: Sequence[Held], keywords: Keywords) -> Mapping[int, float]:
    terms = content_terms(text)
    try:
        weights = keywords.weights(terms)
    except StoreBroken:
        weights = dict.fromkeys(terms, 1.0)
    whole = sum(weights.values())
    finder = TermFinder(weights)
    shares = {}
    for each in held:
        found = finder.found_in(f"{each.chunk.context}\n{each.chunk.text}")
        shares[each.id] = sum(weights[term] for term in found) / whole if whole else 0.0
    return shares


def _meanings(query: Vectors | None, ids: Sequence[int], indexes: Indexes) -> Mapping[int, float]:
    if query is None or indexes.embedder is None:
        return {}
    found, vectors = indexes.chunks.vectors_of(indexes.embedder.name, ids)
    if not found:
        return {}
    return dict(zip(found, (vectors @ query).clip(0.0, 1.0).tolist(), strict=True))


def _score(rank: float, words: float, meaning: float | None) -> float:
    score = RANK_SHARE * rank + WORD_SHARE * words
    if meaning is None:
        return score / (RANK_SHARE + WORD_SHARE)
    return score + MEANING_SHARE * meaning


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
