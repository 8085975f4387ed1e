"""The three statutory tables, read from every layout.

In the invented reports each cell holds another number, so that a value read one row or one column
too far is always seen. A cell may be right, or null with a warning; a wrong number without a
warning fails everything here.
"""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.forms import FORM_2019, FORM_2021, FORMS, form_of
from ingest.labels import detect_form
from ingest.readers import read
from ingest.readers.layout import Grid, GridCell, Layout, Line
from ingest.report import TABLE_NAMES, Cell, Concept, Doubt, Number, Report
from ingest.tables import layout_to_tables
from tests.invented import invented_report
from tests.render_text import (
    FLAT_LAYOUTS,
    LAYOUTS,
    as_cells,
    as_markdown,
    as_pipes,
    as_torn_grid,
    document,
    proactive_blocks,
    request_rows,
)
from tests.table_score import Score, Tables, codes, expected_of, score, tables_of

ALL_LAYOUTS = {**LAYOUTS, **FLAT_LAYOUTS}


# --- Every layout, every cell ----------------------------------------------------------------------


@pytest.mark.parametrize("edition", FORMS)
@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_every_cell_of_every_layout_is_read_exactly(layout: str, edition: str) -> None:
    report = invented_report(edition)
    tables = tables_of(ALL_LAYOUTS[layout](report))
    expected = expected_of(report)
    assert score(tables, expected) == Score(len(expected), 0, ())


@pytest.mark.parametrize(
    ("layout", "doubts"),
    [
        ("cells", {}),
        ("spaced cells", {}),
        ("torn grid", {"row-rebuilt": 7}),
        ("markdown", {"row-shifted": 18 * 7}),
        ("spread", {}),
        ("pipes", {}),
        ("lines", {}),
        ("one line", {}),
        ("stack", {}),
    ],
)
def test_guesses_are_named_and_nothing_else_is(layout: str, doubts: dict[str, int]) -> None:
    assert codes(tables_of(ALL_LAYOUTS[layout](invented_report()))) == doubts


def test_labels_with_half_width_signs_are_kept_as_printed_and_no_others() -> None:
    text = as_cells(invented_report())
    spoilt = text.replace("（区分处理的，", "(区分处理的, ", 1)
    assert spoilt != text
    assert not any(table.labels for table in tables_of(text).values())
    (label,) = tables_of(spoilt)["requests"].labels
    assert "(区分处理的, " in (label.quote or "")
    assert label.line == spoilt[: spoilt.index("(区分处理的")].count("\n") + 1


def test_each_cell_knows_its_line_and_its_concept() -> None:
    report = invented_report()
    text = as_cells(report)
    lines = text.split("\n")
    for table in tables_of(text).values():
        for concept, cell in table.cells.items():
            assert cell.place.line is not None
            assert lines[cell.place.line - 1].strip() == str(report.number(concept))
            place = cell.place
            assert (place.table, place.row, place.column) == concept


# --- The real samples ------------------------------------------------------------------------------

REAL = {
    "xuecheng-2023": 200,
    "zhaoyuan-2023": 200,
    "jiangle-2023": 200,
    "boshan-2021": 200,
    "weidong-2024": 200,
    "hongze-2023": 186,
    "shuyang-fgj-2023": 200,
    "shanghai-office-2019": 198,
}


@pytest.mark.parametrize(("name", "cells"), REAL.items())
def test_real_reports_are_read_cell_by_cell(real_reports: Path, name: str, cells: int) -> None:
    expected = json.loads((real_reports / "expected" / f"{name}.json").read_text("utf-8"))
    path = real_reports / expected["file"]
    layout = read(path.read_bytes(), path.name)
    form = form_of(detect_form(layout))
    assert form.edition == expected["format"]
    values = {
        Concept(table, row, column): value
        for table in TABLE_NAMES
        for row, columns in expected["tables"][table].items()
        for column, value in columns.items()
    }
    assert score(layout_to_tables(layout, form), values) == Score(cells, 0, ())


def test_blank_reconsideration_cells_stay_blank_beside_zeros(real_reports: Path) -> None:
    disputes = tables_of((real_reports / "zhaoyuan-2023.txt").read_text("utf-8"))["disputes"]
    states = {row: {c.state for c in cells.values()} for row, cells in disputes.rows.items()}
    assert states == {
        "reconsideration": {"blank"},
        "litigation_direct": {"number"},
        "litigation_after_reconsideration": {"number"},
    }


