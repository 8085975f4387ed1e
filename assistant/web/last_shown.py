"""Which answer each page shows now, so that pictures drawn for an earlier one come too late.

Drawing takes a moment, in which the next question may be answered; the queue promises no order.
"""

from collections import OrderedDict
from threading import Lock

import gradio as gr

# Pages of which it is remembered; those of long ago have nothing under way.
_MOST_PAGES = 4096


class LastShown:
    """For each open page, its conversation, how long that is, and the answer looked at."""

    def __init__(self) -> None:
        self._shown: OrderedDict[str, tuple[str, int, int]] = OrderedDict()
        self._lock = Lock()

    def note(self, request: gr.Request, name: str, exchanges: int, index: int) -> None:
        """The page now shows answer `index` of so many in the conversation `name`."""
        with self._lock:
            self._shown[str(request.session_hash)] = (name, exchanges, index)
            self._shown.move_to_end(str(request.session_hash))
            if len(self._shown) > _MOST_PAGES:
                self._shown.popitem(last=False)

    def is_still(self, request: gr.Request, name: str, exchanges: int, index: int) -> bool:
        """Whether it does so still; of a page that is not known, yes."""
        with self._lock:
            shown = self._shown.get(str(request.session_hash))
        return shown is None or shown == (name, exchanges, index)
