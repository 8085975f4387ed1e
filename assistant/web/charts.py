"""The values of an answer as a chart and a table, where people would rather look than read.

Pure. Only numbers that the answer itself gives are drawn, one for each agency and year, all of one
unit; a cell that was not reported is no point, never a zero.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, TypeAlias

from assistant.answer import Answer, Value
from assistant.asking import Asked
from assistant.lookup.parts import are_parts
from assistant.measure import Measure
from assistant.web.data_table import DataTable, data_table_to_html, table_to_csv
from ingest.report import Number

Kind: TypeAlias = Literal["bar", "line", "stack"]

# With fewer points the sentence says it better.
FEWEST_POINTS = 3
# More bars than this cannot be read; the table has them all.
MOST_BARS = 30


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a chart; `part` names what it is a part of the whole, "" where it is whole."""

    agency: str
    year: int
    value: Number
    part: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Points in the answer's order: a line over the years, a bar for each agency, or a stack of parts."""

    kind: Kind
    title: str
    unit: str
    points: tuple[Point, ...]


def asked_to_chart(asked: Asked | None) -> Chart | None:
    """The chart of an answer; None where there is nothing to compare."""
    query = asked.query if asked else None
    if asked is None or query is None or query.kind != "lookup":
        return None
    if are_parts(query.measures):
        return _stack(asked.answer, query.measures)
    if len(query.measures) != 1:
        return None
    points = [point for value in asked.answer.values if (point := _value_to_point(value))]
    units = {value.unit for value in asked.answer.values}
    cells = {(point.agency, point.year) for point in points}
    is_whole = len(points) == len(asked.answer.values) == len(cells)
    if len(points) < FEWEST_POINTS or len(units) != 1 or not is_whole:
        return None
    kind: Kind = "line" if len({p.year for p in points}) > 1 else "bar"
    if kind == "line" and len({p.agency for p in points}) == len(points):
        return None  # Different agencies in different years are no trend.
    return Chart(kind, query.measures[0].name, units.pop(), tuple(points))


def _stack(answer: Answer, measures: tuple[Measure, ...]) -> Chart | None:
    """The parts of a whole, of each report, as their cited cells print them."""
    whole, *parts = measures
    names = {measure.concept: measure.name for measure in parts if measure.concept}
    points = []
    for citation in answer.citations:
        place = citation.place
        name = next((n for c, n in names.items() if c[1:] == (place.row, place.column)), "")
        value = _printed(place.quote) if place.table == whole.cells[0].table else None
        if name and value is not None and citation.agency and citation.year:
            points.append(Point(citation.agency, citation.year, value, name))
    some = [point for point in points if point.value]
    return Chart("stack", whole.name, whole.unit, tuple(some)) if len(some) > 1 else None


def _printed(quote: str | None) -> Number | None:
    """The number that a cell prints, None where it prints none."""
    try:
        number = Decimal((quote or "").strip().replace(",", ""))
    except InvalidOperation:
        return None
    return int(number) if number == int(number) else float(number)


def _value_to_point(value: Value) -> Point | None:
    if isinstance(value.value, str) or value.agency is None or value.year is None:
        return None
    return Point(value.agency, value.year, value.value)


def chart_to_html(chart: Chart) -> str:
    """The chart's numbers as a table with links to download them as CSV and as Excel."""
    return data_table_to_html(_table(chart))


def chart_to_csv(chart: Chart) -> str:
    """The points as CSV with a byte order mark, which spreadsheets want before Chinese."""
    return table_to_csv(_table(chart))


def _table(chart: Chart) -> DataTable:
    """The points as rows; the year as text, for it is no quantity."""
    has_parts = chart.kind == "stack"
    heads = ("单位", "年度", *(("其中",) if has_parts else ()), chart.title, "计量单位")
    rows = [
        (p.agency, str(p.year), *((p.part,) if has_parts else ()), p.value, chart.unit)
        for p in chart.points
    ]
    return DataTable(chart.title, heads, rows)
