"""The OpenAI door: `/v1/chat/completions` and `/v1/models`, for programs that speak that protocol.

The last user message is the question, the others are the conversation. The text carries citation
marks and the list of sources; the field `citations` holds them as the contract does, and `nianbao`
the whole answer. System messages and sampling parameters change nothing: numbers are looked up.
"""

import json
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import anyio
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response, StreamingResponse

from assistant.answer import Answer
from assistant.doors.lanes import Lanes
from assistant.doors.rest import Who
from assistant.doors.work import Json, Work
from assistant.model import Turn
from assistant.render import answer_to_markdown
from ingest.errors import NianbaoError

MODEL: Final = "nianbao"
# A proxy closes a stream that is silent for long; a comment keeps it open.
_SILENCE_S = 10.0
# Characters a piece: a screen line, so that a reader sees it grow.
_PIECE = 40


class Part(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="allow")
    type: str
    text: str = ""


class Message(BaseModel):
    """A message of the conversation."""

    model_config = ConfigDict(extra="allow")
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """What the message says."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class Completion(BaseModel):
    """A request; parameters of sampling are accepted and change nothing."""

    model_config = ConfigDict(extra="allow")
    model: str = MODEL
    messages: list[Message] = Field(min_length=1, max_length=400)
    stream: bool = False


def completions_application(work: Work, lanes: Lanes) -> FastAPI:
    """The application to mount at `/v1`."""
    app = FastAPI(title="年报助手（OpenAI 兼容）", docs_url=None, redoc_url=None)
    _refuse_as_openai_does(app)

    @app.get("/models")
    def models() -> dict[str, object]:
        """The one model that there is."""
        one = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
        return {"object": "list", "data": [one]}

    @app.post("/chat/completions")
    async def complete(body: Completion, request: Request, who: Who) -> Response:
        """The answer to the last message, whole or as a stream."""
        question, turns = conversation(body.messages)
        who.note("提问", content=question)
        if body.stream:
            stream = _streamed(work, lanes, question, turns)
            return StreamingResponse(stream, media_type="text/event-stream")
        answer = await lanes.asking(lambda: work.answer(question, turns))
        return JSONResponse(_completion(answer))

    return app


def conversation(messages: Sequence[Message]) -> tuple[str, list[Turn]]:
    """The question, which is the last user message, and what was said before it."""
    said = [message for message in messages if message.role in ("user", "assistant")]
    if not said or said[-1].role != "user":
        raise NianbaoError("最后一条消息应当是用户的问题（role 为 user）。")
    turns = [Turn("user" if m.role == "user" else "assistant", m.text) for m in said[:-1]]
    return said[-1].text.strip(), turns


def _completion(answer: Answer) -> Json:
    choice = {"index": 0, "message": _message(answer), "finish_reason": "stop", "logprobs": None}
    usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    return {**_head("chat.completion"), "choices": [choice], "usage": usage}


def _message(answer: Answer) -> Json:
    fields = answer.to_dict()
    return {
        "role": "assistant",
        "content": answer_to_markdown(answer),
        "citations": fields["citations"],
        "nianbao": fields,
    }


async def _streamed(
    work: Work, lanes: Lanes, question: str, turns: Sequence[Turn]
) -> AsyncIterator[str]:
    """The answer as server-sent events.

    What is phrased by a model is verified as a whole, so its words come when the last one stands;
    until then the stream says that it lives.
    """
    head = _head("chat.completion.chunk")
    yield _event(head, {"role": "assistant", "content": ""})
    done: list[Answer] = []
    async with anyio.create_task_group() as tasks:
        finished = anyio.Event()

        async def answer() -> None:
            try:
                done.append(await lanes.asking(lambda: work.answer(question, turns)))
            finally:
                finished.set()

        tasks.start_soon(answer)
        while not finished.is_set():
            with anyio.move_on_after(_SILENCE_S):
                await finished.wait()
            if not finished.is_set():
                yield ": 正在作答\n\n"
    message = _message(done[0])
    for piece in _pieces(str(message["content"])):
        yield _event(head, {"content": piece})
    yield _event(head, {key: message[key] for key in ("citations", "nianbao")}, "stop")
    yield "data: [DONE]\n\n"


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), _PIECE):
        yield text[start : start + _PIECE]


def _event(head: Json, delta: Mapping[str, Any], finish_reason: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}
    return f"data: {json.dumps({**head, 'choices': [choice]}, ensure_ascii=False)}\n\n"


def _head(kind: str) -> Json:
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
    }


def _refuse_as_openai_does(app: FastAPI) -> None:
    @app.exception_handler(NianbaoError)
    def unusable(_: Request, error: NianbaoError) -> JSONResponse:
        return _error(str(error))

    @app.exception_handler(RequestValidationError)
    def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        wrong = "、".join(dict.fromkeys(str(one["loc"][-1]) for one in error.errors()))
        return _error(f"请求不合规，请检查：{wrong}。")


def _error(sentence: str) -> JSONResponse:
    body = {"message": sentence, "type": "invalid_request_error", "param": None, "code": None}
    return JSONResponse({"error": body}, 400)
