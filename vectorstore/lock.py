"""Who may write: one process at a time, and it says who it is.

The lock itself is held by the operating system and vanishes with its process, however that ends.
Beside it stands a note with the holder's name. A note without a held lock means that its writer
died in the middle: whoever takes the lock next finds `interrupted` true and puts things in order.
Reading needs no lock.
"""

import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import LibraryError
from vectorstore.faults import as_library_errors, os_sentence

# Long enough for another process's single upload, short enough that nobody thinks we hang.
PATIENCE_S = 3.0


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds, or held, the right to write. `since` is ISO 8601 in UTC."""

    pid: int
    host: str
    program: str
    since: str

    def __str__(self) -> str:
        since = datetime.fromisoformat(self.since).astimezone()
        return f"{self.program}（进程 {self.pid}，主机 {self.host}，{since:%Y-%m-%d %H:%M} 起）"


class WriterLock:
    """The right to change one library, against other processes and other threads alike."""

    def __init__(self, folder: Path) -> None:
        self._note = folder / "writer.json"
        self._lock = FileLock(folder / "writer.lock", thread_local=False)
        self._threads = threading.Lock()

    @property
    def interrupted(self) -> bool:
        """Whether the last writer died in the middle (or one is writing right now)."""
        return self._note.exists()

    def holder(self) -> Holder | None:
        """Who wrote the note, None where there is no readable note."""
        try:
            return Holder(**json.loads(self._note.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @contextmanager
    def held(self, *, patience_s: float = PATIENCE_S) -> Iterator[bool]:
        """Holds the lock in the block; yields whether the writer before us died in the middle.

        May be taken in one thread and given back in another, and not twice. Raises LibraryError,
        naming the holder, when it is not free in time, and when the folder cannot be written.
        """
        interrupted = self._take(patience_s)
        try:
            yield interrupted
        finally:
            self._note.unlink(missing_ok=True)
            self._lock.release()
            self._threads.release()

    def _take(self, patience_s: float) -> bool:
        if not self._threads.acquire(timeout=patience_s):
            raise LibraryError(self._refusal())
        try:
            self._take_from_others(patience_s)
        except LibraryError:
            self._threads.release()
            raise
        try:
            with as_library_errors():
                interrupted = self.interrupted
                self._write_note()
        except LibraryError:
            self._lock.release()
            self._threads.release()
            raise
        return interrupted

    def _take_from_others(self, patience_s: float) -> None:
        try:
            self._lock.acquire(patience_s)
        except Timeout as error:
            # A TimeoutError and so an OSError: it has its own sentence.
            raise LibraryError(self._refusal()) from error
        except OSError as error:
            raise LibraryError(os_sentence(error)) from error

    def _write_note(self) -> None:
        holder = Holder(
            pid=os.getpid(),
            host=socket.gethostname(),
            program=Path(sys.argv[0] or sys.executable).name,
            since=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        self._note.write_text(json.dumps(asdict(holder), ensure_ascii=False), "utf-8")

    def _refusal(self) -> str:
        holder = self.holder()
        who = str(holder) if holder else "另一个程序"
        return f"资料库正由{who}写入。请等它结束，或先关闭它，再试一次。"
