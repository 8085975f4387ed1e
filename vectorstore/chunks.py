"""The chunks of the record store and their embeddings, and the journal of what came and went.

Only chunks of current editions can be found; "present" in the journal means exactly that. Chunk
numbers are given out once and never again, a report's in one unbroken run, so that one row of the
journal says what a whole report added or took away.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from ingest.chunk import Chunk
from ingest.report_json import place_from_dict
from vectorstore.database import Database, insert_lines
from vectorstore.embedding import Embedded, Vectors
from vectorstore.prepared import Prepared
from vectorstore.rows import CHUNK_COLUMNS
from vectorstore.schema import changes, chunks, embedders, embeddings, meta, reports

# Identifiers in one IN clause; SQLite takes 32,766 variables in a statement.
IN_LIMIT = 5_000

# Keys of `meta`: the next number to give out, the one embedder that embedded every chunk, and how
# often the reports changed (older editions too, which the journal of the chunks passes over).
_NEXT_CHUNK = "next_chunk"
_EMBEDDED_BY = "embedded_by"
_CHANGES = "changes"
_FIRST_NUMBER = 1


@dataclass(frozen=True, slots=True)
class Held:
    """A chunk as it stands in the library, under its number."""

    id: int
    report_id: str
    agency: str
    year: int
    chunk: Chunk


class LookedAt:
    """Chunks read at once from the store, each made into what is asked of it only when it is."""

    def __init__(self, rows: Sequence[Row[Any]], *, has_vectors: bool) -> None:
        self._rows = {row.id: row for row in rows}
        self._has_vectors = has_vectors

    def texts(self) -> dict[int, str]:
        """What the chunks say, each after its context, by number."""
        return {number: f"{row.context}\n{row.text}" for number, row in self._rows.items()}

    def bare_text(self, number: int) -> str:
        """What the chunk with this number says, without its context."""
        return str(self._rows[number].text)

    def vectors(self) -> tuple[list[int], Vectors]:
        """The numbers of those that have a vector, ascending, and the matrix."""
        rows = self._rows.values() if self._has_vectors else ()
        return _matrix(row for row in rows if row.vector is not None)

    def held(self, number: int) -> Held:
        """The chunk with this number, one of those that were found."""
        return _held(self._rows[number])


class Standing(NamedTuple):
    """Where a chunk stands: in which report and section."""

    id: int
    report_id: str
    section: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """Chunks `first` up to, not including, `end` came (`present`) or went with `revision`."""

    revision: int
    first: int
    end: int
    present: bool


@dataclass(frozen=True, slots=True)
class Foretold:
    """The findable chunks of a report that was just stored, as the indices need them.

    `sections` and `tokens` are those of each chunk.
    """

    agency: str
    year: int
    sections: Sequence[int | None]
    tokens: Sequence[str]
    embedded: Embedded | None


NOTHING_FORETOLD: Mapping[int, Foretold] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is limited to; nothing given means all current reports.

    `report_ids` are the reports that `agencies` and `years` name, None when neither is given.
    """

    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    sections: tuple[int, ...] = ()
    report_ids: tuple[str, ...] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is filtered out."""
        return not (self.agencies or self.years or self.sections)


class _Reached(NamedTuple):
    """How far the records had come at one moment, as the database's watch tells moments."""

    moment: int | None
    revision: int
    embedded_by: str | None


