"""Search: filters first, both rankings, no boilerplate twice, the same order every time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import NianbaoError
from tests.hash_embedder import HashEmbedder
from tests.library_files import write_report
from vectorstore import caches, passages
from vectorstore.library import Library

BOILERPLATE = "严格落实先审后发和三审三校制度，确保公开内容准确安全。"
AGENCIES = ("云溪市水务局", "云溪市民政局", "云溪市体育局", "云溪市气象局")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    place = tmp_path_factory.mktemp("passages")
    practices = ("河道巡查日报上墙", "养老服务地图上线", "场馆开放时间公示", "预警短信直达农户")
    for year in (2022, 2023):
        for number, agency in enumerate(AGENCIES):
            write_report(
                place / "in",
                agency,
                year,
                overview=f"{practices[number]}，覆盖{number + year - 2000}个社区。\n{BOILERPLATE}",
                problems=f"{practices[number]}的宣传不足。",
            )
    with Library(place / "data", embedder=HashEmbedder(256)) as opened:
        list(opened.ingest([place / "in"]))
        yield opened


def test_the_passage_that_answers_comes_first(library: Library) -> None:
    passages = library.search("哪家推出了养老服务地图", years=[2023])
    assert passages[0].agency == "云溪市民政局"
    assert "养老服务地图上线" in passages[0].chunk.text


def test_scores_fall_and_lie_between_zero_and_one(library: Library) -> None:
    scores = [passage.score for passage in library.search("预警短信直达农户", limit=20)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_question_about_nothing_here_scores_lower(library: Library) -> None:
    about = library.search("河道巡查日报上墙")[0].score
    beside = [passage.score for passage in library.search("量子纠缠 xyz")]
    assert max(beside, default=0.0) < about / 2


def test_nothing_is_found_where_nothing_says_enough(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert library.search("河道巡查日报上墙")
    monkeypatch.setattr(passages, "LEAST_SAID", 1.0)
    assert library.search("河道巡查日报上墙了没有") == []


def test_the_same_question_gets_the_same_answer(library: Library) -> None:
    question = "场馆什么时候开放"
    assert library.search(question) == library.search(question)


@pytest.mark.parametrize("limit", (1, 3, 5))
def test_a_shorter_answer_is_the_head_of_a_longer_one(library: Library, limit: int) -> None:
    question = "覆盖多少个社区"
    assert library.search(question, limit=limit) == library.search(question, limit=8)[:limit]


def test_a_filter_is_applied_before_ranking(library: Library) -> None:
    passages = library.search(
        "养老服务地图宣传不足", agencies=["云溪市气象局"], years=[2022], limit=20
    )
    assert passages
    assert {(p.agency, p.year) for p in passages} == {("云溪市气象局", 2022)}
    only = library.search("宣传不足", sections=[5], limit=20)
    assert {passage.chunk.place.section for passage in only} == {5}


def test_a_filter_that_names_nothing_held_finds_nothing(library: Library) -> None:
    assert library.search("养老服务", agencies=["云溪市不存在局"]) == []
    assert library.search("养老服务", years=[1999]) == []


def test_copied_sentences_are_shown_once(library: Library) -> None:
    passages = library.search("三审三校制度落实情况", limit=20)
    assert sum("三审三校" in passage.chunk.text for passage in passages) == 1


def test_agencies_that_are_named_may_say_the_same(library: Library) -> None:
    passages = library.search("三审三校制度", agencies=AGENCIES[:2], years=[2023], limit=20)
    found = {passage.agency for passage in passages if "三审三校" in passage.chunk.text}
    assert found == set(AGENCIES[:2])


def test_sentences_that_differ_in_a_number_are_two(library: Library) -> None:
    passages = library.search("养老服务地图上线覆盖社区", agencies=["云溪市民政局"], limit=20)
    assert {22 + 1, 23 + 1} == {
        number for number in (23, 24) for p in passages if f"覆盖{number}个" in p.chunk.text
    }


def test_an_empty_question_finds_nothing(library: Library) -> None:
    assert library.search("  ") == []
    assert library.search("养老", limit=0) == []


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    with Library(tmp_path, embedder=HashEmbedder()) as empty:
        assert empty.search("养老服务") == []


def test_without_a_model_searching_goes_on_by_keyword(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise NianbaoError("嵌入模型的文件缺失。")

    path = write_report(tmp_path, overview="河道巡查日报上墙。")
    said: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(caches, "default_embedder", missing)
        with Library(tmp_path / "data", notify=said.append) as library:
            library.add(path)
            before = library.search("巡查日报")
            assert before[0].chunk.text == "河道巡查日报上墙。"
            library.search("巡查日报")
    assert sum("关键词" in sentence for sentence in said) == 1
    with Library(tmp_path / "data", embedder=HashEmbedder()) as library:
        assert library.search("巡查日报")[0].chunk == before[0].chunk


def test_what_is_asked_in_other_words_is_found(library: Library) -> None:
    passages = library.search("庄稼人的预警短信", years=[2023])
    assert passages[0].agency == "云溪市气象局"
    in_other_words = library.search("庄稼人短信", years=[2023])
    assert "直达农户" in in_other_words[0].chunk.text


def test_one_ranking_alone_may_be_asked(library: Library) -> None:
    assert library.search("xyz", by="words") == []
    nearest = library.search("xyz", by="meaning", limit=3)
    assert len(nearest) == 3
    assert nearest == sorted(nearest, key=lambda passage: -passage.score)
