"""Texts → vectors: the seam `Embedder`, the model that ships with the program, and the choice.

The shipped model (vectorstore/model) is a sentence-transformers StaticEmbedding over the tokens of
`tokens.py`. It is served here by numpy alone: the same vectors, without importing torch. Any other
model is named in a setting and goes through sentence-transformers (`sentence_model.py`).

An embedder's `name` holds a hash of its weights and of what feeds them: two embedders of one name
give the same vectors, and a store whose vectors were made under another name must make them again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from ingest.errors import NianbaoError
from vectorstore.model_files import content_hash
from vectorstore.tokens import text_to_tokens

Vectors: TypeAlias = NDArray[np.float32]

MODEL_FOLDER = Path(__file__).parent / "model"
WEIGHTS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"
# Stands beside a model of train.py and names the tokens that it was trained on.
TOKENS_FILE = "tokens.json"

# As sentence-transformers does, so that a vector of zeros stays one.
_SHORTEST = 1e-12


class Embedder(Protocol):
    """Whatever turns texts into vectors of one fixed length."""

    @property
    def name(self) -> str:
        """The model's name with a hash of its content."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """One row a text, of length one; `query` says that the texts are questions."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of chunks, in their order, and the name of the embedder that made them."""

    embedder: str
    vectors: Vectors


class StaticEmbedder:
    """The mean of the rows of a text's tokens, scaled to length one.

    A text without a known token gives the zero vector, which is near to nothing.
    """

    def __init__(
        self, name: str, vocabulary: Mapping[str, int], rows: NDArray[np.int8], scales: Vectors
    ) -> None:
        self._name = name
        self._vocabulary = vocabulary
        self._rows = rows
        self._scales = scales

    @property
    def name(self) -> str:
        """The model's name with a hash of its content."""
        return self._name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._rows.shape[1])

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """One row a text; questions and sentences are encoded alike."""
        return self.encode_tokens([text_to_tokens(text) for text in texts])

    def encode_tokens(self, texts: Sequence[Iterable[str]]) -> Vectors:
        """One row a text, for texts whose tokens are known already."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for place, tokens in enumerate(texts):
            ids = self._ids(tokens)
            if ids:
                vectors[place] = self._scales[ids] @ self._rows[ids]
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, _SHORTEST), dtype=np.float32)

    def _ids(self, tokens: Iterable[str]) -> list[int]:
        known = self._vocabulary
        return [known[token] for token in tokens if token in known]


@cache
def default_embedder() -> Embedder:
    """The model that ships with the program; raises NianbaoError when its files are damaged."""
    return static_embedder(MODEL_FOLDER)


def static_embedder(folder: Path) -> StaticEmbedder:
    """The model of `train.py` saved in a folder; raises NianbaoError when it cannot be read."""
    try:
        weights = load_file(folder / WEIGHTS_FILE)
        tokenizer = json.loads((folder / TOKENIZER_FILE).read_bytes())["model"]
        rows, scales = weights["embeddings"], weights["weights"]
        vocabulary: dict[str, int] = tokenizer["vocab"]
        if not len(rows) == len(scales) == len(vocabulary):
            raise ValueError("rows and tokens differ in number")
        vocabulary.pop(tokenizer["unk_token"])
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise NianbaoError(
            f"向量模型缺失或已损坏（{folder}），请重新安装年报助手；在此之前只能按关键词检索。"
        ) from error
    return StaticEmbedder(f"nianbao-static@{content_hash(folder)}", vocabulary, rows, scales)


def load_embedder(name_or_path: str | None = None) -> Embedder:
    """The embedder that a setting names: nothing for the shipped one, a folder, or a hub name.

    Raises NianbaoError, one sentence, when there is no such model here and no hub to fetch it
    from, and when a model folder holds files that could run as programs.
    """
    if not name_or_path:
        return default_embedder()
    folder = Path(name_or_path).expanduser()
    if (folder / TOKENS_FILE).is_file():
        return static_embedder(folder)
    from vectorstore.sentence_model import load_sentence_model

    return load_sentence_model(name_or_path)
