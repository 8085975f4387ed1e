"""The count of right and wrong cells itself: what it prints, and that it fails where it must."""

import pytest

from ingest.report import Report
from tests import accuracy
from tests.accuracy import Tally, main, tallies
from tests.invented import invented_report
from tests.render_text import as_cells
from tests.table_score import Score


def test_every_family_is_counted_and_nothing_is_wrong_in_silence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text_only = ["Word", "web page", "text", "Markdown", "flattened"]
    assert main(["--documents", "4", "--seed", "3", "--only", *text_only]) == 0
    printed = capsys.readouterr().out
    assert all(f"{family}, " in printed for family in text_only)


def test_a_cell_wrong_in_silence_is_named_and_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The layout writes another number than the report holds."""

    def misprinted(report: Report, chance: object) -> str:
        return as_cells(invented_report(report.format or "", replace={"requests/new/total": 4711}))

    monkeypatch.setattr(accuracy, "FAMILIES", {"text": ("年报.txt", {"cells": misprinted})})
    assert main(["--documents", "1", "--only", "text"]) == 1
    assert "seed 1:" in capsys.readouterr().out


def test_one_seed_always_gives_the_same_documents() -> None:
    first, second = (dict(tallies("Word", 2, seed=5)) for _ in range(2))
    assert first == second


def test_a_tally_keeps_the_first_faults_of_each_document() -> None:
    tally = Tally()
    tally.add(Score(5, 1, ("甲", "乙", "丙", "丁")), "seed 9")
    assert (tally.documents, tally.right, tally.warned, tally.silent) == (1, 5, 1, 4)
    assert tally.faults == ["seed 9: 甲", "seed 9: 乙", "seed 9: 丙"]
