import json
import socket
import subprocess
import sys
import time

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from assistant.model import MOST_FAILURES, REST_S, ChatModel, Turn, load_model
from ingest.errors import ModelUnavailable

KEY = "sk-this-key-must-never-be-shown"
ASKED = [Turn("system", "规则"), Turn("user", "问题")]


def chunk(content: str | None = None, finish: str | None = None) -> str:
    delta = {} if content is None else {"role": "assistant", "content": content}
    body = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "stub",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(body)}\n\n"


def serve(server: HTTPServer, body: str | bytes, status: int = 200) -> ChatModel:
    kind = "text/event-stream" if status == 200 else "application/json"
    server.expect_request("/v1/chat/completions", method="POST").respond_with_data(
        body, status=status, content_type=kind
    )
    return load_model("stub", server.url_for("/v1"), KEY, timeout_s=5)


def refusal(model: ChatModel) -> str:
    with pytest.raises(ModelUnavailable) as caught:
        list(model.reply(ASKED))
    sentence = str(caught.value)
    assert KEY not in sentence
    assert "\n" not in sentence
    return sentence


def test_a_reply_comes_in_the_pieces_of_the_stream(httpserver: HTTPServer) -> None:
    body = chunk("公开") + chunk("52条") + chunk("。") + chunk(finish="stop") + "data: [DONE]\n\n"
    model = serve(httpserver, body)
    assert list(filter(None, model.reply(ASKED))) == ["公开", "52条", "。"]
    request = httpserver.log[-1][0]
    sent = json.loads(request.get_data())
    assert sent["messages"] == [
        {"role": "system", "content": "规则"},
        {"role": "user", "content": "问题"},
    ]
    assert sent["stream"] is True
    assert request.headers["Authorization"] == f"Bearer {KEY}"


def test_a_stream_that_is_cut_in_the_middle_is_told_from_a_complete_one(
    httpserver: HTTPServer,
) -> None:
    model = serve(httpserver, chunk("公开") + chunk("52"))
    assert "中途断开" in refusal(model)


def test_a_reply_that_stops_at_the_length_limit_is_incomplete(httpserver: HTTPServer) -> None:
    model = serve(httpserver, chunk("公开") + chunk(finish="length") + "data: [DONE]\n\n")
    assert "中途断开" in refusal(model)


def test_a_tool_call_that_nobody_offered_is_no_answer(httpserver: HTTPServer) -> None:
    model = serve(httpserver, chunk(finish="tool_calls") + "data: [DONE]\n\n")
    refusal(model)


def test_an_empty_reply_is_no_answer(httpserver: HTTPServer) -> None:
    model = serve(httpserver, chunk("") + chunk(finish="stop") + "data: [DONE]\n\n")
    assert "没有回答" in refusal(model)


def test_a_reply_without_end_is_stopped(httpserver: HTTPServer) -> None:
    model = serve(httpserver, chunk("好" * 1000) * 25 + chunk(finish="stop"))
    assert "过长" in refusal(model)


@pytest.mark.parametrize(
    ("status", "words"), [(500, "HTTP 500"), (429, "HTTP 429"), (401, "密钥"), (404, "HTTP 404")]
)
def test_an_error_of_the_endpoint_is_one_sentence(
    httpserver: HTTPServer, status: int, words: str
) -> None:
    body = json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}})
    assert words in refusal(serve(httpserver, body, status))


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>网关错误</body></html>",
        "data: {not json}\n\n",
        'data: {"choices": "x"}\n\n',
        'data: {"error": {"message": "overloaded"}}\n\n',
        "data: 7\n\n",
        b"data: \xe4\xbd\n\n",
        "",
    ],
)
def test_garbage_is_no_answer(httpserver: HTTPServer, body: str | bytes) -> None:
    refusal(serve(httpserver, body))


def test_a_redirect_is_not_followed(httpserver: HTTPServer) -> None:
    def elsewhere(request: Request) -> Response:
        return Response(status=302, headers={"Location": httpserver.url_for("/inside")})

    httpserver.expect_request("/v1/chat/completions").respond_with_handler(elsewhere)
    refusal(load_model("stub", httpserver.url_for("/v1"), KEY, timeout_s=5))
    assert [request.path for request, _ in httpserver.log] == ["/v1/chat/completions"]


def test_a_refused_connection_is_one_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "连不上" in refusal(load_model("stub", f"http://127.0.0.1:{port}/v1", KEY, timeout_s=5))


def test_a_dead_endpoint_is_left_alone_for_a_while_and_then_asked_again(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = serve(httpserver, "", status=500)
    sentences = [refusal(model) for _ in range(MOST_FAILURES + 2)]
    assert "暂停使用" in sentences[-1]
    assert len(httpserver.log) == MOST_FAILURES
    later = time.monotonic() + REST_S + 1
    monkeypatch.setattr("assistant.model.time.monotonic", lambda: later)
    refusal(model)
    assert len(httpserver.log) == MOST_FAILURES + 1


def test_a_slow_endpoint_is_given_up(httpserver: HTTPServer) -> None:
    def slow(request: Request) -> Response:
        time.sleep(1.5)
        return Response("")

    httpserver.expect_request("/v1/chat/completions").respond_with_handler(slow)
    model = load_model("stub", httpserver.url_for("/v1"), KEY, timeout_s=0.2)
    assert "限定时间" in refusal(model)


def test_without_a_key_none_from_elsewhere_is_sent(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    body = chunk("好") + chunk(finish="stop") + "data: [DONE]\n\n"
    httpserver.expect_request("/v1/chat/completions").respond_with_data(
        body, content_type="text/event-stream"
    )
    model = load_model("qwen2.5:7b", httpserver.url_for("/v1"))
    assert "".join(model.reply(ASKED)) == "好"
    request = httpserver.log[-1][0]
    assert KEY not in request.headers["Authorization"]
    assert json.loads(request.get_data())["model"] == "qwen2.5:7b"


@pytest.mark.parametrize("name", ["nobody:model", "没有这个模型", "ollama:llama3"])
def test_a_model_that_cannot_be_set_up_is_one_sentence(name: str) -> None:
    with pytest.raises(ModelUnavailable, match="无法启用"):
        load_model(name, api_key=KEY)


def test_the_module_loads_without_langchain() -> None:
    code = "import sys, assistant.model; print(any('langchain' in name for name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert loaded.stdout.strip() == b"False"
