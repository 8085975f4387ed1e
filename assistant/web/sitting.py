"""What lies on the desk of the tab 核查: the reports of one upload and the finding looked at.

Everything is a value: a step gives the next sitting. The invariant: `first` is always the check of
the file as it was read, `check` of the report with what was typed; files are never altered.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from assistant.checking.check import Check, check
from assistant.checking.decisions import Changes, Decision, compare_checks
from assistant.checking.edits import edited_cells, with_cell
from assistant.checking.review import Batch, Review
from assistant.rules import Finding, Severity
from assistant.rules.names import same_agency
from ingest.report import Concept, Report
from vectorstore.library import Library

Handled: TypeAlias = Literal["all", "open", "decided"]
Grouping: TypeAlias = Literal["severity", "section", "family"]
Decided: TypeAlias = Mapping[Finding, Decision]


@dataclass(frozen=True, slots=True)
class Opened:
    """A report on the desk.

    `earlier` is the check of an earlier version of it, where there is one; `is_kept` says that the
    library holds the very same file.
    """

    path: Path
    original: Report
    first: Check
    report: Report
    check: Check
    earlier: Check | None = None
    is_kept: bool = False

    @property
    def name(self) -> str:
        """Whose report it is and of which year; the file's name where that was not read."""
        if self.report.agency and self.report.year:
            return f"{self.report.agency}{self.report.year}年"
        return self.report.source

    @property
    def typed(self) -> tuple[Concept, ...]:
        """The cells that were typed over."""
        return edited_cells(self.original, self.report)

    @property
    def since_earlier(self) -> Changes | None:
        """What this version mended and brought in; None without an earlier one."""
        return compare_checks(self.earlier, self.first) if self.earlier else None


@dataclass(frozen=True, slots=True)
class Sitting:
    """The upload as it stands. `shown` and `chosen` count from 0."""

    review: Review
    files: tuple[Opened, ...]
    shown: int = 0
    chosen: int = 0

    @property
    def opened(self) -> Opened:
        """The report that is shown."""
        return self.files[self.shown]

    @property
    def finding(self) -> Finding | None:
        """The finding that is looked at; None where none was found."""
        findings = self.opened.check.findings
        return findings[self.chosen] if self.chosen < len(findings) else None

    def showing(self, number: int) -> "Sitting":
        """Another report shown, from its first finding; the same one for a number out of range."""
        known = 0 <= number < len(self.files)
        return replace(self, shown=number, chosen=0) if known else self

    def choosing(self, number: int) -> "Sitting":
        """Another finding of the report that is shown; the same one for a number out of range."""
        known = 0 <= number < len(self.opened.check.findings)
        return replace(self, chosen=number) if known else self


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are listed, and how they are grouped."""

    severities: Collection[Severity]
    families: Collection[str] = ()
    handled: Handled = "all"
    grouping: Grouping = "severity"

    def lists(self, finding: Finding, decision: Decision | None) -> bool:
        """Whether a finding with this decision on it is listed."""
        is_open = decision is None or decision.reopened
        return (
            finding.severity in self.severities
            and (not self.families or finding.rule[0] in self.families)
            and self.handled in ("all", "open" if is_open else "decided")
        )


def sat_down(review: Review, before: Sitting | None, library: Library) -> Sitting:
    """The sitting over a new upload; `before` is the one whose reports it may correct."""
    files = tuple(
        Opened(
            f.path,
            f.report,
            f.check,
            f.report,
            f.check,
            _earlier(f.report, before, library),
            _is_kept(f.report, library),
        )
        for f in review.files
        if f.path and f.report and f.check
    )
    return Sitting(review, files)


def _is_kept(report: Report, library: Library) -> bool:
    if not report.agency or not report.year:
        return False
    kept = library.reports(agency=report.agency, year=report.year)
    return any(other.sha256 == report.sha256 for other in kept)


def _earlier(report: Report, before: Sitting | None, library: Library) -> Check | None:
    """The check of another version of the same report: of the last upload, else of the library."""
    for opened in before.files if before else ():
        if _is_version_of(opened.original, report):
            return opened.first
    if report.agency and report.year:
        for kept in library.reports(agency=report.agency, year=report.year):
            if _is_version_of(kept, report):
                return check(kept, library)
    return None


def _is_version_of(other: Report, report: Report) -> bool:
    if other.sha256 == report.sha256 or None in (other.agency, report.agency):
        return False
    return other.year == report.year and same_agency(other.agency or "", report.agency or "")


def typed_over(sitting: Sitting, concept: Concept, text: str, library: Library) -> Sitting:
    """The sitting with `text` in a cell of the report shown, checked anew. Raises ValueError."""
    return _rechecked(sitting, with_cell(sitting.opened.report, concept, text), library)


def as_read(sitting: Sitting) -> Sitting:
    """The sitting without what was typed over the report shown."""
    opened = sitting.opened
    return _with(sitting, replace(opened, report=opened.original, check=opened.first))


def _rechecked(sitting: Sitting, report: Report, library: Library) -> Sitting:
    others = [f.original for n, f in enumerate(sitting.files) if n != sitting.shown]
    result = check(report, Batch([report, *others], library))
    return _with(sitting, replace(sitting.opened, report=report, check=result))


def _with(sitting: Sitting, opened: Opened) -> Sitting:
    """The report shown in another state; where the finding looked at is gone, the next is."""
    looked_at = sitting.finding
    findings = opened.check.findings
    next_one = min(sitting.chosen, max(len(findings) - 1, 0))
    chosen = findings.index(looked_at) if looked_at in findings else next_one
    files = [opened if n == sitting.shown else f for n, f in enumerate(sitting.files)]
    return replace(sitting, files=tuple(files), chosen=chosen)
