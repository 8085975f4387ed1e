"""The language model, where there is one: a protocol, and the adapter to any LangChain chat model.

The product works without a model; what a model says is checked by the callers, not here. Kept here:
whatever goes wrong with an endpoint (refused, slow, an error page, garbage, cut off in the middle)
becomes one `ModelUnavailable` whose sentence never carries the key or the endpoint's own text.

LangChain is imported when a model is loaded and not before.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

DEFAULT_TIMEOUT_S = 30.0
# After so many failures in a row the endpoint is not asked for so long.
MOST_FAILURES = 3
REST_S = 60.0
# An answer is a few sentences; a stream that goes on for longer than this repeats itself.
LONGEST_REPLY_CHARACTERS = 20_000
_FINISH_KEYS = ("finish_reason", "stop_reason", "stopReason", "done_reason")
_FINISHED = frozenset({"stop", "end_turn", "stop_sequence", "eos", "completed"})
# Sent where an endpoint is named without a key, so that a key meant for another one never leaves.
_NO_KEY = "no-key"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


class Model(Protocol):
    """Something that answers a conversation in pieces of text."""

    def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        """The reply, piece by piece; raises ModelUnavailable at any point, also in the middle."""
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
        deadline = time.monotonic() + self._timeout_s
        length = 0
        finish = ""
        for chunk in self._chunks(messages):
            if time.monotonic() > deadline:
                raise ModelUnavailable(f"语言模型在{self._timeout_s:g}秒内没有答完。")
            finish = _finish_reason(chunk) or finish
            piece = str(chunk.text)
            length += len(piece)
            if length > LONGEST_REPLY_CHARACTERS:
                raise ModelUnavailable("语言模型的回答过长，未采用。")
            if piece:
                yield piece
        if finish.lower() not in _FINISHED:
            raise ModelUnavailable("语言模型的回答中途断开，未采用。")
        if not length:
            raise ModelUnavailable("语言模型没有回答。")

    def _chunks(self, messages: Sequence[Turn]) -> "Iterator[AIMessageChunk]":
        try:
            yield from self._chat.stream([(turn.role, turn.content) for turn in messages])
        except Exception as error:
            # Every provider has errors of its own, without a common class; theirs may quote the key.
            raise ModelUnavailable(_sentence(error)) from error


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
        from openai import DefaultHttpxClient

        # A redirect could lead into the network that this machine stands in.
        options["http_client"] = DefaultHttpxClient(follow_redirects=False, timeout=timeout_s)
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
        return "语言模型没有在限定时间内应答。"
    if "Connect" in type(error).__name__:
        return "连不上语言模型。"
    return "语言模型返回了无法识别的内容。"
