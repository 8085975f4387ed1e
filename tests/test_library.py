"""The contract of Library: adding, editions, removing, crashes, locks, and what an opening mends."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import LibraryError, NotAnAnnualReport, UnreadableFile
from tests.hash_embedder import HashEmbedder
from tests.library_files import AGENCY, report_text, write_many, write_report
from vectorstore.library import Library
from vectorstore.records import Records

OTHER = "云溪市白鹭湾街道办事处"
ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library(folder, embedder=HashEmbedder()) as opened:
        yield opened


def open_library(folder: Path, said: list[str] | None = None) -> Library:
    notify = said.append if said is not None else lambda _: None
    return Library(folder, embedder=HashEmbedder(), notify=notify)


def originals(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "originals").glob("*"))


def in_child(code: str, *arguments: Path | str) -> "subprocess.CompletedProcess[str]":
    head = """
        import os, signal, sys
        from pathlib import Path
        from tests.hash_embedder import HashEmbedder
        from vectorstore.library import Library
    """
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code), *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


# --- Adding ---------------------------------------------------------------------------------------


def test_an_added_report_is_whole_after_reopening(folder: Path, tmp_path: Path) -> None:
    with open_library(folder) as library:
        added = library.add(write_report(tmp_path))
    with open_library(folder) as library:
        assert library.report(added.id) == added
        assert library.reports(agency=AGENCY, year=2023) == [added]
        assert library.agencies() == [AGENCY]
        assert library.years() == [2023]
        assert library.original(added.id).read_text("utf-8") == report_text()
        assert library.search("举办业务培训几次")[0].report_id == added.id


def test_the_same_bytes_twice_change_nothing(library: Library, tmp_path: Path) -> None:
    first = library.add(write_report(tmp_path))
    entries = library.entries()
    again = library.add(write_report(tmp_path, name="另一个名字.txt"))
    assert again == first
    assert library.entries() == entries
    statuses = [each.status for each in library.ingest([tmp_path])]
    assert statuses == ["known", "known"]
    assert len(originals(library.folder)) == 1


def test_ingest_says_what_became_of_each_file_in_order(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(report_text(), "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(report_text(OTHER), "utf-8")
    (tmp_path / "d.txt").write_text(report_text(OTHER), "utf-8")
    results = list(library.ingest([tmp_path]))
    assert [Path(each.source).name for each in results] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert [each.status for each in results] == ["added", "failed", "added", "known"]
    assert results[1].report is None
    assert results[1].message


def test_a_folder_with_broken_files_gives_up_only_those(library: Library, tmp_path: Path) -> None:
    files = write_many(tmp_path / "in", 110)
    for path in files[::11]:
        path.write_bytes(b"\x00\x01broken")
    results = list(library.ingest([tmp_path / "in"], workers=2))
    assert sum(each.status == "failed" for each in results) == 10
    assert sum(each.status == "added" for each in results) == 100
    assert len(library.entries()) == 100
    assert library.search("设立解读漫画", limit=3)


def test_a_file_that_is_no_report_leaves_nothing_behind(library: Library, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("您好，附件请查收。\n", "utf-8")
    with pytest.raises((NotAnAnnualReport, UnreadableFile)):
        library.add(letter)
    assert library.entries() == []
    assert originals(library.folder) == []


def test_a_report_that_names_nobody_asks_for_a_file_name(library: Library, tmp_path: Path) -> None:
    nameless = report_text("", 2023).replace("2023年", "").replace("2024年1月20日", "")
    path = tmp_path / "x.txt"
    path.write_text(nameless, "utf-8")
    with pytest.raises(NotAnAnnualReport, match="文件名"):
        library.add(path)
    assert library.entries() == []
    assert originals(library.folder) == []


def test_a_missing_file_is_one_sentence(library: Library, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        library.add(tmp_path / "nowhere.txt")


# --- Names ----------------------------------------------------------------------------------------


def test_a_name_with_direction_marks_is_shown_without_them(
    library: Library, tmp_path: Path
) -> None:
    report = library.add(write_report(tmp_path, name="年报\u202efdp.\u200btxt"))
    assert library.report(report.id).source == "年报fdp.txt"
    assert originals(library.folder) == [report.sha256 + ".txt"] or originals(library.folder) == [
        report.sha256
    ]


def test_a_name_in_gb_bytes_is_taken_in(library: Library, tmp_path: Path) -> None:
    name = os.fsdecode(f"{AGENCY}2023".encode("gb18030") + b".txt")
    path = tmp_path / name
    path.write_bytes(report_text().encode("gb18030"))
    report = library.add(path)
    assert report.agency == AGENCY
    assert library.entries()[0].source.encode("utf-8")
    assert "业务培训" in library.search("业务培训")[0].chunk.text


def test_the_original_cannot_be_asked_for_by_path(library: Library) -> None:
    with pytest.raises(LibraryError):
        library.original("../../etc/passwd")


# --- Editions -------------------------------------------------------------------------------------


def test_a_second_edition_is_kept_beside_the_first(folder: Path, tmp_path: Path) -> None:
    said: list[str] = []
    with open_library(folder, said) as library:
        first = library.add(write_report(tmp_path, name="a.txt", problems="渠道不够丰富。"))
        second = library.add(write_report(tmp_path, name="b.txt", problems="培训覆盖面窄。"))
        editions = [(each.id, each.edition, each.current) for each in library.entries()]
        assert editions == [(first.id, 1, False), (second.id, 2, True)]
        assert [report.id for report in library.reports()] == [second.id]
        assert any("已有一份" in sentence for sentence in said)
        found = library.search("培训覆盖面窄", limit=5)
        assert {passage.report_id for passage in found} == {second.id}
        older = library.search("渠道不够丰富", limit=5)
        assert first.id not in {passage.report_id for passage in older}


def test_ingest_reports_a_second_edition(library: Library, tmp_path: Path) -> None:
    write_report(tmp_path, name="a.txt", problems="渠道不够丰富。")
    write_report(tmp_path, name="b.txt", problems="培训覆盖面窄。")
    results = list(library.ingest([tmp_path]))
    assert [each.status for each in results] == ["added", "edition"]
    assert "第2版" in results[1].message


def test_removing_the_newest_edition_brings_the_older_back(
    library: Library, tmp_path: Path
) -> None:
    first = library.add(write_report(tmp_path, name="a.txt", problems="渠道不够丰富。"))
    second = library.add(write_report(tmp_path, name="b.txt", problems="培训覆盖面窄。"))
    library.remove(second.id)
    assert [(each.id, each.current) for each in library.entries()] == [(first.id, True)]
    assert library.search("渠道不够丰富")[0].chunk.text.startswith("渠道不够丰富")
    assert originals(library.folder)[0].startswith(first.sha256)


def test_a_removed_report_is_gone_from_every_part(library: Library, tmp_path: Path) -> None:
    kept = library.add(write_report(tmp_path, OTHER))
    gone = library.add(write_report(tmp_path))
    library.remove(gone.id)
    assert [entry.id for entry in library.entries()] == [kept.id]
    assert len(originals(library.folder)) == 1
    assert {p.report_id for p in library.search("业务培训", limit=20)} == {kept.id}
    with pytest.raises(LibraryError):
        library.report(gone.id)
    with pytest.raises(LibraryError):
        library.remove(gone.id)


# --- Crashes --------------------------------------------------------------------------------------

KILL_POINTS = {
    "before the record": "vectorstore.records.Records.insert",
    "before the keyword index": "vectorstore.keywords.Keywords.bring_into_step",
    "before the vector cache": "vectorstore.vectors.VectorCache.bring_into_step",
    "inside the vector cache": "vectorstore.neighbours.Neighbours.upsert",
}


@pytest.mark.parametrize("point", KILL_POINTS.values(), ids=KILL_POINTS.keys())
def test_a_killed_addition_is_absent_or_complete(point: str, folder: Path, tmp_path: Path) -> None:
    with open_library(folder) as library:
        kept = library.add(write_report(tmp_path, OTHER))
    path = write_report(tmp_path)
    killed = in_child(
        f"""
        import importlib
        module, kind, name = {point!r}.rsplit(".", 2)
        kind = getattr(importlib.import_module(module), kind)
        setattr(kind, name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        Library(sys.argv[1], embedder=HashEmbedder()).add(sys.argv[2])
        """,
        folder,
        path,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with open_library(folder) as library:
        entries = library.entries()
        assert len(originals(folder)) == len(entries)
        found = {passage.report_id for passage in library.search("业务培训", limit=20)}
        assert found == {entry.id for entry in entries}
        assert kept.id in found
        library.add(path)
        assert len(library.entries()) == 2
        assert len(library.search("业务培训", agencies=[AGENCY])) > 0


def test_a_step_that_fails_leaves_no_original(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise LibraryError("磁盘空间不足")

    with monkeypatch.context() as patch:
        patch.setattr(Records, "insert", full)
        with pytest.raises(LibraryError):
            library.add(write_report(tmp_path))
    assert originals(library.folder) == []
    assert library.add(write_report(tmp_path)).agency == AGENCY


def test_an_ingest_given_up_half_way_keeps_what_it_reported(
    library: Library, tmp_path: Path
) -> None:
    write_many(tmp_path / "in", 6)
    going = library.ingest([tmp_path / "in"])
    first = next(going)
    going.close()  # type: ignore[attr-defined]
    assert first.report
    # Those that were stored in the same commit may be there too.
    assert first.report.id in {entry.id for entry in library.entries()}
    assert library.search("办理来访多少人次")
    assert len(originals(library.folder)) == len(library.entries())
    statuses = [each.status for each in library.ingest([tmp_path / "in"])]
    assert statuses == ["known"] * statuses.count("known") + ["added"] * statuses.count("added")
    assert len(library.entries()) == 6


# --- Locks ----------------------------------------------------------------------------------------


@pytest.fixture
def writer(folder: Path) -> Iterator[int]:
    """Another process that holds the writer's lock; its process number."""
    code = """
    import sys, pathlib
    from vectorstore.lock import WriterLock
    with WriterLock(pathlib.Path(sys.argv[1])).held():
        print("held", flush=True)
        sys.stdin.read()
    """
    folder.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdin
    assert process.stdout.readline() == "held\n"
    yield process.pid
    process.stdin.close()
    process.wait(20)
    process.stdout.close()


@pytest.fixture
def filled(folder: Path, tmp_path: Path) -> Path:
    with open_library(folder) as library:
        list(library.ingest(write_many(tmp_path / "in", 8)))
    return folder


def test_a_second_writer_is_told_who_holds_the_lock(
    filled: Path, writer: int, tmp_path: Path
) -> None:
    with open_library(filled) as library:
        with pytest.raises(LibraryError, match=f"进程 {writer}"):
            library.add(write_report(tmp_path))
        assert len(library.entries()) == 8


def test_reading_goes_on_while_another_process_writes(filled: Path, writer: int) -> None:
    with open_library(filled) as library:
        assert len(library.entries()) == 8
        assert "解读漫画" in library.search("设立解读漫画")[0].chunk.text
        assert library.reports(year=2023)


def test_two_openings_of_one_library_answer_alike(filled: Path) -> None:
    with open_library(filled) as first, open_library(filled) as second:
        question = "哪里设立了公开专窗"
        assert first.search(question) == second.search(question)


def test_an_opening_sees_what_another_one_added(filled: Path, tmp_path: Path) -> None:
    with open_library(filled) as reader, open_library(filled) as other:
        reader.search("公开专窗")
        added = other.add(write_report(tmp_path))
        assert reader.search("举办业务培训三次")[0].report_id == added.id


def test_threads_of_one_process_add_and_search_together(folder: Path, tmp_path: Path) -> None:
    files = write_many(tmp_path / "in", 8)
    with open_library(folder) as library, ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(library.search, "设立公开专窗") for _ in files]
        added = [future.result() for future in [pool.submit(library.add, p) for p in files]]
        assert all(isinstance(future.result(), list) for future in searches)
        assert {entry.id for entry in library.entries()} == {report.id for report in added}
        assert "公开专窗" in library.search("设立公开专窗")[0].chunk.text


