"""An embedder for tests: bigrams hashed into a vector; no model, no files, the same everywhere."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


class HashEmbedder:
    """Texts that share bigrams get vectors that point the same way."""

    def __init__(self, dimension: int = 64, *, salt: str = "") -> None:
        self.dimension = dimension
        self.name = f"hash-{dimension}{salt}"
        self._salt = salt
        self.encoded = 0

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """One vector of length 1 a text."""
        matrix = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for start in range(max(1, len(text) - 1)):
                bigram = self._salt + text[start : start + 2]
                matrix[row, crc32(bigram.encode("utf-8")) % self.dimension] += 1
        self.encoded += len(texts)
        norms = np.linalg.norm(matrix, axis=1, keepdims=True)
        return np.asarray(matrix / np.maximum(norms, 1e-9), dtype=np.float32)
