"""What a page shows otherwise than its text says: hidden, struck out, filled in, drawn."""

import random
from collections.abc import Callable

import pytest

from ingest.parse import parse_bytes
from ingest.readers.layout import GridCell
from ingest.readers.webpage import read
from ingest.report import Report
from tests.invented import invented_report
from tests.random_reports import random_report
from tests.render_files import ODD_CELLS, as_html, as_odd_page
from tests.table_score import expected_of, score

PAGE = "<html><body><table><tr><td>甲</td><td>{}</td></tr><tr><td>乙</td><td>3</td></tr></table>"


def cell(inside: str) -> GridCell:
    """A cell of a web page with this inside it."""
    return read(PAGE.format(inside).encode(), "年报.html").grids[0].cells[1]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<input value="12">', "12"),
        ("<textarea>12</textarea>", "12"),
        ("<table><tr><td>12</td></tr></table>", "12"),
        ("<ruby>12<rt>3</rt></ruby>", "12"),
        ('12<span style="vertical-align: super">1</span>', "12¹"),
    ],
)
def test_what_is_seen_in_a_cell_is_its_text(inside: str, text: str) -> None:
    assert (cell(inside).text, cell(inside).doubt) == (text, None)


@pytest.mark.parametrize(
    "inside",
    [
        '<img src="12.png">',
        "<script>document.write(12)</script>",
        "<select><option>12</option></select>",
        "<noscript>12</noscript>",
        "<svg><text>12</text></svg>",
        '<span aria-hidden="true">12</span>',
        '<span data-value="1,200"></span>',
        '<bdo dir="rtl">21</bdo>',
        "<s>12</s>",
        "<table><tr><td>1</td><td>2</td><td>3</td></tr></table>",
    ],
)
def test_a_cell_that_shows_what_is_no_text_is_not_blank(inside: str) -> None:
    assert (cell(inside).text, cell(inside).doubt) == ("", "unreadable")


@pytest.mark.parametrize(
    "inside",
    ["<del>7</del>12", '<span class="sr-only">7</span>12', '1<img src="7.png">2', "<s>7</s>12"],
)
def test_a_number_beside_what_was_left_out_is_doubted(inside: str) -> None:
    assert (cell(inside).text, cell(inside).doubt) == ("12", "hidden-text")


def test_a_picture_that_keeps_a_place_free_is_nothing() -> None:
    assert cell('<img src="space.gif" width="1" height="1">').doubt is None


def test_struck_out_text_is_said() -> None:
    layout = read("<p>公开<del>7</del>12条</p>".encode(), "年报.html")
    assert [line.text for line in layout.lines] == ["公开12条"]
    assert [doubt.code for doubt in layout.doubts] == ["struck-out"]


def test_rows_that_take_no_room_are_not_read() -> None:
    page = PAGE.replace("<tr>", '<tr style="visibility:collapse"><td>丙</td><td>9</td></tr><tr>', 1)
    layout = read(page.format(12).encode(), "年报.html")
    assert [c.text for c in layout.grids[0].cells] == ["甲", "12", "乙", "3"]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("write", [as_odd_page, lambda report, chance: as_html(report)])
def test_no_cell_of_an_odd_page_is_wrong_in_silence(
    write: Callable[[Report, random.Random], bytes], seed: int
) -> None:
    chance = random.Random(seed)
    report = random_report(chance)
    tables = parse_bytes(write(report, chance), "年报.html").tables
    assert score(tables, expected_of(report)).silent == ()


@pytest.mark.parametrize("oddity", range(len(ODD_CELLS)))
def test_no_oddity_of_a_cell_is_wrong_in_silence(oddity: int) -> None:
    report = invented_report()
    tables = parse_bytes(as_odd_page(report, random.Random(3), oddity), "年报.html").tables
    assert score(tables, expected_of(report)).silent == ()


