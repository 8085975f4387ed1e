"""How much of a text stands in another (雷同), and which sentences were copied.

Compared are runs of eight characters after years, numbers, punctuation and titles of laws are taken
out: those are alike in every report. A share of 0 is nothing in common, 1 the same text.
"""

import re

from assistant.rules.texts import Sentence, sentences
from ingest.report import Report

RUN_LENGTH = 8  # characters
# A shorter sentence is a phrase that every report uses.
LEAST_COPIED_CHARACTERS = 20

_NOT_COMPARED = re.compile(r"《[^》]*》|[^\u4e00-\u9fff]|[年月日]")


def similarity(one: str, other: str) -> float:
    """The share of eight-character runs that two texts have in common (Jaccard), 0 to 1.

    >>> similarity("公共数据目录更新滞后已按月核对", "公共数据目录更新滞后已按月核对")
    1.0
    """
    mine, others = runs(one), runs(other)
    union = len(mine | others)
    return len(mine & others) / union if union else 0.0


def copied_sentences(report: Report, other: Report, section: int) -> tuple[Sentence, ...]:
    """The sentences of one section that stand word for word in the same section of another."""
    there = {_compared(sentence.text) for sentence in sentences(other, section)}
    return tuple(
        sentence
        for sentence in sentences(report, section)
        if len(_compared(sentence.text)) >= LEAST_COPIED_CHARACTERS
        and _compared(sentence.text) in there
    )


def runs(text: str) -> frozenset[str]:
    """The runs of eight characters that a text is compared by."""
    plain = _compared(text)
    return frozenset(plain[i : i + RUN_LENGTH] for i in range(len(plain) - RUN_LENGTH + 1))


def _compared(text: str) -> str:
    return _NOT_COMPARED.sub("", text)