# --- Openings -------------------------------------------------------------------------------------


def test_opening_for_a_look_up_loads_no_vector_store(filled: Path) -> None:
    child = in_child(
        """
        with Library(sys.argv[1]) as library:
            assert len(library.entries()) == 8
            library.facts("requests/new/total")
        heavy = {"chromadb", "torch", "sentence_transformers", "pdfplumber", "alembic"}
        print(sorted(heavy & set(sys.modules)))
        """,
        filled,
    )
    assert child.stdout == "[]\n", child.stderr


def test_importing_the_package_loads_no_database() -> None:
    code = "import vectorstore, sys; print({'sqlalchemy', 'chromadb', 'numpy'} & set(sys.modules))"
    child = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert child.stdout == "set()\n"


def test_a_library_without_its_caches_makes_them_again(filled: Path) -> None:
    import shutil

    with open_library(filled) as library:
        before = library.search("设立政务直播间")
    shutil.rmtree(filled / "keywords")
    shutil.rmtree(filled / "vectors")
    with open_library(filled) as library:
        assert library.search("设立政务直播间") == before


def test_another_model_embeds_every_chunk_again_and_says_so(filled: Path) -> None:
    said: list[str] = []
    other = HashEmbedder(32, salt="·")
    with Library(filled, embedder=other, notify=said.append) as library:
        assert "解读漫画" in library.search("设立解读漫画")[0].chunk.text
    assert any("嵌入模型" in sentence for sentence in said)
    said.clear()
    with Library(filled, embedder=HashEmbedder(32, salt="·"), notify=said.append) as library:
        library.search("设立解读漫画")
    assert said == []


