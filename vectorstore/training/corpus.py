"""The texts that the embedding model is trained on, read from their files.

No sample report is among them: the samples measure the model (`measure.py`).
"""

import importlib.util
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import NianbaoError

FOLDER = Path(__file__).parent
QUESTIONS_FILE = FOLDER / "questions.txt"

# A sentence ends after one of these marks; the mark stays with it.
_SENTENCE_END = re.compile(r"(?<=[。；！？])|\n")
_SHORTEST_SENTENCE = 8

_CHINESE_WORD = re.compile("[\u4e00-\u9fff]{2,4}")
_RAREST_WORD = 50
_FILLER_WORDS = (5, 14)
_FILLER_PIECES = (1, 2)
_FILLER_PIECE_LENGTHS = (6, 30)


@dataclass(frozen=True, slots=True)
class Block:
    """Questions that mean the same, with sentences each of which answers them all."""

    questions: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of everyday Chinese and how often it was counted."""

    text: str
    frequency: int


def read_blocks(path: Path = QUESTIONS_FILE) -> list[Block]:
    """The blocks of a file of questions (?) and sentences (=), parted by blank lines."""
    blocks = []
    for part in _without_comments(path).split("\n\n"):
        lines = [line.strip() for line in part.splitlines()]
        questions = tuple(line[1:].strip() for line in lines if line.startswith("?"))
        sentences = tuple(line[1:].strip() for line in lines if line.startswith("="))
        if questions and sentences:
            blocks.append(Block(questions, sentences))
    return blocks


def read_sentences(paths: Iterable[Path]) -> list[str]:
    """The sentences of text files and of JSON-lines files with a key `text`, in order."""
    return [sentence for path in paths for text in _texts(path) for sentence in _split(text)]


def jieba_dictionary() -> Path:
    """The dictionary of the package jieba (MIT), read as data; raises NianbaoError without it."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise NianbaoError("训练向量模型要用 jieba 的词典：请先执行 pip install jieba。")
    return Path(spec.origin).parent / "dict.txt"


def read_dictionary(path: Path) -> list[Word]:
    """The words of two to four characters in a dictionary of `word frequency kind` lines."""
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    words = (Word(fields[0], int(fields[1])) for fields in lines)
    return [w for w in words if w.frequency > _RAREST_WORD and _CHINESE_WORD.fullmatch(w.text)]


def filler_texts(
    words: Sequence[Word], sentences: Sequence[str], count: int, chance: random.Random
) -> list[str]:
    """Texts without meaning: everyday words around pieces of sentences.

    They teach the rows of words that no sentence holds to be told apart.
    """
    weights = [word.frequency**0.5 for word in words]
    texts = []
    for _ in range(count):
        drawn = chance.choices(words, weights, k=chance.randint(*_FILLER_WORDS))
        parts = [word.text for word in drawn]
        for _ in range(chance.randint(*_FILLER_PIECES)):
            piece = chance.choice(sentences)[: chance.randint(*_FILLER_PIECE_LENGTHS)]
            parts.insert(chance.randint(0, len(parts)), piece)
        texts.append("".join(parts))
    return texts


def _split(text: str) -> list[str]:
    """The sentences of a text that are long enough to say something."""
    pieces = (piece.strip() for piece in _SENTENCE_END.split(text))
    return [piece for piece in pieces if len(piece) >= _SHORTEST_SENTENCE]


def _texts(path: Path) -> Iterator[str]:
    content = path.read_text(encoding="utf-8")
    if path.suffix != ".jsonl":
        yield content
        return
    for line in content.splitlines():
        yield json.loads(line)["text"]


def _without_comments(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))
