"""What kind of file it is, whatever it is called; and the same cells from every format."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.forms import FORM_2021, FORMS
from ingest.parse import parse_bytes
from ingest.readers import read
from ingest.report import Number, Report
from ingest.tables import layout_to_tables
from tests.hostile_files import docx, pdf_of_lines, zipped
from tests.invented import invented_report
from tests.render_files import as_cms_page, as_docx, as_html, as_pdf

RENDERERS: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "Word": ("年报.docx", as_docx),
    "web page": ("年报.html", as_html),
    "page of a content system, GB18030": ("年报.html", as_cms_page),
    "page of a content system, UTF-8": ("年报.html", lambda report: as_cms_page(report, "utf-8")),
    "PDF": ("年报.pdf", as_pdf),
    "PDF, header repeated": ("年报.pdf", lambda report: as_pdf(report, repeat_head=True)),
    "PDF, borders left out at page breaks": (
        "年报.pdf",
        lambda report: as_pdf(report, open_breaks=True),
    ),
    "PDF, turned": ("年报.pdf", lambda report: as_pdf(report, page_turn=90)),
}
_DOCX = docx("<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>")
_PAGE = "<html><body><p>一、总体情况</p></body></html>".encode()


@pytest.mark.parametrize("edition", ["2021", "2019"])
@pytest.mark.parametrize("renderer", RENDERERS)
def test_every_cell_comes_back_from_every_format(renderer: str, edition: str) -> None:
    report = invented_report(edition)
    name, render = RENDERERS[renderer]
    assert wrong_cells(report, render(report), name) == {}


def wrong_cells(report: Report, data: bytes, name: str) -> dict[str, tuple[object, object]]:
    tables = layout_to_tables(read(data, name), FORMS[report.format or "2021"])
    return {
        str(concept): (cell.value, tables[table.name].cells[concept].value)
        for table in report.tables.values()
        for concept, cell in table.cells.items()
        if tables[table.name].cells[concept].value != cell.value
    }


_CELLS = st.dictionaries(
    st.sampled_from([str(concept) for concept in FORM_2021.concepts()]),
    st.one_of(st.none(), st.integers(0, 99_999)),
    max_size=200,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(cells=_CELLS)
def test_blanks_and_large_numbers_stay_in_their_cells(cells: dict[str, Number | None]) -> None:
    report = invented_report(replace=dict(cells.items()))
    assert wrong_cells(report, as_docx(report), "年报.docx") == {}
    assert wrong_cells(report, as_cms_page(report), "年报.html") == {}


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(cells=_CELLS)
def test_blanks_stay_in_their_cells_in_a_pdf(cells: dict[str, Number | None]) -> None:
    report = invented_report(replace={key: value and value % 1000 for key, value in cells.items()})
    assert wrong_cells(report, as_pdf(report), "年报.pdf") == {}


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (_PAGE, "年报.pdf", "网页"),
        (_PAGE, "年报.doc", "网页"),
        (_DOCX, "年报.doc", "Word 文档"),
        (pdf_of_lines([["一、总体情况"]]), "年报.docx", "PDF"),
        ("一、总体情况".encode(), "年报.html", "文本"),
    ],
)
def test_the_content_decides_and_a_wrong_suffix_is_said(data: bytes, name: str, found: str) -> None:
    layout = read(data, name)
    assert layout.lines[0].text == "一、总体情况"
    assert layout.doubts[0].code == "suffix-mismatch"
    assert found in layout.doubts[0].message


def test_a_right_suffix_raises_no_doubt() -> None:
    assert read(_DOCX, "年报.DOCX").doubts == ()
    assert read(_PAGE, "年报.shtml").doubts == ()
    assert read("一、总体情况".encode(), "没有扩展名").doubts == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空文件"),
        (b"\xef\xbb\xbf", "空文件"),
        (b" \r\n\t ", "空文件"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "图片"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "图片"),
        (zipped({"a.txt": "甲"}), "压缩包"),
        (zipped({"xl/workbook.xml": "<x/>"}), "电子表格"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "演示文稿"),
        (b"Rar!\x1a\x07\x00" + b"\x00" * 50, "压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "不是文档"),
        (b"PK\x03\x04word/document", "已损坏"),
        (_DOCX[: len(_DOCX) // 2], "已损坏"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "已损坏"),
        (b"%PDF-1.7", "已损坏"),
    ],
)
def test_what_is_no_report_gets_one_sentence_that_names_it(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(data, "年报.docx")
    message = str(caught.value)
    assert message.startswith("《年报.docx》")
    assert said in message
    assert "\n" not in message
    assert message.endswith("。")


def test_a_zip_that_also_looks_like_a_pdf_is_read_as_the_zip_it_is() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", b"%PDF-1.7 " * 9)
    with pytest.raises(UnreadableFile, match="压缩包"):
        read(buffer.getvalue(), "年报.pdf")


def test_an_old_word_file_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    with pytest.raises(UnreadableFile, match="libreoffice"):
        read(data, "年报.doc")


def test_an_old_word_file_is_read_through_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A stand-in that "converts" by delivering a finished DOCX where LibreOffice would.
    (tmp_path / "made.docx").write_bytes(_DOCX)
    program = tmp_path / "soffice"
    program.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != --outdir ]; do shift; done\n'
        f'/bin/mkdir -p "$2" && /bin/cp "{tmp_path}/made.docx" "$2/report.docx"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name, data in (
        ("年报.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")),
        ("年报.rtf", b"{\\rtf1\\ansi }"),
    ):
        assert read(data, name).lines[0].text == "一、总体情况"


def test_an_old_word_file_that_libreoffice_cannot_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile, match="LibreOffice"):
        read(b"{\\rtf1\\ansi }", "年报.rtf")


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_whole_report_comes_back_from_every_format(renderer: str) -> None:
    report = invented_report()
    name, render = RENDERERS[renderer]
    read_back = parse_bytes(render(report), name)
    for part in ("agency", "year", "format", "title", "signed_by", "signed_on"):
        assert getattr(read_back, part) == getattr(report, part), part
    assert [plain(section.text) for section in read_back.texts] == [
        plain(section.text) for section in report.texts
    ]


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["年报.pdf", "年报.docx", "年报.html"])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(name: str) -> None:
    """No exception of pdfplumber, pdfminer, lxml or zipfile gets past the readers."""
    report = invented_report()
    makers = {"年报.pdf": as_pdf, "年报.docx": as_docx, "年报.html": as_html}
    whole = makers[name](report)
    chance = random.Random(7)
    for _ in range(8):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 10, 50))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = chance.choice((len(data), chance.randrange(len(data))))
        try:
            read(bytes(data[:cut]), name)
        except UnreadableFile as error:
            assert str(error).startswith(f"《{name}》")


def test_real_reports_are_read_cell_by_cell(real_reports: Path) -> None:
    for name in ("hongze-2023.pdf", "shuyang-fgj-2023.html", "shanghai-office-2019.html"):
        expected = json.loads((real_reports / "expected" / f"{Path(name).stem}.json").read_text())
        report = parse_bytes((real_reports / name).read_bytes(), name)
        for table, rows in expected["tables"].items():
            for row, cells in rows.items():
                for column, value in cells.items():
                    concept = f"{table}/{row}/{column}"
                    assert report.number(concept) == value, f"{name} {concept}"
        assert (report.year, report.format) == (expected["year"], expected["format"])
