"""Questions that were once answered with another number than the one asked for; end to end."""

from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.asking import ask
from assistant.model import Turn
from ingest.figures import sections_to_figures
from ingest.report import Cell, Concept, Number, Report, Section
from tests.invented import invented_report
from tests.shelf import Shelf
from vectorstore.library import Library

CIVIL, POLICE, TAX = "白石市民政局", "白石市公安局", "白石市审计局"
APPLICANTS = ("natural_person", "enterprise", "research", "nonprofit", "legal_service", "other")


def _report(agency: str, year: int, natural: int, firms: int, left: int = 0) -> Report:
    """A report on so many requests of people and of firms, of which some were left for the next year."""
    cells: dict[Concept | str, Cell | Number | None] = {}
    for row in ("new", "carried_in", "granted", "total", "carried_over"):
        cells |= {f"requests/{row}/{a}": 0 for a in (*APPLICANTS, "total")}
    done = natural + firms - left
    cells |= {"requests/new/natural_person": natural, "requests/new/enterprise": firms}
    cells |= {"requests/new/total": natural + firms}
    cells |= {"requests/granted/natural_person": done, "requests/granted/total": done}
    cells |= {"requests/total/natural_person": done, "requests/total/total": done}
    cells |= {"requests/carried_over/natural_person": left, "requests/carried_over/total": left}
    cells |= {"proactive/licensing/decisions": 10 * natural}
    return invented_report(agency=agency, year=year, replace=cells)


@pytest.fixture
def library() -> Library:
    return Shelf(
        [
            _report(CIVIL, 2021, 10, 10),
            _report(CIVIL, 2022, 30, 10, left=4),
            _report(CIVIL, 2023, 120, 30),
            _report(POLICE, 2022, 8, 0),
            _report(POLICE, 2023, 5, 2, left=1),
            _report(TAX, 2023, 40, 0),
        ]
    ).as_library()


def names(answer: Answer) -> list[object]:
    return [value.value for value in answer.values]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2023年申请不在10件以下的单位", [CIVIL, TAX]),
        ("2023年申请是两位数的单位", [TAX]),
        ("2023年申请介于1到10件的单位", [POLICE]),
        ("2023年申请是公安局5倍以上的单位", [CIVIL, TAX]),
        ("2023年企业申请超过自然人三分之一的单位", [POLICE]),
        ("2023年企业申请2件以上、许可100件以上的单位", [CIVIL]),
        ("2023年哪些单位的申请全都办完了", [CIVIL, TAX]),
        ("2023年只有自然人和企业提申请的单位", [CIVIL, POLICE, TAX]),
    ],
)
def test_reports_are_chosen_by_the_whole_of_a_condition(
    library: Library, question: str, expected: list[object]
) -> None:
    answer = ask(question, library)
    assert sorted(map(str, names(answer))) == sorted(map(str, expected))
    assert "没有用来查找" not in answer.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("民政局2022年之后申请几件", [150]),
        ("2022年之前民政局申请几件", [20]),
        ("截至2022年民政局共收到申请多少件", [60]),
        ("民政局2023年新收申请减去办结是多少", [0]),
        ("民政局2022年结转下年的和2023年上年结转的一致吗", [4, 0, 4]),
        ("2023年申请最多的单位2022年收到几件", [150, 40]),
        ("2023年申请最多的两家许可一共几件", [150, 40, 1600]),
        ("民政局申请最多的一年比最少的一年多多少", [130]),
        ("民政局哪些年份申请比上年增加", [110, 20]),
        ("民政局连续几年申请增长", [2]),
        ("2023年民政局申请比审计局多百分之几", [110, 275]),
    ],
)
def test_what_is_asked_is_what_is_computed(
    library: Library, question: str, expected: list[object]
) -> None:
    assert names(ask(question, library)) == expected


def test_all_released_is_no_mere_having_some(library: Library) -> None:
    assert ask("民政局2022年申请全部公开了吗", library).text.startswith("是：")
    assert ask("公安局2023年新收的申请都办完了吗", library).text.startswith("不是：")


def test_a_bound_that_a_year_contains_is_still_told(library: Library) -> None:
    question = "2022年申请超过20件的单位"
    history = [Turn("user", question), Turn("assistant", ask(question, library).text)]
    answer = ask("2023年呢", library, history=history)
    assert sorted(map(str, names(answer))) == sorted([CIVIL, TAX])
    assert "超过二十" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "2023年民政局自然人申请比其他各单位自然人加起来多多少",
        "民政局2023年平均每件申请对应多少件许可",
        "2023年申请只有民政局和公安局有吗",
    ],
)
def test_what_is_not_computed_is_named(library: Library, question: str) -> None:
    assert "没有用来查找" in ask(question, library).text


def test_columns_of_two_editions_are_never_added_up() -> None:
    earlier = invented_report("2019", agency=CIVIL, year=2020)
    shelf = Shelf([earlier, invented_report(agency=CIVIL, year=2021)]).as_library()
    question = "民政局2020年对外公开规范性文件总数，跟2021年现行有效比变化多少"
    assert ask(question, shelf).status == "unanswerable"


def test_a_count_and_an_amount_have_no_difference(library: Library) -> None:
    answer = ask("民政局2022年新收申请和2023年行政事业性收费差多少", library)
    told = {(value.value, value.unit) for value in answer.values}
    # Each is set against itself in the other year; 425.25 万元 less 40 件 is told nowhere.
    assert told == {(0, "万元"), (110, "件")}
    assert "385.25" not in answer.text


@pytest.mark.parametrize("said", ["没答复完的", "未答复的申请", "没有答复的"])
def test_what_was_not_answered_is_not_what_was(library: Library, said: str) -> None:
    assert names(ask(f"民政局2022年{said}有几件", library)) == [4]


