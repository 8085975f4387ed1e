"""Reports taken in some at a time: what is acknowledged is stored, and one's fault is its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.parse import parse
from tests.hash_embedder import HashEmbedder
from tests.library_files import AGENCY, write_many, write_report
from vectorstore import prepared as prepared_module
from vectorstore.intake import Arrival
from vectorstore.library import Library
from vectorstore.prepared import prepare
from vectorstore.records import Records

ROOT = Path(__file__).parents[1]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data", embedder=HashEmbedder()) as opened:
        yield opened


def arrivals(files: list[Path]) -> list[Arrival]:
    return [(path, prepare(parse(path), HashEmbedder())) for path in files]


def originals(library: Library) -> set[str]:
    return {path.stem for path in (library.folder / "originals").glob("*")}


def test_reports_of_a_group_are_stored_in_one_commit(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    insert = Records.insert

    def counted(records: Records, group: list[object], **rest: str) -> object:
        sizes.append(len(group))
        return insert(records, group, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Records, "insert", counted)
    write_many(tmp_path / "in", 20)
    outcomes = list(library.ingest([tmp_path / "in"], workers=2))
    assert [each.status for each in outcomes] == ["added"] * 20
    assert sum(sizes) == 20
    assert max(sizes) > 1


def test_a_report_that_cannot_be_stored_fails_alone_in_its_group(
    library: Library, tmp_path: Path
) -> None:
    group = arrivals(write_many(tmp_path, 4))
    path, made = group[2]
    # No database holds such a value.
    group[2] = (path, replace(made, chunks=[(1, object(), "", "{}")] * len(made.chunks)))
    with library._writing():
        outcomes = list(library._intake.take_in(group))
    assert [each.status for each in outcomes] == ["added", "added", "failed", "added"]
    assert path.name in outcomes[2].message
    assert originals(library) == {
        made.row["sha256"] for number, (_, made) in enumerate(group) if number != 2
    }
    assert len(library.entries()) == 3


def test_a_file_that_changed_since_it_was_read_fails_alone_in_its_group(
    library: Library, tmp_path: Path
) -> None:
    group = arrivals(write_many(tmp_path, 3))
    group[1][0].write_text("另一份。", "utf-8")
    with library._writing():
        outcomes = list(library._intake.take_in(group))
    assert [each.status for each in outcomes] == ["added", "failed", "added"]
    assert "被改动" in outcomes[1].message
    assert len(originals(library)) == 2


def test_two_files_of_the_same_bytes_in_a_group_are_one_report(
    library: Library, tmp_path: Path
) -> None:
    files = [write_report(tmp_path / place) for place in ("甲", "乙")]
    with library._writing():
        outcomes = list(library._intake.take_in(arrivals(files)))
    assert [each.status for each in outcomes] == ["added", "known"]
    assert outcomes[0].report == outcomes[1].report


def test_two_editions_in_a_group_leave_the_later_one_to_be_found(
    library: Library, tmp_path: Path
) -> None:
    files = [
        write_report(tmp_path / "甲", overview="举办培训三次。"),
        write_report(tmp_path / "乙", overview="设立政务直播间。"),
    ]
    results = list(library.ingest([tmp_path / "甲", tmp_path / "乙"]))
    assert [each.status for each in results] == ["added", "edition"]
    current = [entry.id for entry in library.entries() if entry.current]
    assert results[1].report and current == [results[1].report.id]
    found = library.search("培训 直播间", agencies=[AGENCY], limit=20)
    assert {passage.report_id for passage in found} == set(current)
    assert len(files) == len(library.entries())


@pytest.mark.parametrize("workers", [1, 3])
def test_the_library_is_the_same_with_any_number_of_workers(
    tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared_module, "AT_ONCE", workers + 1)
    files = write_many(tmp_path / "in", 9)
    with (
        Library(tmp_path / "one", embedder=HashEmbedder()) as one,
        Library(tmp_path / "many", embedder=HashEmbedder()) as many,
    ):
        for path in files:
            one.add(path)
        assert all(each.report for each in many.ingest([tmp_path / "in"], workers=workers))
        assert many.reports() == one.reports()
        asked = "办理来访", "答复说理欠缺"
        found = [
            [[(p.report_id, p.chunk) for p in library.search(text, limit=20)] for text in asked]
            for library in (one, many)
        ]
        assert found[0] == found[1]


def test_a_kill_between_two_groups_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    write_many(tmp_path / "in", 12)
    code = """
import os, signal, sys
from tests.hash_embedder import HashEmbedder
from vectorstore import prepared
from vectorstore.library import Library
from vectorstore.records import Records

prepared.AT_ONCE = 4
insert, groups = Records.insert, []

def mortal(records, group, **rest):
    groups.append(group)
    if len(groups) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return insert(records, group, **rest)

Records.insert = mortal
with Library(sys.argv[1], embedder=HashEmbedder()) as library:
    for each in library.ingest([sys.argv[2]]):
        print(each.report.id, flush=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "data"), str(tmp_path / "in")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    acknowledged = done.stdout.split()
    assert 2 <= len(acknowledged) <= 8
    with Library(tmp_path / "data", embedder=HashEmbedder()) as library:
        assert {entry.id for entry in library.entries()} == set(acknowledged)
        assert len(originals(library)) == len(acknowledged)
        results = list(library.ingest([tmp_path / "in"], workers=2))
        statuses = [each.status for each in results]
        assert statuses == ["known"] * len(acknowledged) + ["added"] * (12 - len(acknowledged))
        assert len({p.agency for p in library.search("办理来访", limit=20)}) == 12
