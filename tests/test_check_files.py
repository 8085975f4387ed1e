"""What people take away from a check: each form opens again and says what was found."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from lxml import etree, html

from assistant.checking.check import Check, check
from assistant.checking.decisions import Decision
from assistant.checking.files import annotated_docx, check_to_xlsx, write_check
from assistant.checking.logs import check_to_junit, check_to_sarif
from assistant.checking.markup import check_to_html
from assistant.checking.word_comments import Comment, WordPackage
from assistant.rules import RULES
from ingest.errors import NianbaoError
from ingest.parse import parse_bytes
from ingest.readers.word_numbering import W
from ingest.report import Report
from tests.command_line import run
from tests.fragments import fragment_to_report
from tests.invented import invented_report
from tests.render_files import as_docx


def wrong_report() -> Report:
    return invented_report(
        balanced=True,
        replace={"requests/granted/enterprise": 777},
        sections={6: "未收取信息处理费，详见XX附件。"},
    )


@pytest.fixture(scope="module")
def original() -> bytes:
    return as_docx(wrong_report())


@pytest.fixture(scope="module")
def report(original: bytes) -> Report:
    return parse_bytes(original, "年报.docx")


@pytest.fixture(scope="module")
def found(report: Report) -> Check:
    return check(report)


# --- Word -----------------------------------------------------------------------------------------


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def commented_texts(data: bytes) -> dict[str, str]:
    """The text that each comment is about → the comment, by reading the file again."""
    root = etree.fromstring(members(data)["word/document.xml"])
    comments = {str(c.comment_id): c.text for c in docx.Document(io.BytesIO(data)).comments}
    found = {}
    for paragraph in root.iter(W + "p"):
        for mark in paragraph.iter(W + "commentRangeStart"):
            text = "".join(t.text or "" for t in paragraph.iter(W + "t"))
            found[comments[mark.get(W + "id", "")]] = text
    assert len(found) == len(comments)
    return found


def test_each_finding_is_a_comment_at_its_cell_or_sentence(
    original: bytes, report: Report, found: Check
) -> None:
    about = commented_texts(annotated_docx(report, found, original))
    assert len(about) == len(found.findings)
    cell = next(text for comment, text in about.items() if "应为" in comment and "777" in comment)
    sentence = next(text for comment, text in about.items() if "W102" in comment)
    assert cell == "777"
    assert "XX附件" in sentence


def test_everything_but_the_comments_is_the_same_to_the_byte(
    original: bytes, report: Report, found: Check
) -> None:
    before, after = members(original), members(annotated_docx(report, found, original))
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    } | {name for name in changed if name.startswith("word/comments")}
    rest = iter(after["word/document.xml"])
    assert all(byte in rest for byte in before["word/document.xml"])


def test_a_file_with_comments_reads_as_the_same_report(
    original: bytes, report: Report, found: Check
) -> None:
    again = parse_bytes(annotated_docx(report, found, original), "年报.docx")
    assert replace(again, sha256="") == replace(report, sha256="")


def test_a_reviewers_own_comments_stay_beside_ours(original: bytes) -> None:
    document = docx.Document(io.BytesIO(original))
    document.add_comment(document.paragraphs[0].runs, "请核对标题", author="王审核")
    buffer = io.BytesIO()
    document.save(buffer)
    with_comment = buffer.getvalue()
    report = parse_bytes(with_comment, "年报.docx")
    found = check(report)
    comments = docx.Document(io.BytesIO(annotated_docx(report, found, with_comment))).comments
    assert next((c.author, c.text) for c in comments) == ("王审核", "请核对标题")
    assert len({c.comment_id for c in comments}) == len(found.findings) + 1


@pytest.mark.parametrize(
    "paragraph",
    [
        b"<w:p/>",
        b'<w:p w:rsidR="00A"></w:p>',
        b"<w:p><w:pPr><w:jc w:val='left'/></w:pPr></w:p>",
        b"<w:p><w:pPr/><w:r><w:t>a&gt;b</w:t></w:r></w:p>",
        b"<w:p><w:r><w:t>x</w:t></w:r><w:bookmarkEnd w:id='1'/></w:p>",
    ],
)
def test_a_mark_goes_behind_the_properties_of_any_paragraph(paragraph: bytes) -> None:
    package = WordPackage(tiny_docx(paragraph), "年报.docx")
    root = WordPackage(package.commented([Comment(0, "一\n二 <&>")]), "年报.docx").document
    marked = next(root.iter(W + "p"))
    names = [etree.QName(child).localname for child in marked]
    assert names[-2:] == ["commentRangeEnd", "r"]
    assert names.index("commentRangeStart") == (1 if "pPr" in names else 0)


def tiny_docx(paragraph: bytes) -> bytes:
    """A Word file of one paragraph and no more parts than it needs."""
    main = W[1:-1].encode()
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    body = b'<w:document xmlns:w="' + main + b'"><w:body>' + paragraph + b"</w:body></w:document>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", body)
    return buffer.getvalue()


def test_a_comment_on_a_cell_that_the_file_lacks_stands_at_the_heading_of_its_part(
    original: bytes,
) -> None:
    document = docx.Document(io.BytesIO(original))
    table = document.tables[2]
    table._tbl.getparent().remove(table._tbl)
    buffer = io.BytesIO()
    document.save(buffer)
    report = parse_bytes(buffer.getvalue(), "年报.docx")
    about = commented_texts(annotated_docx(report, check(report), buffer.getvalue()))
    missing = next(text for comment, text in about.items() if "S104" in comment)
    assert "行政复议、行政诉讼" in missing


def test_another_file_than_the_one_checked_is_refused(report: Report, found: Check) -> None:
    with pytest.raises(NianbaoError, match="重新核查"):
        annotated_docx(report, found, as_docx(invented_report(seed=5)))
    text = fragment_to_report({})
    with pytest.raises(NianbaoError, match="docx"):
        annotated_docx(text, check(text), b"")


def test_a_false_alarm_is_no_comment(original: bytes, report: Report, found: Check) -> None:
    wrong = next(f for f in found.findings if f.rule == "W102")
    decided = {wrong: Decision("false_alarm", "", date(2024, 1, 20))}
    about = commented_texts(annotated_docx(report, found, original, decided))
    assert not [comment for comment in about if "W102" in comment]


# --- Tables ---------------------------------------------------------------------------------------


def test_the_work_list_has_a_row_for_every_finding_and_numbers_stay_numbers(
    report: Report, found: Check
) -> None:
    page = openpyxl.load_workbook(io.BytesIO(check_to_xlsx([(report, found, {})]))).active
    assert page is not None
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(found.findings)
    assert [row[4] for row in rows] == [f.rule for f in found.findings]
    assert 777 in [row[9] for row in rows]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "＝"])
def test_text_of_a_document_is_never_a_formula(sign: str) -> None:
    agency = f'{sign}HYPERLINK("http://127.0.0.1","点此")'
    report = replace(fragment_to_report({"sections": {1: f"{sign}1+1XX条。\x07"}}), agency=agency)
    data = check_to_xlsx([(report, check(report), {})])
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page is not None
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert agency in [cell.value for cell in cells]
    assert page["B2"].quotePrefix
    assert b"<f>" not in members(data)["xl/worksheets/sheet1.xml"]


# --- Web page -------------------------------------------------------------------------------------


def test_the_page_escapes_the_document_and_fetches_nothing() -> None:
    report = fragment_to_report({"sections": {1: "<script>alert(1)</script>XX条。"}})
    page = check_to_html(report, check(report))
    root = html.document_fromstring(page)
    assert not root.xpath("//script | //link | //img | //@src | //@href")
    assert "alert(1)" in "".join(map(str, root.itertext()))


def test_the_page_shows_place_reason_remedy_and_decision(report: Report, found: Check) -> None:
    wrong = found.findings[0]
    decided = {wrong: Decision("confirmed", "已与台账核对", date(2024, 1, 20), reopened=True)}
    root = html.document_fromstring(check_to_html(report, found, decided))
    text = "".join(map(str, root.itertext()))
    for shown in (wrong.message, RULES[wrong.rule].page.basis, "已与台账核对", "须重新核实"):
        assert shown in text


# --- Logs for other programs ----------------------------------------------------------------------


def test_sarif_names_the_rule_the_level_and_the_place_of_each_finding(
    report: Report, found: Check
) -> None:
    written = json.loads(json.dumps(check_to_sarif(report, found)))
    run = written["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    failed = [result for result in run["results"] if "kind" not in result]
    assert len(failed) == len(found.findings)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in failed)
    assert {result["level"] for result in failed} <= {"error", "warning", "note"}
    place = failed[0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
    assert place.split("/")[0] in {"requests", "proactive", "disputes", "section"}


def test_what_could_not_be_decided_is_open_in_sarif_and_skipped_in_junit() -> None:
    report = fragment_to_report({"requests": {"new": {"natural_person": None, "total": 5}}})
    found = check(report)
    assert found.verdicts["R101"] == "undecided"
    results = json.loads(json.dumps(check_to_sarif(report, found)))["runs"][0]["results"]
    assert {r["kind"] for r in results if r["ruleId"] == "R101"} == {"open"}
    suite = ElementTree.fromstring(check_to_junit(report, found))
    assert suite.find(".//testcase[@name='R101']/skipped") is not None
    assert suite.find(".//testcase[@name='R101']/failure") is None


def test_a_false_alarm_is_a_suppressed_result(report: Report, found: Check) -> None:
    decided = {found.findings[0]: Decision("false_alarm", "口径不同", date(2024, 1, 20))}
    written = json.loads(json.dumps(check_to_sarif(report, found, decided)))
    results = written["runs"][0]["results"]
    assert results[0]["suppressions"] == [{"kind": "external", "justification": "口径不同"}]
    assert all("suppressions" not in result for result in results[1:])


def test_junit_counts_a_case_a_rule_and_fails_on_errors_and_warnings_only(
    report: Report, found: Check
) -> None:
    suite = ElementTree.fromstring(check_to_junit(report, found)).find("testsuite")
    assert suite is not None
    assert suite.get("tests") == str(len(RULES))
    failures = {case.get("name") for case in suite if case.find("failure") is not None}
    grave = {f.rule for f in found.findings if f.severity != "notice"}
    assert grave <= failures
    assert failures <= {id for id, verdict in found.verdicts.items() if verdict == "fail"}


# --- Files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".md", ".html", ".xlsx", ".docx", ".sarif", ".xml", ".json"])
def test_the_suffix_says_in_which_form_a_check_is_written(
    original: bytes, report: Report, found: Check, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"核查{suffix}"
    write_check(report, found, path, original=original)
    assert path.stat().st_size > 1000
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_suffix_and_a_folder_that_is_not_there_are_said_in_a_sentence(
    report: Report, found: Check, tmp_path: Path
) -> None:
    with pytest.raises(NianbaoError, match=r"\.xlsx"):
        write_check(report, found, tmp_path / "核查.exe")
    with pytest.raises(NianbaoError, match="写不了"):
        write_check(report, found, tmp_path / "无此文件夹" / "核查.md")


def test_the_command_writes_the_file_and_still_prints_its_json(
    original: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, output = tmp_path / "年报.docx", tmp_path / "批注.docx"
    file.write_bytes(original)
    places = ("--data", str(tmp_path / "data"), "--output", str(output))
    outcome = run(capsys, "check", "--json", *places, str(file))
    assert outcome.status == 0
    assert len(commented_texts(output.read_bytes())) == len(outcome.lines[0]["findings"])
    assert run(capsys, "check", *places, str(file), str(file)).status == 2
