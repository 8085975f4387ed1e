"""How many requests each sender has open at once: one of them never takes every connection.

A page holds a stream for as long as it is open, and a slow sender a request for as long as it likes.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from assistant.serving.refusals import Refused

# Some dozens of pages, each with a stream or two and what it is asking for.
MOST_OF_A_USER: Final = 200
# The form to sign in is one request; an office may share an address.
MOST_OF_STRANGERS: Final = 40


class Crowd:
    """The requests that are open now, by who sent them; used on the event loop only."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @contextmanager
    def one_more(self, sender: str, most: int) -> Iterator[None]:
        """Counts a request for the length of the block; raises Refused for one too many."""
        if self._open[sender] >= most:
            raise Refused(429, "同时打开的请求太多，请关掉一些网页再试。", {"retry-after": "5"})
        self._open[sender] += 1
        try:
            yield
        finally:
            self._open[sender] -= 1
            if not self._open[sender]:
                del self._open[sender]
