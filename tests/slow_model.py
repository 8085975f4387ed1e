"""An endpoint that speaks OpenAI's protocol and quotes what it was given, slowly, a piece at a time.

Asked about `SLOW`, it says one sentence and then nothing until the reader goes.
"""

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PASSAGE = re.compile(r"^\[(\d+)\] [^：]+：(.+?[。；])", re.MULTILINE)
SLOW = "云江市人民政府"
SILENT_S = 30


class _Replies(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = str(body["messages"][-1]["content"])
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        sentences = [f"{words}[{number}]" for number, words in PASSAGE.findall(asked)] or ["收到"]
        for sentence in sentences:
            self._say(sentence + "\n")
            if SLOW in asked:
                self._wait()
        self._say("", "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _wait(self) -> None:
        for _ in range(SILENT_S * 2):
            time.sleep(0.5)
            self._say("")

    def _say(self, text: str, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
        event = {"id": "1", "object": "chat.completion.chunk", "model": "m", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that has gone is what these tests are about."""


@contextmanager
def slow_model() -> Iterator[Mapping[str, str]]:
    """The settings under which the page asks this endpoint."""
    server = _Server(("127.0.0.1", 0), _Replies)
    Thread(target=server.serve_forever, daemon=True).start()
    yield {
        "NIANBAO_MODEL": "openai:m",
        "NIANBAO_BASE_URL": f"http://127.0.0.1:{server.server_port}/v1",
        "NIANBAO_API_KEY": "k",
    }
    server.shutdown()
    server.server_close()
