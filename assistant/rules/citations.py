"""Rules on the documents that a report cites: superseded, repealed, wrongly numbered."""

import re
from collections.abc import Iterator

from assistant.rules.rule import Finding, Outcomes, Undecided, rule
from assistant.rules.texts import (
    clipped,
    quote_evidence,
    sentences,
)
from ingest.forms import edition_for_year, form_of
from ingest.report import Report

NOTICE_2019 = re.compile(r"〔2019〕60号")
NOTICE_2021 = re.compile(r"〔2021〕30号")


@rule("I107", "superseded-notice-cited", "warning")
def superseded_notice_cited(report: Report) -> Outcomes:
    """引用了不适用于该年度的格式文件。

    为什么: 2021年度起执行〔2021〕30号，只引〔2019〕60号说明文稿没有随格式更新。

    依据: 国办公开办函〔2021〕30号，自2021年度报告起施行。

    反例::

        year: 2023
        preamble: 根据国办公开办函〔2019〕60号要求编制。

    正例::

        year: 2023
        preamble: 根据国办公开办函〔2021〕30号要求编制。

    处理: 改引该年度适用的文件。
    """
    if report.year is None:
        yield Undecided("没有认出年度，无法判断引用的文件是否适用。")
        return
    old = [s for s in sentences(report) if NOTICE_2019.search(_brackets(s.bare))]
    new = [s for s in sentences(report) if NOTICE_2021.search(_brackets(s.bare))]
    edition = edition_for_year(report.year)
    wrong, right = (old, new) if edition == "2021" else (new, old)
    if edition and wrong and not right:
        cited = form_of("2019" if edition == "2021" else "2021").source
        yield Finding(
            f"{report.year}年度的年报引用{cited}，应引用{form_of(edition).source}。",
            (quote_evidence(wrong[0]),),
            expected=form_of(edition).source,
            actual=cited,
        )


_YEAR_IN_BRACKETS = re.compile(r"[\[(【](20\d{2})[\])】]")


def _brackets(text: str) -> str:
    """Document numbers with hexagonal brackets, whatever brackets were typed."""
    return _YEAR_IN_BRACKETS.sub(r"〔\1〕", text) if "号" in text else text


FIRST_YEAR_OF_DECREE_711 = 2019
_OLD_DECREE = re.compile(r"国务院(?:令)?(?:第)?492号")


@rule("I108", "repealed-regulation-cited", "error")
def repealed_regulation_cited(report: Report) -> Outcomes:
    """引用了修订前的条例（国务院令第492号）。

    为什么: 修订后的条例（国务院令第711号）自2019年5月15日起施行，旧令已被取代。

    依据: 国务院令第711号。

    反例::

        preamble: 根据《中华人民共和国政府信息公开条例》（国务院令第492号）编制。

    正例::

        preamble: 根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制。

    处理: 改为国务院令第711号，并核对所引条文序号。
    """
    if report.year is None or report.year < FIRST_YEAR_OF_DECREE_711:
        return
    for sentence in sentences(report):
        if match := _OLD_DECREE.search(sentence.bare):
            yield Finding(
                f"引用了已被取代的{match[0]}。",
                (quote_evidence(sentence),),
                expected="国务院令第711号",
                actual=match[0],
            )


# 国办函[2020]109号  国办公开办函（2021）30号; and < > inside 《 》 or around a document's name
_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff][\[(（【\uff3b]20\d{2}[\])）】\uff3d]\d+号|<[^<>《》\n]{6,60}>"
)


@rule("I109", "document-number-malformed", "notice")
def document_number_malformed(report: Report) -> Outcomes:
    """文号或文件名的括号不规范。

    为什么: 发文字号的年份用六角括号〔〕，书名号内再用书名号时用〈〉；写法不一则查不到原文。

    依据: 《党政机关公文格式》（GB/T 9704—2012）；GB/T 15834—2011。

    反例::

        preamble: 根据国办函[2020]109号执行。

    正例::

        preamble: 根据国办函〔2020〕109号执行。

    处理: 年份改用〔〕，书名号内改用〈〉，并写全文件名。
    """
    for sentence in sentences(report):
        for match in _DOCUMENT_NUMBER.finditer(sentence.text):
            yield Finding(
                f"“{clipped(match[0])}”的括号不规范。", (quote_evidence(sentence, match[0]),)
            )
        for match in _CUT_TITLE.finditer(sentence.text):
            yield Finding(
                f"文件名没有写全，少了“的通知”：{clipped(match[0])}",
                (quote_evidence(sentence, match[0]),),
            )


