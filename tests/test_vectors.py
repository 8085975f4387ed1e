"""The vector cache: what damages it, how that is found, and that answers stay the same."""

import random
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.hash_embedder import HashEmbedder
from tests.library_files import write_many, write_report
from vectorstore import audit, neighbours, vectors
from vectorstore.library import Library

QUESTIONS = ("设立解读漫画", "答复说理欠缺涉及几个村", "云溪市第3镇人民政府办理来访")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A library whose Chroma store has been written to disk and closed in order."""
    folder = tmp_path / "data"
    with Library(folder, embedder=HashEmbedder()) as library:
        list(library.ingest(write_many(tmp_path / "in", 30)))
    return folder


def answers(folder: Path, said: list[str] | None = None) -> list[object]:
    said = [] if said is None else said
    with Library(folder, embedder=HashEmbedder(), notify=said.append) as library:
        return [library.search(question) for question in QUESTIONS]


def store(folder: Path) -> Path:
    (build,) = (folder / "vectors").glob("build-*")
    return build


def files(folder: Path, name: str) -> list[Path]:
    return sorted(store(folder).rglob(name))


def truncate(folder: Path) -> None:
    for path in files(folder, "*.bin"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 10])


def scribble(folder: Path) -> None:
    chance = random.Random(7)
    for path in files(folder, "*.bin"):
        with path.open("r+b") as file:
            for _ in range(200):
                file.seek(chance.randrange(max(1, path.stat().st_size)))
                file.write(chance.randbytes(64))


def drop_database(folder: Path) -> None:
    for path in files(folder, "*.sqlite3"):
        path.unlink()


def empty_database(folder: Path) -> None:
    for path in files(folder, "*.sqlite3"):
        path.write_bytes(b"")


def drop_index(folder: Path) -> None:
    for path in store(folder).iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def drop_build(folder: Path) -> None:
    shutil.rmtree(store(folder))


def spoil_manifest(folder: Path) -> None:
    (folder / "vectors" / "manifest.json").write_text("{", "utf-8")


def lead_manifest_astray(folder: Path) -> None:
    manifest = folder / "vectors" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("build-", "../build-"), "utf-8")


def write_as_another_version(folder: Path) -> None:
    """The store's own tables went through steps that this version of Chroma does not know."""
    for path in files(folder, "*.sqlite3"):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE migrations SET hash = 'of another version'")


DAMAGE = (
    drop_database,
    empty_database,
    drop_build,
    spoil_manifest,
    lead_manifest_astray,
    write_as_another_version,
)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_damaged_store_is_built_again_and_said(
    damage: Callable[[Path], None], filled: Path
) -> None:
    before = answers(filled)
    old = store(filled).name
    damage(filled)
    said: list[str] = []
    assert answers(filled, said) == before
    assert any("向量索引" in sentence for sentence in said)
    assert store(filled).name != old
    said.clear()
    assert answers(filled, said) == before
    assert said == []


