"""Tables read against tables meant: right, null with a warning, or wrong in silence."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.forms import form_of
from ingest.labels import detect_form
from ingest.readers import read
from ingest.report import Concept, Number, Report, Table, TableName
from ingest.tables import layout_to_tables

Tables = Mapping[TableName, Table]


@dataclass(frozen=True)
class Score:
    """Cells by outcome; `silent` lists those that are wrong without a warning."""

    right: int
    warned: int
    silent: tuple[str, ...]


def tables_of(text: str, name: str = "报告.txt") -> Tables:
    layout = read(text.encode(), name)
    return layout_to_tables(layout, form_of(detect_form(layout)))


def score(tables: Tables, expected: Mapping[Concept, Number | None]) -> Score:
    right = warned = 0
    silent = []
    for concept, value in expected.items():
        table = tables[concept.table]
        cell = table.cell(concept.row, concept.column)
        if cell.value == value:
            right += 1
        elif cell.doubt or (cell.text is None and is_row_doubted(table, concept.row)):
            warned += 1
        else:
            silent.append(f"{concept}: {cell.value} for {value}")
    return Score(right, warned, tuple(silent))


def is_row_doubted(table: Table, row: str) -> bool:
    whole = {"table-missing", "table-repeated"}
    return any(doubt.place.row == row or doubt.code in whole for doubt in table.doubts)


def expected_of(report: Report) -> dict[Concept, Number | None]:
    return {c: cell.value for table in report.tables.values() for c, cell in table.cells.items()}


def codes(tables: Tables) -> Counter[str]:
    found = Counter(doubt.code for table in tables.values() for doubt in table.doubts)
    for table in tables.values():
        found.update(cell.doubt.code for cell in table.cells.values() if cell.doubt)
    return found
