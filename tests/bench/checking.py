"""`python -m tests.bench.checking`: what checking costs, as a ratio to reading the same file.

Ratios of the same run, so that they mean the same on any machine: the whole catalogue against
parsing, of a clean report and of one with mistakes to diagnose, and one report of fifty against one
of ten, each batch with last year's reports in a library.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.checking.check import check
from assistant.checking.review import Batch
from assistant.rules import run
from assistant.rules.texts import section_to_sentences
from ingest.parse import parse, parse_bytes
from ingest.report import Report
from tests.bench.clean import clean_reports
from tests.bench.mutants import row_shifted
from tests.invented import invented_report
from tests.render_files import as_docx, as_html, as_pdf
from tests.render_text import as_cells, as_markdown
from vectorstore.library import Library

ROUNDS = 15
FEW, MANY = 10, 50
MOST_OF_PARSING = 1.0
# Per report: linear is 1, comparing each with each is 5.
MOST_GROWTH = 1.5

WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    "每行一格": lambda report: as_cells(report).encode(),
    "Markdown": lambda report: as_markdown(report).encode(),
    "DOCX": as_docx,
    "HTML": as_html,
    "PDF": as_pdf,
}


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The best time of some work: what else the machine did is in all the others."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def ratios() -> Iterator[tuple[str, float, float]]:
    """Name, measured ratio and bound."""
    clean = clean_reports()["detailed 0"]
    faulty = next(iter(row_shifted(clean))).report
    for name, writer in WRITERS.items():
        for kind, report in (("无错", clean), ("有错", faulty)):
            yield f"全部规则／解析（{name}，{kind}）", _share(writer(report)), MOST_OF_PARSING
    with TemporaryDirectory() as folder:
        few, many = (_each(Path(folder) / str(count), count) for count in (FEW, MANY))
    yield f"每份：{MANY}份一批／{FEW}份一批（上年年报在资料库里）", many / few, MOST_GROWTH


def _share(data: bytes) -> float:
    """The time of the whole catalogue as a share of the time of reading."""
    parsed = parse_bytes(data, "年报")

    def checked_cold() -> None:
        # Sentences of a report are kept; a file that was just read has none.
        section_to_sentences.cache_clear()
        run(parsed)

    return seconds(checked_cold) / seconds(lambda: parse_bytes(data, "年报"))


def _each(folder: Path, count: int) -> float:
    """Seconds to check one of `count` reports, last year's of each in a library. Best of three."""
    with Library(folder / "data") as library:
        names = [f"云溪市青禾区第{n}管理局" for n in range(count)]
        before = [_written(folder, name, n, 2022) for n, name in enumerate(names)]
        for _ in library.ingest(before):
            pass
        reports = [parse(_written(folder, name, n, 2023)) for n, name in enumerate(names)]

        def check_all() -> None:
            batch = Batch(reports, library)
            for report in reports:
                check(report, batch)

        check_all()
        return seconds(check_all, 3) / count


def _written(folder: Path, agency: str, seed: int, year: int) -> Path:
    report = invented_report(balanced=True, seed=seed, agency=agency, year=year)
    path = folder / f"{year}-{seed}.txt"
    path.write_text(as_cells(report), encoding="utf-8")
    return path


def main() -> None:
    """Print each ratio beside its bound; exit 1 when one is over it."""
    good = True
    for name, ratio, bound in ratios():
        sys.stdout.write(f"{name}：{ratio:.2f}（上限 {bound:.1f}）\n")
        good &= ratio <= bound
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
