"""What a number of a sentence counts: a name from the closed list, else the report's own noun.

The invariant: the name comes from words that stand with the number, in its clause before those
further off; where only verbs stand there, there is no name.
"""

import re

from ingest.figures.changes import (
    change_name,
    is_no_count,
    mean_in,
    rate_name,
    risen,
    without_comparison,
)
from ingest.figures.names import OUTCOME, known_name
from ingest.figures.nouns import noun_before, noun_of
from ingest.figures.tokens import RATES, Token, View

PROPOSALS = ("人大建议", "政协提案", "建议提案")
DECISIONS = ("行政许可", "行政处罚", "行政强制")
ROLES = ("主办", "协办", "会办", "分办")
"""What part an office may have in answering a proposal."""
_RIGHT_LENGTH = 20
_LEFT_LENGTH = 80
_LONGEST_KIND = 8
_RIGHT_END = re.compile(r"[,;。:、(]")
_CLAUSE_BREAK = re.compile(r"[,;:。]")


def name_of(view: View, token: Token, begin: int, finish: int, previous: str) -> str:
    """What the token counts; empty when no words say it.

    `begin` and `finish` are where the numbers before and after it leave off and set in, `previous`
    is the name of the number that a rate or a change refers back to.
    """
    clause = _clause(_wide(view, token, begin))
    after = view.text[token.end : token.end + _RIGHT_LENGTH]
    if token.unit != "番" and is_no_count(clause, after):
        return ""
    subject = risen(view.text[: token.start])
    if token.unit in RATES:
        return rate_name(clause if subject is None else subject, previous)
    if subject is not None:
        return known_name(f"{subject}#{token.unit}") or noun_of(subject)
    if (change := change_name(clause, previous)) is not None:
        return change
    name = _count_name(view, token, begin, finish, previous)
    if name == "关注用户" and _NEWLY.search(clause):
        return "关注用户增加"
    if mean := mean_in(clause):
        counted = name.replace(mean, "") or previous
        return f"{mean}{counted}" if counted else ""
    return name


def _count_name(view: View, token: Token, begin: int, finish: int, previous: str) -> str:
    wide = without_comparison(_wide(view, token, begin))
    clause = _clause(wide)
    right = _right(view.text[token.end : min(finish, token.end + _RIGHT_LENGTH)])
    name = known_name(f"{clause}#{token.unit}{right}") or _outcome(view, token, clause, right)
    name = name or _state_of_document(view.text[: token.start], clause, previous)
    if not name and not noun_of(clause):
        name = known_name(f"{wide}#{token.unit}{right}")
    is_adjacent = begin > 0 and clause == wide
    name = name or _published(_printed(clause, right, token, is_adjacent=is_adjacent))
    role = next((role for role in ROLES if role in clause), "") if name in PROPOSALS else ""
    return f"{name}（{role}）" if role else name


def _wide(view: View, token: Token, begin: int) -> str:
    return view.text[max(begin, token.start - _LEFT_LENGTH) : token.start]


def _clause(wide: str) -> str:
    return _CLAUSE_BREAK.split(wide)[-1]


def name_of_kind(name: str, view: View, token: Token, begin: int) -> str:
    """What the report prints for a part that is called as its whole is: 视频解读, of 政策解读.

    The name itself where the noun before the number is no kind of it. `begin` is where the number
    before leaves off.
    """
    noun = noun_of(_clause(_wide(view, token, begin)))
    is_kind = len(name) <= len(noun) <= _LONGEST_KIND and noun[-2:] == name[-2:]
    return noun if is_kind else name


def name_of_whole(words: str, unit: str) -> str:
    """What the words before a breakdown say that it breaks down; empty when they say nothing."""
    return known_name(f"{words}#{unit}")


# 26家行政机关, 53个部门: the noun of these follows them.
_NOUN_FOLLOWS = ("家", "个", "名", "位", "门", "座", "所")


def _printed(clause: str, right: str, token: Token, *, is_adjacent: bool) -> str:
    """The noun phrase before or after the number, in the report's own words."""
    before = "" if clause.endswith("、") else noun_of(clause)  # 26个部门、9个镇
    after = noun_before(right)
    if token.unit in _NOUN_FOLLOWS or is_adjacent or clause.endswith("等"):
        return after or before
    return before or after


def _right(text: str) -> str:
    return _RIGHT_END.split(text, maxsplit=1)[0]


_OUTCOME_FIRST = re.compile(f"^{OUTCOME}")
_OUTCOME_RIGHT = re.compile(f"(?:被|予以)?{OUTCOME}")
_OUTCOME_LEFT = re.compile(f"{OUTCOME}[^#]{{0,3}}$")


def _published(noun: str) -> str:
    """公开行政许可46项 are published items, no decisions: the bare noun is the decisions' name."""
    return f"{noun}信息" if noun in DECISIONS else noun


def _outcome(view: View, token: Token, clause: str, right: str) -> str:
    """结果维持6件 or 6件维持, of whichever of reconsideration and litigation was named last."""
    before = view.text[: token.start]
    handled = _HANDLED.search(clause)
    if handled and "申请" in before and not _OTHER_CASES.search(before):
        return "答复申请" if handled[1] else "收到申请"
    named = max(("复议", "诉讼"), key=before.rfind)
    if named not in before:
        return ""
    is_of_the_one_before = before[: len(before) - len(clause)][-1:] not in ",;:。、("
    own = _OUTCOME_FIRST.sub("", clause) if is_of_the_one_before else clause
    outcome = _OUTCOME_RIGHT.match(right) or _OUTCOME_LEFT.search(own)
    if outcome is None:
        return ""
    result = {"维持": "结果维持", "纠正": "结果纠正", "其它结果": "其他结果"}
    result |= dict.fromkeys(["未审结", "审理中", "正在审理"], "尚未审结")
    return f"行政{named}{result.get(outcome[1], outcome[1])}"


def _state_of_document(before: str, clause: str, previous: str) -> str:
    """废止2件, right after a count of normative documents; 制发规章1部、规范性文件3件."""
    if "规范性文件" in clause and _MADE.search(before) and noun_of(clause) in _NORMATIVE:
        return "规范性文件制发"
    state = _STATE.search(clause)
    if state is None or not previous.startswith("规范性文件"):
        return ""
    return f"规范性文件{'废止' if state[1] == '废止' else '现行有效'}"


_NEWLY = re.compile("新增|净增|增粉|涨粉")
_MADE = re.compile("(?:制发|制定|出台|印发)[^,;。]*$")
_STATE = re.compile("(废止|现行有效|有效)(?:的|件数|数量|数)?$")
_NORMATIVE = ("规范性文件", "行政规范性文件")
_HANDLED = re.compile("(?:(办结|答复|回复)|新收|收到|(?<!不予)受理)(?:的|了)?$")
# What offices also handle and answer; in a sentence on these 办结 counts no requests.
_OTHER_CASES = re.compile("工单|信件|留言|信箱|投诉|建议|提案|热线|信访|来电|复议|诉讼")
