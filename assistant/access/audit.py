"""The log of what was done: one JSON object a line, who, when, from where, what.

It says that somebody asked, never what they asked, unless `with_content` is set. The file is
readable for its owner only, and only ever grows at its end.
"""

import json
import logging
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

logger = logging.getLogger(__name__)

FILE_NAME = "audit.jsonl"


class AuditLog:
    """Lines of what was done, in `audit.jsonl` of a folder."""

    def __init__(self, folder: Path, *, with_content: bool = False) -> None:
        self._path = folder / FILE_NAME
        self._with_content = with_content
        self._lock = Lock()

    def write(
        self, user: str, action: str, *, detail: str = "", content: str = "", address: str = ""
    ) -> None:
        """Adds a line; `content`, what was asked or written, is left out unless it was set.

        A full disk stops nobody's work: the line is lost, and the program's log says so.
        """
        line = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "user": user,
            "address": address,
            "action": action,
            "detail": detail,
        }
        if content and self._with_content:
            line["content"] = content
        try:
            self._append(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError:
            logger.exception("the audit log could not be written")

    def last(self, count: int) -> list[Mapping[str, str]]:
        """The last lines, newest first; a line that is damaged is passed over."""
        if not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        return list(_readable(reversed(lines)))[:count]

    def _append(self, line: str) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        with self._lock, os.fdopen(os.open(self._path, flags, 0o600), "a", encoding="utf-8") as out:
            out.write(line)


def _readable(lines: Iterator[str]) -> Iterator[Mapping[str, str]]:
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:
            continue
