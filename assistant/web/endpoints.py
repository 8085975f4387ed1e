"""Gradio's own door: named, typed endpoints for `gradio_client`, beside the page's private events.

Every event of the page itself is made private: it serves the page, may change at any time, and takes
what components hold. What stands here is promised.
"""

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import gradio as gr
from gradio_client.utils import python_type_to_json_schema  # type: ignore[import-untyped]
from pydantic import TypeAdapter, ValidationError

from assistant.doors.contract_models import (
    AskOut,
    CheckOut,
    FactOut,
    LibraryOut,
    ReportOut,
    TurnIn,
)
from assistant.doors.described import PARAMETERS
from assistant.doors.lanes import ASK_AT_ONCE, READ_AT_ONCE
from assistant.doors.work import Work
from assistant.model import Turn
from assistant.web.errors import told
from assistant.web.people import visitor_of
from ingest.errors import NianbaoError
from vectorstore.judging import display_name

_TURNS: Final = TypeAdapter(list[TurnIn])

ENDPOINTS: Final = ("ask", "check", "parse", "library", "facts")
_RESULTS: Final[Mapping[str, type]] = {
    "ask": AskOut,
    "check": CheckOut,
    "parse": ReportOut,
    "library": LibraryOut,
    "facts": list[FactOut],
}
# The page's queues by `concurrency_id`: none waits for another. The library has one writer.
LANES: Final = {
    "ask": ASK_AT_ONCE,
    "check": READ_AT_ONCE,
    "draft": READ_AT_ONCE,
    "ingest": 1,
}


def add_endpoints(work: Work) -> None:
    """Adds the endpoints to the Blocks under construction."""
    asking = {"concurrency_id": "ask", "concurrency_limit": ASK_AT_ONCE}
    reading = {"concurrency_id": "check", "concurrency_limit": READ_AT_ONCE}
    ask, library, facts = _reading_endpoints(work)
    check, parse = _file_endpoints(work)
    gr.api(ask, api_name="ask", **asking)
    gr.api(library, api_name="library", **asking)
    gr.api(facts, api_name="facts", **asking)
    gr.api(check, api_name="check", **reading)
    gr.api(parse, api_name="parse", **reading)


def describe_endpoints(page: gr.Blocks) -> None:
    """Gives each endpoint's parameters their meaning and its result the contract's type.

    Gradio calls them "1st", "2nd", and knows of a result only that it is an object.
    """
    for event in page.fns.values():
        if event.api_name not in ENDPOINTS:
            continue
        names = [name for name in inspect.signature(event.fn).parameters if name in PARAMETERS]
        for name, parameter in zip(names, event.inputs, strict=True):
            parameter.api_info()["description"] = PARAMETERS[name]
        [result] = event.outputs
        result.api_info().update(python_type_to_json_schema(_RESULTS[str(event.api_name)]))


def hide_page_events(page: gr.Blocks) -> None:
    """Makes every event of a page but the endpoints private, and lets each lane run its share."""
    for event in page.fns.values():
        event.concurrency_limit = LANES.get(event.concurrency_id, event.concurrency_limit)
        if event.api_name not in ENDPOINTS:
            event.api_visibility = "private"


def _reading_endpoints(work: Work) -> tuple[Any, Any, Any]:
    @told
    def ask(
        question: str,
        request: gr.Request,
        history: list[dict[str, str]] = [],  # noqa: B006 - Gradio shows it as the default
    ) -> dict[str, Any]:
        """向资料库提问；history 为此前的对话 [{role, content}]，旧的在前。"""
        visitor_of(request).note("提问", content=question)
        turns = [Turn(turn.role, turn.content) for turn in _conversation(history)]
        return dict(work.ask(question, turns))

    @told
    def library(request: gr.Request) -> dict[str, Any]:
        """资料库里有哪些单位、哪些年度的年报。"""
        visitor_of(request).note("看文库")
        return dict(work.holdings())

    @told
    def facts(
        concept: str,
        request: gr.Request,
        agencies: list[str] = [],  # noqa: B006
        years: list[int] = [],  # noqa: B006
    ) -> list[dict[str, Any]]:
        """某一格（如 requests/new/total）在每份年报里的值；不给单位、年度即全部。"""
        visitor_of(request).note("取数据", concept)
        return [dict(fact) for fact in work.facts(concept, agencies or (), years or ())]

    return ask, library, facts


def _file_endpoints(work: Work) -> tuple[Any, Any]:
    @told
    def check(file: gr.FileData, request: gr.Request) -> dict[str, Any]:
        """核查一份年报；file 用 gradio_client.handle_file 上传。"""
        visitor_of(request).note("核查", _name(file))
        return dict(work.check(_path(file)))

    @told
    def parse(file: gr.FileData, request: gr.Request) -> dict[str, Any]:
        """读取一份年报；file 用 gradio_client.handle_file 上传。"""
        visitor_of(request).note("解析", _name(file))
        return dict(work.parse(_path(file)))

    return check, parse


def _conversation(history: object) -> list[TurnIn]:
    try:
        return _TURNS.validate_python(history or [])
    except ValidationError as error:
        raise NianbaoError(f"history 不合规，应当写作：{PARAMETERS['history']}。") from error


def _name(file: Any) -> str:
    named = file.get("orig_name") if isinstance(file, dict) else file.orig_name
    return display_name(named or _path(file).name)


def _path(file: Any) -> Path:
    return Path(file["path"] if isinstance(file, dict) else file.path)
