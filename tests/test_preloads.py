"""The files that the page names ahead, against those that a browser loads."""

import re

import httpx
import pytest
from playwright.sync_api import Browser

from assistant.serving.preloads import files_to_open
from tests.browser import CHROMIUM, opened

_LOADED = "() => performance.getEntriesByType('resource').map((file) => file.name)"


def test_a_kind_of_component_that_gradio_does_not_know_adds_no_file() -> None:
    assert files_to_open(["button", "no-such-kind"]) == files_to_open(["button"])
    assert set(files_to_open(["button"])) > set(files_to_open([]))


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="本机没有 Chromium 且无权安装，浏览器测试跳过。")
def test_the_page_names_every_program_file_that_opening_it_loads(
    chromium: Browser, served: str
) -> None:
    named = set(re.findall(r'href="\./assets/([^"]+)"', httpx.get(served).text))
    with opened(chromium, served) as page:
        loaded = {str(file).rpartition("/assets/")[2] for file in page.evaluate(_LOADED)}
    programs = {file for file in loaded if re.fullmatch(r"[\w.-]+\.(js|css)", file)}
    assert len(programs) > 50
    assert programs <= named
