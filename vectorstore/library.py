"""The library: reports added, found again, searched and removed, over one data directory.

Three parts are kept in step: the originals (written first), the records (their commit makes a
report exist, whole, with its chunks and vectors), and two caches made from the records, the keyword
index and the vector store. A crash between any two steps leaves a library that opens: an original
without a record is swept away, a cache that lags behind follows the records' journal or is built
again. Adding the same bytes twice changes nothing. Writing takes the writer's lock; reading takes
none and works while someone writes, and on a read-only disk.
"""

import logging
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from ingest.batch import Done, Parsed, files_under, parse_many
from ingest.errors import LibraryError, NianbaoError, UnreadableFile
from ingest.report import Concept, Report
from ingest.sandbox import Limits, parse_safely
from ingest.version import PARSER_VERSION
from vectorstore.caches import Caches
from vectorstore.catalogue import Catalogue
from vectorstore.chunks import ChunkStore
from vectorstore.database import Database, is_writable
from vectorstore.embedding import Embedder
from vectorstore.facts import Facts, Grouping
from vectorstore.faults import READ_ONLY, as_library_errors
from vectorstore.holdings import (
    Aggregate,
    Entry,
    Fact,
    FigureFact,
    Ingested,
    Passage,
)
from vectorstore.intake import Intake, failed, known
from vectorstore.judging import same_bytes
from vectorstore.lock import PATIENCE_S, WriterLock
from vectorstore.originals import Originals, hash_file
from vectorstore.passages import Ranking, find_passages
from vectorstore.prepared import Prepared, prepare, prepare_many, shown
from vectorstore.records import Records
from vectorstore.reembedding import Reembedding

logger = logging.getLogger(__name__)

T = TypeVar("T")

# Reports between two updates of the caches: their fixed cost is that of some twenty reports.
REPORTS_A_STEP = 50


