"""The files that stand for rows of the fault table (`fault_table`), whole or nearly whole reports.

Each function returns the bytes of one file. Files that are nothing but an attack are in
`hostile_files`.
"""

import io
from collections.abc import Callable, Mapping
from random import Random
from unittest.mock import patch

from PIL import Image
from reportlab.pdfbase._cidfontdata import CIDFontInfo
from reportlab.pdfbase.pdfdoc import PDFString

from ingest.report import Cell, Concept, Doubt, Number, Report
from tests import hostile_files as hostile
from tests.hostile_files import W, zipped
from tests.invented import invented_report
from tests.print_pdf import FONT, Sheet
from tests.render_files import as_html, as_pdf
from tests.render_text import as_cells

TITLE = invented_report().title or ""
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"


def picture(kind: str, **options: object) -> bytes:
    """A black picture of one bit a pixel, 30,000 pixels wide and high."""
    buffer = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(buffer, kind, **options)
    return buffer.getvalue()


def docx_with_a_macro_and_links() -> bytes:
    """A Word file that would run a macro, open an object and fetch a picture and a template."""
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    body = paragraph.format(TITLE) + paragraph.format("一、总体情况")
    links = "".join(
        f'<Relationship Id="r{kind}" Type="http://x/{kind}" TargetMode="External" '
        f'Target="http://127.0.0.1:9/{kind}"/>'
        for kind in ("image", "attachedTemplate")
    )
    members = {
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATED}">{links}</Relationships>',
        "word/vbaProject.bin": "x",
        "word/embeddings/oleObject1.bin": "x",
    }
    return zipped(members)


def page_with_active_parts() -> bytes:
    """A report as a web page that would run, frame and fetch something else."""
    head = (
        "<base href='http://127.0.0.1:9/'><meta http-equiv=refresh content='0;url=http://127.0.0.1'>"
        "<script>document.title = '别的局2020年政府信息公开工作年度报告'</script>"
        "<iframe src='http://127.0.0.1:9/'>别的局</iframe>"
    )
    return as_html(invented_report()).replace(b"</head>", f"{head}</head>".encode())


def page_with_laughs() -> bytes:
    """A web page with entities that grow tenfold eleven times."""
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    return f"<!DOCTYPE html [<!ENTITY l0 'ha'>{laughs}]><html><p>&l11;</p></html>".encode()


def archives_in_archives() -> bytes:
    """An archive in an archive in an archive."""
    return zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": "甲" * 10**6})})})


def with_flipped_bits(count: int) -> bytes:
    """A report as a PDF in which so many bits are wrong."""
    chance = Random(count)
    data = bytearray(as_pdf(invented_report()))
    for _ in range(count):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def owned_pdf() -> bytes:
    """A PDF that opens without a password and forbids everything else."""
    # reportlab leaves the strings that name a Chinese font unencrypted.
    kind = CIDFontInfo[FONT]["DescendantFonts"][0]["CIDSystemInfo"]
    with patch.dict(kind, {"Registry": PDFString("Adobe"), "Ordering": PDFString("GB1")}):
        return hostile.pdf_of_lines([[TITLE, "一、总体情况", "全年公开83条。"]], password="")


def printed(draw: Callable[[Sheet], None]) -> bytes:
    """A short report as a PDF on which something more is drawn."""
    sheet = Sheet()
    for number, line in enumerate((TITLE, "一、总体情况", "全年主动公开政府信息83条。")):
        sheet.text(72, 100 + 20 * number, line)
    draw(sheet)
    return sheet.data()


def unseen(sheet: Sheet) -> None:
    """Draws a line that is printed invisibly."""
    printed = sheet.canvas.beginText(72, 400)
    printed.setFont(FONT, 11)
    printed.setTextRenderMode(3)
    printed.textLine("全年主动公开政府信息99条。")
    sheet.canvas.drawText(printed)


def white(sheet: Sheet) -> None:
    """Draws a line in white."""
    sheet.canvas.setFillColor("white")
    sheet.text(72, 400, "全年主动公开政府信息99条。")


def hidden_docx() -> bytes:
    """A short report as a Word file with a hidden paragraph."""
    shown = f"<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p><w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>"
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>公开99条</w:t></w:r></w:p>"
    return hostile.docx(shown + hidden)


def hidden_page() -> bytes:
    """A report as a web page with a paragraph that is not displayed."""
    hidden = "<div style='display:none'><p>全年主动公开政府信息99条。</p></div></body>"
    return as_html(invented_report()).replace(b"</body>", hidden.encode())


def cells(texts: Mapping[str, Number | None]) -> Report:
    """A report in whose cells stand these texts, which are worth these numbers."""
    rows = ("new", "carried_in", "granted", "partly_granted", "denied.law", "denied.safety")
    applicants = ("natural_person", "enterprise", "research", "nonprofit", "legal_service")
    places = (Concept("requests", row, column) for row in rows for column in applicants)
    doubt = Doubt("not-a-number", "")
    replace: dict[Concept | str, Cell | Number | None] = {
        place: Cell(value, text, doubt=doubt)
        for place, (text, value) in zip(places, texts.items(), strict=False)
    }
    return invented_report(replace=replace)


