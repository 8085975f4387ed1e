"""What a library of a hundred thousand or a million chunks takes, and how long it lets one wait.

`python -m tests.bench size --chunks 100000`; not among the measurements of `make bench`, because a
million take an hour on two free cores and 6 GB of disk. Printed: how fast the chunks are embedded
and stored and both indexes built, p50 and p95 of a search with and without filters, memory, disk,
and what a new process takes to open the library, to warm it, and to its first answer.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.bench.clock import say
from tests.bench.searching import (
    cold,
    cold_searches,
    fill,
    index,
    peak,
    searches,
    size,
    taken,
)
from vectorstore.library import Library

# 3,200 invented agencies in eighteen years: 57,600 reports, 1.4 million chunks.
YEARS = range(2008, 2026)


def main(arguments: Sequence[str]) -> None:
    """Builds the library and prints what it takes."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench size")
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where there is room; removed afterwards")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="nianbao-size-", dir=options.folder) as place:
        folder = Path(place) / "data"
        with Library(folder, notify=say) as library:
            seconds = taken(partial(fill, library, options.chunks, YEARS))
            say(f"{options.chunks} chunks embedded and stored, {rate(options.chunks, seconds)}")
            seconds = taken(partial(index, library))
            say(f"both indexes built, {rate(options.chunks, seconds)}")
            for label, times in searches(library, options.queries).items():
                say(f"  search {label:26} {times}")
        for part in ("records.sqlite3", "keywords", "vectors"):
            say(f"  on disk {part:18} {size(folder / part) / 2**20:8.1f} MB")
        say(f"  memory, peak while building {peak() / 2**10:8.1f} MB")
        say(f"  first answer of a cold process {cold(folder):6.2f} s")
        say(f"  in it, step by step: {cold_searches(folder)}")


def rate(chunks: int, seconds: float) -> str:
    """So many seconds, so many a second."""
    return f"{seconds:.0f} s, {chunks / seconds:.0f} a second"


if __name__ == "__main__":
    main(sys.argv[1:])
