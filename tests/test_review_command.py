"""`nianbao review` on folders and zips: its table, JSON, files, roster and exit statuses."""

import json
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from assistant.checking.files import check_to_bytes
from assistant.rules import run
from tests.command_line import Outcome
from tests.command_line import run as run_command
from tests.invented import Replacements, invented_report
from tests.render_text import as_cells


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with a zip of two reports and a damaged file."""
    folder = tmp_path / "各单位"
    folder.mkdir()
    with zipfile.ZipFile(folder / "年报.zip", "w") as archive:
        for name, granted in (("水务", 50), ("林业", 777)):
            changes: Replacements = {"requests/granted/enterprise": granted}
            agency = f"云溪市青禾区{name}局"
            report = invented_report(agency=agency, balanced=True, replace=changes)
            archive.writestr(f"{name}局.txt", as_cells(report))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 damaged")
    return folder


def outcome(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str) -> Outcome:
    return run_command(capsys, "review", "--data", str(data / "none"), *arguments)


def test_a_folder_with_a_zip_in_it_is_one_object_and_a_bad_file_only_a_row(
    capsys: pytest.CaptureFixture[str], pile: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "名单.txt"
    roster.write_text("云溪市青禾区水务局\n云溪市青禾区审计局\n", encoding="utf-8")
    done = outcome(capsys, tmp_path, str(pile), "--json", "--roster", str(roster))
    (found,) = done.lines
    assert done.status == 0
    assert set(found) == {"files", "faults", "of_another_year", "versions", "missing"}
    assert sorted(file["source"] for file in found["files"]) == [
        "坏.pdf",
        "林业局.txt",
        "水务局.txt",
    ]
    assert [set(file) for file in found["files"] if "error" in file] == [{"source", "error"}]
    assert found["missing"] == ["云溪市青禾区审计局"]


@pytest.mark.parametrize("suffix", [".xlsx", ".html", ".md", ".json"])
def test_the_batch_is_written_in_the_form_of_the_suffix(
    capsys: pytest.CaptureFixture[str], pile: Path, tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"汇总{suffix}"
    assert outcome(capsys, tmp_path, str(pile), "--output", str(file)).status == 0
    if suffix == ".xlsx":
        assert openpyxl.load_workbook(file).sheetnames == ["总表", "常见问题", "未报送", "整改清单"]
    elif suffix == ".json":
        assert len(json.loads(file.read_text(encoding="utf-8"))["files"]) == 3
    else:
        assert "林业局" in file.read_text(encoding="utf-8")


def test_exit_statuses_are_those_of_the_contract(
    capsys: pytest.CaptureFixture[str], pile: Path, tmp_path: Path
) -> None:
    assert outcome(capsys, tmp_path, str(pile), "--fail-on", "error").status == 3
    bad = outcome(capsys, tmp_path, str(pile / "坏.pdf"))
    assert bad.status == 1 and "没有一份文件可以核查" in bad.err
    assert outcome(capsys, tmp_path, str(pile), "--output", "x.exe").status == 1
    assert outcome(capsys, tmp_path, str(pile), "--roster", str(tmp_path / "无")).status == 1


def test_a_check_is_printed_as_pdf_with_every_finding() -> None:
    wrong = invented_report(balanced=True, replace={"requests/granted/enterprise": 777})
    check = run(wrong)
    pages = pypdfium2.PdfDocument(check_to_bytes(wrong, check, ".pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert all(finding.rule in text for finding in check.findings)
    assert "777" in text and "改法" in text and "第 1 页" in text
