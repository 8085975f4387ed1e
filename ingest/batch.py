"""Many files: which files there are, and reading them in several worker processes at once.

Results come in the order of the input, one file's failure is its own, and memory stays flat: only a
few files are under way at a time, and a worker is replaced after some hundred files.
"""

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Generic, TypeVar

from ingest.errors import NianbaoError
from ingest.readers import SUFFIXES
from ingest.report import Report
from ingest.sandbox import AS_REPORT, Limits, Step, Worker

T = TypeVar("T")

# Parsers leak a little; a new worker costs about as much as three files.
_FILES_PER_WORKER = 300
# Questions are answered while a batch is read.
_NICENESS = 5
# Files read ahead of the one that is asked for, per worker.
_AHEAD = 4
# The lock files that Word and WPS leave beside an open document.
_LOCK_PREFIXES = ("~$", ".~")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What became of one file: what the step made of its report, or the error that is shown."""

    path: Path
    result: T | None
    error: NianbaoError | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of one file: a report, or the error that is shown for it."""

    path: Path
    report: Report | None
    error: NianbaoError | None


def parse_many(
    paths: Iterable[Path], workers: int = 1, limits: Limits | None = None
) -> Iterator[Parsed]:
    """Read every file in `workers` processes at once; results in the order of `paths`.

    Closing the iterator early ends the workers.
    """
    with closing(work_through(paths, AS_REPORT, workers, limits)) as each:
        for done in each:
            yield Parsed(done.path, done.result, done.error)


def work_through(
    paths: Iterable[Path], step: Step[T], workers: int = 1, limits: Limits | None = None
) -> Generator[Done[T], None, None]:
    """Read every file and take the step with its report, in `workers` processes at once.

    Results come in the order of `paths`; closing the iterator early ends the workers.
    """
    limits = limits or Limits()
    readers = [_Reader(step) for _ in range(workers)]
    idle: SimpleQueue[_Reader[T]] = SimpleQueue()
    for reader in readers:
        idle.put(reader)
    pool = ThreadPoolExecutor(workers)
    waiting: deque[Future[Done[T]]] = deque()
    try:
        for path in paths:
            waiting.append(pool.submit(_work_with, idle, path, limits))
            if len(waiting) > workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        # The files under way are given up first, so that nobody waits for a slow one.
        pool.shutdown(wait=False, cancel_futures=True)
        for reader in readers:
            reader.worker.kill()
        pool.shutdown()
        for reader in readers:
            reader.worker.close()


def files_under(paths: Iterable[Path]) -> list[Path]:
    """The files to read: each file named, and in each folder named all that have a known suffix.

    Folders are walked whole, in the order of names; links, pictures, hidden files, lock files and
    anything that is not a regular file are passed over in them. No file comes twice.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _walk(path) if path.is_dir() else (path,):
            found.setdefault(file)
    return list(found)


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if _is_document(path) and path.is_file() and not path.is_symlink():
                yield path


def _is_document(path: Path) -> bool:
    # Pictures in a folder mostly adorn saved web pages; one that is a report must be named itself.
    kinds = SUFFIXES.get(path.suffix.lower(), frozenset({"image"}))
    return "image" not in kinds and not path.name.startswith((".", *_LOCK_PREFIXES))


class _Reader(Generic[T]):
    """A worker that is replaced before it grows."""

    def __init__(self, step: Step[T]) -> None:
        self.worker = Worker(step, _NICENESS)
        self._count = 0

    def work(self, path: Path, limits: Limits) -> T:
        if self._count == _FILES_PER_WORKER:
            self.worker.close()
            self._count = 0
        self._count += 1
        return self.worker.work(path, limits)


def _work_with(idle: "SimpleQueue[_Reader[T]]", path: Path, limits: Limits) -> Done[T]:
    reader = idle.get()
    try:
        return Done(path, reader.work(path, limits), None)
    except NianbaoError as error:
        return Done(path, None, error)
    finally:
        idle.put(reader)
