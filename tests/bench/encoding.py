"""Encoding with the shipped model against looking up and averaging the same rows with numpy.

`python -m tests.bench.encoding`. The floor has the numbers of the rows at hand and does nothing but
fetch, weigh, average and scale them; encoding must also find the tokens. At most 3 times the floor
is asked for. What finding the tokens alone costs is printed beside it. All three are the least
processor time of several rounds in turn, so that other work on the machine tells in none of them.
"""

import random
from collections.abc import Sequence
from functools import partial

import numpy as np

from tests.bench.clock import bound, least, say
from tests.bench.searching import passages
from vectorstore.embedding import StaticEmbedder, Vectors, default_embedder
from vectorstore.tokens import text_to_tokens

TEXTS = 1_000
ROUNDS = 25


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
    floor, tokens, encoded = least(
        [
            partial(averaged, model, ids),
            lambda: [text_to_tokens(text) for text in texts],
            partial(model.encode, texts),
        ],
        ROUNDS,
    )
    say(f"{len(texts)} passages of {sum(map(len, ids)) / len(ids):.0f} tokens")
    say(f"  rows looked up and averaged  {floor:9.3f} ms")
    say(f"  tokens found                 {tokens:9.3f} ms")
    say(f"  encoded                      {encoded:9.3f} ms   {1000 * TEXTS / encoded:.0f} a second")
    bound("encoded / looked up and averaged", encoded / floor, 3)


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
