"""The keyword index: what it finds, how it is limited, and that it follows the records."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.chunk import Chunk
from ingest.report import Place
from tests.invented import invented_report
from vectorstore import keywords as keywords_module
from vectorstore.builds import StoreBroken
from vectorstore.chunks import ChunkStore, Foretold, Scope
from vectorstore.database import Database
from vectorstore.embedding import Embedded
from vectorstore.keywords import Keywords, content_terms
from vectorstore.prepared import prepared_of
from vectorstore.records import Records

TEXTS = {
    "甲市乙局": ("全年举办业务培训三次。", "政策解读形式单一。"),
    "甲市丙局": ("开设政务公开专栏。", "公开队伍人员变动较大。"),
    "甲市丁局": ("举办新闻发布会两场。", "依申请公开答复不够规范。"),
}

EVERYTHING = Scope()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path, None, read_only=False)
    opened.migrate()
    for agency, texts in TEXTS.items():
        add(opened, agency, *texts)
    yield opened
    opened.close()


@pytest.fixture
def index(tmp_path: Path, database: Database) -> Iterator[Keywords]:
    opened = Keywords(tmp_path / "keywords")
    opened.bring_into_step(ChunkStore(database))
    yield opened
    opened.close()


def add(database: Database, agency: str, *texts: str) -> str:
    report = invented_report(agency=agency, seed=len(texts))
    pieces = [
        Chunk(text, f"{agency}2023年", Place(section=section, quote=text))
        for section, text in zip((1, 5), texts, strict=False)
    ]
    made = Embedded("m", np.ones((len(pieces), 2), dtype=np.float32))
    Records(database).insert(
        [(prepared_of(report, pieces, made), report.sha256)], parser_version="1"
    )
    return report.id


def texts(database: Database, hits: list[tuple[int, float]]) -> list[str]:
    by_number = {each.id: each.chunk.text for each in ChunkStore(database).held(n for n, _ in hits)}
    return [by_number[number] for number, _ in hits]


def test_the_chunk_with_most_of_the_words_comes_first(index: Keywords, database: Database) -> None:
    found = texts(database, index.search("业务培训举办了几次", EVERYTHING, 10))
    assert found[0] == "全年举办业务培训三次。"
    assert "举办新闻发布会两场。" in found


def test_a_two_character_word_is_found(index: Keywords, database: Database) -> None:
    assert texts(database, index.search("专栏", EVERYTHING, 1)) == ["开设政务公开专栏。"]


def test_the_agency_in_the_context_is_found(index: Keywords, database: Database) -> None:
    first_two = texts(database, index.search("丁局", EVERYTHING, 2))
    assert set(first_two) == set(TEXTS["甲市丁局"])


def test_words_that_stand_nowhere_find_nothing(index: Keywords) -> None:
    assert index.search("xyzzy", EVERYTHING, 10) == []
    assert index.search("", EVERYTHING, 10) == []
    assert index.search('") OR * AND (', EVERYTHING, 10) == []


def test_a_scope_keeps_to_its_reports_and_sections(index: Keywords, database: Database) -> None:
    store = ChunkStore(database)
    scope = store.scope(["甲市丙局", "甲市丁局"], [2023], [5])
    found = texts(database, index.search("公开", scope, 10))
    assert set(found) == {"公开队伍人员变动较大。", "依申请公开答复不够规范。"}
    assert index.search("公开", store.scope(["没有的局"], [], []), 10) == []
    assert index.search("公开", Scope(sections=(6,)), 10) == []


def test_a_scope_does_not_change_scores(index: Keywords, database: Database) -> None:
    whole = dict(index.search("公开", EVERYTHING, 10))
    scope = ChunkStore(database).scope(["甲市丙局"], [], [])
    for number, score in index.search("公开", scope, 10):
        assert score == pytest.approx(whole[number])


def test_the_index_follows_what_comes_and_goes(index: Keywords, database: Database) -> None:
    store = ChunkStore(database)
    added = add(database, "甲市戊局", "试行档案智能编目。")
    assert not index.is_in_step(store.revision())
    index.bring_into_step(store)
    assert index.is_in_step(store.revision())
    assert texts(database, index.search("智能编目", EVERYTHING, 1)) == ["试行档案智能编目。"]
    Records(database).delete(added)
    index.bring_into_step(store)
    assert index.search("智能编目", EVERYTHING, 10) == []


def test_following_twice_leaves_each_chunk_once(index: Keywords, database: Database) -> None:
    """After a crash between commit and manifest the same changes come again."""
    manifest = next((index._builds.folder).glob("manifest.json"))
    before = manifest.read_text("utf-8")
    add(database, "甲市戊局", "试行档案智能编目。")
    index.bring_into_step(ChunkStore(database))
    manifest.write_text(before, "utf-8")
    index.bring_into_step(ChunkStore(database))
    assert len(index.search("智能编目", EVERYTHING, 10)) == 1


def test_an_index_of_other_tokens_is_built_again(
    index: Keywords, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ChunkStore(database)
    monkeypatch.setattr(keywords_module, "TOKENS_VERSION", "another")
    assert not index.is_in_step(store.revision())
    index.bring_into_step(store)
    assert index.is_in_step(store.revision())


@pytest.mark.parametrize("damage", [b"", b"junk", b"\0" * 400])
def test_a_damaged_index_is_built_again(tmp_path: Path, database: Database, damage: bytes) -> None:
    store = ChunkStore(database)
    Keywords(tmp_path / "keywords").bring_into_step(store)
    for path in (tmp_path / "keywords").rglob("build-*/*"):
        if path.name != "meta.json" or not damage:
            path.write_bytes(damage)
    reopened = Keywords(tmp_path / "keywords")
    with pytest.raises(StoreBroken):
        reopened.search("培训", EVERYTHING, 3)
    add(database, "甲市戊局", "试行档案智能编目。")
    reopened.bring_into_step(store)
    assert texts(database, reopened.search("业务培训", EVERYTHING, 1)) == ["全年举办业务培训三次。"]


def test_a_rare_word_weighs_more_than_a_common_one(index: Keywords) -> None:
    weights = index.weights(["公开", "专栏", "没有"])
    assert weights["专栏"] > weights["公开"]
    assert weights["没有"] > weights["专栏"]


def test_of_other_words_those_that_stand_everywhere_are_not_looked_for(
    index: Keywords, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(index.search("xyz", EVERYTHING, 10, also=["甲市", "专栏"])) == 6
    monkeypatch.setattr(keywords_module, "MANY_CHUNKS", 1)
    rare = index.search("xyz", EVERYTHING, 10, also=["甲市", "专栏"])
    assert rare == index.search("xyz", EVERYTHING, 10, also=["专栏"])
    assert len(rare) == 1


def test_content_terms_keep_numbers_and_leave_single_characters() -> None:
    terms = content_terms("新收3件")
    assert "3" in terms
    assert "新收" in terms
    assert "件" not in terms


def test_tokens_that_are_known_already_are_not_looked_for_again(
    index: Keywords, database: Database
) -> None:
    add(database, "丙局", "开通热线电话。", "存在短板。")
    store = ChunkStore(database)
    first = store.changes_after(store.revision() - 1)[0].first
    told = Foretold("丙局", 2023, (1, 5), ("开通 热线", "存在 短板"), None)
    index.bring_into_step(store, {first: told})
    assert texts(database, index.search("热线", EVERYTHING, 1)) == ["开通热线电话。"]
    assert texts(database, index.search("短板", EVERYTHING, 1)) == ["存在短板。"]
    assert index.search("电话", EVERYTHING, 1) == []
