"""The gate and its parts against who means ill: no server, no page, only requests."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import anyio
import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.access.accounts import FILE_NAME, Accounts
from assistant.access.audit import AuditLog
from assistant.access.roles import Role
from assistant.access.sessions import Sessions
from assistant.doors.lanes import MOST_WAITING, STORE_AT_ONCE, LaneFull, Lanes
from assistant.serving.crowd import MOST_OF_A_USER, MOST_OF_STRANGERS, Crowd
from assistant.serving.gate import Gate
from assistant.serving.identity import Identity, network_of
from assistant.serving.refusals import Refused
from assistant.serving.signin import WRONG_A_MINUTE, sign_in_routes
from assistant.serving.uploads import MEGABYTE, Uploads, upload_routes

PASSWORD = "青山不改，绿水长流 2026"
OURS = "http://page.example.cn"


class House:
    """A gate with two accounts, before an application that says what reached it."""

    def __init__(self, folder: Path, root_path: str = "") -> None:
        self.audit = AuditLog(folder)
        self.accounts = Accounts(folder / FILE_NAME)
        self.identity = Identity(self.accounts, Sessions(), self.audit)
        self.uploads = Uploads(folder / "uploads", files=5, megabytes=2, file_megabytes=1)
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        app.include_router(sign_in_routes(self.identity))
        app.include_router(upload_routes(self.uploads))
        app.add_route("/{path:path}", _say, methods=["GET", "POST"])
        self.gate = Gate(
            app, self.identity, self.uploads,
            hosts=frozenset({"page.example.cn"}), only_hosts=True, root_path=root_path,
        )  # fmt: skip

    def account(self, name: str, role: Role = Role.READER) -> dict[str, str]:
        """Makes an account; the headers of a program of it."""
        self.accounts.add(name, role, PASSWORD)
        return {"authorization": f"Bearer {self.accounts.make_token(name)}"}

    def talk(
        self, use: Callable[[httpx.AsyncClient], Awaitable[None]], address: str = "::1"
    ) -> None:
        """Lets a client that comes from an address talk to the gate."""

        async def talking() -> None:
            transport = httpx.ASGITransport(self.gate, client=(address, 1))
            async with httpx.AsyncClient(transport=transport, base_url=OURS) as client:
                await use(client)

        asyncio.run(talking())


async def _say(request: Request) -> JSONResponse:
    await request.body()
    return JSONResponse({"headers": dict(request.headers), "path": request.url.path})


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


# --- Passwords and tokens -------------------------------------------------------------------------


def test_no_more_passwords_from_a_whole_network_than_from_one_address(house: House) -> None:
    house.account("甲")
    statuses: list[int] = []
    for n in range(WRONG_A_MINUTE + 1):

        async def guess(client: httpx.AsyncClient) -> None:
            data = {"name": "甲", "password": f"不对的密码{len(statuses)}"}
            statuses.append((await client.post("/signin", data=data)).status_code)

        house.talk(guess, address=f"2001:db8:1:2::{n:x}")
    assert statuses == [401] * WRONG_A_MINUTE + [429]


def test_another_spelling_of_a_name_gives_no_further_guesses(house: House) -> None:
    house.account("金库")
    statuses: list[int] = []

    async def guess(client: httpx.AsyncClient) -> None:
        for n in range(WRONG_A_MINUTE + 1):
            # U+F90A is another character for 金, under which the same account is found.
            name = "\uf90a库 " if n % 2 else "金库"
            data = {"name": name, "password": f"不对的密码{n}"}
            statuses.append((await client.post("/signin", data=data)).status_code)

    house.talk(guess)
    assert statuses == [401] * WRONG_A_MINUTE + [429]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1:2:3:4", "2001:db8::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_attempts_are_counted_by_address_and_of_ipv6_by_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_signing_in_gives_a_new_cookie_and_ends_the_one_that_was_there(house: House) -> None:
    house.account("甲")
    data = {"name": "甲", "password": PASSWORD}

    async def use(client: httpx.AsyncClient) -> None:
        planted = (await client.post("/signin", data=data)).cookies["nianbao_session"]
        client.cookies.set("nianbao_session", planted)
        own = (await client.post("/signin", data=data)).cookies["nianbao_session"]
        assert own != planted
        client.cookies.clear()
        for cookie, status in ((planted, 401), (own, 200)):
            headers = {"cookie": f"nianbao_session={cookie}"}
            assert (await client.get("/config", headers=headers)).status_code == status

    house.talk(use)


def test_a_wrong_token_is_noted_without_the_token(house: House) -> None:
    async def use(client: httpx.AsyncClient) -> None:
        headers = {"authorization": "Bearer nb_guessed"}
        assert (await client.get("/v1/models", headers=headers)).status_code == 401

    house.talk(use, address="192.0.2.9")
    [line] = house.audit.last(9)
    assert (line["action"], line["detail"], line["address"]) == ("令牌", "令牌无效", "192.0.2.9")


# --- Other pages, other people --------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/signin", "/signout", "/api/v1/ask", "/mcp", "/v1/chat/completions"]
)
@pytest.mark.parametrize(
    "sent", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"},
             {"origin": "null"}, {"sec-fetch-site": "same-site"}],
)  # fmt: skip
def test_nothing_that_another_site_sends_is_done(
    house: House, path: str, sent: dict[str, str]
) -> None:
    headers = house.account("甲")

    async def use(client: httpx.AsyncClient) -> None:
        answer = await client.post(path, headers={**headers, **sent})
        assert answer.status_code == 403 and "其他网站" in answer.json()["detail"]

    house.talk(use)


def test_a_link_from_another_site_opens_the_page(house: House) -> None:
    headers = house.account("甲")

    async def use(client: httpx.AsyncClient) -> None:
        there = await client.get("/", headers={**headers, "sec-fetch-site": "cross-site"})
        assert there.status_code == 200

    house.talk(use)


def test_a_session_named_twice_opens_nobody_else_s_page(house: House) -> None:
    first, second = house.account("甲"), house.account("乙")

    async def use(client: httpx.AsyncClient) -> None:
        queue = "/gradio_api/queue/data?session_hash="
        assert (await client.get(f"{queue}of-jia", headers=first)).status_code == 200
        for query in ("of-yi&session_hash=of-jia", "of-jia&session_hash=of-yi", "%6ff-jia"):
            assert (await client.get(queue + query, headers=second)).status_code == 403

    house.talk(use)


def test_nobody_gives_the_page_another_address(house: House) -> None:
    headers = house.account("甲")
    made_up = {"x-forwarded-host": "evil.example", "X-Gradio-Server": "https://evil.example"}

    async def use(client: httpx.AsyncClient) -> None:
        answer = await client.get("/config", headers={**headers, **made_up})
        assert "evil" not in answer.text

    house.talk(use)


@pytest.mark.parametrize(
    "path",
    ["/nianbao/gradio_api/proxy=http://127.0.0.1/", "/gradio_api/deep_link", "/nianbao/monitoring",
     "/gradio_api/../monitoring", "/nianbao/gradio_api/component_server"],
)  # fmt: skip
def test_a_prefix_opens_nothing_that_is_shut(tmp_path: Path, path: str) -> None:
    house = House(tmp_path, root_path="/nianbao")
    headers = house.account("甲")

    async def use(client: httpx.AsyncClient) -> None:
        url = httpx.URL(OURS).copy_with(raw_path=path.encode())
        assert (await client.get(url, headers=headers)).status_code == 404

    house.talk(use)


# --- Too much -------------------------------------------------------------------------------------


def test_no_sender_takes_every_connection() -> None:
    crowd = Crowd()

    def take(sender: str, most: int, depth: int) -> None:
        with crowd.one_more(sender, most):
            if depth > 1:
                take(sender, most, depth - 1)
            else:
                with pytest.raises(Refused) as refused, crowd.one_more(sender, most):
                    pass
                assert refused.value.status == 429
                with crowd.one_more("乙", most):
                    pass

    take("甲", MOST_OF_A_USER, MOST_OF_A_USER)
    with crowd.one_more("甲", 1):
        pass


def test_strangers_that_send_slowly_are_held_to_a_few(house: House) -> None:
    headers = house.account("甲")

    async def body() -> AsyncIterator[bytes]:
        yield b"name="
        await anyio.sleep_forever()

    async def sign_in_slowly(client: httpx.AsyncClient) -> None:
        kind = {"content-type": "application/x-www-form-urlencoded"}
        await client.post("/signin", content=body(), headers=kind)

    async def use(client: httpx.AsyncClient) -> None:
        async with anyio.create_task_group() as tasks:
            for _ in range(MOST_OF_STRANGERS):
                tasks.start_soon(sign_in_slowly, client)
            await anyio.sleep(0.2)
            assert (await client.get("/healthz")).status_code == 429
            assert (await client.get("/config", headers=headers)).status_code == 200
            tasks.cancel_scope.cancel()

    house.talk(use)


def test_uploads_at_the_same_time_share_one_quota(house: House) -> None:
    headers = house.account("甲")

    async def use(client: httpx.AsyncClient) -> None:
        async def send(statuses: list[int]) -> None:
            files = [("files", (f"{n}.txt", b"x" * (MEGABYTE * 9 // 10))) for n in range(2)]
            answer = await client.post("/gradio_api/upload", files=files, headers=headers)
            statuses.append(answer.status_code)

        statuses: list[int] = []
        async with anyio.create_task_group() as tasks:
            for _ in range(4):
                tasks.start_soon(send, statuses)
        assert 413 in statuses and statuses.count(200) <= 1

    house.talk(use)
    assert house.uploads.held("甲")[1] <= house.uploads.most_bytes + MEGABYTE


@pytest.mark.parametrize(
    "name", ["../../x.txt", "/etc/x.txt", "..\\..\\x.txt", "a\0b.txt", "." * 300]
)
def test_an_upload_s_name_leads_nowhere(house: House, name: str) -> None:
    headers = house.account("甲")

    async def use(client: httpx.AsyncClient) -> None:
        files = {"files": (name, b"x")}
        answer = await client.post("/gradio_api/upload", files=files, headers=headers)
        own = house.uploads.folder_of("甲").resolve()
        for path in answer.json() if answer.status_code == 200 else ():
            assert Path(path).resolve().is_relative_to(own)

    house.talk(use)


def test_one_too_many_in_a_queue_is_told_so_at_once() -> None:
    release = threading.Event()

    async def use() -> None:
        lanes = Lanes()
        async with anyio.create_task_group() as tasks:
            for _ in range(MOST_WAITING + STORE_AT_ONCE):
                tasks.start_soon(lanes.storing, release.wait)
            await anyio.sleep(0.2)
            with pytest.raises(LaneFull, match="排队的人太多"):
                await lanes.storing(lambda: None)
            assert await lanes.asking(lambda: "答") == "答"
            release.set()

    anyio.run(use)
