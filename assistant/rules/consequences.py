"""What follows from a mistake (连带): findings that would vanish if another were put right.

Known in two ways. Where what is right is known, a number or the year, the rules are asked again of
the report put right. Else it is known from what rules look at, and written down in `_LINKS`: where
part six is missing, so is what must be said in it. Verdicts are not touched.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.rules.rule import SEVERITIES, Evidence, Finding, Rule, catalogue
from assistant.rules.structure import NUMERALS
from ingest.report import Cell, Concept, Number, Place, Report


def with_numbers(report: Report, values: Mapping[Concept, Number]) -> Report:
    """The report with other numbers in some cells."""
    tables = dict(report.tables)
    for concept, value in values.items():
        table = tables[concept.table]
        cell = Cell(value, str(value), table.cells[concept].place)
        tables[concept.table] = replace(table, cells={**table.cells, concept: cell})
    return replace(report, tables=tables)


def of_year(report: Report, year: int) -> Report:
    """The report as one on another year, in its title too."""
    title = (report.title or "").replace(str(report.year), str(year)) or None
    return replace(report, year=year, title=title)


def vanishing(
    findings: Sequence[Finding], mended: Report, last_year: Report | None
) -> list[Finding]:
    """The findings that are not made of the report put right."""
    rules = _rules()
    asked = [f for f in findings if rules[f.rule].needs != "peers"]
    still = {
        (f.rule, _addresses(f))
        for id in dict.fromkeys(f.rule for f in asked)
        for f in rules[id].check(mended, last_year).findings
    }
    return [f for f in asked if (f.rule, _addresses(f)) not in still]


def appearing(
    findings: Sequence[Finding], mended: Report, last_year: Report | None, ids: Iterable[str]
) -> list[Finding]:
    """The findings of some rules that are only made of the report put right."""
    known = {(f.rule, _addresses(f)) for f in findings}
    rules = _rules()
    made = (f for id in ids for f in rules[id].check(mended, last_year).findings)
    return [f for f in made if (f.rule, _addresses(f)) not in known]


@cache
def _rules() -> Mapping[str, Rule]:
    return {rule.id: rule for rule in catalogue()}


def cells_of(finding: Finding) -> frozenset[Concept]:
    """The cells of the report itself that a finding stands on."""
    places = (e.place for e in finding.evidence if e.report is None)
    return frozenset(
        Concept(p.table, p.row, p.column) for p in places if p.table and p.row and p.column
    )


def _addresses(finding: Finding) -> frozenset[tuple[object, ...]]:
    places = (e.place for e in finding.evidence)
    return frozenset((p.section, p.quote, p.table, p.row, p.column) for p in places)


def quotes_of(finding: Finding) -> frozenset[str]:
    """The words that a finding stands on."""
    return frozenset(e.place.quote for e in finding.evidence if e.place.quote)


def beneath(cause: Finding, effects: Sequence[Finding]) -> Finding:
    """The cause with its effects, and theirs, listed under it; as grave as the gravest of them."""
    if not effects:
        return cause
    whole = [part for f in effects for part in (replace(f, consequences=()), *f.consequences)]
    graver = min((cause, *effects), key=lambda f: SEVERITIES.index(f.severity)).severity
    return replace(
        cause,
        evidence=with_words(cause.evidence, effects),
        severity=graver,
        consequences=(*cause.consequences, *whole),
    )


def with_words(evidence: Sequence[Evidence], findings: Iterable[Finding]) -> tuple[Evidence, ...]:
    """Evidence with the words that other findings stand on, so that these are marked as well."""
    known = {e.place.quote for e in evidence}
    quotes = (e for f in findings for e in f.evidence if not e.place.table)
    more = {e.place.quote: e for e in quotes if e.place.quote not in known}
    return (*evidence, *more.values())


# --- A year that is wrong in one place --------------------------------------------------------------

_YEARS = ("I101", "I102", "I103", "I107", "I112")


def with_year_gathered(
    report: Report, findings: Sequence[Finding], last_year: Report | None
) -> list[Finding]:
    """The findings on the year as one, where another year in the title would mend them all."""
    told = next((f for f in findings if f.rule == "I101" and isinstance(f.actual, int)), None)
    if told is None or report.year is None or not isinstance(told.actual, int):
        return list(findings)
    mended = of_year(report, told.actual)
    if str(report.year) not in (report.title or "") or appearing(
        findings, mended, last_year, _YEARS
    ):
        return list(findings)
    effects = vanishing([f for f in findings if f.rule in _YEARS], mended, last_year)
    if not effects:
        return list(findings)
    cause = _year_told(report, told.actual, effects)
    return [cause, *(f for f in findings if f not in effects)]


def _year_told(report: Report, year: int, effects: Sequence[Finding]) -> Finding:
    """The one finding on a title whose year nothing else in the report bears out."""
    signed = report.signed_on is not None and any(f.rule == "I103" for f in effects)
    where = "统计期限、正文和落款" if signed else "统计期限或正文"
    slip = "疑为标题年份之误" if signed else "不是标题年份有误，就是正文沿用了别年的文稿"
    if signed and year == (report.year or 0) - 1:
        slip += "，或把上年的年报当作本年的报送"
    title = Evidence(Place(section=0, quote=report.title))
    others = dict.fromkeys(e for f in effects for e in f.evidence)
    return Finding(
        f"标题写的是{report.year}年，{where}说的是{year}年：{slip}。",
        (title, *(e for e in others if e.place.quote != report.title)),
        expected=year,
        actual=report.year,
        suggestion=f"核实报告的年度；应为{year}年的，改正标题，否则逐处改正下列各处。",
        rule="I101",
        consequences=tuple(effects),
    )


# --- A table that was not filled in -----------------------------------------------------------------

# One number that differs may be a slip of the text; several are a table without numbers.
LEAST_UNFILLED = 2
_OF_TABLE_THREE = frozenset({"N101", "N102", "N104", "N105", "N106"})


def with_empty_table_gathered(report: Report, findings: Sequence[Finding]) -> list[Finding]:
    """The findings on what the text counts and 表三 does not, as one where all of it is nought."""
    table = report.tables.get("requests")
    effects = [f for f in findings if f.rule in _OF_TABLE_THREE and f.severity == "error"]
    values = [cell.value for cell in table.cells.values()] if table else []
    if len(effects) < LEAST_UNFILLED or any(values) or None in values:
        return list(findings)
    first = effects[0]
    cause = replace(
        first,
        message=f"表三各格都是0，正文却写了{len(effects)}个不为0的件数：表三像是没有填。",
        evidence=with_words(first.evidence, effects),
        expected=None,
        actual=None,
        suggestion="按申请台账填写表三；确实没有申请的，改正正文。",
        consequences=tuple(effects),
    )
    return [cause if f is first else f for f in findings if f is first or f not in effects]


# --- What rules look at -----------------------------------------------------------------------------

Follows = Callable[[Finding, Finding], bool]


@dataclass(frozen=True, slots=True)
class _Link:
    """Findings of the rules `effects` stand beneath one of `cause` where `follows` says so."""

    cause: str
    effects: frozenset[str]
    follows: Follows


def _always(cause: Finding, effect: Finding) -> bool:
    return True


def _is_too_short(cause: Finding, effect: Finding) -> bool:
    """Whether what is missing makes the report short; a part that is too long is another matter."""
    return effect.rule != "S113" or effect.message.startswith("正文")


# What is not found where a part of the report is missing, beside the report's length.
_OF_PART = {
    1: {"S105", "S109", "S116"},
    2: {"S104"},
    3: {"S104"},
    4: {"S104"},
    5: {"S108"},
    6: {"S106", "S107", "R110"},
}


def _is_of_missing_part(cause: Finding, effect: Finding) -> bool:
    number = NUMERALS.index(str(cause.expected)[0])
    if effect.rule == "S104":
        return f"第{NUMERALS[number]}部分" in effect.message
    return effect.rule in {*_OF_PART[number], "S113"} and _is_too_short(cause, effect)


def _takes_its_number(cause: Finding, effect: Finding) -> bool:
    """Whether a heading bears the number of the part that stands out of order."""
    return bool(effect.actual) and str(cause.expected).startswith(str(effect.actual))


def _has_same_cells(cause: Finding, effect: Finding) -> bool:
    cells = cells_of(effect)
    return bool(cells) and cells <= cells_of(cause)


def _shares_a_cell(cause: Finding, effect: Finding) -> bool:
    return bool(cells_of(cause) & cells_of(effect))


def _doubts_the_same(cause: Finding, effect: Finding) -> bool:
    """Whether the one row that is said to be torn is the row that the cause doubts."""
    doubts = {(e.place.table, e.place.row) for e in cause.evidence if e.doubt}
    torn = {(e.doubt.place.table, e.doubt.place.row) for e in effect.evidence if e.doubt}
    return effect.actual == 1 and torn <= doubts


def _is_added_up(cause: Finding, effect: Finding) -> bool:
    """Whether the total of a row repeats what stands in the cell."""
    rows = [{cell.row for cell in cells_of(finding)} for finding in (cause, effect)]
    return rows[0] == rows[1] and cause.actual == effect.actual


def _is_of_what_came_in(cause: Finding, effect: Finding) -> bool:
    """Whether more requests than last year, or fewer, explain what became of them."""
    return {cell.row for cell in cells_of(cause)} == {"new"}


def _are_exchanged(cause: Finding, effect: Finding) -> bool:
    """Whether each says of its row what the table holds in the other's."""
    sides = (cause.actual, cause.expected)
    return sides == (effect.expected, effect.actual) and _has_same_words(cause, effect)


