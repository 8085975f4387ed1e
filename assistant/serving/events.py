"""What may pass to the page's own program: which routes, whose sessions, whose files.

Gradio trusts a session's name and a file's path as the browser sends them. Here a session belongs to
who first named it, and a path in an event must lie in the sender's own upload folder.
"""

import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Final
from urllib.parse import parse_qs

from assistant.serving.refusals import Refused

API: Final = "/gradio_api/"
# What the page and Gradio's client use; everything else Gradio offers is not there for anybody.
ROUTES: Final = (
    "queue/join", "queue/data", "upload", "upload_progress", "heartbeat/", "call/", "run/", "api/",
    "cancel", "reset", "info", "openapi.json", "app_id", "startup-events", "theme.css", "file=",
    "login_check", "user",
)  # fmt: skip
# An event carries what its components hold; files do not travel in it.
LARGEST_EVENT_BYTES: Final = 24 * 1024 * 1024
_MOST_SESSIONS = 50_000


def is_route(path: str) -> bool:
    """Whether a path below `/gradio_api/` is one that is needed."""
    return path.removeprefix(API).startswith(ROUTES)


class PageSessions:
    """The sessions of open pages, each with the name of who opened it."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def claim(self, session: str, user: str) -> None:
        """Gives a new session to a user; raises Refused for one that is another's."""
        with self._lock:
            owner = self._owners.setdefault(session, user)
            self._owners.move_to_end(session)
            while len(self._owners) > _MOST_SESSIONS:
                self._owners.popitem(last=False)
        if owner != user:
            raise Refused(403, "这个页面属于另一位使用者，请刷新后重试。")


def sessions_in_address(path: str, query: bytes) -> Sequence[str]:
    """The sessions that the address of a request names.

    All of them: of a parameter given twice Gradio takes the last.
    """
    if path.startswith(f"{API}heartbeat/"):
        return [path.removeprefix(f"{API}heartbeat/").strip("/")]
    return parse_qs(query.decode("latin-1")).get("session_hash", [])


def session_in_event(event: object) -> str:
    """The session that an event names; "" for none."""
    session = event.get("session_hash") if isinstance(event, dict) else None
    return session if isinstance(session, str) else ""


def read_event(body: bytes) -> object:
    """The event as sent; raises Refused for what is no JSON."""
    try:
        return json.loads(body) if body else None
    except (ValueError, RecursionError) as error:
        raise Refused(400, "请求不是合规的 JSON。") from error


def refuse_foreign_files(event: object, own: Path) -> None:
    """Raises Refused when an event names a file outside the sender's own folder."""
    for path in _paths(event):
        if not is_below(path, own):
            raise Refused(403, "请求里的文件不是您上传的，请重新上传。")


def is_below(path: str, folder: Path) -> bool:
    """Whether a path, whatever it looks like, names something below a folder."""
    try:
        return Path(path).is_absolute() and Path(path).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False


def _paths(event: object) -> Iterator[str]:
    """The path of every file object of an event, wherever it stands in it."""
    waiting = [event]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            # Whatever has a path is taken for a file: Gradio's own test asks for no more.
            if isinstance(path := part.get("path"), str) and path:
                yield path
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
