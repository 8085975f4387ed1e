"""The tokens of a text: what a question and the sentence that answers it have in common."""

import pytest

from ingest.forms import FORM_2021
from vectorstore.tokens import TOKENS_VERSION, domain_words, text_to_tokens


def test_chinese_gives_characters_then_overlapping_bigrams_then_words() -> None:
    assert text_to_tokens("政府信息") == [
        "政",
        "府",
        "信",
        "息",
        "政府",
        "府信",
        "信息",
        "政府信息",
    ]


def test_bigrams_do_not_reach_across_punctuation_or_numbers() -> None:
    tokens = text_to_tokens("公开，申请3件")
    assert "开申" not in tokens
    assert "请件" not in tokens


def test_words_inside_longer_words_are_found_too() -> None:
    tokens = text_to_tokens("依申请公开政府信息公开申请")
    assert {"依申请公开", "政府信息公开", "信息公开申请"} <= set(tokens)


@pytest.mark.parametrize("number", ["52", "2023", "316441", "55.87"])
def test_a_number_stays_whole(number: str) -> None:
    assert number in text_to_tokens(f"共{number}件")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("２０２３年", "2023年"),
        ("信 息 公 开", "信息公开"),
        ("WeChat公众号", "wechat公众号"),
        ("行\u200b政许可", "行政许可"),
    ],
)
def test_spellings_that_look_alike_give_the_same_tokens(one: str, other: str) -> None:
    assert text_to_tokens(one) == text_to_tokens(other)


@pytest.mark.parametrize("text", ["", "  ", "，。！", "\n\t", "①"])
def test_text_without_words_gives_no_chinese_token(text: str) -> None:
    assert not [token for token in text_to_tokens(text) if not token.isdigit()]


def test_every_row_label_of_the_form_is_found_as_a_word() -> None:
    long_labels = [
        row.label
        for table in FORM_2021.tables.values()
        for row in table.rows.values()
        if len(row.label) >= 3 and "（" not in row.label and "、" not in row.label
    ]
    for label in long_labels:
        bare = label.replace("“", "").replace("”", "")
        assert any(token in text_to_tokens(label) for token in (bare, "三安全一稳定")), label


def test_words_are_longer_than_bigrams_so_that_nothing_counts_twice() -> None:
    assert min(len(word) for word in domain_words()) >= 3


def test_the_version_names_the_way_and_the_words() -> None:
    way, _, words = TOKENS_VERSION.partition("-")
    assert way.isdigit()
    assert len(words) == 8
