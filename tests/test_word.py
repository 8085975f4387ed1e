"""Word files: what a reader of the printed page sees, cell by cell."""

import pytest

from ingest.errors import UnreadableFile
from ingest.readers import read
from ingest.readers.layout import Grid, Layout
from tests import hostile_files
from tests.hostile_files import W, docx

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{written(text, run)}</w:p>"


def written(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def layout_of(body: str, **parts: str) -> Layout:
    members = {f"word/{name}.xml": content for name, content in parts.items()}
    return read(docx(body, members), "年报.docx")


def texts(layout: Layout) -> list[str]:
    return [line.text for line in layout.lines]


def placed(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells]


def codes(layout: Layout) -> list[str]:
    return [doubt.code for doubt in layout.doubts]


def test_paragraphs_and_tables_keep_the_order_of_the_body() -> None:
    body = paragraph("上") + table(cell("1") + cell("2") + cell("3")) + paragraph("下")
    layout = layout_of(body)
    kinds = [type(block).__name__ for block in layout.blocks]
    assert kinds == ["Line", "Grid", "Line"]


def test_merged_cells_stand_once_with_their_spans() -> None:
    grid = layout_of(
        table(
            cell("三、结果", '<w:vMerge w:val="restart"/>') + cell("合", '<w:gridSpan w:val="2"/>'),
            cell("", "<w:vMerge/>") + cell("1") + cell("2"),
        )
    ).grids[0]
    assert placed(grid) == [
        ("三、结果", 0, 0, 2, 1),
        ("合", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
    ]
    assert grid.aligned


@pytest.mark.parametrize("value", ["", ' w:val="continue"'])
def test_cells_merged_as_old_word_does_stand_once(value: str) -> None:
    merged = cell("总计", '<w:hMerge w:val="restart"/>') + cell("", f"<w:hMerge{value}/>")
    grid = layout_of(table(merged + cell("1"))).grids[0]
    assert placed(grid) == [("总计", 0, 0, 1, 2), ("1", 0, 2, 1, 1)]


def test_equal_neighbouring_cells_stay_apart() -> None:
    grid = layout_of(table(cell("0") * 7, cell("0") * 7)).grids[0]
    assert [c.column for c in grid.cells] == list(range(7)) * 2


def test_a_row_that_starts_further_right_is_counted_from_there() -> None:
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("甲") + cell("乙")
    grid = layout_of(table(cell("1") + cell("2") + cell("3"), late)).grids[0]
    assert [(c.text, c.column) for c in grid.cells if c.row == 1] == [("甲", 1), ("乙", 2)]


def test_rows_of_unequal_width_are_not_trusted_to_be_aligned() -> None:
    grid = layout_of(table(cell("1") * 4, cell("2") * 3)).grids[0]
    assert not grid.aligned


def test_a_table_nested_for_layout_gives_what_it_holds() -> None:
    inner = table(cell("甲") + cell("1") + cell("2"), cell("乙") + cell("3") + cell("4"))
    layout = layout_of(table(f"<w:tc>{paragraph('题目')}{inner}</w:tc>"))
    assert texts(layout) == ["题目"]
    assert [c.text for c in layout.grids[0].cells] == ["甲", "1", "2", "乙", "3", "4"]


def test_a_table_inside_a_cell_does_not_break_the_outer_one() -> None:
    inner = table(cell("小") + cell("4") + cell("5"))
    row = "".join(map(cell, "12789"))
    layout = layout_of(table(f"{row}<w:tc>{paragraph('3')}{inner}</w:tc>"))
    assert [c.text for c in layout.grids[0].cells] == [*"12789", "3"]
    assert [c.text for c in layout.grids[1].cells] == ["小", "4", "5"]


def test_a_table_of_one_cell_inside_a_cell_is_the_text_of_the_cell() -> None:
    layout = layout_of(table(cell("1") + cell("2") + f"<w:tc>{table(cell('3'))}</w:tc>"))
    assert [c.text for c in layout.grids[0].cells] == ["1", "2", "3"]
    assert len(layout.grids) == 1


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('框中一行')}</w:txbxContent>"
    alternatives = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    layout = layout_of(f"<w:p>{written('正文')}<w:r>{alternatives}</w:r></w:p>")
    assert texts(layout) == ["正文", "框中一行"]


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    body = (
        f'<w:p>{written("新收")}<w:del w:id="1"><w:r><w:delText>3</w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{written("5")}</w:ins>{written("件")}</w:p>'
    )
    layout = layout_of(body)
    assert texts(layout) == ["新收5件"]
    assert codes(layout) == ["changes-tracked"]


def test_a_deleted_row_is_left_out() -> None:
    gone = '<w:trPr><w:del w:id="1"/></w:trPr>' + cell("9") * 3
    layout = layout_of(table(cell("1") * 3, gone))
    assert layout.grids[0].row_count == 1
    assert codes(layout) == ["changes-tracked"]


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:color="auto" w:fill="auto"/>',
        '<w:color w:val="FEFE05"/><w:highlight w:val="yellow"/>',
        '<w:color w:val="303030"/><w:shd w:val="clear" w:fill="333333"/>',
        '<w:sz w:val="4"/>',
        '<w:w w:val="1"/>',
        '<w:w w:val="1%"/>',
        '<w:fitText w:val="10" w:id="1"/>',
        f'<w14:textFill xmlns:w14="{W14}"><w14:noFill/></w14:textFill>',
        f'<w14:textFill xmlns:w14="{W14}"><w14:solidFill><w14:srgbClr w14:val="000000">'
        '<w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>',
    ],
)
def test_hidden_text_is_left_out_and_said(properties: str) -> None:
    layout = layout_of(f"<w:p>{written('新收5')}{written('00', properties)}{written('件')}</w:p>")
    assert texts(layout) == ["新收5件"]
    assert codes(layout) == ["hidden-text"]


