"""`python -m tests.bench.checking`: what checking costs, as a ratio to reading the same file.

Ratios of the same run, so that they mean the same on any machine: the whole catalogue against
parsing, and fifty reports held against each other against twenty-five.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from statistics import median

from assistant.checking.check import check
from assistant.checking.review import Batch
from assistant.rules import run
from ingest.parse import parse_bytes
from ingest.report import Report
from tests.bench.clean import clean_reports
from tests.invented import invented_report
from tests.render_files import as_docx, as_html
from tests.render_text import as_cells, as_markdown

ROUNDS = 5
FEW, MANY = 25, 50
MOST_OF_PARSING = 1.0
# Twice the reports: linear is 2, comparing each with each is 4.
MOST_GROWTH = 3.0

WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    "每行一格": lambda report: as_cells(report).encode(),
    "Markdown": lambda report: as_markdown(report).encode(),
    "DOCX": as_docx,
    "HTML": as_html,
}


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of some work."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return median(times)


def ratios() -> Iterator[tuple[str, float, float]]:
    """Name, measured ratio and bound."""
    report = clean_reports()["detailed 0"]
    for name, writer in WRITERS.items():
        data = writer(report)
        parsed = parse_bytes(data, "年报")
        reading = seconds(lambda data=data: parse_bytes(data, "年报"))  # type: ignore[misc]
        checking = seconds(lambda parsed=parsed: run(parsed))  # type: ignore[misc]
        yield f"全部规则／解析（{name}）", checking / reading, MOST_OF_PARSING
    few, many = seconds(lambda: _check_batch(FEW), 1), seconds(lambda: _check_batch(MANY), 1)
    yield f"{MANY}份互查／{FEW}份互查", many / few, MOST_GROWTH


def _check_batch(count: int) -> None:
    """Check a batch of different agencies with last year's of each."""
    reports = [
        invented_report(balanced=True, seed=n, agency=f"云溪市青禾区第{n}管理局", year=year)
        for n in range(count)
        for year in (2022, 2023)
    ]
    batch = Batch(reports)
    for report in reports:
        check(report, batch)


def main() -> None:
    """Print each ratio beside its bound; exit 1 when one is over it."""
    good = True
    for name, ratio, bound in ratios():
        sys.stdout.write(f"{name}：{ratio:.2f}（上限 {bound:.1f}）\n")
        good &= ratio <= bound
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
