"""The tab 问答: a conversation on the left; what was understood and the sources on the right.

Layout and events only; what they do stands in `chat_desk`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr

from assistant.model import Model
from assistant.starters import starter_questions
from assistant.web.cards import sources_to_html
from assistant.web.chat_desk import FILE, LIBRARY, REASONS, Desk, title_to_html
from assistant.web.conversation import Exchange, exchange_of_message, unescaped
from assistant.web.conversation_list import NO_CONVERSATIONS
from assistant.web.conversations import Conversations
from assistant.web.corrections import correction
from assistant.web.errors import asked_wrongly
from assistant.web.uploads import Uploads
from ingest.readers.kinds import SUFFIXES
from vectorstore.library import Library

_PLACEHOLDER = (
    "### 向年报提问\n数字逐格查自法定表格，文字引自原文，每一处都能在右侧核对；查不到的会直说。"
)
_NOTHING_HELD = (
    "### 资料库还是空的\n到“文库”把年报存进来，这里就能提问；只想问一份文件，"
    "点下面的“上传年报来问”，它不会存入资料库。法规和填报口径现在就可以问，例如“三安全一稳定”是什么意思。"
)
# So that a browser remembers over a restart of the server; what it remembers is no secret.
_STORED_WITH = "nianbao-conversation"
_QUIET = {"queue": False, "api_name": False}
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
class _Memory:
    """What the tab remembers: in this page, and (`name`, the conversation's) in this browser."""

    exchanges: gr.State
    pending: gr.State
    shown: gr.State
    judged: gr.State
    name: gr.BrowserState


@dataclass(frozen=True, slots=True)
class _Asking:
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
class _Drawer:
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
class _Beside:
    """What stands beside an answer."""

    understood: gr.HTML
    bars: gr.BarPlot
    lines: gr.LinePlot
    table: gr.HTML
    sources: gr.HTML


def build_chat_tab(
    page: gr.Blocks,
    library: Library,
    model: Model | None,
    conversations: Conversations,
    uploads: Uploads,
) -> gr.Textbox:
    """Adds the tab's components and events; returns the box that the question is written in."""
    desk = Desk(library, model, conversations, uploads)
    memory = _Memory(
        gr.State([]),
        gr.State(""),
        gr.State(-1),
        gr.State(-1),
        gr.BrowserState("", storage_key=_STORED_WITH, secret=_STORED_WITH),
    )
    with gr.Row(elem_classes="nb-fill nb-talk"):
        with gr.Column(scale=2, min_width=220, elem_id="nb-drawer") as panel:
            drawer = _Drawer(panel, *_drawer_components())
        with gr.Column(scale=5, min_width=320, elem_id="nb-talking"):
            asking = _asking_components(library)
        with gr.Column(scale=4, min_width=320, elem_id="nb-beside"):
            gr.Markdown("## 出处", elem_classes="nb-heading")
            beside = _beside_components()
    tab = _Tab(desk, memory, asking, drawer, beside)
    tab.connect_asking()
    tab.connect_looking()
    tab.connect_uploads()
    tab.connect_conversations(page, library)
    tab.connect_opinions()
    return asking.question


class _Tab:
    """The events of the tab: which component's event calls what, and where its answer goes."""

    def __init__(
        self, desk: Desk, memory: _Memory, asking: _Asking, drawer: _Drawer, beside: _Beside
    ) -> None:
        self._desk, self._memory = desk, memory
        self._asking, self._drawer = asking, drawer
        self._seen = [
            memory.shown,
            beside.understood,
            beside.bars,
            beside.lines,
            beside.table,
            beside.sources,
        ]
        self._beside = beside
        self._talk = [memory.exchanges, memory.name]
        self._viewed = [memory.exchanges, memory.shown, memory.name]
        self._scope = [asking.scoped, asking.scope]
        self._list = [drawer.listed, drawer.title, asking.title]

    def connect_asking(self) -> None:
        """Every way to ask: written, an example, a follow-up, again, anew, corrected; and to stop."""
        desk, memory, asking = self._desk, self._memory, self._asking
        chat, question = asking.chat, asking.question
        again = [question, memory.exchanges]
        running = []
        for event in (
            asking.send.click(_nothing, None, None, **_QUIET),
            question.submit(_nothing, None, None, **_QUIET),
            chat.example_select(_example, None, question, **_QUIET),
            chat.option_select(_option, None, question, **_QUIET),
            chat.retry(_before, memory.exchanges, again, **_QUIET),
            chat.edit(_edited, memory.exchanges, again, **_QUIET),
            self._beside.understood.select(_corrected, None, question, **_QUIET),
        ):
            started = event.success(
                desk.show_question,
                again,
                [question, memory.pending, chat, asking.send, asking.stop],
                **_QUIET,
            )
            answered = started.success(
                desk.answer,
                [memory.pending, *self._talk, asking.scope],
                [chat, *self._talk],
                api_name=False,
                concurrency_id="ask",
                concurrency_limit=8,
                show_progress_on=[chat],
            )
            running.append(answered)
            self._settle(answered.then)
            self._look(answered.success)
            self._relist(answered.success)
        stopped = self._settle(asking.stop.click, cancels=running)
        self._look(stopped.then)

    def _settle(
        self, when: Callable[..., gr.events.Dependency], **more: object
    ) -> gr.events.Dependency:
        memory, asking = self._memory, self._asking
        return when(
            self._desk.settle,
            [memory.pending, *self._talk],
            [asking.question, asking.chat, asking.send, asking.stop, memory.name],
            **_QUIET,
            **more,
        )

    def _look(self, when: Callable[..., gr.events.Dependency]) -> None:
        """Shows what stands beside the last answer, then the cut-outs, which take a moment."""
        when(self._desk.show_last, self._talk, self._seen, **_QUIET).success(
            self._desk.draw,
            self._viewed,
            self._beside.sources,
            api_name=False,
            show_progress="hidden",
        )

    def _relist(self, when: Callable[..., object]) -> None:
        listed = [self._memory.name, self._drawer.wanted]
        when(self._desk.listed, listed, self._list, show_progress="hidden", **_QUIET)

    def connect_looking(self) -> None:
        """Looking back at an earlier answer, and at a page that was not drawn by itself."""
        desk, sources = self._desk, self._beside.sources
        hidden = {"api_name": False, "show_progress": "hidden"}
        self._asking.chat.select(desk.show_chosen, self._talk, self._seen, **hidden).success(
            desk.draw, self._viewed, sources, **hidden
        )
        sources.select(desk.draw_one, self._viewed, sources, **hidden)

    def connect_uploads(self) -> None:
        """A report for this conversation alone."""
        asking, memory = self._asking, self._memory
        asking.upload.upload(
            self._desk.attach,
            [asking.upload, *self._talk],
            [memory.name, *self._scope, asking.chat],
            api_name=False,
            concurrency_id="upload",
            concurrency_limit=2,
            show_progress="hidden",
        )
        asking.detach.click(self._desk.detach, memory.name, self._scope, **_QUIET)

    def connect_conversations(self, page: gr.Blocks, library: Library) -> None:
        """Beginning anew, coming back, and the conversations of before."""
        desk, memory, asking, drawer = self._desk, self._memory, self._asking, self._drawer
        open_again = [asking.chat, memory.exchanges, *self._scope]
        emptied = [asking.question, memory.name, *open_again]
        begun = asking.renew.click(_begin, None, emptied, **_QUIET)
        self._look(begun.then)
        self._relist(begun.then)
        loaded = page.load(desk.resume, memory.name, open_again, api_name=False)
        self._look(loaded.then)
        self._relist(loaded.then)
        page.load(lambda: _starters(library), None, asking.chat, **_QUIET)
        chosen = drawer.listed.click(desk.choose, None, [memory.name, *open_again], api_name=False)
        self._look(chosen.success)
        self._relist(chosen.success)
        self._relist(drawer.wanted.change)
        self._relist(
            drawer.title.submit(desk.rename, [memory.name, drawer.title], api_name=False).then
        )
        drawer.word.click(desk.word, memory.name, drawer.fetched, api_name=False)
        drawer.markdown.click(desk.markdown, memory.name, drawer.fetched, api_name=False)
        drawer.remove.click(lambda: gr.update(visible=True), None, drawer.confirming, **_QUIET)
        drawer.keep.click(lambda: gr.update(visible=False), None, drawer.confirming, **_QUIET)
        removed = drawer.confirm.click(desk.remove, memory.name, api_name=False)
        removed.then(lambda: gr.update(visible=False), None, drawer.confirming, **_QUIET)
        gone = removed.success(_begin, None, emptied, **_QUIET)
        self._look(gone.then)
        self._relist(gone.then)

    def connect_opinions(self) -> None:
        """Whether an answer was any good, and why not."""
        asking, memory = self._asking, self._memory
        asking.chat.like(self._desk.like, self._talk, [asking.form, memory.judged], **_QUIET)
        asking.judge.click(
            self._desk.explain_dislike,
            [memory.exchanges, memory.judged, asking.kind, asking.words, memory.name],
            [asking.form, asking.kind, asking.words],
            **_QUIET,
        )


def _nothing() -> None:
    """The step before asking where the question stands in its box already."""


def _begin() -> tuple[object, ...]:
    return "", "", [], [], gr.update(visible=False), LIBRARY


def _starters(library: Library) -> object:
    """The questions to begin with, of the library as it is now; of an empty one, what to do."""
    questions = starter_questions(library)
    return gr.update(
        examples=[{"text": text} for text in questions],
        placeholder=_PLACEHOLDER if questions else _NOTHING_HELD,
    )


def _drawer_components() -> tuple[gr.Component | gr.Row, ...]:
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


def _asking_components(library: Library) -> _Asking:
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
    return _Asking(
        title, history, renew, chat, form, kind, words, judge,
        scoped, scope, detach, upload, question, send, stop,
    )  # fmt: skip


def _beside_components() -> _Beside:
    return _Beside(
        gr.HTML(elem_id="nb-understood", js_on_load=_CORRECT),
        gr.BarPlot(visible=False, show_label=False, elem_id="nb-bars"),
        gr.LinePlot(visible=False, show_label=False, elem_id="nb-lines"),
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


def _example(event: gr.SelectData) -> str:
    return str(event.value["text"])


def _option(event: gr.SelectData) -> str:
    return str(event.value)


def _corrected(event: gr.EventData) -> str:
    return correction(str(event.meant))


def _before(exchanges: list[Exchange], event: gr.RetryData) -> tuple[str, list[Exchange]]:
    index = exchange_of_message(event.index)
    if index >= len(exchanges):
        raise asked_wrongly("这一条不是回答，请直接提问。", "没有可重试的")
    return exchanges[index].asked.answer.question, exchanges[:index]


def _edited(exchanges: list[Exchange], event: gr.EditData) -> tuple[str, list[Exchange]]:
    return unescaped(str(event.value)), exchanges[: exchange_of_message(event.index)]
