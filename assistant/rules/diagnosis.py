"""One mistake, one finding: what would put several failed calculations right, told in one sentence.

Each cell of 表三 stands in a row sum and a column sum, so one wrong number fails two or three
calculations at once, and a shifted row eight. The remedy that mends most and breaks none becomes
the finding; those it explains are listed beneath it, a sentence of the text that gives the right
value among them. The verdicts of rules are not touched.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType

from assistant.rules.cells import (
    cell_label,
    cells_evidence,
)
from assistant.rules.consequences import (
    appearing,
    beneath,
    cells_of,
    linked,
    vanishing,
    with_empty_table_gathered,
    with_numbers,
    with_words,
    with_year_gathered,
)
from assistant.rules.ledger import Ledger, Values, report_to_ledger
from assistant.rules.remedies import (
    Remedy,
    best_remedy,
    lone_remedies,
    nought_for_a_sum,
    pairs,
    table_calculations,
)
from assistant.rules.rule import SEVERITIES, Evidence, Finding
from assistant.rules.sums import numbers
from assistant.rules.telling import slip_told, told
from ingest.forms import Calculation
from ingest.report import Concept, Number, Report, TableName


def diagnose(
    report: Report, findings: Sequence[Finding], last_year: Report | None = None
) -> tuple[Finding, ...]:
    """The findings, those with a common cause gathered under one that names it."""
    remaining = list(findings)
    gathered: list[Finding] = []
    # Each failed calculation is a finding by now: none is worked out a second time.
    told = {_sum_of(finding) for finding in findings if finding.rule in _SUMS}
    failed = [c for c in table_calculations(report) if (_RULE_OF[_kind(c)], c.left[0]) in told]
    names = dict.fromkeys(map(_table_of, failed))
    ledgers = {name: report_to_ledger(report, name, last_year) for name in names}
    while remedy := _remedy(report, ledgers, failed, remaining):
        name = _table_of(remedy.mended[0])
        ledgers[name] = ledgers[name].with_values(remedy.values)
        failed = [c for c in failed if c not in remedy.mended]
        explained = _explained(report, remedy, remaining, last_year)
        if explained:
            remaining = [f for f in remaining if f not in explained]
            cause = _gathered(report, remedy, explained, last_year)
            gathered.append(_with_repetition(report, cause, remedy, findings, last_year))
    alone = (_with_guess(report, f, last_year) for f in _totals_beneath(remaining))
    of_one_year = with_year_gathered(report, [*gathered, *alone], last_year)
    return tuple(linked(with_empty_table_gathered(report, of_one_year)))


# Which rule holds a calculation, by the beginning of its id.
_RULE_OF = {"applicants": "R101", "balance": "R102", "outcomes": "R103", "results": "D101"}
_SUMS = frozenset(_RULE_OF.values())
# Those of a total, which stands first, and its parts.
_OF_PARTS = _SUMS - {"R102"}


def _kind(calculation: Calculation) -> str:
    return calculation.id.partition("/")[0]


def _sum_of(finding: Finding) -> tuple[str, Concept]:
    """Which calculation a finding says has failed: its rule and its first cell."""
    place = finding.evidence[0].place
    assert place.table
    return finding.rule, Concept(place.table, place.row or "", place.column or "")


def _table_of(calculation: Calculation) -> TableName:
    return calculation.left[0].table


def _remedy(
    report: Report,
    ledgers: Mapping[TableName, Ledger],
    failed: Sequence[Calculation],
    findings: Sequence[Finding],
) -> Remedy | None:
    """The next remedy of any table, the surest first."""
    names = dict.fromkeys(map(_table_of, failed))
    own = [(ledgers[name], [c for c in failed if _table_of(c) == name]) for name in names]
    spoken = _spoken(report, [f for f in findings if f.rule not in _SUMS])
    remedies = chain(
        (best_remedy(ledger, broken) for ledger, broken in own),
        (_told_by_the_text(ledger, broken, spoken) for ledger, broken in own),
        (nought_for_a_sum(ledger, broken) for ledger, broken in own),
    )
    return next(filter(None, remedies), None)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What the text says of a sum of cells, and what they add up to."""

    cells: frozenset[Concept]
    said: Number
    stated: Number

    def bears_out(self, remedy: Remedy, numbers: Values) -> bool:
        """Whether the sentence would be right if the remedy were taken; `numbers` are the cells'."""
        changed = self.cells & remedy.values.keys()
        mended = self.stated + sum(remedy.values[c] - numbers[c] for c in changed)
        return bool(changed) and self.said == mended


