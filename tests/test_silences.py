from dataclasses import replace

import pytest

from assistant.asking import ask
from assistant.query import Query
from assistant.retrieval import PASSAGES_SEARCHED
from assistant.silences import MOST_READ, asks_silence
from tests.bookcase import Bookcase, written_report

BOOKCASE = Bookcase(
    written_report("云溪县水务局", 2023, s1="组织业务培训2期。", s5="主要问题：水质月报发布晚。"),
    written_report("云溪县体育局", 2023, s1="更新栏目3个。", s5="主要问题：人手不足。"),
    written_report(
        "云溪县农业农村局",
        2023,
        s1="举办学习班1期。",
        s5="上年更新慢的问题，已经解决。\n主要问题：农技文章专业词多。",
    ),
)


def _streets(count: int, text: str) -> Bookcase:
    """A library of so many reports that all say the same."""
    one = written_report("云溪县体育局", 2023, s1=text)
    return Bookcase(
        *(
            replace(one, sha256=f"{number:016x}{0:048x}", agency=f"云溪县第{number}街道办事处")
            for number in range(count)
        )
    )


def agencies(question: str) -> list[str]:
    return [value.agency or "" for value in ask(question, BOOKCASE).values]


@pytest.mark.parametrize(
    "question",
    [
        "哪些单位没有提到培训？",
        "没提到培训的单位有哪些",
        "谁没有写到培训",
    ],
)
def test_those_who_do_not_speak_of_it_are_named_and_not_those_who_do(question: str) -> None:
    assert agencies(question) == ["云溪县体育局"]


def test_those_who_do_speak_of_it_are_still_quoted() -> None:
    assert agencies("哪些单位提到了培训？") == ["云溪县农业农村局", "云溪县水务局"]


def test_who_has_not_mended_last_years_problem_is_who_writes_nothing_of_it() -> None:
    assert agencies("哪些单位没有整改上年的问题？") == ["云溪县体育局", "云溪县水务局"]


def test_the_words_that_were_looked_for_and_the_limit_of_it_are_said() -> None:
    answer = ask("哪些单位没有提到培训？", BOOKCASE)
    assert answer.text.startswith(
        "查了三份年报，没有找到写“培训／学习班／业务学习”的句子的有一份："
    )
    assert "换了写法的可能没有认出" in answer.text
    assert [citation.agency for citation in answer.citations] == ["云溪县体育局"]


def test_when_every_report_speaks_of_it_nobody_is_named() -> None:
    answer = ask("哪些单位没有写存在的问题？", BOOKCASE)
    assert answer.values == () and "都写到了" in answer.text


def test_too_many_reports_to_read_whole_are_refused_and_not_guessed_at() -> None:
    answer = ask("哪些单位没有提到培训？", _streets(MOST_READ + 1, "更新栏目3个。"))
    assert answer.status == "unanswerable" and "请限定年度或单位" in answer.text


def test_a_denial_without_asking_who_is_no_question_on_silence() -> None:
    assert not asks_silence(Query("水务局没有提到培训吗"))
    assert asks_silence(Query("哪几家未提及培训"))
    assert asks_silence(Query("有没有单位没提到培训"))


def test_what_one_agency_or_all_leave_undone_is_no_question_on_who_is_silent() -> None:
    assert not asks_silence(Query("水务局没有写哪些内容", agencies=("云溪县水务局",)))
    assert not asks_silence(Query("各单位没有解决的问题有哪些"))
    assert not asks_silence(Query("各单位没有整改哪些问题"))


def test_a_list_of_those_who_speak_of_it_says_how_far_it_was_looked_for() -> None:
    answer = ask("哪些单位提到了培训？", BOOKCASE)
    assert answer.text.endswith("（三份年报逐份查过；换了写法的可能没有列出。）")


def test_a_list_taken_from_a_search_says_that_it_may_lack_some() -> None:
    answer = ask("哪些单位提到了培训？", _streets(PASSAGES_SEARCHED + 10, "组织业务培训2期。"))
    assert "名单可能不全" in answer.text


def test_a_question_on_one_agency_needs_no_such_line() -> None:
    assert "逐份" not in ask("水务局存在哪些问题？", BOOKCASE).text


def test_a_report_that_writes_of_having_none_is_quoted_and_the_others_are_not_accused() -> None:
    bookcase = Bookcase(
        written_report("云溪县水务局", s1="我局无独立门户网站，信息由县政府网站发布。"),
        written_report("云溪县体育局", s1="通过局门户网站公开信息8条。"),
    )
    answer = ask("哪些单位没有独立门户网站", bookcase)
    assert [value.value for value in answer.values] == ["云溪县水务局"]
    assert "无独立门户网站" in answer.text
    assert "不能据此认定没有" in answer.text
