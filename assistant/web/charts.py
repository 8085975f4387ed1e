"""The values of an answer as a chart and a table, where people would rather look than read.

Pure. Only numbers that the answer itself gives are drawn, one for each agency and year, all of one
unit; a cell that was not reported is no point, never a zero.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Literal, TypeAlias

from assistant.answer import Answer, Value
from assistant.asking import Asked
from assistant.lookup.parts import are_parts
from assistant.measure import Measure
from assistant.query import Query
from assistant.web.data_table import DataTable, data_table_to_html, table_to_csv
from assistant.web.legend import COLOURS, legend_to_html, names_to_colours
from ingest.report import Number

Kind: TypeAlias = Literal["bar", "line", "stack"]

# With fewer points the sentence says it better.
FEWEST_POINTS = 3
# More bars or lines than this cannot be read; the table has them all.
MOST_BARS = 30
MOST_LINES = len(COLOURS)


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

    @property
    def groups(self) -> tuple[str, ...]:
        """What has a bar or a line of its own, in order: the agencies, or the reports of a stack."""
        return tuple(dict.fromkeys(self.group_of(point) for point in self.points))

    def group_of(self, point: Point) -> str:
        """The bar or line that a point belongs to."""
        return point.agency if self.kind == "line" else f"{point.agency}{point.year}年"

    @property
    def drawn(self) -> tuple[Point, ...]:
        """The points of the first bars or lines, as many as can be read."""
        first = set(self.groups[: MOST_LINES if self.kind == "line" else MOST_BARS])
        return tuple(point for point in self.points if self.group_of(point) in first)

    @property
    def colours(self) -> Mapping[str, str]:
        """The colour of each line or part that is drawn; none where all bars are of one kind."""
        if self.kind == "bar":
            return {}
        names = (point.agency if self.kind == "line" else point.part for point in self.drawn)
        return names_to_colours(names)


def asked_to_chart(asked: Asked | None) -> Chart | None:
    """The chart of an answer; None where there is nothing to compare."""
    query = asked.query if asked else None
    if asked is None or query is None or query.kind != "lookup":
        return None
    if len(asked.steps) > 1:
        return _of_steps(asked.answer, asked.steps)
    if are_parts(query.measures):
        return _stack(asked.answer, query.measures)
    if len(query.measures) != 1:
        return None
    if query.operation == "streak":
        return _of_cells(asked.answer, query.measures[0])
    points = [point for value in asked.answer.values if (point := _value_to_point(value))]
    units = {value.unit for value in asked.answer.values}
    cells = {(point.agency, point.year) for point in points}
    is_whole = len(points) == len(asked.answer.values) == len(cells)
    if len(units) != 1 or not is_whole:
        return None
    return _drawn(points, query.measures[0].name, units.pop())


def _drawn(points: Sequence[Point], title: str, unit: str) -> Chart | None:
    """Bars, or lines over the years; None where there is too little to compare."""
    if len(points) < FEWEST_POINTS:
        return None
    kind: Kind = "line" if len({p.year for p in points}) > 1 else "bar"
    if kind == "line" and len({p.agency for p in points}) == len(points):
        return None  # Different agencies in different years are no trend.
    return Chart(kind, title, unit, tuple(points))


def _of_steps(answer: Answer, steps: Sequence[Query]) -> Chart | None:
    """Of several look-ups made one after another, the last one that has enough to compare."""
    single = (step.measures[0] for step in reversed(steps) if len(step.measures) == 1)
    charts = (_of_cells(answer, measure) for measure in single)
    return next((chart for chart in charts if chart), None)


def _of_cells(answer: Answer, measure: Measure) -> Chart | None:
    """The cells of a measure that an answer cites, where its values are names or of several kinds."""
    concept = measure.concept
    points: dict[tuple[str, int], Point] = {}
    for citation in answer.citations:
        place = citation.place
        is_cell = concept and (place.table, place.row, place.column) == tuple(concept)
        value = _printed(place.quote) if is_cell else None
        if value is not None and citation.agency and citation.year:
            points[citation.agency, citation.year] = Point(citation.agency, citation.year, value)
    drawn = list(points.values())
    if len({point.year for point in drawn}) > 1:
        several = Counter(point.agency for point in drawn)
        drawn = [point for point in drawn if several[point.agency] > 1]
    return _drawn(drawn, measure.name, measure.unit)


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
    """What is drawn, its legend, and its numbers as a table to be downloaded as CSV and as Excel."""
    title = f"<p class='nb-note'>{escape(chart.title)}（{escape(chart.unit)}）</p>"
    legend = legend_to_html(chart.colours) if chart.colours else ""
    return f"{title}{legend}{_left_out(chart)}{data_table_to_html(_table(chart))}"


def _left_out(chart: Chart) -> str:
    """That the picture does not show all, where it does not."""
    shown, all_ = len({chart.group_of(point) for point in chart.drawn}), len(chart.groups)
    what = "家单位" if chart.kind == "line" else "项"
    told = f"图中只画前{shown}{what}，共{all_}{what}，全部见数据表。"
    return f"<p class='nb-note'>{told}</p>" if shown < all_ else ""


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
