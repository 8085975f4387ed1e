"""The page, the doors and the sign-in as one ASGI application behind the gate."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI, Request
from mcp.server import MCPServer
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp

from assistant.access.accounts import Accounts
from assistant.access.audit import AuditLog
from assistant.access.sessions import Sessions
from assistant.doors.completions import completions_application
from assistant.doors.lanes import FULL, MOST_WAITING, Lanes
from assistant.doors.mcp_door import add_sent_files, mcp_application, mcp_server
from assistant.doors.rest import rest_application
from assistant.doors.work import Work
from assistant.model import Model
from assistant.opening import open_accounts
from assistant.serving.gate import Gate
from assistant.serving.headers import LOOPBACK, host_name
from assistant.serving.identity import Identity
from assistant.serving.preloads import name_files
from assistant.serving.signin import sign_in_routes
from assistant.serving.uploads import MEGABYTE, Uploads, upload_routes
from assistant.settings import Settings
from assistant.web.endpoints import describe_endpoints, hide_page_events
from assistant.web.page import STYLES, build, script, theme
from ingest.errors import NianbaoError
from vectorstore.library import Library

_MOST_SESSIONS = 500
# Events of the page that name no lane of their own.
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where the application is served: address, port, and a private folder for uploads."""

    host: str
    port: int
    uploads: Path


def application(library: Library, settings: Settings, model: Model | None, place: Place) -> ASGIApp:
    """The whole application; Gradio must have `place.uploads` as its folder before this is called.

    Raises NianbaoError when it would answer other machines without any account.
    """
    audit = AuditLog(settings.data, with_content=settings.audit_content)
    identity = Identity(accounts_for(settings, place.host), Sessions(), audit)
    uploads = Uploads(
        place.uploads,
        files=settings.upload_files,
        megabytes=settings.upload_megabytes,
        file_megabytes=settings.max_megabytes,
    )
    work, lanes = Work(library, settings, model), Lanes()
    tools = mcp_server(work, lanes)
    add_sent_files(tools, work, lanes, uploads.most_file_bytes)
    app = _with_doors(work, lanes, tools, settings)
    app.include_router(sign_in_routes(identity))
    app.include_router(upload_routes(uploads))
    page = build(library, settings, model)
    mount_page(app, page, settings)
    named = _named_hosts(settings)
    is_local = host_name(place.host) in LOOPBACK
    return Gate(
        app,
        identity,
        uploads,
        hosts=named,
        # On this machine a foreign name that leads here is an attack; elsewhere any name may be right.
        only_hosts=bool(named) or is_local,
        root_path=settings.root_path,
    )


def accounts_for(settings: Settings, host: str) -> Accounts | None:
    """The accounts to sign in with; None where no sign-in is asked for.

    Raises NianbaoError for an address that others reach, themselves or through a proxy, while there
    is no account.
    """
    accounts = open_accounts(settings)
    if accounts is None or accounts.all():
        return accounts
    # A page with a name of its own stands behind a proxy, whatever address it listens at.
    if {host_name(host), *_named_hosts(settings)} <= LOOPBACK:
        return None
    where = f"监听 {host}" if host_name(host) not in LOOPBACK else f"域名为 {settings.hosts}"
    raise NianbaoError(
        f"{where} 时其他机器也能访问，必须先有账号：请运行 nianbao users add 姓名 --role admin；"
        "若前面另有登录把关，可设 NIANBAO_AUTH=off。"
    )


def _named_hosts(settings: Settings) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in settings.hosts.split(",") if name.strip())


def _with_doors(work: Work, lanes: Lanes, tools: MCPServer[Any], settings: Settings) -> FastAPI:
    """The application with the doors for programs, but without the page, which takes what is left."""
    of_tools = mcp_application(tools, settings.max_megabytes * MEGABYTE)

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        async with tools.session_manager.run():
            yield

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=running)
    app.add_api_route("/healthz", _alive)
    app.mount("/api/v1", rest_application(work, settings, lanes))
    app.mount("/v1", completions_application(work, lanes))
    app.router.routes.extend(of_tools.routes)
    return app


def mount_page(app: FastAPI, page: gr.Blocks, settings: Settings) -> None:
    """Puts the page at what the doors leave, with bounds on what waits and on what it remembers."""
    hide_page_events(page)
    describe_endpoints(page)
    # The state of a session takes a third of a megabyte; the longest unused is dropped first.
    page.state_session_capacity = _MOST_SESSIONS
    page.queue(default_concurrency_limit=_AT_ONCE, max_size=MOST_WAITING)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        auth_dependency=_name_of,
        root_path=settings.root_path.rstrip("/") or None,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        max_file_size=f"{settings.max_megabytes}mb",
        theme=theme(),
        css_paths=[*STYLES],
        js=script(),
    )
    name_files(page)
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, gr.routes.App):
            route.app.add_exception_handler(503, _busy)
            route.app.add_exception_handler(404, _nowhere)
    # Unset, Gradio takes any path of this machine for a file that it may hand out.
    page.has_launched = True


def _name_of(request: Request) -> str | None:
    visitor = getattr(request.state, "visitor", None)
    return visitor.name if visitor else None


def _busy(_: Request, __: Exception) -> JSONResponse:
    """What Gradio's queue says when it is full; of a 503 its page would tell in English."""
    return JSONResponse({"detail": FULL}, 429, {"retry-after": "5"})


def _nowhere(_: Request, __: Exception) -> JSONResponse:
    return JSONResponse({"detail": "没有这个地址，请从首页进入。"}, 404)


def _alive() -> PlainTextResponse:
    return PlainTextResponse("ok")
