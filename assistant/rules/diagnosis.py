"""One mistake, one finding: what would put several failed calculations right, told in one sentence.

Each cell of 表三 stands in a row sum and a column sum, so one wrong number fails two or three
calculations at once, and a shifted row eight. The remedy that mends most and breaks none becomes
the finding; those it explains are listed beneath it, a sentence of the text that gives the right
value among them. The verdicts of rules are not touched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.rules.cells import (
    TABLE_LABELS,
    cell_label,
    cells_evidence,
    column_label,
    row_label,
)
from assistant.rules.remedies import Remedy, best_remedy, lone_remedies, table_calculations
from assistant.rules.rule import SEVERITIES, Evidence, Finding
from assistant.rules.sums import difference, numbers
from ingest.forms import Calculation, form_of
from ingest.report import Concept, Number, Report


def diagnose(
    report: Report, findings: Sequence[Finding], last_year: Report | None = None
) -> tuple[Finding, ...]:
    """The findings, those with a common cause gathered under one that names it."""
    remaining = list(findings)
    gathered: list[Finding] = []
    # Each failed calculation is a finding by now: none is worked out a second time.
    told = {_cells_of(finding) for finding in findings}
    failed = [c for c in table_calculations(report) if c.left + c.right in told]
    while remedy := best_remedy(report, failed) or _told_by_the_text(report, failed, remaining):
        failed = [c for c in failed if c not in remedy.mended]
        explained = [f for f in remaining if _is_explained(report, f, remedy)]
        if explained:
            remaining = [f for f in remaining if f not in explained]
            gathered.append(_gathered(report, remedy, explained, last_year))
    return (*gathered, *(_with_guess(report, f, last_year) for f in remaining))


def _told_by_the_text(
    report: Report, failed: Sequence[Calculation], findings: Sequence[Finding]
) -> Remedy | None:
    """The cell of a sum that fails alone to which a sentence of the text gives another value."""
    for calculation in failed:
        spoken = [f for f in findings if _cells_of(f) != calculation.left + calculation.right]
        told = [
            remedy
            for remedy in lone_remedies(report, calculation)
            if any(_is_contradicted(report, finding, remedy) for finding in spoken)
        ]
        if len(told) == 1:
            return told[0]
    return None


def _is_explained(report: Report, finding: Finding, remedy: Remedy) -> bool:
    """Whether a finding is a calculation that the remedy mends, or a text that says its value."""
    read = _cells_of(finding)
    if any(read == calculation.left + calculation.right for calculation in remedy.mended):
        return True
    if remedy.kind != "cell" and finding.rule == "R109":
        return bool(read) and read[0] in remedy.values
    if len(read) == 1 and read[0] in remedy.values and finding.actual == report.number(read[0]):
        return True  # the cell alone is wrong in itself: a count below nought
    return _is_contradicted(report, finding, remedy)


def _is_contradicted(report: Report, finding: Finding, remedy: Remedy) -> bool:
    """Whether the finding is a sentence that would be right if the remedy were taken."""
    read = _cells_of(finding)
    stated = numbers(report, read)
    if not stated or not remedy.values.keys() & set(read):
        return False
    mended = sum(remedy.values.get(cell, number) for cell, number in zip(read, stated, strict=True))
    return finding.expected == sum(stated) and finding.actual == mended


def _cells_of(finding: Finding) -> tuple[Concept, ...]:
    """The cells of the report itself that a finding stands on, in order."""
    return tuple(
        Concept(e.place.table, e.place.row or "", e.place.column or "")
        for e in finding.evidence
        if e.place.table and e.report is None
    )


def _gathered(
    report: Report, remedy: Remedy, explained: Sequence[Finding], last_year: Report | None
) -> Finding:
    """One finding that names the cause, with those that it explains as its consequences."""
    gravest = min(explained, key=lambda f: SEVERITIES.index(f.severity))
    cells = cells_evidence(report, remedy.values)
    hedge = "疑似：" if any(cell.doubt for cell in cells) else ""
    first, value = next(iter(remedy.values.items()))
    cause, advice = _told(report, remedy, last_year)
    single = remedy.kind == "cell"
    return Finding(
        f"{hedge}{cause}，{len(explained)}处不符全部消除。",
        (*cells, *_others(cells, gravest)),
        expected=value if single else None,
        actual=report.number(first) if single else None,
        suggestion=advice,
        severity=gravest.severity,
        rule=gravest.rule,
        consequences=tuple(explained),
    )


def _told(report: Report, remedy: Remedy, last_year: Report | None) -> tuple[str, str]:
    """What is wrong, and what to do."""
    cells = list(remedy.values)
    form, table = form_of(report.format), TABLE_LABELS[cells[0].table]
    if remedy.kind == "cell":
        label, stated, value = cell_label(report, cells[0]), report.number(cells[0]), remedy.values
        slip = _slip(report, cells[0], value[cells[0]], last_year)
        return (
            f"{label}填了{stated}，按勾稽关系应为{value[cells[0]]}{slip}：改正这一格",
            f"先核实{label}是否应为{value[cells[0]]}；如原数无误，再逐项核对下列各式。",
        )
    rows = list(dict.fromkeys(row_label(form, cell) for cell in cells))
    columns = list(dict.fromkeys(column_label(form, cell) for cell in cells))
    if remedy.kind == "row-shifted":
        moved = "、".join(str(remedy.values[cell]) for cell in cells)
        return (
            f"{table}“{rows[0]}”行疑似整行错开了一列：移回后各格应为{moved}",
            f"对照台账核实“{rows[0]}”行各格；确是错列的，整行移回。",
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


def _stated(report: Report, cells: Sequence[Concept], column: str) -> Number | None:
    form = form_of(report.format)
    return next(report.number(cell) for cell in cells if column_label(form, cell) == column)


def _others(cells: Sequence[Evidence], finding: Finding) -> Iterator[Evidence]:
    """The evidence of a finding without the cells that are named first."""
    named = {(e.place.table, e.place.row, e.place.column) for e in cells}
    for evidence in finding.evidence:
        place = evidence.place
        if not place.table or (place.table, place.row, place.column) not in named:
            yield evidence


def _with_guess(report: Report, finding: Finding, last_year: Report | None) -> Finding:
    """A failed sum that stands alone, with how its total may have come about where that shows."""
    read = _cells_of(finding)
    for calculation in table_calculations(report):
        if read == calculation.left + calculation.right and len(calculation.left) == 1:
            total, parts = calculation.left[0], finding.expected
            if isinstance(parts, int | float) and difference(report, calculation):
                slip = _slip(report, total, parts, last_year)
                if slip:
                    hint = f"{cell_label(report, total)}应为{parts}{slip}。{finding.suggestion}"
                    return replace(finding, suggestion=hint)
    return finding


def _slip(report: Report, cell: Concept, value: Number, last_year: Report | None) -> str:
    """How the wrong number may have come about, in brackets; empty when nothing suggests itself."""
    stated = report.number(cell)
    if last_year and stated and stated == last_year.number(cell):
        return f"（与{last_year.year}年年报的数相同，疑为照抄上年）"
    return _typing_slip(stated, value)


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
