"""The library's facts as a table for other programs: CSV, XLSX, Parquet or JSON.

One row is one cell of one report, blanks included, with its state and doubt, so that nothing that
the library knows is lost on the way out. Text that a spreadsheet would run as a formula is defused;
numbers stay numbers.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.formulas import defused
from ingest.errors import NianbaoError, os_reason
from ingest.forms import form_of
from ingest.report import Number, Report

if TYPE_CHECKING:
    from vectorstore.library import Library


@dataclass(frozen=True, slots=True)
class Row:
    """One cell of one report. `state` is number, blank, dash, text or missing."""

    agency: str
    year: int
    edition: str
    concept: str
    table: str
    row_label: str
    column_label: str
    value: Number | None
    unit: str
    state: str
    text: str
    doubt: str
    page: int | None
    report: str
    source: str


_COLUMNS: Mapping[str, tuple[str, str]] = {
    "agency": ("string", "单位"),
    "year": ("integer", "年度"),
    "edition": ("string", "表样"),
    "concept": ("string", "指标（表/行/列）"),
    "table": ("string", "表"),
    "row_label": ("string", "行"),
    "column_label": ("string", "列"),
    "value": ("number", "数值，空白、划线、缺行时为空"),
    "unit": ("string", "单位（量）"),
    "state": ("string", "number 数、blank 空白、dash 划线、text 文字、missing 缺"),
    "text": ("string", "原文"),
    "doubt": ("string", "读取存疑"),
    "page": ("integer", "页"),
    "report": ("string", "报告编号"),
    "source": ("string", "文件"),
}
"""Column → its type in the Table Schema of Frictionless Data, and its meaning."""


def export_facts(library: "Library", path: Path) -> int:
    """Writes the cells of every current report to `path`, in the format of its suffix.

    Returns the number of rows. Raises NianbaoError for a suffix that is none of .csv, .xlsx,
    .parquet and .json, and for a file that cannot be written.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        kinds = "、".join(_WRITERS)
        raise NianbaoError(f"不能导出为“{path.suffix}”：请把文件名的后缀改为 {kinds} 之一。")
    try:
        return write(_rows(library), path)
    except OSError as error:
        raise NianbaoError(f"写不了 {path}：{os_reason(error)}。请换一个位置。") from error


def _rows(library: "Library") -> Iterator[Row]:
    for entry in library.entries():
        if entry.current:
            yield from _report_rows(library.report(entry.id))


def _report_rows(report: Report) -> Iterator[Row]:
    form = form_of(report.format)
    for table in report.tables.values():
        for concept, cell in table.cells.items():
            if not form.has(concept):
                continue
            in_form = form.table(concept.table)
            yield Row(
                agency=report.agency or "",
                year=report.year or 0,
                edition=report.format or "",
                concept=str(concept),
                table=in_form.ordinal,
                row_label=in_form.rows[concept.row].full_label,
                column_label=in_form.column(concept.row, concept.column).label,
                value=cell.value,
                unit=in_form.unit(concept.row, concept.column),
                state=cell.state,
                text=cell.text or "",
                doubt=cell.doubt.message if cell.doubt else "",
                page=cell.place.page,
                report=report.id,
                source=report.source,
            )


def _values(row: Row) -> list[object]:
    return [getattr(row, field.name) for field in fields(row)]


def _write_csv(rows: Iterator[Row], path: Path) -> int:
    # With a byte order mark, Excel takes the file for UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        count = 0
        for row in rows:
            writer.writerow([defused(value) for value in _values(row)])
            count += 1
        return count


def _write_xlsx(rows: Iterator[Row], path: Path) -> int:
    from openpyxl import Workbook

    from assistant.spreadsheet import text_cell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.append([meaning for _, meaning in _COLUMNS.values()])
    count = 0
    for row in rows:
        values = _values(row)
        sheet.append([text_cell(sheet, v) if isinstance(v, str) else v for v in values])
        count += 1
    book.save(path)
    return count


def _write_parquet(rows: Iterator[Row], path: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    kinds = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    schema = pa.schema([(name, kinds[kind]) for name, (kind, _) in _COLUMNS.items()])
    table = pa.Table.from_pylist(
        [dict(zip(_COLUMNS, _values(row), strict=True)) for row in rows], schema=schema
    )
    parquet.write_table(table, path)
    return int(table.num_rows)


def _write_json(rows: Iterator[Row], path: Path) -> int:
    schema = {
        "fields": [
            {"name": name, "type": kind, "description": meaning}
            for name, (kind, meaning) in _COLUMNS.items()
        ],
        "primaryKey": ["report", "concept"],
    }
    records = [dict(zip(_COLUMNS, _values(row), strict=True)) for row in rows]
    document = {"schema": schema, "data": records}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return len(records)


_WRITERS: Mapping[str, Callable[[Iterator[Row], Path], int]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".parquet": _write_parquet,
    ".json": _write_json,
}
