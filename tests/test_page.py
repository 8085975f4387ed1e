"""The page as its three users meet it, in a real Chromium, with nothing fetched from outside."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ingest import samples
from tests.page_server import served_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Answers come in well under a second; the machine may be busy with other tests.
PATIENCE_MS = 60_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="本机没有 Chromium 且无权安装，浏览器测试跳过。"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_page(tmp_path_factory.mktemp("page") / "data") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, freshly opened; any request to another host fails the test at its end."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    foreign: list[str] = []
    page.on(
        "request", lambda request: foreign.append(request.url) if _is_foreign(request.url) else None
    )
    page.goto(address)
    expect(page.get_by_role("tab", name="问答")).to_be_visible(timeout=PATIENCE_MS)
    yield page
    context.close()
    assert foreign == []


def _is_foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1"


def test_a_question_is_answered_with_its_source_marked(page: Page) -> None:
    page.locator("#nb-question textarea").fill("“三安全一稳定”是什么意思？")
    page.locator("#nb-question textarea").press("Enter")
    expect(page.locator("#nb-chat")).to_contain_text("社会稳定", timeout=PATIENCE_MS)
    expect(page.locator("#nb-sources .nb-card").first).to_contain_text("第十四条")


def test_a_starter_question_leads_to_a_marked_cell(page: Page) -> None:
    page.locator("#nb-chat button", has_text="新收到多少件").first.click()
    marked = page.locator("#nb-sources .nb-marked").first
    expect(marked).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("#nb-chat")).to_contain_text(marked.inner_text().replace(",", ""))


def test_an_uploaded_report_is_checked_and_a_finding_shows_its_place(page: Page) -> None:
    page.get_by_role("tab", name="核查").click()
    page.locator("#nb-check-file input[type=file]").set_input_files(_faulty_sample())
    page.get_by_role("button", name="开始核查").click()
    expect(page.locator("#nb-check-summary .nb-tag-error")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("#nb-findings")).to_contain_text("错误")
    expect(page.locator("#nb-finding .nb-card")).to_contain_text("为什么")


def test_the_library_shows_what_was_read_from_a_report(page: Page) -> None:
    page.get_by_role("tab", name="文库").click()
    page.locator("#nb-entries [role=gridcell]", has_text="20").first.click()
    expect(page.locator("#nb-report .nb-form").first).to_be_visible(timeout=PATIENCE_MS)


def test_a_file_that_is_no_report_gets_one_sentence(page: Page, tmp_path: Path) -> None:
    note = tmp_path / "购物清单.txt"
    note.write_text("牛奶、面包、鸡蛋。", encoding="utf-8")
    page.get_by_role("tab", name="核查").click()
    page.locator("#nb-check-file input[type=file]").set_input_files(note)
    page.get_by_role("button", name="开始核查").click()
    expect(page.locator(".toast-body, [data-testid=toast-body]")).to_contain_text(
        "购物清单", timeout=PATIENCE_MS
    )


def _faulty_sample() -> Path:
    """The sample with mistakes planted in it."""
    return next(path for path in samples.paths() if path.name == "culture-tourism-2024.docx")
