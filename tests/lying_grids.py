"""Word files and web pages whose tables claim other spans than they are drawn with.

Converters and hand-made pages lose cells and write spans that do not add up. One chance always
spoils a file in the same way; the numbers themselves are never touched.
"""

import io
import random
import zipfile
from collections.abc import Callable, Sequence

from lxml import etree, html

from ingest.report import Report
from tests.render_files import as_docx, as_html

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"

Spoil = Callable[[etree._Element, random.Random], None]


def as_lying_docx(report: Report, chance: random.Random) -> bytes:
    """The report as a Word file in which up to three cells of tables are wrong."""
    with zipfile.ZipFile(io.BytesIO(as_docx(report))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(members[_BODY])
    _spoil(list(root.iter(_W + "tc")), chance, (_widen_docx, _drop, _insert, _swap_docx))
    members[_BODY] = etree.tostring(root)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def as_lying_page(report: Report, chance: random.Random) -> bytes:
    """The report as a web page in which up to three cells of tables are wrong."""
    root = html.fromstring(as_html(report).decode())
    ways = (_widen_page, _heighten_page, _drop, _insert, _swap_page, _break_row)
    _spoil(list(root.iter("td")), chance, ways)
    return bytes(html.tostring(root, encoding="utf-8"))


def _spoil(cells: Sequence[etree._Element], chance: random.Random, ways: Sequence[Spoil]) -> None:
    for _ in range(chance.choice((1, 1, 2, 3))):
        cell = chance.choice(cells)
        if cell.getparent() is not None:
            chance.choice(ways)(cell, chance)


def _drop(cell: etree._Element, chance: random.Random) -> None:
    row = cell.getparent()
    assert row is not None
    row.remove(cell)


def _insert(cell: etree._Element, chance: random.Random) -> None:
    cell.addprevious(etree.Element(cell.tag))


def _widen_docx(cell: etree._Element, chance: random.Random) -> None:
    _span_docx(cell, chance.choice((-1, 1, 1, 2)))


def _swap_docx(cell: etree._Element, chance: random.Random) -> None:
    """Let the cell take the place of another one of its row, which is lost."""
    _span_docx(cell, 1)
    _drop_another(cell, chance)


def _span_docx(cell: etree._Element, more: int) -> None:
    properties = cell.find(_W + "tcPr")
    if properties is None:
        properties = etree.Element(_W + "tcPr")
        cell.insert(0, properties)
    span = properties.find(_W + "gridSpan")
    if span is None:
        span = etree.SubElement(properties, _W + "gridSpan")
    span.set(_W + "val", str(max(1, int(span.get(_W + "val", "1")) + more)))


def _widen_page(cell: etree._Element, chance: random.Random) -> None:
    _span_page(cell, "colspan", chance.choice((-1, 1, 1, 2)))


def _heighten_page(cell: etree._Element, chance: random.Random) -> None:
    _span_page(cell, "rowspan", chance.choice((-1, 1, 1, 2)))


def _swap_page(cell: etree._Element, chance: random.Random) -> None:
    _span_page(cell, "colspan", 1)
    _drop_another(cell, chance)


def _span_page(cell: etree._Element, name: str, more: int) -> None:
    cell.set(name, str(max(1, int(cell.get(name, "1")) + more)))


def _drop_another(cell: etree._Element, chance: random.Random) -> None:
    row = cell.getparent()
    assert row is not None
    others = [other for other in row if other is not cell and other.tag == cell.tag]
    if others:
        row.remove(chance.choice(others))


def _break_row(cell: etree._Element, chance: random.Random) -> None:
    """Let a new row begin in the middle of one."""
    row = cell.getparent()
    assert row is not None
    rest = etree.Element("tr")
    cells = list(row)
    row.addnext(rest)
    rest.extend(cells[cells.index(cell) :])
