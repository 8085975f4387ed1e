"""Texts that are numbers, and the numbers that Chinese writes in words.

The invariant: a text gives a number only when it can be read in one way. A digit is never dropped,
joined to its neighbour or taken from a footnote mark; in doubt the answer is None, and the caller
says so. Knows nothing of tables, units or sentences.
"""

import re
import unicodedata
from functools import lru_cache

from ingest.report import Number

# A report that counts more than this has lost a separator between two numbers.
MAX_DIGITS = 15

# U+00AD, zero-width characters, bidi marks and isolates, variation selectors, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
# What follows it is shown from right to left, digits too.
_TURNED_ROUND = "\u202e"
# Marks that point to a note and stand after the number: 1,247¹  1247①  1247⑴  1247[1]  1247(注1)
# 1247⁽¹⁾ comes as 1247(¹). (\uff3b \uff3d are full-width brackets, \uff0a the full-width asterisk.)
_FOOTNOTE = re.compile(
    "(?:[¹²³⁰⁴-⁹①-⑳⑴-⑽❶-❿]+"
    r"|[\[\uff3b〔]\s*注?\s*[\d¹²³⁰⁴-⁹]{1,2}\s*[\]\uff3d〕]"
    r"|[(（]\s*注?\s*[¹²³⁰⁴-⁹]{1,2}\s*[)）]|[(（\[\uff3b〔]\s*注\s*\d{0,2}\s*[)）\]\uff3d〕]"
    r"|[*\uff0a※†‡]+)$"
)
# Two or more numbers in one cell stand on lines of their own: never joined.
_LINE_BREAK = re.compile(r"[\r\n\v\f\u2028\u2029]")
_PUNCTUATION = str.maketrans(
    {"，": ",", "\uff0e": ".", "＋": "+", "﹢": "+", "－": "-", "﹣": "-", "−": "-", "–": "-"}
)
# 1247  0  1,247  1 247  45.28  -8; no leading zeros ("00" is two cells run together).
_NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?"
    r"(?P<whole>0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)"
    r"(?P<decimals>\.[0-9]+)?"
)


@lru_cache(maxsize=8192)
def text_to_number(text: str) -> Number | None:
    """The number that a cell's text is, None when it is not exactly one number.

    Full-width digits, thousands separators (a comma or a space before groups of three), a sign and
    decimals are read; footnote marks are taken off first. Words, units and Chinese numerals are no
    number here: a cell that holds them needs a doubt.

    >>> text_to_number("1，247¹"), text_to_number("＋1036"), text_to_number("1 2")
    (1247, 1036, None)
    """
    match = _NUMBER.fullmatch(_plain(text))
    if match is None or _TURNED_ROUND in text:
        return None
    whole = re.sub("[, ]", "", match["whole"])
    if len(whole) > MAX_DIGITS:
        return None
    return _value(match["sign"] + whole, match["decimals"] or "")


def _value(whole: str, decimals: str) -> Number:
    if decimals.strip(".0"):
        return float(whole + decimals)
    return int(whole)


def _plain(text: str) -> str:
    """The text without marks that are no part of a number, its digits and separators ASCII."""
    visible = _INVISIBLE.sub("", text).strip()
    if _LINE_BREAK.search(visible):
        return visible
    bare = _FOOTNOTE.sub("", visible).strip().translate(_PUNCTUATION)
    return "".join(_plain_character(character) for character in bare)


def _plain_character(character: str) -> str:
    if character.isspace():
        return " "
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


# --- Numbers in words ------------------------------------------------------------------------------

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_DIGITS |= {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"○": 0, "两": 2, "兩": 2, "貳": 2, "參": 3, "陸": 6}
_TENS = {"廿": 20, "卅": 30}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_ZEROS = "〇零○"

CHINESE_NUMERAL = f"[{''.join([*_DIGITS, *_TENS, *_STEPS, *_MYRIADS])}]"
"""A regular expression for one character of a numeral in words."""


def chinese_numeral(text: str) -> int | None:
    """The number written in words, None when the text is not one numeral.

    A row of digits is read as such when it can be nothing else (二〇二四, 一〇九); 二三 may mean
    "two or three" and gives None.

    >>> chinese_numeral("一千二百四十七"), chinese_numeral("廿一"), chinese_numeral("二三")
    (1247, 21, None)
    """
    if not text:
        return None
    if all(character in _DIGITS for character in text):
        return _digit_row(text)
    total = 0
    rest = text
    for unit in (10**8, 10**4):
        head, found, tail = _split_at(rest, unit)
        if not found:
            continue
        part = _below_myriad(head.lstrip(_ZEROS) if total else head)
        if part is None:
            return None
        total += part * unit
        rest = tail
        if len(rest) == 1 and rest in _DIGITS and rest not in _ZEROS:
            return total + _DIGITS[rest] * unit // 10  # 一万二 is 12 000
    if not rest:
        return total
    part = _below_myriad(rest.lstrip(_ZEROS))
    return None if part is None else total + part


def _digit_row(text: str) -> int | None:
    if len(text) > 2 or len(text) == 1 or text[-1] in _ZEROS:
        return int("".join(str(_DIGITS[character]) for character in text[:MAX_DIGITS]))
    return None


def _split_at(text: str, unit: int) -> tuple[str, bool, str]:
    for character, value in _MYRIADS.items():
        if value == unit and character in text:
            head, _, tail = text.partition(character)
            return head, True, tail
    return "", False, text


def _below_myriad(text: str) -> int | None:
    """The value of a numeral below 10,000, None when its characters are in no lawful order."""
    if not text or text[-1] in _ZEROS:
        return None
    total, digit, last = 0, None, 10_000
    for character in text:
        if character in _ZEROS:
            if digit is not None or total == 0:
                return None
            last = min(last, 100 if last > 100 else 10)
            continue
        if character in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[character]
            continue
        step = 10 if character in _TENS else _STEPS.get(character)
        if step is None or step >= last:
            return None
        total += _TENS.get(character, (digit or 1) * step)
        digit, last = None, step
    return total + (digit or 0) * _step_of_last(text, last)


def _step_of_last(text: str, last: int) -> int:
    """What a last digit counts: 三百五 is 350, 三百零五 is 305."""
    if len(text) > 1 and text[-2] in _STEPS and last > 10:
        return last // 10
    return 1


_WORDS = "零一二三四五六七八九"


def number_in_words(number: int) -> str:
    """The number in Chinese words, for counts that the program itself makes.

    >>> number_in_words(5), number_in_words(12), number_in_words(10_305)
    ('五', '十二', '一万零三百零五')
    """
    if number < 0:
        return "负" + number_in_words(-number)
    if number < 10:
        return _WORDS[number]
    words = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number < unit:
            continue
        count, number = divmod(number, unit)
        words += number_in_words(count) + name
        if number and number < unit // 10:
            words += "零"
    words += _WORDS[number] if number else ""
    return words.removeprefix("一") if words.startswith("一十") else words
