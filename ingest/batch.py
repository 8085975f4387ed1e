"""Many files: which files there are, and reading them in several worker processes at once.

Results come in the order of the input, one file's failure is its own, and memory stays flat: only
some files are read ahead, their results wait as the bytes that the worker sent, and a worker is
replaced after some hundred files. No worker waits for another, nor for whoever uses the results:
each has its next file before it is done with the last.
"""

import ctypes
import os
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, wait
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

from ingest.errors import NianbaoError
from ingest.readers import SUFFIXES
from ingest.report import Report
from ingest.sandbox import AS_REPORT, Limits, Step, Worker, made_of

T = TypeVar("T")

# Parsers leak a little; a new worker costs about as much as three files.
_FILES_PER_WORKER = 300
# Questions are answered while a batch is read.
_NICENESS = 5
# Files read ahead of the one that is asked for, per worker: while fifty reports are put into the
# indices, which takes a second, each worker reads some fifteen. A result is 200 KB here.
_AHEAD = 24
# Files that a worker has at once: the one it reads, and the next.
_AT_HAND = 2
# Threads that store and index leave freed memory in scattered pieces, some thirty kilobytes a file:
# it is given back to the system after so many files, which takes a few milliseconds.
_FILES_PER_TIDYING = 50
# Nobody waits longer for a result because others may join it.
_PATIENCE_S = 0.5
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
    with closing(work_in_groups(paths, step, workers, limits, most=1)) as groups:
        for group in groups:
            yield from group


def work_in_groups(
    paths: Iterable[Path],
    step: Step[T],
    workers: int = 1,
    limits: Limits | None = None,
    *,
    most: int,
) -> Generator[list[Done[T]], None, None]:
    """What `work_through` gives, in groups of those that are done at about the same time.

    A group has one result at least and `most` at most; the first waits for the last half a second.
    """
    limits = limits or Limits()
    tasks: SimpleQueue[_Task | None] = SimpleQueue()
    readers = [_Reader(step, tasks, limits) for _ in range(workers)]
    waiting: deque[_Task] = deque()
    left = iter(paths)
    untidied = 0
    try:
        for reader in readers:
            reader.thread.start()
        while True:
            for path in islice(left, workers * _AHEAD - len(waiting)):
                waiting.append(_Task(path))
                tasks.put(waiting[-1])
            if not waiting:
                return
            group = [task.done(step) for task in _together(waiting, most)]
            untidied += len(group)
            yield group
            if untidied >= _FILES_PER_TIDYING:
                _give_back_memory()
                untidied = 0
    finally:
        # The files under way are given up first, so that nobody waits for a slow one.
        for reader in readers:
            reader.stop()
            tasks.put(None)
        for reader in readers:
            reader.finish()


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


def _give_back_memory() -> None:
    """Return what this process has freed to the system, where its C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


@dataclass(frozen=True, slots=True)
class _Task:
    """A file to be read, and the worker's answer about it."""

    path: Path
    answer: "Future[bytes]" = field(default_factory=Future)

    def done(self, step: Step[T]) -> Done[T]:
        """What became of the file; waits until it is read."""
        try:
            return Done(self.path, made_of(step, self.answer.result(), self.path.name), None)
        except NianbaoError as error:
            return Done(self.path, None, error)


def _together(waiting: "deque[_Task]", most: int) -> Iterator[_Task]:
    """Takes the first task, and those after it that are done soon enough."""
    first = waiting.popleft()
    wait([first.answer])
    yield first
    until = time.monotonic() + _PATIENCE_S
    for _ in range(most - 1):
        if not waiting or wait([waiting[0].answer], until - time.monotonic()).not_done:
            return
        yield waiting.popleft()


class _Reader(Generic[T]):
    """A worker with the thread that feeds it; it is replaced before it grows."""

    def __init__(self, step: Step[T], tasks: "SimpleQueue[_Task | None]", limits: Limits) -> None:
        self.thread = Thread(target=self._work, name="reader", daemon=True)
        self._worker = Worker(step, _NICENESS)
        self._tasks = tasks
        self._limits = limits
        self._stopping = Event()

    def stop(self) -> None:
        """Gives up the file under way and takes no other."""
        self._stopping.set()
        self._worker.kill()

    def finish(self) -> None:
        """Waits for the thread to end, and ends the worker."""
        if self.thread.ident is not None:
            self.thread.join()
        self._worker.close()

    def _work(self) -> None:
        at_hand: deque[_Task] = deque()
        answers = 0
        try:
            while self._take(at_hand) and not self._stopping.is_set():
                self._answer(at_hand[0])
                at_hand.popleft()
                answers += 1
                if answers % _FILES_PER_WORKER == 0:
                    self._worker.close()
        except BaseException as error:
            for task in at_hand:
                task.answer.set_exception(error)
            raise

    def _take(self, at_hand: "deque[_Task]") -> bool:
        """Takes the files that the worker should have; False where there is none, nor will be."""
        while len(at_hand) < _AT_HAND:
            try:
                task = self._tasks.get(block=not at_hand)
            except Empty:
                break
            if task is None:
                # Once for every reader: the other ones read theirs themselves.
                return False
            # At hand before it is asked for: whatever ends this thread is then said of it too.
            at_hand.append(task)
            try:
                self._worker.ask(task.path, self._limits)
            except NianbaoError as error:
                at_hand.pop()
                task.answer.set_exception(error)
        return True

    def _answer(self, task: _Task) -> None:
        try:
            task.answer.set_result(self._worker.answer())
        except NianbaoError as error:
            task.answer.set_exception(error)