def test_questions_are_answered_while_the_store_is_built_again(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers(filled)
    drop_build(filled)
    may_go_on, is_building = threading.Event(), threading.Event()

    def slowly(*arguments: Any, **options: Any) -> neighbours.Neighbours:
        is_building.set()
        assert may_go_on.wait(60)
        return neighbours.open_neighbours(*arguments, **options)

    monkeypatch.setattr(vectors, "open_neighbours", slowly)
    said: list[str] = []
    with Library(filled, embedder=HashEmbedder(), notify=said.append) as library:
        building = threading.Thread(target=library.warm)
        building.start()
        assert is_building.wait(60)
        assert [library.search(question) for question in QUESTIONS] == before
        assert building.is_alive()
        may_go_on.set()
        building.join(60)
        assert [library.search(question) for question in QUESTIONS] == before
    assert len([sentence for sentence in said if "向量索引" in sentence]) == 1


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library large enough that Chroma folds its log into files (from a thousand vectors on)."""
    place = tmp_path_factory.mktemp("large")
    words = ("培训", "巡查", "座谈", "走访", "宣讲", "督办", "公示", "回访", "编目", "抽检")
    places = (
        "东关",
        "西桥",
        "南坡",
        "北湾",
        "中街",
        "上塘",
        "下洼",
        "新村",
        "老寨",
        "河口",
        "林场",
    )
    sentences = [
        f"{places[n % 11]}{words[n % 10]}{words[n // 10 % 10]}共{n * 37 % 9973}次，{words[n // 7 % 10]}收尾。"
        for n in range(1500)
    ]
    with Library(place / "data", embedder=HashEmbedder()) as library:
        library.add(write_report(place, overview="\n".join(sentences)))
    assert files(place / "data", "data_level0.bin")
    return place / "data"


@pytest.mark.parametrize("damage", (truncate, drop_index, scribble), ids=lambda d: d.__name__)
def test_a_large_store_that_lost_its_index_is_found_out(
    damage: Callable[[Path], None], large: Path, tmp_path: Path
) -> None:
    """Opening such a store in this process may end it: the audit's child has to go first."""
    folder = tmp_path / "data"
    shutil.copytree(large, folder)
    questions = ("东关培训巡查多少次", "河口抽检收尾", "政策解读形式单一")
    said: list[str] = []
    with Library(large, embedder=HashEmbedder()) as library:
        before = [library.search(question)[0] for question in questions]
    damage(folder)
    with Library(folder, embedder=HashEmbedder(), notify=said.append) as library:
        assert [library.search(question)[0] for question in questions] == before
    assert any("已损坏" in sentence for sentence in said)


def test_a_store_closed_in_order_is_not_audited(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bool:
        raise AssertionError("audited")

    monkeypatch.setattr(vectors, "passes_audit", refuse)
    assert answers(filled)


def test_a_store_that_was_not_closed_is_audited_and_kept(filled: Path) -> None:
    before, build = answers(filled), store(filled).name
    said: list[str] = []
    library = Library(filled, embedder=HashEmbedder(), notify=said.append)
    library.search(QUESTIONS[0])
    manifest = (filled / "vectors" / "manifest.json").read_text("utf-8")
    library.close()
    (filled / "vectors" / "manifest.json").write_text(manifest, "utf-8")
    assert answers(filled, said) == before
    assert store(filled).name == build
    assert said == []


def test_an_audit_fails_for_vectors_that_are_not_there(filled: Path) -> None:
    embedder = HashEmbedder()
    strangers = embedder.encode([f"陌生的句子{number}xyz" for number in range(80)])
    assert not audit.passes_audit(store(filled), list(range(9000, 9080)), strangers)


def test_an_audit_of_a_folder_without_a_store_fails(tmp_path: Path) -> None:
    assert not audit.passes_audit(tmp_path, [1], HashEmbedder().encode(["甲"]))


def test_a_store_follows_additions_and_removals_without_being_built_again(
    filled: Path, tmp_path: Path
) -> None:
    build = store(filled).name
    with Library(filled, embedder=HashEmbedder()) as library:
        added = library.add(write_report(tmp_path, overview="试行档案智能编目。"))
        assert library.search("档案智能编目")[0].report_id == added.id
        library.remove(added.id)
        assert all(p.report_id != added.id for p in library.search("档案智能编目"))
        count = len(library.search("云溪市", limit=1000))
    opened = neighbours.open_neighbours(store(filled))
    try:
        assert opened.count() >= count
        assert store(filled).name == build
    finally:
        opened.close()


def test_a_store_another_process_owns_is_left_alone(filled: Path) -> None:
    before = answers(filled)
    with Library(filled, embedder=HashEmbedder()) as owner:
        owner.warm()
        mark = (filled / "vectors" / "manifest.json").stat().st_mtime_ns
        assert answers(filled) == before
        assert (filled / "vectors" / "manifest.json").stat().st_mtime_ns == mark


def test_a_large_scope_finds_what_a_direct_comparison_finds(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agencies = [f"云溪市第{number}镇人民政府" for number in range(20)]
    with Library(filled, embedder=HashEmbedder()) as library:
        direct = library.search("设立解读漫画", agencies=agencies, limit=3)
        monkeypatch.setattr(vectors, "DIRECT", 0)
        fetched = library.search("设立解读漫画", agencies=agencies, limit=3)
    assert fetched == direct
    assert {passage.agency for passage in fetched} <= set(agencies)
