"""The catalogue: its examples and cases are run, verdicts decided in one place, mistakes located."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

import pytest

from assistant.rules import FAMILIES, RULES, Finding, run
from assistant.rules.names import area_of, same_agency
from assistant.rules.page import HEADINGS, docstring_to_page
from assistant.rules.rule import Outcomes, catalogue, rule
from ingest.forms import form_of
from ingest.report import (
    DOUBTS,
    Cell,
    Concept,
    Doubt,
    Place,
    Report,
    Section,
    Table,
    TableName,
    TextStart,
)
from tests.bench.clean import clean_reports
from tests.fragments import (
    Example,
    Fragment,
    fragment_to_example,
    fragment_to_report,
    load_cases,
    text_to_example,
)

CASES = Path(__file__).parent / "rules"
LEAST_RULES = 120

PAGE = "有错。\n\n为什么: 甲\n\n依据: 乙\n\n反例::\n\n    {}\n\n正例::\n\n    {}\n\n处理: 丙\n"


def clean_report(edition: str = "2021", seed: int = 0) -> Report:
    """An invented report in which nothing is wrong: sums hold and no bureau issues 规章."""
    return clean_reports(edition, seeds=(seed,))[f"plain {seed}"]


def checked(example: Example, rule_id: str) -> tuple[str, tuple[Finding, ...]]:
    """The verdict and the findings of one rule on an example."""
    said = RULES[rule_id].check(example.report, example.last_year, example.peers)
    return said.verdict, said.findings


# --- The examples in the pages and the cases in tests/rules -----------------------------------------


@pytest.mark.parametrize("rule_id", RULES)
def test_the_bad_example_of_a_page_fails_and_the_good_one_passes(rule_id: str) -> None:
    page = RULES[rule_id].page
    assert checked(text_to_example(page.bad), rule_id)[0] == "fail"
    assert checked(text_to_example(page.good), rule_id)[0] == "pass"


@cache
def all_cases() -> tuple[tuple[str, str, Fragment], ...]:
    return tuple(
        (path.stem, name, case)
        for path in sorted(CASES.glob("*.yml"))
        for name, case in load_cases(path).items()
    )


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_has_cases_of_each_verdict_it_can_give(rule_id: str) -> None:
    verdicts = {case["verdict"] for id, _, case in all_cases() if id == rule_id}
    # Title and signature are there or not; six parts are all there or not.
    decidable = RULES[rule_id].reads == "identity" or rule_id in {"S101"}
    wanted = {"pass", "fail"} | (set() if decidable else {"undecided"})
    assert verdicts >= wanted


@pytest.mark.parametrize(("rule_id", "name", "case"), [*all_cases()])
def test_a_case_gets_the_verdict_it_names(rule_id: str, name: str, case: Fragment) -> None:
    example = fragment_to_example(cast("Fragment", case["report"]))
    verdict, findings = checked(example, rule_id)
    assert verdict == case["verdict"], [finding.message for finding in findings]
    if findings:
        assert_finding(findings, case)


def assert_finding(findings: tuple[Finding, ...], case: Fragment) -> None:
    """The first finding of a case has everything that the case says of it."""
    first = findings[0]
    for key in ("severity", "expected", "actual"):
        if key in case:
            assert getattr(first, key) == case[key]
    assert str(case.get("says", "")) in first.message
    assert str(case.get("suggests", "")) in first.suggestion
    assert len(findings) == case.get("count", len(findings))
    places = {f"{e.place.table}/{e.place.row}/{e.place.column}" for e in first.evidence}
    assert set(cast("list[str]", case.get("at", []))) <= places


@pytest.mark.parametrize("path", sorted(CASES.glob("*")), ids=lambda path: str(path.stem))
def test_every_file_of_cases_is_named_for_a_rule_and_has_both_sides(path: Path) -> None:
    verdicts = {case["verdict"] for case in load_cases(path).values()}
    assert path.stem in RULES
    assert {"fail", "pass"} <= verdicts or "undecided" in verdicts


# --- The catalogue ---------------------------------------------------------------------------------


def test_the_catalogue_is_large_and_every_family_has_rules() -> None:
    assert len(RULES) >= LEAST_RULES
    assert {rule.family for rule in RULES.values()} == set(FAMILIES)
    assert list(RULES) == [rule.id for rule in catalogue()]


def test_names_say_what_is_wrong_and_are_not_used_twice_in_a_family() -> None:
    names = [(rule.family, rule.name) for rule in RULES.values()]
    assert len(set(names)) == len(names)
    assert not [
        n
        for _, n in names
        if n.startswith(("check", "no-", "must")) and n != "no-request-in-a-whole-city"
    ]


@pytest.mark.parametrize("rule_id", RULES)
def test_a_page_is_complete(rule_id: str) -> None:
    page = RULES[rule_id].page
    assert all((page.summary, page.why, page.basis, page.remedy))
    assert page.summary.endswith("。")
    assert page.remedy.endswith("。")


def test_a_page_with_headings_missing_or_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="docstring"):
        docstring_to_page(PAGE.replace("依据: 乙\n\n", ""))
    with pytest.raises(ValueError, match="docstring"):
        docstring_to_page(PAGE.replace("为什么", "处理", 1))
    assert docstring_to_page(PAGE).remedy == "丙"
    assert len(HEADINGS) == 5


def page_writer() -> Callable[[Report], Outcomes]:
    def body(report: Report) -> Outcomes:
        yield from ()

    body.__doc__ = PAGE
    return body


def test_a_second_rule_of_the_same_id_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        rule("R101", "another", "error")(page_writer())


@pytest.mark.parametrize("bad_id", ["X101", "R1", "R1011", "101"])
def test_an_id_that_is_no_family_letter_and_three_digits_is_refused(bad_id: str) -> None:
    with pytest.raises(ValueError, match="no rule id"):
        rule(bad_id, "another", "error")(page_writer())


# --- Verdicts --------------------------------------------------------------------------------------


def test_every_rule_has_a_verdict_even_on_an_empty_report() -> None:
    verdicts = run(fragment_to_report({"agency": None, "year": None, "format": None})).verdicts
    assert list(verdicts) == list(RULES)
    assert verdicts["R101"] == "undecided"
    assert verdicts["Y101"] == verdicts["Y107"] == "not_applicable"


def test_a_blank_report_never_has_an_arithmetic_error() -> None:
    report = clean_report()
    blank = {name: _blanked(table) for name, table in report.tables.items()}
    check = run(replace(report, tables=blank))
    assert not [f for f in check.findings if f.severity == "error" and f.rule[0] in "PRD"]
    assert check.verdicts["R101"] == check.verdicts["D101"] == "undecided"


def _blanked(table: Table) -> Table:
    cells = {c: replace(cell, value=None, text="") for c, cell in table.cells.items()}
    return replace(table, cells=cells)


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("seed", range(3))
def test_a_clean_report_has_no_error_and_no_warning(edition: str, seed: int) -> None:
    report = clean_report(edition, seed)
    found = [f for f in run(report).findings if f.severity != "notice"]
    assert [(f.rule, f.message) for f in found] == []


def test_a_finding_on_a_doubtful_cell_is_a_warning_that_says_so() -> None:
    doubt = Doubt("row-shifted", DOUBTS["row-shifted"])
    report = clean_report()
    cell = report.cell("requests/granted/total")
    wrong = Cell((cell.value or 0) + 1, "1", cell.place, doubt)
    check = run(_with(report, {"requests/granted/total": wrong}))
    finding = check.findings[0]
    assert finding.severity == "warning"
    assert finding.message.startswith("疑似")
    assert not [f for f in check.findings if f.severity == "error"]


def test_the_same_report_gives_the_same_findings_in_the_same_order_worst_first() -> None:
    report = _with(
        clean_report(), {"requests/granted/total": 1, "disputes/reconsideration/total": 1}
    )
    first, second = run(report), run(report)
    assert first == second
    severities = [f.severity for f in first.findings]
    assert severities == sorted(severities, key=("error", "warning", "notice").index)


def test_findings_of_one_severity_stand_in_the_order_of_the_report() -> None:
    report = _with(
        clean_report(),
        {"disputes/reconsideration/upheld": 900, "requests/total/research": 901},
    )
    tables = [f.evidence[0].place.table for f in run(report).findings if f.severity == "error"]
    assert tables == ["requests", "disputes"]


def test_a_slip_in_a_printed_label_that_the_parser_quotes_is_a_warning() -> None:
    report = clean_report()
    doubt = Doubt("label-inferred", "列名有误", Place(quote="本年度止件数"))
    table = replace(report.tables["proactive"], doubts=(doubt,))
    found = RULES["W103"].check(replace(report, tables={**report.tables, "proactive": table}))
    assert [(f.severity, f.expected) for f in found.findings] == [("warning", "本年废止件数")]


# --- One mistake, one finding -----------------------------------------------------------------------


def _with(report: Report, cells: Mapping[str, Cell | int]) -> Report:
    """The report with other contents in some cells."""
    tables: dict[TableName, Table] = dict(report.tables)
    for address, content in cells.items():
        concept = Concept.parse(address)
        old = tables[concept.table]
        new = (
            content
            if isinstance(content, Cell)
            else Cell(content, str(content), old.cells[concept].place)
        )
        tables[concept.table] = replace(old, cells={**old.cells, concept: new})
    return replace(report, tables=tables)


def test_a_wrong_number_is_one_finding_that_names_the_cell_and_its_value() -> None:
    report = clean_report()
    right = report.number("requests/declined.repeat/research") or 0
    check = run(_with(report, {"requests/declined.repeat/research": int(right) + 30}))
    errors = [f for f in check.findings if f.severity == "error"]
    assert len(errors) == 1
    assert (errors[0].expected, errors[0].actual) == (right, right + 30)
    place = errors[0].evidence[0].place
    assert (place.row, place.column) == ("declined.repeat", "research")
    assert sorted(f.rule for f in errors[0].consequences) == ["R101", "R103"]


def test_digits_turned_round_and_a_nought_too_many_are_said_to_be_that() -> None:
    report = clean_report()
    right = int(report.number("requests/new/total") or 0)
    noughts = run(_with(report, {"requests/new/total": right * 10})).findings[0]
    assert "多写了0" in noughts.message
    turned = int(str(right)[1:2] + str(right)[:1] + str(right)[2:])
    assert turned != right
    assert "数字颠倒" in run(_with(report, {"requests/new/total": turned})).findings[0].message


def test_a_sentence_that_gives_the_right_value_is_listed_under_the_wrong_cell() -> None:
    report = clean_report()
    right = int(report.number("requests/new/total") or 0)
    errors = [
        finding
        for finding in run(_with(report, {"requests/new/total": right + 5})).findings
        if finding.severity == "error"
    ]
    assert [finding.expected for finding in errors] == [right]
    assert sorted(f.rule for f in errors[0].consequences) == ["N101", "R101", "R102"]


def test_two_mistakes_in_different_places_are_two_findings() -> None:
    report = clean_report()
    wrong = {"requests/granted/enterprise": 700, "requests/denied.law/other": 800}
    errors = [f for f in run(_with(report, wrong)).findings if f.severity == "error"]
    named = {(f.evidence[0].place.row, f.evidence[0].place.column) for f in errors}
    assert named == {("granted", "enterprise"), ("denied.law", "other")}


def test_a_mistake_that_any_of_several_cells_could_explain_names_none() -> None:
    report = clean_report()
    wrong = int(report.number("disputes/reconsideration/upheld") or 0) + 1
    errors = run(_with(report, {"disputes/reconsideration/upheld": wrong})).findings
    assert [f.rule for f in errors if f.severity == "error"] == ["D101"]
    assert errors[0].consequences == ()


# --- Mutations -------------------------------------------------------------------------------------


def cells_of(*names: str) -> list[Concept]:
    return [c for c in form_of("2021").concepts() if c.table in names]


@pytest.mark.parametrize("concept", cells_of("requests", "disputes"), ids=str)
def test_a_changed_cell_fails_its_calculations_and_no_other_family(concept: Concept) -> None:
    """Every cell of 表三 and 表四, one at a time, in a report that is otherwise clean."""
    report = CLEAN
    value = int(report.number(concept) or 0) + 7
    check = run(_with(report, {str(concept): value}))
    failed = {id for id, verdict in check.verdicts.items() if verdict == "fail"} - ALREADY
    expected = set(rules_of(concept))
    assert expected <= failed
    # The text says some of the numbers too: there, and only there, it contradicts the table now.
    said = {"N"} if str(concept) in SAID_IN_TEXT else set()
    assert {id[0] for id in failed} <= {id[0] for id in expected} | said
    errors = [f for f in check.findings if f.severity == "error"]
    if concept.table == "requests":
        assert len(errors) == 1  # what the text says is listed beneath
    assert _is_located(errors[0], concept)


@pytest.mark.parametrize("concept", cells_of("requests", "disputes"), ids=str)
def test_a_blanked_cell_is_a_warning_and_leaves_its_calculations_open(concept: Concept) -> None:
    """Every cell of 表三 and 表四, emptied one at a time: never an error, never a pass."""
    blank = Cell(None, "", CLEAN.cell(concept).place)
    check = run(_with(CLEAN, {str(concept): blank}))
    assert {check.verdicts[id] for id in rules_of(concept)} == {"undecided"}
    assert not [f for f in check.findings if f.severity == "error"]
    warnings = [f for f in check.findings if f.severity == "warning"]
    warned = {f.rule for found in warnings for f in (found, *found.consequences)}
    assert ("R107" if concept.table == "requests" else "D103") in warned


def rules_of(concept: Concept) -> Iterator[str]:
    """The ids of the rules whose calculations hold a cell."""
    ids = {"applicants": "R101", "balance": "R102", "outcomes": "R103", "results": "D101"}
    for calculation in form_of("2021").table(concept.table).calculations:
        if concept in calculation.left + calculation.right:
            yield ids[calculation.id.split("/")[0]]


def _is_located(finding: Finding, concept: Concept) -> bool:
    """Whether the finding names the very cell (表三), or has it among its evidence (表四)."""
    shown = [(e.place.table, e.place.row, e.place.column) for e in finding.evidence]
    return shown[0] == concept if concept.table == "requests" else concept in shown


CLEAN = clean_report()
ALREADY = {id for id, verdict in run(CLEAN).verdicts.items() if verdict == "fail"}
SAID_IN_TEXT = {"requests/new/total", "requests/granted/total", "disputes/reconsideration/total"}


# --- Names, wording of findings, copied text --------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("云溪市青禾区工业和信息化局", "青禾区工信局", True),
        ("云溪市青禾区工业和信息化局", "区工信局", True),
        ("云溪市青禾区水务局", "云溪市柳溪县水务局", False),
        ("青禾区水务局", "青禾区林业局", False),
        ("青禾区城市管理局", "青禾区城管局", True),
        ("青禾区人民政府", "青禾区人民政府办公室", True),
        ("青禾区发展和改革委员会", "青禾区发改委", True),
        ("云溪市青禾区卫生健康委员会", "区卫健委", True),
        ("青禾区卫生健康委员会", "青禾区发展和改革委员会", False),
        ("青禾区柳溪街道办事处", "柳溪街道", True),
        ("青禾区柳溪镇人民政府", "柳溪镇政府", True),
        ("青禾区文化和旅游局（青禾区文物局）", "青禾区文化和旅游局", True),
    ],
)
def test_names_are_one_agency_only_when_one_can_be_short_for_the_other(
    one: str, other: str, same: bool
) -> None:
    assert same_agency(one, other) is same
    assert same_agency(other, one) is same


@pytest.mark.parametrize(
    ("agency", "area"),
    [
        ("云溪市青禾区水务局", "青禾区"),
        ("青禾区城市管理局", "青禾区"),
        ("区水务局", ""),
        ("云溪市市场监督管理局", "云溪市"),
    ],
)
def test_the_area_of_an_agency_is_the_smallest_place_before_its_name(
    agency: str, area: str
) -> None:
    assert area_of(agency) == area


def test_a_finding_on_a_sum_shows_both_sides_with_their_numbers() -> None:
    example = text_to_example("requests: {new: {natural_person: 3, enterprise: 1, total: 5}}")
    message = checked(example, "R101")[1][0].message
    assert "左边5" in message
    assert "右边3＋1＝4" in message


def test_a_finding_without_a_suggestion_of_its_own_carries_the_remedy_of_the_page() -> None:
    example = text_to_example(RULES["R101"].page.bad)
    assert checked(example, "R101")[1][0].suggestion == RULES["R101"].page.remedy


def test_half_copied_text_is_a_warning_and_wholly_copied_text_an_error() -> None:
    told = [
        "公共数据目录更新滞后，抽查的条目里有九个超过一个季度没有核对。",
        "政策解读以文字为主，企业反映申报条件看不懂。",
        "今后按月核对目录台账，由专人销号并通报各科室。",
        "重要文件都配发图解，并在窗口摆放问答手册。",
    ]
    before = {"sections": {5: "".join(told)}}
    whole = {"sections": {5: "".join(told)}, "last_year": before}
    half = {"sections": {5: "".join(told[:3])}, "last_year": before}
    severities = [checked(fragment_to_example(f), "Y106")[1][0].severity for f in (whole, half)]
    assert severities == ["error", "warning"]


def test_quotes_are_letter_for_letter_and_cited_with_the_page_they_stand_on() -> None:
    starts = (TextStart(0, 1, 3), TextStart(13, 2, 9))
    text = "全年公开信息 12 条。\n留有 XX 处。"
    section = Section(1, "一、总体情况", text, 1, 2, starts)
    report = replace(fragment_to_report({}), sections=(section,))
    place = RULES["W102"].check(report).findings[0].evidence[0].place
    assert (place.quote, place.page, place.line) == ("留有 XX 处。", 2, 9)
