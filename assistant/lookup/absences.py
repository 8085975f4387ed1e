"""Whether a report really leaves out a figure of its text, or only states it unread.

The invariant: a report is not said to leave out what one of its sentences may state.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.inventory import entry_to_citation
from assistant.lookup.own_figures import UNIT_FAMILIES
from assistant.lookup.readings import Reading
from assistant.measure import Measure
from ingest.characters import for_matching
from ingest.report import Place, Report, Section
from ingest.sentences import sentence_spans
from vectorstore.library import Library

# Figures, and the words without which a sentence does not speak of their subject.
_CLUES: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset(["培训人数", "培训次数"]), re.compile("培训|轮训")),
    (frozenset(["微信公众号信息"]), re.compile("公众号|微信")),
    (frozenset(["关注用户"]), re.compile("关注|粉丝|订阅")),
    (frozenset(["网站信息"]), re.compile("网站|门户")),
    (frozenset(["主动公开信息"]), re.compile("公开.*信息|发布.*信息|信息.*(?:公开|发布)")),
    (frozenset(["人大建议"]), re.compile("建议")),
    (frozenset(["政协提案"]), re.compile("提案")),
    (frozenset(["政策解读"]), re.compile("解读")),
    (frozenset(["回应热点"]), re.compile("回应|热点|关切")),
    (frozenset(["新闻发布会"]), re.compile("发布会")),
    (frozenset(["办结率"]), re.compile("办结率")),
    (frozenset(["答复率"]), re.compile("答复率")),
    (frozenset(["满意度"]), re.compile("满意")),
    (frozenset(["信息处理费"]), re.compile("处理费|收费通知")),
)


def with_like_sentences(readings: Sequence[Reading], library: Library) -> list[Reading]:
    """The readings, those called unstated checked against the text for a sentence that may state it."""
    return [
        _with_like_sentence(reading, library.report(reading.entry.id))
        if reading.state == "unstated" and reading.measure.aspect == "figure"
        else reading
        for reading in readings
    ]


def _with_like_sentence(reading: Reading, report: Report) -> Reading:
    found = next(_nearby(reading.measure, report), None)
    if found is None:
        return reading
    section, sentence = found
    citation = replace(
        entry_to_citation(reading.entry), place=Place(section=section.number, quote=sentence)
    )
    return replace(reading, state="unclear", quoted=(citation,), excerpts=(sentence,))


def _nearby(measure: Measure, report: Report) -> Iterator[tuple[Section, str]]:
    """Sentences on a measure's subject with a number in its unit, for want of a figure of its own.

    Not every number of a text is read with its name, so a report is never said to leave out what
    such a sentence may state.
    """
    clue = next((clue for names, clue in _CLUES if names & set(measure.figures)), None)
    if clue is None:
        return
    families = (family for family in UNIT_FAMILIES if measure.unit in family)
    units = sorted(set().union([measure.unit], *families), key=len, reverse=True)
    counted = re.compile(rf"\d[万余多]*(?:{'|'.join(map(re.escape, units))})")
    for section in report.texts:
        for start, end in sentence_spans(section.text):
            sentence = section.text[start:end].strip()
            plain = for_matching(sentence)
            if clue.search(plain) and counted.search(plain):
                yield section, sentence
