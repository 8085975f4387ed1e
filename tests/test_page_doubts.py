"""What is known against a whole page is said of each cell that was read from it."""

import re

import pytest

from ingest.forms import FORM_2021
from ingest.page_doubts import with_page_doubts
from ingest.readers import read
from ingest.report import Cell, Concept, Doubt, Place, Table
from tests.hostile_files import pdf_of_lines
from tests.invented import invented_report
from tests.render_files import as_pdf


def _on_page(text: str, page: int) -> Cell:
    return Cell(int(text) if text else None, text, Place(page=page))


def _table(**rows: str) -> Table:
    """Table three, all of it on page 2; each row holds one number, natural persons' and total's."""
    cells = {}
    for concept in FORM_2021.tables["requests"].concepts():
        counted = concept.column in {"natural_person", "total"}
        cells[concept] = _on_page(rows.get(concept.row, "0") if counted else "0", 2)
    return Table("requests", cells)


def _message(table: Table, row: str, column: str) -> str:
    doubt = table.cell(row, column).doubt
    assert doubt is not None
    assert doubt.code == "ocr"
    return doubt.message


def test_identities_confirm_or_contradict_what_was_recognised() -> None:
    sound = with_page_doubts(
        {"requests": _table(new="5", granted="5", total="5")}, FORM_2021, {2: "ocr"}
    )["requests"]
    assert "相符" in _message(sound, "new", "natural_person")
    wrong = with_page_doubts(
        {"requests": _table(new="6", granted="5", total="5")}, FORM_2021, {2: "ocr"}
    )["requests"]
    assert "不符" in _message(wrong, "new", "natural_person")
    assert "相符" in _message(wrong, "granted", "natural_person")


def test_cells_of_other_pages_stay_as_they_are() -> None:
    table = _table(new="5")
    assert with_page_doubts({"requests": table}, FORM_2021, {1: "ocr"})["requests"] == table


def test_a_doubt_of_the_cell_itself_stays() -> None:
    concept = Concept("requests", "new", "total")
    doubt = Doubt("not-a-number", "“五”不是数，按空处理")
    table = _table(new="5")
    known = Table("requests", {**table.cells, concept: Cell(None, "五", Place(page=2), doubt)})
    doubted = with_page_doubts({"requests": known}, FORM_2021, {2: "ocr"})["requests"]
    assert doubted.cells[concept].doubt == doubt


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_page_whose_stream_ends_early_is_named_and_its_cells_doubted(share: float) -> None:
    data = _with_cut_stream(as_pdf(invented_report()), share)
    layout = read(data, "年报.pdf")
    assert "已损坏，只读出一部分" in layout.doubts[0].message
    assert set(layout.page_doubts.values()) == {"pages-unread"}


def test_a_whole_page_is_not_called_damaged() -> None:
    assert read(pdf_of_lines([["一、总体情况"]]), "年报.pdf").page_doubts == {}


def _with_cut_stream(data: bytes, share: float) -> bytes:
    """The PDF with blanks for the rest of its longest stream, at the length it had."""
    streams = re.finditer(rb"stream\r?\n(.+?)~>", data, re.DOTALL)
    longest = max(streams, key=lambda match: len(match[1]))
    kept = longest.start(1) + int(len(longest[1]) * share)
    return data[:kept] + b" " * (longest.end(1) - kept) + data[longest.end(1) :]
