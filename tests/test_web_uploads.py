"""Reports uploaded into a conversation, asked about and never in the library."""

from pathlib import Path

import pytest

from assistant.asking import ask
from assistant.settings import Settings
from assistant.web.uploads import FOLDER, Uploads
from ingest import samples
from ingest.errors import LibraryError, NianbaoError, UnreadableFile

TALK = "conversation-1"


def sample(name: str) -> Path:
    return next(path for path in samples.paths() if path.name == name)


def test_an_upload_is_asked_about_alone_and_goes_with_its_conversation(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, Settings(data=tmp_path))
    assert uploads.library(TALK) is None
    report = uploads.add(TALK, sample("culture-tourism-2023.txt"))
    library = uploads.library(TALK)
    assert library and library.agencies() == [report.agency]
    answer = ask("新收到多少件申请？", library)
    assert answer.status == "answered" and answer.citations[0].report == report.id
    assert uploads.library("conversation-2") is None
    uploads.close()
    assert Uploads(tmp_path, Settings(data=tmp_path)).library(TALK) is not None
    uploads.remove(TALK)
    assert uploads.library(TALK) is None and list((tmp_path / FOLDER).iterdir()) == []


def test_what_is_no_report_is_refused_in_a_sentence_and_leaves_nothing_to_ask(
    tmp_path: Path,
) -> None:
    uploads = Uploads(tmp_path, Settings(data=tmp_path))
    note = tmp_path / "清单.pdf"
    note.write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(UnreadableFile, match="清单"):
        uploads.add(TALK, note)
    assert uploads.library(TALK) is None
    uploads.close()


@pytest.mark.parametrize("name", ["", "../../etc", "a/b", "短", "x" * 65])
def test_only_a_conversations_identifier_names_a_folder(tmp_path: Path, name: str) -> None:
    uploads = Uploads(tmp_path, Settings(data=tmp_path))
    with pytest.raises(LibraryError):
        uploads.add(name, sample("culture-tourism-2023.txt"))
    assert uploads.library(name) is None
    uploads.remove(name)
    assert list(tmp_path.iterdir()) == []


def test_one_file_too_many_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.web.uploads.MOST_FILES", 1)
    uploads = Uploads(tmp_path, Settings(data=tmp_path))
    uploads.add(TALK, sample("culture-tourism-2023.txt"))
    with pytest.raises(NianbaoError, match="最多"):
        uploads.add(TALK, sample("culture-tourism-2024.docx"))
    uploads.close()
