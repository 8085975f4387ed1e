"""`nianbao draft` beyond the contract: Excel tables, the date of signing, a draft made whole."""

import io
import json
from pathlib import Path

import openpyxl
import pytest

from assistant.drafting.spreadsheet_tables import empty_tables_xlsx
from ingest.parse import parse
from ingest.samples import paths
from tests.command_line import run

Capture = pytest.CaptureFixture[str]
AGENCY = "云溪市青禾区司法局"
FIRST_LINE = 6  # of table three in the empty file: two lines of title, three of head
REQUIRED = ("draft", "--agency", AGENCY, "--year", "2024")


def _tables(folder: Path) -> Path:
    """The empty Excel file with table three filled in: three applications, all granted."""
    book = openpyxl.load_workbook(io.BytesIO(empty_tables_xlsx(AGENCY, 2024)))
    page = book.worksheets[1]
    for row in range(FIRST_LINE, page.max_row + 1):
        is_counted = row in (FIRST_LINE, FIRST_LINE + 2, page.max_row - 1)
        for column in range(4, 11):
            page.cell(row, column).value = 3 if is_counted and column in (4, 10) else 0
    path = folder / "表.xlsx"
    book.save(path)
    return path


def test_an_excel_file_serves_as_tables(capsys: Capture, tmp_path: Path) -> None:
    tables, data = str(_tables(tmp_path)), str(tmp_path / "none")
    outcome = run(capsys, *REQUIRED, "--tables", tables, "--data", data, "--json")
    [draft] = outcome.lines
    expected = {"table": "requests", "row": "new", "column": "total"}
    assert {"text": "3件", "from": expected} in [
        {"text": number["text"], "from": number["from"]} for number in draft["numbers"]
    ]
    assert draft["publishable"] is False
    assert all({"kind", "key", "insertions"} <= set(each) for each in draft["suggestions"])


def test_the_date_of_signing_stands_under_the_file(capsys: Capture, tmp_path: Path) -> None:
    file, data = tmp_path / "稿.docx", str(tmp_path / "none")
    given = ("--signed-on", "2025-01-20", "--output", str(file), "--data", data)
    assert run(capsys, *REQUIRED, *given, "--json").status == 0
    report = parse(file)
    assert report.signed_on and report.signed_on.isoformat() == "2025-01-20"
    assert report.signed_by == AGENCY


def test_a_day_that_is_none_is_a_wrong_command_line(capsys: Capture, tmp_path: Path) -> None:
    outcome = run(capsys, *REQUIRED, "--signed-on", "腊月", "--data", str(tmp_path))
    assert outcome.status == 2 and "--signed-on" in outcome.err


@pytest.mark.parametrize(
    ("agency", "year", "said"),
    [(" ", "2024", "--agency"), (AGENCY, "2018", "--year"), (AGENCY, "99999", "--year")],
)
def test_an_agency_and_a_year_that_are_none_are_a_wrong_command_line(
    capsys: Capture, tmp_path: Path, agency: str, year: str, said: str
) -> None:
    outcome = run(capsys, "draft", "--agency", agency, "--year", year, "--data", str(tmp_path))
    assert outcome.status == 2 and said in outcome.err


def test_the_check_refuses_the_file_while_something_stands_open(
    capsys: Capture, tmp_path: Path
) -> None:
    file, data = tmp_path / "稿.docx", str(tmp_path / "none")
    tables = str(next(path for path in paths() if path.name == "education-2024.docx"))
    named = ("draft", "--agency", "云江市青槐区教育局", "--year", "2024", "--tables", tables)
    assert run(capsys, *named, "--output", str(file), "--data", data).status == 0
    outcome = run(capsys, "check", str(file), "--fail-on", "error", "--data", data, "--json")
    assert outcome.status == 3
    found = [
        each["rule"] for each in json.loads(outcome.out)["findings"] if each["severity"] == "error"
    ]
    assert set(found) == {"W102"}
