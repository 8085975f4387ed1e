"""Many reports at once: each checked against the library and against the others of the batch.

Knows how a batch is read, checked and summed up; what is wrong with a report is for the rules. The
invariant: a file that cannot be read is a row of the result with its reason, never its end.
"""

import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.checking.check import Found, Shelf, check, check_to_dict
from assistant.checking.files import Decided, worklist
from assistant.checking.uploads import unpacked
from assistant.render import SEVERITY_WORDS
from assistant.rules import RULES, SEVERITIES, Check, Severity
from assistant.rules.names import same_agency
from assistant.rules.similarity import runs
from assistant.spreadsheet import Sheet, sheets_to_xlsx
from ingest.batch import parse_many
from ingest.report import Report
from ingest.sandbox import Limits

Progress = Callable[[int, int], None]

NOTHING_DECIDED: Decided = {}

# One run of eight characters in so many is enough to tell which texts are near.
_SAMPLED = 8


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One file of a batch: its report and check, or why it could not be read."""

    source: str
    report: Report | None = None
    check: Check | None = None
    error: str = ""

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
    """A batch, file by file in the order given. `missing` are the agencies that have not filed."""

    files: tuple[Reviewed, ...]
    missing: tuple[str, ...]

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
) -> Review:
    """Check every report in files, folders and zips; `roster` names the agencies that must file.

    Without a roster the library's agencies are expected. `progress` is told how many of how many
    files have been read.
    """
    read: list[Reviewed] = []
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        uploads = unpacked(paths, Path(folder))
        for parsed in parse_many(uploads.files, workers, limits):
            read.append(Reviewed(parsed.path.name, parsed.report, error=str(parsed.error or "")))
            if progress:
                progress(len(read), len(uploads.files))
    read += [Reviewed(sentence[1:].split("》")[0], error=sentence) for sentence in uploads.refused]
    reports = [file.report for file in read if file.report]
    batch = Batch(reports, library)
    files = (Reviewed(f.source, f.report, check(f.report, batch)) if f.report else f for f in read)
    expected = roster or (library.agencies() if library else ())
    return Review(tuple(files), _missing(expected, reports))


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


# --- What people take away --------------------------------------------------------------------------


def review_to_xlsx(review: Review) -> bytes:
    """The batch as a workbook: overview, commonest faults, who has not filed, the work list."""
    overview = Sheet(
        "总表",
        (
            ("单位", 28), ("年度", 8), ("文件", 32), ("结论", 12), ("错误", 8), ("警告", 8),
            ("提示", 8), ("无法判定的规则", 14), ("读取存疑", 10), ("说明", 48),
        ),
        [_overview(file) for file in review.files],
    )  # fmt: skip
    faults = Sheet(
        "常见问题",
        (("规则", 8), ("问题", 48), ("涉及年报", 10), ("处数", 8)),
        [(f.rule, RULES[f.rule].page.summary, f.reports, f.findings) for f in review.faults],
    )
    missing = Sheet("未报送", (("单位", 40),), [(name,) for name in review.missing])
    checked = [(f.report, f.check, NOTHING_DECIDED) for f in review.files if f.report and f.check]
    return sheets_to_xlsx([overview, faults, missing, worklist(checked)])


def _overview(file: Reviewed) -> Sequence[str | int | None]:
    report, verdicts = file.report, file.check.verdicts if file.check else {}
    return (
        (report.agency if report else None) or "（未认出）",
        report.year if report else None,
        file.source,
        file.verdict,
        *(file.count(severity) for severity in SEVERITIES),
        list(verdicts.values()).count("undecided"),
        len(report.warnings) if report else 0,
        file.error,
    )


def review_to_markdown(review: Review) -> str:
    """The batch as tables: reports, commonest faults, conflicting versions, who has not filed."""
    lines = ["| 单位 | 年度 | 文件 | 结论 | 错误 | 警告 | 提示 |", "|---|---|---|---|--:|--:|--:|"]
    lines += [f"| {' | '.join(map(_plain, _overview(file)[:7]))} |" for file in review.files]
    lines += [f"- {file.error}" for file in review.files if file.error]
    if review.faults:
        lines += ["", "| 规则 | 问题 | 涉及年报 |", "|---|---|--:|"]
    lines += [
        f"| {fault.rule} | {RULES[fault.rule].page.summary} | {fault.reports} |"
        for fault in review.faults
    ]
    for sources in review.twice:
        lines += ["", f"同一单位同一年度有内容不同的几份：{'、'.join(map(_plain, sources))}"]
    if review.missing:
        lines += ["", f"尚未报送（{len(review.missing)}）：{'、'.join(review.missing)}"]
    return "\n".join(lines)


def _plain(content: object) -> str:
    """Text that cannot break out of a table's cell."""
    return "" if content is None else " ".join(str(content).replace("|", "\uff5c").split())


def review_to_dict(review: Review) -> Mapping[str, object]:
    """The batch as JSON: the contract's object for each file, and the sums."""
    return {
        "files": [
            check_to_dict(file.report, file.check)
            if file.report and file.check
            else {"source": file.source, "error": file.error}
            for file in review.files
        ],
        "faults": [
            {"rule": f.rule, "reports": f.reports, "findings": f.findings} for f in review.faults
        ],
        "versions": [list(sources) for sources in review.twice],
        "missing": list(review.missing),
    }
