import pytest

from assistant.asking import ask
from assistant.question.vocabulary import LEGAL_APPLICANTS
from ingest.report import Concept, Report
from tests.bookcase import Bookcase
from tests.invented import invented_report

HELD = {"云溪县水务局": 44, "云溪县体育局": 251, "云溪县农业农村局": 6, "云溪县林业局": 6}


def with_new(count: int, agency: str, year: int = 2023) -> Report:
    """A report with `count` new requests, all of natural persons."""
    row: dict[Concept | str, int] = {f"requests/new/{column}": 0 for column in LEGAL_APPLICANTS}
    row["requests/new/natural_person"] = row["requests/new/total"] = count
    return invented_report(agency=agency, year=year, replace={**row})


BOOKCASE = Bookcase(
    *(with_new(count, agency) for agency, count in HELD.items()),
    with_new(900, "云溪县水务局", 2022),
)


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("水务局2023年新收申请最多吗？", "不是，云溪县水务局2023年新收政府信息公开申请44件"),
        ("水务局是2023年新收申请最多的单位吗？", "不是，"),
        ("体育局2023年新收申请是不是最多的？", "是，云溪县体育局2023年"),
        ("体育局2023年新收申请最少吗？", "不是，"),
    ],
)
def test_a_superlative_said_of_one_agency_is_held_against_all_of_that_year(
    question: str, opening: str
) -> None:
    assert ask(question, BOOKCASE).text.startswith(opening)


def test_who_does_lead_is_said_with_its_number() -> None:
    answer = ask("水务局2023年新收申请最多吗？", BOOKCASE)
    assert "从多到少第二。" in answer.text
    assert "最多的是云溪县体育局2023年，251件。" in answer.text
    assert [(v.agency, v.value) for v in answer.values] == [
        ("云溪县水务局", 44),
        ("云溪县体育局", 251),
    ]


@pytest.mark.parametrize("question", ["水务局2023年新收申请排第几？", "水务局2023年新收申请的排名"])
def test_a_rank_asked_for_is_given(question: str) -> None:
    assert "从多到少第二。" in ask(question, BOOKCASE).text


def test_equal_numbers_share_a_rank() -> None:
    answer = ask("林业局2023年新收申请排第几？", BOOKCASE)
    assert "并列第三" in answer.text


def test_its_own_extreme_over_the_years_is_no_matter_of_others() -> None:
    answer = ask("水务局哪年新收申请最多？", BOOKCASE)
    assert [(v.year, v.value) for v in answer.values] == [(2022, 900)]


def test_a_number_taken_for_granted_beside_the_rank_is_corrected() -> None:
    wrong = ask("体育局2023年新收588件申请是最多的吗？", BOOKCASE).text
    assert wrong.startswith("是，云溪县体育局2023年新收政府信息公开申请251件")
    assert wrong.endswith("您说的588件与报告不符。")
    assert "不符" not in ask("体育局2023年新收251件申请是最多的吗？", BOOKCASE).text
