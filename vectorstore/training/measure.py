"""What the model finds: questions kept out of training over the passages of the sample reports.

The yardstick beside it is the overlap of keywords (BM25 over the same tokens), which finds what is
written in the question's own words.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vectorstore.embedding import Embedder, Vectors
from vectorstore.tokens import text_to_tokens
from vectorstore.training.corpus import FOLDER

HELD_OUT_FILE = FOLDER / "held_out.txt"
DEPTHS = (1, 5, 20)

# BM25's usual constants.
_SATURATION = 1.2
_LENGTH_SHARE = 0.75
# Ranks are fused as 1 / (60 + rank), after Cormack and others (2009).
_FUSION = 60


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A question and the words, in one sample file, that answer it."""

    question: str
    file: str
    answer: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a sample: `text` as it stands, `full` with the context that search embeds."""

    file: str
    text: str
    full: str


def read_held_out(path: Path = HELD_OUT_FILE) -> list[HeldOut]:
    """The questions kept out of training."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split(" | ") for line in lines if line and not line.startswith("#"))
    return [HeldOut(*(field.strip() for field in row)) for row in rows]


def recall_table(
    questions: Sequence[HeldOut], passages: Sequence[Passage], embedder: Embedder
) -> dict[str, dict[int, float]]:
    """Share of questions whose answer is among the first 1, 5, 20 passages, by way of search."""
    asked = [question.question for question in questions]
    full = [passage.full for passage in passages]
    by_words = keyword_scores(asked, full)
    by_vectors = embedder.encode(asked, query=True) @ embedder.encode(full).T
    ways = {
        "keywords": by_words,
        "vectors": by_vectors,
        "both": 1 / (_FUSION + _ranks(by_words)) + 1 / (_FUSION + _ranks(by_vectors)),
    }
    places = {way: _places(questions, passages, scores) for way, scores in ways.items()}
    return {
        way: {depth: float(np.mean(found < depth)) for depth in DEPTHS}
        for way, found in places.items()
    }


def keyword_scores(questions: Sequence[str], texts: Sequence[str]) -> Vectors:
    """BM25 of each question (row) against each text (column)."""
    counts = [Counter(text_to_tokens(text)) for text in texts]
    lengths = np.array([count.total() for count in counts], dtype=np.float32)
    damping = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * lengths / lengths.mean())
    scores = np.zeros((len(questions), len(texts)), dtype=np.float32)
    for row, question in enumerate(questions):
        for token in set(text_to_tokens(question)):
            found = np.array([count[token] for count in counts], dtype=np.float32)
            holding = int((found > 0).sum())
            weight = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            scores[row] += weight * found * (_SATURATION + 1) / (found + damping)
    return scores


def _ranks(scores: Vectors) -> Vectors:
    order = np.argsort(-scores, axis=1, kind="stable")
    return np.asarray(np.argsort(order, axis=1, kind="stable"), dtype=np.float32)


def _places(questions: Sequence[HeldOut], passages: Sequence[Passage], scores: Vectors) -> Vectors:
    """For each question, how many passages stand before the first that answers it."""
    ranks = _ranks(scores)
    places = np.full(len(questions), np.inf, dtype=np.float32)
    for row, question in enumerate(questions):
        for column, passage in enumerate(passages):
            if passage.file == question.file and question.answer in passage.text:
                places[row] = min(places[row], ranks[row, column])
    return places
