"""What the buttons of the tab 文库 do: take in, show, read again, remove, hand out."""

import tempfile
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

import gradio as gr

from assistant.access.roles import Role
from assistant.checking.check import check
from assistant.export import export_facts
from assistant.settings import Settings
from assistant.web.cards import library_line
from assistant.web.downloads import immediate_link
from assistant.web.errors import asked_wrongly, told
from assistant.web.holdings import Only, grid_to_html
from assistant.web.library_report import held_report_to_html
from assistant.web.people import file_names, needs
from vectorstore.holdings import Ingested
from vectorstore.library import Library

_MEDIA_TYPE = "application/octet-stream"


class Desk:
    """The handlers of the tab."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings

    @told
    def show(
        self, report_id: str, finding: str, wanted: str, only: Only
    ) -> tuple[str, str, object, object]:
        """Grid, detail, and whether the report's buttons and the confirmation are seen."""
        report = self._library.report(report_id) if report_id else None
        checked = check(report, self._library) if report else None
        grid = grid_to_html(self._library.entries(), wanted, report_id, only)
        detail = held_report_to_html(report, checked, finding)
        return grid, detail, gr.update(visible=report is not None), hidden()

    @told
    def narrow(self, report_id: str, wanted: str, only: Only) -> str:
        """The grid alone, of other agencies."""
        return grid_to_html(self._library.entries(), wanted, report_id, only)

    def hold(self) -> str:
        """The line at the head of the page."""
        library = self._library
        return library_line(library.agencies(), library.years(), len(library.entries()))

    @told
    def choose(self, event: gr.EventData) -> tuple[str, str]:
        """The identifier of the report whose button was pressed, and no finding of it."""
        return self._library.report(str(event.report)).id, ""

    @told
    @needs(Role.EDITOR, "存入年报", lambda _, paths, *__: file_names(paths))
    def add(
        self,
        paths: list[str] | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - gradio injects it here
    ) -> tuple[str, None]:
        """Takes in the uploaded files."""
        if not paths:
            raise asked_wrongly("请先选择要存入的文件。", "没有文件")
        files, done = [Path(path) for path in paths], []
        progress((0, len(files)), desc=f"正在读取：{files[0].name}", unit="份")
        for item in self._library.ingest(files, workers=self._settings.workers):
            done.append(item)
            name = Path(item.source).name
            progress((len(done), len(files)), desc=f"已处理：{name}", unit="份")
        return outcomes_to_html(done), None

    @told
    @needs(Role.EDITOR, "重读年报", lambda _, report_id: report_id)
    def reread(self, report_id: str) -> str:
        """Reads the original again with the parser of today."""
        return outcomes_to_html(self._library.reread([report_id]))

    @told
    @needs(Role.EDITOR, "移除年报", lambda _, report_id: report_id)
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


def hidden() -> object:
    """The update that hides a component."""
    return gr.update(visible=False)


def outcomes_to_html(items: Iterable[Ingested]) -> str:
    """What became of each file, a line each; all text is escaped."""
    return "".join(
        f"<p class='{'nb-bad' if item.status == 'failed' else 'nb-good'}'>"
        f"{escape(item.message or item.source)}</p>"
        for item in items
    )
