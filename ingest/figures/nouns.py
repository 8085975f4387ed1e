"""The noun phrase that stands with a number, in the report's own words.

The invariant: a noun is cut off its verbs and connectives, never put together from two places;
where only verbs stand, there is none.
"""

import re

from ingest.figures.tokens import MASK, UNITS

_LONGEST_NAME = 24

# Where the noun that follows a number ends: 35个部门公开信息88条.
_NOUN_ENDS = re.compile(
    rf"[{MASK}\d]|[在均被由未已经向参并且其以]|增[加长]|减少|[上下][升降]|开展|进行|通过|全部|配有|分管|具体负责|负责|逐项|各|实现|专题|公开了|发布了|的|(?<=[门位街道构镇乡])中?排名|(?<=[门位街道构镇乡])中?位[列居]|首位|(?<=[门位街构镇乡])(?:政府|政务)信息|逐一|(?<=[门位街道构镇乡])(?:公开|发布|报送)(?:各类)?(?:政府)?信息$"
)


# Words before a noun that do not belong to it; 组织管理 and 公开目录 are nouns of their own.
_LEADING = re.compile(
    rf"^(?:{MASK}|[,;:。、()]|其中|包括|包含|分别(?:为|是)?|以及|和|及(?!时)|与|并|含|具体(?:涵盖|包括|为|是)|共计|累计|合计|总计|共(?!青)|全年"
    r"|年内|全[市县区省州镇乡局委厅办院校系]|本年度?(?:以来)?|[今当]年(?:以来)?|年初以来|已|均|各类|各种|各(?!级)|主动(?!公开率)|及时|通过|开展|举办|召开|完成(?!率)|刊登|推出|转载|报送|上报|审核"
    r"|出具|下发|执行|进行|落实|我(?:局|委|厅|镇|乡|县|区|市|单位|街道|办|馆|部|所|院|站|会)|本(?:局|机关|单位|级)|组织(?!管理|机构|人事|建设|领导)"
    r"|发布(?!会)|发放|公开(?!目录|指南|制度|情况|年|栏|平台|率|比例|事项|渠道|领域)|公示(?!公告|栏)|公布|更新|推送|受理|办理(?!情况|结果)|收到"
    r"|办结|制作|印发|编制|编发|编印|处理(?!结果|决定|情况)|回复|答复(?!率)|接待|参加|参与|邀请|对(?!外)|将|等|的|了|还|又|有"
    r"|新增|年(?:度)?(?![鉴报检审会货])|月|日|截至|截止|(?:主要)?涉及|度|在(?=公开|发布)|以上(?=共)|上述(?=共)|制发|举行|为(?!民)|系(?!统|列)|属于|向社会(?=公开|发布|征集)|向公众(?=公开|发布|征集)|设有|共设)+"
)
_TRAILING = re.compile(
    rf"(?:{MASK}|[,;:。、()]|共计|合计|累计|总计|共有|共|达到|高达|达|约|近|超过|超|突破|逾|为|是|有|计|等|的|了|各|数量|总数|条数|(?<!文)件数|篇数|(?<!人)数|就|首次|已|均|仅|至|到|(?<!涉)及|和|与)+$"
)

_BARE_CHANGES = frozenset({"增加", "减少", "增长", "下降", "上升", "净增", "提高"})
_INCLUDED = re.compile("含|其中|包括|包含")
# 通过各类平台主动公开规章13件 counts 规章.
_VERB = re.compile(
    "(?:主动公开(?!率)|主要涉及|分别[为是]|公开了|发布了?|推送|更新)(?!目录|指南|会|量)"
)
_MASK = re.compile(MASK)
_DIGIT = re.compile(r"\d")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def noun_of(text: str) -> str:
    """The noun phrase of a context as printed, empty when only verbs and connectives are left."""
    bare = _TRAILING.sub("", text)
    for cut in (_MASK, _VERB):
        last = cut.split(bare)[-1]
        bare = last if len(_TRAILING.sub("", _LEADING.sub("", last))) > 1 else bare
    noun = _LEADING.sub("", bare).replace(MASK, "")
    noun = _DIGIT.split(noun)[-1]
    if noun in UNITS or noun in _BARE_CHANGES:  # 3批次17人; 分别增加3件
        return ""
    if ")" in noun and "(" not in noun:
        noun = noun[noun.rindex(")") + 1 :].removeprefix("等").lstrip("、")
    if "(" in noun and ")" not in noun:
        before, _, inside = noun.rpartition("(")
        is_open = ")" not in text[text.rfind("(") :]  # 文件(含规范性文件2件)46件
        noun = _LEADING.sub("", inside) if is_open and _INCLUDED.match(inside) else before
    if len(noun) > _LONGEST_NAME:
        noun = re.split("[、等]", noun)[-1][-_LONGEST_NAME:]
    if noun.startswith("“") and noun.endswith("”"):
        noun = noun[1:-1]
    return noun if len(_HAN.findall(noun)) >= 2 else ""


def noun_before(text: str) -> str:
    """The noun phrase that a text begins with: 个→预算单位公开了部门预算 gives 预算单位."""
    return noun_of(_NOUN_ENDS.split(text, maxsplit=1)[0])
