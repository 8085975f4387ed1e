"""A report → the rows that store it, but for what only the library knows: edition, chunk numbers.

Pure: needs neither database nor model, so that it can run in the worker that read the file. Every
cell of the report's form has a row, whatever its state, and also every further cell that was read;
so a report whose table is missing counts as one that has not reported. A line is a row without its
report's identifier, its values in the order of the columns named here.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeAlias

from ingest.chunk import Chunk
from ingest.forms import edition_for_year, form_of
from ingest.report import Cell, Concept, Figure, Report
from ingest.report_json import place_to_dict, report_from_dict, report_to_dict

Row: TypeAlias = dict[str, Any]
Line: TypeAlias = tuple[Any, ...]

FACT_COLUMNS = (
    *("concept", "value", "text", "state", "unit", "page", "place"),
    *("doubt_code", "doubt_message"),
)
CHUNK_COLUMNS = ("section", "text", "context", "place")
_FIGURE = tuple(field.name for field in fields(Figure) if field.name not in ("name", "value"))
FIGURE_COLUMNS = ("ordinal", "name", "value", *_FIGURE)

_of_figure = attrgetter(*_FIGURE)
# Made once: `json.dumps` makes an encoder for every place of two hundred.
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def report_row(report: Report) -> Row:
    """What a reading of the report says of it in `reports`; another reading may say otherwise."""
    return {
        "id": report.id,
        "sha256": report.sha256,
        "agency": report.agency,
        "year": report.year,
        "format": report.format,
        "title": report.title,
        "source": report.source,
        "media_type": report.media_type,
        "signed_by": report.signed_by,
        "signed_on": report.signed_on,
        "warning_count": len(report.warnings),
        "body": report_to_body(report),
    }


def fact_lines(report: Report) -> list[Line]:
    """The report's cells as lines of `facts`; cells of the form that it lacks stand as missing."""
    edition = report.format or (edition_for_year(report.year) if report.year else None)
    form = form_of(edition)
    # Before 2019 there was no statutory form whose cells could be missing.
    concepts = dict.fromkeys(form.concepts() if edition else ())
    for table in report.tables.values():
        concepts.update(dict.fromkeys(table.cells))
    return [_fact_line(report, concept, form.unit(concept) or "") for concept in concepts]


def figure_lines(report: Report) -> list[Line]:
    """The report's figures as lines of `figures`."""
    return [
        (ordinal, figure.name, float(figure.value), *_of_figure(figure))
        for ordinal, figure in enumerate(report.figures)
    ]


def chunk_lines(pieces: Iterable[Chunk]) -> list[Line]:
    """The chunks of a report as lines of `chunks`, still without their numbers."""
    return [
        (piece.place.section, piece.text, piece.context, _encoded(place_to_dict(piece.place)))
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


def _fact_line(report: Report, concept: Concept, unit: str) -> Line:
    cell: Cell = report.cell(concept)
    doubt = cell.doubt
    return (
        str(concept),
        # SQLite's whole numbers end at nineteen digits; the column holds floats.
        None if cell.value is None else float(cell.value),
        cell.text,
        cell.state,
        unit,
        cell.place.page,
        _encoded(place_to_dict(cell.place)),
        doubt.code if doubt else None,
        doubt.message if doubt else None,
    )
