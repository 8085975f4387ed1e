"""Every command's JSON has the contract's keys and types, and every exit status its meaning."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ingest import samples
from ingest.forms import FORMS
from ingest.report import TABLE_NAMES
from tests.command_line import Outcome, run

Capture = pytest.CaptureFixture[str]

STATUSES = {"answered", "unanswerable", "clarify"}
METHODS = {"lookup", "aggregate", "retrieval", "check", "definition"}
SEVERITIES = {"error", "warning", "notice"}
VERDICTS = {"pass", "fail", "not_applicable", "undecided"}
CITATION_KEYS = {"report", "agency", "year", "section", "quote", "page", "table", "row", "column"}
QUESTIONS = [
    "各单位一共收到多少件申请？",
    "哪些单位没有收到申请？",
    "主动公开信息的条数从多到少排一下",
    "“三安全一稳定”是什么意思？",
    "火星政务公开办2023年收到多少件申请？",
    "各单位存在哪些问题？",
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library") / "data"


@pytest.fixture(scope="module")
def _filled(data: Path) -> None:
    from vectorstore.library import Library

    with Library(data) as library:
        assert all(item.status == "added" for item in library.ingest(samples.paths(), workers=2))


def ask(capsys: Capture, data: Path, question: str, *more: str) -> dict[str, Any]:
    outcome = run(capsys, "ask", question, "--json", "--data", str(data), *more)
    assert outcome.status == 0, outcome.err
    [answer] = outcome.lines
    assert isinstance(answer, dict)
    return answer


# --- parse -----------------------------------------------------------------------------------------


def test_parse_prints_one_object_per_file_in_order(capsys: Capture) -> None:
    files = samples.paths()[:3]
    outcome = run(capsys, "parse", "--json", *map(str, files))
    assert [line["source"] for line in outcome.lines] == [file.name for file in files]


def test_a_parsed_report_has_the_contract_s_keys_and_types(capsys: Capture) -> None:
    outcome = run(capsys, "parse", "--json", *map(str, samples.paths()))
    for report in outcome.lines:
        assert isinstance(report["year"], int) and isinstance(report["agency"], str)
        assert re.fullmatch(r"[0-9a-f]{64}", report["sha256"])
        assert report["format"] in FORMS
        assert [section["number"] for section in report["sections"]] == [1, 2, 3, 4, 5, 6]
        assert {"number", "heading", "text", "page"} <= set(report["sections"][0])
        for figure in report["figures"]:
            assert {"name", "value", "unit", "sentence", "section"} <= set(figure)
        for warning in report["warnings"]:
            assert isinstance(warning["code"], str) and isinstance(warning["message"], str)


def test_every_cell_of_the_form_is_a_number_or_null(capsys: Capture) -> None:
    outcome = run(capsys, "parse", "--json", *map(str, samples.paths()))
    for report in outcome.lines:
        form = FORMS[report["format"]]
        assert set(report["tables"]) == set(TABLE_NAMES)
        for concept in form.concepts():
            value = report["tables"][concept.table][concept.row][concept.column]
            assert value is None or isinstance(value, int | float)


# --- ask -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_filled")
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_has_the_contract_s_keys_and_no_number_of_its_own(
    capsys: Capture, data: Path, question: str
) -> None:
    answer = ask(capsys, data, question)
    assert answer["question"] == question
    assert answer["status"] in STATUSES and answer["method"] in METHODS
    for value in answer["values"]:
        assert set(value) == {"value", "unit", "agency", "year"}
    for citation in answer["citations"]:
        assert set(citation) >= CITATION_KEYS
    evidence = json.dumps([answer["values"], answer["citations"], question], ensure_ascii=False)
    known = set(re.findall(r"\d+(?:\.\d+)?", evidence.replace(",", "")))
    for number in re.findall(r"\d+(?:\.\d+)?", answer["answer"].replace(",", "")):
        assert number in known or f"{float(number):g}" in known, (number, answer)


@pytest.mark.usefixtures("_filled")
def test_a_quote_is_text_of_its_document(capsys: Capture, data: Path) -> None:
    answer = ask(capsys, data, "各单位存在哪些问题？")
    reports = {
        (line["agency"], line["year"]): line
        for line in run(capsys, "parse", "--json", *map(str, samples.paths())).lines
    }
    assert answer["citations"]
    for citation in answer["citations"]:
        report = reports[citation["agency"], citation["year"]]
        texts = [section["text"] for section in report["sections"]]
        assert any(citation["quote"] in text for text in texts)


@pytest.mark.usefixtures("_filled")
def test_the_history_file_gives_a_follow_up_its_subject(
    capsys: Capture, data: Path, tmp_path: Path
) -> None:
    agency = run(capsys, "library", "--json", "--data", str(data)).lines[0]["agencies"][0]
    history = tmp_path / "history.json"
    first = ask(capsys, data, f"{agency}新收到多少件申请？")
    turns = [
        {"role": "user", "content": first["question"]},
        {"role": "assistant", "content": first["answer"]},
    ]
    history.write_text(json.dumps(turns, ensure_ascii=False), encoding="utf-8")
    answer = ask(capsys, data, "上年结转的呢？", "--history", str(history))
    assert {value["agency"] for value in answer["values"]} == {agency}


def test_an_empty_library_says_how_to_fill_it(capsys: Capture, tmp_path: Path) -> None:
    answer = ask(capsys, tmp_path / "none", "一共收到多少件申请？")
    assert answer["status"] == "unanswerable" and "ingest" in answer["answer"]


# --- check -----------------------------------------------------------------------------------------


def checked(capsys: Capture, data: Path, *arguments: str) -> Outcome:
    return run(capsys, "check", "--json", "--data", str(data), *arguments)


def test_a_check_has_a_verdict_for_every_rule(capsys: Capture, tmp_path: Path) -> None:
    outcome = checked(capsys, tmp_path, str(samples.paths()[0]))
    [result] = outcome.lines
    rules = [rule["id"] for rule in run(capsys, "rules", "--json").lines[0]]
    assert set(result) >= {"source", "agency", "year", "findings", "checked"}
    assert list(result["checked"]) == rules
    assert set(result["checked"].values()) <= VERDICTS


def test_a_finding_has_the_contract_s_keys(capsys: Capture, tmp_path: Path) -> None:
    outcome = checked(capsys, tmp_path, *map(str, samples.paths()))
    findings = [finding for result in outcome.lines for finding in result["findings"]]
    assert findings
    for finding in findings:
        keys = {"rule", "severity", "message", "suggestion", "expected", "actual", "evidence"}
        assert keys <= set(finding)
        assert finding["severity"] in SEVERITIES
        for evidence in finding["evidence"]:
            assert "table" in evidence or "quote" in evidence or "section" in evidence


def test_fail_on_exits_three_only_when_a_finding_stands(capsys: Capture, tmp_path: Path) -> None:
    files = list(map(str, samples.paths()))
    results = checked(capsys, tmp_path, *files).lines
    worst = {finding["severity"] for result in results for finding in result["findings"]}
    assert "error" in worst
    assert checked(capsys, tmp_path, "--fail-on", "error", *files).status == 3
    clean = next(
        file
        for file, result in zip(files, results, strict=True)
        if not any(f["severity"] == "error" for f in result["findings"])
    )
    assert checked(capsys, tmp_path, "--fail-on", "error", clean).status == 0


# --- draft -----------------------------------------------------------------------------------------


def sample(name: str) -> str:
    return str(next(path for path in samples.paths() if path.name == name))


def drafted(capsys: Capture, data: Path, *arguments: str) -> Outcome:
    agency = "云江市青槐区教育局"
    required = ["--agency", agency, "--year", "2024", "--tables", sample("education-2024.docx")]
    return run(capsys, "draft", "--json", "--data", str(data), *required, *arguments)


def test_a_draft_has_the_contract_s_keys_and_binds_its_numbers(
    capsys: Capture, tmp_path: Path
) -> None:
    outcome = drafted(capsys, tmp_path / "none", "--last-year", sample("education-2023.md"))
    [draft] = outcome.lines
    assert outcome.status == 0
    assert [section["number"] for section in draft["sections"]] == [1, 5, 6]
    for suggestion in draft["suggestions"]:
        assert {"section", "text", "why", "citations"} <= set(suggestion)
    for number in draft["numbers"]:
        assert number["text"] and number["from"]
    assert not (tmp_path / "none").exists()


def test_a_draft_is_written_in_the_official_form_and_read_again(
    capsys: Capture, tmp_path: Path
) -> None:
    file = tmp_path / "稿.docx"
    assert drafted(capsys, tmp_path / "none", "--output", str(file), "--section", "1").status == 0
    [again] = run(capsys, "parse", "--json", str(file)).lines
    [tables] = run(capsys, "parse", "--json", sample("education-2024.docx")).lines
    assert again["tables"] == tables["tables"]


def test_the_json_of_parse_serves_as_tables(capsys: Capture, tmp_path: Path) -> None:
    parsed = tmp_path / "表.json"
    parsed.write_text(run(capsys, "parse", "--json", sample("education-2024.docx")).out, "utf-8")
    [from_json] = drafted(capsys, tmp_path / "none", "--tables", str(parsed)).lines
    [from_word] = drafted(capsys, tmp_path / "none").lines
    assert from_json["sections"] == from_word["sections"]


# --- ingest, library -------------------------------------------------------------------------------


def test_ingest_reports_each_file_then_a_summary_and_goes_on_after_a_bad_one(
    capsys: Capture, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    good = samples.paths()[0]
    (folder / good.name).write_bytes(good.read_bytes())
    outcome = run(capsys, "ingest", "--json", "--data", str(tmp_path / "d"), str(folder))
    *files, summary = outcome.lines
    assert {file["status"] for file in files} == {"added", "failed"}
    assert summary["summary"]["added"] == 1 and summary["summary"]["failed"] == 1
    assert outcome.status == 1 and "坏.pdf" in outcome.err
    again = run(capsys, "ingest", "--json", "--data", str(tmp_path / "d"), str(good))
    assert again.status == 0 and again.lines[0]["status"] == "known"


@pytest.mark.usefixtures("_filled")
def test_library_lists_every_report(capsys: Capture, data: Path) -> None:
    [listing] = run(capsys, "library", "--json", "--data", str(data)).lines
    assert len(listing["reports"]) == len(samples.paths())
    assert listing["years"] == sorted(listing["years"])


# --- exit statuses and bad input -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.txt", b""),
        ("空白.txt", b"  \n \n"),
        ("图.pdf", b"\x89PNG\r\n\x1a\n0000"),
        ("坏.docx", b"PK\x03\x04 broken"),
        ("信.txt", "各位同事：明天放假。".encode()),
        ("乱.txt", bytes(range(256)) * 8),
    ],
)
def test_a_file_that_is_no_report_costs_one_sentence_and_status_one(
    capsys: Capture, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    outcome = run(capsys, "parse", "--json", str(file))
    assert outcome.status == 1 and outcome.out == ""
    assert name in outcome.err and len(outcome.err.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_named(capsys: Capture, tmp_path: Path) -> None:
    outcome = run(capsys, "parse", "--json", str(tmp_path / "没有.txt"))
    assert outcome.status == 1 and "没有.txt" in outcome.err


@pytest.mark.parametrize(
    "arguments", [["parse"], ["nonsense"], ["check", "--fail-on", "x", "a"], ["ingest"]]
)
def test_a_wrong_command_line_exits_two(capsys: Capture, arguments: list[str]) -> None:
    assert run(capsys, *arguments).status == 2


def test_an_unknown_rule_is_named(capsys: Capture) -> None:
    outcome = run(capsys, "rules", "Z999")
    assert outcome.status == 1 and "Z999" in outcome.err


def test_gb18030_text_simply_works(capsys: Capture, tmp_path: Path) -> None:
    sample = next(path for path in samples.paths() if path.suffix == ".txt")
    text = sample.read_text(encoding="utf-8")
    file = tmp_path / sample.name
    file.write_bytes(text.encode("gb18030"))
    [as_utf8] = run(capsys, "parse", "--json", str(sample)).lines
    [as_gb18030] = run(capsys, "parse", "--json", str(file)).lines
    assert as_gb18030["tables"] == as_utf8["tables"]
    assert as_gb18030["title"] == as_utf8["title"]
