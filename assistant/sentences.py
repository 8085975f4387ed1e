"""A report's text as quotable sentences, each with its place, letter for letter.

Section five is told apart into what is wrong and what is done about it, whether the writer put
headings there or not. Sentences that order a reader's program about are recognised, so that they
are neither quoted as an answer nor shown to a model. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ingest.characters import for_matching
from ingest.report import Place, Report, Section
from ingest.sentences import sentence_spans

Part: TypeAlias = Literal["", "problem", "measure", "remedy"]
"""What a sentence of section five tells: what is wrong, what is done about it, what became of what
was wrong the year before. Sentences of other sections have no part."""

PROBLEMS_SECTION = 5
# A heading has no full stop: （一）主要问题
LONGEST_HEADING_CHARACTERS = 20

_NUMBERING = r"^\s*[（(]?[一二三四五六七八九十\d]{0,3}[）)、.\uff0e]?\s*"
# A heading has no clauses.
_WORD = r"[^\s，,、：:；;。]"
# （一）主要问题。 · 存在的不足： · (二) 改进情况
_PROBLEM_HEADING = re.compile(
    _NUMBERING + rf"(?:(?:主要|存在){_WORD}{{0,6}})?(?:问题|不足|困难)(?:情况|方面)?[。：:]?$"
)
_MEASURE_HEADING = re.compile(
    _NUMBERING
    + rf"(?:主要)?(?:改进|整改|下一步)(?:{_WORD}{{0,8}}(?:情况|措施|打算|方向|安排|计划|举措|办法|思路|对策|方面))?[。：:]?$"
    + "|下一步工作[：:]?$"
)
# 问题：… · 一、问题方面：… · 不足之处：…
_PROBLEM_OPENING = re.compile(
    _NUMBERING + r"(?:主要|存在的?)?(?:问题|不足)(?:[一二三四五]|方面|之处)?[：:]"
)
# 下一步，我局将… · 改进情况：一是… · 对策：… · 针对上述问题… · 2023年起，将…
_MEASURE_OPENING = re.compile(
    _NUMBERING
    + r"(?:下一?步|今后|改进|整改|对策|针对|为此|将从以下|我局将|将进一步|\d{4}年起，?将)"
)
# 对于2023年度…暴露出来的问题，2024年度我局… · 上年提出的两个问题均已解决。
_LAST_YEARS = re.compile(
    r"(?:\d{4}\s*年度?|上一?年度?|去年)[^。]{0,40}(?:问题|不足)[^。]*"
    r"(?:公开|完成|整改|改进|解决|落实|补齐|改善|缓解|好转|改观|消除|化解|销号|改[为成用]|已经?改)"
)
# 针对上年提出的“栏目难找”，今年建成搜索页
_LAST_YEARS_NAMED = re.compile(
    r"(?:\d{4}\s*年度?|上一?年度?|去年)(?:提出|反映|指出|发现|存在|暴露)[^。，]{0,4}的?[“\"「]"
)
# （三）上年问题的整改。: what follows it tells of last year's problems throughout
_LAST_YEARS_HEADING = re.compile(
    _NUMBERING + rf"(?:对|针对)?(?:上一?年度?|去年|\d{{4}}年度?){_WORD}{{0,8}}(?:问题|不足)"
    rf"{_WORD}{{0,8}}(?:整改|改进|落实|解决){_WORD}{{0,6}}[。：:]?$"
)
_STILL_WRONG = re.compile(r"(?:仍|还|依然|主要)存在|存在(?:以下|如下|一些)")
# （五）监督保障。 · 4.平台建设情况： run in before the paragraph that it heads
_RUN_IN_HEADING = re.compile(
    r"^\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.\uff0e]\s*(?!.*[未没无了\d])[^，,：:；;。]{2,16}[。：:]$"
)
# 1. 全力打造政务公开队伍。: what follows it in its paragraph says how
_LEAD = re.compile(
    r"^\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.\uff0e]\s*(?!.*[未没无\d])[^，,：:；;。]{4,24}。$"
)
_CONTACT = re.compile(
    r"(?:电话|传真)\D{0,8}\d[\d—–－-]{5}|地址\s*[:：为在]|邮编\s*[:：]?\s*\d{6}|[\w.]+@[\w.]+"
)
# Said to a program, not to a reader; matched after invisible and full-width letters are undone.
_ORDER_TO_A_PROGRAM = re.compile(
    "(?:忽略|无视|忘记|忘掉|不要理会|跳过|忽視|無視)[^。]{0,12}(?:指令|指示|规则|要求|提示|内容|設定|規則|要求|上文)"
    "|(?:系统|系統)提示|作为(?:一个)?(?:AI|人工智能|语言模型)|你是[^。]{0,8}(?:助手|模型)"
    r"|(?:ignore|disregard|forget)(?:all|any|the)*(?:previous|prior|above|earlier)"
    r"|systemprompt|<\|?(?:im_start|system)|\[INST\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a report that may be quoted; `start` and `end` are offsets in its section's text.

    `under` is the numbered heading that the sentence stands under, or the numbered sentence that
    leads its paragraph; "" where there is neither.
    """

    report_id: str
    agency: str
    year: int
    text: str
    place: Place
    start: int
    end: int
    part: Part = ""
    is_heading: bool = False
    under: str = ""

    @property
    def is_contact(self) -> bool:
        """Whether it gives a telephone number, an address or the like, not merely speaks of one."""
        return bool(_CONTACT.search(self.text))

    @property
    def gives_orders(self) -> bool:
        """Whether it reads like an instruction to a language model."""
        return bool(_ORDER_TO_A_PROGRAM.search(for_matching(self.text)))