# --- Blank cells -----------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
@pytest.mark.parametrize("row", ["new", "granted", "denied.law", "other.misc", "carried_over"])
def test_a_blank_anywhere_in_a_row_shifts_nothing(layout: str, row: str) -> None:
    columns = [column.id for column in FORM_2021.tables["requests"].columns(row)]
    blanks = [[c] for c in columns] + [columns[:2], columns[-2:], columns[1:-1], columns]
    for blank in blanks:
        report = invented_report(replace={f"requests/{row}/{column}": None for column in blank})
        found = score(tables_of(ALL_LAYOUTS[layout](report)), expected_of(report))
        assert found.silent == ()
        if layout in LAYOUTS:
            assert found.warned == 0, blank


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_whole_column_left_blank_is_blank(layout: str) -> None:
    for column in ("natural_person", "total"):
        rows = FORM_2021.tables["requests"].rows
        blanks: dict[Concept | str, Cell | Number | None] = {
            f"requests/{row}/{column}": None for row in rows
        }
        report = invented_report(replace=blanks)
        assert score(tables_of(LAYOUTS[layout](report)), expected_of(report)).silent == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_of_blanks_is_blank_and_not_missing(layout: str) -> None:
    report = invented_report(replace=dict.fromkeys(FORM_2021.concepts(), None))
    tables = tables_of(LAYOUTS[layout](report))
    states = Counter(c.state for table in tables.values() for c in table.cells.values())
    assert states == {"blank": 200}


@pytest.mark.parametrize("column", ["items_last_year", "change", "processed"])
def test_a_blank_among_cells_spread_by_a_merge_shifts_nothing(column: str) -> None:
    report = invented_report("2019", replace={f"proactive/penalties/{column}": None})
    found = score(tables_of(LAYOUTS["spread"](report)), expected_of(report))
    assert (found.warned, found.silent) == (0, ())


def stack_with_a_page_number(number: str, *values: int | None) -> tuple[Report, str]:
    """A report with these values in a row, and its stack of cells with a number behind the row."""
    columns = [column.id for column in FORM_2021.tables["requests"].columns("declined.repeat")]
    row: dict[Concept | str, Cell | Number | None] = {
        f"requests/declined.repeat/{column}": value
        for column, value in zip(columns, values, strict=True)
    }
    report = invented_report(replace=row)
    last = f"\n{values[-1]}\n"
    text = FLAT_LAYOUTS["stack"](report)
    assert text.count(last) == 1
    return report, text.replace(last, f"{last}{number}\n")


@pytest.mark.parametrize("number", ["- 2 -", "— 2 —", "第 2 页 共 5 页"])
def test_the_marked_number_of_a_page_is_no_cell_of_a_stack(number: str) -> None:
    report, text = stack_with_a_page_number(number, 70001, 0, 2, 3, 1, 0, 70007)
    expected = expected_of(report)
    assert score(tables_of(text), expected) == Score(len(expected), 0, ())


@pytest.mark.parametrize(
    "values",
    [
        (70000, 5, None, 0, 0, 0, 70005),
        (70000, None, 5, 0, 0, 10, 70015),
        (None, 70000, 0, 0, 0, 1, 70001),
    ],
)
def test_a_bare_number_of_a_page_does_not_stand_for_a_blank_in_silence(
    values: tuple[int | None, ...],
) -> None:
    report, text = stack_with_a_page_number("2", *values)
    found = score(tables_of(text), expected_of(report))
    assert found.silent == ()
    assert found.warned > 0


