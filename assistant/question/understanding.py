"""From a question in words to a `Query`: what is asked, of whom, about which years.

Pure: it knows the vocabulary and what the library holds, and reads nothing. What it cannot make
out it names in the query; it never takes an unknown agency for a similar known one. What a question
leaves unsaid is taken over from the questions before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.model import Turn
from assistant.query import Ambiguity, Condition, Known, Operation, Query
from assistant.question.against_years import find_operation_of_years
from assistant.question.agencies import Named, directory
from assistant.question.asides import bare_of_turns, corrects, without_introduction
from assistant.question.clauses import counted, find_yearly_conditions
from assistant.question.crossed import with_crossed
from assistant.question.exclusions import find_remaining
from assistant.question.follow_ups import (
    after_a_term,
    against_earlier,
    asked_again,
    asked_why,
    of_rows_before,
    only_counts,
    with_change_before,
)
from assistant.question.kinds import COUNTS, WHY, find_kind, refusal_for
from assistant.question.listed import (
    first_agency,
    of_those_filtered,
    of_those_listed,
    reports_told,
    who_it_may_be,
)
from assistant.question.look_ups import Reading, complete_look_up
from assistant.question.measureless import lacks_measure, which_measure
from assistant.question.memory import (
    Memory,
    filtered_again,
    is_among_those_listed,
    is_of_those_filtered,
    is_of_those_ranked,
    is_than_leader,
    sets_against,
)
from assistant.question.names import as_typed
from assistant.question.operations import find_claims, find_limit, find_place, is_descending
from assistant.question.outcomes import asks_deed, asks_outcome, years_that_tell
from assistant.question.paraphrases import in_words_of_the_form
from assistant.question.periods import Calendar, base_year, unknown_years, years_meant
from assistant.question.section_names import find_sections
from assistant.question.set_beside import pairs_named, with_sides, without_rival
from assistant.question.share_turns import with_its_part
from assistant.question.slips import mend
from assistant.question.subject import Subject, find_subject
from assistant.question.text_turns import in_full, on_from
from assistant.question.text_words import SIGNED_ON

# How many questions back a follow-up may reach.
LONGEST_MEMORY = 6
_WORST_PART = re.compile("问题|不足|短板|困难|改进|整改|下一步")
PROBLEMS_SECTION = 5

# 哪家公布得最早: of dates a report has that of its signature only.
_FIRST_OR_LAST = re.compile(
    "(?:公布|发布|公开|编制|落款|写|交|报|出)[得的]?最[早晚迟先慢](?=.*[哪谁])|[哪谁].*(?:公布|发布|公开|编制|落款|写|交|报|出)[得的]?最[早晚迟先慢]|最[早晚迟先]的?(?:公布|发布|公开|落款|编)(?=.*[哪谁])"
)
# 超过100件的单位: a bound in cases or items, of no measure that is named
_CASES_BOUND = re.compile(
    "(?:超过|[多少低]于|不到|不足|[超过破])[^,，。]{1,5}[件条]|[件条]以[上下]"
)
_FILTERS: frozenset[Operation] = frozenset(("filter", "count"))
_IT = re.compile("它(?!们)|该(?:局|单位|报告)|这(?:家|个单位|个局)")


def understand(question: str, history: Sequence[Turn] = (), known: Known | None = None) -> Query:
    """The question as understood after the conversation so far, oldest turn first."""
    library = known or Known()
    memory = Memory()
    for text, answer in _asked_after(history, question)[-LONGEST_MEMORY - 1 :]:
        query = _understand_next(text, memory, library, answer)
        memory = memory.after(against_earlier(query, memory.before, memory.earlier))
    return memory.before or Query(question)


def _asked_after(history: Sequence[Turn], question: str) -> list[tuple[str, str]]:
    """Every question of a conversation with the answer that was given just before it."""
    asked: list[tuple[str, str]] = []
    answer = ""
    for turn in (*history, Turn("user", question)):
        if turn.role == "assistant":
            answer = turn.content
        else:
            asked.append((turn.content, answer))
            answer = ""
    return asked


@dataclass(frozen=True, slots=True)
class _Heard:
    """A question with the names in it, and the one that it goes on from.

    `rival` is the agency that others are compared with; `answer` answered the question before.
    """

    question: str
    named: Named
    before: Query | None
    answer: str
    rival: Condition | None
    mended: tuple[tuple[str, str], ...]


def _understand_next(question: str, memory: Memory, known: Known, answer: str) -> Query:
    """One question, with those before it as they were understood, and the answer to the last."""
    if again := filtered_again(question, memory.before):
        return again
    heard = _hear(question, memory, known, answer)
    calendar = _calendar(heard, known)
    reading, subject = _read(heard, calendar, known)
    query = with_crossed(_complete(reading, subject, heard.before, known), heard.named.rest)
    return _with_sides(query, heard, calendar.base)


def _hear(question: str, memory: Memory, known: Known, answer: str) -> _Heard:
    memory = memory.of_those_told(question, reports_told(answer, known))
    question = in_words_of_the_form(without_introduction(question))
    question = with_its_part(in_full(question, memory.before, answer), memory.before)
    goes_on = memory.before or corrects(question)
    meant, mended = mend(bare_of_turns(question) if goes_on else question)
    rival, named = without_rival(directory(known.agencies).find(meant))
    before = memory.before_for(named.rest, names_agency=bool(named.mentions))
    if before and not named.mentions and is_of_those_filtered(named.rest, before):
        before = of_those_filtered(before, answer, known)
    elif before and not named.mentions and is_of_those_ranked(named.rest, before):
        before = replace(of_those_listed(before, answer, known), operation="list", limit=None)
    elif before and not named.mentions and is_among_those_listed(named.rest):
        before = of_those_listed(before, answer, known)
    return _Heard(question, named, before, answer, rival, mended)


def _calendar(heard: _Heard, known: Known) -> Calendar:
    """The years that 去年 and 近三年 are reckoned from, for this question."""
    of_named = tuple(agency for mention in heard.named.mentions for agency in mention.agencies)
    newest, oldest = known.newest_year(of_named), known.oldest_year(of_named)
    is_first_outcome = asks_outcome(heard.question) and not heard.before
    base = newest if is_first_outcome else base_year(heard.before, known)
    return Calendar(base, known.years, newest, oldest)


def _read(heard: _Heard, calendar: Calendar, known: Known) -> tuple[Reading, Subject]:
    """Whom, when, what and what to do with it, each found in the words that the others leave."""
    before, words = heard.before, heard.named.rest
    asked = of_rows_before(find_remaining(words), before, words)
    years = calendar.find(asked.rest)
    operation = find_operation_of_years(years.rest, asked.rest, before)
    spoken_of = before.agencies if before else ()
    is_it = not spoken_of and bool(_IT.search(words))
    may_be = who_it_may_be(heard.answer, known) if is_it else ()
    if is_it and not may_be:
        spoken_of = first_agency(heard.answer, known)
    subject = find_subject(heard.named, known, spoken_of, operation, years.years)
    if may_be and not subject.agencies:
        subject = replace(subject, ambiguities=(Ambiguity("它", "agency", may_be),))
    subject, operation = _beside_spoken_of(subject, operation, heard, known)
    reading = Reading(
        heard.question,
        calendar.find(words).rest.replace("|", ""),
        _masked_too(years.rest, subject.rest),
        asked,
        years,
        operation,
        heard.mended,
    )
    return reading, subject


def _beside_spoken_of(
    subject: Subject, operation: Operation, heard: _Heard, known: Known
) -> tuple[Subject, Operation]:
    """The agency named beside the one spoken of (跟财政局比呢), or beside the one that led."""
    before, words = heard.before, heard.named.rest
    if before is None or len(subject.agencies) != 1:
        return subject, operation
    if len(before.agencies) == 1 and sets_against(words):
        both = dict.fromkeys((*before.agencies, *subject.agencies))
        operation = "compare" if operation in ("value", "exists") else operation
    elif is_than_leader(words, before):
        both = dict.fromkeys((*first_agency(heard.answer, known), *subject.agencies))
    else:
        return subject, operation
    return replace(subject, agencies=tuple(both)), operation


def _with_sides(query: Query, heard: _Heard, base: int | None) -> Query:
    """The query with what each side of a comparison has of its own: a bound, a year, or a sum."""
    named, rival = heard.named, heard.rival
    if rival and query.kind == "lookup" and len(query.measures) == 1:
        than = replace(rival, measure=query.measures[0])
        return replace(query, operation="filter", conditions=(than,), claims=())
    if query.operation in _FILTERS and len(query.years) > 1:
        yearly = find_yearly_conditions(named.rest.replace("|", ""), base)
        return replace(query, conditions=yearly, meets_all=True) if yearly else query
    pairs = pairs_named(named, base) if len(named.mentions) > 1 else ()
    return replace(query, pairs=pairs) if pairs else with_sides(query, named, base)


def _masked_too(text: str, other: str) -> str:
    """The text masked wherever either of two maskings of it is."""
    return "".join("|" if "|" in (a, b) else a for a, b in zip(text, other, strict=True))


def _complete(reading: Reading, subject: Subject, before: Query | None, known: Known) -> Query:
    kind = find_kind(
        reading.text,
        reading.asked,
        names_agency=subject.is_named,
        names_year=bool(reading.years.years),
    )
    if asks_deed(reading.question, counts=bool(COUNTS.search(reading.text))):
        kind = "retrieval"
    query = Query(
        question=reading.question,
        kind=kind or "retrieval",
        agencies=subject.agencies,
        years=years_meant(reading, subject, before, known),
        measures=reading.asked.measures,
        topic=reading.text.strip(),
        descending=is_descending(reading.words),
        limit=find_limit(reading.words) or find_limit(reading.text),
        place=find_place(reading.words) if reading.operation == "rank" else None,
        unknown_agencies=tuple(as_typed(reading.question, name) for name in subject.unknown),
        ambiguities=subject.ambiguities,
        refusal=_refusal(reading, subject, known),
        mended=reading.mended,
    )
    if not query.measures and _FIRST_OR_LAST.search(reading.words):
        query, kind = replace(query, kind="lookup", measures=(SIGNED_ON,)), "lookup"
    if not (kind or query.measures or before) and _CASES_BOUND.search(reading.words):
        query = replace(query, kind="lookup", measures=(counted(reading.words),))
        kind = "lookup"
    is_bare = not (query.measures or (before and before.measures))
    if is_bare and lacks_measure(reading, kind):
        return which_measure(query, reading)
    if before and not subject.everyone:
        query = on_from(query, before, kind)
    if before and kind == "retrieval" and not query.measures and WHY.search(reading.text):
        query = asked_why(query, before)
    if before and before.kind == "definition" and kind in (None, "lookup"):
        query, kind = after_a_term(reading, query, before)
    if before and (kind is None or only_counts(kind, query, reading, before)):
        query = asked_again(query, reading, before)
    if unknown := unknown_years(query, known):
        query = replace(query, unknown_years=unknown)
    return with_change_before(_finish(query, reading), before)


def _refusal(reading: Reading, subject: Subject, known: Known) -> str:
    if subject.out_of_scope:
        held = "、".join(a for a in subject.agencies)
        return (
            f"资料库中没有{subject.out_of_scope}政府汇总全域情况的年报，只有{held}的年报，"
            "一个部门的数不能代表全域。"
        )
    return refusal_for(reading.text)


def _finish(query: Query, reading: Reading) -> Query:
    if query.kind == "lookup":
        return complete_look_up(query, reading)
    if query.kind == "check":
        return replace(query, operation="check", claims=tuple(find_claims(reading.text)))
    if query.kind == "definition":
        return replace(query, operation="explain")
    years = years_that_tell(reading.question, query.years)
    worst = _WORST_PART.search(query.topic)
    sections = (PROBLEMS_SECTION,) if worst else find_sections(query.topic)
    claims = tuple(find_claims(reading.words)) if WHY.search(reading.text) else ()
    return replace(
        query,
        operation="passages",
        sections=sections,
        years=years,
        unknown_years=(),
        claims=claims,
    )
