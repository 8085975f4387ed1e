"""A question for numbers → its measures, its operation and its conditions.

Pure: the names and years are found already. What a question asks that no measure covers is kept
as a number without a name, to be looked for in the sentences of the reports.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.measure import Measure
from assistant.query import Comparison, Condition, Operation, Query
from assistant.question.clauses import find_clause_conditions
from assistant.question.conditions import find_comparison, find_conditions, has_bound, is_only_of
from assistant.question.equations import find_equation, find_reckoned
from assistant.question.growth import find_change
from assistant.question.kinds import BLANKS, COUNTS, DEEDS, HOLDINGS, WHY
from assistant.question.measures import Asked, find_measures, in_order_said
from assistant.question.one_in import find_one_in
from assistant.question.operations import (
    find_claims,
    without_operations,
)
from assistant.question.premises import find_premises
from assistant.question.ratios import DONE_RATE, GRANTED_RATE, NET_INCREASE
from assistant.question.shares import find_shares, share_of
from assistant.question.text_words import (
    DEPUTIES,
    FEE_AMOUNT,
    FEE_STATEMENT,
    FIGURES,
    MEMBERS,
    PROPOSALS,
    PUBLISHED,
    SIGNED_BY,
    SIGNED_ON,
    WECHAT,
)
from assistant.question.together import OF_ONE_NUMBER, are_added, are_totals_apart, taken_together
from assistant.question.units import in_asked_units, of_items, without_counts
from assistant.question.vocabulary import cells
from assistant.question.words import cells_measure
from assistant.question.years import YearsNamed

# A name of the agency in quotation marks (“博山经信”) is its channel; names are masked by bars.
_OWN_CHANNEL = re.compile('[“"「『][|]+[”"」』]')
_TOGETHER: frozenset[Operation] = frozenset(
    (
        *("rank", "extremum", "compare", "sum", "average", "difference", "trend", "times"),
        "streak",
        *("median", "deviation"),
    )
)
_OF_EACH_OTHER = re.compile(
    "(?:建议|提案)比|比(?:人大|代表|政协|委员)*(?:建议|提案)的?[多少]|(?:建议|提案)(?:和|与|跟).{0,8}差|(?:建议|提案)(?:和|与|跟|、).{0,8}(?:建议|提案).{0,4}哪一?个更?[多少]|(?:和|与|跟)(?:政协|人大)?(?:代表)?(?:建议|提案)比"
)
# What may be done with a part of a named whole, beside giving it.
_OF_SHARES: frozenset[Operation] = frozenset(
    ("share", "rank", "extremum", "compare", "trend", "difference", "filter")
)
# 规范性文件一件没发的单位: of a document without a column, what was issued.
_GENERIC = cells("proactive", ("normative_documents",), ("issued", "repealed", "in_force"))
# 许可和处罚哪个多: the one number against the other
_WHICH_NUMBER = re.compile("哪一?个(?!单位|部门|局|机关|县|区|市)(?:数|数量)?更?[多少高低]")
# Conditions on several measures in one clause: of these each must hold, of the others one will do.
_OF_ALL: frozenset[Comparison] = frozenset(("=", "<", "≤", "unstated"))
# 哪些理由一件都没有用过 · 哪类申请人超过十件: a condition on the parts of one whole
_OF_PARTS = re.compile(
    "(?<!有)没(?!有没)|未|为零|是零|为0|是0|一[件次]也|超过|[多少低]于|不到|不足|以上|以下"
)
_EITHER_OR = re.compile("或者?|要么")
_BOTH = re.compile("都|均|既|同时|而且|并且|又|也")
# 复议全部维持了吗 asks what part was.
# 全部办完了吗: what part was, of all that had to be
_ALL_DONE = re.compile(
    "(?:全(?:部|都)?|都(?!怎))[^,，。]{0,4}(?:办|答复|处理|回复)[^,，。]{0,4}(?:吗|没|[?？]|$)"
    "|(?:有没有|是否|是不是)(?:都|全)?(?:办|答复|处理|回复)(?:完|结)"
)
_ALL_RELEASED = re.compile(
    "(?:全(?:部|都)?|都|完全)(?:予以|同意|给)?公开(?:了|完)?(?:吗|没|吧|么|的?(?:单位|部门|局)|[?？]|$)"
)
_DONE = cells_measure("requests", ("total",), ("total",))
_NEW = cells_measure("requests", ("new",), ("total",))
_GRANTED = cells_measure("requests", ("granted",), ("total",))
_OF_ALL_REQUESTS = (
    (_ALL_DONE, (_DONE, _NEW), DONE_RATE),
    (_ALL_RELEASED, (_GRANTED,), GRANTED_RATE),
)
_RATES_OF_ALL = ((DONE_RATE,), (GRANTED_RATE,))
# 2024年有申请没有复议的: reports by a condition, the noun left out
_THOSE_WITH = re.compile("(?:有|没|未|无)[^,，。?？]{0,14}的[?？]?$")
_WHOLLY = re.compile("全(?:部|都|是)|都(?!是多少|有多少)")
# 覆盖多少乡镇: what was done, and no agency
_DONE_FIRST = re.compile(
    "覆盖|接听|播放|访问|清理|采纳|印发|上线|使用|投放|收录|查询|扫描|补录|缩短|提高|压缩"
)
# No agency is called so: 门户网站访问量 names no unknown agency.
_THING = re.compile(
    "网站|公众号|平台|系统|热线|结果|小程序|专栏|客户端|地图|账号|文件|活动|申请|信息|意见|问题|公开|年报|报告|政策|部门|单位|案件|制度|栏目|项目"
)
# 公开信息里最多的一类: parts that the text may name, which are quoted and not ranked
_KIND_OF_FIGURE = re.compile(
    "最[多少]的(?:那?一)?[类种]|[哪什]么?(?:一)?[类种](?:信息)?(?:公开)?最[多少]"
)
# 没人管的申请有几件, with the names and measures masked
_OF_REQUESTS = re.compile("(?P<said>[一-龥]{2,8})的[|]{2,}(?:一共|总共|共|都|有|是)*(?:多少|几)")
_ANY_REQUESTS = re.compile(
    "(?:提出|提交|递交|申请|收到|新收|受理|接收|接到|全部|所有|全年|当年|本年|一年|今年|去年|这些|那些|每年|历年|最新"
    "|政府|信息|公开|单位|部门|机关|我们|你们|他们|它们|向|对|由|在|里|中|被|其中|有关|相关|请问|那么|那)+"
)
# Columns of the earlier edition that count 项目.
_COUNT_ITEMS = frozenset(["items_last_year", "change", "projects"])
_ALL_ARE = re.compile("(?:都|全|全部|全都)(?:是|因为|属于|来自)")
# 自然人申请合计比企业申请合计多多少: each side by itself
_APART = frozenset[Operation](("difference", "compare", "times"))
_EACH_SIDE = re.compile("[|][^|,，]{0,8}(?<!同)(?<!环)比[^|,，]{0,6}[|]")
# 比政协提案多得最多的单位: the widest gap, not whether there is one
_WIDEST = re.compile(
    "(?:相差|差距|多得|多出|高出|超出)[^,，。|]{0,4}最[大多高]|最[大多高][^,，。|]{0,3}差"
)
# 第一中学2023年收到几件: a body that publishes no such report, named first, before a year.
_OUTSIDER = re.compile(
    "(?:政府办|[一-龥]{1,12}?(?:中学|小学|大学|学院|医院|检察院|集团|银行|协会|研究[院所]|分局|派出所|支队|大队|党委|管理处))(?=[|])"
)
_NOT_A_WORD = re.compile("[^一-龥]")
_COLLECTED = re.compile("收取|收过|收了|没收|未收|没有收|征收")
_WRITTEN = re.compile("写|说明|情况|披露|载明|提到|报告了")
# 申请总数 is the name of a measure and, of several agencies, what is to be done with it.
_TOTAL = re.compile("总数|总量|总额|总件数")
_SO_MANY_YEARS = re.compile("(?<![近第前后每])[两三四五六七八九十]年")
# 总数是320件吗 gives a number, 总数多少 asks for one.
_NET_ONES = re.compile("净(?:减少?|增加?|增长)的(?:单位|部门|局|机关)|[哪谁].*净")
_YES_OR_NO = re.compile("[吗么吧][?？]?$|对不对|是不是|是否")
_ASKS_NUMBER = re.compile("多少|几[件条人次家个项篇份名场宗期]")
_ADDED = re.compile("总数|总量|总额|总件数|一共|总共|合计|加起来|共计")
_HOW_MUCH = re.compile("多少|几元|金额|总额")
# 是外国人提的: a kind of applicant that no table counts; those that it counts are masked.
_ASKER = re.compile("(?:是|由)(?P<who>[一-龥]{2,6}?)(?:提|提出|提交|申请)的")
_ASKS_WHO = re.compile("[谁哪几]|多少|什么|我|你|他|她")
# What narrows a number to a part that no table counts; a figure of the text may.
SCOPES = re.compile(
    "[县区市镇]里的?(?=单位|部门|局|机关)|[县区市]直|外国人?|外籍|境外|港澳台?|网上|线上|网络|在线|当面|信函|邮寄|电子邮件|记者|学生|农民|村民|妇女|外地|本地"
    "|延期|延长|月份|哪一?个?月|[县区分]局|县区|区县|市本级|本级|乡镇|街道|直属|下属|[上下]半年|季度|(?<!\\d)\\d{1,2}月份?|每个?(?:月|天|日|周|季度)|[日月周]均|人均|每[百千万]"
)
_PER_TIME = re.compile("每个?(?:月|天|日|周|季度)|[日月周]均")
# Words that carry no meaning of their own here; what is left when they are gone was not understood.
_IDLE = re.compile(
    "请问|请教|麻烦|帮我|帮忙|告诉我|我想知道|想知道|想问|问一下|查一下|查询|查查|查|看一下|看看|统计一下|统计|列出|列一下"
    "|政府信息公开工作年度报告|政府信息公开|政府信息|信息公开|政务公开|年度报告|年报|报告|工作|情况|方面|数据|数字|数量|数目|总数|总量|总额|金额|件数|条数"
    "|因为|因|通过|关于|根据|按照|按|其中|里面|之中|当中|以及|还有|并且|而且|一共|总共|合计|共计|共|总计|总和|累计|平均|全年|年度|当年|本年度?|年"
    "|分别|各自|各|都|又|也|还|就|才|只|仅|被|把|将|对|和|与|跟|及|或|的|了|过|着|呢|吗|吧|啊|呀|么|是|为|有|在|从|到|至|用|给|让|由|于|所|其|这|那|此|该"
    "|多少|几|哪些|哪个|哪家|哪几|哪|什么|谁|怎么样|怎么|怎样|如何|是否|有没有|有无|是不是|没有|没|未|无|不|能|会|可以|应该|要|想|说|我|你|他|它|们"
    "|单位|部门|机关|机构|局|家|个|件|条|人次|人|次|宗|项(?!目)|份|篇|场|名|期|元|万元|万|排名|排序|排一下|排|多|少|高|低|大|小|最|更|比较|对比|比|相差|差|一样|相同|相等"
    "|趋势|走势|变化|增加|减少|增长|下降|上升|同比|占比|比例|占|百分之|百分比|全部|所有|收到|收取|产生|发生|提起|提出|提交|承办|承接|办理|处理|答复|公布|公开|发布|披露|说明(?!会)"
    "|换成|改成|改为|刚才|刚刚|前面|上面|回到|说回|再说|听说|据说|既然|写|填|提|做|办|收|来|去|出|上|下|中|内|里|外|前|后|时|时候|今|本|大概|大约|具体|究竟|到底|一下|一个|一年|发得|开得|搞|弄|谢谢|多谢|请确认|确认|核实|难道|据说|两|三|四|五|六|七|八|九|十|一|二|同意|申请|案件|案子|(?<![档方备教草])案"
    "|申请人|哪类|类型|种类|类|种|号|文件|文|引用|依据|翻了?[一两二三]?番|翻了?一?倍|持平|腰斩|减半|落实|开展|举办|举行|完成|使用|全市|全区|全县|以上|以下|超过|不到|等|库|资料|信息|政府|超|达|拿|花|当成|当作|采取|实施|自己|方式|百分点|折合|换算|位数|连续|刚好|正好|恰好|为零|是零|但是|但"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one question says by itself. `words` has names, years and measures masked."""

    question: str
    text: str
    words: str
    asked: Asked
    years: YearsNamed
    operation: Operation
    mended: tuple[tuple[str, str], ...] = ()


