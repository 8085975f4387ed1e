"""The tab 问答: a conversation on the left; what was understood and the sources on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import gradio as gr

from assistant.asking import Asked, explain_and_ask
from assistant.inventory import library_to_known
from assistant.model import Model
from assistant.render import answer_to_markdown
from assistant.starters import starter_questions
from assistant.web.cards import sources_to_html
from assistant.web.charts import asked_to_chart, chart_to_html
from assistant.web.conversation import (
    Message,
    conversation_to_messages,
    conversation_to_turns,
    exchange_of_message,
    plain,
    unescaped,
)
from assistant.web.conversations import Conversations
from assistant.web.downloads import copy_button
from assistant.web.errors import told
from assistant.web.follow_ups import follow_ups
from assistant.web.pictures import pictures_of
from assistant.web.plots import chart_to_plots
from assistant.web.understood import chips_to_html, why_to_html
from vectorstore.library import Library

# What stands beside the conversation: understood, bar plot, line plot, table, sources.
Beside: TypeAlias = tuple[str, object, object, str, str]

_PLACEHOLDER = (
    "### 向年报提问\n数字逐格查自法定表格，文字引自原文，每一处都能在右侧核对；查不到的会直说。"
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components of the tab."""

    chat: gr.Chatbot
    question: gr.Textbox
    send: gr.Button
    renew: gr.Button
    beside: list[gr.Component]


def build_chat_tab(page: gr.Blocks, library: Library, model: Model | None) -> gr.Textbox:
    """Adds the tab's components and events; returns the box that the question is written in."""
    asked: gr.State = gr.State([])
    name = gr.BrowserState("", storage_key="nianbao-conversation")
    with gr.Row(elem_classes="nb-fill"):
        with gr.Column(scale=5, min_width=320):
            chat = _chatbot(library)
            with gr.Row(elem_classes="nb-asking"):
                question = _question_box()
                send = _button("提问", "nb-ask", variant="primary")
                renew = _button("新对话", "nb-renew")
        with gr.Column(scale=4, min_width=320, elem_id="nb-beside"):
            gr.Markdown("#### 出处", elem_classes="nb-heading")
            parts = _Parts(chat, question, send, renew, _beside_components())
    desk = _Desk(library, model)
    _connect_asking(parts, desk, asked, name)
    _connect_conversation(page, parts, desk, asked, name)
    return question


class _Desk:
    """What the tab does when something is asked, chosen or begun anew."""

    def __init__(self, library: Library, model: Model | None) -> None:
        self._library = library
        self._model = model
        self._conversations = Conversations()

    @told
    def show_question(self, text: str, asked: list[Asked]) -> tuple[str, list[Message]]:
        """The chat with the question in it, while its answer is made."""
        if not text.strip():
            raise gr.Error("请先写下问题。", title="没有问题", print_exception=False)
        waiting: Message = {"role": "user", "content": plain(text)}
        return text, [*conversation_to_messages(asked), waiting]

    @told
    def answer(
        self, text: str, asked: list[Asked], name: str
    ) -> tuple[str, list[Message], list[Asked], str]:
        """The empty box, the chat with the answer, what was asked so far, and its name."""
        asked = [*asked, self._ask(text.strip(), asked)]
        further = follow_ups(asked[-1], library_to_known(self._library))
        kept = self._conversations.keep(name, asked)
        return "", conversation_to_messages(asked, further), asked, kept

    def _ask(self, text: str, asked: Sequence[Asked]) -> Asked:
        turns = conversation_to_turns(asked)
        return explain_and_ask(text, self._library, history=turns, model=self._model)

    @told
    def show_last(self, asked: list[Asked]) -> Beside:
        """What stands beside the last answer, at once: without cut-outs of pages."""
        return self._beside(asked, len(asked) - 1, with_pictures=False)

    @told
    def show_last_pictures(self, asked: list[Asked]) -> Beside:
        """What stands beside the last answer, with the cut-outs, which take a moment."""
        return self._beside(asked, len(asked) - 1)

    @told
    def show_chosen(self, asked: list[Asked], event: gr.SelectData) -> Beside:
        """What stands beside the answer that was clicked."""
        return self._beside(asked, exchange_of_message(event.index))

    def resume(self, name: str) -> tuple[object, object]:
        """The conversation that this browser held before its page was loaded again, if any.

        Without one nothing is touched: who is quick may have asked by then.
        """
        asked = self._conversations.find(name)
        return (conversation_to_messages(asked), asked) if asked else (gr.skip(), gr.skip())

    def _beside(self, asked: Sequence[Asked], index: int, *, with_pictures: bool = True) -> Beside:
        chosen = asked[index] if 0 <= index < len(asked) else None
        if chosen is None:
            return "", *chart_to_plots(None), "", sources_to_html(None, {})
        chart = asked_to_chart(chosen)
        copied = copy_button("复制回答和出处", answer_to_markdown(chosen.answer))
        return (
            f"{chips_to_html(chosen)}{why_to_html(chosen)}{copied}",
            *chart_to_plots(chart),
            chart_to_html(chart) if chart else "",
            self._sources(chosen, index + 1, with_pictures),
        )

    def _sources(self, asked: Asked, exchange: int, with_pictures: bool) -> str:
        citations = asked.answer.citations
        held = {entry.id for entry in self._library.entries()}
        cited = {c.report for c in citations if c.report} & held
        reports = {report_id: self._library.report(report_id) for report_id in cited}
        files = {report_id: self._library.original(report_id) for report_id in cited}
        places = [
            (c.place, reports.get(c.report or ""), files.get(c.report or "")) for c in citations
        ]
        pictures = pictures_of(places) if with_pictures else {}
        return sources_to_html(asked, reports, exchange=exchange, pictures=pictures)