class Library:
    """The reports of one data directory.

    `notify` is told, in one Chinese sentence each, what the library mends or does without.
    `database_url` puts the records into another database than the SQLite file in the folder.
    `embedder` is the shipped model when none is given, `limits` what reading one file may cost.
    `chroma_url` is a Chroma server in a private network, to keep the vectors instead of the folder.
    Raises LibraryError when the folder cannot be used, holds a library of a newer program, or is new
    and being made by another process.
    """

    def __init__(
        self,
        folder: Path | str,
        *,
        embedder: Embedder | None = None,
        notify: Callable[[str], None] = logger.info,
        database_url: str | None = None,
        limits: Limits | None = None,
        chroma_url: str | None = None,
    ) -> None:
        self.folder = Path(folder)
        with as_library_errors():
            self.folder.mkdir(parents=True, exist_ok=True)
        self.read_only = not is_writable(self.folder)
        self._notify = notify
        self._limits = limits
        self._lock = WriterLock(self.folder)
        self._originals = Originals(self.folder / "originals")
        self._database = Database(self.folder, database_url, read_only=self.read_only)
        self._records = Records(self._database)
        self._catalogue = Catalogue(self._records)
        self._chunks = ChunkStore(self._database)
        self._facts = Facts(self._database)
        self._caches = Caches(
            self.folder,
            self._chunks,
            embedder,
            notify,
            read_only=self.read_only,
            chroma_url=chroma_url,
        )
        self._intake = Intake(self._originals, self._records, self._caches)
        self._reembedding = Reembedding(self._caches, self._writing, notify)
        try:
            self._open()
        except LibraryError:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes every part in order; the next opening is then quick."""
        self._reembedding.stop()
        self._caches.close()
        self._database.close()

    # --- Adding and removing ----------------------------------------------------------------------

    def add(self, path: Path | str) -> Report:
        """Reads a file and takes it in; returns its report, also when it is known already.

        Raises UnreadableFile, NotAnAnnualReport or LibraryError; nothing is stored then.
        """
        path = Path(path)
        held = self._known(path)
        if held:
            return held
        prepared = prepare(shown(parse_safely(path, self._limits)), self._caches.embedder())
        with self._writing():
            (ingested,) = self._intake.take_in([(path, prepared)])
            self._caches.bring_into_step()
        if ingested.report is None:
            raise UnreadableFile(ingested.message)
        if ingested.status == "edition":
            self._notify(ingested.message)
        return ingested.report

    def ingest(self, paths: Iterable[Path | str], *, workers: int = 1) -> Iterator[Ingested]:
        """Takes in files and folders of files; yields what became of each, in order.

        A file that cannot be used fails alone. Raises LibraryError when the library itself cannot
        go on; what was yielded before is stored.
        """
        # A folder above the library's own holds its originals too.
        own = self.folder.resolve()
        named = files_under([Path(path) for path in paths])
        files = [path for path in named if not path.resolve().is_relative_to(own)]
        with self._writing():
            hashes = self._records.known_hashes()
            held = {path for path in files if hashes and hash_file(path) in hashes}
            unread = [path for path in files if path not in held]
            embedder = self._caches.embedder()
            with closing(prepare_many(unread, embedder, workers, self._limits)) as groups:
                yield from self._in_steps(self._ingested(files, held, groups))

    def reread(
        self, report_ids: Iterable[str] | None = None, *, workers: int = 1
    ) -> Iterator[Ingested]:
        """Reads originals again and puts what they say now in place of what is stored.

        Those with these identifiers, by default those that another version of the parser read.
        Yields what became of each: "reread", or "failed" for one that stays as it was. Raises
        LibraryError as `ingest` does, and for an unknown identifier.
        """
        with self._writing():
            chosen = self._chosen(report_ids)
            originals = self._records.originals()
            names = [(originals[entry.id], entry.source) for entry in chosen]
            with self._originals.under_own_names(names) as paths:
                parsed = parse_many(paths, workers, self._limits)
                yield from self._in_steps(
                    self._reread_one(entry, each)
                    for entry, each in zip(chosen, parsed, strict=True)
                )

    def remove(self, report_id: str) -> None:
        """Removes a report from every part; an older edition becomes current again.

        Raises LibraryError for an unknown identifier.
        """
        with self._writing():
            original = self._records.delete(report_id)
            self._originals.remove(original)
            self._caches.bring_into_step()

    # --- Reading ----------------------------------------------------------------------------------

    def report(self, report_id: str) -> Report:
        """One report, of any edition; raises LibraryError for an unknown identifier."""
        return self._catalogue.report(report_id)

    def reports(self, *, agency: str | None = None, year: int | None = None) -> list[Report]:
        """The current reports, all or those of an agency or year, by agency and year."""
        return self._records.reports(agency, year)

    def entries(self) -> list[Entry]:
        """Every report in the library, older editions included, by agency, year and edition."""
        return self._catalogue.entries()

    def once_a_change(self, make: Callable[[Sequence[Entry]], T]) -> T:
        """What a function makes of every entry, made again only after the reports changed.

        The function is remembered by itself: give one of a module, not one made for the call.
        """
        return self._catalogue.once_a_change(make)

    def original(self, report_id: str) -> Path:
        """The file that a report was read from; raises LibraryError when there is none."""
        originals = self._records.originals()
        if report_id not in originals:
            raise LibraryError(f"资料库里没有编号为“{report_id}”的报告。")
        return self._originals.path(originals[report_id])

    def agencies(self) -> list[str]:
        """The agencies that have a report, sorted."""
        return self._catalogue.agencies()

    def years(self) -> list[int]:
        """The years that have a report, oldest first."""
        return self._catalogue.years()

    def facts(
        self,
        concept: Concept | str,
        *,
        agencies: Iterable[str] = (),
        years: Iterable[int] = (),
    ) -> list[Fact]:
        """The cell at a concept in each current report, blanks included, by agency and year."""
        return self._facts.facts(_concept(concept), agencies, years)

    def aggregate(
        self,
        concept: Concept | str,
        *,
        agencies: Iterable[str] = (),
        years: Iterable[int] = (),
        by: Grouping = "all",
    ) -> list[Aggregate]:
        """Sum, mean, extremes and counts of a concept over the current reports, made in SQL.

        One for all of them, or one for each agency or year; empty where no report has the cell.
        """
        return self._facts.aggregates(_concept(concept), agencies, years, by)

    def figures(
        self, *, agencies: Iterable[str] = (), years: Iterable[int] = ()
    ) -> list[FigureFact]:
        """The numbers in the text of the current reports, by agency and year, in reading order."""
        return self._facts.figures(agencies, years)

    def search(
        self,
        text: str,
        *,
        agencies: Iterable[str] = (),
        years: Iterable[int] = (),
        sections: Iterable[int] = (),
        limit: int = 8,
        by: Ranking = "both",
    ) -> list[Passage]:
        """The passages of current reports that fit the text best, best first.

        `by` asks one ranking alone, "words" or "meaning", to compare it with both together.
        """
        self._mend_caches()
        scope = self._chunks.scope(agencies, years, sections)
        return find_passages(text, scope, limit, self._caches.indexes(), by)

    def embedder(self) -> Embedder | None:
        """The model that texts are embedded with; None where it cannot be loaded."""
        return self._caches.embedder()

    def warm(self) -> None:
        """Audits and opens what a search needs, so that the first one does not wait for it."""
        self._mend_caches()
        self._caches.open()

    def reembed(self) -> None:
        """Gives every chunk a vector of the model in use, after another one was in use before.

        Others may write in between, what is made stays made, and the former model's vectors answer
        until the last is there. A search starts the same by itself and does not wait for it.
        Raises LibraryError when another process keeps writing.
        """
        self._reembedding.run()

    def rebuild(self) -> Iterator[str]:
        """Makes both indices anew from the records; names each before it is made.

        Questions are answered meanwhile. Raises LibraryError when another process keeps writing.
        """
        with self._writing():
            yield from self._caches.rebuild()

    # --- One file ---------------------------------------------------------------------------------

    def _known(self, path: Path) -> Report | None:
        sha256 = hash_file(path)
        entry = self._records.entry_of(sha256) if sha256 else None
        return self._records.report(entry.id) if entry else None

    def _ingested(
        self, files: Sequence[Path], held: Container[Path], groups: Iterable[list[Done[Prepared]]]
    ) -> Iterator[Ingested]:
        """What becomes of every file, in order; the groups are of those that are not `held`."""
        left = deque(files)
        for number, group in enumerate(groups):
            if number == 0:
                # Now, for the workers read on meanwhile; what comes then need not be read again.
                self._caches.bring_into_step()
            for outcome in self._taken_in(group):
                while left[0] in held:
                    yield self._held(left.popleft())
                left.popleft()
                yield outcome
        for path in left:
            yield self._held(path)

    def _taken_in(self, group: Sequence[Done[Prepared]]) -> Iterator[Ingested]:
        """Stores those of a group that were read, in one commit; yields what became of each."""
        taken = self._intake.take_in([(each.path, each.result) for each in group if each.result])
        for done in group:
            yield next(taken) if done.result else failed(done.path, str(done.error))

    def _held(self, path: Path) -> Ingested:
        report = self._known(path)
        if report:
            return known(path, report)
        return failed(path, f"《{path.name}》在读取时被改动，请重试。")

    def _chosen(self, report_ids: Iterable[str] | None) -> list[Entry]:
        if report_ids is None:
            report_ids = self._records.read_by_others(str(PARSER_VERSION))
        entries = {entry.id: entry for entry in self._catalogue.entries()}
        chosen = list(dict.fromkeys(report_ids))
        for report_id in chosen:
            if report_id not in entries:
                raise LibraryError(f"资料库里没有编号为“{report_id}”的报告。")
        return [entries[report_id] for report_id in chosen]

    def _reread_one(self, entry: Entry, parsed: Parsed) -> Ingested:
        """Puts another reading in place of the stored one; the caller holds the lock."""
        try:
            report = same_bytes(entry, parsed)
            prepared = prepare(report, self._caches.embedder())
            self._records.replace(prepared, parser_version=str(PARSER_VERSION))
        except LibraryError:
            raise
        except NianbaoError as error:
            message = f"{error}（资料库里仍是原来读出的内容。）"
            return Ingested(entry.source, "failed", None, message)
        message = f"已重新读取{report.agency}{report.year}年度报告。"
        return Ingested(entry.source, "reread", report, message)

    # --- Keeping the parts in step ----------------------------------------------------------------

    def _open(self) -> None:
        is_current = self._database.is_current()
        if self.read_only:
            if not is_current:
                raise LibraryError("资料库由较早的版本写成，须先升级；但目录只读。请检查目录权限。")
            return
        if not is_current:
            with self._lock.held() as interrupted:
                if not self._database.is_current():
                    self._database.migrate()
                self._put_in_order(interrupted=interrupted)
        elif self._lock.interrupted:
            self._while_free(lambda: None)

    @contextmanager
    def _writing(self, patience_s: float = PATIENCE_S) -> Iterator[None]:
        if self.read_only:
            raise LibraryError(READ_ONLY)
        with self._lock.held(patience_s=patience_s) as interrupted:
            self._put_in_order(interrupted=interrupted)
            yield

    def _in_steps(self, done: Iterable[Ingested]) -> Iterator[Ingested]:
        """Passes on what is done, and brings the caches into step on the way and at the end."""
        try:
            for number, each in enumerate(done, start=1):
                yield each
                if number % REPORTS_A_STEP == 0:
                    self._caches.bring_into_step()
        finally:
            self._caches.bring_into_step()

    def _while_free(self, mend: Callable[[], None]) -> None:
        """Mends something if nobody is writing; whoever is will have to do it anyway."""
        try:
            with self._writing(patience_s=0):
                mend()
        except LibraryError as error:
            logger.info("not mended now: %s", error)

    def _mend_caches(self) -> None:
        if self.read_only or self._caches.are_in_step():
            return
        self._while_free(self._caches.bring_into_step)
        if self._caches.lacks_many():
            self._reembedding.start()

    def _put_in_order(self, *, interrupted: bool) -> None:
        """After a writer that died: looks at the records, drops originals that they do not name."""
        if interrupted:
            self._database.verify()
            self._originals.sweep(set(self._records.originals().values()))


def _concept(concept: Concept | str) -> Concept:
    return Concept.parse(concept) if isinstance(concept, str) else concept