def complete_look_up(query: Query, reading: Reading) -> Query:
    """The measures, the operation, the conditions and the claims of a look-up."""
    words = reading.words
    query, reading, of_parts = _as_counted(query, reading)
    if HOLDINGS.search(reading.text) and not query.measures:
        return replace(query, operation="holdings")
    if BLANKS.search(reading.text) and not query.measures:
        return replace(query, operation="blanks")
    strange = (*of_parts, *reading.asked.unheard, *_unused_columns(query, reading))
    strange += not_understood(words) or _said_of_requests(words)
    if _COUNT_ITEMS.issuperset(c.column for m in query.measures for c in m.cells):
        strange = tuple(word for word in strange if word != "项目")
    if not query.agencies and (outsider := _OUTSIDER.match(words)):
        unknown = (*query.unknown_agencies, outsider.group())
        return replace(query, unknown_agencies=unknown, operation="value")
    if strange and not query.agencies and _is_name(words, strange[0]):
        unknown = (*query.unknown_agencies, strange[0])
        return replace(query, unknown_agencies=unknown, operation="value")
    fitting = in_asked_units(query.measures, reading.text)
    rows = {cell.row for measure in fitting for cell in measure.cells}
    strange += tuple(
        measure.name
        for measure in query.measures
        if fitting
        and measure not in fitting
        and rows.isdisjoint(c.row for c in measure.cells)
        and not _are_of_one_word(measure, fitting)
    )
    if query.measures and not fitting:
        name = _NOT_A_WORD.sub("", without_counts(reading.text))
        query = replace(query, measures=(Measure(name, "", "figure"),))
    else:
        query = replace(query, measures=fitting)
    is_doubtful = bool(reading.asked.measures and strange and not reading.asked.is_sure)
    is_doubtful = is_doubtful or _is_of_a_part(query.measures, strange)
    if not query.measures or (is_doubtful and query.operation != "filter"):
        query = replace(query, measures=(_nameless(reading, strange),))
    shares = find_shares(reading.text) if reading.operation in _OF_SHARES else ()
    if shares and reading.operation == "share":
        premises = find_premises(reading.text, ())
        return replace(query, operation="share", measures=shares, claims=premises)
    left = tuple(dict.fromkeys((*query.not_understood, *strange)))
    query = replace(query, measures=shares or query.measures, not_understood=left)
    return _set_against(query, reading) or _as_a_whole(query, reading)


