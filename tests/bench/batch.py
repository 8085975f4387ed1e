"""What taking a folder in costs with one worker and with two, and how much memory it takes.

`python -m tests.bench.batch [--files 1000]`. `nianbao ingest FOLDER --workers N` over generated files
of every kind mixed: two workers should take at most 1/1.7 of the time of one, and memory should not
grow with the files: the parent's and the workers' resident size is looked at twice a second, and
its peak over the last third of the run is held against that of the second third. Reading alone
(`parse_many`, without storing) is measured beside it. Times are by the clock; the processor's time
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
from itertools import islice, product
from pathlib import Path

from ingest.batch import parse_many
from ingest.report import Report
from tests.bench.clock import bound, say
from tests.bench.shelves import YEARS, agencies
from tests.invented import invented_report
from tests.render_files import as_cms_page, as_docx, as_html, as_pdf
from tests.render_text import as_cells, as_markdown

_EVERY_S = 0.5
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
class Run:
    """One run over the folder: seconds by the clock and of the processor, and memory in bytes.

    `parent` is the part of the processor's time that storing took, which no worker can share.
    `peaks` are the largest sum of the resident sizes of the parent and its workers in each third of
    the run.
    """

    seconds: float
    processor: float
    parent: float = 0.0
    peaks: tuple[int, int, int] = (0, 0, 0)

    def at_best(self, workers: int, cores: int) -> float:
        """The least seconds that so many workers on so many cores could take for this work."""
        reading = self.processor - self.parent
        return max(reading / workers, self.parent, self.processor / cores)


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
                f"   processor {run.processor:8.1f} s" + _told(run.peaks)
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
        _, second, last = run.peaks
        bound(f"memory, {workers} at work: last third / second", last / second, _MOST_GROWTH)


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


def _told(peaks: Sequence[int]) -> str:
    if not any(peaks):
        return ""
    return "   peaks by thirds " + " | ".join(f"{peak / _MEBIBYTE:.0f} MiB" for peak in peaks)


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
    sizes, parent = [], 0.0
    with subprocess.Popen(
        [*command, "--workers", str(workers)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None:
            sizes.append(_resident(process.pid))
            parent = max(parent, _processor_of(process.pid))
            time.sleep(_EVERY_S)
    assert process.returncode == 0
    third = max(1, len(sizes) // 3)
    return Run(
        time.perf_counter() - start,
        _processor(resource.RUSAGE_CHILDREN) - used,
        parent,
        (max(sizes[:third]), max(sizes[third : 2 * third]), max(sizes[2 * third :])),
    )


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
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        below = [child for task in tasks for child in (task / "children").read_text().split()]
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for child in below)


if __name__ == "__main__":
    main(sys.argv[1:])
