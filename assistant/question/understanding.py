"""From a question in words to a `Query`: what is asked, of whom, about which years.

Pure: it knows the vocabulary and what the library holds, and reads nothing. What it cannot make
out it names in the query; it never takes an unknown agency for a similar known one. What a question
leaves unsaid is taken over from the questions before it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.definitions import explain
from assistant.measure import Measure
from assistant.model import Turn
from assistant.query import Ambiguity, Comparison, Condition, Kind, Known, Operation, Query
from assistant.question.agencies import Named, directory
from assistant.question.clauses import find_clause_conditions
from assistant.question.kinds import BLANKS, COUNTS, HOLDINGS, WHY, find_kind, refusal_for
from assistant.question.measures import Asked, find_measures, in_columns
from assistant.question.operations import (
    find_claims,
    find_comparison,
    find_conditions,
    find_limit,
    find_operation,
    has_bound,
    is_descending,
    without_operations,
)
from assistant.question.shares import find_shares
from assistant.question.slips import mend
from assistant.question.subject import Subject, find_subject
from assistant.question.text_words import (
    DEPUTIES,
    FEE_AMOUNT,
    FEE_STATEMENT,
    MEMBERS,
    PROPOSALS,
    PUBLISHED,
    WECHAT,
)
from assistant.question.units import in_asked_units, without_counts
from assistant.question.years import YearsNamed, find_years

# How many questions back a follow-up may reach.
LONGEST_MEMORY = 6
# 对2023年的问题做了什么整改 is told by the report on the year after.
_LAST_YEARS_PROBLEMS = re.compile("(?:对|针对|就).{0,12}问题.{0,12}(?:整改|改进|解决|落实|做了)")
_WORST_PART = re.compile("问题|不足|短板|困难|改进|整改|下一步")
PROBLEMS_SECTION = 5

# A name of the agency in quotation marks (“博山经信”) is its channel; names are masked by bars.
_OWN_CHANNEL = re.compile('[“"「『][|]+[”"」』]')
_TOGETHER: frozenset[Operation] = frozenset(
    (
        *("rank", "extremum", "compare", "sum", "average", "difference", "trend", "times"),
        *("median", "deviation"),
    )
)
_DENIED_BEFORE = re.compile(
    "(?:我)?(?:说|问|要|指)?的?(?:不是|不要)[^,，。;；吗?？]{1,16}(?:[,，、]|(?=而是))(?=我|是|而是|要|问)"
)
_BACK_TO = re.compile(
    "(?:那|咱们?|我们)?再?(?:回到|说回|回头说|接着说)(?:刚才|刚刚|之前|前面|上面)?(?:说|问)?的?"
    "(?P<subject>[^,，]*?)(?:的(?:问题|话题|事))?(?=[,，。?？]|$)"
)
_DENIED_AFTER = re.compile("[,，](?:而)?(?:不是|不要)[^,，。;；吗?？]{1,16}[。]?$")
# 比去年多多少 asks for the change of the year after, against it.
_THAN_LAST_YEAR = re.compile("(?:比|较|跟|和|与|同)(?:去年|上一?年|前一年|上年度)")
_OF_EACH_OTHER = re.compile("(?:建议|提案)比|(?:建议|提案)(?:和|与|跟).{0,8}差")
# Conditions on several measures in one clause: of these each must hold, of the others one will do.
_OF_ALL: frozenset[Comparison] = frozenset(("=", "<", "≤", "unstated"))
_EITHER_OR = re.compile("或者?|要么")
_BOTH = re.compile("都|均|既|同时|而且|并且|又|也")
# What cannot be done without knowing of what, and the word for it.
_NEEDS_MEASURE: Mapping[Operation, str] = {
    "trend": "趋势",
    "rank": "排名",
    "median": "中位数",
    "times": "倍数",
}
_OFTEN_ASKED = ("新收政府信息公开申请", "主动公开信息", "行政许可", "行政处罚", "行政复议案件")
# 复议全部维持了吗 asks what part was.
_WHOLLY = re.compile("全(?:部|都)|都(?!是多少|有多少)")
_DIFFER = re.compile("不一样|不同|差(?:这么|那么|得)?|[多少]了?|变")
_IT = re.compile("它|该(?:局|单位|报告)|这(?:家|个单位|个局)")
# No agency is called so: 门户网站访问量 names no unknown agency.
_THING = re.compile(
    "网站|公众号|平台|系统|热线|小程序|专栏|客户端|地图|账号|文件|活动|申请|信息|意见|问题|公开|年报|报告|政策|部门|单位|案件|制度|栏目"
)
_NOT_A_WORD = re.compile("[^一-龥]")
_COLLECTED = re.compile("收取|收过|收了|没收|未收|没有收|征收")
_WRITTEN = re.compile("写|说明|情况|披露|载明|提到|报告了")
# 申请总数 is the name of a measure and, of several agencies, what is to be done with it.
_TOTAL = re.compile("总数|总量|总额|总件数")
_HOW_MUCH = re.compile("多少|几元|金额|总额")
# Words that carry no meaning of their own here; what is left when they are gone was not understood.
_IDLE = re.compile(
    "请问|请教|麻烦|帮我|帮忙|告诉我|我想知道|想知道|想问|问一下|查一下|查询|查查|查|看一下|看看|统计一下|统计|列出|列一下"
    "|政府信息公开工作年度报告|政府信息公开|政府信息|信息公开|政务公开|年度报告|年报|报告|工作|情况|方面|数据|数字|数量|数目|总数|总量|总额|金额|件数|条数"
    "|因为|因|通过|关于|根据|按照|按|其中|里面|之中|当中|以及|还有|并且|而且|一共|总共|合计|共计|共|总计|总和|累计|平均|全年|年度|当年|本年度?|年"
    "|分别|各自|各|都|又|也|还|就|才|只|仅|被|把|将|对|和|与|跟|及|或|的|了|过|着|呢|吗|吧|啊|呀|么|是|为|有|在|从|到|至|用|给|让|由|于|所|其|这|那|此|该"
    "|多少|几|哪些|哪个|哪家|哪几|哪|什么|谁|怎么样|怎么|怎样|如何|是否|有没有|有无|是不是|没有|没|未|无|不|能|会|可以|应该|要|想|说|我|你|他|它|们"
    "|单位|部门|机关|机构|局|家|个|件|条|人次|人|次|宗|项|份|篇|场|名|期|元|万元|万|排名|排序|排一下|排|多|少|高|低|大|小|最|更|比较|对比|比|相差|差|一样|相同|相等"
    "|趋势|走势|变化|增加|减少|增长|下降|上升|同比|占比|比例|占|百分之|百分比|全部|所有|收到|收取|产生|发生|提起|提出|提交|承办|承接|办理|处理|答复|公布|公开|发布|披露|说明"
    "|换成|改成|改为|刚才|刚刚|前面|上面|回到|说回|再说|听说|据说|既然|写|填|提|做|办|收|来|去|出|上|下|中|内|里|外|前|后|时|时候|今|本|大概|大约|具体|究竟|到底|一下|一个|一年|两|三|四|五|六|七|八|九|十|一|二|同意|申请|案件|案子|案"
    "|申请人|哪类|类型|种类|类|种|号|文件|文|引用|依据|落实|完成|使用|全市|全区|全县|以上|以下|超过|不到|等|库|资料|信息|政府|超|达|拿|花"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one question says by itself. `words` has names, years and measures masked."""

    question: str
    text: str
    words: str
    asked: Asked
    years: YearsNamed
    operation: Operation
    mended: tuple[tuple[str, str], ...] = ()