def _said_of_requests(words: str) -> tuple[str, ...]:
    """What narrows the requests and is no measure, nor a word for any of them: 没人管的申请有几件."""
    match = _OF_REQUESTS.search(words)
    said = _ANY_REQUESTS.sub("", match["said"]) if match else ""
    return (said,) if len(said) > 1 else ()


def _as_counted(query: Query, reading: Reading) -> tuple[Query, Reading, tuple[str, ...]]:
    """Items in place of decisions, and numbers given that cannot be ranked; with the words unused."""
    items = of_items(query.measures, reading.text)
    if items != query.measures:
        # The form itself says how many came and went since the year before.
        return replace(query, measures=items), replace(reading, operation="value"), ()
    kind = _KIND_OF_FIGURE.search(reading.text) if reading.operation == "extremum" else None
    if kind and any(measure.aspect == "figure" for measure in query.measures):
        return query, replace(reading, operation="value"), (kind.group(),)
    return query, reading, ()


def _unused_columns(query: Query, reading: Reading) -> tuple[str, ...]:
    """The words for a column that none of the measures has: 处罚里面企业多少件."""
    used = {c.column for m in query.measures for c in (*m.cells, *m.over, *m.less)}
    columns = zip(reading.asked.lone_columns, reading.asked.lone_words, strict=True)
    return tuple(w for (_, ids), w in columns if query.measures and used.isdisjoint(ids))


