"""Rules on the structure of a report: its six parts, their heads, and what each must contain."""

import re
from collections.abc import Iterator

from assistant.rules.cells import TABLE_LABELS, is_read
from assistant.rules.rule import Evidence, Finding, Outcomes, Undecided, rule
from assistant.rules.texts import (
    heading_evidence,
    quote_evidence,
    section_to_sentences,
    sentences,
    words_evidence,
)
from ingest.characters import for_matching
from ingest.forms import FIRST_YEAR_OF_2021_FORM, SECTIONS, SUBHEADS, SubheadForm, form_of
from ingest.report import TABLE_NAMES, Doubt, Report, Section

NUMERALS = "零一二三四五六"
SECTIONS_WITH_TEXT = (1, 5, 6)

# 一、 or 一. or （一） before the name of a heading.
_HEADING_NUMBER = re.compile(r"^\(?([一二三四五六])\)?[、.,:]?")


def doubt_of(report: Report, code: str) -> Doubt | None:
    """The parser's own doubt of this code about the document, if it has one."""
    return next((doubt for doubt in report.doubts if doubt.code == code), None)


@rule("S101", "section-missing", "error")
def section_missing(report: Report) -> Outcomes:
    """六个部分不全。

    为什么: 年度报告的内容由条例规定，不能遗漏。

    依据: 条例第五十条；国办公开办函〔2021〕30号“不能遗漏，也不宜泛化”。

    反例::

        sections: {1: 略, 2: "", 3: "", 4: "", 6: 略}

    正例::

        sections: {1: 略, 2: "", 3: "", 4: "", 5: 略, 6: 略}

    处理: 补上缺少的部分，用统一格式的标题。
    """
    present = {section.number for section in report.sections}
    for form in SECTIONS:
        if form.number not in present:
            last = [heading_evidence(s) for s in report.sections if s.number < form.number][-1:]
            yield Finding(
                f"没有第{NUMERALS[form.number]}部分“{form.heading}”。",
                tuple(last),
                expected=f"{NUMERALS[form.number]}、{form.heading}",
            )


@rule("S102", "heading-number-wrong", "warning")
def heading_number_wrong(report: Report) -> Outcomes:
    """部分标题缺少序号，或序号与次序不符。

    为什么: 统一格式的标题带“一、”至“六、”，缺号错号影响检索与汇编。

    依据: 国办公开办函〔2021〕30号附件。

    反例::

        sections:
          6: {heading: 其他需要报告的事项, text: 略}

    正例::

        sections:
          6: {heading: 六、其他需要报告的事项, text: 略}

    处理: 按统一格式补上或改正序号。
    """
    for section in report.sections:
        heading = for_matching(section.heading)
        match = _HEADING_NUMBER.match(heading)
        wanted = NUMERALS[section.number]
        if heading and (match is None or match[1] != wanted):
            what = f"序号是“{match[1]}”" if match else "没有序号"
            yield Finding(
                f"标题“{section.heading}”{what}，应为“{wanted}、”。",
                (heading_evidence(section),),
                expected=f"{wanted}、",
                actual=match[1] if match else "",
            )


@rule("S103", "heading-not-official", "notice")
def heading_not_official(report: Report) -> Outcomes:
    """部分标题与统一格式的用语不同。

    为什么: 统一标题便于公众查找和汇编比对。

    依据: 国办公开办函〔2021〕30号附件；条例第五十条的用语也可接受。

    反例::

        sections:
          5: {heading: 五、困难与打算, text: 略}

    正例::

        sections:
          5: {heading: 五、存在的主要问题及改进情况, text: 略}

    处理: 改用统一格式的标题。
    """
    for section in report.sections:
        name = _HEADING_NUMBER.sub("", for_matching(section.heading)).rstrip("。:")
        form = next((f for f in SECTIONS if f.number == section.number), None)
        if form and name and name not in map(for_matching, (form.heading, *form.variants)):
            yield Finding(
                f"第{NUMERALS[form.number]}部分的标题是“{name}”，统一格式是“{form.heading}”。",
                (heading_evidence(section),),
                expected=form.heading,
                actual=name,
            )


