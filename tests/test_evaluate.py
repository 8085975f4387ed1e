import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Statement, Value
from assistant.evaluation import (
    Case,
    Expected,
    evaluate,
    is_right,
    read_cases,
    score,
    scores_to_dict,
)
from ingest import samples
from ingest.errors import NianbaoError
from ingest.report import Place
from tests.bookcase import Bookcase, written_report
from tests.evaluate import QUESTIONS, evaluate_over, reports_for
from tests.hash_embedder import HashEmbedder
from tests.make_questions import cells, followups, together
from tests.make_samples import sample_reports
from vectorstore.library import Library

# As measured: a change may raise these, never lower them.
RIGHT_OF_52 = 52
RIGHT_OF_REAL = 65
RIGHT = {
    "cells": 130,
    "figures": 81,
    "followups": 51,
    "heldout": 365,
    "invented": 79,
    "passages": 44,
    "refusals": 51,
    "spoken": 69,
    "together": 152,
}

ANSWER = Answer(
    "云溪县水务局2023年新收多少件申请？",
    (Statement("云溪县水务局2023年新收申请41件。", (0,)),),
    "answered",
    "lookup",
    (Value(41, "件", "云溪县水务局", 2023),),
    (Citation("r1", "云溪县水务局", 2023, Place(section=3, table="requests", row="new", column="total")),),
)  # fmt: skip
REFUSAL = replace(
    ANSWER, statements=(Statement("没有。"),), status="unanswerable", values=(), citations=()
)


@pytest.mark.parametrize(
    "expect",
    [
        {},
        {"status": "answered", "method": "lookup"},
        {"values": [41]},
        {"values": [41.004]},
        {"values": [{"value": 41, "unit": "件", "agency": "水务局", "year": 2023}]},
        {"citations": [{"table": "requests", "row": "new", "column": "total", "agency": "云溪县"}]},
        {"contains": ["41件"], "lacks": ["42"]},
    ],
)
def test_an_answer_that_meets_what_was_expected_is_right(expect: Expected) -> None:
    assert is_right(expect, ANSWER)


@pytest.mark.parametrize(
    "expect",
    [
        {"status": "unanswerable"},
        {"method": "aggregate"},
        {"values": [42]},
        {"values": [41, 41]},
        {"values": []},
        {"values": [{"value": 41, "unit": "条"}]},
        {"values": [{"value": 41, "agency": "体育局"}]},
        {"citations": [{"table": "requests", "row": "new", "column": "enterprise"}]},
        {"citations": [{"row": "new"}, {"row": "total"}]},
        {"citations": ["new"]},
        {"contains": ["42"]},
        {"lacks": ["41"]},
    ],
)
def test_an_answer_that_misses_one_thing_is_wrong(expect: Expected) -> None:
    assert not is_right(expect, ANSWER)


def test_names_as_values_are_compared_in_order_unless_any_order_will_do() -> None:
    answer = replace(ANSWER, values=(Value("甲市乙局"), Value("丙市丁局")))
    assert is_right({"values": ["甲市", "丙市"]}, answer)
    assert not is_right({"values": ["丙市", "甲市"]}, answer)
    assert is_right({"values": ["丙市", "甲市"], "any_order": True}, answer)
    assert not is_right({"values": ["丙市", "丙市"], "any_order": True}, answer)


def test_scores_count_by_kind_and_tell_refusals_from_answers() -> None:
    expects: list[Expected] = [
        {"kind": "甲", "status": "answered", "values": [41], "citations": [{"row": "new"}]},
        {"kind": "甲", "status": "answered", "values": [42], "citations": [{"row": "total"}]},
        {"kind": "乙", "status": "unanswerable"},
        {"kind": "乙", "status": "unanswerable"},
        {"kind": "乙", "status": "answered"},
    ]
    answers = [ANSWER, ANSWER, REFUSAL, ANSWER, REFUSAL]
    scores = score([Case("问", (), expect) for expect in expects], answers, [1, 2, 3, 4, 100])
    assert (scores.cases, scores.right) == (5, 2)
    assert [(k.kind, k.cases, k.right) for k in scores.kinds] == [("甲", 2, 1), ("乙", 3, 1)]
    assert (scores.citations_right, scores.citations_expected) == (1, 2)
    assert (scores.refusal_precision, scores.refusal_recall) == (0.5, 0.5)
    assert scores.latency_p50_ms == 3
    assert scores.latency_p95_ms == 100


def test_a_share_of_nothing_is_not_a_number() -> None:
    scores = score([Case("问")], [ANSWER], [1.0])
    assert scores.refusal_precision is None
    assert scores.refusal_recall is None
    assert scores.right == 1


def test_a_number_that_stands_nowhere_is_counted() -> None:
    invented = replace(ANSWER, statements=(Statement("新收77件。"), Statement("新收41件。")))
    assert score([Case("问")], [invented], [1.0]).ungrounded == 1


def test_a_set_is_asked_line_by_line(tmp_path: Path) -> None:
    questions = ["“三安全一稳定”是什么意思？", "勾稽关系怎么算？"]
    lines: list[dict[str, object]] = [
        {"question": questions[0], "expect": {"method": "definition"}},
        {"question": questions[1], "history": [{"role": "user", "content": "你好"}]},
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    evaluation = evaluate(path, Bookcase(written_report("云溪县水务局", s1="公开。")))
    assert [answer.question for answer in evaluation.answers] == questions
    assert evaluation.scores.right == 2
    assert json.dumps(scores_to_dict(evaluation.scores), ensure_ascii=False)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"expect": {}}', '{"question": 3}', '{"question": "问", "history": 1}']
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"question": "问"}\n' + line, encoding="utf-8")
    with pytest.raises(NianbaoError, match="第2行"):
        read_cases(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NianbaoError, match="没有这个文件"):
        read_cases(tmp_path / "none.jsonl")


# --- The sets themselves ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("library"), embedder=HashEmbedder()) as library:
        for path in samples.paths():
            library.add(path)
        yield library


@pytest.mark.parametrize("name", RIGHT)
def test_the_questions_on_the_invented_samples_are_answered(
    name: str, sample_library: Library
) -> None:
    scores = evaluate(QUESTIONS / f"{name}.jsonl", sample_library).scores
    assert scores.right >= RIGHT[name], scores.failed
    assert scores.ungrounded == 0


def test_the_sets_that_are_made_are_those_that_the_data_make() -> None:
    reports = [sample.report for sample in sample_reports()]
    for name, made in (("cells", cells), ("together", together), ("followups", followups)):
        lines = [json.dumps(case, ensure_ascii=False) for case in made(reports)]
        assert (QUESTIONS / f"{name}.jsonl").read_text("utf-8").splitlines() == lines


def test_the_52_questions_on_the_real_samples_are_answered(
    real_reports: Path, tmp_path: Path
) -> None:
    assert real_reports.is_dir()
    questions = QUESTIONS / "samples52.jsonl"
    scores = evaluate_over(questions, reports_for(questions), tmp_path).scores
    assert scores.right >= RIGHT_OF_52, scores.failed
    assert scores.refusal_recall == 1.0
    assert scores.ungrounded == 0


def test_the_held_out_questions_on_the_real_reports_are_answered(
    real_reports: Path, tmp_path: Path
) -> None:
    assert real_reports.is_dir()
    questions = QUESTIONS / "heldout_real.jsonl"
    scores = evaluate_over(questions, reports_for(questions), tmp_path).scores
    assert scores.right >= RIGHT_OF_REAL, scores.failed
    assert scores.refusal_recall == 1.0
    assert scores.ungrounded == 0
