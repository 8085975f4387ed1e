"""PDFs: paragraphs made whole, tables over page breaks, and pages that cannot be read."""

from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4

from ingest.errors import UnreadableFile
from ingest.numbers import text_to_number
from ingest.parse import parse_bytes
from ingest.readers import read
from ingest.readers.layout import GridCell, Layout
from tests.hostile_files import (
    pdf_of_lines,
    pdf_with_800_crossing_lines,
    pdf_without_text,
)
from tests.invented import invented_report
from tests.print_pdf import FONT, Press, Sheet
from tests.render_files import as_pdf
from tests.table_score import Score, expected_of, score


def layout_of(sheet: Sheet) -> Layout:
    return read(sheet.data(), "年报.pdf")


def texts(layout: Layout) -> list[str]:
    return [line.text for line in layout.lines]


def codes(layout: Layout) -> list[str]:
    return [doubt.code for doubt in layout.doubts]


def test_lines_of_a_paragraph_are_joined_also_over_a_page_break() -> None:
    full = "甲" * 40
    layout = read(
        pdf_of_lines(
            [["\u3000\u3000一句话" + full[:35], full], [full, "到此结束。", "\u3000\u3000另一段。"]]
        ),
        "年报.pdf",
    )
    assert [text.strip() for text in texts(layout)] == [
        "一句话" + full[:35] + full + full + "到此结束。",
        "另一段。",
    ]
    assert [line.page for line in layout.lines] == [1, 2]


def test_every_line_and_cell_knows_its_page_and_box() -> None:
    sheet = Sheet()
    sheet.text(72, 60, "一、总体情况")
    sheet.grid([72, 172, 272], [100, 130, 160])
    for x, y, text in ((80, 118, "规章"), (180, 118, "5"), (80, 148, "许可"), (180, 148, "7")):
        sheet.text(x, y, text)
    layout = layout_of(sheet)
    line, grid = layout.lines[0], layout.grids[0]
    assert line.page == 1
    assert line.box is not None
    assert 40 < line.box[1] < line.box[3] < 70
    cell = grid.cells[3]
    assert (cell.text, cell.page) == ("7", 1)
    assert cell.box == pytest.approx((172, 130, 272, 160), abs=1)


def test_text_inside_a_table_is_not_repeated_as_lines() -> None:
    report = invented_report()
    layout = read(as_pdf(report), "年报.pdf")
    assert len(layout.grids) == 3
    assert "规章" not in texts(layout)


def test_page_numbers_and_running_heads_are_dropped() -> None:
    sheet = Sheet()
    for page in range(1, 4):
        sheet.text(72, 30, "青禾区数据管理局年度报告")
        sheet.text(72, 300, f"第{'一二三'[page - 1]}页的正文。")
        sheet.text(280, 815, f"— {page} —")
        sheet.turn_page()
    assert texts(layout_of(sheet)) == ["第一页的正文。", "第二页的正文。", "第三页的正文。"]


def test_a_number_of_a_table_in_the_margin_is_no_page_number() -> None:
    sheet = Sheet()
    for page in range(1, 4):
        sheet.text(72, 790, "行政强制 2,836,79")
        sheet.text(180, 804, "6")
        sheet.text(280, 830, f"{page}")
        sheet.turn_page()
    found = texts(layout_of(sheet))
    assert found.count("6") == 3
    assert not {"1", "2", "3"} & set(found)


def test_rows_of_zeros_at_the_foot_of_every_page_are_no_running_foot() -> None:
    sheet = Sheet()
    for page in range(3):
        sheet.text(72, 300, f"第{'一二三'[page]}页的正文。")
        sheet.text(72, 700, "0     0     0")
        sheet.turn_page()
    assert sum(text.startswith("0") for text in texts(layout_of(sheet))) == 3