def _connect_asking(parts: _Parts, desk: _Desk, asked: gr.State, name: gr.BrowserState) -> None:
    """Every way to ask: written, from an example or a follow-up, again, or written anew."""
    question, chat = parts.question, parts.chat
    quiet = {"queue": False, "api_name": False}
    for event in (
        parts.send.click(_nothing, None, None, **quiet),
        question.submit(_nothing, None, None, **quiet),
        chat.example_select(_example, None, question, **quiet),
        chat.option_select(_option, None, question, **quiet),
        chat.retry(_before, asked, [question, asked], **quiet),
        chat.edit(_edited, asked, [question, asked], **quiet),
    ):
        event.success(desk.show_question, [question, asked], [question, chat], **quiet).success(
            desk.answer,
            [question, asked, name],
            [question, chat, asked, name],
            api_name=False,
            concurrency_id="ask",
        ).success(desk.show_last, asked, parts.beside, **quiet).success(
            desk.show_last_pictures, asked, parts.beside, api_name=False, show_progress="hidden"
        )


def _connect_conversation(
    page: gr.Blocks, parts: _Parts, desk: _Desk, asked: gr.State, name: gr.BrowserState
) -> None:
    """Looking back, beginning anew, and coming back."""
    quiet = {"queue": False, "api_name": False}
    parts.chat.select(desk.show_chosen, asked, parts.beside, api_name=False, show_progress="hidden")
    for start_over in (parts.renew.click, parts.chat.clear):
        start_over(_begin, None, [parts.question, parts.chat, asked, name], **quiet).then(
            desk.show_last, asked, parts.beside, **quiet
        )
    page.load(desk.resume, name, [parts.chat, asked], api_name=False).then(
        desk.show_last, asked, parts.beside, api_name=False, show_progress="hidden"
    )


def _nothing() -> None:
    """The step before asking where the question stands in its box already."""


def _begin() -> tuple[str, list[Message], list[Asked], str]:
    return "", [], [], ""


def _button(label: str, name: str, variant: str = "secondary") -> gr.Button:
    return gr.Button(label, variant=variant, scale=1, min_width=80, elem_id=name)


def _chatbot(library: Library) -> gr.Chatbot:
    return gr.Chatbot(
        label="对话",
        show_label=False,
        height="calc(100vh - 200px)",
        min_height=360,
        placeholder=_PLACEHOLDER,
        examples=[{"text": text} for text in starter_questions(library)],
        buttons=[],
        editable="user",
        feedback_options=None,
        elem_id="nb-chat",
        group_consecutive_messages=False,
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        placeholder="例如：各单位2023年新收多少件申请？（回车发送）",
        label="问题",
        show_label=False,
        container=False,
        scale=8,
        autofocus=True,
        max_length=2000,
        elem_id="nb-question",
    )


def _beside_components() -> list[gr.Component]:
    return [
        gr.HTML(elem_id="nb-understood"),
        gr.BarPlot(visible=False, show_label=False, elem_id="nb-bars"),
        gr.LinePlot(visible=False, show_label=False, elem_id="nb-lines"),
        gr.HTML(elem_id="nb-chart-table"),
        gr.HTML(sources_to_html(None, {}), elem_id="nb-sources"),
    ]


def _example(event: gr.SelectData) -> str:
    return str(event.value["text"])


def _option(event: gr.SelectData) -> str:
    return str(event.value)


def _before(asked: list[Asked], event: gr.RetryData) -> tuple[str, list[Asked]]:
    exchange = exchange_of_message(event.index)
    return asked[exchange].answer.question, asked[:exchange]


def _edited(asked: list[Asked], event: gr.EditData) -> tuple[str, list[Asked]]:
    return unescaped(str(event.value)), asked[: exchange_of_message(event.index)]
