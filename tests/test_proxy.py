"""The page behind the nginx of `packaging/nginx.conf`: https, below a prefix, as people would use it."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import openai
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from assistant.access.accounts import FILE_NAME, Accounts
from assistant.access.audit import FILE_NAME as AUDIT_NAME
from assistant.access.roles import Role
from ingest import samples
from tests.browser import CHROMIUM, PATIENCE_MS
from tests.page_server import free_port
from tests.served_library import served_library

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
OPENSSL = shutil.which("openssl")
SHIPPED = Path(__file__).parents[1] / "packaging" / "nginx.conf"
PASSWORD = "青山不改，绿水长流 2026"
HOST = "nianbao.example.gov.cn"

pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="本机没有 nginx，代理测试跳过。")


@dataclass(frozen=True, slots=True)
class Proxied:
    """The address that nginx answers, and what lies behind it."""

    address: str
    plain: str
    certificate: Path
    data: Path
    token: str

    @property
    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.certificate)

    def client(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.address, verify=self.trusted, headers=headers, timeout=60)


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("proxy")
    data, https, http = folder / "data", free_port(), free_port()
    accounts = Accounts(data / FILE_NAME)
    accounts.add("甲", Role.EDITOR, PASSWORD)
    token = accounts.make_token("甲")
    settings = {"NIANBAO_ROOT_PATH": "/nianbao", "NIANBAO_HOSTS": HOST}
    with served_library(data, environment=settings) as behind:
        site = as_shipped(folder, https=https, http=http, behind=behind)
        with nginx(folder, site, https):
            address = f"https://127.0.0.1:{https}/nianbao"
            plain = f"http://127.0.0.1:{http}/nianbao/"
            yield Proxied(address, plain, folder / "nianbao.pem", data, token)


def as_shipped(folder: Path, *, https: int, http: int, behind: str) -> Path:
    """The shipped configuration, with this test's ports and a certificate of its own."""
    certificate, key = folder / "nianbao.pem", folder / "nianbao.key"
    names = f"subjectAltName=IP:127.0.0.1,DNS:{HOST}"
    call = [str(OPENSSL), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    call += ["-nodes", "-days", "1", "-subj", f"/CN={HOST}", "-addext", names]
    subprocess.run(
        [*call, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    text = SHIPPED.read_text(encoding="utf-8")
    for shipped, here in (
        ("listen 443 ", f"listen 127.0.0.1:{https} "),
        ("listen 80;", f"listen 127.0.0.1:{http};"),
        ("/etc/ssl/certs/nianbao.pem", str(certificate)),
        ("/etc/ssl/private/nianbao.key", str(key)),
        ("http://127.0.0.1:7860", behind),
    ):
        assert shipped in text
        text = text.replace(shipped, here)
    site = folder / "nianbao.conf"
    site.write_text(text, encoding="utf-8")
    return site


@contextmanager
def nginx(folder: Path, site: Path, https: int) -> Iterator[None]:
    """nginx with one site."""
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "main.conf"
    # Started by root, nginx works as another user, who may not write into this folder.
    user = "user root;" if os.geteuid() == 0 else ""
    main.write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/errors;\nevents {{}}\n"
        f"http {{ access_log off; {temporary}\ninclude {site}; }}\n",
        encoding="utf-8",
    )
    call = [str(NGINX), "-p", str(folder), "-c", str(main)]
    tested = subprocess.run([*call, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0 and "[warn]" not in tested.stderr, tested.stderr
    process = subprocess.Popen(call, stderr=subprocess.DEVNULL)
    try:
        _wait_for(https)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="本机没有 Chromium 且无权安装，浏览器测试跳过。")
def test_who_comes_through_the_proxy_signs_in_asks_uploads_and_downloads(
    proxied: Proxied, chromium: Browser, tmp_path: Path
) -> None:
    context = chromium.new_context(locale="zh-CN", ignore_https_errors=True)
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda r: None if _is_below(r.url, proxied) else wrong.append(r.url))
    page.goto(f"{proxied.address}/")
    page.get_by_label("账号").fill("甲")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("#nb-question textarea").fill("云江市青槐区教育局2024年新收到多少件申请？")
    page.locator("#nb-question textarea").press("Enter")
    expect(page.locator("#nb-chat")).to_contain_text("5件")
    _check_and_download(page, tmp_path / "清单.xlsx")
    [cookie] = context.cookies()
    assert cookie["secure"] and cookie["httpOnly"] and cookie["path"] == "/nianbao"
    page.get_by_role("link", name="甲").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_label("密码")).to_be_visible()
    context.close()
    assert wrong == []


def _is_below(url: str, proxied: Proxied) -> bool:
    ours = (f"{proxied.address}/", "data:", "blob:")
    return url.startswith(ours)


def _check_and_download(page: Page, file: Path) -> None:
    sample = next(path for path in samples.paths() if path.name == "culture-tourism-2024.docx")
    page.get_by_role("tab", name="核查").click()
    page.locator("#nb-check-file input[type=file]").set_input_files(sample)
    expect(page.locator("#nb-check-file")).to_contain_text(".docx")
    page.get_by_role("button", name="开始核查").click()
    with page.expect_download() as download:
        page.locator("#nb-check-summary .nb-download", has_text="Excel").first.click()
    download.value.save_as(file)
    assert load_workbook(file).worksheets


def test_a_stream_comes_through_piece_by_piece(proxied: Proxied) -> None:
    with proxied.client(authorization=f"Bearer {proxied.token}") as http:
        client = openai.OpenAI(
            base_url=f"{proxied.address}/v1",
            api_key=proxied.token,
            http_client=openai.DefaultHttpxClient(verify=proxied.trusted),
        )
        stream = client.chat.completions.create(
            model="nianbao",
            stream=True,
            messages=[{"role": "user", "content": "2024年各单位一共收到多少件申请？"}],
        )
        assert len([chunk for chunk in stream if chunk.choices[0].delta.content]) >= 1
        client.close()
        headers = http.get("/").headers
    assert "strict-transport-security" in headers and "nginx/" not in headers["server"]


def test_what_a_foreign_page_sends_through_the_proxy_is_refused(proxied: Proxied) -> None:
    with proxied.client(authorization=f"Bearer {proxied.token}") as client:
        ask = {"question": "三安全一稳定是什么意思？"}
        own = proxied.address.removesuffix("/nianbao")
        sent = {
            origin: client.post("/api/v1/ask", json=ask, headers={"origin": origin}).status_code
            for origin in (own, "https://evil.example", f"{own}.evil.example", "null")
        }
    assert sent == {own: 200, "https://evil.example": 403, f"{own}.evil.example": 403, "null": 403}


def test_nobody_hides_behind_an_address_that_they_made_up(proxied: Proxied) -> None:
    with proxied.client() as client:
        for n in range(6):
            answer = client.post(
                "/signin",
                data={"name": "甲", "password": f"猜的密码{n}号啊"},
                headers={"x-forwarded-for": f"198.51.100.{n}", "forwarded": f"for=198.51.100.{n}"},
            )
    assert answer.status_code == 429
    log = (proxied.data / AUDIT_NAME).read_text(encoding="utf-8")
    assert "198.51.100" not in log


def test_the_bare_prefix_and_plain_http_lead_to_the_page(proxied: Proxied) -> None:
    bare = httpx.get(proxied.address, verify=proxied.trusted)
    assert bare.headers["location"] == f"{proxied.address}/"
    assert httpx.get(proxied.plain).headers["location"].startswith("https://127.0.0.1")
