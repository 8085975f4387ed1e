"""Questions that ask on about what was just told, or count one thing among others."""

import pytest

from assistant.asking import ask
from tests.bookcase import Bookcase, written_report
from tests.invented import invented_report
from tests.talks import PARKS, TALKS, talk, with_figures

CITY = Bookcase(
    written_report(
        "云溪县教育局",
        2023,
        s1="公开工作由办公室两名同志兼任。设立咨询热线4条，接听电话900个。",
        s5="不足：午餐信息由学校各自发布，格式不一。改进举措：统一学生午餐公示模板；讲解进校园。"
        "针对上年提出的“栏目难找”，今年建成搜索页，点击次数由五次降到两次。",
        s6="如有疑问请联系（地址：云溪县文汇路8号，邮编：000011）。",
    ),
    written_report(
        "云溪县档案局", 2023, s5="问题：库房小。改进：组织业务培训。", s6="电话：0900-5550177。"
    ),
)


def test_a_number_of_people_who_work_on_it_is_no_number_of_applications() -> None:
    answer = ask("教育局2023年办理公开申请的有几个人", CITY)
    assert not [v for v in answer.values if v.unit == "件"]


def test_by_how_many_it_is_done_comes_nearest_where_people_are_counted() -> None:
    assert "两名同志兼任" in ask("教育局2023年公开工作由几个人做", CITY).text


def test_a_problem_in_the_words_of_its_remedy_stands_beside_it() -> None:
    said = ask("教育局2023年学生午餐公示有什么问题", CITY).text
    assert "格式不一" in said


def test_what_was_mended_of_last_year_is_told_and_its_effect_after_it() -> None:
    questions = ("教育局2023年解决了上年的什么问题", "效果怎么样")
    for said in (talk(*questions[:1], library=CITY).text, talk(*questions, library=CITY).text):
        assert "由五次降到两次" in said
        assert "进校园" not in said


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("教育局2023年的报告有没有邮编", "000011", "0900-5550177"),
        ("哪些单位的报告里有电话", "0900-5550177", "文汇路"),
    ],
)
def test_the_contact_that_is_asked_for_is_given(question: str, said: str, other: str) -> None:
    answer = ask(question, CITY)
    assert said in answer.text
    assert other not in answer.text


def test_a_contact_that_is_not_written_is_named() -> None:
    answer = ask("教育局2023年的电话是多少", CITY)
    assert answer.status == "unanswerable"
    assert "没有写明电话" in answer.text


def test_who_does_not_speak_of_it_in_a_part_is_not_who_does() -> None:
    answer = ask("2023年谁没有在措施里提到培训", CITY)
    assert [v.value for v in answer.values] == ["云溪县教育局"]


@pytest.mark.parametrize("question", ["复议前置是什么意思", "第三方不同意公开怎么办"])
def test_a_term_that_nothing_explains_is_answered_by_no_numbers(question: str) -> None:
    answer = ask(question, PARKS)
    assert answer.status == "unanswerable"
    assert not answer.values


CHANNELS = Bookcase(
    written_report(
        "云溪县教育局", 2024, s1="公众号推送80条。把所申请的信息通过电子邮箱发送给申请人。"
    ),
    written_report(
        "云溪县档案局",
        2022,
        s1="没有自建网站和公众号。开展公开业务培训，综合科带领干部学习条例。",
        s5="问题：库房小。改进：扩建。上年提出的目录缺失问题，已经补齐。",
        s6="联系邮箱：dag@yunxi.example。",
    ),
)


def test_who_says_that_it_has_none_is_whoever_denies_it() -> None:
    answer = ask("哪些单位说没有公众号", CHANNELS)
    assert [v.value for v in answer.values] == ["云溪县档案局"]


def test_a_way_of_sending_is_no_contact() -> None:
    answer = ask("谁用电子邮箱把信息发给申请人", CHANNELS)
    assert [v.value for v in answer.values] == ["云溪县教育局"]


