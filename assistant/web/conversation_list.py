"""The list of somebody's conversations as HTML: one button each, newest first.

Pure and escaping. A button carries its conversation's identifier.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from html import escape

from assistant.web.conversations import MOST_LISTED, Kept

NO_CONVERSATIONS = (
    "<p class='nb-note'>还没有对话。提问之后，对话自动存在这里，可以改名、搜索、导出。</p>"
)


def listed_to_html(
    kept: Sequence[Kept], current: str = "", wanted: str = "", zone: tzinfo | None = None
) -> str:
    """The list; `current` is the conversation that is shown, `wanted` what was searched for.

    Times are shown in `zone`, by default the server's.
    """
    if not kept:
        words = escape(wanted.strip())
        return f"<p class='nb-note'>没有提到“{words}”的对话。</p>" if words else NO_CONVERSATIONS
    items = "".join(_item(each, each.id == current, zone) for each in kept)
    cut = (
        f"<p class='nb-note'>只列出最近{MOST_LISTED}个，其余的请搜索。</p>"
        if len(kept) == MOST_LISTED
        else ""
    )
    return f"<ul class='nb-conversations' aria-label='历史对话'>{items}</ul>{cut}"


def _item(kept: Kept, is_current: bool, zone: tzinfo | None) -> str:
    when = kept.changed_at.replace(tzinfo=UTC).astimezone(zone)
    mark = " aria-current='true'" if is_current else ""
    return (
        f"<li><button type='button' data-conversation='{escape(kept.id)}'{mark}>"
        f"<span>{escape(kept.title)}</span><time>{_when(when)}</time></button></li>"
    )


def _when(when: datetime) -> str:
    return f"{when.month}月{when.day}日 {when:%H:%M}"
