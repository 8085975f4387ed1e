"""The catalogue catches what people get wrong: a small run of the mutation benchmark."""

import random

import pytest

from tests.bench.clean import clean_reports
from tests.bench.mutants import ARITHMETIC, OTHERS
from tests.bench.mutations import LEAST_ARITHMETIC, LEAST_OTHER, checked, rows, tally, total
from tests.render_text import as_cells

REPORTS = clean_reports()
FEW = 3


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_clean_report_has_no_error_however_it_is_written(edition: str) -> None:
    for name, report in clean_reports(edition).items():
        for writer in (None, as_cells):
            grave = [f for f in checked(report, writer).findings if f.severity != "notice"]
            assert [(name, f.rule, f.message) for f in grave] == []


def test_nearly_every_arithmetic_mistake_is_caught_and_no_other_error_raised() -> None:
    chance = random.Random(7)
    tallies = {n: tally(m, REPORTS, {"": None}, FEW, chance) for n, m in ARITHMETIC.items()}
    whole = total(tallies.values())
    assert whole.share >= LEAST_ARITHMETIC, "\n".join(rows(tallies))
    assert whole.located == whole.caught
    assert whole.single == whole.tried
    assert whole.false_errors == 0


def test_nearly_every_other_mistake_is_caught_and_no_other_error_raised() -> None:
    chance = random.Random(7)
    tallies = {n: tally(m, REPORTS, {"": None}, FEW, chance) for n, m in OTHERS.items()}
    whole = total(tallies.values())
    assert whole.share >= LEAST_OTHER, "\n".join(rows(tallies))
    assert whole.single == whole.tried
    assert whole.false_errors == 0
