import io
import re
import zipfile
from datetime import date

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from assistant.drafting.draft import draft, draft_to_report
from assistant.drafting.official_form import draw_table, report_to_html, report_to_markdown
from assistant.drafting.official_word import FALL_BACKS, report_to_docx
from assistant.rules import run
from ingest.outline import SECTIONS
from ingest.parse import parse_bytes
from ingest.report import TABLE_NAMES, Cell, Concept, Number, Report
from tests.drafting_cases import CASES, YEAR, Case
from tests.invented import invented_report

SIGNED = date(YEAR + 1, 1, 20)
EDITIONS = ("2021", "2019")


def _report(case: Case) -> Report:
    return draft_to_report(case.draft(), case.tables, SIGNED)


def _same_tables(one: Report, other: Report) -> None:
    for name in TABLE_NAMES:
        for concept in one.tables[name].cells:
            here, there = one.cell(concept), other.cell(concept)
            assert (here.value, here.state) == (there.value, there.state), str(concept)


# --- Back and forth --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_the_word_file_of_a_draft_is_read_back_whole(name: str) -> None:
    report = _report(CASES[name])
    again = parse_bytes(report_to_docx(report), "draft.docx")
    _same_tables(report, again)
    assert (again.agency, again.year, again.format) == (report.agency, YEAR, "2021")
    assert (again.title, again.signed_on) == (report.title, SIGNED)
    assert again.preamble and report.preamble and again.preamble.text == report.preamble.text
    assert [(s.heading, s.text) for s in again.sections] == [
        (s.heading, s.text) for s in report.sections
    ]
    assert not again.warnings


@pytest.mark.parametrize("name", CASES)
def test_the_check_finds_only_placeholders_in_the_word_file_of_balanced_tables(name: str) -> None:
    again = parse_bytes(report_to_docx(_report(CASES[name])), "draft.docx")
    found = run(again, CASES[name].last_year)
    assert {f.rule for f in found.findings if f.severity != "notice"} <= {"W102"}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.md"])
def test_every_cell_comes_back_from_every_format(edition: str, name: str) -> None:
    report = invented_report(edition, seed=5)
    data = {
        "a.docx": lambda: report_to_docx(report),
        "a.html": lambda: report_to_html(report).encode(),
        "a.md": lambda: report_to_markdown(report).encode(),
    }[name]()
    _same_tables(report, parse_bytes(data, name))


@pytest.mark.parametrize("name", ["a.docx", "a.html"])
def test_a_blank_stays_blank_a_dash_a_dash_and_a_zero_a_zero(name: str) -> None:
    replace: dict[Concept | str, Cell | Number | None] = {
        "requests/new/total": None,
        "requests/carried_in/total": Cell(None, "/"),
        "disputes/reconsideration/total": 0,
    }
    report = invented_report(replace=replace)
    data = report_to_docx(report) if name == "a.docx" else report_to_html(report).encode()
    again = parse_bytes(data, name)
    states = [again.cell(concept).state for concept in replace]
    assert states == ["blank", "dash", "number"]
    assert again.number("disputes/reconsideration/total") == 0


def test_without_tables_the_form_is_empty_and_not_zero() -> None:
    result = draft("云溪市青禾区水务局", YEAR)
    again = parse_bytes(report_to_docx(draft_to_report(result, None, SIGNED)), "a.docx")
    states = {cell.state for table in again.tables.values() for cell in table.cells.values()}
    assert states == {"blank"}


