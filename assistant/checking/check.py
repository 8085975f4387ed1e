"""Checking one report: what it is compared with is found in the library, then the rules are run.

Knows where last year's report and reports of like wording come from, and the contract's JSON; what
is wrong with a report is for `assistant.rules` to say. The library is only read.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.rules import Check, Evidence, Finding, Undecided, run
from assistant.rules.names import area_of, belongs_to, renamed, same_agency
from assistant.rules.versions import departments_of
from ingest.report import Report

__all__ = ["Check", "Shelf", "check", "check_to_dict"]

# So many reports of other agencies are compared: those whose text is nearest to this one's.
MOST_PEERS = 8
COMPARED_SECTIONS = (1, 5)


class Found(Protocol):
    """A passage that a search found."""

    @property
    def report_id(self) -> str:
        """The report that it stands in."""


class Shelf(Protocol):
    """What `check` asks of a library."""

    def agencies(self) -> list[str]:
        """The agencies that have reports in it."""

    def reports(self, *, agency: str | None = None, year: int | None = None) -> list[Report]:
        """Its current reports of one agency or year."""

    def report(self, report_id: str) -> Report:
        """One report by its id."""

    def search(
        self, text: str, *, years: Sequence[int] = (), sections: Sequence[int] = (), limit: int = 8
    ) -> Sequence[Found]:
        """The passages nearest in meaning to a text."""


def check(report: Report, library: Shelf | None = None) -> Check:
    """What the catalogue says of a report, with last year's and its peers' from the library.

    Without a library the rules that need another report are not applicable.
    """
    if library is None:
        return run(report)
    return run(report, last_year_of(report, library), peers_of(report, library))


def last_year_of(report: Report, library: Shelf) -> Report | None:
    """The same agency's report on the year before, under its own or a shorter name; else None."""
    if report.agency is None or report.year is None:
        return None
    exact = library.reports(agency=report.agency, year=report.year - 1)
    if exact:
        return exact[0]
    names = sorted(library.agencies())
    # A body under its name of before a reform comes last: it is only taken for want of a better.
    alike = [name for name in names if same_agency(name, report.agency)]
    before = [name for name in names if name not in alike and renamed(name, report.agency)]
    for name in (*alike, *before):
        for candidate in library.reports(agency=name, year=report.year - 1):
            return candidate
    return None


def peers_of(report: Report, library: Shelf) -> tuple[Report, ...]:
    """What a report is held against beside last year's, all of the same year.

    Other agencies' reports whose text is nearest to its own, other versions of it, and, where it
    is a government's, those of its departments.
    """
    if report.agency is None or report.year is None:
        return ()
    found = _near(report, library)
    for other in library.reports(agency=report.agency, year=report.year):
        found.setdefault(other.id, other)
    if report.agency.endswith("人民政府"):
        # Names first: a library holds thousands of reports, an area a few dozen departments.
        area = area_of(report.agency)
        names = [name for name in library.agencies() if belongs_to(name, area)]
        parts = [r for name in names for r in library.reports(agency=name, year=report.year)]
        found |= {other.id: other for other in departments_of(report, parts)}
    found.pop(report.id, None)
    return tuple(sorted(found.values(), key=lambda r: (r.agency or "", r.id)))


def _near(report: Report, library: Shelf) -> dict[str, Report]:
    """Reports of other agencies on the same year whose text is nearest, by their ids."""
    found: dict[str, Report] = {}
    for number in COMPARED_SECTIONS:
        section = report.section(number)
        if section is None or not section.text.strip():
            continue
        years = (report.year,) if report.year else ()
        passages = library.search(section.text, years=years, sections=(number,), limit=MOST_PEERS)
        for id in dict.fromkeys(passage.report_id for passage in passages):
            if id != report.id and id not in found:
                found[id] = library.report(id)
    own = report.agency or ""
    return {id: r for id, r in found.items() if not same_agency(r.agency or "", own)}


def check_to_dict(report: Report, check: Check) -> Mapping[str, object]:
    """The check as `nianbao check --json` prints it (docs/contracts.md)."""
    return {
        "source": report.source,
        "agency": report.agency,
        "year": report.year,
        "findings": [_finding_to_dict(finding) for finding in check.findings],
        "checked": dict(check.verdicts),
        "undecided": [_undecided_to_dict(undecided) for undecided in check.undecided],
    }


def _finding_to_dict(finding: Finding) -> Mapping[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "expected": finding.expected,
        "actual": finding.actual,
        "evidence": [_evidence_to_dict(evidence) for evidence in finding.evidence],
        "consequences": [_finding_to_dict(consequence) for consequence in finding.consequences],
    }


def _undecided_to_dict(undecided: Undecided) -> Mapping[str, object]:
    return {
        "rule": undecided.rule,
        "message": undecided.message,
        "evidence": [_evidence_to_dict(evidence) for evidence in undecided.evidence],
    }


def _evidence_to_dict(evidence: Evidence) -> Mapping[str, object]:
    """A cell or a quotation; `report` and `year` only where it stands in another report."""
    place = evidence.place
    shown: dict[str, object]
    if place.table:
        shown = {
            "table": place.table,
            "row": place.row,
            "column": place.column,
            "value": evidence.value,
            "page": place.page,
        }
    else:
        shown = {"section": place.section, "quote": place.quote, "page": place.page}
    if evidence.report:
        shown |= {"report": evidence.report, "year": evidence.year}
    return shown
