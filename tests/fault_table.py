"""The fault table, rows 8 to 20 and 49 to 58: which file is made for each and what must come of it.

Measured by `python -m tests.bench.hostile`; the quick ones are run by `test_fault_table`. Row 12,
many files and fields in one request, is in `test_gate`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from ingest.report import Report
from tests import fault_files as files
from tests import hostile_files as hostile
from tests.hostile_files import zipped
from tests.invented import invented_report
from tests.render_files import as_docx, as_html, as_pdf
from tests.render_text import as_cells

WHOLE = invented_report()


@dataclass(frozen=True, slots=True)
class Fault:
    """One file: its row, what is wrong with it, and what must come of it.

    It is refused in one sentence that holds `said`; where that is empty it is read, and where it is
    None either is right. What is read carries the doubt `code`. `report` is what stands in it whole.
    `is_quick` says that it is made and read in less than a second. It is filled up with zeros, which
    take no room on the disk, to `padded_to` bytes.
    """

    row: int
    what: str
    name: str
    make: Callable[[], bytes]
    said: str | None = ""
    code: str = ""
    report: Report | None = None
    is_quick: bool = True
    padded_to: int = 0


def _pdf(**options: bool | int) -> Callable[[], bytes]:
    return lambda: as_pdf(WHOLE, **options)  # type: ignore[arg-type]


def _text(encoding: str) -> Callable[[], bytes]:
    return lambda: as_cells(WHOLE).encode(encoding)


def _noise_after_the_header() -> bytes:
    return b"%PDF-1.7\n" + Random(1).randbytes(5000)


FAULTS: tuple[Fault, ...] = (
    Fault(8, "random bytes after the header", "年报.pdf", _noise_after_the_header, "已损坏"),
    Fault(8, "the end is missing", "年报.pdf", lambda: as_pdf(WHOLE)[:-300], "已损坏"),
    Fault(8, "half of it is missing", "年报.pdf", lambda: as_pdf(WHOLE)[:7_000], "已损坏"),
    Fault(8, "half a Word file", "年报.docx", lambda: as_docx(WHOLE)[:9_000], "已损坏"),
    Fault(
        8,
        "the table of objects is misplaced",
        "年报.pdf",
        lambda: as_pdf(WHOLE).replace(b"startxref\n", b"startxref\n9"),
        report=WHOLE,
    ),
    *(
        Fault(
            8,
            f"{n} bits are wrong",
            "年报.pdf",
            partial(files.with_flipped_bits, n),
            None,
            "",
            WHOLE,
        )
        for n in (1, 5, 20, 200)
    ),
    Fault(
        9,
        "a password",
        "年报.pdf",
        lambda: hostile.pdf_of_lines([["甲"]], password="x"),
        "需要密码",
    ),
    Fault(9, "an owner's password", "年报.pdf", files.owned_pdf, code="locked"),
    Fault(9, "a Word file with a password", "年报.docx", files.locked_word, "密码"),
    Fault(10, "no byte", "年报.pdf", lambda: b"", "空文件"),
    Fault(10, "nothing but a byte order mark", "年报.txt", lambda: b"\xff\xfe", "空文件"),
    Fault(10, "nothing but white space", "年报.txt", lambda: b" \n\t\n" * 50, "空文件"),
    Fault(
        10, "a page without text", "年报.html", lambda: b"<html><body> </body></html>", "没有找到"
    ),
    Fault(10, "a Word file without text", "年报.docx", lambda: hostile.docx("<w:p/>"), "没有"),
    Fault(11, "500 MB", "年报.pdf", _pdf(), "上限", is_quick=False, padded_to=500 * 1024**2),
    Fault(13, "a swollen member", "年报.docx", hostile.docx_with_a_swollen_member, "压缩炸弹"),
    Fault(
        13,
        "100,000 members",
        "年报.docx",
        hostile.docx_with_100000_members,
        "2000 个",
        is_quick=False,
    ),
    Fault(13, "archives in archives", "年报.docx", files.archives_in_archives, "压缩包"),
    Fault(14, "an external entity", "年报.docx", hostile.docx_with_external_entity, "DTD"),
    Fault(15, "laughs in a Word file", "年报.docx", hostile.docx_with_billion_laughs, "DTD"),
    Fault(15, "laughs in a web page", "年报.html", files.page_with_laughs, "没有找到"),
    Fault(
        16,
        "macros, objects, links, a template",
        "年报.docm",
        files.docx_with_a_macro_and_links,
        code="active-content",
    ),
    Fault(
        17,
        "scripts, frames, refresh and base",
        "年报.html",
        files.page_with_active_parts,
        report=WHOLE,
    ),
    Fault(18, "a hidden paragraph", "年报.docx", files.hidden_docx, code="hidden-text"),
    Fault(18, "not displayed", "年报.html", files.hidden_page, code="hidden-text", report=WHOLE),
    Fault(
        18, "printed invisibly", "年报.pdf", lambda: files.printed(files.unseen), code="hidden-text"
    ),
    Fault(18, "white on white", "年报.pdf", lambda: files.printed(files.white), code="hidden-text"),
    Fault(
        19,
        "a name that turns the text round",
        "年报\u202egpj.txt",
        lambda: b"\xe7\x94\xb2",
        "年报gpj",
    ),
    Fault(19, "the name of a device", "con.txt", _text("utf-8"), report=WHOLE),
    Fault(19, "a name as long as can be", "年" * 80 + ".txt", _text("utf-8"), report=WHOLE),
    Fault(19, "a leading dash and a picture", "-rf 😀.txt", _text("utf-8"), report=WHOLE),
    Fault(
        20,
        "a web page as .pdf",
        "年报.pdf",
        lambda: as_html(WHOLE),
        code="suffix-mismatch",
        report=WHOLE,
    ),
    Fault(20, "a PDF as .docx", "年报.docx", _pdf(), code="suffix-mismatch", report=WHOLE),
    Fault(
        20,
        "a PDF with an archive at its end",
        "年报.pdf",
        lambda: as_pdf(WHOLE) + zipped({"word/document.xml": "<x/>"}),
        report=WHOLE,
    ),
    Fault(
        20,
        "a workbook as .docx",
        "年报.docx",
        lambda: zipped({"xl/workbook.xml": "<x/>"}),
        "电子表格",
    ),
    Fault(49, "GBK", "年报.txt", _text("gb18030"), report=WHOLE),
    Fault(49, "UTF-16", "年报.txt", _text("utf-16"), report=WHOLE),
    Fault(49, "UTF-16, the other order", "年报.txt", _text("utf-16-be"), None, "", WHOLE),
    Fault(49, "UTF-8 with a byte order mark", "年报.txt", _text("utf-8-sig"), report=WHOLE),
    Fault(
        50,
        "numbers of every kind, Word",
        "年报.docx",
        partial(as_docx, files.NUMBERS),
        report=files.NUMBERS,
    ),
    Fault(
        50,
        "numbers of every kind, page",
        "年报.html",
        partial(as_html, files.NUMBERS),
        report=files.NUMBERS,
    ),
    Fault(
        50,
        "numbers of every kind, PDF",
        "年报.pdf",
        partial(as_pdf, files.NUMBERS),
        report=files.NUMBERS,
    ),
    Fault(51, "radicals and look-alikes", "年报.txt", files.look_alikes, report=WHOLE),
    *(
        Fault(52, f"{name} in words", "年报.txt", partial(files.parted, mark), report=WHOLE)
        for name, mark in (
            ("zero width", "\u200b"),
            ("soft hyphens", "\u00ad"),
            ("marks", "\ufeff"),
        )
    ),
    Fault(
        52,
        "unseen in numbers, Word",
        "年报.docx",
        partial(as_docx, files.UNSEEN),
        report=files.UNSEEN,
    ),
    Fault(
        52,
        "unseen in numbers, page",
        "年报.html",
        partial(as_html, files.UNSEEN),
        report=files.UNSEEN,
    ),
    Fault(
        53, "footnote marks, Word", "年报.docx", partial(as_docx, files.MARKED), report=files.MARKED
    ),
    Fault(
        53, "footnote marks, PDF", "年报.pdf", partial(as_pdf, files.MARKED), report=files.MARKED
    ),
    Fault(
        54,
        "100,000 rows, page",
        "年报.html",
        hostile.webpage_with_100000_rows,
        "格",
        is_quick=False,
    ),
    Fault(
        54,
        "600,000 cells, Word",
        "年报.docx",
        hostile.docx_with_a_million_cells,
        "没有读取",
        is_quick=False,
    ),
    Fault(
        54,
        "a thousand columns, Word",
        "年报.docx",
        lambda: files.docx_of(40, 1_000),
        "没有",
        is_quick=False,
    ),
    Fault(
        54,
        "60,000 cells, PDF",
        "年报.pdf",
        lambda: files.pdf_of_rows(30, 100, 20),
        "超过 50000 格",
        is_quick=False,
    ),
    Fault(
        54,
        "a row of 200,000 cells",
        "年报.html",
        lambda: b"<table><tr>" + b"<td>1</td>" * 200_000 + b"</tr></table>",
        "超过 50000 格",
    ),
    Fault(
        54,
        "cells merged without end",
        "年报.html",
        lambda: b"<table>" + b"<tr><td rowspan=65535 colspan=1000000000>1</td></tr>" * 1000,
        "合并单元格",
    ),
    Fault(55, "nested forms", "年报.pdf", hostile.pdf_with_nested_forms, "已停止", is_quick=False),
    Fault(
        55,
        "a form that draws itself",
        "年报.pdf",
        files.form_that_draws_itself,
        "没有文字",
        is_quick=False,
    ),
    Fault(
        55,
        "800 crossing lines",
        "年报.pdf",
        hostile.pdf_with_800_crossing_lines,
        "没有找到",
        is_quick=False,
    ),
    Fault(
        55,
        "a gigabyte, packed twice",
        "年报.pdf",
        hostile.pdf_that_inflates_to_a_gigabyte,
        "内存",
        is_quick=False,
    ),
    Fault(
        55,
        "a page tree in a circle",
        "年报.pdf",
        files.page_tree_in_a_circle,
        "没有文字",
        is_quick=False,
    ),
    Fault(
        55,
        "500 pages of something else",
        "年报.pdf",
        lambda: files.pages_of_something_else(500),
        "300 页",
        is_quick=False,
    ),
    Fault(55, "200,000 pages", "年报.pdf", lambda: files.bare_pages(200_000), "请", is_quick=False),
    Fault(
        56,
        "a report 100,000 elements deep",
        "年报.html",
        lambda: hostile.webpage_100000_deep(as_html(WHOLE).decode()),
        report=WHOLE,
    ),
    Fault(
        56,
        "20,000 tables in one another",
        "年报.html",
        hostile.webpage_with_deep_tables,
        "嵌套过深",
        is_quick=False,
    ),
    Fault(
        56,
        "3,000 tables in one another",
        "年报.docx",
        hostile.docx_with_deep_tables,
        "无法打开",
        is_quick=False,
    ),
    Fault(
        57,
        "a picture of 900 million pixels",
        "扫描.png",
        partial(files.picture, "PNG"),
        "图像过大",
        is_quick=False,
    ),
    Fault(
        57,
        "a fax of 900 million pixels",
        "扫描.tif",
        partial(files.picture, "TIFF", compression="group4"),
        "图像过大",
        is_quick=False,
    ),
    Fault(
        57,
        "a PDF of 900 million pixels",
        "扫描.pdf",
        files.scan_of_900_million_pixels,
        "图像过大",
        is_quick=False,
    ),
    Fault(57, "a grey picture", "扫描.pdf", hostile.pdf_without_text, "扫描件", is_quick=False),
    Fault(
        58, "split over pages, header repeated", "年报.pdf", _pdf(repeat_head=True), report=WHOLE
    ),
    Fault(
        58, "split over pages, open at the break", "年报.pdf", _pdf(open_breaks=True), report=WHOLE
    ),
    Fault(58, "turned pages", "年报.pdf", _pdf(page_turn=90), report=WHOLE),
    Fault(58, "a watermark over the digits", "年报.pdf", files.under_a_watermark, report=WHOLE),
    Fault(58, "text in two columns", "年报.pdf", files.in_two_columns),
)
"""Every file of the table, in the order of its rows."""