@rule("S104", "table-missing", "error")
def table_missing(report: Report) -> Outcomes:
    """缺少法定表格，或表格是图片。

    为什么: 第二、三、四部分以统一表格报告数据，缺表即缺法定内容。

    依据: 条例第五十条；国办公开办函〔2021〕30号附件。

    反例::

        requests: {}
        disputes: {}

    正例::

        proactive: {}
        requests: {}
        disputes: {}

    处理: 补上统一格式的表格；表格若是图片，请换成可编辑的表格，读取时不把图片当作0。
    """
    pictured = doubt_of(report, "pages-unread")
    for name in TABLE_NAMES:
        if is_read(report, name):
            continue
        number = form_of(report.format).table(name).section
        if pictured:
            yield Undecided(f"没有读到{TABLE_LABELS[name]}，可能在未能读出的页上。")
            continue
        section = report.section(number)
        place = (heading_evidence(section),) if section else ()
        yield Finding(f"第{NUMERALS[number]}部分没有读到{TABLE_LABELS[name]}的表格。", place)


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


def _is_covered(form: SubheadForm, heads: tuple[str, ...], text: str) -> bool:
    """Whether a head names it or, where the text has hardly any heads, its key words occur."""
    names = (form.heading, *form.variants, *form.keywords)
    if any(name in head for head in heads for name in names):
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


# The least a concrete problem takes; 将乐 2023 wrote twelve characters.
LEAST_SENTENCE_CHARACTERS = 20
LEAST_PROBLEM_CHARACTERS = 60
# General words without any object are perfunctory up to this length; 薛城 2023 wrote ninety.
MOST_VAGUE_CHARACTERS = 120
_IMPROVEMENT = re.compile(r"改进|下一步|整改|措施|今后|将[从进继]|针对")
# 改进情况： or （二）改进措施: where the part on problems ends.
_IMPROVEMENT_HEAD = re.compile(
    r"(?:^|\n)[ \t\u3000]*(?:[（(]?[二2][）)、.\uff0e]?[ \t]*)?(?:下一步)?(?:改进|整改)(?:情况|措施|打算)|下一步"
)


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
    head = _IMPROVEMENT_HEAD.search(section.text)
    problems = section.text[: head.start()] if head else section.text
    body = "".join(
        s.bare for s in section_to_sentences(Section(5, "", problems)) if s.text[-1:] in "。！？；;"
    )
    vague = sum(body.count(word) for word in _VAGUE_WORDS)
    concrete = _CONCRETE.search(body)
    short = len(body) < LEAST_PROBLEM_CHARACTERS or (vague and len(body) < MOST_VAGUE_CHARACTERS)
    if len(body) < LEAST_SENTENCE_CHARACTERS or (short and not concrete):
        quote = problems.strip() or section.heading
        yield Finding(
            f"第五部分写问题只有{len(body)}字，没有具体的对象、数量或事例。",
            (words_evidence(section, quote),),
            expected=f"不少于{LEAST_PROBLEM_CHARACTERS}字",
            actual=len(body),
            severity="warning",
        )


_VAGUE_WORDS = ("不够", "有待", "还需", "不足", "重视", "不强", "不高", "欠缺")
# Something one could go and look at (a figure, a title, a named column), or a list of problems.
_CONCRETE = re.compile(r"\d|[一二三四五六七八九十]+[条件个次项名]|《|“")


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
    missing = [duty for duty in ("考核", "评议", "责任追究") if duty not in text]
    if missing:
        section = report.section(1)
        yield Finding(
            f"没有写{'、'.join(missing)}的情况。",
            (heading_evidence(section),) if section else (),
            expected="工作考核、社会评议、责任追究",
        )


@rule("S110", "title-missing", "warning")
def title_missing(report: Report) -> Outcomes:
    """没有标题。

    为什么: 标题写明单位和年度，缺了就无从确认是谁、哪一年的报告。

    依据: 国办公开办函〔2021〕30号附件的格式：〈单位〉〈年〉年政府信息公开工作年度报告。

    反例::

        title: null

    正例::

        title: 云溪市青禾区数据管理局2023年政府信息公开工作年度报告

    处理: 补上标题；标题若在转换文件时丢失，请核对原件。
    """
    if not report.title:
        first = next(iter(report.texts), None)
        opening = next(section_to_sentences(first), None) if first else None
        yield Finding(
            "没有读到标题，疑似缺少或在转换文件时丢失。",
            (quote_evidence(opening),) if opening else (),
            expected=f"{report.agency or '〈单位〉'}{report.year or '〈年〉'}年政府信息公开工作年度报告",
        )


