"""The tab 文库: which reports the library holds, what was read from each, and the whole at a glance.

Layout and events only; what they do stands in `library_desk`.
"""

from dataclasses import dataclass

import gradio as gr
from gradio.components import Component

from assistant.settings import Settings
from assistant.web.cards import NO_REPORT_CHOSEN
from assistant.web.dashboard import build_dashboard
from assistant.web.holdings import ONLY
from assistant.web.library_desk import Desk, hidden
from ingest.readers.kinds import SUFFIXES
from vectorstore.library import Library

FORMATS = ("CSV", "XLSX", "Parquet", "JSON")
_QUIET = {"queue": False, "api_name": False}

# A click on a report's button says which report; everything else in the grid is quiet.
_CHOOSE = """element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-report]");
  if (button) trigger("click", { report: button.dataset.report });
});"""
_CANNOT_BE_UNDONE = (
    "<p class='nb-note'>移除后，原件和读到的数据都从资料库删去，不能恢复。（按 Esc 取消）</p>"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The report that is shown, by its identifier, and the rule whose findings are open in it."""

    report: gr.State
    finding: gr.State


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components of the tab."""

    wanted: gr.Textbox
    only: gr.Radio
    grid: gr.HTML
    upload: gr.File
    add: gr.Button
    outcome: gr.HTML
    exports: tuple[gr.Button, ...]
    actions: gr.Row
    original: gr.Button
    reread: gr.Button
    remove: gr.Button
    confirming: gr.Row
    confirm: gr.Button
    keep: gr.Button
    detail: gr.HTML
    fetched: gr.HTML


def build_library_tab(
    tab: gr.Tab, library: Library, settings: Settings, holding: gr.HTML
) -> Chosen:
    """Adds the components and events of the tab; returns what it shows.

    It is drawn whenever it is opened: others may have taken in reports. `holding` is the line at the head of the page, which the tab keeps true.
    """
    chosen = Chosen(gr.State(""), gr.State(""))
    with gr.Tabs(elem_id="nb-shelves"):
        with gr.Tab("馆藏", id="shelf"), gr.Row(elem_classes="nb-fill"):
            with gr.Column(scale=5, min_width=320):
                left = _left()
            with gr.Column(scale=5, min_width=320, elem_id="nb-held"):
                right = _right()
        with gr.Tab("总体情况", id="overview") as overview:
            build_dashboard(overview, library)
    parts = _Parts(*left, *right, gr.HTML(elem_classes="nb-fetched"))
    desk = Desk(library, settings)
    _connect_report(parts, desk, chosen, holding)
    _connect_collection(parts, desk, chosen, holding)
    seen, view = _shown(parts, chosen)
    tab.select(desk.show, seen, view, show_progress_on=[parts.grid], queue=False, api_name=False)
    return chosen


def _left() -> tuple[
    gr.Textbox, gr.Radio, gr.HTML, gr.File, gr.Button, gr.HTML, tuple[gr.Button, ...]
]:
    with gr.Row(elem_classes="nb-narrowing"):
        wanted = gr.Textbox(
            "",
            placeholder="按单位名称筛选",
            label="筛选单位",
            show_label=False,
            container=False,
            elem_id="nb-wanted",
        )
        only = gr.Radio(
            list(ONLY),
            value="all",
            label="只看",
            show_label=False,
            container=False,
            elem_id="nb-only",
        )
    grid = gr.HTML(elem_id="nb-entries", js_on_load=_CHOOSE)
    upload = gr.File(
        label="存入年报（可多选）",
        file_types=list(SUFFIXES),
        file_count="multiple",
        height=110,
        elem_id="nb-ingest-file",
    )
    add = gr.Button("存入资料库", variant="primary", elem_id="nb-ingest")
    outcome = gr.HTML(elem_id="nb-outcome")
    with gr.Row(elem_classes="nb-small-buttons"):
        exports = tuple(gr.Button(f"导出数据 {n}", size="sm", min_width=110) for n in FORMATS)
    return wanted, only, grid, upload, add, outcome, exports


def _right() -> tuple[
    gr.Row, gr.Button, gr.Button, gr.Button, gr.Row, gr.Button, gr.Button, gr.HTML
]:
    with gr.Row(visible=False, elem_id="nb-report-actions", elem_classes="nb-small-buttons") as row:
        original = gr.Button("下载原件", size="sm", min_width=96)
        reread = gr.Button("重新读取", size="sm", min_width=96)
        remove = gr.Button("移除……", size="sm", min_width=96, elem_id="nb-remove")
    with gr.Row(visible=False, elem_id="nb-confirm", elem_classes="nb-small-buttons") as confirming:
        confirm = gr.Button("确认移除", size="sm", min_width=96, elem_id="nb-confirm-remove")
        keep = gr.Button("取消", size="sm", min_width=96, elem_id="nb-cancel")
        gr.HTML(_CANNOT_BE_UNDONE)
    detail = gr.HTML(NO_REPORT_CHOSEN, elem_id="nb-report")
    return row, original, reread, remove, confirming, confirm, keep, detail


def _shown(parts: _Parts, chosen: Chosen) -> tuple[list[Component], list[gr.blocks.Block]]:
    """What the grid and the report are drawn from, and what is drawn."""
    seen = [chosen.report, chosen.finding, parts.wanted, parts.only]
    return seen, [parts.grid, parts.detail, parts.actions, parts.confirming]


def _connect_report(parts: _Parts, desk: Desk, chosen: Chosen, holding: gr.HTML) -> None:
    """The events about the report that is shown."""
    seen, view = _shown(parts, chosen)
    # Only an event that is queued tells of a changed state.
    parts.grid.click(
        desk.choose,
        None,
        [chosen.report, chosen.finding],
        api_name=False,
        show_progress="hidden",
    )
    chosen.report.change(desk.show, seen, view, show_progress_on=[parts.detail], api_name=False)
    parts.remove.click(lambda: gr.update(visible=True), None, parts.confirming, **_QUIET)
    parts.keep.click(hidden, None, parts.confirming, **_QUIET)
    parts.original.click(desk.fetch_original, chosen.report, parts.fetched, api_name=False)
    removed = [chosen.report, parts.outcome]
    parts.confirm.click(desk.remove, chosen.report, removed, api_name=False).then(
        desk.hold, None, holding, **_QUIET
    )
    parts.reread.click(
        desk.reread,
        chosen.report,
        parts.outcome,
        api_name=False,
        concurrency_id="ingest",
        concurrency_limit=1,
    ).then(desk.show, seen, view, **_QUIET)


def _connect_collection(parts: _Parts, desk: Desk, chosen: Chosen, holding: gr.HTML) -> None:
    """The events about the collection as a whole."""
    seen, view = _shown(parts, chosen)
    narrowed = [chosen.report, parts.wanted, parts.only]
    gr.on(
        [parts.wanted.change, parts.only.change],
        desk.narrow,
        narrowed,
        parts.grid,
        trigger_mode="always_last",
        show_progress="hidden",
        **_QUIET,
    )
    parts.add.click(
        desk.add,
        parts.upload,
        [parts.outcome, parts.upload],
        api_name=False,
        concurrency_id="ingest",
        concurrency_limit=1,
        show_progress_on=[parts.outcome],
    ).then(desk.show, seen, view, **_QUIET).then(desk.hold, None, holding, **_QUIET)
    for button, kind in zip(parts.exports, FORMATS, strict=True):
        button.click(
            desk.exporter(kind),
            None,
            parts.fetched,
            api_name=False,
            concurrency_id="export",
            show_progress_on=[button],
        )
