"""Which report was signed first or last: dates in order, equal ones together.

The invariant: the date is the one that the report is signed with; when it was published no report says.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from assistant.answer import Answer, Value
from assistant.inventory import entry_to_citation
from assistant.lookup.composition import MOST_NAMED, Composition, count_in_words
from assistant.lookup.statements import find_statement
from assistant.query import Query
from vectorstore.holdings import Entry
from vectorstore.library import Library

_LAST = re.compile("最晚|最迟|最后|最慢|从晚到早")
_PUBLISHED = re.compile("公布|发布|公开")


def by_date(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The reports by the date of their signature, the first (or last) named before the others."""
    composition = Composition(query)
    dated = [entry for entry in entries if entry.signed_on]
    is_last = bool(_LAST.search(query.question))
    dated.sort(key=lambda e: e.signed_on.toordinal() if e.signed_on else 0, reverse=is_last)
    groups = [list(group) for _, group in groupby(dated, key=lambda entry: entry.signed_on)]
    if _PUBLISHED.search(query.question):
        composition.say("报告不载明公布日期，只能比落款日期。")
    for place, group in enumerate(groups[:MOST_NAMED]):
        names = "、".join(f"{entry.agency}{entry.year}年" for entry in group)
        which = ("最晚" if is_last else "最早") if place == 0 else "其次"
        day = find_statement(library.report(group[0].id), query.measures[0])[0].text
        composition.say(
            f"落款{which}的是{names}，{day}。" if place == 0 else f"{which}{names}，{day}。",
            [entry_to_citation(entry) for entry in group],
        )
        composition.give(*(Value(day, "", entry.agency, entry.year) for entry in group))
    _say_too_early(composition, dated)
    undated = [entry for entry in entries if not entry.signed_on]
    if undated:
        names = "、".join(f"{entry.agency}{entry.year}年" for entry in undated[:MOST_NAMED])
        composition.say(
            f"{names}等{count_in_words(len(undated))}份没有读到落款日期，未排入。"
            if len(undated) > MOST_NAMED
            else f"{names}没有读到落款日期，未排入。",
            [entry_to_citation(entry) for entry in undated[:MOST_NAMED]],
        )
    return composition.answer("lookup", "answered" if dated else "unanswerable")


def _say_too_early(composition: Composition, dated: Sequence[Entry]) -> None:
    """A report signed before its year was over bears a wrong date, or is about another year."""
    for entry in dated:
        if entry.signed_on and entry.signed_on.year <= entry.year:
            composition.say(
                f"（{entry.agency}{entry.year}年的落款日期早于该年度结束，可能写错，请核对原文。）",
                [entry_to_citation(entry)],
            )
