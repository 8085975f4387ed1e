"""Reports uploaded into a conversation: a small library each, beside the big one and never in it.

A conversation's uploads are a library of their own, so that every kind of question is answered from
them just as from the reports that are kept. They live in a folder named after the conversation's
identifier, which cannot be guessed, and go with the conversation.
"""

import re
import shutil
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from assistant.opening import open_library
from assistant.settings import Settings
from ingest.errors import LibraryError, NianbaoError
from ingest.report import Report
from vectorstore.library import Library

FOLDER = "uploads"
# Each open library holds a few megabytes and a lock; what is closed opens again within 0.1 s.
MOST_OPEN = 16
MOST_FILES = 5

_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Uploads:
    """The uploaded reports of every conversation, under one folder."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self._open: OrderedDict[str, Library] = OrderedDict()
        self._lock = Lock()

    def add(self, conversation: str, path: Path) -> Report:
        """Reads a file for a conversation; raises what reading raises, and for one file too many."""
        library = self._opened(conversation)
        if len(library.entries()) >= MOST_FILES:
            raise NianbaoError(
                f"一次对话最多带{MOST_FILES}份文件：请先移除，或新开一个对话，或把年报存入文库。"
            )
        return library.add(path)

    def library(self, conversation: str) -> Library | None:
        """The library of a conversation's uploads, None when nothing was uploaded."""
        if not _IDENTIFIER.fullmatch(conversation) or not self._place(conversation).is_dir():
            return None
        library = self._opened(conversation)
        return library if library.entries() else None

    def remove(self, conversation: str) -> None:
        """Removes what was uploaded into a conversation."""
        with self._lock:
            library = self._open.pop(conversation, None)
            if library:
                library.close()
        if _IDENTIFIER.fullmatch(conversation):
            shutil.rmtree(self._place(conversation), ignore_errors=True)

    def close(self) -> None:
        """Closes every library that is open."""
        with self._lock:
            for library in self._open.values():
                library.close()
            self._open.clear()

    def _opened(self, conversation: str) -> Library:
        if not _IDENTIFIER.fullmatch(conversation):
            raise LibraryError("没有这个对话，请新开一个对话再上传。")
        with self._lock:
            library = self._open.pop(conversation, None) or self._made(conversation)
            self._open[conversation] = library
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)[1].close()
        return library

    def _made(self, conversation: str) -> Library:
        own = {"data": self._place(conversation), "database": None, "chroma": None}
        return open_library(self._settings.model_copy(update=own), lambda _: None)

    def _place(self, conversation: str) -> Path:
        return self._folder / FOLDER / conversation
