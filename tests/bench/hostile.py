"""What hostile and strange files cost: rows 8 to 20 and 49 to 58 of the fault table, one by one.

`python -m tests.bench.hostile [--rows 13 55]`. Every file is made, read by `nianbao parse`, put into
a conversation as the page does, and taken in by one `nianbao ingest` of them all, the report of
another agency last. Each must come to a report or to one sentence, the same on every way, within 20
seconds and 1 GB (the largest process), with no cell wrong in silence; of a refused file nothing may
be kept, and the last file must be taken in. Seconds and megabytes are those of `nianbao parse`, the
start of the program included; the processor's seconds stand beside those of the clock, because the
clock says little while the machine does other work. Exits 1 when a file fails.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from assistant.settings import Settings
from assistant.web.uploads import FOLDER, Uploads
from ingest.errors import NianbaoError
from ingest.report import Report
from ingest.report_json import report_from_dict
from tests.bench.clock import say
from tests.fault_table import FAULTS, Fault
from tests.invented import invented_report
from tests.render_files import as_docx
from tests.table_score import expected_of, score

_MOST_SECONDS = 20.0
_MOST_MEGABYTES = 1024.0
_NEXT = "云溪市下一份局"
_TALK = "hostile-{}"
_WITHOUT_IDENTITY = "没有认出"
_STOPPED = "已停止"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed and said, and what it took; megabytes are its largest process's."""

    printed: str
    sentence: str
    seconds: float
    processor: float
    megabytes: float

    @property
    def report(self) -> Report | None:
        """The report that was printed, None for a file that was refused."""
        return report_from_dict(json.loads(self.printed)) if self.printed else None


def main(arguments: Sequence[str]) -> int:
    """Prints the table; 1 when a file fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.hostile")
    parser.add_argument("--rows", nargs="*", type=int, default=[])
    options = parser.parse_args(arguments)
    failed = []
    with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as place:
        sentences = {}
        say(f"{'row, file':46}{'s':>6}{'cpu s':>7}{'MB':>6}")
        for path, fault in _made(Path(place, "in"), options.rows):
            outcome = _command("parse", "--json", str(path))
            faults = list(_faults(fault, outcome))
            sentences[path] = outcome.sentence
            failed += faults
            _tell(fault, outcome, faults)
        failed += _uploaded(Path(place, "page"), sentences)
        failed += _ingested(Path(place), sentences)
    say(f"{len(sentences)} files, {len(failed)} faults")
    for fault_found in failed:
        say(f"  {fault_found}")
    return 1 if failed else 0


def _made(folder: Path, rows: Sequence[int]) -> Iterator[tuple[Path, Fault]]:
    """Each file, in a folder of its own: several have one name.

    Made by another process: what a process has held in memory counts for those that it starts.
    """
    chosen = [n for n, fault in enumerate(FAULTS) if not rows or fault.row in rows]
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        for number in chosen:
            yield pool.submit(_write, folder, number).result(), FAULTS[number]


def _write(folder: Path, number: int) -> Path:
    fault = FAULTS[number]
    path = folder / str(number) / fault.name
    path.parent.mkdir(parents=True)
    path.write_bytes(fault.make())
    os.truncate(path, max(path.stat().st_size, fault.padded_to))
    return path


def _command(*arguments: str) -> Outcome:
    """One command of the program, and what it and all its children took."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant", *arguments], stdout=printed, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for stream in (printed, said):
            stream.seek(0)
            texts.append(stream.read().decode())
    processor = used.ru_utime + used.ru_stime
    return Outcome(texts[0], texts[1], seconds, processor, used.ru_maxrss / 1024)


