"""The words for what reports write about in sentences: topics and their many wordings, as data.

`topic_terms` takes from a question the words that a sentence must speak of; `mention` says how many
of them it does. Words that every report is full of (公开, 信息, 工作) decide nothing and are left
out. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import for_matching

# Wordings of one topic in published reports: a question that uses one means all of them.
WORDINGS: tuple[tuple[str, ...], ...] = (
    ("兼职", "兼管", "兼任", "兼做", "身兼"),
    ("时效", "及时", "延迟", "滞后", "实时", "拖延", "不够快", "太慢", "更新慢"),
    (
        "人手",
        "人员紧张",
        "人员仅有",
        "人员较少",
        "人员力量",
        "专业人员",
        "工作力量",
        "人员不足",
        "力量薄弱",
        "队伍",
        "兼职",
    ),
    ("培训", "学习班", "业务学习"),
    ("重视", "思想认识", "意识不强", "认识不足"),
    ("形式单一", "形式较为简单", "形式简单", "载体单一", "渠道单一", "方式单一"),
    ("质量不高", "质量有待", "深度不够", "内容不够", "不够深入"),
    ("不全面", "全面性", "不够全面", "内容不全"),
    ("政策解读", "解读"),
    ("微信公众号", "公众号", "微信公众平台", "政务新媒体", "新媒体"),
    ("政府开放月", "开放月", "政府开放日", "开放日"),
    ("保密审查", "保密审核"),
    ("热线", "12345"),
    ("隐私", "脱敏", "个人信息"),
    ("申请量", "申请数量", "申请较多", "申请多"),
    (
        "审核流程",
        "审核程序",
        "审核机制",
        "审核制度",
        "审批流程",
        "发布流程",
        "签发",
        "审签",
        "三级审核",
        "审核关口",
    ),
    ("领导小组", "工作小组", "工作专班"),
    ("改名", "更名", "改称", "改叫"),
    ("监督考核", "考核", "评议"),
    ("信息处理费", "处理费"),
    ("人大代表建议", "人大建议", "代表建议"),
    ("政协提案", "委员提案"),
    ("经费", "财政资金", "预算"),
    ("网址", "http", "www"),
    ("追责", "追究责任", "追究过责任", "责任追究", "问责"),
)
_TOO_COMMON = (
    "政府信息公开工作年度报告|政府信息公开工作|政府信息公开|政府信息|政务公开|信息公开|公开信息|公开工作|主动公开"
    "|公开|信息|工作|政府|部门|单位|机关|报告|年报|年度|情况|方面|内容|相关|有关|关于|主要|存在|具体"
)
_ASKING = (
    "一下|帮我|总结|归纳|梳理|汇总|(?:没有?|未)(?:提到?|写到?|说到?|谈到?)|(?:没有?|未)曾?(?:搞|做|办完|办结|办|执行|实行|实施|开展|举办|组织|采用|使用|答复|完成|安排)过?|涉及|收到|(?:怎么|如何|怎样)(?:处理|办理|受理|推进|组织|管理|公布|公示|发布|宣传|保护)|对策|什么时候|什么时间|何时|哪天|哪一?年|并排|对照|比一比|放在一起|承认|坦言|当作|当成|作为|有没有(?:建|设|搞|开|做)(?!议|施)|毛病|缺点|欠缺|不好的|做得|不好|不够|解决|这些|那些|做了|哪些|哪个|哪几|哪家|哪里|多少|几[家份篇]|几个|地方|之处|被(?=[一-龥]{2})|查出|又出现?了?|新(?=的?问题)|今后|以后|将来|接下来|对吧|对吗|是吧|对不对|搞了|办了|什么|有啥|多久|多长时间|以前|之前|原来|原先|从前|叫(?=什么|啥)|怎么样|怎么|怎样|如何|是否|有没有|有无|能否|请问|介绍|说明(?!会)|列出"
    "|提到|提及|写到|写了|写明|谈到|列为|列入|认为|采取|做法|进行|跟(?![班踪进])|开展|使用|采用|实行|建立|属于|分别|不同"
    "|区别|一样|比较|对比|他们|我们|你们|自己|本年|今年|去年|全部|所有|各个|各家|大家|三家|两家|五家|库里|里面"
    "|提出|指出|指的|反映|暴露|发现|出现|制定|落实|推出|针对|对于|上年度|上年|上一年度|上一年|整改得|推进得|举办过"
    "|问题|不足|短板|困难|改进|措施|整改|怎么改|打算|下一步|原因|可以|需要|应该"
    "|第[一二三四五六七八九十](?!方[评测检机调])(?:部分|[个项条点])?|[一二两三四五六七八九十几][个项条点份]|保证|确保|避免|防止|应对|(?:发布|公布|公示)(?:过|了)"
    "|[近这]?[一二两三四五六七八九十]年(?:里|来|间)?|(?<=[一-龥]{2})(?<![通经超不])过(?=[一-龥]{2})|(?:说|明确|承认)(?:没有?|未|无)|相比|变化|异同|举措|对应|相应|说说|讲讲|谈谈|聊聊|亮点|特色|成效|成绩|相同|重复|共同|类似|后来|如今|现在|目前|到底|究竟|改(?:了|没改|没有|好了?|正|过|掉|善|观)"
)
_PARTICLES = "[的吗呢了吧啊把和与及或谁有是在]"
_SPLIT = re.compile(rf"{_TOO_COMMON}|{_ASKING}|{_PARTICLES}|[^一-龥A-Za-z0-9]+|[12]\d{{3}}年?")
# 约谈过, 主要的做过: what was done, without the sign that it was
_ENDING = re.compile("(?<=[一-龥]{2})[过着](?:人|谁)?$")
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]{1,30})[”」』\"]")
# 开放月 is met by 开放日 nearly, by 开放 alone not.
_ENOUGH_OF_A_TERM = 0.6


@dataclass(frozen=True, slots=True)
class Term:
    """A thing that a sentence must speak of; any of `wordings` will do.

    `exact` marks a quoted term, which counts only as it stands.
    """

    wordings: tuple[str, ...]
    exact: bool = False


def topic_terms(text: str) -> tuple[Term, ...]:
    """What a question's words ask about; empty when they are all too common to decide anything."""
    quoted = tuple(_QUOTED.findall(text))
    if quoted:
        return tuple(Term((for_matching(words),), exact=True) for words in quoted)
    pieces = (_ENDING.sub("", for_matching(piece)) for piece in _SPLIT.split(text) if piece)
    terms = (_term(piece) for piece in pieces if len(piece) > 1)
    return tuple(dict.fromkeys(terms))


def _term(piece: str) -> Term:
    for wordings in WORDINGS:
        if any(wording in piece for wording in wordings):
            return Term(wordings)
    return Term((piece,))


def mention(sentence: str, terms: Sequence[Term]) -> float:
    """The share of the terms that a sentence speaks of, from 0 to 1; 1 when there are none."""
    if not terms:
        return 1.0
    plain = for_matching(sentence)
    return sum(_speaks_of(plain, term) for term in terms) / len(terms)


def _speaks_of(sentence: str, term: Term) -> bool:
    if any(wording in sentence for wording in term.wordings):
        return True
    return not term.exact and any(
        _overlap(sentence, wording) >= _ENOUGH_OF_A_TERM
        for wording in term.wordings
        if len(term.wordings) == 1 and len(wording) > 2
    )


def _overlap(sentence: str, words: str) -> float:
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return sum(pair in sentence for pair in pairs) / len(pairs)
