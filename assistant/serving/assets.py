"""The page's scripts, styles and fonts, answered from memory, compressed once.

A page asks for some hundred small files. Through the framework each costs a thread, a look at the
disk and a compression; here a look into a dictionary. Only files that were in Gradio's two folders
when the program started are served, so that no path leads anywhere else.
"""

import mimetypes
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import brotli  # type: ignore[import-untyped]
from gradio.route_utils import BUILD_PATH_LIB, STATIC_PATH_LIB
from starlette.datastructures import Headers
from starlette.types import Scope, Send

ASSETS: Final = "/assets/"
STATIC: Final = "/static/"
_COMPRESSED: Final = {".js", ".css", ".svg", ".json", ".html", ".map", ".txt"}
# Half of the best quality's gain for a tenth of its time; each file is compressed once.
_QUALITY = 6


class Assets:
    """The files below Gradio's `assets` and `static`, by the path that a page asks for."""

    def __init__(self) -> None:
        self._files = dict(_files())

    def has(self, path: str) -> bool:
        """Whether this path is one of the files."""
        return path in self._files

    async def send(self, name: str, scope: Scope, send: Send) -> None:
        """Answers a GET or HEAD for a path that `has` knows."""
        path = self._files[name]
        as_brotli = path.suffix in _COMPRESSED and _takes_brotli(scope)
        content = _compressed(path) if as_brotli else path.read_bytes()
        headers = dict(_headers(path, len(content), as_brotli))
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        body = content if scope["method"] == "GET" else b""
        await send({"type": "http.response.body", "body": body})


def _files() -> Iterator[tuple[str, Path]]:
    for prefix, folder in ((ASSETS, BUILD_PATH_LIB), (STATIC, STATIC_PATH_LIB)):
        for path in Path(folder).rglob("*"):
            if path.is_file():
                yield f"{prefix}{path.relative_to(folder).as_posix()}", path


def _takes_brotli(scope: Scope) -> bool:
    return "br" in Headers(scope=scope).get("accept-encoding", "")


def _headers(path: Path, length: int, as_brotli: bool) -> Mapping[str, str]:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("javascript", "json"))
    headers = {
        "content-type": f"{kind}; charset=utf-8" if is_text else kind,
        "content-length": str(length),
        "vary": "Accept-Encoding",
    }
    return {**headers, "content-encoding": "br"} if as_brotli else headers


@cache
def _compressed(path: Path) -> bytes:
    return bytes(brotli.compress(path.read_bytes(), quality=_QUALITY))
