"""What counts as a number in a cell, and numbers written in words."""

import pytest

from ingest.numbers import chinese_numeral, number_in_words, text_to_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("52", 52),
        ("１２０", 120),
        ("\u3000\u3000 0\u00a0", 0),
        ("1,247", 1247),
        ("1，247", 1247),
        ("1 247", 1247),
        ("1\u00a0247\u00a0300", 1247300),
        ("45.28", 45.28),
        ("45．28", 45.28),
        ("7730.00", 7730),
        ("-8", -8),
        ("－8", -8),
        ("−8", -8),
        ("＋1036", 1036),
        ("\u200b1\ufeff2", 12),
    ],
)
def test_a_number_is_read_however_it_is_typed(text: str, value: float) -> None:
    assert text_to_number(text) == value


@pytest.mark.parametrize(
    "mark",
    ["¹", "²", "①", " ⑴", "[1]", "〔2〕", "［注1］", "*", "※", "[¹]", "(¹)", "（注）", "（注2）"],
)
def test_a_footnote_mark_is_never_joined_to_the_number(mark: str) -> None:
    assert text_to_number("1,247" + mark) == 1247


@pytest.mark.parametrize(
    "text",
    (
        "",
        " ",
        "/",
        "-",
        "—",
        "无",
        "5件",
        "一",
        "①",
        "1 24",
        "1,24",
        "0,123",
        "1\n2",
        "1 2",
        "5.",
        "00",
        "012",
        "1.2.3",
        "1-2",
        "(8)",
        "9" * 16,
        "1,247,30",
        "12/5",
        "O",
    ),
)
def test_what_is_not_exactly_one_number_gives_none(text: str) -> None:
    assert text_to_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("〇", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("廿一", 21),
        ("三百五", 350),
        ("三百零五", 305),
        ("一千二百四十七", 1247),
        ("一万二", 12000),
        ("一万零二", 10002),
        ("一亿零三万", 100030000),
        ("壹佰贰拾", 120),
        ("二〇二四", 2024),
    ],
)
def test_a_numeral_in_words_is_read(text: str, value: int) -> None:
    assert chinese_numeral(text) == value


@pytest.mark.parametrize("text", ["", "万", "十十", "二三", "一百零", "一百一千", "零五", "公"])
def test_a_text_that_is_no_single_numeral_gives_none(text: str) -> None:
    assert chinese_numeral(text) is None


def test_every_number_survives_the_way_into_words_and_back() -> None:
    numbers = [*range(0, 12_000, 7), 10_005, 10_010, 10_305, 100_000_001, 100_010_001, 120_000_003]
    assert [chinese_numeral(number_in_words(n)) for n in numbers] == numbers


def test_small_counts_read_as_people_write_them() -> None:
    assert [number_in_words(n) for n in (0, 5, 10, 12, 20, 105)] == [
        "零",
        "五",
        "十",
        "十二",
        "二十",
        "一百零五",
    ]
    assert number_in_words(-3) == "负三"