def _set_against(query: Query, reading: Reading) -> Query | None:
    """The query where two numbers are set against each other, of a report or of two years."""
    if one_in := find_one_in(reading.text):
        return replace(query, operation="times", measures=one_in)
    if (reckoned := find_reckoned(reading.text)) and reckoned.less:
        operation: Operation = "value" if len(query.agencies) == 1 else "list"
        return replace(query, operation=operation, measures=(reckoned,))
    if change := find_change(reading.asked.rest):
        return replace(query, operation="difference", change=change)
    if WHY.search(reading.text) or _WIDEST.search(reading.words):
        return None
    measures = in_order_said(query.measures, reading.text)
    against = find_comparison(reading.asked.rest, measures)
    if against is None:
        return None
    unheard = ("多少以上",) if has_bound(reading.words) else ()
    left = (*query.not_understood, *unheard)
    return replace(query, operation="filter", conditions=(against,), not_understood=left)


def _all_within(query: Query, reading: Reading) -> Measure | None:
    """不予公开都是执法案卷吗: the share of the one in the other; None where nothing such is asked."""
    match = _ALL_ARE.search(reading.text)
    if match is None or len(query.measures) != 1 or COUNTS.search(reading.text):
        return None
    wholes = find_measures(reading.text[: match.start()]).measures
    part = query.measures[0]
    if len(wholes) != 1 or not set(part.cells) < set(wholes[0].cells):
        return None
    return share_of(part, wholes[0])


