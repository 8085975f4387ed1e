"""Rules on part three, 收到和处理政府信息公开申请情况 (the `requests` table, 表三)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from assistant.rules import cells
from assistant.rules.cells import cell_evidence, cell_label, cells_evidence, unread
from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.sums import difference, failures
from assistant.rules.texts import quote_evidence, sentences
from ingest.forms import APPLICANT_COLUMNS, Calculation, form_of
from ingest.report import Concept, Number, Report

APPLICANTS = tuple(column.id for column in APPLICANT_COLUMNS if column.id != "total")
FRAMING = ("new", "carried_in", "total", "carried_over")


def at(row: str, column: str = "total") -> Concept:
    """A cell of 表三; the total column unless another is named."""
    return Concept("requests", row, column)


def outcome_rows(report: Report) -> tuple[str, ...]:
    """The rows （一）to （六） of the report's edition."""
    return tuple(r for r in form_of(report.format).table("requests").rows if r not in FRAMING)


@rule("R101", "row-total-mismatch", "error")
def row_total_mismatch(report: Report) -> Outcomes:
    """某一行的“总计”不等于六类申请人之和。

    为什么: “总计”由本行六类申请人相加得出，不等则必有一格填错，汇总到上级时会被退回。

    依据: 国办公开办函〔2021〕30号附件，表三“总计”列。

    反例::

        requests:
          new: {natural_person: 3, enterprise: 1, total: 5}

    正例::

        requests:
          new: {natural_person: 3, enterprise: 1, total: 4}

    处理: 对照申请台账逐类核实本行各数，改正填错的一格；改后再核该格所在的列。
    """
    yield from failures(report, "requests", "applicants/")


@rule("R102", "balance-broken", "error")
def balance_broken(report: Report) -> Outcomes:
    """某一列的收件与办结不平：本年新收＋上年结转≠（七）总计＋结转下年度。

    为什么: 收到的申请不是办结就是结转，这是表头印明的勾稽关系，不平即有漏填、错填。

    依据: 国办公开办函〔2021〕30号附件，表三左上角“第一项加第二项之和，等于第三项加第四项之和”。

    反例::

        requests:
          new: {natural_person: 6}
          carried_in: {natural_person: 2}
          total: {natural_person: 7}
          carried_over: {natural_person: 2}

    正例::

        requests:
          new: {natural_person: 6}
          carried_in: {natural_person: 2}
          total: {natural_person: 7}
          carried_over: {natural_person: 1}

    处理: 核对台账中年末尚未办结的申请件数，再核新收、上年结转与办结件数。
    """
    yield from failures(report, "requests", "balance/")


@rule("R103", "outcomes-total-mismatch", "error")
def outcomes_total_mismatch(report: Report) -> Outcomes:
    """某一列的“（七）总计”不等于（一）至（六）各项之和。

    为什么: 每件办结的申请恰好归入一种办理结果，合计不等说明有重计、漏计。

    依据: 国办公开办函〔2021〕30号附件，表三“三、本年度办理结果”；区分处理的只计部分公开一项。

    反例::

        requests:
          granted: {enterprise: 4}
          unavailable.not_held: {enterprise: 2}
          total: {enterprise: 5}

    正例::

        requests:
          granted: {enterprise: 4}
          unavailable.not_held: {enterprise: 2}
          total: {enterprise: 6}

    处理: 逐项核对该列的办理结果；同一件申请区分处理的，只计入“部分公开”，不再计入其他各项。
    """
    for outcome in failures(report, "requests", "outcomes/"):
        yield _hinted(report, outcome) if isinstance(outcome, Finding) else outcome


def _hinted(report: Report, finding: Finding) -> Finding:
    """The finding, with a hint where the excess is exactly what was partly granted."""
    column = finding.evidence[0].place.column or ""
    partly = report.number(at("partly_granted", column))
    excess = int(finding.expected or 0) - int(finding.actual or 0)
    if not partly or excess != partly:
        return finding
    hint = (
        f"多出的{excess}件恰好等于“部分公开”的件数："
        "疑为同一申请既计入部分公开又计入其他结果，区分处理的只计部分公开。"
    )
    return replace(finding, suggestion=hint)


@rule("R104", "more-than-received", "error")
def more_than_received(report: Report) -> Outcomes:
    """某一列办结或结转的件数超过了收到的件数。

    为什么: 办理的申请不可能多于本年新收与上年结转之和；有空格而无法核对平衡时，仍可看出这一错误。

    依据: 国办公开办函〔2021〕30号附件，表三左上角的勾稽关系。

    反例::

        requests:
          new: {research: 1}
          declined.repeat: {research: 4}
          total: {research: null}

    正例::

        requests:
          new: {research: 4}
          declined.repeat: {research: 4}
          total: {research: 4}

    处理: 核对该列的新收、结转与各项办理结果，并把空白格补填为数字。
    """
    form = form_of(report.format).table("requests")
    for column in APPLICANT_COLUMNS:
        received = (at("new", column.id), at("carried_in", column.id))
        balance, outcomes = _column_sums(form.calculations, column.id)
        if None not in (difference(report, balance), difference(report, outcomes)):
            continue  # R102 and R103 have read the whole column
        if missing := unread(report, received):
            yield missing
            continue
        yield from _exceeding(report, received, column.id)


