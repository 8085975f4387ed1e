"""Section five: the problems of the year, what is done about them, and what became of last year's.

The writer's notes come first; where there are none, problems that the numbers show. The invariant:
each problem has a measure, and causes and measures that nobody noted are placeholders.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.drafting.overview import Material
from assistant.drafting.problem_phrases import PROBLEMS, SIGNS, Sign
from assistant.drafting.prose import Origin, Prose, fill, joined, placeholder, quoted
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


@dataclass(frozen=True, slots=True)
class PastProblem:
    """A problem of last year's report: the sentence, and its words that name the problem."""

    sentence: str
    words: str


def problems(material: Material) -> Prose:
    """Section five, with heads of its own."""
    found, measures = _pairs(material)
    paragraphs = [
        material.say(PROBLEMS, "problems.head"),
        found,
        material.say(PROBLEMS, "measures.head"),
        measures,
    ]
    remedied = _remedied(material)
    if remedied:
        paragraphs += [material.say(PROBLEMS, "remedied.head"), joined(remedied)]
    return joined(paragraphs, "\n")


def shown_by_numbers(material: Material) -> tuple[Sign, ...]:
    """The signs whose number is not 0, the strong ones first."""
    shown = [sign for sign in SIGNS if material.facts.number(sign.concept)]
    return tuple(sorted(shown, key=lambda sign: not sign.is_strong))


def written_signs(material: Material) -> tuple[Sign, ...]:
    """The signs that the section speaks of: those accepted, and strong ones where none was noted."""
    shown = shown_by_numbers(material)
    accepted = [sign for sign in shown if sign.key in material.accepted]
    if material.noted("problem"):
        return tuple(accepted)
    strong = [sign for sign in shown if sign.is_strong and sign not in accepted]
    return (*accepted, *strong[: max(0, MOST_SHOWN - len(accepted))])


def sign_sentences(material: Material, sign: Sign) -> tuple[Prose, Prose]:
    """The problem and the measure of a sign, without a full stop."""
    key = sign.key
    fields = {**material.fields, "n": material.facts.say(sign.concept)}
    problem = material.voice.choose(f"problem {key}", sign.problems)
    measure = material.voice.choose(f"measure {key}", sign.measures)
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
        if named and ends and not _ANNOUNCES.search(named):
            yield PastProblem(sentence.text, named)


def _named(words: str, *, is_item: bool) -> str:
    """The first clauses that tell the problem, short enough to be quoted; empty where none do."""
    ends = [match.start() for match in re.finditer("，|$", words)]
    short = [words[:end] for end in ends if end <= LONGEST_QUOTE]
    telling = [clauses for clauses in short if _TELLS_A_PROBLEM.search(clauses)]
    if telling or not is_item:
        return telling[-1] if telling else ""
    return short[-1] if short else ""


def _pairs(material: Material) -> tuple[Prose, Prose]:
    """The paragraph of problems and that of measures."""
    noted = [_bare(sentence) for sentence in material.noted("problem")]
    measures = [_bare(sentence) for sentence in material.noted("measure")]
    pairs = [sign_sentences(material, sign) for sign in written_signs(material)]
    if not (noted or pairs):
        unknown = material.say(PROBLEMS, "problem.unknown")
        said = _numbered(measures) if measures else material.say(PROBLEMS, "measure.unknown")
        return unknown, said
    measures += [_missing_measure(material, problem) for problem in noted[len(measures) :]]
    return (
        _numbered([*noted, *(problem for problem, _ in pairs)]),
        _numbered([*measures, *(measure for _, measure in pairs)]),
    )


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
        if any(mark in past.words for mark in "“”《"):
            continue
        origin = Origin("last_year", quote=past.sentence, section=5, year=last_year.year)
        template = material.voice.choose(f"remedied {index}", PROBLEMS["remedied"])
        sentences.append(fill(template, {"problem": quoted(past.words, origin)}))
    return sentences
