"""Reading again what another version of the parser read: in place, whole, and only what can be."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.report import Report
from tests.hash_embedder import HashEmbedder
from tests.library_files import AGENCY, report_text, write_many, write_report
from vectorstore.library import Library
from vectorstore.prepared import prepare

OTHER = "云溪市白鹭湾街道办事处"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data", embedder=HashEmbedder()) as opened:
        yield opened


def misread(library: Library, report: Report) -> None:
    """Puts a reading by an older parser in the place of a report."""
    library._records.replace(prepare(report, None), parser_version="0")


def test_what_an_older_parser_read_is_read_again_in_place(library: Library, tmp_path: Path) -> None:
    kept = library.add(write_report(tmp_path, OTHER))
    whole = library.add(write_report(tmp_path))
    misread(library, replace(whole, sections=whole.sections[:1], figures=()))
    before = library.entries()
    assert len(library.report(whole.id).sections) == 1
    found = library.search("政策解读形式单一", agencies=[AGENCY])
    assert not any("解读" in passage.chunk.text for passage in found)

    results = list(library.reread())

    assert [(each.status, each.report) for each in results] == [("reread", whole)]
    assert library.report(whole.id) == whole
    assert library.report(kept.id) == kept
    assert library.entries() == before
    assert "解读" in library.search("政策解读形式单一", agencies=[AGENCY])[0].chunk.text
    assert list(library.reread()) == []


def test_a_report_named_is_read_again_whatever_its_parser(library: Library, tmp_path: Path) -> None:
    reports = [library.add(path) for path in write_many(tmp_path / "in", 3)]
    results = list(library.reread([reports[2].id, reports[0].id], workers=2))
    assert [each.report and each.report.id for each in results] == [reports[2].id, reports[0].id]
    assert {p.report_id for p in library.search("办理来访", limit=20)} == {r.id for r in reports}
    with pytest.raises(LibraryError, match="没有编号"):
        list(library.reread(["0" * 16]))


def test_an_older_edition_read_again_stays_the_older_one(library: Library, tmp_path: Path) -> None:
    first = library.add(write_report(tmp_path, name="a.txt", problems="渠道不够丰富。"))
    second = library.add(write_report(tmp_path, name="b.txt", problems="培训覆盖面窄。"))
    list(library.reread([first.id]))
    editions = [(each.id, each.edition, each.current) for each in library.entries()]
    assert editions == [(first.id, 1, False), (second.id, 2, True)]
    assert {p.report_id for p in library.search("培训覆盖面窄", limit=5)} == {second.id}
    assert first.id not in {p.report_id for p in library.search("渠道不够丰富", limit=5)}


def test_a_report_now_read_as_of_another_year_moves_there(library: Library, tmp_path: Path) -> None:
    older = library.add(write_report(tmp_path, name="a.txt", problems="渠道不够丰富。"))
    newer = library.add(write_report(tmp_path, name="b.txt", problems="培训覆盖面窄。"))
    misread(library, replace(newer, year=2022))
    assert [(e.id, e.year, e.current) for e in library.entries()] == [
        (newer.id, 2022, True),
        (older.id, 2023, True),
    ]
    list(library.reread())
    assert [(e.id, e.year, e.edition, e.current) for e in library.entries()] == [
        (older.id, 2023, 1, False),
        (newer.id, 2023, 2, True),
    ]


def test_an_original_that_changed_on_the_disk_changes_nothing(
    library: Library, tmp_path: Path
) -> None:
    report = library.add(write_report(tmp_path))
    library.original(report.id).write_text(report_text(OTHER), "utf-8")
    (result,) = library.reread([report.id])
    assert result.status == "failed"
    assert "原件与存入时不同" in result.message
    assert library.report(report.id) == report


def test_an_original_that_is_gone_fails_alone(library: Library, tmp_path: Path) -> None:
    gone, kept = (library.add(path) for path in write_many(tmp_path / "in", 2))
    library.original(gone.id).unlink()
    results = list(library.reread([gone.id, kept.id]))
    assert [each.status for each in results] == ["failed", "reread"]
    assert library.report(gone.id) == gone


def test_what_only_the_file_name_says_is_read_again_from_it(
    library: Library, tmp_path: Path
) -> None:
    nameless = report_text("", 2023).replace("2023年", "").replace("2024年1月20日", "")
    path = tmp_path / f"{AGENCY}2023年政府信息公开工作年度报告.txt"
    path.write_text(nameless, "utf-8")
    report = library.add(path)
    (result,) = library.reread([report.id])
    assert result.report == report
