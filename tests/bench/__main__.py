"""Every measurement, one after another, each in a process of its own: `make bench`.

Name some of them to run only those: `python -m tests.bench reading asking`.
"""

import subprocess
import sys

MEASUREMENTS = ("reading", "encoding", "searching", "asking", "checking", "mutations", "serving")


def main(chosen: list[str]) -> int:
    """Runs the measurements named, all when none is; returns the number of those that failed."""
    failed = 0
    for name in chosen or MEASUREMENTS:
        sys.stdout.write(f"\n== {name} ==\n")
        sys.stdout.flush()
        failed += subprocess.run([sys.executable, "-m", f"tests.bench.{name}"]).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
