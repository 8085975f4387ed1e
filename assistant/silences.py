"""Which reports do not speak of a matter, for a question that asks so (哪些单位没提到培训).

Every report in the scope is read whole: that a search finds nothing proves nothing. What is found
is said with its limit, since a report may have put the matter in other words. Pure but for reading.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.answer import Answer, Citation, Statement, Value, count_in_words
from assistant.inventory import entry_to_citation, refuse
from assistant.query import Query
from assistant.sentences import Sentence, report_to_sentences
from assistant.topics import Term, mention
from ingest.report import Report
from vectorstore.holdings import Entry
from vectorstore.library import Library

# Reading a report whole takes milliseconds; beyond this nobody would wait.
MOST_READ = 500
MOST_NAMED = 40
TOO_MANY = "要逐份通读才知道哪些写到、哪些没有，范围太大，请限定年度或单位再问。"
BY_WORDING = "\n（按字面和相近的说法逐份查找，换了写法的可能没有认出，请打开原文核对。）"
# A clause that denies speaks of all that was asked about.
LEAST_DENIED = 1.0

# 没写人大建议: that it had none is written
_UNWRITTEN = re.compile("(?:没有?|未)曾?(?:被?提|写|说|谈|讲|涉及|列)")
_CLAUSES = re.compile("[，,。；;：:]")
# 无独立门户网站 · 没有自建网站和公众号 · 未开通微博; not 无障碍, 无法
_NEGATION = re.compile(
    "(?:没有|尚未|暂未|并未|未|无(?![障法论关需偿力效序故])|不再)(?P<what>.{2,})"
)

_SILENT = re.compile(
    "(?:说|写|明确|承认)(?:明|了|过|自己)*(?:没有|未|无)|(?:没有?|未)曾?(?:再)?(?:在[^,，]{1,8}?[里中上])?(?:自建|独立|开通|开设|专门|专职|专人|配备|明确|聘|邀请|被?提|写|说|谈|讲|涉及|列|整改|改|开展|举办|组织|建|设|推|制定|落实|解决|做|搞|办|执行|实行|实施|采用|使用|成立|指定|安排|公众号|微信|微博|新媒体|网站|热线|客户端)"
    # 哪些单位没有培训
    "|(?:哪(?:些|几?[家个])(?:单位|部门|局|机关)?|谁)(?:\\d{2,4}年)?(?:还|都|从)?(?:没有?|未)(?!来|必|经)[一-龥]{2}"
)
_WHAT = "问题|困难|不足|内容|事项|措施|信息|工作|方面|制度|渠道"
_WHO = re.compile(
    f"哪(?:些|几[家个份]?|[家个份])(?!{_WHAT})|谁|几[家个份]|多少[家个份]|名单|有[没无]有?(?:哪家|单位|部门|局)"
)
# 哪年没提到培训, of one agency
_WHICH_YEAR = re.compile("哪一?年|哪几年|哪些年|哪个年度")
# 没有解决的问题有哪些
_WHICH_OF_WHAT = re.compile(f"的(?:{_WHAT})(?:都?有|是)?(?:哪|什么|几|多少)")


def asks_silence(query: Query) -> bool:
    """Whether it asks which of several agencies, or which year's report, does not speak of a thing."""
    asked = query.question
    if len(query.agencies) == 1 and _WHICH_YEAR.search(asked):
        return bool(_SILENT.search(asked))
    is_of_agencies = _WHO.search(asked) and not _WHICH_OF_WHAT.search(asked)
    return bool(len(query.agencies) != 1 and is_of_agencies and _SILENT.search(asked))


def denial(terms: Sequence[Term], report: Report) -> Sentence | None:
    """The sentence in which a report says that it has none of what these terms name, if any does."""
    for sentence in report_to_sentences(report):
        clauses = (_NEGATION.search(clause) for clause in _CLAUSES.split(sentence.text))
        denied = [match["what"] for match in clauses if match]
        if terms and any(mention(what, terms) >= LEAST_DENIED for what in denied):
            return None if sentence.gives_orders else sentence
    return None


def answer_silence(
    query: Query,
    entries: Sequence[Entry],
    matter: str,
    speaks: Callable[[Report], bool],
    denies: Callable[[Report], Sentence | None],
    library: Library,
) -> Answer:
    """The reports among `entries` that say they have no `matter`; else those that do not speak of it.

    That a report is silent is no proof, that it denies is.
    """
    if len(entries) > MOST_READ:
        return refuse(query.question, TOO_MANY, library, method="retrieval")
    reports = {entry.id: library.report(entry.id) for entry in entries}
    is_of_words = _UNWRITTEN.search(query.question)
    denying = (
        {}
        if is_of_words
        else {id: said for id, report in reports.items() if (said := denies(report))}
    )
    if denying:
        return _denied(query, denying, len(entries), matter)
    silent = [entry for entry in entries if not speaks(reports[entry.id])]
    named = silent[:MOST_NAMED]
    return Answer(
        query.question,
        (
            _finding(silent, len(entries), matter),
            Statement(BY_WORDING),
        ),
        "answered",
        "retrieval",
        tuple(Value(entry.agency, "", entry.agency, entry.year) for entry in silent),
        tuple(entry_to_citation(entry) for entry in named),
    )


def _denied(query: Query, denying: Mapping[str, Sentence], read: int, matter: str) -> Answer:
    """The reports that write of having none, quoted; of the others nothing is concluded."""
    sentences = tuple(denying.values())
    count = count_in_words(len(sentences))
    opening = f"查了{count_in_words(read)}份年报，写明没有的有{count}份："
    quotes = (
        Statement(f"\n{s.agency}{s.year}年：“{' '.join(s.text.split())}”", (index,))
        for index, s in enumerate(sentences)
    )
    rest = "\n（其余年报写到了，或者没有提；没有提的，不能据此认定没有。）"
    return Answer(
        query.question,
        (Statement(opening), *quotes, Statement(rest)),
        "answered",
        "retrieval",
        tuple(Value(s.agency, "", s.agency, s.year) for s in sentences),
        tuple(Citation(s.report_id, s.agency, s.year, s.place) for s in sentences),
    )


def _finding(silent: Sequence[Entry], read: int, matter: str) -> Statement:
    among = f"查了{count_in_words(read)}份年报，"
    if not silent:
        return Statement(f"{among}都写到了{matter}。")
    names = "、".join(f"{entry.agency}{entry.year}年" for entry in silent[:MOST_NAMED])
    more = "等" if len(silent) > MOST_NAMED else ""
    cited = tuple(range(min(len(silent), MOST_NAMED)))
    all_of = "都" if len(silent) == read else ""
    count = "" if all_of else f"的有{count_in_words(len(silent))}份"
    return Statement(f"{among}{all_of}没有找到写{matter}的句子{count}：{names}{more}。", cited)