def test_last_year_is_the_year_before_the_newest_report_of_the_agency_named() -> None:
    assert "已经补齐" in ask("档案局有没有提到上年问题", CHANNELS).text


def test_what_was_learned_is_no_number_of_courses() -> None:
    assert "学习条例" in ask("档案局2022年培训学了什么", CHANNELS).text


COUNTED = Bookcase(
    written_report(
        "云溪县教育局",
        2023,
        s1="建立信息“退出”机制，下架过期信息。邀请家长暗访公示栏30处，发现的缺项补齐到位。"
        "原有20个栏目合并为9个。",
        s5="问题：村小公示栏破损；图纸延迟。改进：换新。",
    ),
    written_report("云溪县档案局", 2023, s1="公开信息12条。", s5="问题：库房小。改进：扩建。"),
)


def test_a_mechanism_named_in_quotation_marks_is_no_number() -> None:
    answer = ask("教育局2023年公开信息“退出”机制是什么", COUNTED)
    assert "下架过期信息" in answer.text
    assert not answer.values


def test_a_single_character_in_quotation_marks_is_looked_for() -> None:
    answer = ask("2023年哪些单位的问题里有“村”", COUNTED)
    assert [v.value for v in answer.values] == ["云溪县教育局"]


def test_what_was_done_stands_apart_from_what_it_was_done_to() -> None:
    answer = ask("哪些单位合并过网站栏目", COUNTED)
    assert [v.value for v in answer.values] == ["云溪县教育局"]


def test_problems_of_so_many_years_are_no_matter() -> None:
    assert "村小" in ask("教育局近三年的问题分别是什么", COUNTED).text


def test_a_named_problem_is_followed_into_the_next_report() -> None:
    said = talk("教育局2023年的问题", "延迟问题改了吗", library=COUNTED).text
    assert "没有云溪县教育局" in said


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("年报第五部分应该写什么", "存在的主要问题"),
        ("“不予处理”包括哪几种", "重复申请"),
        ("部分公开和区分处理是一回事吗", "区分处理"),
    ],
)
def test_what_the_form_asks_for_is_explained(question: str, part: str) -> None:
    answer = ask(question, COUNTED)
    assert answer.method == "definition"
    assert part in answer.text


@pytest.mark.parametrize(
    ("quote", "flagged"),
    [("收到河道意见40条，采纳9条。", False), ("收到河道意见40条。另办活动，采纳建议9条。", True)],
)
def test_a_number_asked_on_about_is_of_the_matter_before_or_said_not_to_be(
    quote: str, flagged: bool
) -> None:
    library = Bookcase(
        with_figures(written_report("云溪县水务局", 2023, s1=f"河道整治公开征求意见，{quote}"))
    )
    said = talk("水务局2023年河道意见收到多少条", "采纳多少", library=library).text
    assert "9条" in said
    assert ("不是上一问" in said) == flagged


def test_why_a_practice_was_taken_up_is_the_problem_beside_it() -> None:
    library = Bookcase(
        written_report("云溪县水务局", 2023, s5="问题：简报难懂。改进：简报增加三色提示。")
    )
    assert "难懂" in talk("水务局的三色提示是什么", "为什么要用", library=library).text


def test_a_number_of_another_noun_is_said_not_to_be_sure() -> None:
    library = Bookcase(
        with_figures(written_report("云溪县水务局", 2023, s1="预警覆盖全县17个隐患点。"))
    )
    assert "未必就是所问" in ask("水务局2023年预警覆盖几个村", library).text


@pytest.mark.parametrize(
    ("questions", "part"),
    [
        (("什么是行政执法案卷", "法律依据是哪条"), "第十六条"),
        (("“三安全一稳定”出自哪一条",), "第十四条"),
        (("超过多少件申请要收费",), "逾期视为放弃申请"),
        (("什么是行政执法案卷", "它算不予公开吗"), "属于行政执法案卷"),
    ],
)
def test_the_law_is_asked_on_about(questions: tuple[str, ...], part: str) -> None:
    answer = talk(*questions, library=CITY)
    assert answer.method == "definition"
    assert part in answer.text


