import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import decode, for_matching


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("⼀、⾏政⽂件", "一、行政文件"),
        ("⺠政⻄区", "民政西区"),
        ("结 果\u3000维\xa0持", "结果维持"),
        ("总\u200b计\ufeff\u202e", "总计"),
        ("１２３（件）", "123(件)"),
        ("公\ufe0f开\u00ad", "公开"),
        ("", ""),
    ],
)
def test_look_alike_labels_compare_equal(text: str, plain: str) -> None:
    assert for_matching(text) == plain


@given(st.text(max_size=60))
def test_matching_form_is_stable_and_has_no_space(text: str) -> None:
    plain = for_matching(text)
    assert for_matching(plain) == plain
    assert not any(character.isspace() for character in plain)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_common_encodings_simply_work(encoding: str) -> None:
    decoded = decode("青禾区政府信息公开".encode(encoding))
    assert decoded.text == "青禾区政府信息公开"
    assert not decoded.guessed
    assert decoded.lost == 0


def test_a_page_that_says_gb2312_may_hold_any_gb18030_character() -> None:
    decoded = decode("镕政府㐂".encode("gb18030"), declared="gb2312")
    assert (decoded.text, decoded.encoding) == ("镕政府㐂", "gb18030")


@pytest.mark.parametrize(
    "declared", ["utf-8", "no-such-encoding", "rot13", "iso-8859-1", "cp1252", "ascii", "", None]
)
def test_a_wrong_declaration_does_not_spoil_the_text(declared: str | None) -> None:
    assert decode("年度报告".encode("gb18030"), declared).text == "年度报告"


def test_a_short_text_without_any_known_word_is_a_guess() -> None:
    assert decode("青禾".encode("gb18030")).guessed


def test_one_damaged_byte_is_counted_and_the_rest_kept() -> None:
    data = "政府信息公开".encode() + b"\xff" + "年度报告".encode()
    decoded = decode(data)
    assert decoded.text == "政府信息公开\ufffd年度报告"
    assert decoded.lost == 1
    assert not decoded.is_garbled


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开年度报告".encode().decode("latin-1"),
        "\ufffd" * 40 + "政府",
        "锟斤拷锟斤拷锟斤拷",
    ],
)
def test_mojibake_is_recognised(text: str) -> None:
    assert decode(text.encode()).is_garbled


@given(st.binary(max_size=300), st.sampled_from([None, "gb2312", "utf-8", "big5", "latin-1"]))
def test_any_bytes_can_be_decoded(data: bytes, declared: str | None) -> None:
    decoded = decode(data, declared)
    assert decoded.lost == decoded.text.count("\ufffd")
