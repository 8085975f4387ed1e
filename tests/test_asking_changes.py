"""Questions on changes, shares, multiples, first years and steps, end to end over invented reports."""

import pytest

from assistant.answer import Answer
from assistant.asking import ask
from assistant.model import Turn
from ingest.report import Cell, Concept, Number, Report
from tests.invented import invented_report
from tests.shelf import Shelf
from vectorstore.library import Library

CIVIL, POLICE, HEALTH = "白石市民政局", "柳溪县公安局", "白石市卫生健康委员会"
APPLICANTS = ("natural_person", "enterprise", "research", "nonprofit", "legal_service", "other")


def _report(agency: str, year: int, natural: int, firms: int, licences: int) -> Report:
    """A report that received so many requests of people and of firms, and gave so many licences."""
    cells: dict[Concept | str, Cell | Number | None] = {f"requests/new/{a}": 0 for a in APPLICANTS}
    cells |= {"requests/new/natural_person": natural, "requests/new/enterprise": firms}
    cells |= {"requests/new/total": natural + firms, "proactive/licensing/decisions": licences}
    return invented_report(agency=agency, year=year, replace=cells)


@pytest.fixture
def library() -> Library:
    return Shelf(
        [
            _report(CIVIL, 2022, 10, 10, 300),
            _report(CIVIL, 2023, 30, 12, 250),
            _report(POLICE, 2022, 40, 0, 900),
            _report(POLICE, 2023, 36, 0, 20),
            _report(HEALTH, 2023, 4, 1, 40),
        ]
    ).as_library()


def names(answer: Answer) -> list[object]:
    return [value.value for value in answer.values]


def test_a_bound_on_growth_is_not_a_bound_on_the_number(library: Library) -> None:
    answer = ask("2023年申请比2022年增长超过50%的单位", library)
    assert "42件" in answer.text
    assert names(answer) == [22, 110]
    assert HEALTH in answer.text.partition("没有另一个年度")[0]


def test_a_fall_that_is_asked_about_is_denied_where_it_grew(library: Library) -> None:
    assert ask("民政局2023年申请比上年下降一成以上了吗", library).text.startswith("不是：")
    assert ask("公安局2023年申请比上年下降一成以上了吗", library).text.startswith("是：")


def test_so_many_tenths_are_a_share_and_no_number_of_cases(library: Library) -> None:
    assert names(ask("2023年自然人申请超过八成的单位", library)) == [POLICE]
    assert names(ask("2023年只有自然人提申请的单位", library)) == [POLICE]


def test_a_number_may_be_compared_with_a_multiple_of_another(library: Library) -> None:
    assert names(ask("2023年自然人申请是企业的三倍以上的单位", library)) == [POLICE, HEALTH]
    assert names(ask("2023年申请比许可多的单位", library)) == [POLICE]


def test_who_has_most_over_two_years_adds_up_the_years(library: Library) -> None:
    answer = ask("2022年和2023年许可谁多", library)
    assert names(answer) == [920]
    assert "单看一个年度" in answer.text
    assert f"{HEALTH}（2023年）没有收全这些年度" in answer.text


def test_the_second_step_is_about_those_that_the_first_found(library: Library) -> None:
    assert names(ask("2023年申请超过10件的单位里谁的许可最少", library)) == [20]
    assert names(ask("2023年申请超过10件的单位许可一共多少件", library)) == [270]


def test_a_follow_up_to_a_filter_is_about_those_that_met_it(library: Library) -> None:
    first = ask("2023年哪些单位申请超过10件", library)
    history = [Turn("user", first.question), Turn("assistant", first.text)]
    assert names(ask("其中企业的呢", library, history=history)) == [0, 12]


def test_others_are_compared_with_the_agency_that_is_named(library: Library) -> None:
    assert names(ask("2023年许可比卫健委多的单位", library)) == [CIVIL]


def test_each_year_may_have_a_condition_of_its_own(library: Library) -> None:
    answer = ask("2022年许可超过500件而2023年不到100件的单位", library)
    assert names(answer) == [POLICE]
    assert f"{HEALTH}2023年未作判断" in answer.text


def test_the_first_year_alone_is_given(library: Library) -> None:
    answer = ask("民政局申请首次超过30件是哪一年", library)
    assert [value.year for value in answer.values] == [2023]


def test_a_number_that_no_part_of_the_answer_uses_is_named(library: Library) -> None:
    assert "“100件”没有用来查找" in ask("民政局2023年每许可100件对应几件申请", library).text
    assert "没有用来查找" not in ask("2023年申请超过10件的单位", library).text


def test_a_count_of_years_that_is_not_the_answers_is_said(library: Library) -> None:
    assert "您说的是三年" in ask("公安局三年一共许可多少件", library).text


def test_a_mean_is_rounded_as_people_round(library: Library) -> None:
    assert names(ask("2022年和2023年民政局企业申请平均几件", library)) == [11]
    assert names(ask("2023年哪些单位申请低于平均", library))[:1] == [27.7]


def test_a_number_of_the_question_is_not_found_again_within_other_numbers(library: Library) -> None:
    """3 stands in 2023, and 3件 is not 3%."""
    asked = ask("各单位2023年申请量的3%是多少", library)
    assert "“3%”没有用来查找" in asked.text


@pytest.mark.parametrize("share", ["三成", "30%", "百分之三十"])
def test_a_share_of_another_number_is_a_bound(share: str, library: Library) -> None:
    told = ask(f"2023年企业申请不到自然人{share}的单位", library).text
    assert "的百分之三十的有" in told and "没有用来查找" not in told
