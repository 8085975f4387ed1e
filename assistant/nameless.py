"""A number that a report may state without its being a known measure: how many firms took part.

Looks for a figure whose sentence speaks of everything that was asked about, in the unit asked for.
The invariant: half a match is no answer; then the report does not state it.
"""

import re
from collections.abc import Sequence

from assistant.answer import Answer, Value
from assistant.composition import Composition
from assistant.inventory import refuse
from assistant.query import Query
from assistant.readings import figure_to_citation, number_text
from assistant.topics import mention, topic_terms
from ingest.characters import for_matching
from vectorstore.holdings import Entry, FigureFact
from vectorstore.library import Library

# What is counted, by the noun after 多少 or by the unit itself: 多少企业 is counted in 家.
_UNITS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile("多少(?:家)?企业|几家企业|多少家|几家"), frozenset(["家", "户", "个"])),
    (
        re.compile("多少(?:个|名|位)?(?:人|代表|群众|工作人员)|几[名位人]"),
        frozenset(["人", "名", "位", "人次"]),
    ),
    (
        re.compile("多少钱|多少(?:万)?元|多少经费|花(?:了)?多少|金额"),
        frozenset(["元", "万元", "亿元"]),
    ),
    (
        re.compile("多少[次场期]|几[次场期]|多少(?:个)?班"),
        frozenset(["次", "场", "期", "场次", "班次"]),
    ),
    (re.compile("多少[条篇则]|几[条篇则]"), frozenset(["条", "篇", "则", "条次", "篇次"])),
    (re.compile("多少[件份项个]|几[件份项个]"), frozenset(["件", "份", "项", "个", "件次"])),
)
MOST_SHOWN = 8


def answer_nameless(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The sentences with a number that answer, quoted; "unanswerable" when there are none."""
    wanted = {entry.id: entry for entry in entries}
    agencies = tuple(dict.fromkeys(entry.agency for entry in entries))
    figures = library.figures(agencies=agencies, years=tuple({e.year for e in entries}))
    found = [f for f in figures if f.report_id in wanted and _answers(query, f)]
    if not found:
        names = "、".join(
            dict.fromkeys(f"{entry.agency}{entry.year}年" for entry in entries[:MOST_SHOWN])
        )
        what = query.measures[0].name if query.measures else query.topic
        return refuse(query.question, f"{names}的报告未载明{what}。", library, agencies=agencies)
    composition = Composition(query)
    for fact in found[:MOST_SHOWN]:
        figure = fact.figure
        about = "约" if figure.approximate else ""
        composition.give(Value(figure.value, figure.unit, fact.agency, fact.year))
        composition.say(
            f"{fact.agency}{fact.year}年：{about}{number_text(figure.value)}{figure.unit}。"
            f"原文：“{' '.join(figure.sentence.split())}”",
            [figure_to_citation(figure, wanted[fact.report_id])],
        )
    return composition.answer("lookup")


def _answers(query: Query, fact: FigureFact) -> bool:
    figure = fact.figure
    units = next((units for words, units in _UNITS if words.search(query.question)), None)
    if units is None or figure.unit not in units:
        return False
    terms = topic_terms(query.topic)
    return bool(terms) and mention(for_matching(figure.sentence), terms) >= 1.0