def _faults(fault: Fault, outcome: Outcome) -> Iterator[str]:
    """What is not as the table wants it."""
    told = f"row {fault.row}, {fault.what}:"
    # A busy machine takes longer by the clock; no file may take longer of the processor.
    if min(outcome.seconds, outcome.processor) > _MOST_SECONDS:
        yield f"{told} {outcome.seconds:.1f} s"
    if outcome.megabytes > _MOST_MEGABYTES:
        yield f"{told} {outcome.megabytes:.0f} MB"
    report = outcome.report
    if report is None:
        lines = outcome.sentence.splitlines()
        is_told = (fault.said or "") in outcome.sentence
        is_told |= not fault.is_quick and _STOPPED in outcome.sentence
        if len(lines) != 1 or fault.said == "" or not is_told:
            yield f"{told} {outcome.sentence or 'said nothing'}"
        return
    if fault.said:
        yield f"{told} was read"
    if fault.code and fault.code not in {doubt.code for doubt in report.doubts}:
        yield f"{told} {fault.code} is not said"
    if fault.report:
        silent = score(report.tables, expected_of(fault.report)).silent
        yield from (f"{told} {cell}" for cell in silent)


def _tell(fault: Fault, outcome: Outcome, faults: Sequence[str]) -> None:
    """One line of the table."""
    taken = f"{outcome.seconds:6.1f}{outcome.processor:7.1f}{outcome.megabytes:6.0f}"
    told = outcome.sentence.strip()
    report = outcome.report
    if report:
        told = f"read: {report.agency or '—'} {report.year or '—'}, {len(report.warnings)} doubts"
    say(f"{fault.row:3} {fault.what:42}{taken}  {'FAILED ' if faults else ''}{told}")


def _uploaded(folder: Path, sentences: Mapping[Path, str]) -> Iterator[str]:
    """What goes wrong where each file is put into a conversation of its own, as the page does."""
    start = time.perf_counter()
    uploads = Uploads(folder, Settings(data=folder))
    for number, (path, sentence) in enumerate(sentences.items()):
        talk = _TALK.format(number)
        try:
            uploads.add(talk, path)
            said = ""
        except NianbaoError as error:
            said = str(error)
        kept = list(Path(folder, FOLDER, talk, "originals").glob("*"))
        if not _are_alike(said, sentence.strip()) or bool(kept) == bool(said):
            yield f"upload of {path.name}: {said or 'taken'}, {len(kept)} kept; parse: {sentence}"
        uploads.remove(talk)
    uploads.close()
    say(f"uploaded one by one in {time.perf_counter() - start:.0f} s")


def _are_alike(said: str, parsed: str) -> bool:
    """Whether a file came to the same, or to what only another way or another moment says.

    A file without agency or year can be read and not be taken in; one that takes almost as long as
    it may is refused for that or for what it is.
    """
    if not parsed:
        return not said or _WITHOUT_IDENTITY in said
    return said == parsed or (bool(said) and _STOPPED in said + parsed)


def _ingested(folder: Path, sentences: Mapping[Path, str]) -> Iterator[str]:
    """What goes wrong where all of them are taken in at once, with a good report behind them."""
    last = folder / "下一份.docx"
    last.write_bytes(as_docx(invented_report(agency=_NEXT)))
    data = folder / "library"
    outcome = _command("ingest", "--json", "--data", str(data), *map(str, (*sentences, last)))
    *items, summary = map(json.loads, outcome.printed.splitlines())
    taken = 0
    for (path, sentence), item in zip(sentences.items(), items, strict=False):
        refused = item["status"] == "failed"
        taken += item["status"] in {"added", "edition"}
        said = item["message"] if refused else ""
        if not _are_alike(said, sentence.strip()):
            yield f"ingest of {path.name}: {item['message']}; parse: {sentence}"
    if items[-1]["agency"] != _NEXT or summary["summary"]["files"] != len(sentences) + 1:
        yield f"ingest: the file after them: {items[-1]}"
    kept = len(list((data / "originals").iterdir()))
    if kept != taken + 1:
        yield f"ingest: {kept} originals kept of {taken + 1} reports"
    say(f"taken in together in {outcome.seconds:.0f} s: {summary['summary']}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
