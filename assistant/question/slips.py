"""Slips of the pen in a question: a character that sounds or looks like the one meant.

Pure. The invariant: a word is mended only where the characters beside it leave no doubt (a word of
the vocabulary of four characters or more), and what was mended is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from assistant.question.names import SHORTENINGS
from assistant.question.words import known_words

# Characters that are typed for one another; each group is of one sound or one shape.
ALIKE: tuple[str, ...] = (
    *(
        "请清情晴",
        "复赴付覆负附",
        "议意义异易",
        "可克课科",
        "罚法发伐阀",
        "以已一亿乙",
        "予与于预余",
    ),
    *("政正证", "转专传砖", "结节接洁", "度渡杜", "诉述速素", "讼送颂宋", "源原元员园", "监坚间兼"),
    *("收受首手", "规归", "范饭", "件建见健", "开凯", "强墙", "制治致质志", "许须需", "维为唯惟"),
    *(
        "持迟",
        "纠究",
        "新欣心",
        "理里礼李",
        "提题",
        "案按",
        "答达",
        "申伸身",
        "查察",
        "管官馆",
        "息西悉",
    ),
    *(
        "公工攻",
        "农浓",
        "业叶",
        "民名",
        "人仁任",
        "主住注",
        "动懂",
        "处出",
        "事是示",
        "费废",
        "废费",
    ),
    *(
        "部布步",
        "分份",
        "有由",
        "效校",
        "密秘",
        "商伤",
        "企起",
        "掌撑",
        "握卧",
        "重从",
        "访仿",
        "投头",
    ),
)
SHORTEST_WORD = 4


def mend(question: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question with slips undone, of the same length, and each word as typed and as meant.

    >>> mend("收到多少依申清公开")
    ('收到多少依申请公开', (('依申清公开', '依申请公开'),))
    """
    mended: dict[str, str] = {}
    for at, character in enumerate(question):
        for other in _alike().get(character, ""):
            word = _word_at(question[:at] + other + question[at + 1 :], at)
            if word is None or _word_at(question, at):
                continue
            start, meant = word
            mended[question[start : start + len(meant)]] = meant
            question = question[:at] + other + question[at + 1 :]
            break
    return question, tuple(mended.items())


def _word_at(text: str, at: int) -> tuple[int, str] | None:
    """The longest known word that covers a character, and where it starts."""
    found: tuple[int, str] | None = None
    for word, places in _words_with().get(text[at], ()):
        if found and len(word) < len(found[1]):
            break
        for start in (at - place for place in places):
            if start >= 0 and text.startswith(word, start) and (not found or start < found[0]):
                found = start, word
    return found


@cache
def _alike() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for group in ALIKE:
        for character in group:
            others = (other for other in group if other != character)
            found[character] = "".join(dict.fromkeys((*found.get(character, ""), *others)))
    return found


@cache
def _words_with() -> Mapping[str, Sequence[tuple[str, tuple[int, ...]]]]:
    """Character → the words that hold it, longest first, and where in them it stands."""
    words = {word for word in _all_words() if len(word) >= SHORTEST_WORD}
    found: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        for held in set(word):
            places = tuple(place for place, other in enumerate(word) if other == held)
            found.setdefault(held, []).append((word, places))
    return found


def _all_words() -> Iterator[str]:
    yield from known_words()
    yield from (long for long, _ in SHORTENINGS)
