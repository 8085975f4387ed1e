"""Numbers that several nouns share: 行政复议、行政诉讼分别为2件和1件, 推进会、培训会各1次.

Reads each number as if its own noun stood right before it. The invariant: nouns and numbers are
matched only where there are as many of the one as of the other; where there are not, the numbers
are left out, because whatever stands nearest is not what they count.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.figures.tokens import MASK, RATES, Token, View, listed_numbers

_SHARES = re.compile("分别|依次|各")
# 分别为12、3条   分别收到申请2件和1件
_RESPECTIVELY = re.compile(r"(?:分别|依次)(?P<said>[^,;:。\d]{0,14})(?=\d)")
# 各1次   各发布公告5条; not 各部门12个
_EACH = re.compile(
    r"各(?P<said>(?:有|为|设|共)?(?:(?:公开|发布|推送|举办|召开|开展|组织|收到|受理|办理|制作|编发)"
    r"[^各,;:。、\d]{0,6})?)(?=\d)"
)
_CLAUSE_BREAK = re.compile(r"[,;:。(]")
_SEPARATOR = re.compile("、|以及|和|及|与")
_BEFORE_A_LIST = re.compile(r"通过|采用|采取|其中|依托|利用")
# What the last of a list says of all: 图文、视频解读; 网络、信函、当面方式提出的申请
_SAID_OF_ALL = re.compile(
    r"(?<=[县区市旗镇乡道级局委])(?:收到|受理|公开|发布|答复|办理)的?[^、]*$"
    r"|(?:方式)?(?:提出)?(?:的)?申请$|解读$|信息$"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_FEWEST = 2
_SHORTEST_NOUN = 2  # characters


class Reading(NamedTuple):
    """A number of a sentence, and the view and token in which it is read.

    `begin` is where the number before leaves off in that view, `noun` what a share is a share of.
    """

    token: Token
    view: View
    read_as: Token
    begin: int
    noun: str = ""


def readings(view: View, tokens: Sequence[Token]) -> Iterator[Reading]:
    """The numbers of a sentence in order, each as it is to be read."""
    lists = list(_lists(view)) if _SHARES.search(view.text) else []
    end = end_of_count = begin = 0
    for token in tokens:
        while lists and lists[0].start <= token.start:
            shared = lists.pop(0)
            yield from shared.found
            end = end_of_count = shared.end
        if token.start >= end:
            is_rate = token.unit in RATES
            if token.start != end or not end:  # 培训1次65人: the words before the first are both's
                begin = end if is_rate else end_of_count
            yield Reading(token, view, token, begin)
            end = token.end
            end_of_count = end_of_count if is_rate else end


class _Shared(NamedTuple):
    """A list of numbers from `start` up to `end`, and how each is read."""

    start: int
    end: int
    found: list[Reading]


def _lists(view: View) -> Iterator[_Shared]:
    for match in _RESPECTIVELY.finditer(view.text):
        numbers = listed_numbers(view.text, match.end())
        if len(numbers) < _FEWEST:
            continue
        nouns = _nouns(view, match.start())
        matched = numbers if len(nouns) == len(numbers) else []
        found = [_reading(*pair, view, match["said"]) for pair in zip(matched, nouns, strict=False)]
        yield _Shared(match.end(), numbers[-1].end, found)
    for match in _EACH.finditer(view.text):
        numbers, nouns = listed_numbers(view.text, match.end()), _nouns(view, match.start())
        if numbers and len(nouns) >= _FEWEST:
            found = [_reading(numbers[0], noun, view, match["said"]) for noun in nouns]
            yield _Shared(match.end(), numbers[0].end, found)


class _Noun(NamedTuple):
    """One of the nouns of a list: what stands before the list, and its own words up to `end`."""

    list_start: int
    start: int
    end: int
    more: str = ""


def _nouns(view: View, end: int) -> list[_Noun]:
    """The nouns of the list that ends there; as one noun where they are years and something else."""
    while view.text[end - 1 : end] == ",":
        end -= 1
    clause = max((m.end() for m in _CLAUSE_BREAK.finditer(view.text, 0, end)), default=0)
    start = max((m.end() for m in _BEFORE_A_LIST.finditer(view.text, clause, end)), default=clause)
    last_start, nouns = start, []
    for separator in _SEPARATOR.finditer(view.text, start, end):
        nouns.append(_Noun(start, last_start, separator.start()))
        last_start = separator.end()
    nouns.append(_Noun(start, last_start, end))
    of_year = [bool(_YEAR.fullmatch(view.plain, noun.start, noun.end)) for noun in nouns]
    if any(noun.end - noun.start < _SHORTEST_NOUN for noun in nouns):  # 省、市、区三级提案
        return []
    if any(MASK in view.text[noun.start : noun.end] for noun in nouns[1:]) and not all(of_year):
        return []
    of_all = _SAID_OF_ALL.search(view.text[last_start:end])
    if of_all is None or any(
        noun.more or _SAID_OF_ALL.search(view.text[noun.start : noun.end]) for noun in nouns[:-1]
    ):
        return nouns
    return [*(noun._replace(more=of_all[0]) for noun in nouns[:-1]), nouns[-1]]


def _reading(token: Token, noun: _Noun, view: View, said: str) -> Reading:
    more = f"{noun.more}{said}"
    text, plain = (
        f"{whole[: noun.list_start]}{whole[noun.start : noun.end]}{more}"
        for whole in (view.text, view.plain)
    )
    read_as = Token(len(text), len(text), token.value, token.unit, token.approximate)
    return Reading(
        token,
        View(plain, text, ()),
        read_as,
        noun.list_start,
        text[noun.list_start : len(text) - len(said)],
    )
