"""The language model, where there is one: a protocol, and the adapter to any LangChain chat model.

The product works without a model; what a model says is checked by the callers, not here. Kept here:
whatever goes wrong with an endpoint (refused, slow, an error page, garbage, cut off in the middle)
becomes one `ModelUnavailable` whose sentence never carries the key or the endpoint's own text.

The request runs on an event loop in a thread of its own, so that the whole reply has one deadline
whatever trickles in, and so that a reader who stops listening ends the request there and then.
LangChain is imported when a model is loaded and not before.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

DEFAULT_TIMEOUT_S = 30.0
# While nothing comes an empty piece is given this often: a chance for the reader to stop listening.
SILENCE_S = 1.0
# After so many failures in a row the endpoint is not asked for so long.
MOST_FAILURES = 3
REST_S = 60.0
# An answer is a few sentences; a stream that goes on for longer than this repeats itself.
LONGEST_REPLY_CHARACTERS = 20_000
_FINISH_KEYS = ("finish_reason", "stop_reason", "stopReason", "done_reason")
_FINISHED = frozenset({"stop", "end_turn", "stop_sequence", "eos", "completed"})
# Sent where an endpoint is named without a key, so that a key meant for another one never leaves.
_NO_KEY = "no-key"
# A piece of a reply, why there is no more of it, or None at its end.
_Piece: TypeAlias = str | ModelUnavailable | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


class Model(Protocol):
    """Something that answers a conversation in pieces of text."""

    def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        """The reply, piece by piece; raises ModelUnavailable at any point, also in the middle.

        A piece may be empty. Closing the iterator ends the request.
        """
        ...


class ChatModel:
    """A LangChain chat model behind the `Model` protocol."""

    def __init__(self, chat: "BaseChatModel", timeout_s: float = DEFAULT_TIMEOUT_S) -> None:
        self._chat = chat
        self._timeout_s = timeout_s
        self._failures = 0
        self._rests_until = 0.0

    def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        """The reply, piece by piece.

        Raises ModelUnavailable when the endpoint fails, when the whole reply is not there within
        the time, and when the stream ends without saying that it is complete. After some failures
        in a row the endpoint is left alone for a while, so that nobody waits for a dead one.
        """
        if time.monotonic() < self._rests_until:
            raise ModelUnavailable("语言模型接连没有应答，暂停使用片刻。")
        try:
            yield from self._whole_reply(messages)
        except ModelUnavailable:
            self._failures += 1
            if self._failures >= MOST_FAILURES:
                self._failures = 0
                self._rests_until = time.monotonic() + REST_S
            raise
        self._failures = 0

    def _whole_reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        pieces: SimpleQueue[_Piece] = SimpleQueue()
        sending = asyncio.run_coroutine_threadsafe(self._send(messages, pieces), _loop())
        try:
            while (piece := _next(pieces)) is not None:
                yield piece
        finally:
            sending.cancel()

    async def _send(self, messages: Sequence[Turn], pieces: "SimpleQueue[_Piece]") -> None:
        """Puts the pieces of the reply, then None, or why there is no more of it."""
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._stream(messages, pieces)
        except ModelUnavailable as error:
            pieces.put(error)
        except TimeoutError as error:
            pieces.put(ModelUnavailable(_sentence(error)))
        else:
            pieces.put(None)

    async def _stream(self, messages: Sequence[Turn], pieces: "SimpleQueue[_Piece]") -> None:
        length = 0
        finish = ""
        async for chunk in self._chunks(messages):
            finish = _finish_reason(chunk) or finish
            piece = str(chunk.text)
            length += len(piece)
            if length > LONGEST_REPLY_CHARACTERS:
                raise ModelUnavailable("语言模型的回答过长，未采用。")
            if piece:
                pieces.put(piece)
        if finish.lower() not in _FINISHED:
            raise ModelUnavailable("语言模型的回答中途断开，未采用。")
        if not length:
            raise ModelUnavailable("语言模型没有回答。")

    async def _chunks(self, messages: Sequence[Turn]) -> AsyncIterator["AIMessageChunk"]:
        try:
            async for chunk in self._chat.astream([(turn.role, turn.content) for turn in messages]):
                yield chunk
        except Exception as error:
            # Every provider has errors of its own, without a common class; theirs may quote the key.
            raise ModelUnavailable(_sentence(error)) from error


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The loop that all requests run on; its thread ends with the process."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="nianbao-model", daemon=True).start()
    return loop


def _next(pieces: "SimpleQueue[_Piece]") -> str | None:
    """The next piece, "" when none came for a while, None at the end."""
    try:
        piece = pieces.get(timeout=SILENCE_S)
    except Empty:
        return ""
    if isinstance(piece, ModelUnavailable):
        raise piece
    return piece


def load_model(
    name: str, base_url: str = "", api_key: str = "", timeout_s: float = DEFAULT_TIMEOUT_S
) -> ChatModel:
    """The chat model called `name`, written `provider:model` as LangChain's init_chat_model takes it.

    With a `base_url` and no provider written, the endpoint is taken to speak OpenAI's protocol.
    Nothing is sent yet. Raises ModelUnavailable when the model cannot be set up.
    """
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"timeout": timeout_s, "max_retries": 0}
    if base_url:
        options |= {"base_url": base_url, "api_key": api_key or _NO_KEY}
    elif api_key:
        options["api_key"] = api_key
    if base_url and not _names_provider(name):
        name = f"openai:{name}"
    if name.startswith("openai:"):
        from httpx2 import Limits
        from openai import DefaultAsyncHttpxClient

        # A redirect could lead into the network that this machine stands in.
        options["http_async_client"] = DefaultAsyncHttpxClient(
            follow_redirects=False, timeout=timeout_s, limits=Limits(max_keepalive_connections=0)
        )
    try:
        chat = init_chat_model(name, **options)
    except Exception as error:
        raise ModelUnavailable(
            f"语言模型“{name}”无法启用（{type(error).__name__}）：请检查名称（provider:model）、"
            "密钥，以及是否装有相应的 langchain 组件。"
        ) from error
    return ChatModel(chat, timeout_s)


def _names_provider(name: str) -> bool:
    provider, colon, _ = name.partition(":")
    return bool(colon) and provider.replace("_", "").isalpha() and provider.islower()


def _finish_reason(chunk: "AIMessageChunk") -> str:
    metadata = chunk.response_metadata
    return next((str(metadata[key]) for key in _FINISH_KEYS if metadata.get(key)), "")


def _sentence(error: Exception) -> str:
    status = getattr(error, "status_code", None)
    if status in (401, 403):
        return "语言模型拒绝了密钥。"
    if isinstance(status, int):
        return f"语言模型返回错误（HTTP {status}）。"
    if "Timeout" in type(error).__name__:
        return "语言模型没有在限定时间内答完。"
    if "Connect" in type(error).__name__:
        return "连不上语言模型。"
    return "语言模型返回了无法识别的内容。"
