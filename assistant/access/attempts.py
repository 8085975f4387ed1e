"""How often something was tried lately, by key: what holds guesses back.

A window that slides; nothing is remembered beyond it.
"""

import time
from collections import deque
from collections.abc import Callable, Hashable
from threading import Lock

# Keys beyond this many are forgotten, the oldest first: who floods must not fill the memory.
MOST_KEYS = 20_000


class Attempts:
    """At most `most` attempts for a key in `seconds`."""

    def __init__(
        self, most: int, seconds: float = 60, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._made: dict[Hashable, deque[float]] = {}
        self._lock = Lock()

    def wait(self, key: Hashable) -> float:
        """Seconds until the key may try again; 0 when it may now."""
        with self._lock:
            made = self._recent(key)
            if len(made) < self._most:
                return 0
            return made[-self._most] + self._seconds - self._clock()

    def add(self, key: Hashable) -> None:
        """Counts an attempt."""
        with self._lock:
            made = self._recent(key)
            made.append(self._clock())
            self._made[key] = made
            while len(self._made) > MOST_KEYS:
                del self._made[next(iter(self._made))]

    def take_back(self, key: Hashable) -> None:
        """Uncounts the latest attempt of a key: it was right."""
        with self._lock:
            made = self._recent(key)
            if made:
                made.pop()

    def _recent(self, key: Hashable) -> deque[float]:
        made = self._made.get(key, deque())
        while made and made[0] <= self._clock() - self._seconds:
            made.popleft()
        if not made:
            self._made.pop(key, None)
        return made
