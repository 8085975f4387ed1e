"""Reports in whose cells an oddity replaces some of the bare numbers: PDF and Word.

What stands in the cells stays the same to the eye of a careful reader; a quick one would read other
numbers, or none. The odd web pages are in `render_files`.
"""

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from unittest.mock import patch

from lxml import etree
from PIL import Image
from reportlab.lib.utils import ImageReader

from ingest.report import Box, Report
from tests.print_pdf import FONT, Press, Sheet
from tests.render_files import as_docx, as_pdf

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_V = "urn:schemas-microsoft-com:vml"
_BODY = "word/document.xml"
_SIZE = 8.0

Draw = Callable[[Sheet, str, Box, random.Random], None]


# --- PDF ------------------------------------------------------------------------------------------


def as_odd_pdf(report: Report, chance: random.Random, oddity: str | None = None) -> bytes:
    """A ruled PDF with one of the oddities in some of its cells."""
    draw = ODD_PRINT[oddity or chance.choice(sorted(ODD_PRINT))]
    share = chance.choice((0.1, 0.4))

    def cell(press: Press, lines: Sequence[str], *box: float) -> None:
        number = "".join(lines)
        if number.replace(",", "").isdigit() and chance.random() < share:
            draw(press._sheet, number, (box[0], box[1], box[2], box[3]), chance)
        else:
            plain(press, lines, *box)

    plain = Press._cell_text
    with patch.object(Press, "_cell_text", cell):
        return as_pdf(report)


def _number(sheet: Sheet, number: str, box: Box, shift: float = 0.0) -> tuple[float, float]:
    """Print a number in the middle of its cell; where it begins and its base line."""
    width = sheet.canvas.stringWidth(number, FONT, _SIZE)
    x, y = (box[0] + box[2] - width) / 2, (box[1] + box[3]) / 2 + 3
    sheet.text(x + shift, y + shift, number, _SIZE)
    return x, y


