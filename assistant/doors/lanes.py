"""How much runs at once: asking, reading files and taking in stand in queues of their own.

Waiting costs no thread, so that twenty files to check never hold up a question. The page's events
name the same lanes as their `concurrency_id`.
"""

from collections.abc import AsyncGenerator, Callable, Generator
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

T = TypeVar("T")

# Look-ups take milliseconds; more than a few at once only take turns on the interpreter.
ASK_AT_ONCE: Final = 8
# Reading a file keeps a process of its own busy.
READ_AT_ONCE: Final = 2


class Lanes:
    """The queues of one application."""

    def __init__(self) -> None:
        self._asking = CapacityLimiter(ASK_AT_ONCE)
        self._reading = CapacityLimiter(READ_AT_ONCE)

    async def asking(self, work: Callable[[], T]) -> T:
        """What some quick work gives, in its turn."""
        return await to_thread.run_sync(work, limiter=self._asking)

    async def asking_on(
        self, work: Callable[[], Generator[T, None, None]]
    ) -> AsyncGenerator[T, None]:
        """What some quick work gives, an item at a time, each in its turn.

        Closing this closes the work, at the latest when its next item is there.
        """
        items = work()
        try:
            while (
                item := await to_thread.run_sync(next, items, None, limiter=self._asking)
            ) is not None:
                yield item
        finally:
            items.close()

    async def reading(self, work: Callable[[], T]) -> T:
        """What some work on a file gives, in its turn."""
        return await to_thread.run_sync(work, limiter=self._reading)
