"""Tables of a PDF without ruling: exact where positions are plain, never wrong in silence."""

from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.forms import FORMS
from ingest.parse import parse_bytes
from ingest.report import Cell, Concept, Doubt, Number, Report
from tests import render_unruled
from tests.altered_forms import with_column
from tests.invented import Replacements, invented_report
from tests.render_files import Drawing, draw_tables
from tests.render_unruled import SETTINGS, Setting, as_unruled
from tests.table_score import Score, Tables, codes, expected_of, score


def read_back(report: Report, setting: Setting) -> Tables:
    return parse_bytes(as_unruled(report, setting), "年报.pdf").tables


@pytest.mark.parametrize("edition", FORMS)
@pytest.mark.parametrize("name", SETTINGS)
def test_every_cell_is_read_exactly(name: str, edition: str) -> None:
    report = invented_report(edition)
    expected = expected_of(report)
    assert score(read_back(report, SETTINGS[name]), expected) == Score(len(expected), 0, ())


@pytest.mark.parametrize("name", ["centred", "three pages", "one letter a line", "serial numbers"])
def test_plain_positions_leave_no_doubt(name: str) -> None:
    assert codes(read_back(invented_report(), SETTINGS[name])) == {}


def test_rows_so_tight_that_labels_run_together_are_read_or_named() -> None:
    report = invented_report()
    found = score(read_back(report, Setting(padding=0.5)), expected_of(report))
    assert found.silent == ()
    assert found.right > 150


def test_a_blank_stays_blank_beside_zeros_and_a_blank_row_is_no_missing_row() -> None:
    blanks: Replacements = {
        "requests/denied.law/research": None,
        **{
            f"requests/declined.repeat/{c.id}": None
            for c in FORMS["2021"].tables["requests"].columns("new")
        },
        "requests/granted/total": 0,
    }
    tables = read_back(invented_report(replace=blanks), Setting())
    requests = tables["requests"]
    assert requests.cell("denied.law", "research").state == "blank"
    assert {cell.state for cell in requests.rows["declined.repeat"].values()} == {"blank"}
    assert requests.cell("granted", "total").value == 0
    assert codes(tables) == {}


def test_numbers_that_touch_their_neighbour_are_not_read_as_one() -> None:
    wide: Replacements = {
        f"requests/new/{column}": 10**9 + index
        for index, column in enumerate(("enterprise", "research", "nonprofit", "other"))
    }
    report = invented_report(replace=wide)
    for setting in (Setting("left"), Setting("centre"), Setting("right")):
        found = score(read_back(report, setting), expected_of(report))
        assert found.silent == ()


def test_a_word_broken_over_lines_in_table_four_does_not_hide_its_numbers() -> None:
    words: Replacements = {"disputes/litigation_direct/pending": doubted(None, "无数据")}
    report = invented_report("2019", replace=words)
    found = score(read_back(report, SETTINGS["many at once"]), expected_of(report))
    assert found.silent == ()
    assert found.right > 180


def test_a_number_set_one_digit_a_line_is_no_blank() -> None:
    broken: Replacements = {"disputes/litigation_direct/corrected": doubted(48917, "48,917")}
    report = invented_report(replace=broken)
    found = score(read_back(report, SETTINGS["one letter a line"]), expected_of(report))
    assert found.silent == ()


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        # A number broken in its cell: its first line stands above the row, its last one below.
        (SETTINGS["serial numbers"], "2,836,796"),
        # Labels to the left and numbers to the right: the next label is the nearer one.
        (Setting("right", "left", size=7), "6869675"),
    ],
)
def test_a_blank_beside_a_number_that_may_stand_there_is_doubted(
    setting: Setting, text: str
) -> None:
    number = int(text.replace(",", ""))
    for column in ("natural_person", "nonprofit", "other"):
        for row in ("new", "denied.safety", "carried_over"):
            cells: Replacements = {f"requests/{row}/{column}": doubted(number, text)}
            report = invented_report(replace=cells)
            assert score(read_back(report, setting), expected_of(report)).silent == ()


