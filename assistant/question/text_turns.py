"""A question on the text that leaves out what the one before it was about.

Pure. 改了没有 asks what became of the problems just told; 存在什么问题, after what every report says
of one matter, asks of that matter.
"""

import re
from dataclasses import replace

from assistant.query import Query
from assistant.topics import topic_terms

_OUTCOME = re.compile(
    "(?:那|后来|最后|现在|如今|都|这些|它们?|到|问题|[,，])*"
    "(?:(?P<year>[12]\\d{3})年|次年|第二年|下一?年)?(?:都|已经?)?"
    "(?:改|整改|改正|改进|解决|落实|做到|改好|到位)(?:了|过|好了?|到位了?|完了?)*"
    "(?:吗|没有?|没|么|[呢?？])+"
)
_TELLS_PARTS = re.compile("问题|不足|短板|困难|毛病|缺点|改进|整改|措施|对策|怎么改|下一步")


def in_full(question: str, before: Query | None) -> str:
    """改了没有, after the problems of 2023 were told, as 2023年的问题整改了吗; else as it stands."""
    if before is None or before.kind != "retrieval" or not _TELLS_PARTS.search(before.topic):
        return question
    match = _OUTCOME.fullmatch(question.strip())
    if match is None:
        return question
    newest = max(before.years, default=0)
    if match["year"] and int(match["year"]) > newest:
        return f"{int(match['year']) - 1}年的问题整改了吗"
    return f"{newest}年的问题整改了吗" if len(before.years) == 1 else "问题的整改落实情况"


def of_the_matter_before(query: Query, before: Query) -> Query:
    """The question, of the matter that the one before asked every report about, if it names none."""
    told = before.kind == "retrieval" and not before.agencies and topic_terms(before.topic)
    names = query.agencies or query.unknown_agencies or query.measures
    if not told or names or topic_terms(query.topic):
        return query
    return replace(query, topic=f"{before.topic}，{query.topic}")
