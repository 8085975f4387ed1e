"""A chart as updates of the page's two native plots, of which at most one is shown.

The legend stands under them, with the table.
"""

import gradio as gr
import pandas as pd

from assistant.web.charts import Chart

_PIXELS_A_BAR = 26
_PIXELS_AROUND = 70


def chart_to_plots(chart: Chart | None) -> tuple[object, object]:
    """Updates for the bar plot and the line plot."""
    if chart is None:
        return gr.update(visible=False), gr.update(visible=False)
    if chart.kind == "line":
        return gr.update(visible=False), _lines(chart)
    return _bars(chart), gr.update(visible=False)


def _bars(chart: Chart) -> object:
    if chart.kind == "stack":
        return _stacks(chart)
    points = chart.drawn
    value = f"{chart.title}（{chart.unit}）"
    # The plot sorts names; numbering them keeps the answer's order.
    names = [f"{number:02d} {point.agency}" for number, point in enumerate(points, 1)]
    return gr.BarPlot(
        pd.DataFrame({"单位": names, value: [point.value for point in points]}),
        x=value,
        y="单位",
        y_title=" ",
        height=_PIXELS_AROUND + _PIXELS_A_BAR * len(points),
        visible=True,
    )


def _stacks(chart: Chart) -> object:
    """A bar for each report, its parts one after another."""
    value = f"{chart.title}（{chart.unit}）"
    points = chart.drawn
    reports = [chart.group_of(point) for point in points]
    frame = pd.DataFrame(
        {
            "报告": reports,
            value: [p.value for p in points],
            "其中": [p.part for p in points],
        }
    )
    return gr.BarPlot(
        frame,
        x=value,
        y="报告",
        color="其中",
        color_map=dict(chart.colours),
        colors_in_legend=[],
        y_title=" ",
        height=_PIXELS_AROUND + 2 * _PIXELS_A_BAR * len(set(reports)),
        visible=True,
    )


def _lines(chart: Chart) -> object:
    value = f"{chart.title}（{chart.unit}）"
    frame = pd.DataFrame(
        {
            "年度": [str(point.year) for point in chart.drawn],
            value: [point.value for point in chart.drawn],
            "单位": [point.agency for point in chart.drawn],
        }
    )
    return gr.LinePlot(
        frame,
        x="年度",
        y=value,
        color="单位",
        color_map=dict(chart.colours),
        colors_in_legend=[],
        y_lim=[0, None],
        height=220,
        visible=True,
    )
