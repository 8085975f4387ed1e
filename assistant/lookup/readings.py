"""What each report holds of a measure: a number, or why there is none, with where it stands.

Reads the library's facts and figures; makes no sentence. The invariant: a blank, a dash, a missing
row and a figure that the text does not state are different states, and none of them is 0. A sum of
cells is given only when every cell of it holds a number.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Literal, TypeAlias

from assistant.answer import Citation
from assistant.lookup.own_figures import choose, excerpt, left_out, remarks_on
from assistant.measure import Measure
from assistant.question.words import name_of
from ingest.forms import edition_for_year, form_of
from ingest.report import DOUBTS, Concept, Doubt, Figure, Number, Place, Report, TableName
from vectorstore.holdings import Entry, Fact, FigureFact
from vectorstore.library import Library

State: TypeAlias = Literal[
    "number", "blank", "dash", "text", "missing", "unstated", "unclear", "undefined", "off-form"
]
# 0.01 元 in 万元: finer differences are dust of binary fractions.
DECIMALS = 6
PERCENT_DECIMALS = 2
# A total is held against its parts where so many reports are read; beyond, it would be slow.
MOST_CROSS_CHECKED = 60
# So many reports are read whole, once and from memory, which is quicker than asking cell by cell.
FEW = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure in one report.

    `value` is None unless `state` is "number". "unclear" is a measure of the text of which nothing
    was read with certainty while a like number stands in a sentence on its subject. "undefined" is a ratio over 0, "off-form" a cell
    that the report's edition of the form does not have. `formula` shows how a sum or ratio was
    made, "" for a single number; `lacking` names the cell for want of which there is none.
    `facts` are the cells it was read from, `quoted` what is cited beside them. `is_contradicted` marks a total that the cells of its own row do not add up to. `remarks` are
    Chinese clauses that must be said with the value; `excerpts` the words that carry a figure.
    """

    entry: Entry
    measure: Measure
    value: Number | None
    state: State
    unit: str
    facts: tuple[Fact, ...] = ()
    quoted: tuple[Citation, ...] = ()
    formula: str = ""
    is_approximate: bool = False
    remarks: tuple[str, ...] = ()
    lacking: str = ""
    is_contradicted: bool = False
    excerpts: tuple[str, ...] = ()

    @property
    def agency(self) -> str:
        """The reporting agency."""
        return self.entry.agency

    @property
    def year(self) -> int:
        """The year reported on."""
        return self.entry.year

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Its cells and sentences; made when asked for, as most of a long ranking is not cited."""
        return (*map(fact_to_citation, self.facts), *self.quoted)


def read_measure(measure: Measure, entries: Sequence[Entry], library: Library) -> list[Reading]:
    """The measure in each of these reports, in their order."""
    agencies = _to_be_named({entry.agency: None for entry in entries}, library)
    years = tuple(sorted({entry.year for entry in entries}))
    if measure.aspect == "figure":
        figures = (
            {entry.id: library.report(entry.id).figures for entry in entries}
            if len(entries) <= FEW
            else _by_report(library.figures(agencies=agencies, years=years))
        )
        return [_figure_reading(measure, entry, figures.get(entry.id, ())) for entry in entries]
    concepts = dict.fromkeys((*measure.cells, *measure.over, *measure.less))
    if len(entries) <= MOST_CROSS_CHECKED:
        concepts |= dict.fromkeys(part for c in concepts for part in _parts(c))
    if len(entries) <= FEW:
        whole = {entry.id: _facts_of(library.report(entry.id), concepts) for entry in entries}
        near = {c: {id: f[c] for id, f in whole.items() if c in f} for c in concepts}
        return [_cells_reading(measure, entry, near) for entry in entries]
    facts = {
        concept: {f.report_id: f for f in library.facts(concept, agencies=agencies, years=years)}
        for concept in concepts
    }
    return [_cells_reading(measure, entry, facts) for entry in entries]


def _to_be_named(agencies: Collection[str], library: Library) -> Collection[str]:
    """The agencies to ask the store for; none, which is all, where they are most of the library's.

    To pass over the rows of a few others costs less than to compare each row with so many names.
    """
    return () if 2 * len(agencies) > len(library.agencies()) else agencies


def _facts_of(report: Report, concepts: Iterable[Concept]) -> dict[Concept, Fact]:
    """The report's cells as the store gives them; those are left out that form and table lack."""
    form = form_of(report.format or (edition_for_year(report.year) if report.year else None))
    who, year = report.agency or "", report.year or 0
    found = {}
    for concept in concepts:
        unit = form.unit(concept)
        if unit is None:
            table = report.tables.get(concept.table)
            if not (table and concept in table.cells):
                continue
        cell = report.cell(concept)
        value, state, text, place, doubt = cell.value, cell.state, cell.text, cell.place, cell.doubt
        found[concept] = Fact(
            report.id, who, year, concept, value, state, unit or "", text, place, doubt
        )
    return found


