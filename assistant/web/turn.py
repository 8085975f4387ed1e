"""One question on its way through the page: asked, answered, settled.

A browser may ask on while an earlier question is still being hung up, and Gradio tells of the end of
either in the same way. A turn is settled once, by whoever comes first, and nothing that belongs to
another turn is done to it.
"""

from collections.abc import Callable, Sequence
from threading import Lock

from assistant.web.conversation import Exchange


class Turn:
    """A question, what was said before it, and as much of its answer as there is."""

    def __init__(self, question: str, before: Sequence[Exchange]) -> None:
        self.question = question
        self.before = tuple(before)
        self.exchange: Exchange | None = None
        self.is_answered = False
        self._conversation: str | None = None
        self._is_settled = False
        self._lock = Lock()

    @property
    def exchanges(self) -> list[Exchange]:
        """The conversation with this question's answer, where there is one."""
        return [*self.before, *([self.exchange] if self.exchange else [])]

    @property
    def is_settled(self) -> bool:
        """Whether it is over: its answer goes nowhere any more."""
        return self._is_settled

    def settle(self) -> bool:
        """Ends the turn; whether it was this call that did."""
        with self._lock:
            was_settled, self._is_settled = self._is_settled, True
        return not was_settled

    def keep(self, keep: Callable[[Sequence[Exchange]], str]) -> str:
        """The identifier of the conversation that `keep` put the exchanges in, once."""
        with self._lock:
            if self._conversation is None:
                self._conversation = keep(self.exchanges)
            return self._conversation
