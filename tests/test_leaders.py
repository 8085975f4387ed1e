"""The leaders of a search are looked at sentence by sentence."""

from pathlib import Path

import pytest

from tests.library_files import write_report
from vectorstore.embedding import StaticEmbedder, default_embedder
from vectorstore.leaders import nearest_sentences
from vectorstore.library import Library

ONE = "救灾物资从入库到领取全程扫码。"
AROUND = "全年召开工作例会十二次。门户网站改版后栏目更加清楚。"


def nearest(question: str, *texts: str) -> list[float]:
    """The cosines of the nearest sentences of these texts, in their order."""
    embedder = default_embedder()
    assert isinstance(embedder, StaticEmbedder)
    query = embedder.encode([question], query=True)[0]
    found = nearest_sentences(query, dict(enumerate(texts)), embedder)
    assert list(found) == list(range(len(texts)))
    return list(found.values())


def test_a_sentence_counts_as_much_among_others_as_alone() -> None:
    alone, among, without = nearest("救灾物资怎么领取", ONE, AROUND + ONE + AROUND, AROUND)
    assert among == pytest.approx(alone, abs=1e-5)
    assert alone > without


def test_a_text_without_words_is_near_to_nothing() -> None:
    assert nearest("救灾物资怎么领取", "", "……", ONE)[:2] == [0, 0]


def test_the_passage_with_the_sentence_that_answers_leads_and_scores_fall(tmp_path: Path) -> None:
    with Library(tmp_path / "data") as library:
        library.add(write_report(tmp_path, overview=f"物资领取台账{AROUND}\n{AROUND}{ONE}"))
        found = library.search("救灾物资怎么领取", limit=20)
    assert ONE in found[0].chunk.text
    scores = [passage.score for passage in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
