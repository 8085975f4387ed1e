"""Saved web pages: what a visitor reads, and tables as a browser lays them out."""

import base64
import gzip
import quopri
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.readers import read
from ingest.readers.layout import Layout
from tests.hostile_files import (
    webpage_100000_deep,
    webpage_with_100000_rows,
    webpage_with_deep_tables,
)
from tests.invented import invented_report
from tests.render_files import as_cms_page


def layout_of(body: str, head: str = "") -> Layout:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "年报.html")


def texts(layout: Layout) -> list[str]:
    return [line.text for line in layout.lines]


def codes(layout: Layout) -> list[str]:
    return [doubt.code for doubt in layout.doubts]


def test_block_elements_part_lines_and_inline_ones_do_not() -> None:
    layout = layout_of("<div>新收<b>5</b><font>件</font><p>次日<br>答复</p>结束</div>")
    assert texts(layout) == ["新收5件", "次日", "答复", "结束"]


def test_white_space_collapses_as_in_a_browser_but_other_spaces_stay() -> None:
    layout = layout_of("<p>\n  甲  局\n 2023&nbsp;年\u3000报\n</p>")
    assert texts(layout) == ["甲 局 2023\xa0年\u3000报"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert texts(layout_of("<pre>一、总体情况\n新收5件\n</pre>")) == ["一、总体情况", "新收5件"]


def test_a_number_split_over_tags_is_one_number() -> None:
    cells = "<td><span>1</span><span><font>24</font>7</span></td><td>甲</td><td>乙</td>"
    layout = layout_of(f"<table><tr>{cells}</tr></table>")
    assert layout.grids[0].cells[0].text == "1247"


def test_a_raised_footnote_mark_is_not_part_of_the_number() -> None:
    layout = layout_of("<table><tr><td>1,247<sup>1</sup></td><td>2</td><td>3</td></tr></table>")
    assert layout.grids[0].cells[0].text == "1,247¹"


def test_rowspan_and_colspan_place_cells_as_a_browser_does() -> None:
    layout = layout_of(
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr>"
        "<tr><td>1</td><td>2</td></tr></table>"
    )
    placed = [(c.text, c.row, c.column, c.row_span, c.column_span) for c in layout.grids[0].cells]
    assert placed == [
        ("甲", 0, 0, 2, 1),
        ("乙", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
    ]
    assert layout.grids[0].aligned


@pytest.mark.parametrize("span", ["65535", "1000000000", "9" * 5000, "0", "-1", "x", ""])
def test_a_senseless_span_does_no_harm(span: str) -> None:
    row = f'<tr><td rowspan="{span}" colspan="{span}">甲</td><td>2</td><td>3</td></tr>'
    grid = layout_of(f"<table>{row}<tr><td>4</td></tr></table>").grids[0]
    assert grid.row_count == 2
    assert grid.column_count <= 1000


def test_rows_of_unequal_width_are_not_trusted_to_be_aligned() -> None:
    layout = layout_of("<table><tr><td>1<td>2<td>3<tr><td>4<td>5</table>")
    assert not layout.grids[0].aligned


def test_a_table_that_only_lays_out_the_page_is_no_grid() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    layout = layout_of(f"<table><tr><td>左栏</td><td><p>题目</p>{inner}</td></tr></table>")
    assert texts(layout) == ["左栏", "题目"]
    assert [c.text for c in layout.grids[0].cells] == ["甲", "1", "乙", "2"]


def test_scripts_styles_and_comments_are_not_text() -> None:
    layout = layout_of(
        "<script>var x = '<p>99件</p>';</script><style>p { color: red }</style><!-- 新收7件 -->"
        "<p onclick='alert(1)'>新收5件</p><iframe src='http://192.0.2.1/'>框</iframe>"
    )
    assert texts(layout) == ["新收5件"]


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display:none">00</span>',
        '<span style="Display : NONE !important">00</span>',
        '<span style="visibility: hidden">00</span>',
        '<span style="font-size:0px">00</span>',
        '<span style="opacity:0">00</span>',
        '<span style="position:absolute; left:-9999px">00</span>',
        '<span style="color:#FFFFFF">00</span>',
        "<span hidden>00</span>",
        '<span aria-hidden="true">00</span>',
        '<span class="gone">00</span>',
        '<span id="away">00</span>',
    ],
)
def test_hidden_text_is_left_out_and_said(hidden: str) -> None:
    head = "<style>p { margin: 0 } .gone, #away { display: none; }</style>"
    layout = layout_of(f"<p>新收5{hidden}件</p>", head)
    assert texts(layout) == ["新收5件"]
    assert codes(layout) == ["hidden-text"]


