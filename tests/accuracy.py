"""How many cells are read right, wrong with a warning and wrong without: per format and layout.

`python -m tests.accuracy [--documents 200] [--seed 1] [--scans 2] [--only NAME …]`. Each document is
an invented report with random cells (`tests/random_reports.py`), written in the layout and read
back. Real reports, where they are present, are read too and compared with what was read by hand.
Exits 1 when a cell is wrong without a warning.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from ingest.forms import form_of
from ingest.labels import detect_form
from ingest.parse import parse_bytes
from ingest.readers import read, scans
from ingest.report import Concept, Number, Report
from ingest.tables import layout_to_tables
from tests.altered_forms import as_altered_page
from tests.conftest import REAL_REPORTS
from tests.lying_grids import as_lying_docx, as_lying_page
from tests.odd_files import as_odd_docx, as_odd_pdf
from tests.print_scan import as_picture_pdf, pictures_of, spoilt
from tests.random_reports import random_report, random_setting
from tests.render_files import as_cms_page, as_docx, as_html, as_odd_page, as_pdf
from tests.render_sheet import ARRANGEMENTS, as_sheet
from tests.render_text import FLAT_LAYOUTS, LAYOUTS
from tests.render_unruled import as_unruled
from tests.table_score import Score, Tables, expected_of, score

_PATIENCE_S = 600.0
_MARKDOWN = ("markdown", "spread")

Writer = Callable[[Report, random.Random], bytes | str]


def _plainly(write: Callable[[Report], bytes | str]) -> Writer:
    """A layout that leaves nothing to chance."""
    return lambda report, chance: write(report)


def _scan(report: Report, chance: random.Random) -> bytes:
    pages = pictures_of(as_pdf(report))
    slant, noise = chance.uniform(-1.5, 1.5), chance.uniform(0, 8)
    return as_picture_pdf([spoilt(page, slant=slant, noise=noise) for page in pages])


FAMILIES: Mapping[str, tuple[str, Mapping[str, Writer]]] = {
    "PDF, ruled": (
        "年报.pdf",
        {
            "plain": _plainly(as_pdf),
            "header repeated": lambda report, _: as_pdf(report, repeat_head=True),
            "open at breaks": lambda report, _: as_pdf(report, open_breaks=True),
            "turned": lambda report, chance: as_pdf(
                report, page_turn=chance.choice((90, 180, 270))
            ),
            "odd cells": as_odd_pdf,
        },
    ),
    "PDF, unruled": (
        "年报.pdf",
        {"any setting": lambda report, chance: as_unruled(report, random_setting(chance))},
    ),
    "PDF, one page": (
        "年报.pdf",
        {
            "ruled": lambda report, chance: as_sheet(report, chance.choice([*ARRANGEMENTS])),
            "unruled": lambda report, chance: as_sheet(
                report, chance.choice([*ARRANGEMENTS]), ruled=False
            ),
        },
    ),
    "Word": (
        "年报.docx",
        {"plain": _plainly(as_docx), "odd cells": as_odd_docx, "lying grid": as_lying_docx},
    ),
    "web page": (
        "年报.html",
        {
            "plain": _plainly(as_html),
            "CMS": _plainly(as_cms_page),
            "odd cells": as_odd_page,
            "lying grid": as_lying_page,
            "altered form": as_altered_page,
        },
    ),
    "text": (
        "年报.txt",
        {name: _plainly(write) for name, write in LAYOUTS.items() if name not in _MARKDOWN},
    ),
    "Markdown": ("年报.md", {name: _plainly(LAYOUTS[name]) for name in _MARKDOWN}),
    "flattened": ("年报.txt", {name: _plainly(write) for name, write in FLAT_LAYOUTS.items()}),
    "scan": ("年报.pdf", {"slanted, noisy": _scan}),
}


@dataclass(slots=True)
class Tally:
    """Cells of many documents by outcome; `faults` names the first of those wrong in silence."""

    documents: int = 0
    right: int = 0
    warned: int = 0
    silent: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, found: Score, document: str) -> None:
        """Count the cells of one document."""
        self.documents += 1
        self.right += found.right
        self.warned += found.warned
        self.silent += len(found.silent)
        self.faults += [f"{document}: {fault}" for fault in found.silent[:3]]


def main(arguments: Sequence[str]) -> int:
    """Prints the table; 1 when a cell is wrong without a warning."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy")
    parser.add_argument("--documents", type=int, default=200, help="of each family")
    parser.add_argument("--scans", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[*FAMILIES, "real"])
    options = parser.parse_args(arguments)
    say("family, layout", "files", "right", "wrong, warned", "wrong, silent")
    silent = 0
    for family in filter(options.only.__contains__, FAMILIES):
        count = options.scans if family == "scan" else options.documents
        for layout, tally in tallies(family, count, options.seed):
            silent += report_on(f"{family}, {layout}", tally)
    if "real" in options.only:
        for name, tally in real_tallies():
            silent += report_on(name, tally)
    return 1 if silent else 0


def tallies(family: str, documents: int, seed: int) -> Iterator[tuple[str, Tally]]:
    """Each layout of a family with what came of its share of the documents."""
    name, layouts = FAMILIES[family]
    for number, (layout, write) in enumerate(layouts.items()):
        tally = Tally()
        for one in range(seed + number, seed + documents, len(layouts)):
            chance = random.Random(one)
            report = random_report(chance)
            written = write(report, chance)
            data = written if isinstance(written, bytes) else written.encode()
            tally.add(score(tables_in(data, name, report), expected_of(report)), f"seed {one}")
        yield layout, tally


def tables_in(data: bytes, name: str, report: Report) -> Tables:
    """The tables of a file, read with the edition that it prints; scans get all the time they need."""
    with patch.object(scans, "seconds_to_spend", lambda: _PATIENCE_S):
        layout = read(data, name)
    return layout_to_tables(layout, form_of(detect_form(layout) or report.format or ""))


def real_tallies() -> Iterator[tuple[str, Tally]]:
    """Each real report with what came of it; nothing where there are none."""
    for expected in sorted((REAL_REPORTS / "expected").glob("*.json")):
        found = next(REAL_REPORTS.glob(f"{expected.stem}.*"))
        tally = Tally()
        tables = parse_bytes(found.read_bytes(), found.name).tables
        tally.add(score(tables, read_by_hand(expected)), found.name)
        yield f"real, {found.name}", tally


def read_by_hand(expected: Path) -> dict[Concept, Number | None]:
    """Every cell of a real report as a person read it."""
    tables = json.loads(expected.read_text())["tables"]
    return {
        Concept(table, row, column): value
        for table, rows in tables.items()
        for row, cells in rows.items()
        for column, value in cells.items()
    }


def report_on(label: str, tally: Tally) -> int:
    """Print one line; the number of cells wrong without a warning."""
    say(label, tally.documents, tally.right, tally.warned, tally.silent)
    for fault in tally.faults:
        sys.stdout.write(f"    {fault}\n")
    return tally.silent


def say(*cells: object) -> None:
    """One line of the table, at once."""
    first, *rest = map(str, cells)
    sys.stdout.write(f"{first:<32}" + "".join(f"{cell:>14}" for cell in rest) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
