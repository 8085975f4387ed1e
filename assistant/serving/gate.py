"""The gate before everything: who sends a request, from which page, and whether it may pass.

Plain ASGI, so that streamed answers flow through. Every answer gets the security headers; an event
of the page is read before it is passed on, so that no door and no event is reached unexamined.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Final
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.visitor import Visitor
from assistant.serving.assets import ASSETS, STATIC, Assets
from assistant.serving.crowd import MOST_OF_A_USER, MOST_OF_STRANGERS, Crowd
from assistant.serving.events import (
    API,
    LARGEST_EVENT_BYTES,
    PageSessions,
    is_below,
    is_route,
    read_event,
    refuse_foreign_files,
    session_in_event,
    sessions_in_address,
)
from assistant.serving.headers import (
    FOREIGN_SITES,
    LOOPBACK,
    SECURITY_HEADERS,
    STRICT_TRANSPORT,
    host_name,
    is_foreign,
    without_hearsay,
)
from assistant.serving.identity import Identity, address_of
from assistant.serving.refusals import Refused
from assistant.serving.uploads import Uploads

# What needs no sign-in: the form itself, whether the program lives, and Gradio's own scripts.
OPEN_PATHS: Final = ("/signin", "/healthz", "/favicon.ico", "/robots.txt", "/theme.css")
OPEN_FOLDERS: Final = (ASSETS, STATIC)
# Parts of Gradio outside its API that nothing here uses.
SHUT: Final = ("/login", "/logout", "/monitoring", "/svelte", "/custom_component", "/openapi.json")
# A draft takes this year's tables and last year's report.
_FILES_A_CALL: Final = 2
_SLACK_BYTES: Final = 1024 * 1024
# Scripts and fonts have the version in their name.
_LASTING: Final = "public, max-age=31536000, immutable"


class Gate:
    """The ASGI application behind the gate.

    `hosts` are the names of the page; with `only_hosts` it answers to them and to this machine's own
    names alone.
    """

    def __init__(
        self,
        app: ASGIApp,
        identity: Identity,
        uploads: Uploads,
        *,
        hosts: frozenset[str],
        only_hosts: bool,
        root_path: str,
    ) -> None:
        self._app = app
        self._identity = identity
        self._uploads = uploads
        self._sessions = PageSessions()
        self._assets = Assets()
        self._crowd = Crowd()
        self._hosts = hosts
        self._only_hosts = only_hosts
        self._root_path = root_path.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers it with a refusal."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # Nothing here speaks over web sockets.
            await send({"type": "websocket.close", "code": 1008})
            return
        path = self._place(scope)
        scope["headers"] = without_hearsay(scope["headers"])
        send = _dressed(send, path, is_secure=scope.get("scheme") == "https")
        if scope["method"] in ("GET", "HEAD") and self._assets.has(path):
            # The same for everybody who asks, from whatever page: Gradio's own program files.
            await self._assets.send(path, scope, send)
            return
        try:
            visitor = self._admitted(scope, path)
            with self._counted(scope, visitor):
                receive = await self._examined(scope, receive, path, visitor)
                await self._app(scope, receive, send)
        except Refused as refused:
            await refused.response()(scope, receive, send)
        except _NotSignedIn:
            await self._to_sign_in(scope, path)(scope, receive, send)

    def _place(self, scope: Scope) -> str:
        """The path within the application; a proxy may have taken the prefix off or left it on."""
        path: str = scope["path"]
        if not self._root_path:
            return path
        scope["root_path"] = self._root_path
        if path == self._root_path or path.startswith(f"{self._root_path}/"):
            return path.removeprefix(self._root_path) or "/"
        scope["path"] = self._root_path + path
        return path

    def _admitted(self, scope: Scope, path: str) -> Visitor | None:
        """Who sends the request; None for a stranger at an open path."""
        connection = HTTPConnection(scope)
        self._refuse_strangers(connection, scope["method"])
        visitor = self._identity.visitor(connection)
        if visitor is None and path not in OPEN_PATHS and not path.startswith(OPEN_FOLDERS):
            raise _NotSignedIn
        return visitor

    def _counted(self, scope: Scope, visitor: Visitor | None) -> AbstractContextManager[None]:
        """The request counted among those that its sender has open."""
        if self._identity.accounts is None:
            return nullcontext()
        if visitor is None:
            address = address_of(HTTPConnection(scope))
            return self._crowd.one_more(f"@{address}", MOST_OF_STRANGERS)
        return self._crowd.one_more(visitor.name, MOST_OF_A_USER)

    async def _examined(
        self, scope: Scope, receive: Receive, path: str, visitor: Visitor | None
    ) -> Receive:
        """What the request may be read through; raises Refused for one that may not pass."""
        if visitor is None:
            return _limited(receive, _SLACK_BYTES)
        scope.setdefault("state", {})["visitor"] = visitor
        if path.startswith(SHUT) or (path.startswith(API) and not is_route(path)):
            raise Refused(404, "没有这个地址。")
        if not path.startswith(API):
            return _limited(receive, self._uploads.most_file_bytes)
        return await self._examined_event(scope, receive, path, visitor)

    async def _examined_event(
        self, scope: Scope, receive: Receive, path: str, visitor: Visitor
    ) -> Receive:
        own = self._uploads.folder_of(visitor.name)
        if path.startswith(f"{API}file=") and not is_below(path.removeprefix(f"{API}file="), own):
            raise Refused(403, "这个文件不是您的，或已过期。")
        for session in sessions_in_address(path, scope.get("query_string", b"")):
            self._sessions.claim(session, visitor.name)
        if scope["method"] != "POST" or path.startswith(f"{API}upload"):
            return receive
        body = await _whole(receive)
        event = read_event(body)
        if session := session_in_event(event):
            self._sessions.claim(session, visitor.name)
        refuse_foreign_files(event, own)
        return _again(body, receive)

    def _refuse_strangers(self, connection: HTTPConnection, method: str) -> None:
        host = connection.headers.get("host", "")
        if self._only_hosts and host_name(host) not in self._hosts | LOOPBACK:
            raise Refused(421, "请用正确的网址访问；要用别的域名，请在 NIANBAO_HOSTS 里写明。")
        is_sent_elsewhere = (
            method not in ("GET", "HEAD")
            and connection.headers.get("sec-fetch-site", "") in FOREIGN_SITES
        )
        origin = connection.headers.get("origin", "")
        if is_sent_elsewhere or is_foreign(origin, host, self._hosts):
            raise Refused(403, "不接受来自其他网站的请求。")

    def _to_sign_in(self, scope: Scope, path: str) -> Response:
        """A reader is led to the form and back; a program gets one sentence."""
        accepts = HTTPConnection(scope).headers.get("accept", "")
        if scope["method"] == "GET" and "text/html" in accepts:
            query = scope.get("query_string", b"").decode("latin-1")
            target = quote(f"{path}?{query}" if query else path, safe="")
            return RedirectResponse(f"{self._root_path}/signin?next={target}", 303)
        wanted = {"www-authenticate": "Bearer"}
        return Refused(401, "请先登录；程序请带上令牌（nianbao users token）。", wanted).response()


class _NotSignedIn(Exception):
    """Nobody is signed in where somebody must be."""


def _dressed(send: Send, path: str, *, is_secure: bool) -> Send:
    """The sender, with the security headers put on every answer."""

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                headers[name] = value
            if is_secure:
                headers["strict-transport-security"] = STRICT_TRANSPORT
            if path.startswith(ASSETS) and message["status"] == 200:
                headers["cache-control"] = _LASTING
            elif not path.startswith(OPEN_FOLDERS):
                headers.setdefault("cache-control", "no-store")
        await send(message)

    return dressed


def _limited(receive: Receive, most: int) -> Receive:
    """A receiver that ends the request when its body grows beyond a few files of the largest size."""
    arrived = 0

    async def counted() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > _FILES_A_CALL * most + _SLACK_BYTES:
            raise HTTPException(413, "请求太大，请减少文件。")
        return message

    return counted


async def _whole(receive: Receive) -> bytes:
    """The body of a request; raises Refused for one too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_EVENT_BYTES:
            raise Refused(413, "请求太大。")
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """A receiver that gives a body that was read already, then what comes after it."""
    is_given = False

    async def given() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return given
