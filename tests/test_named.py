"""Which passages are of the agency and year that a question names."""

import pytest

from ingest.chunk import Chunk
from ingest.report import Place
from vectorstore.chunks import Held
from vectorstore.named import ELSEWHERE, fits

CHUNK = Chunk("本年新收12件。", "", Place())
FOUND = {
    1: Held(1, "a", "鹿鸣市住房和城乡建设局", 2024, CHUNK),
    2: Held(2, "b", "鹿鸣市教育局", 2024, CHUNK),
    3: Held(3, "c", "鹿鸣市住房和城乡建设局", 2023, CHUNK),
    4: Held(4, "d", "鹿鸣市教育局", 2023, CHUNK),
}


@pytest.mark.parametrize("agency", ["鹿鸣市住房和城乡建设局", "鹿鸣市住建局"])
def test_passages_of_the_agency_and_year_named_count_whole(agency: str) -> None:
    once, twice = ELSEWHERE, ELSEWHERE * ELSEWHERE
    found = fits(f"{agency}2024年没办完的申请", FOUND)
    assert found == {1: 1, 2: once, 3: once, 4: pytest.approx(twice)}


@pytest.mark.parametrize(
    "question", ["没办完的申请", "教育经费公开", "市里的城乡建设", "海平市司法局的申请"]
)
def test_a_question_that_names_none_of_them_sets_none_apart(question: str) -> None:
    assert set(fits(question, FOUND).values()) == {1}


def test_full_width_years_and_numbers_that_are_no_years_are_told_apart() -> None:
    assert fits("２０２３年的申请", FOUND)[3] == 1
    assert fits("２０２３年的申请", FOUND)[1] == ELSEWHERE
    assert set(fits("新收12023件", FOUND).values()) == {1}
