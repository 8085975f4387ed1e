"""Section five: the problems of the year, what is done about them, and what became of last year's.

The writer's notes come first; where there are none, problems that the numbers show. The invariant:
each problem has a measure, and causes and measures that nobody noted are placeholders.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.drafting.overview import Material
from assistant.drafting.parts import DraftPart, current
from assistant.drafting.problem_phrases import PROBLEMS, SIGNS, Sign
from assistant.drafting.prose import Origin, Prose, fill, joined, placeholder, quoted
from assistant.drafting.revision import PartName
from assistant.rules.texts import section_to_sentences
from ingest.numbers import number_in_words
from ingest.report import Report, Section

MOST_SHOWN = 2  # problems written from the numbers alone
MOST_OF_LAST_YEAR = 3
LONGEST_QUOTE = 40  # characters

# 一是  （一）  1.  第二，  存在以下问题：
_ITEM = re.compile(
    r"^\s*(?:[一二三四五六七八九]是|[（(][一二三四五六七八九\d][）)]|\d{1,2}[.、\uff0e](?!\d)"
    r"|第[一二三四五六][，,、]|[一二三四五六]、|问题[一二三四五六][:：])\s*"
)
_LABEL = re.compile(
    r"^(?:(?:存在|主要)?(?:的)?(?:主要)?(?:问题|不足)[:：]\s*|但是?，?|此外，|同时，)"
)
# 主要存在以下问题 announces problems and names none.
_ANNOUNCES = re.compile(r"以下|下列|如下")
# Where last year's part on problems ends.
_IMPROVEMENT = re.compile(r"(?:改进|整改)(?:情况|措施|打算)|下一步|对策[:：]|今后")
_TELLS_A_PROBLEM = re.compile(
    r"不够|不及时|不强|不高|不规范|滞后|有待|薄弱|欠缺|偏少|偏慢|单一|较少|较低|问题"
)
# 上年度……的问题，已通过……解决 is no problem of that report any more.
_SOLVED = re.compile(
    r"已(?:经|全部|基本|通过[^，。；]*)?(?:解决|整改|完成|落实|改正)|得到解决|已有?改善"
)


@dataclass(frozen=True, slots=True)
class PastProblem:
    """A problem of last year's report: the sentence, and its words that name the problem."""

    sentence: str
    words: str


def problems(material: Material) -> Iterator[DraftPart]:
    """Section five under heads of its own; what was promised last year only where something was."""
    yield _part(material, "problems", _problems(material.of_part("problems")))
    yield _part(material, "measures", _measures(material.of_part("measures")))
    remedied = _remedied(material.of_part("remedied"))
    yield _part(material, "remedied", joined(remedied))


def _part(material: Material, name: PartName, prose: Prose) -> DraftPart:
    # The heads keep their words when the text below them is worded anew.
    return DraftPart(name, material.say(PROBLEMS, f"{name}.head").text, prose)


def shown_by_numbers(material: Material) -> tuple[Sign, ...]:
    """The signs whose number is not 0, the strong ones first."""
    shown = [sign for sign in SIGNS if material.facts.number(sign.concept)]
    return tuple(sorted(shown, key=lambda sign: not sign.is_strong))


def written_signs(material: Material) -> tuple[Sign, ...]:
    """The strong signs, which the section speaks of by itself where the writer noted no problem."""
    shown = shown_by_numbers(material)
    if material.noted("problem") or "problems" in material.revision.edits:
        return ()
    taken = material.revision.accepted
    strong = [sign for sign in shown if sign.is_strong and sign.key not in taken]
    return tuple(strong[: max(0, MOST_SHOWN - len(material.revision.insertions("problems")))])


def sign_sentences(material: Material, sign: Sign) -> tuple[Prose, Prose]:
    """The problem and the measure of a sign, without a full stop."""
    key = sign.key
    fields = {**material.fields, "n": material.facts.say(sign.concept)}
    problem = material.of_part("problems").voice.word(f"problem {key}", sign.problems)
    measure = material.of_part("measures").voice.word(f"measure {key}", sign.measures)
    return fill(problem, fields), fill(measure, fields)


