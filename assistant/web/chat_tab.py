"""The tab 问答: a conversation on the left, the sources of the answer on the right."""

import re
from collections.abc import Sequence
from typing import TypeAlias

import gradio as gr

from assistant.answer import Answer
from assistant.ask import ask
from assistant.model import Model, Turn
from assistant.render import marked_text
from assistant.starters import starter_questions
from assistant.web.cards import sources_to_html
from assistant.web.errors import told
from vectorstore.library import Library

Message: TypeAlias = dict[str, object]

# Characters that Markdown would read as mark-up; answers are plain text and quote reports.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$&])")
_PLACEHOLDER = (
    "### 向年报提问\n数字逐格查自法定表格，文字引自原文，每一处都能在右侧核对；查不到的会直说。"
)


def build_chat_tab(library: Library, model: Model | None) -> None:
    """Adds the tab's components and events to the Blocks under construction."""
    answers = gr.State([])
    with gr.Row(elem_classes="nb-fill"):
        with gr.Column(scale=5, min_width=360):
            chat = gr.Chatbot(
                label="对话",
                show_label=False,
                height="calc(100vh - 250px)",
                min_height=360,
                placeholder=_PLACEHOLDER,
                examples=[{"text": text} for text in starter_questions(library)],
                buttons=["copy"],
                elem_id="nb-chat",
                group_consecutive_messages=False,
            )
            with gr.Row(elem_classes="nb-asking"):
                question = gr.Textbox(
                    placeholder="例如：各单位2023年新收多少件申请？（回车发送）",
                    show_label=False,
                    container=False,
                    scale=8,
                    autofocus=True,
                    max_length=2000,
                    elem_id="nb-question",
                )
                send = gr.Button("提问", variant="primary", scale=1, min_width=88)
                renew = gr.Button("新对话", scale=1, min_width=88)
        with gr.Column(scale=4, min_width=320):
            gr.Markdown("#### 出处", elem_classes="nb-heading")
            sources = gr.HTML(sources_to_html(None, {}), elem_id="nb-sources")

    @told
    def answer_question(
        text: str, messages: list[Message], given: list[Answer]
    ) -> tuple[str, list[Message], list[Answer], str]:
        if not text.strip():
            raise gr.Error("请先写下问题。", title="没有问题", print_exception=False)
        answer = ask(text, library, history=_turns(given), model=model)
        shown = [*messages, _message("user", _plain(text)), _message("assistant", _marked(answer))]
        return "", shown, [*given, answer], _sources(answer, library)

    @told
    def show_sources(given: list[Answer], event: gr.SelectData) -> str:
        index = event.index if isinstance(event.index, int) else event.index[0]
        return _sources(given[index // 2] if index // 2 < len(given) else None, library)

    @told
    def take_example(event: gr.SelectData) -> str:
        return str(event.value["text"])

    inputs = [question, chat, answers]
    outputs = [question, chat, answers, sources]
    for trigger in (question.submit, send.click):
        trigger(answer_question, inputs, outputs, api_name=False, concurrency_id="ask")
    chat.example_select(take_example, None, question, api_name=False).then(
        answer_question, inputs, outputs, api_name=False, concurrency_id="ask"
    )
    chat.select(show_sources, answers, sources, api_name=False)
    for start_over in (renew.click, chat.clear):
        start_over(_nothing_yet, None, outputs, api_name=False, queue=False)


def _nothing_yet() -> tuple[str, list[Message], list[Answer], str]:
    return "", [], [], sources_to_html(None, {})


def _message(role: str, text: str) -> Message:
    return {"role": role, "content": text}


def _turns(given: Sequence[Answer]) -> list[Turn]:
    """The conversation so far: what was asked and answered, without marks and mark-up."""
    return [
        turn
        for answer in given
        for turn in (Turn("user", answer.question), Turn("assistant", answer.text))
    ]


def _sources(answer: Answer | None, library: Library) -> str:
    cited = {c.report for c in answer.citations if c.report} if answer else set()
    return sources_to_html(answer, {report_id: library.report(report_id) for report_id in cited})


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _marked(answer: Answer) -> str:
    """The answer as Markdown that shows its text letter for letter, with links to its sources."""
    plain = marked_text(answer, "\ue000{}\ue001")
    return re.sub("\ue000(\\d+)\ue001", r"[`\1`](#nb-source-\1)", _plain(plain))
