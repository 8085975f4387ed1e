"""One Chroma collection of vectors: opened, filled, asked. The only module that names Chroma.

It knows chunk numbers and vectors, nothing of records. Chroma is loaded when a collection is first
opened; telemetry is off and no embedding function is stored, so nothing is ever fetched. What
Chroma raises leaves as `StoreBroken`. Opening and even asking writes to its files (it folds its
log into the index), so one process at a time may have a collection open.

A collection lies in a folder, or under the folder's name on a Chroma server. Chroma's server asks
nobody who they are: it belongs on this machine or in a private network.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from vectorstore.builds import StoreBroken
from vectorstore.embedding import Vectors

COLLECTION = "chunks"

# Chroma takes 5,461 rows in one call, and its server 40 MB: a number takes up to ten bytes there.
BATCH = 5_000
MOST_NUMBERS = 2_000_000

# A server that is there answers in a millisecond; one that is being asked may be folding its log.
GREETING_S = 3.0
ANSWER_S = 60.0

# A slight graph and a far wider search than Chroma's defaults: reports copy from one another, and a
# search stops in a heap of sentences that are nearly alike. Of the sixty nearest to five hundred
# questions, among the 8,100 and the 45,000 chunks of invented reports, these find 99 % and 88 %; a graph
# of 24 neighbours chosen from 200, asked 200 wide, took twice as long to build and found 96 % and 79 %.
# A query takes half a millisecond more. Stores made before keep what they were made with.
_HNSW = {"space": "cosine", "ef_construction": 64, "ef_search": 1000, "max_neighbors": 16}


class Neighbours:
    """An open collection."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

    def upsert(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Stores one vector under each number, in place of what stood there."""
        with _as_broken():
            batch = max(1, min(BATCH, MOST_NUMBERS // max(1, vectors.shape[-1])))
            for start in range(0, len(ids), batch):
                names = [str(number) for number in ids[start : start + batch]]
                self._collection.upsert(ids=names, embeddings=vectors[start : start + batch])

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
            _close(self._client)


def open_neighbours(folder: Path, *, create: bool = False, server: str | None = None) -> Neighbours:
    """The collection of a folder, new or as it stands there or on the server with this address.

    A damaged one in a folder may end the process on the spot; `audit` looks from a child first.
    """
    with _as_broken():
        client = _client(folder, server)
        name = folder.name if server else COLLECTION
        try:
            if create:
                collection = client.create_collection(
                    name, configuration={"hnsw": _HNSW}, embedding_function=None
                )
            else:
                collection = client.get_collection(name, embedding_function=None)
        except BaseException:
            _close(client)
            raise
    return Neighbours(client, collection)


def drop_neighbours(folder: Path, server: str) -> None:
    """Removes the collection of a folder from a server; nothing happens where there is none."""
    from chromadb.errors import NotFoundError

    with _as_broken():
        client = _client(folder, server)
        try:
            client.delete_collection(folder.name)
        except NotFoundError:
            pass
        finally:
            _close(client)


def _client(folder: Path, server: str | None) -> Any:
    # Half a second, and only a search needs it.
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if server is None:
        return chromadb.PersistentClient(str(folder), settings=settings)
    import httpx

    # Chroma's client waits for ever, already when it is made: is anyone there at all?
    httpx.get(f"{server.rstrip('/')}/api/v2/heartbeat", timeout=GREETING_S).raise_for_status()
    address = urlsplit(server)
    is_secure = address.scheme == "https"
    client = chromadb.HttpClient(
        address.hostname or "localhost",
        address.port or (443 if is_secure else 80),
        ssl=is_secure,
        settings=settings,
    )
    client._server._session.timeout = ANSWER_S
    return client


def _close(client: Any) -> None:
    client.close()
    # Chroma's client leaves its connections to a server open, its own and those of its inner one.
    for connected in (client, client._admin_client):
        session = getattr(connected._server, "_session", None)
        if session is not None:
            session.close()


@contextmanager
def _as_broken() -> Iterator[None]:
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, ValueError, RuntimeError, OSError) as error:
        raise StoreBroken(str(error)) from error
