"""Report fragments in YAML: just enough of a report for one rule to speak about.

    agency, year, format, title, signed_by, signed_on, source, preamble   as in a report
    sections:   {number: text}; a heading other than the official one: {number: {heading, text}}
    proactive, requests, disputes:   {row: {column: content}}

A table that is named is whole: what is not written is 0, so a fragment shows only what matters.
Content is a number; null (blank); "/" or other text as typed; `missing` (no such cell, or instead
of a row's cells: no such row); {value, doubt} for a number that the parser had to guess at, and
{value, text} for one with other words about it.
`table_doubts` has a doubt of a whole table: {requests: row-unknown}; `labels` what is printed with
half-width signs in one: {requests: [(一)予以公开]}.
A table that is not named was not read. The figures of the text are read by the parser's own code.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias, cast

import yaml

from ingest.figures import sections_to_figures
from ingest.forms import TableForm, form_of
from ingest.numbers import text_to_number
from ingest.outline import SECTIONS
from ingest.report import (
    DOUBTS,
    MISSING_CELL,
    TABLE_NAMES,
    Cell,
    Concept,
    Doubt,
    Place,
    Report,
    Section,
    Table,
    TableName,
)

Fragment: TypeAlias = Mapping[str, object]

DEFAULTS: Fragment = {"agency": "云溪市青禾区数据管理局", "year": 2023, "format": "2021"}


@dataclass(frozen=True, slots=True)
class Example:
    """A report with what it is compared with."""

    report: Report
    last_year: Report | None
    peers: tuple[Report, ...]


def text_to_example(text: str) -> Example:
    """The example that YAML text describes: a fragment, with `last_year` and `peers` inside."""
    return fragment_to_example(yaml.safe_load(text) or {})


def fragment_to_example(fragment: Fragment) -> Example:
    """The example that a fragment describes; last year's report is of the year before."""
    report = fragment_to_report(fragment)
    last_year = cast("Fragment | None", fragment.get("last_year"))
    peers = cast("Sequence[Fragment]", fragment.get("peers", ()))
    before = {"year": (report.year or 2023) - 1, "agency": report.agency}
    return Example(
        report,
        None if last_year is None else fragment_to_report({**before, **last_year}),
        tuple(fragment_to_report(peer) for peer in peers),
    )


def fragment_to_report(fragment: Fragment) -> Report:
    """The report that a fragment describes."""
    known = {**DEFAULTS, **fragment}
    year = cast("int | None", known["year"])
    agency = cast("str | None", known["agency"])
    sections = tuple(_sections(cast("Mapping[int, object]", known.get("sections", {}))))
    preamble = known.get("preamble")
    opening = Section(0, "", str(preamble)) if preamble else None
    report = Report(
        source=str(known.get("source", "年报.txt")),
        sha256=hashlib.sha256(repr(sorted(map(repr, known.items()))).encode()).hexdigest(),
        media_type="text/plain",
        agency=agency,
        year=year,
        format=cast("str | None", known["format"]),
        title=cast("str | None", known.get("title")),
        signed_by=cast("str | None", known.get("signed_by")),
        signed_on=cast("date | None", known.get("signed_on")),
        preamble=opening,
        sections=sections,
        tables=_tables(known),
        doubts=tuple(
            Doubt(str(code), DOUBTS[str(code)])
            for code in cast("Sequence[object]", known.get("doubts", ()))
        ),
    )
    return replace(report, figures=sections_to_figures(report.texts, agency, year))


def _sections(written: Mapping[int, object]) -> list[Section]:
    found = []
    for number, content in written.items():
        heading = f"{'零一二三四五六'[number]}、{SECTIONS[number - 1].heading}"
        if isinstance(content, Mapping):
            heading = str(content.get("heading", heading))
            content = content.get("text", "")
        found.append(Section(number, heading, str(content or "").strip()))
    return found


def _tables(known: Fragment) -> dict[TableName, Table]:
    form = form_of(cast("str | None", known["format"]))
    doubts = cast("Mapping[str, str]", known.get("table_doubts", {}))
    labels = cast("Mapping[str, Sequence[str]]", known.get("labels", {}))
    return {
        name: replace(
            _table(form.table(name), cast("Mapping[str, object]", known[name] or {})),
            doubts=tuple(Doubt(code, DOUBTS[code]) for code in [doubts.get(name)] if code),
            labels=tuple(Place(table=name, quote=label) for label in labels.get(name, ())),
        )
        for name in TABLE_NAMES
        if name in known
    }


def _table(form: TableForm, rows: Mapping[str, object]) -> Table:
    cells = {concept: _cell(concept, _written(rows, concept)) for concept in form.concepts()}
    unknown = {(row, column) for row, r in rows.items() if isinstance(r, Mapping) for column in r}
    unknown -= {(concept.row, concept.column) for concept in cells}
    if unknown:
        raise ValueError(f"the form has no such cells: {unknown}")
    return Table(form.name, cells)


def _written(rows: Mapping[str, object], concept: Concept) -> object:
    row = rows.get(concept.row, {})
    return row.get(concept.column, 0) if isinstance(row, Mapping) else row


def _cell(concept: Concept, content: object) -> Cell:
    place = Place(table=concept.table, row=concept.row, column=concept.column)
    if content == "missing":
        return MISSING_CELL
    if isinstance(content, Mapping):
        code = content.get("doubt")
        doubt = Doubt(code, DOUBTS[code], place) if code else None
        return Cell(content["value"], str(content.get("text", content["value"])), place, doubt)
    if content is None:
        return Cell(None, "", place)
    text = str(content)
    blank = Cell(text_to_number(text), text, place, Doubt("not-a-number", "格内不是数", place))
    return blank if blank.state == "text" else replace(blank, doubt=None)


def load_cases(path: Path) -> dict[str, Fragment]:
    """The named cases of one file in tests/rules."""
    return cast("dict[str, Fragment]", yaml.safe_load(path.read_text(encoding="utf-8")))
