"""Rules on what the numbers of `requests` (表三) make of each other beyond the sums of the form.

Each says what is implausible, not what the form's arithmetic forbids: that is in `requests`.
"""

import re

from assistant.rules.cells import cell_evidence, cell_label, cells_evidence, unread
from assistant.rules.requests import APPLICANTS, at
from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import quote_evidence, sentences
from ingest.forms import form_of
from ingest.report import Report


@rule("R109", "columns-shifted", "warning")
def columns_shifted(report: Report) -> Outcomes:
    """有申请总数，六类申请人却都是零。

    为什么: 每件申请都有申请人；总计有数而各类为零，多半是整行错了一列或漏填了申请人类别。

    依据: 国办公开办函〔2021〕30号附件，表三“申请人情况”。

    反例::

        requests:
          new: {total: 3}

    正例::

        requests:
          new: {natural_person: 3, total: 3}

    处理: 按申请人类别把件数填入对应的列。
    """
    for row in form_of(report.format).table("requests").rows:
        total = report.number(at(row))
        if total and all(report.number(at(row, applicant)) == 0 for applicant in APPLICANTS):
            yield Finding(
                f"{cell_label(report, at(row))}是{total}，六类申请人却都是0，疑似错列或漏填。",
                cells_evidence(report, [at(row), *(at(row, a) for a in APPLICANTS)]),
                expected=0,
                actual=total,
            )


@rule("R110", "unpaid-fee-unexplained", "warning", formats=("2021",))
def unpaid_fee_unexplained(report: Report) -> Outcomes:
    """有“逾期未缴费不再处理”的申请，第六部分却没有提到收费通知，或说没有发出，或通知的件数更少。

    为什么: 先发收费通知才会有逾期未缴费，第六部分应当报告收费通知的件数和金额。

    依据: 国办函〔2020〕109号《政府信息公开信息处理费管理办法》。

    反例::

        requests:
          other.fee_unpaid: {natural_person: 1, total: 1}
        sections:
          6: 本年度未收取信息处理费。

    正例::

        requests:
          other.fee_unpaid: {natural_person: 1, total: 1}
        sections:
          6: 本年度发出信息处理费收费通知1件，申请人逾期未缴费，实际收取0元。

    处理: 在第六部分写明发出收费通知的件数、总金额和实际收取的总金额。
    """
    section = report.section(6)
    unpaid = report.number(at("other.fee_unpaid"))
    if not unpaid:
        return
    if section is None or "收费通知" not in section.text:
        quotes = [quote_evidence(s) for s in sentences(report, 6) if "处理费" in s.text]
        yield Finding(
            f"表三“申请人逾期未按收费通知要求缴纳费用”有{unpaid}件，第六部分没有说明发出收费通知的情况。",
            (cell_evidence(report, at("other.fee_unpaid")), *quotes[:1]),
            actual=unpaid,
        )
        return
    for sentence in sentences(report, 6):
        notices = _notices(sentence.bare)
        if notices is not None and notices < unpaid:
            yield Finding(
                f"正文说发出收费通知{notices}件，表三“申请人逾期未按收费通知要求缴纳费用”却有{unpaid}件。",
                (quote_evidence(sentence), cell_evidence(report, at("other.fee_unpaid"))),
                expected=unpaid,
                actual=notices,
                suggestion="核实收费通知的件数；上年发出、本年逾期的，写明件数。",
            )


# 发出收费通知3件  3件收费通知  没有发出收费通知
_NOTICES = re.compile(
    r"(?P<none>没有|未|无|不存在)[^,。;\d]{0,8}收费通知(?!要求)"
    r"|收费通知书?(?P<after>\d+)[件份]|(?P<before>\d+)[件份](?:信息处理费)?收费通知"
)


def _notices(text: str) -> int | None:
    """How many notices a sentence says were sent; None when it does not say."""
    match = _NOTICES.search(text)
    if match is None:
        return None
    return 0 if match["none"] else int(match["after"] or match["before"])


# Bodies that answer for a whole area; a year without one request is implausible there.
_WHOLE_AREA = ("省人民政府", "市人民政府", "自治区人民政府", "自治州人民政府")


@rule("R111", "no-request-in-a-whole-city", "notice")
def no_request_in_a_whole_city(report: Report) -> Outcomes:
    """全市（全省）汇总的年报里，一年没有收到一件申请。

    为什么: 汇总一级政府及其部门的申请，全年为零极少见，多半是只填了本机关或漏填。

    依据: 条例第四十九条，政府信息公开工作主管部门公布的是本级政府的年度报告。

    反例::

        agency: 临川市人民政府
        requests:
          new: {total: 0}

    正例::

        agency: 临川市人民政府
        requests:
          new: {natural_person: 41, total: 41}

    处理: 核实是否汇总了所属部门和下级政府的数据；确为零的，在第六部分说明。
    """
    if not (report.agency or "").endswith(_WHOLE_AREA):
        return
    received = (at("new"), at("carried_in"))
    if missing := unread(report, received):
        yield missing
    elif not any(report.number(concept) for concept in received):
        yield Finding(
            f"{report.agency}{report.year or ''}年全年新收和上年结转的申请都是0。",
            cells_evidence(report, received),
            actual=0,
        )


@rule("R112", "repeated-requests-exceed-new", "warning")
def repeated_requests_exceed_new(report: Report) -> Outcomes:
    """“无正当理由大量反复申请”不予处理的件数多于本年新收的件数。

    为什么: 大量反复申请通常在本年提出；比新收还多，多半是填错了行或列。

    依据: 条例第三十五条；国办公开办函〔2021〕30号附件，表三（五）4。

    反例::

        requests:
          new: {natural_person: 2, total: 2}
          declined.excessive: {natural_person: 5, total: 5}

    正例::

        requests:
          new: {natural_person: 9, total: 9}
          declined.excessive: {natural_person: 5, total: 5}

    处理: 核对该行是否填错；确由上年结转的，在第六部分说明。
    """
    pair = (at("declined.excessive"), at("new"))
    if missing := unread(report, pair):
        yield missing
        return
    declined, new = (report.number(concept) or 0 for concept in pair)
    if declined > new:
        yield Finding(
            f"{cell_label(report, pair[0])}是{declined}，多于本年新收的{new}件。",
            cells_evidence(report, pair),
            expected=new,
            actual=declined,
        )
