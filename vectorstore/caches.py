"""What is made from the records for searching, and how it is kept in step with them.

The keyword index and the vector cache follow the records' journal; chunks that the model in use has
not embedded are embedded first, where they are few. After a change of the model they are many: they
are embedded some at a time, and the vectors of the former model answer until the last is made.
What is stored is stored: a cache that cannot follow is said, done without, and mended the next
time. Without a model, searching is by keyword alone.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import LibraryError, NianbaoError
from vectorstore.builds import StoreBroken
from vectorstore.chunks import ChunkStore, Foretold
from vectorstore.embedding import Embedded, Embedder, default_embedder
from vectorstore.former import former_model
from vectorstore.keywords import Keywords
from vectorstore.passages import Indexes
from vectorstore.prepared import Prepared
from vectorstore.records import Stored
from vectorstore.rows import searched_text
from vectorstore.vectors import VectorCache

# Texts embedded and stored in one transaction when the model has changed; a kill loses no more.
EMBED_AT_ONCE = 500

# So many are embedded while somebody waits: a second's work for a small model.
FEW = 1_000


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
        self._former: tuple[Embedder | None] | None = None
        self._notify = notify
        self._foretold: dict[int, Foretold] = {}
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

    def embedded(self, texts: Sequence[str]) -> Embedded | None:
        """The vectors of these texts of chunks, None where there is no model or no text."""
        embedder = self.embedder()
        if embedder is None or not texts:
            return None
        return Embedded(embedder.name, embedder.encode(texts))

    def foretell(self, stored: Stored, prepared: Prepared) -> None:
        """Takes what the indices need of a report just stored, so that nobody reads it again."""
        if not prepared.tokens:
            return
        entry, sections = stored.entry, [line[0] for line in prepared.chunks]
        self._foretold[stored.chunks.start] = Foretold(
            entry.agency, entry.year, sections, prepared.tokens, prepared.embedded
        )

    def indexes(self) -> Indexes:
        """Where a search looks."""
        asked = self._asked()
        return Indexes(self._chunks, self._keywords, self._vectors, asked, self._notify)

    def are_in_step(self) -> bool:
        """Whether a search needs nothing that only a writer may do."""
        embedder = self.embedder()
        return self._keywords.is_in_step(self._chunks.revision()) and (
            embedder is None or self._chunks.is_embedded_by(embedder.name)
        )

    def bring_into_step(self) -> None:
        """Follows the records; the caller holds the writer lock."""
        foretold, self._foretold = self._foretold, {}
        try:
            self._keywords.bring_into_step(self._chunks, foretold)
        except (StoreBroken, OSError) as error:
            self._notify(f"关键词索引暂时无法更新（{error}），下次写入时重建。")
        embedder = self.embedder()
        if embedder:
            if not self.lacks_many():
                while self.embed_some():
                    pass
            self._vectors.bring_into_step(embedder.name, foretold)

    def rebuild(self) -> Iterator[str]:
        """Makes both indices anew from the records; names each before it is made.

        The caller holds the writer lock.
        """
        yield "关键词索引"
        with _mended_later():
            self._keywords.rebuild(self._chunks)
        embedder = self.embedder()
        if embedder:
            yield "向量索引"
            with _mended_later():
                self._vectors.rebuild(embedder.name)

    def lacking(self) -> int:
        """How many chunks have no vector of the model in use."""
        embedder = self.embedder()
        if embedder is None or self._chunks.is_embedded_by(embedder.name):
            return 0
        return self._chunks.count_without_vectors(embedder.name)

    def lacks_many(self) -> bool:
        """Whether more chunks have no vector of the model in use than anyone should wait for."""
        return self.lacking() > FEW

    def embed_some(self) -> int:
        """Embeds some of the chunks that lack a vector, the last of which puts the model in use.

        Returns how many it embedded, 0 when all are; the caller holds the writer lock.
        """
        embedder = self.embedder()
        if embedder is None or self._chunks.is_embedded_by(embedder.name):
            return 0
        ids = self._chunks.without_vectors(embedder.name, EMBED_AT_ONCE)
        pieces = self._chunks.chunks_of(ids)
        embedded = self.embedded([searched_text(each.context, each.text) for each in pieces])
        if embedded:
            self._chunks.store_vectors(ids, embedded)
        else:
            self._chunks.finish_embedding(embedder.name)
        return len(ids)

    def open(self) -> None:
        """Audits and opens the vector cache, which a search would otherwise do first."""
        embedder = self.embedder()
        if embedder:
            self._vectors.bring_into_step(embedder.name)

    def close(self) -> None:
        """Closes both in order."""
        self._vectors.close()
        self._keywords.close()

    def _asked(self) -> Embedder | None:
        """The model whose vectors a search is to ask: the former one until all are made anew."""
        embedder = self.embedder()
        if embedder is None or self._chunks.is_embedded_by(embedder.name):
            self._former = None
            return embedder
        if self._former is None:
            others = [name for name in self._chunks.embedders() if name != embedder.name]
            self._former = (former_model(others[0]) if others else embedder,)
            if self._former == (None,):
                self._notify("原来的嵌入模型已不在，向量重新计算完之前按关键词检索。")
        return self._former[0]


@contextmanager
def _mended_later() -> Iterator[None]:
    try:
        yield
    except (StoreBroken, OSError) as error:
        raise LibraryError(
            f"索引没有建成（{error}），下次检索时会自动再建；请检查磁盘空间后重试。"
        ) from error