def test_a_style_sheet_that_only_adorns_doubts_nothing() -> None:
    sheet = (
        "<style>td { color: #333; background: #fff } .title { text-decoration: none; float: right }"
        " li::before { content: '7' } td span { vertical-align: baseline; display: inline }"
        " @font-face { font-family: 宋体; panose-1: 2 1 6 } td { font-family: 宋体 }</style></head>"
    )
    report = invented_report()
    page = as_html(report).decode().replace("</head>", sheet)
    tables = parse_bytes(page.encode(), "年报.html").tables
    assert score(tables, expected_of(report)).right == len(expected_of(report))
    assert not any(cell.doubt for table in tables.values() for cell in table.cells.values())


def test_a_cell_whose_letters_are_unseen_keeps_its_place() -> None:
    page = PAGE.replace("<td>3", '<td class="x">3').format(12)
    page += "<style>.x { visibility: hidden }</style>"
    grid = read(page.encode(), "年报.html").grids[0]
    assert [(c.text, c.row, c.column) for c in grid.cells][-1] == ("", 1, 1)


@pytest.mark.parametrize(
    "start",
    [
        '<font color="#FEFEFE">',
        '<font color="white">',
        '<span style="color: #f5f5f5">',
        '<span style="color: rgb(250, 250, 255)">',
    ],
)
def test_a_digit_as_pale_as_the_paper_is_not_read(start: str) -> None:
    tag = start[1:5]
    found = cell(f"{start}7</{tag}>12")
    assert (found.text, found.doubt) == ("12", "hidden-text")


@pytest.mark.parametrize(
    "style",
    [
        "font-size: 1px",
        "font-size: 0.1pt",
        "font-size: 1%",
        "display: inline-block; transform: scaleX(0.01)",
        "transform: scale(0, 0)",
        "opacity: .01",
        "opacity: 0%",
        "filter: opacity(0)",
        "display: inline-block; height: 1px; overflow: hidden",
        "margin-left: -9999px",
        "color: #c00000; background: #c00000",
        "color: #fff; background-color: #fffffe",
        "color: hsl(0, 0%, 100%)",
        "color: rgb(100%, 100%, 100%)",
        "color: rgba(255, 255, 255, 1)",
        "color: #00000000",
        "-webkit-text-fill-color: transparent",
    ],
)
def test_a_digit_that_its_style_takes_out_of_sight_is_not_read(style: str) -> None:
    inline = cell(f'<span style="{style}">7</span>12')
    sheet = f"<style>.x {{ {style} }}</style>" + PAGE.format('<span class="x">7</span>12')
    by_class = read(sheet.encode(), "年报.html").grids[0].cells[1]
    assert (inline.text, inline.doubt) == ("12", "hidden-text")
    assert by_class.doubt == "hidden-text"


@pytest.mark.parametrize(
    "style",
    [
        "font-size: 12px",
        "font-size: 1.2em",
        "font-size: 80%",
        "opacity: 1",
        "letter-spacing: -.5pt",
        "color: #c00; background: #fee",
        "color: #fff; background: #000",
        "color: windowtext; background: white",
        "transform: none",
        "width: 100px; overflow: hidden",
    ],
)
def test_a_number_that_can_be_seen_is_read_without_doubt(style: str) -> None:
    assert cell(f'<span style="{style}">12</span>').text == "12"
    assert cell(f'<span style="{style}">7</span>12').doubt is None


@pytest.mark.parametrize(
    "inside", ['1<b style="letter-spacing: -9px">2</b>', "12<dialog>7</dialog>"]
)
def test_digits_that_lie_over_each_other_or_open_later_are_doubted(inside: str) -> None:
    assert cell(inside).doubt == "hidden-text"


@pytest.mark.parametrize(
    "sheet",
    [
        "/* a */ .x { /* b */ display: none }",
        "@supports (display: grid) { .x { display: none } }",
        "@layer a { .x { display: none } }",
        '[data-n="h"] { display: none }',
        ":root { --shown: none } .x { display: var(--shown) }",
        ".x { display: var(--shown, none) }",
        "td i:not(.y) { display: none }",
        "td i:nth-of-type(1) { display: none }",
    ],
)
def test_a_digit_that_a_style_sheet_may_hide_is_never_read_without_doubt(sheet: str) -> None:
    page = f"<style>{sheet}</style>" + PAGE.format('<i class="x" data-n="h">7</i><b>12</b>')
    assert read(page.encode(), "年报.html").grids[0].cells[1].doubt == "hidden-text"


