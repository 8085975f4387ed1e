"""Scans and photographs: what is recognised is doubted, and what is not is said."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from ingest.errors import UnreadableFile
from ingest.forms import FORM_2021
from ingest.parse import parse_bytes
from ingest.readers import read, scans
from ingest.readers.layout import Layout
from ingest.readers.scans import seconds_to_spend
from ingest.readers.tesseract import is_installed
from ingest.tables import layout_to_tables
from tests.invented import invented_report
from tests.print_scan import as_jpeg, as_picture_pdf, as_png, as_tiff, pictures_of, spoilt
from tests.render_files import as_pdf
from tests.table_score import Score, expected_of, score

needs_recogniser = pytest.mark.skipif(
    not is_installed(), reason="没有安装 tesseract 与 chi_sim，跳过图像识别的测试。"
)
_SCANNED = invented_report(balanced=True)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not make these tests fail."""
    monkeypatch.setattr(scans, "seconds_to_spend", lambda: 250.0)


@pytest.fixture(scope="module")
def pages() -> list[Image.Image]:
    return pictures_of(as_pdf(_SCANNED))


def scored(layout: Layout) -> Score:
    return score(layout_to_tables(layout, FORM_2021), expected_of(_SCANNED))


@needs_recogniser
def test_the_numbers_of_a_clean_scan_are_read_and_every_cell_is_doubted(
    pages: list[Image.Image],
) -> None:
    report = parse_bytes(as_picture_pdf(pages), "扫描.pdf")
    assert (report.year, report.format) == (_SCANNED.year, _SCANNED.format)
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    result = score(report.tables, expected_of(_SCANNED))
    assert result.silent == ()
    assert result.right > 0.9 * (result.right + result.warned)
    cells = [cell for table in report.tables.values() for cell in table.cells.values()]
    assert all(cell.doubt or cell.state == "missing" for cell in cells)
    assert any("相符" in cell.doubt.message for cell in cells if cell.doubt)
    assert "第 1、2、3 页由图像识别得来" in report.doubts[0].message


@needs_recogniser
@pytest.mark.parametrize(("slant", "noise"), [(0.7, 6.0), (-2.3, 12.0)])
def test_a_bad_scan_is_never_wrong_in_silence(
    pages: list[Image.Image], slant: float, noise: float
) -> None:
    bad = spoilt(pages[1], slant=slant, noise=noise)
    layout = read(as_picture_pdf([bad]), "扫描.pdf")
    whole = read(as_pdf(_SCANNED), "年报.pdf")
    tables, meant = (layout_to_tables(each, FORM_2021)["requests"] for each in (layout, whole))
    on_page = {c: cell.value for c, cell in meant.cells.items() if cell.place.page == 2}
    result = score({"requests": tables}, on_page)
    assert result.silent == ()
    assert result.right > 0.85 * len(on_page)


@needs_recogniser
@pytest.mark.parametrize(("save", "name"), [(as_png, "拍照.png"), (as_jpeg, "拍照.jpg")])
def test_a_picture_of_a_page_is_read_like_a_scan(
    pages: list[Image.Image], save: Callable[[Image.Image], bytes], name: str
) -> None:
    layout = read(save(pages[2].resize((1654, 2339))), name)
    assert layout.media_type == {"拍照.png": "image/png", "拍照.jpg": "image/jpeg"}[name]
    assert "六、其他需要报告的事项" in [line.text for line in layout.lines]
    assert layout.page_doubts == {1: "ocr"}


@needs_recogniser
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_scanned_on_its_side_or_upside_down_is_read_and_found_there(
    pages: list[Image.Image], turn: int
) -> None:
    layout = read(as_picture_pdf([pages[2].rotate(turn, expand=True)]), "扫描.pdf")
    line = next(line for line in layout.lines if line.text == "六、其他需要报告的事项")
    straight = next(
        line
        for line in read(as_pdf(_SCANNED), "年报.pdf").lines
        if line.text == "六、其他需要报告的事项"
    )
    assert line.box and straight.box
    left, top, right, bottom = straight.box
    turned = {90: (top, 595 - right, bottom, 595 - left), 180: (595 - right, 842 - bottom)}[turn]
    assert line.box[:2] == pytest.approx(turned[:2], abs=8)


@needs_recogniser
def test_a_picture_of_several_pages_is_read_page_by_page(pages: list[Image.Image]) -> None:
    small = [page.reduce(2) for page in pages[::2]]
    layout = read(as_tiff(small), "扫描.tif")
    assert layout.page_count == 2
    assert {line.page for line in layout.lines} == {1, 2}


@needs_recogniser
def test_ink_that_nobody_can_read_is_not_taken_for_a_blank_cell() -> None:
    page = pictures_of(as_pdf(invented_report(replace={"requests/new/total": None})))[1]
    boxes = [
        cell.box
        for grid in read(as_picture_pdf([page]), "扫描.pdf").grids
        for cell in grid.cells
        if not cell.text
    ]
    assert len(boxes) == 1
    assert boxes[0] is not None
    left, top, right, bottom = (round(side * 300 / 72) for side in boxes[0])
    page.paste(0, (left + 60, top + 40, right - 60, bottom - 40))
    layout = read(as_picture_pdf([page]), "扫描.pdf")
    cell = layout_to_tables(layout, FORM_2021)["requests"].cell("new", "total")
    assert cell.state != "blank"
    assert cell.doubt is not None


@needs_recogniser
def test_a_scan_too_slow_to_recognise_names_its_pages(
    pages: list[Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "seconds_to_spend", lambda: 0.0)
    with pytest.raises(UnreadableFile, match="未能识别"):
        read(as_picture_pdf(pages), "扫描.pdf")


def test_without_a_recogniser_one_sentence_says_what_to_install(
    pages: list[Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    is_installed.cache_clear()
    try:
        for data, name in ((as_picture_pdf(pages), "扫描.pdf"), (as_png(pages[0]), "拍照.png")):
            with pytest.raises(UnreadableFile, match="tesseract-ocr-chi-sim"):
                read(data, name)
    finally:
        is_installed.cache_clear()


@needs_recogniser
def test_a_picture_of_a_billion_pixels_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    Image.new("1", (30_000, 30_000), 1).save(buffer, "TIFF", compression="group4")
    with pytest.raises(UnreadableFile, match="图像过大"):
        read(buffer.getvalue(), "扫描.tif")


@needs_recogniser
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, b"\xff\xd8\xff\xe0\x00"])
def test_a_damaged_picture_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"《拍照.png》已损坏"):
        read(data, "拍照.png")


@pytest.mark.parametrize(("left", "spent"), [(0.0, 14.0), (25.0, 13.0), (65.0, 39.0)])
def test_recognising_takes_the_time_that_the_file_has_left(
    left: float, spent: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signal.getitimer", lambda which: (left, 0.0))
    assert seconds_to_spend() == spent
