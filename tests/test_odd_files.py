"""Cells that show another number than a quick reader takes from them are never wrong in silence."""

import random

import pytest

from ingest.parse import parse_bytes
from ingest.report import Table, TableName
from tests.hostile_files import docx
from tests.invented import invented_report
from tests.odd_files import ODD_PRINT, ODD_RUNS, as_odd_docx, as_odd_pdf
from tests.table_score import expected_of, score

REPORT = invented_report(replace={f"requests/{row}/total": None for row in ("new", "granted")})


def doubted(tables: dict[TableName, Table]) -> int:
    return sum(cell.doubt is not None for t in tables.values() for cell in t.cells.values())


@pytest.mark.parametrize("oddity", ODD_PRINT)
def test_no_cell_of_an_odd_pdf_is_wrong_in_silence(oddity: str) -> None:
    data = as_odd_pdf(REPORT, random.Random(3), oddity)
    assert score(parse_bytes(data, "年报.pdf").tables, expected_of(REPORT)).silent == ()


@pytest.mark.parametrize("oddity", ODD_RUNS)
def test_no_cell_of_an_odd_word_file_is_wrong_in_silence(oddity: str) -> None:
    data = as_odd_docx(REPORT, random.Random(3), oddity)
    assert score(parse_bytes(data, "年报.docx").tables, expected_of(REPORT)).silent == ()


@pytest.mark.parametrize(
    "oddity",
    [
        "whitened digit",
        "pale digit",
        "transparent digit",
        "hole beside",
        "outlined in white",
        "shadow",
    ],
)
def test_what_cannot_be_seen_in_a_pdf_changes_no_number(oddity: str) -> None:
    tables = parse_bytes(as_odd_pdf(REPORT, random.Random(3), oddity), "年报.pdf").tables
    assert score(tables, expected_of(REPORT)).right == len(expected_of(REPORT))
    assert doubted(dict(tables)) == 0


def test_a_digit_that_is_cut_off_makes_every_cell_of_the_page_doubtful() -> None:
    found = parse_bytes(as_odd_pdf(REPORT, random.Random(3), "clipped digit"), "年报.pdf")
    assert any("被裁掉" in doubt.message for doubt in found.doubts)
    assert score(found.tables, expected_of(REPORT)).right == len(expected_of(REPORT))
    assert doubted(dict(found.tables)) > len(expected_of(REPORT)) / 2


def test_a_note_on_a_page_makes_every_cell_of_the_page_doubtful() -> None:
    found = parse_bytes(as_odd_pdf(REPORT, random.Random(3), "note"), "年报.pdf")
    assert any("批注或表单" in doubt.message for doubt in found.doubts)
    assert doubted(dict(found.tables)) > len(expected_of(REPORT)) / 2


def test_struck_out_text_of_a_word_file_is_left_out_and_said() -> None:
    run = "<w:r><w:rPr><w:strike/></w:rPr><w:t>7</w:t></w:r><w:r><w:t>{}</w:t></w:r>"
    text = f"{invented_report().title}"
    found = parse_bytes(
        docx(f"<w:p>{run.format(text)}</w:p><w:p>{run.format('一、总体情况')}</w:p>"), "x.docx"
    )
    assert found.title == text
    assert "struck-out" in {doubt.code for doubt in found.doubts}
