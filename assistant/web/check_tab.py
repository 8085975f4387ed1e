"""The tab 核查: one report goes in, its findings come out, each with its place shown."""

from pathlib import Path

import gradio as gr

from assistant.check import Check, check
from assistant.opening import parse_limits
from assistant.render import SEVERITY_WORDS, finding_place
from assistant.settings import Settings
from assistant.web.errors import told
from assistant.web.finding_cards import finding_to_html, summary_to_html
from ingest.readers.kinds import SUFFIXES
from ingest.report import Report
from ingest.sandbox import parse_safely
from vectorstore.library import Library

HEADERS = ["级别", "规则", "问题", "位置"]
_EMPTY = (
    "<div class='nb-empty'>选好文件后点“开始核查”。支持 PDF、Word、网页、Markdown 和文本；"
    "文件只在本机解析，核查不会把它存入资料库。</div>"
)
_PICK = "<div class='nb-empty'>点选一条问题，这里显示它在报告里的位置、依据和改法。</div>"


def build_check_tab(library: Library, settings: Settings) -> None:
    """Adds the tab's components and events to the Blocks under construction."""
    checked: gr.State = gr.State(None)
    with gr.Row(elem_classes="nb-fill"):
        with gr.Column(scale=5, min_width=360):
            with gr.Row():
                upload = gr.File(
                    label="要核查的年报",
                    file_types=list(SUFFIXES),
                    height=150,
                    elem_id="nb-check-file",
                    scale=4,
                )
                start = gr.Button("开始核查", variant="primary", scale=1, min_width=110)
            summary = gr.HTML(_EMPTY, elem_id="nb-check-summary")
            findings = gr.Dataframe(
                headers=HEADERS,
                datatype="str",
                interactive=False,
                wrap=True,
                column_widths=["9%", "14%", "52%", "25%"],
                max_height=560,
                label="发现的问题",
                visible=False,
                elem_id="nb-findings",
            )
        with gr.Column(scale=4, min_width=320):
            gr.Markdown("#### 依据与位置", elem_classes="nb-heading")
            detail = gr.HTML(_PICK, elem_id="nb-finding")

    @told
    def run_check(
        path: str | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - gradio injects it here
    ) -> tuple[tuple[Report, Check], str, dict[str, object], str]:
        if path is None:
            raise gr.Error("请先选择要核查的文件。", title="没有文件", print_exception=False)
        progress(0.1, desc="正在读取文件……")
        report = parse_safely(Path(path), parse_limits(settings))
        progress(0.7, desc="正在逐条核查……")
        result = check(report, library)
        rows = [
            [SEVERITY_WORDS[f.severity], f.rule, f.message, finding_place(f)]
            for f in result.findings
        ]
        first = finding_to_html(report, result.findings[0]) if rows else _PICK
        table = gr.update(value=rows, visible=bool(rows))
        return (report, result), summary_to_html(report, result), table, first

    @told
    def show_finding(state: tuple[Report, Check], event: gr.SelectData) -> str:
        report, result = state
        return finding_to_html(report, result.findings[event.index[0]])

    start.click(
        run_check,
        upload,
        [checked, summary, findings, detail],
        api_name=False,
        concurrency_id="check",
        show_progress_on=[summary],
    )
    findings.select(show_finding, checked, detail, api_name=False)
