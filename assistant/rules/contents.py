"""Rules on what the parts of a report must say: the five heads, the fee statement, the problems."""

import re
from collections.abc import Iterator

from assistant.rules.measures import IMPROVEMENT_HEAD, ITEM, is_problem
from assistant.rules.rule import Finding, Outcomes, Undecided, rule
from assistant.rules.texts import (
    heading_evidence,
    quote_evidence,
    section_to_sentences,
    sentences,
    words_evidence,
)
from ingest.characters import for_matching
from ingest.forms import FIRST_YEAR_OF_2021_FORM
from ingest.outline import SUBHEADS, SubheadForm
from ingest.report import Report, Section


@rule("S105", "subhead-not-covered", "warning")
def subhead_not_covered(report: Report) -> Outcomes:
    """总体情况没有写全五个方面。

    为什么: 总体情况应综述主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面。

    依据: 国办公开办函〔2021〕30号“（一）总体情况”。

    反例::

        sections:
          1: |
            （一）主动公开。全年发布信息8条。
            （二）依申请公开。全年收到申请1件。
            （三）政府信息管理。信息发布前逐级审核。
            （五）监督保障。举办培训1期。

    正例::

        sections:
          1: |
            （一）主动公开。全年发布信息8条。
            （二）依申请公开。全年收到申请1件。
            （三）政府信息管理。信息发布前逐级审核。
            （四）政府信息公开平台建设。网站增设栏目2个。
            （五）监督保障。举办培训1期。

    处理: 补写缺少的方面，本年没有开展的如实说明。
    """
    section = report.section(1)
    if section is None:
        yield Undecided("没有第一部分，无法判断五个方面是否写全。")
        return
    heads = _subheads(section)
    text = for_matching(section.text)
    for form in SUBHEADS:
        if not _is_covered(form, heads, text):
            yield Finding(
                f"总体情况没有“{form.heading}”方面的小标题或内容。",
                (heading_evidence(section),),
                expected=form.heading,
            )


# （三）内容审核。 or 2.依申请公开情况： at the start of a line, up to its full stop or colon.
_SUBHEAD = re.compile(
    r"^[ \t\u3000]*(?:[（(][一二三四五六七八][）)]|[1-9][.\uff0e、])[ \t]*([^。：:\n；;]{2,40})",
    re.MULTILINE,
)


def _subheads(section: Section) -> tuple[str, ...]:
    return tuple(for_matching(match[1]) for match in _SUBHEAD.finditer(section.text))


# 收到申请12件, in a text without heads
_APPLICATIONS = re.compile(r"(?:收到|受理|新收|接到)[^,。;]{0,14}申请")


def _is_covered(form: SubheadForm, heads: tuple[str, ...], text: str) -> bool:
    """Whether a head names it or, where the text has hardly any heads, its key words occur."""
    names = (form.heading, *form.variants, *form.keywords)
    if any(name in head for head in heads for name in names):
        return True
    if form.heading == "依申请公开" and not heads and _APPLICATIONS.search(text):
        return True
    return len(heads) < len(SUBHEADS) - 2 and any(word in text for word in form.keywords)


# 未收取信息处理费; in section six also 未发生收费, which can mean nothing else there.
_FEE_STATEMENT = re.compile(r"处理费")
_FEE_STATEMENT_IN_SIX = re.compile(r"处理费|收费|收取[^,。;]{0,6}费用")


@rule("S106", "fee-statement-missing", "error")
def fee_statement_missing(report: Report) -> Outcomes:
    """没有报告政府信息公开信息处理费的收取情况。

    为什么: 信息处理费自2021年起施行，收取情况（包括没有收取）应纳入年度报告，接受社会监督。

    依据: 国办函〔2020〕109号《政府信息公开信息处理费管理办法》，自2021年1月1日起施行。

    反例::

        sections:
          6: 本机关没有其他需要报告的事项。

    正例::

        sections:
          6: 本年度没有发出收费通知，未收取信息处理费。

    处理: 在第六部分写明发出收费通知的件数和总金额、实际收取的总金额；没有收取的写明“未收取信息处理费”。
    """
    if report.year is None:
        yield Undecided("没有认出年度，无法判断是否应当报告信息处理费。")
        return
    if report.year < FIRST_YEAR_OF_2021_FORM:
        return
    if not report.texts:
        yield Undecided("没有读到正文。")
        return
    stated = [s for s in sentences(report) if _FEE_STATEMENT.search(s.bare)]
    stated += [s for s in sentences(report, 6) if _FEE_STATEMENT_IN_SIX.search(s.bare)]
    section = report.section(6)
    if not stated:
        place = (heading_evidence(section),) if section else ()
        yield Finding("全文没有说明信息处理费的收取情况（没有收取也应说明）。", place)
    elif section is not None and all(s.section.number != 6 for s in stated):
        yield Finding(
            "信息处理费的收取情况没有写在第六部分。",
            (quote_evidence(stated[0]),),
            severity="notice",
        )


