"""Numbers that are no count of the year: changes, shares, rates, means, and what was there before.

The invariant: a change or a share is named for what its own clause says it is of; only where the
clause says nothing is it of the number before. A number of another time never passes for the count.
"""

import re

from ingest.figures.names import known_name
from ingest.figures.nouns import noun_of
from ingest.figures.tokens import MASK

_LAST_YEAR = rf"(?:(?:上|去|上一)年(?:度)?|年初|上季度|上月|{MASK}+年?)(?:同期|底|末|以来)?"
_AGAINST = rf"(?:[比较与同](?:{_LAST_YEAR}|往年)(?:相比)?|同比|环比)"
# 比上年减少4件, 较去年多5.5万元, 同比增加86条
_CHANGE = re.compile(
    rf"{_AGAINST}(?:共|净)?(?P<how>增加|减少|增长|下降|上升|多|少|增|减)[了出]?(?:约|近)?$"
    r"|^[,;]?(?:(?P<bare>增加|减少|增长|下降|上升)了?|净(?P<net>增|减)[加少长]?)$"
)
_CHANGES = {"多": "增加", "少": "减少", "增": "增加", "减": "减少"}
_ROSE = r"(?:[\u4e00-\u9fff]{0,5}[到至]|[\u4e00-\u9fff]{1,4}为)"
# 从6件增加到12件, 较去年的6件增长: the first number is of another time, the second is the count.
_FORMER = re.compile(
    rf"[从由](?:{_LAST_YEAR})?的?#的?,?{_ROSE}(?:今年|{MASK}+年?)?度?的?\d"
    rf"|[比较]{_LAST_YEAR}的?#"
)
_RISEN = re.compile(
    rf"([^,;:。]*?),?[从由比较][^,;:。]{{0,6}}\d[^,;:。]{{0,6}}?{_ROSE}(?:今年|{MASK}+年?)?度?的?$"
)
_FROM = re.compile("[从由比较]")
# 与上年持平，均为15件; 较上年翻了一番，达到20件: what is counted stands before.
_COMPARED = re.compile(
    rf"(?:{_AGAINST})[^,;:。]{{0,4}}"
    r"(?:持平|相当|翻[^,;:。]{0,4}番|增长|上升|减少|下降|增加)[^,;:。]{0,8},(?:均|已|分别)?(?:为|达到?|有|共)?"
)
# 日均访问量, 平均每月公开, 单日最高点击量: no number of the year.
_MEAN = re.compile(
    r"(?:单[日月周条篇])?最[高多大](?!人民|检)|单[日条篇]|(?:日均|月均|周均|年均|人均|户均|平均)(?:每[日天周月年])?"
)
# 每周不少于3条: how often, not how many.
_EVERY = re.compile(
    r"每(?:个)?(?:日|天|周|旬|月|半月|季|季度|半年|年|学期)(?:[^,;:。末初对的共累合](?!计)){0,10}$"
)
_SHARE = re.compile(r"占比?")
_DIFFERENCE = re.compile("增长|增加|上升|提高|提升|下降|减少|降低|回落|增幅|降幅|涨幅")
_RATE = re.compile(r"[\u4e00-\u9fff]{1,10}(?:率|度|比例)(?=[^#]{0,6}$)")
_OFTEN_CHANGED = (
    "主动公开信息",
    "收到申请",
    "答复申请",
    "关注用户",
    "访问量",
    "行政复议",
    "行政诉讼",
)
_WORD_OF_RATE = 3  # characters; 公示率, 更新率: their verbs belong to them
_ENDS_OF_CHANGES = ("增加", "减少", "增长", "下降", "上升", "提高", "提升", "降低", "回落", "幅")


def is_change(name: str) -> bool:
    """Whether a name says by how much a count has changed, and so counts nothing itself."""
    return name.endswith(_ENDS_OF_CHANGES)


def is_no_count(clause: str, after: str) -> bool:
    """Whether the number after a clause is of another time or of every week: 从6件增至, 每周3条."""
    return bool(_EVERY.search(clause) or _FORMER.search(f"{clause[-12:]}#{after}"))


def mean_in(clause: str) -> str:
    """The word that makes the number after a clause a mean (日均), empty when it is none."""
    mean = _MEAN.search(clause)
    return mean[0] if mean else ""


def risen(before: str) -> str | None:
    """What has risen or fallen to the number after the text (…从6件增加到), None when nothing."""
    match = _RISEN.search(before) if _FROM.search(before) else None
    return without_comparison(f"{match[1]},").rstrip(",") if match else None


def without_comparison(text: str) -> str:
    """The text without the clauses that only compare: 收到申请与上年持平，均为 → 收到申请，均为."""
    return _COMPARED.sub("", text)


def change_name(clause: str, previous: str) -> str | None:
    """By how much what has changed (收到申请减少); None when the clause tells of no change."""
    match = _CHANGE.search(clause)
    if match is None:
        return None
    how = match["how"] or match["bare"] or match["net"]
    subject = _subject(clause[: match.start()], previous)
    return f"{subject}{_CHANGES.get(how, how)}" if subject else ""


def rate_name(clause: str, previous: str) -> str:
    """What a share, a rate or a change in per cent is of; empty when no words say it."""
    known = known_name(f"{clause}#%")
    if known.endswith(("率", "度")):
        return known
    if clause.endswith(("同比", "环比")) or re.search(rf"{_AGAINST}$", clause):
        clause += "增长"  # 同比翻番
    for pattern, word in ((_SHARE, "占比"), (_DIFFERENCE, "")):
        if match := pattern.search(clause):
            subject = _subject(clause[: match.start()], previous)
            return f"{subject}{word or match[0]}" if subject else ""
    rate = _RATE.search(clause)
    return noun_of(rate[0]) or rate[0][-_WORD_OF_RATE:] if rate else ""


def _subject(words: str, previous: str) -> str:
    """What a clause says that it speaks of, else what the number before counts."""
    own = re.sub(_AGAINST, "", words)
    if re.match("在.*中$", own):
        return previous
    known = known_name(f"{own}#") or known_name(f"{own}#条")
    return (known if known in _OFTEN_CHANGED else "") or noun_of(own) or previous
