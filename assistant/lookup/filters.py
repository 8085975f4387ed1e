"""Which reports meet a condition: no requests received, more than ten, no date, a document cited.

The invariant: a report whose cell is blank or missing meets no condition on its number and is named
as undecided; a statement that is not found is "not stated", never "untrue".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.answer import Answer, Value
from assistant.lookup.composition import (
    MOST_NAMED,
    Composition,
    count_in_words,
    name_in,
)
from assistant.lookup.findings import Finding, findings_on
from assistant.lookup.readings import number_text
from assistant.query import Comparison, Condition, Query
from assistant.question.text_words import CITATION
from ingest.numbers import chinese_numeral, number_in_words
from ingest.report import Number
from vectorstore.holdings import Entry
from vectorstore.library import Library

MOST_SHOWN = 40
# 两年都没超过一百件: every report of an agency must meet the condition, not merely one.
_EACH_YEAR = re.compile(
    "(?:[两三四五六七八九十几每各历]|(?<!\\d)\\d)年(?:里|间|来|的|度)*[^,，。?？]{0,12}[都均]|每一?年[都均]?|连续[两二三四五六七八九十\\d]年|年年|历年[都均]|一直|从未|从没|从来|始终|历来|20\\d\\d年?(?:和|与|跟|及|、|到|至|以及)20\\d\\d年?[^,，。]{0,8}[都均]"
)
_SO_MANY_YEARS = re.compile("连续(?P<count>[两二三四五六七八九])个?年")
_WHICH_YEAR = re.compile("哪一?年|哪几年|哪些年|哪份|年份|任何一年|哪个年度")
# 首次超过400件是哪一年, 最近一次有诉讼是哪年
_FIRST = re.compile(
    "首次|首度|第一次|头一[次回]|最早|哪一?年(?:开始|起)|什么时候(?:开始|起)|开始有"
)
_LAST = re.compile("最近一次|最后一次|上一次|最近哪一?年")
_THAN: Mapping[Comparison, str] = {
    ">": "多于",
    "≥": "不少于",
    "=": "等于",
    "<": "少于",
    "≤": "不多于",
}
HALF = 0.5
NEARLY = 1e-9


def list_matching(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The reports that meet the conditions, by name; those that cannot be decided, and why."""
    return _compose(query, findings_on(query, entries, library), counts=query.operation == "count")


