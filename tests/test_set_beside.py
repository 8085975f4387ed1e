"""Agencies set beside each other: bodies of a level, groups by their sums, sides with years of their own."""

import pytest

from assistant.answer import Answer
from assistant.asking import ask
from assistant.model import Turn
from tests.bookcase import Bookcase
from tests.invented import Replacements, invented_report

# Agency, year, new requests, licences and penalties.
COUNTS = (
    ("云溪市人民政府", 2023, 90, 700, 60),
    ("云溪市青禾区水务局", 2022, 4, 20, 1),
    ("云溪市青禾区水务局", 2023, 9, 30, 2),
    ("云溪市青禾区体育局", 2023, 6, 10, 0),
    ("白塔县林业局", 2022, 7, 44, 5),
    ("白塔县林业局", 2023, 12, 50, 3),
    ("白塔县民政局", 2023, 8, 0, 0),
)


def counts_to_cells(new: int, licences: int, penalties: int) -> Replacements:
    return {
        "requests/new/natural_person": new,
        "requests/new/total": new,
        "proactive/licensing/decisions": licences,
        "proactive/penalties/decisions": penalties,
    }


BOOKCASE = Bookcase(
    *(
        invented_report(agency=agency, year=year, replace=counts_to_cells(*counts))
        for agency, year, *counts in COUNTS
    )
)


def answer(question: str, *before: str) -> Answer:
    return ask(question, BOOKCASE, history=[Turn("user", text) for text in before])


def values(found: Answer) -> list[object]:
    return [value.value for value in found.values]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("县里的单位2023年一共收到几件申请", [20]),
        ("区直部门2023年一共收到几件申请", [15]),
        ("区里两个局2023年谁收到的申请多", [9, 6]),
        ("县里哪家2023年申请多", [12, 8]),
    ],
)
def test_the_bodies_of_a_level_are_all_that_lie_in_such_places(
    question: str, expected: list[object]
) -> None:
    assert values(answer(question)) == expected


def test_a_level_that_no_body_held_belongs_to_is_refused() -> None:
    found = answer("镇里的单位2023年收到几件申请")
    assert found.status == "unanswerable"
    assert "镇里的单位" in found.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("县里的局和区里的局2023年申请合计哪边多", [20, 15, 5]),
        ("水务局和体育局2023年申请加起来比林业局多几件", [15, 12, 3]),
        ("林业局2023年许可是水务局和体育局加起来的几倍", [50, 40, 10, 1.25]),
        ("林业局22年和23年的申请合计比市政府2023年少几件", [19, 90, 71]),
    ],
)
def test_two_groups_are_compared_by_what_each_comes_to(
    question: str, expected: list[object]
) -> None:
    assert values(answer(question)) == expected


def test_whether_one_group_has_more_is_answered_with_yes_or_no() -> None:
    assert "不是，" in answer("水务局和体育局2023年加起来收到的申请比市政府多吗").text


def test_two_groups_added_up_are_one_sum() -> None:
    assert values(answer("县里的单位和区里的单位2023年申请一共多少")) == [35]


def test_measures_added_up_are_compared_between_two_agencies() -> None:
    assert values(answer("市政府处罚和许可加起来比林业局多多少，2023年")) == [707]


def test_a_government_added_to_its_bureaus_is_said_to_be_perhaps_counted_twice() -> None:
    assert "合计或有重复" in answer("2023年各单位申请一共多少件").text
    assert "合计或有重复" not in answer("县里的单位2023年一共收到几件申请").text


def test_which_of_several_fell_against_the_year_before_looks_at_both_years() -> None:
    assert values(answer("2023年哪些单位的处罚比上年少了")) == [-2]


def test_many_numbers_with_no_word_of_which_two_are_asked_back() -> None:
    found = answer("差多少", "2023年许可最多的是哪家")
    assert found.status == "clarify"
    assert "哪两个数" in found.text


def test_how_far_the_second_is_from_the_first_is_told_after_both() -> None:
    found = answer("差多少", "2023年许可最多的是哪家", "第二呢")
    assert values(found) == [700, 50, 650]


def test_an_applicant_that_no_measure_counts_is_said() -> None:
    assert "“企业”没有用来查找" in answer("林业局2023年的处罚里面企业多少件").text


def test_all_but_one_kind_of_applicant_is_what_the_others_sent() -> None:
    assert values(answer("林业局2023年非自然人申请几件")) == [0]


def test_a_whole_county_without_a_name_is_said_to_be_every_report() -> None:
    assert "没有说是哪个县" in answer("全县2023年收到多少申请").text


def test_the_year_that_breaks_a_condition_on_every_year_is_named() -> None:
    found = answer("水务局这两年许可都在25件以上吗")
    assert "2022年（20件）" in found.text


def test_a_count_of_bodies_where_one_report_counts_cases_is_said() -> None:
    found = answer("林业局2023年处罚了几家")
    assert values(found) == [3]
    assert "“几家”没有用来查找" in found.text


def test_copies_asked_of_one_report_are_its_requests() -> None:
    assert values(answer("水务局2023年收到申请几份")) == [9]


def test_the_rest_of_a_whole_is_not_answered_with_the_part_before_it() -> None:
    found = answer("其他的呢", "林业局2023年申请几件", "自然人呢")
    assert "“其他的”没有用来查找" in found.text


def test_three_numbers_asked_about_one_after_the_other_are_added_up() -> None:
    found = answer("三项一共", "市政府2023年申请几件", "许可呢", "处罚呢")
    assert values(found)[-1] == 850


def test_one_number_alone_is_not_said_to_be_a_sum() -> None:
    assert "“一共”没有用来查找" in answer("一共呢", "林业局2023年许可几件").text


def test_a_number_denied_is_every_other_number() -> None:
    found = answer("2023年许可不是50件的单位")
    assert "白塔县林业局" not in values(found)
    assert len(values(found)) == 4
