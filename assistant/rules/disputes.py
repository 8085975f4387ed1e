"""Rules on part four, 政府信息公开行政复议、行政诉讼情况 (the `disputes` table, 表四)."""

from assistant.rules import cells
from assistant.rules.cells import cell_evidence, cells_evidence, unread
from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.sums import failures
from ingest.report import Concept, Report

GROUPS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")

# 行政复议法 as revised in 2023 is in force from 2024-01-01: most disputes go to 复议 first.
FIRST_YEAR_RECONSIDERATION_FIRST = 2024


def at(row: str, column: str = "total") -> Concept:
    """A cell of 表四; the total column unless another is named."""
    return Concept("disputes", row, column)


@rule("D101", "results-total-mismatch", "error")
def results_total_mismatch(report: Report) -> Outcomes:
    """复议或诉讼的“总计”不等于维持、纠正、其他结果与尚未审结之和。

    为什么: 每件案件恰好归入四种结果之一，总计是四项相加。

    依据: 国办公开办函〔2021〕30号附件，表四。

    反例::

        disputes:
          reconsideration: {upheld: 2, corrected: 1, total: 2}

    正例::

        disputes:
          reconsideration: {upheld: 2, corrected: 1, total: 3}

    处理: 对照案件台账核实各项结果，改正填错的一格。
    """
    yield from failures(report, "disputes", "results/")


@rule("D102", "not-a-count", "error")
def not_a_count(report: Report) -> Outcomes:
    """表四有一格填的不是件数：负数、小数或文字。

    为什么: 案件按件统计，只能是零或正整数。

    依据: 国办公开办函〔2021〕30号附件，表四。

    反例::

        disputes:
          litigation_direct: {pending: 0.5}

    正例::

        disputes:
          litigation_direct: {pending: 1, total: 1}

    处理: 改填阿拉伯数字整数，不带“件”字或说明。
    """
    yield from cells.not_counts(report, "disputes")


@rule("D103", "cell-left-blank", "warning")
def cell_left_blank(report: Report) -> Outcomes:
    """表四有格空着，或填了“/”“-”“无”。

    为什么: 空白看不出是没有案件还是漏填，不能当作0。

    依据: 国办公开办函〔2021〕30号附件，表四各格均应填数。

    反例::

        disputes:
          reconsideration: {upheld: null, corrected: null, other: null, pending: null, total: null}

    正例::

        disputes:
          reconsideration: {upheld: 0, corrected: 0, other: 0, pending: 0, total: 0}

    处理: 没有案件的填0；漏填的按台账补填。
    """
    yield from cells.blanks(report, "disputes")


@rule("D104", "cell-missing", "warning")
def cell_missing(report: Report) -> Outcomes:
    """表四不足十五格。

    为什么: 表四一行十五格，缺格时后面的数会错到别的栏里。

    依据: 条例第五十条；国办公开办函〔2021〕30号附件，表四。

    反例::

        disputes:
          litigation_after_reconsideration: missing

    正例::

        disputes:
          litigation_after_reconsideration: {total: 0}

    处理: 按统一表样补齐复议五格、直接起诉五格、复议后起诉五格。
    """
    yield from cells.missing_rows(report, "disputes")


@rule("D105", "sued-without-reconsideration", "notice")
def sued_without_reconsideration(report: Report) -> Outcomes:
    """2024年起仍有未经复议直接起诉的案件。

    为什么: 2023年修订的行政复议法自2024年1月1日起施行，不服不予公开的多应先申请复议，直接起诉较少见，宜核实分栏是否填对。

    依据: 2023年修订的《中华人民共和国行政复议法》关于复议前置的规定。

    反例::

        year: 2024
        disputes:
          litigation_direct: {upheld: 2, total: 2}

    正例::

        year: 2024
        disputes:
          litigation_after_reconsideration: {upheld: 2, total: 2}

    处理: 核实案件是否经过复议；确系直接起诉的保留，并备好说明。
    """
    if report.year is None or report.year < FIRST_YEAR_RECONSIDERATION_FIRST:
        return
    direct = report.number(at("litigation_direct"))
    if missing := unread(report, [at("litigation_direct")]):
        yield missing
    elif direct:
        yield Finding(
            f"表四“未经复议直接起诉”总计{direct}件：2024年起多数政府信息公开争议应先复议。",
            (cell_evidence(report, at("litigation_direct")),),
            actual=direct,
        )


@rule("D106", "cases-without-requests", "notice")
def cases_without_requests(report: Report) -> Outcomes:
    """本年没有办理任何申请，却有复议或诉讼案件。

    为什么: 案件多由申请答复引起；没有申请而有案件，可能针对往年答复，也可能是表三漏填。

    依据: 国办公开办函〔2021〕30号附件，表三、表四。

    反例::

        requests: {}
        disputes:
          reconsideration: {pending: 1, total: 1}

    正例::

        requests:
          new: {natural_person: 1, total: 1}
          granted: {natural_person: 1, total: 1}
          total: {natural_person: 1, total: 1}
        disputes:
          reconsideration: {pending: 1, total: 1}

    处理: 核实案件针对哪一年的答复；针对往年的，可在第六部分说明。
    """
    handled = [Concept("requests", row, "total") for row in ("new", "carried_in", "total")]
    totals = [at(group) for group in GROUPS]
    if missing := unread(report, [*handled, *totals]):
        yield missing
        return
    cases = sum(report.number(concept) or 0 for concept in totals)
    if cases and not any(report.number(concept) for concept in handled):
        yield Finding(
            f"表四共有案件{cases}件，而表三本年新收、上年结转和办结都是0。",
            cells_evidence(report, [*totals, *handled]),
            actual=cases,
        )


@rule("D107", "more-cases-than-replies", "notice", needs="last_year")
def more_cases_than_replies(report: Report, last_year: Report) -> Outcomes:
    """案件比两年的答复加起来还多。

    为什么: 复议、诉讼多由本年和上年的答复引起，比两年答复总数还多就不合常理，可能填错了表。

    依据: 国办公开办函〔2021〕30号附件，表三、表四。

    反例::

        requests:
          total: {natural_person: 2, total: 2}
        disputes:
          reconsideration: {upheld: 9, total: 9}
        last_year:
          requests:
            total: {natural_person: 3, total: 3}

    正例::

        requests:
          total: {natural_person: 2, total: 2}
        disputes:
          reconsideration: {upheld: 1, total: 1}
        last_year:
          requests:
            total: {natural_person: 3, total: 3}

    处理: 核实案件是否都因政府信息公开引起，其他行政案件不计入表四。
    """
    replies = Concept("requests", "total", "total")
    totals = [at(group) for group in GROUPS]
    missing = unread(report, [*totals, replies]) or unread(last_year, [replies], other=True)
    if missing:
        yield missing
        return
    cases = sum(report.number(concept) or 0 for concept in totals)
    answered = (report.number(replies) or 0) + (last_year.number(replies) or 0)
    if cases > answered > 0:
        yield Finding(
            f"表四共有案件{cases}件，而本年和{last_year.year}年办结的申请合计{answered}件。",
            (
                *cells_evidence(report, [*totals, replies]),
                cell_evidence(last_year, replies, other=True),
            ),
            expected=f"不多于{answered}",
            actual=cases,
        )
