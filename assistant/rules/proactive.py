"""Rules on part two, 主动公开政府信息情况 (the `proactive` table, 表二), both editions."""

import re
from dataclasses import replace

from assistant.rules import cells
from assistant.rules.cells import (
    cell_evidence,
    cell_label,
    cells_evidence,
    column_label,
    is_read,
    table_unread,
    unread,
)
from assistant.rules.rule import Finding, Outcomes, Undecided, rule
from assistant.rules.sums import numbers
from assistant.rules.texts import quote_evidence, sentences
from ingest.forms import edition_for_year, form_of
from ingest.report import Concept, Doubt, Report

# A department that collects a million 万元 (ten thousand million yuan) has filled in yuan.
IMPLAUSIBLE_FEES_WAN = 1_000_000
YUAN_PER_WAN = 10_000


def at(row: str, column: str) -> Concept:
    """A cell of 表二."""
    return Concept("proactive", row, column)


FEE_AMOUNT = at("fees", "amount")


@rule("P101", "not-a-count", "error")
def not_a_count(report: Report) -> Outcomes:
    """表二有一格填的不是数，或是负数、小数。

    为什么: 文件和处理决定按件统计，只能是零或正整数；只有金额可以有小数，只有“本年增/减”可以是负数。

    依据: 国办公开办函〔2021〕30号附件，表二。

    反例::

        proactive:
          licensing: {decisions: 12件}

    正例::

        proactive:
          licensing: {decisions: 12}
          fees: {amount: 3.25}

    处理: 改填阿拉伯数字，不带单位或说明；金额按表头的单位（万元）换算。
    """
    yield from cells.not_counts(report, "proactive")


@rule("P102", "cell-left-blank", "warning")
def cell_left_blank(report: Report) -> Outcomes:
    """表二有格空着，或填了“/”“-”“无”。

    为什么: 空白看不出是没有发生还是漏填，不能当作0。

    依据: 国办公开办函〔2021〕30号附件，表二各格均应填数。

    反例::

        proactive:
          coercion: {decisions: /}

    正例::

        proactive:
          coercion: {decisions: 0}

    处理: 没有发生的填0；漏填的补填。
    """
    yield from cells.blanks(report, "proactive")


@rule("P103", "row-missing", "warning")
def row_missing(report: Report) -> Outcomes:
    """表二少了法定的行或格。

    为什么: 表样全国统一，缺行则该项没有统计，也无法汇总。

    依据: 条例第五十条；国办公开办函〔2021〕30号附件，表二。

    反例::

        proactive:
          coercion: missing

    正例::

        proactive:
          coercion: {decisions: 0}

    处理: 按统一表样补上该行，没有发生的填0。
    """
    yield from cells.missing_rows(report, "proactive")


@rule("P104", "in-force-too-few", "error", formats=("2021",))
def in_force_too_few(report: Report) -> Outcomes:
    """现行有效件数少于本年制发减去本年废止的件数。

    为什么: 本年制发而未废止的文件年末必然有效，现行有效件数不会比它少。

    依据: 国办公开办函〔2021〕30号附件，表二第二十条第（一）项。

    反例::

        proactive:
          normative_documents: {issued: 5, repealed: 1, in_force: 3}

    正例::

        proactive:
          normative_documents: {issued: 5, repealed: 1, in_force: 9}

    处理: 核对规范性文件目录中年末有效的件数，并与司法行政部门的数字一致。
    """
    for row in ("rules", "normative_documents"):
        concepts = (at(row, "issued"), at(row, "repealed"), at(row, "in_force"))
        if missing := unread(report, concepts):
            yield missing
            continue
        issued, repealed, in_force = (report.number(concept) or 0 for concept in concepts)
        if in_force >= issued:
            continue
        label = form_of(report.format).table("proactive").rows[row].label
        at_least = max(issued - repealed, 0)
        certain = in_force < at_least
        yield Finding(
            f"表二“{label}”本年制发{issued}、废止{repealed}，现行有效却只有{in_force}"
            + (f"，至少应为{at_least}。" if certain else "，少于本年制发，请核实。"),
            cells_evidence(report, concepts),
            expected=f"不少于{at_least}",
            actual=in_force,
            severity="error" if certain else "warning",
        )