# --- Cells ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum of cells of one report: its state is that of the first cell that is no number."""

    value: Number | None
    state: State
    facts: tuple[Fact, ...]


def _cells_reading(
    measure: Measure, entry: Entry, facts: Mapping[Concept, Mapping[str, Fact]]
) -> Reading:
    if measure.concept and (fact := facts[measure.concept].get(entry.id)):
        return _cell_reading(measure, entry, fact, facts)
    plus = _sum(measure.cells, entry, facts)
    less = _sum(measure.less, entry, facts)
    over = _sum(measure.over, entry, facts)
    parts = [part for part in (plus, less, over) if part.facts]
    used = tuple(fact for part in parts for fact in part.facts)
    disagreeing = tuple(_totals_that_disagree(used, facts))
    reading = Reading(
        entry,
        measure,
        None,
        next((part.state for part in parts if part.state != "number"), "number"),
        used[0].unit if used and measure.aspect == "cells" else measure.unit,
        used,
        remarks=tuple(
            dict.fromkeys(
                (
                    *(_doubt_remark(f.doubt) for f in used if f.doubt),
                    *disagreeing,
                )
            )
        ),
        is_contradicted=bool(disagreeing),
    )
    if not plus.facts or (measure.over and not over.facts):
        return replace(reading, state="off-form")
    if reading.state != "number":
        return replace(reading, lacking=_lacking(measure, parts))
    if measure.aspect == "ratio":
        return _ratio(reading, plus, less, over)
    value = round_number((plus.value or 0) - (less.value or 0))
    return replace(reading, value=value, formula=_formula(plus, less))


def _cell_reading(
    measure: Measure, entry: Entry, fact: Fact, facts: Mapping[Concept, Mapping[str, Fact]]
) -> Reading:
    """The measure that is one cell, which most are: what the general way gives, and sooner."""
    if fact.state != "number" and not form_of(entry.format).has(fact.concept):
        return Reading(entry, measure, None, "off-form", measure.unit)
    disagreeing = tuple(_totals_that_disagree((fact,), facts))
    doubted = (_doubt_remark(fact.doubt),) if fact.doubt else ()
    return Reading(
        entry,
        measure,
        None if fact.value is None else round_number(fact.value),
        fact.state,
        fact.unit,
        (fact,),
        remarks=(*doubted, *disagreeing),
        is_contradicted=bool(disagreeing),
    )


@cache
def _parts(total: Concept) -> tuple[Concept, ...]:
    """The cells of the same row that a total is the sum of; the same in both editions."""
    if total.column != "total":
        return ()
    for calculation in form_of(None).table(total.table).calculations:
        if calculation.left == (total,) and all(c.row == total.row for c in calculation.right):
            return calculation.right
    return ()


def _totals_that_disagree(
    used: Iterable[Fact], facts: Mapping[Concept, Mapping[str, Fact]]
) -> Iterator[str]:
    """What must be said of a total that its own row contradicts; blank cells contradict nothing."""
    if len(facts) < 2:
        return  # the parts were not read
    for fact in used:
        parts = [facts[c].get(fact.report_id) for c in _parts(fact.concept) if c in facts]
        values = [part.value for part in parts if part and part.value is not None]
        if values and len(values) == len(parts) and round_number(sum(values)) != fact.value:
            name = name_of(fact.concept.table, (fact.concept.row,), ("total",))
            yield f"“{name}”的总计与同行各项之和不符，请核对原文"


def _lacking(measure: Measure, parts: Iterable[_Sum]) -> str:
    """The name of the cell that is no number, where the measure takes several."""
    if measure.concept:
        return ""
    gap = next(part.facts[0].concept for part in parts if part.state != "number")
    return name_of(gap.table, (gap.row,), (gap.column,))


def _sum(
    concepts: Iterable[Concept], entry: Entry, facts: Mapping[Concept, Mapping[str, Fact]]
) -> _Sum:
    """The sum over the cells that the report's edition has; a row of another edition is no gap."""
    form = form_of(entry.format)
    found = [(c, facts[c].get(entry.id)) for c in concepts]
    cells = tuple(fact for c, fact in found if fact and (fact.state == "number" or form.has(c)))
    state: State = next((fact.state for fact in cells if fact.state != "number"), "number")
    if state != "number":
        return _Sum(None, state, tuple(fact for fact in cells if fact.state == state)[:1])
    return _Sum(round_number(sum(fact.value or 0 for fact in cells)), "number", cells)


