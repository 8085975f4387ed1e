"""Report ↔ JSON, in exactly the shape of the contract (docs/contracts.md), and back without loss.

The contract's keys come first; beside them stand `preamble`, `places` (the place, text and doubt
of each cell) and `doubts` (of the document and its tables), which the way back needs.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias

from ingest.report import (
    TABLE_NAMES,
    Cell,
    Concept,
    Doubt,
    Figure,
    Place,
    Report,
    Section,
    Table,
    TableName,
    TextStart,
)

# `asdict` copies deeply and takes a third of the time of storing a report; a place holds no more
# than numbers, words and tuples.
_PLACE = tuple(field.name for field in fields(Place))
_of_place = attrgetter(*_PLACE)
# `json.loads` first looks for white space around what it reads.
_DECODER = json.JSONDecoder()

# What `json` reads and writes; its values are checked where they become a Report.
Json: TypeAlias = dict[str, Any]


def report_to_dict(report: Report) -> Json:
    """The report as `nianbao parse --json` prints it."""
    return {
        "source": report.source,
        "sha256": report.sha256,
        "media_type": report.media_type,
        "agency": report.agency,
        "year": report.year,
        "format": report.format,
        "title": report.title,
        "signed_by": report.signed_by,
        "signed_on": report.signed_on.isoformat() if report.signed_on else None,
        "sections": [_flat(section) for section in report.sections],
        "tables": {name: _table_values(table) for name, table in report.tables.items()},
        "figures": [_without_none(_flat(figure)) for figure in report.figures],
        "warnings": [
            {"code": w.code, "message": w.message, "place": place_to_dict(w.place)}
            for w in report.warnings
        ],
        "preamble": _flat(report.preamble) if report.preamble else None,
        "places": {name: _table_places(table) for name, table in report.tables.items()},
        "doubts": {
            "document": [_doubt_to_dict(doubt) for doubt in report.doubts],
            **{
                name: [_doubt_to_dict(doubt) for doubt in table.doubts]
                for name, table in report.tables.items()
            },
        },
        "labels": {
            name: [place_to_dict(place) for place in table.labels]
            for name, table in report.tables.items()
            if table.labels
        },
    }


def report_from_dict(data: Mapping[str, Any], *, is_ours: bool = False) -> Report:
    """The report that `report_to_dict` wrote; also reads bare contract JSON without `places`.

    Raises KeyError or ValueError where `data` is not of the contract's shape. What is surely
    `is_ours` is not looked through for that: its cells are built when they are first asked for.
    """
    doubts = data.get("doubts") or {}
    places = data.get("places") or {}
    labels = data.get("labels") or {}
    signed_on = data.get("signed_on")
    preamble = data.get("preamble")
    return Report(
        source=data["source"],
        sha256=data["sha256"],
        media_type=data["media_type"],
        agency=data["agency"],
        year=data["year"],
        format=data["format"],
        title=data["title"],
        signed_by=data["signed_by"],
        signed_on=date.fromisoformat(signed_on) if signed_on else None,
        preamble=_section_from(preamble) if preamble else None,
        sections=tuple(_section_from(section) for section in data["sections"]),
        tables={
            name: _table_from(
                _StoredCells(name, data["tables"][name], places.get(name) or {}),
                doubts.get(name) or (),
                labels.get(name) or (),
                is_ours=is_ours,
            )
            for name in TABLE_NAMES
            if name in data["tables"]
        },
        figures=tuple(Figure(**_known(Figure, figure)) for figure in data["figures"]),
        doubts=tuple(_doubt_from_dict(doubt) for doubt in doubts.get("document") or ()),
    )


def place_to_dict(place: Place) -> Json:
    """A place as JSON; keys that say nothing are left out."""
    return _without_none(dict(zip(_PLACE, _of_place(place), strict=True)))


def place_from_dict(data: Mapping[str, Any]) -> Place:
    """The place that `place_to_dict` wrote."""
    return _place_from(data, data)


def place_from_json(text: str) -> Place:
    """The place in JSON as it is stored, with nothing before or after the object."""
    return place_from_dict(_DECODER.raw_decode(text)[0])


def _place_from(data: Mapping[str, Any], address: Mapping[str, Any]) -> Place:
    """The place; `address` holds the table, row and column where they are stored apart."""
    box, grid = data.get("box"), data.get("grid")
    return Place(
        data.get("page"),
        data.get("line"),
        None if box is None else tuple(box),
        data.get("section"),
        data.get("quote"),
        address.get("table"),
        address.get("row"),
        address.get("column"),
        None if grid is None else tuple(grid),
    )


def _section_from(data: Mapping[str, Any]) -> Section:
    starts = tuple(TextStart(*start) for start in data.get("starts") or ())
    return Section(**{**_known(Section, data), "starts": starts})


def _table_values(table: Table) -> Json:
    return {
        row: {column: cell.value for column, cell in cells.items()}
        for row, cells in table.rows.items()
    }


def _table_places(table: Table) -> Json:
    return {
        row: {column: _cell_to_dict(cell) for column, cell in cells.items()}
        for row, cells in table.rows.items()
    }


def _cell_to_dict(cell: Cell) -> Json:
    place = place_to_dict(cell.place)
    if cell.text is not None:  # its address is where it stands in this object
        for key in ("table", "row", "column"):
            place.pop(key, None)
    doubt = {"doubt": _doubt_to_dict(cell.doubt)} if cell.doubt else {}
    return {"text": cell.text, **place, **doubt}


def _table_from(
    cells: "_StoredCells",
    doubts: Sequence[Mapping[str, Any]],
    labels: Sequence[Mapping[str, Any]],
    *,
    is_ours: bool,
) -> Table:
    built = cells if is_ours else dict(cells)
    return Table(
        cells.table,
        built,
        tuple(_doubt_from_dict(doubt) for doubt in doubts),
        tuple(place_from_dict(label) for label in labels),
    )


class _StoredCells(Mapping[Concept, Cell]):
    """The cells of a stored table, each built when it is first asked for.

    A question needs one of two hundred; building them all takes most of the time of reading one.
    """

    def __init__(
        self,
        table: TableName,
        values: Mapping[str, Mapping[str, Any]],
        places: Mapping[str, Mapping[str, Mapping[str, Any]]],
    ) -> None:
        self.table = table
        self._values, self._places = values, places
        self._built: dict[Concept, Cell] = {}

    def __getitem__(self, concept: Concept) -> Cell:
        built = self._built.get(concept)
        if built is None:
            table, row, column = concept
            if table != self.table:
                raise KeyError(concept)
            stored = self._places.get(row, {}).get(column)
            built = _cell_from(concept, self._values[row][column], stored)
            self._built[concept] = built
        return built

    def __iter__(self) -> Iterator[Concept]:
        for row, columns in self._values.items():
            for column in columns:
                yield Concept(self.table, row, column)

    def __len__(self) -> int:
        return sum(map(len, self._values.values()))


def _cell_from(concept: Concept, value: Any, stored: Mapping[str, Any] | None) -> Cell:
    if stored is None:
        return Cell(value, None if value is None else str(value))
    address = stored if stored["text"] is None else concept._asdict()
    place = _place_from(stored, address)
    doubt = stored.get("doubt")
    return Cell(value, stored["text"], place, _doubt_from_dict(doubt) if doubt else None)


def _doubt_to_dict(doubt: Doubt) -> Json:
    return {"code": doubt.code, "message": doubt.message, "place": place_to_dict(doubt.place)}


def _doubt_from_dict(data: Mapping[str, Any]) -> Doubt:
    return Doubt(data["code"], data["message"], place_from_dict(data.get("place") or {}))


def _flat(part: Section | Figure) -> Json:
    kind: type = type(part)
    return {name: getattr(part, name) for name in _names(kind)}


def _known(kind: type, data: Mapping[str, Any]) -> Json:
    names = _names(kind)
    return {key: value for key, value in data.items() if key in names}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _without_none(data: Mapping[str, Any]) -> Json:
    return {key: value for key, value in data.items() if value is not None}
