"""A question on the text that leaves out what the one before it was about.

Pure. 改了没有 asks what became of the problems just told; 存在什么问题, after what every report says
of one matter, asks of that matter.
"""

import re
from dataclasses import replace

from assistant.query import Kind, Query
from assistant.question.outcomes import asks_outcome
from assistant.question.paraphrases import KINDS_OF_APPLICANTS
from assistant.question.text_words import (
    DEPUTIES,
    FEE_AMOUNT,
    FEE_STATEMENT,
    MEMBERS,
    PROPOSALS,
    TRAINED,
    TRAININGS,
)
from assistant.topics import topic_terms

_OUTCOME = re.compile(
    "(?!(?:那|[,，])*(?:改进|整改)呢)(?:那|后来|最后|现在|如今|都|这些|它们?|到|问题|[,，])*"
    "(?:(?P<year>[12]\\d{3})年|次年|第二年|下一?年)?(?:都|已经?)?(?:有(?:没有?|无)?)?(?:提到|写到|写明|说)?(?:得到)?"
    "(?:改|整改|改正|改进|改善|好转|缓解|补齐|解决|落实|做到|改好|到位)(?:了|过|好了?|到位了?|完了?)*"
    "(?:吗|没有?|没|么|[呢?？])+"
)
# 用什么办法, after whether it was mended
_MEANS = re.compile(
    "(?:那|都|是|他们|它们?|具体|又|主要|[,，])*(?:用|采取|采用|有|通过|靠|做)(?:了|过|的|的是)*"
    "(?:什么|哪些|啥|怎样的?)(?:办法|措施|手段|方法|做法|方式|对策)(?:来|去)?(?:解决|改进|整改|改)?的?[呢?？]*"
    "|(?:那|是|具体)*(?:怎么|如何|怎样)(?:解决|改|整改|改进|改正|做|处理)(?:好|到)?的?[呢?？]*"
)
# What a refusal says where no report tells what became of the problems.
_UNTOLD = re.compile("没有写明上年问题|没有[^。]{0,40}的年报")
_FEE = re.compile("收费通知|申请要?收费|信息处理费|处理费")
_HOW_MUCH = re.compile(
    "收(?:了|取|过|到)*多少[?？]?$|收(?:了|取|到|上来)*(?:多少|几)(?:钱|元)|(?:多少|几)(?:钱|元)|金额"
)
# 为什么, 怎么改, after what a check found
_ON_FINDINGS = re.compile(
    "^[|,，那这]*(?:是)?(?:错在(?:哪|什么)|哪(?:里|儿|一处)(?:错|不对)|为什么|为何|为啥|凭什么|什么原因|(?:有什么|是什么)?依据|依据的?是?(?:什么|哪)"
    "|(?:哪一?条|什么|哪个)规定|(?:应该|应当|该|要)?(?:怎么|如何)(?:改|办|修改|更正|纠正))[^,，]{0,6}$"
)
_COLLECTED = re.compile("收(?:取|费)?(?:了|过)(?:吗|没有?)|收没收")
_PEOPLE = re.compile("(?:多少|几)个?(?:人次|人|名)")
_BASIS = re.compile("依据|出处|出自|哪一?条|第几条|谁规定")
_OF_PROPOSALS = frozenset((DEPUTIES, MEMBERS, PROPOSALS))
# 都答复了吗, after proposals: a sentence tells, the requests' rate does not
_ALL_DONE = re.compile(
    "(?:都|全部?)(?:已经?)?(?:答复|办结|办完|办理|解决|采纳|公开)(?:了|完|过)*(?:吗|没有?)"
)
_OF_ADMINISTRATION = re.compile("行政事业|行政收费")
# A name for a matter; what is longer is a clause.
LONGEST_MATTER = 8
# 为什么要用, after a practice was told
_WHY_SO = re.compile(
    "(?:那|又)*(?:为什么|为何|为啥)(?:要|会)?(?:这么|这样)?(?:用|做|搞|办|设|建|推)?(?:它|这个)?[呢?？]*"
)
# 2024年效果呢, after what was to be done
_LATER = re.compile("(?P<year>[12]\\d{3})年的?(?:效果|结果|成效)(?:怎么样|怎样|如何|呢)?[?？]?")
# 延迟问题改了吗
_NAMED_OUTCOME = re.compile(
    "(?:那|那么)?(?P<matter>[一-龥]{2,8}?)的?问题(?:后来|现在|都|已经)*"
    "(?:改|整改|改正|改进|改善|解决|落实)(?:了|过|好了?)*(?:吗|没有?|么)[?？]?"
)
# 哪年上线的, after who has it
_WHEN_DONE = re.compile(
    "(?:那|它|是|这个)*(?:哪一?年|什么时候|何时)(?:开始)?(?P<deed>[一-龥]{2,4}?)的?[呢?？]*"
)
# 2024年还有这个问题吗
_STILL = re.compile(
    "(?P<year>[12]\\d{3}年|去年|今年)?(?:是不是|是否)?(?:还|仍然?)?(?:有没有|有无|有|存在)[这那](?:个|些|类|样的)?问题[吗么呢?？]*"
)
_TELLS_MEASURES = re.compile("怎么解决|如何解决|改进|整改|措施|对策|怎么改|下一步")
# 那内容质量呢
_AND_OF = re.compile("(?:那么?)?(?P<matter>[一-龥]{2,10}?)(?:方面|上|的)?呢[?？]?")
# 效果怎么样, after what became of the problems
_EFFECT = re.compile("(?:那|实际|最后|整改)*(?:效果|结果|成效)(?:怎么样|怎样|如何|好吗|呢)[呢?？]*")
# 主要来自谁, after how many requests there were
# 以哪个为准, after a number that the text gives otherwise
_WHICH_HOLDS = re.compile(
    "(?:那|到底|究竟)?(?:以|按)?(?:哪一?个|谁|哪边)(?:数字?)?(?:为准|是?[对准]的?|正确)[呢呀啊]?[?？]?"
)
# 多多少, after 许可和处罚哪个多
_BY_HOW_MUCH = re.compile("(?:那|到底)?(?:多|少|差|相差)(?:了|出)?(?:多少|几件)[呢呀]?[?？]?")
_PUBLISHED_WHAT = re.compile(
    "(?:那|都|它|他们)*(?:主动)?公开了?(?:什么|哪些)(?:信息|内容)?[呢呀]?[?？]?"
)
# 收费了吗; 收了多少: not how many requests were received
_HOW_MUCH = re.compile(
    "(?P<whose>[^收花用费申件条]{0,16}?)(?:一共|总共|共|实际)*(?:[收花用]了?)(?:多少|几)(?:钱|万元?|元)?[呢呀?？]*"
)
_MONEY = frozenset(("元", "万元"))
_FROM_WHOM = re.compile(
    "(?:都|主要|大多|多数|是|申请)*来自(?:谁|哪里|哪儿|什么人|哪些人|哪类人)[呢?？]*"
)
# 怎么办, after one problem was told
_REMEDY = re.compile(
    "(?:那|该|要|应该|现在|准备|打算)*(?:怎么办|怎么应对|如何应对|怎么补救)[呢?？]*"
)
_TELLS_PARTS = re.compile(
    "问题|怎么解决|如何解决|不足|短板|困难|毛病|缺点|改进|整改|措施|对策|怎么改|下一步"
)


