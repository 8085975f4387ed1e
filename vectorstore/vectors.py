"""Which chunks lie nearest to a vector: a Chroma cache of the embeddings that the records hold.

The cache belongs to one process at a time, the one that holds `owner.lock`; everyone else, and
everyone on a read-only disk, compares with the stored embeddings directly, which is exact and
slower. So no two processes ever have Chroma open, whoever writes. The owner follows the records'
journal before it searches. What was not closed in order, or was changed since, is audited from a
child process before it is opened here, and built again from the records when it fails.

A narrow scope is always compared directly: a filter costs Chroma forty times a plain query.

With a Chroma server the collection lies there, under the name of its build; the manifest and the
owner stay here, so that one process writes to it.
"""

import shutil
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import compress
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from tqdm import tqdm

from vectorstore.audit import SAMPLE, answers_well, passes_audit
from vectorstore.builds import Builds, Manifest, StoreBroken
from vectorstore.chunk_map import ChunkMap
from vectorstore.chunks import NOTHING_FORETOLD, Change, ChunkStore, Foretold, Scope
from vectorstore.embedding import Vectors
from vectorstore.neighbours import Neighbours, drop_neighbours, open_neighbours

# Reading and comparing a stored vector takes 9 µs; asking Chroma for a thousand neighbours and the
# records which of them are in the scope takes as long as this many.
DIRECT = 1_500

# Chroma's graph is approximate: the nearest sixty are nearly all among the hundred and eighty it finds,
# so that two builds of one library answer alike. In a scope that holds one chunk in ten, ten times
# as many neighbours hold enough of them.
OVERFETCH = 3
MOST_FETCHED = 2_000

# What fifty reports bring goes to Chroma in one call: each is a transaction of its own there.
PAGE = 4_000

# Chroma is asked by one thread at a time, which takes 2 ms; longer means that it is being built.
PATIENCE_S = 0.2

# A store that could be neither opened nor built is not tried again by every question.
REST_S = 30.0