def understand(question: str, history: Sequence[Turn] = (), known: Known | None = None) -> Query:
    """The question as understood after the conversation so far, oldest turn first."""
    library = known or Known()
    query: Query | None = None
    earlier: Query | None = None
    asked_before = [turn.content for turn in history if turn.role == "user"]
    answer = ""
    for text in (*asked_before[-LONGEST_MEMORY:], question):
        if text is question and history and history[-1].role == "assistant":
            answer = history[-1].content
        found = _understand_next(text, query, library, answer)
        query, earlier = _against(found, query, earlier), query
    return query or Query(question)


def _against(query: Query, before: Query | None, earlier: Query | None) -> Query:
    """为什么不一样 after two look-ups of one measure asks about both."""
    if not (before and earlier and query.measures == before.measures == earlier.measures):
        return query
    if query.kind != "retrieval" or not _DIFFER.search(query.question):
        return query
    agencies = dict.fromkeys((*earlier.agencies, *query.agencies))
    years = sorted({*earlier.years, *query.years})
    return replace(query, agencies=tuple(agencies), years=tuple(years))


def _understand_next(question: str, before: Query | None, known: Known, answer: str = "") -> Query:
    """One question, with the one before it as it was understood, and the answer to that."""
    meant, mended = mend(_bare_of_turns(question) if before else question)
    named = directory(known.agencies).find(meant)
    asked = _of_rows_before(find_measures(named.rest), before)
    base = _base_year(before, known)
    newest = known.newest_year(tuple(a for m in named.mentions for a in m.agencies))
    years = find_years(asked.rest, base, known.years, newest)
    operation = find_operation(years.rest)
    if before and before.asks_for_measure and operation == "value":
        operation = before.operation
    spoken_of = before.agencies if before else ()
    if not spoken_of and _IT.search(named.rest):
        spoken_of = _first_agency(answer, known)
    subject = find_subject(named, known, spoken_of, operation, years.years)
    reading = _Reading(
        question,
        find_years(named.rest, base, known.years, newest).rest.replace("|", ""),
        _masked_too(years.rest, subject.rest),
        asked,
        years,
        operation,
        mended,
    )
    query = _complete(reading, subject, before, known)
    return replace(query, pairs=_pairs(named, base))


