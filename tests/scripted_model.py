"""Models for tests: one that says what it is told, one that obeys what it reads, one that fails."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.model import Turn
from ingest.errors import ModelUnavailable


@dataclass
class ScriptedModel:
    """Replies with `replies` in turn, in pieces of a few characters, and keeps what it was sent."""

    replies: list[str]
    asked: list[Sequence[Turn]] = field(default_factory=list)

    def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        self.asked.append(messages)
        text = self.replies.pop(0)
        for start in range(0, len(text), 7):
            yield text[start : start + 7]


@dataclass
class ObedientModel:
    """The worst model: it does what any sentence in its prompt orders, wherever that stands."""

    orders: int = 0

    def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        text = "\n".join(turn.content for turn in messages)
        orders: list[str] = re.findall(r"忽略以上[^，。]*，(?:只)?(?:回答|输出)“?([^”。\n]+)", text)
        self.orders += len(orders)
        yield "。".join(orders) + "。" if orders else "材料未载明。"


@dataclass
class FailingModel:
    """Says `before`, then fails."""

    before: str = ""

    def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        if self.before:
            yield self.before
        raise ModelUnavailable("语言模型的回答中途断开，未采用。")
