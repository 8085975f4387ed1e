"""`python -m tests.bench.checking`: what checking costs, as a ratio to reading the same file.

Ratios of the same run and of the processor's own time, so that they mean the same on any machine
and beside other work: the whole catalogue against parsing, of a clean report, of one with a shifted
row to diagnose and of one with a dozen mistakes; and one report of fifty against one of ten, each
batch with last year's reports in a library.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.checking.check import check
from assistant.checking.review import Batch
from assistant.rules import run
from assistant.rules.texts import section_to_sentences
from ingest.parse import parse, parse_bytes
from ingest.report import Report
from tests.bench.clean import clean_reports
from tests.bench.mutants import ARITHMETIC, OTHERS, row_shifted
from tests.invented import invented_report
from tests.render_files import as_docx, as_html, as_pdf
from tests.render_text import as_cells, as_markdown, as_pipes, as_torn_grid
from vectorstore.library import Library

ROUNDS = 8
FEW, MANY = 10, 50
DOZEN = 12
MOST_OF_PARSING = 1.0
# Per report: linear is 1, comparing each with each is 5.
MOST_GROWTH = 1.5

WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    "每行一格": lambda report: as_cells(report).encode(),
    "断页表格": lambda report: as_torn_grid(report).encode(),
    "Markdown": lambda report: as_markdown(report).encode(),
    "竖线": lambda report: as_pipes(report).encode(),
    "DOCX": as_docx,
    "HTML": as_html,
    "PDF": as_pdf,
}


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The processor's time for some work, the best of several."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def ratios() -> Iterator[tuple[str, float, float]]:
    """Name, measured ratio and bound."""
    clean = clean_reports()["detailed 0"]
    shifted = next(iter(row_shifted(clean))).report
    kinds = {"无错": clean, "错开一行": shifted, "错误成堆": _with_many_mistakes(clean)}
    for name, writer in WRITERS.items():
        for kind, report in kinds.items():
            yield f"全部规则／解析（{name}，{kind}）", _share(writer(report)), MOST_OF_PARSING
    with TemporaryDirectory() as folder:
        few, many = (_each(Path(folder) / str(count), count) for count in (FEW, MANY))
    yield f"每份：{MANY}份一批／{FEW}份一批（上年年报在资料库里）", many / few, MOST_GROWTH


def _with_many_mistakes(report: Report) -> Report:
    """A dozen mistakes, each of another class, in so far as one leaves room for the next."""
    classes = (*ARITHMETIC.values(), *OTHERS.values())
    for mutants in classes[:: len(classes) // DOZEN]:
        found = list(mutants(report))
        if found:
            changed = found[len(found) // 2].report
            whole = len(changed.sections) == len(report.sections)
            report = changed if whole and changed.section(5) == report.section(5) else report
    return replace(report, figures=())


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