def test_a_table_over_a_page_break_is_one_grid_even_without_borders_at_the_break() -> None:
    sheet = Sheet()
    xs: list[float] = [72, 172, 222, 272, 322]
    for x in xs:
        sheet.line(x, 700, x, 780)
    for y in (700, 740):
        sheet.line(72, y, 322, y)
    for x, text in zip(xs, ["信息内容", "甲", "乙", "丙"], strict=False):
        sheet.text(x + 4, 725, text)
    for x, text in zip(xs, ["规章", "1", "2", "3"], strict=False):
        sheet.text(x + 4, 765, text)
    sheet.turn_page()
    for x in xs:
        sheet.line(x, 60, x, 140)
    for y in (100, 140):
        sheet.line(72, y, 322, y)
    for row, values in ((85, ["许可", "4", "5", "6"]), (125, ["强制", "7", "8", "9"])):
        for x, text in zip(xs, values, strict=False):
            sheet.text(x + 4, row, text)
    layout = layout_of(sheet)
    assert len(layout.grids) == 1
    rows = [[c.text for c in row] for row in layout.grids[0].rows()]
    assert rows == [
        ["信息内容", "甲", "乙", "丙"],
        ["规章", "1", "2", "3"],
        ["许可", "4", "5", "6"],
        ["强制", "7", "8", "9"],
    ]
    assert [c.page for c in layout.grids[0].cells if c.column == 0] == [1, 1, 2, 2]


def test_a_table_without_outer_sides_keeps_its_first_and_last_column() -> None:
    sheet = Sheet()
    for y in (100, 130, 160):
        sheet.line(72, y, 272, y)
    sheet.line(172, 100, 172, 160)
    for row, (label, number) in enumerate((("许可", "12"), ("强制", "34"))):
        sheet.text(80, 118 + 30 * row, label)
        sheet.text(180, 118 + 30 * row, number)
    grid = layout_of(sheet).grids[0]
    assert [cell.text for cell in grid.cells] == ["许可", "12", "强制", "34"]


def test_two_tables_without_sides_under_one_another_stay_two() -> None:
    sheet = Sheet()
    for top in (100, 200):
        for y in (top, top + 30, top + 60):
            sheet.line(72, y, 272, y)
        sheet.line(172, top, 172, top + 60)
        sheet.text(80, top + 18, "许可")
    assert [len(grid.cells) for grid in layout_of(sheet).grids] == [4, 4]


def test_a_repeated_header_is_read_once() -> None:
    report = invented_report()
    layout = read(as_pdf(report, repeat_head=True), "年报.pdf")
    requests = layout.grids[1]
    assert len({cell.page for cell in requests.cells}) > 1
    assert sum("申请人情况" in cell.text for cell in requests.cells) == 1


def test_two_tables_under_one_another_stay_two() -> None:
    sheet = Sheet()
    for top in (100, 220):
        sheet.grid([72, 172, 272], [top, top + 30, top + 60])
        for row in (top + 20, top + 50):
            sheet.text(80, row, "许可")
            sheet.text(180, row, "5")
    assert [grid.row_count for grid in layout_of(sheet).grids] == [2, 2]


def test_the_background_of_a_paragraph_is_no_table() -> None:
    sheet = Sheet()
    for row in range(5):
        sheet.rect(72, 100 + 30 * row, 400, 30, "white")
        sheet.text(80, 120 + 30 * row, "一行带底纹的正文。")
    layout = layout_of(sheet)
    assert layout.grids == ()
    assert len(texts(layout)) == 5


def test_a_label_printed_one_letter_a_line_stays_in_its_cell() -> None:
    sheet = Sheet()
    sheet.grid([72, 92, 172, 222], [100, 130, 160])
    sheet.rect(73, 129, 18, 2, "white")
    for row, letter in enumerate("办理结果"):
        sheet.text(76, 112 + 12 * row, letter)
    sheet.text(100, 120, "予以公开")
    sheet.text(180, 120, "5")
    assert any(cell.text.startswith("办\n理") for cell in layout_of(sheet).grids[0].cells)


def test_two_numbers_in_one_cell_are_not_glued() -> None:
    sheet = Sheet()
    sheet.grid([72, 172, 272], [100, 130, 160])
    sheet.text(80, 118, "许可")
    sheet.text(180, 118, "12")
    sheet.text(198, 118, "34")
    sheet.text(80, 148, "强制")
    assert [c.text for c in layout_of(sheet).grids[0].cells][1] == "12 34"


