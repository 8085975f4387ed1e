"""`python -m tests.bench.mutations`: how many mistakes the catalogue catches, in every format.

From each clean report one thing is changed; the changed report is written as a file, read again and
checked. A mistake is caught when the check says something that it does not say of the clean file,
located when one such finding points at the change, single when nothing else is said, and every error
that does not point at it is falsely raised.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.rules import Check, Finding, run
from ingest.parse import parse_bytes
from ingest.report import Report
from tests.bench.clean import clean_reports
from tests.bench.mutants import ARITHMETIC, OTHERS, Mutant, Mutants, reread
from tests.render_files import as_docx, as_html, as_pdf
from tests.render_text import as_cells, as_markdown, as_pipes, as_torn_grid

LEAST_ARITHMETIC = 0.99
LEAST_OTHER = 0.95
LEAST_SINGLE = 0.99

FileWriter = Callable[[Report], bytes | str]
FORMATS: Mapping[str, FileWriter | None] = {
    "内存": None,
    "每行一格": as_cells,
    "断页表格": as_torn_grid,
    "Markdown": as_markdown,
    "竖线": as_pipes,
    "DOCX": as_docx,
    "HTML": as_html,
    "PDF": as_pdf,
}
"""Format → what writes it; the report itself where nothing is written."""
# No font draws it: a page in print cannot hold this mistake.
UNPRINTABLE = "\ufffd"


@dataclass(slots=True)
class Tally:
    """What became of the mutants of one class."""

    tried: int = 0
    caught: int = 0
    located: int = 0
    single: int = 0
    false_errors: int = 0
    missed: list[str] = field(default_factory=list)
    unlocated: list[str] = field(default_factory=list)
    several: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share that was caught."""
        return self.caught / self.tried if self.tried else 1.0

    @property
    def single_share(self) -> float:
        """The share of which exactly one thing was said."""
        return self.single / self.tried if self.tried else 1.0

    def add(self, mutant: Mutant, label: str, news: Sequence[Finding]) -> None:
        """Count one mutant and what was said of it and not of the clean report."""
        pointing = [finding for finding in news if points_at(finding, mutant)]
        self.tried += 1
        self.caught += bool(news)
        self.located += bool(pointing)
        self.single += len(news) == 1
        self.false_errors += sum(f.severity == "error" for f in news if f not in pointing)
        if not news:
            self.missed.append(label)
        elif not pointing:
            self.unlocated.append(f"{label} ⇒ {news[0].rule} {news[0].message}")
        if len(news) > 1:
            told = "；".join(f"{finding.rule} {finding.message}" for finding in news)
            self.several.append(f"{label} ⇒ {told}")


def points_at(finding: Finding, mutant: Mutant) -> bool:
    """Whether a finding, or one listed beneath it, shows the very thing that was changed."""
    texts = [finding.message, *(e.place.quote or "" for e in finding.evidence)]
    cells = {(e.place.table, e.place.row, e.place.column) for e in finding.evidence}
    if cells & mutant.cells or any(word in text for word in mutant.words for text in texts):
        return True
    return any(points_at(consequence, mutant) for consequence in finding.consequences)


def checked(report: Report, writer: FileWriter | None) -> Check:
    """The check of a report as it reads when written in a format."""
    if writer is None:
        return run(reread(report))
    written = writer(report)
    data = written if isinstance(written, bytes) else written.encode()
    return run(parse_bytes(data, "年报"))


def new_findings(clean: Check, changed: Check) -> list[Finding]:
    """The findings of `changed` that are not findings of `clean`."""
    known = {_said(finding) for finding in clean.findings}
    return [finding for finding in changed.findings if _said(finding) not in known]


