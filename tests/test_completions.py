"""The OpenAI door with the real client: words as the answer gives them, sources, and an early end."""

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import openai
import pytest
import uvicorn

from assistant.asking import ask
from assistant.doors.completions import completions_application
from assistant.doors.lanes import ASK_AT_ONCE, Lanes
from assistant.doors.running_text import ANEW, UNFINISHED
from assistant.doors.work import Work
from assistant.model import Model, Turn
from assistant.render import answer_to_markdown
from assistant.settings import Settings
from ingest.errors import LibraryError, ModelUnavailable
from tests.bookcase import Bookcase, written_report
from tests.scripted_model import FailingModel, ScriptedModel

BOOKCASE = Bookcase(
    written_report("云溪县水务局", s5="1. 公开不及时，栏目更新慢。\n2. 解读形式单一，图表少。")
)
QUESTION = "云溪县水务局存在哪些问题？"
QUOTED = "公开不及时，栏目更新慢"
TIMELY, PLAIN = "云溪县水务局公开不及时", "云溪县水务局解读形式单一"
PATIENCE_S = 20


class HeldModel:
    """Says one sentence when it is let, then nothing until the reader goes."""

    def __init__(self) -> None:
        self.let = Event()
        self.ended = Event()

    def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        try:
            while not self.let.wait(0.05):
                yield ""
            yield f"{TIMELY}[1]。云溪县"
            while True:
                time.sleep(0.05)
                yield ""
        finally:
            self.ended.set()


@contextmanager
def door(model: Model | None = None, library: Bookcase = BOOKCASE) -> Iterator[openai.OpenAI]:
    """The real client of the door, over a server that really runs."""
    application = completions_application(Work(library, Settings(), model), Lanes())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        # Who comes before the server runs waits; a socket that does not listen refuses.
        free.listen()
        server = uvicorn.Server(uvicorn.Config(application, log_level="critical"))
        running = Thread(target=server.run, kwargs={"sockets": [free]}, daemon=True)
        running.start()
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
        with openai.OpenAI(base_url=address, api_key="x", max_retries=0, timeout=60) as client:
            yield client
        server.should_exit = True
        running.join(PATIENCE_S)


def streamed(client: openai.OpenAI, question: str, **more: Any) -> list[Any]:
    return list(begun(client, question, **more))


def begun(client: openai.OpenAI, question: str, **more: Any) -> Any:
    return client.chat.completions.create(
        model="nianbao", stream=True, messages=[{"role": "user", "content": question}], **more
    )


def whole(client: openai.OpenAI, question: str) -> str:
    completion = client.chat.completions.create(
        model="nianbao", messages=[{"role": "user", "content": question}]
    )
    return completion.choices[0].message.content or ""


def said(chunks: Sequence[Any]) -> str:
    return "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)