# Bodies without the power to make 规章: departments of local governments, counties, districts,
# towns. A county-level city is also called 市, so 市人民政府 is not among them.
_NO_RULE_POWER = re.compile(r"(局|委员会|办公室|中心|街道办事处|[县区镇乡旗]人民政府)$")


@rule("P105", "rules-without-power", "warning")
def rules_without_power(report: Report) -> Outcomes:
    """没有规章制定权的机关填了规章件数。

    为什么: 规章只能由国务院部门和省级、设区的市、自治州人民政府制定，部门和县级机关多半是把规范性文件填进了规章行。

    依据: 立法法关于规章制定权的规定；条例第二十条第（一）项。

    反例::

        agency: 临川县水务局
        proactive:
          rules: {issued: 1, in_force: 2}

    正例::

        agency: 临川县水务局
        proactive:
          normative_documents: {issued: 1, in_force: 2}

    处理: 核实文件性质，属于行政规范性文件的移到下一行。
    """
    if not _NO_RULE_POWER.search(report.agency or ""):
        return
    columns = form_of(report.format).table("proactive").columns("rules")
    filled = [c for c in (at("rules", column.id) for column in columns) if report.number(c)]
    if filled:
        values = "、".join(
            f"{column_label(form_of(report.format), c)}{report.number(c)}" for c in filled
        )
        yield Finding(
            f"{report.agency}没有规章制定权，表二“规章”行却填了{values}。",
            cells_evidence(report, filled),
            expected=0,
            actual=report.number(filled[0]),
        )


# 收费1250000元  (an amount in yuan; 万元 does not match)
_YUAN = re.compile(r"(\d[\d,，]*(?:\.\d+)?)元")


@rule("P106", "fees-in-yuan", "warning", formats=("2021",))
def fees_in_yuan(report: Report) -> Outcomes:
    """行政事业性收费疑似按“元”填写。

    为什么: 表头的单位是万元，按元填写会放大一万倍，汇总后难以发现。

    依据: 国办公开办函〔2021〕30号附件，表二“本年收费金额（单位：万元）”。

    反例::

        proactive:
          fees: {amount: 356000}
        sections:
          1: 全年收取行政事业性收费356000元。

    正例::

        proactive:
          fees: {amount: 35.6}
        sections:
          1: 全年收取行政事业性收费356000元。

    处理: 把金额换算成万元再填。
    """
    if missing := unread(report, [FEE_AMOUNT]):
        yield missing
        return
    amount = report.number(FEE_AMOUNT) or 0
    same = [
        sentence
        for sentence in sentences(report)
        if "收费" in sentence.bare and amount and amount in _yuan_in(sentence.bare)
    ]
    if same or amount >= IMPLAUSIBLE_FEES_WAN:
        why = "正文说同一数是“元”" if same else "数额过大"
        yield Finding(
            f"表二行政事业性收费填了{amount}（单位万元），{why}，疑似未换算。",
            (cell_evidence(report, FEE_AMOUNT), *map(quote_evidence, same[:1])),
            expected=amount / YUAN_PER_WAN,
            actual=amount,
        )


def _yuan_in(text: str) -> list[float]:
    return [float(re.sub("[,，]", "", found)) for found in _YUAN.findall(text)]


@rule("P107", "edition-of-another-year", "error")
def edition_of_another_year(report: Report) -> Outcomes:
    """用错了表样：年度与表样的版本不符。

    为什么: 2021年度起改用新表样，旧表的口径（如对外公开总数量）与新表不可比，无法汇总。

    依据: 国办公开办函〔2021〕30号；2019、2020年度为国办公开办函〔2019〕60号。

    反例::

        year: 2022
        format: "2019"
        proactive: {}

    正例::

        year: 2020
        format: "2019"
        proactive: {}

    处理: 换用该年度的统一表样重新填写。
    """
    if report.year is None or report.format is None:
        yield Undecided("没有认出年度或表样，无法判断表样是否用对。")
        return
    edition = edition_for_year(report.year)
    if edition is None or edition == report.format or not is_read(report, "proactive"):
        return
    first = next(iter(form_of(report.format).table("proactive").concepts()))
    yield Finding(
        f"{report.year}年度的年报用了{form_of(report.format).source}的表样，"
        f"应当用{form_of(edition).source}的表样。",
        (replace(cell_evidence(report, first), doubt=_edition_doubt(report)),),
        expected=edition,
        actual=report.format,
    )


