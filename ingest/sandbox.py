"""Reading one file in a child process that may be killed: no file can take the program with it.

A `Worker` is a fresh interpreter that imports `ingest` and what its step needs. It gets the path of
a file and answers with what the step makes of the report, as JSON, under limits on CPU time, address
space and wall time. A step is named, so that packages above this one can have work done here. The
limits on CPU and memory are set by the worker on itself; wall time is kept by the parent, which
kills the worker's whole process group. Whatever happens to a worker, the caller sees a result or a
`NianbaoError` with one sentence, never a hang and never a broken pipe.
"""

import fcntl
import gc
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Generic, Self, TypeVar

from ingest import errors
from ingest.errors import NianbaoError, UnreadableFile
from ingest.report import Report
from ingest.report_json import report_from_dict

_MEBIBYTE = 1024 * 1024
_START = "from ingest.sandbox import serve; serve({niceness}, {function!r})"
# The longest answer that is believed: a report of a hundred pages is a few mebibytes.
_ANSWER_LIMIT = 64 * _MEBIBYTE
# What fits into the pipe of answers: a worker reads on while nobody has time for its last answers.
_PIPE_BYTES = _MEBIBYTE
# Reading makes many objects and few cycles; to look for these after every 700 objects takes a
# twelfth of the time of reading.
_OBJECTS_BETWEEN_COLLECTIONS = 20_000
# One worker is for one core; and each thread of numpy's takes address space of the worker's.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
_PACKAGES = Path(__file__).parents[1]
_REASONS: Mapping[type[OSError], str] = {
    FileNotFoundError: "没有这个文件",
    NotADirectoryError: "没有这个文件",
    PermissionError: "没有读取权限",
}


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """What a worker does with each report, and how its answer is read here.

    `function` names, as "module:function", one that turns a Report into what JSON can carry; `read`
    turns that into the result.
    """

    function: str
    read: Callable[[Mapping[str, Any]], T]


AS_REPORT: Step[Report] = Step("ingest.report_json:report_to_dict", report_from_dict)
"""Nothing more is done with the report."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost. Times in seconds, sizes in bytes."""

    wall_seconds: float = 20
    cpu_seconds: int = 15
    memory_bytes: int = 1024 * _MEBIBYTE
    file_bytes: int = 100 * _MEBIBYTE


def parse_safely(path: Path | str, limits: Limits | None = None) -> Report:
    """The report in the file at `path`, read in a child process of its own.

    Raises what `parse` raises, and UnreadableFile for a file that breaks a limit.
    """
    with Worker(AS_REPORT) as worker:
        return worker.work(Path(path), limits or Limits())


@dataclass(frozen=True, slots=True)
class _Request:
    """A file that a worker was asked to read."""

    name: str
    line: bytes
    limits: Limits


