"""The tab 文库: which reports the library holds, what was read from each, and its doubts."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import gradio as gr

from assistant.access.roles import Role
from assistant.export import export_facts
from assistant.settings import Settings
from assistant.web.cards import library_line, report_to_html
from assistant.web.downloads import immediate_link
from assistant.web.errors import told
from assistant.web.holdings import grid_to_html
from assistant.web.people import needs
from ingest.readers.kinds import SUFFIXES
from vectorstore.holdings import Ingested
from vectorstore.library import Library

FORMATS = ("CSV", "XLSX", "Parquet", "JSON")
_MEDIA_TYPE = "application/octet-stream"

# A click on a report's button says which report; everything else in the grid is quiet.
_CHOOSE = """element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-report]");
  if (button) trigger("click", { report: button.dataset.report });
});"""
_CANNOT_BE_UNDONE = (
    "<p class='nb-note'>移除后，原件和读到的数据都从资料库删去，不能恢复。（按 Esc 取消）</p>"
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components of the tab."""

    wanted: gr.Textbox
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


def build_library_tab(library: Library, settings: Settings, holding: gr.HTML) -> gr.State:
    """Adds the tab; returns the state that holds the identifier of the report it shows.

    `holding` is the line at the head of the page, which the tab keeps true.
    """
    chosen: gr.State = gr.State("")
    with gr.Row(elem_classes="nb-fill"):
        with gr.Column(scale=5, min_width=320):
            left = _left(library)
        with gr.Column(scale=5, min_width=320):
            right = _right()
    parts = _Parts(*left, *right, gr.HTML(elem_id="nb-fetched"))
    desk = _Desk(library, settings)
    _connect_report(parts, desk, chosen, holding)
    _connect_collection(parts, desk, chosen, holding)
    return chosen


class _Desk:
    """What the tab's buttons do."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings

    def show(self, report_id: str, wanted: str) -> tuple[str, str, object, object]:
        """Grid, detail, and whether the report's buttons and the confirmation are seen."""
        report = self._library.report(report_id) if report_id else None
        grid = grid_to_html(self._library.entries(), wanted, report_id)
        return grid, report_to_html(report), gr.update(visible=report is not None), _hidden()

    def hold(self) -> str:
        """The line at the head of the page."""
        library = self._library
        return library_line(library.agencies(), library.years(), len(library.entries()))

    @told
    def choose(self, event: gr.EventData) -> str:
        """The identifier of the report whose button was pressed."""
        return self._library.report(str(event.report)).id

    @told
    @needs(Role.EDITOR, "存入年报")
    def add(
        self,
        paths: list[str] | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - gradio injects it here
    ) -> tuple[str, None]:
        """Takes in the uploaded files."""
        if not paths:
            raise gr.Error("请先选择要存入的文件。", title="没有文件", print_exception=False)
        files, done = [Path(path) for path in paths], []
        for item in self._library.ingest(files, workers=self._settings.workers):
            done.append(item)
            name = Path(item.source).name
            progress((len(done), len(files)), desc=f"正在存入：{name}", unit="份")
        return outcomes_to_html(done), None

    @told
    @needs(Role.EDITOR, "重读年报")
    def reread(self, report_id: str) -> str:
        """Reads the original again with the parser of today."""
        return outcomes_to_html(self._library.reread([report_id]))

    @told
    @needs(Role.EDITOR, "移除年报")
    def remove(self, report_id: str) -> tuple[str, str]:
        """Removes the report; none is chosen then."""
        entry = next(entry for entry in self._library.entries() if entry.id == report_id)
        self._library.remove(report_id)
        return "", f"<p class='nb-good'>已移除{escape(entry.agency)}{entry.year}年的年报。</p>"

    @told
    def fetch_original(self, report_id: str) -> str:
        """A link to the file as it was stored."""
        content = self._library.original(report_id).read_bytes()
        return immediate_link(self._library.report(report_id).source, _MEDIA_TYPE, content)

    def exporter(self, kind: str) -> Callable[[], str]:
        """A handler that gives every cell of the current reports in one format."""

        @told
        def export() -> str:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"年报数据.{kind.lower()}"
                export_facts(self._library, path)
                return immediate_link(path.name, _MEDIA_TYPE, path.read_bytes())

        return export


