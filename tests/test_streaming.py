"""An answer as it grows: quotes first, then what a model says of them, never a word unchecked."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from threading import Event

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from assistant.asking import ask, ask_stream, explain_and_stream
from assistant.model import ChatModel, Turn, load_model
from tests.bookcase import Bookcase, written_report
from tests.scripted_model import FailingModel, ScriptedModel

BOOKCASE = Bookcase(
    written_report("云溪县水务局", s5="1. 公开不及时，栏目更新慢。\n2. 解读形式单一，图表少。")
)
QUESTION = "云溪县水务局存在哪些问题？"
QUOTED = ask(QUESTION, BOOKCASE).text
LINE = "（语言模型没有给出可用的回答，以上为报告原文。）"
TIMELY, PLAIN = "云溪县水务局公开不及时。", "云溪县水务局解读形式单一。"


def texts(model: ScriptedModel | FailingModel | ChatModel | None) -> list[str]:
    """What is shown in turn, without repetitions."""
    stream = (answer.text for answer in ask_stream(QUESTION, BOOKCASE, model=model))
    return list(dict.fromkeys(stream))


def test_the_quotes_come_first_and_then_a_sentence_at_a_time() -> None:
    model = ScriptedModel([f"{TIMELY[:-1]}[1]。{PLAIN}[2]"])
    assert texts(model) == [QUOTED, TIMELY, TIMELY + PLAIN]


def test_a_sentence_is_shown_with_the_passage_that_it_names_after_its_full_stop() -> None:
    model = ScriptedModel([f"{TIMELY}[1]\n{PLAIN} [2] "])
    *_, last = ask_stream(QUESTION, BOOKCASE, model=model)
    assert [s.citations for s in last.statements] == [(0,), (1,)]


def test_a_number_that_stands_nowhere_is_never_shown_not_even_for_a_moment() -> None:
    model = ScriptedModel([f"{TIMELY[:-1]}[1]。栏目更新慢了99天[1]。{PLAIN}[2]"])
    shown = texts(model)
    assert not any("99" in text for text in shown)
    assert shown[-1].startswith(TIMELY + PLAIN)
    assert "有一句在原文中没有依据，已略去" in shown[-1]


def test_the_last_item_is_what_ask_gives() -> None:
    reply = f"{TIMELY[:-1]}[1]。"
    *_, last = ask_stream(QUESTION, BOOKCASE, model=ScriptedModel([reply]))
    assert last == ask(QUESTION, BOOKCASE, model=ScriptedModel([reply]))


@pytest.mark.parametrize("question", ["三安全一稳定是什么意思", "云溪县水务局2023年新收多少件申请"])
def test_what_needs_no_model_comes_whole_and_asks_none(question: str) -> None:
    model = ScriptedModel([])
    assert len(list(ask_stream(question, BOOKCASE, model=model))) == 1
    assert not model.asked


def test_every_item_says_what_was_understood() -> None:
    stream = explain_and_stream(QUESTION, BOOKCASE, model=ScriptedModel([f"{TIMELY[:-1]}[1]。"]))
    assert {asked.query.agencies for asked in stream if asked.query} == {("云溪县水务局",)}


def test_a_reply_that_breaks_off_gives_the_quotes_back() -> None:
    shown = texts(FailingModel(f"{TIMELY[:-1]}[1]。{PLAIN[:-1]}[2]。公开"))
    assert shown == [QUOTED, TIMELY + PLAIN, f"{QUOTED}\n{LINE}"]


def test_who_stops_listening_ends_the_models_reply() -> None:
    model = EndlessModel()
    stream = explain_and_stream(QUESTION, BOOKCASE, model=model)
    next(stream)
    next(stream)
    assert not model.ended
    stream.close()
    assert model.ended


class EndlessModel:
    """Never comes to an end of its own accord."""

    ended = False

    def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        try:
            while True:
                yield "公开"
        finally:
            self.ended = True


# --- A real endpoint -------------------------------------------------------------------------------


def event(content: str, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    return f"data: {json.dumps({'choices': [choice]})}\n\n"


def streaming(
    server: HTTPServer, body: Callable[[], Iterator[str]], timeout_s: float = 20
) -> ChatModel:
    """A model behind an endpoint that sends what `body` yields, as it yields it."""

    def respond(request: Request) -> Response:
        return Response(body(), content_type="text/event-stream")

    server.expect_request("/v1/chat/completions").respond_with_handler(respond)
    return load_model("stub", server.url_for("/v1"), timeout_s=timeout_s)


def test_a_sentence_is_shown_while_the_endpoint_still_writes(httpserver: HTTPServer) -> None:
    seen = Event()

    def body() -> Iterator[str]:
        yield event(f"{TIMELY[:-1]}[1]。") + event("云溪县")
        seen.wait(20)
        yield event(f"{PLAIN[3:-1]}[2]。") + event("", "stop")

    stream = ask_stream(QUESTION, BOOKCASE, model=streaming(httpserver, body))
    for answer in stream:
        if answer.text == TIMELY:
            seen.set()
    assert seen.is_set()
    assert answer.text == TIMELY + PLAIN


def test_who_stops_listening_hangs_up_on_a_silent_endpoint(httpserver: HTTPServer) -> None:
    hung_up = Event()

    def body() -> Iterator[str]:
        try:
            yield event("云溪县")
            while True:
                yield ": still thinking\n\n"
                time.sleep(0.02)
        finally:
            hung_up.set()

    stream = explain_and_stream(QUESTION, BOOKCASE, model=streaming(httpserver, body))
    next(stream)
    next(stream)
    stream.close()
    assert hung_up.wait(10)


def test_an_endpoint_that_trickles_without_end_is_given_up_in_time(httpserver: HTTPServer) -> None:
    def body() -> Iterator[str]:
        yield event(f"{TIMELY[:-1]}[1]。云溪县")
        while True:
            yield ": still thinking\n\n"
            time.sleep(0.02)

    shown = texts(streaming(httpserver, body, timeout_s=0.6))
    assert shown[-1] == f"{QUOTED}\n{LINE}"


@pytest.mark.parametrize(
    "body",
    [
        event(f"{TIMELY[:-1]}[1]。{PLAIN[:-1]}[2]。公"),
        event(f"{TIMELY[:-1]}[1]。{PLAIN[:-1]}[2]。公") + "data: {not json}\n\n",
        event(f"{TIMELY[:-1]}[1]。", "length"),
        "<html><body>网关错误</body></html>",
        "",
    ],
)
def test_what_is_cut_off_or_garbage_gives_the_quotes_and_a_line(
    httpserver: HTTPServer, body: str
) -> None:
    shown = texts(streaming(httpserver, lambda: iter([body])))
    assert shown[0] == QUOTED
    assert shown[-1] == f"{QUOTED}\n{LINE}"
