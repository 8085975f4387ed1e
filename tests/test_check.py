"""Checking a report: what it is compared with, the contract's JSON, and the real samples."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.checking.check import check, check_to_dict, last_year_of, peers_of
from assistant.rules import RULES
from ingest.parse import parse
from ingest.report import Report
from tests.fragments import fragment_to_report
from tests.invented import invented_report

PROBLEMS = (
    "公共数据目录更新滞后，抽查的四十个条目里有九个超过一个季度没有核对，群众来电问了三次才更正。"
    "今后按月核对目录台账，由专人销号，并在每季度第一周向社会公布核对结果。"
)


@dataclass(frozen=True)
class Hit:
    """A passage found: all that `check` asks of it."""

    report_id: str


class Shelf:
    """A library of a few reports in memory; every search finds all reports of the year."""

    def __init__(self, *reports: Report) -> None:
        self._reports = reports

    def agencies(self) -> list[str]:
        return sorted({report.agency or "" for report in self._reports})

    def reports(self, *, agency: str | None = None, year: int | None = None) -> list[Report]:
        return [r for r in self._reports if agency in (None, r.agency) and year in (None, r.year)]

    def report(self, report_id: str) -> Report:
        return next(report for report in self._reports if report.id == report_id)

    def search(
        self, text: str, *, years: Sequence[int] = (), sections: Sequence[int] = (), limit: int = 8
    ) -> list[Hit]:
        return [Hit(report.id) for report in self._reports if report.year in years][:limit]


def numbered(report: Report, number: int) -> Report:
    """The report under another id."""
    return replace(report, sha256=f"{number:064x}"[::-1])


def test_without_a_library_the_rules_on_other_reports_do_not_apply() -> None:
    verdicts = check(invented_report(balanced=True)).verdicts
    needing = {id for id, rule in RULES.items() if rule.needs}
    assert needing
    assert {id for id, verdict in verdicts.items() if verdict == "not_applicable"} >= needing


def test_last_years_report_is_found_under_the_same_or_a_shorter_name() -> None:
    report = invented_report(agency="云溪市青禾区工业和信息化局", year=2023)
    before = numbered(invented_report(agency="青禾区工信局", year=2022), 1)
    other = numbered(invented_report(agency="云溪市柳溪县工业和信息化局", year=2022), 2)
    assert last_year_of(report, Shelf(other, before)) == before
    assert last_year_of(report, Shelf(other)) is None
    exact = numbered(invented_report(agency="云溪市青禾区工业和信息化局", year=2022), 3)
    assert last_year_of(report, Shelf(before, exact)) == exact


def test_carried_over_requests_are_compared_with_last_years() -> None:
    report = fragment_to_report({"requests": {"carried_in": {"natural_person": 3, "total": 3}}})
    before = fragment_to_report(
        {"year": 2022, "requests": {"carried_over": {"natural_person": 5, "total": 5}}}
    )
    found = check(report, Shelf(before))
    assert found.verdicts["Y101"] == "fail"
    error = next(f for f in found.findings if f.rule == "Y101" and f.severity == "error")
    assert (error.expected, error.actual) == (5, 3)
    assert error.evidence[1].report == before.id
    assert error.evidence[1].year == 2022


def test_a_peer_with_the_same_text_is_found_and_the_copied_sentence_shown() -> None:
    report = fragment_to_report({"sections": {5: PROBLEMS}})
    peer = fragment_to_report({"agency": "云溪市青禾区水务局", "sections": {5: PROBLEMS}})
    found = check(report, Shelf(report, peer))
    copied = next(f for f in found.findings if f.rule == "Y107")
    assert copied.severity == "error"
    assert (copied.evidence[0].place.quote or "?") in PROBLEMS
    assert "云溪市青禾区水务局" in copied.message


def test_another_version_of_the_report_is_a_peer_but_no_copy_of_another() -> None:
    report = fragment_to_report({"sections": {1: PROBLEMS, 5: PROBLEMS}})
    second = fragment_to_report({"sections": {1: PROBLEMS, 5: "略"}})
    shelf = Shelf(report, second)
    assert peers_of(report, shelf) == (second,)
    assert check(report, shelf).verdicts["Y107"] == "pass"


def test_two_versions_with_different_numbers_are_a_conflict() -> None:
    report = fragment_to_report({"requests": {"new": {"natural_person": 3, "total": 3}}})
    second = fragment_to_report({"requests": {"new": {"natural_person": 4, "total": 4}}})
    (found,) = [f for f in check(report, Shelf(report, second)).findings if f.rule == "Y111"]
    assert "等2格不同：本份3，那份4" in found.message


def test_a_government_is_held_against_the_departments_of_its_area() -> None:
    def counted(agency: str, new: int) -> Report:
        rows = {"new": {"natural_person": new, "total": new}}
        return fragment_to_report({"agency": agency, "requests": rows})

    area = counted("云溪市青禾区人民政府", 4)
    parts = [counted("云溪市青禾区水务局", 3), counted("云溪市青禾区林业局", 2)]
    elsewhere = counted("云溪市丰泽县水务局", 90)
    found = check(area, Shelf(area, *parts, elsewhere)).findings
    (less,) = [finding for finding in found if finding.rule == "Y112"]
    assert (less.actual, less.expected) == (4, 5) and "所属2个部门" in less.message


def test_last_years_report_is_found_under_the_name_of_before_a_reform() -> None:
    now = fragment_to_report({"agency": "云溪市青禾区工业和信息化局"})
    old = {"agency": "云溪市青禾区经济和信息化局", "year": 2022}
    before = fragment_to_report(old)
    assert last_year_of(now, Shelf(now, before)) == before
    assert check(now, Shelf(now, before)).verdicts["Y110"] == "fail"


def test_a_report_without_agency_or_year_is_compared_with_nothing() -> None:
    report = fragment_to_report({"agency": None, "year": None, "sections": {5: PROBLEMS}})
    shelf = Shelf(fragment_to_report({"sections": {5: PROBLEMS}}))
    assert last_year_of(report, shelf) is None
    assert peers_of(report, shelf) == ()


def test_the_json_has_the_contracts_keys_and_a_verdict_for_every_rule() -> None:
    report = fragment_to_report(
        {
            "requests": {"new": {"natural_person": 3, "total": 5}},
            "sections": {1: "全年公开信息XX条。"},
        }
    )
    written = check_to_dict(report, check(report))
    assert json.loads(json.dumps(written, ensure_ascii=False)) == written
    assert set(written) >= {"source", "agency", "year", "findings", "checked"}
    checked = written["checked"]
    assert isinstance(checked, dict)
    assert list(checked) == list(RULES)
    assert set(checked.values()) <= {"pass", "fail", "not_applicable", "undecided"}


def test_evidence_is_a_cell_with_its_value_or_words_with_their_section() -> None:
    report = fragment_to_report(
        {
            "requests": {"new": {"natural_person": 3, "total": 5}},
            "sections": {1: "全年公开信息XX条。"},
        }
    )
    found = {f["rule"]: f for f in findings_of(report)}
    cell = {"table": "requests", "row": "new", "column": "total", "value": 5, "page": None}
    assert cell in flattened(found["R101"] if "R101" in found else found["R102"])
    assert found["W102"]["evidence"] == [
        {"section": 1, "quote": "全年公开信息XX条。", "page": None}
    ]
    keys = {"rule", "severity", "message", "suggestion", "expected", "actual", "evidence"}
    assert all(keys <= set(finding) for finding in found.values())


def findings_of(report: Report) -> list[dict[str, object]]:
    """The findings as JSON."""
    written = check_to_dict(report, check(report))["findings"]
    assert isinstance(written, list)
    return written


def flattened(finding: dict[str, object]) -> list[object]:
    """The evidence of a finding."""
    evidence = finding["evidence"]
    assert isinstance(evidence, list)
    return evidence


# --- Real published reports: what a reviewer found by hand ------------------------------------------

# Errors and warnings of each sample, exactly: nothing missed and nothing raised besides.
# 56 ≠ 55 is N201, another bureau's name I105, signed a year early I103, no fee statement S106.
FOUND_BY_HAND: dict[str, tuple[list[str], list[str]]] = {
    "xuecheng-2023.txt": (["I105"], ["I107", "N201", "S108", "S110"]),
    "zhaoyuan-2023.txt": (["I103"], ["D103", "N206", "W101", "W101", "W103", "W103"]),
    "jiangle-2023.txt": ([], ["S105", "S108", "W101"]),
    "boshan-2021.txt": (["S106"], ["S102", "S111"]),
    "weidong-2024.txt": ([], ["S111", "W103"]),
    "hongze-2023.pdf": (["D101", "D101"], ["R108", "S109", "S111"]),
    "shuyang-fgj-2023.html": ([], ["S108"]),
    "shanghai-office-2019.html": (["N108"], ["D103", "N114", "R105", "R107", "S111"]),
}
# Notices, exactly too: those of the reviewer, and others that were read one by one and are right.
NOTED_BY_HAND = {
    "xuecheng-2023.txt": (
        "I110 I115 N117 N209 S112 W104 W104 W105 W105 W105 W105 W105 W112"  # 4 odd signs, 1 space
    ),
    "zhaoyuan-2023.txt": "N115 N207 S112 S113 S115 W104 W105 W105 W107 W111 W111",
    "jiangle-2023.txt": "I109 I109 I114 S112 S117 S119 W105 W106 W107 W109 W110",
    "boshan-2021.txt": "I110 I113 I113 I116 N205 S112 W106 W107",
    "weidong-2024.txt": "I109 I115 S108 S112 S115 S117 S119 W105",
    "hongze-2023.pdf": "S112 S117 V105",
    "shuyang-fgj-2023.html": "R107 S103 S112 S117 W105 W106",
    "shanghai-office-2019.html": "I109 I110 I116 N114 N117 S113 W105 W105",
}


@pytest.mark.parametrize("name", FOUND_BY_HAND)
def test_what_a_reviewer_found_in_a_real_report_is_found_and_no_more(
    real_reports: Path, name: str
) -> None:
    found = check(parse(real_reports / name)).findings
    by_severity = {
        severity: sorted(f.rule for f in found if f.severity == severity)
        for severity in ("error", "warning", "notice")
    }
    errors, warnings = FOUND_BY_HAND[name]
    assert by_severity["error"] == errors
    assert by_severity["warning"] == warnings
    assert by_severity["notice"] == NOTED_BY_HAND[name].split()


def test_the_dash_and_the_odd_space_a_reviewer_noted_are_named(real_reports: Path) -> None:
    found = check(parse(real_reports / "xuecheng-2023.txt")).findings
    said = [f.message for f in found if f.rule == "W105"]
    assert any("U+2002" in message for message in said)
    assert any("破折号" in message for message in said)


def test_the_half_width_comma_in_a_label_of_the_form_is_found(real_reports: Path) -> None:
    found = check(parse(real_reports / "weidong-2024.txt")).findings
    (labels,) = [f for f in found if f.rule == "W105"]
    assert any("(区分处理的, " in (e.place.quote or "") for e in labels.evidence)


def test_arithmetic_of_the_real_samples_passes_but_for_what_is_blank(real_reports: Path) -> None:
    for name in (n for n in FOUND_BY_HAND if n.endswith(".txt")):
        verdicts = check(parse(real_reports / name)).verdicts
        assert [verdicts[id] for id in ("R101", "R102", "R103")] == ["pass"] * 3, name
        blank = name == "zhaoyuan-2023.txt"
        assert verdicts["D101"] == ("undecided" if blank else "pass")


def test_the_total_left_at_nought_is_found_in_hongze(real_reports: Path) -> None:
    found = check(parse(real_reports / "hongze-2023.pdf")).findings
    errors = [(f.rule, f.expected, f.actual) for f in found if f.severity == "error"]
    assert errors == [("D101", 11, 0), ("D101", 5, 0)]


def test_what_shanghai_says_of_its_cases_and_shares_is_contradicted(real_reports: Path) -> None:
    found = check(parse(real_reports / "shanghai-office-2019.html")).findings
    assert [f.rule for f in found if f.severity == "error"] == ["N108"]
    assert {"N114", "R105", "R107"} <= {f.rule for f in found}
