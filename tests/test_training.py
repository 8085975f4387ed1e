"""The training of the shipped model: its texts are in order, and its measure is kept apart."""

import gzip
import importlib.util
import pickle
import random
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import NianbaoError
from tests.test_retrieval_evaluation import RETRIEVAL, report_paths
from vectorstore.evaluation import read_retrieval_cases
from vectorstore.synonyms import read_synonyms
from vectorstore.tokens import text_to_tokens
from vectorstore.training import corpus, teacher
from vectorstore.training.imitation import imitate, joined
from vectorstore.training.matrix import Matrix, unit
from vectorstore.training.pairs import Replacements, make_pairs
from vectorstore.training.rows import initial_rows, make_vocabulary
from vectorstore.training.word_vectors import read_word_vectors, spread

NEAR = {"医生": ("护士",), "排班": ("值班",)}


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
        make_pairs(blocks, synonyms, NEAR, ["公开信息三十条。"], rounds=2, chance=random.Random(7))
        for _ in range(2)
    )
    assert one == two
    assert all(pair.question.strip() and pair.sentence and pair.negative for pair in one)


def test_a_question_that_names_its_report_is_told_from_the_same_sentence_of_another() -> None:
    pairs = make_pairs([], [], NEAR, ["公开信息三十条。"], rounds=60, chance=random.Random(7))
    named = [pair for pair in pairs if re.match(r"\S+[局府]20\d\d年", pair.question)]
    assert named
    for pair in named:
        report, other = pair.sentence.split(" ")[:2], pair.negative.split(" ")[:2]
        assert pair.question.startswith("".join(report))
        if " " in pair.negative and report != other:
            assert pair.sentence.split(" ")[2:] == pair.negative.split(" ")[2:]
    assert any(pair.sentence.split(" ")[0] != pair.negative.split(" ")[0] for pair in named)
    assert any(pair.sentence.split(" ")[1] != pair.negative.split(" ")[1] for pair in named)


def test_a_word_is_replaced_by_one_of_its_group_or_one_near_to_it() -> None:
    words = Replacements({"医生": ("大夫",)}, NEAR)
    said = {words.reworded("医生坐诊的排班", random.Random(seed)) for seed in range(40)}
    assert said <= {f"{who}坐诊的{what}" for who in ("医生", "大夫") for what in ("排班", "值班")}
    assert len(said) == 4


def test_the_vocabulary_holds_each_token_once_and_the_unknown_first() -> None:
    vocabulary = make_vocabulary(["政府信息公开"], [corpus.Word("天气", 900)], 8000)
    assert vocabulary[0] == "[UNK]"
    assert len(set(vocabulary)) == len(vocabulary)
    assert {"啊", "府信", "政府信息公开", "2024", "天气"} <= set(vocabulary)


def test_the_unknown_token_has_no_direction() -> None:
    texts = ["公开信息", "申请公开", "公开信息申请", "信息公开申请"]
    vocabulary = make_vocabulary(texts, [], 8000)
    rows = initial_rows(vocabulary, texts, 8, {})
    assert not rows[0].any()
    assert np.linalg.norm(rows[1:], axis=1).min() > 0


def test_words_near_in_ordinary_texts_are_near_before_training() -> None:
    texts = [text for block in corpus.read_blocks()[:20] for text in block.sentences]
    words = [corpus.Word("医生", 9), corpus.Word("天气", 8)]
    vocabulary = make_vocabulary(texts, words, 20_000)
    direction = np.full(64, 1 / 8, dtype=np.float32)
    near = initial_rows(vocabulary, texts, 64, {"医生": direction, "天气": direction})
    apart = initial_rows(vocabulary, texts, 64, {})

    def cosine(rows: Matrix) -> float:
        one, two = unit(rows[[vocabulary.index(word.text) for word in words]])
        return float(one @ two)

    assert cosine(near) > 0.4 > cosine(apart)


@pytest.fixture
def stored_vectors(tmp_path: Path) -> Path:
    """A file as the package has it: lines of a word and its numbers, and two tables."""
    chance = np.random.default_rng(0)
    base = chance.standard_normal((3, 8))
    rows = [base[0], base[0] + 0.1 * base[2], base[1], *chance.standard_normal((6, 8))]
    words = ["医生", "大夫", "天气", *(f"词{number}" for number in "一二三四五六")]
    lines = [" ".join([word, *map(str, row)]) for word, row in zip(words, rows, strict=True)]
    path = tmp_path / "test.model"
    path.write_bytes(gzip.compress(pickle.dumps((lines, {}, {}))))
    return path