# 结果怎么样, after 行政诉讼几件 or 收到几件申请
_ITS_OUTCOME = re.compile(
    "(?:那|最后|审理|办理|处理|都)*(?:的)?结果(?:怎么样|怎样|如何|呢|是什么|分别呢?|都?是啥)?[?？]?"
)


def _cases(before: Query) -> str:
    """What the question before counted of which there are outcomes: 行政诉讼, 办理; "" of no such."""
    tables = {cell.table for measure in before.measures for cell in measure.cells}
    if tables == {"requests"}:
        return "办理"
    named = "".join(measure.name for measure in before.measures) if tables == {"disputes"} else ""
    return "和".join(case for case in ("行政复议", "行政诉讼") if case in named)


def _money(before: Query) -> str:
    """What the numbers of money are called that the question before asked for, "" for others."""
    is_money = before.measures and all(m.unit in _MONEY for m in before.measures)
    return "和".join(measure.name for measure in before.measures) if is_money else ""


def in_full(question: str, before: Query | None, answer: str = "") -> str:
    """改了没有, after the problems of 2023 were told, as 2023年的问题整改了吗; else as it stands.

    用什么办法, after that, asks for it again; where the `answer` was that no report tells, for what
    was meant to be done.
    """
    asked = question.strip()
    if before is None:
        return question
    if of_numbers := _of_numbers(asked, before):
        return of_numbers
    named = _NAMED_OUTCOME.fullmatch(asked)
    if named and len(before.years) == 1:
        return f"{before.years[0]}年{named['matter']}的问题整改了吗"
    if before.kind != "retrieval":
        return question
    if still := _STILL.fullmatch(asked):
        return f"{still['year'] or ''}存在什么问题"
    when = _WHEN_DONE.fullmatch(asked)
    if when and topic_terms(when["deed"]) and (matter := _matter(before)):
        return f"{matter}哪年{when['deed']}"
    return _of_problems(asked, before, answer) or question


def _of_numbers(asked: str, before: Query) -> str:
    """What a question asks of the numbers that were just given, "" where it asks something else."""
    if before.kind == "lookup" and _FROM_WHOM.fullmatch(asked):
        return KINDS_OF_APPLICANTS
    if before.kind == "lookup" and _WHICH_HOLDS.fullmatch(asked):
        return "正文和表格一致吗"
    if (
        before.operation == "compare"
        and len(before.measures) == 2
        and _BY_HOW_MUCH.fullmatch(asked)
    ):
        one, other = before.measures
        return f"{one.name}比{other.name}多多少"
    if _PUBLISHED_WHAT.fullmatch(asked):
        return "主动公开了哪些信息"
    how_much = _HOW_MUCH.fullmatch(asked)
    if how_much and (of := _money(before)):
        return f"{how_much['whose']}{of}多少"
    if _ITS_OUTCOME.fullmatch(asked) and (of := _cases(before)):
        return f"{of}结果"
    return ""


