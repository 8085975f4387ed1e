"""The values of an answer as a chart and a table, where people would rather look than read.

Pure. Only numbers that the answer itself gives are drawn, one for each agency and year, all of one
unit; a cell that was not reported is no point, never a zero.
"""

import csv
import io
from dataclasses import dataclass
from html import escape
from typing import Literal

from assistant.answer import Value
from assistant.asking import Asked
from assistant.export import defused
from assistant.web.downloads import download_link
from ingest.report import Number

# With fewer points the sentence says it better.
FEWEST_POINTS = 3
# More bars than this cannot be read; the table has them all.
MOST_BARS = 30


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a chart."""

    agency: str
    year: int
    value: Number


@dataclass(frozen=True, slots=True)
class Chart:
    """Points in the answer's order; a line over the years, or a bar for each agency."""

    kind: Literal["bar", "line"]
    title: str
    unit: str
    points: tuple[Point, ...]


def asked_to_chart(asked: Asked | None) -> Chart | None:
    """The chart of an answer; None where there is nothing to compare."""
    query = asked.query if asked else None
    if asked is None or query is None or query.kind != "lookup" or len(query.measures) != 1:
        return None
    points = [point for value in asked.answer.values if (point := _value_to_point(value))]
    units = {value.unit for value in asked.answer.values}
    cells = {(point.agency, point.year) for point in points}
    is_whole = len(points) == len(asked.answer.values) == len(cells)
    if len(points) < FEWEST_POINTS or len(units) != 1 or not is_whole:
        return None
    kind: Literal["bar", "line"] = "line" if len({p.year for p in points}) > 1 else "bar"
    if kind == "line" and len({p.agency for p in points}) == len(points):
        return None  # Different agencies in different years are no trend.
    return Chart(kind, query.measures[0].name, units.pop(), tuple(points))


def _value_to_point(value: Value) -> Point | None:
    if isinstance(value.value, str) or value.agency is None or value.year is None:
        return None
    return Point(value.agency, value.year, value.value)


def chart_to_html(chart: Chart) -> str:
    """The chart's numbers as a table with a link to download them."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(p.agency)}</th><td>{p.year}</td>"
        f"<td class='nb-number'>{p.value:,}</td></tr>"
        for p in chart.points
    )
    link = download_link("下载CSV", f"{chart.title}.csv", "text/csv", chart_to_csv(chart).encode())
    return (
        f"<details class='nb-fold'><summary>数据表（{len(chart.points)}行）</summary>"
        "<div class='nb-table'><table class='nb-form'><tr><th>单位</th><th>年度</th>"
        f"<th>{escape(chart.title)}（{escape(chart.unit)}）</th></tr>{rows}</table></div>"
        f"{link}</details>"
    )


def chart_to_csv(chart: Chart) -> str:
    """The points as CSV with a byte order mark, which spreadsheets want before Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["单位", "年度", chart.title, "计量单位"])
    writer.writerows([defused(p.agency), p.year, p.value, chart.unit] for p in chart.points)
    return "\ufeff" + out.getvalue()