class Worker(Generic[T]):
    """A child process that reads one file after another. Started on first use, again after a kill.

    It takes the `step` with each report. `niceness` is how far it stands back for other processes,
    0 to 19. It may be asked for the next file before it has answered for the last, so that it never
    waits; the answers come in the order of the questions. Not for use by two threads at once.
    """

    def __init__(self, step: Step[T], niceness: int = 0) -> None:
        self._step = step
        self._niceness = niceness
        self._process: subprocess.Popen[bytes] | None = None
        self._killed = False
        self._has_answered = False
        self._asked: deque[_Request] = deque()
        self._received = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def work(self, path: Path, limits: Limits) -> T:
        """What the step makes of the file at `path`; raises NianbaoError with one sentence."""
        self.ask(path, limits)
        return made_of(self._step, self.answer(), path.name)

    def ask(self, path: Path, limits: Limits) -> None:
        """Has the file at `path` read after those asked for before; does not wait for it.

        Raises UnreadableFile for what is not read at all.
        """
        _refuse_by_size(path, limits)
        # As bytes: the worker may decode names otherwise than this process does.
        request = {"path": os.fsencode(path.absolute()).hex(), "limits": asdict(limits)}
        line = json.dumps(request).encode() + b"\n"
        self._asked.append(_Request(path.name, line, limits))
        if self._process is not None:
            _write(self._process, line)

    def answer(self) -> bytes:
        """The answer about the oldest file asked for, for `made_of`; waits for it.

        The file's limit of time counts from here. Raises UnreadableFile where none came.
        """
        request = self._asked[0]
        try:
            answer, status = self._answer_or_status(request)
            if status not in {None, -signal.SIGXCPU} and self._has_answered and not self._killed:
                # It may have been killed from outside, or by what an earlier file left behind.
                answer, status = self._answer_or_status(request)
        finally:
            self._asked.popleft()
        if status is not None:
            raise UnreadableFile(_died(request.name, status, request.limits))
        self._has_answered = True
        return answer

    def kill(self) -> None:
        """End what the worker is doing, from any thread: the file under way is given up for good."""
        self._killed = True
        self._end_group()

    def close(self) -> None:
        """End the worker and everything it started."""
        self._end_group()
        self._received.clear()
        process, self._process = self._process, None
        if process is None:
            return
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _end_group(self) -> None:
        process = self._process
        # A process that was not waited for keeps its number, so nobody else's group is hit.
        if process is not None and process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)

    def _answer_or_status(self, request: _Request) -> tuple[bytes, int | None]:
        """The whole answer and None, or how the worker ended without giving one."""
        if self._process is None:
            self._begin()
        process = self._process
        assert process and process.stdout
        try:
            deadline = time.monotonic() + request.limits.wall_seconds
            answer = _read_line(process.stdout, self._received, deadline)
        except TimeoutError:
            self.close()
            raise UnreadableFile(_too_slow(request.name, request.limits.wall_seconds)) from None
        if answer is not None:
            return answer, None
        # An answer that never ends is a fault too: such a worker is still running.
        self.close()
        return b"", process.returncode

    def _begin(self) -> None:
        """Starts a process and asks it for everything that is still to be answered."""
        self._process, self._killed = _start(self._niceness, self._step.function), False
        self._has_answered = False
        for request in self._asked:
            _write(self._process, request.line)


