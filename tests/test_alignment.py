"""Drawn tables: the column under the header and the order after the label, held together."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.forms import FORM_2021, FORMS
from ingest.readers.layout import Grid, GridCell, Layout
from ingest.report import Concept, Number, Report
from ingest.tables import layout_to_tables
from tests.invented import invented_report
from tests.render_text import request_rows
from tests.table_score import Score, Tables, codes, expected_of, score


def drawn(report: Report) -> list[list[GridCell]]:
    """Table three as drawn: three label columns with spans, seven value columns."""
    head = [
        [GridCell("勾稽关系", 0, 0, 3, 3), GridCell("申请人情况", 0, 3, 1, 7)],
        [
            GridCell("自然人", 1, 3, 2),
            GridCell("法人或其他组织", 1, 4, 1, 5),
            GridCell("总计", 1, 9, 2),
        ],
        [
            GridCell(t, 2, 4 + n)
            for n, t in enumerate(("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))
        ],
    ]
    for index, row in enumerate(request_rows(report), start=3):
        first = len(row.labels) - 1
        labels = [GridCell(t, index, n) for n, t in enumerate(row.labels[:-1]) if t]
        labels.append(GridCell(row.labels[-1], index, first, 1, 3 - first))
        head.append([*labels, *(GridCell(t, index, 3 + n) for n, t in enumerate(row.values))])
    return head


def requests_in(rows: list[list[GridCell]], *cuts: int) -> Tables:
    """The tables of a document with this grid, torn before the rows `cuts`."""
    bounds = [0, *cuts, len(rows)]
    grids = []
    for number, (start, end) in enumerate(pairwise(bounds), start=1):
        cells = [
            GridCell(c.text, c.row - start, c.column, min(c.row_span, end - c.row), c.column_span)
            for row in rows[start:end]
            for c in row
        ]
        grids.append(Grid(tuple(cells), aligned=True, number=number))
    return layout_to_tables(Layout("application/pdf", tuple(grids)), FORM_2021)


def only_requests(report: Report) -> dict[Concept, Number | None]:
    return {c: v for c, v in expected_of(report).items() if c.table == "requests"}


@pytest.mark.parametrize("cuts", [(), (3,), (10,), (5, 20), (27,)])
def test_a_drawn_table_is_read_in_one_piece_or_several(cuts: tuple[int, ...]) -> None:
    report = invented_report(
        replace={"requests/granted/natural_person": None, "requests/total/total": None}
    )
    tables = requests_in(drawn(report), *cuts)
    assert score(tables, only_requests(report)) == Score(175, 0, ())
    assert codes(tables) == {"table-missing": 2}


def test_a_cell_left_out_at_the_end_of_a_drawn_row_is_named() -> None:
    report = invented_report()
    rows = drawn(report)
    rows[6] = rows[6][:-1]
    tables = requests_in(rows)
    found = score(tables, only_requests(report))
    assert (found.right, found.warned, found.silent) == (174, 1, ())
    assert codes(tables)["readings-differ"] == 6


def test_a_drawn_row_one_column_beside_its_header_is_read_by_order_and_named() -> None:
    report = invented_report()
    rows = drawn(report)
    rows[8] = [c if c.column < 3 else GridCell(c.text, c.row, c.column + 1) for c in rows[8]]
    tables = requests_in(rows)
    assert score(tables, only_requests(report)).silent == ()
    row = list(tables["requests"].rows.values())[5]
    assert {cell.doubt.code for cell in row.values() if cell.doubt} == {"row-shifted"}


def test_a_merged_value_cell_is_not_spread_over_its_columns() -> None:
    report = invented_report()
    rows = drawn(report)
    merged = rows[5]
    rows[5] = [*merged[:-7], GridCell("0", 5, 3, 1, 7)]
    tables = requests_in(rows)
    cells = tables["requests"].rows["granted"].values()
    assert {(cell.value, cell.doubt.code if cell.doubt else None) for cell in cells} == {
        (None, "unreadable")
    }


@settings(max_examples=60, deadline=None)
@given(
    row=st.integers(3, 27),
    shift=st.integers(-2, 2),
    lost=st.sets(st.integers(0, 6), max_size=3),
    blank=st.sets(st.integers(0, 6), max_size=3),
)
def test_a_mangled_drawn_row_is_never_wrong_in_silence(
    row: int, shift: int, lost: set[int], blank: set[int]
) -> None:
    report = invented_report()
    rows = drawn(report)
    labels, values = rows[row][:-7], rows[row][-7:]
    kept = [
        GridCell("" if n in blank else c.text, c.row, c.column + (shift if n not in lost else 0))
        for n, c in enumerate(values)
        if n not in lost
    ]
    rows[row] = [*labels, *kept]
    expected = only_requests(report)
    row_id = list(FORM_2021.tables["requests"].rows)[row - 3]
    columns = [c.id for c in FORM_2021.tables["requests"].columns(row_id)]
    for n in blank | lost:
        expected[Concept("requests", row_id, columns[n])] = None
    found = score(requests_in(rows), expected)
    assert found.silent == ()


def test_a_remark_beside_the_columns_is_no_value() -> None:
    report = invented_report()
    rows = drawn(report)
    rows[0].append(GridCell("备注", 0, 10, 3))
    rows[4].append(GridCell("含网络申请", 4, 10))
    tables = requests_in(rows)
    assert score(tables, only_requests(report)) == Score(175, 0, ())
    assert codes(tables) == {"table-missing": 2}


def test_a_cell_divided_elsewhere_over_the_same_width_is_certain() -> None:
    report = invented_report("2019")
    texts = [
        str(report.number(f"proactive/licensing/{c}"))
        for c in ("items_last_year", "change", "decisions")
    ]
    head = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
    cells = [GridCell(t, 0, n + (n > 2), 1, 2 if n == 2 else 1) for n, t in enumerate(head)]
    cells.append(GridCell("行政许可", 1, 0))
    cells += [GridCell(texts[0], 1, 1, 1, 2), GridCell(texts[1], 1, 3), GridCell(texts[2], 1, 4)]
    grid = Grid(tuple(cells), aligned=True)
    table = layout_to_tables(Layout("text/html", (grid,)), FORMS["2019"])["proactive"]
    row = table.rows["licensing"].values()
    assert [str(cell.value) for cell in row] == texts
    assert [cell.doubt for cell in row] == [None, None, None]
