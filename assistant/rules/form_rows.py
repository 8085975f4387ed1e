"""Rules on the tables as grids: torn by a page break, with rows that the form has not.

They stand on the doubts of the reading, so all of them say that the original is to be looked at.
"""

from collections.abc import Iterator
from dataclasses import replace

from assistant.rules.cells import TABLE_LABELS
from assistant.rules.rule import Evidence, Finding, Outcomes, Undecided, rule
from ingest.report import Doubt, Report, Table
from ingest.sums import CONFIRMED, CONTRADICTED

_TORN = frozenset({"row-rebuilt", "row-shifted"})
_BESIDE_THE_FORM = frozenset({"row-unknown", "cell-repeated", "table-repeated"})
# One table twice may be a slip of the layout; two of them are two reports.
LEAST_REPEATED = 2


@rule("S115", "table-torn", "notice", reads="tables")
def table_torn(report: Report) -> Outcomes:
    """表格被分页、断行拆开，或与表头错开。

    为什么: 拆开的表读起来容易串行，转成网页或交上级汇总时常常丢格。

    依据: 国办公开办函〔2021〕30号附件，统一表样。

    反例::

        requests:
          new: {natural_person: {value: 3, doubt: row-rebuilt}, total: 3}

    正例::

        requests:
          new: {natural_person: 3, total: 3}

    处理: 在原件中把该表排在一页之内，或让表头跨页重复；并与原件核对所列各格。
    """
    if not report.tables:
        yield Undecided("没有读到法定表格，无法判断排版。")
        return
    for name, table in report.tables.items():
        rows = {c.row: cell.doubt for c, cell in table.cells.items() if _is_torn(cell.doubt)}
        if rows:
            first = _as_torn(next(doubt for doubt in rows.values() if doubt))
            yield Finding(
                f"{TABLE_LABELS[name]}有{len(rows)}行被拆开或与表头错开。",
                (Evidence(first.place, doubt=first),),
                actual=len(rows),
            )


def _is_torn(doubt: Doubt | None) -> bool:
    return doubt is not None and doubt.code in _TORN


def _as_torn(doubt: Doubt) -> Doubt:
    """The doubt without what the sums say of the number: the row is torn whether they hold or not."""
    said = doubt.message.removesuffix(CONFIRMED).removesuffix(CONTRADICTED)
    return replace(doubt, message=said)


@rule("S118", "row-beside-the-form", "warning", reads="tables")
def row_beside_the_form(report: Report) -> Outcomes:
    """表中有统一表样以外的行，或同一行列了两次。

    为什么: 表样全国统一，自行增加的行无法汇总，还会让合计对不上。

    依据: 条例第五十条；国办公开办函〔2021〕30号附件，统一表样。

    反例::

        table_doubts: {requests: row-unknown}
        requests:
          new: {natural_person: 3, total: 3}

    正例::

        requests:
          new: {natural_person: 3, total: 3}

    处理: 删去表样以外的行；确需说明的数据写在第六部分。
    """
    if not report.tables:
        yield Undecided("没有读到法定表格，无法核对行列。")
        return
    for name, table in report.tables.items():
        for doubt in _beside(table):
            yield Finding(
                f"{TABLE_LABELS[name]}与统一表样不同。", (Evidence(doubt.place, doubt=doubt),)
            )


def _beside(table: Table) -> Iterator[Doubt]:
    seen: dict[str, Doubt] = {}
    for doubt in (*table.doubts, *(cell.doubt for cell in table.cells.values() if cell.doubt)):
        if doubt.code in _BESIDE_THE_FORM:
            seen.setdefault(doubt.message, doubt)
    yield from seen.values()


@rule("S120", "two-reports-in-one-file", "error", reads="tables")
def two_reports_in_one_file(report: Report) -> Outcomes:
    """一个文件里有两份年报。

    为什么: 两份混在一起，文字和表格对不上，核查别的内容没有意义；分得开的，只核查第一份。

    依据: 条例第五十条：年度报告由各行政机关分别编制。

    反例::

        table_doubts: {requests: table-repeated, disputes: table-repeated}
        requests: {}
        disputes: {}

    正例::

        requests: {}
        disputes: {}

    处理: 把两份年报拆成两个文件，分别核查。
    """
    for doubt in report.doubts:
        if doubt.code == "several-reports":
            said = doubt.message.partition("，")[0]
            message = f"{said}，只核查了第一份；请拆成单独的文件，分别核查。"
            yield Finding(message, (Evidence(doubt.place),))
    repeated = [
        (TABLE_LABELS[name], doubt)
        for name, table in report.tables.items()
        for doubt in table.doubts
        if doubt.code == "table-repeated"
    ]
    if len(repeated) >= LEAST_REPEATED:
        labels = "、".join(label for label, _ in repeated)
        yield Finding(
            f"这个文件里{labels}各有两张，像是两份年报合在一个文件里，其余规则没有核对；请拆开后分别核查。",
            tuple(Evidence(doubt.place) for _, doubt in repeated),
        )
