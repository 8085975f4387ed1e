import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers.layout import Grid, Line
from ingest.readers.plain import read


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def test_one_cell_a_line_keeps_bare_tabs_and_broken_cells() -> None:
    layout = read("\t\n\t5.要求\n重新出具\n\t0\n\t\n\n\t（七）总计\n\t3\n".encode(), "a.txt")
    (grid,) = layout.grids
    assert texts(grid) == [["", "5.要求\n重新出具", "0", ""], ["（七）总计", "3"]]
    assert [cell.line for cell in grid.cells] == [1, 2, 4, 5, 7, 8]
    assert not grid.aligned


def test_two_blank_lines_end_a_table_of_cells() -> None:
    layout = read("\t甲\n\t1\n\n\n\t乙\n\t2\n".encode(), "a.txt")
    assert [texts(grid) for grid in layout.grids] == [[["甲", "1"]], [["乙", "2"]]]


def test_a_heading_after_a_cell_is_not_taken_into_it() -> None:
    layout = read(
        "\t规章\n\t1\n三、收到和处理政府信息公开申请情况\n\t新收\n\t2\n".encode(), "a.txt"
    )
    assert [texts(grid) for grid in layout.grids] == [[["规章", "1"]], [["新收", "2"]]]
    assert [line.text for line in layout.lines] == ["三、收到和处理政府信息公开申请情况"]


def test_an_indented_heading_stays_a_line() -> None:
    layout = read("\t二、主动公开政府信息情况\n\t规章\n\t1\n".encode(), "a.txt")
    assert [line.text for line in layout.lines] == ["\t二、主动公开政府信息情况"]
    assert texts(layout.grids[0]) == [["规章", "1"]]


def test_paragraphs_indented_with_a_tab_are_no_table() -> None:
    layout = read(
        "\t一、总体情况\n\t全年发布信息8条。\n\t（一）主动公开\n\n\t开展培训\n".encode(), "a.txt"
    )
    assert not layout.grids
    assert [line.number for line in layout.lines] == [1, 2, 3, 5]


def test_a_tab_grid_keeps_its_empty_columns() -> None:
    layout = read("标题\n甲\t\t1\n\t乙\t\n\n丙\t2\t3\n".encode(), "a.txt")
    assert [texts(grid) for grid in layout.grids] == [
        [["甲", "", "1"], ["", "乙", ""]],
        [["丙", "2", "3"]],
    ]
    assert [grid.number for grid in layout.grids] == [1, 2]


def test_a_line_with_a_single_tab_is_no_table() -> None:
    layout = read("联系电话\t0000-1234567\n".encode(), "a.txt")
    assert [line.text for line in layout.lines] == ["联系电话\t0000-1234567"]


def test_markdown_drops_its_rule_and_keeps_blank_cells() -> None:
    layout = read("| | 甲 | |\n|--|:-:|---|\n| 乙 | | 1\\|2 |\n".encode(), "a.md")
    assert texts(layout.grids[0]) == [["", "甲", ""], ["乙", "", "1|2"]]
    assert layout.media_type == "text/markdown"


def test_pipes_without_borders_keep_a_blank_first_cell() -> None:
    layout = read("第一项 | |||\n规章 | 1\n | 2 | 3\n".encode(), "a.txt")
    assert texts(layout.grids[0]) == [["第一项", "", "", "", ""], ["规章", "1"], ["", "2", "3"]]


def test_a_menu_line_is_no_table() -> None:
    layout = read("首页|政务公开\n\n正文。\n".encode(), "a.txt")
    assert not layout.grids


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_of_text_files_are_found(encoding: str) -> None:
    layout = read("青禾区政府\n信息公开\n".encode(encoding), "a.txt")
    assert [line.text for line in layout.lines] == ["青禾区政府", "信息公开"]
    assert layout.doubts == ()


