"""Rules on the documents that a report cites: superseded, repealed, wrongly numbered."""

import re

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
