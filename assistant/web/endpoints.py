"""Gradio's own door: named, typed endpoints for `gradio_client`, beside the page's private events.

Every event of the page itself is made private: it serves the page, may change at any time, and takes
what components hold. What stands here is promised.
"""

from pathlib import Path
from typing import Any, Final

import gradio as gr

from assistant.doors.lanes import ASK_AT_ONCE, READ_AT_ONCE
from assistant.doors.work import Work
from assistant.model import Turn
from assistant.web.errors import told
from assistant.web.people import visitor_of

ENDPOINTS: Final = ("ask", "check", "parse", "library", "facts")
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
        turns = [Turn(turn["role"], turn["content"]) for turn in history or ()]  # type: ignore[arg-type]
        return dict(work.ask(question, turns))

    @told
    def library() -> dict[str, Any]:
        """资料库里有哪些单位、哪些年度的年报。"""
        return dict(work.holdings())

    @told
    def facts(
        concept: str,
        agencies: list[str] = [],  # noqa: B006
        years: list[int] = [],  # noqa: B006
    ) -> list[dict[str, Any]]:
        """某一格（如 requests/new/total）在每份年报里的值；不给单位、年度即全部。"""
        return [dict(fact) for fact in work.facts(concept, agencies or (), years or ())]

    return ask, library, facts


def _file_endpoints(work: Work) -> tuple[Any, Any]:
    @told
    def check(file: gr.FileData, request: gr.Request) -> dict[str, Any]:
        """核查一份年报；file 用 gradio_client.handle_file 上传。"""
        visitor_of(request).note("核查")
        return dict(work.check(_path(file)))

    @told
    def parse(file: gr.FileData, request: gr.Request) -> dict[str, Any]:
        """读取一份年报；file 用 gradio_client.handle_file 上传。"""
        visitor_of(request).note("解析")
        return dict(work.parse(_path(file)))

    return check, parse


def _path(file: Any) -> Path:
    return Path(file["path"] if isinstance(file, dict) else file.path)