def test_what_is_hidden_only_when_printed_is_read() -> None:
    head = "<style>@media print { .x { display: none } } .y { font-size: 0.9em }</style>"
    layout = layout_of('<p class="x">新收5件</p><p class="y" style="font-size:0.8em">甲</p>', head)
    assert texts(layout) == ["新收5件", "甲"]
    assert codes(layout) == []


def test_navigation_and_footer_are_dropped_but_never_half_the_page() -> None:
    menu = "".join(f"<li><a href='/{i}'>栏目{i}</a></li>" for i in range(8))
    report = "<p>一、总体情况。全年新收政府信息公开申请五件，均已答复。</p>" * 9
    layout = layout_of(
        f"<div class='top'><ul>{menu}</ul></div><div class='main-nav'>导航</div>"
        f"<div class='footer'>{report}</div><div class='foot'>版权所有</div>"
    )
    assert set(texts(layout)) == {"一、总体情况。全年新收政府信息公开申请五件，均已答复。"}


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>甲局2023年年报_甲区政府</title>", "甲局2023年年报_甲区政府"),
        (
            '<title>甲区</title><meta name="ArticleTitle" content="甲局2023年年报">',
            "甲局2023年年报",
        ),
        ("", None),
    ],
)
def test_the_page_says_what_it_is_called(head: str, title: str | None) -> None:
    assert layout_of("<p>正文</p>", head).title == title


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "utf-8"])
def test_a_declared_encoding_is_read_and_gb2312_means_gb18030(declared: str) -> None:
    # 镕 stands in GB18030 and not in GB2312.
    page = f'<meta charset="{declared}"><p>朱镕新收5件，均已公开</p>'
    layout = read(page.encode("utf-8" if declared == "utf-8" else "gb18030"), "年报.html")
    assert texts(layout) == ["朱镕新收5件，均已公开"]
    assert codes(layout) == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    page = '<html><meta charset="gb2312"><p>新收5件，均已公开</p></html>'
    assert texts(read(page.encode(encoding), "年报.html")) == ["新收5件，均已公开"]


@pytest.mark.parametrize(("end", "doubt"), [("12", "hidden-text"), ("12</td>", None)])
def test_the_last_number_of_a_page_that_breaks_off_is_doubted(end: str, doubt: str | None) -> None:
    page = f"<table><tr><td>新收</td><td>7</td></tr><tr><td>结转</td><td>{end}"
    cells = read(page.encode(), "年报.html").grids[0].cells
    assert [(c.text, c.doubt) for c in cells[1::2]] == [("7", None), ("12", doubt)]


@pytest.mark.parametrize(
    "page",
    [
        '<textarea style="display:none">{escaped}</textarea>',
        '<script type="text/html" id="content">{body}</script><div></div>',
        '<script type="text/x-template">{body}</script>',
        '<iframe srcdoc="{escaped}"></iframe>',
    ],
)
def test_a_report_that_only_a_script_would_show_is_read(page: str) -> None:
    body = "<p>本年新收政府信息公开申请情况</p><table><tr><td>新收</td><td>7</td><td>8</td></tr></table>"
    whole = (
        f"<html><title>年报</title><p>首页</p>{page.format(body=body, escaped=escape(body))}</html>"
    )
    layout = read(whole.encode(), "年报.html")
    assert [c.text for c in layout.grids[0].cells] == ["新收", "7", "8"]
    assert layout.title == "年报"


def test_a_field_beside_the_report_is_not_taken_for_it() -> None:
    table = "<table><tr><td>甲</td><td>9</td><td>9</td></tr></table>"
    page = f"<p>本年新收政府信息公开申请情况如下。</p><textarea>{escape(table)}</textarea>"
    assert texts(read(page.encode(), "年报.html")) == ["本年新收政府信息公开申请情况如下。"]


def test_a_web_archive_gives_its_page() -> None:
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
        "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "<html><p>新收5件</p></html>\r\n--x--\r\n"
    )
    assert texts(read(archive.encode(), "年报.mht")) == ["新收5件"]


