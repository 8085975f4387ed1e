"""Every tab, light and dark, on a screen and on a phone, held to axe; and used by keyboard alone.

axe-core stands in tests/vendor under its own licence (MPL 2.0); nothing is fetched.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import CHROMIUM, opened

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
ANSWERS = "#nb-chat .bot.message:not(.pending)"
TRIES, PAUSE_MS = 5, 500
RANKING = "2024年各单位新收申请从多到少排一下"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="本机没有 Chromium 且无权安装，浏览器测试跳过。"),
]


@pytest.fixture(params=["light", "dark", "phone"])
def page(chromium: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = (390, 844) if request.param == "phone" else (1280, 800)
    address = f"{served}?q={RANKING}"
    with opened(
        chromium, address, width=width, height=height, dark=request.param == "dark"
    ) as page:
        yield page


def violations(page: Page) -> list[str]:
    """What axe objects to: rule, why, and the first element.

    What is awaited is pale on purpose and for a moment: an objection counts when it stays.
    """
    for _ in range(TRIES):
        found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
        if not found["violations"]:
            return []
        page.wait_for_timeout(PAUSE_MS)
    return [
        f"{each['id']}: {each['help']} — {each['nodes'][0]['html'][:200]}"
        for each in found["violations"]
    ]


def ask(page: Page) -> None:
    expect(page.locator(ANSWERS)).to_contain_text("第一：云江市人民政府")
    expect(page.locator("#nb-sources .nb-picture img").first).to_be_visible()
    if not page.locator("#nb-drawer").is_visible():
        page.get_by_role("button", name="历史对话").click()


def library(page: Page) -> None:
    page.locator("#nb-entries .nb-doubtful").first.click()
    expect(page.locator("#nb-report .nb-form").first).to_be_visible()


def overview(page: Page) -> None:
    page.get_by_role("tab", name="总体情况").click()
    expect(page.locator("#nb-overview-filings-table")).to_contain_text("条例第四十九条")


def settings(page: Page) -> None:
    expect(page.locator("#nb-settings")).to_contain_text("NIANBAO_DATA")


def draft(page: Page) -> None:
    expect(page.locator("#nbd-form .nbd-status")).to_be_visible()


def check(page: Page) -> None:
    expect(page.locator("#nb-check-file")).to_be_visible()


STEPS: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("问答", ask),
    ("起草", draft),
    ("核查", check),
    ("文库", library),
    ("文库", overview),
    ("设置", settings),
)


def test_axe_finds_nothing_on_any_tab_and_none_is_wider_than_the_screen(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for name, look in STEPS:
        page.get_by_role("tab", name=name, exact=True).click()
        look(page)
        found += [f"{look.__name__}: {each}" for each in violations(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look.__name__
    assert found == []


def test_a_question_is_asked_and_its_source_reached_by_keyboard_alone(
    chromium: Browser, served: str
) -> None:
    with opened(chromium, served) as page:
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("云江市人民政府2024年新收到多少件申请？")
        page.keyboard.press("Enter")
        mark = page.locator("#nb-chat a[href='#nb-source-1-1']")
        expect(mark).to_be_visible()
        for _ in range(40):
            page.keyboard.press("Shift+Tab")
            if page.evaluate("document.activeElement.getAttribute('href') === '#nb-source-1-1'"):
                break
        page.keyboard.press("Enter")
        expect(page.locator("#nb-source-1-1.nb-chosen")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".nb-chosen")).to_have_count(0)
