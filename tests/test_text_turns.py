import pytest

from assistant.query import Query
from assistant.question.text_turns import in_full, of_the_matter_before

PROBLEMS = Query(
    "问题", kind="retrieval", agencies=("云溪县水务局",), years=(2022,), topic="的问题"
)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("改了没有", "2022年的问题整改了吗"),
        ("后来落实了吗？", "2022年的问题整改了吗"),
        ("2024年解决了吗", "2023年的问题整改了吗"),
        ("有什么措施", "有什么措施"),
    ],
)
def test_whether_it_was_mended_is_asked_of_the_problems_just_told(
    question: str, meant: str
) -> None:
    assert in_full(question, PROBLEMS) == meant
    assert in_full(question, None) == question


def test_what_names_no_matter_is_of_the_matter_that_every_report_was_asked_about() -> None:
    before = Query("谁提到小程序", kind="retrieval", topic="谁提到小程序")
    then = Query("存在什么问题", kind="retrieval", topic="存在什么问题")
    assert "小程序" in of_the_matter_before(then, before).topic
    assert of_the_matter_before(then, PROBLEMS) == then
