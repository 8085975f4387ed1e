"""What is said to who has to wait, or finds too many waiting."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import CHROMIUM, opened

QUESTION = "“三安全一稳定”是什么意思？"
# Stands in for a server at which others wait: an event is accepted, and what is said of it is said
# by the test, through Gradio's own program in the page.
CROWDED = """
const fetched = window.fetch;
window.fetch = async (input, init) => {
  const address = String(input.url ?? input);
  if (window.crowded && address.includes("/queue/join")) return Response.json({ event_id: "e" });
  if (!window.crowded || !address.includes("/queue/data")) return fetched(input, init);
  const said = new ReadableStream({ start(stream) {
    window.say = (message) => stream.enqueue(
      new TextEncoder().encode(`data: ${JSON.stringify({ event_id: "e", ...message })}\\n\\n`));
  } });
  return new Response(said, { headers: { "content-type": "text/event-stream" } });
};
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="本机没有 Chromium 且无权安装，浏览器测试跳过。"),
]


@pytest.fixture
def page(chromium: Browser, served: str) -> Iterator[Page]:
    with opened(chromium, served, script=CROWDED) as page:
        yield page


def _send(page: Page) -> None:
    page.locator("#nb-question textarea").fill(QUESTION)
    page.locator("#nb-question textarea").press("Enter")


def test_the_place_in_the_queue_is_told_in_chinese_and_again_when_it_moves_up(page: Page) -> None:
    page.evaluate("window.crowded = true")
    _send(page)
    page.wait_for_function("() => window.say")
    waiting = page.locator("#nb-chat .progress-text, #nb-chat .meta-text")
    for rank, size in ((2, 5), (0, 3)):
        page.evaluate(f"say({{ msg: 'estimation', rank: {rank}, queue_size: {size} }})")
        expect(waiting.first).to_contain_text(f"排队中：第{rank + 1}位，共{size}位")
    expect(page.locator("body")).not_to_contain_text("queue:")


def test_who_finds_too_many_waiting_gets_the_question_back_and_a_sentence(page: Page) -> None:
    sentence = "现在排队的人太多，请过一会儿再试。"

    def full(route: Route) -> None:
        route.fulfill(
            status=429, content_type="application/json", body=json.dumps({"detail": sentence})
        )

    page.route("**/queue/join*", full)
    _send(page)
    expect(page.locator(".toast-body")).to_contain_text(sentence)
    expect(page.locator("#nb-question textarea")).to_have_value(QUESTION)
    expect(page.get_by_role("button", name="提问", exact=True)).to_be_visible()
    page.unroute("**/queue/join*")
    page.locator("#nb-question textarea").press("Enter")
    expect(page.locator("#nb-chat .bot.message:not(.pending)")).to_contain_text("社会稳定")
