"""Changing the model: the old vectors answer until all the new ones are made; a stop loses none."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.hash_embedder import HashEmbedder
from tests.library_files import write_many, write_report
from vectorstore import caches
from vectorstore.embedding import Embedder
from vectorstore.library import Library

QUESTIONS = ("设立解读漫画", "答复说理欠缺涉及几个村", "云溪市第3镇人民政府办理来访")


class Slow(HashEmbedder):
    """Another model, which embeds no sentence after the first `allowed` calls until it may."""

    def __init__(self, allowed: int = 0) -> None:
        super().__init__(32, salt="·")
        self.may_go_on = Event()
        self.allowed = allowed

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """As the other does, when it may."""
        if not query:
            if self.allowed <= 0:
                assert self.may_go_on.wait(60)
            self.allowed -= 1
        return super().encode(texts, query=query)


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen reports are many here."""
    monkeypatch.setattr(caches, "EMBED_AT_ONCE", 20)
    monkeypatch.setattr(caches, "FEW", 10)


@pytest.fixture
def known_models(monkeypatch: pytest.MonkeyPatch) -> dict[str, Embedder]:
    """The models that can still be loaded by their names."""
    models: dict[str, Embedder] = {HashEmbedder().name: HashEmbedder()}
    monkeypatch.setattr(caches, "former_model", models.get)
    return models


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    with Library(tmp_path / "data", embedder=HashEmbedder()) as library:
        list(library.ingest(write_many(tmp_path / "in", 12)))
    return tmp_path / "data"


def answers(library: Library) -> list[object]:
    return [library.search(question) for question in QUESTIONS]


def test_the_old_vectors_answer_while_the_new_are_made(
    filled: Path, known_models: dict[str, Embedder]
) -> None:
    with Library(filled, embedder=HashEmbedder()) as library:
        old = answers(library)
    new, said = Slow(), list[str]()
    with Library(filled, embedder=new, notify=said.append) as library:
        assert answers(library) == old
        new.may_go_on.set()
        thread = library._reembedding._thread
        assert thread is not None
        thread.join(60)
        changed = answers(library)
    with Library(filled, embedder=Slow()) as library:
        assert answers(library) == changed
    assert changed != old
    assert said[0].startswith("嵌入模型已更换")
    assert any("%" in sentence for sentence in said)


def test_without_the_old_model_the_words_answer(
    filled: Path, known_models: dict[str, Embedder]
) -> None:
    known_models.clear()
    new, said = Slow(), list[str]()
    with Library(filled, embedder=new, notify=said.append) as library:
        assert "解读漫画" in library.search("设立解读漫画")[0].chunk.text
        new.may_go_on.set()
    assert len([sentence for sentence in said if "关键词" in sentence]) == 1


def test_what_was_made_before_a_stop_is_not_made_again(
    filled: Path, known_models: dict[str, Embedder]
) -> None:
    first = Slow()
    with Library(filled, embedder=first) as library:
        answers(library)
        first.may_go_on.set()
    second = Slow()
    second.may_go_on.set()
    with Library(filled, embedder=second) as library:
        library.reembed()
        count = len(library._chunks.chunk_ids())
        assert library._caches.lacking() == 0
    assert 0 < first.encoded < count + len(QUESTIONS)
    assert first.encoded + second.encoded <= count + 2 * len(QUESTIONS)


def test_reports_can_be_added_while_the_new_vectors_are_made(
    filled: Path, known_models: dict[str, Embedder], tmp_path: Path
) -> None:
    new = Slow()
    with Library(filled, embedder=new) as library:
        old = answers(library)
        new.may_go_on.set()
        added = library.add(write_report(tmp_path, overview="试行档案智能编目。"))
        assert library.search("档案智能编目")[0].report_id == added.id
        library.reembed()
        assert library.search("档案智能编目")[0].report_id == added.id
        assert len(answers(library)) == len(old)