def test_text_hidden_by_its_style_is_left_out() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    layout = layout_of(paragraph("不可见", '<w:pStyle w:val="b"/>'), styles=styles)
    assert texts(layout) == []
    assert codes(layout) == ["hidden-text"]


@pytest.mark.parametrize(
    "letters", ['<w:color w:val="FFFFFF"/>', '<w:sz w:val="1"/>', '<w:w w:val="5"/>']
)
@pytest.mark.parametrize("kind", ["rStyle", "pStyle"])
def test_letters_that_their_style_makes_unseen_are_left_out_and_said(
    kind: str, letters: str
) -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"><w:rPr>{letters}</w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    named = f'<w:{kind} w:val="b"/>'
    own, of_run = (named, "") if kind == "pStyle" else ("", named)
    layout = layout_of(paragraph("7", own, of_run) + paragraph("12"), styles=styles)
    assert (texts(layout), codes(layout)) == (["12"], ["hidden-text"])


@pytest.mark.parametrize(
    "properties",
    ['<w:spacing w:line="20" w:lineRule="exact"/>', '<w:ind w:left="-20000"/>'],
)
def test_a_paragraph_without_height_or_off_the_page_is_left_out(properties: str) -> None:
    layout = layout_of(paragraph("7", properties) + paragraph("12"))
    assert (texts(layout), codes(layout)) == (["12"], ["hidden-text"])


def test_a_row_without_height_is_left_out_and_said() -> None:
    flat = '<w:trPr><w:trHeight w:val="20" w:hRule="exact"/></w:trPr>' + cell("9") * 3
    low = '<w:trPr><w:trHeight w:val="20"/></w:trPr>' + cell("1") * 3
    layout = layout_of(table(low, flat))
    assert [c.text for c in layout.grids[0].cells] == ["1"] * 3
    assert codes(layout) == ["hidden-text"]


@pytest.mark.parametrize(
    "properties",
    ['<w:spacing w:val="-200"/>', '<w:eastAsianLayout w:id="1" w:combine="1"/>'],
)
def test_letters_that_lie_over_one_another_are_read_in_doubt(properties: str) -> None:
    crowded = f"<w:tc><w:p>{written('12', properties)}</w:p></w:tc>"
    cells = layout_of(table(crowded + cell("3"))).grids[0].cells
    assert [(c.text, c.doubt) for c in cells] == [("12", "hidden-text"), ("3", None)]


def test_white_numbers_in_a_table_whose_style_shades_nothing_are_not_read() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="table" w:styleId="Grid"/>'
        '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style></w:styles>'
    )
    white = "<w:tc>" + paragraph("7", run='<w:color w:val="FFFFFF"/>') + "</w:tc>"
    for style, text in (("Grid", ""), ("Dark", "7")):
        properties = f'<w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr>'
        drawn = table(white + cell("1")).replace("<w:tbl>", f"<w:tbl>{properties}")
        grid = layout_of(drawn, styles=styles).grids[0]
        assert [c.text for c in grid.cells] == [text, "1"]


@pytest.mark.parametrize(
    "properties",
    [
        '<w:w w:val="66"/>',
        '<w:sz w:val="10"/>',
        '<w:color w:val="FF0000"/><w:highlight w:val="yellow"/>',
        '<w:color w:val="auto"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>',
        '<w:spacing w:val="-10"/><w:position w:val="0"/>',
        '<w:vanish w:val="0"/>',
    ],
)
def test_letters_that_can_be_read_are_read_without_doubt(properties: str) -> None:
    shown = f"<w:tc><w:p>{written('12', properties)}</w:p></w:tc>"
    layout = layout_of(table(shown + cell("3")))
    assert [(c.text, c.doubt) for c in layout.grids[0].cells] == [("12", None), ("3", None)]
    assert codes(layout) == []


