"""What a file may do to its reader: one sentence within the limits, and the next file is read.

The rows that are not here have tests of their own: large files and bombs in test_sandbox, broken
and disguised files in test_readers, hidden text in test_pdf_print, test_word and test_webpage,
numbers in test_numbers, look-alike characters in test_characters, scans in test_recognition.
"""

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import NianbaoError
from ingest.parse import parse_bytes
from ingest.report import Report
from ingest.sandbox import AS_REPORT, Limits, Worker
from tests import hostile_files
from tests.hash_embedder import HashEmbedder
from tests.hostile_files import W, webpage_100000_deep, zipped
from tests.invented import AGENCY, invented_report
from tests.render_files import as_docx, as_html, as_pdf
from tests.render_text import as_cells
from vectorstore.library import Library

TITLE = invented_report().title or ""
NEXT = as_docx(invented_report(agency="云溪市下一份局"))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker[Report]]:
    with Worker(AS_REPORT) as started:
        yield started


def outcome(worker: Worker[Report], folder: Path, name: str, data: bytes) -> Report | str:
    """What comes of a file: the report, or the one sentence; the file after it is read whole."""
    found: Report | str
    path = folder / name
    path.write_bytes(data)
    try:
        found = worker.work(path, Limits())
    except NianbaoError as error:
        found = str(error)
        assert "\n" not in found
        assert found.endswith("。")
    after = folder / "下一份.docx"
    after.write_bytes(NEXT)
    assert worker.work(after, Limits()).agency == "云溪市下一份局"
    return found


def noise(length: int) -> bytes:
    return random.Random(1).randbytes(length)


def picture(kind: str, **options: object) -> bytes:
    """A black picture of one bit a pixel, 30,000 pixels wide and high."""
    buffer = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(buffer, kind, **options)
    return buffer.getvalue()


def nested_archive() -> bytes:
    return zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": "甲" * 10**6})})})


def page_with_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    return f"<!DOCTYPE html [<!ENTITY l0 'ha'>{laughs}]><html><p>&l11;</p></html>".encode()


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "8 random bytes after the header": ("年报.pdf", b"%PDF-1.7\n" + noise(5000), "已损坏"),
    "8 the end is missing": ("年报.pdf", as_pdf(invented_report())[:-300], "已损坏"),
    "9 a password": ("年报.pdf", hostile_files.pdf_of_lines([["甲"]], password="x"), "需要密码"),
    "10 nothing but a byte order mark": ("年报.txt", b"\xff\xfe", "空文件"),
    "10 nothing but white space": ("年报.txt", b" \n\t\n" * 50, "空文件"),
    "10 a page without text": ("年报.html", b"<html><body> </body></html>", "没有找到"),
    "13 archives in archives": ("年报.docx", nested_archive(), "压缩包"),
    "13 a swollen member": ("年报.docx", hostile_files.docx_with_a_swollen_member(), "压缩炸弹"),
    "14 an external entity": ("年报.docx", hostile_files.docx_with_external_entity(), "DTD"),
    "15 laughs in a web page": ("年报.html", page_with_laughs(), "没有找到"),
    "19 a name that turns the text round": ("年报\u202egpj.txt", "甲".encode(), "《年报gpj.txt》"),
    "54 a row of 200,000 cells": (
        "年报.html",
        b"<table><tr>" + b"<td>1</td>" * 200_000 + b"</tr></table>",
        "超过 50000 格",
    ),
    "54 a thousand cells merged without end": (
        "年报.html",
        b"<table>" + b"<tr><td rowspan=65535 colspan=1000000000>1</td></tr>" * 1000 + b"</table>",
        "合并单元格",
    ),
    "57 a picture of 900 million pixels": ("扫描.png", picture("PNG"), "图像过大"),
    "57 a fax of 900 million pixels": (
        "扫描.tif",
        picture("TIFF", compression="group4"),
        "图像过大",
    ),
}


@pytest.mark.parametrize("row", REFUSED)
def test_a_hostile_file_costs_one_sentence_and_the_next_is_read(
    row: str, worker: Worker[Report], tmp_path: Path
) -> None:
    name, data, said = REFUSED[row]
    found = outcome(worker, tmp_path, name, data)
    assert isinstance(found, str)
    assert said in found


def docx_with_a_macro_and_links() -> bytes:
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    body = paragraph.format(TITLE) + paragraph.format("一、总体情况")
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://x/image" TargetMode="External" '
        'Target="http://127.0.0.1:9/x.png"/></Relationships>'
    )
    return zipped(
        {
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": link,
            "word/vbaProject.bin": "x",
            "word/embeddings/oleObject1.bin": "x",
        }
    )


def page_with_active_parts() -> bytes:
    head = (
        "<base href='http://127.0.0.1:9/'><meta http-equiv=refresh content='0;url=http://127.0.0.1'>"
        "<script>document.title = '别的局2020年政府信息公开工作年度报告'</script>"
        "<iframe src='http://127.0.0.1:9/'>别的局</iframe>"
    )
    return as_html(invented_report()).replace(b"</head>", f"{head}</head>".encode())


READ: dict[str, tuple[str, bytes]] = {
    "8 the table of objects is misplaced": (
        "年报.pdf",
        as_pdf(invented_report()).replace(b"startxref\n", b"startxref\n9"),
    ),
    "16 macros, embedded objects and links": ("年报.docm", docx_with_a_macro_and_links()),
    "17 scripts, frames, refresh and base": ("年报.html", page_with_active_parts()),
    "19 the name of a device": ("con.txt", as_cells(invented_report()).encode()),
    "19 three hundred letters would be too many": (
        "年" * 80 + ".txt",
        as_cells(invented_report()).encode(),
    ),
    "20 a PDF with an archive at its end": (
        "年报.pdf",
        as_pdf(invented_report()) + zipped({"word/document.xml": "<x/>"}),
    ),
    "49 GBK": ("年报.txt", as_cells(invented_report()).encode("gb18030")),
    "49 UTF-16": ("年报.txt", as_cells(invented_report()).encode("utf-16")),
    "56 a report 100,000 elements deep": (
        "年报.html",
        webpage_100000_deep(as_html(invented_report()).decode()),
    ),
}


@pytest.mark.parametrize("row", READ)
def test_a_strange_file_is_read_as_what_it_is(
    row: str, worker: Worker[Report], tmp_path: Path
) -> None:
    found = outcome(worker, tmp_path, *READ[row])
    assert isinstance(found, Report), found
    assert (found.agency, found.year) == (AGENCY, 2023)


def test_macros_objects_and_links_of_a_word_file_are_said() -> None:
    found = parse_bytes(docx_with_a_macro_and_links(), "年报.docx")
    assert "active-content" in {doubt.code for doubt in found.doubts}


def test_nothing_of_a_refused_file_is_kept_and_the_others_are_taken_in(tmp_path: Path) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    for number, (name, data, _) in enumerate(list(REFUSED.values())[::2]):
        (folder / f"{number}{Path(name).suffix}").write_bytes(data)
    (folder / "好.docx").write_bytes(as_docx(invented_report()))
    with Library(tmp_path / "资料", embedder=HashEmbedder()) as library:
        taken = [each for each in library.ingest([folder], workers=2) if each.report]
        assert [entry.agency for entry in library.entries()] == [AGENCY]
        assert len(taken) == 1
        assert len(list((library.folder / "originals").iterdir())) == 1
