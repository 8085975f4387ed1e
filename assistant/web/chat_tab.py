"""The tab 问答: a conversation on the left; what was understood and the sources on the right.

Layout and events only; what they do stands in `chat_desk`.
"""

import gradio as gr

from assistant.model import Model
from assistant.web.chat_desk import Desk, refuse_while_running
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
from assistant.web.conversation_desk import ConversationDesk
from assistant.web.conversations import Conversations
from assistant.web.corrections import correction
from assistant.web.errors import asked_wrongly
from assistant.web.openings import Opening
from assistant.web.turn import Turn
from assistant.web.uploads import Uploads
from vectorstore.library import Library

# So that a browser remembers over a restart of the server; what it remembers is no secret.
_STORED_WITH = "nianbao-conversation"
_QUIET = {"queue": False, "api_name": False, "show_progress": "hidden"}
_HIDDEN = {"api_name": False, "show_progress": "hidden"}
# One after the other, and none left out: the cut-outs of an earlier answer must neither come after
# those of a later one nor, as Gradio would have it of an event still under way, stand in their way.
_IN_TURN = {
    "concurrency_id": "draw",
    "concurrency_limit": 1,
    "trigger_mode": "multiple",
    **_HIDDEN,
}
# What was chosen stands in the box by then; the rest is as if it had been written there.
_ASK = "() => { setTimeout(() => document.querySelector('#nb-ask')?.click()); }"