def test_windows_and_old_mac_line_ends_count_as_one() -> None:
    layout = read("甲\r\n乙\r丙\n".encode(), "a.txt")
    assert [(line.text, line.number) for line in layout.lines] == [("甲", 1), ("乙", 2), ("丙", 3)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (b" \r\n\t\xe3\x80\x80\n", "空文件"),
        (b"\xef\xbb\xbf", "空文件"),
        (bytes(range(256)) * 8, "不是文本"),
        (b"\x01\x02\x03\x04" * 50 + b"abcd" * 50, "不是文本"),
        ("政府信息公开年度报告".encode().decode("latin-1").encode(), "乱码"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        read(data, "坏.txt")
    assert "《坏.txt》" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_lost_characters_are_counted() -> None:
    layout = read("政府信息公开".encode() * 20 + b"\xff\n", "a.txt")
    assert [doubt.code for doubt in layout.doubts] == ["characters-lost"]


def test_an_encoding_that_nothing_confirms_is_a_guess() -> None:
    layout = read("青禾".encode("gb18030"), "a.txt")
    assert [doubt.code for doubt in layout.doubts] == ["encoding-guessed"]


LINES = st.lists(st.text(alphabet="\t |甲乙12。、\u3000-", max_size=12), max_size=30)


@given(LINES)
def test_every_line_of_the_file_is_kept_once(lines: list[str]) -> None:
    text = "\n".join(["政府", *lines])
    layout = read(text.encode(), "a.txt")
    seen = "".join(
        block.text if isinstance(block, Line) else "".join(cell.text for cell in block.cells)
        for block in layout.blocks
    )
    for character in "甲乙12。、":
        assert seen.count(character) == text.count(character)


@given(LINES)
def test_line_numbers_rise(lines: list[str]) -> None:
    layout = read("\n".join(["政府", *lines]).encode(), "a.txt")
    numbers = [
        number
        for block in layout.blocks
        for number in ([block.number] if isinstance(block, Line) else [c.line for c in block.cells])
    ]
    assert numbers == sorted(numbers, key=lambda n: n or 0)


def test_signs_escaped_for_markdown_are_what_they_stand_for() -> None:
    text = "1\\.属于国家秘密\n\n| 增/减 | \\-5 | a\\|b |\n|---|---|---|\n"
    layout = read(text.encode(), "a.md")
    assert [line.text for line in layout.lines] == ["1.属于国家秘密"]
    assert texts(layout.grids[0]) == [["增/减", "-5", "a|b"]]
    assert read(text.encode(), "a.txt").lines[0].text == "1\\.属于国家秘密"


@pytest.mark.parametrize("cell", ["**12**", "`12`", "__12__", "***12***", "&nbsp;12", "12"])
def test_a_cell_is_read_without_the_marks_that_set_it(cell: str) -> None:
    grid = read(f"| 甲 | 乙 |\n|---|---|\n| 丙 | {cell} |\n".encode(), "年报.md").grids[0]
    assert [c.text.strip() for c in grid.cells] == ["甲", "乙", "丙", "12"]


def test_a_mark_beside_a_number_stays() -> None:
    grid = read("| 甲 | 5* |\n|---|---|\n| 丙 | 2*3 |\n".encode(), "年报.md").grids[0]
    assert [c.text for c in grid.cells] == ["甲", "5*", "丙", "2*3"]


def test_a_table_drawn_with_lines_is_one_of_pipes() -> None:
    grid = read("│ 甲 │ 5 │\n│ 丙 │  │\n".encode(), "年报.txt").grids[0]
    assert [c.text for c in grid.cells] == ["甲", "5", "丙", ""]


def test_a_table_drawn_with_signs_is_one_table() -> None:
    drawn = "+----+---+\n| 甲 | 1 |\n+====+===+\n| 乙 | 2 |\n+----+---+\n"
    (grid,) = read(drawn.encode(), "年报.txt").grids
    assert [(c.text, c.row, c.column) for c in grid.cells] == [
        ("甲", 0, 0),
        ("1", 0, 1),
        ("乙", 1, 0),
        ("2", 1, 1),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("$12$", "12"),
        (r"$\mathbf{12}$", "12"),
        ("$1{,}234$", "1,234"),
        ("商业<br>企业", "商业\n企业"),
        ("1<br/>2", "1\n2"),
        ("NaN", ""),
        ("Unnamed: 3", ""),
        ("$x^2$", "$x^2$"),
    ],
)
def test_what_converters_write_into_cells_is_what_it_stands_for(cell: str, text: str) -> None:
    layout = read(f"|甲|{cell}|\n|---|---|\n|乙|3|\n".encode(), "年报.md")
    assert layout.grids[0].cells[1].text == text


def test_cells_in_quotes_are_read_without_them() -> None:
    layout = read('"甲"\t"1,234"\t"""x"""\n"乙"\t""\t3\n'.encode(), "年报.txt")
    assert [c.text for c in layout.grids[0].cells] == ["甲", "1,234", '"x"', "乙", "", "3"]


@pytest.mark.parametrize("name", ["年报.md", "年报.txt"])
@pytest.mark.parametrize("wrapped", ["{}", "<html><body>{}</body></html>", "```html\n{}\n```"])
def test_web_tables_in_a_text_are_read_as_on_a_page(wrapped: str, name: str) -> None:
    table = (
        '<table><tr><td rowspan="2">甲<br>乙</td><td>$12$</td></tr>\n<tr><td></td></tr>'
        "<tr><td>丙</td><td><table><tr><td>3</td></tr></table></td></tr></table>"
    )
    text = f"一、总体情况\n\n{wrapped.format(table)}\n\n|丁|4|\n|---|---|\n"
    layout = read(text.encode(), name)
    first, second = layout.grids
    assert [(c.text, c.row, c.column, c.row_span) for c in first.cells] == [
        ("甲\n乙", 0, 0, 2),
        ("12", 0, 1, 1),
        ("", 1, 1, 1),
        ("丙", 2, 0, 1),
        ("3", 2, 1, 1),
    ]
    assert (first.aligned, first.number, second.number) == (True, 1, 2)
    lines = text.split("\n")
    assert [lines[c.line - 1] for c in second.cells if c.line] == ["|丁|4|"] * 2
    assert {lines[c.line - 1].count("rowspan") for c in first.cells if c.line} == {1}
    assert "一、总体情况" in [line.text for line in layout.lines]


def test_a_web_table_that_is_not_closed_stays_text() -> None:
    layout = read("甲\n<table><tr><td>1\n乙\n".encode(), "年报.md")
    assert [line.text for line in layout.lines] == ["甲", "<table><tr><td>1", "乙"]


@pytest.mark.parametrize("mark", ["> ", ">> ", "{:4d} ", "{}\t", "{}: "])
def test_what_stands_before_every_line_is_no_part_of_it(mark: str) -> None:
    lines = [f"第{number}行" for number in range(30)]
    text = "\n".join(mark.format(number + 1) + line for number, line in enumerate(lines))
    layout = read(text.encode(), "年报.txt")
    assert [line.text for line in layout.lines] == lines
    assert [line.number for line in layout.lines] == list(range(1, 31))


def test_numbers_that_do_not_count_the_lines_stay() -> None:
    lines = [f"{number % 7} 件" for number in range(30)]
    layout = read("\n".join(lines).encode(), "年报.txt")
    assert [line.text for line in layout.lines] == lines


def test_cells_between_commas_are_a_table() -> None:
    text = '甲,本年,上年,备注\n乙,"1,234",,\n丙,"5","他说""好""",6\n后文。\n'
    (grid,) = read(text.encode(), "年报.txt").grids
    assert [[c.text for c in row] for row in grid.rows()] == [
        ["甲", "本年", "上年", "备注"],
        ["乙", "1,234", "", ""],
        ["丙", "5", '他说"好"', "6"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "合计 1,247 1,111 2,222 3,333\n" * 3,
        "甲,乙,丙,丁\n戊,己,庚\n辛,壬,癸,子\n",
        "先公开, 后归档, 再移交, 最后销毁。\n" * 3,
        "甲," * 100_000,
    ],
)
def test_commas_that_part_words_or_thousands_make_no_table(text: str) -> None:
    assert read(text.encode(), "年报.txt").grids == ()
