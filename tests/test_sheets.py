"""Statutory tables that share one page, side by side or one under another, are never mixed up."""

import random

import pytest

from ingest.parse import parse_bytes
from tests.invented import invented_report
from tests.random_reports import random_report
from tests.render_sheet import ARRANGEMENTS, as_sheet
from tests.table_score import Score, expected_of, score

_APART = [name for name in ARRANGEMENTS if name != "two touching three"]


@pytest.mark.parametrize("arrangement", _APART)
def test_ruled_tables_on_one_page_are_read_exactly(arrangement: str) -> None:
    report = invented_report()
    expected = expected_of(report)
    tables = parse_bytes(as_sheet(report, arrangement), "年报.pdf").tables
    assert score(tables, expected) == Score(len(expected), 0, ())


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("gap", [0, 14])
def test_tables_without_headings_one_under_another_are_read_exactly(
    ruled: bool, gap: float
) -> None:
    report = invented_report("2019")
    expected = expected_of(report)
    data = as_sheet(report, "one under another", ruled=ruled, headed=False, gap=gap)
    assert score(parse_bytes(data, "年报.pdf").tables, expected) == Score(len(expected), 0, ())


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_no_cell_on_a_shared_page_is_wrong_in_silence(arrangement: str, ruled: bool) -> None:
    report = random_report(random.Random(200))
    tables = parse_bytes(as_sheet(report, arrangement, ruled=ruled), "年报.pdf").tables
    assert score(tables, expected_of(report)).silent == ()


def test_the_total_of_table_four_beside_table_three_is_not_taken_for_its_own() -> None:
    report = invented_report("2019")
    tables = parse_bytes(as_sheet(report, "four beside three", ruled=False), "年报.pdf").tables
    expected = {c: v for c, v in expected_of(report).items() if c.table == "requests"}
    assert score(tables, expected).right == len(expected)
