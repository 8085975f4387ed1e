"""What a number of a sentence counts: a name from the closed list, else the report's own noun.

The invariant: the name comes from words that stand with the number, in its clause before those
further off; where only verbs stand there, there is no name.
"""

import re

from ingest.figures.names import NAMES, OUTCOMES
from ingest.figures.tokens import MASK, RATES, Token, View

_RIGHT_LENGTH = 20
_LEFT_LENGTH = 80
_LONGEST_NAME = 24
_LONGEST_KIND = 8
_CLAUSE_BREAK = re.compile(r"[,;:。]")


def name_of(view: View, token: Token, begin: int, finish: int, previous: str) -> str:
    """What the token counts; empty when no words say it.

    `begin` and `finish` are where the numbers before and after it leave off and set in, `previous`
    is the name of the number that a rate or a change refers back to.
    """
    wide = view.text[max(begin, token.start - _LEFT_LENGTH) : token.start]
    breaks = [match.end() for match in _CLAUSE_BREAK.finditer(wide)]
    clause = wide[breaks[-1] :] if breaks else wide
    right = _right(view.text[token.end : min(finish, token.end + _RIGHT_LENGTH)])
    if token.unit in RATES:
        return _rate(clause, previous)
    if _FORMER.match(f"{clause[-1:]}#{view.text[token.end : token.end + _RIGHT_LENGTH]}"):
        return ""
    risen = _RISEN.search(view.text[: token.start])
    if risen:
        return _known(f"{risen[1]}#{token.unit}") or _noun(risen[1])
    change = _CHANGE.search(clause)
    if change:
        how = change[1] or change[2]
        return f"{previous}{_CHANGES.get(how, how)}" if previous else ""
    name = _known(f"{clause}#{token.unit}{right}") or _outcome(view.text[: token.start], clause)
    if not name and not _noun(clause):
        name = _known(f"{wide}#{token.unit}{right}")
    name = name or _printed(clause, right, token, is_adjacent=begin > 0 and not breaks)
    role = re.search("(主办|协办|会办|分办)", clause)
    return f"{name}（{role[1]}）" if role and name in ("人大建议", "政协提案", "建议提案") else name


def name_of_kind(name: str, view: View, token: Token, begin: int) -> str:
    """What the report prints for a part that is called as its whole is: 视频解读, of 政策解读.

    The name itself where the noun before the number is no kind of it. `begin` is where the number
    before leaves off.
    """
    wide = view.text[max(begin, token.start - _LEFT_LENGTH) : token.start]
    noun = _noun(_CLAUSE_BREAK.split(wide)[-1])
    is_kind = len(name) <= len(noun) <= _LONGEST_KIND and noun[-2:] == name[-2:]
    return noun if is_kind else name


def name_of_whole(words: str, unit: str) -> str:
    """What the words before a breakdown say that it breaks down; empty when they say nothing."""
    return _known(f"{words}#{unit}")


# 比上年减少4件, 较去年多5.5万元
_CHANGE = re.compile(
    r"(?:[比较](?:上年|去年|上一年|□+年?)度?(?:同期)?)(?:共|净)?(增加|减少|增长|下降|上升|多|少)[了到]?$"
    r"|^[,;]?(增加|减少|增长|下降|上升)了$"
)
# 从6件增加到12件: the first number is of another time, the second is the count.
_ROSE = "(?:增加|增长|上升|提高|减少|下降|压缩|缩减)[到至为]"
_FORMER = re.compile(rf"[从由]#(?:的)?{_ROSE}")
_RISEN = re.compile(rf"([^,;:。]*),?[从由][^,;:。]{{1,12}}{_ROSE}$")
_CHANGES = {"多": "增加", "少": "减少"}


def is_change(name: str) -> bool:
    """Whether a name says by how much a count has changed, and so counts nothing itself."""
    return name.endswith(("增加", "减少", "增长", "下降", "上升"))


# 26家行政机关, 53个部门: the noun of these follows them.
_NOUN_FOLLOWS = ("家", "个", "名", "位", "门", "座", "所")
_NOUN_ENDS = re.compile(
    r"[在均被由未已经向参并且其以]|增[加长]|减少|[上下][升降]|开展|进行|通过|的|(?<=[门位街道构镇乡])(?:公开|发布|报送)(?:各类)?(?:政府)?信息$"
)


def _printed(clause: str, right: str, token: Token, *, is_adjacent: bool) -> str:
    """The noun phrase before or after the number, in the report's own words."""
    before = _noun(clause)
    after = _noun(_NOUN_ENDS.split(right, maxsplit=1)[0])
    if token.unit in _NOUN_FOLLOWS or is_adjacent or clause.endswith("等"):
        return after or before
    return before or after


