"""Libraries of any size for measuring: invented reports, written straight into the record store.

Reading and embedding so many files would take hours and is measured elsewhere. A few reports are
invented whole; the others are these under the names of other agencies and years. The records are
exactly those that adding would have made, written by the same code, a thousand to a transaction.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from pathlib import Path

from sqlalchemy import insert

from ingest.report import Report
from tests.hash_embedder import HashEmbedder
from tests.invented import invented_report
from vectorstore.database import insert_lines
from vectorstore.library import Library
from vectorstore.prepared import prepared_of
from vectorstore.records import whole_row
from vectorstore.rows import FACT_COLUMNS, FIGURE_COLUMNS, Line, Row, report_row
from vectorstore.schema import facts, figures, reports

YEARS = (2021, 2022, 2023, 2024, 2025)
AT_ONCE = 1_000
KINDS = 8

_FIRST = "云青白柳石松河清平永长宁泰和安兴丰福瑞嘉"
_SECOND = "溪禾鹭湾岭原阳川桥塘洲渡坪岗泽浦坡垣屏沛"
_OFFICES = ("水务局", "教育局", "民政局", "财政局", "体育局", "司法局", "统计局", "档案局")


def agencies() -> Iterator[str]:
    """Names of invented agencies, each once; 3,200 in all."""
    for office, second, first in product(_OFFICES, _SECOND, _FIRST):
        yield f"{first}{second}市{office}"


def shelve(folder: Path, count: int) -> Library:
    """A library of `count` reports, each of an agency and year of its own; without chunks."""
    library = Library(folder, embedder=HashEmbedder())
    bases = [invented_report("2021", seed=seed, balanced=True) for seed in range(KINDS)]
    prepared = [prepared_of(base, (), None) for base in bases]
    places = islice(product(agencies(), YEARS), count)
    numbered = list(enumerate(places))
    for start in range(0, count, AT_ONCE):
        with library._database.writing() as connection:
            rows: list[Row] = []
            cells: list[Line] = []
            numbers: list[Line] = []
            for number, (agency, year) in numbered[start : start + AT_ONCE]:
                base = prepared[number % KINDS]
                report = renamed(bases[number % KINDS], agency, year)
                named = replace(base, row=report_row(report))
                rows.append(whole_row(named, 1, "0" * 64 + ".txt", "1"))
                cells.extend((report.id, *line) for line in base.facts)
                numbers.extend((report.id, *line) for line in base.figures)
            connection.execute(insert(reports), rows)
            insert_lines(connection, facts, ("report_id", *FACT_COLUMNS), cells)
            insert_lines(connection, figures, ("report_id", *FIGURE_COLUMNS), numbers)
    return library


def renamed(base: Report, agency: str, year: int) -> Report:
    """The same report under another name and year."""
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return replace(
        base,
        agency=agency,
        year=year,
        title=title,
        signed_by=agency,
        source=f"{agency}{year}.txt",
        sha256=hashlib.sha256(title.encode("utf-8")).hexdigest(),
    )
