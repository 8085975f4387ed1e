"""Query → Answer from cells and figures: looked up and computed, never generated.

This module chooses the reports and answers for single values; what takes several reports together
stands in `assistant.lookup.aggregates`, conditions in `assistant.lookup.filters`. Every number said is cited.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.answer import Answer, Value
from assistant.inventory import current_entries, entries_of, entry_to_citation, refuse
from assistant.lookup.absences import with_like_sentences
from assistant.lookup.aggregates import average, share, total
from assistant.lookup.blanks import list_blanks
from assistant.lookup.changes import compare, difference
from assistant.lookup.claims import claims_held, wholly_held
from assistant.lookup.composition import (
    Composition,
    citations_of,
    count_in_words,
    name_in,
    reading_to_value,
    told,
    whose,
)
from assistant.lookup.contradictions import with_what_the_text_says
from assistant.lookup.crossed import crossed
from assistant.lookup.dates import by_date
from assistant.lookup.distribution import deviation, median, times
from assistant.lookup.editions import read_current
from assistant.lookup.filters import count_matching, list_matching
from assistant.lookup.nameless import answer_nameless, with_printed_names
from assistant.lookup.over_years import (
    asks_over_years,
    asks_which_year,
    rank_over_years,
    rank_years,
)
from assistant.lookup.pace import pace
from assistant.lookup.parts import are_decisions, are_parts, largest_part, matching_parts
from assistant.lookup.premises import with_denials
from assistant.lookup.rankings import extremum, rank
from assistant.lookup.readings import Reading, number_text, round_number
from assistant.lookup.scope import find_scope
from assistant.lookup.sides import are_two_sides, compare_sides
from assistant.lookup.standing import asks_standing, standing
from assistant.lookup.statements import find_statement
from assistant.lookup.streaks import streak
from assistant.lookup.trends import trend
from assistant.lookup.unheard import RANKED, SHARE, unheard
from assistant.query import Ambiguity, Claim, Operation, Query
from assistant.question.kinds import COUNTS, WHY_BLANK
from assistant.question.shares import as_ratio
from assistant.question.together import taken_together
from vectorstore.holdings import Entry
from vectorstore.library import Library

# Reports listed one by one; of more, the sum says more than the list.
MOST_LISTED = 40
# Beyond so many reports the words around a figure of the text are left to its citation.
MOST_QUOTED = 3
# So many reports are read again before one is said to leave a figure out.
MOST_REREAD = 24

# 新收加结转，还剩几件
_LEFT = re.compile("剩|减去|扣除")
_ADDED = re.compile("(?<!增)加(?!了|的|强|快|大|工)")


# 合计各多少, 分别一共多少
_OF_EACH = re.compile("各(?:自|是|有|为)?(?:合计|一共|总共|共)?(?:是|有|为)?(?:多少|几)|分别")

Answerer = Callable[[Query, Sequence[Entry], Library], Answer]


def look_up(query: Query, library: Library) -> Answer:
    """The answer from the library's numbers.

    "clarify" when a name means several agencies; "unanswerable", with what the library holds, when
    it lacks the agency, the year or the fact.
    """
    if query.ambiguities:
        return _ask_back(query, library)
    query = query if query.crossed else _as_shares(_against_year_before(query, library))
    scope = find_scope(query, library)
    if not scope.entries:
        missing = "".join(scope.gaps) or "资料库中没有相应的年报。"
        return refuse(query.question, missing, library, agencies=query.agencies)
    if query.operation == "holdings":
        return _holdings(query, scope.entries)
    if query.operation == "blanks":
        return list_blanks(query, scope.entries, library)
    if not query.measures:
        return refuse(query.question, "没有看懂要查的是哪一项。", library, agencies=query.agencies)
    query = with_printed_names(_of_one_sort(_each_by_itself(query)), scope.entries, library)
    answer = _answerer(query, scope.entries)(query, scope.entries, library)
    if answer.status == "unanswerable":
        return answer
    answer = with_denials(answer, query, scope.entries, library)
    return answer.with_lines(*scope.gaps, *unheard(query, answer, scope))


def _against_year_before(query: Query, library: Library) -> Query:
    """2024年下降了吗 asks for the change from the year before, where that report is held."""
    if query.operation != "trend" or not len(query.agencies) == len(query.years) == 1:
        return query
    years = {entry.year for entry in entries_of(library, set(query.agencies))}
    is_held = query.years[0] in years and query.years[0] - 1 in years
    return replace(query, operation="difference") if is_held else query


def _as_shares(query: Query) -> Query:
    """企业占比最高的是哪家 ranks shares, not numbers; a number without a whole stays and is told."""
    if query.operation not in RANKED or not SHARE.search(query.question):
        return query
    return replace(query, measures=tuple(as_ratio(measure) for measure in query.measures))


def _holdings(query: Query, entries: Sequence[Entry]) -> Answer:
    """The agencies and years that the library has reports of."""
    composition = Composition(query)
    shown = entries[:MOST_LISTED]
    names = "、".join(f"{entry.agency}{entry.year}年" for entry in shown)
    more = "等" if len(entries) > len(shown) else ""
    agencies = dict.fromkeys(entry.agency for entry in entries)
    composition.say(
        f"资料库现有{count_in_words(len(agencies))}家单位的年报{count_in_words(len(entries))}份："
        f"{names}{more}。",
        [entry_to_citation(entry) for entry in shown],
    )
    composition.give(*(Value(e.agency, "", e.agency, e.year) for e in shown))
    return composition.answer("lookup")


def _ask_back(query: Query, library: Library) -> Answer:
    """Which of several is meant, each candidate named and its reports cited."""
    composition = Composition(query)
    held = current_entries(library)
    for ambiguity in query.ambiguities:
        names = ambiguity.candidates if ambiguity.about == "agency" else query.agencies
        entries = [entry for entry in held if entry.agency in names]
        composition.say(_which(ambiguity), [entry_to_citation(e) for e in entries[:MOST_LISTED]])
    return composition.answer("lookup", "clarify")


def _which(ambiguity: Ambiguity) -> str:
    names = "、".join(ambiguity.candidates)
    if ambiguity.about == "measure":
        return f"“{ambiguity.text}”是指哪一项的？可以问{names}，请选一项。"
    if len(ambiguity.candidates) == 1:
        return f"资料库中没有“{ambiguity.text}”，名称相近的有{names}，请问是指这一家吗？"
    return f"“{ambiguity.text}”可能指{names}，请问是哪一家？"


def _each_by_itself(query: Query) -> Query:
    """2023、2024年处罚和强制合计各多少: each year's sum of both, not that of all years."""
    is_of_years = len(query.years) > 1 and len(query.agencies) == 1
    asks_both = len(COUNTS.findall(query.question)) > 1
    if query.operation != "sum" or asks_both:
        return query
    if not (is_of_years and _OF_EACH.search(query.question)):
        return query
    return replace(query, operation="list", measures=taken_together(query.measures))


