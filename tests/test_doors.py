"""Every door answers its real client, over a server that really runs, with the contract's JSON."""

import asyncio
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from gradio_client import Client, handle_file  # type: ignore[import-untyped]
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from pydantic import BaseModel

from assistant.access.accounts import FILE_NAME, Accounts
from assistant.access.roles import Role
from assistant.doors.contract_models import (
    AskOut,
    CheckOut,
    DraftOut,
    FactOut,
    LibraryOut,
    ReportOut,
)
from assistant.doors.langchain_tools import ReportLoader, langchain_tools
from assistant.doors.mcp_door import TOOLS
from assistant.doors.work import Work
from assistant.model import Turn
from assistant.settings import Settings
from assistant.web.endpoints import ENDPOINTS
from ingest import samples
from tests.command_line import run
from tests.served_library import FEW, served_library
from vectorstore.library import Library

QUESTION = "云江市青槐区教育局2024年新收到多少件申请？"
FOLLOW_UP = "上年结转的呢？"
CONCEPT = "requests/new/total"
PASSWORD = "青山不改，绿水长流 2026"
JSON = {"content-type": "application/json"}
CHINESE = re.compile("[一-龥]")
SAMPLE = next(path for path in samples.paths() if path.name == "education-2024.docx")
LAST_YEAR = next(path for path in samples.paths() if path.name == "education-2023.md")


class Served(BaseModel):
    """A running application and the tokens of its accounts."""

    address: str
    data: Path
    tokens: dict[str, str]

    def headers(self, role: str = "reader") -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens[role]}"}

    def client(self, role: str = "reader") -> httpx.Client:
        return httpx.Client(base_url=self.address, headers=self.headers(role), timeout=60)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("doors") / "data"
    accounts = Accounts(data / FILE_NAME)
    for role in Role:
        accounts.add(role, role, PASSWORD)
    tokens = {role.value: accounts.make_token(role) for role in Role}
    with served_library(data) as address:
        yield Served(address=address, data=data, tokens=tokens)


