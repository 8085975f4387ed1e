"""What the rule catalogue says of a draft as a whole report, and how each finding is mended.

Pure. The invariant: a draft that holds a placeholder, or that a rule finds fault with, is not called
publishable.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.drafting.overview import Material
from assistant.drafting.phrases import ASSURANCE
from assistant.drafting.problem_phrases import OTHER_MATTERS
from assistant.drafting.prose import Prose
from assistant.drafting.revision import Insertion
from assistant.drafting.suggestions import Kind, Suggestion, citation_of, citation_of_law
from assistant.rules import RULES, Check, Finding, run
from assistant.rules.rule import Severity
from ingest.forms import form_of
from ingest.report import Report

# The placeholders and a lacking date are told one by one beside the draft.
_TOLD_OTHERWISE = frozenset({"W102", "S111"})
_MANDATORY = frozenset({"S105", "S106", "S107", "S108", "S109", "S112", "S114"})


@dataclass(frozen=True)
class Verdict:
    """The check of a draft. `lacking` is what stands open in its text, as it stands there."""

    check: Check
    lacking: tuple[str, ...]

    def count(self, severity: Severity) -> int:
        """How many findings of a severity, placeholders apart."""
        found = (f for f in self.check.findings if f.rule not in _TOLD_OTHERWISE)
        return sum(finding.severity == severity for finding in found)

    @property
    def is_publishable(self) -> bool:
        """Whether nothing stands open and no rule finds more than a notice."""
        graver = [f for f in self.check.findings if f.severity != "notice"]
        return not (self.lacking or graver)


def verdict_on(
    report: Report, last_year: Report | None, peers: Sequence[Report], lacking: tuple[str, ...]
) -> Verdict:
    """The whole catalogue held against the draft as a report."""
    return Verdict(run(report, last_year, peers), lacking)


def on_check(
    verdict: Verdict,
    report: Report,
    others: Mapping[str, Report],
    drafted: frozenset[int],
    material: Material,
) -> Iterator[Suggestion]:
    """One suggestion a finding on the parts that were drafted; `others` are the reports compared with."""
    for finding in verdict.check.findings:
        section = _section_of(finding, report.format)
        if finding.rule in _TOLD_OTHERWISE or section not in drafted:
            continue
        cited = tuple(
            citation_of(others.get(e.report or "", report), e.place)
            for e in finding.evidence
            if e.place.table or e.report
        )
        yield Suggestion(
            section,
            finding.suggestion or finding.message,
            finding.message,
            cited or (citation_of_law(RULES[finding.rule].page.basis),),
            _kind(finding),
            _mending(finding, material),
        )


def _kind(finding: Finding) -> Kind:
    return "mandatory" if finding.rule in _MANDATORY else "check"


def _mending(finding: Finding, material: Material) -> tuple[Insertion, ...]:
    """What may be put into the text where mandatory content is lacking."""
    if finding.rule == "S106":
        return (Insertion("other_matters", material.say(OTHER_MATTERS, "fee.unknown")),)
    if finding.rule == "S109":
        return (Insertion("assurance", material.say(ASSURANCE, "duties")),)
    if finding.rule == "S114":
        return (Insertion("measures", Prose("【请补充：针对所列问题的改进措施】")),)
    return ()


def _section_of(finding: Finding, edition: str | None) -> int:
    place = finding.evidence[0].place if finding.evidence else None
    if place is None:
        return 1
    if place.table is not None:
        return form_of(edition).table(place.table).section
    return place.section or 0