def _spoken(report: Report, findings: Sequence[Finding]) -> list[_Spoken]:
    """What the text says of cells, by the findings that it differs."""
    found = []
    for finding in findings:
        cells = _cells_of(finding)
        stated = numbers(report, cells) if cells else None
        said = finding.actual
        if stated and isinstance(said, int | float) and finding.expected == sum(stated):
            found.append(_Spoken(frozenset(cells), said, sum(stated)))
    return found


def _explained(
    report: Report, remedy: Remedy, findings: Sequence[Finding], last_year: Report | None
) -> list[Finding]:
    """The findings that the remedy puts right: its calculations, and what was said of its cells."""
    plain = [f for f in findings if _is_explained(report, f, remedy)]
    if remedy.also:
        return plain  # which of several exchanges is right is not known
    # A sum that the remedy does not mend has another mistake in it as well.
    others = [
        f
        for f in findings
        if f.rule not in _SUMS and f not in plain and cells_of(f) & remedy.values.keys()
    ]
    if not plain or not others:
        return plain
    return plain + vanishing(others, with_numbers(report, remedy.values), last_year)


# What holds a row of a table against the text, by the beginning of its id.
_OF_THE_TEXT: Mapping[TableName, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "requests": {
            "new": ("N101", "N106"),
            "carried": ("N105",),
            "total": ("N102",),
            **dict.fromkeys(
                ("granted", "partly", "denied", "unavailable", "declined", "other"), ("N104",)
            ),
        },
        "disputes": {"reconsideration": ("N107",), "litigation": ("N107",)},
        "proactive": {"normative": ("N109",), "": ("N110",)},
    }
)
_OF_LAST_YEAR = ("Y101",)


def _asked_of(cells: Iterable[Concept]) -> list[str]:
    """The rules that hold some of the cells against the text."""
    spoken = [c for c in cells if c.column == "total" or c.row == "new" or c.table == "proactive"]
    found = (
        rules
        for cell in spoken
        for beginning, rules in _OF_THE_TEXT[cell.table].items()
        if cell.row.startswith(beginning)
    )
    return list(dict.fromkeys(rule for rules in found for rule in rules))


def _with_repetition(
    report: Report,
    cause: Finding,
    remedy: Remedy,
    findings: Sequence[Finding],
    last_year: Report | None,
) -> Finding:
    """The cause; where something else bears out the number as it stands, the advice says so."""
    if remedy.also:
        return cause
    mended = with_numbers(report, remedy.values)
    texts = appearing(findings, mended, last_year, _asked_of(remedy.values))
    before = appearing(findings, mended, last_year, _OF_LAST_YEAR) if last_year else []
    said = "、".join(str(value) for value in dict.fromkeys(f.actual for f in texts))
    more = f"正文也写了{said}，改表时一并核实正文。" if texts else ""
    if any(f.severity == "error" for f in before):
        more += "但该数与上年年报的结转数相符，也可能是别的格有误。"
    return replace(
        cause,
        suggestion=cause.suggestion + more,
        evidence=with_words(cause.evidence, texts),
    )


