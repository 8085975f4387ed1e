"""What is made from the records for searching, and how it is kept in step with them.

The keyword index and the vector cache follow the records' journal; chunks that the model in use has
not embedded are embedded first. What is stored is stored: a cache that cannot follow is said, done
without, and mended the next time. Without a model, searching is by keyword alone.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from tqdm import tqdm

from ingest.chunk import Chunk
from ingest.errors import NianbaoError
from vectorstore.builds import StoreBroken
from vectorstore.chunks import ChunkStore, Embedded
from vectorstore.embedding import Embedder, default_embedder
from vectorstore.keywords import Keywords
from vectorstore.passages import Indexes
from vectorstore.vectors import VectorCache

# Texts embedded and stored in one transaction when the model has changed; a kill loses no more.
EMBED_AT_ONCE = 500


class Caches:
    """The keyword index, the vector cache and the model of one library."""

    def __init__(
        self,
        folder: Path,
        chunks: ChunkStore,
        embedder: Embedder | None,
        notify: Callable[[str], None],
        *,
        read_only: bool,
        chroma_url: str | None = None,
    ) -> None:
        self._chunks = chunks
        self._embedder = embedder
        self._is_without_embedder = False
        self._notify = notify
        self._keywords = Keywords(folder / "keywords", read_only=read_only)
        self._vectors = VectorCache(
            folder / "vectors", chunks, notify, read_only=read_only, server=chroma_url
        )

    def embedder(self) -> Embedder | None:
        """The model, loaded on first use; None, and said once, where it cannot be loaded."""
        if self._embedder is None and not self._is_without_embedder:
            try:
                self._embedder = default_embedder()
            except NianbaoError as error:
                self._is_without_embedder = True
                self._notify(f"{error} 暂按关键词检索。")
        return self._embedder

    def embedded(self, pieces: Sequence[Chunk]) -> Embedded | None:
        """The vectors of these chunks, None where there is no model or no chunk."""
        embedder = self.embedder()
        if embedder is None or not pieces:
            return None
        # What names the report is embedded too: whose text it is belongs to its meaning.
        texts = [f"{piece.context}\n{piece.text}" for piece in pieces]
        return Embedded(embedder.name, embedder.encode(texts))

    def indexes(self) -> Indexes:
        """Where a search looks."""
        return Indexes(self._chunks, self._keywords, self._vectors, self.embedder(), self._notify)

    def are_in_step(self) -> bool:
        """Whether a search needs nothing that only a writer may do."""
        embedder = self.embedder()
        return self._keywords.is_in_step(self._chunks.revision()) and (
            embedder is None or self._chunks.is_embedded_by(embedder.name)
        )

    def bring_into_step(self) -> None:
        """Follows the records; the caller holds the writer lock."""
        try:
            self._keywords.bring_into_step(self._chunks)
        except (StoreBroken, OSError) as error:
            self._notify(f"关键词索引暂时无法更新（{error}），下次写入时重建。")
        embedder = self.embedder()
        if embedder:
            self._embed_what_lacks(embedder)
            self._vectors.bring_into_step(embedder.name)

    def open(self) -> None:
        """Audits and opens the vector cache, which a search would otherwise do first."""
        embedder = self.embedder()
        if embedder:
            self._vectors.bring_into_step(embedder.name)

    def close(self) -> None:
        """Closes both in order."""
        self._vectors.close()
        self._keywords.close()

    def _embed_what_lacks(self, embedder: Embedder) -> None:
        if self._chunks.is_embedded_by(embedder.name):
            return
        lacking = self._chunks.without_vectors(embedder.name)
        if lacking:
            self._notify(f"有 {len(lacking)} 段没有当前嵌入模型的向量，正在计算。")
        for start in tqdm(range(0, len(lacking), EMBED_AT_ONCE), "向量", disable=None, leave=False):
            ids = lacking[start : start + EMBED_AT_ONCE]
            embedded = self.embedded(self._chunks.chunks_of(ids))
            if embedded:
                self._chunks.store_vectors(ids, embedded)
        self._chunks.finish_embedding(embedder.name)