def _edition_doubt(report: Report) -> Doubt | None:
    """Why the year or the edition of the report may have been read wrongly, if so."""
    codes = ("format-unclear", "year-missing", "year-conflict")
    return next((doubt for doubt in report.doubts if doubt.code in codes), None)


@rule("P108", "published-exceeds-public", "warning", formats=("2019",))
def published_exceeds_public(report: Report) -> Outcomes:
    """本年新公开数量多于对外公开总数量。

    为什么: 对外公开总数量包含本年新公开的，不会比它少。

    依据: 国办公开办函〔2019〕60号附件，表二第二十条第（一）项。

    反例::

        year: 2020
        format: "2019"
        proactive:
          normative_documents: {created: 4, published: 4, total_public: 3}

    正例::

        year: 2020
        format: "2019"
        proactive:
          normative_documents: {created: 4, published: 4, total_public: 30}

    处理: 核对年末仍对外公开的文件总数。
    """
    for row in ("rules", "normative_documents"):
        concepts = (at(row, "published"), at(row, "total_public"))
        if missing := unread(report, concepts):
            yield missing
            continue
        published, public = (report.number(concept) or 0 for concept in concepts)
        if published > public:
            yield Finding(
                f"{cell_label(report, concepts[0])}{published}，多于对外公开总数量{public}。",
                cells_evidence(report, concepts),
                expected=f"不多于{public}",
                actual=published,
            )


@rule("P109", "fewer-items-than-none", "warning", formats=("2019",))
def fewer_items_than_none(report: Report) -> Outcomes:
    """本年减少的项目比上一年的项目还多。

    为什么: 上一年项目数量加本年增/减是本年的项目数，不会小于零。

    依据: 国办公开办函〔2019〕60号附件，表二第二十条第（五）（六）（八）项。

    反例::

        year: 2020
        format: "2019"
        proactive:
          licensing: {items_last_year: 3, change: -8}

    正例::

        year: 2020
        format: "2019"
        proactive:
          licensing: {items_last_year: 30, change: -8}

    处理: 核对权责清单中上一年的项目数和本年调整情况。
    """
    table = form_of(report.format).table("proactive")
    for row in table.rows:
        before, change = at(row, "items_last_year"), at(row, "change")
        items = numbers(report, (before, change))
        if items is None and change in table.concepts() and report.cell(before).state != "missing":
            yield from filter(None, [unread(report, (before, change))])
        elif items and sum(items) < 0:
            yield Finding(
                f"{cell_label(report, before)}{items[0]}，本年增/减{items[1]}，相加得{sum(items)}。",
                cells_evidence(report, (before, change)),
                expected="不小于0",
                actual=sum(items),
            )
    if missing := table_unread(report, "proactive"):
        yield missing


@rule("P110", "procurement-half-filled", "warning", formats=("2019",))
def procurement_half_filled(report: Report) -> Outcomes:
    """政府集中采购的项目数量和总金额一个是0、一个不是。

    为什么: 有采购项目就有金额，有金额就有项目，只有一个为0多是漏填。

    依据: 国办公开办函〔2019〕60号附件，表二第二十条第（九）项。

    反例::

        year: 2020
        format: "2019"
        proactive:
          procurement: {projects: 0, amount: 50}

    正例::

        year: 2020
        format: "2019"
        proactive:
          procurement: {projects: 2, amount: 50}

    处理: 对照采购合同台账补填另一格，金额按文件所写的单位填。
    """
    cells = (at("procurement", "projects"), at("procurement", "amount"))
    if missing := unread(report, cells):
        yield missing
        return
    projects, amount = (report.number(cell) or 0 for cell in cells)
    if bool(projects) != bool(amount):
        empty = cells[0] if not projects else cells[1]
        yield Finding(
            f"{cell_label(report, empty)}是0，采购项目数量{projects}、采购总金额{amount}，只有一个不是0。",
            cells_evidence(report, (empty, *(cell for cell in cells if cell != empty))),
            actual=0,
        )