def past_problems(last_year: Report | None) -> tuple[PastProblem, ...]:
    """The problems that last year's report named, in its own words."""
    section = last_year.section(5) if last_year else None
    return tuple(_past_problems(section))[:MOST_OF_LAST_YEAR] if section else ()


def _past_problems(section: Section) -> Iterator[PastProblem]:
    for sentence in section_to_sentences(section):
        if _IMPROVEMENT.search(sentence.text):
            return
        words = _LABEL.sub("", _ITEM.sub("", sentence.text)).rstrip("。；;！")
        named = _named(words, is_item=bool(_ITEM.match(sentence.text)))
        ends = sentence.text[-1] in "。；;"  # a head does not
        if named and ends and not (_ANNOUNCES.search(named) or _SOLVED.search(sentence.text)):
            yield PastProblem(sentence.text, named)


def _named(words: str, *, is_item: bool) -> str:
    """The first clauses that tell the problem, short enough to be quoted; empty where none do."""
    ends = [match.start() for match in re.finditer("，|$", words)]
    short = [words[:end] for end in ends if end <= LONGEST_QUOTE]
    telling = [clauses for clauses in short if _TELLS_A_PROBLEM.search(clauses)]
    if telling or not is_item:
        return telling[-1] if telling else ""
    return short[-1] if short else ""


def _problems(material: Material) -> Prose:
    items = [_bare(sentence) for sentence in material.noted("problem")]
    items += _accepted(material, "problems")
    items += [sign_sentences(material, sign)[0] for sign in written_signs(material)]
    return _numbered(items) if items else material.say(PROBLEMS, "problem.unknown")


def _measures(material: Material) -> Prose:
    """The measures in the order of the problems, with one to be supplied where one is lacking."""
    noted = [_bare(sentence) for sentence in material.noted("problem")]
    items = [_bare(sentence) for sentence in material.noted("measure")]
    items += [_missing_measure(material, problem) for problem in noted[len(items) :]]
    items += _accepted(material, "measures")
    items += [sign_sentences(material, sign)[1] for sign in written_signs(material)]
    return _numbered(items) if items else material.say(PROBLEMS, "measure.unknown")


def _accepted(material: Material, part: PartName) -> list[Prose]:
    taken = material.revision.insertions(part)
    return [_bare(current(prose, material.facts)) for prose in taken]


def _missing_measure(material: Material, problem: Prose) -> Prose:
    """A measure to be supplied, for the problem named by its first clause."""
    named = problem.cut(0, len(re.split("[，；。：“”《》【】]", problem.text)[0]))
    if not named:
        return placeholder("针对这一问题的改进措施")
    return material.say(PROBLEMS, "measure.missing", problem=named)


def _bare(sentence: Prose) -> Prose:
    """The sentence without 一是 before it and the mark at its end."""
    item = _ITEM.match(sentence.text)
    return sentence.cut(item.end() if item else 0, len(sentence.text.rstrip("。；;！")))


def _numbered(items: Sequence[Prose]) -> Prose:
    """一是…。二是…。; a single item is no list."""
    if len(items) == 1:
        return items[0] + "。"
    return joined(
        joined((f"{number_in_words(index)}是", item, "。")) for index, item in enumerate(items, 1)
    )


def _remedied(material: Material) -> list[Prose]:
    noted = material.noted("remedied")
    last_year = material.facts.last_year
    if noted or last_year is None:
        return noted
    sentences = []
    for index, past in enumerate(past_problems(last_year)):
        if not any(mark in past.words for mark in "“”《"):
            sentences.append(remedied_sentence(material, past, index))
    return sentences


def remedied_sentence(material: Material, past: PastProblem, index: int) -> Prose:
    """What asks for the outcome of a problem that last year's report named."""
    last_year = material.facts.last_year
    year = last_year.year if last_year else None
    origin = Origin("last_year", quote=past.sentence, section=5, year=year)
    template = material.voice.word(f"remedied {index}", PROBLEMS["remedied"])
    return fill(template, {"problem": quoted(past.words, origin)})
