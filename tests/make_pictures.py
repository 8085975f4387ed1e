"""Makes the pictures of every tab, light and dark, for README and docs: python -m tests.make_pictures."""

import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ingest import samples
from tests.browser import CHROMIUM, FLAGS, opened
from tests.page_server import served_page
from tests.picture_of_drafting import open_draft

DOCS = Path(__file__).parents[1] / "docs"
QUESTION = "云江市市场监督管理局历年新收申请有什么变化？"
FAULTY = "culture-tourism-2024.docx"
# So few colours look the same on a page of text, and keep a picture small.
COLOURS = 192


def main() -> None:
    """Writes docs/page.png, docs/draft.png, … and docs/page-dark.png, docs/draft-dark.png, …"""
    with (
        tempfile.TemporaryDirectory() as folder,
        served_page(Path(folder) / "data") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for dark in (False, True):
            _pictures(browser, address, dark)
        browser.close()


def _pictures(browser: Browser, address: str, dark: bool) -> None:
    with opened(browser, f"{address}?q={QUESTION}", dark=dark) as page:
        for name, show in PICTURES.items():
            show(page)
            page.wait_for_timeout(1500)  # Progress bars fade out.
            _save(page.screenshot(), DOCS / f"{name}{'-dark' if dark else ''}.png")


def _save(picture: bytes, path: Path) -> None:
    image = Image.open(BytesIO(picture)).convert("RGB")
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def _tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def _asking(page: Page) -> None:
    expect(page.locator("#nb-chat .bot.message:not(.pending)")).to_contain_text("2024年")
    expect(page.locator("#nb-lines canvas, #nb-lines svg.marks")).to_be_visible()
    expect(page.locator("#nb-sources .nb-picture").first).to_be_attached()


def _checking(page: Page) -> None:
    _tab(page, "核查")
    faulty = next(path for path in samples.paths() if path.name == FAULTY)
    page.locator("#nb-check-file input[type=file]").set_input_files(faulty)
    expect(page.locator("#nb-check-file")).to_contain_text(faulty.suffix)
    page.get_by_role("button", name="开始核查").click()
    page.locator("#nb-findings .nb-item", has_text="R101").first.click()
    expect(page.locator("#nb-finding .nb-card")).to_be_visible()


def _library(page: Page) -> None:
    _tab(page, "文库")
    page.locator("#nb-entries .nb-doubtful").first.click()
    expect(page.locator("#nb-report .nb-form").first).to_be_visible()


def _overview(page: Page) -> None:
    _tab(page, "总体情况")
    expect(page.locator("#nb-overview-filings-table")).to_contain_text("条例第四十九条")


def _settings(page: Page) -> None:
    _tab(page, "设置")
    expect(page.locator("#nb-settings")).to_contain_text("NIANBAO_DATA")


PICTURES: dict[str, Callable[[Page], None]] = {
    "page": _asking,
    "draft": open_draft,
    "check": _checking,
    "library": _library,
    "overview": _overview,
    "settings": _settings,
}

if __name__ == "__main__":
    main()
