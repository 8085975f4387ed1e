"""Who is signed in: a cookie that says nothing, and on this side whose it is.

The cookie is chance with a signature; the name stands only here. A session ends by signing out, by
twelve hours of silence, by another password or the removal of the account, and with the process.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from assistant.access.accounts import Account

IDLE_S = 12 * 3600
# A browser that never signs out leaves a session; beyond so many the oldest are ended.
MOST_SESSIONS = 10_000


@dataclass(frozen=True, slots=True)
class Session:
    """A session: whose, when last seen, and the password hash it was begun with."""

    name: str
    seen_at: float
    password: str


class Sessions:
    """The sessions of this process."""

    def __init__(self, idle_s: float = IDLE_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._key = secrets.token_bytes(32)
        self._idle_s = idle_s
        self._clock = clock
        self._kept: dict[str, Session] = {}
        self._lock = Lock()

    def begin(self, account: Account) -> str:
        """Begins a session; returns the cookie's value."""
        name = secrets.token_urlsafe(32)
        with self._lock:
            self._forget_old()
            self._kept[name] = Session(account.name, self._clock(), account.password)
        return f"{name}.{self._signature(name)}"

    def name_of(self, cookie: str) -> str | None:
        """The account's name behind a cookie, None for one that is not (or no longer) known."""
        name = self._genuine(cookie)
        with self._lock:
            session = self._kept.get(name or "")
            if session is None or name is None:
                return None
            now = self._clock()
            if now - session.seen_at > self._idle_s:
                del self._kept[name]
                return None
            self._kept[name] = replace(session, seen_at=now)
            return session.name

    def is_of(self, cookie: str, account: Account) -> bool:
        """Whether the session began with the password that the account has now."""
        name = self._genuine(cookie)
        with self._lock:
            session = self._kept.get(name or "")
        return session is not None and session.password == account.password

    def end(self, cookie: str) -> None:
        """Ends a session, if there is one."""
        name = self._genuine(cookie)
        with self._lock:
            self._kept.pop(name or "", None)

    def _genuine(self, cookie: str) -> str | None:
        name, _, signature = cookie.partition(".")
        is_ours = hmac.compare_digest(signature.encode(), self._signature(name).encode())
        return name if is_ours else None

    def _signature(self, name: str) -> str:
        return hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()

    def _forget_old(self) -> None:
        now = self._clock()
        for name, session in list(self._kept.items()):
            if now - session.seen_at > self._idle_s:
                del self._kept[name]
        while len(self._kept) >= MOST_SESSIONS:
            del self._kept[next(iter(self._kept))]
