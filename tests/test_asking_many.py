"""What makes a question over many reports quick must not change what it answers."""

from pathlib import Path

import pytest

from assistant.lookup.readings import read_measure
from assistant.measure import Measure
from assistant.question.agencies import directory
from assistant.question.years import find_years
from ingest.report import Concept
from tests.bench.shelves import shelve

NEW = Concept("requests", "new", "total")
RECEIVED = Measure("新收申请", "件", "cells", (NEW,))


@pytest.mark.parametrize("count", [2, 7, 11, 20])
def test_a_measure_is_the_same_however_many_reports_it_is_read_with(
    tmp_path: Path, count: int
) -> None:
    with shelve(tmp_path, 20) as library:
        entries = library.entries()
        together = read_measure(RECEIVED, entries[:count], library)
        alone = [read_measure(RECEIVED, [entry], library)[0] for entry in entries[:count]]
    assert [(r.value, r.state, r.unit) for r in together] == [
        (r.value, r.state, r.unit) for r in alone
    ]
    assert [r.citations for r in together] == [r.citations for r in alone]
    assert all(r.citations[0].place.row == "new" for r in together)


@pytest.mark.parametrize("word", ["去年", "前年", "上年", "上一年度", "当年", "次年", "下一年"])
def test_words_that_count_years_from_another_are_heard_beside_a_year(word: str) -> None:
    assert word not in find_years(f"2022年与{word}相比", 2023).rest


def test_the_longest_name_is_found_whatever_other_names_begin_alike() -> None:
    names = directory(("云溪市水务局", "云溪市水务局青禾分局", "云溪市教育局"))
    (mention,) = names.find("云溪市水务局青禾分局2023年新收多少件").mentions
    assert mention.agencies == ("云溪市水务局青禾分局",)
