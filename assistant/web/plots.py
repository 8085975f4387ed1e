"""The page's three native plots, and a chart as updates of them, of which at most one is shown.

A plot in sight goes on showing the numbers of before when its titles or colours change with them,
and names it does not know when its columns do: it must be hidden before it is told anything new, and
each kind of chart has a plot of its own. What is drawn, and the legend, stand under them with the
table: an axis cuts a long title.
"""

import gradio as gr
import pandas as pd

from assistant.web.charts import Chart

_PIXELS_A_BAR = 26
_PIXELS_AROUND = 70
_VALUE, _BAR, _REPORT, _PART = "数值", "单位与名次", "报告", "其中"
_YEAR, _LINE = "年度", "单位"


def plot_components() -> tuple[gr.BarPlot, gr.BarPlot, gr.LinePlot]:
    """The plots of bars, of stacks and of lines, hidden."""
    return (
        gr.BarPlot(
            x=_VALUE, y=_BAR, y_title=" ", visible=False, show_label=False, elem_id="nb-bars"
        ),
        gr.BarPlot(
            x=_VALUE,
            y=_REPORT,
            color=_PART,
            colors_in_legend=[],
            y_title=" ",
            visible=False,
            show_label=False,
            elem_id="nb-stacks",
        ),
        gr.LinePlot(
            x=_YEAR,
            y=_VALUE,
            color=_LINE,
            colors_in_legend=[],
            y_lim=[0, None],
            height=220,
            visible=False,
            show_label=False,
            elem_id="nb-lines",
        ),
    )


def chart_to_plots(chart: Chart | None) -> tuple[object, object, object]:
    """Updates for the three plots."""
    hidden = gr.update(visible=False)
    if chart is None:
        return hidden, hidden, hidden
    if chart.kind == "line":
        return hidden, hidden, _lines(chart)
    if chart.kind == "stack":
        return hidden, _stacks(chart), hidden
    return _bars(chart), hidden, hidden


def _bars(chart: Chart) -> object:
    points = chart.drawn
    # The plot sorts names; numbering them keeps the answer's order.
    names = [f"{number:02d} {point.agency}" for number, point in enumerate(points, 1)]
    frame = pd.DataFrame({_BAR: names, _VALUE: [point.value for point in points]})
    height = _PIXELS_AROUND + _PIXELS_A_BAR * len(points)
    return gr.update(value=frame, x_title=chart.unit, height=height, visible=True)


def _stacks(chart: Chart) -> object:
    """A bar for each report, its parts one after another."""
    points = chart.drawn
    reports = [chart.group_of(point) for point in points]
    frame = pd.DataFrame(
        {
            _REPORT: reports,
            _VALUE: [point.value for point in points],
            _PART: [point.part for point in points],
        }
    )
    return gr.update(
        value=frame,
        color_map=dict(chart.colours),
        x_title=chart.unit,
        height=_PIXELS_AROUND + 2 * _PIXELS_A_BAR * len(set(reports)),
        visible=True,
    )


def _lines(chart: Chart) -> object:
    points = chart.drawn
    frame = pd.DataFrame(
        {
            _YEAR: [str(point.year) for point in points],
            _VALUE: [point.value for point in points],
            _LINE: [point.agency for point in points],
        }
    )
    return gr.update(value=frame, color_map=dict(chart.colours), y_title=chart.unit, visible=True)
