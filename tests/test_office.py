"""Old Word, WPS, RTF and OpenDocument files, read through a real LibreOffice."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.invented import invented_report
from tests.render_files import as_docx
from tests.test_readers import wrong_cells

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("soffice") is None,
        reason="没有安装 LibreOffice，跳过 .doc、.rtf、.odt 的测试。",
    ),
]
_REPORT = invented_report()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report as LibreOffice writes it; from DOCX straight to .doc it loses tables."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "report.docx").write_bytes(as_docx(_REPORT))
    for source, kind in (("docx", "odt"), ("odt", "doc:MS Word 97"), ("odt", "rtf")):
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--headless", "--convert-to", kind, "--outdir", str(folder)]
        command.append(str(folder / f"report.{source}"))
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.parametrize(
    ("made", "name"),
    [("doc", "年报.doc"), ("doc", "年报.wps"), ("rtf", "年报.rtf"), ("odt", "年报.odt")],
)
def test_every_cell_comes_back_through_libreoffice(folder: Path, made: str, name: str) -> None:
    data = (folder / f"report.{made}").read_bytes()
    assert wrong_cells(_REPORT, data, name) == {}
