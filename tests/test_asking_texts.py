"""Questions on the text that were once answered with sentences that do not answer; end to end."""

import pytest

from assistant.answer import Answer
from assistant.asking import ask
from assistant.model import Turn
from tests.bookcase import Bookcase, written_report

WATER = written_report(
    "云溪县水务局",
    2023,
    s1="公开信息41条。信息发布由站所起草、办公室核对、局长签发。没有自建网站和公众号。"
    "上线“清水码”查询页。平均答复时间由12个工作日压缩到7个工作日。",
    s5="（一）主要问题\n1. 公开人手不足。承办人员由会计兼任，常常顾不上更新。\n"
    "2. “清水码”页面打开慢，答复书引用旧文号。\n"
    "（二）改进情况\n1. 配强公开队伍。从各站抽调两名同志轮流承担发布。\n2. 更新服务器。",
)
FARM = written_report(
    "云溪县农业农村局",
    2024,
    s1="公开农技信息97条，解读材料16篇。“清水码”更名为“碧水通”。组织线上培训，310人次参加。"
    "所有申请材料都通过挂号信寄给申请人。",
    s5="存在政策解读不够通俗的问题。下一步改用方言讲解。2023年指出的栏目难找问题，已经解决。",
    s6="办理政协提案3件，均已答复。",
)
SPORT = written_report(
    "云溪县体育局",
    2024,
    s1="公开赛事信息23条，每月解读一次场馆收费。继续保持零败诉的记录。",
    s5="场馆预约页面偶有中断。下一步增加备用线路。",
)
BOOKCASE = Bookcase(WATER, FARM, SPORT)


def answered(*turns: str, by_user_only: bool = False) -> Answer:
    """The answer to the last of several questions, each asked after those before it."""
    history: list[Turn] = []
    for turn in turns:
        answer = ask(turn, BOOKCASE, history=history)
        history.append(Turn("user", turn))
        if not by_user_only:
            history.append(Turn("assistant", answer.text))
    return answer


def test_what_ails_a_thing_is_read_in_the_text_what_ails_a_report_is_checked() -> None:
    assert "打开慢" in answered("水务局2023年清水码有哪些毛病").text
    assert answered("水务局2023年的报告有哪些毛病").method == "check"
    assert answered("水务局2023年的报告有没有数字打架").method == "check"


def test_a_measure_is_quoted_with_the_sentences_that_say_how() -> None:
    assert "抽调两名同志" in answered("水务局怎么解决人手不足的").text


def test_those_who_hold_two_offices_are_not_those_who_are_few() -> None:
    answer = answered("哪家有兼职干公开的")
    assert [value.value for value in answer.values] == ["云溪县水务局"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("水务局的公开信息谁签发", "局长签发"),
        ("水务局平均多久办完一件申请", "压缩到7个工作日"),
        ("农业农村局的申请材料是怎么寄给申请人的", "挂号信"),
        ("清水码后来改名叫什么", "更名为“碧水通”"),
        ("水务局有公众号没有", "没有自建网站和公众号"),
        ("农业农村局有没有提案没办完", "均已答复"),
        ("谁说自己零败诉", "零败诉的记录"),
    ],
)
def test_how_who_and_how_long_are_answered_by_sentences(question: str, words: str) -> None:
    answer = answered(question)
    assert answer.status == "answered"
    assert words in answer.text


def test_who_calls_a_thing_wanting_is_looked_for_among_the_problems() -> None:
    answer = answered("哪些单位说解读不够")
    assert [value.value for value in answer.values] == ["云溪县农业农村局"]


def test_who_held_trainings_is_told_by_sentences_whatever_they_count() -> None:
    assert [v.value for v in answered("哪些单位搞过培训").values] == ["云溪县农业农村局"]
    assert "云溪县农业农村局" not in answered("有没有单位没搞过培训").text


def test_a_practice_that_reports_lack_is_not_answered_with_those_that_have_it() -> None:
    answer = answered("没有执行挂号信寄送的有哪些")
    assert {value.value for value in answer.values} == {"云溪县水务局", "云溪县体育局"}


def test_no_agency_is_declared_the_best() -> None:
    answer = answered("哪家的改进措施最扎实")
    assert not answer.values
    assert "比不出哪家“最扎实”" in answer.text
    assert answered("哪家的公开做得最好").status == "unanswerable"


def test_when_it_began_is_asked_of_what_was_just_told() -> None:
    answer = answered("水务局有清水码吗", "哪年上线的", by_user_only=True)
    assert "上线“清水码”" in answer.text
    assert "打开慢" not in answer.text


