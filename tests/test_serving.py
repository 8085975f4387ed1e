"""The application behind a proxy's prefix, its limits on uploads, and where it refuses to serve."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import anyio
import httpx
import pytest

from assistant.access.accounts import Accounts
from assistant.access.attempts import Attempts
from assistant.access.roles import Role
from assistant.access.sessions import Sessions
from assistant.doors.lanes import READ_AT_ONCE, Lanes
from assistant.serving.events import is_below
from assistant.serving.headers import is_foreign
from ingest.errors import NianbaoError
from tests.command_line import run
from tests.page_server import served_page

PREFIX = "/nianbao"
MEGABYTE = 1024 * 1024
LIMITS = {
    "NIANBAO_ROOT_PATH": PREFIX,
    "NIANBAO_HOSTS": "nianbao.example.cn",
    "NIANBAO_AUTH": "off",
    "NIANBAO_MAX_MEGABYTES": "1",
    "NIANBAO_UPLOAD_MEGABYTES": "3",
    "NIANBAO_UPLOAD_FILES": "4",
}
PASSWORD = "青山不改，绿水长流 2026"


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    data = tmp_path_factory.mktemp("proxied") / "data"
    with (
        served_page(data, samples=False, environment=LIMITS) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


# --- Behind a proxy -------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", PREFIX], ids=["taken off", "left on"])
def test_a_proxy_may_take_the_prefix_off_or_leave_it_on(proxied: httpx.Client, prefix: str) -> None:
    page = proxied.get(f"{prefix}/")
    assert page.status_code == 200 and f"{PREFIX}" in page.text
    root = httpx.URL(proxied.get(f"{prefix}/config").json()["root"])
    assert root.path.rstrip("/") == PREFIX
    assert proxied.get(f"{prefix}/theme.css").status_code == 200
    asked = proxied.post(f"{prefix}/api/v1/ask", json={"question": "“三安全一稳定”是什么意思？"})
    assert asked.json()["method"] == "definition"
    assert proxied.get(f"{prefix}/v1/models").status_code == 200


def test_the_page_s_scripts_come_compressed_and_are_kept_by_browsers(proxied: httpx.Client) -> None:
    page = proxied.get("/").text
    [script, *_] = re.findall(r"assets/index-[^\"]+\.js", page)
    answer = proxied.get(f"{PREFIX}/{script}", headers={"accept-encoding": "br"})
    assert answer.headers["content-encoding"] == "br"
    assert "immutable" in answer.headers["cache-control"]
    plain = proxied.get(f"{PREFIX}/{script}", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers and len(plain.content) > 100


def test_only_the_named_hosts_are_answered(proxied: httpx.Client) -> None:
    assert proxied.get("/healthz", headers={"host": "nianbao.example.cn"}).status_code == 200
    assert proxied.get("/healthz", headers={"host": "other.example.cn"}).status_code == 421
    own = {"origin": "https://nianbao.example.cn", "host": "nianbao.example.cn"}
    assert proxied.post("/api/v1/ask", json={"question": "？"}, headers=own).status_code == 200


def test_an_address_that_is_not_there_is_named_in_chinese(proxied: httpx.Client) -> None:
    answer = proxied.get(f"{PREFIX}/nothing-here")
    assert answer.status_code == 404 and answer.json()["detail"].startswith("没有这个地址")


# --- Uploads --------------------------------------------------------------------------------------


def test_uploads_are_limited_by_size_number_and_sum(proxied: httpx.Client) -> None:
    def sent(*sizes: int) -> httpx.Response:
        files = [("files", (f"{n}.txt", b"x" * size)) for n, size in enumerate(sizes)]
        return proxied.post("/gradio_api/upload", files=files)

    too_large = sent(MEGABYTE + 1)
    assert too_large.status_code == 413 and "1 MB" in too_large.json()["detail"]
    too_much = sent(*[MEGABYTE * 9 // 10] * 5)
    assert too_much.status_code == 413 and "余量" in too_much.json()["detail"]
    too_many = sent(1, 1, 1, 1, 1)
    assert too_many.status_code == 413 and "4 个" in too_many.json()["detail"]
    assert len(sent(1, 1, 1).json()) == 3
    assert sent(1, 1).status_code == 413


def test_an_upload_that_hides_its_length_is_cut_off_as_it_arrives(proxied: httpx.Client) -> None:
    def body() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(64):
            yield b"x" * MEGABYTE

    kind = {"content-type": "multipart/form-data; boundary=x"}
    try:
        answer = proxied.post("/gradio_api/upload", content=body(), headers=kind)
    except httpx.TransportError:
        return
    assert answer.status_code == 413


def test_a_body_for_a_door_is_limited_too(proxied: httpx.Client) -> None:
    answer = proxied.post("/api/v1/ask", json={"question": "问" * (4 * MEGABYTE)})
    assert answer.status_code == 413


# --- Too many at once -----------------------------------------------------------------------------


def test_who_finds_a_queue_of_the_page_full_is_told_so_in_chinese() -> None:
    call = [sys.executable, "-m", "tests.full_queue"]
    done = subprocess.run(call, capture_output=True, text=True, timeout=120, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers[0][0] == 200
    status, headers, body = answers[-1]
    assert status == 429 and headers["retry-after"]
    assert body["detail"] == "现在排队的人太多，请过一会儿再试。"


# --- Where it refuses to serve --------------------------------------------------------------------


def test_no_other_machine_is_served_before_there_is_an_account(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    outcome = run(capsys, "serve", "--host", "0.0.0.0", "--data", str(tmp_path / "data"))
    assert outcome.status == 1 and "nianbao users add" in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1


def test_no_page_with_a_name_is_served_through_a_proxy_before_there_is_an_account(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_HOSTS", "localhost, nianbao.example.cn")
    outcome = run(capsys, "serve", "--data", str(tmp_path / "data"))
    assert outcome.status == 1 and "域名为" in outcome.err and "nianbao users add" in outcome.err


@pytest.mark.parametrize("password", ["", "短", "aaaaaaaaaaaaaaa", "x" * 201])
def test_a_weak_password_makes_no_account(tmp_path: Path, password: str) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    with pytest.raises(NianbaoError, match="密码要"):
        accounts.add("甲", Role.READER, password)
    assert not accounts.all()


@pytest.mark.parametrize("name", ["本机", " 命令行", "", "甲\n乙", "长" * 41])
def test_no_account_has_a_name_that_the_log_could_not_tell_apart(tmp_path: Path, name: str) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    with pytest.raises(NianbaoError, match="账号名"):
        accounts.add(name, Role.ADMIN, PASSWORD)


def test_the_accounts_hold_no_password_and_are_their_owner_s_alone(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    accounts.add("甲", Role.READER, PASSWORD)
    assert PASSWORD not in accounts.path.read_text(encoding="utf-8")
    assert accounts.path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NianbaoError, match="已有名为"):
        accounts.add(" 甲 ", Role.ADMIN, PASSWORD)


# --- Parts ----------------------------------------------------------------------------------------


def test_a_session_ends_after_twelve_silent_hours(tmp_path: Path) -> None:
    now = [0.0]
    account = Accounts(tmp_path / "accounts.json").add("甲", Role.READER, PASSWORD)
    sessions = Sessions(clock=lambda: now[0])
    cookie = sessions.begin(account)
    now[0] += 11 * 3600
    assert sessions.name_of(cookie) == "甲"
    now[0] += 12 * 3600 + 1
    assert sessions.name_of(cookie) is None


def test_attempts_are_forgotten_when_the_minute_is_over() -> None:
    now = [0.0]
    attempts = Attempts(5, 60, clock=lambda: now[0])
    for _ in range(5):
        assert attempts.wait("甲") == 0
        attempts.add("甲")
        now[0] += 1
    assert attempts.wait("甲") == 55 and attempts.wait("乙") == 0
    now[0] += 55
    assert attempts.wait("甲") == 0


def test_files_that_are_read_never_hold_up_a_question() -> None:
    release = threading.Event()

    async def use() -> str:
        lanes = Lanes()
        async with anyio.create_task_group() as tasks:
            for _ in range(READ_AT_ONCE + 3):
                tasks.start_soon(lanes.reading, release.wait)
            await anyio.sleep(0.1)
            with anyio.fail_after(20):
                answer = await lanes.asking(lambda: "答")
            release.set()
        return answer

    assert anyio.run(use) == "答"


@pytest.mark.parametrize(
    ("origin", "host", "foreign"),
    [
        ("", "a.cn", False),
        ("http://a.cn", "a.cn", False),
        ("http://A.cn:80", "a.cn:80", False),
        ("http://a.cn:81", "a.cn:80", True),
        ("https://named.cn", "inner:7860", False),
        ("http://a.cn.evil.cn", "a.cn", True),
        ("file://a.cn", "a.cn", True),
        ("null", "a.cn", True),
    ],
)
def test_a_page_is_ours_by_name_and_port_or_by_a_named_host(
    origin: str, host: str, foreign: bool
) -> None:
    assert is_foreign(origin, host, frozenset({"named.cn"})) is foreign


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "http://a/b", "x", "\0", "/own/../etc"])
def test_a_path_elsewhere_is_never_below_one_s_own_folder(tmp_path: Path, path: str) -> None:
    assert not is_below(path, tmp_path)
    assert not is_below(f"{tmp_path}/../{path}", tmp_path)
    assert is_below(f"{tmp_path}/a/b.pdf", tmp_path)
