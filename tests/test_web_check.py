"""The tab 核查 as pure steps: what is drawn of a sitting, what is typed over, what is taken away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.checking.decisions import Decisions
from assistant.checking.review import review
from assistant.rules import SEVERITIES, Evidence, Finding
from assistant.web.checking import (
    FORM_WORDS,
    REVIEW_WORDS,
    check_download,
    family_choices,
    findings_to_html,
    overview_to_html,
    review_download,
    severity_choices,
)
from assistant.web.downloads import copy_button, download_link
from assistant.web.finding_cards import finding_to_html
from assistant.web.report_document import document_to_html
from assistant.web.sitting import Sitting, Wanted, as_read, sat_down, typed_over
from ingest import samples
from ingest.errors import NianbaoError
from ingest.report import Concept, Place
from tests.bookcase import Bookcase
from tests.invented import invented_report
from tests.render_text import as_cells

FAULTY = next(path for path in samples.paths() if path.name == "culture-tourism-2024.docx")
SOUND = next(path for path in samples.paths() if path.name == "water-2024.md")
EVERYTHING = Wanted(SEVERITIES)


@pytest.fixture(scope="module")
def alone() -> Sitting:
    """A clerk's one report."""
    return sat_down(review([FAULTY]), None, Bookcase())


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Sitting:
    """A reviewer's pile: a sound report, a faulty one, a damaged one, and one agency missing."""
    bad = tmp_path_factory.mktemp("pile") / "坏<b>.pdf"
    bad.write_bytes(b"%PDF-1.4 damaged")
    found = review([SOUND, FAULTY, bad], roster=["岚溪县<i>林业局"])
    return sat_down(found, None, Bookcase())


def numbers_of(html: str) -> Iterator[int]:
    return (int(piece.split("'")[0]) for piece in html.split("data-finding='")[1:])


def test_every_finding_is_listed_once_and_leads_to_its_place(alone: Sitting) -> None:
    html = findings_to_html(alone, {}, EVERYTHING)
    assert sorted(numbers_of(html)) == list(range(len(alone.opened.check.findings)))


def test_filters_leave_the_numbers_of_the_other_findings_alone(alone: Sitting) -> None:
    findings = alone.opened.check.findings
    warnings = findings_to_html(alone, {}, Wanted(["warning"]))
    assert all(findings[n].severity == "warning" for n in numbers_of(warnings))
    identity = findings_to_html(alone, {}, Wanted(SEVERITIES, ["I"]))
    assert all(findings[n].rule.startswith("I") for n in numbers_of(identity))
    assert "没有符合所选条件" in findings_to_html(alone, {}, Wanted([]))


@pytest.mark.parametrize(
    ("grouping", "head"), [("severity", "错误"), ("section", "引言"), ("family", "身份与日期")]
)
def test_findings_stand_under_the_heads_that_were_asked_for(
    alone: Sitting, grouping: str, head: str
) -> None:
    wanted = Wanted(SEVERITIES, grouping=grouping)  # type: ignore[arg-type]
    assert f"<summary>{head}（" in findings_to_html(alone, {}, wanted)


def test_a_decided_finding_is_listed_as_decided_and_not_as_open(
    alone: Sitting, tmp_path: Path
) -> None:
    report, check = alone.opened.report, alone.opened.check
    finding = check.findings[0]
    Decisions(tmp_path).decide(report, finding, "false_alarm", "口径不同", on=date(2025, 1, 6))
    decided = Decisions(tmp_path).of(report, check)
    still_open = findings_to_html(alone, decided, Wanted(SEVERITIES, handled="open"))
    assert 0 not in numbers_of(still_open)
    done = findings_to_html(alone, decided, Wanted(SEVERITIES, handled="decided"))
    assert list(numbers_of(done)) == [0] and "误报：口径不同" in done


def test_the_choices_say_how_many_findings_each_has(alone: Sitting) -> None:
    findings = alone.opened.check.findings
    errors = sum(finding.severity == "error" for finding in findings)
    assert errors and (f"错误 {errors}", "error") in severity_choices(findings)
    assert {id for _, id in family_choices(findings)} == {finding.rule[0] for finding in findings}