def _pairs(named: Named, base: int | None) -> tuple[tuple[str, int], ...]:
    """Each agency with the year that follows its name, where every one has another year."""
    ends = [*(mention.start for mention in named.mentions[1:]), len(named.text)]
    found = [
        (mention.agencies, find_years(named.text[mention.end : end], base).years)
        for mention, end in zip(named.mentions, ends, strict=False)
    ]
    if len(found) < 2 or any(len(agencies) != 1 or len(years) != 1 for agencies, years in found):
        return ()
    pairs = tuple((agencies[0], years[0]) for agencies, years in found)
    return pairs if len({year for _, year in pairs}) > 1 else ()


def _bare_of_turns(question: str) -> str:
    """A question without words about the conversation.

    A correction leaves out what it says was not meant (不是2023年，是2024年), a return to an earlier
    subject the words for turning back (再说回市监局).
    """
    meant = _DENIED_BEFORE.sub("", _BACK_TO.sub(r"\g<subject>", question))
    return _DENIED_AFTER.sub("", meant)


def _first_agency(answer: str, known: Known) -> tuple[str, ...]:
    """The agency that an answer names first: what 它 means after 哪家最多."""
    mentions = directory(known.agencies).find(answer).mentions
    return next((m.agencies for m in mentions if len(m.agencies) == 1), ())


def _of_rows_before(asked: Asked, before: Query | None) -> Asked:
    """Columns named alone (其中自然人呢) are columns of the rows that were spoken of before."""
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


def _complete(reading: _Reading, subject: Subject, before: Query | None, known: Known) -> Query:
    kind = find_kind(
        reading.text,
        reading.asked,
        names_agency=bool(subject.agencies and not subject.is_inherited),
    )
    query = Query(
        question=reading.question,
        kind=kind or "retrieval",
        agencies=subject.agencies,
        years=_years(reading, subject, before, known),
        measures=reading.asked.measures,
        topic=reading.text.strip(),
        descending=is_descending(reading.words),
        limit=find_limit(reading.words),
        unknown_agencies=subject.unknown,
        ambiguities=subject.ambiguities,
        refusal=_refusal(reading, subject, known),
        mended=reading.mended,
    )
    if not kind and reading.operation in _NEEDS_MEASURE and not (before and before.measures):
        return _which_measure(query, reading)
    if before and kind == "retrieval" and not query.measures and WHY.search(reading.text):
        query = _why(query, before)
    if before and before.kind == "definition" and kind in (None, "lookup"):
        kind = _still_explained(reading, query)
        query = replace(query, kind=kind or "retrieval")
    if before and (kind is None or _only_counts(kind, query, reading, before)):
        query = _follow_up(query, reading, before)
    query = replace(query, unknown_years=_unknown_years(query, known))
    return _finish(query, reading, known)


def _which_measure(query: Query, reading: _Reading) -> Query:
    """A trend or a ranking of nothing in particular, asked back with what may be meant."""
    what = Ambiguity(_NEEDS_MEASURE[reading.operation], "measure", _OFTEN_ASKED)
    return replace(
        query,
        kind="lookup",
        operation=reading.operation,
        ambiguities=(*query.ambiguities, what),
    )


def _why(query: Query, before: Query) -> Query:
    """为什么比2022年多 asks about the numbers just spoken of, and those of the year named now."""
    years = tuple(sorted({*before.years, *query.years}))
    return replace(
        query,
        measures=before.measures if before.kind == "lookup" else (),
        agencies=query.agencies or before.agencies,
        years=years if before.years else query.years,
    )


