"""Many files at once: order kept, one file's failure its own, nothing left running."""

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from ingest import batch
from ingest.batch import files_under, parse_many, work_in_groups
from ingest.errors import UnreadableFile
from ingest.sandbox import AS_REPORT, Limits
from tests import hostile_files
from tests.invented import invented_report
from tests.render_files import as_docx, as_html
from tests.render_text import as_cells

_TIGHT = Limits(wall_seconds=60, cpu_seconds=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Nine good reports of different years, and among them an empty, a hostile and a wrong file."""
    for number in range(9):
        report = invented_report(seed=number, year=2021 + number % 4)
        path = tmp_path / f"{number:02}.txt"
        if number % 3 == 0:
            path.write_text(as_cells(report), encoding="utf-8")
        else:
            data = as_docx(report) if number % 3 == 1 else as_html(report)
            path.with_suffix(".docx" if number % 3 == 1 else ".html").write_bytes(data)
    (tmp_path / "02a.pdf").write_bytes(b"")
    (tmp_path / "04a.pdf").write_bytes(hostile_files.pdf_with_nested_forms())
    (tmp_path / "06a.txt").write_text("关于放假的通知。", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order_and_failures_stay_alone(folder: Path, workers: int) -> None:
    files = files_under([folder])
    results = list(parse_many(files, workers, _TIGHT))
    assert [result.path for result in results] == files
    failed = {result.path.name for result in results if result.error}
    assert failed == {"02a.pdf", "04a.pdf", "06a.txt"}
    for result in results:
        assert (result.report is None) == (result.error is not None)
    years = [result.report.year for result in results if result.report]
    assert years == [2021 + number % 4 for number in range(9)]


def test_every_failure_names_its_file(folder: Path) -> None:
    for result in parse_many(files_under([folder]), 2, _TIGHT):
        if result.error:
            assert str(result.error).startswith(f"《{result.path.name}》")


def test_stopping_early_stops_the_work(folder: Path) -> None:
    before = _children()
    results = parse_many(files_under([folder]), 2, _TIGHT)
    assert [result.path.name for result in islice(results, 2)] == ["00.txt", "01.docx"]
    results.close()  # type: ignore[attr-defined]
    assert _children() <= before


def _children() -> set[str]:
    """The processes this one has started, in whichever thread, and that still run."""
    return {pid for tasks in Path("/proc/self/task").glob("*/children") for pid in _words(tasks)}


def _words(file: Path) -> list[str]:
    # A thread may end between being listed and being read.
    with suppress(FileNotFoundError, ProcessLookupError):
        return file.read_text().split()
    return []


def test_no_files_are_no_results() -> None:
    assert list(parse_many([], 2)) == []


def test_groups_keep_the_order_and_are_never_larger_than_asked(folder: Path) -> None:
    files = files_under([folder])
    groups = list(work_in_groups(files, AS_REPORT, 2, _TIGHT, most=5))
    assert [done.path for group in groups for done in group] == files
    assert all(1 <= len(group) <= 5 for group in groups)
    assert sum(done.error is not None for group in groups for done in group) == 3


def test_a_file_that_vanished_fails_alone(folder: Path) -> None:
    files = [folder / "00.txt", folder / "不在.txt", folder / "01.docx"]
    results = list(parse_many(files, 1, _TIGHT))
    assert [type(result.error) for result in results] == [type(None), UnreadableFile, type(None)]


def test_folders_are_walked_in_order_and_only_documents_are_taken(tmp_path: Path) -> None:
    inner = tmp_path / "乙" / "丙"
    inner.mkdir(parents=True)
    for name in ("2.pdf", "1.DOCX", "~$1.docx", ".隐藏.txt", "表.xlsx", "图.png"):
        (tmp_path / name).write_bytes(b"x")
    (inner / "3.html").write_bytes(b"x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "4.txt").write_bytes(b"x")
    found = files_under([tmp_path])
    assert [path.name for path in found] == ["1.DOCX", "2.pdf", "3.html"]


def test_loops_pipes_and_links_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "2.txt").symlink_to(tmp_path / "1.txt")
    os.mkfifo(tmp_path / "3.txt")
    assert [path.name for path in files_under([tmp_path])] == ["1.txt"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    odd = tmp_path / "年报.附件"
    odd.write_bytes(b"x")
    missing = tmp_path / "不在.txt"
    assert files_under([odd, missing, odd]) == [odd, missing]


def test_what_ends_a_reader_ends_the_work_and_leaves_nobody_waiting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr("ingest.sandbox.Worker.ask", fail)
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    with pytest.raises(MemoryError, match="no room"):
        list(parse_many(files_under([folder]), workers=2))


def test_freed_memory_is_given_back_on_the_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back = []
    monkeypatch.setattr(batch, "_FILES_PER_TIDYING", 2)
    monkeypatch.setattr(batch, "_give_back_memory", lambda: given_back.append(True))
    paths = files_under([folder])
    done = list(parse_many(paths))
    assert len(given_back) == len(done) // 2 > 0