def _are_of_one_word(measure: Measure, others: Sequence[Measure]) -> bool:
    """Whether a word that means this measure means one of the others too: 培训 in 培训几次."""
    return any(measure in means and not set(means).isdisjoint(others) for _, means in FIGURES)


def _as_a_whole(query: Query, reading: Reading) -> Query:
    """The operation, the conditions and the claims, the measures being settled."""
    if equation := find_equation(reading.text):
        measures = tuple(m for m in (equation.measure, equation.other) if m)
        return replace(query, operation="filter", measures=measures, conditions=(equation,))
    query = replace(query, measures=_wholly(query.measures, reading.text))
    if within := _all_within(query, reading):
        premises = find_premises(reading.text, query.measures)
        return replace(query, operation="share", measures=(within,), claims=premises)
    operation = _operation(query, reading)
    query = replace(query, measures=_particular(query, operation, reading))
    conditions, operation = _conditions(query, reading, operation)
    is_yes_or_no = reading.operation == "exists" or _YES_OR_NO.search(reading.text)
    asks_number = _ASKS_NUMBER if is_yes_or_no else COUNTS
    takes_for_granted = not (conditions or asks_number.search(reading.text))
    premises = find_premises(reading.text, query.measures)
    beside = {premise.text for premise in premises}
    claims = tuple(c for c in find_claims(reading.words) if c.text not in beside)
    return replace(
        query,
        operation=operation,
        conditions=conditions,
        meets_all=_meets_all(conditions, reading),
        claims=(*premises, *(claims if takes_for_granted else ())),
    )


def _wholly(measures: tuple[Measure, ...], text: str, *, said: bool = False) -> tuple[Measure, ...]:
    """The rate in place of the number where all is asked about: 全部办完了吗, 都公开了吗.

    `said` is whether the measures are rates already; empty then where the text asks no such thing.
    """
    for words, number, rate in _OF_ALL_REQUESTS:
        meant = (rate,) if said else number
        if words.search(text) and not COUNTS.search(text) and _is_of(measures, meant):
            return (rate,)
    return () if said else measures


def _is_of(measures: tuple[Measure, ...], meant: tuple[Measure, ...]) -> bool:
    return bool(measures) and set(measures) <= set(meant)


