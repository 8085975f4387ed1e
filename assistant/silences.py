"""Which reports do not speak of a matter, for a question that asks so (哪些单位没提到培训).

Every report in the scope is read whole: that a search finds nothing proves nothing. What is found
is said with its limit, since a report may have put the matter in other words. Pure but for reading.
"""

import re
from collections.abc import Callable, Sequence

from assistant.answer import Answer, Statement, Value, count_in_words
from assistant.inventory import entry_to_citation, refuse
from assistant.query import Query
from ingest.report import Report
from vectorstore.holdings import Entry
from vectorstore.library import Library

# Reading a report whole takes milliseconds; beyond this nobody would wait.
MOST_READ = 500
MOST_NAMED = 40

_SILENT = re.compile(
    "(?:没有?|未)曾?(?:被?提|写|说|谈|讲|涉及|列|整改|改|开展|举办|组织|建|设|推|制定|落实|解决|做|搞|办)"
)
_WHAT = "问题|困难|不足|内容|事项|措施|信息|工作|方面|制度|渠道"
_WHO = re.compile(
    f"哪(?:些|几[家个份]?|[家个份])(?!{_WHAT})|谁|几[家个份]|多少[家个份]|名单|有[没无]有?(?:哪家|单位|部门|局)"
)
# 没有解决的问题有哪些
_WHICH_OF_WHAT = re.compile(f"的(?:{_WHAT})(?:都?有|是)?(?:哪|什么|几|多少)")


def asks_silence(query: Query) -> bool:
    """Whether it asks which of several agencies do not speak of something."""
    asked = query.question
    is_of_agencies = _WHO.search(asked) and not _WHICH_OF_WHAT.search(asked)
    return bool(len(query.agencies) != 1 and is_of_agencies and _SILENT.search(asked))


def answer_silence(
    query: Query,
    entries: Sequence[Entry],
    matter: str,
    speaks: Callable[[Report], bool],
    library: Library,
) -> Answer:
    """The reports among `entries` of which `speaks` is false; `matter` is what they are silent on."""
    if len(entries) > MOST_READ:
        sentence = "要逐份通读才知道哪些没有写到，范围太大，请限定年度或单位再问。"
        return refuse(query.question, sentence, library, method="retrieval")
    silent = [entry for entry in entries if not speaks(library.report(entry.id))]
    named = silent[:MOST_NAMED]
    return Answer(
        query.question,
        (
            _finding(silent, len(entries), matter),
            Statement("\n（按字面和相近的说法逐份查找，换了写法的可能没有认出，请打开原文核对。）"),
        ),
        "answered",
        "retrieval",
        tuple(Value(entry.agency, "", entry.agency, entry.year) for entry in silent),
        tuple(entry_to_citation(entry) for entry in named),
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
