"""The rule catalogue (规则目录): what can be wrong with a report, as pure functions of reports.

`RULES` is every rule by its id in the order of the catalogue, `run` holds them all against one
report. Rules see reports and the form and nothing else: no library, no model, no files, no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType, ModuleType

from assistant.rules import (
    breakdowns,
    citations,
    consistency,
    contacts,
    contents,
    continuity,
    copying,
    disputes,
    enumerations,
    form_rows,
    identity,
    measures,
    narrative,
    narrative_disputes,
    narrative_proactive,
    narrative_shares,
    openings,
    plausibility,
    privacy,
    proactive,
    punctuation,
    repetition,
    requests,
    scope,
    strangers,
    structure,
    trades,
    versions,
    wording,
)
from assistant.rules.cells import concepts_of
from assistant.rules.diagnosis import diagnose
from assistant.rules.rule import (
    FAMILIES,
    SEVERITIES,
    Evidence,
    Finding,
    Rule,
    Severity,
    Undecided,
    Verdict,
    catalogue,
)
from ingest.forms import form_of
from ingest.report import TABLE_NAMES, Concept, Place, Report

__all__ = [
    "FAMILIES",
    "RULES",
    "SEVERITIES",
    "Check",
    "Evidence",
    "Finding",
    "Rule",
    "Severity",
    "Undecided",
    "Verdict",
    "run",
]

# Importing a family enters its rules; naming the modules here keeps the list in one place.
_FAMILY_MODULES: tuple[ModuleType, ...] = (
    structure,
    contents,
    measures,
    scope,
    form_rows,
    proactive,
    requests,
    plausibility,
    disputes,
    narrative,
    narrative_disputes,
    narrative_proactive,
    narrative_shares,
    openings,
    breakdowns,
    consistency,
    continuity,
    copying,
    versions,
    identity,
    strangers,
    trades,
    citations,
    contacts,
    wording,
    punctuation,
    repetition,
    enumerations,
    privacy,
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in catalogue()})
"""Rule id → rule, in the order of the catalogue."""


@dataclass(frozen=True, slots=True)
class Check:
    """What the catalogue says of one report.

    `findings` are ordered by severity, then by place. `verdicts` has every rule of the catalogue.
    `undecided` says what could not be read, for the rules that say so.
    """

    findings: tuple[Finding, ...]
    verdicts: Mapping[str, Verdict]
    undecided: tuple[Undecided, ...] = ()


_TWO_REPORTS = "S120"


def run(report: Report, last_year: Report | None = None, peers: Sequence[Report] = ()) -> Check:
    """Every rule held against `report`; `last_year` and `peers` are other reports to compare."""
    mixed = RULES[_TWO_REPORTS].check(report)
    is_first_of_several = any(doubt.code == "several-reports" for doubt in report.doubts)
    if mixed.verdict == "fail" and not is_first_of_several:
        # What one report says and another counts proves nothing.
        undecided: dict[str, Verdict] = dict.fromkeys(RULES, "undecided")
        return Check(mixed.findings, {**undecided, _TWO_REPORTS: "fail"})
    checked = {rule.id: rule.check(report, last_year, peers) for rule in RULES.values()}
    findings = diagnose(report, [f for c in checked.values() for f in c.findings], last_year)
    return Check(
        tuple(sorted(findings, key=lambda f: _order(report, f))),
        {id: c.verdict for id, c in checked.items()},
        tuple(u for c in checked.values() for u in c.undecided),
    )


def _order(report: Report, finding: Finding) -> tuple[int, tuple[int, int], str, str]:
    place = finding.evidence[0].place if finding.evidence else Place()
    severity = SEVERITIES.index(finding.severity)
    return severity, _position(report, place), finding.rule, finding.message


def _position(report: Report, place: Place) -> tuple[int, int]:
    """Where a place stands in reading order: the section, then the cell or the character in it."""
    if place.table in TABLE_NAMES:
        cells = concepts_of(report.format, place.table)
        cell = Concept(place.table, place.row or "", place.column or "")
        number = form_of(report.format).table(place.table).section
        return number, cells.index(cell) if cell in cells else 0
    section = report.section(place.section) if place.section is not None else None
    offset = section.text.find(place.quote) if section and place.quote else -1
    return place.section or 0, offset
