"""`python -m tests.bench.drafting`: ten invented agencies, each drafted, checked and read back.

What issue and promise ask of a draft, counted: the check finds nothing but placeholders, every digit
has an origin, the ten overviews are ten texts, the Word file gives the same tables back. Time is
that of the processor, drafting as a ratio to checking the same report. `--output FOLDER` writes
the Word files, and each page as a picture where LibreOffice is installed.
"""

import argparse
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import mean

import pypdfium2

from assistant.drafting.draft import Draft, draft_to_report
from assistant.drafting.official_word import report_to_docx
from assistant.rules import run
from assistant.rules.similarity import similarity
from ingest.parse import parse_bytes
from ingest.report import TABLE_NAMES, Report
from tests.drafting_cases import (
    CASES,
    MOST_ALIKE,
    MOST_ALIKE_ON_AVERAGE,
    SIGNED,
    Case,
    text_of,
)

MOST_OF_CHECKING = 6.0  # notes are held against the tables, sentences against last year's
ROUNDS = 5
_PLACEHOLDER_RULE = "W102"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one agency's draft shows."""

    name: str
    written: Draft
    report: Report
    findings: tuple[str, ...]
    runs: int
    bound: int
    comes_back: bool

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong but what is still to be supplied."""
        return not self.findings and self.runs == self.bound and self.comes_back


def main(arguments: Sequence[str]) -> int:
    """Prints a line an agency and the sums; returns 1 where one of them is not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.drafting")
    parser.add_argument("--output", type=Path)
    folder = parser.parse_args(arguments).output
    shown = [_shown(name, case) for name, case in CASES.items()]
    for each in shown:
        _say(
            f"{each.name:22} 数字 {each.bound}/{each.runs} 有出处　待补充 {len(each.written.placeholders):2}"
            f"　核查 {'、'.join(each.findings) or '只有待补充'}　Word 读回{'相同' if each.comes_back else '不同'}"
        )
    alike = [
        similarity(text_of(one.written, 1), text_of(other.written, 1))
        for one, other in combinations(shown, 2)
    ]
    ratio = _ratio()
    _say(f"数字共 {sum(e.bound for e in shown)}/{sum(e.runs for e in shown)} 有出处")
    _say(f"第一部分两两相似：平均 {mean(alike):.3f}，最高 {max(alike):.3f}")
    _say(f"起草（含核查）／核查，处理器时间：{ratio:.2f}（上限 {MOST_OF_CHECKING}）")
    if folder:
        _write(shown, folder)
    good = all(e.is_good for e in shown) and ratio <= MOST_OF_CHECKING
    good &= max(alike) < MOST_ALIKE and mean(alike) < MOST_ALIKE_ON_AVERAGE
    return 0 if good else 1


def _shown(name: str, case: Case) -> Shown:
    written = case.draft()
    report = draft_to_report(written, case.tables, SIGNED)
    found = run(report, case.last_year).findings
    graver = tuple(f.rule for f in found if f.severity != "notice" and f.rule != _PLACEHOLDER_RULE)
    has_origin = list(_digit_runs(written))
    again = parse_bytes(report_to_docx(report), "draft.docx")
    same = all(
        again.cell(concept).value == cell.value
        for table in TABLE_NAMES
        for concept, cell in report.tables[table].cells.items()
    )
    comes_back = same and not again.warnings
    return Shown(name, written, report, graver, len(has_origin), sum(has_origin), comes_back)


def _digit_runs(written: Draft) -> Iterator[bool]:
    """Whether each run of digits in the text lies within a number that has an origin."""
    for part in (written.preamble, *written.sections):
        for match in re.finditer(r"\d+", part.text):
            start, end = match.span()
            yield any(b.start <= start and end <= b.end for b in part.prose.bounds)


def _ratio() -> float:
    """What drafting costs of what checking the same reports costs."""
    reports = [
        (draft_to_report(case.draft(), case.tables, SIGNED), case.last_year)
        for case in CASES.values()
    ]
    drafting = _seconds(lambda: [case.draft() for case in CASES.values()])
    return drafting / _seconds(lambda: [run(report, before) for report, before in reports])


def _seconds(work: Callable[[], object]) -> float:
    """The processor's time for some work, the best of several."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def _write(shown: Sequence[Shown], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{each.name.replace(' ', '-')}.docx" for each in shown]
    for each, file in zip(shown, files, strict=True):
        file.write_bytes(report_to_docx(each.report))
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program:
        call = [program, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*call, *map(str, files)], check=True, capture_output=True)
        for file in files:
            _draw(file.with_suffix(".pdf"))
    _say(f"已写入 {folder}")


def _draw(file: Path) -> None:
    """Each page as a picture beside the file."""
    for number, page in enumerate(pypdfium2.PdfDocument(file), 1):
        page.render(scale=1.5).to_pil().save(file.with_name(f"{file.stem}-{number}.png"))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
