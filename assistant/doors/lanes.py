"""How much runs at once: asking, reading files and storing reports stand in queues of their own.

Waiting costs no thread, so that twenty files to check never hold up a question. The page's events
name the same lanes as their `concurrency_id`.
"""

from collections.abc import AsyncGenerator, Callable, Generator
from functools import partial
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

from ingest.errors import NianbaoError

T = TypeVar("T")

# Look-ups take milliseconds; more than a few at once only take turns on the interpreter.
ASK_AT_ONCE: Final = 8
# Reading a file keeps a process of its own busy.
READ_AT_ONCE: Final = 2
# The library has one writer.
STORE_AT_ONCE: Final = 1
# Who comes beyond these is told at once, instead of waiting for minutes.
MOST_WAITING: Final = 256
FULL: Final = "现在排队的人太多，请过一会儿再试。"


class LaneFull(NianbaoError):
    """So many wait in a queue that one more is sent away."""


class Lanes:
    """The queues of one application."""

    def __init__(self) -> None:
        self._asking = CapacityLimiter(ASK_AT_ONCE)
        self._reading = CapacityLimiter(READ_AT_ONCE)
        self._storing = CapacityLimiter(STORE_AT_ONCE)

    async def asking(self, work: Callable[[], T]) -> T:
        """What some quick work gives, in its turn. Raises LaneFull."""
        return await _in_turn(work, self._asking)

    async def asking_on(
        self, work: Callable[[], Generator[T, None, None]]
    ) -> AsyncGenerator[T, None]:
        """What some quick work gives, an item at a time, each in its turn.

        Closing this closes the work, at the latest when its next item is there. Raises LaneFull
        before the first item, never later.
        """
        items = work()
        step = partial(next, items, None)
        try:
            item = await _in_turn(step, self._asking)
            while item is not None:
                yield item
                item = await to_thread.run_sync(step, limiter=self._asking)
        finally:
            items.close()

    async def reading(self, work: Callable[[], T]) -> T:
        """What some work on a file gives, in its turn. Raises LaneFull."""
        return await _in_turn(work, self._reading)

    async def storing(self, work: Callable[[], T]) -> T:
        """What some change of the library gives, in its turn. Raises LaneFull."""
        return await _in_turn(work, self._storing)


async def _in_turn(work: Callable[[], T], lane: CapacityLimiter) -> T:
    if lane.statistics().tasks_waiting >= MOST_WAITING:
        raise LaneFull(FULL)
    return await to_thread.run_sync(work, limiter=lane)