@rule("S111", "signature-missing", "warning")
def signature_missing(report: Report) -> Outcomes:
    """没有落款单位或日期。

    为什么: 没有日期就无从判断是否在法定期限内公布。

    依据: 条例第四十九条。

    反例::

        signed_by: null
        signed_on: null

    正例::

        signed_by: 云溪市青禾区数据管理局
        signed_on: 2024-01-16

    处理: 在文末写明落款单位和日期；网页上另有公布日期的，也建议写在文中。
    """
    missing = [
        what
        for what, value in (("落款单位", report.signed_by), ("落款日期", report.signed_on))
        if not value
    ]
    if missing:
        yield Finding(f"没有{'和'.join(missing)}。", tuple(_last_words(report)))


def _last_words(report: Report) -> Iterator[Evidence]:
    """The last sentence of the report: where the signature should follow."""
    last = list(sentences(report))[-1:]
    yield from (quote_evidence(sentence) for sentence in last)


@rule("S112", "opening-incomplete", "notice")
def opening_incomplete(report: Report) -> Outcomes:
    """没有写编制依据、统计期限或联系方式。

    为什么: 这几句话让读者知道数据的起止、依据和向谁询问；不是强制内容，多数年报都有。

    依据: 条例第四十九条、第五十条；各地编制要求的通行做法。

    反例::

        preamble: 现将本机关年度报告公布如下。

    正例::

        preamble: >-
          根据《中华人民共和国政府信息公开条例》编制。数据的统计期限自2023年1月1日起至
          2023年12月31日止。如有疑问，请与本机关联系（电话：0599-0000000）。

    处理: 在开头补写编制依据、统计期限和联系方式。
    """
    text = "".join(for_matching(section.text) for section in report.texts)
    if not text:
        return
    wanted = {
        "编制依据": r"信息公开条例",
        "统计期限": r"1月1日.{0,12}12月31日",
        "联系方式": r"电话|联系",
    }
    missing = [name for name, pattern in wanted.items() if not re.search(pattern, text)]
    if missing:
        yield Finding(f"没有写{'、'.join(missing)}。", tuple(_opening(report)))


def _opening(report: Report) -> Iterator[Evidence]:
    for section in report.texts[:1]:
        yield from (quote_evidence(s) for s in list(section_to_sentences(section))[:1])


# Some local notices ask for no more than this in 总体情况.
MOST_OVERVIEW_CHARACTERS = 1000
LEAST_REPORT_CHARACTERS = 400


@rule("S113", "length-unusual", "notice")
def length_unusual(report: Report) -> Outcomes:
    """总体情况过长，或全文过短。

    为什么: 总体情况是综述，一些地方要求不超过1000字；全文不足400字则多半没有写实。

    依据: 国办公开办函〔2021〕30号“不能遗漏，也不宜泛化”；部分地方编制通知。

    反例::

        sections: {1: 全年公开信息8条。, 5: 略, 6: 略}

    正例::

        sections: {}

    处理: 过长的删去与信息公开无关的业务成绩；过短的补写五个方面的具体做法和数据。
    """
    lengths = {s.number: len(for_matching(s.text)) for s in report.sections}
    if lengths.get(1, 0) > MOST_OVERVIEW_CHARACTERS:
        yield from _length_finding(report, f"总体情况有{lengths[1]}字，偏长", lengths[1])
    total = sum(lengths.values())
    if lengths and total < LEAST_REPORT_CHARACTERS:
        yield from _length_finding(report, f"正文只有{total}字，偏短", total)


def _length_finding(report: Report, what: str, actual: int) -> Iterator[Finding]:
    section = report.section(1)
    yield Finding(f"{what}。", (heading_evidence(section),) if section else (), actual=actual)