# A section that says nothing: 无。 没有其他需要报告的事项。 本机关无其他需要报告的事项
_NOTHING = re.compile(
    r"(?:本?(?:机关|单位|局|年度?|我[局委办]))*(?:暂|均)?(?:无|没有)(?:其他|其它)?(?:需要?)?(?:报告|说明)?的?(?:其他|其它)?(?:事项|情况)?"
)


@rule("S107", "section-six-says-nothing", "error")
def section_six_says_nothing(report: Report) -> Outcomes:
    """第六部分是空的，或只写了“无”。

    为什么: 2021年度起第六部分至少要报告信息处理费的收取情况，不会是“无”。

    依据: 国办函〔2020〕109号；条例第五十条第（五）项。

    反例::

        sections:
          6: 无。

    正例::

        sections:
          6: 本年度未收取信息处理费。

    处理: 写明信息处理费收取情况和其他应当报告的事项。
    """
    section = report.section(6)
    if section is None or report.year is None or report.year < FIRST_YEAR_OF_2021_FORM:
        return
    text = for_matching(section.text).strip("。.")
    if not text or _NOTHING.fullmatch(text):
        said = f"只写了“{text}”" if text else "没有内容"
        evidence = (
            words_evidence(section, section.text.strip()) if text else heading_evidence(section)
        )
        yield Finding(f"第六部分{said}。", (evidence,), actual=text)


# A problem that says what is wrong with what takes more than this; 将乐 2023 wrote twelve.
LEAST_SENTENCE_CHARACTERS = 20
LEAST_PROBLEM_CHARACTERS = 40
# General words without any object are perfunctory up to this length; 薛城 2023 wrote ninety.
LEAST_VAGUE_WORDS = 2
MOST_VAGUE_CHARACTERS = 120
_IMPROVEMENT = re.compile(r"改进|下一步|整改|措施|今后|对策|打算|计划|将|针对")


@rule("S108", "problems-perfunctory", "error")
def problems_perfunctory(report: Report) -> Outcomes:
    """第五部分是空的，或对问题、改进一带而过。

    为什么: 问题要具体，改进要对应；敷衍塞责、内容雷同造成不良后果的要追究责任。

    依据: 条例第四十七条、第五十条第（四）项；国办公开办函〔2021〕30号“（四）明确责任”。

    反例::

        sections:
          5: |
            （一）主要问题
            信息公开还不够及时。
            （二）改进措施
            加强学习。

    正例::

        sections:
          5: |
            （一）主要问题
            一是公共数据目录更新滞后，抽查的四十个条目中有九个超过一个季度没有核对，群众来电询问三次才更正。
            二是政策解读以文字为主，全年八件重要文件只有一件配发图解，企业反映看不懂申报条件。
            （二）改进情况
            建立目录按月核对台账；今后每件重要文件都配发图解。

    处理: 写出本年度具体的问题（对象、数量、事例）和逐条对应的改进措施，并说明上年问题的整改结果。
    """
    section = report.section(5)
    if section is None:
        yield Undecided("没有第五部分。")
        return
    text = for_matching(section.text)
    if not text:
        yield Finding("第五部分没有内容。", (heading_evidence(section),))
        return
    yield from _perfunctory(section, text)


