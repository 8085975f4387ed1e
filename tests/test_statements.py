"""What a report says of the fee is found in every wording, and what it leaves out is not."""

import pytest

from assistant.lookup.statements import find_statement
from assistant.question.text_words import FEE_STATEMENT
from tests.invented import invented_report


def fee_sentences(section_six: str) -> list[tuple[str, bool]]:
    report = invented_report(sections={6: section_six})
    return [(stated.text, stated.says_no) for stated in find_statement(report, FEE_STATEMENT)]


@pytest.mark.parametrize(
    "sentence",
    [
        "本年度未收取信息处理费。",
        "本年度没有收取信息处理费，也没有其他需要报告的事项。",
        "2023年未发生信息处理费收取事项。",
        "信息处理费收取情况：未收取。",
        "信息处理费：2024年度没有收取。",
    ],
)
def test_a_report_that_collected_nothing_says_so(sentence: str) -> None:
    assert fee_sentences(sentence) == [(sentence, True)]


@pytest.mark.parametrize("between", ["", "\n"])
def test_the_sentence_under_the_heading_is_the_statement(between: str) -> None:
    sentence = "2024年共发出收费通知2件，总金额1800元；"
    text = f"（一）收取信息处理费情况。{between}{sentence}实际收取1件。"
    assert fee_sentences(text)[0] == (sentence, False)


@pytest.mark.parametrize(
    "text", ["没有其他需要报告的事项。", "（一）收取信息处理费情况。\n（二）建议提案办理情况。"]
)
def test_a_heading_alone_states_nothing(text: str) -> None:
    assert fee_sentences(text) == []
