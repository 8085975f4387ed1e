"""Problems and measures proposed for section five: what last year promised, what the numbers show.

Pure. The invariant: nothing is proposed that the text already says, and what only the writer knows
is a placeholder in the proposal too.
"""

import re
from collections.abc import Iterator

from assistant.drafting.overview import Material
from assistant.drafting.parts import DraftPart
from assistant.drafting.problem_phrases import LATE, MORE_REQUESTS
from assistant.drafting.problems import (
    past_problems,
    remedied_sentence,
    shown_by_numbers,
    sign_sentences,
    written_signs,
)
from assistant.drafting.prose import Prose
from assistant.drafting.revision import Insertion
from assistant.drafting.suggestions import Suggestion, citation_of, place_of
from ingest.report import Concept, Place

NEW = Concept("requests", "new", "total")
MANY_MORE = 1.5  # times last year's
LEAST_MORE = 5  # applications
LEAST_NAMING = 6  # characters
# 有3件逾期答复  超过法定期限; but not 无逾期, 未超期, 逾期未缴费
_LATE = re.compile(
    r"(?<![无未没])(?<!没有)(?<!未发生)(?<!没有发生)(?:逾期|超期|超时|超过[^，。]{0,8}期限)(?!未|不)"
)
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


def on_last_year(material: Material, parts: tuple[DraftPart, ...]) -> Iterator[Suggestion]:
    """Last year's problems, to be answered this year; none that the text answers already."""
    last_year = material.facts.last_year
    if last_year is None:
        return
    text = "\n".join(part.prose.text for part in parts)
    for index, past in enumerate(past_problems(last_year)):
        spoken = [s for s in _SENTENCE.findall(text) if _first_clause(past.words) in s]
        if spoken and not any("【请补充：" in sentence for sentence in spoken):
            continue
        answer = None if spoken else remedied_sentence(material, past, index)
        yield Suggestion(
            5,
            f"写明上年报告所提“{past.words}”的整改情况。",
            f"{last_year.year}年年报第五部分提出了这个问题，本年度应当回应。",
            (citation_of(last_year, Place(section=5, quote=past.sentence)),),
            "last_year",
            (Insertion("remedied", answer),) if answer else (),
        )


def _first_clause(words: str) -> str:
    """What names a problem; the whole where the first clause is too short to name one."""
    clause = words.partition("，")[0]
    return clause if len(clause) >= LEAST_NAMING else words


def on_numbers(material: Material, parts: tuple[DraftPart, ...]) -> Iterator[Suggestion]:
    """Problems and measures that fit the numbers and that the text does not speak of yet."""
    yield from _late_answers(material)
    tables = material.facts.tables
    if tables is None:
        return
    spoken = {b.origin.concept for part in parts for b in part.prose.bounds if part.is_edited}
    written = written_signs(material)
    for sign in shown_by_numbers(material):
        if sign in written or sign.concept in spoken or sign.key in material.revision.accepted:
            continue
        cited = (citation_of(tables, place_of(sign.concept, tables)),)
        insertions = _insertions(*sign_sentences(material, sign))
        yield Suggestion(5, _said(insertions), sign.why, cited, "numbers", insertions, sign.key)
    yield from _more_requests(material)


def _insertions(problem: Prose, measure: Prose) -> tuple[Insertion, ...]:
    return Insertion("problems", problem), Insertion("measures", measure)


def _said(insertions: tuple[Insertion, ...]) -> str:
    problem, measure = (insertion.prose.text for insertion in insertions)
    return f"问题：{problem}。改进：{measure}。"


def _more_requests(material: Material) -> Iterator[Suggestion]:
    facts = material.facts
    now, before = facts.number(NEW), facts.last(NEW)
    if now is None or before is None or facts.tables is None or facts.last_year is None:
        return
    if now < before * MANY_MORE or now - before < LEAST_MORE:
        return
    said = {"n": facts.say(NEW), "last": facts.say_last(NEW)}
    insertions = _insertions(
        material.say(MORE_REQUESTS, "problem", **said), material.say(MORE_REQUESTS, "measure")
    )
    yield Suggestion(
        5,
        _said(insertions),
        f"本年新收申请{now}件，上年{before}件，增幅较大；说明原因，对申请集中的事项研究主动公开。",
        tuple(citation_of(r, place_of(NEW, r)) for r in (facts.tables, facts.last_year)),
        "numbers",
        insertions,
        "more_requests",
    )


def _late_answers(material: Material) -> Iterator[Suggestion]:
    late = next((n for n in material.notes if n.head != "problem" and _LATE.search(n.text)), None)
    if late is None:
        return
    insertions = _insertions(material.say(LATE, "problem"), material.say(LATE, "measure"))
    why = f"要点“{late.text}”提到没有按期办理，第五部分应当写明原因和改进。"
    yield Suggestion(5, _said(insertions), why, (), "numbers", insertions, "late_answers")