def test_the_nearest_words_are_found_among_those_that_are_asked_for(stored_vectors: Path) -> None:
    vectors = read_word_vectors(stored_vectors)
    assert vectors.near(frozenset(vectors.words))["医生"][0] == "大夫"
    assert "大夫" not in vectors.near(frozenset({"医生", "天气"})).get("医生", ())


def test_spreading_keeps_every_cosine(stored_vectors: Path) -> None:
    vectors = read_word_vectors(stored_vectors)
    rows = spread(vectors, 16)
    for one, other in combinations(range(len(vectors.words)), 2):
        words = vectors.words[one], vectors.words[other]
        cosine = float(vectors.rows[one] @ vectors.rows[other])
        assert float(rows[words[0]] @ rows[words[1]]) == pytest.approx(cosine, abs=1e-5)


def test_a_file_that_could_run_something_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "test.model"
    path.write_bytes(gzip.compress(pickle.dumps(([], Path("x")))))
    with pytest.raises(pickle.UnpicklingError, match="no plain data"):
        read_word_vectors(path)


def test_texts_given_on_the_command_line_are_read_as_sentences(tmp_path: Path) -> None:
    lines, plain = tmp_path / "a.jsonl", tmp_path / "b.txt"
    lines.write_text('{"text": "全年公开信息三十条。全年没有收到申请。"}\n', encoding="utf-8")
    plain.write_text("短句。\n公开工作由办公室承担；没有收费。", encoding="utf-8")
    assert corpus.read_sentences([lines, plain]) == [
        "全年公开信息三十条。",
        "全年没有收到申请。",
        "公开工作由办公室承担；",
    ]


@pytest.fixture
def everyday(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package's texts as it lays them out, and a search for it that finds them."""
    for name, content in {
        "tag/199801.txt": "19980101-01-001-001/m 改革/v  [中国/ns  政府/n]nt  向前/v  走/v  。/w\n",
        "sentiment/neg.txt": "房间太小了，隔音也不好！差\n",
        "sentiment/pos.txt": "送货很快，下次还会再来\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(teacher, "_package", lambda name: tmp_path)
    return tmp_path


@pytest.mark.usefixtures("everyday")
def test_everyday_texts_are_sentences_without_their_marks() -> None:
    assert set(teacher.everyday_texts(random.Random(0))) == {
        "改革中国政府向前走。",
        "房间太小了，",
        "隔音也不好！",
        "下次还会再来",
    }


def test_without_the_teacher_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NianbaoError, match="make train"):
        teacher.taught(["公开信息"], 8)


def test_rows_learn_to_put_a_text_where_the_teacher_puts_it() -> None:
    words = corpus.read_dictionary(corpus.jieba_dictionary())[:600]
    texts = tuple(f"{one.text}{two.text}" for one, two in zip(words, words[300:], strict=False))
    vocabulary = make_vocabulary(texts, words, 20_000)
    places = np.random.default_rng(3).standard_normal((len(texts), 16), dtype=np.float32)
    lesson = teacher.Lesson(texts, unit(places))
    rows = imitate(vocabulary, lesson)
    assert not rows[0].any()

    def nearness(rows: Matrix) -> float:
        said = [
            mean(rows, vocabulary, text) @ row for text, row in zip(texts, lesson.rows, strict=True)
        ]
        return float(np.mean(said))

    start = np.random.default_rng(0).standard_normal(rows.shape, dtype=np.float32)
    assert nearness(rows) > nearness(start) + 0.1


def mean(rows: Matrix, vocabulary: list[str], text: str) -> Matrix:
    places = [vocabulary.index(token) for token in text_to_tokens(text) if token in vocabulary]
    found: Matrix = unit(rows[places].sum(axis=0, keepdims=True))[0]
    return found


def test_joined_rows_are_as_near_as_both_together() -> None:
    chance = np.random.default_rng(0)
    one, other = (unit(chance.standard_normal((9, 4), dtype=np.float32)) for _ in range(2))
    vocabulary = list("甲乙丙丁戊己庚辛壬")
    both = unit(joined(one, other, vocabulary, vocabulary, 8))
    assert both @ both.T == pytest.approx((one @ one.T + other @ other.T) / 2, abs=1e-5)
