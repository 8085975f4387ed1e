"""Questions on growth a year, on the mean and the median, on years turned round; end to end."""

import pytest

from assistant.answer import Answer
from assistant.asking import ask
from assistant.model import Turn
from ingest.report import Cell, Concept, Number, Report
from tests.invented import invented_report
from tests.shelf import Shelf
from vectorstore.library import Library

CIVIL, POLICE, HEALTH = "白石市民政局", "柳溪县公安局", "柳溪县自然资源局"
APPLICANTS = ("natural_person", "enterprise", "research", "nonprofit", "legal_service", "other")


def _report(agency: str, year: int, natural: int, firms: int, refused: int = 0) -> Report:
    """A report that received so many requests of people and of firms, and refused some for secrecy."""
    cells: dict[Concept | str, Cell | Number | None] = {f"requests/new/{a}": 0 for a in APPLICANTS}
    cells |= {"requests/new/natural_person": natural, "requests/new/enterprise": firms}
    cells |= {"requests/new/total": natural + firms}
    cells |= {"requests/denied.law/natural_person": refused, "requests/denied.law/total": refused}
    return invented_report(agency=agency, year=year, replace=cells)


@pytest.fixture
def library() -> Library:
    return Shelf(
        [
            _report(CIVIL, 2021, 10, 0),
            _report(CIVIL, 2022, 10, 10),
            _report(CIVIL, 2023, 30, 10, refused=4),
            _report(POLICE, 2022, 40, 0),
            _report(POLICE, 2023, 36, 2),
            _report(HEALTH, 2022, 0, 0),
            _report(HEALTH, 2023, 4, 5),
        ]
    ).as_library()


def names(answer: Answer) -> list[object]:
    return [value.value for value in answer.values]


def test_growth_a_year_is_given_as_a_number_and_as_a_compound_rate(library: Library) -> None:
    answer = ask("民政局2021到2023年申请年均增长多少", library)
    assert names(answer) == [15, 30, 100]
    assert "复合增长率" in answer.text


def test_there_is_no_rate_of_growth_from_zero(library: Library) -> None:
    answer = ask("柳溪县自然资源局2022到2023年申请年均增长率", library)
    assert names(answer) == [9, 9]
    assert "首年为零" in answer.text


def test_a_mean_a_year_stays_a_mean(library: Library) -> None:
    assert names(ask("民政局2021到2023年申请年均多少件", library))[0] == 23.3


def test_those_above_the_median_are_named(library: Library) -> None:
    answer = ask("2023年哪些单位申请高于中位数", library)
    assert names(answer) == [38, CIVIL]
    assert "没有用来查找" not in answer.text


def test_one_agency_is_told_whether_it_lies_above_the_median(library: Library) -> None:
    assert "不是：" in ask("自然资源局2023年申请高于中位数吗", library).text


def test_the_earlier_year_may_be_set_against_the_later(library: Library) -> None:
    answer = ask("2022年申请比2023年多的单位有哪些", library)
    assert names(answer) == [-2]
    assert POLICE in answer.text.partition("。")[0]
    assert ask("公安局2022年申请比2023年多2件吗", library).text.startswith("与报告相符")


def test_the_reports_of_one_place_are_added_up(library: Library) -> None:
    assert names(ask("柳溪县2023年申请合计多少", library)) == [47]


def test_a_bound_on_growth_without_a_measure_is_asked_back_and_kept(library: Library) -> None:
    question = "哪些单位2023年比2022年增长超过50%"
    asked = ask(question, library)
    assert asked.status == "clarify"
    history = [Turn("user", question), Turn("assistant", asked.text)]
    assert names(ask("申请", library, history=history)) == [20, 100]


def test_a_comparison_without_a_measure_is_asked_back(library: Library) -> None:
    assert ask("民政局2023年超过公安局吗", library).status == "clarify"
    answer = ask("民政局2023年申请超过公安局吗", library)
    assert answer.text.startswith("是，")


def test_the_largest_part_may_leave_one_part_out(library: Library) -> None:
    answer = ask("民政局2023年除自然人外谁提得最多", library)
    assert names(answer) == [10]
    assert "商业企业" in answer.text


def test_so_many_of_a_whole_to_one_of_its_part(library: Library) -> None:
    answer = ask("民政局2023年每几件申请就有一件因法律禁止不予公开", library)
    assert names(answer) == [10]
    assert "每10件有一件" in answer.text


def test_a_change_of_a_share_is_in_percentage_points(library: Library) -> None:
    answer = ask("民政局2023年企业申请占比比2022年高几个百分点", library)
    assert [(v.value, v.unit) for v in answer.values] == [(-25, "个百分点")]


def test_the_sum_of_one_year_may_be_so_many_per_cent_of_another(library: Library) -> None:
    answer = ask("2022年民政局和公安局两家申请加一块是2023年两家加一块的百分之几", library)
    assert 76.92 in names(answer)


def test_a_share_may_follow_a_number(library: Library) -> None:
    answer = ask("2023年民政局法律禁止的几件，占新收多少", library)
    assert 10 in names(answer)


def test_the_year_of_the_outer_question_is_that_of_the_inner_one(library: Library) -> None:
    answer = ask("申请最多的单位22年企业提了几件", library)
    assert POLICE in answer.text
    assert "2023" not in answer.text


def test_an_agency_that_is_not_held_is_named_as_typed(library: Library) -> None:
    assert "“卫生健康局”" in ask("卫生健康局2023年收到几件申请", library).text


def test_a_bureau_is_known_by_its_nickname(library: Library) -> None:
    assert names(ask("资源局2023年收到几件申请", library)) == [9]


def test_a_change_of_a_change_is_said_not_to_be_understood(library: Library) -> None:
    answer = ask("民政局23年比22年多收的申请，比22年比21年多收的多多少", library)
    assert "没有用来查找" in answer.text or 10 in names(answer)
