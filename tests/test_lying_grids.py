"""A table whose file claims other spans than it is drawn with is never wrong in silence."""

import random
from dataclasses import replace

import pytest

from ingest.forms import FORM_2019, FORM_2021
from ingest.parse import parse_bytes
from ingest.readers.layout import Grid, GridCell, Layout
from ingest.report import TableName
from ingest.tables import layout_to_tables
from tests.invented import invented_report
from tests.lying_grids import as_lying_docx, as_lying_page
from tests.random_reports import random_report
from tests.render_files import draw_tables
from tests.table_score import Tables, expected_of, score


def read_as_drawn(number: int, cells: list[GridCell], *, aligned: bool) -> Tables:
    grid = Grid(tuple(cells), aligned=aligned)
    return layout_to_tables(Layout("application/x-test", (grid,)), FORM_2021)


def doubted(tables: Tables, name: TableName) -> int:
    return sum(cell.doubt is not None for cell in tables[name].cells.values())


@pytest.mark.parametrize("seed", range(12))
def test_no_cell_of_a_spoilt_word_file_is_wrong_in_silence(seed: int) -> None:
    chance = random.Random(seed)
    report = random_report(chance)
    tables = parse_bytes(as_lying_docx(report, chance), "年报.docx").tables
    assert score(tables, expected_of(report)).silent == ()


@pytest.mark.parametrize("seed", range(12))
def test_no_cell_of_a_spoilt_page_is_wrong_in_silence(seed: int) -> None:
    chance = random.Random(seed)
    report = random_report(chance)
    tables = parse_bytes(as_lying_page(report, chance), "年报.html").tables
    assert score(tables, expected_of(report)).silent == ()


def test_a_label_of_the_header_that_covers_the_place_of_a_lost_one_makes_all_rows_doubtful() -> (
    None
):
    report = invented_report(replace={"requests/granted/other": None})
    cells = [cell for cell in draw_tables(report)[3] if (cell.row, cell.text) != (2, "其他")]
    neighbour = next(cell for cell in cells if cell.text == "法律服务机构")
    cells[cells.index(neighbour)] = replace(neighbour, column_span=2)
    tables = read_as_drawn(3, cells, aligned=True)
    assert doubted(tables, "requests") == len(tables["requests"].cells)


def test_one_label_alone_over_two_columns_makes_them_doubtful() -> None:
    report = invented_report("2019", replace={"proactive/fees/change": None})
    drawing = draw_tables(report)[2]
    row = next(cell.row for cell in drawing if cell.text == "行政事业性收费") - 1
    cells = [c for c in drawing if (c.row, c.text) != (row, "上一年项目数量")]
    cells = [replace(c, column=1) if (c.row, c.text) == (row, "本年增/减") else c for c in cells]
    layout = Layout("application/x-test", (Grid(tuple(cells), aligned=False),))
    fees = layout_to_tables(layout, FORM_2019)["proactive"].rows["fees"]
    assert all(cell.doubt for cell in fees.values())


def test_a_row_longer_than_the_others_is_doubted_when_it_has_blanks() -> None:
    report = invented_report(replace={"requests/granted/total": None})
    cells = [
        replace(cell, column=cell.column + 1) if cell.row == 5 and cell.column > 4 else cell
        for cell in draw_tables(report)[3]
    ]
    assert any(cell.row == 5 and not cell.text for cell in cells)
    tables = read_as_drawn(3, [*cells, GridCell("", 5, 5)], aligned=False)
    row = tables["requests"].rows["granted"]
    assert all(cell.doubt for cell in row.values())
    assert doubted(tables, "requests") == len(row)


def test_a_number_beside_the_only_column_is_doubted() -> None:
    report = invented_report(replace={"proactive/coercion/decisions": None})
    drawing = draw_tables(report)[2]
    row = next(cell.row for cell in drawing if cell.text == "行政强制")
    width = max(cell.column + cell.column_span for cell in drawing)
    tables = read_as_drawn(2, [*drawing, GridCell("11", row, width)], aligned=True)
    cell = tables["proactive"].cell("coercion", "decisions")
    assert cell.value is None or cell.doubt is not None
