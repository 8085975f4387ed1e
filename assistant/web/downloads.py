"""Downloads as links that carry their content: no temporary file, no address that others can guess.

Pure.
"""

import json
from base64 import b64encode
from html import escape


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


def json_bytes(content: object) -> bytes:
    """The content as readable JSON in UTF-8."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
