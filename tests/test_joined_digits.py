"""Digits that have run together: cut only when one reading is possible, and said to be a guess."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.forms import FORM_2021
from ingest.joined_digits import cut_digits
from ingest.report import Concept, Number
from tests.invented import invented_report
from tests.render_text import as_lines
from tests.table_score import codes, expected_of, score, tables_of


@pytest.mark.parametrize(
    ("tokens", "columns", "totals", "cells"),
    [
        (["0000000"], 7, [6], "0 0 0 0 0 0 0"),
        (["1000001"], 7, [6], "1 0 0 0 0 0 1"),
        (["0", "00", "0000"], 7, [6], "0 0 0 0 0 0 0"),
        (["80000012"], 7, [6], None),
        (["8", "0", "00", "4012"], 7, [6], "8 0 0 0 4 0 12"),
        (["2002"], 7, [6], None),
        (["12000012"], 7, [6], None),
        (["000"], 3, [], "0 0 0"),
        (["100"], 3, [], None),
        (["0" * 15], 15, [4, 9, 14], " ".join("0" * 15)),
        (["10001" + "0" * 10], 15, [4, 9, 14], "1 0 0 0 1 " + " ".join("0" * 10)),
        (["10000" + "0" * 10], 15, [4, 9, 14], None),
        (["9" * 30], 7, [6], None),
        (["1.5000000"], 7, [6], None),
    ],
)
def test_digits_are_cut_when_only_one_reading_adds_up(
    tokens: list[str], columns: int, totals: list[int], cells: str | None
) -> None:
    assert cut_digits(tokens, columns, totals) == (cells.split() if cells else None)


@given(row=st.lists(st.integers(0, 120), min_size=6, max_size=6), cuts=st.sets(st.integers(1, 6)))
def test_a_row_that_adds_up_is_cut_right_or_not_at_all(row: list[int], cuts: set[int]) -> None:
    cells = [str(number) for number in (*row, sum(row))]
    found = cut_digits(joined(cells, cuts), 7, [6])
    assert found in (None, cells)


@given(
    row=st.lists(st.one_of(st.none(), st.integers(0, 30)), min_size=6, max_size=6),
    cuts=st.sets(st.integers(1, 6)),
)
def test_a_row_with_blanks_is_never_cut(row: list[int | None], cuts: set[int]) -> None:
    total = sum(number or 0 for number in row)
    cells = [str(number) for number in (*row, total) if number is not None]
    found = cut_digits(joined(cells, cuts), 7, [6])
    assert found in ((None, cells) if None not in row else (None,))


def joined(cells: list[str], cuts: set[int]) -> list[str]:
    """The cells with a separator left only at the places in `cuts`."""
    tokens = [""]
    for position, cell in enumerate(cells):
        if position in cuts:
            tokens.append("")
        tokens[-1] += cell
    return tokens


def flattened(seed: int, *, touching: bool) -> tuple[str, dict[Concept, Number | None]]:
    """A balanced report whose rows of small numbers have lost separators at random places."""
    chance = random.Random(seed)
    report = invented_report(balanced=True, seed=seed, replace=small_rows(chance))
    lines = []
    for line in as_lines(report).split("\n"):
        label, *cells = line.split(" ")
        if len(cells) > 1 and all(cell.isdigit() for cell in cells):
            kept = {n for n in range(1, len(cells)) if chance.random() < 0.3}
            line = label + ("" if touching else " ") + " ".join(joined(cells, kept))
        lines.append(line)
    return "\n".join(lines), expected_of(report)


def small_rows(chance: random.Random) -> dict[Concept | str, Number | None]:
    cells: dict[Concept | str, Number | None] = {}
    columns = [column.id for column in FORM_2021.tables["requests"].columns("new")]
    for row in FORM_2021.tables["requests"].rows:
        numbers: list[Number] = [chance.choice((0, 0, 0, 0, 1, 3, 14)) for _ in columns[:-1]]
        for column, number in zip(columns, [*numbers, sum(numbers)], strict=True):
            cells[f"requests/{row}/{column}"] = number
    return cells


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), touching=st.booleans())
def test_no_number_of_a_flattened_table_is_wrong_without_a_warning(
    seed: int, touching: bool
) -> None:
    text, expected = flattened(seed, touching=touching)
    assert score(tables_of(text), expected).silent == ()


def test_zeros_run_together_are_read_and_said_to_be_a_guess() -> None:
    zeros: dict[Concept | str, Number | None] = dict.fromkeys(
        FORM_2021.tables["requests"].concepts(), 0
    )
    report = invented_report(replace=zeros)
    text = as_lines(report).replace(" 0 0 0 0 0 0 0", " 0000000")
    tables = tables_of(text)
    assert score(tables, expected_of(report)).right == 200
    assert codes(tables) == {"digits-joined": 7 * len(FORM_2021.tables["requests"].rows)}


def with_one_joined_row(over: int) -> tuple[str, dict[Concept, Number | None]]:
    """Zeros but for 12 requests carried in, whose row ran together, and `over` carried over."""
    cells: dict[Concept | str, Number | None] = dict.fromkeys(
        FORM_2021.tables["requests"].concepts(), 0
    )
    for column in ("enterprise", "total"):
        cells[f"requests/carried_in/{column}"] = 12
        cells[f"requests/carried_over/{column}"] = over
    cells["requests/carried_in/natural_person"] = None
    report = invented_report(replace=cells)
    return as_lines(report).replace("数量  12 0 0 0 0 12", "数量 12000012"), expected_of(report)


def test_columns_decide_where_the_row_alone_cannot_and_even_which_cell_is_blank() -> None:
    text, expected = with_one_joined_row(12)
    tables = tables_of(text)
    assert score(tables, expected).right == 200
    row = tables["requests"].rows["carried_in"]
    assert row["natural_person"].state == "blank"
    assert {cell.doubt.code for cell in row.values() if cell.doubt} == {"digits-joined"}


def test_columns_that_do_not_add_up_decide_nothing() -> None:
    text, expected = with_one_joined_row(11)
    tables = tables_of(text)
    assert score(tables, expected).silent == ()
    assert {cell.value for cell in tables["requests"].rows["carried_in"].values()} == {None}


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_columns_never_give_a_wrong_number_of_a_balanced_table(seed: int) -> None:
    chance = random.Random(seed)
    report = invented_report(balanced=True, seed=seed)
    lines = []
    for line in as_lines(report).split("\n"):
        label, *cells = line.split(" ")
        is_joined = len(cells) == 7 and all(map(str.isdigit, cells)) and chance.random() < 0.2
        lines.append(f"{label} {''.join(cells)}" if is_joined else line)
    tables = tables_of("\n".join(lines))
    assert score(tables, expected_of(report)).silent == ()
    for concept, value in expected_of(report).items():
        assert tables[concept.table].cells[concept].value in (value, None)
