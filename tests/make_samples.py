"""`python -m tests.make_samples` writes the documents in ingest/samples from tests/samples.toml.

What a sample says stands in the data file; how it looks is the renderers' business. The reports made
here are what the parser must give back for the documents, cell by cell.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypedDict

from ingest import samples
from ingest.forms import Form, TableForm, edition_for_year, form_of
from ingest.outline import SECTIONS
from ingest.report import (
    TABLE_NAMES,
    Cell,
    Concept,
    Number,
    Place,
    Report,
    Section,
    Table,
)
from tests.render_files import as_docx, as_html, as_pdf
from tests.render_text import as_cells, as_markdown, as_spaced_cells, as_torn_grid

DATA = Path(__file__).parent / "samples.toml"
FOLDER = Path(samples.__file__).parent

_FRAMING_ROWS = ("new", "carried_in", "total", "carried_over")

_TEXT_LAYOUTS: Mapping[str, Callable[[Report], str]] = {
    "cells": as_cells,
    "spaced cells": as_spaced_cells,
    "torn grid": as_torn_grid,
}

Listed = Sequence[Number | str]


class SampleData(TypedDict, total=False):
    """One entry of the data file."""

    file: str
    layout: str
    agency: str
    year: int
    signed_by: str
    signed_on: date
    preamble: str
    overview: str
    problems: str
    other: str
    proactive: Mapping[str, Listed]
    requests: Mapping[str, Listed]
    disputes: Mapping[str, Listed]


@dataclass(frozen=True)
class Sample:
    """A sample report, the name of the file that holds it and, for a .txt file, its layout."""

    file: str
    report: Report
    layout: str = ""

    def document(self) -> bytes:
        """The report in the format of its file."""
        suffix = Path(self.file).suffix
        if suffix == ".txt":
            return _TEXT_LAYOUTS[self.layout](self.report).encode()
        if suffix == ".md":
            return as_markdown(self.report).encode()
        if suffix == ".html":
            return as_html(self.report).replace(b"<head>", b'<head><meta charset="utf-8">', 1)
        return as_docx(self.report) if suffix == ".docx" else as_pdf(self.report)


def sample_reports() -> list[Sample]:
    """Every sample of the data file, in its order."""
    entries: list[SampleData] = tomllib.loads(DATA.read_text(encoding="utf-8"))["reports"]
    return [Sample(entry["file"], _report(entry), entry.get("layout", "")) for entry in entries]


def main() -> None:
    """Write every sample document anew."""
    for sample in sample_reports():
        (FOLDER / sample.file).write_bytes(sample.document())


def _report(entry: SampleData) -> Report:
    agency, year = entry["agency"], entry["year"]
    edition = edition_for_year(year)
    form = form_of(edition)
    rows = {name: entry.get(name, {}) for name in TABLE_NAMES}
    return Report(
        source=entry["file"],
        sha256=hashlib.sha256(entry["file"].encode()).hexdigest(),
        media_type="text/plain",
        agency=agency,
        year=year,
        format=edition,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        signed_by=entry.get("signed_by", agency),
        signed_on=entry["signed_on"],
        preamble=Section(0, "", entry["preamble"].strip()),
        sections=tuple(_sections(entry)),
        tables={name: _table(form, form.tables[name], rows[name]) for name in TABLE_NAMES},
    )


def _sections(entry: SampleData) -> Iterator[Section]:
    texts = {1: entry["overview"], 5: entry["problems"], 6: entry["other"]}
    for section in SECTIONS:
        heading = f"{'零一二三四五六'[section.number]}、{section.heading}"
        yield Section(section.number, heading, texts.get(section.number, "").strip())


def _table(form: Form, table: TableForm, rows: Mapping[str, Listed]) -> Table:
    unknown = set(rows) - set(table.rows)
    if unknown:
        raise ValueError(f"no such rows in {table.name} of {form.edition}: {unknown}")
    cells: dict[Concept, Cell] = {}
    for row in table.rows:
        columns = [column.id for column in table.columns(row)]
        listed = rows.get(row) or _unlisted(table, row, rows)
        for column, value in zip(columns, _with_total(columns, listed), strict=True):
            place = Place(section=table.section, table=table.name, row=row, column=column)
            number = None if isinstance(value, str) else value
            cells[Concept(table.name, row, column)] = Cell(number, str(value), place)
    return Table(table.name, cells)


def _unlisted(table: TableForm, row: str, rows: Mapping[str, Listed]) -> Listed:
    """A row that the data leaves out: zeros, or in （七）总计 the sum of the outcomes."""
    width = len([column for column in table.columns(row) if column.id != "total"])
    outcomes = [listed for name, listed in rows.items() if name not in _FRAMING_ROWS]
    if (table.name, row) != ("requests", "total") or not outcomes:
        return [0] * width
    return [sum(_number(listed[i]) for listed in outcomes) for i in range(width)]


def _with_total(columns: Sequence[str], listed: Listed) -> Listed:
    if columns[-1] == "total" and len(listed) == len(columns) - 1:
        return [*listed, sum(_number(value) for value in listed)]
    return listed


def _number(value: Number | str) -> Number:
    return 0 if isinstance(value, str) else value


if __name__ == "__main__":
    main()
