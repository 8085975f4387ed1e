"""Training pairs: a question, or what one might type, and a sentence that it should find.

Four sources: the written questions with their sentences; two words of one synonym group; a word and
the one nearest to it in ordinary texts; and for any sentence a few of its words, some of them
replaced by synonyms or near words. The last teaches the weight of words: what tells a sentence from
the others counts, what stands in all of them does not.

Beside its sentence a pair has one that is near and does not answer (a hard negative): where the
question names agency and year, the same sentence of another agency or another year; else another
sentence of the same agency, year and heading.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vectorstore.training.corpus import Block

_PIECE = re.compile(r"[^，。；、：！？“”《》（）()\s]+")
_FRAGMENT_LENGTHS = (2, 7)
_FRAGMENTS = (1, 4)
_SYNONYM_SHARE = 0.5
_NEAR_SHARE = 0.3
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
    """`group` names what the pair is about: two pairs of one group are no negatives.

    `negative` is near to the sentence and does not answer.
    """

    question: str
    sentence: str
    group: str
    negative: str


def make_pairs(
    blocks: Sequence[Block],
    synonyms: Sequence[Sequence[str]],
    near: Mapping[str, Sequence[str]],
    sentences: Sequence[str],
    *,
    rounds: int,
    chance: random.Random,
) -> list[Pair]:
    """Pairs of all four sources; `rounds` says how often each sentence is asked for."""
    replacements = Replacements(_by_word(synonyms), near)
    written = [sentence for block in blocks for sentence in block.sentences]
    pool = (*written, *sentences)
    asked = list(_question_pairs(blocks, replacements, rounds, chance))
    for sentence in pool:
        for _ in range(rounds):
            question = replacements.reworded(" ".join(_fragments(sentence, chance)), chance)
            asked.append(_Asked(question, sentence, sentence))
    placed = [_placed(pair, pool, chance) for pair in asked if pair.question.strip()]
    words = [*_synonym_pairs(synonyms, chance), *_near_pairs(near, chance)]
    return [*placed, *words]


def _question_pairs(
    blocks: Sequence[Block],
    replacements: "Replacements",
    rounds: int,
    chance: random.Random,
) -> Iterator["_Asked"]:
    for block in blocks:
        for question in block.questions:
            for sentence in block.sentences:
                for turn in range(rounds):
                    asked = replacements.reworded(question, chance) if turn else question
                    yield _Asked(asked, sentence, block.questions[0])


def _synonym_pairs(synonyms: Sequence[Sequence[str]], chance: random.Random) -> Iterator[Pair]:
    for group in synonyms:
        for word in group:
            for other in group:
                if word != other:
                    yield Pair(word, other, group[0], chance.choice(chance.choice(synonyms)))


def _fragments(sentence: str, chance: random.Random) -> Iterator[str]:
    pieces = _PIECE.findall(sentence)
    for _ in range(chance.randint(*_FRAGMENTS)):
        piece = chance.choice(pieces) if pieces else sentence
        length = chance.randint(*_FRAGMENT_LENGTHS)
        start = chance.randint(0, max(0, len(piece) - length))
        yield piece[start : start + length]


def _near_pairs(near: Mapping[str, Sequence[str]], chance: random.Random) -> Iterator[Pair]:
    words = sorted(near)
    for word in words:
        yield Pair(word, near[word][0], word, chance.choice(words))


def _by_word(synonyms: Sequence[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for group in synonyms:
        for word in group:
            found.setdefault(word, []).extend(other for other in group if other != word)
    return {word: tuple(others) for word, others in found.items()}


class Replacements:
    """What to say in place of a word: another of its group, or one near to it."""

    def __init__(
        self, synonyms: Mapping[str, Sequence[str]], near: Mapping[str, Sequence[str]]
    ) -> None:
        self._synonyms = synonyms
        self._near = near
        self._longest = max(map(len, (*synonyms, *near)), default=0)

    def reworded(self, text: str, chance: random.Random) -> str:
        """The text with some of its words replaced, longest words first."""
        said, start = [], 0
        while start < len(text):
            word = self._word_at(text, start)
            said.append(self._other(word, chance))
            start += len(word)
        return "".join(said)

    def _word_at(self, text: str, start: int) -> str:
        for end in range(min(len(text), start + self._longest), start + 1, -1):
            word = text[start:end]
            if word in self._synonyms or word in self._near:
                return word
        return text[start]

    def _other(self, word: str, chance: random.Random) -> str:
        for others, share in ((self._synonyms, _SYNONYM_SHARE), (self._near, _NEAR_SHARE)):
            if word in others:
                return chance.choice(others[word]) if chance.random() < share else word
        return word


class _Asked(NamedTuple):
    question: str
    sentence: str
    group: str


def _placed(asked: _Asked, pool: Sequence[str], chance: random.Random) -> Pair:
    """The pair as it is met in search: the sentence in a passage, the passage in a report.

    Now and then the sentence has a neighbour, and agency, year and heading before it; then the
    question may name the agency and the year as well.
    """
    question, passage, negative = asked.question, asked.sentence, chance.choice(pool)
    if chance.random() < _NEIGHBOUR_SHARE:
        neighbours = [passage, chance.choice(pool)]
        chance.shuffle(neighbours)
        passage = "".join(neighbours)
    if chance.random() < _CONTEXT_SHARE:
        agency, year, heading = _agency(chance), _year(chance), chance.choice(_HEADINGS)
        here = f"{agency} {year} {heading}"
        if chance.random() < _NAMED_SHARE:
            question = f"{agency}{year}{question}"
            other = (_agency(chance), year) if chance.random() < 0.5 else (agency, _year(chance))
            elsewhere = f"{' '.join(other)} {heading}"
            if elsewhere != here:
                negative = f"{elsewhere} {passage}"
        else:
            negative = f"{here} {negative}"
        passage = f"{here} {passage}"
    return Pair(question, passage, asked.group, negative)


def _agency(chance: random.Random) -> str:
    return chance.choice(_PLACES) + chance.choice(_BODIES)


def _year(chance: random.Random) -> str:
    return f"{chance.choice(_YEARS)}年"