def _is_of_exchanged_rows(cause: Finding, effect: Finding) -> bool:
    """Whether the rows of what came in this year and last stand in each other's place."""
    swapped = any(f.rule == "N105" and _are_exchanged(cause, f) for f in cause.consequences)
    return swapped and any(cell.row == "new" for cell in cells_of(effect))


def _has_same_words(cause: Finding, effect: Finding) -> bool:
    return bool(quotes_of(cause) & quotes_of(effect))


def _is_same_slip(cause: Finding, effect: Finding) -> bool:
    return cause.actual == effect.actual


def _denies_as_well(cause: Finding, effect: Finding) -> bool:
    """Whether the same words say of both that there was none (复议、诉讼均为0件)."""
    return cause.actual == effect.actual == 0 and _has_same_words(cause, effect)


def _is_meant(cause: Finding, effect: Finding) -> bool:
    return cause.expected == effect.expected


def _overlaps(cause: Finding, effect: Finding) -> bool:
    """Whether the words of one stand in those of the other."""
    return any(a in b or b in a for a in quotes_of(cause) for b in quotes_of(effect))


def _begins_within(cause: Finding, effect: Finding) -> bool:
    """Whether the first words that the effect stands on are among those of the cause."""
    first = effect.evidence[0].place.quote if effect.evidence else None
    return bool(first) and any(str(first) in quote for quote in quotes_of(cause))


