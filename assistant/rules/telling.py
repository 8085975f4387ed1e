"""How a remedy is told: what is wrong in words of the form, how it may have come about, what to do.

Pure; knows the names of rows and columns and nothing of rules. A guess at the slip stands in brackets.
"""

from collections.abc import Sequence

from assistant.rules.cells import TABLE_LABELS, cell_label, column_label, row_label
from assistant.rules.remedies import Remedy, is_tenfold
from ingest.forms import APPLICANT_COLUMNS, form_of
from ingest.report import Concept, Number, Report


def told(report: Report, remedy: Remedy, last_year: Report | None) -> tuple[str, str]:
    """What is wrong, and what to do."""
    cells = list(remedy.values)
    form, table = form_of(report.format), TABLE_LABELS[cells[0].table]
    if remedy.kind == "cell":
        label, stated, value = cell_label(report, cells[0]), report.number(cells[0]), remedy.values
        slip = slip_told(report, cells[0], value[cells[0]], last_year)
        return (
            f"{label}填了{stated}，按勾稽关系应为{value[cells[0]]}{slip}：改正这一格",
            f"先核实{label}是否应为{value[cells[0]]}；如原数无误，再逐项核对下列各式。",
        )
    rows = list(dict.fromkeys(row_label(form, cell) for cell in cells))
    shown = "、".join(str(remedy.values[cell]) for cell in cells)
    columns = list(dict.fromkeys(column_label(form, cell) for cell in cells))
    if remedy.kind == "row-shifted":
        return (
            f"{table}“{rows[0]}”行疑似整行错开了一列：移回后各格应为{shown}",
            f"对照台账核实“{rows[0]}”行各格；确是错列的，整行移回。",
        )
    if remedy.kind in ("pair", "sums"):
        cause, advice = _sums_told(table, rows, columns, shown)
        return f"{cause}{_copied(report, cells, last_year)}：改正后", advice
    if remedy.kind == "line-wrong":
        cause, advice = _sums_told(table, rows, columns, shown)
        why = _copied(report, cells, last_year) or _line_slip(report, remedy)
        return f"{cause}{why}：改正后", advice
    if remedy.kind == "cells-swapped" and len(rows) > 1 and not remedy.also:
        pair = "与".join(
            f"“{row}”行（{report.number(c)}）" for row, c in zip(rows, cells, strict=True)
        )
        return (
            f"{table}“{columns[0]}”列{pair}两格疑似填颠倒了：互换后",
            f"对照台账核实“{columns[0]}”列这两格；确是颠倒的，互换。",
        )
    if remedy.kind == "cells-swapped" and len(rows) > 1:
        others = [column_label(form, next(iter(values))) for values in remedy.also]
        listed = "、".join(f"“{column}”" for column in dict.fromkeys((columns[0], *others)))
        both = "与".join(f"“{row}”" for row in rows)
        return (
            f"{table}{both}两行有一列疑似填颠倒了，可能是{listed}：互换后",
            f"对照台账核实{listed}各列的这两格，把颠倒的一列互换。",
        )
    if remedy.kind == "cells-swapped":
        pair = "与".join(f"“{column}”（{_stated(report, cells, column)}）" for column in columns)
        if remedy.also:
            others = [row_label(form, next(iter(values))) for values in remedy.also]
            listed = "、".join(f"“{row}”" for row in (rows[0], *others))
            both = "与".join(f"“{column}”" for column in columns)
            what = f"{table}{both}两列有一行疑似填颠倒了，可能是{listed}：互换后"
            return what, f"对照台账核实{listed}各行的这两格，把颠倒的一行互换。"
        what = f"{table}“{rows[0]}”行{pair}两格疑似填颠倒了：互换后"
        return what, f"对照台账核实“{rows[0]}”行这两格；确是颠倒的，互换。"
    named, kind = (columns, "列") if remedy.kind == "columns-swapped" else (rows, "行")
    both = "与".join(f"“{name}”" for name in named)
    return (
        f"{table}{both}两{kind}疑似整{kind}填颠倒了：互换后",
        f"对照台账核实这两{kind}；确是颠倒的，整{kind}互换。",
    )


def _sums_told(
    table: str, rows: Sequence[str], columns: Sequence[str], shown: str
) -> tuple[str, str]:
    """Several cells of one row or column that are not what their parts add up to."""
    if len(rows) == 1:
        where, which = f"“{rows[0]}”行", "、".join(f"“{column}”" for column in columns)
        which = "" if len(columns) == len(APPLICANT_COLUMNS) else which
    else:
        where, which = f"“{columns[0]}”列", f"“{rows[0]}”等{len(rows)}行"
    return (
        f"{table}{where}{which}各格与勾稽关系不符，按勾稽关系应为{shown}",
        f"先核实{table}{where}这几格；如原数无误，再逐项核对下列各式。",
    )


def _line_slip(report: Report, remedy: Remedy) -> str:
    """In brackets, how a whole row or column may have come to be wrong."""
    stated = [report.number(cell) or 0 for cell in remedy.values]
    if not any(stated):
        return "（这几格都是0，像是漏填）"
    if is_tenfold(stated, list(remedy.values.values())):
        return "（各格都差十倍，像是多写或少写了一个0）"
    line = "行" if len({cell.row for cell in remedy.values}) == 1 else "列"
    return f"（与前一{line}完全相同，像是照抄）"


def _stated(report: Report, cells: Sequence[Concept], column: str) -> Number | None:
    form = form_of(report.format)
    return next(report.number(cell) for cell in cells if column_label(form, cell) == column)


def _copied(report: Report, cells: Sequence[Concept], last_year: Report | None) -> str:
    """In brackets, that the cells are last year's, and are not all nought."""
    stated = [report.number(cell) for cell in cells]
    if last_year is None or stated != [last_year.number(cell) for cell in cells]:
        return ""
    return f"（与{last_year.year}年年报的数相同，疑为照抄上年）" if any(stated) else ""


def slip_told(report: Report, cell: Concept, value: Number, last_year: Report | None) -> str:
    """How the wrong number may have come about, in brackets; empty when nothing suggests itself."""
    stated = report.number(cell)
    return _copied(report, [cell], last_year) or _typing_slip(stated, value)


def _typing_slip(stated: Number | None, value: Number) -> str:
    """What may have happened at the keyboard.

    >>> _typing_slip(21, 12), _typing_slip(300, 30), _typing_slip(7, 4)
    ('（疑为数字颠倒）', '（疑为多写了0）', '')
    """
    wrong, right = str(stated), str(value)
    if wrong != right and sorted(wrong) == sorted(right):
        return "（疑为数字颠倒）"
    if value and wrong.rstrip("0") == right.rstrip("0"):
        return "（疑为多写了0）" if len(wrong) > len(right) else "（疑为少写了0）"
    return ""
