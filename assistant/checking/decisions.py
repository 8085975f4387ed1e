"""What people decided about findings: 已核实, 误报, 已整改, with a note; kept beside the library.

A decision is bound to the agency and year, the rule, the place and the value found there. It holds
for a new check of the same or of a corrected file as long as the value is the same, and is reopened
when it is not. The invariant: a decision never changes a verdict or hides a finding; what to show
is for the caller to choose.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from assistant.rules import Check, Evidence, Finding
from ingest.characters import for_matching
from ingest.errors import LibraryError
from ingest.report import Report

Status: TypeAlias = Literal["confirmed", "false_alarm", "mended"]

STATUS_WORDS: Mapping[Status, str] = MappingProxyType(
    {"confirmed": "已核实", "false_alarm": "误报", "mended": "已整改"}
)
FILE_NAME = "decisions.sqlite"
# Another process may be writing; it never takes longer than this.
WAIT_SECONDS = 10

_SCHEMA = """
CREATE TABLE IF NOT EXISTS decisions (
    subject TEXT NOT NULL, year INTEGER NOT NULL, rule TEXT NOT NULL, place TEXT NOT NULL,
    value TEXT NOT NULL, status TEXT NOT NULL, note TEXT NOT NULL, decided_on TEXT NOT NULL,
    PRIMARY KEY (subject, year, rule, place)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided. `reopened`: the value has changed since, so it no longer holds."""

    status: Status
    note: str
    decided_on: date
    reopened: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """Two checks of the same agency and year compared, each finding in the order of its check.

    `mended` are of the earlier check; `new` and `standing` of the later one.
    """

    mended: tuple[Finding, ...]
    new: tuple[Finding, ...]
    standing: tuple[Finding, ...]


class Decisions:
    """The decisions kept in one data directory."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the data directory; the file is made with the first decision."""
        self._path = folder / FILE_NAME

    def decide(
        self, report: Report, finding: Finding, status: Status, note: str = "", *, on: date
    ) -> Decision:
        """Keep a decision on a finding, in place of an earlier one. Raises LibraryError."""
        with self._opened() as connection:
            connection.execute(_SCHEMA)
            connection.execute(
                "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*_key(report, finding), _value(finding), status, note, on.isoformat()),
            )
        return Decision(status, note, on)

    def withdraw(self, report: Report, finding: Finding) -> None:
        """Forget the decision on a finding, where there is one. Raises LibraryError."""
        if self._path.exists():
            with self._opened() as connection:
                connection.execute(
                    "DELETE FROM decisions WHERE subject=? AND year=? AND rule=? AND place=?",
                    _key(report, finding),
                )

    def of(self, report: Report, check: Check) -> Mapping[Finding, Decision]:
        """The decisions on the findings of a check, reopened ones included. Raises LibraryError."""
        if not self._path.exists():
            return {}
        subject, year = _subject(report)
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT rule, place, value, status, note, decided_on FROM decisions "
                "WHERE subject=? AND year=?",
                (subject, year),
            ).fetchall()
        kept = {(rule, place): rest for rule, place, *rest in rows}
        return {
            finding: Decision(status, note, date.fromisoformat(day), value != _value(finding))
            for finding in check.findings
            if (found := kept.get((finding.rule, _place(finding))))
            for value, status, note, day in [found]
        }

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """A connection in one transaction, committed at the end."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=WAIT_SECONDS)
            try:
                with connection:
                    yield connection
            finally:
                connection.close()
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"处理意见存不进或读不出 {self._path}，请检查磁盘空间和权限。"
            ) from error


def compare_checks(before: Check, after: Check) -> Changes:
    """What a corrected report mended, what it brought in, and what still stands.

    A finding is the same when its rule and its place are, whatever the value there is now.
    """
    earlier = {finding_key(finding) for finding in before.findings}
    later = {finding_key(finding) for finding in after.findings}
    return Changes(
        tuple(f for f in before.findings if finding_key(f) not in later),
        tuple(f for f in after.findings if finding_key(f) not in earlier),
        tuple(f for f in after.findings if finding_key(f) in earlier),
    )


def finding_key(finding: Finding) -> str:
    """What a finding is known by from check to check: its rule and place, not the value there."""
    return f"{finding.rule}@{_place(finding)}"


def _key(report: Report, finding: Finding) -> tuple[str, int, str, str]:
    return (*_subject(report), finding.rule, _place(finding))


def _subject(report: Report) -> tuple[str, int]:
    """Whose report it is; one without agency or year is only ever the same file."""
    if report.agency and report.year:
        return for_matching(report.agency), report.year
    return report.sha256, 0


def _place(finding: Finding) -> str:
    """The first place: a cell by its address, words by what they say without their numbers.

    The number in a sentence is its value, so a corrected number leaves the place the same.
    """
    if not finding.evidence:
        return ""
    place = finding.evidence[0].place
    if place.table:
        return f"{place.table}/{place.row}/{place.column}"
    words = "".join(c for c in for_matching(place.quote or "") if not c.isdigit())
    return f"{place.section}#{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def _value(finding: Finding) -> str:
    """Everything that the finding rests on: both sides, each cell and each sentence."""
    shown = [str(finding.expected), str(finding.actual), *map(_shown, finding.evidence)]
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()


def _shown(evidence: Evidence) -> str:
    return f"{evidence.value}|{for_matching(evidence.place.quote or '')}"


def open_findings(
    decisions: Mapping[Finding, Decision], findings: Sequence[Finding]
) -> list[Finding]:
    """The findings on which nothing was decided, or whose decision was reopened."""
    return [f for f in findings if f not in decisions or decisions[f].reopened]