def _perfunctory(section: Section, text: str) -> Iterator[Finding]:
    if not _IMPROVEMENT.search(text):
        yield Finding("第五部分没有写改进情况。", (heading_evidence(section),), severity="warning")
    head = IMPROVEMENT_HEAD.search(section.text)
    problems = section.text[: head.start()] if head else section.text
    yield from _single_and_vague(problems, section)
    body = "".join(
        s.bare for s in section_to_sentences(Section(5, "", problems)) if s.text[-1:] in "。！？；;"
    )
    vague = sum(body.count(word) for word in _VAGUE_WORDS)
    concrete = _CONCRETE.search(body)
    is_vague = vague >= LEAST_VAGUE_WORDS and len(body) < MOST_VAGUE_CHARACTERS
    is_short = len(body) < LEAST_PROBLEM_CHARACTERS
    if len(body) < LEAST_SENTENCE_CHARACTERS or ((is_vague or is_short) and not concrete):
        quote = problems.strip() or section.heading
        yield Finding(
            f"第五部分写问题只有{len(body)}字，没有具体的对象、数量或事例。",
            (words_evidence(section, quote),),
            expected=f"不少于{LEAST_PROBLEM_CHARACTERS}字",
            actual=len(body),
            severity="warning",
        )


def _single_and_vague(problems: str, section: Section) -> Iterator[Finding]:
    """The only problem named, where it is one general sentence; last year's is none of it."""
    named = [s for s in section_to_sentences(Section(5, "", problems)) if is_problem(s)]
    if len(named) != 1 or len(ITEM.findall(problems)) > 1:
        return
    bare = named[0].bare
    if bare.count("、") > 1 or "；" in bare:
        return  # several problems in one sentence
    if LEAST_SENTENCE_CHARACTERS <= len(bare) < MOST_VAGUE_CHARACTERS / 2 and not _CONCRETE.search(
        bare
    ):
        yield Finding(
            f"只写了一个问题，且没有具体的对象、数量或事例：{named[0].text}",
            (words_evidence(section, named[0].text),),
            severity="notice",
        )


_VAGUE_WORDS = ("不够", "有待", "还需", "不足", "重视", "不强", "不高", "欠缺")
# Something one could go and look at (a figure, a title, a named column), or a list of problems.
_CONCRETE = re.compile(r"\d|[一二三四五六七八九十]+[条个件次项名]|[一二三]是|《|“")


@rule("S109", "government-duties-missing", "warning")
def government_duties_missing(report: Report) -> Outcomes:
    """一级政府的年报没有写工作考核、社会评议和责任追究。

    为什么: 各级人民政府的年度报告还应当包括工作考核、社会评议和责任追究结果情况。

    依据: 条例第五十条第（四）项。

    反例::

        agency: 临川县人民政府
        sections:
          1: 全年开展工作考核一次。

    正例::

        agency: 临川县人民政府
        sections:
          1: 全年开展工作考核一次，组织社会评议一次，没有发生责任追究情形。

    处理: 在总体情况的监督保障中补写；没有发生的也要说明。
    """
    if not (report.agency or "").endswith("人民政府"):
        return
    text = "".join(for_matching(section.text) for section in report.texts)
    duties = {"考核": "考核", "评议": "评议", "责任追究": "责任追究|追责|问责"}
    missing = [duty for duty, words in duties.items() if not re.search(words, text)]
    if missing:
        section = report.section(1)
        yield Finding(
            f"没有写{'、'.join(missing)}的情况。",
            (heading_evidence(section),) if section else (),
            expected="工作考核、社会评议、责任追究",
        )


@rule("S114", "problems-without-measures", "notice")
def problems_without_measures(report: Report) -> Outcomes:
    """列出的问题比改进措施多。

    为什么: 逐条提出的问题应当逐条改进，少了的一条就没有着落。

    依据: 条例第五十条第（四）项“存在的主要问题及改进情况”。

    反例::

        sections:
          5: |
            一是目录更新滞后。二是解读形式偏少。三是答复文书不规范。
            改进情况：一是按月核对目录。二是重要文件配发图解。

    正例::

        sections:
          5: |
            一是目录更新滞后。二是解读形式偏少。
            改进情况：一是按月核对目录。二是重要文件配发图解。

    处理: 为每个问题写出对应的改进措施或整改结果。
    """
    section = report.section(5)
    head = IMPROVEMENT_HEAD.search(section.text) if section else None
    if section is None or head is None:
        return
    problems = len(ITEM.findall(section.text[: head.start()]))
    measures = len(ITEM.findall(section.text[head.start() :]))
    if problems > measures > 0:
        yield Finding(
            f"列了{problems}个问题，只有{measures}条改进措施。",
            (heading_evidence(section),),
            expected=problems,
            actual=measures,
        )
