"""Training pairs: a question, or what one might type, and a sentence that it should find.

Three sources: the written questions with their sentences; two words of one synonym group; and for
any sentence a few of its words, some of them replaced by synonyms. The last teaches the weight of
words: what tells a sentence from the others counts, what stands in all of them does not.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vectorstore.training.corpus import Block

_PIECE = re.compile(r"[^，。；、：！？“”《》（）()\s]+")
_FRAGMENT_LENGTHS = (2, 7)
_FRAGMENTS = (1, 4)
_SYNONYM_SHARE = 0.5
_CONTEXT_SHARE = 0.8
_NEIGHBOUR_SHARE = 0.2
_NAMED_SHARE = 0.3

# Parts of the names that stand before a passage, combined at random into invented agencies.
_PLACES = ("东湖市", "南岭县", "西川区", "北苑区", "宁河县", "青石市", "长林县", "白沙区")
_BODIES = ("教育局", "民政局", "水利局", "财政局", "商务局", "统计局", "人民政府", "交通运输局")
_HEADINGS = (
    "一、总体情况 主动公开 （一）主动公开。",
    "一、总体情况 依申请公开 （二）依申请公开。",
    "一、总体情况 政府信息管理 （三）政府信息管理。",
    "一、总体情况 政府信息公开平台建设 （四）平台建设情况。",
    "一、总体情况 监督保障 （五）监督保障。",
    "三、收到和处理政府信息公开申请情况",
    "五、存在的主要问题及改进情况",
    "五、存在的主要问题及改进情况 改进情况 （二）改进措施。",
    "六、其他需要报告的事项",
)
_YEARS = range(2019, 2027)


@dataclass(frozen=True, slots=True)
class Pair:
    """`group` names what the pair is about: two pairs of one group are no negatives."""

    question: str
    sentence: str
    group: str


def make_pairs(
    blocks: Sequence[Block],
    synonyms: Sequence[Sequence[str]],
    sentences: Sequence[str],
    *,
    rounds: int,
    chance: random.Random,
) -> list[Pair]:
    """Pairs of all three sources; `rounds` says how often each sentence is asked for."""
    replacements = _replacements(synonyms)
    written = [sentence for block in blocks for sentence in block.sentences]
    pool = (*written, *sentences)
    asked = list(_question_pairs(blocks, replacements, rounds, chance))
    for sentence in pool:
        for _ in range(rounds):
            question = _reworded(" ".join(_fragments(sentence, chance)), replacements, chance)
            asked.append(Pair(question, sentence, sentence))
    placed = [_placed(pair, pool, chance) for pair in asked if pair.question.strip()]
    return [*placed, *_synonym_pairs(synonyms)]


def _question_pairs(
    blocks: Sequence[Block],
    replacements: Mapping[str, Sequence[str]],
    rounds: int,
    chance: random.Random,
) -> Iterator[Pair]:
    for block in blocks:
        for question in block.questions:
            for sentence in block.sentences:
                for turn in range(rounds):
                    asked = _reworded(question, replacements, chance) if turn else question
                    yield Pair(asked, sentence, block.questions[0])


def _synonym_pairs(synonyms: Sequence[Sequence[str]]) -> Iterator[Pair]:
    for group in synonyms:
        for word in group:
            for other in group:
                if word != other:
                    yield Pair(word, other, group[0])


def _fragments(sentence: str, chance: random.Random) -> Iterator[str]:
    pieces = _PIECE.findall(sentence)
    for _ in range(chance.randint(*_FRAGMENTS)):
        piece = chance.choice(pieces) if pieces else sentence
        length = chance.randint(*_FRAGMENT_LENGTHS)
        start = chance.randint(0, max(0, len(piece) - length))
        yield piece[start : start + length]


def _replacements(synonyms: Sequence[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for group in synonyms:
        for word in group:
            found.setdefault(word, []).extend(other for other in group if other != word)
    return {word: tuple(others) for word, others in found.items()}


def _reworded(text: str, replacements: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """The text with some of its words replaced by others of their group, longest words first."""
    pattern = re.compile("|".join(sorted(replacements, key=len, reverse=True)))

    def other(match: re.Match[str]) -> str:
        keep = chance.random() > _SYNONYM_SHARE
        return match[0] if keep else chance.choice(replacements[match[0]])

    return pattern.sub(other, text)


def _placed(pair: Pair, pool: Sequence[str], chance: random.Random) -> Pair:
    """The pair as it is met in search: the sentence in a passage, the passage in a report.

    Now and then the sentence has a neighbour, and agency, year and heading before it; then the
    question may name the agency and the year as well.
    """
    question, passage = pair.question, pair.sentence
    if chance.random() < _NEIGHBOUR_SHARE:
        neighbours = [passage, chance.choice(pool)]
        chance.shuffle(neighbours)
        passage = "".join(neighbours)
    if chance.random() < _CONTEXT_SHARE:
        agency = chance.choice(_PLACES) + chance.choice(_BODIES)
        year = f"{chance.choice(_YEARS)}年"
        passage = f"{agency} {year} {chance.choice(_HEADINGS)} {passage}"
        if chance.random() < _NAMED_SHARE:
            question = f"{agency}{year}{question}"
    return Pair(question, passage, pair.group)
