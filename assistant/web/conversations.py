"""The conversations of this process, by an unguessable name that only the reader's browser holds."""

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from assistant.asking import Asked

# The oldest conversations are forgotten beyond this many.
MOST_CONVERSATIONS = 500


class Conversations:
    """What was asked and answered, kept over a reload of the page, lost with the process."""

    def __init__(self, most: int = MOST_CONVERSATIONS) -> None:
        self._most = most
        self._kept: OrderedDict[str, tuple[Asked, ...]] = OrderedDict()
        self._lock = Lock()

    def keep(self, name: str, asked: Sequence[Asked]) -> str:
        """Keeps a conversation under its name, under a new one for "", which is returned."""
        name = name or secrets.token_urlsafe(24)
        with self._lock:
            self._kept[name] = tuple(asked)
            self._kept.move_to_end(name)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return name

    def find(self, name: str) -> list[Asked]:
        """The conversation under a name, empty for one that is not known."""
        with self._lock:
            return list(self._kept.get(name, ()))
