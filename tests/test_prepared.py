"""A report made ready to be stored: in a worker as here, with the model that ships or without."""

import json
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from ingest.batch import work_through
from ingest.errors import NotAnAnnualReport, UnreadableFile
from ingest.parse import parse
from ingest.report import Report
from tests.hash_embedder import HashEmbedder
from tests.invented import invented_report
from tests.library_files import write_many
from tests.render_files import as_docx
from vectorstore import prepared as prepared_module
from vectorstore.embedding import Embedder, default_embedder
from vectorstore.judging import display_name
from vectorstore.library import Library
from vectorstore.prepared import (
    Prepared,
    in_workers,
    prepare,
    prepare_many,
    prepared_from_dict,
    prepared_to_dict,
)
from vectorstore.tokens import text_to_tokens


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "年报.docx"
    path.write_bytes(as_docx(invented_report()))
    return path


@pytest.fixture
def report(path: Path) -> Report:
    return parse(path)


def without_vectors(prepared: Prepared) -> Prepared:
    return replace(prepared, embedded=None)


@pytest.mark.parametrize("embedder", [default_embedder(), HashEmbedder(), None])
def test_a_worker_prepares_what_would_be_prepared_here(
    path: Path, report: Report, embedder: Embedder | None
) -> None:
    here = prepare(report, default_embedder())
    (done,) = work_through([path], in_workers(embedder))
    assert done.result is not None
    assert without_vectors(done.result) == without_vectors(here)
    if embedder is not default_embedder():
        assert done.result.embedded is None
    else:
        assert done.result.embedded is not None
        assert here.embedded is not None
        assert done.result.embedded.embedder == here.embedded.embedder
        assert np.array_equal(done.result.embedded.vectors, here.embedded.vectors)


def test_half_a_character_in_a_file_survives_the_way_from_the_worker(report: Report) -> None:
    odd = replace(report, title="年报\ud800")
    prepared = prepare(replace(report, title="年报"), None)
    sent = {**prepared_to_dict(prepared), "tokens": [odd.title]}
    line = json.dumps(sent, ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert prepared_from_dict(json.loads(line)).tokens == ["年报\ud800"]


def test_the_tokens_are_those_that_the_keyword_index_would_find(report: Report) -> None:
    prepared = prepare(report, None)
    assert [each.split(" ") for each in prepared.tokens] == [
        text_to_tokens(text) for text in prepared.texts()
    ]


def test_a_report_of_nobody_is_refused_with_what_helps(report: Report) -> None:
    with pytest.raises(NotAnAnnualReport, match="没有认出单位"):
        prepare(replace(report, agency=None), None)


@pytest.mark.parametrize("worth_a_model", [1, 100])
def test_a_report_of_nobody_fails_alone_among_many(
    tmp_path: Path, path: Path, worth_a_model: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared_module, "WORTH_A_MODEL", worth_a_model)
    nobodys = tmp_path / "a.txt"
    nobodys.write_text(
        "政府信息公开工作年度报告\n一、总体情况\n主动公开信息3条。", encoding="utf-8"
    )
    missing = tmp_path / "不在.txt"
    groups = prepare_many([nobodys, missing, path], default_embedder())
    first, second, third = chain.from_iterable(groups)
    assert isinstance(first.error, NotAnAnnualReport)
    assert isinstance(second.error, UnreadableFile)
    assert third.result is not None
    assert third.result.embedded is not None


def test_the_name_shown_has_neither_folders_nor_marks() -> None:
    assert display_name("a/b\\年\u202e报.docx") == "年报.docx"


@pytest.mark.parametrize("worth_a_model", [1, 100])
@pytest.mark.parametrize("embedder", [None, HashEmbedder()])
def test_what_many_files_become_is_what_each_alone_becomes(
    tmp_path: Path,
    embedder: Embedder | None,
    worth_a_model: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepared_module, "WORTH_A_MODEL", worth_a_model)
    files = write_many(tmp_path / "files", 4)
    with (
        Library(tmp_path / "one", embedder=embedder) as one,
        Library(tmp_path / "many", embedder=embedder) as many,
    ):
        alone = {report.id: report for report in map(one.add, files)}
        ingested = many.ingest([tmp_path / "files"], workers=2)
        assert {each.report.id: each.report for each in ingested if each.report} == alone
        asked = "设立政务直播间，办理来访"
        assert [p.chunk for p in many.search(asked)] == [p.chunk for p in one.search(asked)]