def _known(context: str) -> str:
    return next((name.name for name in NAMES if name.pattern.search(context)), "")


def _right(text: str) -> str:
    return re.split(r"[,;。:、(]", text, maxsplit=1)[0]


def _outcome(before: str, clause: str) -> str:
    """结果维持6件, of whichever of reconsideration and litigation was named last."""
    handled = re.search("(?:办结|答复|回复)(?:的|了)?$", clause)
    if handled and "申请" in before and not _OTHER_CASES.search(before):
        return "答复申请"
    outcome = OUTCOMES.search(f"{clause}#")
    named = max(("复议", "诉讼"), key=before.rfind)
    if outcome is None or named not in before:
        return ""
    result = {"维持": "结果维持", "纠正": "结果纠正", "其它结果": "其他结果", "未审结": "尚未审结"}
    return f"行政{named}{result.get(outcome[1], outcome[1])}"


# What offices also handle and answer; in a sentence on these 办结 counts no requests.
_OTHER_CASES = re.compile("工单|信件|留言|信箱|投诉|建议|提案|热线|信访|来电")


def _rate(clause: str, previous: str) -> str:
    known = _known(f"{clause}#%")
    if known:
        return known
    if re.search("占", clause):
        return f"{previous}占比" if previous else ""
    change = re.search("增长|增加|上升|提高|提升|下降|减少|回落", clause)
    if change:
        return f"{previous or _noun(clause[: change.start()])}{change[0]}"
    rate = re.search(r"[\u4e00-\u9fff]{1,10}(?:率|度|比例)(?=[^#]{0,6}$)", clause)
    return _noun(rate[0]) if rate else ""


# Words before a noun that do not belong to it; 组织管理 and 公开目录 are nouns of their own.
_LEADING = re.compile(
    rf"^(?:{MASK}|[,;:。、()]|其中|包括|包含|分别(?:为|是)?|以及|和|及|与|并|含|共计|累计|合计|总计|共(?!青)|全年"
    r"|年内|全[市县区省州镇乡]|本年度?(?:以来)?|[今当]年(?:以来)?|年初以来|已|均|各类|各种|各(?!级)|主动|及时|通过|开展|举办|召开|完成|刊登|推出|转载|报送|上报|审核"
    r"|出具|下发|执行|进行|落实|我(?:局|委|厅|镇|乡|县|区|市|单位|街道|办|馆|部|所|院|站|会)|本(?:局|机关|单位|级)|组织(?!管理|机构|人事|建设|领导)"
    r"|发布(?!会)|发放|公开(?!目录|指南|制度|情况|年|栏|平台)|公示(?!公告|栏)|公布|更新|推送|受理|办理(?!情况|结果)|收到"
    r"|办结|制作|印发|编制|编发|处理(?!结果|决定|情况)|回复|答复(?!率)|接待|参加|参与|邀请|对(?!外)|将|等|的|了|还|又|有"
    r"|新增|年度?|月|日|截至|截止|涉及|度)+"
)
_TRAILING = re.compile(
    rf"(?:{MASK}|[,;:。、()]|共计|合计|累计|总计|共有|共|达到|高达|达|约|近|超过|超|突破|逾|为|是|有|计|等|的|了|各|数量|总数|数|就|已|均|仅|至|到)+$"
)

# 通过各类平台主动公开规章13件 counts 规章.
_VERB = "(?:主动公开|公开了|发布了?|推送|更新)(?!目录|指南|会|量)"


def _noun(text: str) -> str:
    """The noun phrase of a context as printed, empty when only verbs and connectives are left."""
    bare = _TRAILING.sub("", text)
    for cut in (MASK, _VERB):
        last = re.split(cut, bare)[-1]
        bare = last if len(_TRAILING.sub("", _LEADING.sub("", last))) > 1 else bare
    noun = _LEADING.sub("", bare).replace(MASK, "")
    noun = re.split(r"\d", noun)[-1]
    if ")" in noun and "(" not in noun:
        noun = noun[noun.rindex(")") + 1 :].removeprefix("等")
    if "(" in noun and ")" not in noun:
        noun = noun[: noun.index("(")]
    if len(noun) > _LONGEST_NAME:
        noun = re.split("[、等]", noun)[-1][-_LONGEST_NAME:]
    if noun.startswith("“") and noun.endswith("”"):
        noun = noun[1:-1]
    return noun if len(re.findall(r"[\u4e00-\u9fff]", noun)) >= 2 else ""