def count_matching(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """How many agencies meet the conditions, and which."""
    return _compose(query, findings_on(query, entries, library), counts=True)


def _compose(query: Query, findings: Sequence[Finding], *, counts: bool) -> Answer:
    composition = Composition(query)
    each = list(findings)
    if _is_of_every_year(query):
        every_one = query.years if _EACH_YEAR.search(query.question) else ()
        findings = list(_of_all_years(findings, every_one, _years_in_a_row(query.question)))
    meeting = _at_one_end([f for f in findings if f.meets], query.question)
    agencies = list(dict.fromkeys(f.entry.agency for f in meeting))
    if counts:
        composition.give(Value(len(agencies), "家"))
    composition.give(*(Value(f.entry.agency, "", f.entry.agency, f.entry.year) for f in meeting))
    if len(findings) == 1 and query.conditions[0].other:
        return _of_one_report(composition, query, findings[0])
    what = _when_in_words(query) + _in_words(query)
    checked = count_in_words(len(findings))
    if not meeting:
        cited = [c for f in findings[:MOST_SHOWN] for c in f.citations]
        undecided = sum(finding.meets is None for finding in findings)
        able = f"，能判断的{count_in_words(len(findings) - undecided)}份中" if undecided else "，"
        if _is_of_every_year(query) and any(f.meets for f in each):
            _say_failing(composition, query, each)
        else:
            composition.say(f"查了{checked}份报告{able}没有一份{_in_words(query)}。", cited)
    else:
        names = "、".join(f"{_named(query, f)}{f.shown}" for f in meeting[:MOST_SHOWN])
        more = "等" if len(meeting) > MOST_SHOWN else ""
        composition.say(
            f"{what}的有{_how_many(meeting)}（查了{checked}份报告）：{names}{more}。",
            [c for f in meeting[:MOST_SHOWN] for c in f.citations],
        )
    _say_remarks(composition, meeting or findings)
    _say_undecided(composition, findings)
    if _is_of_every_year(query):
        _say_incomplete(composition, query, meeting)
    return composition.answer("aggregate")


def _say_failing(composition: Composition, query: Query, each: Sequence[Finding]) -> None:
    """That none meets the condition in every year, and which reports do not."""
    failing = [f for f in each if f.meets is False]
    listed = "、".join(f"{_named(query, f)}{f.shown}" for f in failing[:MOST_NAMED])
    more = "等" if len(failing) > MOST_NAMED else ""
    composition.say(
        f"没有一家每个年度都{_in_words(query)}：不符的有{listed}{more}。",
        [c for f in failing[:MOST_NAMED] for c in f.citations],
    )


def _say_incomplete(composition: Composition, query: Query, meeting: Sequence[Finding]) -> None:
    """Name those that meet the condition in the years held, where others were asked about too."""
    agencies = dict.fromkeys(finding.entry.agency for finding in meeting)
    short = [
        agency
        for agency in agencies
        if not _years_of([f for f in meeting if f.entry.agency == agency]).issuperset(query.years)
    ]
    if short:
        names = "、".join(short[:MOST_NAMED])
        cited = [c for f in meeting if f.entry.agency in short for c in f.citations]
        composition.say(f"{names}没有收全所问的年度，只看了有的年度。", cited)


def _at_one_end(meeting: list[Finding], question: str) -> list[Finding]:
    """Where the first or the last time is asked for, that report alone of each agency."""
    is_first, is_last = _FIRST.search(question), _LAST.search(question)
    if not (is_first or is_last):
        return meeting
    by_agency = groupby(sorted(meeting, key=_agency_and_year), key=_agency)
    runs = [list(group) for _, group in by_agency]
    return [run[0] if is_first else run[-1] for run in runs]


def _is_of_every_year(query: Query) -> bool:
    """Whether each report of an agency must meet the conditions: 一直, 都, or none in 近三年."""
    if any(condition.year for condition in query.conditions):
        return False
    are_none = all((c.comparison, c.number) == ("=", 0) for c in query.conditions)
    of_span = len(query.years) > 1 and are_none and not _WHICH_YEAR.search(query.question)
    return of_span or bool(_EACH_YEAR.search(query.question))


def _when_in_words(query: Query) -> str:
    """每个年度都, or that of the years held the first or the last is meant."""
    question = query.question
    if _is_of_every_year(query):
        return "每个年度都"
    if _FIRST.search(question):
        return "资料库现有的年度里最早"
    return "资料库现有的年度里最近一次" if _LAST.search(question) else ""


def _of_one_report(composition: Composition, query: Query, finding: Finding) -> Answer:
    """Whether one number of a report is more or less than another, or equal to it."""
    is_equation = query.conditions[0].comparison == "="
    yes, no = ("相等", "不相等") if is_equation else ("是", "不是")
    label, verdict = _label(finding.entry), yes if finding.meets else no
    if finding.meets is None:
        _say_undecided(composition, [finding])
        return composition.answer("aggregate", "unanswerable")
    composition.say(f"{verdict}：{label}{finding.shown}。", finding.citations)
    _say_remarks(composition, [finding])
    return composition.answer("aggregate")


def _years_in_a_row(question: str) -> int:
    """How many years a question says there must be (连续两年, 三年都), 1 where it says none."""
    match = _SO_MANY_YEARS.search(question)
    return (chinese_numeral(match["count"]) or 1) if match else 1


def _of_all_years(
    findings: Sequence[Finding], years: Sequence[int], least: int
) -> Iterator[Finding]:
    """The findings on each agency, which meets the conditions where each of its reports does.

    Of `years` that were named every one must be held, and `least` so many, else that cannot be told.
    """
    by_agency = groupby(sorted(findings, key=_agency), key=_agency)
    for theirs in (list(group) for _, group in by_agency):
        failing = any(finding.meets is False for finding in theirs)
        open_ones = any(finding.meets is None for finding in theirs)
        open_ones = open_ones or not _years_of(theirs).issuperset(years) or len(theirs) < least
        for finding in theirs:
            if failing and finding.meets is not False:
                yield replace(finding, meets=False)
            elif open_ones and finding.meets:
                yield replace(finding, meets=None)
            else:
                yield finding


def _years_of(findings: Sequence[Finding]) -> set[int]:
    return {finding.entry.year for finding in findings}


def _agency(finding: Finding) -> str:
    return finding.entry.agency


def _agency_and_year(finding: Finding) -> tuple[str, int]:
    return finding.entry.agency, finding.entry.year


def _how_many(meeting: Sequence[Finding]) -> str:
    """So many agencies, or so many years of one."""
    agencies = {finding.entry.agency for finding in meeting}
    if len(agencies) == 1 < len(meeting):
        return f"一家的{count_in_words(len(meeting))}个年度"
    return f"{count_in_words(len(agencies))}家"


def _say_remarks(composition: Composition, findings: Sequence[Finding]) -> None:
    """What must be said with the numbers: that one is doubted, that another edition gave another."""
    for remark in dict.fromkeys(remark for f in findings for remark in f.remarks):
        theirs = [f for f in findings if remark in f.remarks][:MOST_NAMED]
        names = "、".join(_label(f.entry) for f in theirs)
        composition.say(f"（{names}：{remark}。）", [c for f in theirs for c in f.citations])


def _say_undecided(composition: Composition, findings: Sequence[Finding]) -> None:
    open_ones = [f for f in findings if f.meets is None]
    of_years = "缺其中一年的报告，" if len(composition.query.years) > 1 else ""
    if open_ones:
        names = "、".join(_label(f.entry) for f in open_ones[:MOST_NAMED])
        more = "等" if len(open_ones) > MOST_NAMED else ""
        composition.say(
            f"{names}{more}未作判断：报告没有写，相应的格空白、不是数、没有读到，{of_years}或者总计与同行各项之和不符。",
            [c for f in open_ones[:MOST_NAMED] for c in f.citations],
        )


def _named(query: Query, finding: Finding) -> str:
    """Agency and year, the agency alone where each condition speaks of a year of its own."""
    if any(condition.year for condition in query.conditions):
        return finding.entry.agency
    return _label(finding.entry)


def _label(entry: Entry) -> str:
    return f"{entry.agency}{entry.year}年"


def _in_words(query: Query) -> str:
    """The conditions, those that differ in their measure only taken together: 复议、诉讼为零."""
    groups = groupby(query.conditions, key=lambda c: (c.comparison, c.number, c.other, c.year))
    between = "，且" if query.meets_all else "，或"
    return between.join(
        (f"{key[3]}年" if key[3] else "") + _alike_in_words(query, tuple(group))
        for key, group in groups
    )


def _alike_in_words(query: Query, conditions: Sequence[Condition]) -> str:
    first = conditions[0]
    if first.than:
        return f"{first.measure.name}{_THAN[first.comparison]}{first.than}同年{_times_in_words(first.times)}"
    if first.other:
        than = _THAN[first.comparison]
        return f"{first.measure.name}{than}{first.other.name}{_times_in_words(first.times)}"
    between = "、" if query.meets_all else "或"
    names = between.join(name_in(query, condition.measure) for condition in conditions)
    speaks_of = "引用" if first.measure.figures[:1] == (CITATION,) else "写明"
    if first.comparison in ("stated", "unstated"):
        return f"{'没有' if first.comparison == 'unstated' else ''}{speaks_of}{names}"
    if first.comparison == "blank":
        return f"“{names}”空白未填"
    if first.number == 0 and first.comparison == "<":
        return f"{names}为负"
    if first.number == 0:
        return f"{names}为零" if first.comparison in ("=", "≤") else f"有{names}"
    words = {"=": "等于", "≠": "不等于", ">": "超过", "≥": "不少于", "<": "少于", "≤": "不超过"}
    bound = first.said or number_text(first.number or 0)
    if not _is_said(bound, query.question) and isinstance(first.number, int):
        bound = number_in_words(first.number)
    unit = next((u for u in ("%", first.measure.unit) if f"{bound}{u}" in query.question), "")
    return f"{names}{words[first.comparison]}{bound}{unit}"


def _is_said(bound: str, question: str) -> bool:
    """Whether the question writes the bound by itself; 20 does not stand in 2024."""
    return bool(re.search(rf"(?<!\d){re.escape(bound)}(?!\d)", question))


def _times_in_words(times: Number) -> str:
    if times == 1:
        return ""
    if isinstance(times, int):
        return f"的{count_in_words(times)}倍"
    parts = next((n for n in range(3, 10) if times < 1 and abs(times * n - 1) < NEARLY), 0)
    if parts:
        return f"的{number_in_words(parts)}分之一"
    return "的一半" if times == HALF else f"的百分之{number_in_words(round(100 * times))}"