@pytest.mark.parametrize("coding", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize(
    "head",
    [
        "From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html;\r\n\tcharset=gbk",
        "X-Saved-By: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html",
        "Content-Type: text/html; charset=gb2312\r\nMIME-Version: 1.0",
    ],
)
def test_a_web_archive_of_one_part_is_read_whatever_its_headers_order(
    head: str, coding: str
) -> None:
    page = '<html><meta charset="gb2312"><p>新收5件，均已公开</p></html>'.encode("gb18030")
    encode: Callable[[bytes], bytes] = {
        "base64": base64.encodebytes,
        "quoted-printable": quopri.encodestring,
        "8bit": lambda plain: plain,
    }[coding]
    message = f"{head}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode() + encode(page)
    layout = read(message, "年报.mht")
    assert texts(layout) == ["新收5件，均已公开"]
    assert codes(layout) == []


def test_of_the_frames_in_a_web_archive_the_one_with_the_report_is_read() -> None:
    part = "--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><p>{}</p></html>\r\n"
    frames = part.format("首页") + part.format("新收5件，均已公开") + "--x--\r\n"
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    assert texts(read((head + frames).encode(), "年报.mht")) == ["新收5件，均已公开"]


def test_a_page_compressed_as_servers_deliver_it_is_read() -> None:
    page = "<html><p>新收5件，均已公开</p></html>".encode()
    assert texts(read(gzip.compress(page), "年报.html")) == ["新收5件，均已公开"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (gzip.compress("<html><p>新收5件</p></html>".encode())[:-12], "不完整"),
        (gzip.compress(b"<html>") + gzip.compress(b"</html>"), "不完整"),
        (gzip.compress(b"<html>" + bytes(33_000_000)), "解压后过大"),
        (gzip.compress(b"PK\x03\x04"), "压缩包"),
        (gzip.compress(gzip.compress(b"<html>")), "压缩包"),
    ],
    ids=["cut off", "two in one", "too large", "a package", "packed twice"],
)
def test_a_compressed_file_that_is_no_whole_page_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read(data, "年报.html")


def test_a_page_nested_100000_deep_is_not_silently_empty() -> None:
    hidden = "<div style='display:none'>新收9件</div>"
    after = "<table><tr><td>甲<td>1<td>2</table>"
    layout = read(webpage_100000_deep(f"新收5件{hidden}", after), "年报.html")
    assert texts(layout) == ["新收5件"]
    assert [c.text for c in layout.grids[0].cells] == ["甲", "1", "2"]
    assert codes(layout) == ["hidden-text"]


@pytest.mark.parametrize(
    ("data", "said"),
    [(webpage_with_100000_rows(), "50000 格"), (webpage_with_deep_tables(), "嵌套过深")],
)
def test_a_hostile_page_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read(data, "年报.html")


def test_the_page_of_a_content_system_gives_the_report_and_not_its_surroundings() -> None:
    report = invented_report()
    layout = read(as_cms_page(report), "年报.html")
    lines = [text.strip("\u2003") for text in texts(layout)]
    assert lines[0] == report.title
    assert lines[-1] == "2024年1月16日"
    assert layout.title == report.title


def test_real_pages_give_three_tables_of_full_width(real_reports: Path) -> None:
    for name, widths in (
        ("shuyang-fgj-2023.html", {4, 10, 15}),
        ("shanghai-office-2019.html", {5, 10, 15}),
    ):
        layout = read((real_reports / name).read_bytes(), name)
        assert widths <= {grid.column_count for grid in layout.grids}
        assert all(grid.aligned for grid in layout.grids)
        assert layout.doubts == ()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>1</p><p>2</p>", "1\n2"),
        ("<p>12</p>", "12"),
        ("<p><font>1</font><font>2</font></p>", "12"),
        ("12<sup>3</sup>", "12³"),
        ("<sup>3</sup>", "³"),
        (" <span> 12\n</span> ", "12"),
        ("<table><tr><td>12</td></tr></table>", "12"),
    ],
)
def test_a_number_alone_in_its_cell_is_read_like_any_other_text(cell: str, text: str) -> None:
    rows = f"<tr><td>甲</td><td>{cell}</td></tr><tr><td>乙</td><td>3</td></tr>"
    grid = read(f"<html><body><table>{rows}</table></body></html>".encode(), "年报.html").grids[0]
    assert grid.cells[1].text == text
