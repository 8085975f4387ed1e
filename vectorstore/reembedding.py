"""After a change of the model: every chunk embedded anew, some at a time, while questions go on.

Each step takes the writer's lock and gives it back, so that reports can be added in between. What
is embedded stays embedded: whoever comes after a stop or a kill goes on from there. The vectors of
the former model answer until the last of the new ones is made.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event, Lock, Thread

from ingest.errors import NianbaoError
from vectorstore.caches import Caches

logger = logging.getLogger(__name__)


class Reembedding:
    """The way from one model's vectors to another's; `writing` takes the writer's lock."""

    def __init__(
        self,
        caches: Caches,
        writing: Callable[[], AbstractContextManager[None]],
        notify: Callable[[str], None],
    ) -> None:
        self._caches = caches
        self._writing = writing
        self._notify = notify
        self._stopping = Event()
        self._starting = Lock()
        self._thread: Thread | None = None

    def run(self) -> None:
        """Goes all the way, or until it is stopped, and says how far it is at each tenth.

        Raises LibraryError when another process keeps writing.
        """
        whole = left = self._caches.lacking()
        if whole:
            self._notify(f"嵌入模型已更换，正在重新计算 {whole} 段的向量，其间照常回答。")
        tenth = 0
        while left and not self._stopping.is_set():
            with self._writing():
                self._caches.embed_some()
            left = self._caches.lacking()
            if left and 10 * (whole - left) // whole > tenth:
                tenth = 10 * (whole - left) // whole
                bar = "█" * tenth + "░" * (10 - tenth)
                self._notify(f"向量已重新计算 {bar} {tenth}0%（还有 {left} 段）。")
        if not self._stopping.is_set():
            with self._writing():
                self._caches.bring_into_step()

    def start(self) -> None:
        """Goes there in a thread of its own, if it is not under way."""
        with self._starting:
            if self._thread is not None and self._thread.is_alive():
                return
            self._thread = Thread(target=self._run_aside, name="reembedding", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Waits for the step under way and leaves the others for later."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run_aside(self) -> None:
        try:
            self.run()
        except NianbaoError as error:
            logger.info("the vectors are left for later: %s", error)
