"""Rules that hold a report against last year's of the same agency, and against its peers' text."""

from collections.abc import Sequence

from assistant.rules.cells import (
    cell_evidence,
    cell_label,
    column_label,
    unread,
)
from assistant.rules.rule import Evidence, Finding, Outcomes, Undecided, rule
from assistant.rules.texts import quote_evidence, sentences
from ingest.forms import APPLICANT_COLUMNS, form_of
from ingest.report import Concept, Number, Report


def _pair(report: Report, here: Concept, last_year: Report, there: Concept) -> tuple[Evidence, ...]:
    return (cell_evidence(report, here), cell_evidence(last_year, there, other=True))


def _unknown(
    report: Report, here: Sequence[Concept], last_year: Report, there: Sequence[Concept]
) -> Undecided | None:
    return unread(report, here) or unread(last_year, there, other=True)


@rule("Y101", "carried-in-mismatch", "error", needs="last_year")
def carried_in_mismatch(report: Report, last_year: Report) -> Outcomes:
    """上年结转与上一年年报的“结转下年度继续办理”不符。

    为什么: 上年末没有办完的申请就是今年的上年结转，两年的数应当衔接。

    依据: 国办公开办函〔2021〕30号附件，表三“二、上年结转”与“四、结转下年度继续办理”。

    反例::

        requests:
          carried_in: {natural_person: 3, total: 3}
        last_year:
          requests:
            carried_over: {natural_person: 5, total: 5}

    正例::

        requests:
          carried_in: {natural_person: 5, total: 5}
        last_year:
          requests:
            carried_over: {natural_person: 5, total: 5}

    处理: 核对上年末未办结的申请；上年数字有误的，在第六部分说明。
    """
    wrong: list[tuple[Concept, Concept]] = []
    for column in reversed(APPLICANT_COLUMNS):  # the total first
        here = Concept("requests", "carried_in", column.id)
        there = Concept("requests", "carried_over", column.id)
        if missing := _unknown(report, [here], last_year, [there]):
            yield missing
        elif report.number(here) != last_year.number(there):
            wrong.append((here, there))
    if wrong:
        yield _not_carried_on(report, last_year, wrong)


def _not_carried_on(
    report: Report, last_year: Report, wrong: Sequence[tuple[Concept, Concept]]
) -> Finding:
    """One finding for all columns; an error where the total itself is wrong."""
    here, there = wrong[0]
    columns = "、".join(
        f"“{column_label(form_of(report.format), h)}”{report.number(h)}对{last_year.number(t)}"
        for h, t in wrong
    )
    return Finding(
        f"表三“上年结转”与{last_year.year}年年报“结转下年度继续办理”不符：{columns}。",
        tuple(e for h, t in wrong for e in _pair(report, h, last_year, t)),
        expected=last_year.number(there),
        actual=report.number(here),
        severity="error" if here.column == "total" else "warning",
    )


@rule("Y102", "in-force-not-continuous", "warning", formats=("2021",), needs="last_year")
def in_force_not_continuous(report: Report, last_year: Report) -> Outcomes:
    """现行有效件数与上年不衔接。

    为什么: 上年现行有效加本年制发减本年废止，应等于本年现行有效；不等说明漏报或作过清理。

    依据: 国办公开办函〔2021〕30号附件，表二第二十条第（一）项。

    反例::

        proactive:
          normative_documents: {issued: 2, repealed: 1, in_force: 9}
        last_year:
          proactive:
            normative_documents: {in_force: 12}

    正例::

        proactive:
          normative_documents: {issued: 2, repealed: 1, in_force: 13}
        last_year:
          proactive:
            normative_documents: {in_force: 12}

    处理: 核对文件目录；因集中清理而调整的，在第六部分说明。
    """
    if last_year.format != report.format:
        yield Undecided("上一年用的是另一版表样，现行有效件数不可比。")
        return
    explained = [s for s in sentences(report) if "清理" in s.bare and "文件" in s.bare]
    for row in ("rules", "normative_documents"):
        here = [Concept("proactive", row, c) for c in ("in_force", "issued", "repealed")]
        if missing := _unknown(report, here, last_year, here[:1]):
            yield missing
            continue
        in_force, issued, repealed = (report.number(concept) or 0 for concept in here)
        before = last_year.number(here[0]) or 0
        expected = before + issued - repealed
        if in_force != expected:
            yield Finding(
                f"{cell_label(report, here[0])}是{in_force}，按上年{before}＋制发{issued}"
                f"－废止{repealed}应为{expected}。",
                (
                    *(cell_evidence(report, concept) for concept in here),
                    cell_evidence(last_year, here[0], other=True),
                    *map(quote_evidence, explained[:1]),
                ),
                expected=expected,
                actual=in_force,
                severity="notice" if explained else "warning",
            )