class VectorCache:
    """The nearest chunks, from Chroma where this process owns it, else from the records."""

    def __init__(
        self,
        folder: Path,
        chunks: ChunkStore,
        notify: Callable[[str], None],
        *,
        read_only: bool = False,
        server: str | None = None,
    ) -> None:
        self._builds = Builds(folder)
        self._server = server
        self._chunks = chunks
        self._notify = notify
        self._owner = None if read_only else FileLock(folder / "owner.lock", thread_local=False)
        self._threads = threading.RLock()
        self._manifest: Manifest | None = None
        self._neighbours: Neighbours | None = None
        self._rests_until = 0.0
        self._map = ChunkMap(chunks)
        self._mapping = threading.Lock()
        self._direct: tuple[tuple[str, int], list[int], Vectors] | None = None

    def nearest(
        self, embedder: str, query: Vectors, scope: Scope, limit: int
    ) -> list[tuple[int, float]]:
        """Numbers of findable chunks and their cosine similarity to `query`, best first."""
        if scope.is_everything:
            found = self._asked(embedder, query, limit * OVERFETCH)
            if found is None:
                return _best(query, *self._all_vectors(embedder), limit)
            # In step a moment ago; what went since is not read from the records either.
            return found[:limit]
        with self._mapping:
            self._map.follow()
            mask = self._map.mask(scope)
            total, share = len(self._map), int(mask.sum())
            if share > DIRECT:
                wanted = -(-limit * total * OVERFETCH // share)
                found = self._asked(embedder, query, min(wanted, max(limit, MOST_FETCHED)))
                if found is not None:
                    kept = self._map.marked((number for number, _ in found), mask)
                    return list(compress(found, kept))[:limit]
            numbers = self._map.numbers(mask)
        return _best(query, *self._chunks.vectors_of(embedder, numbers), limit)

    def bring_into_step(
        self, embedder: str, foretold: Mapping[int, Foretold] = NOTHING_FORETOLD
    ) -> bool:
        """Follows the records if the cache is ours; returns whether Chroma can be asked.

        `foretold` are chunks just stored, by the number of a report's first.
        """
        with self._threads:
            return self._ready(embedder, foretold) is not None

    def rebuild(self, embedder: str) -> None:
        """Builds the cache anew from the stored vectors; nothing where it is another process's."""
        with self._threads:
            if self._is_owner() and self._chunks.is_embedded_by(embedder):
                self._build(embedder, "正在重建向量索引")

    def close(self) -> None:
        """Closes Chroma in order, so that the next opening needs no audit."""
        with self._threads:
            manifest, self._manifest = self._manifest, None
            if manifest is not None and self._shut():
                files = self._builds.files(manifest)
                self._builds.publish(replace(manifest, files=files))
            if self._owner is not None:
                self._owner.release()

    def _asked(self, embedder: str, query: Vectors, limit: int) -> list[tuple[int, float]] | None:
        """What Chroma answers; None where it is not ours, just broke, or is busy being built."""
        if not self._threads.acquire(timeout=PATIENCE_S):
            return None
        try:
            neighbours = self._ready(embedder)
            if neighbours is None:
                return None
            return sorted(neighbours.nearest(query[None, :], limit)[0], key=_rank)
        except StoreBroken:
            # Its manifest says that it was not closed: the next search has it audited.
            self._shut()
            return None
        finally:
            self._threads.release()

    def _ready(
        self, embedder: str, foretold: Mapping[int, Foretold] = NOTHING_FORETOLD
    ) -> Neighbours | None:
        """The open collection in step with the records; the caller holds `_threads`."""
        # Half of the vectors of a new model are worse than none.
        if not self._chunks.is_embedded_by(embedder):
            return None
        if self._neighbours is None and time.monotonic() < self._rests_until:
            return None
        try:
            if self._neighbours is None:
                self._open(embedder)
            self._follow(embedder, foretold)
        except StoreBroken as broken:
            self._mend(embedder, str(broken))
        return self._neighbours

    def _open(self, embedder: str) -> None:
        if not self._is_owner():
            return
        manifest = self._builds.manifest()
        if manifest is None:
            self._build(embedder, "正在建立向量索引")
            return
        if manifest.maker != embedder:
            self._build(embedder, "嵌入模型已更换，正在重建向量索引")
            return
        neighbours = self._sound(manifest)
        if neighbours is None:
            self._build(embedder, "向量索引已损坏，正在由记录重建")
            return
        self._manifest = replace(manifest, files=None)
        self._builds.publish(self._manifest)
        self._neighbours = neighbours

    def _sound(self, manifest: Manifest) -> Neighbours | None:
        """The collection in use, opened; None for one that lost what was put into it."""
        path = self._builds.path(manifest)
        if self._server is None:
            is_sound = self._builds.is_untouched(manifest) or passes_audit(
                path, *self._sample(manifest)
            )
            return open_neighbours(path) if is_sound else None
        # What happened on the server since is not to be seen from here.
        neighbours = open_neighbours(path, server=self._server)
        if answers_well(neighbours, *self._sample(manifest)):
            return neighbours
        neighbours.close()
        return None

    def _mend(self, embedder: str, cause: str) -> None:
        try:
            self._build(embedder, "向量索引无法读写，正在由记录重建")
        except (StoreBroken, OSError):
            self._shut()
            self._rests_until = time.monotonic() + REST_S
            self._notify(f"向量索引暂时不能使用（{cause}），改为直接比对已存的向量。")

    def _is_owner(self) -> bool:
        if self._owner is None:
            return False
        try:
            self._owner.acquire(timeout=0)
        except (Timeout, OSError):
            return False
        return True

    def _sample(self, manifest: Manifest) -> tuple[list[int], Vectors]:
        """Numbers and vectors that the collection must find."""
        later = self._chunks.changes_after(manifest.revision)
        ids = [n for n in self._chunks.chunk_ids() if not _touches(later, n)]
        step = max(1, len(ids) // SAMPLE)
        return self._directed(manifest.maker, ids[::step])

    def _build(self, embedder: str, why: str) -> None:
        """Builds the cache anew beside the old one and puts it into use with one rename."""
        self._shut()
        revision, ids = self._chunks.revision(), self._chunks.chunk_ids()
        if ids:
            self._notify(f"{why}（{len(ids)} 段）。")
        manifest = self._builds.begin(embedder)
        path = self._builds.path(manifest)
        try:
            neighbours = open_neighbours(path, create=True, server=self._server)
        except StoreBroken:
            shutil.rmtree(path, ignore_errors=True)
            raise
        try:
            for start in tqdm(range(0, len(ids), PAGE), "向量索引", disable=None, leave=False):
                page = ids[start : start + PAGE]
                neighbours.upsert(*self._directed(embedder, page))
        except StoreBroken:
            neighbours.close()
            raise
        self._neighbours = neighbours
        self._manifest = replace(manifest, revision=revision, count=len(ids))
        self._builds.publish(self._manifest)
        if self._server:
            for other in self._builds.others(self._manifest):
                drop_neighbours(other, self._server)
        self._builds.sweep(self._manifest)

    def _follow(self, embedder: str, foretold: Mapping[int, Foretold]) -> None:
        manifest, neighbours = self._manifest, self._neighbours
        if manifest is None or neighbours is None:
            return
        if manifest.maker != embedder:
            self._build(embedder, "嵌入模型已更换，正在重建向量索引")
            return
        changes = self._chunks.changes_after(manifest.revision)
        if not changes:
            return
        present: dict[int, bool] = {}
        for change in changes:
            present.update(dict.fromkeys(range(change.first, change.end), change.present))
        neighbours.delete([number for number, is_here in present.items() if not is_here])
        came = [number for number, is_here in present.items() if is_here]
        known = _vectors_by_number(embedder, foretold)
        for start in range(0, len(came), PAGE):
            page = came[start : start + PAGE]
            if all(number in known for number in page):
                neighbours.upsert(*_with_direction(page, np.array([known[n] for n in page])))
            else:
                neighbours.upsert(*self._directed(embedder, page))
        self._manifest = replace(manifest, revision=changes[-1].revision)
        self._builds.publish(self._manifest)

    def _directed(self, embedder: str, ids: list[int]) -> tuple[list[int], Vectors]:
        """The stored vectors but for those of length 0, which lie near to nothing."""
        return _with_direction(*self._chunks.vectors_of(embedder, ids))

    def _shut(self) -> bool:
        """Closes Chroma; returns whether it had been open and closed well."""
        neighbours, self._neighbours = self._neighbours, None
        try:
            if neighbours is not None:
                neighbours.close()
        except StoreBroken:
            return False
        return neighbours is not None

    def _all_vectors(self, embedder: str) -> tuple[list[int], Vectors]:
        key = (embedder, self._chunks.revision())
        if self._direct is None or self._direct[0] != key:
            self._direct = (key, *self._chunks.all_vectors(embedder))
        return self._direct[1], self._direct[2]


def _with_direction(ids: list[int], vectors: Vectors) -> tuple[list[int], Vectors]:
    """Those whose vector is not of length 0."""
    kept = np.flatnonzero(vectors.any(axis=1))
    return [ids[place] for place in kept], vectors[kept]


def _vectors_by_number(embedder: str, foretold: Mapping[int, Foretold]) -> Mapping[int, Vectors]:
    return {
        number: vector
        for first, fresh in foretold.items()
        if fresh.embedded and fresh.embedded.embedder == embedder
        for number, vector in enumerate(fresh.embedded.vectors, start=first)
    }


def _best(query: Vectors, ids: list[int], vectors: Vectors, limit: int) -> list[tuple[int, float]]:
    if not ids:
        return []
    similarity = (vectors @ query).round(6)
    # Numbers ascend, so a stable order breaks ties by number.
    kept = np.argsort(-similarity, kind="stable")[:limit]
    return [(ids[i], float(similarity[i])) for i in kept]


def _rank(hit: tuple[int, float]) -> tuple[float, int]:
    # Equal vectors differ in the seventh decimal, by the order of addition.
    return -round(hit[1], 6), hit[0]


def _touches(changes: list[Change], number: int) -> bool:
    return any(change.first <= number < change.end for change in changes)
