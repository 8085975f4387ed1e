"""Contrastive training of the rows: MultipleNegativesRankingLoss of sentence-transformers.

The negatives of a question are the sentences of the others in its batch, and one hard one each.

One torch thread and fixed seeds: the same texts give the same rows on the same machine.
"""

import logging
import random
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from vectorstore.tokens import text_to_tokens
from vectorstore.training.matrix import Matrix
from vectorstore.training.pairs import Pair
from vectorstore.training.rows import UNKNOWN

logger = logging.getLogger(__name__)

_BATCH = 512
_EPOCHS = 2
_LEARNING_RATE = 3e-3
_SCALE = 20.0


def fit(vocabulary: Sequence[str], rows: Matrix, pairs: Sequence[Pair]) -> SentenceTransformer:
    """The model with the rows as trained on the pairs."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    model = _model(vocabulary, rows)
    loss = MultipleNegativesRankingLoss(model, scale=_SCALE)
    optimizer = torch.optim.Adam(model.parameters(), lr=_LEARNING_RATE)
    batches = [batch for epoch in range(_EPOCHS) for batch in _batches(pairs, random.Random(epoch))]
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0.05, len(batches))
    for step, batch in enumerate(batches):
        columns = (
            [pair.question for pair in batch],
            [pair.sentence for pair in batch],
            [pair.negative for pair in batch],
        )
        features = [model.preprocess([expand(text) for text in column]) for column in columns]
        value = loss(features, torch.empty(0))
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        schedule.step()
        if step % 50 == 0:
            logger.info("batch %d of %d: loss %.3f", step, len(batches), value.item())
    with torch.no_grad():
        model[0].embedding.weight[0] = 0
    return model


def expand(text: str) -> str:
    """The text as the model's own tokenizer takes it: our tokens, parted by spaces."""
    return " ".join(text_to_tokens(text))


def rows_of(model: SentenceTransformer) -> Matrix:
    """The rows of a model as it stands."""
    return np.asarray(model[0].embedding.weight.detach().numpy(), dtype=np.float32)


def _model(vocabulary: Sequence[str], rows: Matrix) -> SentenceTransformer:
    places = {token: place for place, token in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordLevel(places, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    embedding = StaticEmbedding(tokenizer, embedding_weights=rows)
    return SentenceTransformer(modules=[embedding, Normalize()], device="cpu")


def _batches(pairs: Sequence[Pair], chance: random.Random) -> Iterator[list[Pair]]:
    """All pairs in random order, no group twice in one batch: its sentences are no negatives."""
    waiting = list(pairs)
    chance.shuffle(waiting)
    while waiting:
        batch: dict[str, Pair] = {}
        later = []
        for pair in waiting:
            if len(batch) < _BATCH and pair.group not in batch:
                batch[pair.group] = pair
            else:
                later.append(pair)
        waiting = later
        if len(batch) < _BATCH // 4:
            return
        yield list(batch.values())
