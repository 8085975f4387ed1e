"""Many reports at once: each checked against the library and against the others of the batch.

Knows how a batch is read, checked and summed up; what is wrong with a report is for the rules. The
invariant: a file that cannot be read is a row of the result with its reason, never its end.
"""

import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.checking.check import Found, Shelf, check
from assistant.checking.uploads import unpacked
from assistant.render import SEVERITY_WORDS
from assistant.rules import RULES, SEVERITIES, Check, Severity
from assistant.rules.names import same_agency
from assistant.rules.similarity import runs
from ingest.batch import parse_many
from ingest.report import Report
from ingest.sandbox import Limits

Progress = Callable[[int, int], None]

# One run of eight characters in so many is enough to tell which texts are near.
_SAMPLED = 8


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One file of a batch: its report and check, or why it could not be read.

    `path` is where the file lies as long as the batch is worked on; a zip's own have none after.
    """

    source: str
    report: Report | None = None
    check: Check | None = None
    error: str = ""
    path: Path | None = None

    def count(self, severity: Severity) -> int:
        """How many findings of this severity stand."""
        return sum(f.severity == severity for f in self.check.findings) if self.check else 0

    @property
    def verdict(self) -> str:
        """The batch's word for the file: its gravest finding, 通过, or 未能读取."""
        if self.check is None:
            return "未能读取"
        gravest = next((s for s in SEVERITIES if self.count(s)), None)
        return "通过" if gravest is None else f"有{SEVERITY_WORDS[gravest]}"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that reports of the batch broke: how many reports, how many findings."""

    rule: str
    reports: int
    findings: int


@dataclass(frozen=True, slots=True)
class Review:
    """A batch, file by file in the order given.

    `missing` are the agencies that have not filed, of so many that were `expected`.
    """

    files: tuple[Reviewed, ...]
    missing: tuple[str, ...]
    expected: int = 0

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The rules that were broken, those that most reports broke first."""
        reports: Counter[str] = Counter()
        findings: Counter[str] = Counter()
        for file in self.files:
            broken = [f.rule for f in file.check.findings] if file.check else []
            reports.update(set(broken))
            findings.update(broken)
        order = sorted(reports, key=lambda rule: (-reports[rule], list(RULES).index(rule)))
        return tuple(Fault(rule, reports[rule], findings[rule]) for rule in order)

    @property
    def of_another_year(self) -> tuple[str, ...]:
        """The sources of reports on another year than most: last year's file sent in by mistake."""
        years = Counter(f.report.year for f in self.files if f.report and f.report.year)
        if not years or years.most_common(1)[0][1] * 2 <= years.total():
            return ()
        usual = years.most_common(1)[0][0]
        return tuple(
            f"{f.source}（{f.report.year}年，其余多为{usual}年）"
            for f in self.files
            if f.report and f.report.year not in (None, usual)
        )

    @property
    def twice(self) -> tuple[tuple[str, ...], ...]:
        """The sources of reports of one agency and year that differ (版本冲突)."""
        sources: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        for report in (file.report for file in self.files if file.report):
            if report.agency and report.year:
                sources[report.agency, report.year].setdefault(report.sha256, report.source)
        return tuple(tuple(found.values()) for found in sources.values() if len(found) > 1)


def review(
    paths: Iterable[Path],
    library: Shelf | None = None,
    *,
    roster: Sequence[str] = (),
    workers: int = 1,
    limits: Limits | None = None,
    progress: Progress | None = None,
    into: Path | None = None,
) -> Review:
    """Check every report in files, folders and zips; `roster` names the agencies that must file.

    Without a roster the library's agencies are expected. `progress` is told how many of how many
    files have been read. Zips are unpacked into a folder that is removed at the end, or into `into`,
    which is the caller's.
    """
    read: list[Reviewed] = []
    with (
        nullcontext(str(into)) if into else tempfile.TemporaryDirectory(prefix="nianbao-")
    ) as folder:
        uploads = unpacked(paths, Path(folder))
        for parsed in parse_many(uploads.files, workers, limits):
            error = str(parsed.error or "")
            read.append(Reviewed(parsed.path.name, parsed.report, error=error, path=parsed.path))
            if progress:
                progress(len(read), len(uploads.files))
    read += [Reviewed(sentence[1:].split("》")[0], error=sentence) for sentence in uploads.refused]
    reports = [file.report for file in read if file.report]
    batch = Batch(reports, library)
    files = tuple(
        replace(file, check=check(file.report, batch)) if file.report else file for file in read
    )
    expected = roster or (library.agencies() if library else ())
    return Review(files, _missing(expected, reports), len(expected))


def _missing(expected: Sequence[str], reports: Sequence[Report]) -> tuple[str, ...]:
    """The agencies of which no report of the batch is, under this or a shorter name."""
    filed = [report.agency for report in reports if report.agency]
    return tuple(n for n in expected if not any(same_agency(n, agency) for agency in filed))


@dataclass(frozen=True, slots=True)
class Near:
    """A report that a search of the batch found."""

    report_id: str


class Batch:
    """The reports of a batch in front of a library: what `check` compares each of them with.

    Which texts are near is told by the runs of characters they share, each looked up once, so fifty
    reports cost fifty look-ups and not fifty times fifty comparisons.
    """

    def __init__(self, reports: Sequence[Report], library: Shelf | None = None) -> None:
        """`library` may hold last year's reports and more peers."""
        self._reports = {report.id: report for report in reports}
        self._library = library
        self._holders: dict[tuple[int, int, str], set[str]] = defaultdict(set)
        for report in reports:
            for section in report.sections:
                for run in _sample(section.text):
                    self._holders[report.year or 0, section.number, run].add(report.id)

    def agencies(self) -> list[str]:
        """The agencies of the batch and the library."""
        names = {r.agency for r in self._reports.values() if r.agency}
        return sorted(names | set(self._library.agencies() if self._library else ()))

    def reports(self, *, agency: str | None = None, year: int | None = None) -> list[Report]:
        """Reports of one agency or year, those of the batch before those of the library."""
        own = [
            report
            for report in self._reports.values()
            if agency in (None, report.agency) and year in (None, report.year)
        ]
        return own + (self._library.reports(agency=agency, year=year) if self._library else [])

    def report(self, report_id: str) -> Report:
        """One report by its id. Raises as the library does for an unknown id, else KeyError."""
        if report_id not in self._reports and self._library:
            return self._library.report(report_id)
        return self._reports[report_id]

    def search(
        self, text: str, *, years: Sequence[int] = (), sections: Sequence[int] = (), limit: int = 8
    ) -> Sequence[Found]:
        """The reports with most runs in common with a text, then what the library finds."""
        shared: Counter[str] = Counter()
        for year in years:
            for section in sections:
                for run in _sample(text):
                    shared.update(self._holders.get((year, section, run), ()))
        # The report itself stands first.
        own: list[Found] = [Near(id) for id, _ in shared.most_common(limit + 1)]
        if self._library is None:
            return own
        return [
            *own,
            *self._library.search(text, years=years, sections=sections, limit=limit),
        ]


def _sample(text: str) -> frozenset[str]:
    """The same one in eight of a text's runs wherever they stand."""
    return frozenset(run for run in runs(text) if zlib.crc32(run.encode()) % _SAMPLED == 0)
