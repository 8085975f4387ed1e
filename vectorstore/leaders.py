"""The leading candidates looked at once more: by the one sentence of each that is nearest.

A passage holds several sentences and a question asks about one; the mean of them all is near to
nothing in particular. Only a model that encodes a sentence in microseconds is asked for this.
"""

from collections.abc import Mapping, Sequence

from ingest.sentences import sentence_spans
from vectorstore.embedding import StaticEmbedder, Vectors

# So many are looked at: all candidates together find no more, twelve find one question in a hundred
# less, as the training half and the questions written for the purpose have it.
LEADERS = 30


def nearest_sentences(
    query: Vectors, texts: Mapping[int, str], embedder: StaticEmbedder
) -> dict[int, float]:
    """For each text, by number, the cosine of its sentence nearest to the query, at least 0."""
    sentences = {number: _sentences(text) for number, text in texts.items()}
    vectors = embedder.encode([each for many in sentences.values() for each in many])
    cosines = iter((vectors @ query).clip(0.0, 1.0).tolist())
    return {
        number: max((next(cosines) for _ in many), default=0.0)
        for number, many in sentences.items()
    }


def _sentences(text: str) -> Sequence[str]:
    return [span.of(text) for span in sentence_spans(text)]
