"""From a question in words to a `Query`: what is asked, of whom, about which years.

Pure: it knows the vocabulary and what the library holds, and reads nothing. What it cannot make
out it names in the query; it never takes an unknown agency for a similar known one. What a question
leaves unsaid is taken over from the questions before it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.explaining import explain
from assistant.measure import Measure
from assistant.model import Turn
from assistant.query import Ambiguity, Condition, Kind, Known, Operation, Query
from assistant.question.agencies import Named, directory
from assistant.question.clauses import counted, find_yearly_conditions
from assistant.question.conditions import find_rival
from assistant.question.crossed import with_crossed
from assistant.question.exclusions import find_remaining
from assistant.question.growth import find_change
from assistant.question.kinds import COUNTS, DEEDS, HOLDINGS, WHY, find_kind, refusal_for
from assistant.question.listed import (
    first_agency,
    of_those_filtered,
    of_those_listed,
    reports_told,
)
from assistant.question.look_ups import Reading, complete_look_up, not_understood
from assistant.question.measures import Asked, find_measures, in_columns
from assistant.question.memory import (
    Memory,
    is_among_those_listed,
    is_of_those_filtered,
    is_than_leader,
    sets_against,
)
from assistant.question.names import as_typed
from assistant.question.operations import (
    find_claims,
    find_limit,
    find_operation,
    find_place,
    is_descending,
)
from assistant.question.outcomes import asks_deed, asks_outcome, years_that_tell
from assistant.question.share_turns import with_its_part
from assistant.question.slips import mend
from assistant.question.subject import Subject, find_subject
from assistant.question.text_turns import in_full, on_from
from assistant.question.text_words import SIGNED_ON
from assistant.question.years import find_years

# How many questions back a follow-up may reach.
LONGEST_MEMORY = 6
_WORST_PART = re.compile("问题|不足|短板|困难|改进|整改|下一步")
PROBLEMS_SECTION = 5

_DENIED_BEFORE = re.compile(
    "(?:我)?(?:说|问|要|指)?的?(?:不是|不要)[^,，。;；吗?？]{1,16}(?:[,，、]|(?=而是))(?=我|是|而是|要|问)"
)
# 我说的是2023年的对策
_MEANT = re.compile(
    "^(?:不是?[,，、]?)?我(?:刚才|刚刚)?(?:说|问|指|要问?)的?(?:其实|就)?是(?!不是)"
)
_OF_ME = re.compile("我(?:刚才|刚刚)?(?:想|要)?(?:说|问|指)的?(?:其实)?(?:不是|是)")
_BACK_TO = re.compile(
    "(?:那|咱们?|我们)?再?(?:回到|说回|回头说|接着说)(?:刚才|刚刚|之前|前面|上面)?(?:说|问)?的?"
    "(?P<subject>[^,，]*?)(?:的(?:问题|话题|事))?(?=[,，。?？]|$)"
)
# 记者想了解：…
_INTRODUCED = re.compile(
    "^(?:我|本人)?(?:就?是)?(?:一?[名个位])?(?:普通)?(?:记者|市民|居民|群众|学生|老师|研究者|研究人员)(?:我?想(?:了解|知道|问)?(?:一?下)?|请问|问)?[,，:：]?"
)
# 想核对一下…各是多少 asks for numbers, not for a check
_TO_CONFIRM = re.compile(
    "(?:我是[^,，|]{2,8}(?:员|人员|科|室)[,，])?(?:我|麻烦|请)?(?:想|要|帮我|帮忙|需要)?(?:再)?(?:核对|核实|确认)(?:一下|下)[:：,，]?(?=.*(?:多少|几[件条次个家]))"
)
_DENIED_AFTER = re.compile("[,，](?:而)?(?:不是|不要)[^,，。;；吗?？]{1,16}[。]?$")
# 比去年多多少 asks for the change of the year after, against it.
_THAN_LAST_YEAR = re.compile("(?:比|较|跟|和|与|同)(?:去年|上一?年|前一年|上年度)")
# 2024年申请比去年多的单位: each agency against itself, not one report against a number
_THAN_A_YEAR = re.compile(
    "(?:比|较)(?:去年|上一?年|前一?年|上年度|20\\d\\d年?|[12]\\d年)[^,，。?？]{0,8}[多少高低增减升降]"
)
# 逐年增加的单位
_YEAR_BY_YEAR = re.compile(
    "(?:逐年|年年|每年都|一年比一年)(?:都|在)?(?:增加|减少|增长|下降|上升|下滑|[增减降升涨跌多少高低])"
)
# 跟上年比呢
_AGAINST_A_YEAR = re.compile(
    "(?:跟|和|与|同)(?:去年|上一?年|上年度|前一?年)(?:相?比)|比(?:去年|上一?年|上年度)呢"
)
_WHICH_ONES = re.compile("哪[家个些几]|谁|的(?:单位|部门|局|机关|有)")
# 去年比上年: the year before last year, which 去年 names already.
_LAST_YEAR_NAMED = re.compile("去年.*(?:比|较|跟|和|与|同)(?:上一?年|前一年|上年度)")
# What cannot be done without knowing of what, and the word for it.
_NEEDS_MEASURE: Mapping[Operation, str] = {
    "trend": "趋势",
    "streak": "连续增减",
    "pace": "年均增长",
    "rank": "排名",
    "median": "中位数",
    "times": "倍数",
}
# The same, where the question says nothing else that a text could answer.
_COMPARES: Mapping[Operation, str] = {
    "compare": "比较",
    "difference": "增减",
    "extremum": "最多或最少",
    "average": "平均",
    "sum": "合计",
}
_OFTEN_ASKED = ("新收政府信息公开申请", "主动公开信息", "行政许可", "行政处罚", "行政复议案件")
# 哪家公布得最早: of dates a report has that of its signature only.
_FIRST_OR_LAST = re.compile(
    "(?:公布|发布|公开|编制|落款|写|交|报|出)[得的]?最[早晚迟先慢](?=.*[哪谁])|[哪谁].*(?:公布|发布|公开|编制|落款|写|交|报|出)[得的]?最[早晚迟先慢]|最[早晚迟先]的?(?:公布|发布|公开|落款|编)(?=.*[哪谁])"
)
# 超过100件的单位: a bound in cases or items, of no measure that is named
_CASES_BOUND = re.compile(
    "(?:超过|[多少低]于|不到|不足|[超过破])[^,，。]{1,5}[件条]|[件条]以[上下]"
)
_WHICH_YEAR = re.compile("哪一?年|哪几年|哪些年|哪个年度|什么时候开始|最[近后]一次")
_FILTERS: frozenset[Operation] = frozenset(("filter", "count"))
_DIFFER = re.compile("不一样|不同|差(?:这么|那么|得)?|[多少]了?|变")
_IT = re.compile("它|该(?:局|单位|报告)|这(?:家|个单位|个局)")


def understand(question: str, history: Sequence[Turn] = (), known: Known | None = None) -> Query:
    """The question as understood after the conversation so far, oldest turn first."""
    library = known or Known()
    memory = Memory()
    for text, answer in _asked_after(history, question)[-LONGEST_MEMORY - 1 :]:
        query = _understand_next(text, memory, library, answer)
        memory = memory.after(_against(query, memory.before, memory.earlier))
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


def _against(query: Query, before: Query | None, earlier: Query | None) -> Query:
    """为什么不一样 after two look-ups of one measure asks about both."""
    if not (before and earlier and query.measures == before.measures == earlier.measures):
        return query
    if query.kind != "retrieval" or not _DIFFER.search(query.question):
        return query
    agencies = dict.fromkeys((*earlier.agencies, *query.agencies))
    years = sorted({*earlier.years, *query.years})
    return replace(query, agencies=tuple(agencies), years=tuple(years))


def _understand_next(question: str, memory: Memory, known: Known, answer: str) -> Query:
    """One question, with those before it as they were understood, and the answer to the last."""
    memory = memory.of_those_told(question, reports_told(answer, known))
    question = _TO_CONFIRM.sub("", _INTRODUCED.sub("", question))
    question = with_its_part(in_full(question, memory.before, answer), memory.before)
    meant, mended = mend(
        _bare_of_turns(question) if memory.before or _OF_ME.match(question) else question
    )
    named = directory(known.agencies).find(meant)
    rival, named = _without_rival(named)
    before = memory.before_for(named.rest, names_agency=bool(named.mentions))
    if before and not named.mentions and is_of_those_filtered(named.rest, before):
        before = of_those_filtered(before, answer, known)
    elif before and not named.mentions and is_among_those_listed(named.rest):
        before = of_those_listed(before, answer, known)
    asked = _of_rows_before(find_remaining(named.rest), before, named.rest)
    of_named = tuple(a for m in named.mentions for a in m.agencies)
    newest, oldest = known.newest_year(of_named), known.oldest_year(of_named)
    base = newest if asks_outcome(question) and not before else _base_year(before, known)
    years = find_years(asked.rest, base, known.years, newest, oldest)
    operation = _operation(years.rest, asked.rest)
    if before and operation == "value" and _AGAINST_A_YEAR.search(asked.rest):
        operation = "difference"
    if before and before.asks_for_measure and operation == "value":
        operation = before.operation
    spoken_of = before.agencies if before else ()
    if not spoken_of and _IT.search(named.rest):
        spoken_of = first_agency(answer, known)
    subject = find_subject(named, known, spoken_of, operation, years.years)
    if before and len(before.agencies) == len(subject.agencies) == 1 and sets_against(named.rest):
        agencies = dict.fromkeys((*before.agencies, *subject.agencies))
        subject = replace(subject, agencies=tuple(agencies))
        operation = "compare" if operation in ("value", "exists") else operation
    elif before and len(subject.agencies) == 1 and is_than_leader(named.rest, before):
        agencies = dict.fromkeys((*first_agency(answer, known), *subject.agencies))
        subject = replace(subject, agencies=tuple(agencies))
    reading = Reading(
        question,
        find_years(named.rest, base, known.years, newest, oldest).rest.replace("|", ""),
        _masked_too(years.rest, subject.rest),
        asked,
        years,
        operation,
        mended,
    )
    query = with_crossed(_complete(reading, subject, before, known), named.rest)
    if rival and query.kind == "lookup" and len(query.measures) == 1:
        than = replace(rival, measure=query.measures[0])
        return replace(query, operation="filter", conditions=(than,), claims=())
    if query.operation in _FILTERS and len(query.years) > 1:
        yearly = find_yearly_conditions(named.rest.replace("|", ""), base)
        return replace(query, conditions=yearly, meets_all=True) if yearly else query
    pairs = _pairs(named, base) if len(named.mentions) > 1 else ()
    return replace(query, pairs=pairs) if pairs else query


def _without_rival(named: Named) -> tuple[Condition | None, Named]:
    """The agency that others are compared with (比财政局多的单位), and the names without it."""
    agencies = [m.agencies for m in named.mentions]
    rivalry = find_rival(named.rest) if len(agencies) == 1 and len(agencies[0]) == 1 else None
    if rivalry is None or not _WHICH_ONES.search(named.rest):
        return None, named
    of = Measure("", "", "cells")
    rival = Condition(of, rivalry.comparison, times=rivalry.times, than=agencies[0][0])
    return rival, replace(named, mentions=())


def _operation(words: str, with_years: str) -> Operation:
    """What is to be done; which of several grew against a year is asked in words for years."""
    said = find_operation(words)
    if _YEAR_BY_YEAR.search(with_years) and _WHICH_ONES.search(with_years):
        return "streak"
    grew = _THAN_A_YEAR.search(with_years) and _WHICH_ONES.search(with_years)
    return "difference" if grew and said in ("value", "filter", "compare", "count") else said


def _pairs(named: Named, base: int | None) -> tuple[tuple[str, int], ...]:
    """Each agency with the year beside its name, where every one has a year of its own."""
    starts = [0, *(mention.end for mention in named.mentions)]
    ends = [*(mention.start for mention in named.mentions), len(named.text)]
    gaps = [
        find_years(named.text[start:end], base).years
        for start, end in zip(starts, ends, strict=True)
    ]
    for years_of_each in (gaps[1:], gaps[:-1]):
        found = list(zip(named.mentions, years_of_each, strict=True))
        if len(found) > 1 and all(len(m.agencies) == len(y) == 1 for m, y in found):
            pairs = tuple((mention.agencies[0], years[0]) for mention, years in found)
            return pairs if len({year for _, year in pairs}) > 1 else ()
    return ()


def _bare_of_turns(question: str) -> str:
    """A question without words about the conversation.

    A correction leaves out what it says was not meant (不是2023年，是2024年), a return to an earlier
    subject the words for turning back (再说回市监局).
    """
    question = _MEANT.sub("", question)
    meant = _DENIED_BEFORE.sub("", _BACK_TO.sub(r"\g<subject>", question))
    return _DENIED_AFTER.sub("", meant)


def _of_rows_before(asked: Asked, before: Query | None, text: str) -> Asked:
    """Columns named alone (其中自然人呢) are columns of the rows that were spoken of before."""
    names_none = asked.asks_parts and not asked.measures and not WHY.search(text)
    if before and before.measures and names_none:
        whole = before.measures[0].name.partition("（")[0]
        found = find_measures(f"{whole}，{text}")
        return replace(asked, measures=found.measures, parts=found.parts, is_sure=True)
    if not before or not asked.lone_columns:
        return asked
    measures = in_columns(before.measures, asked.lone_columns)
    return replace(asked, measures=measures, is_sure=True) if measures else asked


def _masked_too(text: str, other: str) -> str:
    """The text masked wherever either of two maskings of it is."""
    return "".join("|" if "|" in (a, b) else a for a, b in zip(text, other, strict=True))


def _base_year(before: Query | None, known: Known) -> int | None:
    """The year that 今年 means: the one spoken of, else the newest that the library holds."""
    if before and before.years:
        return max(before.years)
    return known.newest_year(before.agencies if before else ())


def _complete(reading: Reading, subject: Subject, before: Query | None, known: Known) -> Query:
    kind = find_kind(
        reading.text,
        reading.asked,
        names_agency=bool(subject.agencies and not subject.is_inherited),
        names_year=bool(reading.years.years),
    )
    if asks_deed(reading.question, counts=bool(COUNTS.search(reading.text))):
        kind = "retrieval"
    query = Query(
        question=reading.question,
        kind=kind or "retrieval",
        agencies=subject.agencies,
        years=_years(reading, subject, before, known),
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
    if is_bare and _lacks_measure(reading, kind):
        return _which_measure(query, reading)
    if before and not subject.everyone:
        query = on_from(query, before, kind)
    if before and kind == "retrieval" and not query.measures and WHY.search(reading.text):
        query = _why(query, before)
    if before and before.kind == "definition" and kind in (None, "lookup"):
        query, kind = _after_a_term(reading, query, before)
    if before and (kind is None or _only_counts(kind, query, reading, before)):
        query = _follow_up(query, reading, before)
    if unknown_years := _unknown_years(query, known):
        query = replace(query, unknown_years=unknown_years)
    return _with_change_before(_finish(query, reading), before)


def _with_change_before(query: Query, before: Query | None) -> Query:
    """The measure asked back for, with the bound on its change that was said before (增长超过10%)."""
    if not (before and before.asks_for_measure and before.change and query.measures):
        return query
    return replace(query, change=query.change or before.change, operation="difference")


def _lacks_measure(reading: Reading, kind: Kind | None) -> bool:
    """Whether a number is asked for without a word of what: 哪家最多排名, 2024年谁多."""
    if kind not in (None, "lookup") or (kind and not find_change(reading.asked.rest)):
        return False
    if reading.operation in _NEEDS_MEASURE:
        return True
    says_nothing_else = not not_understood(reading.words)
    is_compared = reading.operation in _COMPARES or find_change(reading.asked.rest)
    return says_nothing_else and bool(is_compared)


def _which_measure(query: Query, reading: Reading) -> Query:
    """A trend or a ranking of nothing in particular, asked back with what may be meant."""
    word = _NEEDS_MEASURE.get(reading.operation) or _COMPARES.get(reading.operation, "增减")
    change = find_change(reading.asked.rest)
    return replace(
        query,
        kind="lookup",
        operation="difference" if change else reading.operation,
        change=change,
        ambiguities=(*query.ambiguities, Ambiguity(word, "measure", _OFTEN_ASKED)),
    )


def _why(query: Query, before: Query) -> Query:
    """为什么比2022年多 asks about the numbers just spoken of, and those of the year named now."""
    years = tuple(sorted({*before.years, *query.years}))
    nameless = before.kind == "lookup" and not all(m.cells or m.figures for m in before.measures)
    return replace(
        query,
        measures=before.measures if before.kind == "lookup" and not nameless else (),
        topic=before.topic if nameless else query.topic,
        agencies=query.agencies or before.agencies,
        years=years if before.years else query.years,
    )


def _only_counts(kind: Kind, query: Query, reading: Reading, before: Query) -> bool:
    """Whether a question asks how many without saying of what (一共多少), after a look-up."""
    return (
        kind == "lookup"
        and before.kind == "lookup"
        and not query.measures
        and not HOLDINGS.search(reading.text)
        and not DEEDS.search(reading.text)
        and not not_understood(reading.words)
    )


def _after_a_term(reading: Reading, query: Query, before: Query) -> tuple[Query, Kind | None]:
    """After one term was explained, another named alone is explained too; a count is of the term."""
    asks_number = query.agencies or query.years or COUNTS.search(reading.text)
    if not asks_number and explain(reading.text):
        return replace(query, kind="definition"), "definition"
    measures = query.measures or (asks_number and find_remaining(before.topic).measures)
    if not measures:
        return replace(query, kind="retrieval"), None
    return replace(query, kind="lookup", measures=measures), "lookup"


def _years(
    reading: Reading, subject: Subject, before: Query | None, known: Known
) -> tuple[int, ...]:
    """The years named, else those of the conversation where they fit these agencies."""
    named = reading.years.years
    if _WHICH_YEAR.search(reading.question) and _THAN_LAST_YEAR.search(reading.question):
        return ()
    is_against_last = _THAN_LAST_YEAR.search(reading.question)
    if reading.operation == "compare" and len(named) == 1 and is_against_last and before:
        return (named[0], named[0] + 1)
    if reading.operation == "difference" and len(named) == 1 and is_against_last:
        return named if _LAST_YEAR_NAMED.search(reading.question) else (named[0] + 1,)
    if not named and _WHICH_YEAR.search(reading.question):
        return before.years if before and subject.is_inherited and len(before.years) > 1 else ()
    if reading.years.years or reading.years.every or before is None or not before.years:
        return reading.years.years
    if reading.operation == "trend" and len(before.years) == 1:
        return ()
    if subject.everyone or not subject.agencies:
        return before.years
    fits = any(known.has(a, before.years) for a in subject.agencies)
    return before.years if fits else ()


def _follow_up(query: Query, reading: Reading, before: Query) -> Query:
    """A question that names no matter of its own (招远呢, 哪家最多) asks the one before again."""
    operation = reading.operation if reading.operation != "value" else before.operation
    was_why = before.kind == "retrieval" and before.measures and WHY.search(before.topic)
    return replace(
        query,
        kind="lookup" if was_why else before.kind,
        operation="value" if was_why else operation,
        measures=before.measures,
        conditions=before.conditions,
        topic=before.topic,
        sections=before.sections,
    )


def _refusal(reading: Reading, subject: Subject, known: Known) -> str:
    if subject.out_of_scope:
        held = "、".join(a for a in subject.agencies)
        return (
            f"资料库中没有{subject.out_of_scope}政府汇总全域情况的年报，只有{held}的年报，"
            "一个部门的数不能代表全域。"
        )
    return refusal_for(reading.text)


def _unknown_years(query: Query, known: Known) -> tuple[int, ...]:
    return tuple(year for year in query.years if known.years and year not in known.years)


# --- By the kind of question ------------------------------------------------------------------------


def _finish(query: Query, reading: Reading) -> Query:
    if query.kind == "lookup":
        return complete_look_up(query, reading)
    if query.kind == "check":
        return replace(query, operation="check", claims=tuple(find_claims(reading.text)))
    if query.kind == "definition":
        return replace(query, operation="explain")
    years = years_that_tell(reading.question, query.years)
    sections = (PROBLEMS_SECTION,) if _WORST_PART.search(query.topic) else ()
    claims = tuple(find_claims(reading.words)) if WHY.search(reading.text) else ()
    return replace(
        query,
        operation="passages",
        sections=sections,
        years=years,
        unknown_years=(),
        claims=claims,
    )