class ChunkStore:
    """The chunks that a search can find, with their vectors."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._last = _Reached(None, 0, None)

    def scope(
        self, agencies: Iterable[str], years: Iterable[int], sections: Iterable[int]
    ) -> Scope:
        """The scope of these agencies, years and sections, its reports looked up once."""
        scope = Scope(tuple(agencies), tuple(years), tuple(sections))
        if not (scope.agencies or scope.years):
            return scope
        query = _of_reports(select(reports.c.id).where(reports.c.current), scope)
        with self._database.reading() as connection:
            found = tuple(sorted(connection.scalars(query)))
        return Scope(scope.agencies, scope.years, scope.sections, found)

    def revision(self) -> int:
        """The number of the last change to the chunks; 0 for an empty library."""
        return self._reached().revision

    def changes_after(self, revision: int) -> list[Change]:
        """What came and went since `revision`, oldest first."""
        if revision == self.revision():
            return []
        with self._database.reading() as connection:
            return [
                Change(row.revision, row.first_chunk, row.end_chunk, row.present)
                for row in connection.execute(_CHANGES_AFTER, {"revision": revision})
            ]

    def chunk_ids(self) -> list[int]:
        """The numbers of the chunks that a search can find, ascending."""
        query = select(chunks.c.id).select_from(_CURRENT).order_by(chunks.c.id)
        with self._database.reading() as connection:
            return list(connection.scalars(query))

    def standing(self, first: int | None = None, end: int | None = None) -> list[Standing]:
        """Where every findable chunk stands, or those from `first` up to, not including, `end`."""
        query = select(chunks.c.id, chunks.c.report_id, chunks.c.section).select_from(_CURRENT)
        if first is not None:
            query = query.where(chunks.c.id >= first, chunks.c.id < end)
        with self._database.reading() as connection:
            return [Standing(*row) for row in connection.execute(query.order_by(chunks.c.id))]

    def held(self, ids: Iterable[int]) -> list[Held]:
        """The chunks with these numbers that a search can find, ascending; unknown ones missing."""
        return [_held(row) for row in self._by_id(_HELD_THESE, ids)]

    def looked_at(self, ids: Iterable[int], embedder: str | None) -> "LookedAt":
        """The findable chunks with these numbers, with their vectors where a model is named."""
        query = _HELD_THESE if embedder is None else _held_and_vectors_these(embedder)
        return LookedAt(list(self._by_id(query, ids)), has_vectors=embedder is not None)

    def held_between(self, first: int, end: int) -> list[Held]:
        """The findable chunks from number `first` up to, not including, `end`, ascending."""
        query = _HELD.where(chunks.c.id >= first, chunks.c.id < end).order_by(chunks.c.id)
        with self._database.reading() as connection:
            return [_held(row) for row in connection.execute(query)]

    def vectors_of(self, embedder: str, ids: Iterable[int]) -> tuple[list[int], Vectors]:
        """The stored vectors of these chunks: their numbers, ascending, and the matrix."""
        return _matrix(self._by_id(_vectors_these(embedder), ids))

    def vectors_between(self, embedder: str, first: int, end: int) -> tuple[list[int], Vectors]:
        """The stored vectors of the findable chunks from `first` up to, not including, `end`."""
        query = _vectors(embedder).where(chunks.c.id >= first, chunks.c.id < end)
        with self._database.reading() as connection:
            return _matrix(connection.execute(query.order_by(chunks.c.id)).all())

    def all_vectors(self, embedder: str) -> tuple[list[int], Vectors]:
        """The stored vectors of every chunk that a search can find."""
        with self._database.reading() as connection:
            return _matrix(connection.execute(_vectors(embedder).order_by(chunks.c.id)).all())

    def is_embedded_by(self, embedder: str) -> bool:
        """Whether every chunk has a vector of this embedder."""
        return self._reached().embedded_by == embedder

    def embedders(self) -> list[str]:
        """The names of the embedders that have vectors here, the one with most of them first."""
        made = func.count(embeddings.c.chunk_id)
        query = select(embedders.c.name).join(embeddings).group_by(embedders.c.id)
        with self._database.reading() as connection:
            return list(connection.scalars(query.order_by(made.desc(), embedders.c.id)))

    def count_without_vectors(self, embedder: str) -> int:
        """How many chunks, findable or not, lack a vector of this embedder."""
        made = select(func.count()).where(embeddings.c.embedder_id == _embedder_id(embedder))
        every = select(func.count()).select_from(chunks)
        with self._database.reading() as connection:
            return (connection.scalar(every) or 0) - (connection.scalar(made) or 0)

    def without_vectors(self, embedder: str, limit: int) -> list[int]:
        """The numbers of some chunks, findable or not, that lack a vector of this embedder."""
        found = chunks.outerjoin(embeddings, _made_by(embedder))
        query = select(chunks.c.id).select_from(found)
        query = query.where(embeddings.c.chunk_id.is_(None)).order_by(chunks.c.id).limit(limit)
        with self._database.reading() as connection:
            return list(connection.scalars(query))

    def chunks_of(self, ids: Iterable[int]) -> list[Chunk]:
        """The chunks with these numbers, findable or not, by number."""
        return [_chunk(row) for row in self._by_id(_CHUNKS_THESE, ids)]

    def store_vectors(self, ids: Sequence[int], embedded: Embedded) -> None:
        """Stores vectors of chunks that had none of this embedder; one transaction."""
        with self._database.writing() as connection:
            insert_vectors(connection, ids, embedded)

    def finish_embedding(self, embedder: str) -> None:
        """Notes that every chunk has a vector of this embedder, and drops those of others."""
        with self._database.writing() as connection:
            others = embeddings.c.embedder_id != _embedder_id(embedder)
            connection.execute(delete(embeddings).where(others))
            _note(connection, _EMBEDDED_BY, embedder)

    def _reached(self) -> _Reached:
        """Revision and embedder, asked for again only after a commit."""
        # The moment is taken first: a commit in between makes the next look a new one.
        moment = self._database.watch.moment()
        if moment is None or moment != self._last.moment:
            with self._database.reading() as connection:
                revision = connection.scalar(_LAST_CHANGE) or 0
                self._last = _Reached(moment, revision, _embedded_by(connection))
        return self._last

    def _by_id(self, query: Select[Any], ids: Iterable[int]) -> Iterator[Row[Any]]:
        wanted = sorted(set(ids))
        with self._database.reading() as connection:
            for start in range(0, len(wanted), IN_LIMIT):
                part = {"ids": wanted[start : start + IN_LIMIT]}
                yield from connection.execute(query, part).all()


# --- Writing, inside the transaction of `records` --------------------------------------------------


def insert_chunks(connection: Connection, group: Sequence[Prepared]) -> list[range]:
    """Stores the chunks of reports and their vectors, where they were made; the numbers given."""
    runs = _take_numbers(connection, [len(each.chunks) for each in group])
    lines = [
        (number, each.row["id"], *line)
        for run, each in zip(runs, group, strict=True)
        for number, line in zip(run, each.chunks, strict=True)
    ]
    if not lines:
        return runs
    insert_lines(connection, chunks, ("id", "report_id", *CHUNK_COLUMNS), lines)
    made: dict[str, list[tuple[range, Embedded | None]]] = {}
    for run, each in zip(runs, group, strict=True):
        if run:
            maker = each.embedded.embedder if each.embedded else ""
            made.setdefault(maker, []).append((run, each.embedded))
    for maker, parts in made.items():
        numbers = [number for run, _ in parts for number in run]
        vectors = [embedded.vectors for _, embedded in parts if embedded]
        if vectors:
            insert_vectors(connection, numbers, Embedded(maker, np.concatenate(vectors)))
    _note_makers(connection, list(made), lines[0][0])
    return runs


def _note_makers(connection: Connection, makers: Sequence[str], first: int) -> None:
    """Notes who embedded every chunk, after chunks of these makers came, numbered from `first` on."""
    only = makers[0] if len(makers) == 1 else ""
    if first == _FIRST_NUMBER:
        _note(connection, _EMBEDDED_BY, only)
    elif _embedded_by(connection) != only:
        _note(connection, _EMBEDDED_BY, "")


def insert_vectors(connection: Connection, ids: Sequence[int], embedded: Embedded) -> None:
    """Stores one vector a chunk, under the embedder's name."""
    if not ids:
        return
    named = {"name": embedded.embedder}
    embedder = connection.scalar(_EMBEDDER_ID, named)
    if embedder is None:
        row = {**named, "dimension": embedded.vectors.shape[1]}
        connection.execute(insert(embedders), row)
        embedder = connection.scalar(_EMBEDDER_ID, named)
    vectors = np.ascontiguousarray(embedded.vectors, dtype="<f4")
    lines = [
        (embedder, number, vector.tobytes()) for number, vector in zip(ids, vectors, strict=True)
    ]
    insert_lines(connection, embeddings, ("embedder_id", "chunk_id", "vector"), lines)


