"""The tab 文库: which reports the library holds, what was read from each, and its doubts."""

from html import escape
from pathlib import Path
from typing import TypeAlias

import gradio as gr

from assistant.settings import Settings
from assistant.web.cards import library_line, report_to_html
from assistant.web.errors import told
from ingest.readers.kinds import SUFFIXES
from vectorstore.library import Library

HEADERS = ["单位", "年度", "表样", "存疑", "文件", "编号"]
ROW_ID = HEADERS.index("编号")
Row: TypeAlias = list[str]


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
                max_height=520,
                column_widths=["34%", "13%", "11%", "10%", "18%", "14%"],
                label="资料库里的年报",
                elem_id="nb-entries",
            )
            upload = gr.File(
                label="存入年报（可多选）",
                file_types=list(SUFFIXES),
                file_count="multiple",
                height=150,
                elem_id="nb-ingest-file",
            )
            add = gr.Button("存入资料库", variant="primary")
            outcome = gr.HTML(elem_id="nb-ingest-outcome")
        with gr.Column(scale=5, min_width=360):
            detail = gr.HTML(report_to_html(None), elem_id="nb-report")

    @told
    def show_report(event: gr.SelectData) -> str:
        chosen = str(event.row_value[ROW_ID])
        entry = next(entry for entry in library.entries() if entry.id.startswith(chosen))
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
    kind = "nb-bad" if status == "failed" else "nb-good"
    return f"<p class='{kind}'>{escape(message or source)}</p>"


def _rows(library: Library) -> list[Row]:
    return [
        [
            entry.agency,
            str(entry.year) + ("" if entry.current else "（旧版）"),
            entry.format or "无表",
            str(entry.warning_count),
            entry.source,
            entry.id[:8],
        ]
        for entry in library.entries()
    ]


def _holding(library: Library) -> str:
    return library_line(library.agencies(), library.years(), len(library.entries()))
