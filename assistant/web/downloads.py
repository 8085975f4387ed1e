"""Downloads as links that carry their content: no temporary file, no address that others can guess.

Pure.
"""

import json
from base64 import b64encode
from html import escape

from ingest.errors import NianbaoError

# A link is base64 within the page: what is larger is fetched otherwise.
_MOST_BYTES = 40_000_000


def download_link(label: str, name: str, media_type: str, content: bytes) -> str:
    """A link that saves `content` under `name`."""
    data = b64encode(content).decode("ascii")
    return (
        f"<a class='nb-download' download='{escape(name)}' "
        f"href='data:{media_type};base64,{data}'>{escape(label)}</a>"
    )


def copy_button(label: str, text: str) -> str:
    """A button that copies `text`; the page's script does the copying."""
    return (
        f"<button class='nb-copy' type='button' data-copy='{escape(text)}'>{escape(label)}</button>"
    )


def link_button(label: str, link: str) -> str:
    """A button that copies the whole address of a link of this page."""
    return (
        f"<button class='nb-copy' type='button' data-link='{escape(link)}'>{escape(label)}</button>"
    )


def json_bytes(content: object) -> bytes:
    """The content as readable JSON in UTF-8."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def immediate_link(name: str, media_type: str, content: bytes) -> str:
    """A link that the page's script follows as soon as it appears.

    Raises NianbaoError for what is too large to be sent through the page.
    """
    if len(content) > _MOST_BYTES:
        raise NianbaoError(
            f"{name} 有 {len(content) // 1_000_000} MB，超过网页下载的上限；请用命令行 nianbao export，"
            "或直接到数据目录里取。"
        )
    return download_link(name, name, media_type, content).replace("<a ", "<a data-now ", 1)