# --- Disks ----------------------------------------------------------------------------------------


def mounted(*arguments: str) -> bool:
    try:
        return (
            subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
        )
    except FileNotFoundError:
        return False


@pytest.fixture
def read_only(filled: Path) -> Iterator[Path]:
    if not mounted("--bind", str(filled), str(filled)):
        pytest.skip("这里不能挂载目录，无法试只读的磁盘。")
    mounted("-o", "remount,ro,bind", str(filled))
    yield filled
    subprocess.run(["umount", "--lazy", str(filled)], check=True)


def test_a_read_only_disk_can_be_asked_but_not_changed(
    filled: Path, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with open_library(filled) as library:
        before = library.search("设立政务直播间")
    request.getfixturevalue("read_only")
    with open_library(filled) as library:
        assert library.read_only
        assert library.search("设立政务直播间") == before
        assert len(library.entries()) == 8
        with pytest.raises(LibraryError, match="只读"):
            library.add(write_report(tmp_path))
        with pytest.raises(LibraryError, match="只读"):
            library.remove(library.entries()[0].id)


def test_a_full_disk_stops_the_addition_and_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)):
        pytest.skip("这里不能挂载目录，无法试写满的磁盘。")
    try:
        with open_library(disk) as library:
            kept = library.add(write_report(tmp_path, OTHER))
            ballast = disk / "ballast"
            with ballast.open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
                while True:
                    file.write(b"\0" * 4096)
            with pytest.raises(LibraryError, match="空间不足"):
                library.add(write_report(tmp_path))
            assert [entry.id for entry in library.entries()] == [kept.id]
            assert library.search("业务培训")[0].report_id == kept.id
            ballast.unlink()
            library.add(write_report(tmp_path))
            assert len(library.entries()) == 2
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_indices_made_anew_find_the_same(library: Library, tmp_path: Path) -> None:
    library.add(write_report(tmp_path))
    before = library.search("业务培训")
    assert before and list(library.rebuild()) == ["关键词索引", "向量索引"]
    assert library.search("业务培训") == before