def test_who_and_which_after_one_agency_stay_with_it() -> None:
    answer = answered("水务局怎么发布信息", "我问的是谁签发")
    assert {citation.agency for citation in answer.citations} == {"云溪县水务局"}
    answer = answered("农业农村局2024年的问题", "去年的问题解决没有", "具体是哪个问题")
    assert {citation.agency for citation in answer.citations} == {"云溪县农业农村局"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("部分公开和区分处理是一个意思吗", "不计其他情形"),
        ("对答复不满意能直接去法院吗", "行政诉讼"),
        ("依申请公开二十个工作日答复不了怎么办", "延长"),
        ("建议和提案办理要写进年报吗", "没有单列"),
        ("属于行政查询事项的怎么答复", "另有特别规定"),
        ("补正是几天内告知", "7个工作日"),
        ("商业秘密能不公开吗", "第三方同意公开"),
        ("国家秘密的信息能申请公开吗", "不予公开的情形"),
        ("区分处理算不算不予公开", "不计其他情形"),
        ("重复申请会被拒绝吗", "不予重复处理"),
        ("处理费超过多少件开始收", "10件以内不收费"),
        ("过程性信息都不公开吗", "讨论记录"),
        ("申请人是企业填哪一栏", "商业企业"),
        ("表三怎么勾稽", "本年新收＋上年结转"),
        ("信息处理费什么时候开始收的", "2021年1月1日"),
    ],
)
def test_rules_are_explained_and_no_agencies_are_listed(question: str, words: str) -> None:
    answer = answered(question)
    assert answer.method == "definition"
    assert words in answer.text


def test_in_which_year_it_was_done_is_not_answered_with_a_plan() -> None:
    assert answered("体育局哪一年增加了备用线路").status == "unanswerable"


def test_how_many_problems_are_asked_for_the_problems_themselves() -> None:
    assert "打开慢" in answered("水务局2023年有几个问题").text


def test_whether_a_problem_is_still_there_is_asked_of_the_later_report() -> None:
    answer = answered("农业农村局2024年的问题", "怎么改", "2024年还有这个问题吗")
    assert "通俗" in answer.text
    assert "方言" not in answer.text


def test_who_held_an_event_is_no_question_on_requests_done_with() -> None:
    assert "310人次" in answered("哪些单位组织了线上培训").text


def test_a_rule_of_procedure_is_not_answered_with_a_list_of_agencies() -> None:
    assert "年报不载明" in answered("不予公开要写理由吗").text


def test_it_after_a_list_of_several_is_asked_back() -> None:
    answer = answered("哪家提到清水码", "2023年它的问题是什么")
    assert answer.status == "clarify"
    assert "云溪县农业农村局" in answer.text


def test_what_an_inspection_found_is_read_not_checked() -> None:
    assert answered("体育局内部检查查出什么").method == "retrieval"


def test_another_matter_after_what_was_done_is_asked_for_what_was_done() -> None:
    answer = answered("水务局人手的问题怎么改", "那服务器呢")
    assert "更新服务器" in answer.text
    assert "顾不上" not in answer.text


def test_what_an_agency_inspected_is_no_check_of_its_report() -> None:
    assert answered("体育局2024年检查了什么").method == "retrieval"


def test_who_says_there_is_much_of_something_is_no_ranking() -> None:
    assert answered("哪家说自己解读的材料多").method == "retrieval"


def test_a_new_trouble_asked_for_after_the_measures_is_a_trouble() -> None:
    answer = answered("农业农村局2023年的问题", "2024年怎么解决的", "又出了什么新问题")
    assert "通俗" in answer.text
    assert "方言" not in answer.text


def test_how_a_weakness_is_strengthened_tells_the_measures() -> None:
    assert "抽调两名同志" in answered("水务局怎么加强公开人手").text


def test_who_lacks_a_channel_is_who_says_so() -> None:
    answer = answered("哪家没有公众号")
    assert [value.value for value in answer.values] == ["云溪县水务局"]


def test_the_year_of_the_reports_read_is_said_where_one_was_meant() -> None:
    assert "2024年的两份年报逐份查过" in answered("2024年哪些单位提到了解读").text


def test_problems_of_two_years_set_side_by_side_are_no_question_on_their_mending() -> None:
    answer = answered("水务局去年和今年的问题有没有重复")
    assert "栏目难找" not in answer.text


def test_how_a_trouble_was_dealt_with_tells_what_was_done_not_only_the_trouble() -> None:
    assert "更新服务器" in answered("水务局怎么处理清水码打开慢").text
    assert "已经解决" in answered("农业农村局栏目难找的问题解决了没").text


def test_another_trouble_named_after_one_is_asked_of_itself() -> None:
    answer = answered("水务局的公开人手有什么不足", "那页面呢")
    assert "打开慢" in answer.text


def test_a_suit_by_the_authority_is_nothing_that_reports_tell() -> None:
    assert "不记载行政机关起诉别人" in answered("水务局有没有把申请人告上法庭").text


def test_what_is_meant_to_be_done_is_told_by_sentences() -> None:
    assert answered("哪些单位提出要加强培训").method == "retrieval"


def test_two_tables_named_are_both_checked() -> None:
    assert "表三、表四方面" in answered("水务局2023年表三平吗，表四呢").text
    assert "单位方面" in answered("水务局2023年的报告写没写错单位").text
    assert "雷同方面" in answered("水务局2023年的报告和别人雷同吗").text


def test_a_use_made_of_results_is_no_question_on_this_program() -> None:
    assert "可以问" not in answered("体育局考核结果怎么用的").text
    assert "可以问" in answered("怎么用").text


def test_a_part_that_is_named_is_quoted_and_of_a_table_its_numbers_may_be_asked() -> None:
    assert "政协提案3件" in answered("农业农村局2024年第六部分写了什么").text
    assert "挂号信" in answered("农业农村局2024年总体情况").text
    assert "栏目难找" not in answered("农业农村局2024年总体情况").text
    tables = answered("农业农村局2024年第三部分说了什么")
    assert tables.status == "unanswerable" and "可以问其中的数" in tables.text