def _left(
    library: Library,
) -> tuple[gr.Textbox, gr.HTML, gr.File, gr.Button, gr.HTML, tuple[gr.Button, ...]]:
    wanted = gr.Textbox(
        "",
        placeholder="按单位名称筛选",
        label="筛选单位",
        show_label=False,
        container=False,
        elem_id="nb-wanted",
    )
    grid = gr.HTML(
        lambda: grid_to_html(library.entries()), elem_id="nb-entries", js_on_load=_CHOOSE
    )
    upload = gr.File(
        label="存入年报（可多选）",
        file_types=list(SUFFIXES),
        file_count="multiple",
        height=120,
        elem_id="nb-ingest-file",
    )
    add = gr.Button("存入资料库", variant="primary", elem_id="nb-ingest")
    outcome = gr.HTML(elem_id="nb-outcome")
    with gr.Row(elem_classes="nb-exports"):
        exports = tuple(gr.Button(f"导出数据 {n}", size="sm", min_width=110) for n in FORMATS)
    return wanted, grid, upload, add, outcome, exports


def _right() -> tuple[
    gr.Row, gr.Button, gr.Button, gr.Button, gr.Row, gr.Button, gr.Button, gr.HTML
]:
    with gr.Row(visible=False, elem_id="nb-report-actions") as actions:
        original = gr.Button("下载原件", size="sm", min_width=96)
        reread = gr.Button("重新读取", size="sm", min_width=96)
        remove = gr.Button("移除……", size="sm", min_width=96, elem_id="nb-remove")
    with gr.Row(visible=False, elem_id="nb-confirm") as confirming:
        confirm = gr.Button("确认移除", size="sm", min_width=96, elem_id="nb-confirm-remove")
        keep = gr.Button("取消", size="sm", min_width=96, elem_id="nb-cancel")
        gr.HTML(_CANNOT_BE_UNDONE)
    detail = gr.HTML(report_to_html(None), elem_id="nb-report")
    return actions, original, reread, remove, confirming, confirm, keep, detail


def _connect_report(parts: _Parts, desk: _Desk, chosen: gr.State, holding: gr.HTML) -> None:
    """The events about the report that is shown."""
    view = [parts.grid, parts.detail, parts.actions, parts.confirming]
    seen = [chosen, parts.wanted]
    quiet = {"queue": False, "api_name": False}
    # Only an event that is queued tells of a changed state.
    parts.grid.click(desk.choose, None, chosen, api_name=False, show_progress="hidden")
    chosen.change(desk.show, seen, view, show_progress_on=[parts.detail], **quiet)
    parts.remove.click(lambda: gr.update(visible=True), None, parts.confirming, **quiet)
    parts.keep.click(_hidden, None, parts.confirming, **quiet)
    parts.original.click(desk.fetch_original, chosen, parts.fetched, api_name=False)
    parts.confirm.click(desk.remove, chosen, [chosen, parts.outcome], api_name=False).then(
        desk.hold, None, holding, **quiet
    )
    parts.reread.click(desk.reread, chosen, parts.outcome, api_name=False).then(
        desk.show, seen, view, **quiet
    )


def _connect_collection(parts: _Parts, desk: _Desk, chosen: gr.State, holding: gr.HTML) -> None:
    """The events about the collection as a whole."""
    view = [parts.grid, parts.detail, parts.actions, parts.confirming]
    seen = [chosen, parts.wanted]
    quiet = {"queue": False, "api_name": False}
    parts.wanted.change(desk.show, seen, view, show_progress="hidden", **quiet)
    parts.add.click(
        desk.add,
        parts.upload,
        [parts.outcome, parts.upload],
        api_name=False,
        concurrency_id="ingest",
        concurrency_limit=1,
        show_progress_on=[parts.outcome],
    ).then(desk.show, seen, view, **quiet).then(desk.hold, None, holding, **quiet)
    for button, kind in zip(parts.exports, FORMATS, strict=True):
        button.click(desk.exporter(kind), None, parts.fetched, api_name=False)


def _hidden() -> object:
    return gr.update(visible=False)


def outcomes_to_html(items: Iterable[Ingested]) -> str:
    """What became of each file, a line each; all text is escaped."""
    return "".join(
        f"<p class='{'nb-bad' if item.status == 'failed' else 'nb-good'}'>"
        f"{escape(item.message or item.source)}</p>"
        for item in items
    )
