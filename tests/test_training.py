"""The training of the shipped model: its texts are in order, and its measure is kept apart."""

import random
from pathlib import Path

import numpy as np

from tests.test_retrieval_evaluation import RETRIEVAL, report_paths
from vectorstore.evaluation import read_retrieval_cases
from vectorstore.synonyms import read_synonyms
from vectorstore.training import corpus
from vectorstore.training.pairs import make_pairs
from vectorstore.training.rows import initial_rows, make_vocabulary


def test_every_block_of_questions_has_sentences() -> None:
    blocks = corpus.read_blocks()
    parts = corpus.QUESTIONS_FILE.read_text(encoding="utf-8").count("\n\n")
    assert len(blocks) == parts


def test_training_holds_neither_a_sentence_nor_a_question_of_the_test_half() -> None:
    blocks = corpus.read_blocks()
    trained = {text for block in blocks for text in (*block.questions, *block.sentences)}
    kept_out = {case.question for case in read_retrieval_cases(RETRIEVAL / "test.jsonl")}
    written = "".join(path.read_text("utf-8") for path in report_paths())
    assert not trained & kept_out
    assert not [text for text in trained if len(text) > 15 and text.rstrip("。") in written]


def test_the_same_seed_gives_the_same_pairs() -> None:
    blocks, synonyms = corpus.read_blocks()[:5], read_synonyms()[:20]
    one, two = (
        make_pairs(blocks, synonyms, ["公开信息三十条。"], rounds=2, chance=random.Random(7))
        for _ in range(2)
    )
    assert one == two
    assert all(pair.question.strip() and pair.sentence for pair in one)


def test_the_vocabulary_holds_each_token_once_and_the_unknown_first() -> None:
    vocabulary = make_vocabulary(["政府信息公开"], [corpus.Word("天气", 900)], 8000)
    assert vocabulary[0] == "[UNK]"
    assert len(set(vocabulary)) == len(vocabulary)
    assert {"啊", "府信", "政府信息公开", "2024", "天气"} <= set(vocabulary)


def test_the_unknown_token_has_no_direction() -> None:
    texts = ["公开信息", "申请公开", "公开信息申请", "信息公开申请"]
    vocabulary = make_vocabulary(texts, [], 8000)
    rows = initial_rows(vocabulary, texts, 8)
    assert not rows[0].any()
    assert np.linalg.norm(rows[1:], axis=1).min() > 0


def test_texts_given_on_the_command_line_are_read_as_sentences(tmp_path: Path) -> None:
    lines, plain = tmp_path / "a.jsonl", tmp_path / "b.txt"
    lines.write_text('{"text": "全年公开信息三十条。全年没有收到申请。"}\n', encoding="utf-8")
    plain.write_text("短句。\n公开工作由办公室承担；没有收费。", encoding="utf-8")
    assert corpus.read_sentences([lines, plain]) == [
        "全年公开信息三十条。",
        "全年没有收到申请。",
        "公开工作由办公室承担；",
    ]
