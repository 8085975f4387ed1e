"""Rows that put a text where the teacher puts it, and two sets of rows joined into one.

The mean of the rows of a text's tokens is brought near to the teacher's row for the text. It starts
from what the teacher says of each token alone.

One torch thread and fixed seeds: the same texts give the same rows on the same machine.
"""

import logging
import random
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
import torch

from vectorstore.tokens import text_to_tokens
from vectorstore.training.matrix import Matrix
from vectorstore.training.teacher import Lesson, directions

logger = logging.getLogger(__name__)

_BATCH = 256
_EPOCHS = 3
_LEARNING_RATE = 3e-3
# How long the row of a token starts that the teacher was not asked about.
_FIRST_LENGTH = 0.3


def imitate(vocabulary: Sequence[str], lesson: Lesson) -> Matrix:
    """A row for each token of the vocabulary, of the length of the teacher's; the first is zero."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    places = {token: place for place, token in enumerate(vocabulary)}
    texts = [[places[t] for t in text_to_tokens(text) if t in places] for text in lesson.texts]
    bag = torch.nn.EmbeddingBag.from_pretrained(
        torch.from_numpy(_first_rows(vocabulary, lesson)), freeze=False, mode="mean"
    )
    goal = torch.from_numpy(lesson.rows)
    optimizer = torch.optim.Adam(bag.parameters(), lr=_LEARNING_RATE)
    batches = list(_batches([place for place, text in enumerate(texts) if text]))
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0.05, len(batches))
    for step, batch in enumerate(batches):
        said = torch.nn.functional.normalize(bag(*_bags([texts[place] for place in batch])))
        value = (1 - (said * goal[batch]).sum(dim=1)).mean()
        optimizer.zero_grad()
        torch.autograd.backward(value)
        optimizer.step()
        schedule.step()
        if step % 200 == 0:
            logger.info("imitation %d of %d: loss %.3f", step, len(batches), value.item())
    rows = np.array(bag.weight.detach().numpy(), dtype=np.float32)
    rows[0] = 0
    return rows


def joined(
    one: Matrix, other: Matrix, vocabulary: Sequence[str], texts: Sequence[str], dimension: int
) -> Matrix:
    """Rows under which two texts are as near as they are under both, each counting half.

    Each set keeps the directions in which it tells the texts best, half of the dimension.
    """
    places = {token: place for place, token in enumerate(vocabulary)}
    bags = [[places[t] for t in text_to_tokens(text) if t in places] for text in texts]
    return np.concatenate([_half(rows, bags, dimension // 2) for rows in (one, other)], axis=1)


def _half(rows: Matrix, bags: Sequence[Sequence[int]], dimension: int) -> Matrix:
    sums = np.stack([rows[bag].sum(axis=0) for bag in bags if bag])
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    kept = directions(np.asarray(sums / np.maximum(lengths, 1e-9), dtype=np.float32), dimension)
    return np.asarray(rows @ kept / lengths.mean(), dtype=np.float32)


def _first_rows(vocabulary: Sequence[str], lesson: Lesson) -> Matrix:
    dimension = lesson.rows.shape[1]
    chance = np.random.default_rng(0)
    rows = chance.standard_normal((len(vocabulary), dimension), dtype=np.float32)
    rows *= _FIRST_LENGTH / dimension**0.5
    known = {text: place for place, text in enumerate(lesson.texts)}
    for place, token in enumerate(vocabulary):
        if token in known:
            rows[place] = lesson.rows[known[token]]
    rows[0] = 0
    return rows


def _batches(places: Sequence[int]) -> Iterator[list[int]]:
    waiting, chance = list(places), random.Random(0)
    for _ in range(_EPOCHS):
        chance.shuffle(waiting)
        for start in range(0, len(waiting) - _BATCH + 1, _BATCH):
            yield waiting[start : start + _BATCH]


def _bags(texts: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """All tokens of the texts in a row, and where each text starts."""
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    return torch.tensor(list(chain.from_iterable(texts))), torch.from_numpy(starts)
