"""The components of the tab 问答, and what the browser tells of clicks in them.

Knows Gradio and nothing of questions: what the components do stands in `chat_tab` and `chat_desk`.
"""

from dataclasses import dataclass

import gradio as gr

from assistant.starters import starter_questions
from assistant.web.cards import sources_to_html
from assistant.web.chat_desk import FILE, LIBRARY, REASONS, title_to_html
from assistant.web.conversation_list import NO_CONVERSATIONS
from assistant.web.plots import plot_components
from ingest.readers.kinds import SUFFIXES
from vectorstore.library import Library

_PLACEHOLDER = (
    "### 向年报提问\n数字逐格查自法定表格，文字引自原文，每一处都能对照原处；查不到的会直说。"
)
_NOTHING_HELD = (
    "### 资料库还是空的\n到“文库”把年报存进来，这里就能提问；只想问一份文件，"
    "点下面的“上传年报来问”，它不会存入资料库。法规和填报口径现在就可以问，例如“三安全一稳定”是什么意思。"
)
_CHOOSE = """element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-conversation]");
  if (button) trigger("click", { conversation: button.dataset.conversation });
});"""
_CORRECT = """element.addEventListener("change", (event) => {
  const choice = event.target.closest("[data-correct]");
  if (!choice) return;
  const meant = choice.value;
  // The next answer's chips are put into these elements: each begins with what was understood.
  choice.selectedIndex = 0;
  trigger("select", { meant });
});"""
_DRAW = """element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-source]");
  if (!button) return;
  button.textContent = "正在取页面……";
  trigger("select", { source: button.dataset.source });
});"""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the tab remembers: in this page, and (`name`, the conversation's) in this browser."""

    exchanges: gr.State
    turn: gr.State
    shown: gr.State
    judged: gr.State
    name: gr.BrowserState


@dataclass(frozen=True, slots=True)
class Asking:
    """The conversation and what is asked with."""

    title: gr.HTML
    history: gr.Button
    renew: gr.Button
    chat: gr.Chatbot
    form: gr.Row
    kind: gr.Radio
    words: gr.Textbox
    judge: gr.Button
    scoped: gr.Row
    scope: gr.Radio
    detach: gr.Button
    upload: gr.UploadButton
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button


@dataclass(frozen=True, slots=True)
class Drawer:
    """The conversations of before."""

    panel: gr.Column
    wanted: gr.Textbox
    listed: gr.HTML
    title: gr.Textbox
    word: gr.Button
    markdown: gr.Button
    remove: gr.Button
    confirming: gr.Row
    confirm: gr.Button
    keep: gr.Button
    fetched: gr.HTML


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an answer."""

    understood: gr.HTML
    bars: gr.BarPlot
    stacks: gr.BarPlot
    lines: gr.LinePlot
    table: gr.HTML
    sources: gr.HTML


def drawer_components() -> tuple[gr.Component | gr.Row, ...]:
    """The parts of the drawer but its column, in the order of `Drawer`."""
    wanted = gr.Textbox(
        "",
        placeholder="搜索对话",
        label="搜索对话",
        show_label=False,
        container=False,
        elem_id="nb-find-conversation",
    )
    listed = gr.HTML(NO_CONVERSATIONS, elem_id="nb-conversations", js_on_load=_CHOOSE)
    title = gr.Textbox(
        "",
        label="当前对话的名称（回车保存）",
        max_lines=1,
        max_length=80,
        elem_id="nb-conversation-title",
    )
    with gr.Row(elem_classes="nb-small-buttons"):
        word = gr.Button("导出Word", size="sm", min_width=84)
        markdown = gr.Button("导出Markdown", size="sm", min_width=112)
        remove = gr.Button("删除……", size="sm", min_width=70)
    with gr.Row(visible=False, elem_classes="nb-small-buttons") as confirming:
        confirm = gr.Button("确认删除", size="sm", variant="stop", min_width=84)
        keep = gr.Button("取消", size="sm", min_width=70)
    fetched = gr.HTML(elem_classes="nb-fetched")
    return wanted, listed, title, word, markdown, remove, confirming, confirm, keep, fetched


def asking_components(library: Library) -> Asking:
    """The conversation over the library, and what is asked with."""
    with gr.Row(elem_classes="nb-bar"):
        history = gr.Button("☰ 历史对话", size="sm", min_width=96, elem_id="nb-history")
        title = gr.HTML(title_to_html(""), elem_id="nb-shown-title")
        renew = gr.Button("＋ 新对话", size="sm", min_width=88, elem_id="nb-renew")
    chat = _chatbot(library)
    with gr.Row(visible=False, elem_id="nb-opinion") as form:
        kind = gr.Radio(list(REASONS), label="这个回答哪里不好？", container=False)
        words = gr.Textbox(
            "",
            placeholder="可以再写一句（不写也行）",
            label="补充",
            show_label=False,
            container=False,
        )
        judge = gr.Button("提交", size="sm", min_width=64)
    with gr.Row(visible=False, elem_id="nb-scope") as scoped:
        scope = gr.Radio(
            [("上传的文件", FILE), ("问资料库", LIBRARY)],
            value=LIBRARY,
            label="回答的依据",
            show_label=False,
            container=False,
        )
        detach = gr.Button("移除文件", size="sm", min_width=84)
    with gr.Row(elem_classes="nb-asking"):
        question = _question_box()
        send = _button("提问", "nb-ask", variant="primary")
        stop = _button("停止", "nb-stop", variant="stop", visible=False)
        upload = gr.UploadButton(
            "上传年报来问",
            file_types=list(SUFFIXES),
            scale=1,
            min_width=120,
            elem_id="nb-upload",
        )
    return Asking(
        title, history, renew, chat, form, kind, words, judge,
        scoped, scope, detach, upload, question, send, stop,
    )  # fmt: skip


def beside_components() -> Beside:
    """What stands beside an answer, before there is one."""
    return Beside(
        gr.HTML(elem_id="nb-understood", js_on_load=_CORRECT),
        *plot_components(),
        gr.HTML(elem_id="nb-chart-table"),
        gr.HTML(sources_to_html(None, {}), elem_id="nb-sources", js_on_load=_DRAW),
    )


def _button(
    label: str, name: str, variant: str = "secondary", *, visible: bool = True
) -> gr.Button:
    return gr.Button(label, variant=variant, scale=1, min_width=80, visible=visible, elem_id=name)


def _chatbot(library: Library) -> gr.Chatbot:
    return gr.Chatbot(
        label="对话",
        show_label=False,
        height="calc(100vh - 240px)",
        min_height=320,
        placeholder=_PLACEHOLDER,
        examples=[{"text": text} for text in starter_questions(library)],
        buttons=["copy"],
        editable="user",
        feedback_options=("Like", "Dislike"),
        elem_id="nb-chat",
        group_consecutive_messages=False,
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        placeholder="例如：各单位2023年新收多少件申请？",
        label="问题（回车发送，Shift+回车换行）",
        show_label=False,
        container=False,
        scale=8,
        lines=1,
        max_lines=6,
        autofocus=True,
        max_length=2000,
        elem_id="nb-question",
    )


def starters(library: Library) -> dict[str, object]:
    """The chat's questions to begin with, of the library as it is; of an empty one, what to do."""
    questions = starter_questions(library)
    examples = [{"text": text} for text in questions]
    return {"examples": examples, "placeholder": _PLACEHOLDER if questions else _NOTHING_HELD}
