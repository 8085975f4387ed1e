"""Many files: which files there are, and reading them in several worker processes at once.

Results come in the order of the input, one file's failure is its own, and memory stays flat: only a
few files are under way at a time, and a worker is replaced after some hundred files.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from ingest.errors import NianbaoError
from ingest.readers import SUFFIXES
from ingest.report import Report
from ingest.sandbox import Limits, Worker

# Parsers leak a little; a new worker costs about as much as three files.
_FILES_PER_WORKER = 300
# Questions are answered while a batch is read.
_NICENESS = 5
# Files read ahead of the one that is asked for, per worker.
_AHEAD = 4
# The lock files that Word and WPS leave beside an open document.
_LOCK_PREFIXES = ("~$", ".~")


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
    limits = limits or Limits()
    readers = [_Reader() for _ in range(workers)]
    idle: SimpleQueue[_Reader] = SimpleQueue()
    for reader in readers:
        idle.put(reader)
    pool = ThreadPoolExecutor(workers)
    waiting: deque[Future[Parsed]] = deque()
    try:
        for path in paths:
            waiting.append(pool.submit(_parse_with, idle, path, limits))
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


class _Reader:
    """A worker that is replaced before it grows."""

    def __init__(self) -> None:
        self.worker = Worker(_NICENESS)
        self._count = 0

    def parse(self, path: Path, limits: Limits) -> Report:
        if self._count == _FILES_PER_WORKER:
            self.worker.close()
            self._count = 0
        self._count += 1
        return self.worker.parse(path, limits)


def _parse_with(idle: "SimpleQueue[_Reader]", path: Path, limits: Limits) -> Parsed:
    reader = idle.get()
    try:
        return Parsed(path, reader.parse(path, limits), None)
    except NianbaoError as error:
        return Parsed(path, None, error)
    finally:
        idle.put(reader)
