"""What a look-up costs over what its SQL costs, in a small and in a large library.

`python -m tests.bench.asking [--reports 10000]`. A single-cell question should take at most 20
times the bare SQL query that fetches the cell, an aggregate over all reports at most 3 times the
bare SQL aggregate, and a single-cell question at 10,000 reports at most 1.5 times what it takes at
100. "Bare" is the sqlite3 module on an open connection.
"""

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.asking import ask
from tests.bench.clock import Times, bound, say, timed
from tests.bench.shelves import shelve
from vectorstore.library import Library

CELL = "requests/new/total"
_ONE = (
    "SELECT value FROM facts JOIN reports ON reports.id = facts.report_id AND reports.current "
    "WHERE concept = ? AND agency = ? AND year = ?"
)
_ALL = (
    "SELECT SUM(value) FROM facts JOIN reports ON reports.id = facts.report_id AND reports.current "
    "WHERE concept = ? AND year = ?"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One library's times."""

    bare_cell: Times
    fact: Times
    cell: Times
    bare_sum: Times
    aggregate: Times
    total: Times


def main(arguments: Sequence[str]) -> None:
    """Prints the table and the ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.asking")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args(arguments)
    found = {}
    for count in (100, options.reports):
        with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as place:
            start = time.perf_counter()
            with shelve(Path(place), count) as library:
                say(f"{count} reports made in {time.perf_counter() - start:.0f} s")
                found[count] = measured(library, options.questions)
        print_table(found[count])
    small, large = found[100], found[options.reports]
    bound("a cell asked / bare SQL", large.cell.p50 / large.bare_cell.p50, 20)
    bound("a sum asked / bare SQL", large.total.p50 / large.bare_sum.p50, 3)
    bound(f"a cell asked at {options.reports} / at 100", large.cell.p50 / small.cell.p50, 1.5)


def measured(library: Library, questions: int) -> Measured:
    """The times over one library, of questions drawn with a fixed seed."""
    chance = random.Random(1)
    drawn = [chance.choice(library.entries()) for _ in range(questions)]
    few = drawn[: max(5, questions // 20)]
    bare = sqlite3.connect(library.folder / "records.sqlite3")
    try:
        return Measured(
            timed([partial(fetched, bare, _ONE, CELL, e.agency, e.year) for e in drawn]),
            timed([facts_of(library, e.agency, e.year) for e in drawn]),
            timed(
                [partial(answered, library, f"{e.agency}{e.year}年新收多少件申请？") for e in drawn]
            ),
            timed([partial(fetched, bare, _ALL, CELL, e.year) for e in few]),
            timed([partial(library.aggregate, CELL, years=[e.year]) for e in few]),
            timed(
                [partial(answered, library, f"{e.year}年全部单位一共新收多少件申请？") for e in few]
            ),
        )
    finally:
        bare.close()


def facts_of(library: Library, agency: str, year: int) -> Callable[[], object]:
    """The library's own fetch of the cell."""
    return partial(library.facts, CELL, agencies=[agency], years=[year])


def fetched(bare: sqlite3.Connection, query: str, *values: object) -> object:
    """The one value of a query."""
    return bare.execute(query, values).fetchone()[0]


def answered(library: Library, question: str) -> None:
    """Asks, and stops the measurement when the answer is none."""
    answer = ask(question, library)
    if answer.status != "answered" or not answer.values:
        raise SystemExit(f"not answered: {question} → {answer}")


def print_table(times: Measured) -> None:
    """One line a measurement."""
    for label, value in (
        ("a cell, bare SQL", times.bare_cell),
        ("a cell, library.facts", times.fact),
        ("a cell, asked", times.cell),
        ("a sum, bare SQL", times.bare_sum),
        ("a sum, library.aggregate", times.aggregate),
        ("a sum, asked", times.total),
    ):
        say(f"  {label:26} {value}")


if __name__ == "__main__":
    main(sys.argv[1:])
