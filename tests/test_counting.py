"""What counts nothing in a sentence is masked, however the looking for it is made quick."""

import random

import pytest

from ingest.figures import tokens

_LETTERS = (
    "0123456789一二两三四五六七八九十年月日号条款项第令《》<>〔〕[]()【】电话传真邮编热线手机地址"
    "公开申请件次工作日天小时季度版是以底末初.,:;-—~至到、。xX×+*abAB "
)


@pytest.mark.parametrize("seed", range(20))
def test_a_sentence_without_an_address_is_masked_as_if_one_were_looked_for(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(300):
        text = "".join(chance.choices(_LETTERS, k=chance.randint(1, 40)))
        quick = tokens._NO_COUNT_NOR_MAIL.sub(tokens._mask, text)
        assert quick == tokens._NO_COUNT.sub(tokens._mask, text)


@pytest.mark.parametrize(
    ("sentence", "masked"),
    [
        ("请发邮件到gk12@qinghe.example，收到3件。", "12"),
        ("联系电话：0535－8212345，受理5件。", "8212345"),
        ("依据《条例》第36条答复7件。", "36"),
    ],
)
def test_numbers_in_addresses_and_articles_count_nothing(sentence: str, masked: str) -> None:
    view = tokens.sentence_view(sentence)
    assert masked in view.plain
    assert masked not in view.text
    assert len([token for token in tokens.view_tokens(view) if token.unit == "件"]) == 1


def test_places_in_a_sentence_lead_back_to_its_own_letters() -> None:
    sentence = "共受理 申请①１２ 件。"
    view = tokens.sentence_view(sentence)
    (token,) = tokens.view_tokens(view)
    assert view.span(token.start, token.end).of(sentence) == "１２ 件"
