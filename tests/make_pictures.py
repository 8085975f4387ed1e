"""Makes the pictures of the page that the README shows: python -m tests.make_pictures."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from ingest import samples
from tests.browser import CHROMIUM, FLAGS
from tests.page_server import served_page
from tests.picture_of_drafting import open_draft

DOCS = Path(__file__).parents[1] / "docs"
QUESTION = "云江市市场监督管理局历年新收申请有什么变化？"
FAULTY = "culture-tourism-2024.docx"


def main() -> None:
    """Writes docs/page.png, docs/draft.png, docs/check.png and docs/library.png."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served_page(Path(folder) / "data") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        expect.set_options(timeout=60_000)
        page.goto(f"{address}?q={QUESTION}")
        _picture_of_asking(page)
        open_draft(page)
        _save(page, "draft.png")
        _picture_of_checking(page)
        _picture_of_library(page)
        browser.close()


def _picture_of_asking(page: Page) -> None:
    expect(page.locator("#nb-chat .bot.message:not(.pending)")).to_contain_text("2024年")
    expect(page.locator("#nb-lines canvas, #nb-lines svg.marks")).to_be_visible()
    expect(page.locator("#nb-sources .nb-picture")).to_be_attached()
    _save(page, "page.png")


def _picture_of_checking(page: Page) -> None:
    page.get_by_role("tab", name="核查").click()
    faulty = next(path for path in samples.paths() if path.name == FAULTY)
    page.locator("#nb-check-file input[type=file]").set_input_files(faulty)
    expect(page.locator("#nb-check-file")).to_contain_text(faulty.suffix)
    page.get_by_role("button", name="开始核查").click()
    expect(page.locator("#nb-finding .nb-card")).to_be_visible()
    _save(page, "check.png")


def _picture_of_library(page: Page) -> None:
    page.get_by_role("tab", name="文库").click()
    page.locator("#nb-entries .nb-doubtful").first.click()
    expect(page.locator("#nb-report .nb-form").first).to_be_visible()
    _save(page, "library.png")


def _save(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)  # Progress bars fade out.
    page.screenshot(path=DOCS / name)


if __name__ == "__main__":
    main()
