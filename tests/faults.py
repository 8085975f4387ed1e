"""Kills during ingest, again and again: nothing acknowledged is lost, and every start recovers.

`python -m tests.faults [--rounds 200] [--seed 1]`. A child takes in a folder of reports and says
each one that it has; it is killed (SIGKILL) at a random moment within three seconds of the first.
Then this process opens what is left: every report that was said is there, whole, with its original;
nothing else lies about; searches answer; and taking in the same folder again completes it. The
embedder is the small one of the tests, so that the kills fall on writing and not on computing.
"""

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.hash_embedder import HashEmbedder
from tests.library_files import write_many
from vectorstore import library as library_module
from vectorstore.library import Library

ROOT = Path(__file__).parents[1]
REPORTS = 60
# Small, so that the caches are written often.
REPORTS_A_STEP = 5
LONGEST_S = 3.0


@dataclass(slots=True)
class Tally:
    """What the rounds came to. `said` counts what the library said on opening, by first words."""

    rounds: int = 0
    acknowledged: int = 0
    in_the_middle: int = 0
    faults: list[str] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        lines = [
            f"kills {self.rounds}, of them in the middle of the ingest {self.in_the_middle}",
            f"reports acknowledged {self.acknowledged}, faults {len(self.faults)}",
            *(f"  fault: {fault}" for fault in self.faults),
            *(f"  said {count} times: {words}" for words, count in self.said.most_common()),
        ]
        return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Runs the rounds and prints the tally; 1 when a round broke what is promised."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="nianbao-faults-") as place:
        files = Path(place) / "files"
        write_many(files, REPORTS)
        for number in range(options.rounds):
            fault = one_round(files, Path(place) / "data", chance, tally)
            if fault:
                tally.faults.append(f"round {number}: {fault}")
            if fault or number % 20 == 19:
                say(f"{number + 1} rounds, {len(tally.faults)} faults")
    say(str(tally))
    return 1 if tally.faults else 0


def one_round(files: Path, folder: Path, chance: random.Random, tally: Tally) -> str | None:
    """One kill and one recovery; returns what was broken, None when nothing was."""
    shutil.rmtree(folder, ignore_errors=True)
    acknowledged = killed_ingest(files, folder, chance.uniform(0, LONGEST_S))
    tally.rounds += 1
    tally.acknowledged += len(acknowledged)
    tally.in_the_middle += len(acknowledged) < REPORTS
    said: list[str] = []
    try:
        with Library(folder, embedder=HashEmbedder(), notify=said.append) as library:
            fault = broken_promise(library, acknowledged) or incomplete(library, files)
    except Exception as error:  # noqa: BLE001 - whatever leaves the library is the finding
        fault = repr(error)
    tally.said.update(sentence.partition("（")[0] for sentence in said)
    return fault


def killed_ingest(files: Path, folder: Path, seconds: float) -> set[str]:
    """Takes the files in from a child, killed so long after its first word; what it had said."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults", "--child", str(files), str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with child:
        assert child.stdout
        first = child.stdout.readline()
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        # The last line may be cut short: what was not said whole was not said.
        said = (first + child.stdout.read()).splitlines(keepends=True)
    return {line.strip() for line in said if line.endswith("\n")}


def broken_promise(library: Library, acknowledged: set[str]) -> str | None:
    """What of the promise does not hold on opening."""
    entries = library.entries()
    lost = acknowledged - {entry.id for entry in entries}
    if lost:
        return f"lost {sorted(lost)}"
    for entry in entries:
        if library.report(entry.id).agency != entry.agency:
            return f"{entry.id} is not what its entry says"
        if not library.original(entry.id).is_file():
            return f"{entry.id} has no original"
        if not library.facts("requests/new/total", agencies=[entry.agency]):
            return f"{entry.id} has no facts"
        if not library.search("办理来访", agencies=[entry.agency]):
            return f"{entry.id} is not found"
    originals = list((library.folder / "originals").glob("*"))
    if len(originals) != len(entries):
        return f"{len(originals)} originals for {len(entries)} reports"
    if entries and not library.search("设立解读漫画"):
        return "nothing is found"
    return None


def incomplete(library: Library, files: Path) -> str | None:
    """What is missing after taking in the same files again."""
    failed = [each.message for each in library.ingest([files], workers=2) if not each.report]
    if failed or len(library.entries()) != REPORTS:
        return f"{len(library.entries())} of {REPORTS} after a second ingest; {failed[:2]}"
    if len({passage.agency for passage in library.search("办理来访", limit=20)}) < 10:
        return "the search misses what was added"
    return None


def child(files: str, folder: str) -> None:
    """The process that is killed: prints the identifier of each report it has taken in."""
    library_module.REPORTS_A_STEP = REPORTS_A_STEP
    with Library(folder, embedder=HashEmbedder()) as library:
        for each in library.ingest([files], workers=2):
            if each.report:
                say(each.report.id)


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
    else:
        sys.exit(main(sys.argv[1:]))
