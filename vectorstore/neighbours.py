"""One Chroma collection of vectors: opened, filled, asked. The only module that names Chroma.

It knows chunk numbers and vectors, nothing of records. Chroma is loaded when a collection is first
opened; telemetry is off and no embedding function is stored, so nothing is ever fetched. What
Chroma raises leaves as `StoreBroken`. Opening and even asking writes to its files (it folds its
log into the index), so one process at a time may have a collection open.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.builds import StoreBroken
from vectorstore.embedding import Vectors

COLLECTION = "chunks"

# Chroma takes 5,461 rows in one call.
BATCH = 5_000

# More neighbours a node and a wider search than Chroma's defaults: recall first, 1 ms more a query.
_HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 24}


class Neighbours:
    """An open collection."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

    def upsert(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Stores one vector under each number, in place of what stood there."""
        with _as_broken():
            for start in range(0, len(ids), BATCH):
                names = [str(number) for number in ids[start : start + BATCH]]
                self._collection.upsert(ids=names, embeddings=vectors[start : start + BATCH])

    def delete(self, ids: Sequence[int]) -> None:
        """Removes the vectors under these numbers; unknown ones are passed over."""
        with _as_broken():
            for start in range(0, len(ids), BATCH):
                self._collection.delete(ids=[str(n) for n in ids[start : start + BATCH]])

    def nearest(self, vectors: Vectors, limit: int) -> list[list[tuple[int, float]]]:
        """For each vector its nearest numbers with their cosine similarity, best first."""
        with _as_broken():
            found = self._collection.query(
                query_embeddings=np.asarray(vectors), n_results=limit, include=["distances"]
            )
            return [
                [(int(name), 1.0 - distance) for name, distance in zip(names, far, strict=True)]
                for names, far in zip(found["ids"], found["distances"], strict=True)
            ]

    def count(self) -> int:
        """How many vectors the collection says it has; proves nothing about finding them."""
        with _as_broken():
            return int(self._collection.count())

    def close(self) -> None:
        """Lets go of the files, so that the folder may be removed."""
        with _as_broken():
            self._client.close()


def open_neighbours(folder: Path, *, create: bool = False) -> Neighbours:
    """The collection in a folder, new or as it stands there.

    A damaged one may end the process on the spot; `audit` looks from a child process first.
    """
    # Half a second, and only a search needs it.
    import chromadb
    from chromadb.config import Settings

    with _as_broken():
        client = chromadb.PersistentClient(
            str(folder), settings=Settings(anonymized_telemetry=False)
        )
        try:
            if create:
                collection = client.create_collection(
                    COLLECTION, configuration={"hnsw": _HNSW}, embedding_function=None
                )
            else:
                collection = client.get_collection(COLLECTION, embedding_function=None)
        except BaseException:
            client.close()
            raise
    return Neighbours(client, collection)


@contextmanager
def _as_broken() -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, RuntimeError, OSError) as error:
        raise StoreBroken(str(error)) from error
