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
from assistant.question.kinds import COUNTS
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


def unheard(query: Query, answer: Answer, scope: Scope) -> Iterator[str]:
    """The words of the question that the answer takes no account of, and the counts it leaves out."""
    asked = len(COUNTS.findall(query.question))
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
        for word in (*query.not_understood, *_roles(query))
        if word not in answer.text or SCOPES.fullmatch(word)
    ]
    if words:
        yield f"（问题中的“{'”“'.join(words)}”没有用来查找，请核对答的是不是所问的。）"


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