def _ratio(reading: Reading, plus: _Sum, less: _Sum, over: _Sum) -> Reading:
    whole = (over.value or 0) - (less.value or 0)
    formula = f"{_terms(plus.facts)}÷{_terms(over.facts, less.facts)}"
    if not whole:
        return replace(reading, state="undefined", formula=formula)
    percent = round_number(half_up(100 * (plus.value or 0) / whole, PERCENT_DECIMALS))
    return replace(reading, value=percent, formula=formula)


def _formula(plus: _Sum, less: _Sum) -> str:
    if len(plus.facts) + len(less.facts) < 2:
        return ""
    terms = _terms(plus.facts, less.facts)
    return terms.strip("（）") if "＋" in terms or "－" in terms else ""


def _terms(plus: Sequence[Fact], less: Sequence[Fact] = ()) -> str:
    """The numbers as printed, those of 0 left out where others remain: （5548＋2168）."""
    added = [number_text(f.value or 0) for f in plus if f.value] or ["0"]
    taken = [number_text(f.value or 0) for f in less if f.value]
    text = "－".join(("＋".join(added), *taken))
    return f"（{text}）" if len(added) + len(taken) > 1 else text


def fact_to_citation(fact: Fact) -> Citation:
    """The cell with its table, row, column and the text printed in it."""
    table, row, column = fact.concept
    stood = fact.place
    place = Place(
        stood.page,
        stood.line,
        stood.box,
        _section_of(table),
        (fact.text or "").strip() or None,
        table,
        row,
        column,
        stood.grid,
    )
    return Citation(fact.report_id, fact.agency, fact.year, place)


@cache
def _section_of(table: TableName) -> int:
    return form_of(None).table(table).section


def _doubt_remark(doubt: Doubt) -> str:
    return f"解析存疑（{DOUBTS[doubt.code]}），请核对原文"


# --- Figures of the text ----------------------------------------------------------------------------


def _by_report(figures: Iterable[FigureFact]) -> dict[str, tuple[Figure, ...]]:
    found: dict[str, list[Figure]] = {}
    for fact in figures:
        found.setdefault(fact.report_id, []).append(fact.figure)
    return {report: tuple(theirs) for report, theirs in found.items()}


def _figure_reading(measure: Measure, entry: Entry, figures: Sequence[Figure]) -> Reading:
    for names in measure.figures:
        chosen = [choose(name, measure.unit, figures) for name in names.split("+")]
        if all(chosen):
            reading = _from_figures(measure, entry, chosen)
            said = (*remarks_on(measure, names, chosen[0][0]), *left_out(measure, figures))
            return replace(reading, remarks=reading.remarks + said)
    return Reading(entry, measure, None, "unstated", measure.unit)


def _from_figures(measure: Measure, entry: Entry, chosen: Sequence[tuple[Figure, ...]]) -> Reading:
    firsts = [options[0] for options in chosen]
    value = round_number(sum(figure.value for figure in firsts))
    formula = "＋".join(number_text(f.value) for f in firsts) if len(firsts) > 1 else ""
    return Reading(
        entry,
        measure,
        value,
        "number",
        firsts[0].unit or measure.unit,
        quoted=tuple(figure_to_citation(figure, entry) for figure in firsts),
        formula=formula,
        is_approximate=any(figure.approximate for figure in firsts),
        remarks=tuple(_figure_remarks(entry, chosen)),
        excerpts=tuple(dict.fromkeys(filter(None, map(excerpt, firsts)))),
    )


def _figure_remarks(entry: Entry, chosen: Sequence[tuple[Figure, ...]]) -> Iterator[str]:
    for first, *others in chosen:
        if first.scope:
            yield f"口径为{first.scope}"
        whole = [f for f in others if f.part_of is None and f.scope == first.scope]
        if first.part_of is None and any(f.value != first.value for f in whole):
            yield "同一报告别处写的数与此不同，请核对原文"


def figure_to_citation(figure: Figure, entry: Entry) -> Citation:
    """The sentence that the figure stands in."""
    place = Place(section=figure.section, page=figure.page, quote=figure.sentence)
    return Citation(entry.id, entry.agency, entry.year, place)


# --- Numbers ----------------------------------------------------------------------------------------


def round_number(number: Number) -> Number:
    """The number without the dust of binary fractions; whole numbers are integers."""
    rounded = round(number, DECIMALS)
    return int(rounded) if rounded == int(rounded) else rounded


def half_up(number: Number, decimals: int) -> Number:
    """The number rounded as people round (四舍五入): 12.25 to one decimal is 12.3."""
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(str(number)).quantize(step, ROUND_HALF_UP))


def unit_of_change(unit: str) -> str:
    """What two numbers of a unit differ in: percentages in percentage points."""
    return "个百分点" if unit == "%" else unit


def number_text(number: Number) -> str:
    """The number as an answer writes it: 3, 0.5, 11398889."""
    return f"{number:f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)