def _of_problems(asked: str, before: Query, answer: str) -> str:
    """What a question asks of the problems that were just told, "" where it asks something else."""
    if _REMEDY.fullmatch(asked):
        words = [term.wordings[0] for term in topic_terms(before.topic)]
        return f"针对{'、'.join(words[:2])}的问题有什么对策"
    if asks_outcome(before.question) and _EFFECT.fullmatch(asked):
        return before.question
    if _WHY_SO.fullmatch(asked) and (matter := _matter(before)):
        return f"{matter}针对的问题是什么"
    if not _TELLS_PARTS.search(before.topic):
        return ""
    if asks_outcome(before.question) and _MEANS.fullmatch(asked) and before.years:
        year = max(before.years) - 1
        is_untold = _UNTOLD.search(answer)
        return f"针对{year}年的问题有什么改进措施" if is_untold else f"{year}年的问题整改得如何"
    match = _OUTCOME.fullmatch(asked) or _LATER.fullmatch(asked)
    return _outcome(match["year"] or "", before) if match else ""


def _outcome(year: str, before: Query) -> str:
    """What became of the problems just told, as the report of `year` tells it where it is named."""
    newest = max(before.years, default=0)
    matter = _matter(before)
    if year and int(year) > newest:
        return f"{int(year) - 1}年{matter}的问题整改了吗"
    if len(before.years) == 1:
        return f"{newest}年{matter}的问题整改了吗"
    return f"{matter}问题的整改落实情况"


def _matter(before: Query) -> str:
    """What the problems just told were on (小程序), "" where they were all told."""
    words = "、".join(term.wordings[0] for term in topic_terms(before.topic))
    return words if len(words) <= LONGEST_MATTER else ""


def on_from(query: Query, before: Query, kind: Kind | None) -> Query:
    """The question with what it leaves out, of the one `kind` that its own words say it is."""
    if before.kind == "check" and _ON_FINDINGS.search(query.topic) and not query.measures:
        return replace(query, kind="check", question=f"{before.question}，{query.question}")
    if before.kind == "definition" and _BASIS.search(query.topic):
        return replace(
            query,
            kind="definition",
            topic=before.topic,
            question=f"{before.question}，{query.question}",
        )
    if before.measures and set(before.measures) <= _OF_PROPOSALS and _ALL_DONE.search(query.topic):
        return replace(query, kind="retrieval", topic="建议提案", measures=())
    nameless = before.kind == "lookup" and not any(m.cells or m.figures for m in before.measures)
    if nameless and kind == "retrieval" and _OUTCOME.fullmatch(query.topic.strip()):
        return replace(query, topic=before.topic)
    if kind == "lookup":
        names = query.unknown_agencies or query.agencies != before.agencies
        beside = before.topic if nameless and not names else ""
        query = replace(query, beside=beside)
        if TRAININGS in before.measures and not query.measures and _PEOPLE.search(query.topic):
            return replace(query, measures=(TRAINED,))
        if not (before.agencies or names or query.measures) and before.kind == "retrieval":
            return replace(query, topic=f"{before.topic}，{query.topic}")
        return of_the_fee_before(query, before)
    return of_the_matter_before(query, before) if kind == "retrieval" else query


def of_its_own(query: Query, before: Query) -> str:
    """那内容质量呢, after what is wrong with something was told, asks it of that; "" of nothing new."""
    told = before.kind == "retrieval" and _TELLS_PARTS.search(before.topic)
    own = _AND_OF.fullmatch(query.topic.strip("|，, "))
    if not (told and own and topic_terms(own["matter"])):
        return ""
    part = _TELLS_MEASURES.search(before.topic) or told
    return f"{own['matter']}，{part.group()}"


def of_the_fee_before(query: Query, before: Query) -> Query:
    """收了多少钱, after notices of the fee for information were spoken of, asks for that fee."""
    spoken_of = f"{before.question}，{before.topic}"
    if _FEE.search(spoken_of) and _COLLECTED.search(query.question):
        return replace(query, measures=(FEE_STATEMENT,))
    is_of_fee = _FEE.search(spoken_of) or before.measures in ((FEE_AMOUNT,), (FEE_STATEMENT,))
    asks = _HOW_MUCH.search(query.question) and not _OF_ADMINISTRATION.search(query.question)
    return replace(query, measures=(FEE_AMOUNT,)) if is_of_fee and asks else query


def of_the_matter_before(query: Query, before: Query) -> Query:
    """The question, of the matter that the one before asked every report about, if it names none."""
    told = before.kind == "retrieval" and not before.agencies and topic_terms(before.topic)
    names = query.unknown_agencies or query.measures
    if query.agencies and (_TELLS_PARTS.search(query.topic) or query.agencies == before.agencies):
        return query
    if not told or names or topic_terms(query.topic):
        return query
    if _TELLS_PARTS.search(before.topic) and _TELLS_PARTS.search(query.topic):
        matter = "、".join(term.wordings[0] for term in told)
        return replace(query, topic=f"{matter}，{query.topic}")
    return replace(query, topic=f"{before.topic}，{query.topic}")
