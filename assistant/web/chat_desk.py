"""What the tab 问答 does when something is asked, chosen, uploaded or begun anew.

Every method takes and gives what the components of `chat_tab` hold; none knows where they stand.
Whose conversation it is, is asked of the request each time, never of the browser.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from html import escape
from pathlib import Path

import gradio as gr

from assistant.access.roles import Role
from assistant.asking import explain_and_stream
from assistant.inventory import library_to_known
from assistant.model import Model
from assistant.render import answer_to_markdown
from assistant.retrieval import Rejected, rejected_passages
from assistant.web.cards import sources_to_html
from assistant.web.charts import asked_to_chart, chart_to_html
from assistant.web.conversation import (
    Exchange,
    Message,
    conversation_to_messages,
    conversation_to_turns,
    exchange_of_message,
    options,
    plain,
)
from assistant.web.conversation_list import listed_to_html
from assistant.web.conversations import Conversations, Opinion
from assistant.web.downloads import copy_button, link_button
from assistant.web.errors import asked_wrongly, told
from assistant.web.follow_ups import about_upload, follow_ups
from assistant.web.last_shown import LastShown
from assistant.web.links import question_link
from assistant.web.people import current_user, needs
from assistant.web.pictures import pictures_of
from assistant.web.plots import chart_to_plots
from assistant.web.turn import Turn
from assistant.web.understood import chips_to_html, why_to_html
from assistant.web.uploads import Uploads
from ingest.errors import NianbaoError
from ingest.report import Report
from vectorstore.library import Library

# What a question stands on: the library, or what was uploaded into the conversation.
LIBRARY, FILE = "library", "file"
# The outputs of `Desk.stop`, where there is nothing to settle.
_UNSETTLED = (gr.skip(),) * 16
REASONS = ("数字不对", "出处不对", "答非所问", "有而没答", "其他")


class Desk:
    """The handlers of the tab, over a library and the conversations of its users."""

    def __init__(
        self,
        library: Library,
        model: Model | None,
        conversations: Conversations,
        uploads: Uploads,
    ) -> None:
        self._library = library
        self._model = model
        self._conversations = conversations
        self._uploads = uploads
        self._last = LastShown()

    # --- Asking -----------------------------------------------------------------------------------

    @told
    def show_question(
        self, text: str, exchanges: list[Exchange], turn: Turn | None
    ) -> tuple[str, Turn, list[Message], object, object]:
        """The empty box, the turn, the chat with the question, and 停止 in place of 提问."""
        if not text.strip():
            raise asked_wrongly("请先写下问题。", "没有问题")
        if turn:
            refuse_while_running(turn)
            # What it changed may still be on its way to the page.
            exchanges = turn.exchanges
        waiting: Message = {"role": "user", "content": plain(text)}
        chat = [*conversation_to_messages(exchanges), waiting]
        return "", Turn(text.strip(), exchanges), chat, *buttons(is_running=True)

    @told
    @needs(Role.READER, "提问")
    def answer(
        self, turn: Turn, name: str, scope: str, request: gr.Request
    ) -> Iterator[tuple[object, object]]:
        """The chat as the answer grows, at the end the conversation's name.

        Of a turn that was stopped meanwhile, nothing more is shown.
        """
        uploaded = self._uploaded(name, request) if scope == FILE else None
        library, file = uploaded or self._library, _files(uploaded)
        # What was said of the library's reports is not meant of an upload, nor the other way.
        turns = conversation_to_turns([each for each in turn.before if each.file == file])
        last = None
        with closing(
            explain_and_stream(turn.question, library, history=turns, model=self._model)
        ) as growing:
            for asked in growing:
                if turn.is_settled:
                    return
                # The same answer again is a sign of life, at which 停止 can end a silent model.
                if asked is last:
                    yield gr.skip(), gr.skip()
                    continue
                last, turn.exchange = asked, Exchange(asked, file)
                yield conversation_to_messages(turn.exchanges), gr.skip()
        turn.is_answered = True
        yield gr.skip(), self._kept(turn, name, request)

    @told
    def settle(
        self, turn: Turn | None, written: str, name: str, wanted: str, request: gr.Request
    ) -> tuple[object, ...]:
        """Everything that changes when an answer has ended; nothing where it is another's end."""
        if turn is None or not turn.is_answered:
            return _UNSETTLED
        return self.stop(turn, written, name, wanted, request)

    @told
    def stop(
        self, turn: Turn | None, written: str, name: str, wanted: str, request: gr.Request
    ) -> tuple[object, ...]:
        """Everything that changes when a question is given up, by its writer or by a failure.

        What was answered so far is kept; a question without an answer goes back into its box.
        """
        if turn is None or not turn.settle():
            return _UNSETTLED
        exchanges, further = turn.exchanges, []
        if turn.exchange:
            stood_on = self._stands_on(turn.exchange, self._uploaded(name, request))
            further = follow_ups(turn.exchange.asked, library_to_known(stood_on))
            name = self._kept(turn, name, request)
        return (
            gr.skip() if turn.exchange or written.strip() else turn.question,
            *buttons(is_running=False),
            exchanges,
            name,
            self._chat(exchanges, name, request, further),
            *self.beside(exchanges, len(exchanges) - 1, name, request),
            *self.listed(name, wanted, request),
        )

    def abandon(self, turn: Turn | None, name: str, request: gr.Request) -> None:
        """Gives a question up for another conversation; what was answered so far is kept in its own."""
        if turn and turn.settle() and turn.exchange:
            self._kept(turn, name, request)

    def _kept(self, turn: Turn, name: str, request: gr.Request) -> str:
        """The name of the conversation that holds the turn."""
        owner = current_user(request)
        return turn.keep(lambda exchanges: self._conversations.keep(owner, name, exchanges))

    # --- Looking ----------------------------------------------------------------------------------

    @told
    def show_chosen(
        self, exchanges: list[Exchange], name: str, request: gr.Request, event: gr.SelectData
    ) -> tuple[object, ...]:
        """What stands beside the answer that was clicked."""
        return self.beside(exchanges, exchange_of_message(event.index), name, request)

    @told
    def draw(self, exchanges: list[Exchange], shown: int, name: str, request: gr.Request) -> object:
        """The sources of the answer that is shown, with the first cut-outs of their pages."""
        drawn = self._drawn(exchanges, shown, self._uploaded(name, request), None)
        return drawn if self._last.is_still(request, name, len(exchanges), shown) else gr.skip()

    @told
    def draw_one(
        self,
        exchanges: list[Exchange],
        shown: int,
        name: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> object:
        """The sources with the cut-out for one more citation, which was asked for."""
        uploaded = self._uploaded(name, request)
        drawn = self._drawn(exchanges, shown, uploaded, int(event.source))
        return drawn if self._last.is_still(request, name, len(exchanges), shown) else gr.skip()

    @told
    def picture(
        self, exchanges: list[Exchange], shown: int, name: str, request: gr.Request
    ) -> tuple[object, ...]:
        """The chart of the answer that is shown."""
        if not 0 <= shown < len(exchanges):
            return chart_to_plots(None)
        if not self._last.is_still(request, name, len(exchanges), shown):
            return (gr.skip(),) * 3
        return chart_to_plots(asked_to_chart(exchanges[shown].asked))

    def beside(
        self,
        exchanges: Sequence[Exchange],
        index: int,
        name: str,
        request: gr.Request,
        *,
        is_first: bool = False,
    ) -> tuple[object, ...]:
        """What stands beside an answer, at once: without cut-outs of pages.

        A plot that is in sight draws new numbers wrongly, so the plots are put away and `picture`
        comes after; only on a page that has shown none (`is_first`) is the chart there at once.
        """
        self._last.note(request, name, len(exchanges), index)
        if not 0 <= index < len(exchanges):
            return index, "", *chart_to_plots(None), "", sources_to_html(None, {})
        exchange = exchanges[index]
        library = self._stands_on(exchange, self._uploaded(name, request))
        chart = asked_to_chart(exchange.asked)
        answer = exchange.asked.answer
        copied = copy_button("复制回答和出处", answer_to_markdown(answer))
        if not exchange.file:
            copied += link_button("复制提问的链接", question_link(answer.question))
        return (
            index,
            chips_to_html(exchange.asked, library_to_known(library), exchange.file)
            + why_to_html(exchange.asked, _passed_over(exchange, library))
            + copied,
            *chart_to_plots(chart if is_first else None),
            chart_to_html(chart) if chart else "",
            sources_to_html(exchange.asked, _cited(exchange, library), exchange=index + 1),
        )

    def _drawn(
        self, exchanges: Sequence[Exchange], index: int, uploaded: Library | None, more: int | None
    ) -> object:
        if not 0 <= index < len(exchanges):
            return gr.skip()
        exchange = exchanges[index]
        library = self._stands_on(exchange, uploaded)
        reports = _cited(exchange, library)
        files = {report_id: library.original(report_id) for report_id in reports}
        places = [
            (c.place, reports.get(c.report or ""), files.get(c.report or ""))
            for c in exchange.asked.answer.citations
        ]
        pictures = pictures_of(places, more)
        return sources_to_html(exchange.asked, reports, exchange=index + 1, pictures=pictures)

    def _stands_on(self, exchange: Exchange, uploaded: Library | None) -> Library:
        return uploaded if exchange.file and uploaded else self._library

    # --- Uploads ----------------------------------------------------------------------------------

    @told
    def attach(
        self, path: str | None, exchanges: list[Exchange], name: str, request: gr.Request
    ) -> Iterator[tuple[object, object, object, list[Message]]]:
        """The conversation's name, what it may stand on now, and the chat with what was read."""
        if not path:
            raise asked_wrongly("请先选择一份年报。", "没有文件")
        chat = conversation_to_messages(exchanges)
        reading = f"正在读取《{Path(path).name}》，通常一两秒；它只供这个对话使用，不会存入资料库……"
        yield gr.skip(), gr.skip(), gr.skip(), [*chat, _said(reading)]
        owner = current_user(request)
        if not self._conversations.is_of(owner, name):
            name = self._conversations.keep(owner, "", exchanges)
        try:
            report = self._uploads.add(name, Path(path))
        except NianbaoError as error:
            yield name, *self.scope(name, request), [*chat, _said(str(error))]
            return
        read: Message = _said(_read(report)) | {"options": options(about_upload(report))}
        yield name, *self.scope(name, request), [*chat, read]

    @told
    def detach(self, name: str, request: gr.Request) -> tuple[object, object]:
        """Removes what was uploaded; the conversation stands on the library again."""
        if self._conversations.is_of(current_user(request), name):
            self._uploads.remove(name)
        return self.scope(name, request)

    def scope(self, name: str, request: gr.Request) -> tuple[object, object]:
        """Whether and on what else than the library the conversation may stand."""
        uploaded = self._uploaded(name, request)
        if uploaded is None:
            return gr.update(visible=False), gr.update(value=LIBRARY)
        choices = [(f"只问上传的《{_files(uploaded)}》", FILE), ("问资料库", LIBRARY)]
        return gr.update(visible=True), gr.update(choices=choices, value=FILE)

    def _uploaded(self, name: str, request: gr.Request) -> Library | None:
        if not name or not self._conversations.is_of(current_user(request), name):
            return None
        return self._uploads.library(name)

    # --- Conversations ----------------------------------------------------------------------------

    def opened(
        self, name: str, wanted: str, request: gr.Request, *, is_first: bool = False
    ) -> tuple[object, ...]:
        """A conversation of before in the place of the one that is shown: everything of it."""
        exchanges = self._conversations.find(current_user(request), name) if name else []
        return (
            name,
            self._chat(exchanges, name, request),
            exchanges,
            *self.scope(name, request),
            *self.beside(exchanges, len(exchanges) - 1, name, request, is_first=is_first),
            *self.listed(name, wanted, request),
        )

    @told
    def listed(self, name: str, wanted: str, request: gr.Request) -> tuple[str, str, str]:
        """The list of conversations, and the name of the one that is shown, twice."""
        owner = current_user(request)
        title = self._conversations.title(owner, name) if name else ""
        kept = self._conversations.listed(owner, wanted)
        return listed_to_html(kept, name, wanted), title, title_to_html(title)

    def _chat(
        self,
        exchanges: Sequence[Exchange],
        name: str,
        request: gr.Request,
        further: Sequence[str] = (),
    ) -> object:
        """The chat with the thumbs that were given before."""
        given = {
            (opinion.question, opinion.text): "Like" if opinion.is_good else "Dislike"
            for opinion in self._conversations.opinions(current_user(request), name)
        }
        answers = (exchange.asked.answer for exchange in exchanges)
        thumbs = [given.get((answer.question, answer.text)) for answer in answers]
        messages = conversation_to_messages(exchanges, further)
        return gr.update(value=messages, feedback_value=thumbs)

    # --- Opinions ---------------------------------------------------------------------------------

    @told
    def like(
        self, exchanges: list[Exchange], name: str, request: gr.Request, event: gr.LikeData
    ) -> tuple[object, int]:
        """Notes what is thought of an answer; asks for the reason of a bad one."""
        index = exchange_of_message(event.index)
        if not 0 <= index < len(exchanges) or not isinstance(event.liked, bool):
            return gr.update(visible=False), -1
        self._note(exchanges[index], name, request, is_good=event.liked)
        if event.liked:
            gr.Info("已记下：这个回答有用。", duration=3)
        return gr.update(visible=not event.liked), index

    @told
    def explain_dislike(
        self,
        exchanges: list[Exchange],
        judged: int,
        kind: str | None,
        words: str,
        name: str,
        request: gr.Request,
    ) -> tuple[object, None, str]:
        """Notes why an answer is not good; closes and empties the form."""
        reason = "：".join(part for part in (kind or "", words.strip()) if part)
        if 0 <= judged < len(exchanges):
            self._note(exchanges[judged], name, request, is_good=False, reason=reason)
            gr.Info("已记下，谢谢。管理员可以在“设置”里看到。", duration=4)
        return gr.update(visible=False), None, ""

    def _note(
        self, exchange: Exchange, name: str, request: gr.Request, *, is_good: bool, reason: str = ""
    ) -> None:
        answer = exchange.asked.answer
        opinion = Opinion(answer.question, answer.text, is_good, reason)
        self._conversations.note(current_user(request), name, opinion)


def title_to_html(title: str) -> str:
    """The name of the conversation over the chat."""
    return f"<h2 class='nb-title'>{escape(title or '新对话')}</h2>"


def refuse_while_running(turn: Turn | None) -> None:
    """Raises a sentence for who would go on while an answer is still growing."""
    if turn and not (turn.is_settled or turn.is_answered):
        raise asked_wrongly("上一个问题还在回答，请等它答完，或先点“停止”。", "请稍候")


def buttons(*, is_running: bool) -> tuple[object, object]:
    """提问 and 停止: the one or the other is seen."""
    return gr.update(visible=not is_running), gr.update(visible=is_running)


def _said(text: str) -> Message:
    return {"role": "assistant", "content": plain(text)}


def _files(library: Library | None) -> str:
    return "》《".join(entry.source for entry in library.entries()) if library else ""


def _cited(exchange: Exchange, library: Library) -> dict[str, Report]:
    held = {entry.id for entry in library.entries()}
    cited = {c.report for c in exchange.asked.answer.citations if c.report} & held
    return {report_id: library.report(report_id) for report_id in cited}


def _passed_over(exchange: Exchange, library: Library) -> Sequence[Rejected]:
    """What the search found and the answer does not quote; only of answers from the text."""
    asked = exchange.asked
    if asked.query is None or asked.answer.method != "retrieval":
        return ()
    return rejected_passages(asked.query, library, asked.answer.citations)


def _read(report: Report) -> str:
    doubts = f"，读取存疑{len(report.warnings)}处" if report.warnings else ""
    return (
        f"已读取《{report.source}》：{report.agency}{report.year}年年报{doubts}。"
        "接下来的提问只根据这份文件回答，它不会存入资料库；在输入框上方可以改回问资料库。"
    )
