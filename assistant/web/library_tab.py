"""The tab 文库: which reports the library holds, what was read from each, and its doubts."""

from pathlib import Path

import gradio as gr

from assistant.settings import Settings
from assistant.web.cards import library_line, report_to_html
from assistant.web.errors import told
from ingest.readers.kinds import SUFFIXES
from vectorstore.library import Library

HEADERS = ["单位", "年度", "表样", "版本", "存疑", "文件"]
Row = list[str]


def build_library_tab(library: Library, settings: Settings, holding: gr.HTML) -> None:
    """Adds the tab; `holding` is the line at the head of the page that it keeps true."""
    with gr.Row(elem_classes="nb-fill"):
        with gr.Column(scale=4, min_width=340):
            entries = gr.Dataframe(
                value=lambda: _rows(library),
                headers=HEADERS,
                datatype="str",
                interactive=False,
                wrap=True,
                show_search="filter",
                max_height=520,
                column_widths=["38%", "10%", "10%", "14%", "8%", "20%"],
                label="资料库里的年报",
                elem_id="nb-entries",
            )
            upload = gr.File(
                label="存入年报（可多选）",
                file_types=list(SUFFIXES),
                file_count="multiple",
                height=110,
                elem_id="nb-ingest-file",
            )
            add = gr.Button("存入资料库", variant="primary")
            outcome = gr.HTML(elem_id="nb-ingest-outcome")
        with gr.Column(scale=5, min_width=360):
            detail = gr.HTML(report_to_html(None), elem_id="nb-report")

    @told
    def show_report(event: gr.SelectData) -> str:
        agency, year, _format, edition, *_ = event.row_value
        entry = next(
            e
            for e in library.entries()
            if (e.agency, str(e.year), _edition(e.edition, e.current)) == (agency, year, edition)
        )
        return report_to_html(library.report(entry.id))

    @told
    def add_files(
        paths: list[str] | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - gradio injects it here
    ) -> tuple[str, list[Row], str, None]:
        if not paths:
            raise gr.Error("请先选择要存入的文件。", title="没有文件", print_exception=False)
        lines = []
        for done, item in enumerate(
            library.ingest([Path(p) for p in paths], workers=settings.workers)
        ):
            progress((done + 1, len(paths)), desc=f"正在存入：{item.source}")
            lines.append(outcome_to_html(item.status, item.source, item.message))
        return "".join(lines), _rows(library), _holding(library), None

    entries.select(show_report, None, detail, api_name=False)
    add.click(
        add_files,
        upload,
        [outcome, entries, holding, upload],
        api_name=False,
        concurrency_id="ingest",
        concurrency_limit=1,
        show_progress_on=[outcome],
    )


def outcome_to_html(status: str, source: str, message: str) -> str:
    """One file's outcome as a line; all text is escaped."""
    from html import escape

    kind = "nb-bad" if status == "failed" else "nb-good"
    return f"<p class='{kind}'>{escape(message or source)}</p>"


def _rows(library: Library) -> list[Row]:
    return [
        [
            entry.agency,
            str(entry.year),
            f"{entry.format}年版" if entry.format else "无表",
            _edition(entry.edition, entry.current),
            str(entry.warning_count),
            entry.source,
        ]
        for entry in library.entries()
    ]


def _edition(edition: int, current: bool) -> str:
    return f"第{edition}份" + ("" if current else "（旧）")


def _holding(library: Library) -> str:
    return library_line(library.agencies(), library.years(), len(library.entries()))