@pytest.mark.parametrize(
    "shading",
    ['w:fill="1F3864"', 'w:val="clear" w:fill="auto" w:themeFill="accent1"', 'w:val="pct75"'],
)
def test_white_text_on_a_dark_cell_is_read(shading: str) -> None:
    dark = (
        f"<w:tc><w:tcPr><w:shd {shading}/></w:tcPr>"
        + paragraph("总计", run='<w:color w:val="FFFFFF"/>')
        + "</w:tc>"
    )
    layout = layout_of(table(dark + cell("1") + cell("2")))
    assert layout.grids[0].cells[0].text == "总计"
    assert codes(layout) == []


def test_field_codes_are_no_text_and_their_results_are() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    body = (
        f"<w:p>{written('第')}{mark('begin')}<w:r><w:instrText> PAGE 7 </w:instrText></w:r>"
        f"{mark('separate')}{written('3')}{mark('end')}{written('页')}</w:p>"
    )
    assert texts(layout_of(body)) == ["第3页"]


def test_a_footnote_mark_does_not_become_part_of_the_number() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    reference = "<w:r><w:footnoteReference w:id='1'/></w:r>"
    body = f"<w:p>{written('1,247')}{written('1', raised)}{written('件')}{reference}</w:p>"
    assert texts(layout_of(body)) == ["1,247¹件"]


def test_tabs_and_line_breaks_are_kept_apart() -> None:
    body = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>"
    assert texts(layout_of(body)) == ["甲\t乙", "丙"]


_NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%3."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)


def item(text: str, level: int) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="4"/></w:numPr>')


def test_automatic_numbers_of_headings_are_printed() -> None:
    body = (
        item("总体情况", 0)
        + item("主动公开", 1)
        + item("依申请公开", 1)
        + item("主动公开政府信息情况", 0)
        + item("规章", 1)
        + item("细目", 2)
    )
    assert texts(layout_of(body, numbering=_NUMBERING)) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "二、主动公开政府信息情况",
        "（一）规章",
        "1.细目",
    ]


def test_numbering_that_comes_from_the_style_is_printed() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="h"><w:pPr><w:numPr><w:numId w:val="4"/>'
        "</w:numPr></w:pPr></w:style></w:styles>"
    )
    body = paragraph("总体情况", '<w:pStyle w:val="h"/>') * 2
    layout = layout_of(body, numbering=_NUMBERING, styles=styles)
    assert texts(layout) == ["一、总体情况", "二、总体情况"]


def test_an_automatic_number_before_a_bare_number_is_left_out() -> None:
    grid = layout_of(
        table(f"<w:tc>{item('0', 2)}</w:tc>" + cell("1") + cell("2")), numbering=_NUMBERING
    ).grids[0]
    assert grid.cells[0].text == "0"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (hostile_files.docx_with_a_swollen_member, "压缩炸弹"),
        (hostile_files.docx_with_100000_members, "2000 个以上"),
        (hostile_files.docx_with_external_entity, "DTD"),
        (hostile_files.docx_with_billion_laughs, "DTD"),
        (hostile_files.docx_with_deep_tables, "已损坏"),
        (hostile_files.docx_with_a_million_cells, "解压后过大"),
    ],
)
def test_a_hostile_file_is_refused_before_it_does_harm(make: object, said: str) -> None:
    assert callable(make)
    with pytest.raises(UnreadableFile, match=said):
        read(make(), "年报.docx")


def test_a_large_unused_member_is_never_inflated() -> None:
    data = docx(paragraph("一、总体情况"), {"word/media/image1.bin": "\0" * 4_000_000})
    assert texts(read(data, "年报.docx")) == ["一、总体情况"]


def test_an_external_template_is_not_fetched() -> None:
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://x/attachedTemplate" TargetMode="External" '
        'Target="http://192.0.2.1/x.dotm"/></Relationships>'
    )
    data = docx(paragraph("甲"), {"word/_rels/settings.xml.rels": link, "_rels/.rels": link})
    assert texts(read(data, "年报.docx")) == ["甲"]


_EMBEDDED = '<w:altChunk xmlns:r="{}" r:id="a"/>'.format(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="x/aFChunk" Target="{}"/></Relationships>'
)


def layout_with_embedded(body: str, target: str, content: str) -> Layout:
    parts = {"word/_rels/document.xml.rels": _RELATIONS.format(target), "word/page.html": content}
    return read(docx(body, parts), "年报.docx")


