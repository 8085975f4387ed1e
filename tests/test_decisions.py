"""Decisions on findings: kept, applied to a new check, reopened when the value changes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.checking.check import check
from assistant.checking.decisions import FILE_NAME, Decisions, compare_checks, open_findings
from assistant.rules import Check, Finding
from ingest.errors import LibraryError
from ingest.report import Report
from tests.fragments import fragment_to_report

TODAY = date(2024, 1, 20)


def report_with(natural_person: int = 3, total: int = 5, text: str = "全年公开XX条。") -> Report:
    return fragment_to_report(
        {
            "requests": {"new": {"natural_person": natural_person, "total": total}},
            "sections": {1: text, 6: "未收取信息处理费。"},
        }
    )


def finding_of(check: Check, rule: str) -> Finding:
    return next(f for f in check.findings if f.rule == rule)


def test_a_decision_holds_for_a_new_check_of_the_same_file(tmp_path: Path) -> None:
    report = report_with()
    wrong = finding_of(check(report), "W102")
    Decisions(tmp_path).decide(report, wrong, "false_alarm", "栏目就叫XX", on=TODAY)
    again = check(report_with())
    decision = Decisions(tmp_path).of(report, again)[finding_of(again, "W102")]
    assert (decision.status, decision.note, decision.decided_on) == (
        "false_alarm",
        "栏目就叫XX",
        TODAY,
    )
    assert not decision.reopened
    assert finding_of(again, "W102") not in open_findings(
        Decisions(tmp_path).of(report, again), again.findings
    )


def test_a_decision_survives_a_file_that_was_corrected_elsewhere(tmp_path: Path) -> None:
    first = report_with(natural_person=3, total=5)
    Decisions(tmp_path).decide(first, finding_of(check(first), "W102"), "confirmed", on=TODAY)
    corrected = report_with(natural_person=5, total=5)
    assert corrected.sha256 != first.sha256
    found = check(corrected)
    assert not Decisions(tmp_path).of(corrected, found)[finding_of(found, "W102")].reopened


def test_a_decision_is_reopened_when_the_number_it_was_about_changes(tmp_path: Path) -> None:
    first = report_with(total=5)
    wrong = next(f for f in check(first).findings if f.actual == 5)
    Decisions(tmp_path).decide(first, wrong, "mended", on=TODAY)
    later = report_with(total=6)
    found = check(later)
    still = next(f for f in found.findings if f.actual == 6)
    decisions = Decisions(tmp_path).of(later, found)
    assert decisions[still].reopened
    assert still in open_findings(decisions, found.findings)


def test_a_decision_belongs_to_one_agency_and_one_year(tmp_path: Path) -> None:
    report = report_with()
    Decisions(tmp_path).decide(report, finding_of(check(report), "W102"), "confirmed", on=TODAY)
    for other in (replace(report, agency="云溪市青禾区水务局"), replace(report, year=2022)):
        assert Decisions(tmp_path).of(other, check(other)) == {}


def test_a_later_decision_replaces_the_earlier_and_can_be_withdrawn(tmp_path: Path) -> None:
    report, decisions = report_with(), Decisions(tmp_path)
    found = check(report)
    wrong = finding_of(found, "W102")
    decisions.decide(report, wrong, "confirmed", on=TODAY)
    decisions.decide(report, wrong, "mended", "已补", on=TODAY)
    assert decisions.of(report, found)[wrong].status == "mended"
    decisions.withdraw(report, wrong)
    assert decisions.of(report, found) == {}


def test_nothing_is_written_until_something_is_decided(tmp_path: Path) -> None:
    report = report_with()
    decisions = Decisions(tmp_path / "new")
    assert decisions.of(report, check(report)) == {}
    decisions.withdraw(report, check(report).findings[0])
    assert not (tmp_path / "new").exists()


def test_a_damaged_file_of_decisions_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError, match="处理意见"):
        Decisions(tmp_path).of(report_with(), check(report_with()))


def test_a_corrected_report_shows_what_was_mended_what_is_new_and_what_still_stands() -> None:
    before = check(report_with(total=5, text="全年公开XX条。"))
    after = check(report_with(natural_person=5, total=5, text="全年公开XX条。依公开申请办理。"))
    changes = compare_checks(before, after)
    assert {f.severity for f in changes.mended} >= {"error"}
    assert "W103" in {f.rule for f in changes.new}
    assert "W102" in {f.rule for f in changes.standing}
    assert len(changes.new) + len(changes.standing) == len(after.findings)


def test_a_finding_whose_number_changed_still_stands() -> None:
    before, after = check(report_with(total=5)), check(report_with(total=6))
    wrong = [f for f in after.findings if f.severity == "error" and f.expected is not None]
    assert wrong
    assert set(wrong) <= set(compare_checks(before, after).standing)