def _only_counts(kind: Kind, query: Query, reading: _Reading, before: Query) -> bool:
    """Whether a question asks how many without saying of what (一共多少), after a look-up."""
    return (
        kind == "lookup"
        and before.kind == "lookup"
        and not query.measures
        and not HOLDINGS.search(reading.text)
        and not _not_understood(reading.words)
    )


def _still_explained(reading: _Reading, query: Query) -> Kind | None:
    """After one term was explained, another named without agency, year or count is explained too."""
    asks_number = query.agencies or query.years or COUNTS.search(reading.text)
    if not asks_number and explain(reading.text):
        return "definition"
    return "lookup" if reading.asked.measures else None


def _years(
    reading: _Reading, subject: Subject, before: Query | None, known: Known
) -> tuple[int, ...]:
    """The years named, else those of the conversation where they fit these agencies."""
    named = reading.years.years
    is_against_last = _THAN_LAST_YEAR.search(reading.question)
    if reading.operation == "difference" and len(named) == 1 and is_against_last:
        return (named[0] + 1,)
    if reading.years.years or reading.years.every or before is None or not before.years:
        return reading.years.years
    if reading.operation == "trend" and len(before.years) == 1:
        return ()
    if subject.everyone or not subject.agencies:
        return before.years
    fits = any(known.has(a, before.years) for a in subject.agencies)
    return before.years if fits else ()


def _follow_up(query: Query, reading: _Reading, before: Query) -> Query:
    """A question that names no matter of its own (招远呢, 哪家最多) asks the one before again."""
    operation = reading.operation if reading.operation != "value" else before.operation
    return replace(
        query,
        kind=before.kind,
        operation=operation,
        measures=before.measures,
        conditions=before.conditions,
        topic=before.topic,
        sections=before.sections,
    )


def _refusal(reading: _Reading, subject: Subject, known: Known) -> str:
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


def _finish(query: Query, reading: _Reading, known: Known) -> Query:
    if query.kind == "lookup":
        return _lookup(query, reading)
    if query.kind == "check":
        return replace(query, operation="check", claims=tuple(find_claims(reading.text)))
    if query.kind == "definition":
        return replace(query, operation="explain")
    years = query.years
    if _LAST_YEARS_PROBLEMS.search(reading.text) and years:
        years = _told_by(query, known)
    sections = (PROBLEMS_SECTION,) if _WORST_PART.search(query.topic) else ()
    return replace(query, operation="passages", sections=sections, years=years, unknown_years=())


def _told_by(query: Query, known: Known) -> tuple[int, ...]:
    """The years whose reports tell what became of the problems of the years named."""
    later = tuple(year + 1 for year in query.years)
    held = any(known.has(a, later) for a in query.agencies)
    return later if held else query.years


def _lookup(query: Query, reading: _Reading) -> Query:
    """The measures, the operation, the conditions and the claims of a look-up."""
    words = reading.words
    if HOLDINGS.search(reading.text) and not query.measures:
        return replace(query, operation="holdings")
    if BLANKS.search(reading.text) and not query.measures:
        return replace(query, operation="blanks")
    strange = _not_understood(words)
    if strange and not query.agencies and _is_name(words, strange[0]):
        unknown = (*query.unknown_agencies, strange[0])
        return replace(query, unknown_agencies=unknown, operation="value")
    fitting = in_asked_units(query.measures, reading.text)
    if query.measures and not fitting:
        name = _NOT_A_WORD.sub("", without_counts(reading.text))
        query = replace(query, measures=(Measure(name, "", "figure"),))
    else:
        query = replace(query, measures=fitting)
    is_doubtful = bool(reading.asked.measures and strange and not reading.asked.is_sure)
    if not query.measures or (is_doubtful and query.operation != "filter"):
        query = replace(query, measures=(_nameless(reading, strange),))
    if reading.operation == "share" and (shares := find_shares(reading.text)):
        return replace(query, operation="share", measures=shares)
    if against := find_comparison(reading.asked.rest, query.measures):
        return replace(query, operation="filter", conditions=(against,))
    operation = _operation(query, reading)
    query = replace(query, measures=_particular(query.measures, operation, reading))
    conditions, operation = _conditions(query, reading, operation)
    return replace(
        query,
        operation=operation,
        conditions=conditions,
        meets_all=_meets_all(conditions, reading),
        claims=() if conditions or COUNTS.search(reading.text) else tuple(find_claims(words)),
        not_understood=strange,
    )


