"""What taking a folder in costs with one worker and with two, and how much memory it takes.

`python -m tests.bench.batch [--files 1000]`. `nianbao ingest FOLDER --workers N` over generated files
of every kind mixed: two workers should take at most 1/1.7 of the time of one, and memory should not
grow with the files: the parent's and the workers' resident sizes are looked at twice a second, and
their peak over the last third of the files is held against that of the second third; the peaks up to
a hundred files, five hundred and all are printed. Reading alone (`parse_many`, without storing) is
measured beside it. Times are by the clock; the processor's time of the parent and of the workers
stands beside them, because the clock says little while the machine does other work. From it follows
what the clock can show at best: one worker reads while the parent stores, so a machine of two cores
is busy with one worker already, and only what the parent leaves of the second core can be gained.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from pathlib import Path

from ingest.batch import parse_many
from ingest.report import Report
from tests.bench.clock import bound, say
from tests.bench.shelves import YEARS, agencies
from tests.invented import invented_report
from tests.render_files import as_cms_page, as_docx, as_html, as_pdf
from tests.render_text import as_cells, as_markdown

_EVERY_S = 0.5
_LOOKED_AT = (100, 500)
_MOST_OF_ONE = round(1 / 1.7, 3)
_MOST_GROWTH = 1.1
_MEBIBYTE = 1024 * 1024
_RENDERERS: tuple[tuple[str, Callable[[Report], bytes | str]], ...] = (
    ("pdf", as_pdf),
    ("docx", as_docx),
    ("html", as_html),
    ("htm", as_cms_page),
    ("txt", as_cells),
    ("md", as_markdown),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """The resident bytes of the parent and of all its workers after so many files."""

    files: int
    parent: int
    workers: int


@dataclass(frozen=True, slots=True)
class Run:
    """One run over the folder: seconds by the clock and of the processor, and memory on the way.

    `parent` is the part of the processor's time that storing took, which no worker can share.
    """

    seconds: float
    processor: float
    parent: float = 0.0
    samples: tuple[Sample, ...] = ()

    def at_best(self, workers: int, cores: int) -> float:
        """The least seconds that so many workers on so many cores could take for this work."""
        reading = self.processor - self.parent
        return max(reading / workers, self.parent, self.processor / cores)

    def peak(self, after: float, until: float) -> Sample:
        """The most memory between so many files and so many; all zero where nobody looked."""
        found = [each for each in self.samples if after < each.files <= until]
        return max(found, key=lambda each: each.parent + each.workers, default=Sample(0, 0, 0))


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.batch")
    parser.add_argument("--files", type=int, default=1_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as place:
        folder = Path(place, "in")
        folder.mkdir()
        paths = list(write_mixed(folder, options.files))
        say(f"{len(paths)} files of {len(_RENDERERS)} kinds")
        read = [_reading(paths, workers) for workers in (1, 2)]
        taken = [_ingesting(folder, Path(place, f"library-{n}"), n) for n in (1, 2)]
    for label, runs in (("read", read), ("ingest", taken)):
        for workers, run in enumerate(runs, start=1):
            say(
                f"  {label:7} {workers} worker{'s' * (workers > 1):1} {run.seconds:8.1f} s"
                f"   processor: parent {run.parent:6.1f} s, workers"
                f" {run.processor - run.parent:6.1f} s"
            )
    for label, (one, two) in (("reading", read), ("ingest", taken)):
        say(f"{label}: two workers are {one.seconds / two.seconds:.2f} times as fast as one")
        bound(f"{label}, two workers / one", two.seconds / one.seconds, _MOST_OF_ONE)
    one = taken[0]
    for cores in (2, 4):
        gained = one.at_best(1, cores) / one.at_best(2, cores)
        say(
            f"ingest: {one.parent:.1f} s of {one.processor:.1f} s are the parent's;"
            f" on {cores} idle cores two workers can be {gained:.2f} times as fast"
        )
    for workers, run in enumerate(taken, start=1):
        for files in (*(n for n in _LOOKED_AT if n < options.files), options.files):
            peak = run.peak(-1, files)
            say(
                f"  memory, {workers} at work, up to {files:5} files: parent"
                f" {peak.parent / _MEBIBYTE:5.0f} MiB, workers {peak.workers / _MEBIBYTE:5.0f} MiB"
            )
        thirds = [options.files * part / 3 for part in (1, 2, 3)]
        second, last = (run.peak(*part) for part in pairwise(thirds))
        growth = (last.parent + last.workers) / max(1, second.parent + second.workers)
        bound(f"memory, {workers} at work: last third / second", growth, _MOST_GROWTH)


def write_mixed(folder: Path, count: int) -> Iterator[Path]:
    """So many files of every kind in turn, each the report of an agency and year of its own."""
    places = islice(product(agencies(), YEARS), count)
    for number, (agency, year) in enumerate(places):
        suffix, render = _RENDERERS[number % len(_RENDERERS)]
        report = invented_report(seed=number, agency=agency, year=year)
        content = render(report)
        path = folder / f"{number:05}.{suffix}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        yield path


def _reading(paths: Sequence[Path], workers: int) -> Run:
    """Reading alone, in this process and its workers."""
    start, used = time.perf_counter(), _processor(resource.RUSAGE_CHILDREN)
    failed = [parsed.path.name for parsed in parse_many(paths, workers) if parsed.error]
    assert not failed, failed
    seconds = time.perf_counter() - start
    return Run(seconds, _processor(resource.RUSAGE_CHILDREN) - used)


def _ingesting(folder: Path, data: Path, workers: int) -> Run:
    """The command itself, from an empty library on."""
    command = [sys.executable, "-m", "assistant", "ingest", str(folder), "--data", str(data)]
    start, used = time.perf_counter(), _processor(resource.RUSAGE_CHILDREN)
    samples, parent = [], 0.0
    said = data.with_name(f"{data.name}.txt")
    with (
        said.open("wb") as lines,
        subprocess.Popen(
            [*command, "--workers", str(workers)], stdout=lines, stderr=subprocess.DEVNULL
        ) as process,
    ):
        while process.poll() is None:
            own, whole = _own_resident(process.pid), _resident(process.pid)
            # One line a file.
            samples.append(Sample(said.read_bytes().count(b"\n"), own, max(0, whole - own)))
            parent = max(parent, _processor_of(process.pid))
            time.sleep(_EVERY_S)
        seconds = time.perf_counter() - start
    assert process.returncode == 0
    processor = _processor(resource.RUSAGE_CHILDREN) - used
    return Run(seconds, processor, parent, tuple(samples))


def _processor(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def _processor_of(pid: int) -> float:
    """Seconds of the processor that a process itself has used so far; 0 for one that has ended."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> int:
    """Bytes that a process and all below it hold in memory; 0 for one that has ended."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        below = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return 0
    return _own_resident(pid) + sum(_resident(int(child)) for child in below)


def _own_resident(pid: int) -> int:
    """Bytes that a process itself holds in memory; 0 for one that has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(sys.argv[1:])