def _said(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.severity, finding.message


def tally(
    mutants: Mutants,
    reports: Mapping[str, Report],
    formats: Mapping[str, FileWriter | None],
    most: int,
    chance: random.Random,
) -> Tally:
    """Try at most `most` mutants of a class of each report, written in each format."""
    counted = Tally()
    for name, report in reports.items():
        every = list(mutants(report))
        for format, writer in formats.items():
            clean = checked(report, writer)
            able = [m for m in every if writer is not as_pdf or UNPRINTABLE not in m.what]
            for mutant in chance.sample(able, min(most, len(able))):
                news = new_findings(clean, checked(mutant.report, writer))
                counted.add(mutant, f"{name} {format} {mutant.what}", news)
    return counted


def clean_errors(
    reports: Mapping[str, Report], formats: Mapping[str, FileWriter | None]
) -> Iterator[str]:
    """Every error raised on a clean report, in any of the formats."""
    for name, report in reports.items():
        for format, writer in formats.items():
            for finding in checked(report, writer).findings:
                if finding.severity == "error":
                    yield f"{name} {format} {finding.rule} {finding.message}"


def rows(tallies: Mapping[str, Tally]) -> Iterator[str]:
    """The table, a line a class and one for all."""
    for name, counted in [*tallies.items(), ("合计", total(tallies.values()))]:
        yield (
            f"| {name} | {counted.tried} | {counted.caught} | {counted.share:.1%} "
            f"| {counted.located} | {counted.single} | {counted.false_errors} |"
        )


def total(tallies: Iterable[Tally]) -> Tally:
    """All classes together."""
    whole = Tally()
    for counted in tallies:
        whole.tried += counted.tried
        whole.caught += counted.caught
        whole.located += counted.located
        whole.single += counted.single
        whole.false_errors += counted.false_errors
    return whole


def main() -> None:
    """Print the table and what was missed; exit 1 below the bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=1, help="mutants a class, report and format")
    parser.add_argument("--seeds", type=int, default=1, help="sets of numbers")
    parser.add_argument("--first-seed", type=int, default=0, help="one never used while mending")
    parser.add_argument("--edition", choices=["2019", "2021"], default="2021")
    parser.add_argument("--formats", nargs="*", choices=list(FORMATS), default=list(FORMATS))
    parser.add_argument("--all-cells", action="store_true", help="every mutant, in memory only")
    parser.add_argument("--show", type=int, default=5, help="missed mutants to show per class")
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    reports = clean_reports(options.edition, seeds=seeds)
    chosen = {name: FORMATS[name] for name in options.formats}
    formats = {"内存": None} if options.all_cells else chosen
    sys.stdout.write(f"{options.edition}年版，种子 {list(seeds)}，格式 {'、'.join(formats)}\n")
    most = 10_000 if options.all_cells else options.most
    tallies = {
        group: {
            name: tally(mutants, reports, formats, most, random.Random(options.first_seed + 1))
            for name, mutants in classes.items()
        }
        for group, classes in (("勾稽", ARITHMETIC), ("其他", OTHERS))
    }
    raised = list(clean_errors(reports, formats))
    sys.stdout.write("\n".join(_lines(tallies, raised, options.show)) + "\n")
    arithmetic, other = (total(group.values()) for group in tallies.values())
    good = arithmetic.share >= LEAST_ARITHMETIC and other.share >= LEAST_OTHER
    good &= min(arithmetic.single_share, other.single_share) >= LEAST_SINGLE
    raise SystemExit(0 if good and not raised else 1)


def _lines(
    tallies: Mapping[str, Mapping[str, Tally]], raised: Sequence[str], most: int
) -> Iterator[str]:
    for group, counted in tallies.items():
        yield f"\n| {group} | 试 | 查出 | 比例 | 定位 | 只有一条 | 误报错误 |\n|---|--:|--:|--:|--:|--:|--:|"
        yield from rows(counted)
        for name, one in counted.items():
            yield from (f"- 漏：{name}：{line}" for line in one.missed[:most])
            yield from (f"- 未定位：{name}：{line}" for line in one.unlocated[:most])
            yield from (f"- 不止一条：{name}：{line}" for line in one.several[:most])
    yield f"\n无错的年报被报错误：{len(raised)} 处"
    yield from (f"- {line}" for line in raised[:most])


if __name__ == "__main__":
    main()