@pytest.mark.parametrize("said", ["没有维持的复议有几件", "没有被纠正的复议有多少"])
def test_a_denied_row_is_told_as_not_looked_up(library: Library, said: str) -> None:
    assert "没有用来查找" in ask(f"民政局2023年{said}", library).text


def test_those_without_any_are_no_denied_row(library: Library) -> None:
    answer = ask("2023年没有企业申请的单位有几家", library)
    assert names(answer)[1:] == [TAX]
    assert "没有用来查找" not in answer.text


@pytest.mark.parametrize("said", ["是不是零", "是0吗", "是不是0"])
def test_a_nought_that_is_asked_about_is_held_against_the_record(
    library: Library, said: str
) -> None:
    assert ask(f"公安局2023年企业申请{said}", library).text.startswith("与报告不符")
    assert ask(f"审计局2023年企业申请{said}", library).text.startswith("与报告相符")


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("资料库里有几份2023年的年报", 3),
        ("有没有2022年公安局的年报", 1),
        ("民政局的年报有哪几年的", 3),
        ("有2021年的年报吗", 1),
    ],
)
def test_what_the_library_holds_is_told_however_it_is_asked(
    library: Library, question: str, held: int
) -> None:
    assert len(ask(question, library).values) == held


@pytest.mark.parametrize("asked", ["申请人最多的是哪一类", "哪一类申请最多", "哪种申请最多"])
def test_the_kind_that_asked_most_is_no_agency(library: Library, asked: str) -> None:
    answer = ask(f"民政局2023年{asked}", library)
    assert answer.values[0].value == 120
    assert "最多的是新收政府信息公开申请（自然人）" in answer.text


@pytest.mark.parametrize("asked", ["申请结果都是什么", "申请都怎么办的"])
def test_how_requests_were_decided_is_listed(library: Library, asked: str) -> None:
    assert "予以公开36件" in ask(f"民政局2022年{asked}", library).text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("年报应该什么时候发布", "次年1月31日前"),
        ("年报要写几部分", "六部分"),
        ("申请被拒了怎么办", "行政复议"),
        ("处理费标准", "每件100元"),
        ("信息公开申请怎么提", "不载明怎样提出申请"),
    ],
)
def test_what_the_law_says_is_no_number_of_the_library(
    library: Library, question: str, told: str
) -> None:
    assert told in ask(question, library).text


def test_the_grounds_of_a_refusal_are_listed_by_their_names(library: Library) -> None:
    answer = ask("民政局2022年不予公开的情形有哪些", library)
    assert "因属于国家秘密不予公开" in answer.text
    assert ask("谁来答复申请", library).method == "retrieval"


@pytest.mark.parametrize(
    ("turn", "expected"),
    [("比上年多还是少", [40, 150]), ("跟2022年比一下", [110]), ("和2021年对比呢", [150, 20])],
)
def test_a_year_set_against_the_one_before_is_no_year_of_its_own(
    library: Library, turn: str, expected: list[object]
) -> None:
    question = "民政局2023年申请多少件"
    history = [Turn("user", question), Turn("assistant", ask(question, library).text)]
    assert names(ask(turn, library, history=history)) == expected


@pytest.mark.parametrize("asked", ["各家申请都比2022年多吗", "各单位申请比2022年多几件"])
def test_each_is_set_against_itself_in_the_other_year(library: Library, asked: str) -> None:
    text = ask(f"2023年{asked}", library).text
    assert "增加110件" in text and "减少1件" in text


def test_in_time_is_no_more_than_done(library: Library) -> None:
    assert "“按期”没有用来查找" in ask("民政局2022年按期办结多少件", library).text
    assert "没有用来查找" not in ask("民政局2022年新收加上年结转等于多少", library).text
    assert "没有用来查找" not in ask("2023年是不是民政局申请最多", library).text


def test_a_ground_that_no_row_counts_is_told_as_not_looked_up(library: Library) -> None:
    internal = ask("民政局2022年内部信息不予公开几件", library)
    assert internal.text.startswith("白石市民政局2022年因属于三类内部事务信息不予公开")
    assert "“档案”没有用来查找" in ask("民政局2022年档案类不予公开几件", library).text


def test_a_part_of_a_figure_is_given_and_half_a_match_is_none() -> None:
    text = "发布各类解读材料41篇，其中图文解读26篇、视频解读15篇。委托第三方考核评议，满意度为92%。"
    figures = sections_to_figures((Section(1, "一、总体情况", text),), CIVIL, 2023)
    report = replace(invented_report(agency=CIVIL, year=2023), figures=figures)
    shelf = Shelf([report]).as_library()
    assert names(ask("民政局2023年解读材料里视频多少", shelf)) == [15]
    assert "“动漫”没有用来查找" in ask("民政局2023年解读材料里动漫多少", shelf).text
    assert ask("民政局2023年考核权重多少", shelf).status == "unanswerable"


def test_how_cases_ended_is_asked_of_the_cases_counted_before(library: Library) -> None:
    counted = "民政局2023年行政复议几件"
    history = [Turn("user", counted), Turn("assistant", ask(counted, library).text)]
    for answer in (
        ask("结果怎么样", library, history=history),
        ask(f"{counted}，结果怎么样", library),
    ):
        assert answer.method == "lookup"
        assert "行政复议结果维持" in answer.text and "行政复议尚未审结" in answer.text


def test_a_total_of_so_many_years_is_added_up(library: Library) -> None:
    assert names(ask("民政局三年申请总数", library)) == [210]
    assert "没有用来查找" not in ask("民政局2023年申请都来自哪些人", library).text
