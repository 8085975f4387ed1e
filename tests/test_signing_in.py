"""Several people on one page: signing in, what each may do, and what nobody gets of another's."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright

from assistant.access.accounts import FILE_NAME, Accounts
from assistant.access.audit import FILE_NAME as AUDIT_NAME
from assistant.access.roles import Role
from ingest import samples
from tests.browser import CHROMIUM, FLAGS
from tests.served_library import served_library

PASSWORD = "青山不改，绿水长流 2026"
PAGE = {"accept": "text/html"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("people")


@pytest.fixture(scope="module")
def accounts(folder: Path) -> Accounts:
    kept = Accounts(folder / "data" / FILE_NAME)
    for name, role in (("甲", Role.READER), ("乙", Role.READER), ("编", Role.EDITOR)):
        kept.add(name, role, PASSWORD)
    return kept


@pytest.fixture(scope="module")
def address(folder: Path, accounts: Accounts) -> Iterator[str]:
    with served_library(folder / "data") as address:
        yield address


_OPEN: list[httpx.Client] = []


@pytest.fixture(autouse=True)
def _close_browsers() -> Iterator[None]:
    yield
    while _OPEN:
        _OPEN.pop().close()


def client(address: str, **more: str) -> httpx.Client:
    """A browser of its own, closed after the test; `more` are headers."""
    _OPEN.append(httpx.Client(base_url=address, headers=more, timeout=30))
    return _OPEN[-1]


def signed_in(address: str, name: str, password: str = PASSWORD) -> httpx.Client:
    """A browser in which somebody has signed in."""
    browser = client(address)
    answer = browser.post("/signin", data={"name": name, "password": password})
    assert answer.status_code == 303, answer.text
    return browser


def uploaded(browser: httpx.Client, name: str = "a.txt", content: bytes = b"x") -> httpx.Response:
    return browser.post("/gradio_api/upload", files={"files": (name, content)})


def file_of(path: str) -> dict[str, object]:
    return {"path": path, "orig_name": "a.txt", "meta": {"_type": "gradio.FileData"}}


# --- Signing in -----------------------------------------------------------------------------------


def test_a_stranger_is_led_to_the_form_and_back_to_where_they_wanted(address: str) -> None:
    browser = client(address)
    first = browser.get("/?tab=check", headers=PAGE)
    assert first.status_code == 303
    assert first.headers["location"] == "/signin?next=%2F%3Ftab%3Dcheck"
    form = browser.get(first.headers["location"], headers=PAGE)
    assert "请登录" in form.text and "<script" not in form.text and "http" not in form.text
    target = re.search(r"name='next' value='([^']*)'", form.text)
    answer = browser.post(
        "/signin", data={"name": "甲", "password": PASSWORD, "next": target and target[1]}
    )
    assert answer.headers["location"] == "/?tab=check"
    assert browser.get("/?tab=check", headers=PAGE).status_code == 200


@pytest.mark.parametrize("path", ["/config", "/gradio_api/info", "/gradio_api/queue/data", "/"])
def test_without_signing_in_nothing_but_the_form_is_served(address: str, path: str) -> None:
    assert client(address).get(path).status_code == 401


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/a\r\nX: y"]
)
def test_signing_in_leads_to_no_other_host(address: str, target: str) -> None:
    browser = client(address)
    data = {"name": "甲", "password": PASSWORD, "next": target}
    assert browser.post("/signin", data=data).headers["location"] == "/"


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_pages(address: str) -> None:
    browser = client(address)
    answer = browser.post("/signin", data={"name": "甲", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
    assert "甲" not in cookie
    behind_https = browser.post(
        "/signin",
        data={"name": "甲", "password": PASSWORD},
        headers={"x-forwarded-proto": "https"},
    )
    assert "secure" in behind_https.headers["set-cookie"].lower()
    assert "strict-transport-security" in behind_https.headers


def test_who_signs_out_is_out_with_the_old_cookie_too(address: str) -> None:
    browser = signed_in(address, "甲")
    cookie = browser.cookies["nianbao_session"]
    assert "甲" in browser.get("/account").text
    assert browser.post("/signout").status_code == 303
    again = client(address, cookie=f"nianbao_session={cookie}")
    assert again.get("/config").status_code == 401


def test_a_cookie_that_was_not_made_here_is_nobody_s(address: str) -> None:
    browser = signed_in(address, "甲")
    name, _, signature = browser.cookies["nianbao_session"].partition(".")
    for forged in (f"{name}x.{signature}", f"{name}.{signature[:-1]}0x", name, "."):
        assert client(address, cookie=f"nianbao_session={forged}").get("/config").status_code == 401


def test_another_password_ends_the_sessions_of_an_account(address: str, accounts: Accounts) -> None:
    accounts.add("换", Role.READER, PASSWORD)
    browser = signed_in(address, "换")
    accounts.set_password("换", PASSWORD + "新")
    assert browser.get("/config").status_code == 401
    assert signed_in(address, "换", PASSWORD + "新").get("/config").status_code == 200


def test_the_sixth_wrong_password_in_a_minute_is_not_even_tried(
    address: str, accounts: Accounts
) -> None:
    accounts.add("猜", Role.READER, PASSWORD)
    browser = client(address)
    wrong = [
        browser.post("/signin", data={"name": "猜", "password": f"不对的密码{n}"}) for n in range(5)
    ]
    assert {answer.status_code for answer in wrong} == {401}
    assert "账号或密码不对" in wrong[0].text
    right_too_late = browser.post("/signin", data={"name": "猜", "password": PASSWORD})
    assert right_too_late.status_code == 429 and int(right_too_late.headers["retry-after"]) <= 61
    assert "秒后再试" in right_too_late.text
    assert signed_in(address, "甲")


def test_a_wrong_name_is_answered_like_a_wrong_password(address: str) -> None:
    browser = client(address)
    nobody = browser.post("/signin", data={"name": "没有这人", "password": "不对的密码哦"})
    somebody = browser.post("/signin", data={"name": "乙", "password": "不对的密码哦"})
    assert nobody.text == somebody.text and nobody.status_code == somebody.status_code == 401


# --- Foreign pages --------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "x://["])
@pytest.mark.parametrize("path", ["/gradio_api/upload", "/gradio_api/queue/join", "/signin"])
def test_what_a_foreign_page_sends_is_refused(address: str, path: str, origin: str) -> None:
    browser = signed_in(address, "甲")
    answer = browser.post(path, headers={"origin": origin}, json={})
    assert answer.status_code == 403 and "其他网站" in answer.json()["detail"]
    assert "access-control-allow-origin" not in answer.headers


def test_our_own_page_may_send(address: str) -> None:
    browser = signed_in(address, "甲")
    answer = browser.post(
        "/gradio_api/upload", headers={"origin": address}, files={"files": ("a.txt", b"x")}
    )
    assert answer.status_code == 200


def test_a_name_that_leads_here_by_a_trick_is_not_answered(address: str) -> None:
    assert client(address, host="evil.example").get("/signin").status_code == 421


def test_every_answer_carries_the_security_headers(address: str) -> None:
    for path in ("/signin", "/config", "/nowhere", "/assets/nothing.js"):
        headers = client(address).get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


# --- Each their own -------------------------------------------------------------------------------


def test_an_upload_is_served_to_its_owner_and_to_nobody_else(address: str) -> None:
    owner, other = signed_in(address, "甲"), signed_in(address, "乙")
    [path] = uploaded(owner, content=b"mine").json()
    assert owner.get(f"/gradio_api/file={path}").content == b"mine"
    for browser in (other, client(address)):
        assert browser.get(f"/gradio_api/file={path}").status_code in {401, 403}
        assert browser.get(f"/gradio_api/file={path}/../{Path(path).name}").status_code in {
            401,
            403,
        }


def test_the_address_of_an_upload_says_nothing_about_its_content(address: str) -> None:
    owner = signed_in(address, "甲")
    [first], [second] = uploaded(owner).json(), uploaded(owner).json()
    assert Path(first).parent.parent != Path(second).parent.parent
    assert re.fullmatch(r"[0-9a-f]{32}", Path(first).parent.parent.name)


def test_an_event_with_another_s_upload_is_refused(address: str) -> None:
    owner, other = signed_in(address, "甲"), signed_in(address, "乙")
    [path] = uploaded(owner).json()
    event = {"data": [[file_of(path)]], "fn_index": 0, "session_hash": "of-yi"}
    for where in ("queue/join", "run/predict", "call/check"):
        answer = other.post(f"/gradio_api/{where}", json=event)
        assert answer.status_code == 403 and "不是您上传的" in answer.json()["detail"]
    for path in ("/etc/passwd", "http://127.0.0.1/", "../x", str(samples.paths()[0])):
        answer = other.post("/gradio_api/queue/join", json={**event, "data": [file_of(path)]})
        assert answer.status_code == 403


def test_the_session_of_another_s_page_cannot_be_used(address: str) -> None:
    owner, other = signed_in(address, "甲"), signed_in(address, "乙")
    event = {"data": [], "fn_index": 0, "session_hash": "page-of-jia"}
    owner.post("/gradio_api/queue/join", json=event)
    assert other.post("/gradio_api/queue/join", json=event).status_code == 403
    assert other.get("/gradio_api/queue/data?session_hash=page-of-jia").status_code == 403
    assert other.get("/gradio_api/heartbeat/page-of-jia").status_code == 403
    assert other.post("/gradio_api/cancel", json=event).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/proxy=http://127.0.0.1/", "/gradio_api/deep_link", "/monitoring", "/login",
     "/gradio_api/component_server", "/gradio_api/vibe-edit", "/custom_component/x"],
)  # fmt: skip
def test_what_gradio_offers_beyond_the_page_is_not_there(address: str, path: str) -> None:
    browser = signed_in(address, "甲")
    assert browser.get(path).status_code == browser.post(path).status_code == 404


# --- Roles and the log ----------------------------------------------------------------------------


def done(browser: httpx.Client, number: int, data: list[object], session: str) -> dict[str, object]:
    """What became of an event, as the page would hear it."""
    event = {"data": data, "fn_index": number, "session_hash": session, "event_data": None}
    assert browser.post("/gradio_api/queue/join", json=event).status_code == 200
    with browser.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as stream:
        for line in stream.iter_lines():
            message = json.loads(line.removeprefix("data: ")) if line else {}
            if message.get("msg") == "process_completed":
                return dict(message)
    raise AssertionError("the event never ended")


def event_of(browser: httpx.Client, prop: str, value: str) -> int:
    """What a click starts, on the one component that has this property."""
    config = browser.get("/config").json()
    [button] = [c["id"] for c in config["components"] if c["props"].get(prop) == value]
    return next(
        int(event["id"])
        for event in config["dependencies"]
        if [button, "click"] in [list(target) for target in event["targets"]]
    )


def test_a_reader_cannot_take_in_a_report_whatever_the_page_shows(
    address: str, folder: Path
) -> None:
    sample = next(path for path in samples.paths() if path.name == "water-2024.md")
    for name, role_allows in (("甲", False), ("编", True)):
        browser = signed_in(address, name)
        [path] = uploaded(browser, sample.name, sample.read_bytes()).json()
        said = json.dumps(
            done(
                browser,
                event_of(browser, "elem_id", "nb-ingest"),
                [[file_of(path)]],
                f"ingest-{name}",
            ),
            ensure_ascii=False,
        )
        assert ("已收入" in said) is role_allows
        assert ("没有权限" in said) is not role_allows
    log = (folder / "data" / AUDIT_NAME).read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    assert ["甲", "拒绝"] in [[line["user"], line["action"]] for line in lines]
    assert ["编", "存入年报", sample.name] in [
        [line["user"], line["action"], line["detail"]] for line in lines
    ]
    assert PASSWORD not in log


def test_the_log_names_the_file_that_was_checked(address: str, folder: Path) -> None:
    sample = next(path for path in samples.paths() if path.name == "water-2024.md")
    browser = signed_in(address, "甲")
    [path] = uploaded(browser, sample.name, sample.read_bytes()).json()
    done(browser, event_of(browser, "value", "开始核查"), [None, [file_of(path)], ""], "check-甲")
    log = (folder / "data" / AUDIT_NAME).read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    assert ["甲", "核查", sample.name] in [
        [line["user"], line["action"], line["detail"]] for line in lines
    ]


# --- In a browser ---------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="本机没有 Chromium 且无权安装，浏览器测试跳过。")
def test_a_reader_signs_in_asks_and_signs_out(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(locale="zh-CN")
        expect.set_options(timeout=30_000)
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        page.get_by_label("账号").fill("甲")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.locator("#nb-question textarea").fill("“三安全一稳定”是什么意思？")
        page.locator("#nb-question textarea").press("Enter")
        expect(page.locator("#nb-chat")).to_contain_text("社会稳定")
        page.get_by_role("link", name="甲").click()
        expect(page.locator("main")).to_contain_text("提问、核查、起草")
        page.get_by_role("button", name="退出登录").click()
        expect(page.get_by_label("密码")).to_be_visible()
        browser.close()
    assert wrong == []