NUMBERS = cells(
    {
        "１２４７": 1247,
        "1，248": 1248,
        "1 249": 1249,
        "1\u00a0250": 1250,
        "1,251": 1251,
        "一千二百四十七": 1247,
        "〇": 0,
        "廿": 20,
        "12,5": None,
        "-": None,
        "－": None,
        "−": None,
        "–": None,
        "/": None,
        "无": None,
        "": None,
        "零": 0,
        "0": 0,
        "37.0": 37,
    }
)
"""Row 50: every way of writing a number, or nothing."""
MARKED = cells({"1,247¹": 1247, "1248①": 1248, "1249[1]": 1249, "1250*": 1250, "1251⑴": 1251})
"""Row 53: numbers with the mark of a footnote."""
UNSEEN = cells(
    {
        "1\u200b247": 1247,
        "12\u200c48": 1248,
        "12\u00ad49": 1249,
        "\ufeff1250": 1250,
        "\u202d1251\u202c": 1251,
        "\u202e2521\u202c": 1252,
        "12\u206053": 1253,
    }
)
"""Row 52: numbers with characters between their digits that nobody sees; 2521 is read from right."""


def look_alikes() -> bytes:
    """A report in letters that look the same: radicals and a compatibility ideograph."""
    letters: dict[str, str | int | None] = {
        "一": "⼀",
        "行": "⾏",
        "民": "⺠",
        "人": "⼈",
        "工": "⼯",
        "年": "\uf98e",
    }
    return as_cells(invented_report()).translate(str.maketrans(letters)).encode()


def parted(mark: str) -> bytes:
    """A report in whose words stands a character that nobody sees."""
    text = as_cells(invented_report())
    return text.replace("政府", f"政{mark}府").replace("总计", f"总{mark}计").encode()


def locked_word() -> bytes:
    """What Word writes when a password is set."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def page_tree_in_a_circle() -> bytes:
    """A PDF whose list of pages is one of its own pages."""
    return hostile.pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]
    )


def form_that_draws_itself() -> bytes:
    """A PDF with a form object that draws itself twice."""
    return hostile.pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</XObject<</F 5 0 R>>>>>>",
            b"<</Length 5>>stream\n/F Do\nendstream",
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
            b"/Length 11>>stream\n/F Do /F Do\nendstream",
        ]
    )


def pages_of_something_else(count: int) -> bytes:
    """A PDF of so many pages of minutes."""
    return hostile.pdf_of_lines([[f"会议纪要第{number}页"] for number in range(count)])


def bare_pages(count: int) -> bytes:
    """A PDF of so many empty pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    return hostile.pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
            *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * count,
        ]
    )


def pdf_of_rows(pages: int, rows: int, columns: int) -> bytes:
    """A PDF with a table of so many rows on each page."""
    sheet = Sheet()
    for _ in range(pages):
        xs = [40 + 500 / columns * i for i in range(columns + 1)]
        ys = [40 + 740 / rows * i for i in range(rows + 1)]
        sheet.grid(xs, ys)
        for y in ys[1:]:
            for x in xs[:-1]:
                sheet.text(x + 1, y - 1, "1", 4)
        sheet.turn_page()
    return sheet.data()


def docx_of(rows: int, columns: int) -> bytes:
    """A Word file with one table of this size."""
    cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    return hostile.docx("<w:tbl>" + ("<w:tr>" + cell * columns + "</w:tr>") * rows + "</w:tbl>")


def scan_of_900_million_pixels() -> bytes:
    """A PDF whose page is a black picture of 900 million pixels."""
    return picture("PDF", resolution=300)


def in_two_columns() -> bytes:
    """Text set in two columns: what stands on the left is read before what stands on the right."""
    sheet = Sheet()
    sheet.text(150, 80, TITLE)
    left = ["一、总体情况", "全年主动公开政府信息83", "条，其中政策文件21条。", "举办培训2期。"]
    right = [
        "五、存在的主要问题及改进情况",
        "目录更新滞后，部分条目超",
        "过90天没有核对。",
        "六、其他需要报告的事项",
    ]
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        sheet.text(72, 120 + 20 * number, one)
        sheet.text(320, 120 + 20 * number, other)
    return sheet.data()


def under_a_watermark() -> bytes:
    """A report as a PDF with grey words across each page."""
    turn_page = Sheet.turn_page

    def stamped(sheet: Sheet) -> None:
        sheet.canvas.saveState()
        sheet.canvas.translate(300, 420)
        sheet.canvas.rotate(45)
        sheet.canvas.setFillColorRGB(0.8, 0.8, 0.8)
        sheet.canvas.setFont(FONT, 60)
        sheet.canvas.drawCentredString(0, 0, "内部资料2024")
        sheet.canvas.restoreState()
        turn_page(sheet)

    with patch.object(Sheet, "turn_page", stamped):
        return as_pdf(invented_report())