def _of_one_sort(query: Query) -> Query:
    """Numbers and statements are never taken together, but where reports are filtered by them."""
    counted = tuple(measure for measure in query.measures if measure.aspect != "statement")
    if query.operation in ("filter", "count") or not counted:
        return query
    return replace(query, measures=counted)


def _answerer(query: Query, entries: Sequence[Entry]) -> Answerer:
    special = (answerer for asks, answerer in _SPECIAL if asks(query, entries))
    return next(special, _BY_OPERATION.get(query.operation, _values))


# --- Single values ----------------------------------------------------------------------------------


def _values(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """Each measure in each report: 招远市…2023年微信公众号信息66条，关注用户8996人。"""
    composition = Composition(query)
    found = [r for m in query.measures for r in read_current(m, entries, library)]
    if len(entries) <= MOST_QUOTED:
        found = with_what_the_text_says(found, library)
    if len(entries) <= MOST_REREAD:
        found = with_like_sentences(found, library)
    query = replace(query, claims=_of_no_other_year(query.claims, found))
    by_entry = [(entry, _worth_saying(entry, found)) for entry in entries[:MOST_LISTED]]
    said = [reading for _, theirs in by_entry for reading in theirs]
    if all(r.state in ("missing", "unstated", "off-form") for r in said):
        return _unstated(query, said, library)
    for _, theirs in by_entry:
        if theirs:
            composition.say(
                _sentence(query, theirs),
                citations_of(theirs) or [entry_to_citation(theirs[0].entry)],
            )
            if len(by_entry) <= MOST_QUOTED:
                _say_excerpts(composition, theirs)
            composition.say_remarks(theirs)
    given = [r for _, theirs in by_entry for r in _without_empty_parts(query, theirs)]
    numbers = [r for r in given if r.state == "number"]
    composition.give(*(reading_to_value(r) for r in numbers))
    _say_sum(composition, numbers)
    _say_definitions(composition, said)
    if WHY_BLANK.search(query.question) and any(r.state == "blank" for r in said):
        composition.say("报告没有说明原因：可能没有发生，也可能漏填，须向编制单位核实。")
    is_single = all(r.measure.concept or r.measure.figures for r in said)
    return composition.answer("lookup" if is_single else "aggregate")


def _of_no_other_year(claims: Sequence[Claim], found: Sequence[Reading]) -> tuple[Claim, ...]:
    """The claims without those that one of several reports bears out: 2023年44件，2024年39件."""
    if len({r.entry.id for r in found}) < 2:
        return tuple(claims)
    numbers = {r.value for r in found}
    return tuple(c for c in claims if c.measure or c.number not in numbers)


def _say_sum(composition: Composition, numbers: Sequence[Reading]) -> None:
    """What several cells of one report come to, where the question adds them: 予以公开加部分公开."""
    query = composition.query
    is_one_number = query.operation == "sum" and len(COUNTS.findall(query.question)) < 2
    is_added = is_one_number or (
        query.operation in ("sum", "value") and _ADDED.search(query.question)
    )
    alike = len({(r.entry.id, r.unit) for r in numbers}) == 1 < len(numbers) == len(query.measures)
    if not (is_added and alike) or are_parts(query.measures) or _LEFT.search(query.question):
        return
    whole = round_number(sum(r.value or 0 for r in numbers))
    composition.give(Value(whole, numbers[0].unit, numbers[0].agency, numbers[0].year))
    composition.say(f"合计{number_text(whole)}{numbers[0].unit}。", citations_of(numbers))


def _worth_saying(entry: Entry, readings: Sequence[Reading]) -> list[Reading]:
    """A report's readings; rows that its form lacks, and parts of nothing, are left out."""
    theirs = [reading for reading in readings if reading.entry.id == entry.id]
    return [r for r in theirs if r.state != "off-form"] or theirs[:1]


def _sentence(query: Query, readings: Sequence[Reading]) -> str:
    """One report's sentence; for a yes-or-no question, with the yes or no before it."""
    listed = _without_empty_parts(query, readings)
    return f"{_verdict(query, readings)}{whose(readings[0])}{'，'.join(told(r) for r in listed)}。"


def _without_empty_parts(query: Query, readings: Sequence[Reading]) -> Sequence[Reading]:
    """Where the parts of a whole are asked for, those of zero are not read out."""
    if query.operation != "list" or len(readings) < 3:
        return readings
    whole, *parts = readings
    return [whole, *(part for part in parts if part.value or part.state != "number")]


def _verdict(query: Query, readings: Sequence[Reading]) -> str:
    """是/不是 for a number claimed, 有/没有 for a question whether there was any."""
    numbers = [r for r in readings if r.state == "number"]
    if said := claims_held(query.claims, readings):
        return f"{said}："
    if len(readings) == 1 and (verdict := wholly_held(query.question, readings[0])):
        return verdict
    if query.operation != "exists" or len(numbers) < len(readings):
        return ""
    if any(r.is_contradicted for r in readings):
        return ""
    if len(readings) > 1 and any(r.value for r in numbers):
        return ""
    return "有。" if any(r.value for r in numbers) else "没有。"


def _say_excerpts(composition: Composition, readings: Sequence[Reading]) -> None:
    """The words of the text that carry a figure: they say what exactly was counted."""
    excerpts = dict.fromkeys(text for r in readings for text in r.excerpts)
    for text in excerpts:
        composition.say(f"原文：“{' '.join(text.split())}”。", citations_of(readings))


def _say_definitions(composition: Composition, readings: Sequence[Reading]) -> None:
    for measure in dict.fromkeys(r.measure for r in readings if r.state == "number"):
        if measure.definition:
            composition.say(f"{measure.name}＝{measure.definition}。")


def _unstated(query: Query, readings: Sequence[Reading], library: Library) -> Answer:
    """The refusal when no report says anything of what was asked."""
    said = dict.fromkeys(f"{whose(r)}：{told(r)}。" for r in readings)
    text = "".join(said)
    return refuse(
        query.question,
        text,
        library,
        agencies=[r.agency for r in readings],
    )


# --- Statements -------------------------------------------------------------------------------------


def _statements(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """What each report states, quoted; or that it does not state it."""
    composition = Composition(query)
    for entry in entries[:MOST_LISTED]:
        report = library.report(entry.id)
        for measure in query.measures:
            found = find_statement(report, measure)
            label = f"{entry.agency}{entry.year}年"
            if not found:
                composition.say(
                    f"{label}的报告未载明{name_in(query, measure)}。", [entry_to_citation(entry)]
                )
                continue
            first = found[0]
            citation = replace(entry_to_citation(entry), place=first.place)
            if measure.figures == ("fee",):
                verdict = "未收取信息处理费" if first.says_no else "写明了信息处理费收取情况"
                composition.say(f"{label}{verdict}：“{' '.join(first.text.split())}”", [citation])
            else:
                composition.say(
                    f"{label}的{name_in(query, measure)}：{' '.join(first.text.split())}。",
                    [citation],
                )
                composition.give(Value(first.text, "", entry.agency, entry.year))
    return composition.answer("lookup")


_BY_OPERATION: Mapping[Operation, Answerer] = {
    "sum": total,
    "average": average,
    "median": median,
    "deviation": deviation,
    "times": times,
    "rank": rank,
    "extremum": extremum,
    "compare": compare,
    "difference": difference,
    "share": share,
    "trend": trend,
    "streak": streak,
    "pace": pace,
    "filter": list_matching,
    "count": count_matching,
}


def _are_statements(query: Query, entries: Sequence[Entry]) -> bool:
    return all(measure.aspect == "statement" for measure in query.measures)


def _ranks_parts(query: Query, entries: Sequence[Entry]) -> bool:
    if query.operation == "extremum" and len(entries) > 1 and are_decisions(query.measures):
        return True
    return query.operation in ("extremum", "rank") and are_parts(query.measures)


# What is asked in a way of its own, and who answers it; the first that fits.
_SPECIAL: Sequence[tuple[Callable[[Query, Sequence[Entry]], bool], Answerer]] = (
    (lambda query, _: bool(query.crossed), crossed),
    (are_two_sides, compare_sides),
    (
        lambda query, _: (
            query.operation in ("extremum", "rank") and query.measures[0].figures == ("signed_on",)
        ),
        by_date,
    ),
    (
        lambda query, entries: (
            _are_statements(query, entries) and query.operation in ("filter", "count")
        ),
        list_matching,
    ),
    (_are_statements, _statements),
    (
        lambda query, _: not query.measures[0].figures and query.measures[0].aspect == "figure",
        answer_nameless,
    ),
    (lambda query, _: query.operation == "list" and bool(query.conditions), matching_parts),
    (lambda query, _: asks_standing(query) and not are_parts(query.measures), standing),
    (_ranks_parts, largest_part),
    (asks_which_year, rank_years),
    (asks_over_years, rank_over_years),
    (
        lambda query, entries: (
            query.operation == "sum" and len(entries) == 1 and query.measures[0].aspect != "ratio"
        ),
        _values,
    ),
)
