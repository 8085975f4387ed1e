"""What the sentences must be that answer a question on the text of reports. Pure.

A question asks for parts of section five (what is wrong, what is done about it), for things that a
sentence must speak of, for a contact, for the documents that a report stands on, or for what
section one says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.query import Query
from assistant.question.kinds import JUDGES, MEANING_ALONE
from assistant.question.outcomes import asks_outcome
from assistant.question.section_names import without_sections
from assistant.sentences import Part
from assistant.text_claims import without_counted
from assistant.topics import Term, topic_terms

_ASKS_PROBLEMS = re.compile(
    "问题|不足|短板|困难|薄弱|毛病|缺点|欠缺|不好的|做得(?:不好|不够|差)|承认|坦言|不够|不到位|不规范|不及时|不理想|偏[低弱少慢]"
)
_ASKS_MEASURES = re.compile(
    "改进|整改|措施|对策|举措|办法呢|怎么改|如何改|怎么补|如何补|下一步|打算|解决|(?:怎么|如何|怎样)(?:去|来)?(?:让|使得?|帮助?|保证|确保|避免|防止|应对|克服|弥补)|改(?:了|没改|没有|好|正|过)|有没有改|补齐|消除了?|缓解"
)
# 问题的改进措施: the problems are only what the measures answer.
_PROBLEMS_AS_OBJECT = re.compile(
    "(?:对|针对|就).{0,12}问题|问题(?:的|是|都|后来|现在|已经?)*(?:怎么|如何|怎样)?(?:整改|改进|解决|补齐|处理|消除|缓解|改)|(?:解决|改进|整改)[^,，。]{0,6}问题"
)
# 哪家没提上年问题: whether the report tells what became of them
_OF_LAST_YEAR = re.compile("(?:上一?年度?|去年)(?:的|度)?问题")
_SAYS = re.compile("提|写|说|谈")
_ASKS_WHO = re.compile(
    "哪些(?:单位|部门|机关|机构|局|报告|年报|区|县|市)|哪个|哪几?[家份个]|哪几|谁|几家|几个单位"
)
_ASKS_OVERVIEW = re.compile(
    "(?:发布|公开|公布|推送)(?:了|的是?)?(?:哪些|什么|啥)|公开的?(?:主要)?内容(?:有|是)|第一部分|亮点|特色|成效|介绍|概括|总结|概述|(?:主要|哪些|什么)工作|工作怎么样|工作情况|讲讲|说说"
)
_ASKS_CONTACT = re.compile(
    "(?<!接)(?<!听)(?<!个)(?<!少)电话|地址|邮箱|邮编|传真|联系方式|怎么联系|如何联系"
)
# 谁用电子邮箱把信息发给申请人: a way, not an address
_BY_WAY_OF = re.compile(
    "(?:用|通过|以|经|靠)(?:电子)?(?:邮箱|邮件|电话|传真)|(?:电话|邮箱|邮件|传真)(?:解释|答复|回复|通知|沟通|发送|发给|告知)"
)
# What each word for a contact asks for; 联系方式 asks for any.
_CONTACTS: Mapping[str, re.Pattern[str]] = {
    "电话": re.compile(r"(?:电话|传真|热线)\D{0,8}\d"),
    "地址": re.compile("地址|[路街][^，。]{0,6}号"),
    "邮编": re.compile(r"(?<!\d)\d{6}(?!\d)"),
    "邮箱": re.compile("@"),
    "传真": re.compile("传真"),
}
# 报告的法律依据是什么 · 引用了哪个文件
_ASKS_BASIS = re.compile(
    "(?:法律|编制|政策|文件|法规)依据|依据(?:的|了|是)*(?:什么|哪|啥)|根据(?:的|了|是)*(?:什么|哪|啥)"
    "|(?:参照|参考|依照)(?:的|了|是)*(?:什么|哪|啥)|引用(?:的|了|过)*(?:什么|哪|啥)|(?:按|依)照?(?:的|了|是)*(?:什么|哪个?)[^,，。]{0,4}(?:文件|规定|办法|条例)"
)
# 怎么处理重复网页: what is done, not that it was wrong
_ASKS_HOW = re.compile(
    "(?:怎么|如何|怎样|用什么办法)(?:去|来)?(?:处理|应对|对待|解决|治理|加强|提高|改善|改进|提升|补)"
)
_BASIS = re.compile(
    r"《[^》]*(?:条例|办法|规定|通知|要点|格式|法)[》〉]|[〔\[\uff3b（(]\s*\d{4}\s*[〕\]\uff3d）)]\s*\d+\s*号"
    "|(?:依据|根据|按照|依照)[^，。；]{0,16}(?:条例|办法|规定|通知)"
)

# 哪一年搞了档案数字化
_ASKS_WHEN_DONE = re.compile("(?:哪一?年|哪个年度)[^,，。]{0,12}(?:了|过|的)")
# 下一步将完成…
_PLAN = re.compile("下一步|今后|将(?:要|会|完成|建|开展|进一步|从|在|以)|拟|计划")

_PART_WORDS: Mapping[Part, str] = {
    "": "别的事",
    "problem": "存在的问题",
    "measure": "改进措施",
    "remedy": "上年问题的整改",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the sentences must be: of these parts of section five, on these terms, a contact.

    `basis` asks for the laws and documents that a report names. `overview` asks for what section
    one says, or the part that the question names, when nothing more particular is asked for.
    """

    parts: frozenset[Part]
    terms: tuple[Term, ...]
    contact: bool
    overview: bool = False
    basis: bool = False
    contacts: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.parts or self.terms or self.contact or self.overview or self.basis)

    def is_contact(self, text: str) -> bool:
        """Whether a sentence with a contact gives one that is asked for: 电话, not only 地址."""
        return not self.contacts or any(_CONTACTS[word].search(text) for word in self.contacts)

    @property
    def matter(self) -> str:
        """A name for what is looked for, in Chinese."""
        if self.contact:
            return "、".join(self.contacts) or "联系方式"
        if self.basis:
            return "所依据的法规和文件"
        parts = "、".join(_PART_WORDS[part] for part in sorted(self.parts))
        terms = "、".join(f"“{'／'.join(_in_words(term))}”" for term in self.terms)
        return "中".join(filter(None, (parts, terms))) or "主要工作"


