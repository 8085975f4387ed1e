"""Two or three questions put in one breath: 收到多少件，超期几件; 谁最多，谁最少.

Pure. What one look-up answers as a whole is left whole; apart are only questions that no one answer
covers. Each is understood after the one before it, like the turns of a conversation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.model import Turn
from assistant.query import Known, Operation, Query
from assistant.question.kinds import WHY
from assistant.question.understanding import understand

MOST_QUESTIONS = 3
_BETWEEN = re.compile("[，,；;。？?！!\\s]+")
_ASKS = re.compile(
    "多少|几|什么|啥|哪|谁|怎么|怎样|如何|吗|是否|有没有|有无|是不是|平不平|[增降涨]幅|同比|环比|[呢没]$|没有$"
)
# 行政处罚最多的单位收费多少 · 申请最多的那年被起诉几次
_NESTED = re.compile(
    "(?P<inner>.+?(?:最[多少高低大小]|排?前[一二两三四五六七八九十\\d]+(?:名|位|家)?|第[一二两三四五六七八九十\\d]+(?:名|位|多|少|高|低)?)(?:的|(?=那?一?年)))(?P<what>那?(?:一?个|一?家)?(?:单位|部门|局|机关)|那?一?年度?|那家|那个)(?:里|的|中)?[,，]?(?P<outer>[^,，]*(?:多少|几|吗|有没有|是否).*|[^,，]{2,10}(?:率|占比|比例|件数|数量)[?？]?$)"
)
# 申请量前三名里谁的公开率最高
_FIRST_FEW = re.compile(
    "(?P<inner>[^,，]*(?:[前后]|最[多高大少低小]的)[一二两三四五六七八九十\\d]+(?:名|位|家|大|个)(?:的?(?:单位|部门|局))?)(?:里面?|中间?|当中|之中|里头|其中)[,，]?(?P<outer>(?=.*(?:谁|哪|最|多少|几)).+)"
)
# 哪年申请最多，那年复议几件
_THAT_ONE = re.compile(
    "(?P<inner>[^,，]*(?:哪一?年|哪一?[家个]|谁)[^,，]*最[多少高低大小][^,，]*)[,，](?:那|这)(?:一?年|一?家|个?单位|个?局)的?(?P<outer>.*(?:多少|几).*)"
)
# 申请最多的两家许可一共几件
_MOST_FEW = re.compile(
    "(?P<inner>.+?最[多高大少低小]的[二两三四五六七八九十](?:家|个)(?:单位|部门|局)?)的?(?P<outer>(?!是|有|分别|合计|一共|总共|共|加|各|占|里|中|当|之)[^,，]*(?:多少|几).*)"
)
# 收到申请超过20件的单位里谁最少
_FILTERED = re.compile(
    "(?P<inner>[^,，]+的(?:那些|这些|这?[几两三四五六]?[家个])?(?:单位|部门|局(?!里)|机关))(?:里面?|中间|当中|之中|里头|其中|中)[,，]?(?P<outer>.+)"
)
# 超过10%的有几家，分别是谁: the answer to the first names them
_WHO_THEY_ARE = re.compile(
    "^(?:分别|都|各|具体)?(?:是|有)(?:谁|哪些|哪几[家个]|哪[家个])(?:单位|部门|局)?$"
    # 最低的是谁，多少: the number stands beside the name
    "|^(?:各|都|分别|具体)?(?:是|有|为|达)?(?:多少|几)(?:件|条|个|万元|元|次|%)?(?:呢)?$"
)
# 有结转的单位申请一共多少
_FILTERED_AND_ADDED = re.compile(
    "(?P<inner>[^,，]*(?:有|没|未|收到|收过|提过|被|超过|[超破过](?=[百千万\\d])|不少于|至少|达到|[多大高少小低]于|不到|不足|以[上下内]|为零)[^,，]{0,12}的(?:那些|这些)?(?:单位|部门|局|机关))[,，]?(?P<outer>(?!有(?:哪|几|多少|谁|没)|是|共?有?[几多]|数|都有|呢)(?=.*(?:多少|几[件条次]|一共|合计|总共|平均|加起来|总数|[率比例]$)).+)"
)
_WHICH_YEAR = re.compile("哪一?年|哪个年度")
_EACH = re.compile("^(?:各自?|分别)(?=[有是存因])")
_AGAINST = re.compile("比|和|与|跟|较|是哪|是谁|有[几多哪]|[分各]")
_PLAIN: frozenset[Operation] = frozenset(("value", "exists", "list"))
# Each of these answers for one measure alone.
_APART: frozenset[Operation] = _PLAIN | {"share", "sum", "average", "trend", "difference"}
_FILTERS: frozenset[Operation] = frozenset(("filter", "count"))
_OF_ITS_OWN: frozenset[Operation] = frozenset(
    (
        *("sum", "average", "median", "extremum", "rank", "share", "trend", "streak"),
        *("count", "filter", "deviation"),
    )
)


def separate(
    question: str, history: Sequence[Turn], known: Known, whole: Query
) -> tuple[Query, ...]:
    """The questions of one text, each as understood; empty where one answer is due.

    `whole` is the text understood as one question.
    """
    if _THAT_ONE.match(question):
        return ()
    pieces = [piece for piece in _BETWEEN.split(question) if piece]
    if not 1 < len(pieces) <= MOST_QUESTIONS or not all(_ASKS.search(p) for p in pieces):
        return ()
    if len(pieces) > 1 and _WHO_THEY_ARE.search(pieces[-1]):
        pieces = pieces[:-1]
    if len(pieces) < 2 or any(WHY.search(piece) for piece in pieces):
        return ()
    queries: list[Query] = []
    said = list(history)
    for piece in pieces:
        # 各有什么问题 means each of those that were named.
        query = understand(_EACH.sub("", piece) if said else piece, said, known)
        years = query.years or (queries[-1].years if queries else ())
        queries.append(replace(query, years=years))
        said.append(Turn("user", piece))
    if any(_is_open(query) for query in queries):
        return ()
    differ = any(_differ(*pair) for pair in pairwise(queries))
    lost = _are_lost(queries, whole)
    return tuple(queries) if differ or lost else ()


def _are_lost(queries: Sequence[Query], whole: Query) -> bool:
    """Whether one of the questions asks for a measure that the text as a whole does not."""
    if not all(query.operation in _APART for query in queries):
        return False
    wholly = not all(query.operation in _PLAIN for query in queries)
    return any(_is_lost(query, whole, wholly=wholly) for query in queries)


def _is_lost(query: Query, whole: Query, *, wholly: bool) -> bool:
    """Whether the text as a whole asks for none of its cells; without `wholly`, not for all."""
    are_cells = all(measure.aspect in ("cells", "ratio") for measure in query.measures)
    # 建议和提案各多少，办结率多少: of the proposals, as the text as a whole is understood
    are_cells = are_cells and not any(m.aspect == "figure" for m in whole.measures)
    if query.kind != "lookup" or whole.kind != "lookup" or not are_cells:
        return False
    cells = {cell for measure in whole.measures for cell in (*measure.cells, *measure.over)}
    asked = {cell for measure in query.measures for cell in measure.cells}
    return bool(asked) and asked.isdisjoint(cells) if wholly else bool(asked - cells)


def nested(question: str) -> tuple[str, str] | None:
    """The question inside another and the one around it: 处罚最多的单位收费多少; None for others."""
    if that := _THAT_ONE.match(question):
        return that["inner"], that["outer"]
    if few := _MOST_FEW.match(question):
        return few["inner"], few["outer"]
    match = _NESTED.search(question)
    if match is None or _AGAINST.match(match["outer"]):
        return None
    which = "是哪一年" if "年" in match["what"] else "是哪家"
    return match["inner"] + which, match["outer"]


def filtered(question: str) -> tuple[str, str] | None:
    """The condition on reports and what is asked of those that meet it; None for others."""
    match = (
        _FIRST_FEW.match(question)
        or _FILTERED.search(question)
        or _FILTERED_AND_ADDED.search(question)
    )
    return (match["inner"], match["outer"]) if match else None


def _is_open(query: Query) -> bool:
    return bool(query.refusal or query.ambiguities or query.unknown_agencies)


def _differ(one: Query, other: Query) -> bool:
    """Whether two questions need two answers: of another kind, another operation, another end."""
    if one.kind != other.kind:
        return "lookup" in (one.kind, other.kind)
    if one.kind != "lookup":
        return False
    if _is_nameless(one) != _is_nameless(other):
        return True
    operations = {one.operation, other.operation}
    if operations == {"difference"} and one.measures == other.measures:
        return len(one.years) < 2 and one.years != other.years
    of_years = [bool(_WHICH_YEAR.search(query.question)) for query in (one, other)]
    if operations == {"extremum"} and of_years == [True, False]:
        return one.measures != other.measures
    if one.operation in _FILTERS and other.operation in _PLAIN and other.measures != one.measures:
        return bool(one.conditions)
    if operations <= _FILTERS and one.conditions != other.conditions:
        return bool(one.conditions and other.conditions)
    if operations <= _OF_ITS_OWN and len(operations) > 1:
        return True
    return operations == {"extremum"} and one.descending != other.descending


def _is_nameless(query: Query) -> bool:
    """Whether it asks for a number of the text that is no known measure."""
    return any(m.aspect == "figure" and not m.figures for m in query.measures)
