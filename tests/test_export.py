"""The exported facts, read back with the programs that people will open them with."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest
from openpyxl import load_workbook

from assistant.export import export_facts
from assistant.formulas import defused
from ingest import samples
from ingest.errors import NianbaoError
from ingest.report_json import report_to_dict
from vectorstore.library import Library

SAMPLE = next(path for path in samples.paths() if path.name == "education-2022.txt")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("export")) as library:
        library.add(SAMPLE)
        yield library


def expected(library: Library) -> dict[str, Any]:
    [report] = library.reports()
    tables = report_to_dict(report)["tables"]
    return {
        f"{table}/{row}/{column}": value
        for table, rows in tables.items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }


def test_csv_has_every_cell_and_leaves_blanks_empty(library: Library, tmp_path: Path) -> None:
    export_facts(library, tmp_path / "数据.csv")
    with (tmp_path / "数据.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["concept"]: row for row in csv.DictReader(file)}
    values = {key: float(row["value"]) if row["value"] else None for key, row in rows.items()}
    assert values == expected(library)
    assert {row["state"] for row in rows.values() if not row["value"]} <= {"blank", "dash"}


def test_xlsx_numbers_are_numbers(library: Library, tmp_path: Path) -> None:
    export_facts(library, tmp_path / "数据.xlsx")
    sheet = load_workbook(tmp_path / "数据.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert {str(row[3]): row[7] for row in rows} == expected(library)


def test_parquet_keeps_types(library: Library, tmp_path: Path) -> None:
    count = export_facts(library, tmp_path / "数据.parquet")
    table = parquet.read_table(tmp_path / "数据.parquet").to_pylist()
    assert count == len(table)
    assert {row["concept"]: row["value"] for row in table} == expected(library)


def test_json_describes_its_fields(library: Library, tmp_path: Path) -> None:
    export_facts(library, tmp_path / "数据.json")
    document = json.loads((tmp_path / "数据.json").read_text(encoding="utf-8"))
    assert {row["concept"]: row["value"] for row in document["data"]} == expected(library)
    assert set(document["data"][0]) == {field["name"] for field in document["schema"]["fields"]}


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])
def test_text_that_would_be_a_formula_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


def test_a_negative_number_stays_a_number() -> None:
    assert defused(-8) == -8


def test_an_unknown_suffix_is_refused_in_one_sentence(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NianbaoError, match=r"\.csv"):
        export_facts(library, tmp_path / "数据.pdf")
