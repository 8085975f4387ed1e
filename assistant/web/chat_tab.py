"""The tab 问答: a conversation on the left; what was understood and the sources on the right.

Layout and events only; what they do stands in `chat_desk`.
"""

from collections.abc import Callable

import gradio as gr

from assistant.model import Model
from assistant.web.chat_desk import LIBRARY, Desk
from assistant.web.chat_parts import (
    Asking,
    Beside,
    Drawer,
    Memory,
    asking_components,
    beside_components,
    drawer_components,
    starters,
)
from assistant.web.conversation import Exchange, exchange_of_message, unescaped
from assistant.web.conversations import Conversations
from assistant.web.corrections import correction
from assistant.web.errors import asked_wrongly
from assistant.web.uploads import Uploads
from vectorstore.library import Library

# So that a browser remembers over a restart of the server; what it remembers is no secret.
_STORED_WITH = "nianbao-conversation"
_QUIET = {"queue": False, "api_name": False}
# One after the other: the cut-outs of an earlier answer must not come after those of a later one.
_IN_TURN = {"concurrency_id": "draw", "concurrency_limit": 1}


def build_chat_tab(
    page: gr.Blocks,
    library: Library,
    model: Model | None,
    conversations: Conversations,
    uploads: Uploads,
) -> gr.Textbox:
    """Adds the tab's components and events; returns the box that the question is written in."""
    desk = Desk(library, model, conversations, uploads)
    memory = Memory(
        gr.State([]),
        gr.State(""),
        gr.State(-1),
        gr.State(-1),
        gr.BrowserState("", storage_key=_STORED_WITH, secret=_STORED_WITH),
    )
    with gr.Row(elem_classes="nb-fill nb-talk"):
        with gr.Column(scale=2, min_width=220, elem_id="nb-drawer") as panel:
            drawer = Drawer(panel, *drawer_components())
        with gr.Column(scale=5, min_width=320, elem_id="nb-talking"):
            asking = asking_components(library)
        with gr.Column(scale=4, min_width=320, elem_id="nb-beside"):
            gr.Markdown("## 出处", elem_classes="nb-heading")
            beside = beside_components()
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
        self, desk: Desk, memory: Memory, asking: Asking, drawer: Drawer, beside: Beside
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
            **_IN_TURN,
        )

    def _relist(self, when: Callable[..., object]) -> None:
        listed = [self._memory.name, self._drawer.wanted]
        when(self._desk.listed, listed, self._list, show_progress="hidden", **_QUIET)

    def connect_looking(self) -> None:
        """Looking back at an earlier answer, and at a page that was not drawn by itself."""
        desk, sources = self._desk, self._beside.sources
        hidden = {"api_name": False, "show_progress": "hidden"}
        self._asking.chat.select(desk.show_chosen, self._talk, self._seen, **hidden).success(
            desk.draw, self._viewed, sources, **hidden, **_IN_TURN
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
        page.load(lambda: starters(library), None, asking.chat, **_QUIET)
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