CELL_TEXTS = st.one_of(
    st.integers(0, 99999).map(lambda n: (n, str(n))),
    st.integers(1000, 99_999_999).map(lambda n: (n, f"{n:,}")),
    st.integers(0, 9999).map(
        lambda n: (n, str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")))
    ),
    st.integers(0, 999).map(lambda n: (n, f"\u3000{n}\xa0")),
    st.integers(0, 999).map(lambda n: (n, f"{n}①")),
    st.sampled_from(
        [(None, ""), (None, " "), (None, "/"), (None, "—"), (None, "－"), (None, "无")]
    ),
)


@st.composite
def filled_reports(draw: st.DrawFn) -> Report:
    """A report with random texts in random cells: blanks, dashes, large and full-width numbers."""
    edition = draw(st.sampled_from(sorted(FORMS)))
    concepts = list(FORMS[edition].concepts())
    rows = draw(st.lists(st.sampled_from(concepts), min_size=1, max_size=40))
    cells = {c: draw(CELL_TEXTS) for c in rows}
    replace: dict[Concept | str, Cell | Number | None] = {
        concept: Cell(value, text) for concept, (value, text) in cells.items()
    }
    return invented_report(edition, seed=draw(st.integers(0, 99)), replace=replace)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(report=filled_reports(), layout=st.sampled_from(sorted(ALL_LAYOUTS)))
def test_random_cells_are_right_or_named(report: Report, layout: str) -> None:
    found = score(tables_of(ALL_LAYOUTS[layout](report)), expected_of(report))
    assert found.silent == ()
    if layout in LAYOUTS:
        assert found.warned == 0


# --- What cells may hold ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("concept", "text", "value", "doubt"),
    [
        ("requests/new/total", "1,247¹", 1247, None),
        ("requests/new/natural_person", "无数据", None, "not-a-number"),
        ("requests/new/total", "5件", 5, None),
        ("requests/new/total", "3 5", None, "not-a-number"),
        ("requests/new/total", "/", None, None),
        ("proactive/fees/amount", "12.5万元", 12.5, None),
        ("proactive/fees/amount", "251000元", 25.1, "unit-converted"),
        ("proactive/fees/amount", "1.2亿元", 12000, "unit-converted"),
        ("proactive/fees/amount", "见附件", None, "not-a-number"),
        ("proactive/fees/amount", "7,730.28", 7730.28, None),
        ("disputes/reconsideration/upheld", "-3", -3, None),
    ],
)
def test_a_cell_is_read_with_its_unit_or_named(
    concept: str, text: str, value: Number | None, doubt: str | None
) -> None:
    spare = Doubt("not-a-number", "")
    report = invented_report(replace={concept: Cell(value, text, doubt=spare)})
    for layout in LAYOUTS.values():
        tables = tables_of(layout(report))
        address = Concept.parse(concept)
        cell = tables[address.table].cell(address.row, address.column)
        assert cell.value == value
        assert cell.text is not None and cell.text.strip() == text
        others = {"row-shifted", "row-rebuilt"}
        assert ({cell.doubt.code} if cell.doubt else set()) - others == ({doubt} - {None})
        assert score(tables, expected_of(report)).silent == ()


@pytest.mark.parametrize(("text", "value"), [("-8", -8), ("+1,036", 1036), ("－8", -8), ("−3", -3)])
def test_the_yearly_change_is_signed(text: str, value: int) -> None:
    report = invented_report("2019", replace={"proactive/licensing/change": Cell(value, text)})
    for layout in LAYOUTS.values():
        assert tables_of(layout(report))["proactive"].cell("licensing", "change").value == value


def test_an_amount_in_a_column_of_yuan_is_converted() -> None:
    text = as_cells(invented_report(replace={"proactive/fees/amount": 4520}))
    cell = tables_of(text.replace("单位：万元", "单位：元"))["proactive"].cell("fees", "amount")
    assert cell.value == 0.452
    assert cell.doubt is not None and cell.doubt.code == "unit-converted"


# --- Rows and columns that are not as they should be -----------------------------------------------


def edited(report: Report, edit: Callable[[list[str]], None]) -> Tables:
    lines = as_cells(report).split("\n")
    edit(lines)
    return tables_of("\n".join(lines))


def test_a_cell_that_vanished_makes_its_row_unreadable_and_no_other() -> None:
    report = invented_report()

    def lose(lines: list[str]) -> None:
        del lines[lines.index("\t二、上年结转政府信息公开申请数量") + 3]

    tables = edited(report, lose)
    found = score(tables, expected_of(report))
    assert (found.warned, found.silent) == (7, ())
    assert codes(tables) == {"unreadable": 7}