def narrow_cells(first: str, second: str) -> list[GridCell]:
    """Two numbers centred in cells of 20 points."""
    sheet = Sheet()
    sheet.grid([72, 172, 192, 212, 232], [100, 130, 160])
    sheet.text(80, 118, "许可")
    for left, text in ((172, first), (192, second)):
        width = sheet.canvas.stringWidth(text, FONT, 11)
        sheet.text(left + 10 - width / 2, 118, text)
    return [c for c in layout_of(sheet).grids[0].cells if c.row == 0][1:3]


@pytest.mark.parametrize("number", ["1234567", "１２３", "1,234,567"])
def test_a_number_wider_than_its_cell_stays_whole_and_is_doubted(number: str) -> None:
    for place, texts_there in enumerate(((number, ""), ("", number))):
        cells = narrow_cells(*texts_there)
        assert [cell.text for cell in cells] == list(texts_there)
        assert cells[place].doubt == "readings-differ"


def test_a_number_that_may_stand_in_two_cells_is_in_neither() -> None:
    assert not any(text_to_number(cell.text) for cell in narrow_cells("", "１２３４"))


def test_a_digit_that_the_side_of_its_cell_runs_through_doubts_both_cells() -> None:
    sheet = Sheet()
    sheet.grid((100, 200, 300, 400), (100, 130, 160))
    sheet.text(198, 120, "５５", 8)  # the side runs through a quarter of the first letter
    sheet.text(340, 120, "7", 8)
    cells = [c for c in read(sheet.data(), "年报.pdf").grids[0].cells if c.row == 0]
    assert [c.doubt for c in cells] == ["readings-differ", "readings-differ", None]


def test_a_letter_spaced_number_that_runs_over_a_border_doubts_both_cells() -> None:
    sheet = Sheet()
    sheet.grid([72, 172, 192, 212, 232], [100, 130, 160])
    sheet.text(80, 118, "许可")
    for place, digit in enumerate("4377"):
        sheet.text(174 + 6.1 * place, 118, digit, 8)
    cells = [c for c in layout_of(sheet).grids[0].cells if c.row == 0]
    assert [cell.doubt for cell in cells] == [None, "readings-differ", "readings-differ", None]


def test_spaced_digits_inside_their_cells_are_not_doubted() -> None:
    sheet = Sheet()
    sheet.grid([72, 172, 192, 212, 232], [100, 130, 160])
    for left, number in ((174, "12"), (194, "34")):
        for place, digit in enumerate(number):
            sheet.text(left + 5.5 * place, 118, digit, 8)
    cells = [c for c in layout_of(sheet).grids[0].cells if c.row == 0]
    assert [(c.text, c.doubt) for c in cells][1:3] == [("12", None), ("34", None)]


def test_a_number_whose_end_the_ground_of_the_next_cell_hides_is_doubted() -> None:
    sheet = Sheet()
    sheet.grid([72, 172, 192, 212, 232], [100, 130, 160])
    sheet.text(80, 118, "许可")
    sheet.text(174, 118, "794405", 8)
    sheet.rect(192.2, 100.2, 19.6, 29.6, "white")
    cells = [c for c in layout_of(sheet).grids[0].cells if c.row == 0]
    assert [cell.doubt for cell in cells] == [None, "readings-differ", None, None]


def test_a_number_that_runs_out_of_its_table_over_its_side_is_doubted() -> None:
    sheet = Sheet()
    sheet.grid([72, 172, 194], [100, 130, 160])
    sheet.grid([72, 172, 192], [300, 330, 360])  # as if both ended at the middle of 192 and 194
    sheet.text(80, 118, "许可")
    width = sheet.canvas.stringWidth("7", FONT, 8)
    sheet.text(193.1 - 4 * width, 118, "97807", 8)
    cells = [c for c in layout_of(sheet).grids[0].cells if c.row == 0]
    assert cells[1].doubt == "readings-differ"


def test_numbers_inside_their_cells_are_not_doubted() -> None:
    cells = narrow_cells("123", "45")
    assert [(cell.text, cell.doubt) for cell in cells] == [("123", None), ("45", None)]


def test_two_numbers_that_touch_are_not_taken_for_numbers() -> None:
    for cell in narrow_cells("11111", "22222"):
        assert text_to_number(cell.text) is None