def happened(what: Callable[[], bool]) -> bool:
    """Whether something comes true before patience ends."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and not what():
        time.sleep(0.02)
    return what()


@pytest.mark.parametrize(
    "question", [QUESTION, "云溪县水务局2023年新收多少件申请？", "三安全一稳定是什么意思？", "你好"]
)
def test_without_a_model_a_stream_says_what_the_whole_answer_says(question: str) -> None:
    with door() as client:
        chunks = streamed(client, question)
        assert said(chunks).strip() == whole(client, question)
    last = chunks[-1].choices[0]
    assert last.finish_reason == "stop" and last.delta.model_extra
    answer = ask(question, BOOKCASE)
    assert last.delta.model_extra["nianbao"]["answer"] == answer.text
    assert len(last.delta.model_extra["citations"]) == len(answer.citations)


def test_the_passages_are_there_before_the_model_has_said_a_word() -> None:
    model = HeldModel()
    with door(model) as client, begun(client, QUESTION) as stream:
        words = (chunk.choices[0].delta.content for chunk in stream)
        first = next(word for word in words if word)
        assert QUOTED in first and "[1]" in first and not model.let.is_set()
        model.let.set()
        assert next(words) == f"{ANEW}{TIMELY}。[1]"


def test_who_closes_the_stream_ends_the_model_s_reply() -> None:
    model = HeldModel()
    with door(model) as client:
        with begun(client, QUESTION) as stream:
            next(word for word in stream if word.choices[0].delta.content)
        assert model.ended.wait(PATIENCE_S)


def test_slow_models_of_many_readers_hold_up_no_look_up() -> None:
    model = HeldModel()
    with door(model) as client:
        streams = [begun(client, QUESTION) for _ in range(ASK_AT_ONCE * 2)]
        for stream in streams:
            next(chunk for chunk in stream if chunk.choices[0].delta.content)
        assert "云溪县水务局" in whole(client, "云溪县水务局2023年新收多少件申请？")
        for stream in streams:
            stream.close()


def test_a_phrased_answer_follows_its_passages_and_ends_with_the_sources_of_its_marks() -> None:
    with door(ScriptedModel([f"{PLAIN}[2]。另有99项工作没有做[1]。{TIMELY}[1]。"])) as client:
        chunks = streamed(client, QUESTION)
    text = said(chunks)
    passages, phrased = text.split(ANEW)
    assert QUOTED in passages
    assert phrased.startswith(f"{PLAIN}。[2]{TIMELY}。[1]") and "99" not in text
    assert "已略去" in phrased
    fields = chunks[-1].choices[0].delta.model_extra
    assert fields["citations"][1]["quote"] in phrased.split("\n[2] ")[1]
    assert fields["nianbao"]["answer"].startswith(f"{PLAIN}。{TIMELY}。")


def test_a_model_that_breaks_off_leaves_the_passages_as_the_answer() -> None:
    with door(FailingModel()) as client:
        silent = said(streamed(client, QUESTION))
    with door(FailingModel(f"{TIMELY}[1]。{PLAIN}")) as client:
        broken = said(streamed(client, QUESTION))
    assert "语言模型没有给出可用的回答，以上为报告原文" in silent and ANEW not in silent
    assert f"{ANEW}{TIMELY}。[1]{UNFINISHED}" in broken
    for text in (silent, broken):
        assert text.count(QUOTED) == answer_to_markdown(ask(QUESTION, BOOKCASE)).count(QUOTED)


def test_a_refusal_waits_for_what_the_model_makes_of_the_question() -> None:
    class Unavailable:
        def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
            yield from ()
            raise ModelUnavailable("不在")

    question = "云溪县水务局2023年有多少人来要材料？"
    with door(Unavailable()) as client:
        chunks = streamed(client, question)
    assert said(chunks).strip() == answer_to_markdown(ask(question, BOOKCASE, model=Unavailable()))


def test_usage_comes_last_where_it_is_asked_for() -> None:
    with door() as client:
        *_, last = streamed(client, QUESTION, stream_options={"include_usage": True})
        assert not last.choices and last.usage.total_tokens == 0


def test_a_library_that_fails_in_the_middle_is_told_to_the_client() -> None:
    class Locked(Bookcase):
        def years(self) -> list[int]:
            raise LibraryError("资料库正被别的程序占用，请稍后再试。")

    with door(library=Locked()) as client:
        with pytest.raises(openai.APIError, match="资料库正被别的程序占用"):
            streamed(client, "云溪县水务局2023年新收多少件申请？")
        with pytest.raises(openai.BadRequestError, match="资料库正被别的程序占用"):
            whole(client, "云溪县水务局2023年新收多少件申请？")


def test_a_conversation_goes_on_from_an_answer_as_it_was_given() -> None:
    first = "云溪县水务局2023年新收多少件申请？"
    with door() as client:
        given = whole(client, first)
        completion = client.chat.completions.create(
            model="nianbao",
            messages=[
                {"role": "user", "content": first},
                {"role": "assistant", "content": given},
                {"role": "user", "content": "上年结转的呢？"},
            ],
        )
    answer = completion.choices[0].message.content or ""
    assert answer.startswith("云溪县水务局2023年") and "上年结转" in answer
