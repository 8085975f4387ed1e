"""The tab 核查: reports go in, their findings come out, each with its place shown."""

from pathlib import Path
from typing import get_args

import gradio as gr

from assistant.opening import parse_limits
from assistant.rules.rule import Severity
from assistant.settings import Settings
from assistant.web.checking import (
    HEADERS,
    Checked,
    Refused,
    check_file,
    findings_to_rows,
    numbered,
    overview_to_html,
    severity_choices,
)
from assistant.web.errors import told
from assistant.web.finding_cards import finding_to_html
from assistant.web.pictures import pictures_of
from ingest.readers.kinds import SUFFIXES
from vectorstore.library import Library

SEVERITIES: tuple[Severity, ...] = get_args(Severity)

_EMPTY = (
    "<div class='nb-empty'>选好一份或多份年报，点“开始核查”。支持 PDF、Word、网页、Markdown 和文本；"
    "文件只在本机解析，核查不会把它存入资料库。<br>文库里有上一年的年报时，会一并核对跨年数据。</div>"
)
_PICK = "<div class='nb-empty'>点选一条问题，这里显示它在报告里的位置、依据和改法。</div>"


def build_check_tab(library: Library, settings: Settings) -> None:
    """Adds the tab's components and events to the Blocks under construction."""
    checked: gr.State = gr.State([])
    with gr.Row(elem_classes="nb-fill"):
        with gr.Column(scale=5, min_width=320):
            upload = gr.File(
                label="要核查的年报（可多选）",
                file_types=list(SUFFIXES),
                file_count="multiple",
                height=120,
                elem_id="nb-check-file",
            )
            start = gr.Button("开始核查", variant="primary", elem_id="nb-check-start")
            summary = gr.HTML(_EMPTY, elem_id="nb-check-summary")
            wanted = gr.CheckboxGroup(
                label="只看", visible=False, elem_id="nb-severities", container=False
            )
            findings = _findings_table()
        with gr.Column(scale=4, min_width=320):
            gr.Markdown("#### 依据与位置", elem_classes="nb-heading")
            detail = gr.HTML(_PICK, elem_id="nb-finding")
    desk = _Desk(library, settings)
    start.click(
        desk.check,
        upload,
        [checked, summary, wanted],
        api_name=False,
        concurrency_id="check",
        show_progress_on=[summary],
    ).success(_rows, [checked, wanted], findings, queue=False, api_name=False).success(
        _first, checked, detail, api_name=False
    )
    wanted.input(_rows, [checked, wanted], findings, queue=False, api_name=False)
    findings.select(_chosen, checked, detail, api_name=False)


class _Desk:
    """What the button of the tab does."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._limits = parse_limits(settings)

    @told
    def check(
        self,
        paths: list[str] | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - gradio injects it here
    ) -> tuple[list[Checked], str, object]:
        """The files that were checked, their overview, and the severities to choose from."""
        if not paths:
            raise gr.Error("请先选择要核查的文件。", title="没有文件", print_exception=False)
        outcomes: list[Checked | Refused] = []
        for number, path in enumerate(map(Path, paths)):
            progress((number, len(paths)), desc=f"正在读取并核查：{path.name}", unit="份")
            outcomes.append(check_file(path, self._library, self._limits))
        files = [item for item in outcomes if isinstance(item, Checked)]
        refused = [item for item in outcomes if isinstance(item, Refused)]
        if not files:
            raise gr.Error(refused[0].message, title="未能核查", print_exception=False)
        return files, overview_to_html(files, refused), _choices(files)


@told
def _rows(files: list[Checked], severities: list[Severity]) -> object:
    rows = findings_to_rows(files, severities)
    return gr.update(value=rows, visible=any(file.check.findings for file in files))


@told
def _first(files: list[Checked]) -> str:
    return _detail(files, 1)


@told
def _chosen(files: list[Checked], event: gr.SelectData) -> str:
    return _detail(files, int(event.row_value[0]))


def _findings_table() -> gr.Dataframe:
    return gr.Dataframe(
        headers=HEADERS,
        datatype="str",
        interactive=False,
        wrap=True,
        column_widths=["7%", "10%", "11%", "48%", "24%"],
        max_height=520,
        label="发现的问题",
        visible=False,
        elem_id="nb-findings",
    )


def _choices(files: list[Checked]) -> object:
    found = any(file.check.findings for file in files)
    return gr.update(choices=severity_choices(files), value=list(SEVERITIES), visible=found)


def _detail(files: list[Checked], number: int) -> str:
    """The finding with this number in the table, its places drawn from the PDF where it is one."""
    item = next((item for item in numbered(files) if item.number == number), None)
    if item is None:
        return _PICK
    own = [
        (evidence.place, item.file.report if evidence.report is None else None, item.file.path)
        for evidence in item.finding.evidence
    ]
    return finding_to_html(item.file.report, item.finding, pictures_of(own))