# --- As the form has it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "name", "rows", "columns"),
    [
        ("2021", "proactive", 14, 4),
        ("2019", "proactive", 18, 7),
        ("2021", "requests", 28, 10),
        ("2019", "requests", 26, 10),
        ("2021", "disputes", 4, 15),
        ("2019", "disputes", 4, 15),
    ],
)
def test_a_table_is_drawn_without_gap_or_overlap(
    edition: str, name: str, rows: int, columns: int
) -> None:
    table = next(each for each in TABLE_NAMES if each == name)
    cells = draw_table(invented_report(edition), table)
    covered = [
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(covered) == len(set(covered)) == rows * columns
    assert (max(covered)[0] + 1, max(c for _, c in covered) + 1) == (rows, columns)


@pytest.mark.parametrize(("edition", "outcomes"), [("2021", 22), ("2019", 20)])
def test_the_outcomes_of_table_three_stand_under_one_merged_label(
    edition: str, outcomes: int
) -> None:
    cells = {cell.text: cell for cell in draw_table(invented_report(edition), "requests")}
    assert cells["三、本年度办理结果"].row_span == outcomes
    assert cells["（三）不予公开"].row_span == 8
    assert cells["（五）不予处理"].row_span == 5
    assert cells["申请人情况"].column_span == 7
    assert cells["法人或其他组织"].column_span == 5
    if edition == "2021":
        assert cells["（六）其他处理"].row_span == 3
    else:
        assert cells["（六）其他处理"].column_span == 2


def test_the_cells_are_really_merged_in_word() -> None:
    document = docx.Document(io.BytesIO(report_to_docx(invented_report())))
    proactive, requests, disputes = document.tables
    assert proactive.cell(0, 0)._tc is proactive.cell(0, 3)._tc
    assert requests.cell(0, 0)._tc is requests.cell(2, 2)._tc
    assert requests.cell(5, 0)._tc is requests.cell(26, 0)._tc
    assert disputes.cell(0, 5)._tc is disputes.cell(0, 14)._tc
    assert disputes.cell(1, 0)._tc is disputes.cell(2, 0)._tc


# --- As official documents are set -----------------------------------------------------------------


@pytest.fixture(scope="module")
def document() -> "docx.document.Document":
    return docx.Document(io.BytesIO(report_to_docx(_report(CASES["thousands"]))))


def _face(run: "docx.text.run.Run") -> str:
    return str(run._r.rPr.rFonts.get(qn("w:eastAsia")))


def test_title_headings_and_text_have_the_customary_type_and_size(
    document: "docx.document.Document",
) -> None:
    looks = {
        p.text: (_face(p.runs[0]), p.runs[0].font.size, p.paragraph_format.line_spacing)
        for p in document.paragraphs
        if p.text
    }
    # A long title is broken where its sense breaks.
    title = f"云溪市住房和城乡建设局{YEAR}年\n政府信息公开工作年度报告"
    assert looks[title] == ("方正小标宋简体", Pt(22), Pt(36))
    assert looks["一、总体情况"] == ("黑体", Pt(16), Pt(28))
    head = next(text for text in looks if text.startswith("（一）主动公开"))
    assert looks[head] == ("楷体_GB2312", Pt(16), Pt(28))
    assert looks["发出收费通知3件，收取信息处理费600元。"] == ("仿宋_GB2312", Pt(16), Pt(28))


def test_the_page_is_a4_with_the_margins_of_the_standard(
    document: "docx.document.Document",
) -> None:
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round(section.top_margin.mm) == 37
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156


@pytest.mark.parametrize(
    ("agency", "right"),
    [("水务局", 575), ("云溪市青禾区水务局", 275), ("云溪市青禾区住房和城乡建设局", 25)],
)
def test_the_name_stands_centred_over_the_date_a_line_below_the_text(
    agency: str, right: int
) -> None:
    report = draft_to_report(draft(agency, YEAR), None, SIGNED)
    *_, name, day = docx.Document(io.BytesIO(report_to_docx(report))).paragraphs
    assert (name.text, day.text) == (agency, "2025年1月20日")
    indents = [p._p.pPr.ind.get(qn("w:rightChars")) for p in (name, day)]
    assert [int(indent or 0) for indent in indents] == [right, 400]
    assert name.paragraph_format.space_before == Pt(28)
    assert name.paragraph_format.keep_with_next


def test_page_numbers_stand_at_the_outer_edge(document: "docx.document.Document") -> None:
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT)
    assert all('w:instr="PAGE"' in footer._p.xml for footer in (odd, even))


def test_six_headings_a_signature_and_a_date_stand_in_order(
    document: "docx.document.Document",
) -> None:
    texts = [p.text for p in document.paragraphs if p.text]
    headings = [text for text in texts if re.match("[一二三四五六]、", text)]
    assert [heading[2:] for heading in headings] == [form.heading for form in SECTIONS]
    assert texts[-2:] == ["云溪市住房和城乡建设局", f"{YEAR + 1}年1月20日"]


def test_a_report_without_a_date_asks_for_it() -> None:
    report = draft_to_report(CASES["all zero"].draft(), CASES["all zero"].tables)
    last = docx.Document(io.BytesIO(report_to_docx(report))).paragraphs[-1]
    assert last.text == "【请补充：成文日期】"
    assert "【请补充：成文日期】" in report_to_html(report)


def test_placeholders_are_marked_so_that_none_is_overlooked(
    document: "docx.document.Document",
) -> None:
    for paragraph in document.paragraphs:
        for piece in paragraph.runs:
            assert ("【请补充：" in piece.text) == (piece.font.highlight_color is not None)


def test_every_type_face_is_named_with_a_fall_back() -> None:
    data = report_to_docx(invented_report())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        used = set(re.findall('w:eastAsia="([^"]+)"', package.read("word/document.xml").decode()))
        fonts = package.read("word/fontTable.xml").decode()
    assert used <= set(FALL_BACKS)
    for face in used:
        assert re.search(f'w:name="{face}"><w:altName w:val="{FALL_BACKS[face]}"', fonts)


def test_a_web_page_shows_what_people_wrote_as_text() -> None:
    report = invented_report(sections={6: "未收取<script>alert(1)</script>信息处理费。"})
    assert "<script>" not in report_to_html(report)


def test_only_the_long_table_may_be_broken_over_two_pages(
    document: "docx.document.Document",
) -> None:
    kept = [
        all(
            cell.paragraphs[0].paragraph_format.keep_with_next
            for row in table.rows[:-1]
            for cell in row.cells
        )
        for table in document.tables
    ]
    assert kept == [True, False, True]
