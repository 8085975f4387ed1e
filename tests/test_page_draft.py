"""The clerk's January in a real Chromium: from an empty form to a downloaded Word file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ingest.parse import parse
from tests.browser import CHROMIUM, opened
from tests.page_server import served_page

PATIENCE_MS = 20_000
SAVED_MS = 3000  # after which a page takes what it sent for saved
AGENCY = "岚溪县文化和旅游局"
NOTES = "全年主动公开信息83条\n问题：活动预告发布偏晚，全年有4次在开始前一天才发布\n改进：预告提前一周发布"
NEW = "requests/new/natural_person"
GRANTED = "requests/granted/natural_person"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="本机没有 Chromium 且无权安装，浏览器测试跳过。"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_page(tmp_path_factory.mktemp("draft") / "data") as address:
        yield address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    with opened(chromium, address) as page:
        _open(page, address)
        yield page


def _open(page: Page, address: str) -> None:
    page.goto(f"{address}?tab=draft")
    expect(page.locator("#nbd-form .nbd-status")).to_contain_text("未填 200 格")
    expect(page.locator("#nbd-saved input")).to_have_value(re.compile("草稿"))


def _cell(page: Page, key: str) -> Locator:
    return page.locator(f"#nbd-form input[data-cell='{key}']")


def _fill(page: Page) -> None:
    page.locator("#nbd-agency input").fill(AGENCY)
    page.keyboard.press("Enter")
    expect(page.locator("#nbd-about-last-year")).to_contain_text("文库里有")
    _cell(page, NEW).fill("7")
    _cell(page, GRANTED).fill("7")
    for name in ("proactive", "requests", "disputes"):
        page.locator(f"#nbd-form button[data-act=zeros][data-table={name}]").click()
    page.locator("#nbd-notes textarea").fill(NOTES)


def _draft(page: Page) -> None:
    _fill(page)
    page.locator("#nbd-start").click()
    expect(page.locator("#nbd-text .nbd-draft")).to_be_visible()


def _words(page: Page, part: str) -> Locator:
    return page.locator(f"#nbd-text [data-part={part}] .nbd-words")


def _tool(page: Page, part: str, act: str) -> None:
    page.locator(f"#nbd-text [data-part={part}] button[data-act={act}]").click()


def test_totals_are_worked_out_and_compared_as_one_types(page: Page) -> None:
    _cell(page, NEW).fill("7")
    status = page.locator("#nbd-form .nbd-status")
    expect(_cell(page, "requests/new/total")).to_have_value("")  # five applicants are not filled in
    _fill(page)
    expect(_cell(page, "requests/new/total")).to_have_value("7")
    expect(_cell(page, "requests/total/total")).to_have_value("7")
    expect(status).to_contain_text("已填 200 格")
    _cell(page, GRANTED).fill("6")
    expect(status).to_contain_text("不平")
    expect(_cell(page, NEW)).to_have_class("nbd-wrong")
    _cell(page, GRANTED).fill("7")
    expect(status).to_contain_text("都相符")


def test_a_block_copied_from_excel_is_spread_over_the_cells(page: Page) -> None:
    _cell(page, NEW).focus()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "1\\t2\\t0\\t0\\t0\\t0\\n3\\t0\\t0\\t0\\t0\\t0\\n");
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(_cell(page, "requests/new/enterprise")).to_have_value("2")
    expect(_cell(page, "requests/carried_in/natural_person")).to_have_value("3")
    expect(_cell(page, "requests/new/total")).to_have_value("3")


def test_what_was_typed_is_taken_back_cell_by_cell_and_notes_too(page: Page) -> None:
    _cell(page, NEW).fill("7")
    page.locator("#nbd-notes textarea").fill(NOTES)
    _cell(page, GRANTED).fill("5")
    page.locator("#nbd-take-back").click()
    expect(page.locator("#nbd-outcome")).to_contain_text("已撤销")
    expect(_cell(page, GRANTED)).to_have_value("")
    expect(page.locator("#nbd-notes textarea")).to_have_value(NOTES)
    page.locator("#nbd-take-back").click()
    expect(page.locator("#nbd-notes textarea")).to_have_value("")
    expect(_cell(page, NEW)).to_have_value("7")
    page.locator("#nbd-take-back").click()
    expect(_cell(page, NEW)).to_have_value("")
    expect(page.locator("#nbd-form .nbd-status")).to_contain_text("未填 200 格")


def test_a_new_draft_begins_with_nothing_filled_in(page: Page) -> None:
    _cell(page, NEW).fill("7")
    page.locator("#nbd-notes textarea").fill(NOTES)
    page.locator("#nbd-fresh").click()
    expect(page.locator("#nbd-notes textarea")).to_have_value("")
    expect(_cell(page, NEW)).to_have_value("")


def test_two_pages_on_one_draft_keep_what_each_typed(page: Page, address: str) -> None:
    _draft(page)
    other = page.context.new_page()
    other.set_default_timeout(PATIENCE_MS)
    _open(other, address)
    other.locator("#nbd-saved input").click()
    other.get_by_role("option", name=AGENCY).first.click()
    expect(_cell(other, NEW)).to_have_value("7")
    for key in (NEW, GRANTED):
        _cell(other, key).fill("23")
    other.locator("#nbd-notes textarea").fill(f"{NOTES}\n培训2期，参训31人次")
    other.get_by_role("tab", name="正文与建议").click()
    expect(_words(other, "requests")).to_contain_text("23件")
    page.wait_for_timeout(SAVED_MS)
    page.get_by_role("tab", name="材料").click()
    page.get_by_label("成文日期（可以后补）").fill("2026-01-20")
    page.get_by_role("tab", name="正文与建议").click()
    expect(page.locator("#nbd-verdict")).not_to_contain_text("没有成文日期")
    expect(_words(page, "requests")).to_contain_text("23件")
    expect(_words(page, "assurance")).to_contain_text("参训31人次")
    other.close()


def test_from_an_empty_form_to_a_word_file(page: Page, tmp_path: Path) -> None:
    _draft(page)
    expect(page.locator("#nbd-verdict")).to_contain_text("还不能公布")
    last = _words(page, "other_matters")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    number = _words(page, "requests").locator(".nbd-number", has_text="7").first
    number.hover()
    expect(page.locator("#nbd-text .nbd-pop .nb-marked")).to_have_text("7")
    page.locator("#nbd-verdict").hover()
    expect(page.locator("#nbd-text .nbd-pop")).to_have_count(0)
    number.click()
    expect(page.locator("#nbd-text .nbd-pop .nb-marked")).to_have_text("7")
    page.keyboard.press("Escape")

    before = _words(page, "requests").inner_text()
    _tool(page, "requests", "reword")
    expect(_words(page, "requests")).not_to_have_text(before)

    _tool(page, "lead", "edit")
    page.locator("#nbd-text [data-part=lead] textarea").fill("2025年，我局新增栏目3个。")
    _tool(page, "lead", "save")
    expect(_words(page, "lead")).to_have_text("2025年，我局新增栏目3个。")
    page.locator("#nbd-reword-all").click()
    expect(_words(page, "lead")).to_have_text("2025年，我局新增栏目3个。")

    supply = page.locator("#nbd-advice .nbd-card:has(.nbd-supply)").first
    supply.locator("input").fill("岚溪县松风路6号，0599-6100006")
    supply.get_by_role("button", name="填入").click()
    expect(_words(page, "preamble")).to_contain_text("松风路6号")
    page.locator("#nbd-undo").click()
    expect(_words(page, "preamble")).not_to_contain_text("松风路6号")

    with page.expect_download() as download:
        page.get_by_role("button", name="下载 Word").click()
    file = tmp_path / "稿.docx"
    download.value.save_as(file)
    report = parse(file)
    assert (report.agency, report.year) == (AGENCY, report.year)
    assert report.number("requests/new/total") == 7
    assert not [w for w in report.warnings if w.code != "year-conflict"]


def test_the_text_follows_the_tables_and_is_gone_on_with_after_a_reload(
    page: Page, address: str
) -> None:
    _draft(page)
    page.get_by_role("tab", name="材料").click()
    for key in (NEW, GRANTED):
        _cell(page, key).fill("19")
    page.get_by_role("tab", name="正文与建议").click()
    expect(_words(page, "requests")).to_contain_text("19件")
    _open(page, address)
    page.locator("#nbd-saved input").click()
    page.get_by_role("option", name=AGENCY).first.click()
    expect(_cell(page, NEW)).to_have_value("19")
    expect(page.locator("#nbd-notes textarea")).to_have_value(NOTES)
    page.get_by_role("tab", name="正文与建议").click()
    expect(_words(page, "requests")).to_contain_text("19件")


def test_an_accepted_suggestion_enters_the_text(page: Page) -> None:
    _draft(page)
    card = page.locator("#nbd-advice .nbd-card:has([data-part=remedied])").first
    if not card.count():
        card = page.locator("#nbd-advice .nbd-card:has(button[data-act=accept])").first
    part = str(card.locator("textarea").first.get_attribute("data-part"))
    card.locator("textarea").first.fill("参照同行做法，每季度核对一次平台链接")
    card.get_by_role("button", name="采纳").click()
    expect(_words(page, part)).to_contain_text("每季度核对一次平台链接")


def test_what_is_being_typed_stays_where_it_was_typed(page: Page) -> None:
    _draft(page)
    _tool(page, "lead", "edit")
    lead = page.locator("#nbd-text [data-part=lead] textarea")
    lead.fill("还没有写完的话")
    cards = page.locator("#nbd-advice .nbd-card:has(.nbd-supply)")
    first, second = (str(cards.nth(n).get_attribute("data-key")) for n in range(2))
    page.locator(f"[data-key='{second}'] input").fill("写到一半")
    page.locator(f"[data-key='{first}'] input").fill("岚溪县松风路6号，0599-6100006")
    page.locator(f"[data-key='{first}']").get_by_role("button", name="填入").click()
    expect(page.locator(f"[data-key='{first}']")).to_have_count(0)
    expect(page.locator(f"[data-key='{second}'] input")).to_have_value("写到一半")
    for field in page.locator("#nbd-advice .nbd-supply input").all()[1:]:
        assert field.input_value() == ""
    expect(lead).to_be_visible()
    expect(lead).to_have_value("还没有写完的话")
    _tool(page, "lead", "leave")
    _tool(page, "lead", "edit")
    expect(lead).not_to_have_value("还没有写完的话")


def test_the_tab_does_not_overflow_a_phone(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page.set_default_timeout(PATIENCE_MS)
    _open(page, address)
    _draft(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