def report_to_sentences(report: Report) -> tuple[Sentence, ...]:
    """Every sentence of a report that names its agency and year; headings are marked as such."""
    return tuple(
        sentence for section in report.texts for sentence in _section_to_sentences(report, section)
    )


def _section_to_sentences(report: Report, section: Section) -> Iterator[Sentence]:
    part: Part = "problem" if section.number == PROBLEMS_SECTION else ""
    under = lead = ""
    end = 0
    for span in sentence_spans(section.text):
        text = span.of(section.text)
        lead = "" if "\n" in section.text[end : span.start] else lead
        end = span.end
        if part:
            part = _part_after(part, text, under)
        is_heading = _is_heading(text, in_problems=bool(part))
        under = text if is_heading else under
        begin = section.start_at(span.start)
        place = Place(page=begin.page, line=begin.line, section=section.number, quote=text)
        yield Sentence(
            report.id, report.agency or "", report.year or 0, text, place,
            span.start, span.end, part, is_heading, lead or under,
        )  # fmt: skip
        if part and _LEAD.search(text):
            lead = text


def _part_after(part: Part, text: str, under: str) -> Part:
    """What a sentence of section five tells, when the one before it told `part`."""
    turns = any(p.search(text) for p in (_PROBLEM_HEADING, _MEASURE_HEADING, _STILL_WRONG))
    if _LAST_YEARS_HEADING.search(text) or (_LAST_YEARS_HEADING.search(under) and not turns):
        return "remedy"
    if _LAST_YEARS_NAMED.search(text) or (
        _LAST_YEARS.search(text) and not _MEASURE_OPENING.search(text)
    ):
        return "remedy"
    if _PROBLEM_HEADING.search(text) or _PROBLEM_OPENING.search(text):
        return "problem"
    if _MEASURE_HEADING.search(text) or _MEASURE_OPENING.search(text):
        return "measure"
    if _STILL_WRONG.search(text):
        return "problem"
    return "measure" if part == "remedy" else part


def _is_heading(text: str, *, in_problems: bool) -> bool:
    """Whether a line or a run-in sentence only says what follows; a numbered problem is none."""
    if any(h.search(text) for h in (_PROBLEM_HEADING, _MEASURE_HEADING, _LAST_YEARS_HEADING)):
        return True
    if not in_problems and _RUN_IN_HEADING.search(text):
        return True
    return len(text) <= LONGEST_HEADING_CHARACTERS and text[-1] not in "。！？!?；;：:”）)"


def joined(report: Report, sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The sentences with those that follow one another in a paragraph, on one subject, made one."""
    whole: list[Sentence] = []
    for sentence in sentences:
        before = whole[-1] if whole else None
        if before and _continues(report, before, sentence):
            whole[-1] = _merged(report, before, sentence)
        else:
            whole.append(sentence)
    return tuple(whole)


def _continues(report: Report, before: Sentence, after: Sentence) -> bool:
    if before.place.section != after.place.section or before.part != after.part:
        return False
    between = _text(report, before)[before.end : after.start]
    return not between.strip() and "\n" not in between


def _merged(report: Report, first: Sentence, last: Sentence) -> Sentence:
    text = _text(report, first)[first.start : last.end]
    place = Place(
        page=first.place.page, line=first.place.line, section=first.place.section, quote=text
    )
    return Sentence(
        first.report_id, first.agency, first.year, text, place, first.start, last.end,
        first.part, False, first.under,
    )  # fmt: skip


def _text(report: Report, sentence: Sentence) -> str:
    section = report.section(sentence.place.section or 0)
    return section.text if section else ""