def _start(niceness: int, function: str) -> subprocess.Popen[bytes]:
    start = _START.format(niceness=niceness, function=function)
    search = os.pathsep.join(filter(None, (str(_PACKAGES), os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-c", start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": search, **_ONE_THREAD},
        start_new_session=True,
    )
    assert process.stdout
    # Only Linux lets one choose, and each user only so many of them.
    with suppress(OSError, AttributeError):
        fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    return process


def _write(process: subprocess.Popen[bytes], line: bytes) -> None:
    """Sends a request; one that died is noticed when its answer is read."""
    assert process.stdin
    with suppress(BrokenPipeError):
        process.stdin.write(line)
        process.stdin.flush()


def _read_line(pipe: IO[bytes], received: bytearray, deadline: float) -> bytes | None:
    """The next line, None where there is no end to it; what comes after it stays in `received`."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN | select.POLLHUP)
    searched = 0
    while (end := received.find(b"\n", searched)) < 0:
        searched = len(received)
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise TimeoutError
        piece = os.read(pipe.fileno(), _MEBIBYTE)
        if not piece or searched > _ANSWER_LIMIT:
            return None
        received += piece
    line = bytes(received[: end + 1])
    del received[: end + 1]
    return line


def _refuse_by_size(path: Path, limits: Limits) -> None:
    try:
        regular, size = path.is_file(), path.stat().st_size
    except OSError as error:
        reason = _REASONS.get(type(error), error.strerror)
        raise UnreadableFile(f"《{path.name}》打不开（{reason}）。请检查路径和权限。") from None
    if not regular:
        raise UnreadableFile(f"《{path.name}》不是文件。请给出报告文件的路径。")
    if size > limits.file_bytes:
        megabytes, most = size / _MEBIBYTE, limits.file_bytes // _MEBIBYTE
        raise UnreadableFile(
            f"《{path.name}》有 {megabytes:.0f} MB，超过 {most} MB 的上限，没有读取。"
            "请压缩其中的图片，或只保留年度报告部分。"
        )


def made_of(step: Step[T], answer: bytes, name: str) -> T:
    """What a worker's answer says of the file called `name`; raises NianbaoError with one sentence."""
    content = json.loads(answer)
    made = content.get("made")
    if isinstance(made, dict):
        return step.read(made)
    raise _error_in(content, name)


def _error_in(answer: Mapping[str, object], name: str) -> NianbaoError:
    error = answer.get("error")
    kind = getattr(errors, str(error), None)
    if isinstance(kind, type) and issubclass(kind, NianbaoError):
        return kind(str(answer["message"]))
    return UnreadableFile(
        f"《{name}》读取时程序出错（{answer.get('message')}），没有读入。"
        "请另存为 .docx 或 .txt 再试，并把原文件反馈给维护者。"
    )


def _too_slow(name: str, seconds: float) -> str:
    return (
        f"《{name}》读取超过 {seconds:g} 秒，已停止。"
        "文件可能已损坏或过于复杂，请另存为 .docx 或重新导出后再试。"
    )


def _died(name: str, status: int, limits: Limits) -> str:
    if status == -signal.SIGXCPU:
        return _too_slow(name, limits.cpu_seconds)
    return f"《{name}》读取时出错中断，没有读入。文件可能已损坏，请另存为 .docx 或重新导出后再试。"


# --- In the worker --------------------------------------------------------------------------------


def serve(niceness: int, function: str) -> None:
    """Answer requests on standard input until it closes. Runs in the worker only."""
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not end up between two answers.
    os.dup2(2, 1)
    # A fault of the program ends this worker; its last line is the answer, so that the parent can
    # say what happened.
    sys.excepthook = lambda kind, error, _trace: _answer(
        answers, {"error": None, "message": f"{kind.__name__}: {error}"}
    )
    with suppress(OSError):
        os.nice(niceness)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    module, _, name = function.partition(":")
    step: Callable[[Report], object] = getattr(import_module(module), name)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        limits = Limits(**request["limits"])
        _limit_self(limits)
        path = Path(os.fsdecode(bytes.fromhex(request["path"])))
        content, is_spent = _made(step, path, limits)
        _answer(answers, content)
        if is_spent:
            break


def _limit_self(limits: Limits) -> None:
    """Bound this process for one file; CPU time is counted from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds
    _set_soft(resource.RLIMIT_CPU, seconds)
    _set_soft(resource.RLIMIT_AS, limits.memory_bytes)
    # The parent keeps the wall time; this ends a worker whose parent was killed.
    signal.alarm(int(limits.wall_seconds) + 5)


def _set_soft(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, hard))


def _made(
    step: Callable[[Report], object], path: Path, limits: Limits
) -> tuple[dict[str, object], bool]:
    """What to answer about a file, and whether it left this process unfit for another."""
    # Imported here because the parent never parses: it must not load the readers.
    from ingest.parse import parse

    try:
        return {"made": step(parse(path))}, False
    except NianbaoError as error:
        return {"error": type(error).__name__, "message": str(error)}, False
    except MemoryError:
        most = limits.memory_bytes // _MEBIBYTE
        message = f"《{path.name}》读取时占用内存超过 {most} MB，已停止。请重新导出或拆分后再试。"
    except RecursionError:
        message = f"《{path.name}》嵌套过深，无法读取。请另存为 .docx 或重新导出后再试。"
    # What such a file leaves behind in memory is not known: the next one gets a new worker.
    return {"error": UnreadableFile.__name__, "message": message}, True


def _answer(answers: BinaryIO, content: Mapping[str, object]) -> None:
    signal.alarm(0)
    # What is half a character in a file stays that; `json.loads` reads it so too.
    line = json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")
    answers.write(line + b"\n")
    answers.flush()
