"""The tab 问答: a conversation on the left; what was understood and the sources on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import gradio as gr

from assistant.ask import Asked, explain_and_ask
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
class ChatTab:
    """What the page needs of the tab to open at a question: the box, and the event that asks."""

    question: gr.Textbox
    ask: gr.Button


def build_chat_tab(page: gr.Blocks, library: Library, model: Model | None) -> ChatTab:
    """Adds the tab's components and events to the Blocks under construction."""
    conversations = Conversations()
    asked_so_far: gr.State = gr.State([])
    name = gr.BrowserState("", storage_key="nianbao-conversation")
    with gr.Row(elem_classes="nb-fill"):
        with gr.Column(scale=5, min_width=320):
            chat = _chatbot(library)
            with gr.Row(elem_classes="nb-asking"):
                question = _question_box()
                send = gr.Button("提问", variant="primary", scale=1, min_width=80)
                renew = gr.Button("新对话", scale=1, min_width=80)
        with gr.Column(scale=4, min_width=320, elem_id="nb-beside"):
            gr.Markdown("#### 出处", elem_classes="nb-heading")
            beside = _beside_components()

    @told
    def show_question(text: str, asked: list[Asked]) -> tuple[str, list[Message]]:
        if not text.strip():
            raise gr.Error("请先写下问题。", title="没有问题", print_exception=False)
        waiting: Message = {"role": "user", "content": plain(text)}
        return text, [*conversation_to_messages(asked), waiting]

    @told
    def answer(
        text: str, asked: list[Asked], name: str
    ) -> tuple[str, list[Message], list[Asked], str]:
        turns = conversation_to_turns(asked)
        asked = [*asked, explain_and_ask(text.strip(), library, history=turns, model=model)]
        further = follow_ups(asked[-1], library_to_known(library))
        kept = conversations.keep(name, asked)
        return "", conversation_to_messages(asked, further), asked, kept

    def show_last(asked: list[Asked]) -> Beside:
        return _beside(asked, len(asked) - 1, library, with_pictures=False)

    @told
    def show_last_pictures(asked: list[Asked]) -> Beside:
        return _beside(asked, len(asked) - 1, library)

    @told
    def show_chosen(asked: list[Asked], event: gr.SelectData) -> Beside:
        return _beside(asked, exchange_of_message(event.index), library)

    def resume(name: str) -> tuple[list[Message], list[Asked]]:
        asked = conversations.find(name)
        return conversation_to_messages(asked), asked

    events = [
        send.click(lambda: None, None, None, queue=False, api_name=False),
        question.submit(lambda: None, None, None, queue=False, api_name=False),
        chat.example_select(_example, None, question, queue=False, api_name=False),
        chat.option_select(_option, None, question, queue=False, api_name=False),
        chat.retry(_before, asked_so_far, [question, asked_so_far], queue=False, api_name=False),
        chat.edit(_edited, asked_so_far, [question, asked_so_far], queue=False, api_name=False),
    ]
    for event in events:
        event.success(
            show_question, [question, asked_so_far], [question, chat], queue=False, api_name=False
        ).success(
            answer,
            [question, asked_so_far, name],
            [question, chat, asked_so_far, name],
            api_name=False,
            concurrency_id="ask",
        ).success(show_last, asked_so_far, beside, queue=False, api_name=False).success(
            show_last_pictures, asked_so_far, beside, api_name=False, show_progress="hidden"
        )
    chat.select(show_chosen, asked_so_far, beside, api_name=False, show_progress="hidden")
    for start_over in (renew.click, chat.clear):
        start_over(
            lambda: ("", [], [], ""),
            None,
            [question, chat, asked_so_far, name],
            api_name=False,
            queue=False,
        ).then(show_last, asked_so_far, beside, queue=False, api_name=False)
    page.load(resume, name, [chat, asked_so_far], api_name=False).then(
        show_last, asked_so_far, beside, api_name=False, show_progress="hidden"
    )
    return ChatTab(question, send)


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


def _beside(
    asked: Sequence[Asked], index: int, library: Library, *, with_pictures: bool = True
) -> Beside:
    """What stands beside the conversation for the exchange at `index`, if there is one."""
    chosen = asked[index] if 0 <= index < len(asked) else None
    if chosen is None:
        return "", *chart_to_plots(None), "", sources_to_html(None, {})
    chart = asked_to_chart(chosen)
    ids = {citation.report for citation in chosen.answer.citations if citation.report}
    reports = {report_id: library.report(report_id) for report_id in ids}
    places = [
        (
            citation.place,
            reports.get(citation.report or ""),
            library.original(citation.report) if citation.report else None,
        )
        for citation in chosen.answer.citations
    ]
    pictures = pictures_of(places) if with_pictures else {}
    return (
        chips_to_html(chosen)
        + why_to_html(chosen)
        + copy_button("复制回答和出处", answer_to_markdown(chosen.answer)),
        *chart_to_plots(chart),
        chart_to_html(chart) if chart else "",
        sources_to_html(chosen, reports, exchange=index + 1, pictures=pictures),
    )