def journal(connection: Connection, report_id: str, *, present: bool) -> None:
    """Notes that the chunks of one report can be found from now on, or no more."""
    run = connection.execute(
        select(func.min(chunks.c.id), func.max(chunks.c.id)).where(chunks.c.report_id == report_id)
    ).one()
    if run[0] is not None:
        journal_runs(connection, [range(run[0], run[1] + 1)], present=present)


def journal_runs(connection: Connection, runs: Iterable[range], *, present: bool) -> None:
    """Notes that these chunks, a report's in each run, can be found from now on, or no more."""
    last = connection.scalar(_LAST_CHANGE) or 0
    filled = (run for run in runs if run)
    lines = [(last + n, run.start, run.stop, present) for n, run in enumerate(filled, start=1)]
    insert_lines(connection, changes, ("revision", "first_chunk", "end_chunk", "present"), lines)


def count_change(connection: Connection) -> None:
    """Counts one more change of the reports, so that what was read of them is read again."""
    _note(connection, _CHANGES, str(counted_changes(connection) + 1))


def counted_changes(connection: Connection) -> int:
    """How often the reports changed so far; 0 also where a program that did not count wrote."""
    return int(_noted(connection, _CHANGES) or 0)


def _take_numbers(connection: Connection, counts: Iterable[int]) -> list[range]:
    """An unbroken run of new numbers for each of these counts, one after another."""
    stored = _noted(connection, _NEXT_CHUNK)
    ends = list(accumulate(counts, initial=int(stored) if stored else _FIRST_NUMBER))
    _note(connection, _NEXT_CHUNK, str(ends[-1]))
    return [range(*run) for run in pairwise(ends)]


