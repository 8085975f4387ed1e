"""One mistake, one finding: the cell whose change would mend several failed calculations.

Each cell of 表三 stands in a row sum and a column sum, so one wrong number fails two or three
calculations at once. `diagnose` looks for the single cell, and the single value, that mends most of
them and breaks none; that becomes the finding, and those it explains are listed beneath it, a
sentence of the text that gives the right value among them. Where two cells would do equally well
nothing is named. The verdicts of rules are not touched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.rules.cells import cell_evidence, cell_label, is_read
from assistant.rules.rule import SEVERITIES, Evidence, Finding
from assistant.rules.sums import difference
from ingest.forms import Calculation, form_of
from ingest.report import TABLE_NAMES, Concept, Number, Report

# Fewer failed calculations than this may be mended by any of their cells: nothing to name.
LEAST_EXPLAINED = 2


@dataclass(frozen=True, slots=True)
class Remedy:
    """A cell, the value that it should have, and the calculations which that would mend."""

    concept: Concept
    value: Number
    mended: tuple[Calculation, ...]


def diagnose(report: Report, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, those with a common cause gathered under one that names the cell."""
    remaining = list(findings)
    gathered: list[Finding] = []
    failed = [c for c in _calculations(report) if difference(report, c)]
    while remedy := _best_remedy(report, failed):
        failed = [c for c in failed if c not in remedy.mended]
        explained = [f for f in remaining if _is_explained(report, f, remedy)]
        if explained:
            remaining = [f for f in remaining if f not in explained]
            gathered.append(_gathered(report, remedy, explained))
    return (*gathered, *remaining)


def _calculations(report: Report) -> Iterator[Calculation]:
    for name in TABLE_NAMES:
        if is_read(report, name):
            yield from form_of(report.format).table(name).calculations


def _best_remedy(report: Report, failed: Sequence[Calculation]) -> Remedy | None:
    """The remedy that mends most and that no other as good competes with; None when there is none."""
    cells = dict.fromkeys(c for calculation in failed for c in calculation.left + calculation.right)
    remedies = [r for cell in cells for r in _remedies(report, cell, failed)]
    remedies = [r for r in remedies if len(r.mended) >= LEAST_EXPLAINED]
    for remedy in sorted(remedies, key=lambda r: -len(r.mended)):
        if not any(_competes(other, remedy) for other in remedies if other is not remedy):
            return remedy
    return None


def _competes(other: Remedy, remedy: Remedy) -> bool:
    """Whether another remedy would mend as many, some of them the same."""
    shared = set(other.mended) & set(remedy.mended)
    return bool(shared) and len(other.mended) >= len(remedy.mended)


def _remedies(report: Report, cell: Concept, failed: Sequence[Calculation]) -> Iterator[Remedy]:
    """The values of one cell that mend some failed calculations and break no other."""
    stated = report.number(cell)
    touched = [c for c in _calculations(report) if cell in c.left + c.right]
    if stated is None or any(difference(report, c) == 0 for c in touched):
        return
    for value in dict.fromkeys(_mending_value(report, c, cell, stated) for c in touched):
        mended = tuple(
            c for c in touched if c in failed and _mending_value(report, c, cell, stated) == value
        )
        if value is not None and value >= 0 and mended:
            yield Remedy(cell, value, mended)


def _mending_value(
    report: Report, calculation: Calculation, cell: Concept, stated: Number
) -> Number | None:
    """What the cell should hold for the calculation to hold; None when that cannot be known."""
    gap = difference(report, calculation)
    if gap is None:
        return None
    return stated - gap if cell in calculation.left else stated + gap


def _is_explained(report: Report, finding: Finding, remedy: Remedy) -> bool:
    """Whether a finding is a calculation that the remedy mends, or a text that says its value."""
    read = tuple(
        (e.place.table, e.place.row, e.place.column) for e in finding.evidence if e.place.table
    )
    if any(read == calculation.left + calculation.right for calculation in remedy.mended):
        return True
    is_contradiction = finding.expected == report.number(remedy.concept)
    return read == (remedy.concept,) and is_contradiction and finding.actual == remedy.value


def _gathered(report: Report, remedy: Remedy, explained: Sequence[Finding]) -> Finding:
    """One finding that names the cell, with those that it explains as its consequences."""
    gravest = min(explained, key=lambda f: SEVERITIES.index(f.severity))
    stated = report.number(remedy.concept)
    cell = cell_evidence(report, remedy.concept)
    label = cell_label(report, remedy.concept)
    hedge = "疑似：" if cell.doubt else ""
    return Finding(
        f"{hedge}{label}填了{stated}，按勾稽关系应为{remedy.value}{_slip(stated, remedy.value)}："
        f"改正这一格，{len(explained)}处不符全部消除。",
        (cell, *_others(cell, gravest)),
        expected=remedy.value,
        actual=stated,
        suggestion=f"先核实{label}是否应为{remedy.value}；如原数无误，再逐项核对下列各式。",
        severity=gravest.severity,
        rule=gravest.rule,
        consequences=tuple(explained),
    )


def _others(cell: Evidence, finding: Finding) -> Iterator[Evidence]:
    """The evidence of a finding without the cell that is named first."""
    return (e for e in finding.evidence if replace(e, doubt=None) != replace(cell, doubt=None))


def _slip(stated: Number | None, value: Number) -> str:
    """How the wrong number may have come about, in brackets; empty when nothing suggests itself.

    >>> _slip(21, 12), _slip(300, 30), _slip(7, 4)
    ('（疑为数字颠倒）', '（疑为多写了0）', '')
    """
    wrong, right = str(stated), str(value)
    if wrong != right and sorted(wrong) == sorted(right):
        return "（疑为数字颠倒）"
    if value and wrong.rstrip("0") == right.rstrip("0"):
        return "（疑为多写了0）" if len(wrong) > len(right) else "（疑为少写了0）"
    return ""
