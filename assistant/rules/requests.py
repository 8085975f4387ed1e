"""Rules on part three, 收到和处理政府信息公开申请情况 (the `requests` table, 表三)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from assistant.rules import cells
from assistant.rules.cells import cell_label, cells_evidence, unread
from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.sums import difference, failures
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
    if report.cell(cell).state not in ("blank", "dash"):
        return None
    values = [report.number(part) for part in calculation.right]
    known = [value for value in values if value is not None]
    if not sum(known):
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
