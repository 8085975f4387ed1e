"""The training of the shipped model: its texts are in order, and its measure is kept apart."""

import random
from pathlib import Path

import numpy as np
import pytest

from tests.hash_embedder import HashEmbedder
from tests.make_samples import sample_reports
from vectorstore.training import corpus
from vectorstore.training.measure import (
    HeldOut,
    Passage,
    keyword_scores,
    read_held_out,
    recall_table,
)
from vectorstore.training.pairs import make_pairs
from vectorstore.training.rows import initial_rows, make_vocabulary


def test_every_block_of_questions_has_sentences() -> None:
    blocks = corpus.read_blocks()
    parts = corpus.QUESTIONS_FILE.read_text(encoding="utf-8").count("\n\n")
    assert len(blocks) == parts


def test_questions_kept_out_are_answered_in_exactly_one_place() -> None:
    texts = {
        sample.file: "".join(section.text for section in sample.report.texts)
        for sample in sample_reports()
    }
    held_out = read_held_out()
    assert len(held_out) >= 60
    for question in held_out:
        assert texts[question.file].count(question.answer) == 1, question


def test_training_holds_neither_a_sample_sentence_nor_a_question_kept_out() -> None:
    blocks = corpus.read_blocks()
    trained = {text for block in blocks for text in (*block.questions, *block.sentences)}
    kept_out = {question.question for question in read_held_out()}
    written = "".join(
        section.text for sample in sample_reports() for section in sample.report.texts
    )
    assert not trained & kept_out
    assert not [text for text in trained if len(text) > 15 and text.rstrip("。") in written]


def test_the_same_seed_gives_the_same_pairs() -> None:
    blocks, synonyms = corpus.read_blocks()[:5], corpus.read_synonyms()[:20]
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


def test_keyword_scores_prefer_the_text_with_the_rarer_word() -> None:
    texts = ["公开信息的情况", "公开闸机的情况", "公开工作的情况"]
    assert keyword_scores(["闸机"], texts).argmax() == 1


def test_recall_counts_the_questions_whose_answer_comes_first() -> None:
    passages = [Passage("a.txt", text, text) for text in ("闸机已接入。", "热线已开通。")]
    questions = [HeldOut("闸机", "a.txt", "闸机已接入"), HeldOut("闸机", "a.txt", "热线已开通")]
    table = recall_table(questions, passages, HashEmbedder())
    assert table["keywords"][1] == pytest.approx(0.5)
    assert table["keywords"][5] == pytest.approx(1)


def test_texts_given_on_the_command_line_are_read_as_sentences(tmp_path: Path) -> None:
    lines, plain = tmp_path / "a.jsonl", tmp_path / "b.txt"
    lines.write_text('{"text": "全年公开信息三十条。全年没有收到申请。"}\n', encoding="utf-8")
    plain.write_text("短句。\n公开工作由办公室承担；没有收费。", encoding="utf-8")
    assert corpus.read_sentences([lines, plain]) == [
        "全年公开信息三十条。",
        "全年没有收到申请。",
        "公开工作由办公室承担；",
    ]
