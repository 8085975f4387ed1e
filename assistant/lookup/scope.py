"""Which reports a look-up is about, and what the library lacks of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.inventory import current_entries, entries_of
from assistant.lookup.composition import year_text
from assistant.query import Query
from vectorstore.holdings import Entry
from vectorstore.library import Library

# Several measures are set against each other, unless a year before is spoken of.
_OVER_YEARS = re.compile("同比|环比|上年|去年|上一年|增长|增加|减少|下降|上升|变化|增幅|降幅|增速")
_SETS_AGAINST = re.compile("[比差]|减[去掉]")
_CHANGED = re.compile(
    "[增减降涨跌翻]|上升|下滑|腰斩|持平|[不没未]变|变化|[多少]得最"
    "|(?:比|较|跟|和|与|同)(?:去年|上一?年|前一?年|上年度)|同比|环比"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports a query is about; `gaps` are sentences on what the library lacks of them."""

    entries: tuple[Entry, ...]
    gaps: tuple[str, ...]


def find_scope(query: Query, library: Library) -> Scope:
    """The current reports of the agencies and years asked for, and what is missing of them."""
    agencies, years = set(query.agencies), set(query.years)
    sets_against = bool(_SETS_AGAINST.search(query.question))
    is_of_years = len(query.measures) == 1 or not sets_against
    is_of_years = is_of_years or bool(_OVER_YEARS.search(query.question))
    if query.operation == "difference" and len(agencies) == len(years) == 1 and is_of_years:
        years |= {year - 1 for year in years}
    if query.operation == "difference" and not agencies and len(years) == 1:
        years |= {year - 1 for year in years if _CHANGED.search(query.question)}
    held = entries_of(library, agencies) if agencies else current_entries(library)
    entries = [entry for entry in held if not years or entry.year in years]
    if query.pairs:
        entries = [entry for entry in entries if (entry.agency, entry.year) in query.pairs]
    order = {agency: place for place, agency in enumerate(query.agencies)}
    if query.unknown_agencies and not agencies:
        entries = []
    if agencies:
        entries.sort(key=lambda e: (order[e.agency], e.agency, e.year))
    return Scope(tuple(entries), tuple(_gaps(query, entries)))


def _gaps(query: Query, entries: Sequence[Entry]) -> Iterator[str]:
    for name in query.unknown_agencies:
        yield f"资料库中没有“{name}”的年报。"
    asked = list(dict.fromkeys(query.years))
    if not query.agencies and not query.unknown_agencies:
        held = {entry.year for entry in entries}
        yield from (_lacks("", [year], query) for year in asked if year not in held)
    for agency in query.agencies:
        held = {entry.year for entry in entries if entry.agency == agency}
        meant = [year for owner, year in query.pairs if owner == agency] if query.pairs else asked
        lacking = [year for year in meant if year not in held]
        if lacking or not held:
            yield _lacks(agency, lacking, query)


def _lacks(agency: str, years: Sequence[int], query: Query) -> str:
    # Either all as digits or none: 2022年、二〇二三年 would look like a slip.
    words = [year_text(year, query.question) for year in years]
    if not all(word.isascii() for word in words):
        words = [year_text(year, "") for year in years]
    return f"资料库中没有{agency}{'、'.join(f'{word}年' for word in words)}的年报。"
