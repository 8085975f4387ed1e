"""The OpenAI door: `/v1/chat/completions` and `/v1/models`, for programs that speak that protocol.

The last user message is the question, the others are the conversation. The text carries citation
marks and the list of sources; the field `citations` holds them as the contract does, and `nianbao`
the whole answer. System messages and sampling parameters change nothing: numbers are looked up.

A stream says what is known as soon as it is known: a number at once, passages at once and a model's
phrasing below them, a sentence at a time. Who closes the stream ends the model's reply.
"""

import json
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any, Final, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from assistant.answer import Answer, citation_to_dict
from assistant.doors.lanes import LaneFull, Lanes
from assistant.doors.refusals import malformed, sentence_of
from assistant.doors.rest import Who
from assistant.doors.running_text import RunningText
from assistant.doors.work import Json, Work
from assistant.model import Turn
from assistant.render import answer_to_markdown
from ingest.errors import NianbaoError

MODEL: Final = "nianbao"
# A proxy closes a stream that is silent for long; a comment keeps it open.
_SILENCE_S = 10.0
_USAGE: Final = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


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


class StreamOptions(BaseModel):
    """What a stream says beside the answer."""

    model_config = ConfigDict(extra="allow")
    include_usage: bool = False


class Completion(BaseModel):
    """A request; parameters of sampling are accepted and change nothing."""

    model_config = ConfigDict(extra="allow")
    model: str = MODEL
    messages: list[Message] = Field(min_length=1, max_length=400)
    stream: bool = False
    stream_options: StreamOptions = StreamOptions()

    @field_validator("stream", "stream_options", mode="before")
    @classmethod
    def _unset(cls, given: object, info: ValidationInfo) -> object:
        """What is null is not set, as the protocol has it."""
        return cls.model_fields[str(info.field_name)].default if given is None else given


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
    async def complete(body: Completion, who: Who) -> Response:
        """The answer to the last message, whole or as a stream."""
        question, turns = conversation(body.messages)
        who.note("提问", content=question)
        if body.stream:
            growing = lanes.asking_on(lambda: work.answers(question, turns))
            return EventSourceResponse(
                _streamed(growing, with_usage=body.stream_options.include_usage),
                ping=_SILENCE_S,
                ping_message_factory=lambda: ServerSentEvent(comment="正在作答"),
                sep="\n",
            )
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
    fields = answer.to_dict()
    message = {
        "role": "assistant",
        "content": answer_to_markdown(answer),
        "citations": fields["citations"],
        "nianbao": fields,
    }
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {**_head("chat.completion"), "choices": [choice], "usage": _USAGE}


async def _streamed(growing: AsyncGenerator[Answer], *, with_usage: bool) -> AsyncIterator[str]:
    """The data of each server-sent event: the words as they come, then sources and whole answer."""
    head = _head("chat.completion.chunk")
    yield _chunk(head, {"role": "assistant", "content": ""})
    text = RunningText()
    try:
        async with aclosing(growing) as answers:
            async for answer in answers:
                if more := text.more(answer):
                    yield _chunk(head, {"content": more})
    except NianbaoError as error:
        yield json.dumps(_refusal(error), ensure_ascii=False)
        return
    yield _chunk(head, {"content": text.rest(answer)})
    sources = [citation_to_dict(citation) for citation in text.citations]
    yield _chunk(head, {"citations": sources, "nianbao": answer.to_dict()}, "stop")
    if with_usage:
        yield json.dumps({**head, "choices": [], "usage": _USAGE})
    yield "[DONE]"


def _chunk(head: Json, delta: Mapping[str, Any], finish_reason: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}
    return json.dumps({**head, "choices": [choice]}, ensure_ascii=False)


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
        return JSONResponse(_refusal(error), 429 if isinstance(error, LaneFull) else 400)

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse(_refusal(sentence_of(error)), error.status_code)

    @app.exception_handler(RequestValidationError)
    def unfit(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse(_refusal(malformed(error.errors())), 400)


def _refusal(said: NianbaoError | str) -> Json:
    kind = "rate_limit_error" if isinstance(said, LaneFull) else "invalid_request_error"
    return {"error": {"message": str(said), "type": kind, "param": None, "code": None}}
