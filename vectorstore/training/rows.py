"""The vocabulary of the embedding model and its rows before training.

A row is a random direction, so that texts with the same words are near from the start, mixed with
the token's place in the co-occurrence of the training texts (positive pointwise mutual information,
reduced by a randomised singular value decomposition) and with its vector from ordinary texts, where
it has one, and scaled by how rare the token is. A word that training never sees still works:
through its own row, or else through its characters.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.tokens import domain_words, text_to_tokens
from vectorstore.training.corpus import Word
from vectorstore.training.matrix import Matrix, unit

UNKNOWN = "[UNK]"
_YEARS = range(2008, 2036)
# Tokens seen less often than this say nothing by their company.
_SEEN_OFTEN = 3
_MOST_SEEN = 6000
# How much of a row is its co-occurrence; more of it blurs which words a text holds.
_COMPANY_SHARE = 0.1
_POWER_ROUNDS = 3
# How much of the square of a row is the word's vector from ordinary texts: two words are as near as
# this times their cosine there.
_ORDINARY_SHARE = 0.6


def make_vocabulary(texts: Sequence[str], words: Sequence[Word], size: int) -> list[str]:
    """At most `size` tokens: characters, what the texts hold, then frequent words of two."""
    counts = Counter(token for text in texts for token in text_to_tokens(text))
    years = (str(year) for year in _YEARS)
    seen = (token for token, _ in counts.most_common() if not token[0].isdigit())
    by_frequency = sorted(words, key=lambda word: (-word.frequency, word.text))
    pairs = (word.text for word in by_frequency if len(word.text) == 2)
    tokens = dict.fromkeys((*_common_characters(), *years, *sorted(domain_words()), *seen, *pairs))
    return [UNKNOWN, *list(tokens)[: size - 1]]


def _common_characters() -> Iterator[str]:
    """The 6,763 ideographs of GB 2312, the frequent ones first as the standard orders them."""
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            character = bytes((high, low)).decode("gb2312", errors="ignore")
            if character:
                yield character


def initial_rows(
    vocabulary: Sequence[str],
    texts: Sequence[str],
    dimension: int,
    ordinary: Mapping[str, Matrix],
) -> Matrix:
    """A row for each token of the vocabulary; the first, for unknown tokens, is zero.

    `ordinary` are rows of length one from ordinary texts, of some of the tokens.
    """
    generator = np.random.default_rng(0)
    places = {token: place for place, token in enumerate(vocabulary)}
    documents = [[places[t] for t in text_to_tokens(text) if t in places] for text in texts]
    rows = unit(generator.standard_normal((len(vocabulary), dimension), dtype=np.float32))
    often, company = _company(documents, len(vocabulary), dimension, generator)
    rows[often] = (1 - _COMPANY_SHARE) * rows[often] + _COMPANY_SHARE * company
    rows = unit(rows)
    for place, token in enumerate(vocabulary):
        if token in ordinary:
            rows[place] *= (1 - _ORDINARY_SHARE) ** 0.5
            rows[place] += _ORDINARY_SHARE**0.5 * ordinary[token]
    rows = rows * _rarity(documents, len(vocabulary))[:, np.newaxis]
    rows[0] = 0
    return rows.astype(np.float32)


def _rarity(documents: Sequence[Sequence[int]], size: int) -> Matrix:
    """Inverse document frequency, scaled so that an unseen token has weight one."""
    frequency = np.zeros(size, dtype=np.float32)
    for document in documents:
        frequency[list(set(document))] += 1
    weights = np.log((1 + len(documents)) / (1 + frequency)) / np.log(1 + len(documents))
    return np.asarray(np.maximum(weights, 0.05), dtype=np.float32)


def _company(
    documents: Sequence[Sequence[int]], size: int, dimension: int, generator: np.random.Generator
) -> tuple[NDArray[np.int64], Matrix]:
    """The tokens seen often, and for each its direction among the tokens it stands with."""
    counts = np.bincount([token for document in documents for token in document], minlength=size)
    often = np.argsort(-counts, kind="stable")[:_MOST_SEEN]
    often = often[counts[often] >= _SEEN_OFTEN]
    place: Mapping[int, int] = {int(token): position for position, token in enumerate(often)}
    together = np.zeros((len(often), len(often)), dtype=np.float32)
    for document in documents:
        present = sorted({place[token] for token in document if token in place})
        together[np.ix_(present, present)] += 1
    return often, unit(_reduced(_information(together), dimension, generator))


def _information(together: Matrix) -> Matrix:
    """Positive pointwise mutual information of tokens that stand in one text."""
    np.fill_diagonal(together, 0)
    of_token = together.sum(axis=1, keepdims=True) + 1e-9
    ratio = together * float(of_token.sum()) / (of_token * of_token.T)
    return np.asarray(np.log(np.maximum(ratio, 1)), dtype=np.float32)


def _reduced(matrix: Matrix, dimension: int, generator: np.random.Generator) -> Matrix:
    """The left singular vectors times the roots of their values, by subspace iteration."""
    basis = generator.standard_normal((len(matrix), dimension), dtype=np.float32)
    for _ in range(_POWER_ROUNDS):
        basis, _ = np.linalg.qr(matrix @ basis)
    values, vectors = np.linalg.eigh(basis.T @ matrix @ basis)
    return np.asarray(basis @ vectors * np.sqrt(np.abs(values)), dtype=np.float32)