@rule("Y103", "items-not-continuous", "warning", formats=("2019",), needs="last_year")
def items_not_continuous(report: Report, last_year: Report) -> Outcomes:
    """上一年项目数量与上一年年报不衔接。

    为什么: 上一年的项目数量加当年增减，就是今年表中的“上一年项目数量”。

    依据: 国办公开办函〔2019〕60号附件，表二。

    反例::

        year: 2020
        format: "2019"
        proactive:
          licensing: {items_last_year: 30}
        last_year:
          format: "2019"
          proactive:
            licensing: {items_last_year: 30, change: -8}

    正例::

        year: 2020
        format: "2019"
        proactive:
          licensing: {items_last_year: 22}
        last_year:
          format: "2019"
          proactive:
            licensing: {items_last_year: 30, change: -8}

    处理: 核对权责清单的项目数；口径有变化的，在第六部分说明。
    """
    if last_year.format != report.format:
        yield Undecided("上一年用的是另一版表样，项目数量不可比。")
        return
    table = form_of(report.format).table("proactive")
    for row in table.rows:
        here = Concept("proactive", row, "items_last_year")
        there = [here, Concept("proactive", row, "change")]
        if not form_of(report.format).has(here):
            continue
        if missing := _unknown(report, [here], last_year, there):
            yield missing
            continue
        expected = sum(last_year.number(concept) or 0 for concept in there)
        if report.number(here) != expected:
            yield Finding(
                f"{cell_label(report, here)}是{report.number(here)}，"
                f"按{last_year.year}年年报（上一年项目数量＋本年增/减）应为{expected}。",
                (
                    cell_evidence(report, here),
                    *(cell_evidence(last_year, concept, other=True) for concept in there),
                ),
                expected=expected,
                actual=report.number(here),
            )


@rule("Y104", "pending-cases-vanished", "notice", needs="last_year")
def pending_cases_vanished(report: Report, last_year: Report) -> Outcomes:
    """上年尚未审结的案件今年没有下落。

    为什么: 上年未审结的复议、诉讼应在今年有结果或仍未审结，今年总计不应比它少。

    依据: 国办公开办函〔2021〕30号附件，表四。

    反例::

        disputes:
          reconsideration: {upheld: 1, total: 1}
        last_year:
          disputes:
            reconsideration: {pending: 3, total: 3}

    正例::

        disputes:
          reconsideration: {upheld: 3, total: 3}
        last_year:
          disputes:
            reconsideration: {pending: 3, total: 3}

    处理: 核对上年未审结案件的结果；当年统计口径只计新收的，在第六部分说明。
    """
    for row in form_of(report.format).table("disputes").rows:
        here, there = Concept("disputes", row, "total"), Concept("disputes", row, "pending")
        if missing := _unknown(report, [here], last_year, [there]):
            yield missing
            continue
        total, pending = report.number(here) or 0, last_year.number(there) or 0
        if total < pending:
            yield Finding(
                f"{last_year.year}年尚未审结{pending}件，{cell_label(report, here)}只有{total}件。",
                _pair(report, here, last_year, there),
                expected=f"不少于{pending}",
                actual=total,
            )


# A count that grew or fell to this many times last year's, by at least so many, is worth a look.
SUDDEN_RATIO = 5
SUDDEN_DIFFERENCE = 20


@rule("Y105", "sudden-change", "notice", needs="last_year")
def sudden_change(report: Report, last_year: Report) -> Outcomes:
    """与上年相比突增或突减。

    为什么: 相差五倍以上多有原因（职能调整、集中申请），也可能是填错了位数或行列。

    依据: 审核惯例：同比变化超过五倍且相差二十以上的应当复核。

    反例::

        requests:
          new: {natural_person: 240, total: 240}
        last_year:
          requests:
            new: {natural_person: 24, total: 24}

    正例::

        requests:
          new: {natural_person: 26, total: 26}
        last_year:
          requests:
            new: {natural_person: 24, total: 24}

    处理: 复核数字；确有变化的，在总体情况或第六部分说明原因。
    """
    if last_year.format != report.format:
        yield Undecided("上一年用的是另一版表样，数量不可比。")
        return
    for concept in form_of(report.format).concepts():
        if concept.table != "proactive" and concept.column != "total":
            continue
        now, before = report.number(concept), last_year.number(concept)
        if now is not None and before is not None and _is_sudden(now, before):
            yield Finding(
                f"{cell_label(report, concept)}由{last_year.year}年的{before}变为{now}。",
                _pair(report, concept, last_year, concept),
                actual=now,
            )


def _is_sudden(now: Number, before: Number) -> bool:
    if abs(now - before) < SUDDEN_DIFFERENCE or not min(now, before):
        return False
    return max(now, before) / min(now, before) > SUDDEN_RATIO