def test_rows_of_an_unruled_table_are_not_joined_into_one_number() -> None:
    sheet = Sheet()
    for row in range(3):
        for column in range(5):
            sheet.text(72 + 110 * column, 100 + 20 * row, f"{row}{column}")
    assert texts(layout_of(sheet)) == [" ".join(f"{r}{c}" for c in range(5)) for r in range(3)]


def test_a_raised_footnote_mark_is_not_part_of_the_number() -> None:
    sheet = Sheet()
    sheet.text(72, 100, "新收1,247")
    sheet.text(73 + sheet.canvas.stringWidth("新收1,247", FONT, 11), 95, "1", size=6)
    assert texts(layout_of(sheet)) == ["新收1,247¹"]


@pytest.mark.parametrize(("down", "mark"), [(-4, "¹"), (3, "₁")])
def test_a_mark_nearly_as_tall_as_the_number_is_no_part_of_it(down: float, mark: str) -> None:
    sheet = Sheet()
    sheet.text(72, 100, "新收1,247")
    end = 72 + sheet.canvas.stringWidth("新收1,247", FONT, 11)
    sheet.text(end, 100 + down, "1", size=9.2)
    assert texts(layout_of(sheet)) == [f"新收1,247{mark}"]


@pytest.mark.parametrize("direction", [90, -90])
def test_text_turned_on_an_upright_page_is_read_upright(direction: int) -> None:
    sheet = Sheet()
    sheet.canvas.translate(300, 400)
    sheet.canvas.rotate(direction)
    sheet.canvas.setFont(FONT, 11)
    for row, values in enumerate((("规章", "5"), ("许可", "7"))):
        for column, text in enumerate(values):
            sheet.canvas.drawString(8 + 100 * column, -20 - 30 * row, text)
    for x in (0, 100, 200):
        sheet.canvas.line(x, 0, x, -60)
    for y in (0, -30, -60):
        sheet.canvas.line(0, y, 200, y)
    grid = layout_of(sheet).grids[0]
    assert [[c.text for c in row] for row in grid.rows()] == [["规章", "5"], ["许可", "7"]]
    box = grid.cells[0].box
    assert box is not None
    if direction == 90:
        assert box == pytest.approx((300, 342, 330, 442), abs=1.5)
    else:
        assert box == pytest.approx((270, 442, 300, 542), abs=1.5)


def test_a_watermark_over_the_digits_is_not_read() -> None:
    sheet = Sheet()
    sheet.text(72, 100, "新收15件")
    sheet.canvas.translate(60, 700)
    sheet.canvas.rotate(45)
    sheet.canvas.setFont(FONT, 40)
    sheet.canvas.drawString(0, 0, "内部99")
    assert texts(layout_of(sheet)) == ["新收15件"]


def test_a_letter_printed_twice_to_look_bold_is_one_letter() -> None:
    sheet = Sheet()
    for shift in (0, 0.4):
        sheet.text(72 + shift, 100, "总计11")
    assert texts(layout_of(sheet)) == ["总计11"]


@pytest.mark.parametrize("way", ["white", "tiny", "off the page"])
def test_hidden_text_is_left_out_and_said(way: str) -> None:
    sheet = Sheet()
    sheet.text(72, 100, "新收5件")
    if way == "white":
        sheet.canvas.setFillColor("white")
        sheet.text(72, 140, "新收99件")
    elif way == "tiny":
        sheet.text(72, 140, "新收99件", size=1)
    else:
        sheet.text(72, 900, "新收99件")
    layout = layout_of(sheet)
    assert texts(layout) == ["新收5件"]
    assert codes(layout) == ["hidden-text"]


def test_white_text_on_a_dark_ground_is_read() -> None:
    sheet = Sheet()
    sheet.rect(60, 80, 200, 40, "navy")
    sheet.canvas.setFillColor("white")
    sheet.text(72, 100, "总计")
    layout = layout_of(sheet)
    assert texts(layout) == ["总计"]
    assert codes(layout) == []


def test_a_scan_says_that_it_has_no_text_layer() -> None:
    with pytest.raises(UnreadableFile, match="扫描件，没有文字层"):
        read(pdf_without_text(), "年报.pdf")