def _embedded_by(connection: Connection) -> str | None:
    return _noted(connection, _EMBEDDED_BY)


def _noted(connection: Connection, key: str) -> str | None:
    return connection.scalar(_NOTED, {"key": key})


def _note(connection: Connection, key: str, value: str) -> None:
    changed = connection.execute(_RENOTED, {"of": key, "value": value})
    if not changed.rowcount:
        connection.execute(insert(meta), {"key": key, "value": value})


# --- Queries and rows -----------------------------------------------------------------------------

# Made once: making a query takes longer than running it for a handful of rows.
_NOTED = select(meta.c.value).where(meta.c.key == bindparam("key"))
_RENOTED = update(meta).where(meta.c.key == bindparam("of")).values(value=bindparam("value"))
_LAST_CHANGE = select(func.max(changes.c.revision))
_EMBEDDER_ID = select(embedders.c.id).where(embedders.c.name == bindparam("name"))
_CHANGES_AFTER = (
    select(changes).where(changes.c.revision > bindparam("revision")).order_by(changes.c.revision)
)
_THESE = chunks.c.id.in_(bindparam("ids", expanding=True))
_CURRENT = chunks.join(reports, and_(reports.c.id == chunks.c.report_id, reports.c.current))
_HELD = select(chunks, reports.c.agency, reports.c.year).select_from(_CURRENT)
_HELD_THESE = _HELD.where(_THESE).order_by(chunks.c.id)
_CHUNKS_THESE = select(chunks).where(_THESE).order_by(chunks.c.id)


def _of_reports(query: Select[Any], scope: Scope) -> Select[Any]:
    if scope.agencies:
        query = query.where(reports.c.agency.in_(scope.agencies))
    if scope.years:
        query = query.where(reports.c.year.in_(scope.years))
    return query


def _embedder_id(name: str) -> Any:
    return select(embedders.c.id).where(embedders.c.name == name).scalar_subquery()


def _made_by(embedder: str) -> Any:
    """What joins a chunk with its vector."""
    return and_(
        embeddings.c.chunk_id == chunks.c.id,
        embeddings.c.embedder_id == _embedder_id(embedder),
    )


def _vectors(embedder: str) -> Select[Any]:
    found = _CURRENT.join(embeddings, _made_by(embedder))
    return select(chunks.c.id, embeddings.c.vector).select_from(found)


@lru_cache(maxsize=4)
def _vectors_these(embedder: str) -> Select[Any]:
    return _vectors(embedder).where(_THESE).order_by(chunks.c.id)


@lru_cache(maxsize=4)
def _held_and_vectors_these(embedder: str) -> Select[Any]:
    found = _CURRENT.outerjoin(embeddings, _made_by(embedder))
    columns = (chunks, reports.c.agency, reports.c.year, embeddings.c.vector)
    return select(*columns).select_from(found).where(_THESE).order_by(chunks.c.id)


def _matrix(rows: Iterable[Row[Any]]) -> tuple[list[int], Vectors]:
    ids, blobs = [], []
    for row in rows:
        ids.append(row.id)
        blobs.append(row.vector)
    if not ids:
        return [], np.zeros((0, 0), dtype=np.float32)
    return ids, np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(ids), -1)


def _held(row: Row[Any]) -> Held:
    return Held(row.id, row.report_id, row.agency, row.year, _chunk(row))


def _chunk(row: Row[Any]) -> Chunk:
    place = place_from_dict(json.loads(row.place))
    return Chunk(text=row.text, context=row.context, place=place)
