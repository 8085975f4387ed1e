"""Which agency has most over several years: 近两年谁收到的申请多, each agency's years added up.

The invariant: an agency that lacks one of the years is named with the years that were counted; a
ratio is never added up.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import Answer, Value
from assistant.lookup.composition import (
    MOST_CITED,
    MOST_NAMED,
    Composition,
    amount_as_printed,
    citations_of,
    count_in_words,
    finished,
    in_order,
    say_gaps,
    whose,
    with_numbers,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading, number_text, round_number
from assistant.query import Operation, Query
from ingest.numbers import number_in_words
from ingest.report import Number
from vectorstore.holdings import Entry
from vectorstore.library import Library

_RANKED = frozenset[Operation](("rank", "extremum", "compare"))
_WHO = re.compile(
    "谁|哪一?[家个](?!年)|哪些|哪几[家个]|(?:单位|部门|局|机关)|前[一二两三四五六七八九十\\d]+[名家]"
)
_ADDED = re.compile("累计|合计|加起来|加在一起|合起来|总共|一共")
# 哪一年最多, 单年最多: one report against another
_OF_ONE_YEAR = re.compile(
    "哪一?年|哪个年度|哪份|哪一份|每一?年|各年|逐年|分别|各自|单年|某一?年|一年里|哪几年|年份"
)

# 哪年全部单位处罚最多 · 2023年全部单位许可总数比2024年多吗
_OF_YEARS = frozenset[Operation](("rank", "extremum", "compare", "difference", "sum"))
_WHICH_YEAR = re.compile(
    "最[多高大少低小]的(?:那?一年|年份|年度)|哪一?年|(?:比|较|与|和|跟)[^,，。]{0,3}(?:20)?\\d\\d年?|上年|去年"
)
_WHOLE = re.compile("总[数量和]|合计|全部|所有|各单位|各家|加起来|一共")
# 历年科研机构申请哪年最多, of no agency
_BEST_YEAR = re.compile("哪一?年[^,，家个]{0,12}最[多高大少低小]|最[多高大少低小]的是?哪一?年")
_TOTAL = re.compile("总[数量和共]|合计|加起来|一共|累计")
# 各单位的降幅分别多大: of each agency, not of all together
_OF_EACH = re.compile(
    "分别|各自|(?:各|每)[一个]?(?:单位|部门|局|家)[^,，]{0,14}(?:[增降升涨跌]|比[^,，]{2,8}[多少高低])"
)


@dataclass(frozen=True, slots=True)
class _Sum:
    """What one agency's reports come to; `readings` are those that hold a number."""

    agency: str
    value: Number
    readings: tuple[Reading, ...]

    @property
    def made(self) -> str:
        """The numbers added up, as the reports print them."""
        return "＋".join(r.formula or number_text(r.value or 0) for r in self.readings)


def asks_over_years(query: Query, entries: Sequence[Entry]) -> bool:
    """Whether it asks which agency has most, of more than one year taken together."""
    if query.operation not in _RANKED or query.pairs or _OF_ONE_YEAR.search(query.question):
        return False
    if any(m.aspect in ("ratio", "statement") for m in query.measures):
        return False
    several = len({e.agency for e in entries}) > 1 and len({e.year for e in entries}) > 1
    together = len(query.years) > 1 or _ADDED.search(query.question)
    return several and bool(together) and bool(_WHO.search(query.question))


