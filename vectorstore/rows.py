"""A report → the rows that store it, but for what only the library knows: edition, chunk numbers.

Pure: needs neither database nor model, so that it can run in the worker that read the file. Every
cell of the report's form has a row, whatever its state, and also every further cell that was read;
so a report whose table is missing counts as one that has not reported.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeAlias

from ingest.chunk import Chunk
from ingest.forms import edition_for_year, form_of
from ingest.report import Cell, Concept, Figure, Report
from ingest.report_json import place_to_dict, report_from_dict, report_to_dict

Row: TypeAlias = dict[str, Any]

_FIGURE = tuple(field.name for field in fields(Figure))
# Made once: `json.dumps` makes an encoder for every place of two hundred.
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def fact_rows(report: Report) -> list[Row]:
    """The report's cells as rows of `facts`; cells of the form that it lacks stand as missing."""
    edition = report.format or (edition_for_year(report.year) if report.year else None)
    form = form_of(edition)
    # Before 2019 there was no statutory form whose cells could be missing.
    concepts = dict.fromkeys(form.concepts() if edition else ())
    for table in report.tables.values():
        concepts.update(dict.fromkeys(table.cells))
    return [_fact_row(report, concept, form.unit(concept) or "") for concept in concepts]


def figure_rows(report: Report) -> list[Row]:
    """The report's figures as rows of `figures`."""
    return [
        {"report_id": report.id, "ordinal": ordinal, **{n: getattr(figure, n) for n in _FIGURE}}
        for ordinal, figure in enumerate(report.figures)
    ]


def chunk_rows(report: Report, pieces: Iterable[Chunk]) -> list[Row]:
    """The report's chunks as rows of `chunks`, still without their numbers."""
    return [
        {
            "report_id": report.id,
            "section": piece.place.section,
            "text": piece.text,
            "context": piece.context,
            "place": _encoded(place_to_dict(piece.place)),
        }
        for piece in pieces
    ]


def searched_text(context: str, text: str) -> str:
    """What of a chunk is embedded and indexed: whose text it is belongs to its meaning."""
    return f"{context}\n{text}"


def report_to_body(report: Report) -> bytes:
    """The report whole, as `reports` keeps it: its JSON, compressed."""
    return zlib.compress(_encoded(report_to_dict(report)).encode("utf-8"))


def body_to_report(body: bytes) -> Report:
    """The report that `report_to_body` wrote."""
    return report_from_dict(json.loads(zlib.decompress(body)), is_ours=True)


def _fact_row(report: Report, concept: Concept, unit: str) -> Row:
    cell: Cell = report.cell(concept)
    return {
        "report_id": report.id,
        "concept": str(concept),
        "value": cell.value,
        "text": cell.text,
        "state": cell.state,
        "unit": unit,
        "page": cell.place.page,
        "place": _encoded(place_to_dict(cell.place)),
        "doubt_code": cell.doubt.code if cell.doubt else None,
        "doubt_message": cell.doubt.message if cell.doubt else None,
    }
