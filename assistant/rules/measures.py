"""Rules on part five, whether what is to be improved answers what is wrong.

Problems and measures are compared by what they are about (timeliness, staff, forms, …), never by
their words; one that is about nothing known here is not judged.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from assistant.rules.rule import Finding, Outcomes, Undecided, rule
from assistant.rules.texts import (
    Sentence,
    clipped,
    heading_evidence,
    quote_evidence,
    section_to_sentences,
)
from ingest.report import Report, Section

TOPICS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "公开时效": re.compile(
            r"及时|时效|实时|按时|更新|延迟|滞后|拖延|时限|限时|逐[月日周季]|按[月周季]"
        ),
        "人员业务": re.compile(r"人员|人手|队伍|培训|业务水平|业务能力|专职|专人|学习|新入职|骨干"),
        "公开形式": re.compile(r"形式|方式|解读|图解|单一|多样|渠道|载体|新媒体|公众号|视频|图文"),
        "思想认识": re.compile(r"意识|认识|思想|重视|主动性|积极性"),
        "平台栏目": re.compile(r"平台|网站|栏目|专栏|网页|链接"),
        "制度机制": re.compile(r"制度|机制|流程|审核|考核|监督|督导|督查|通报|台账|责任"),
        "公开内容": re.compile(r"内容|质量|全面|深度|广度|精准|规范|实用|领域|完整"),
        "公众参与": re.compile(r"宣传|知晓|参与|互动|群众|公众|企业|回应"),
        "答复办理": re.compile(r"答复|依申请|办理|申请人|文书"),
    }
)
"""What problems and measures are about, in the words of reports."""

# 改进情况： （二）改进措施 下一步: where the part on problems ends.
IMPROVEMENT_HEAD = re.compile(
    r"(?:^|\n)[ \t\u3000]*(?:[（(]?[二2][）)、.\uff0e]?[ \t]*)?(?:下一步)?(?:改进|整改)(?:情况|措施|打算)|下一步|对策[:：]"
)
# 一是  二是  第三，  1.  2、 at the start of an item
ITEM = re.compile(r"[一二三四五六七八]是|第[一二三四五六七八][，,]|(?:^|\n)\s*[1-9][.、\uff0e]")
# A sentence that says what is lacking; one that looks back on last year's problem does not.
_LACKING = re.compile(
    r"不够|有待|还需|不足|不强|不高|欠缺|薄弱|滞后|单一|不及时|不全面|不完善|偏少|短板|参差"
)
_LAST_YEAR = re.compile(r"20\d{2}年(?:度)?(?:.{0,12})(?:暴露|提出|存在|指出)|上(?:一)?年|去年")


@rule("S119", "measure-answers-no-problem", "notice")
def measure_answers_no_problem(report: Report) -> Outcomes:
    """有的问题没有对应的改进措施，或改进措施答非所问。

    为什么: 改进要对应问题；写的是及时性，改的是宣传，问题就没有着落。

    依据: 条例第五十条第（四）项“存在的主要问题及改进情况”。

    反例::

        sections:
          5: |
            一是信息更新滞后。二是专职人员偏少。
            改进情况：一是逐月更新栏目，限时上网。二是丰富图解、视频等解读形式。

    正例::

        sections:
          5: |
            一是信息更新滞后。二是专职人员偏少。
            改进情况：一是逐月更新栏目，限时上网。二是增加一名专职人员并开展培训。

    处理: 针对每个问题写改进措施；与所列问题无关的措施，补写它针对的问题或删去。
    """
    section = report.section(5)
    if section is None:
        yield Undecided("没有第五部分，无法比对问题与改进。")
        return
    head = IMPROVEMENT_HEAD.search(section.text)
    if head is None:
        return
    problems = [s for s in _items(section, 0, head.start()) if is_problem(s)]
    measures = list(_of_this_year(_items(section, head.start(), len(section.text))))
    answered = {topic for measure in measures for topic in _topics(measure)}
    unanswered = [p for p in problems if answered and _topics(p) and not _topics(p) & answered]
    for problem in unanswered:
        yield Finding(
            f"问题“{clipped(problem.text)}”没有对应的改进措施。",
            (quote_evidence(problem), heading_evidence(section)),
        )
    if len(problems) == 1 and not unanswered and _marks(section, head.start()) <= 1:
        yield from _beside_the_point(problems[0], measures)


def _beside_the_point(problem: Sentence, measures: list[Sentence]) -> Iterator[Finding]:
    """The measures that are about something else than the only problem."""
    topics = _topics(problem)
    for measure in measures:
        about = _topics(measure)
        if topics and about and not topics & about:
            yield Finding(
                f"只提了一个问题（{'、'.join(sorted(topics))}），这条措施说的是"
                f"{'、'.join(sorted(about))}：{clipped(measure.text)}",
                (quote_evidence(measure), quote_evidence(problem)),
            )


def _items(section: Section, start: int, end: int) -> list[Sentence]:
    """The sentences between two places of a part."""
    return [s for s in section_to_sentences(section) if start <= s.start < end]


# 上年问题整改情况：  去年指出的更新不及时问题，已…; not 较上年
_MENDED_SINCE = re.compile(
    r"(?<![较比同与和])(?:上一?年|去年|往年)[^。;]{0,30}(?:问题|不足|整改|指出|短板)"
)
_HEAD = re.compile(r"[(（]?[一二三四五六][)）、]|下一步")


def _of_this_year(items: list[Sentence]) -> Iterator[Sentence]:
    """The sentences less those on last year's problems and those under a heading that is."""
    under_last_year = False
    for item in items:
        mended = bool(_MENDED_SINCE.search(item.bare))
        if _HEAD.match(item.bare):
            under_last_year = mended
        if not mended and not under_last_year:
            yield item


def _marks(section: Section, end: int) -> int:
    """How many of 一是, 二是, … stand before a place."""
    return sum(1 for _ in ITEM.finditer(section.text, 0, end))


def is_problem(sentence: Sentence) -> bool:
    """Whether a sentence says what is lacking now, not what last year's problem was."""
    return bool(_LACKING.search(sentence.bare)) and not _LAST_YEAR.search(sentence.bare)


def _topics(sentence: Sentence) -> set[str]:
    return {name for name, pattern in TOPICS.items() if pattern.search(sentence.bare)}
