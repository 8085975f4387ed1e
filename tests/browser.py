"""The Chromium that browser tests and pictures use, and a page opened in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

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
PATIENCE_MS = 20_000


@contextmanager
def opened(
    browser: Browser,
    address: str,
    *,
    width: int = 1280,
    height: int = 800,
    dark: bool = False,
    script: str = "",
) -> Iterator[Page]:
    """The page at an address, ready for use, in a browser profile of its own.

    `script` runs before any of the page's.
    A request to another host or an error of a script fails the block at its end.
    """
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        color_scheme="dark" if dark else "light",
        # Half-way through a change of colour nothing can be said about it.
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page = context.new_page()
    if script:
        page.add_init_script(script)
    wrong: list[str] = []
    page.on("request", lambda request: wrong.append(request.url) if _leaves(request.url) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        go(page, address)
        yield page
    finally:
        context.close()
    assert wrong == []


def go(page: Page, address: str) -> None:
    """Opens an address and waits until the page can be used."""
    page.goto(address)
    expect(page.get_by_role("tab", name="问答")).to_be_visible()
    # Set by the page's own script, which runs once everything is connected.
    expect(page.locator("html[lang='zh-CN']")).to_be_attached()
    # Set when what the page opens with has been drawn: whoever is quicker than that sees it change.
    expect(page.locator("html[data-nb-opened]")).to_be_attached()


def _leaves(url: str) -> bool:
    """Whether a request leaves this machine."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1"