def test_the_document_marks_the_place_of_the_finding_looked_at(alone: Sitting) -> None:
    opened = alone.opened
    number = next(n for n, f in enumerate(opened.check.findings) if "落款日期" in f.message)
    html = document_to_html(opened.report, opened.check.findings, number)
    (here,) = [piece for piece in html.split("<mark ")[1:] if "class='nb-here'" in piece]
    assert f"data-finding='{number}'" in here and "2024年1月15日" in here


def test_the_document_marks_a_cell_and_gives_its_address(alone: Sitting) -> None:
    opened = alone.opened
    number = next(n for n, f in enumerate(opened.check.findings) if f.rule == "R101")
    html = document_to_html(opened.report, opened.check.findings, number)
    place = opened.check.findings[number].evidence[0].place
    cell = html.split(f"data-cell='{place.table}/{place.row}/{place.column}'")[0]
    assert "nb-here" in cell.rsplit("<td", 1)[1]


def test_a_documents_own_markup_is_shown_as_text(alone: Sitting) -> None:
    report = replace(alone.opened.report, title="<img src=x onerror=alert(1)>")
    assert "<img" not in document_to_html(report, (), 0)


def test_the_table_of_reports_has_the_worst_first_and_names_who_is_missing(
    several: Sitting,
) -> None:
    html = overview_to_html(several, [{}, {}])
    assert html.index("文化和旅游局2024年") < html.index("水利局2024年")
    assert "坏&lt;b&gt;.pdf" in html and "岚溪县&lt;i&gt;林业局" in html and "最常见的问题" in html
    assert all(f"data-review='{suffix}'" in html for suffix in REVIEW_WORDS)


def test_nobody_is_said_to_have_filed_where_nobody_was_expected() -> None:
    def said(*roster: str) -> str:
        found = review([SOUND, FAULTY], roster=roster)
        return overview_to_html(sat_down(found, None, Bookcase()), [{}, {}])

    assert "都已报送" not in said()
    filed = review([SOUND]).files[0].report
    assert filed and filed.agency
    assert "应报送的 1 家都已报送" in said(filed.agency)


def test_one_report_of_several_is_shown_and_a_number_out_of_range_changes_nothing(
    several: Sitting,
) -> None:
    assert "文化和旅游局" in several.showing(1).opened.name
    assert several.showing(2) is several and several.choosing(10_000) is several


def test_a_number_typed_over_changes_the_verdicts_and_not_the_file(alone: Sitting) -> None:
    before = alone.opened.path.read_bytes()
    wrong = next(f for f in alone.opened.check.findings if f.rule == "R101")
    place = wrong.evidence[0].place
    assert place.table and place.row and place.column
    concept = Concept(place.table, place.row, place.column)
    mended = typed_over(alone, concept, str(wrong.expected), Bookcase())
    assert all(f.rule != "R101" for f in mended.opened.check.findings)
    html = overview_to_html(mended, [{}])
    assert "改了 1 格" in html and "消除 1 条" in html
    assert alone.opened.path.read_bytes() == before
    assert as_read(mended).opened.check == alone.opened.check


def test_what_is_typed_and_is_no_number_is_doubted_not_read(alone: Sitting) -> None:
    concept = Concept("requests", "new", "total")
    words = typed_over(alone, concept, "三件", Bookcase()).opened.report.cell(concept)
    assert words.value is None and words.doubt
    assert typed_over(alone, concept, "", Bookcase()).opened.report.cell(concept).state == "blank"
    with pytest.raises(ValueError, match="no cell"):
        typed_over(alone, Concept("requests", "new", "nobody"), "1", Bookcase())


def test_a_corrected_upload_says_what_was_mended_and_what_is_new(tmp_path: Path) -> None:
    wrong = invented_report(balanced=True, replace={"requests/granted/enterprise": 777})
    right = replace(invented_report(balanced=True), signed_by=None, signed_on=None)
    files = []
    for name, report in (("初稿.txt", wrong), ("改稿.txt", right)):
        files.append(tmp_path / name)
        files[-1].write_text(as_cells(report), encoding="utf-8")
    first = sat_down(review(files[:1]), None, Bookcase())
    second = sat_down(review(files[1:]), first, Bookcase())
    changes = second.opened.since_earlier
    assert changes and any("777" in finding.message for finding in changes.mended)
    html = overview_to_html(second, [{}])
    assert f"已改好 {len(changes.mended)} 条" in html and f"新出现 {len(changes.new)} 条" in html
    assert first.opened.since_earlier is None


