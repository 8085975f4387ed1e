"""The rulings of a page, merged and closed, and the cells they enclose.

Cells come from pdfplumber's own steps (edges, intersections, cells, tables). Before them, cells that
a page break left open are closed: where two neighbouring rulings end at one height and nothing joins
their ends, the border is on the other page. So are tables without sides.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from ingest.readers.pdf_page import Ruling
from ingest.report import Box

# pdfplumber's defaults, in points.
_TOLERANCE = 3.0
_SHORTEST = 3.0
# More crossings than this are a drawing; finding cells among them would take minutes.
_MOST_CROSSINGS = 40_000
_MOST_RULINGS = 20_000


@dataclass(frozen=True, slots=True)
class _Edge:
    """A merged ruling: where it lies, and from where to where it runs."""

    upright: bool
    at: float
    start: float
    end: float


def rulings_to_tables(rulings: Sequence[Ruling]) -> list[list[Box]] | None:
    """The cells of each table the rulings draw; None for a drawing with too many crossings."""
    if len(rulings) > _MOST_RULINGS:
        return None
    edges = _merged(rulings)
    upright = sum(edge.upright for edge in edges)
    if upright * (len(edges) - upright) > _MOST_CROSSINGS:
        return None
    edges += list(_missing(edges))
    edges += [*_sides(edges, attrgetter("start")), *_sides(edges, attrgetter("end"))]
    objects = _merged_objects(map(_to_ruling, edges))
    crossings = edges_to_intersections(objects, _TOLERANCE, _TOLERANCE)
    tables: list[list[Box]] = cells_to_tables(intersections_to_cells(crossings))
    return tables


def _merged_objects(rulings: Iterable[Ruling]) -> list[dict[str, object]]:
    objects = [
        {
            "object_type": "line",
            "x0": r.x0,
            "top": r.top,
            "x1": r.x1,
            "bottom": r.bottom,
            "doctop": r.top,
            "width": r.x1 - r.x0,
            "height": r.bottom - r.top,
            "orientation": "v" if r.upright else "h",
        }
        for r in rulings
    ]
    if not objects:
        return []
    merged: list[dict[str, object]] = merge_edges(objects, *[_TOLERANCE] * 4)
    return merged


def _merged(rulings: Iterable[Ruling]) -> list[_Edge]:
    edges = (_to_edge(merged) for merged in _merged_objects(rulings))
    return [edge for edge in edges if edge.end - edge.start >= _SHORTEST]


def _to_edge(merged: dict[str, object]) -> _Edge:
    upright = merged["orientation"] == "v"
    at, start, end = ("x0", "top", "bottom") if upright else ("top", "x0", "x1")
    return _Edge(upright, _number(merged[at]), _number(merged[start]), _number(merged[end]))


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return value


def _to_ruling(edge: _Edge) -> Ruling:
    if edge.upright:
        return Ruling(edge.at, edge.start, edge.at, edge.end, True)
    return Ruling(edge.start, edge.at, edge.end, edge.at, False)


def _missing(edges: Sequence[_Edge]) -> Iterator[_Edge]:
    """The level borders that are missing at the ends of upright edges."""
    uprights = sorted((edge for edge in edges if edge.upright), key=attrgetter("at"))
    levels = [edge for edge in edges if not edge.upright]
    for is_end in (False, True):
        for one, other in _open_neighbours(uprights, is_end):
            at = one.end if is_end else one.start
            near = [level for level in levels if abs(level.at - at) <= _TOLERANCE]
            if not _is_covered(one.at, other.at, near):
                at = near[0].at if near else at
                yield _Edge(False, at, one.at, other.at)


def _sides(edges: Sequence[_Edge], end_of: Callable[[_Edge], float]) -> Iterator[_Edge]:
    """The upright borders that are missing at one end of level edges: many tables have no sides.

    Two levels are those of one table where an upright edge joins them: between two tables under one
    another there is none.
    """
    uprights = [edge for edge in edges if edge.upright]
    levels = sorted((e for e in edges if not e.upright), key=attrgetter("at"), reverse=True)
    below: dict[int, _Edge] = {}
    for one in levels:
        side = end_of(one)
        bucket = round(side / _TOLERANCE)
        near = [below[b] for b in (bucket - 1, bucket, bucket + 1) if b in below]
        near = [level for level in near if abs(end_of(level) - side) <= _TOLERANCE]
        below[bucket] = one
        if not near:
            continue
        other = min(near, key=attrgetter("at"))
        joining = [u for u in uprights if _joins(u, one, other)]
        if joining and not any(abs(u.at - side) <= _TOLERANCE for u in joining):
            yield _Edge(True, side, one.at, other.at)


def _joins(upright: _Edge, one: _Edge, other: _Edge) -> bool:
    is_between = max(one.start, other.start) - _TOLERANCE <= upright.at
    is_between = is_between and upright.at <= min(one.end, other.end) + _TOLERANCE
    return (
        is_between and upright.start <= one.at + _TOLERANCE and upright.end >= other.at - _TOLERANCE
    )


def _open_neighbours(uprights: Sequence[_Edge], is_end: bool) -> Iterator[tuple[_Edge, _Edge]]:
    """Neighbouring upright edges that both start, or both end, at one height."""
    for index, one in enumerate(uprights):
        height = one.end if is_end else one.start
        for other in uprights[index + 1 :]:
            if not other.start - _TOLERANCE <= height <= other.end + _TOLERANCE:
                continue
            tip, far = (other.end, other.start) if is_end else (other.start, other.end)
            if abs(far - height) <= _TOLERANCE:
                # It lies on the other side of this height altogether.
                continue
            if abs(tip - height) <= _TOLERANCE:
                yield one, other
            break


def _is_covered(start: float, end: float, levels: Iterable[_Edge]) -> bool:
    reached = start + _TOLERANCE
    for level in sorted(levels, key=attrgetter("start")):
        if level.start <= reached + _TOLERANCE:
            reached = max(reached, level.end)
    return reached >= end - _TOLERANCE