def _conditions(
    query: Query, reading: Reading, operation: Operation
) -> tuple[tuple[Condition, ...], Operation]:
    """The conditions of a filter, those of the question before where this one puts none."""
    if operation == "list" and reading.asked.parts and _OF_PARTS.search(reading.words):
        parts = query.measures[1:]
        return tuple(c for m in parts for c in find_conditions(reading.words, m)), operation
    if has_bound(reading.words) and operation not in ("filter", "count"):
        operation = "filter"
    if operation not in ("filter", "count") and not has_bound(reading.words):
        return (), operation
    if query.conditions and reading.operation == "value" and not has_bound(reading.words):
        return query.conditions, operation
    if query.measures in _RATES_OF_ALL and _wholly(query.measures, reading.text, said=True):
        return (Condition(query.measures[0], "≥", 100),), operation
    if of_clauses := find_clause_conditions(reading.text):
        return of_clauses, operation
    is_only = is_only_of(reading.words)
    measures = taken_together(query.measures) if is_only else query.measures
    found = (find_conditions(reading.words, measure) for measure in measures)
    conditions = tuple(condition for of_one in found for condition in of_one)
    return conditions, operation if conditions else "list"


def _meets_all(conditions: tuple[Condition, ...], reading: Reading) -> bool:
    """Whether a report must meet all conditions: 复议或者诉讼 and 有复议、诉讼的 want only one."""
    if _EITHER_OR.search(reading.text):
        return False
    alike = len({(c.comparison, c.number) for c in conditions}) == 1
    return not alike or conditions[0].comparison in _OF_ALL or bool(_BOTH.search(reading.text))


def _said(query: Query, reading: Reading) -> Operation:
    """The operation that the words name, or that the question before left to this one."""
    said = reading.operation
    if said == "value" and query.operation not in ("passages", "value"):
        said = query.operation
    if said == "difference" and query.operation == "rank" and query.limit:
        return "rank"  # 差多少, after the first and the second
    if said == "count" and _is_of_one_report(query):
        return "value"  # 收到申请几份, 处罚了几家: of one report none is counted
    return "value" if said == "average" and _PER_TIME.search(reading.text) else said


def _operation(query: Query, reading: Reading) -> Operation:
    said = _said(query, reading)
    if said == "exists" and _WHOLLY.search(reading.text) and _are_parts_of_rows(query):
        return "value" if query.measures in _RATES_OF_ALL else "share"
    if said in ("value", "filter") and reading.asked.parts:
        return "list"
    if len(query.agencies) != 1 and (of_several := _of_several(said, query, reading)):
        return of_several
    spans_years = (reading.years.span or 0) > 1
    if NET_INCREASE in query.measures and _NET_ONES.search(reading.text):
        return "filter"
    is_net = NET_INCREASE in query.measures and not re.search("比|较", reading.text)
    if is_net and said in ("difference", "trend", "value"):
        return "sum" if spans_years else "value"
    of_years = spans_years or _SO_MANY_YEARS.search(reading.question)
    if said == "value" and of_years and _TOTAL.search(reading.text):
        return "sum"
    return "trend" if said == "value" and spans_years else said


def _is_of_one_report(query: Query) -> bool:
    are_cells = all(measure.aspect == "cells" for measure in query.measures)
    return are_cells and len(query.agencies) == len(query.years) == 1


def _of_several(said: Operation, query: Query, reading: Reading) -> Operation | None:
    """What an operation comes to where several agencies are asked about; None where it stays."""
    if said == "exists" and not any(find_claims(reading.words)):
        return "filter"
    if said == "value" and _THOSE_WITH.search(reading.words) and not COUNTS.search(reading.text):
        return "filter"
    if said in ("exists", "list", "value") and _ADDED.search(reading.text):
        return "sum"
    if said == "compare" and len(query.measures) == 2 and _WHICH_NUMBER.search(reading.text):
        return "difference"
    if said == "compare" and not query.agencies:
        return "extremum"
    return "list" if said == "value" else None


def _are_parts_of_rows(query: Query) -> bool:
    """Whether one column is asked for that has a total beside it, or what was done of all."""
    if query.measures in _RATES_OF_ALL:
        return True
    columns = {cell.column for measure in query.measures for cell in measure.cells}
    tables = {cell.table for measure in query.measures for cell in measure.cells}
    return bool(columns) and "total" not in columns and "proactive" not in tables


