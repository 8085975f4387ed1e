"""The sentences behind a number: why it is what it is, or the nearest where no figure gives it."""

import re

from assistant.answer import Answer
from assistant.query import Query
from assistant.question.kinds import COUNTS
from assistant.question.units import without_counts
from assistant.retrieval import MOST_QUOTES_PER_REPORT, quote, read_reports, share_of
from assistant.sentences import report_to_sentences
from assistant.topics import topic_terms
from vectorstore.library import Library

# A sentence quoted in place of a number speaks of nearly all that was asked about; where several
# numbers were asked for, each may stand in a sentence of its own.
MOSTLY = 0.6
OF_SEVERAL = 0.5
_MEASURE_WORDS = "[万亿千百]?[余多]?(?:工作日|[件条次人名期场个项份家篇轮天册处户张部元页届位]|%)"
_NUMERAL = re.compile(rf"(?:\d|[一二两三四五六七八九十百千]){_MEASURE_WORDS}")
# 增量主要来自…, 主要是推行…所致
_CAUSE = re.compile(
    "原因|反映出|[与和][^，。]{1,10}有关|均因|由于|因为|主要(?:是|来自|集中)|来自|源于|得益于|所致|导致|影响|压力大"
)
_MATTER = re.compile(
    "不予公开|无法提供|纠正|申请|复议|诉讼|许可|处罚|强制|收费|文件|主动公开|建议|提案|培训|访问|用户|信息"
)


def causes(query: Query, library: Library) -> Answer | None:
    """The sentences that give a reason for the numbers asked about, None where there are none."""
    matters = {word for measure in query.measures for word in _MATTER.findall(measure.name)}
    found = [
        sentence
        for report in read_reports(query, library).values()
        for sentence in report_to_sentences(report)
        if not sentence.gives_orders
        and _CAUSE.search(sentence.text)
        and any(matter in sentence.text for matter in matters - {"信息"})
    ]
    return quote(query, found) if found else None


def with_numbers(query: Query, library: Library) -> Answer | None:
    """The sentences with a number that speak of what is asked, where no figure of the text does.

    Where it was asked whether there was any, those without a number too.

    None where there are none: what is quoted is near the question and may not be its answer.
    """
    terms = topic_terms(without_counts(query.topic or query.question))
    if not terms:
        return None
    # 有培训吗 is answered by any sentence on it.
    needs_number = query.operation != "exists" or bool(query.claims)
    several = len(COUNTS.findall(query.question)) > 1
    weighed = [
        (share_of(sentence, terms), sentence)
        for report in read_reports(query, library).values()
        for sentence in report_to_sentences(report)
        if not (sentence.gives_orders or sentence.is_heading)
        and (not needs_number or _NUMERAL.search(sentence.text))
    ]
    best = max((share for share, _ in weighed), default=0.0)
    least = max(OF_SEVERAL if several else MOSTLY, best if best == 1.0 else 0.0)
    found = [sentence for share, sentence in weighed if share >= least]
    return quote(query, found[:MOST_QUOTES_PER_REPORT]) if found else None
