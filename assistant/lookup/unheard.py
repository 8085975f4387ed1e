"""What an answer takes no account of, said in a line at its end, so that nothing is passed over.

Pure. A word of the question that was used nowhere, a count that was asked and not given, a number of
agencies that is not the library's.
"""

import re
from collections.abc import Iterator

from assistant.answer import Answer
from assistant.lookup.composition import count_in_words
from assistant.lookup.scope import Scope
from assistant.query import Operation, Query
from assistant.question.conditions import has_bound
from assistant.question.look_ups import SCOPES
from ingest.numbers import chinese_numeral

# More agencies than this are not named one by one.
MOST_LISTED = 40
_PROPOSALS = frozenset(["人大建议", "政协提案", "建议提案"])
_ROLE = re.compile("主办|协办|会办|分办|独办")
# 白石市三个局, but not 最多的三家
_SO_MANY = re.compile(
    "(?<![最前后哪第的几多少高低])(?P<count>[二两三四五六七八九十])(?:家|个(?:单位|部门|局|机关|委办局))"
)
# What sets reports against each other.
RANKED = frozenset[Operation](("rank", "extremum", "compare", "trend", "difference"))
SHARE = re.compile("占比|占.{0,10}(?:比例|比重|百分比)|所占")


# What each word asks to be done, and the operations that do it.
_MEANT: tuple[tuple[re.Pattern[str], frozenset[Operation]], ...] = (
    (re.compile("中位数|中位值"), frozenset(["median"])),
    (re.compile("平均(?!每?[天日周月])"), frozenset(["average"])),
    # 总量和平均量
    (
        re.compile("(?:总[量数和]|合计|总计)(?=[和与及、]平均)|(?<=[和与及、])总[量数和]"),
        frozenset(["sum"]),
    ),
    (re.compile("标准差|方差"), frozenset(["deviation"])),
    (re.compile("连续[一两二三四五六七八九十\\d]+[个]?[年次]"), frozenset(["streak"])),
    (re.compile("[几多一两二三四五六七八九十\\d]少?倍|翻(?:了)?[一两几]?番"), frozenset(["times"])),
    (
        re.compile("最[多少高低大小](?!\\d|只|有\\d)"),
        frozenset(["extremum", "rank", "difference", "filter", "count"]),
    ),
    (re.compile("最[早晚迟]"), frozenset(["extremum", "rank"])),
    (re.compile("排名|排序|排行|倒数第"), frozenset(["rank", "extremum"])),
    (re.compile("同比|环比|增幅|降幅|增速"), frozenset(["difference", "trend", "streak"])),
)
# 申请比处罚多的单位
_AGAINST = re.compile(
    "比[^,，。?？]{1,14}[多少高低大小](?:[^,，。?？]{0,4}以上)?的?(?=单位|部门|局|哪|有|家|$)"
)
# 数量是多少 asks for one number.
_COUNTS = re.compile("多少|几[件条人次家个项篇份名场宗期]")
_BOUND_WORDS = re.compile("超过|多于|大于|高于|少于|低于|不到|不足|以上|以下")


def unheard(query: Query, answer: Answer, scope: Scope) -> Iterator[str]:
    """The words of the question that the answer takes no account of, and the counts it leaves out."""
    asked = len(_COUNTS.findall(query.question))
    if asked > len(answer.values) > 0 and query.operation in ("value", "list", "sum"):
        left = count_in_words(asked - len(answer.values))
        yield f"（问题还问了{left}个数，没有看懂是哪一项，请分开再问。）"
    yield from _other_count(query, scope)
    if any(m.aspect == "figure" and not m.figures for m in query.measures):
        return
    if query.operation in RANKED and SHARE.search(query.question):
        counted = [m.name for m in query.measures if m.aspect != "ratio"]
        if counted:
            yield f"（没有看懂{'、'.join(counted)}要占什么的比例，比的是数量。）"
    words = [
        word
        for word in (*query.not_understood, *_roles(query), *_undone(query))
        if word not in answer.text or SCOPES.fullmatch(word)
    ]
    if words:
        yield f"（问题中的“{'”“'.join(words)}”没有用来查找，请核对答的是不是所问的。）"


def _undone(query: Query) -> Iterator[str]:
    """The words for an operation that was not done, where another one was."""
    for words, operations in _MEANT:
        match = words.search(query.question)
        if match and query.operation not in operations:
            yield match.group()
    is_against = any(condition.other for condition in query.conditions)
    if not is_against and query.operation in ("filter", "count", "list", "value"):
        yield from (match.group() for match in _AGAINST.finditer(query.question))
    is_bounded = query.conditions or query.claims or query.change
    if has_bound(query.question) and not is_bounded:
        yield from (m.group() for m in _BOUND_WORDS.finditer(query.question))


def _other_count(query: Query, scope: Scope) -> Iterator[str]:
    """A line where the question says how many agencies it means, and the library holds others."""
    match = _SO_MANY.search(query.question)
    agencies = list(dict.fromkeys(entry.agency for entry in scope.entries))
    said = chinese_numeral(match["count"]) if match else None
    if not match or not said or said == len(agencies):
        return
    names = "、".join(agencies[:MOST_LISTED])
    yield f"（您说的是{count_in_words(said)}家，资料库中有关的是{count_in_words(len(agencies))}家：{names}。）"


def _roles(query: Query) -> list[str]:
    """主办, 协办: reports give proposals by who leads, and their figures seldom say which."""
    are_proposals = any(set(m.figures) & _PROPOSALS for m in query.measures)
    return _ROLE.findall(query.question) if are_proposals else []