def _struck(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    x, y = _number(sheet, number, box)
    sheet.text(x - 4, y, "7", _SIZE)
    sheet.line(x - 4, y - 3, x, y - 3)


def _whitened(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    x, y = _number(sheet, number, box)
    sheet.text(x - 4, y, "7", _SIZE)
    sheet.rect(x - 4, y - 7, 4, 9, "white")


def _pale(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    x, y = _number(sheet, number, box)
    sheet.canvas.setFillColorRGB(0.97, 0.97, 0.97)
    sheet.text(x - 4, y, "7", _SIZE)
    sheet.canvas.setFillColor("black")


def _shadowed(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    _number(sheet, number, box)
    _number(sheet, number, box, shift=0.7)


def _overprinted(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    _number(sheet, str(chance.randrange(10, 99)), box)
    _number(sheet, number, box)


def _pictured(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    picture = ImageReader(Image.new("RGB", (20, 10), (90, 90, 90)))
    bottom = sheet.height - (box[1] + box[3]) / 2 - 4
    sheet.canvas.drawImage(picture, (box[0] + box[2]) / 2 - 8, bottom, 16, 8)


def _outlined(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    path = sheet.canvas.beginPath()
    path.circle((box[0] + box[2]) / 2, sheet.height - (box[1] + box[3]) / 2, 3)
    sheet.canvas.drawPath(path, stroke=0, fill=1)


def _turned(degrees: int) -> Draw:
    def draw(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
        sheet.canvas.saveState()
        sheet.canvas.translate((box[0] + box[2]) / 2, sheet.height - (box[1] + box[3]) / 2)
        sheet.canvas.rotate(degrees)
        sheet.canvas.setFont(FONT, _SIZE)
        sheet.canvas.drawCentredString(0, 0, number)
        sheet.canvas.restoreState()

    return draw


def _raised(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    sheet.text((box[0] + box[2]) / 2 - 8, box[1] + 1, number, _SIZE)


def _lowered(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    sheet.text((box[0] + box[2]) / 2 - 8, box[3] + 2, number, _SIZE)


def _aside(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    sheet.text(box[2] - 2, (box[1] + box[3]) / 2 + 3, number, _SIZE)


def _noted(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    place = (box[0], sheet.height - box[3], box[2], sheet.height - box[1])
    sheet.canvas.freeTextAnnotation(number, DA="/Helv 8 Tf", Rect=place, relative=0)


def _clipped(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    x, y = _number(sheet, number, box)
    _behind_a_hole(sheet, "7", x - 4, y, (x, y - 8, 40, 16))


def _cut_off(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    x, y = (box[0] + box[2]) / 2 - 8, (box[1] + box[3]) / 2 + 3
    _behind_a_hole(sheet, number, x, y, (x + 3.5, y - 8, 40, 16))


def _behind_a_hole(sheet: Sheet, text: str, x: float, y: float, hole: Box) -> None:
    """Print a text of which only what lies in the hole (x, y, width, height) is shown."""
    sheet.canvas.saveState()
    path = sheet.canvas.beginPath()
    path.rect(hole[0], sheet.height - hole[1] - hole[3], hole[2], hole[3])
    sheet.canvas.clipPath(path, stroke=0, fill=0)
    sheet.text(x, y, text, _SIZE)
    sheet.canvas.restoreState()


def _beside_a_hole(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    """A white shape that is clipped away hides nothing."""
    x, y = _number(sheet, number, box)
    sheet.canvas.saveState()
    path = sheet.canvas.beginPath()
    path.rect(x + 60, 0, 5, 5)
    sheet.canvas.clipPath(path, stroke=0, fill=0)
    sheet.rect(x - 1, y - 8, 5, 10, "white")
    sheet.canvas.restoreState()


def _painted_over(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    x, y = _number(sheet, number, box)
    sheet.text(x - 4, y, "7", _SIZE)
    sheet.rect(x - 4, y - 7, 4, 9, "grey")


def _like_its_ground(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    x, y = (box[0] + box[2]) / 2 - 8, (box[1] + box[3]) / 2 + 3
    sheet.rect(x - 5, y - 8, 30, 10, "lightgrey")
    _number(sheet, number, box)
    sheet.canvas.setFillColor("lightgrey")
    sheet.text(x - 5, y, "7", _SIZE)
    sheet.canvas.setFillColor("black")


def _outlined_in_white(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    x, y = _number(sheet, number, box)
    sheet.canvas.setStrokeColor("white")
    printed = sheet.canvas.beginText(x - 4, sheet.height - y)
    printed.setFont(FONT, _SIZE)
    printed.setTextRenderMode(1)
    printed.textOut("7")
    printed.setTextRenderMode(0)
    sheet.canvas.drawText(printed)
    sheet.canvas.setStrokeColor("black")


def _lowered_mark(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    x, y = _number(sheet, number, box)
    sheet.text(x + sheet.canvas.stringWidth(number, FONT, _SIZE), y + 2, "1", 5)


def _transparent(sheet: Sheet, number: str, box: Box, chance: random.Random) -> None:
    x, y = _number(sheet, number, box)
    sheet.canvas.setFillAlpha(0)
    sheet.text(x - 4, y, "7", _SIZE)
    sheet.canvas.setFillAlpha(1)


ODD_PRINT: dict[str, Draw] = {
    "struck digit": _struck,
    "whitened digit": _whitened,
    "pale digit": _pale,
    "clipped digit": _clipped,
    "cut off": _cut_off,
    "transparent digit": _transparent,
    "hole beside": _beside_a_hole,
    "painted over": _painted_over,
    "like its ground": _like_its_ground,
    "outlined in white": _outlined_in_white,
    "lowered mark": _lowered_mark,
    "shadow": _shadowed,
    "two numbers": _overprinted,
    "picture": _pictured,
    "outlines": _outlined,
    "turned": _turned(90),
    "upside down": _turned(180),
    "over the ruling": _raised,
    "on the ruling": _lowered,
    "into the next cell": _aside,
    "note": _noted,
}


# --- Word -----------------------------------------------------------------------------------------

_RUN = '<w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
ODD_RUNS: dict[str, str] = {
    "struck digit": _RUN.format("<w:strike/>", "7") + "{run}",
    "hidden digit": _RUN.format("<w:vanish/>", "7") + "{run}",
    "white digit": _RUN.format('<w:color w:val="FFFFFF"/>', "7") + "{run}",
    "pale digit": _RUN.format('<w:color w:val="FEFEFE"/>', "7") + "{run}",
    "digit in the paper's color": _RUN.format('<w:color w:themeColor="background1"/>', "7")
    + "{run}",
    "squeezed digit": _RUN.format('<w:w w:val="1"/>', "7") + "{run}",
    "digit as small as a speck": _RUN.format('<w:sz w:val="3"/>', "7") + "{run}",
    "digit on its own color": _RUN.format(
        '<w:color w:val="FEFE05"/><w:highlight w:val="yellow"/>', "7"
    )
    + "{run}",
    "prompt": "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
    + _RUN.format("", "7")
    + "</w:sdtContent></w:sdt>{run}",
    "field without a result": _FIELD.format(" =SUM(LEFT) "),
    "drawn by a field": _FIELD.format(" EQ \\o({number},○) "),
    "stale field": '<w:fldSimple w:instr=" =SUM(LEFT) " w:dirty="1">'
    + _RUN.format("", "7")
    + "</w:fldSimple>",
    "from right to left": '<w:bdo w:val="rtl">' + _RUN.format("", "{reversed}") + "</w:bdo>",
    "fraction": f'<m:oMath xmlns:m="{_M}"><m:f><m:num><m:r><m:t>{{number}}</m:t></m:r></m:num>'
    "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
    "hidden number": _RUN.format("<w:vanish/>", "{number}"),
    "raised digit": "{run}" + _RUN.format('<w:position w:val="8"/><w:sz w:val="10"/>', "1"),
    "tracked change": '<w:del w:id="1"><w:r><w:delText>7</w:delText></w:r></w:del>'
    '<w:ins w:id="2">{run}</w:ins>',
    "line break": "<w:r><w:t>{first}</w:t><w:br/><w:t>{rest}</w:t></w:r>",
    "space": _RUN.format("", "{first} {rest}"),
    "picture": "<w:r><w:drawing/></w:r>",
    "picture between": "<w:r><w:t>{first}</w:t><w:drawing/><w:t>{rest}</w:t></w:r>",
    "symbol": '<w:r><w:sym w:font="Symbol" w:char="F037"/></w:r>',
    "text box": "<w:r><w:pict><v:textbox><w:txbxContent><w:p>{run}</w:p></w:txbxContent>"
    "</v:textbox></w:pict></w:r>",
}


def as_odd_docx(report: Report, chance: random.Random, oddity: str | None = None) -> bytes:
    """A Word file with one of the oddities in some of its cells."""
    shape = ODD_RUNS[oddity or chance.choice(sorted(ODD_RUNS))]
    share = chance.choice((0.1, 0.4))
    with zipfile.ZipFile(io.BytesIO(as_docx(report))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(members[_BODY])
    for cell in root.iter(_W + "tc"):
        number = "".join(text.text or "" for text in cell.iter(_W + "t"))
        if number.replace(",", "").isdigit() and chance.random() < share:
            _write(cell, shape, number)
    members[_BODY] = etree.tostring(root)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _write(cell: etree._Element, shape: str, number: str) -> None:
    half = len(number) // 2
    runs = shape.format(
        run=_RUN.format("", number),
        number=number,
        reversed=number[::-1],
        first=number[:half],
        rest=number[half:],
    )
    written = etree.fromstring(f'<x xmlns:w="{_W[1:-1]}" xmlns:v="{_V}">{runs}</x>')
    paragraph = cell.find(_W + "p")
    assert paragraph is not None
    for run in paragraph.findall(_W + "r"):
        paragraph.remove(run)
    paragraph.extend(list(written))
