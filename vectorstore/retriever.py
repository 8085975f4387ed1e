"""The library's search as a LangChain retriever; the only module here that knows LangChain.

A document's text is the passage letter for letter; its metadata is plain JSON, enough to cite it.
"""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from ingest.report_json import place_to_dict
from vectorstore.holdings import Passage
from vectorstore.library import Library


class LibraryRetriever(BaseRetriever):
    """The `k` best passages of a library for a question, within agencies, years and sections."""

    library: Library = Field(exclude=True)
    k: int = 8
    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    sections: tuple[int, ...] = ()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **limits: Any
    ) -> list[Document]:
        """The passages as documents; `k`, `agencies`, `years`, `sections` may be given a call."""
        passages = self.library.search(
            query,
            agencies=limits.get("agencies", self.agencies),
            years=limits.get("years", self.years),
            sections=limits.get("sections", self.sections),
            limit=limits.get("k", self.k),
        )
        return [passage_to_document(passage) for passage in passages]


def passage_to_document(passage: Passage) -> Document:
    """A passage as a LangChain document."""
    return Document(
        page_content=passage.chunk.text,
        metadata={
            "report": passage.report_id,
            "agency": passage.agency,
            "year": passage.year,
            "context": passage.chunk.context,
            "place": place_to_dict(passage.chunk.place),
            "score": passage.score,
        },
    )