def _totals_beneath(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, that on the column of totals under those on the columns which it adds up.

    What is wrong in the column of one kind of applicant is as wrong in the total of all.
    """
    remaining = list(findings)
    for rule in ("R102", "R103"):
        columns = {_column_of(f): f for f in remaining if f.rule == rule}
        whole = columns.pop("total", None)
        if whole and columns and sum(map(_gap, columns.values())) == _gap(whole):
            first, *others = columns.values()
            is_a_row = len(others) >= LEAST_COLUMNS_OF_A_ROW - 1
            effects = (*others, whole) if is_a_row else (whole,)
            told = beneath(_told_as_a_row(first, effects) if is_a_row else first, effects)
            remaining = [told if f is first else f for f in remaining if f not in effects]
    return remaining


# So many columns out at once, with a total to match, are one row that is wrong rather than cells.
LEAST_COLUMNS_OF_A_ROW = 3


def _told_as_a_row(first: Finding, others: Sequence[Finding]) -> Finding:
    """The finding on one column, told as one on a row that is wrong throughout."""
    count = len(others)
    return replace(
        first,
        message=f"表三有{count}类申请人的列都不平，总计列也随之不平，而各行自己的合计都对："
        f"像是有一行整行填错、漏填或串了行。如{first.message}",
        suggestion=f"先查各列共同涉及的行，逐行对照台账找出填错的一行。{first.suggestion}",
        consequences=(*first.consequences, replace(first, consequences=())),
    )


def _column_of(finding: Finding) -> str:
    return finding.evidence[0].place.column or ""


def _gap(finding: Finding) -> Number:
    sides = (finding.actual, finding.expected)
    actual, expected = (side if isinstance(side, int | float) else 0 for side in sides)
    return actual - expected


def _told_by_the_text(
    ledger: Ledger, failed: Sequence[Calculation], spoken: Sequence[_Spoken]
) -> Remedy | None:
    """The remedy of a sum that fails alone of which a sentence of the text gives the value."""
    cells = {cell for said in spoken for cell in said.cells}
    named = [c for c in failed if not cells.isdisjoint(c.left + c.right)]
    for remedies in (
        list(pairs(ledger, failed)) if named else [],
        *(list(lone_remedies(ledger, calculation)) for calculation in named),
    ):
        told = [r for r in remedies if any(s.bears_out(r, ledger.stated) for s in spoken)]
        told.sort(key=lambda remedy: remedy.rank)
        if told and (len(told) == 1 or told[0].rank < told[1].rank):
            return told[0]
    return None


def _is_explained(report: Report, finding: Finding, remedy: Remedy) -> bool:
    """Whether a finding is a calculation that the remedy mends, or a text that says its value."""
    if finding.rule in _SUMS:
        mended = {(_RULE_OF[_kind(c)], c.left[0]) for c in remedy.mended}
        return _sum_of(finding) in mended
    read = _cells_of(finding)
    if remedy.kind != "cell" and finding.rule == "R109":
        return bool(read) and read[0] in remedy.values
    if len(read) == 1 and read[0] in remedy.values and finding.actual == report.number(read[0]):
        return True  # the cell alone is wrong in itself: a count below nought
    stated = {cell: report.number(cell) or 0 for cell in remedy.values}
    return any(said.bears_out(remedy, stated) for said in _spoken(report, [finding]))


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
    cause, advice = told(report, remedy, last_year)
    single = remedy.kind == "cell"
    return Finding(
        f"{hedge}{cause}，{f'{len(explained)}处不符全部消除' if len(explained) > 1 else '即相符'}。",
        with_words((*cells, *_others(cells, gravest)), explained),
        expected=value if single else None,
        actual=report.number(first) if single else None,
        suggestion=advice,
        severity=gravest.severity,
        rule=gravest.rule,
        consequences=tuple(explained),
    )


def _others(cells: Sequence[Evidence], finding: Finding) -> Iterator[Evidence]:
    """The evidence of a finding without the cells that are named first."""
    named = {(e.place.table, e.place.row, e.place.column) for e in cells}
    for evidence in finding.evidence:
        place = evidence.place
        if not place.table or (place.table, place.row, place.column) not in named:
            yield evidence


def _with_guess(report: Report, finding: Finding, last_year: Report | None) -> Finding:
    """A failed sum that stands alone, with how its total may have come about where that shows."""
    parts = finding.expected
    if finding.rule not in _OF_PARTS or not isinstance(parts, int | float):
        return finding
    total = _sum_of(finding)[1]
    slip = slip_told(report, total, parts, last_year)
    if not slip:
        return finding
    hint = f"{cell_label(report, total)}应为{parts}{slip}。{finding.suggestion}"
    return replace(finding, suggestion=hint)
