"""The components of the tab 核查, and what the browser does with them on its own.

Knows Gradio and nothing of reports: which report, finding or cell was meant is told by attributes
of the HTML that other modules make.
"""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.checking.decisions import STATUS_WORDS, Status
from ingest.readers.kinds import SUFFIXES

# A click says which report, finding or form was meant; the names are those of the buttons.
CLICKS = """element.addEventListener("click", (event) => {
  const target = event.target.closest("button, mark[data-finding], td[data-finding]");
  if (target && !target.querySelector("input")) trigger("click", { ...target.dataset });
});"""
# A report that is opened from the table is brought into sight; the table stays where it was.
OVERVIEW_SCRIPT = (
    CLICKS
    + """
let opening = false;
let top = 0;
element.addEventListener("click", (event) => {
  opening = Boolean(event.target.closest("[data-show]"));
});
element.addEventListener("scroll", (event) => {
  if (event.target.matches(".nb-batch")) top = event.target.scrollTop;
}, true);
watch("value", () => {
  const batch = element.querySelector(".nb-batch");
  if (batch) batch.scrollTop = top;
  if (opening) element.querySelector(".nb-report")?.scrollIntoView({ block: "start" });
  opening = false;
});"""
)
# In the document a cell can be typed over: click it again, Enter keeps, Esc lets be. What is looked
# at is brought into sight when the document is drawn.
DOCUMENT_SCRIPT = (
    CLICKS
    + """
const panel = element.closest("#nb-document") ?? element;
const reveal = () => {
  const here = element.querySelector(".nb-here");
  if (!here) return;
  const gap = here.getBoundingClientRect().top - panel.getBoundingClientRect().top;
  panel.scrollTop += gap - panel.clientHeight / 3;
};
const type = (cell) => {
  const before = cell.innerHTML;
  const field = document.createElement("input");
  field.value = cell.dataset.text;
  field.setAttribute("aria-label", "改这一格");
  cell.replaceChildren(field);
  field.select();
  let done = false;
  const end = (keep) => {
    if (done) return;
    done = true;
    const text = field.value;
    cell.innerHTML = before;
    if (keep && text !== cell.dataset.text) trigger("submit", { cell: cell.dataset.cell, text });
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") end(false);
  });
  field.addEventListener("blur", () => end(true));
};
element.addEventListener("dblclick", (event) => {
  const cell = event.target.closest("td[data-cell]");
  if (cell && !cell.querySelector("input")) type(cell);
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("td[data-cell]")) {
    event.preventDefault();
    type(event.target);
  }
});
watch("value", reveal);
reveal();"""
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the tab, in the order in which they are drawn anew."""

    sitting: gr.State
    overview: gr.HTML
    filters: gr.Row
    findings: gr.HTML
    card: gr.HTML
    deciding: gr.Row
    note: gr.Textbox
    document: gr.HTML

    @property
    def all(self) -> list[Any]:
        """What each step draws."""
        return [
            self.sitting,
            self.overview,
            self.filters,
            self.findings,
            self.card,
            self.deciding,
            self.note,
            self.document,
        ]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the findings are filtered and grouped by."""

    severities: gr.CheckboxGroup
    families: gr.Dropdown
    handled: gr.Radio
    grouping: gr.Radio

    @property
    def all(self) -> list[Any]:
        """The values of `Wanted`, in its order."""
        return [self.severities, self.families, self.handled, self.grouping]


def build_uploads() -> tuple[gr.File, gr.UploadButton, gr.Textbox, gr.Button]:
    """The files, the button for a folder, the list of who must file, and the button that starts."""
    upload = gr.File(
        label="要核查的年报（可多选，可用 zip）",
        file_types=[*SUFFIXES, ".zip"],
        file_count="multiple",
        height=120,
        elem_id="nb-check-file",
    )
    with gr.Row():
        start = gr.Button("开始核查", variant="primary", elem_id="nb-check-start", scale=3)
        folder = gr.UploadButton(
            "选一个文件夹", file_count="directory", elem_id="nb-check-folder", scale=1
        )
    with gr.Accordion("应报送单位名单（看谁没有报送）", open=False):
        roster = gr.Textbox(
            "",
            lines=3,
            placeholder="每行一个单位；不填则以资料库里的单位为准",
            show_label=False,
            container=False,
            elem_id="nb-check-roster",
        )
    return upload, folder, roster, start


def build_filters() -> tuple[gr.Row, Filters]:
    """The row of filters, hidden until there is something to filter."""
    with gr.Row(visible=False, elem_id="nb-check-filters") as row:
        severities = gr.CheckboxGroup(
            label="级别", elem_id="nb-severities", container=False, scale=2, min_width=260
        )
        handled = gr.Radio(
            [("全部", "all"), ("未处理", "open"), ("已处理", "decided")],
            value="all",
            label="处理",
            container=False,
            scale=2,
            min_width=220,
        )
        grouping = gr.Radio(
            [("按级别", "severity"), ("按部分", "section"), ("按类别", "family")],
            value="severity",
            label="分组",
            container=False,
            scale=2,
            min_width=220,
        )
        families = gr.Dropdown(
            multiselect=True, label="只看类别", elem_id="nb-families", scale=3, min_width=260
        )
    return row, Filters(severities, families, handled, grouping)


def build_deciding() -> tuple[gr.Row, gr.Textbox, dict[Status | None, gr.Button]]:
    """The row, its note, and the button of each decision; that of None withdraws it."""
    with gr.Row(visible=False, elem_id="nb-deciding") as row:
        note = gr.Textbox(
            "",
            placeholder="处理说明（可不填）",
            show_label=False,
            container=False,
            scale=3,
            min_width=160,
            elem_id="nb-decision-note",
        )
        buttons: dict[Status | None, gr.Button] = {
            status: gr.Button(word, size="sm", min_width=72, scale=0)
            for status, word in STATUS_WORDS.items()
        }
        buttons[None] = gr.Button("撤销", size="sm", min_width=56, scale=0)
    return row, note, buttons
