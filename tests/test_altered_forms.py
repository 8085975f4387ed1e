"""Forms that offices have altered: what stands under the form's own columns is read, or named."""

import random
import re
from collections.abc import Iterable

import pytest

from ingest.forms import FORMS
from ingest.parse import parse_bytes
from ingest.readers.layout import GridCell
from ingest.report import Cell, Concept, Number, Report
from tests.altered_forms import ALTERATIONS, as_altered_page
from tests.invented import invented_report
from tests.random_reports import random_report
from tests.render_files import draw_tables
from tests.render_text import document, proactive_blocks
from tests.table_score import Score, codes, expected_of, score

# What cannot be told apart where one label stands over two numbers.
_DOUBTED = ("two years", "two years, no merged cells")
_BLANKS: dict[str, dict[Concept | str, Cell | Number | None]] = {
    "2019": {"proactive/rules/created": None, "proactive/licensing/change": None},
    "2021": {"proactive/rules/repealed": None, "proactive/licensing/decisions": None},
}


def as_dump(report: Report, alteration: str) -> str:
    """The report as text with TABs, each cell where the altered table draws it."""
    drawn = draw_tables(report)
    drawn[3] = ALTERATIONS[alteration](drawn[3], random.Random(1))
    return document(report, {number: _tabs(cells) for number, cells in drawn.items()})


def _tabs(cells: list[GridCell]) -> str:
    grid = [
        [""] * max(cell.column + cell.column_span for cell in cells)
        for _ in range(max(cell.row + cell.row_span for cell in cells))
    ]
    for cell in cells:
        grid[cell.row][cell.column] = cell.text
    return "\n".join("\t".join(row) for row in grid)


def _value(report: Report, concept: Concept) -> Number | None:
    return report.tables[concept.table].cells[concept].value


@pytest.mark.parametrize("name", ["年报.html", "年报.txt"])
@pytest.mark.parametrize("alteration", [name for name in ALTERATIONS if name not in _DOUBTED])
def test_an_altered_form_is_read_whole_by_its_labels(alteration: str, name: str) -> None:
    report = invented_report()
    page = as_altered_page(report, random.Random(1), alteration)
    data = page if name.endswith("html") else as_dump(report, alteration).encode()
    found = score(parse_bytes(data, name).tables, expected_of(report))
    if "remarks" in alteration:
        assert not found.silent
    else:
        assert found == Score(len(expected_of(report)), 0, ())


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_random_cells_of_an_altered_form_are_right_or_named(alteration: str, seed: int) -> None:
    report = random_report(random.Random(seed))
    page = as_altered_page(report, random.Random(seed), alteration)
    assert not score(parse_bytes(page, "年报.html").tables, expected_of(report)).silent
    dump = as_dump(report, alteration).encode()
    assert not score(parse_bytes(dump, "年报.txt").tables, expected_of(report)).silent


@pytest.mark.parametrize(
    ("text", "value"), [("3.5", 3.5), ("1.000", 1), ("1，234.5", 1234.5), ("1．5", 1.5)]
)
def test_a_fraction_where_things_are_counted_is_read_in_doubt(text: str, value: float) -> None:
    report = invented_report()
    page = as_altered_page(report, random.Random(1), "no merged cells").decode()
    new = Concept("requests", "new", "natural_person")
    printed = report.tables["requests"].cells[new].text
    assert printed is not None
    page = page.replace(f"\n  {printed}\n", f"\n  {text}\n", 1)
    tables = parse_bytes(page.encode(), "年报.html").tables
    assert codes(tables)["fraction"] == 1
    assert [c.value for t in tables.values() for c in t.cells.values() if c.doubt] == [value]


@pytest.mark.parametrize("rows", [["denied.law"], FORMS["2021"].tables["requests"].rows])
def test_a_number_beside_table_three_does_not_stand_for_a_cell_that_vanished(
    rows: Iterable[str],
) -> None:
    report = invented_report(replace={f"requests/{row}/natural_person": None for row in rows})
    drawn = draw_tables(report)
    drawn[3] = [
        *drawn[3],
        GridCell("备注", 0, 10),
        *(GridCell("5", row, 10) for row in range(3, 28)),
    ]
    texts = {number: _tabs(cells) for number, cells in drawn.items()}
    texts[3] = re.sub("\t+", "\t", texts[3])
    found = parse_bytes(document(report, texts).encode(), "年报.txt").tables
    assert not score(found, expected_of(report)).silent


@pytest.mark.parametrize("heading", ["备注", "情况说明（含上年）"])
@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("between", [" ", "\n", "\t"])
def test_a_remark_does_not_stand_for_a_cell_that_vanished(
    between: str, edition: str, heading: str
) -> None:
    report = invented_report(edition, replace=_BLANKS[edition])
    blocks = [row for block in proactive_blocks(report) for row in block]
    rows = [[*row, heading if "信息内容" in row else "7"] if row[1:] else row for row in blocks]
    dump = "\n".join(between.join(filter(None, row)) for row in rows)
    found = parse_bytes(document(report, {2: dump}).encode(), "年报.txt").tables["proactive"]
    wrong = {c for c, cell in found.cells.items() if cell.value != _value(report, c)}
    assert wrong
    assert all(found.cells[concept].doubt for concept in wrong if found.cells[concept].text)