def test_a_scanned_page_among_others_is_named() -> None:
    sheet = Sheet()
    sheet.text(72, 100, "一、总体情况")
    sheet.turn_page()
    sheet.canvas.drawInlineImage(_grey_picture(), 0, 0, 595, 842)
    sheet.turn_page()
    layout = layout_of(sheet)
    assert codes(layout) == ["pages-unread"]
    assert "第 2 页" in layout.doubts[0].message
    assert layout.page_count == 2


def _grey_picture() -> object:
    from PIL import Image

    return Image.new("L", (8, 8), 128)


def test_a_password_is_asked_for_in_one_sentence() -> None:
    data = pdf_of_lines([["一、总体情况"]], password="secret")
    with pytest.raises(UnreadableFile, match="需要密码"):
        read(data, "年报.pdf")


def test_a_pdf_locked_only_against_changes_is_read_and_this_is_said() -> None:
    # reportlab leaves the strings that name a Chinese font unencrypted, hence a Latin one.
    data = pdf_of_lines([["Report 2023"]], password="", font="Helvetica")
    layout = read(data, "年报.pdf")
    assert texts(layout) == ["Report 2023"]
    assert codes(layout) == ["locked"]


def test_too_many_pages_are_refused() -> None:
    data = pdf_of_lines([["甲"]] * 301)
    with pytest.raises(UnreadableFile, match="超过 300 页"):
        read(data, "年报.pdf")


def test_a_drawing_of_crossing_lines_is_not_searched_for_tables() -> None:
    layout = read(pdf_with_800_crossing_lines(), "年报.pdf")
    assert texts(layout) == ["1"]
    assert codes(layout) == ["pages-unread"]


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused_or_says_what_it_lacks(keep: float) -> None:
    data = as_pdf(invented_report())
    try:
        layout = read(data[: int(len(data) * keep)], "年报.pdf")
    except UnreadableFile as error:
        assert str(error).startswith("《年报.pdf》")
    else:
        assert layout.blocks


def test_a_real_pdf_gives_every_row_of_table_three_in_one_grid(real_reports: Path) -> None:
    layout = read((real_reports / "hongze-2023.pdf").read_bytes(), "hongze-2023.pdf")
    assert [(grid.row_count, grid.column_count) for grid in layout.grids] == [
        (14, 4),
        (26, 10),
        (4, 15),
    ]
    assert {cell.page for cell in layout.grids[1].cells} == {3, 4}
    assert layout.doubts == ()


def test_the_last_row_of_a_table_alone_on_the_next_page_belongs_to_it() -> None:
    whole = invented_report(balanced=True)
    # A line less in part one, and the page ends before the last row of 表二.
    shorter = tuple(
        replace(s, text=s.text.partition("\n")[2], starts=()) if s.number == 1 else s
        for s in whole.sections
    )
    layout = read(as_pdf(replace(whole, sections=shorter)), "年报.pdf")
    table = layout.grids[0]
    over = [cell.text for cell in table.cells if cell.page == 2]
    assert over == ["行政事业性收费", str(whole.number("proactive/fees/amount"))]


def test_rulings_of_a_page_drawn_upside_down_are_level_where_they_are_level() -> None:
    report = invented_report()
    found = parse_bytes(as_pdf(report, page_turn=180), "年报.pdf")
    assert score(found.tables, expected_of(report)) == Score(200, 0, ())


def test_pages_that_are_shown_upside_down_are_read_and_their_cells_found_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = invented_report()
    upright = parse_bytes(as_pdf(report), "年报.pdf").tables["requests"].cells

    def turn_over(press: Press) -> None:
        press._sheet.canvas.transform(-1, 0, 0, -1, press._sheet.width, press._sheet.height)

    monkeypatch.setattr(Press, "_turn_over", turn_over)
    found = parse_bytes(as_pdf(report), "年报.pdf")
    expected = expected_of(report)
    assert score(found.tables, expected) == Score(len(expected), 0, ())
    for concept, cell in found.tables["requests"].cells.items():
        box, other = cell.place.box, upright[concept].place.box
        assert box and other
        turned = (A4[0] - other[2], A4[1] - other[3], A4[0] - other[0], A4[1] - other[1])
        assert box == pytest.approx(turned)