def _is_as_far_out(cause: Finding, effect: Finding) -> bool:
    """Whether a sum of the text is out by as much as a number of its sentence is."""
    if not _overlaps(cause, effect):
        return False
    if effect.rule == "N114":
        return bool(re.match(rf"{cause.actual}\D", effect.message))
    sides = (cause.expected, cause.actual, effect.expected, effect.actual)
    if not all(isinstance(side, int | float) for side in sides):
        return False
    wanted, said, summed, whole = (float(side or 0) for side in sides)
    if effect.message.startswith("“其中”的"):  # a part above the whole, of which one is wrong
        return (wanted if said == summed else summed) <= (wanted if said == whole else whole)
    return abs(said - wanted) == abs(whole - summed)


_SUMS = frozenset({"R101", "R102", "R103", "R104", "R109", "R112", "D101", "D106"})
_OF_TABLE_TWO = frozenset({"P104", "P105", "P106", "P108", "P109", "N113"})
_OF_THE_SAME_SENTENCE = frozenset({"N201", "N202", "N114"})
_LINKS = (
    _Link("S106", frozenset({"R110"}), _always),
    _Link("S107", frozenset({"S106", "R110", "S113", "S117"}), _is_too_short),
    _Link("S108", frozenset({"S113"}), _is_too_short),
    _Link("S108", frozenset({"S119"}), _begins_within),
    _Link(
        "S101",
        frozenset({"S113", *(rule for rules in _OF_PART.values() for rule in rules)}),
        _is_of_missing_part,
    ),
    _Link("S101", frozenset({"S102"}), _takes_its_number),
    _Link("R105", frozenset({"R105", "R107"}), _has_same_cells),
    *(
        _Link(rule, frozenset({"S115"}), _doubts_the_same)
        for rule in ("R105", "R107", "D102", "D103", "P102")
    ),
    _Link("R106", _SUMS, _shares_a_cell),
    _Link("R106", frozenset({"R106"}), _is_added_up),
    _Link("D102", _SUMS, _shares_a_cell),
    _Link("P101", _OF_TABLE_TWO, _shares_a_cell),
    *(
        _Link(rule, _OF_THE_SAME_SENTENCE, _is_as_far_out)
        for rule in ("N101", "N102", "N104", "N105", "N106", "N107")
    ),
    _Link("N106", frozenset({"N106"}), _is_as_far_out),
    _Link("N101", frozenset({"N105"}), _are_exchanged),
    _Link("N101", frozenset({"N106", "R112"}), _is_of_exchanged_rows),
    _Link("I105", frozenset({"N101", "N102", "N103", "N104", "N105", "N106"}), _has_same_words),
    _Link("I105", frozenset({"I105"}), _is_same_slip),
    _Link("I106", frozenset({"I106"}), _has_same_words),
    _Link("I101", frozenset({"I101", "I102"}), _is_same_slip),
    _Link("Y106", frozenset({"Y109", "I102"}), _has_same_words),
    _Link("N107", frozenset({"Y104"}), _shares_a_cell),
    _Link("Y113", frozenset({"Y101", "Y102", "Y103", "Y104", "Y106", "Y108", "Y109"}), _always),
    _Link("N115", frozenset({"N115"}), _has_same_words),
    _Link("Y105", frozenset({"Y105"}), _is_of_what_came_in),
    _Link("W103", frozenset({"S105"}), _is_meant),
    _Link("W103", frozenset({"S103", "S110"}), _overlaps),
    _Link("I104", frozenset({"I105"}), _is_same_slip),
    _Link("N107", frozenset({"N107"}), _denies_as_well),
    _Link("W102", frozenset({"W101", "W106"}), _overlaps),
    _Link("W101", frozenset({"W106"}), _overlaps),
)


def linked(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those that follow from another listed under it."""
    remaining = list(findings)
    made = {finding.rule for finding in findings}
    for link in _LINKS:
        if link.cause not in made or made.isdisjoint(link.effects):
            continue
        for cause in [f for f in remaining if f.rule == link.cause]:
            if any(f is cause for f in remaining):
                remaining = _gathered(remaining, cause, link)
    return remaining


def _gathered(findings: Sequence[Finding], cause: Finding, link: _Link) -> list[Finding]:
    effects = [
        f for f in findings if f is not cause and f.rule in link.effects and link.follows(cause, f)
    ]
    if not effects:
        return list(findings)
    whole, gone = beneath(cause, effects), {id(effect) for effect in effects}
    return [whole if f is cause else f for f in findings if id(f) not in gone]
