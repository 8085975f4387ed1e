"""Fixtures shared by all tests: the real reports where they are present, and temporary libraries."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples in every run, so that a run can be repeated; `HYPOTHESIS_PROFILE=search` hunts.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

REAL_REPORTS = Path(__file__).parents[2] / "shared" / "reports"


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """The folder of real published reports; skips, visibly, where it is not present."""
    if not REAL_REPORTS.is_dir():
        pytest.skip("真实年报样本不在本机（../shared/reports），跳过。")
    return REAL_REPORTS


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """One browser for the tests of a module; its event loop would stand in the way of others."""
    from playwright.sync_api import sync_playwright

    from tests.browser import CHROMIUM, FLAGS

    if CHROMIUM is None:
        pytest.skip("本机没有 Chromium 且无权安装，浏览器测试跳过。")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one page over the sample reports, with a language model that is slow."""
    from tests.page_server import served_page
    from tests.slow_model import slow_model

    folder = tmp_path_factory.mktemp("page")
    with slow_model() as endpoint, served_page(folder / "data", environment=endpoint) as address:
        yield address