def build_chat_tab(
    library: Library, model: Model | None, conversations: Conversations, uploads: Uploads
) -> tuple[gr.Textbox, Opening]:
    """Adds the tab's components and events; returns the box for the question, and how it opens."""
    memory = Memory(
        gr.State([]),
        gr.State(None),
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
    desk = Desk(library, model, conversations, uploads)
    tab = _Tab(desk, memory, asking, drawer, beside)
    tab.connect_asking()
    tab.connect_looking()
    tab.connect_uploads()
    tab.connect_opinions()
    shelf = ConversationDesk(desk, conversations, uploads)
    tab.connect_conversations(shelf)
    tab.connect_list(shelf)
    return asking.question, tab.opening(library, shelf)


class _Tab:
    """The events of the tab: which component's event calls what, and where its answer goes."""

    def __init__(
        self, desk: Desk, memory: Memory, asking: Asking, drawer: Drawer, beside: Beside
    ) -> None:
        self._desk, self._memory = desk, memory
        self._asking, self._drawer = asking, drawer
        self._beside = beside
        self._seen = [
            memory.shown,
            beside.understood,
            beside.bars,
            beside.stacks,
            beside.lines,
            beside.table,
            beside.sources,
        ]
        self._talk = [memory.exchanges, memory.name]
        self._viewed = [memory.exchanges, memory.shown, memory.name]
        self._scope = [asking.scoped, asking.scope]
        self._list = [drawer.listed, drawer.title, asking.title]
        self._buttons = [asking.send, asking.stop]

    def connect_asking(self) -> None:
        """A question on its way: sent, answered, settled; or stopped."""
        desk, memory, asking = self._desk, self._memory, self._asking
        answered = gr.on(
            [asking.send.click, asking.question.submit],
            desk.show_question,
            [asking.question, memory.exchanges, memory.turn],
            [asking.question, memory.turn, asking.chat, *self._buttons],
            **_QUIET,
        ).success(
            desk.answer,
            [memory.turn, memory.name, asking.scope],
            [asking.chat, memory.name],
            api_name=False,
            concurrency_id="ask",
            concurrency_limit=8,
            show_progress_on=[asking.chat],
            # While an earlier question is being hung up, the next one may start.
            trigger_mode="multiple",
        )
        turn = [memory.turn, asking.question, memory.name, self._drawer.wanted]
        over = [
            asking.question,
            *self._buttons,
            memory.exchanges,
            memory.name,
            asking.chat,
            *self._seen,
            *self._list,
        ]
        settled = answered.success(desk.settle, turn, over, trigger_mode="multiple", **_QUIET)
        self._draw(settled)
        answered.failure(desk.stop, turn, over, **_QUIET)
        self._draw(asking.stop.click(desk.stop, turn, over, **_QUIET))

    def _draw(self, shown: gr.events.Dependency) -> None:
        """The chart, once the one before is put away, and the cut-outs of pages, which take a moment."""
        plots = [self._beside.bars, self._beside.stacks, self._beside.lines]
        shown.success(self._desk.picture, self._viewed, plots, trigger_mode="multiple", **_QUIET)
        shown.success(self._desk.draw, self._viewed, self._beside.sources, **_IN_TURN)

    def connect_looking(self) -> None:
        """Looking back at an earlier answer, and at a page that was not drawn by itself."""
        desk, chat, sources = self._desk, self._asking.chat, self._beside.sources
        self._draw(chat.select(desk.show_chosen, self._talk, self._seen, **_HIDDEN))
        sources.select(desk.draw_one, self._viewed, sources, **_HIDDEN)

    def connect_uploads(self) -> None:
        """A report for this conversation alone."""
        asking, memory = self._asking, self._memory
        asking.upload.upload(
            self._desk.attach,
            [asking.upload, *self._talk],
            [memory.name, *self._scope, asking.chat],
            concurrency_id="upload",
            concurrency_limit=2,
            **_HIDDEN,
        )
        asking.detach.click(self._desk.detach, memory.name, self._scope, **_QUIET)

    def connect_opinions(self) -> None:
        """Ways to ask but by writing; whether an answer was any good, and why not."""
        asking, memory = self._asking, self._memory
        chat, question = asking.chat, asking.question
        held = [memory.exchanges, memory.turn]
        again = [question, *held]
        for chosen in (
            chat.example_select(_example, None, question, **_QUIET),
            chat.option_select(_option, None, question, **_QUIET),
            chat.retry(_before, held, again, **_QUIET),
            chat.edit(_edited, held, again, **_QUIET),
            self._beside.understood.select(_corrected, None, question, **_QUIET),
        ):
            chosen.success(None, None, None, js=_ASK)
        chat.like(self._desk.like, self._talk, [asking.form, memory.judged], **_QUIET)
        asking.judge.click(
            self._desk.explain_dislike,
            [memory.exchanges, memory.judged, asking.kind, asking.words, memory.name],
            [asking.form, asking.kind, asking.words],
            **_QUIET,
        )

    def connect_conversations(self, shelf: ConversationDesk) -> None:
        """Another conversation in place of the one that is shown: a new one, or one of before."""
        memory, drawer = self._memory, self._drawer
        left = [memory.turn, memory.name, drawer.wanted]
        opened = [memory.turn, self._asking.question, *self._buttons, memory.name, *self._opened]
        self._asking.renew.click(shelf.begin, left, opened, **_QUIET)
        self._draw(drawer.listed.click(shelf.choose, left, opened, **_HIDDEN))
        drawer.confirm.click(shelf.remove, left, [drawer.confirming, *opened], **_HIDDEN)
        for button, is_asked in ((drawer.remove, True), (drawer.keep, False)):
            button.click(None, None, drawer.confirming, js=_shown_or_not(is_asked))

    def connect_list(self, shelf: ConversationDesk) -> None:
        """Searching, naming, and handing out."""
        memory, drawer = self._memory, self._drawer
        named = [memory.name, drawer.title, drawer.wanted]
        drawer.wanted.change(self._desk.listed, [memory.name, drawer.wanted], self._list, **_QUIET)
        drawer.title.submit(shelf.rename, named, self._list, **_HIDDEN)
        drawer.word.click(shelf.word, memory.name, drawer.fetched, api_name=False)
        drawer.markdown.click(shelf.markdown, memory.name, drawer.fetched, api_name=False)

    @property
    def _opened(self) -> list[object]:
        """Everything of a conversation but its name."""
        return [
            self._asking.chat,
            self._memory.exchanges,
            *self._scope,
            *self._seen,
            *self._list,
        ]

    def opening(self, library: Library, shelf: ConversationDesk) -> Opening:
        """Coming back to the conversation of before; else the questions to begin with."""

        def draw(request: gr.Request, name: str) -> tuple[object, ...]:
            chat, *others = shelf.resume(request, name)
            assert isinstance(chat, dict), "an update"
            return chat | starters(library), *others

        return Opening(draw, [self._memory.name], self._opened)


def _shown_or_not(is_shown: bool) -> str:
    return f"() => ({{ __type__: 'update', visible: {str(is_shown).lower()} }})"


def _example(event: gr.SelectData) -> str:
    return str(event.value["text"])


def _option(event: gr.SelectData) -> str:
    return str(event.value)


def _corrected(event: gr.EventData) -> str:
    return correction(str(event.meant))


def _before(
    exchanges: list[Exchange], turn: Turn | None, event: gr.RetryData
) -> tuple[str, list[Exchange], None]:
    refuse_while_running(turn)
    index = exchange_of_message(event.index)
    if index >= len(exchanges):
        raise asked_wrongly("这一条不是回答，请直接提问。", "没有可重试的")
    return exchanges[index].asked.answer.question, exchanges[:index], None


def _edited(
    exchanges: list[Exchange], turn: Turn | None, event: gr.EditData
) -> tuple[str, list[Exchange], None]:
    refuse_while_running(turn)
    return unescaped(str(event.value)), exchanges[: exchange_of_message(event.index)], None
