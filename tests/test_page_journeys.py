"""Three people's work from start to finished download, on two screens, with nothing from outside."""

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from ingest import samples
from ingest.parse import parse
from tests.browser import CHROMIUM, opened

SCREENS = {"1280": (1280, 800), "1920": (1920, 1080)}
ANSWERS = "#nb-chat .bot.message:not(.pending)"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="本机没有 Chromium 且无权安装，浏览器测试跳过。"),
]


@pytest.fixture(params=SCREENS)
def page(chromium: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = SCREENS[request.param]
    with opened(chromium, served, width=width, height=height) as page:
        yield page
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def sample(name: str) -> Path:
    return next(path for path in samples.paths() if path.name == name)


def test_who_answers_an_inquiry_takes_the_conversation_with_its_sources(
    page: Page, tmp_path: Path
) -> None:
    box = page.locator("#nb-question textarea")
    box.fill("云江市市场监督管理局2024年新收到多少件申请？")
    box.press("Enter")
    expect(page.locator(ANSWERS)).to_contain_text("39件")
    expect(page.locator("#nb-sources .nb-marked")).to_have_text("39")
    expect(page.locator("#nb-sources .nb-picture img")).to_be_visible()
    page.locator(".nb-asking input[type=file]").set_input_files(sample("education-2023.md"))
    expect(page.locator("#nb-chat")).to_contain_text("已读取《education-2023.md》")
    box.fill("新收到多少件申请？")
    box.press("Enter")
    expect(page.locator(ANSWERS).last).to_contain_text("据您上传的《education-2023.md》")
    expect(page.locator(ANSWERS).last).to_contain_text("6件")
    if not page.locator("#nb-drawer").is_visible():
        page.get_by_role("button", name="历史对话").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出Word").click()
    file = tmp_path / "对话.docx"
    download.value.save_as(file)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    assert "39件。[1]" in text and "[1] 云江市市场监督管理局2024年 表三" in text
    assert "据您上传的《education-2023.md》，未存入资料库。" in text


def test_who_checks_reports_takes_the_list_of_what_to_mend(page: Page, tmp_path: Path) -> None:
    page.get_by_role("tab", name="核查").click()
    files = [sample("culture-tourism-2024.docx"), sample("market-regulation-2024.pdf")]
    page.locator("#nb-check-file input[type=file]").set_input_files(files)
    expect(page.locator("#nb-check-file")).to_contain_text(".pdf")
    page.get_by_role("button", name="开始核查").click()
    page.locator("#nb-check-summary .nb-open", has_text="文化和旅游局").click()
    page.locator("#nb-findings .nb-item", has_text="R101").first.click()
    expect(page.locator("#nb-document .nb-here").first).to_be_in_viewport()
    with page.expect_download() as download:
        page.locator("#nb-check-summary .nb-download", has_text="Excel").first.click()
    file = tmp_path / "清单.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert any("R101" in cell for cell in cells)


def test_who_writes_a_report_takes_the_word_file(page: Page, tmp_path: Path) -> None:
    page.get_by_role("tab", name="起草").click()
    expect(page.locator("#nbd-form .nbd-status")).to_contain_text("未填 200 格")
    page.locator("#nbd-agency input").fill("岚溪县文化和旅游局")
    page.keyboard.press("Enter")
    expect(page.locator("#nbd-about-last-year")).to_contain_text("文库里有")
    for name in ("proactive", "requests", "disputes"):
        page.locator(f"#nbd-form button[data-act=zeros][data-table={name}]").click()
    page.locator("#nbd-start").click()
    expect(page.locator("#nbd-text .nbd-draft")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 Word").click()
    file = tmp_path / "稿.docx"
    download.value.save_as(file)
    report = parse(file)
    assert report.agency == "岚溪县文化和旅游局" and report.number("requests/new/total") == 0
