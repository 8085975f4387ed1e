"""Files that bind several annual reports: only the first is read, and the others are named."""

import copy
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pypdfium2
import pytest

from ingest.parse import parse_bytes
from ingest.report import Report
from tests.invented import invented_report
from tests.render_files import as_docx, as_html, as_pdf
from tests.render_text import as_cells, as_markdown
from tests.table_score import expected_of, score
from vectorstore.library import Library
from vectorstore.prepared import WORTH_A_MODEL

FINANCE = invented_report(seed=1, agency="云江市财政局", year=2023)
WATER = invented_report(seed=2, agency="云江市水利局", year=2023)
LAST_YEAR = invented_report(seed=3, agency="云江市财政局", year=2022)


def bound_text(reports: Sequence[Report]) -> bytes:
    return "\n\n".join(map(as_cells, reports)).encode()


def bound_markdown(reports: Sequence[Report]) -> bytes:
    return "\n\n".join(map(as_markdown, reports)).encode()


def bound_html(reports: Sequence[Report]) -> bytes:
    first, *others = (as_html(report).decode() for report in reports)
    bodies = "".join(re.sub(r"(?s).*<body[^>]*>|</body>.*", "", page) for page in others)
    return first.replace("</body>", bodies + "</body>").encode()


def bound_docx(reports: Sequence[Report]) -> bytes:
    first, *others = (docx.Document(io.BytesIO(as_docx(report))) for report in reports)
    body = first.element.body
    for other in others:
        for block in list(other.element.body)[:-1]:
            body.insert(len(body) - 1, copy.deepcopy(block))
    file = io.BytesIO()
    first.save(file)
    return file.getvalue()


def bound_pdf(reports: Sequence[Report]) -> bytes:
    with pypdfium2.PdfDocument.new() as bound:
        for report in reports:
            with pypdfium2.PdfDocument(as_pdf(report)) as one:
                bound.import_pages(one)
        file = io.BytesIO()
        bound.save(file)
    return file.getvalue()


BINDERS: dict[str, Callable[[Sequence[Report]], bytes]] = {
    "汇编.txt": bound_text,
    "汇编.md": bound_markdown,
    "汇编.html": bound_html,
    "汇编.docx": bound_docx,
    "汇编.pdf": bound_pdf,
}


def several(report: Report) -> list[str]:
    return [doubt.message for doubt in report.doubts if doubt.code == "several-reports"]


@pytest.mark.parametrize("name", BINDERS)
@pytest.mark.parametrize("second", [WATER, LAST_YEAR], ids=["another agency", "another year"])
def test_only_the_first_of_several_reports_is_read_and_the_others_are_named(
    name: str, second: Report
) -> None:
    read = parse_bytes(BINDERS[name]([FINANCE, second]), name)

    assert (read.agency, read.year) == ("云江市财政局", 2023)
    assert [section.text for section in read.sections] == [s.text for s in FINANCE.sections]
    result = score(read.tables, expected_of(FINANCE))
    assert (result.warned, result.silent) == (0, ())
    (message,) = several(read)
    assert message.startswith("文件里有2份年报（")
    assert str(second.title) in message


def test_of_many_reports_three_are_named_and_all_counted() -> None:
    agencies = ["云江市财政局", "云江市水利局", "云江市体育局", "云江市审计局", "云江市统计局"]
    reports = [invented_report(seed=n, agency=name) for n, name in enumerate(agencies)]

    (message,) = several(parse_bytes(bound_text(reports), "汇编.txt"))

    assert "有5份年报" in message
    assert "体育局" in message
    assert "审计局" not in message


def test_a_report_that_stands_twice_in_a_file_is_one_report() -> None:
    read = parse_bytes(bound_html([FINANCE, FINANCE]), "年报.html")

    assert several(read) == []
    assert score(read.tables, expected_of(FINANCE)).silent == ()


def test_titles_of_other_reports_in_a_list_of_links_make_no_other_report() -> None:
    links = f"{WATER.title}\n{LAST_YEAR.title}\n"
    text = as_cells(FINANCE)

    assert several(parse_bytes((links + text + "\n" + links).encode(), "年报.txt")) == []


def test_a_title_that_stands_on_every_page_makes_no_other_report() -> None:
    text = re.sub(
        r"(?m)^(?=[二四六]、)", "市财政局2023年政府信息公开工作年度报告\n", as_cells(FINANCE)
    )

    read = parse_bytes(text.encode(), "年报.txt")

    assert several(read) == []
    assert [section.number for section in read.sections] == [1, 2, 3, 4, 5, 6]


def test_the_contents_list_of_a_bound_volume_is_no_report() -> None:
    contents = "目录\n" + "".join(f"{report.title}\n" for report in (FINANCE, WATER))

    read = parse_bytes(contents.encode() + bound_text([FINANCE, WATER]), "汇编.txt")

    assert (read.agency, len(several(read))) == ("云江市财政局", 1)


@pytest.mark.parametrize("files", [1, WORTH_A_MODEL], ids=["alone", "among many"])
def test_the_library_says_what_of_a_file_it_did_not_take_in(tmp_path: Path, files: int) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "0汇编.txt").write_bytes(bound_text([FINANCE, WATER]))
    for number in range(1, files):
        report = invented_report(seed=number, agency=f"云江市青禾区第{number}街道办事处")
        (folder / f"{number}.txt").write_text(as_cells(report), encoding="utf-8")

    with Library(tmp_path / "library") as library:
        first, *others = library.ingest([folder])

    assert first.message.startswith("已收入云江市财政局2023年度报告。文件里有2份年报（")
    assert [other.message for other in others if "份年报" in other.message] == []
