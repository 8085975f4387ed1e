"""The catalogue is never older than the records, whoever wrote, and reads no report twice."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ingest.report import Report
from tests.hash_embedder import HashEmbedder
from tests.library_files import AGENCY, write_many, write_report
from vectorstore.holdings import Entry
from vectorstore.library import Library
from vectorstore.records import Records


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data", embedder=HashEmbedder()) as opened:
        yield opened


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is read whole from the records: identifiers of reports, and "entries"."""
    seen: list[str] = []
    report, contents = Records.report, Records.contents

    def note_report(self: Records, report_id: str) -> Report:
        seen.append(report_id)
        return report(self, report_id)

    def note_contents(self: Records) -> tuple[int, list[Entry]]:
        seen.append("entries")
        return contents(self)

    monkeypatch.setattr(Records, "report", note_report)
    monkeypatch.setattr(Records, "contents", note_contents)
    return seen


def test_what_did_not_change_is_read_once(
    library: Library, tmp_path: Path, read: list[str]
) -> None:
    report = library.add(write_report(tmp_path))
    read.clear()
    for _ in range(3):
        assert library.report(report.id) == report
        assert [entry.id for entry in library.entries()] == [report.id]
        assert (library.agencies(), library.years()) == ([AGENCY], [2023])
    assert read == ["entries", report.id]


def test_what_another_opening_wrote_is_seen_at_once(library: Library, tmp_path: Path) -> None:
    paths = write_many(tmp_path / "in", 2)
    first = library.add(paths[0])
    assert len(library.entries()) == 1
    with Library(library.folder, embedder=HashEmbedder()) as other:
        second = other.add(paths[1])
        assert {entry.id for entry in library.entries()} == {first.id, second.id}
        other.remove(first.id)
    assert [entry.id for entry in library.entries()] == [second.id]


def test_an_older_edition_that_goes_is_seen(library: Library, tmp_path: Path) -> None:
    first = library.add(write_report(tmp_path, name="a.txt", problems="渠道不够丰富。"))
    second = library.add(write_report(tmp_path, name="b.txt", problems="培训覆盖面窄。"))
    assert len(library.entries()) == 2
    library.remove(first.id)
    assert [entry.id for entry in library.entries()] == [second.id]


def test_a_caller_that_sorts_the_list_changes_only_its_own(
    library: Library, tmp_path: Path
) -> None:
    for path in write_many(tmp_path / "in", 2):
        library.add(path)
    library.entries().clear()
    library.years().append(1999)
    assert len(library.entries()) == 2
    assert library.years() == [2023]


def test_only_the_reports_asked_for_last_are_kept(
    library: Library, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.catalogue.MOST_REPORTS", 2)
    ids = [library.add(path).id for path in write_many(tmp_path / "in", 3)]
    library.entries()
    read.clear()
    for report_id in (ids[0], ids[1], ids[0], ids[2], ids[0], ids[1]):
        assert library.report(report_id).id == report_id
    assert read == [ids[0], ids[1], ids[2], ids[1]]


def test_what_is_made_of_the_list_is_made_again_when_it_changed(
    library: Library, tmp_path: Path
) -> None:
    made = []

    def count(entries: Sequence[Entry]) -> int:
        made.append(len(entries))
        return len(entries)

    first, second = write_many(tmp_path / "in", 2)
    library.add(first)
    assert [library.once_a_change(count), library.once_a_change(count)] == [1, 1]
    library.add(second)
    assert library.once_a_change(count) == 2
    assert made == [1, 2]