def query_to_wanted(query: Query) -> Wanted:
    """What to look for, from the words of the question without its names and years."""
    words = query.topic or query.question
    if _ASKS_CONTACT.search(words) and not _BY_WAY_OF.search(words):
        asked = tuple(word for word in _CONTACTS if word in words)
        return Wanted(_parts(query, words), (), contact=True, contacts=asked)
    if _ASKS_BASIS.search(words):
        return Wanted(frozenset(), (), contact=False, basis=True)
    terms = topic_terms(without_counted(without_sections(words)))
    if MEANING_ALONE.search(words):
        terms = tuple(replace(term, exact=True) for term in terms)
    parts = _parts(query, words)
    asks_whole = bool(query.sections or _ASKS_OVERVIEW.search(words))
    is_of_some = bool(query.agencies or query.sections)
    overview = is_of_some and asks_whole and not (parts or terms)
    return Wanted(parts, terms, contact=False, overview=overview)


def _in_words(term: Term) -> tuple[str, ...]:
    """The wordings that hold no number: one that the question does not name would be a claim."""
    return tuple(w for w in term.wordings if not any(c.isdigit() for c in w)) or term.wordings


def asks_who(query: Query) -> bool:
    """Whether the agencies that speak of something are asked for, not merely what is said."""
    return bool(_ASKS_WHO.search(query.topic or query.question))


def asks_how(query: Query) -> bool:
    """Whether it asks what is done about something, not whether it is wrong."""
    return bool(_ASKS_HOW.search(query.topic or query.question))


def asks_when_done(query: Query) -> bool:
    """Whether it asks in which year something was done, which no plan tells."""
    return bool(_ASKS_WHEN_DONE.search(query.question))


def is_plan(text: str) -> bool:
    """Whether a sentence tells what is yet to be done."""
    return bool(_PLAN.search(text))


def judgement(query: Query) -> str:
    """The superlative by which agencies are to be told apart (最具体), "" where there is none."""
    match = JUDGES.search(query.topic or query.question)
    return match[0] if match and asks_who(query) else ""


def names_document(text: str) -> bool:
    """Whether a sentence names a law, a notice or the number of a document."""
    return bool(_BASIS.search(text))


def part_in_words(part: Part) -> str:
    """What a sentence of this part tells, in Chinese."""
    return _PART_WORDS[part]


def _parts(query: Query, words: str) -> frozenset[Part]:
    """The parts of section five that are asked for, none when the question is not about them."""
    if "第五部分" in words:
        return frozenset({"problem", "measure", "remedy"})
    if _OF_LAST_YEAR.search(query.question) and _SAYS.search(words):
        return frozenset({"remedy"})
    if asks_outcome(query.question):
        return frozenset({"remedy"})
    if _ASKS_MEASURES.search(words):
        if _PROBLEMS_AS_OBJECT.search(words) or not _ASKS_PROBLEMS.search(words):
            return frozenset({"measure", "remedy"})
        return frozenset({"problem", "measure", "remedy"})
    return frozenset({"problem"}) if _ASKS_PROBLEMS.search(words) else frozenset()
