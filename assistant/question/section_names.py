"""The parts of a report that a question names: 第六部分, 总体情况. Pure."""

import re

_NUMBERED = re.compile("第(?P<number>[一二三四五六1-6])(?:个|大)?(?:部分|章节?)")
_DIGITS = "一二三四五六"
# What a report did on the whole is told in its first part.
_ON_THE_WHOLE = (
    "总体情况|整体情况|主要做法|(?:做了|开展了?)哪些(?:主要)?(?:公开)?工作|主要工作(?:有哪些|是什么)?"
    "|(?:政府信息公开|政务公开|信息公开|公开)?工作(?:都|主要)?(?:开展|进展|做)(?:[得的]?(?:情况|怎么样|如何|怎样)|了哪些|了什么)"
)
# The headings of the parts that are told in words; 存在的问题 are looked for wherever they stand.
_BY_NAME = (
    (re.compile(_ON_THE_WHOLE), 1),
    (re.compile("其[他它]需要?报告的?事项|其[他它]报告事项"), 6),
)


def find_sections(text: str) -> tuple[int, ...]:
    """The numbers of the parts named, from 1 to 6; empty where none is."""
    numbered = (match["number"] for match in _NUMBERED.finditer(text))
    found = {_DIGITS.index(n) + 1 if n in _DIGITS else int(n) for n in numbered}
    return tuple(sorted(found | {number for words, number in _BY_NAME if words.search(text)}))


def without_sections(text: str) -> str:
    """The text without those names, which are nothing that a sentence speaks of."""
    for words in (_NUMBERED, *(words for words, _ in _BY_NAME)):
        text = words.sub("，", text)
    return text