def test_coloured_digits_are_read() -> None:
    assert cell('<font color="#e00000">7</font>12').text == "712"


def test_a_style_sheet_for_printing_hides_nothing_on_the_screen() -> None:
    sheet = "<style media='print'>.x { display: none } td { visibility: hidden }</style>"
    found = read((sheet + PAGE.format("<b class='x'>12</b>")).encode(), "年报.html")
    assert [c.text for c in found.grids[0].cells] == ["甲", "12", "乙", "3"]


def test_a_digit_set_smaller_beside_others_may_be_a_note() -> None:
    assert cell("12<small>1</small>").doubt == "hidden-text"
    assert [cell(inside).doubt for inside in ("<small>12</small>", "12<small>件</small>")] == [
        None
    ] * 2


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        (".a{display:none} @media (min-width:700px){.a{display:block} .b{display:none}}", "a"),
        (".b{display:none} @media (max-width:700px){.b{display:block} .a{display:none}}", "a"),
        (".b{display:none} @media print{.b{display:block} .a{display:none}}", "a"),
        (".a{display:none} .b{display:none} .a{display:table}", "a"),
        ("@media screen and (min-width:30em){.b{display:none}}", "a"),
        ("@media (min-width:3000px){.a{display:none}}", "ab"),
    ],
)
def test_of_the_copies_for_several_screens_that_of_an_office_computer_is_read(
    sheet: str, shown: str
) -> None:
    page = f"<style>{sheet}</style><p class='a'>a</p><p class='b'>b</p>"
    assert "".join(line.text for line in read(page.encode(), "年报.html").lines) == shown


@pytest.mark.parametrize(
    "panels",
    [
        '<div class="tab">乙</div><div class="tab on">甲</div>',
        '<div class="tab">乙</div><div class="tab" style="display: block">甲</div>',
    ],
)
def test_of_the_panels_of_a_page_the_one_that_is_open_is_read(panels: str) -> None:
    sheet = "<style>.tab { display: none } .page .tab.on { display: block }</style>"
    page = f'{sheet}<div class="page">{panels}</div>'
    assert [line.text for line in read(page.encode(), "年报.html").lines] == ["甲"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<body style='visibility: hidden'>{}",
        "<style>#app {{ display: none }}</style><div id='app'>{}</div>",
        "<div style='font-size: 0'>{}</div><style>td {{ font-size: 14px }}</style>",
        "<style>td {{ max-width: 0; overflow: hidden; text-overflow: ellipsis }}</style>{}",
    ],
)
def test_a_page_that_seems_to_hide_its_whole_report_is_read(wrapped: str) -> None:
    report = invented_report()
    body = as_html(report).decode().partition("<body>")[2].removesuffix("</body></html>")
    found = parse_bytes(wrapped.format(body).encode(), "年报.html").tables
    assert score(found, expected_of(report)).right == len(expected_of(report))


def test_white_letters_on_a_ground_that_a_style_sheet_darkens_are_read_in_doubt() -> None:
    sheet = "<style>td { color: #fff } table { background: #036 }</style>"
    found = read((sheet + PAGE.format("12")).encode(), "年报.html").grids[0].cells[1]
    assert (found.text, found.doubt) == ("12", "hidden-text")


@pytest.mark.parametrize("ground", ['bgcolor="#FFFFFF"', 'style="background: white"'])
def test_white_letters_in_a_white_cell_are_not_read(ground: str) -> None:
    page = PAGE.replace("<td>{}", f"<td {ground}>{{}}").format('<b style="color: #fff">12</b>')
    found = read(page.encode(), "年报.html").grids[0].cells[1]
    assert (found.text, found.doubt) == ("", "unreadable")


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "head",
    [
        "<style>a { b: var(--x) } " + "-" * 300_000 + "</style>",
        "<style>" + "@a" * 100_000 + "</style>",
        "<style>" + ".a" * 100_000 + " { display: block }</style>",
        "<b style='font-size: " + "9" * 100_000 + "x'></b>",
    ],
)
def test_a_hostile_style_takes_no_time(head: str) -> None:
    page = head + PAGE.format("12")
    assert read(page.encode(), "年报.html").grids[0].cells[1].text == "12"