# 《…关于印发〈…格式〉》: what was printed and sent round is a notice
_CUT_TITLE = re.compile(r"《[^《》]*关于印发(?:[^《》]|《[^《》]*》)*[^知《》]》(?!》|的通知)")


# 《云江省政府信息公开办法》: made under the regulations of 2008 unless it was revised since.
_LOCAL_RULE = re.compile(
    r"《[\u4e00-\u9fff]{2,8}?(?:省|市|自治区|自治州|县|区)(?:人民政府)?(?:实施〈?)?政府信息公开"
    r"(?:办法|规定|条例|暂行办法|实施细则|实施办法)》"
)


@rule("I116", "local-rule-cited", "notice")
def local_rule_cited(report: Report) -> Outcomes:
    """引用了地方的政府信息公开规章，可能已经废止。

    为什么: 多数地方规章依据2008年的条例制定，2019年条例修订后有的废止、有的修改，须人工核实。

    依据: 国务院令第711号，自2019年5月15日起施行。

    反例::

        preamble: 根据《中华人民共和国政府信息公开条例》《云江省政府信息公开办法》编制。

    正例::

        preamble: 根据《中华人民共和国政府信息公开条例》编制。

    处理: 查明该规章是否仍然有效；已废止的删去。
    """
    for sentence in sentences(report):
        for match in _LOCAL_RULE.finditer(sentence.text):
            yield Finding(
                f"{match[0]}可能已经废止或修订，请核实。",
                (quote_evidence(sentence, match[0]),),
                actual=match[0],
            )


# The laws that a report rests on, as people misname them, and notices under another's number.
_MISNAMED = re.compile(
    r"《(?P<law>(?:中华人民共和国)(?!政府信息公开条例)(?:政府|政务|行政)?信息公开(?:条例|法|办法|规定)|政府信息公开法)(?:\(修订\))?》"
)
_OF_2021 = re.compile(r"(?P<cited>国办(?:发|函|公开函|公开办|公开办发)〔2021〕30号)")
_OF_2020 = re.compile(r"(?P<cited>国办(?:发|公开办函|公开函)〔2020〕109号)")
_CITES = re.compile("信息公开[条法办规]|30号|109号")
# 根据《条例》第四十一条，编制2023年年度报告
_ARTICLE = re.compile(r"条例》?(?:\([^)]*\))?第(?P<article>[一二三四五六七八九十]+)条")
_ON_ANNUAL_REPORTS = frozenset({"四十九", "五十"})


@rule("I117", "basis-misnamed", "warning")
def basis_misnamed(report: Report) -> Outcomes:
    """编制依据的名称、文号或条文序号写错。

    为什么: 依据写错，读者查不到原文；条序写错的多是沿用2008年条例时的旧文稿。

    依据: 条例第四十九条、第五十条；国办公开办函〔2021〕30号；国办函〔2020〕109号。

    反例::

        preamble: 根据《中华人民共和国信息公开条例》第三十一条，编制本单位2023年年度报告。

    正例::

        preamble: 根据《中华人民共和国政府信息公开条例》第五十条，编制本单位2023年年度报告。

    处理: 对照条例和通知的原文改正名称、文号和条文序号。
    """
    for sentence in sentences(report):
        if not _CITES.search(sentence.bare):
            continue
        for cited, right in _wrongly_named(_brackets(sentence.bare)):
            yield Finding(f"“{cited}”应为“{right}”。", (quote_evidence(sentence),), right, cited)
    for sentence in sentences(report, 0):
        articles = [match["article"] for match in _ARTICLE.finditer(sentence.bare)]
        of_report = re.search(r"编制|年度报告|年报|报告如下|公布如下", sentence.bare)
        if articles and of_report and _ON_ANNUAL_REPORTS.isdisjoint(articles):
            yield Finding(
                f"年度报告的依据是条例第四十九条、第五十条，写的是第{articles[0]}条。",
                (quote_evidence(sentence),),
                expected="第五十条",
                actual=f"第{articles[0]}条",
            )


def _wrongly_named(text: str) -> Iterator[tuple[str, str]]:
    """What is cited under a wrong name or number, and the right one."""
    for match in _MISNAMED.finditer(text):
        yield match["law"], "中华人民共和国政府信息公开条例"
    for pattern, right in (
        (_OF_2021, "国办公开办函〔2021〕30号"),
        (_OF_2020, "国办函〔2020〕109号"),
    ):
        for match in pattern.finditer(text):
            yield match["cited"], right