@pytest.mark.parametrize("target", ["page.html", "/word/page.html"])
def test_a_web_page_inside_a_word_file_is_read_where_it_stands(target: str) -> None:
    page = "<html><p>中</p><table><tr><td>甲<td>1<td>2</table></html>"
    body = paragraph("上") + _EMBEDDED + paragraph("下")
    layout = layout_with_embedded(body, target, page)
    assert [(line.text, line.number) for line in layout.lines] == [("上", 1), ("中", 2), ("下", 3)]
    assert [c.text for c in layout.grids[0].cells] == ["甲", "1", "2"]
    assert codes(layout) == []


@pytest.mark.parametrize("target", ["other.html", "http://127.0.0.1:9/page.html", "../page.html"])
def test_a_document_inside_a_word_file_that_is_not_there_is_named(target: str) -> None:
    layout = layout_with_embedded(paragraph("上") + _EMBEDDED, target, "<html><p>中</p></html>")
    assert texts(layout) == ["上"]
    assert codes(layout) == ["pages-unread"]


def test_a_cell_that_holds_another_document_is_not_taken_for_blank() -> None:
    embedded = f"<w:tc>{_EMBEDDED}<w:p/></w:tc>"
    body = table(cell("甲") + embedded + cell("2"))
    grid = layout_with_embedded(body, "page.html", "<html><p>1</p></html>").grids[0]
    assert [c.doubt for c in grid.cells] == [None, "unreadable", None]


_NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
_LIST = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


@pytest.mark.parametrize(("text", "doubt"), [("", "unreadable"), ("12", "hidden-text")])
def test_an_automatic_number_in_a_cell_of_numbers_is_said(text: str, doubt: str) -> None:
    inside = f"<w:tc>{paragraph(text, _NUMBERED)}</w:tc>"
    grid = layout_of(table(inside + cell("3")), numbering=_LIST).grids[0]
    assert [(c.text, c.doubt) for c in grid.cells] == [(text, doubt), ("3", None)]


@pytest.mark.parametrize("kind", ["character", "paragraph"])
def test_text_struck_by_its_style_is_left_out_and_said(kind: str) -> None:
    style = '<w:style w:type="{}" w:styleId="Cut"><w:rPr><w:strike/></w:rPr></w:style>'
    styles = f'<w:styles xmlns:w="{W}">{style.format(kind)}</w:styles>'
    cut = written("7", '<w:rStyle w:val="Cut"/>') if kind == "character" else ""
    own = '<w:pStyle w:val="Cut"/>' if kind == "paragraph" else ""
    kept = written("12", '<w:strike w:val="0"/>')
    layout = layout_of(f"<w:p><w:pPr>{own}</w:pPr>{cut or written('7')}{kept}</w:p>", styles=styles)
    assert (texts(layout), codes(layout)) == (["12"], ["struck-out"])


def test_letters_in_the_colour_of_their_shading_are_left_out_and_said() -> None:
    red = '<w:color w:val="C00000"/>'
    unseen = written("7", red + '<w:shd w:val="clear" w:fill="C00000"/>')
    layout = layout_of(f"<w:p>{unseen}{written('12', red)}</w:p>")
    assert (texts(layout), codes(layout)) == (["12"], ["hidden-text"])


def flat(*parts: str) -> bytes:
    """A Word document as one XML file."""
    package = "http://schemas.microsoft.com/office/2006/xmlPackage"
    written = "".join(
        f'<pkg:part pkg:name="{name}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>'
        for name, content in zip(parts[::2], parts[1::2], strict=True)
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="{package}">{written}</pkg:package>'
    ).encode()


@pytest.mark.parametrize("name", ["年报.xml", "年报.doc"])
def test_a_word_file_written_as_one_xml_file_is_read_as_the_package(name: str) -> None:
    drawn = paragraph("正文") + table(cell("甲") + cell("12"), cell("乙") + cell("3"))
    body = f'<w:document xmlns:w="{W}"><w:body>{drawn}</w:body></w:document>'
    layout = read(flat("/word/document.xml", body), name)
    assert texts(layout) == ["正文"]
    assert [c.text for c in layout.grids[0].cells] == ["甲", "12", "乙", "3"]


@pytest.mark.parametrize("data", [flat("/word/styles.xml", "<x/>"), flat()[:-9], flat()[:-1]])
def test_a_damaged_word_file_in_one_xml_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(data, "年报.xml")


@pytest.mark.parametrize("properties", ['<w:sz w:val="{}"/>', '<w:spacing w:val="-{}"/>'])
def test_a_property_of_thousands_of_digits_does_no_harm(properties: str) -> None:
    digits = "9" * 5000
    assert texts(layout_of(f"<w:p>{written('12', properties.format(digits))}</w:p>")) == ["12"]
    wide = cell("3", f'<w:gridSpan w:val="{digits}"/>')
    assert layout_of(table(wide + cell("4"))).grids[0].cells[0].column_span == 200