@pytest.mark.parametrize(
    "label", ["9.其他", "9.其他法律法规规定不予公开", "小计", "其中：网络申请"]
)
def test_a_row_that_the_form_does_not_have_is_left_out_and_named(label: str) -> None:
    report = invented_report()

    def add(lines: list[str]) -> None:
        position = lines.index("\t（四）无法提供") - 1
        lines[position:position] = ["\t", "\t", f"\t{label}", *[f"\t{n}" for n in range(1, 8)], ""]

    tables = edited(report, add)
    expected = expected_of(report)
    assert score(tables, expected) == Score(len(expected), 0, ())
    assert codes(tables) == {"row-unknown": 1}


@pytest.mark.parametrize("label", ["小计", "合计", "小计\n（2—6）"])
@pytest.mark.parametrize("layout", ["cells", "torn grid", "markdown", "pipes"])
def test_a_subtotal_column_is_no_applicant(
    layout: str, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import render_text

    plain = request_rows

    def with_subtotal(report: Report) -> list[render_text.RequestRow]:
        return [
            render_text.RequestRow(row.labels, row.depth, (*row.values[:6], "777", row.values[6]))
            for row in plain(report)
        ]

    if "\n" in label and layout != "cells":
        label = label.replace("\n", "")
    columns = [*render_text._ORGANISATIONS, label]
    monkeypatch.setattr(render_text, "_ORGANISATIONS", columns)
    monkeypatch.setattr(render_text, "request_rows", with_subtotal)
    report = invented_report()
    found = score(tables_of(LAYOUTS[layout](report)), expected_of(report))
    assert found == Score(200, 0, ())


def test_columns_are_taken_by_their_label_and_not_by_their_place() -> None:
    report = invented_report()
    text = as_pipes(report).replace("结果维持 | 结果纠正", "结果纠正 | 结果维持")
    cells = tables_of(text)["disputes"].rows["reconsideration"]
    assert cells["corrected"].value == report.number("disputes/reconsideration/upheld")
    assert cells["upheld"].value == report.number("disputes/reconsideration/corrected")


def test_a_missing_row_is_named_and_its_cells_are_missing() -> None:
    report = invented_report()

    def drop(lines: list[str]) -> None:
        start = lines.index("\t2.重复申请")
        del lines[start - 2 : start + 9]

    tables = edited(report, drop)
    cells = tables["requests"].rows["declined.repeat"].values()
    assert {cell.state for cell in cells} == {"missing"}
    assert [d.place.row for d in tables["requests"].doubts] == ["declined.repeat"]
    assert score(tables, expected_of(report)).silent == ()


def test_other_processing_as_one_row_counts_as_other() -> None:
    report = invented_report()

    def merge(lines: list[str]) -> None:
        start, end = lines.index("\t（六）其他处理"), lines.index("\t（七）总计")
        lines[start + 1 : end - 1] = [*[f"\t{n}" for n in range(1, 8)], ""]

    tables = edited(report, merge)
    cells = tables["requests"].rows["other.misc"]
    assert [cell.value for cell in cells.values()] == [1, 2, 3, 4, 5, 6, 7]
    assert codes(tables) == {"label-inferred": 7, "row-missing": 2}


@pytest.mark.parametrize(
    ("label", "torn", "row"),
    [
        ("2.重复申请", ("2.重复申", "请"), "declined.repeat"),
        ("3.其他", ("3.其", "他"), "other.misc"),
        ("6.属于四类过程性信息", ("6.属", "于四类过程性信息"), "denied.process"),
    ],
)
def test_a_row_torn_by_a_page_within_a_word_is_put_together(
    label: str, torn: tuple[str, str], row: str
) -> None:
    report = invented_report()
    text = LAYOUTS["spread"](report)
    (line,) = (line for line in text.split("\n") if f"| {label} |" in line)
    above, below = line.replace(label, torn[0]), f"|  |  | {torn[1]} |{'  |' * 7}"
    tables = tables_of(text.replace(line, f"{above}\n{below}"))
    assert score(tables, expected_of(report)) == Score(200, 0, ())
    assert codes(tables) == {"row-rebuilt": 7}
    assert tables["requests"].cell(row, "total").doubt is not None


def test_a_row_of_sums_above_its_parts_is_not_taken_for_one_of_them() -> None:
    report = invented_report()

    def sums(lines: list[str]) -> None:
        start = lines.index("\t（六）其他处理")
        lines[start + 1 : start + 1] = [*[f"\t{n}" for n in range(1, 8)], "", "\t", "\t"]

    tables = edited(report, sums)
    assert score(tables, expected_of(report)) == Score(200, 0, ())
    assert codes(tables) == {"row-unknown": 1}


def test_the_same_table_twice_is_said_and_the_first_one_counts() -> None:
    report, other = invented_report(), invented_report(seed=7)
    for layout in (as_cells, as_markdown):
        tables = tables_of(layout(report) + layout(other))
        assert score(tables, expected_of(report)) == Score(200, 0, ())
        assert codes(tables)["table-repeated"] >= 3


def test_of_two_copies_of_a_table_only_the_cells_that_differ_are_doubted() -> None:
    report = invented_report()
    other = invented_report(replace={"requests/new/total": 5})
    tables = tables_of(as_cells(report) + as_cells(other))
    doubted = [c for t in tables.values() for c, cell in t.cells.items() if cell.doubt]
    assert doubted == [Concept("requests", "new", "total")]


def test_a_number_with_a_space_in_it_is_read_in_doubt() -> None:
    spaced = Cell(12345, "12 345", doubt=Doubt("readings-differ", ""))
    tables = tables_of(as_cells(invented_report(replace={"requests/new/total": spaced})))
    cell = tables["requests"].cell("new", "total")
    assert (cell.value, cell.doubt and cell.doubt.code) == (12345, "readings-differ")


def test_one_row_printed_twice_with_other_numbers_is_not_guessed() -> None:
    report = invented_report()

    def repeat(lines: list[str]) -> None:
        start = lines.index("\t2.重复申请")
        row = ["\t", "\t", lines[start], *[f"\t{n}" for n in range(1001, 1008)], ""]
        lines[start + 9 : start + 9] = row

    tables = edited(report, repeat)
    assert codes(tables) == {"cell-repeated": 7}
    assert score(tables, expected_of(report)).silent == ()


@pytest.mark.parametrize("edition", FORMS)
def test_a_document_without_tables_has_missing_tables_and_no_zeros(edition: str) -> None:
    layout = Layout("text/plain", (Line("二、主动公开政府信息情况", 1), Line("见附件。", 2)))
    tables = layout_to_tables(layout, FORMS[edition])
    assert codes(tables) == {"table-missing": 3}
    assert {c.state for table in tables.values() for c in table.cells.values()} == {"missing"}
    assert all(
        table.cells.keys() == set(FORMS[edition].tables[n].concepts())
        for n, table in tables.items()
    )


def test_prose_that_speaks_of_the_rows_is_no_table() -> None:
    text = "二、主动公开政府信息情况\n全年办理行政许可12件，行政处罚 3 件，行政强制 1 件，规章 2 件。\n"
    assert codes(tables_of(text)) == {"table-missing": 3}


def test_menus_and_metadata_of_a_page_are_no_table() -> None:
    menu = Grid(
        (
            GridCell("行政许可", 0, 0),
            GridCell("7", 0, 1),
            GridCell("其他", 1, 0),
            GridCell("9", 1, 1),
        ),
        aligned=True,
    )
    tables = layout_to_tables(Layout("text/html", (menu,)), FORM_2021)
    assert codes(tables) == {"table-missing": 3}


def test_the_trial_form_reads_its_own_rows() -> None:
    report = invented_report("2019")
    tables = tables_of(as_cells(report))
    assert set(tables["proactive"].rows) == set(FORM_2019.tables["proactive"].rows)
    assert tables["proactive"].cell("procurement", "projects").value == report.number(
        "proactive/procurement/projects"
    )


# --- Table four --------------------------------------------------------------------------------------


def disputes_of(*rows: str) -> Tables:
    return tables_of("四、政府信息公开行政复议、行政诉讼情况\n\n" + "\n".join(rows) + "\n")


RESULTS = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"


def numbers_of(tables: Tables) -> list[Number | None]:
    return [cell.value for cell in tables["disputes"].cells.values()]


def test_disputes_in_two_tables_are_put_together() -> None:
    tables = disputes_of(
        "| 行政复议 | | | | |",
        f"| {RESULTS} |",
        "| 1 | 2 | 3 | 4 | 10 |",
        "",
        "| 行政诉讼 | | | | | | | | | |",
        "| 未经复议直接起诉 | | | | | 复议后起诉 | | | | |",
        f"| {RESULTS} | {RESULTS} |",
        "| 5 | 6 | 7 | 8 | 26 | 9 | 11 | 12 | 13 | 45 |",
    )
    assert numbers_of(tables) == [1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 9, 11, 12, 13, 45]
    assert "label-inferred" not in codes(tables)


def test_disputes_turned_upright_are_read_by_their_labels() -> None:
    tables = disputes_of(
        "| 类别 | 结果纠正 | 结果维持 | 其他结果 | 尚未审结 | 总计 |",
        "| 行政复议 | 1 | 2 | 3 | 4 | 10 |",
        "| 复议后起诉 | 9 | 11 | 12 | 13 | 45 |",
        "| 未经复议直接起诉 | 5 | 6 | 7 | 8 | 26 |",
    )
    assert numbers_of(tables) == [2, 1, 3, 4, 10, 6, 5, 7, 8, 26, 11, 9, 12, 13, 45]
    assert "label-inferred" not in codes(tables)


def test_fifteen_numbers_under_a_garbled_header_are_read_and_named() -> None:
    numbers = [1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 9, 11, 12, 13, 45]
    tables = disputes_of(
        "行政复议 行政诉讼",
        "结 结 其 尚",
        "果 果 他 未 总计 未经复议直接起诉 复议后起诉",
        "维 纠 结 审",
        "持 正 果 结",
        " ".join(map(str, numbers)),
    )
    assert numbers_of(tables) == numbers
    assert codes(tables)["label-inferred"] == 15


def test_fourteen_numbers_are_not_spread_over_fifteen_cells() -> None:
    tables = disputes_of(
        "| 行政复议 | 行政诉讼 |",
        f"| {RESULTS} | 未经复议直接起诉 | 复议后起诉 |",
        f"| {RESULTS} | {RESULTS} |",
        "| " + " | ".join("1" * 14) + " |",
    )
    assert set(numbers_of(tables)) == {None}
    assert codes(tables)["unreadable"] == 15


# --- Careless copies ---------------------------------------------------------------------------------


def test_cells_whose_tabs_were_lost_are_still_read() -> None:
    report = invented_report()
    text = "\n".join(line.lstrip("\t") for line in as_cells(report).split("\n"))
    assert score(tables_of(text), expected_of(report)) == Score(200, 0, ())


@pytest.mark.parametrize("balanced", [True, False])
def test_a_total_printed_before_its_columns_in_the_header_is_told_by_the_sums(
    balanced: bool,
) -> None:
    report = invented_report(balanced=balanced, seed=3)
    found = tables_of(as_torn_grid(report).replace("\t", " "))
    assert not score(found, expected_of(report)).silent
    new = {column: found["requests"].cell("new", column) for column in ("natural_person", "total")}
    assert [c.value for c in new.values()] == [
        report.tables["requests"].cell("new", column).value for column in new
    ]
    assert [c.doubt is None for c in new.values()] == [balanced] * 2


@pytest.mark.parametrize("between", [" ", "\n"])
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_numbers_before_the_names_of_their_rows_are_never_the_next_rows_in_silence(
    edition: str, between: str
) -> None:
    report = invented_report(edition)
    rows = [row for block in proactive_blocks(report) for row in block]
    turned = [row if row[0] == "信息内容" else [*row[1:], row[0]] for row in rows]
    requests = [
        "申请人情况",
        "自然人 法人或其他组织 总计",
        "商业企业 科研机构 社会公益组织 法律服务机构 其他",
    ]
    requests += [
        between.join((*row.values, *filter(None, row.labels))) for row in request_rows(report)
    ]
    drawn = {2: "\n".join(map(between.join, turned)), 3: "\n".join(requests)}
    tables = tables_of(document(report, drawn))
    expected = {c: v for c, v in expected_of(report).items() if c.table != "disputes"}
    found = score(tables, expected)
    assert not found.silent
    assert between == "\n" or found.right > 0.8 * len(expected)


def test_running_numbers_before_rows_without_numbers_are_no_values() -> None:
    names = [row.label for row in FORM_2021.tables["proactive"].rows.values()]
    text = "二、主动公开政府信息情况\n信息内容 本年制发件数 本年废止件数 现行有效件数\n"
    text += "\n".join(f"{number} {name}" for number, name in enumerate(names, 1))
    cells = tables_of(text)["proactive"].cells.values()
    assert not any(cell.value is not None and cell.doubt is None for cell in cells)


def test_rows_that_stand_apart_are_read_as_in_one_table() -> None:
    rows = (
        "|信息内容|上一年项目数量||本年增/减||本年处理决定数量|",
        "|行政许可|1||2||3|",
        "|其他对外管理服务事项|107||385|||",
    )
    text = "二、主动公开政府信息情况\n\n第二十条第（五）项\n\n" + "\n\n".join(rows)
    row = tables_of(text, "报告.md")["proactive"].rows["other_services"]
    assert [cell.value for cell in row.values()] == [107, 385, None]


@pytest.mark.parametrize(("text", "doubted"), [("- 5", True), ("-5", False)])
def test_a_sign_apart_from_its_number_is_read_in_doubt(text: str, doubted: bool) -> None:
    cell = Cell(-5, text, doubt=Doubt("not-a-number", ""))
    report = invented_report(replace={"requests/new/research": cell})
    found = tables_of(as_cells(report))["requests"].cell("new", "research")
    assert (found.value, found.doubt is not None) == (-5, doubted)


def test_an_overview_in_the_text_does_not_stand_for_the_table() -> None:
    report = invented_report()
    overview = "| 予以公开 | 3 |\n| 部分公开 | 4 |\n| 重复申请 | 5 |\n| 属于国家秘密 | 6 |\n\n"
    assert score(tables_of(overview + as_cells(report)), expected_of(report)) == Score(200, 0, ())


def test_an_amount_without_any_unit_is_named() -> None:
    report = invented_report("2019")
    cell = tables_of(as_cells(report))["proactive"].cell("procurement", "amount")
    assert cell.value == report.number("proactive/procurement/amount")
    assert cell.doubt is not None and "没有写明单位" in cell.doubt.message


MUTATIONS = ("lose a line", "repeat a line", "join two lines", "lose a cell", "add a cell")


def mutated(text: str, kind: str, position: int, cell: int) -> str:
    """The text with one accident: what a converter or a careless hand does to a dump."""
    lines = text.split("\n")
    at = 8 + position % (len(lines) - 14)
    separator = next((s for s in (" | ", "\t", " ") if lines[at].strip().count(s) > 1), "\t")
    cells = lines[at].split(separator)
    place = 1 + cell % max(len(cells) - 1, 1)
    if kind == "lose a line":
        del lines[at]
    elif kind == "repeat a line":
        lines.insert(at, lines[at])
    elif kind == "join two lines":
        lines[at : at + 2] = [lines[at] + lines[at + 1]]
    elif kind == "lose a cell" and len(cells) > 2:
        lines[at] = separator.join(cells[:place] + cells[place + 1 :])
    elif kind == "add a cell" and len(cells) > 2:
        lines[at] = separator.join([*cells[:place], "", *cells[place:]])
    return "\n".join(lines)


@pytest.mark.parametrize("position", range(24, 60))
@pytest.mark.parametrize("edition", sorted(FORMS))
def test_a_cell_lost_before_blanks_shifts_nothing_in_silence(edition: str, position: int) -> None:
    report = invented_report(edition)
    text = mutated(ALL_LAYOUTS["markdown"](report), "lose a cell", position, 0)
    assert score(tables_of(text), expected_of(report)).silent == ()


@settings(max_examples=60, deadline=None)
@given(
    edition=st.sampled_from(sorted(FORMS)),
    layout=st.sampled_from(sorted(ALL_LAYOUTS)),
    kind=st.sampled_from(MUTATIONS),
    position=st.integers(0, 400),
    cell=st.integers(0, 15),
)
def test_an_accident_in_a_dump_is_never_wrong_in_silence(
    edition: str, layout: str, kind: str, position: int, cell: int
) -> None:
    report = invented_report(edition)
    text = mutated(ALL_LAYOUTS[layout](report), kind, position, cell)
    assert score(tables_of(text), expected_of(report)).silent == ()
