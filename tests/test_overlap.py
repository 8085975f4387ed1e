"""The share of a question that a text says, in the same words or in others."""

import pytest

from vectorstore.overlap import OTHER_WORD, Overlap
from vectorstore.tokens import text_to_tokens


@pytest.mark.parametrize(
    "text",
    (
        "新收 申请3件",
        "2023年新收申请13件",
        "共 113 件 pdf",
        "政府信息公开平台建设占 3.5%",
        "占 13.5% 的 PDFA",
        "",
    ),
)
def test_a_text_says_exactly_the_terms_that_are_its_tokens(text: str) -> None:
    terms = list(dict.fromkeys(text_to_tokens("政府信息公开平台2023年新收申请3件，占3.5% PDF")))
    tokens = set(text_to_tokens(text))
    for term in terms:
        assert Overlap({term: 2.0}).share(text) == float(term in tokens)


def test_a_rarer_term_is_a_larger_share() -> None:
    overlap = Overlap({"申请": 1.0, "闸机": 3.0})
    assert overlap.share("闸机已接入。") == pytest.approx(0.75)
    assert overlap.share("收到申请。") == pytest.approx(0.25)


def test_another_word_for_a_term_counts_a_little_less_than_the_term() -> None:
    overlap = Overlap({"大夫": 1.0}, {"大夫": ("医生", "医师")})
    assert overlap.share("大夫坐诊。") == 1
    assert overlap.share("医生坐诊。") == OTHER_WORD
    assert overlap.share("护士值班。") == 0


def test_nothing_asked_is_nothing_said() -> None:
    assert Overlap({}).share("公开信息。") == 0