def _column_sums(
    calculations: tuple[Calculation, ...], column: str
) -> tuple[Calculation, Calculation]:
    found = {c.id: c for c in calculations}
    return found[f"balance/{column}"], found[f"outcomes/{column}"]


def _exceeding(report: Report, received: tuple[Concept, Concept], column: str) -> Iterator[Finding]:
    limit = sum(report.number(concept) or 0 for concept in received)
    for row in (*outcome_rows(report), "total", "carried_over"):
        value = report.number(at(row, column))
        if value is not None and value > limit:
            yield Finding(
                f"{cell_label(report, at(row, column))}是{value}，"
                f"多于收到的申请（本年新收＋上年结转＝{limit}）。",
                cells_evidence(report, [at(row, column), *received]),
                expected=limit,
                actual=value,
            )


@rule("R105", "total-left-blank", "warning")
def total_left_blank(report: Report) -> Outcomes:
    """各项都填了数，“总计”却空着。

    为什么: 总计空白时各级无法汇总，也无从核对本行本列是否填对。

    依据: 国办公开办函〔2021〕30号附件，表三“总计”列与“（七）总计”行。

    反例::

        requests:
          granted: {natural_person: 2, enterprise: 1, total: null}

    正例::

        requests:
          granted: {natural_person: 2, enterprise: 1, total: 3}

    处理: 把各项相加，填入总计。
    """
    for kind, name in (("applicants/", "列"), ("outcomes/", "行")):
        found = [s for s in map(partial(_sum_left_blank, report), _sums(report, kind)) if s]
        if not found:
            continue
        first = found[0]
        more = f"等{len(found)}格" if len(found) > 1 else ""
        at_least = "" if first.complete else "至少"
        yield Finding(
            f"“总计”{name}有空格：{cell_label(report, first.cell)}{more}；"
            f"该格各项相加{at_least}是{first.sum}。",
            cells_evidence(report, (s.cell for s in found)),
            expected=first.sum if first.complete else None,
        )


@dataclass(frozen=True, slots=True)
class _BlankSum:
    """A total left blank, and what its parts add up to; `complete` when none of them is blank."""

    cell: Concept
    sum: Number
    complete: bool


def _sums(report: Report, kind: str) -> Iterator[Calculation]:
    calculations = form_of(report.format).table("requests").calculations
    return (c for c in calculations if c.id.startswith(kind))


def _sum_left_blank(report: Report, calculation: Calculation) -> _BlankSum | None:
    """The blank total of a calculation whose parts are not all nothing."""
    cell = calculation.left[0]
    values = [report.number(part) for part in calculation.right]
    known = [value for value in values if value is not None]
    if report.cell(cell).state not in ("blank", "dash") or not sum(known):
        return None
    return _BlankSum(cell, sum(known), complete=len(known) == len(values))


@rule("R106", "not-a-count", "error")
def not_a_count(report: Report) -> Outcomes:
    """表三有一格填的不是件数：负数、小数或文字。

    为什么: 申请按件统计，只能是零或正整数。

    依据: 国办公开办函〔2021〕30号附件，表三。

    反例::

        requests:
          granted: {natural_person: -2}

    正例::

        requests:
          granted: {natural_person: 2}

    处理: 改填阿拉伯数字整数，不带“件”字、正负号或说明。
    """
    yield from cells.not_counts(report, "requests")


@rule("R107", "cell-left-blank", "warning")
def cell_left_blank(report: Report) -> Outcomes:
    """表三有格空着，或填了“/”“-”“无”。

    为什么: 空白看不出是没有发生还是漏填，上级汇总时也无法相加。

    依据: 国办公开办函〔2021〕30号附件，表三各格均应填数。

    反例::

        requests:
          new: {research: "/", other: null}

    正例::

        requests:
          new: {research: 0, other: 0}

    处理: 没有发生的填0；漏填的按台账补填。
    """
    yield from cells.blanks(report, "requests")


@rule("R108", "row-missing", "warning")
def row_missing(report: Report) -> Outcomes:
    """表三少了法定的行或格。

    为什么: 表样全国统一，缺行则该类办理结果没有统计，也无法汇总。

    依据: 条例第五十条；国办公开办函〔2021〕30号附件，表三。

    反例::

        requests:
          declined.publication: missing

    正例::

        requests:
          declined.publication: {total: 0}

    处理: 按统一表样补上该行，没有发生的填0；原件确有此行的，请提供更清晰的文件重新读取。
    """
    yield from cells.missing_rows(report, "requests")


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
        parts = [report.number(at(row, applicant)) for applicant in APPLICANTS]
        if total and all(part == 0 for part in parts):
            yield Finding(
                f"{cell_label(report, at(row))}是{total}，六类申请人却都是0，疑似错列或漏填。",
                cells_evidence(report, [at(row), *(at(row, a) for a in APPLICANTS)]),
                expected=0,
                actual=total,
            )


@rule("R110", "unpaid-fee-unexplained", "warning", formats=("2021",))
def unpaid_fee_unexplained(report: Report) -> Outcomes:
    """有“逾期未缴费不再处理”的申请，第六部分却没有提到发出收费通知。

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
