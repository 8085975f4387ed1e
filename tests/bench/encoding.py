"""Encoding with the shipped model against looking up and averaging the same rows with numpy.

`python -m tests.bench.encoding`. The floor has the numbers of the rows at hand and does nothing but
fetch, weigh, average and scale them; encoding must also find the tokens. At most 3 times the floor
is asked for. What finding the tokens alone costs is printed beside it.
"""

import random
from collections.abc import Sequence
from functools import partial

import numpy as np

from tests.bench.clock import bound, say, timed
from tests.bench.searching import passages
from vectorstore.embedding import StaticEmbedder, Vectors, default_embedder
from vectorstore.tokens import text_to_tokens

TEXTS = 1_000
ROUNDS = 10


def main() -> None:
    """Prints the times for a thousand passages, and the ratio."""
    model = default_embedder()
    assert isinstance(model, StaticEmbedder)
    chance = random.Random(1)
    texts: list[str] = []
    while len(texts) < TEXTS:
        texts += [f"{p.context}\n{p.text}" for p in passages("云溪市水务局", 2023, chance)]
    ids = [model._ids(text_to_tokens(text)) for text in texts]
    assert np.allclose(averaged(model, ids), model.encode(texts), atol=1e-5)
    floor = timed([partial(averaged, model, ids)] * ROUNDS)
    tokens = timed([lambda: [text_to_tokens(text) for text in texts]] * ROUNDS)
    encoded = timed([partial(model.encode, texts)] * ROUNDS)
    say(f"{len(texts)} passages of {sum(map(len, ids)) / len(ids):.0f} tokens")
    say(f"  rows looked up and averaged  {floor}")
    say(f"  tokens found                 {tokens}")
    say(f"  encoded                      {encoded}   {1000 * TEXTS / encoded.p50:.0f} a second")
    bound("encoded / looked up and averaged", encoded.p50 / floor.p50, 3)


def averaged(model: StaticEmbedder, ids: Sequence[Sequence[int]]) -> Vectors:
    """The weighted mean of the rows with these numbers, of length 1."""
    vectors = np.zeros((len(ids), model.dimension), dtype=np.float32)
    for place, numbers in enumerate(ids):
        rows = model._rows[numbers].astype(np.float32)
        vectors[place] = (rows * model._scales[numbers][:, None]).mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, dtype=np.float32)


if __name__ == "__main__":
    main()