@pytest.mark.parametrize("suffix", FORM_WORDS)
def test_a_check_can_be_taken_away_in_every_form(alone: Sitting, suffix: str) -> None:
    name, content = check_download(alone.opened, suffix, {})
    assert name.endswith(suffix) and len(content) > 500


def test_the_batch_can_be_taken_away_and_an_unknown_form_is_refused(several: Sitting) -> None:
    for suffix in REVIEW_WORDS:
        name, content = review_download(several.review, suffix)
        assert name == f"3份年报核查汇总{suffix}" and len(content) > 300
    with pytest.raises(NianbaoError):
        review_download(several.review, ".exe")
    with pytest.raises(NianbaoError):
        check_download(several.opened, "../x", {})


def test_only_word_files_are_offered_back_with_comments(several: Sitting) -> None:
    assert "data-form='.docx'" not in overview_to_html(several, [{}, {}])
    assert "data-form='.docx'" in overview_to_html(several.showing(1), [{}, {}])


def test_a_finding_shows_its_remedy_and_rule_and_no_markup_of_the_document(
    alone: Sitting,
) -> None:
    finding = replace(alone.opened.check.findings[0], message="<img src=x onerror=alert(1)>")
    html = finding_to_html(alone.opened.report, finding, {0: b"png"})
    assert "<mark>" in html and "改法" in html and "依据" in html
    assert "<img src=x" not in html and "data:image/png;base64," in html


def test_what_could_not_be_decided_is_listed_with_its_reason(alone: Sitting) -> None:
    concept = Concept("requests", "new", "natural_person")
    blank = typed_over(alone, concept, "", Bookcase())
    html = overview_to_html(blank, [{}])
    assert "条规则无法判定" in html and "没有可用的数，无法判断" in html


def test_names_and_texts_cannot_break_out_of_their_attributes() -> None:
    evil = "a' onclick='alert(1)"
    assert "' onclick='" not in download_link("存", evil, "text/csv", b"1") + copy_button(
        "抄", evil
    )


def test_a_finding_on_a_row_or_a_whole_table_leads_into_the_table(alone: Sitting) -> None:
    """A row torn by a page break has no single cell, and two tables of a kind have no row."""
    report = alone.opened.report
    row = Evidence(Place(table="requests", row="denied.law"))
    whole = Evidence(Place(table="disputes"))
    findings = [Finding("整行", (row,), rule="S115"), Finding("整表", (whole,), rule="S120")]
    assert document_to_html(report, findings, 0).count("nb-here") == 7
    assert "data-cell='disputes/reconsideration/upheld'" in document_to_html(report, findings, 1)
    assert document_to_html(report, findings, 1).count("nb-here") == 1


def test_a_misprinted_label_is_shown_marked_beneath_its_table(alone: Sitting) -> None:
    label = "（二）部分公开(区分处理的, 只计这一情形）"
    finding = Finding("半角", (Evidence(Place(section=3, quote=label)),), rule="W105")
    html = document_to_html(alone.opened.report, [finding], 0)
    assert html.count(f">{label}</mark>") == 1
    assert html.index("本年新收") < html.index(label) < html.index("未经复议直接起诉")


def test_after_a_number_is_put_right_the_next_finding_is_looked_at(alone: Sitting) -> None:
    """Not the first one: the clerk works down the list."""
    findings = alone.opened.check.findings
    number = next(n for n, f in enumerate(findings) if f.rule == "R101")
    cell = Concept("requests", "granted", "total")
    changed = typed_over(alone.choosing(number), cell, "3", Bookcase())
    assert findings[number] not in changed.opened.check.findings
    assert changed.chosen == min(number, len(changed.opened.check.findings) - 1)
