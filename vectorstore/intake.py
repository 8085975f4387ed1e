"""Reports that were read and prepared, taken in some at a time: originals, records, word to the caches.

Knows the order that makes a crash harmless: the originals are on the disk before the one commit that
names them, and nothing is said of a report before that commit. Whoever calls holds the writer's
lock. One report's fault is its own: where a group cannot be stored, each is stored alone.
"""

import logging
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from ingest.errors import LibraryError, NianbaoError
from ingest.report import Report
from ingest.version import PARSER_VERSION
from vectorstore.caches import Caches
from vectorstore.faults import UNSTORABLE
from vectorstore.holdings import Ingested, IngestStatus
from vectorstore.judging import added_sentence
from vectorstore.originals import Originals
from vectorstore.prepared import Prepared
from vectorstore.records import Records, Stored

logger = logging.getLogger(__name__)

# A file and what was made of it.
Arrival: TypeAlias = tuple[Path, Prepared]


class Intake:
    """The way into a library."""

    def __init__(self, originals: Originals, records: Records, caches: Caches) -> None:
        self._originals = originals
        self._records = records
        self._caches = caches

    def take_in(self, group: Sequence[Arrival]) -> Iterator[Ingested]:
        """What became of each, in order; what is yielded is stored.

        Raises LibraryError when the library cannot go on.
        """
        hashes = {prepared.row["sha256"] for _, prepared in group}
        # Of two files with the same bytes the second may be taken where the first was not.
        if len(hashes) == len(group):
            try:
                taken = self._stored(group)
            except (NianbaoError, *UNSTORABLE) as error:
                logger.info("a group of %d is stored one by one: %s", len(group), error)
            else:
                yield from taken
                return
        for each in group:
            yield self._alone(each)

    def _alone(self, arrival: Arrival) -> Ingested:
        path, _ = arrival
        try:
            return self._stored([arrival])[0]
        except LibraryError:
            raise
        except NianbaoError as error:
            return failed(path, str(error))
        except UNSTORABLE as error:
            logger.exception("%s cannot be stored", path)
            return failed(path, f"《{path.name}》读出的内容存不进资料库（{error}），没有收入。")

    def _stored(self, group: Sequence[Arrival]) -> list[Ingested]:
        """What became of each; those whose bytes are not held yet are stored in one commit."""
        held = self._records.held_hashes(prepared.row["sha256"] for _, prepared in group)
        fresh = [each for each in group if each[1].row["sha256"] not in held]
        names = self._originals.store_all((path, made.row["sha256"]) for path, made in fresh)
        whole = [
            (made, name)
            for (_, made), name in zip(fresh, names, strict=True)
            if isinstance(name, str)
        ]
        stored = {each.entry.id: each for each in self._committed(whole)}
        return [self._outcome(path, made, stored.get(made.row["id"]), held) for path, made in group]

    def _committed(self, whole: Sequence[tuple[Prepared, str]]) -> list[Stored]:
        """Stores the records of these originals, which are removed again where that fails."""
        if not whole:
            return []
        try:
            stored = self._records.insert(whole, parser_version=str(PARSER_VERSION))
        except BaseException:
            for _, name in whole:
                self._originals.remove(name)
            raise
        for each, (prepared, _) in zip(stored, whole, strict=True):
            self._caches.foretell(each, prepared)
        return stored

    def _outcome(
        self, path: Path, prepared: Prepared, stored: Stored | None, held: Container[str]
    ) -> Ingested:
        if stored is not None:
            status: IngestStatus = "added" if stored.entry.edition == 1 else "edition"
            said = added_sentence(stored.entry, prepared.left_out)
            return Ingested(str(path), status, prepared.row["body"], said)
        if prepared.row["sha256"] in held:
            return known(path, self._records.report(prepared.row["id"]))
        return failed(path, f"《{path.name}》在读取时被改动。请等它保存完毕再试。")


def known(path: Path, report: Report) -> Ingested:
    """What is said of a file whose bytes the library holds already, with what it holds."""
    return Ingested(str(path), "known", report, "已在资料库中，没有改动。")


def failed(path: Path, why: str) -> Ingested:
    """What is said of a file that was not taken in."""
    return Ingested(str(path), "failed", None, why)
