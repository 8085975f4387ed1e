"""Questions with conditions, exclusions, sums of several measures and runs of years, end to end."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Answer
from assistant.asking import ask
from assistant.model import Turn
from ingest.report import Cell, Concept, Number, Report
from tests.invented import invented_report
from tests.shelf import Shelf
from vectorstore.library import Library

CIVIL, POLICE, HEALTH = "白石市民政局", "柳溪县公安局", "白石市卫生健康委员会"


def _report(agency: str, year: int, **cells: int | None) -> Report:
    """A report in which the cells named (new, natural, review, …) hold these numbers."""
    places = {
        "new": "requests/new/total",
        "natural": "requests/new/natural_person",
        "carried_in": "requests/carried_in/total",
        "done": "requests/total/total",
        "left": "requests/carried_over/total",
        "secret": "requests/denied.state_secret/total",
        "review": "disputes/reconsideration/total",
        "corrected": "disputes/reconsideration/corrected",
        "direct": "disputes/litigation_direct/total",
        "after": "disputes/litigation_after_reconsideration/total",
        "issued": "proactive/normative_documents/issued",
        "repealed": "proactive/normative_documents/repealed",
    }
    # Parts of a total are left blank, so that none of them contradicts it.
    changes: dict[Concept | str, Cell | Number | None] = {
        f"{row}/{column}": None
        for row, columns in (
            ("requests/new", ("enterprise", "research", "nonprofit", "legal_service", "other")),
            ("requests/new", ("natural_person",)),
            ("disputes/reconsideration", ("upheld", "other", "pending")),
            ("disputes/litigation_direct", ("upheld", "corrected", "other", "pending")),
            (
                "disputes/litigation_after_reconsideration",
                ("upheld", "corrected", "other", "pending"),
            ),
        )
        for column in columns
    }
    changes |= {places[name]: value for name, value in cells.items()}
    return invented_report(agency=agency, year=year, replace=changes)


@pytest.fixture
def library() -> Library:
    return Shelf(
        [
            _report(CIVIL, 2022, new=78, natural=30, review=3, direct=2, after=1),
            _report(
                CIVIL,
                2023,
                new=87,
                natural=45,
                review=5,
                direct=4,
                after=2,
                carried_in=3,
                done=90,
                left=0,
                issued=4,
                repealed=0,
                corrected=3,
            ),
            _report(
                POLICE,
                2022,
                new=102,
                natural=58,
                review=3,
                direct=3,
                after=2,
            ),
            _report(
                POLICE,
                2023,
                new=93,
                natural=51,
                review=2,
                direct=7,
                after=7,
                carried_in=1,
                done=92,
                left=1,
                issued=0,
                repealed=6,
                corrected=0,
            ),
            _report(HEALTH, 2023, new=104, natural=45, review=4, direct=5, after=3, corrected=0),
        ]
    ).as_library()


def _values(answer: Answer) -> list[object]:
    return [value.value for value in answer.values]


def _asked(question: str, library: Library) -> list[object]:
    answer = ask(question, library)
    assert answer.status == "answered", answer.text
    return _values(answer)


def test_a_bound_that_is_denied_is_turned_round(library: Library) -> None:
    assert _asked("2023年申请没有超过90件的单位", library) == [CIVIL]


def test_whether_there_is_one_beyond_a_bound_denies_nothing(library: Library) -> None:
    assert _asked("2023年有没有超过100件的单位", library) == [HEALTH]


def test_a_condition_without_a_measure_is_on_the_requests_and_says_so(library: Library) -> None:
    answer = ask("2023年超过90件且没有复议纠正的单位", library)
    assert set(_values(answer)) == {POLICE, HEALTH}
    assert "新收政府信息公开申请超过90件，且行政复议结果纠正为零" in answer.text


def test_each_side_of_or_keeps_its_own_bound(library: Library) -> None:
    answer = ask("2023年新收超过100件或者诉讼超过10件的单位", library)
    assert set(_values(answer)) == {POLICE, HEALTH}
    assert "超过100件，或行政诉讼案件超过10件" in answer.text


def test_what_only_one_of_two_was_done_to_is_not_both(library: Library) -> None:
    assert _asked("2023年规范性文件只废止没制发的单位", library) == [POLICE]


def test_a_condition_on_every_year_is_not_met_in_one(library: Library) -> None:
    names = _asked("哪些单位两年的申请都没超过100件", library)
    assert set(names) == {CIVIL}


def test_what_is_left_out_is_taken_off(library: Library) -> None:
    assert _asked("公安局2023年除了自然人以外收到多少件", library) == [42]


def test_what_was_carried_over_is_no_part_of_what_was_received(library: Library) -> None:
    assert _asked("民政局2023年申请数不算结转是多少件", library) == [87]


def test_an_exclusion_that_cannot_be_made_is_named(library: Library) -> None:
    answer = ask("公安局2023年行政复议不算重复申请的，一共几件", library)
    assert "没有用来查找" in answer.text


def test_measures_added_up_are_ranked_as_one(library: Library) -> None:
    assert _asked("2023年复议和诉讼加起来最多的单位是哪家", library) == [16]


def test_measures_added_up_over_all_reports_come_to_one_number(library: Library) -> None:
    assert _asked("2023年复议和诉讼一共多少件", library) == [11, 28, 39]


def test_agencies_with_more_than_the_year_before_are_found(library: Library) -> None:
    answer = ask("2023年申请比去年多的单位有哪些", library)
    assert [(value.value, value.agency) for value in answer.values] == [(9, CIVIL)]
    assert f"{HEALTH}2023年没有另一个年度的数，未作比较" in answer.text


def test_a_run_of_years_needs_every_year(library: Library) -> None:
    answer = ask("连续一年申请增加的单位有哪些", library)
    assert _values(answer) == [CIVIL]
    assert f"{HEALTH}未作判断" in answer.text


def test_two_sides_set_equal_are_reckoned(library: Library) -> None:
    answer = ask("民政局2023年新收加上年结转等于办结加结转下年吗", library)
    assert answer.text.startswith(f"相等：{CIVIL}2023年")


def test_a_number_of_agencies_that_the_library_does_not_hold_is_said(library: Library) -> None:
    answer = ask("白石市三个局2023年合计收到多少申请", library)
    assert _values(answer) == [191]
    assert "您说的是三家，资料库中有关的是两家" in answer.text


def test_who_in_a_place_asks_among_its_agencies(library: Library) -> None:
    assert _asked("白石市2023年谁的申请最少", library) == [87]


def test_the_first_signed_is_found_and_a_date_before_its_years_end_is_doubted() -> None:
    early = replace(_report(CIVIL, 2023, new=1), signed_on=date(2023, 1, 9))
    late = replace(_report(POLICE, 2023, new=1), signed_on=date(2024, 1, 22))
    answer = ask("2023年哪家落款最早", Shelf([early, late]).as_library())
    assert [value.agency for value in answer.values] == [CIVIL, POLICE]
    assert "早于该年度结束" in answer.text


def test_a_false_premise_before_why_is_corrected(library: Library) -> None:
    answer = ask("民政局2023年收到53件申请，为什么这么多", library)
    assert answer.text.startswith("您说的53件与报告不符")


def test_two_questions_in_one_breath_are_both_answered(library: Library) -> None:
    assert _asked("2023年谁收到申请最多，谁最少", library) == [104, 87]
    assert _asked("2023年申请最多的是哪家，平均多少件", library) == [104, 94.7]


def test_a_number_and_a_text_question_are_both_answered(library: Library) -> None:
    answer = ask("民政局2023年收到多少申请，存在什么问题", library)
    assert _values(answer) == [87]
    assert "公共数据目录更新滞后" in answer.text


def test_an_operation_beside_the_one_done_is_named(library: Library) -> None:
    answer = ask("民政局2023年新收申请最多的中位数排名", library)
    assert "“中位数”" in answer.text or answer.status != "answered"


def test_who_mentions_something_says_how_many_reports_were_read(library: Library) -> None:
    answer = ask("2023年哪些单位提到数据目录", library)
    assert "逐份查过" in answer.text


def test_whether_there_was_any_and_how_many_were_lost_are_two_numbers(library: Library) -> None:
    answer = ask("民政局2023年有没有被复议，被纠正几件", library)
    assert _values(answer) == [5, 3]


def test_a_number_without_a_bound_is_met_exactly(library: Library) -> None:
    assert _asked("2023年新收93件的是哪家", library) == [POLICE]


def test_which_of_two_rows_is_more_follows_the_order_of_the_words(library: Library) -> None:
    names = _asked("2023年办结比新收多的单位有哪些", library)
    assert CIVIL in names
    assert POLICE not in names


def test_what_a_question_finds_is_asked_about_in_a_second_step(library: Library) -> None:
    assert _asked("2023年申请最多的单位被复议几件", library) == [104, 4]
    assert _asked("民政局申请最多的那年被复议几件", library) == [87, 5]


def test_the_first_of_a_ranking_are_added_up_where_asked(library: Library) -> None:
    assert _asked("2023年申请前两名合计多少", library) == [104, 93, 197]


def test_whether_all_was_done_asks_what_part_was(library: Library) -> None:
    answer = ask("公安局2023年申请全部办完了吗", library)
    assert _values(answer) == [97.87]


def test_a_claim_in_words_or_of_none_is_held_against_the_record(library: Library) -> None:
    assert ask("民政局2023年收到八十七件申请对吗", library).text.startswith("与报告相符")
    assert ask("民政局2023年收到九十件申请对吗", library).text.startswith("您说的九十件与报告不符")
    assert ask("据说民政局2023年一件复议都没有", library).text.startswith("与报告不符")


def test_a_comparison_that_is_not_understood_is_named(library: Library) -> None:
    answer = ask("2023年哪几家单位新收比自然人多一倍以上", library)
    assert "没有用来查找" in answer.text


def test_a_question_on_the_law_is_not_looked_up_in_reports(library: Library) -> None:
    assert ask("公开条例第几条规定不予公开", library).method == "definition"
    assert ask("依申请公开要收费吗", library).method == "definition"


def _talk(library: Library, *questions: str) -> Answer:
    history: list[Turn] = []
    for question in questions:
        answer = ask(question, library, history=history)
        history += [Turn("user", question), Turn("assistant", answer.text)]
    return answer


def test_two_agencies_spoken_of_in_turn_are_both_meant_by_the_two(library: Library) -> None:
    answer = _talk(library, "民政局2023年收到几件申请", "公安局呢", "两家加起来多少")
    assert _values(answer) == [180]


def test_which_is_more_asks_about_those_spoken_of_in_turn(library: Library) -> None:
    answer = _talk(library, "民政局2023年收到几件申请", "公安局呢", "哪家多")
    assert _values(answer) == [93, 87]


def test_two_measures_asked_in_turn_are_added_up(library: Library) -> None:
    answer = _talk(library, "民政局2023年复议几件", "诉讼呢", "加起来呢")
    assert _values(answer) == [5, 6, 11]


def test_a_follow_up_against_last_year_gives_the_change(library: Library) -> None:
    answer = _talk(library, "民政局2023年收到多少申请", "跟上年比呢")
    assert _values(answer) == [9]


def test_our_agency_stays_ours_after_another_was_named(library: Library) -> None:
    answer = _talk(
        library, "我们单位是民政局，2023年收到多少申请", "跟公安局比呢", "我们被复议几件"
    )
    assert _values(answer) == [5]


def test_the_year_after_why_asks_for_the_number_again(library: Library) -> None:
    answer = _talk(library, "民政局2023年被复议几件", "为什么这么多", "那2022年呢")
    assert _values(answer) == [3]


def test_one_of_those_listed_is_sought_among_those_listed_only(library: Library) -> None:
    first = "2023年新收申请超过90件的有哪些单位？"
    listed = ask(first, library)
    turns = [Turn("user", first), Turn("assistant", listed.text)]
    answer = ask("里面谁最少？", library, history=turns)
    assert [(value.agency, value.value) for value in answer.values] == [(POLICE, 93)]
    assert CIVIL not in answer.text


def test_a_sum_asked_beside_an_average_is_not_passed_over(library: Library) -> None:
    answer = ask("各单位2023年新收申请的总量和平均量是多少？", library)
    assert "“总量”没有用来查找" in answer.text
    assert "没有用来查找" not in ask("各单位2023年新收申请总量是多少？", library).text


def test_of_several_questions_each_says_which_report_it_lacks(library: Library) -> None:
    answer = ask(f"{POLICE}和{HEALTH}2022年新收多少件，各有什么问题？", library)
    assert answer.text.count(f"资料库中没有{HEALTH}") == 2
    assert CIVIL not in answer.text


def test_a_question_within_another_that_finds_no_agency_is_no_fault(library: Library) -> None:
    answer = ask("申请人类型里最多的那个单位收费多少？", library)
    assert answer.status == "answered" and "425.25万元" in answer.text


def test_they_are_all_that_were_ranked_not_the_first_alone(library: Library) -> None:
    first = "2023年新收申请最多的两家"
    ranked = ask(first, library)
    turns = [Turn("user", first), Turn("assistant", ranked.text)]
    answer = ask("它们的行政复议呢", library, history=turns)
    assert [value.agency for value in answer.values] == [value.agency for value in ranked.values]
    assert len(answer.values) == 2


def test_a_bare_year_asks_on_and_asks_nothing_alone(library: Library) -> None:
    assert _values(_talk(library, "民政局2023年被复议几件", "2022")) == [3]
    assert "请用中文提问" in ask("2022", library).text
