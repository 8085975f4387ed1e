"""What a look-up costs over what its SQL costs, in a small and in a large library.

`python -m tests.bench.asking [--reports 10000] [--processor]`. A single-cell question should take at most 20
times the bare SQL query that fetches the cell, an aggregate over all reports at most 3 times the
bare SQL aggregate, and a single-cell question at 10,000 reports at most 1.5 times what it takes at
100. "Bare" is the text of the query sent through the store's own connection, as a program without
the rest would send it; beside it stands the same text in the sqlite3 module on an open cursor. A
ranking has no aggregate to be held against: its bare query fetches the column in order. At the end a
thousand questions are asked, and memory is looked at before and after. `--processor` counts the
processor's time instead of the clock's, for a machine that does other work meanwhile.
"""

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from sqlalchemy import TextClause, text

from assistant.asking import ask
from tests.bench.clock import Times, bound, say, timed
from tests.bench.shelves import shelve
from vectorstore.holdings import Entry
from vectorstore.library import Library

CELL = "requests/new/total"
_JOINED = "FROM facts JOIN reports ON reports.id = facts.report_id AND reports.current "
_ONE = f"SELECT value {_JOINED} WHERE concept = :concept AND agency = :agency AND year = :year"
_ALL = f"SELECT SUM(value) {_JOINED} WHERE concept = :concept AND year = :year"
_MEAN = f"SELECT AVG(value) {_JOINED} WHERE concept = :concept AND year = :year"
_ORDERED = (
    f"SELECT agency, value {_JOINED} WHERE concept = :concept AND year = :year ORDER BY value DESC"
)
QUESTIONS_IN_ALL = 1_000
MOST_GROWTH = 1.05
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """One library's times, by what was timed."""

    times: Mapping[str, Times]

    def ratio(self, what: str, over: str) -> float:
        """The median of the one over that of the other."""
        return self.times[what].p50 / self.times[over].p50


def main(arguments: Sequence[str]) -> None:
    """Prints the table and the ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.asking")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument(
        "--processor", action="store_true", help="count the processor's time, not the clock's"
    )
    options = parser.parse_args(arguments)
    clock = time.process_time if options.processor else time.perf_counter
    found = {}
    for count in (100, options.reports):
        with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as place:
            start = time.perf_counter()
            with shelve(Path(place), count) as library:
                say(f"{count} reports made in {time.perf_counter() - start:.0f} s")
                found[count] = measured(library, options.questions, clock)
                if count == options.reports:
                    memory_kept(library)
        print_table(found[count])
    large = found[options.reports]
    bound("a cell asked / bare SQL", large.ratio("a cell, asked", "a cell, bare SQL"), 20)
    for what in ("sum", "mean"):
        bound(
            f"a {what} asked / bare SQL", large.ratio(f"a {what}, asked", f"a {what}, bare SQL"), 3
        )
    say(f"a ranking asked / bare SQL {large.ratio('a ranking, asked', 'a ranking, bare SQL'):.2f}")
    grown = large.times["a cell, asked"].p50 / found[100].times["a cell, asked"].p50
    bound(f"a cell asked at {options.reports} / at 100", grown, 1.5)


def measured(library: Library, questions: int, clock: Callable[[], float]) -> Measured:
    """The times over one library by that clock, of questions drawn with a fixed seed."""
    timed_here = partial(timed, clock=clock)
    chance = random.Random(1)
    drawn = [chance.choice(library.entries()) for _ in range(questions)]
    few = drawn[: max(5, questions // 20)]
    path = library.folder / "records.sqlite3"
    with closing(sqlite3.connect(path)) as bare:
        times = {
            "a cell, sqlite3 alone": timed_here([partial(on_cursor, bare, _ONE, e) for e in drawn]),
            "a cell, bare SQL": timed_here([partial(fetched, library, _ONE, e) for e in drawn]),
            "a cell, library.facts": timed_here(
                [facts_of(library, e.agency, e.year) for e in drawn]
            ),
            "a cell, asked": timed_here(
                [partial(answered, library, f"{e.agency}{e.year}年新收多少件申请？") for e in drawn]
            ),
        }
    for what, query, asked in (
        ("a sum", _ALL, "{}年全部单位一共新收多少件申请？"),
        ("a mean", _MEAN, "{}年全部单位平均新收多少件申请？"),
        ("a ranking", _ORDERED, "{}年哪家单位新收申请最多？"),
    ):
        times[f"{what}, bare SQL"] = timed_here([partial(fetched, library, query, e) for e in few])
        times[f"{what}, asked"] = timed_here(
            [partial(answered, library, asked.format(e.year)) for e in few]
        )
    return Measured(times)


def memory_kept(library: Library) -> None:
    """Asks a thousand questions, no two alike, and holds memory against what it was before."""
    entries = library.entries()
    warm, asked = (
        [entries[number % len(entries)] for number in range(start, start + QUESTIONS_IN_ALL)]
        for start in (0, QUESTIONS_IN_ALL)
    )
    for entry in warm:
        answered(library, f"{entry.agency}{entry.year}年新收多少件申请？")
    before = _resident()
    for entry in asked:
        answered(library, f"{entry.agency}{entry.year}年上年结转多少件？")
    after = _resident()
    say(f"memory {before:.0f} MiB, after {QUESTIONS_IN_ALL} questions {after:.0f} MiB")
    bound(f"memory after {QUESTIONS_IN_ALL} questions / before", after / before, MOST_GROWTH)


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEBIBYTE


def facts_of(library: Library, agency: str, year: int) -> Callable[[], object]:
    """The library's own fetch of the cell."""
    return partial(library.facts, CELL, agencies=[agency], years=[year])


def fetched(library: Library, query: str, entry: Entry) -> object:
    """All that a query gives, through the connection that the library itself uses."""
    values = {"concept": CELL, "agency": entry.agency, "year": entry.year}
    with library._database.reading() as connection:
        return connection.execute(_text(query), values).all()


@cache
def _text(query: str) -> TextClause:
    return text(query)


def on_cursor(bare: sqlite3.Connection, query: str, entry: Entry) -> object:
    """The same by the sqlite3 module alone."""
    values = {"concept": CELL, "agency": entry.agency, "year": entry.year}
    return bare.execute(query, values).fetchall()


def answered(library: Library, question: str) -> None:
    """Asks, and stops the measurement when the answer is none."""
    answer = ask(question, library)
    if answer.status != "answered" or not answer.values:
        raise SystemExit(f"not answered: {question} → {answer}")


def print_table(found: Measured) -> None:
    """One line a measurement."""
    for label, times in found.times.items():
        say(f"  {label:26} {times}")


if __name__ == "__main__":
    main(sys.argv[1:])
