"""The retriever passes LangChain's own suite, and its documents can be cited and stored as JSON."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from tests.hash_embedder import HashEmbedder
from tests.library_files import write_many
from vectorstore.library import Library
from vectorstore.retriever import LibraryRetriever


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    place = tmp_path_factory.mktemp("retriever")
    with Library(place / "data", embedder=HashEmbedder()) as opened:
        list(opened.ingest(write_many(place / "in", 8)))
        yield opened


# The suite leaves it to its user to say how its coroutines are run.
pytest.mark.asyncio(RetrieversIntegrationTests.test_ainvoke_returns_documents)


class TestLangChainSuite(RetrieversIntegrationTests):  # type: ignore[misc]
    library: Library

    @pytest.fixture(autouse=True)
    def with_library(self, library: Library) -> None:
        type(self).library = library

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return LibraryRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"library": self.library}

    @property
    def retriever_query_example(self) -> str:
        return "设立解读漫画，办理来访"


def test_metadata_is_plain_json_that_names_the_place(library: Library) -> None:
    (document,) = LibraryRetriever(library=library, k=1).invoke("设立解读漫画")
    metadata = json.loads(json.dumps(document.metadata, ensure_ascii=False))
    assert metadata == document.metadata
    assert metadata["report"] in {entry.id for entry in library.entries()}
    assert metadata["place"]["section"] == 1
    assert "解读漫画" in document.page_content


def test_a_retriever_keeps_to_its_agencies_and_sections(library: Library) -> None:
    agency = library.agencies()[2]
    retriever = LibraryRetriever(library=library, agencies=(agency,), sections=(5,))
    documents = retriever.invoke("解读漫画")
    assert {document.metadata["agency"] for document in documents} == {agency}
    assert {document.metadata["place"]["section"] for document in documents} == {5}
    everywhere = retriever.invoke("解读漫画", agencies=(), sections=())
    assert len({document.metadata["agency"] for document in everywhere}) > 1


def test_a_retriever_works_in_an_event_loop(library: Library) -> None:
    found = asyncio.run(LibraryRetriever(library=library, k=2).ainvoke("公开专窗"))
    assert len(found) == 2
