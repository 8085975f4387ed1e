"""A page whose queue takes one event beside the one that runs, asked six times: prints the answers.

Run as a program of its own: Gradio leaves event loops open, which a test's process must not have.
"""

import json
import sys
import threading
from unittest.mock import patch

import gradio as gr
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from assistant.access.visitor import LOCAL
from assistant.serving import application
from assistant.settings import Settings


def main() -> None:
    """Prints status, headers and body of each answer, a line each."""
    release = threading.Event()

    def slow() -> str:
        release.wait(60)
        return "完"

    with gr.Blocks() as page:
        gr.api(slow, api_name="slow", concurrency_id="ingest")
    app = FastAPI()
    with patch.object(application, "MOST_WAITING", 1):
        application.mount_page(app, page, Settings())

    async def from_this_machine(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["visitor"] = LOCAL
        await app(scope, receive, send)

    with TestClient(from_this_machine) as client:
        for _ in range(6):
            event = {"data": [], "fn_index": 0, "session_hash": "page"}
            answer = client.post("/gradio_api/queue/join", json=event)
            told = [answer.status_code, dict(answer.headers), answer.json()]
            sys.stdout.write(json.dumps(told) + "\n")
        release.set()


if __name__ == "__main__":
    main()
