"""How many reports speak of a matter; end to end."""

import pytest

from assistant.asking import ask
from assistant.model import Turn
from tests.bookcase import Bookcase, written_report

BOOKCASE = Bookcase(
    written_report("云溪县水务局", 2023, s1="开展业务培训2次，覆盖62个乡镇，制作图解3件。"),
    written_report("云溪县水务局", 2024, s1="组织线上培训，310人次参加。"),
    written_report("云溪县体育局", 2024, s1="委托第三方评估公开质效，公开赛事信息23条。"),
)


@pytest.mark.parametrize("question", ["有几份年报提到培训", "多少份报告写到培训"])
def test_reports_that_speak_of_a_matter_are_counted_and_quoted(question: str) -> None:
    answer = ask(question, BOOKCASE)
    assert [(value.agency, value.year) for value in answer.values] == [
        ("云溪县水务局", 2023),
        ("云溪县水务局", 2024),
    ]
    assert "查了三份年报" in answer.text and "一家单位的两份" in answer.text
    assert "“组织线上培训，310人次参加。”" in answer.text
    assert [citation.year for citation in answer.citations] == [2023, 2024]


def test_that_none_speaks_of_it_is_said_of_the_reports_that_were_read() -> None:
    answer = ask("有几家单位提到无人机", BOOKCASE)
    assert answer.values == ()
    assert "查了三份年报，没有找到写“无人机”的句子" in answer.text


def test_a_third_party_is_no_third_thing() -> None:
    assert [v.agency for v in ask("几份报告提到第三方评估", BOOKCASE).values] == ["云溪县体育局"]


def test_the_year_that_was_read_is_said_where_a_question_before_named_it() -> None:
    before = "水务局2024年存在哪些问题"
    history = [Turn("user", before), Turn("assistant", ask(before, BOOKCASE).text)]
    for matter in ("培训", "无人机"):
        answer = ask(f"有几家单位提到{matter}", BOOKCASE, history=history)
        assert "查了2024年的两份年报" in answer.text
