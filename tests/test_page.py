"""The page as its users meet it, in a real Chromium, with nothing fetched from outside."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ingest import samples
from tests.browser import CHROMIUM, FLAGS
from tests.page_server import served_page

# Answers come in well under a second; the machine may be busy with other tests.
PATIENCE_MS = 20_000
ANSWERS = "#nb-chat .bot.message:not(.pending)"
RANKING = "2024年各单位新收申请从多到少排一下"

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
    """The page, freshly opened; a request to another host or a script's error fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    wrong: list[str] = []
    page.on(
        "request", lambda request: wrong.append(request.url) if _is_foreign(request.url) else None
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    _open(page, address)
    yield page
    context.close()
    assert wrong == []


def _is_foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1"


def _open(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("tab", name="问答")).to_be_visible()
    # Set by the page's own script, which runs once everything is connected.
    expect(page.locator("html[lang='zh-CN']")).to_be_attached()


def _sample(name: str) -> Path:
    return next(path for path in samples.paths() if path.name == name)


def _ask(page: Page, question: str) -> None:
    before = page.locator(ANSWERS).count()
    page.locator("#nb-question textarea").fill(question)
    page.locator("#nb-question textarea").press("Enter")
    expect(page.locator(ANSWERS)).to_have_count(before + 1)
    expect(page.locator("#nb-question textarea")).to_have_value("")


# --- 问答 -----------------------------------------------------------------------------------------


def test_a_question_is_answered_with_its_source_marked(page: Page) -> None:
    _ask(page, "“三安全一稳定”是什么意思？")
    expect(page.locator("#nb-chat")).to_contain_text("社会稳定")
    expect(page.locator("#nb-sources .nb-card").first).to_contain_text("第十四条")


def test_a_starter_question_leads_to_a_marked_cell(page: Page) -> None:
    page.locator("#nb-chat button", has_text="新收到多少件").first.click()
    marked = page.locator("#nb-sources .nb-marked").first
    expect(marked).to_be_visible()
    expect(page.locator("#nb-chat")).to_contain_text(marked.inner_text().replace(",", ""))


def test_a_citation_mark_leads_to_its_card_also_in_an_earlier_answer(page: Page) -> None:
    _ask(page, RANKING)
    _ask(page, "“三安全一稳定”是什么意思？")
    expect(page.locator("#nb-source-2-1")).to_be_visible()
    page.locator("#nb-chat a[href='#nb-source-1-4']").click()
    card = page.locator("#nb-source-1-4.nb-chosen")
    expect(card).to_be_in_viewport()
    expect(card.locator(".nb-marked")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".nb-chosen")).to_have_count(0)


def test_a_ranking_has_chips_a_chart_and_its_numbers_to_take_away(page: Page) -> None:
    _ask(page, RANKING)
    expect(page.locator("#nb-understood .nb-chip", has_text="2024年")).to_be_visible()
    expect(page.locator("#nb-bars")).to_be_visible()
    page.locator("#nb-chart-table summary").click()
    with page.expect_download() as download:
        page.locator("#nb-chart-table .nb-download").click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 6 and "云江市人民政府,2024,272,件" in rows


def test_a_number_from_a_pdf_shows_its_place_on_the_page(page: Page) -> None:
    _ask(page, "云江市市场监督管理局2024年新收到多少件申请？")
    picture = page.locator("#nb-sources .nb-picture img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 300


def test_a_follow_up_is_asked_with_one_click(page: Page) -> None:
    _ask(page, RANKING)
    page.locator("#nb-chat button", has_text="平均").click()
    expect(page.locator(ANSWERS)).to_have_count(2)
    expect(page.locator(ANSWERS).last).to_contain_text("平均")


def test_a_question_can_be_edited_and_asked_again(page: Page) -> None:
    _ask(page, "云江市人民政府2024年新收到多少件申请？")
    page.locator("#nb-chat").get_by_role("button", name="编辑").first.click()
    page.locator("#nb-chat textarea").fill("云江市人民政府2023年新收到多少件申请？")
    page.locator("#nb-chat").get_by_role("button", name="发送").click()
    expect(page.locator(ANSWERS)).to_contain_text("2023年")
    expect(page.locator(ANSWERS)).to_have_count(1)


def test_an_answer_can_be_made_again(page: Page) -> None:
    _ask(page, RANKING)
    page.locator("#nb-chat").get_by_role("button", name="重试").click()
    expect(page.locator("#nb-question textarea")).to_have_value("")
    expect(page.locator(ANSWERS)).to_have_count(1)


def test_the_conversation_outlives_a_reload_and_ends_with_a_new_one(
    page: Page, address: str
) -> None:
    _ask(page, RANKING)
    _open(page, address)
    expect(page.locator(ANSWERS)).to_contain_text("第一：云江市人民政府")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(ANSWERS)).to_have_count(0)


def test_a_question_in_the_address_is_asked(page: Page, address: str) -> None:
    page.goto(f"{address}?q={RANKING}")
    expect(page.locator(ANSWERS)).to_contain_text("第一：云江市人民政府")
    expect(page.locator(ANSWERS)).to_have_count(1)


# --- 文库 -----------------------------------------------------------------------------------------


def test_the_library_shows_its_gaps_and_what_was_read_from_a_report(page: Page) -> None:
    page.get_by_role("tab", name="文库").click()
    expect(page.locator("#nb-entries .nb-gap").first).to_be_visible()
    page.locator("#nb-entries [data-report]").first.click()
    expect(page.locator("#nb-report .nb-form").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载原件").click()
    assert download.value.suggested_filename in {path.name for path in samples.paths()}


def test_a_report_is_added_and_removed_after_a_confirmation(page: Page, tmp_path: Path) -> None:
    added = tmp_path / "新收.txt"
    text = _sample("culture-tourism-2023.txt").read_text(encoding="utf-8")
    added.write_text(text.replace("岚溪县文化和旅游局", "岚溪县体育局"), encoding="utf-8")
    page.get_by_role("tab", name="文库").click()
    page.locator("#nb-ingest-file input[type=file]").set_input_files(added)
    expect(page.locator("#nb-ingest-file")).to_contain_text(".txt")
    page.get_by_role("button", name="存入资料库").click()
    row = page.locator("#nb-entries tr", has_text="岚溪县体育局")
    row.locator("[data-report]").click()
    page.get_by_role("button", name="移除").first.click()
    page.keyboard.press("Escape")
    expect(page.locator("#nb-confirm")).to_be_hidden()
    page.get_by_role("button", name="移除").first.click()
    page.get_by_role("button", name="确认移除").click()
    expect(row).to_have_count(0)
    expect(page.locator("#nb-outcome")).to_contain_text("已移除岚溪县体育局2023年")


def test_an_address_opens_the_page_at_a_tab(page: Page, address: str) -> None:
    page.goto(f"{address}?tab=settings")
    expect(page.locator("#nb-settings")).to_contain_text("NIANBAO_DATA")
