"""The MCP door: five tools that read and never write, over streamable HTTP and over stdio.

Over HTTP a file travels in the call, as base64: a path would name a file of the server. Over stdio
the caller is a program of the same user on the same machine, and names a file by its path.
"""

import binascii
import logging
from base64 import b64decode
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

import anyio
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request

from assistant.access.visitor import LOCAL, Visitor
from assistant.doors.contract_models import TurnIn
from assistant.doors.described import PARAMETERS
from assistant.doors.lanes import Lanes
from assistant.doors.refusals import FAILED, malformed
from assistant.doors.rest import visitor_of
from assistant.doors.uploaded import stored
from assistant.doors.work import Json, Work
from assistant.model import Turn
from ingest.errors import NianbaoError
from vectorstore.judging import display_name

TOOLS: Final = ("ask", "check", "parse", "library", "facts")
_INSTRUCTIONS: Final = (
    "年报助手：政府信息公开工作年度报告的问答、核查与数据。每个数都带出处；"
    "null 是空白、划线或缺行，不是零；标为存疑的数要照样说明。"
)
_READS_ONLY: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

Question = Annotated[str, Field(description=PARAMETERS["question"], max_length=2_000)]
History = Annotated[list[TurnIn], Field(description=PARAMETERS["history"], max_length=200)]
ConceptName = Annotated[str, Field(description=PARAMETERS["concept"], max_length=100)]
Agencies = Annotated[list[str], Field(description=PARAMETERS["agencies"])]
Years = Annotated[list[int], Field(description=PARAMETERS["years"])]
FilePath = Annotated[str, Field(description=PARAMETERS["path"])]
FileName = Annotated[str, Field(description=PARAMETERS["name"], max_length=300)]
Content = Annotated[str, Field(description=PARAMETERS["content"])]
Call: TypeAlias = Context[Any, Any]


class _ChineseServer(MCPServer[Any]):
    """A server that refuses a call in our sentence; the library puts English around or in its place."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """What the library's own gives; see there."""
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError as error:
            raise UnexpectedToolError(FAILED) from error.__cause__
        except ToolError as error:
            # The cause stays: the log names the fields of unfit arguments by it, not their values.
            raise ToolError(_refusal(error.__cause__, name)) from error.__cause__


def _refusal(cause: BaseException | None, tool: str) -> str:
    if isinstance(cause, ValidationError):
        return malformed(cause.errors())
    return str(cause) if cause else f"没有“{tool}”这个工具，可用的是：{'、'.join(TOOLS)}。"


def mcp_server(work: Work, lanes: Lanes) -> MCPServer[Any]:
    """A server with the tools that need no file; the two doors add those that do."""
    server: MCPServer[Any] = _ChineseServer(
        "nianbao", title="年报助手", instructions=_INSTRUCTIONS, log_level="WARNING"
    )

    @server.tool(title="提问", annotations=_READS_ONLY)
    async def ask(
        question: Question,
        call: Call,
        history: History = [],  # noqa: B006
    ) -> dict[str, Any]:
        """向资料库提问；返回回答、数值与逐条出处。"""
        _caller(call).note("提问", content=question)
        turns = [Turn(turn.role, turn.content) for turn in history]
        return dict(await _told(lanes.asking, partial(work.ask, question, turns)))

    @server.tool(title="文库", annotations=_READS_ONLY)
    async def library(call: Call) -> dict[str, Any]:
        """资料库里有哪些单位、哪些年度的年报。"""
        _caller(call).note("看文库")
        return dict(await _told(lanes.asking, work.holdings))

    @server.tool(title="数据", annotations=_READS_ONLY)
    async def facts(
        concept: ConceptName,
        call: Call,
        agencies: Agencies = [],  # noqa: B006
        years: Years = [],  # noqa: B006
    ) -> dict[str, Any]:
        """某一格在每份年报里的值，空白、划线、缺行都如实列出。"""
        _caller(call).note("取数据", concept)
        found = await _told(lanes.asking, partial(work.facts, concept, agencies, years))
        return {"facts": [dict(fact) for fact in found]}

    return server


def add_local_files(server: MCPServer[Any], work: Work, lanes: Lanes) -> None:
    """The tools that read a file of this machine, by its path."""

    @server.tool(title="核查", annotations=_READS_ONLY)
    async def check(path: FilePath) -> dict[str, Any]:
        """核查一份年报：表内勾稽、文表一致、跨年数据，逐条给出依据和改法。"""
        return dict(await _told(lanes.reading, partial(work.check, Path(path))))

    @server.tool(title="解析", annotations=_READS_ONLY)
    async def parse(path: FilePath) -> dict[str, Any]:
        """读取一份年报：单位、年度、六个部分、三张表格，读不准的一一说明。"""
        return dict(await _told(lanes.reading, partial(work.parse, Path(path))))


def add_sent_files(server: MCPServer[Any], work: Work, lanes: Lanes, most_bytes: int) -> None:
    """The tools that read a file which travels in the call."""

    def on(content: str, name: str, read: Callable[[Path], Json]) -> Json:
        try:
            raw = b64decode(content, validate=True)
        except (binascii.Error, ValueError) as error:
            raise NianbaoError("content 不是合规的 base64。") from error
        with stored(name, BytesIO(raw), most_bytes) as path:
            return read(path)

    @server.tool(title="核查", annotations=_READS_ONLY)
    async def check(name: FileName, content: Content, call: Call) -> dict[str, Any]:
        """核查一份年报：表内勾稽、文表一致、跨年数据，逐条给出依据和改法。"""
        _caller(call).note("核查", display_name(name))
        return dict(await _told(lanes.reading, partial(on, content, name, work.check)))

    @server.tool(title="解析", annotations=_READS_ONLY)
    async def parse(name: FileName, content: Content, call: Call) -> dict[str, Any]:
        """读取一份年报：单位、年度、六个部分、三张表格，读不准的一一说明。"""
        _caller(call).note("解析", display_name(name))
        return dict(await _told(lanes.reading, partial(on, content, name, work.parse)))


def mcp_application(server: MCPServer[Any], most_bytes: int) -> Starlette:
    """The streamable HTTP application, at `/mcp`; the gate before it checks hosts and origins."""
    return server.streamable_http_app(
        streamable_http_path="/mcp",
        stateless_http=True,
        json_response=True,
        # base64 is a third longer than what it holds.
        max_request_body_size=most_bytes * 3 // 2,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )


def run_on_stdio(work: Work) -> None:
    """Serves the tools on standard input and output until it ends."""
    # Before the library of the protocol sets up logging in its own way, for everything.
    logging.basicConfig(level=logging.WARNING)
    lanes = Lanes()
    server = mcp_server(work, lanes)
    add_local_files(server, work, lanes)
    anyio.run(server.run_stdio_async)


async def _told(lane: Callable[..., Any], work: Callable[[], Any]) -> Any:
    """What some work gives in its lane; what is told to people becomes the tool's error."""
    try:
        return await lane(work)
    except NianbaoError as error:
        raise ToolError(str(error)) from error


def _caller(call: Call) -> Visitor:
    """Who called, as the gate found; over stdio the one user of this machine, of whom no log is kept."""
    request = call.request_context.request
    return visitor_of(request) if isinstance(request, Request) else LOCAL
