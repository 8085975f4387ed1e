"""Rules on the structure of a report: its six parts, their heads, and what each must contain."""

import re
from collections.abc import Iterator

from assistant.rules.cells import TABLE_LABELS, is_read
from assistant.rules.rule import Evidence, Finding, Outcomes, Undecided, rule
from assistant.rules.texts import (
    clipped,
    heading_evidence,
    quote_evidence,
    section_to_sentences,
    sentences,
    title_evidence,
    words_evidence,
)
from ingest.characters import for_matching
from ingest.forms import form_of
from ingest.outline import SECTIONS, SectionForm
from ingest.report import TABLE_NAMES, Doubt, Report

NUMERALS = "零一二三四五六"

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
            if misplaced := _heading_elsewhere(report, form):
                yield misplaced
                continue
            last = [heading_evidence(s) for s in report.sections if s.number < form.number][-1:]
            yield Finding(
                f"没有第{NUMERALS[form.number]}部分“{form.heading}”。",
                tuple(last),
                expected=f"{NUMERALS[form.number]}、{form.heading}",
            )


def _heading_elsewhere(report: Report, form: SectionForm) -> Finding | None:
    """That a part stands out of order: its heading is a line of another part's text."""
    names = {for_matching(name) for name in (form.heading, *form.variants)}
    for section in report.sections:
        for line in section.text.splitlines():
            if _HEADING_NUMBER.sub("", for_matching(line)).rstrip("。:") in names:
                return Finding(
                    f"第{NUMERALS[form.number]}部分“{form.heading}”没有排在应有的位置："
                    f"它的标题写在第{NUMERALS[section.number]}部分之后，六个部分的次序颠倒了。",
                    (words_evidence(section, line.strip()),),
                    expected=f"{NUMERALS[form.number]}、{form.heading}",
                    severity="warning",
                    suggestion="按统一格式的次序重排各部分。",
                )
    return None


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


@rule("S104", "table-missing", "error", reads="tables")
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
    missing = [name for name in TABLE_NAMES if not is_read(report, name)]
    if len(missing) == len(TABLE_NAMES) and not pictured:
        yield Finding(
            "三张法定表格（表二、表三、表四）都没有读到：表格可能是图片，或没有附在文件里。",
            tuple(heading_evidence(s) for s in report.sections if s.number in (2, 3, 4)),
        )
        return
    for name in missing:
        number = form_of(report.format).table(name).section
        if pictured:
            yield Undecided(f"没有读到{TABLE_LABELS[name]}，可能在未能读出的页上。")
            continue
        section = report.section(number)
        place = (heading_evidence(section),) if section else ()
        yield Finding(f"第{NUMERALS[number]}部分没有读到{TABLE_LABELS[name]}的表格。", place)


@rule("S110", "title-missing", "warning", reads="identity")
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
    expected = f"{report.agency or '〈单位〉'}{report.year or '〈年〉'}年政府信息公开工作年度报告"
    if report.title and not _YEAR_OF_TITLE.search(for_matching(report.title)):
        yield Finding("标题没有写年度。", title_evidence(report), expected=expected)
    if not report.title:
        first = next(iter(report.texts), None)
        opening = next(iter(section_to_sentences(first)), None) if first else None
        is_title = opening and _LIKE_A_TITLE.search(opening.bare) and opening.bare[-1] != "。"
        yield Finding(
            f"开头的“{clipped(opening.text)}”不合标题的统一格式。"
            if opening and is_title
            else "没有读到标题，疑似缺少或在转换文件时丢失。",
            (quote_evidence(opening),) if opening else (),
            expected=expected,
            suggestion=f"标题改为“{expected}”。" if is_title else "",
        )


_YEAR_OF_TITLE = re.compile(r"20\d\d|二\w{3}年")
_LIKE_A_TITLE = re.compile(r"^[^,;:]{4,30}(?:20\d\d|信息)[^,;:]{0,20}(?:报告|总结|年报)$")


@rule("S111", "signature-missing", "warning", reads="identity")
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
    """没有写编制依据、格式文件、统计期限或联系方式。

    为什么: 这几句话让读者知道数据的起止、依据和向谁询问；不是强制内容，多数年报都有。

    依据: 条例第四十九条、第五十条；各地编制要求的通行做法。

    反例::

        preamble: 现将本机关年度报告公布如下。

    正例::

        preamble: >-
          根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号编制。数据的统计期限自
          2023年1月1日起至2023年12月31日止。如有疑问，请与本机关联系（电话：0599-0000000）。

    处理: 在开头补写编制依据和格式文件、统计期限、联系方式。
    """
    text = "".join(for_matching(section.text) for section in report.texts)
    if not text:
        return
    wanted = {
        # 按照《…条例》…要求; a course on the regulations is no legal basis.
        "编制依据": r"(?:根据|依据|按照|依照|按|遵照)[^。；]{0,80}(?:信息公开条例|条例》)|30号|60号",
        "统计期限": r"统计(?:的)?期限|1月1日.{0,12}12月31日",
        "联系方式": r"电话|联系",
    }
    missing = [name for name, pattern in wanted.items() if not re.search(pattern, text)]
    if report.format == "2021" and missing[:1] != ["编制依据"] and not re.search(r"30号", text):
        missing.insert(0, "格式文件（国办公开办函〔2021〕30号）")
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

        sections:
          1: |
            全年通过门户网站公开信息126条，其中工作动态85条、政策文件22条、通知公告19条，配发图解6件，召开政策吹风会2次。
            全年收到政府信息公开申请9件，均在法定期限内答复，其中当面沟通4件，电话沟通5件，没有引发复议和诉讼。
            修订信息发布审核办法，每条信息经起草人、科室负责人和分管负责人逐级核对，全年退回修改17条。
            调整门户网站栏目7个，政务新媒体推送129篇，每月检查一次栏目更新，全年没有出现超期未更新的栏目。
            举办业务培训2期64人次，聘请社会监督员5名，按季度通报各科室报送情况，纳入年度考核。
          5: |
            一是目录更新滞后，抽查四十个条目有九个超过一季度没有核对，群众来电询问三次才更正。二是图解偏少，八件重要文件只有一件配发。
            改进情况：一是建立按月核对台账，由专人销号，每季度第一周公布核对结果。二是把图解列入文件送审材料，没有图解的不予上会。
          6: 依据国办函〔2020〕109号，本年度未收取信息处理费。承办建议提案3件，均已公开办理结果，代表委员表示满意。

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
