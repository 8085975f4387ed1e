"""A check for other programs: SARIF 2.1.0 for code-scanning pages, JUnit XML for build servers.

Pure. In both, a rule is what was tested, a finding what failed; a rule that could not be decided is
never shown as passed.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from importlib.metadata import version
from urllib.parse import quote
from xml.etree import ElementTree

from assistant.checking.decisions import STATUS_WORDS, Decision, finding_key
from assistant.render import finding_place, place_to_text
from assistant.rules import RULES, Check, Evidence, Finding, Rule, Severity, Undecided
from ingest.report import Place, Report

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "notice": "note"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def check_to_sarif(
    report: Report, check: Check, decisions: Mapping[Finding, Decision] | None = None
) -> Mapping[str, object]:
    """The check as one SARIF run; a finding decided to be a false alarm is a suppressed result."""
    known = decisions or {}
    results = [_result(report, finding, known.get(finding)) for finding in check.findings]
    results += [_open_result(report, undecided) for undecided in check.undecided]
    driver = {
        "name": "nianbao",
        "version": version("nianbao"),
        "rules": [_sarif_rule(rule) for rule in RULES.values()],
    }
    run = {
        "tool": {"driver": driver},
        "artifacts": [{"location": {"uri": _uri(report)}, "hashes": {"sha-256": report.sha256}}],
        "results": results,
        "columnKind": "unicodeCodePoints",
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _sarif_rule(rule: Rule) -> Mapping[str, object]:
    page = rule.page
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": f"{page.why}依据：{page.basis}"},
        "help": {"text": page.remedy},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(report: Report, finding: Finding, decision: Decision | None) -> Mapping[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": list(RULES).index(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(report, e) for e in finding.evidence if not e.report][:1],
        "relatedLocations": [_location(report, e) for e in finding.evidence if not e.report][1:],
        "partialFingerprints": {"nianbao/v1": finding_key(finding)},
        "properties": {
            "expected": finding.expected,
            "actual": finding.actual,
            "suggestion": finding.suggestion,
        },
    }
    if decision and decision.status == "false_alarm" and not decision.reopened:
        note = decision.note or STATUS_WORDS[decision.status]
        result["suppressions"] = [{"kind": "external", "justification": note}]
    return result


def _open_result(report: Report, undecided: Undecided) -> Mapping[str, object]:
    """SARIF's own word for what could not be decided is `open`."""
    return {
        "ruleId": undecided.rule,
        "ruleIndex": list(RULES).index(undecided.rule),
        "kind": "open",
        "level": "none",
        "message": {"text": undecided.message},
        "locations": [_location(report, e) for e in undecided.evidence if not e.report][:1],
    }


def _location(report: Report, evidence: Evidence) -> Mapping[str, object]:
    place = evidence.place
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(report)}}
    region: dict[str, object] = {}
    if place.line and report.media_type.startswith("text/"):
        region["startLine"] = place.line
    if place.quote:
        region["snippet"] = {"text": place.quote}
    # A region has to say where it begins; documents without lines have none.
    if "startLine" in region:
        physical["region"] = region
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": _address(place), "kind": "element"}],
        "message": {"text": place_to_text(place) + (f"：{place.quote}" if place.quote else "")},
    }


def _address(place: Place) -> str:
    if place.table:
        return f"{place.table}/{place.row}/{place.column}"
    return f"section/{place.section}"


def _uri(report: Report) -> str:
    """The file's name as a relative reference, everything unusual in it percent-encoded."""
    return quote(report.source)


def check_to_junit(report: Report, check: Check) -> str:
    """The check as a JUnit test suite: a test case a rule.

    Errors and warnings are failures, notices are output; what was not decided is skipped.
    """
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in check.findings:
        for one in (finding, *finding.consequences):
            by_rule[one.rule].append(one)
    suite = ElementTree.Element("testsuite", name=_xml_text(report.source))
    for id, verdict in check.verdicts.items():
        case = ElementTree.SubElement(suite, "testcase", classname=RULES[id].name, name=id)
        if verdict in ("undecided", "not_applicable"):
            reasons = "；".join(u.message for u in check.undecided if u.rule == id)
            ElementTree.SubElement(case, "skipped", message=_xml_text(reasons or verdict))
        for finding in by_rule[id]:
            _add_finding(case, finding)
    cases = list(suite)
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _add_finding(case: ElementTree.Element, finding: Finding) -> None:
    text = _xml_text(f"{finding_place(finding)}：{finding.message}{finding.suggestion}")
    if finding.severity == "notice":
        output = case.find("system-out")
        if output is None:
            output = ElementTree.SubElement(case, "system-out")
        output.text = f"{output.text or ''}{text}\n"
        return
    failure = ElementTree.SubElement(
        case, "failure", type=finding.severity, message=_xml_text(finding.message)
    )
    failure.text = text


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("", text)