@pytest.mark.parametrize(("table", "about"), [("表四", "表四方面"), ("表二", "表二方面")])
def test_the_table_that_is_named_is_checked(table: str, about: str) -> None:
    library = Bookcase(invented_report(agency="云溪县水务局", year=2023, balanced=True))
    assert about in ask(f"水务局2023年{table}平吗", library).text


def test_what_was_not_meant_is_left_out_of_a_first_question() -> None:
    answer = ask("我问的不是档案局，是教育局2023年的不足", CITY)
    assert {c.agency for c in answer.citations} == {"云溪县教育局"}


FEES = Bookcase(
    with_figures(
        written_report(
            "云溪县水务局",
            2023,
            s1="聘请巡河监督员7名，每月打分。",
            s6="发出收费通知3件，总金额900元，实际收取700元。建议3件、提案5件，均已答复。",
        )
    ),
    *(
        with_figures(
            written_report(f"云溪县{name}局", 2023, s1="公示栏更新。", s6="未收取信息处理费。")
        )
        for name in ("档案", "教育", "民政", "统计")
    ),
)


def test_of_several_reports_none_is_said_to_leave_out_what_its_sentence_states() -> None:
    said = talk("哪些单位收取过信息处理费", "收了多少", library=FEES).text
    assert "云溪县水务局2023年报告未载明信息处理费" not in said
    assert "新收" not in said


def test_how_many_asks_on_of_what_every_report_was_asked_about() -> None:
    assert "7名" in talk("谁聘请了监督员", "聘了几名", library=FEES).text


def test_what_one_of_them_said_is_asked_of_the_same_matter() -> None:
    answer = talk("哪些单位提到监督员", "水务局是怎么说的", library=FEES)
    assert "每月打分" in answer.text


def test_how_many_slips_is_a_check() -> None:
    assert ask("水务局2023年的年报有几处错", FEES).method == "check"


def test_the_problems_just_told_are_asked_on_about_in_other_words() -> None:
    assert "扩建" in talk("档案局2023年存在的问题", "对应的措施", library=COUNTED).text
    said = talk("水务局2022年的问题", "2023年提到改善了吗", library=TALKS).text
    assert "已经全部补齐" in said


def test_a_number_of_the_noun_asked_about_comes_before_another_of_the_sentence() -> None:
    library = Bookcase(
        with_figures(written_report("云溪县水务局", 2023, s1="全年开展监测3轮，发现问题45个。"))
    )
    answer = ask("水务局2023年监测发现多少问题", library)
    assert [v.value for v in answer.values] == [45]


@pytest.mark.parametrize(
    ("question", "part"),
    [("收费标准是什么", "10件以内不收费"), ("不予公开有哪几种情形", "八种情形")],
)
def test_a_standard_and_its_cases_are_explained(question: str, part: str) -> None:
    answer = ask(question, COUNTED)
    assert answer.method == "definition"
    assert part in answer.text


MADE = Bookcase(
    with_figures(
        written_report(
            "云溪县水务局",
            2023,
            s1="制发行政规范性文件1件。印发读本4000册。主动公开信息90条。"
            "对3000份公文重新认定，转为主动公开50份。对8个站所开展专项检查。",
            s6="发出收费通知3件；实际收取2件，金额700元。",
        )
    )
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("水务局2023年印发读本多少册", "4000册"),
        ("水务局2023年转为主动公开的公文多少份", "50份"),
        ("水务局2023年对多少个站所做了检查", "8个"),
        ("水务局2023年实际收取多少信息处理费", "700元"),
    ],
)
def test_a_number_is_of_the_things_that_the_question_counts(question: str, said: str) -> None:
    answer = ask(question, MADE)
    assert answer.method != "check"
    assert said in answer.text
    assert not {v.value for v in answer.values} & {1, 2, 90}


def test_who_cites_what_is_out_of_date_is_a_check() -> None:
    assert ask("哪些报告引用了过期文件", MADE).method == "check"