def rank_over_years(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The agencies by the sum of their years, and which single report has most."""
    composition = Composition(query)
    for measure in query.measures:
        readings = read_current(measure, entries, library)
        sums = sorted(_sums(readings), key=lambda s: s.value, reverse=query.descending)
        if sums:
            _say_order(composition, query, sums)
            _say_single(composition, query, with_numbers(readings))
            _say_incomplete(composition, sums, sorted({r.year for r in readings}))
            composition.say_remarks(with_numbers(readings))
        say_gaps(composition, [r for r in readings if r.value is None])
    return finished(composition, query, entries, library)


def asks_which_year(query: Query, entries: Sequence[Entry]) -> bool:
    """Whether it sets the years of several agencies against each other, all of a year together."""
    if query.operation not in _OF_YEARS or query.pairs or len(query.measures) != 1:
        return False
    if query.change or query.measures[0].aspect in ("ratio", "statement"):
        return False
    is_of_each = _OF_EACH.search(query.question) and not _TOTAL.search(query.question)
    if query.operation == "difference" and is_of_each:
        return False
    several = len({e.agency for e in entries}) > 1 and len({e.year for e in entries}) > 1
    question = query.question
    asks_best_year = not query.agencies and query.operation == "extremum"
    asks_best_year = asks_best_year and bool(_BEST_YEAR.search(question))
    asks_best_year = asks_best_year and not _WHO.search(question)
    of_all = _WHICH_YEAR.search(question) and _WHOLE.search(question)
    return several and bool(of_all or asks_best_year)


def rank_years(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The years by what their reports come to together; how many reports each has is said."""
    composition = Composition(query)
    measure = query.measures[0]
    readings = read_current(measure, entries, library)
    years = sorted({r.year for r in with_numbers(readings)})
    sums = {y: [r for r in with_numbers(readings) if r.year == y] for y in years}
    order = sorted(years, key=lambda y: _whole(sums[y]), reverse=query.descending)
    for year in order:
        numbers = sums[year]
        composition.give(Value(_whole(numbers), numbers[0].unit, None, year))
        composition.say(
            f"{year}年{count_in_words(len(numbers))}份报告{measure.name}合计"
            f"{number_text(_whole(numbers))}{numbers[0].unit}。",
            citations_of(numbers[:MOST_CITED]),
        )
    if len(order) > 1:
        first, last = order[0], order[-1]
        gap = round_number(abs(_whole(sums[first]) - _whole(sums[last])))
        composition.give(Value(gap, sums[first][0].unit))
        more = "多" if query.descending else "少"
        composition.say(
            f"最{more}的是{first}年，与{last}年相差{number_text(gap)}{sums[first][0].unit}。"
            "各年报告的份数不同，合计未必可比。",
            citations_of([*sums[first], *sums[last]][:MOST_CITED]),
        )
    composition.say_remarks(with_numbers(readings))
    say_gaps(composition, [r for r in readings if r.value is None])
    return finished(composition, query, entries, library)


def _whole(numbers: Sequence[Reading]) -> Number:
    return round_number(sum(r.value or 0 for r in numbers))


def _sums(readings: Sequence[Reading]) -> Iterator[_Sum]:
    numbers = sorted(with_numbers(readings), key=lambda r: (r.agency, r.year))
    for agency, group in groupby(numbers, key=lambda r: r.agency):
        theirs = tuple(group)
        yield _Sum(agency, round_number(sum(r.value or 0 for r in theirs)), theirs)


def _say_order(composition: Composition, query: Query, sums: Sequence[_Sum]) -> None:
    """The first of the order, all of it where a ranking is asked for; equal sums share a rank."""
    measure, unit = sums[0].readings[0].measure, sums[0].readings[0].unit
    placed = [(1 + sum(_is_before(o, s, query) for o in sums), s) for s in sums]
    if query.operation == "rank":
        shown = [(p, s) for p, s in placed if not query.limit or p <= query.limit]
        if query.place:
            shown = [(p, s) for p, s in placed if p == query.place] or placed
    else:
        shown = [(p, s) for p, s in placed if p == 1]
    years = sorted({r.year for s in sums for r in s.readings})
    when = f"{'、'.join(f'{year}年' for year in years)}合起来"
    cited = citations_of([r for _, s in shown for r in s.readings][:MOST_CITED])
    order = "从多到少" if query.descending else "从少到多"
    composition.say(f"{when}，{measure.name}{order}：\n", cited)
    for place, s in shown[:MOST_CITED]:
        composition.give(Value(s.value, unit, s.agency))
        made = f"（{s.made}）" if len(s.readings) > 1 else ""
        tie = "并列" if sum(p == place for p, _ in placed) > 1 else ""
        composition.say(
            f"{tie}第{number_in_words(place)}：{s.agency}，{number_text(s.value)}{unit}{made}。\n",
            citations_of(s.readings),
        )
    others = [s for p, s in placed if (p, s) not in shown]
    if others and query.operation != "rank":
        listed = "、".join(f"{s.agency}（{s.made}）" for s in others[:MOST_NAMED])
        more = "等" if len(others) > MOST_NAMED else ""
        composition.say(
            f"其后依次为{listed}{more}。", citations_of([r for s in others for r in s.readings])
        )


def _is_before(one: _Sum, other: _Sum, query: Query) -> bool:
    return one.value > other.value if query.descending else one.value < other.value


def _say_single(composition: Composition, query: Query, numbers: Sequence[Reading]) -> None:
    """The one report with most: who asks may have meant that."""
    first = in_order(numbers, query.descending)[0]
    most = "最多" if query.descending else "最少"
    composition.say(
        f"单看一个年度，{most}的是{whose(first)}{amount_as_printed(first)}。", first.citations
    )


def _say_incomplete(composition: Composition, sums: Sequence[_Sum], years: Sequence[int]) -> None:
    """Name the agencies of which fewer years were counted."""
    short = [s for s in sums if len(s.readings) < len(years)]
    if short:
        listed = "、".join(f"{s.agency}（{_years_of(s)}）" for s in short[:MOST_NAMED])
        more = "等" if len(short) > MOST_NAMED else ""
        composition.say(
            f"{listed}{more}没有收全这些年度，只计入括号里的年度。",
            citations_of([r for s in short[:MOST_NAMED] for r in s.readings]),
        )


def _years_of(s: _Sum) -> str:
    return "、".join(f"{r.year}年" for r in s.readings)