@pytest.mark.parametrize("setting", [Setting(), Setting("right", "left")])
@pytest.mark.parametrize(("label", "at"), [("上年数", -1), ("序号", 1), ("", -1)])
@pytest.mark.parametrize("edition", FORMS)
def test_a_number_of_a_column_that_the_form_has_not_is_no_cell(
    edition: str, label: str, at: int, setting: Setting
) -> None:
    blanks: Replacements = {
        f"proactive/{cell}": None
        for cell in ("licensing/decisions", "penalties/decisions", "fees/amount", "fees/change")
        if Concept.parse(f"proactive/{cell}") in FORMS[edition].concepts()
    }
    report = invented_report(edition, replace=blanks)

    def drawn(of: Report) -> dict[int, Drawing]:
        return {**draw_tables(of), 2: _with_numbers_beside(draw_tables(of)[2], label, at)}

    with patch.object(render_unruled, "draw_tables", drawn):
        found = score(read_back(report, setting), expected_of(report))
    assert found.silent == ()
    assert found.right > 150


@pytest.mark.parametrize("setting", [Setting(), Setting("right")])
@pytest.mark.parametrize("kept", [0, 1, 2])
@pytest.mark.parametrize("edition", FORMS)
def test_numbers_of_a_column_without_a_label_are_not_taken_for_those_of_blank_cells(
    edition: str, kept: int, setting: Setting
) -> None:
    """As they stand beside each row, they may fill as many columns as the header has labels."""
    blanks: Replacements = {
        f"proactive/{row.id}/{column.id}": None
        for block in FORMS[edition].table("proactive").blocks
        for row in block.rows
        for index, column in enumerate(block.columns)
        if index != kept
    }
    report = invented_report(edition, replace=blanks)

    def drawn(of: Report) -> dict[int, Drawing]:
        return {**draw_tables(of), 2: _with_numbers_beside(draw_tables(of)[2], "", -1)}

    with patch.object(render_unruled, "draw_tables", drawn):
        found = score(read_back(report, setting), expected_of(report))
    assert found.silent == ()


def _with_numbers_beside(cells: Drawing, label: str, at: int) -> Drawing:
    """Table two with a column more, which has a number in each row, under `label`."""
    at = at if at > 0 else max(cell.column + cell.column_span for cell in cells)
    titles = {cell.row for cell in cells if cell.column == 0 and cell.column_span > 1}
    heads = {cell.row for cell in cells if cell.text == "信息内容"}
    rows = {cell.row for cell in cells} - titles
    return with_column(cells, at, {row: label if row in heads else str(500 + row) for row in rows})


TEXTS = st.one_of(
    st.integers(0, 9_999_999).map(lambda n: (n, str(n))),
    st.integers(1000, 9_999_999).map(lambda n: (n, f"{n:,}")),
    st.sampled_from([(None, ""), (None, ""), (None, "/"), (None, "—"), (0, "0"), (None, "无数据")]),
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    edition = draw(st.sampled_from(sorted(FORMS)))
    concepts = list(FORMS[edition].concepts())
    chosen = draw(st.lists(st.sampled_from(concepts), min_size=1, max_size=60))
    replace: dict[Concept | str, Cell | Number | None] = {}
    for concept in chosen:
        value, text = draw(TEXTS)
        replace[concept] = doubted(value, text)
    return invented_report(edition, seed=draw(st.integers(0, 9)), replace=replace)


def doubted(value: Number | None, text: str) -> Cell:
    return Cell(value, text, doubt=Doubt("not-a-number", ""))


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(report=reports(), name=st.sampled_from(sorted(SETTINGS)))
def test_random_cells_are_right_or_named(report: Report, name: str) -> None:
    assert score(read_back(report, SETTINGS[name]), expected_of(report)).silent == ()
