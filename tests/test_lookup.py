"""Answers from cells, figures and statements, over invented reports and the real samples."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, verify
from assistant.lookup import look_up
from assistant.model import Turn
from assistant.query import Known
from assistant.question import understand
from assistant.question.vocabulary import LEGAL_APPLICANTS
from ingest.parse import parse
from ingest.report import Cell, Concept, Doubt, Figure, Number, Place, Report, Section
from tests.invented import invented_report
from tests.shelf import Shelf, a_figure

QH = "云溪市青禾区工业和信息化局"
LJ = "临江市工业和信息化局"
BT = "白塔县工信局"
NEW = "requests/new/total"


def a_report(agency: str, year: int, new: int | None = 5, **more: object) -> Report:
    """A report with a number (or a blank) of new requests, other cells as given by concept."""
    given = {key.replace("__", "/"): value for key, value in more.items()}
    cells: dict[str, object] = {f"requests/new/{applicant}": 0 for applicant in LEGAL_APPLICANTS}
    cells |= {NEW: new, "requests/new/natural_person": new, **given}
    edition = "2019" if year < 2021 else "2021"
    return invented_report(edition, agency=agency, year=year, replace=cells)  # type: ignore[arg-type]


def with_figures(report: Report, *figures: Figure) -> Report:
    """The report with these figures, whose sentences it then has."""
    text = "".join(figure.sentence for figure in figures)
    sections = (Section(1, "一、总体情况", text), *report.sections[1:])
    return replace(report, figures=figures, sections=sections)


def published(report: Report, number: int) -> Report:
    return with_figures(
        report, a_figure("主动公开信息", number, "条", f"全年主动公开信息{number}条。")
    )


def ask(question: str, *reports: Report, before: tuple[str, ...] = ()) -> Answer:
    """The answer, of which every statement holds."""
    shelf = Shelf(reports)
    entries = shelf.entries()
    known = Known(
        tuple(dict.fromkeys(entry.agency for entry in entries)),
        tuple(shelf.years()),
        tuple((entry.agency, entry.year) for entry in entries),
    )
    query = understand(question, [Turn("user", text) for text in before], known)
    assert query.kind == "lookup"
    answer = look_up(query, shelf.as_library())
    documents = {c.report: shelf.report(c.report) for c in answer.citations if c.report}
    verified = verify(answer, question, documents)
    assert not verified.dropped, verified.dropped
    return verified.answer


def numbers(answer: Answer) -> list[object]:
    return [value.value for value in answer.values]


# --- Single cells -----------------------------------------------------------------------------------


def test_a_cell_is_given_with_agency_year_unit_and_place() -> None:
    answer = ask(
        "临江市工信局2023年新收到多少件申请？", a_report(LJ, 2023, 37), a_report(QH, 2023, 4)
    )
    assert answer.text == "临江市工业和信息化局2023年新收政府信息公开申请37件。"
    assert (answer.status, answer.method) == ("answered", "lookup")
    (value,) = answer.values
    assert (value.value, value.unit, value.agency, value.year) == (37, "件", LJ, 2023)
    (citation,) = answer.citations
    place = citation.place
    assert (place.table, place.row, place.column, place.quote) == ("requests", "new", "total", "37")
    assert (citation.agency, citation.year, place.section) == (LJ, 2023, 3)


def test_a_blank_cell_is_said_to_be_blank_and_gives_no_value() -> None:
    answer = ask("临江市工信局2023年新收到多少件申请？", a_report(LJ, 2023, None))
    assert "空白未填，不能当作零" in answer.text
    assert (answer.status, answer.values) == ("answered", ())
    assert answer.citations[0].place.row == "new"


def test_zero_is_a_number() -> None:
    answer = ask("临江市工信局2023年新收到多少件申请？", a_report(LJ, 2023, 0))
    assert answer.text.endswith("0件。")
    assert numbers(answer) == [0]


def test_a_dash_is_neither_zero_nor_blank() -> None:
    dash = Cell(None, "/", Place())
    report = invented_report(agency=LJ, year=2023, replace={NEW: dash})
    answer = ask("临江市工信局2023年新收到多少件申请？", report)
    assert "不是数" in answer.text
    assert answer.values == ()


def test_a_doubt_of_the_parser_is_said_with_the_number() -> None:
    cell = Cell(8, "8", Place(), Doubt("row-shifted", "这一行错开了一列"))
    report = invented_report(agency=LJ, year=2023, replace={NEW: cell})
    answer = ask("临江市工信局2023年新收到多少件申请？", report)
    assert numbers(answer) == [8]
    assert "存疑" in answer.text


def test_a_group_is_the_sum_of_its_rows_and_shows_them() -> None:
    report = invented_report(agency=LJ, year=2023, balanced=True)
    answer = ask("临江工信局2023年无法提供几件", report)
    rows = ("unavailable.not_held", "unavailable.to_be_created", "unavailable.unclear")
    parts = [report.number(f"requests/{row}/total") for row in rows]
    assert numbers(answer) == [sum(part or 0 for part in parts)]
    assert [c.place.row for c in answer.citations] == list(rows)


def test_a_group_with_a_blank_row_has_no_sum() -> None:
    blank: dict[Concept | str, Cell | Number | None] = {"requests/unavailable.unclear/total": None}
    report = invented_report(agency=LJ, year=2023, replace=blank)
    answer = ask("临江工信局2023年无法提供几件", report)
    assert answer.values == ()
    assert "空白" in answer.text


def test_the_parts_of_a_whole_are_told_by_applicant() -> None:
    cells: dict[Concept | str, Cell | Number | None] = {
        f"requests/granted/{applicant}": 0 for applicant in LEGAL_APPLICANTS
    }
    cells |= {"requests/granted/natural_person": 3, "requests/granted/total": 3}
    report = invented_report(agency=LJ, year=2023, replace=cells)
    answer = ask("临江工信局2023年予以公开几件？申请人是哪类？", report)
    assert numbers(answer) == [3, 3]
    assert "自然人" in answer.text
    assert "商业企业" not in answer.text


def test_a_ratio_shows_what_was_divided() -> None:
    report = a_report(
        LJ,
        2023,
        requests__granted__total=6,
        requests__partly_granted__total=1,
        requests__total__total=9,
    )
    answer = ask("临江工信局2023年公开率是多少", report)
    assert numbers(answer) == [77.78]
    assert "（6＋1）÷9" in answer.text
    assert answer.method == "aggregate"


def test_a_ratio_over_nothing_does_not_apply() -> None:
    report = a_report(
        LJ,
        2023,
        requests__granted__total=0,
        requests__partly_granted__total=0,
        requests__total__total=0,
    )
    answer = ask("临江工信局2023年公开率是多少", report)
    assert answer.values == ()
    assert "不适用" in answer.text


def test_both_conventions_of_the_correction_rate_are_given_by_name() -> None:
    report = a_report(
        LJ,
        2023,
        disputes__reconsideration__corrected=97,
        disputes__reconsideration__total=790,
        disputes__reconsideration__pending=121,
    )
    assert numbers(ask("临江工信局2023年复议纠正率", report)) == [12.28, 14.5]


def test_a_row_of_the_older_form_is_answered_by_the_older_report_only() -> None:
    old, new = a_report(LJ, 2020), a_report(LJ, 2023)
    answer = ask("临江工信局2020年规范性文件有多少", old, new)
    assert "新制作" in answer.text
    assert "现行有效" not in answer.text


# --- Figures and statements -------------------------------------------------------------------------


def test_a_figure_of_the_text_is_cited_by_its_sentence() -> None:
    answer = ask("临江工信局2023年主动公开了多少条信息", published(a_report(LJ, 2023), 41))
    assert numbers(answer) == [41]
    assert answer.citations[0].place.quote == "全年主动公开信息41条。"
    assert answer.citations[0].place.section == 1


def test_a_figure_of_another_body_is_not_the_agencys_own() -> None:
    report = with_figures(
        a_report(LJ, 2023),
        a_figure("人大建议", 9, "件", "行政审批服务局收到人大建议9件。", scope="行政审批服务局"),
        a_figure("人大建议", 4, "件", "我局承办人大建议4件。"),
    )
    assert numbers(ask("临江工信局2023年承办人大建议几件", report)) == [4]


def test_proposals_of_both_kinds_are_added_where_agencies_are_compared() -> None:
    one = with_figures(
        a_report(LJ, 2023),
        a_figure("人大建议", 7, "件", "人大建议7件。"),
        a_figure("政协提案", 6, "件", "政协提案6件。"),
    )
    other = with_figures(a_report(BT, 2022), a_figure("建议提案", 13, "件", "共承办建议提案13件。"))
    answer = ask("临江2023年和白塔2022年承办的建议提案总数谁多", one, other)
    assert numbers(answer) == [13, 13]
    assert "一样多" in answer.text
    assert "年度不同" in answer.text


def test_a_fact_that_the_report_does_not_state_is_refused() -> None:
    answer = ask("临江工信局2023年承办人大建议几件", a_report(LJ, 2023))
    assert answer.status == "unanswerable"
    assert "未载明" in answer.text
    assert LJ in answer.text


def test_a_number_of_no_known_name_is_found_by_its_sentence() -> None:
    report = with_figures(
        a_report(LJ, 2023),
        a_figure("参加企业", 33, "家", "开放日活动有33家企业参加。"),
    )
    assert numbers(ask("临江工信局2023年开放日有多少企业参加", report)) == [33]
    assert ask("临江工信局2023年花了多少经费", report).status == "unanswerable"


def test_a_count_is_asked_for_by_the_name_that_the_report_prints() -> None:
    sentence = "全年主动公开信息41条，其中政策文件信息2条，行政权力信息9条。"
    report = with_figures(
        a_report(LJ, 2023),
        a_figure("主动公开信息", 41, "条", sentence),
        a_figure("政策文件信息", 2, "条", sentence, part_of="主动公开信息"),
        a_figure("行政权力信息", 9, "条", sentence, part_of="主动公开信息"),
    )
    assert numbers(ask("临江工信局2023年行政权力信息多少条", report)) == [9]
    assert numbers(ask("临江工信局2023年发布政策文件多少条", report)) == [2]
    assert numbers(ask("临江工信局2023年主动公开信息多少条", report)) == [41]


def test_a_sentence_with_several_numbers_that_may_be_meant_gives_none() -> None:
    sentence = "组织活动，甲类参加3次，乙类参加4次。"
    report = with_figures(
        a_report(LJ, 2023),
        a_figure("甲类参加", 3, "次", sentence),
        a_figure("乙类参加", 4, "次", sentence),
    )
    answer = ask("临江工信局2023年活动参加多少次", report)
    assert answer.values == ()
    assert "甲类参加3次" in answer.text


def test_a_channel_counted_apart_is_named_beside_the_count() -> None:
    report = with_figures(
        a_report(LJ, 2023),
        a_figure("主动公开信息", 41, "条", "主动公开信息41条。"),
        a_figure("微信公众号信息", 8, "条", "公众号推送8条。"),
    )
    answer = ask("临江工信局2023年主动公开信息多少条", report)
    assert numbers(answer) == [41]
    assert "微信公众号信息，单独计数，未计入" in answer.text


def test_a_share_of_all_agencies_has_their_sum() -> None:
    one, other = published(a_report(LJ, 2023), 30), published(a_report(BT, 2023), 10)
    assert numbers(ask("临江工信局2023年主动公开信息占全部的比例", one, other)) == [75, 40]


def test_a_statement_is_quoted_and_its_absence_said() -> None:
    fee = {6: "本年度未收取信息处理费。"}
    one = invented_report(agency=LJ, year=2023, sections=fee)
    other = invented_report(agency=BT, year=2023, sections={6: "无。"})
    assert "未收取信息处理费" in ask("临江工信局2023年收取信息处理费了吗", one, other).text
    answer = ask("哪些报告没有写信息处理费收取情况", one, other)
    assert numbers(answer) == [BT]


# --- Several reports --------------------------------------------------------------------------------


def test_a_sum_names_what_it_covers_and_counts_no_blank_as_zero() -> None:
    answer = ask(
        "2023年各单位一共收到多少申请",
        a_report(LJ, 2023, 3),
        a_report(QH, 2023, 4),
        a_report(BT, 2023, None),
    )
    assert numbers(answer) == [7]
    assert f"{BT}2023年该格空白未填，未计入" in answer.text
    assert "两家单位" in answer.text


def test_an_average_divides_by_those_who_reported() -> None:
    answer = ask(
        "2023年各单位平均主动公开多少条",
        published(a_report(LJ, 2023), 10),
        published(a_report(QH, 2023), 11),
        a_report(BT, 2023),
    )
    assert numbers(answer) == [10.5]
    assert f"{BT}2023年的报告未载明" in answer.text


def test_equal_numbers_share_a_rank() -> None:
    answer = ask(
        "2023年收到申请排名", a_report(LJ, 2023, 3), a_report(QH, 2023, 9), a_report(BT, 2023, 3)
    )
    assert numbers(answer) == [9, 3, 3]
    assert "并列第二" in answer.text


def test_a_tie_at_the_top_names_both() -> None:
    answer = ask(
        "2023年哪家收到申请最多",
        a_report(LJ, 2023, 9),
        a_report(QH, 2023, 9),
        a_report(BT, 2023, 3),
    )
    assert [value.agency for value in answer.values] == [LJ, QH]
    assert "并列" in answer.text


def test_two_agencies_are_compared() -> None:
    one, other = a_report(LJ, 2023, 3), a_report(BT, 2023, 5)
    answer = ask("临江和白塔2023年收到的申请数量一样吗", one, other)
    assert answer.text.startswith("不一样")
    assert numbers(ask("临江和白塔2023年收到申请差多少", one, other)) == [2]


def test_a_difference_takes_the_year_before_from_the_library() -> None:
    answer = ask(
        "临江工信局2023年新收申请同比增长多少", a_report(LJ, 2022, 4), a_report(LJ, 2023, 5)
    )
    assert numbers(answer) == [1, 25]
    alone = ask("临江工信局2023年新收申请同比增长多少", a_report(LJ, 2023, 5))
    assert (alone.status, alone.values) == ("unanswerable", ())


def test_a_share_has_its_whole() -> None:
    report = a_report(LJ, 2023, 8, requests__new__enterprise=2, requests__new__natural_person=6)
    answer = ask("临江工信局2023年企业申请占多少", report)
    assert numbers(answer) == [25]
    assert "2÷8" in answer.text


def test_a_trend_needs_two_years_of_one_agency() -> None:
    answer = ask("临江工信局近三年新收申请趋势", a_report(LJ, 2022, 4), a_report(LJ, 2023, 5))
    assert numbers(answer) == [4, 5]
    alone = ask("临江工信局近三年新收申请趋势", a_report(LJ, 2023, 5))
    assert alone.status == "unanswerable"
    assert "无法给出趋势" in alone.text


@pytest.mark.parametrize(
    ("counts", "course"),
    [
        ((4, 5), "，上升。"),
        ((5, 4), "，下降。"),
        ((4, 5, 6), "，逐年上升。"),
        ((4, 4, 6), "，逐年上升或持平。"),
        ((6, 4, 5), "，有升有降。"),
        ((4, 4), "，没有变化。"),
    ],
)
def test_a_course_is_told_as_it_was(counts: tuple[int, ...], course: str) -> None:
    reports = [a_report(LJ, 2021 + nth, count) for nth, count in enumerate(counts)]
    assert course in ask("临江工信局历年新收申请趋势", *reports).text


def test_a_single_year_of_several_agencies_is_no_trend_and_not_all_there_is() -> None:
    held = [a_report(agency, year, 3) for agency in (LJ, BT) for year in (2022, 2023)]
    answer = ask("各单位2023年新收申请趋势", *held)
    assert answer.text.startswith("只看一个年度，无法给出趋势。")
    assert "只有一个年度的报告" not in answer.text


def test_the_ways_of_deciding_are_asked_for_in_one_word() -> None:
    report = a_report(LJ, 2023, 8, requests__granted__total=6, requests__partly_granted__total=2)
    answer = ask("临江工信局2023年申请各类结果各多少", report)
    assert numbers(answer)[:2] == [6, 2] and "其他处理" in answer.text
    assert numbers(ask("临江工信局2023年办理结果分布", report))[:2] == [6, 2]
    shares = ask("临江工信局2023年各种办理结果各占多少", report).text
    assert shares.startswith("临江市工业和信息化局2023年予以公开占比")


def test_different_agencies_in_different_years_are_no_trend() -> None:
    answer = ask(
        "工信部门收到申请从2021到2023是不是下降了", a_report(LJ, 2021, 9), a_report(BT, 2023, 3)
    )
    assert answer.status == "unanswerable"
    assert "不可比" in answer.text


def test_a_filter_on_zero_leaves_the_blank_undecided() -> None:
    answer = ask(
        "哪些单位2023年没收到申请",
        a_report(LJ, 2023, 0),
        a_report(QH, 2023, 2),
        a_report(BT, 2023, None),
    )
    assert numbers(answer) == [LJ]
    assert BT in answer.text
    assert "未作判断" in answer.text


def test_a_total_that_its_row_contradicts_is_said_and_decides_nothing() -> None:
    report = a_report(LJ, 2023, 0, requests__new__natural_person=11)
    answer = ask("临江工信局2023年新收到多少件申请", report)
    assert numbers(answer) == [0]
    assert "与同行各项之和不符" in answer.text
    assert numbers(ask("哪些单位2023年没收到申请", report)) == []


def test_a_count_is_a_number_and_names_those_counted() -> None:
    answer = ask(
        "2023年有几家单位收到申请超过2件",
        a_report(LJ, 2023, 3),
        a_report(QH, 2023, 9),
        a_report(BT, 2023, 1),
    )
    assert numbers(answer) == [2, LJ, QH]


# --- Honesty ----------------------------------------------------------------------------------------


def test_a_false_premise_is_corrected_with_the_record() -> None:
    answer = ask("临江工信局2023年是不是收到了35件申请", a_report(LJ, 2023, 53))
    assert "您说的35件与报告不符" in answer.text
    assert numbers(answer) == [53]


def test_a_missing_year_is_refused_with_what_is_held() -> None:
    answer = ask("临江工信局2022年收到几件申请", a_report(LJ, 2023), a_report(BT, 2022))
    assert answer.status == "unanswerable"
    assert "没有临江市工业和信息化局2022年的年报" in answer.text
    assert "临江市工业和信息化局（2023年）" in answer.text


def test_a_missing_agency_is_refused_with_what_is_held() -> None:
    answer = ask("济北市工信局2023年收到几件申请", a_report(LJ, 2023))
    assert answer.status == "unanswerable"
    assert "没有“济北市工信局”的年报" in answer.text


def test_of_two_agencies_the_missing_one_is_named_beside_the_other() -> None:
    answer = ask("临江工信局和济北市工信局2023年收到几件申请", a_report(LJ, 2023, 6))
    assert numbers(answer) == [6]
    assert "没有“济北市工信局”的年报" in answer.text


def test_an_ambiguous_name_is_asked_back_with_the_candidates() -> None:
    answer = ask("工信局2023年收到几件申请", a_report(LJ, 2023), a_report(BT, 2023))
    assert answer.status == "clarify"
    assert LJ in answer.text
    assert BT in answer.text
    assert answer.values == ()


def test_what_the_library_holds_can_be_asked() -> None:
    answer = ask("资料库里有哪些单位", a_report(LJ, 2023), a_report(BT, 2022))
    assert set(numbers(answer)) == {BT, LJ}


def test_a_follow_up_is_answered_in_its_context() -> None:
    reports = (a_report(LJ, 2023, 3), a_report(BT, 2023, 5))
    answer = ask("白塔呢", *reports, before=("临江工信局2023年收到几件申请",))
    assert numbers(answer) == [5]


# --- The real samples -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def samples(real_reports: Path) -> tuple[Report, ...]:
    return tuple(parse(path) for path in sorted(real_reports.glob("*.txt")))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("薛城区工信局2023年新收到多少件政府信息公开申请？", [1]),
        ("招远市工信局2023年行政许可处理决定数量是多少？", [0]),
        ("招远市工信局2023年行政复议结果维持几件？", []),
        ("博山区工信局2021年通过“博山经信”公开了多少条？", [102]),
        ("“招远工信”公众号2023年推送多少条、多少人关注？", [66, 8996]),
        ("薛城区工信局2023年办理多少件建议和提案？", [6, 12]),
        ("招远市工信局政府开放月有多少企业参加？", [33]),
        ("招远2023年和博山2021年承办的建议提案总数谁多？", [13, 13]),
        ("五份报告按主动公开条数从多到少排一下", [68, 57, 56, 52, 12]),
        ("库里五家单位一共收到多少件申请？", [2]),
        ("2023年三家单位平均主动公开多少条？", [55.0]),
        ("各单位政协提案合计多少件？", [30]),
        ("五家主动公开信息合计？", [245]),
    ],
)
def test_the_samples_are_answered_right(
    samples: tuple[Report, ...], question: str, expected: list[object]
) -> None:
    assert numbers(ask(question, *samples)) == expected


# --- Numbers that are not the count asked for --------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "number", "unit", "quote", "sentence", "question"),
    [
        ("访问量", 14, "个", "14个", "关停访问量过低的政务新媒体14个。", "访问量多少"),
        ("访问量", 7, "次", "七次", "平均点击次数由七次降到三次。", "点击量多少"),
        ("关注用户", 1000, "人", "千人", "关闭关注用户不足千人的账号。", "粉丝多少"),
        ("培训次数", 1, "次", "一次", "每学期培训一次园长。", "培训几次"),
        ("新媒体账号", 2, "个", "2个", "注销政务新媒体账号2个。", "新媒体账号几个"),
    ],
)
def test_a_bound_a_rate_or_what_was_given_up_is_not_the_count(
    name: str, number: int, unit: str, quote: str, sentence: str, question: str
) -> None:
    figure = replace(a_figure(name, number, unit, sentence), quote=quote)
    answer = ask(f"临江工信局2023年{question}", with_figures(a_report(LJ, 2023), figure))
    assert answer.values == ()


@pytest.mark.parametrize(
    "question",
    [
        "临江工信局2023年发出几件收费通知",
        "临江工信局2023年处罚金额多少",
    ],
)
def test_a_number_in_another_unit_is_no_answer(question: str) -> None:
    assert ask(question, with_figures(a_report(LJ, 2023))).values == ()


def test_what_the_text_says_otherwise_stands_beside_the_cell() -> None:
    figure = a_figure("收到申请", 6, "件", "全年收到申请6件。")
    answer = ask("临江工信局2023年收到几件申请", with_figures(a_report(LJ, 2023, 5), figure))
    assert numbers(answer) == [5]
    assert "正文写的是6件，与表格不一致" in answer.text


def test_ratios_of_several_reports_are_pooled_and_never_added() -> None:
    few = a_report(LJ, 2023, requests__granted__total=1, requests__partly_granted__total=0,
                   requests__total__total=1)  # fmt: skip
    many = a_report(QH, 2023, requests__granted__total=1, requests__partly_granted__total=1,
                    requests__total__total=9)  # fmt: skip
    answer = ask("2023年全部单位合计公开率", few, many)
    assert numbers(answer) == [30, 3, 10]


def test_a_place_that_the_library_lacks_is_named_wherever_it_stands() -> None:
    answer = ask("2023年历下区收到几件申请", a_report(LJ, 2023), a_report(QH, 2023))
    assert answer.status == "unanswerable"
    assert "历下区" in answer.text


def test_words_that_were_not_used_are_owned_up_to() -> None:
    figure = a_figure("访问量", 90, "次", "地图访问量90次。")
    answer = ask("临江工信局2023年门户网站访问量", with_figures(a_report(LJ, 2023), figure))
    assert "地图访问量90次" in answer.text
    assert "“门户网站”没有用来查找" in answer.text


def test_reports_are_filtered_by_one_number_against_another() -> None:
    one = with_figures(
        a_report(LJ, 2023),
        a_figure("人大建议", 7, "件", "人大建议7件。"),
        a_figure("政协提案", 6, "件", "政协提案6件。"),
    )
    other = with_figures(
        a_report(QH, 2023),
        a_figure("人大建议", 1, "件", "人大建议1件。"),
        a_figure("政协提案", 9, "件", "政协提案9件。"),
    )
    assert numbers(ask("哪些单位人大建议多于政协提案", one, other, a_report(BT, 2023))) == [LJ]
    assert numbers(ask("哪些单位政协提案比人大建议多", one, other)) == [QH]


def test_the_commonest_kind_of_applicant_is_found_over_all_reports() -> None:
    answer = ask("2023年哪类申请人最多", a_report(LJ, 2023, 5), a_report(QH, 2023, 3))
    assert answer.values[0].value == 8
    assert "自然人" in answer.text


def test_why_a_cell_is_blank_is_said_not_to_be_known() -> None:
    answer = ask("临江工信局2023年新收申请为什么是空白", a_report(LJ, 2023, None))
    assert "空白未填" in answer.text
    assert "没有说明原因" in answer.text


def test_a_number_said_of_another_measure_is_held_against_that_measure() -> None:
    report = a_report(LJ, 2023, 6, requests__granted__total=4)
    assert "您说的" not in ask("临江工信局2023年收到6件，全部公开了吗", report).text
    answer = ask("临江工信局2023年收到9件申请中予以公开几件", report)
    assert "您说的新收政府信息公开申请9件与报告不符，临江市工业和信息化局2023年为6件" in answer.text
    assert [v.value for v in answer.values] == [4]
