"""What others would build in an afternoon, on the same chunks: the measure of our own search.

LangChain's RecursiveCharacterTextSplitter with Chroma and the same embeddings, and its BM25Retriever
over words of jieba. They come with the development dependencies only; a peer that is not installed
is named as missing and left out.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.chunk import Chunk
from vectorstore.embedding import Embedder

CHROMA = "LangChain 切分 + Chroma（同一模型）"
BM25 = "LangChain BM25Retriever（jieba）"

# What tutorials give a Chinese text: pieces of some two hundred characters that overlap a little.
PIECE, OVERLAP = 200, 40
SEPARATORS = ["\n\n", "\n", "。", "；", "，", " ", ""]
# Several pieces may be of one chunk.
PIECES_A_CHUNK = 3


@dataclass(frozen=True, slots=True)
class Document:
    """A chunk with the report it is of."""

    report_id: str
    agency: str
    year: int
    chunk: Chunk

    @property
    def text(self) -> str:
        """What our own indexes hold of it."""
        return f"{self.chunk.context}\n{self.chunk.text}"


PeerSearch = Callable[[str], list[Document]]


@dataclass(frozen=True, slots=True)
class Peers:
    """The peers that are installed, by name, and the packages that the others lack."""

    found: dict[str, PeerSearch]
    missing: tuple[str, ...]


def peers(documents: Sequence[Document], embedder: Embedder | None, limit: int) -> Peers:
    """Both peers over these documents, each giving about `limit` of them, best first."""
    found: dict[str, PeerSearch] = {}
    missing: list[str] = []
    for name, make in ((CHROMA, _chroma), (BM25, _bm25)):
        try:
            if name == BM25 or embedder is not None:
                found[name] = make(documents, embedder, limit)
        except ImportError as error:
            missing.append(f"{name}：缺少 {error.name}")
    return Peers(found, tuple(missing))


def _chroma(documents: Sequence[Document], embedder: Embedder | None, limit: int) -> PeerSearch:
    import chromadb
    from chromadb.config import Settings
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    class SameModel(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            assert embedder
            vectors: list[list[float]] = embedder.encode(texts).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            assert embedder
            vector: list[float] = embedder.encode([text], query=True)[0].tolist()
            return vector

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=PIECE, chunk_overlap=OVERLAP, separators=SEPARATORS, keep_separator="end"
    )
    pieces = splitter.create_documents(
        [each.text for each in documents], [{"number": n} for n in range(len(documents))]
    )
    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    store = Chroma(
        "peers", SameModel(), client=client, collection_metadata={"hnsw:space": "cosine"}
    )
    store.reset_collection()
    store.add_documents(pieces)
    return lambda question: _numbered(
        documents, store.similarity_search(question, k=PIECES_A_CHUNK * limit)
    )


def _bm25(documents: Sequence[Document], _: Embedder | None, limit: int) -> PeerSearch:
    import jieba  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        # The package is at its end and says so; there is no other BM25Retriever.
        warnings.simplefilter("ignore", DeprecationWarning)
        from langchain_community.retrievers import BM25Retriever

    retriever = BM25Retriever.from_texts(
        [each.text for each in documents],
        [{"number": n} for n in range(len(documents))],
        preprocess_func=jieba.lcut,
        k=limit,
    )
    return lambda question: _numbered(documents, retriever.invoke(question))


def _numbered(documents: Sequence[Document], found: Sequence[Any]) -> list[Document]:
    return [documents[piece.metadata["number"]] for piece in found]