@pytest.fixture
def rest(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client


def plain(value: object) -> Any:
    """As JSON gives it back: lists for tuples."""
    return json.loads(json.dumps(value, ensure_ascii=False))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What the command line prints for the same request."""
    [line] = run(capsys, *arguments, "--json").lines
    return line


# --- REST -----------------------------------------------------------------------------------------


def test_rest_answers_what_the_command_line_prints(
    rest: httpx.Client, served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = rest.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert answer["status"] == "answered" and answer["values"][0]["value"] == 5
    assert AskOut.model_validate(answer)
    with Library(served.data) as library:
        assert answer == plain(Work(library, Settings()).ask(QUESTION))
    report = rest.post("/api/v1/parse", files={"file": (SAMPLE.name, SAMPLE.read_bytes())}).json()
    assert report == printed(capsys, "parse", str(SAMPLE))
    assert ReportOut.model_validate(report)


def test_rest_asks_on_after_a_conversation(rest: httpx.Client) -> None:
    history = [
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": "云江市青槐区教育局2024年新收政府信息公开申请5件。"},
    ]
    answer = rest.post("/api/v1/ask", json={"question": FOLLOW_UP, "history": history}).json()
    assert {value["agency"] for value in answer["values"]} == {"云江市青槐区教育局"}


def test_rest_checks_with_last_year_s_report_from_the_library(rest: httpx.Client) -> None:
    check = rest.post("/api/v1/check", files={"file": (SAMPLE.name, SAMPLE.read_bytes())}).json()
    assert CheckOut.model_validate(check)
    across_years = [verdict for rule, verdict in check["checked"].items() if rule.startswith("Y")]
    assert "pass" in across_years or "fail" in across_years


def test_rest_drafts_from_tables_and_last_year(rest: httpx.Client) -> None:
    draft = rest.post(
        "/api/v1/draft",
        data={"agency": "云江市青槐区教育局", "year": 2024, "section": ["1"]},
        files={
            "tables": (SAMPLE.name, SAMPLE.read_bytes()),
            "last_year": (LAST_YEAR.name, LAST_YEAR.read_bytes()),
        },
    ).json()
    assert DraftOut.model_validate(draft)
    assert [section["number"] for section in draft["sections"]] == [1] and draft["numbers"]


def test_rest_lists_the_library_and_a_cell_of_every_report(rest: httpx.Client) -> None:
    library = rest.get("/api/v1/library").json()
    assert LibraryOut.model_validate(library) and len(library["reports"]) == len(FEW)
    facts = rest.get("/api/v1/facts", params={"concept": CONCEPT, "year": 2024}).json()
    assert all(FactOut.model_validate(fact) for fact in facts)
    assert {fact["year"] for fact in facts} == {2024} and len(facts) == 2


@pytest.mark.parametrize(
    ("call", "status", "said"),
    [
        (lambda c: c.get("/api/v1/facts", params={"concept": "a/b/c"}), 422, "没有“a/b/c”"),
        (lambda c: c.post("/api/v1/ask", json={}), 422, "question"),
        (lambda c: c.post("/api/v1/ask", content=b"{"), 422, "请求不合规"),
        (lambda c: c.post("/api/v1/check", files={"file": ("信.txt", b"x")}), 422, "信.txt"),
        (lambda c: c.post("/api/v1/check"), 422, "file"),
        (lambda c: c.delete("/api/v1/library/nothing"), 403, "不能移除年报"),
        (lambda c: c.post("/api/v1/library", files={"file": ("a.txt", b"x")}), 403, "存入年报"),
        (lambda c: c.get("/api/v1/audit"), 403, "操作记录"),
        (lambda c: c.get("/api/v1/nothing"), 404, "没有这个地址"),
        (lambda c: c.put("/api/v1/ask"), 405, "不接受这种方法"),
        (lambda c: c.post("/api/v1/ask", content=b"[" * 200_000, headers=JSON), 400, "请求不合规"),
        (lambda c: c.post("/api/v1/ask", json={"question": "问" * 2_001}), 422, "question"),
        (lambda c: c.post("/v1/chat/completions", json={"messages": []}), 400, "messages"),
        (lambda c: c.get("/v1/nothing"), 404, "没有这个地址"),
    ],
)  # fmt: skip
def test_rest_refuses_in_one_chinese_sentence(
    rest: httpx.Client, call: Any, status: int, said: str
) -> None:
    answer = call(rest)
    assert answer.status_code == status
    body = answer.json()
    sentence = body["detail"] if "detail" in body else body["error"]["message"]
    assert said in sentence and sentence.endswith("。") and "\n" not in sentence


def test_rest_lets_an_editor_take_in_and_remove_and_an_admin_see_who_did(served: Served) -> None:
    water = next(path for path in samples.paths() if path.name == "water-2024.md")
    with served.client("editor") as editor, served.client("admin") as admin:
        sent = {"file": (water.name, water.read_bytes())}
        taken = editor.post("/api/v1/library", files=sent).json()
        assert taken["status"] == "added" and taken["source"] == water.name
        assert editor.delete(f"/api/v1/library/{taken['report']}").status_code == 204
        missing = editor.delete("/api/v1/library/nothing")
        assert missing.status_code == 404 and "nothing" in missing.json()["detail"]
        lines = admin.get("/api/v1/audit").json()
        assert {"editor", "reader"} & {line["user"] for line in lines}
        assert [line["action"] for line in lines if line["user"] == "editor"][-1] == "存入年报"
        assert QUESTION not in json.dumps(lines, ensure_ascii=False)


def test_rest_describes_itself(rest: httpx.Client) -> None:
    document = rest.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    assert {"/ask", "/check", "/draft", "/parse", "/library", "/facts"} <= set(document["paths"])
    answered = document["paths"]["/ask"]["post"]["responses"]["200"]["content"]
    assert answered["application/json"]["schema"]["$ref"].endswith("AskOut")


def test_the_rest_document_says_everything_in_chinese_and_with_examples(
    rest: httpx.Client,
) -> None:
    document = rest.get("/api/v1/openapi.json").json()
    for operations in document["paths"].values():
        for operation in operations.values():
            assert CHINESE.search(operation["summary"])
            assert CHINESE.search(operation["description"])
            assert all(CHINESE.search(r["description"]) for r in operation["responses"].values())
            for parameter in operation.get("parameters", ()):
                assert CHINESE.search(parameter["description"]) and "example" in str(parameter)
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        asked = name.startswith(("Body_", "AskIn"))
        assert asked or CHINESE.search(schema["description"])
        for meaning in schema["properties"].values() if asked else ():
            assert CHINESE.search(meaning["description"])


@pytest.mark.parametrize("type_", [AskOut, CheckOut, DraftOut, FactOut, LibraryOut, ReportOut])
def test_the_examples_of_the_rest_document_keep_the_contract(type_: type[BaseModel]) -> None:
    [example] = type_.model_json_schema()["examples"]
    assert type_.model_validate(example)


@pytest.mark.parametrize("name", ["../../../etc/passwd.docx", "/etc/passwd.docx", "..\\a.docx"])
def test_the_name_of_a_sent_file_leads_nowhere(rest: httpx.Client, name: str) -> None:
    sent = {"file": (name, SAMPLE.read_bytes())}
    source = rest.post("/api/v1/parse", files=sent).json()["source"]
    assert source in {"passwd.docx", "a.docx"}


@pytest.mark.parametrize("token", ["", "Bearer nb_wrong", "Basic eDp5", "Bearer"])
@pytest.mark.parametrize("path", ["/api/v1/library", "/v1/models", "/mcp", "/config"])
def test_no_door_opens_without_a_token(served: Served, path: str, token: str) -> None:
    answer = httpx.get(served.address + path, headers={"authorization": token})
    assert answer.status_code == 401 and "令牌" in answer.json()["detail"]


def test_a_dropped_token_opens_nothing(served: Served) -> None:
    accounts = Accounts(served.data / FILE_NAME)
    accounts.add("离职", Role.READER, PASSWORD)
    headers = {"authorization": f"Bearer {accounts.make_token('离职')}"}
    assert httpx.get(f"{served.address}/v1/models", headers=headers).status_code == 200
    accounts.drop_tokens("离职")
    assert httpx.get(f"{served.address}/v1/models", headers=headers).status_code == 401
    assert "nb_" not in (served.data / FILE_NAME).read_text(encoding="utf-8")


# --- OpenAI ---------------------------------------------------------------------------------------


@pytest.fixture
def openai_client(served: Served) -> Iterator[openai.OpenAI]:
    token = served.tokens["reader"]
    with openai.OpenAI(base_url=f"{served.address}/v1", api_key=token, max_retries=0) as client:
        yield client


def test_the_openai_client_gets_an_answer_with_citations(openai_client: openai.OpenAI) -> None:
    assert [model.id for model in openai_client.models.list()] == ["nianbao"]
    completion = openai_client.chat.completions.create(
        model="nianbao",
        messages=[
            {"role": "system", "content": "只说英文。"},
            {"role": "user", "content": QUESTION},
        ],
    )
    message = completion.choices[0].message
    assert message.content and "5" in message.content and "[1]" in message.content
    assert message.model_extra and message.model_extra["citations"][0]["row"] == "new"
    assert AskOut.model_validate(message.model_extra["nianbao"])


def test_the_openai_client_can_stream_and_go_on_asking(openai_client: openai.OpenAI) -> None:
    stream = openai_client.chat.completions.create(
        model="nianbao",
        stream=True,
        messages=[
            {"role": "user", "content": QUESTION},
            {"role": "assistant", "content": "云江市青槐区教育局2024年新收5件。"},
            {"role": "user", "content": [{"type": "text", "text": FOLLOW_UP}]},
        ],
    )
    chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert "云江市青槐区教育局" in text and "结转" in text
    last = chunks[-1].choices[0]
    assert last.finish_reason == "stop"
    assert last.delta.model_extra and last.delta.model_extra["citations"]


def test_the_openai_client_is_told_what_is_wrong_in_its_own_way(
    openai_client: openai.OpenAI,
) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        openai_client.chat.completions.create(
            model="nianbao", messages=[{"role": "assistant", "content": "你好"}]
        )
    assert "最后一条消息" in str(caught.value)


# --- MCP ------------------------------------------------------------------------------------------


async def _used(session: ClientSession, calls: list[tuple[str, dict[str, Any]]]) -> list[Any]:
    await session.initialize()
    tools = (await session.list_tools()).tools
    assert {tool.name for tool in tools} == set(TOOLS)
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
    return [await session.call_tool(name, arguments) for name, arguments in calls]


def test_the_mcp_client_uses_the_tools_over_http(served: Served) -> None:
    sent = {"name": SAMPLE.name, "content": b64encode(SAMPLE.read_bytes()).decode()}
    calls: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"question": QUESTION}),
        ("check", sent),
        ("parse", sent),
        ("library", {}),
        ("facts", {"concept": CONCEPT, "years": [2024]}),
        ("facts", {"concept": "x"}),
    ]

    async def use() -> list[Any]:
        async with (
            httpx_client(served) as client,
            streamable_http_client(f"{served.address}/mcp", http_client=client) as (read, write),
            ClientSession(read, write) as session,
        ):
            return await _used(session, calls)

    ask, check, parse, library, facts, wrong = asyncio.run(use())
    assert AskOut.model_validate(ask.structured_content).values[0].value == 5
    assert CheckOut.model_validate(check.structured_content).source == SAMPLE.name
    assert ReportOut.model_validate(parse.structured_content).year == 2024
    assert LibraryOut.model_validate(library.structured_content)
    assert len(facts.structured_content["facts"]) == 2
    assert wrong.is_error and "没有“x”这个指标" in wrong.content[0].text
    with served.client("admin") as admin:
        noted = [(line["user"], line["action"]) for line in admin.get("/api/v1/audit").json()]
    assert {("reader", "提问"), ("reader", "核查"), ("reader", "解析"), ("reader", "看文库"),
            ("reader", "取数据")} <= set(noted)  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {}, "请求不合规，请检查：question。"),
        ("facts", {"concept": CONCEPT, "years": "去年"}, "请求不合规，请检查：years。"),
        ("parse", {"name": "a.txt", "content": "不是"}, "content 不是合规的 base64。"),
        ("draft", {}, "没有“draft”这个工具，可用的是：ask、check、parse、library、facts。"),
    ],
)
def test_the_mcp_tools_refuse_in_one_chinese_sentence(
    served: Served, tool: str, arguments: dict[str, Any], said: str
) -> None:
    call = {"name": tool, "arguments": arguments}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    kinds = {"accept": "application/json, text/event-stream"}
    with served.client() as client:
        result = client.post("/mcp", json=body, headers=kinds).json()["result"]
    assert result["isError"] and result["content"][0]["text"] == said


def test_the_mcp_tools_say_what_they_take(served: Served) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    kinds = {"accept": "application/json, text/event-stream"}
    with served.client() as client:
        tools = client.post("/mcp", json=body, headers=kinds).json()["result"]["tools"]
    for tool in tools:
        assert CHINESE.search(tool["description"])
        for parameter in tool["inputSchema"]["properties"].values():
            assert CHINESE.search(parameter["description"])


def httpx_client(served: Served) -> Any:
    from httpx2 import AsyncClient

    return AsyncClient(headers=served.headers(), timeout=60)


def test_the_mcp_client_uses_the_tools_over_stdio(served: Served, tmp_path: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "assistant", "mcp", "--data", str(served.data)]
    )
    calls: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"question": QUESTION}),
        ("check", {"path": str(SAMPLE)}),
    ]

    async def use() -> list[Any]:
        with (tmp_path / "log").open("w") as log:
            async with (
                stdio_client(server, errlog=log) as (read, write),
                ClientSession(read, write) as session,
            ):
                return await _used(session, calls)

    ask, check = asyncio.run(use())
    assert AskOut.model_validate(ask.structured_content).values[0].value == 5
    assert CheckOut.model_validate(check.structured_content)


# --- Gradio ---------------------------------------------------------------------------------------


def test_the_gradio_client_finds_the_endpoints_and_nothing_of_the_page(served: Served) -> None:
    client = Client(served.address, headers=served.headers(), verbose=False)
    try:
        listed = client.view_api(print_info=False, return_format="dict")
        assert set(listed["named_endpoints"]) == {f"/{name}" for name in ENDPOINTS}
        assert not listed["unnamed_endpoints"]
        for endpoint in listed["named_endpoints"].values():
            assert CHINESE.search(endpoint["description"])
            for parameter in endpoint["parameters"]:
                assert parameter["type"]["type"] and CHINESE.search(
                    parameter["type"]["description"]
                )
        answered = listed["named_endpoints"]["/ask"]["returns"][0]["type"]
        assert {"answer", "values", "citations"} <= set(answered["properties"])
        answer = client.predict(question=QUESTION, api_name="/ask")
        assert AskOut.model_validate(answer).values[0].value == 5
        assert CheckOut.model_validate(client.predict(handle_file(SAMPLE), api_name="/check"))
        assert LibraryOut.model_validate(client.predict(api_name="/library"))
        facts = client.predict(concept=CONCEPT, api_name="/facts")
        assert all(FactOut.model_validate(fact) for fact in facts)
        with pytest.raises(Exception, match="没有“x”"):
            client.predict(concept="x", api_name="/facts")
        with pytest.raises(Exception, match="history 不合规"):
            client.predict(question=QUESTION, history=[{"role": "神"}], api_name="/ask")
    finally:
        client.close()


# --- LangChain ------------------------------------------------------------------------------------


def test_langchain_tools_give_text_and_the_contract_as_artifact(served: Served) -> None:
    with Library(served.data) as library:
        tools = {tool.name: tool for tool in langchain_tools(Work(library, Settings()))}
        assert set(tools) == set(TOOLS)
        call = {"type": "tool_call", "id": "1", "args": {"question": QUESTION}, "name": "ask"}
        message = tools["ask"].invoke(call)
        assert "[1]" in message.content
        assert AskOut.model_validate(message.artifact).citations[0].row == "new"
        assert "没有“x”" in tools["facts"].invoke({"concept": "x"})
        check = {**call, "name": "check", "args": {"path": str(SAMPLE)}}
        assert CheckOut.model_validate(tools["check"].invoke(check).artifact)


def test_the_langchain_loader_gives_passages_with_their_place() -> None:
    documents = ReportLoader(SAMPLE, LAST_YEAR).load()
    assert {document.metadata["year"] for document in documents} == {2023, 2024}
    assert all(document.metadata["agency"] and document.metadata["place"] for document in documents)


# --- Python ---------------------------------------------------------------------------------------


def test_the_public_functions_take_what_the_architecture_promises(tmp_path: Path) -> None:
    import assistant

    report, library, turn = object(), object(), Turn("user", "问")
    calls: list[tuple[Any, tuple[object, ...], dict[str, object]]] = [
        (assistant.parse, ("a.pdf",), {}),
        (assistant.Library, (tmp_path,), {}),
        (assistant.Library.add, (library, "a.pdf"), {}),
        (assistant.Library.remove, (library, "id"), {}),
        (assistant.Library.reports, (library,), {"agency": "甲局", "year": 2023}),
        (assistant.Library.facts, (library, CONCEPT), {"agencies": ["甲局"], "years": [2023]}),
        (assistant.Library.search, (library, "问题"), {"agencies": [], "years": [], "limit": 8}),
        (assistant.ask, (QUESTION, library), {"history": [turn], "model": None}),
        (assistant.check, (report, library), {}),
        (assistant.draft, ("甲局", 2023), {"tables": None, "last_year": None, "notes": ""}),
        (assistant.evaluate, (tmp_path, library), {"model": None}),
    ]
    for function, positional, named in calls:
        assert inspect.signature(function).bind(*positional, **named)


# --- The documents --------------------------------------------------------------------------------

DOCUMENT = Path(__file__).parents[1] / "docs" / "doors.md"
EXAMPLES = re.findall(
    r"```(bash|python)\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL
)


@pytest.mark.parametrize(("language", "example"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_of_the_document_works(served: Served, language: str, example: str) -> None:
    script = example.replace("http://127.0.0.1:7860", served.address)
    call = [shutil.which("bash"), "-c"] if language == "bash" else [sys.executable, "-c"]
    if language == "bash" and not shutil.which("curl"):
        pytest.skip("本机没有 curl")
    environment = {
        **os.environ,
        "NIANBAO_TOKEN": served.tokens["reader"],
        "NIANBAO_DATA": str(served.data),
    }
    done = subprocess.run(
        [*map(str, call), script],
        cwd=DOCUMENT.parents[1],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
