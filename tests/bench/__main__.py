"""Every measurement, one after another, each in a process of its own: `make bench`.

Name some of them to run only those: `python -m tests.bench reading asking`. Options are passed on:
`python -m tests.bench size --chunks 100000`, which is run only when it is named.
"""

import subprocess
import sys
from itertools import takewhile

MEASUREMENTS = (
    *("reading", "batch", "encoding", "searching", "asking", "checking", "mutations"),
    *("drafting", "serving", "hostile"),
)


def main(arguments: list[str]) -> int:
    """Runs the measurements named, all when none is; returns the number of those that failed."""
    chosen = list(takewhile(lambda argument: not argument.startswith("-"), arguments))
    options = arguments[len(chosen) :]
    failed = 0
    for name in chosen or MEASUREMENTS:
        sys.stdout.write(f"\n== {name} ==\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", f"tests.bench.{name}", *options]
        failed += subprocess.run(command).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
