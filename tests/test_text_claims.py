import pytest

from assistant.text_claims import false_claim


@pytest.mark.parametrize(
    ("question", "quote", "words"),
    [
        ("聘请了30名监督员，对吗", "聘请监督员20名参与评议。", "30名"),
        ("印发了一万册读本吗", "制作读本，印发5000册。", "一万册"),
        ("举办了三次培训，是吗", "举办培训2期，640人次参加。", "三次"),
        ("得分是95分吧", "年度社会评议得分为93.5分。", "95分"),
    ],
)
def test_a_number_taken_for_granted_that_the_sentence_gives_otherwise_is_named(
    question: str, quote: str, words: str
) -> None:
    assert false_claim(question, [quote]) == words


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("聘请了20名监督员，对吗", "聘请二十人担任监督员。"),
        ("聘请了30名监督员，对吗", "聘请监督员参与评议。"),
        ("聘请了多少名监督员", "聘请监督员20名。"),
        ("一个平台都没有吗", "保留运行平台96个。"),
    ],
)
def test_what_agrees_or_is_not_counted_in_that_word_contradicts_nothing(
    question: str, quote: str
) -> None:
    assert not false_claim(question, [quote])