def _particular(query: Query, operation: Operation, reading: Reading) -> tuple[Measure, ...]:
    """The measures as this question means them.

    Published through a channel that bears the agency's name is what the channel published; compared
    or added up, proposals of both kinds count together.
    """
    measures = query.measures
    if _OWN_CHANNEL.search(reading.words):
        measures = tuple(WECHAT if measure == PUBLISHED else measure for measure in measures)
    if FEE_STATEMENT in measures and _is_about_amount(operation, reading.text):
        measures = tuple(FEE_AMOUNT if m == FEE_STATEMENT else m for m in measures)
    of_each_other = operation in ("difference", "compare") and _OF_EACH_OTHER.search(reading.text)
    if operation in ("filter", "count") and set(_GENERIC) <= {m.concept for m in measures}:
        measures = tuple(m for m in measures if m.concept == _GENERIC[0])
    if {DEPUTIES, MEMBERS} <= set(measures) and operation in _TOGETHER and not of_each_other:
        rest = tuple(m for m in measures if m not in (DEPUTIES, MEMBERS))
        measures = (PROPOSALS, *rest)
    if operation in ("compare", "difference", "times"):
        measures = _of_one_unit(measures)
    if SIGNED_BY in measures and operation == "extremum":
        measures = tuple(SIGNED_ON if measure == SIGNED_BY else measure for measure in measures)
    is_of_each = len(query.agencies) < 2 and _EACH_SIDE.search(reading.asked.rest)
    set_apart = operation in _APART and (is_of_each or are_totals_apart(reading.text))
    if operation in OF_ONE_NUMBER and are_added(reading.asked.rest) and not set_apart:
        return taken_together(measures)
    return measures


def _of_one_unit(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """The measures that can be set against each other: 公众号 beside 主动公开 means its items."""
    units = [measure.unit for measure in measures]
    shared = next((unit for unit in units if units.count(unit) > 1), None)
    return tuple(m for m in measures if shared is None or m.unit == shared)


def _is_about_amount(operation: Operation, text: str) -> bool:
    """Whether a question on the fee asks how much was collected, not what the report says of it."""
    if operation in _TOGETHER or has_bound(text):
        return True
    if operation in ("filter", "count"):
        return bool(_COLLECTED.search(text)) and not _WRITTEN.search(text)
    return operation not in ("exists", "list") and bool(_HOW_MUCH.search(text))


def _nameless(reading: Reading, strange: tuple[str, ...]) -> Measure:
    """A number that a report may state without its being a known measure: 参加的企业有多少."""
    name = "".join(strange) or _NOT_A_WORD.sub("", without_counts(reading.text))
    return Measure(name or "所问的内容", "", "figure", figures=())


def not_understood(words: str) -> tuple[str, ...]:
    """The pieces of a masked question that no part of the vocabulary knows."""
    bare = _IDLE.sub("|", re.sub("[^一-龥A-Za-z|]", "|", without_operations(words)))
    asker = _ASKER.search(words)
    kinds = (asker["who"],) if asker and not _ASKS_WHO.search(asker["who"]) else ()
    pieces = [piece for piece in bare.split("|") if len(piece) > 1]
    scopes = (m.group() for m in SCOPES.finditer(words))
    narrow = [scope for scope in scopes if not any(scope in piece for piece in (*kinds, *pieces))]
    return (*kinds, *narrow, *pieces)


def _is_of_a_part(measures: tuple[Measure, ...], strange: tuple[str, ...]) -> bool:
    """Whether cells are asked for of a part that no table counts: 外国人提的, 三月份的."""
    are_cells = bool(measures) and all(measure.aspect == "cells" for measure in measures)
    return are_cells and any(SCOPES.fullmatch(word) for word in strange)


def _is_name(words: str, piece: str) -> bool:
    """Whether an unknown word stands where a name would: first, before a year or an event."""
    if DEEDS.search(piece) or SCOPES.search(piece) or _DONE_FIRST.match(piece):
        return False
    return len(piece) <= 6 and not _THING.search(piece) and words.lstrip('|“"').startswith(piece)
