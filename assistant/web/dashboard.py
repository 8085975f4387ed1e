"""The collection at a glance: three pictures with their tables, and what must be said with them.

Every sum stands beside the number of reports that it is over; a chart shows nothing that its table
does not.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import gradio as gr
import pandas as pd

from assistant.overview import OUTCOMES, Filing, Overview, Punctuality, overview_of
from assistant.web.data_table import DataTable, data_table_to_html
from assistant.web.errors import told
from assistant.web.legend import legend_to_html, names_to_colours
from vectorstore.library import Library

PUNCTUALITY_WORDS: Mapping[Punctuality, str] = {
    "in_time": "按时",
    "late": "晚于期限",
    "undated": "没有落款日期",
    "early": "日期早于年末，存疑",
}
_EMPTY: Final = "<div class='nb-empty'>资料库是空的；存入年报之后，这里显示历年申请量、办理结果和报送时间。</div>"
_HEIGHT: Final = 260
_OUTCOME_COLOURS: Final = names_to_colours(name for name, _ in OUTCOMES)
_FILING_COLOURS: Final = names_to_colours(PUNCTUALITY_WORDS.values())
_PUT_AWAY: Final = "() => Array(3).fill({ __type__: 'update', visible: false })"
_TITLES: Final = (
    ("requests", "历年新收申请"),
    ("outcomes", "历年办理结果"),
    ("filings", "报送是否按时"),
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components of the dashboard, in the order of the page."""

    requests: gr.BarPlot
    requests_table: gr.HTML
    outcomes: gr.BarPlot
    outcomes_table: gr.HTML
    filings: gr.BarPlot
    filings_table: gr.HTML


def build_dashboard(tab: gr.Tab, library: Library) -> None:
    """Adds the dashboard, which is drawn when its tab is opened."""
    note = gr.HTML(elem_id="nb-overview-note")
    with gr.Row(elem_classes="nb-fill nb-dashboard"):
        pairs = [_pair(f"nb-overview-{name}", title) for name, title in _TITLES]
    parts = _Parts(*(component for pair in pairs for component in pair))

    @told
    def draw() -> tuple[object, ...]:
        overview = overview_of(library)
        if not overview.filings:
            return _EMPTY, *(gr.update(visible=False) for _ in range(6))
        return (
            "",
            _requests_plot(overview),
            _told_table(_REQUESTS_NOTE, requests_table(overview)),
            _outcomes_plot(overview),
            _told_table(_OUTCOMES_NOTE, outcomes_table(overview), _OUTCOME_COLOURS),
            _filings_plot(overview),
            _told_table(_FILINGS_NOTE, filings_table(overview.filings), _seen(overview.filings)),
        )

    plots = [parts.requests, parts.outcomes, parts.filings]
    # A plot in sight goes on showing what it showed; hidden first, it is drawn anew.
    tab.select(None, None, plots, js=_PUT_AWAY).then(
        draw,
        None,
        [note, *(getattr(parts, name) for name in _Parts.__slots__)],
        api_name=False,
        show_progress_on=[parts.requests_table],
    )


_REQUESTS_NOTE: Final = (
    "各年度收录的单位数不同，合计的增减不等于申请量的增减，请连同“份数”一起看；空白的格不计入。"
)
_OUTCOMES_NOTE: Final = "各项是表三“总计”列的合计；2019年版表样没有的项目不计入。"
_FILINGS_NOTE: Final = "按落款日期与条例第四十九条的期限比较（部门1月31日，县级以上政府3月31日），落款日期不等于公布日期。"


def requests_table(overview: Overview) -> DataTable:
    """New requests by year, with how many reports the sum is over."""
    rows = [
        [f"{each.year}年", each.total, each.reports, each.numbers] for each in overview.requests
    ]
    return DataTable("历年新收申请", ("年度", "新收合计（件）", "年报份数", "有数的份数"), rows)


def outcomes_table(overview: Overview) -> DataTable:
    """Outcomes by year, a column each."""
    names = [name for name, _ in OUTCOMES]
    sums = {(each.year, each.name): each.total for each in overview.outcomes}
    years = sorted({each.year for each in overview.outcomes})
    rows = [[f"{year}年", *(sums.get((year, name)) for name in names)] for year in years]
    return DataTable("历年办理结果", ("年度", *(f"{name}（件）" for name in names)), rows)


def filings_table(filings: Sequence[Filing]) -> DataTable:
    """The reports that are not known to be in time, the newest year and the latest first."""
    rows = [
        [
            each.agency,
            f"{each.year}年",
            str(each.signed_on or "无"),
            str(each.due),
            each.days if each.punctuality == "late" else None,
            PUNCTUALITY_WORDS[each.punctuality],
        ]
        for each in sorted(filings, key=lambda each: (-each.year, -(each.days or 0)))
        if each.punctuality != "in_time"
    ]
    heads = ("单位", "年度", "落款日期", "期限", "晚（天）", "情况")
    return DataTable("未见按时的年报", heads, rows)


def _pair(name: str, title: str) -> tuple[gr.BarPlot, gr.HTML]:
    with gr.Column(min_width=300, elem_id=f"{name}-panel", elem_classes="nb-panel"):
        gr.HTML(f"<h3>{title}</h3>")
        plot = gr.BarPlot(visible=False, show_label=False, elem_id=name)
        table = gr.HTML(elem_id=f"{name}-table")
    return plot, table


def _told_table(note: str, table: DataTable, colours: Mapping[str, str] | None = None) -> str:
    legend = legend_to_html(colours) if colours else ""
    shown = data_table_to_html(table) if table.rows else "<p class='nb-good'>都按时。</p>"
    return f"{legend}<p class='nb-note'>{escape(note)}</p>{shown}"


def _seen(filings: Sequence[Filing]) -> Mapping[str, str]:
    """The colours of what the filings are."""
    words = {PUNCTUALITY_WORDS[each.punctuality] for each in filings}
    return {word: colour for word, colour in _FILING_COLOURS.items() if word in words}


def _requests_plot(overview: Overview) -> object:
    frame = pd.DataFrame(
        [(str(each.year), each.total) for each in overview.requests if each.total is not None],
        columns=["年度", "新收（件）"],
    )
    return gr.BarPlot(frame, x="年度", y="新收（件）", height=_HEIGHT, visible=True)


def _outcomes_plot(overview: Overview) -> object:
    frame = pd.DataFrame(
        [
            (str(each.year), each.name, each.total)
            for each in overview.outcomes
            if each.total is not None
        ],
        columns=["年度", "结果", "件数"],
    )
    return _stacked(frame, "件数", "结果", _OUTCOME_COLOURS)


def _filings_plot(overview: Overview) -> object:
    counts = Counter((each.year, each.punctuality) for each in overview.filings)
    frame = pd.DataFrame(
        [(str(year), PUNCTUALITY_WORDS[kind], count) for (year, kind), count in counts.items()],
        columns=["年度", "情况", "份数"],
    )
    return _stacked(frame, "份数", "情况", _FILING_COLOURS)


def _stacked(frame: pd.DataFrame, y: str, colour: str, colours: Mapping[str, str]) -> object:
    return gr.BarPlot(
        frame,
        x="年度",
        y=y,
        color=colour,
        color_map=dict(colours),
        colors_in_legend=[],
        height=_HEIGHT,
        visible=True,
    )