def _conditions(
    query: Query, reading: _Reading, operation: Operation
) -> tuple[tuple[Condition, ...], Operation]:
    """The conditions of a filter, those of the question before where this one puts none."""
    if has_bound(reading.words) and operation not in ("filter", "count", "exists"):
        operation = "filter"
    if operation not in ("filter", "count") and not has_bound(reading.words):
        return (), operation
    if query.conditions and reading.operation == "value" and not has_bound(reading.words):
        return query.conditions, operation
    if of_clauses := find_clause_conditions(reading.text):
        return of_clauses, operation
    found = (find_conditions(reading.words, measure) for measure in query.measures)
    return tuple(condition for of_one in found for condition in of_one), operation


def _meets_all(conditions: tuple[Condition, ...], reading: _Reading) -> bool:
    """Whether a report must meet all conditions: 复议或者诉讼 and 有复议、诉讼的 want only one."""
    if _EITHER_OR.search(reading.text):
        return False
    alike = len({(c.comparison, c.number) for c in conditions}) == 1
    return not alike or conditions[0].comparison in _OF_ALL or bool(_BOTH.search(reading.text))


def _operation(query: Query, reading: _Reading) -> Operation:
    said = reading.operation
    if said == "value" and query.operation not in ("passages", "value"):
        said = query.operation
    several = len(query.agencies) != 1
    if said == "exists" and _WHOLLY.search(reading.text) and _are_parts_of_rows(query):
        return "share"
    if said in ("value", "filter") and reading.asked.parts:
        return "list"
    if said == "exists" and several and not any(find_claims(reading.words)):
        return "filter"
    if said == "compare" and not query.agencies:
        return "extremum"
    if said == "value" and several:
        return "sum" if _TOTAL.search(reading.text) else "list"
    spans_years = (reading.years.span or 0) > 1
    if said == "value" and spans_years and _TOTAL.search(reading.text):
        return "sum"
    return "trend" if said == "value" and spans_years else said


def _are_parts_of_rows(query: Query) -> bool:
    """Whether one column is asked for that has a total beside it."""
    columns = {cell.column for measure in query.measures for cell in measure.cells}
    tables = {cell.table for measure in query.measures for cell in measure.cells}
    return bool(columns) and "total" not in columns and "proactive" not in tables


def _particular(
    measures: tuple[Measure, ...], operation: Operation, reading: _Reading
) -> tuple[Measure, ...]:
    """The measures as this question means them.

    Published through a channel that bears the agency's name is what the channel published; compared
    or added up, proposals of both kinds count together.
    """
    if _OWN_CHANNEL.search(reading.words):
        measures = tuple(WECHAT if measure == PUBLISHED else measure for measure in measures)
    if FEE_STATEMENT in measures and _is_about_amount(operation, reading.text):
        measures = tuple(FEE_AMOUNT if m == FEE_STATEMENT else m for m in measures)
    of_each_other = operation == "difference" and _OF_EACH_OTHER.search(reading.text)
    if {DEPUTIES, MEMBERS} <= set(measures) and operation in _TOGETHER and not of_each_other:
        rest = tuple(m for m in measures if m not in (DEPUTIES, MEMBERS))
        measures = (PROPOSALS, *rest)
    return measures


def _is_about_amount(operation: Operation, text: str) -> bool:
    """Whether a question on the fee asks how much was collected, not what the report says of it."""
    if operation in ("filter", "count"):
        return bool(_COLLECTED.search(text)) and not _WRITTEN.search(text)
    return operation not in ("exists", "list") and bool(_HOW_MUCH.search(text))


def _nameless(reading: _Reading, strange: tuple[str, ...]) -> Measure:
    """A number that a report may state without its being a known measure: 参加的企业有多少."""
    name = "".join(strange) or _NOT_A_WORD.sub("", without_counts(reading.text))
    return Measure(name or "所问的内容", "", "figure", figures=())


def _not_understood(words: str) -> tuple[str, ...]:
    """The pieces of a masked question that no part of the vocabulary knows."""
    bare = _IDLE.sub("|", re.sub("[^一-龥A-Za-z|]", "|", without_operations(words)))
    return tuple(piece for piece in bare.split("|") if len(piece) > 1)


def _is_name(words: str, piece: str) -> bool:
    """Whether an unknown word stands where a name would: first, before a year or an event."""
    return len(piece) <= 6 and not _THING.search(piece) and words.lstrip('|“"').startswith(piece)
