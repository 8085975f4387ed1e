"""Contrastive training of the rows: MultipleNegativesRankingLoss of sentence-transformers.

The negatives of a question are the sentences of the others in its batch, and one hard one each.
With a lesson, each step is also about texts of the lesson: each is to have the same neighbours among
them as the teacher gives it.

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
from vectorstore.training.teacher import Lesson

logger = logging.getLogger(__name__)

_BATCH = 512
_EPOCHS = 2
_LEARNING_RATE = 3e-3
_TAUGHT_LEARNING_RATE = 2e-3
_SCALE = 20.0
# What the lesson counts of the loss, and how sharply near is told from far in it.
_LESSON_SHARE = 2.0
_LESSON_SHARPNESS = 20.0


def fit(
    vocabulary: Sequence[str], rows: Matrix, pairs: Sequence[Pair], lesson: Lesson | None = None
) -> SentenceTransformer:
    """The model with the rows as trained on the pairs, and on the lesson where there is one."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    model = _model(vocabulary, rows)
    loss = MultipleNegativesRankingLoss(model, scale=_SCALE)
    rate = _TAUGHT_LEARNING_RATE if lesson else _LEARNING_RATE
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    batches = [batch for epoch in range(_EPOCHS) for batch in _batches(pairs, random.Random(epoch))]
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0.05, len(batches))
    drawn = random.Random(0)
    for step, batch in enumerate(batches):
        columns = (
            [pair.question for pair in batch],
            [pair.sentence for pair in batch],
            [pair.negative for pair in batch],
        )
        features = [model.preprocess([expand(text) for text in column]) for column in columns]
        value = loss(features, torch.empty(0))
        if lesson:
            value = value + _LESSON_SHARE * _lesson_loss(model, lesson, drawn)
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


def _lesson_loss(model: SentenceTransformer, lesson: Lesson, chance: random.Random) -> torch.Tensor:
    """How far the neighbours of some texts of the lesson are from those that the teacher gives."""
    places = chance.sample(range(len(lesson.texts)), min(_BATCH, len(lesson.texts)))
    features = model.preprocess([expand(lesson.texts[place]) for place in places])
    said = model(features)["sentence_embedding"]
    goal = torch.from_numpy(lesson.rows[places])
    itself = torch.eye(len(places), dtype=torch.bool)

    def near(rows: torch.Tensor) -> torch.Tensor:
        cosines = (rows @ rows.T).masked_fill(itself, -1e4)
        return torch.log_softmax(cosines * _LESSON_SHARPNESS, dim=1)

    return torch.nn.functional.kl_div(
        near(said), near(goal), reduction="batchmean", log_target=True
    )


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
