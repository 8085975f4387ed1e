"""`python -m tests.bench.serving`: what the served page costs, each beside its floor in one run.

First paint and the moment from which one can type, against an empty Gradio page in the same browser;
a look-up through the page, against a handler of Gradio's that gives back what it was given;
twenty people at work at once, each asking on a second after reading, against one; twenty questions
sent in the same instant, against twenty calls of a handler that does nothing; the server's memory
over a thousand questions. A question goes the way of the page's own: into Gradio's queue, its answer
read from the stream.
"""

import http.client
import itertools
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from ingest import samples
from tests.bench.clock import bound, say
from tests.browser import CHROMIUM, FLAGS
from tests.page_server import free_port, served_process, wait_for
from vectorstore.library import Library

MOST_OF_EMPTY_PAGE = 1.5
MOST_OF_ONE = 3.0
MOST_OF_NOTHING = 2.0
MOST_GROWTH = 1.05
PEOPLE = 20
QUESTIONS_EACH = 10
QUESTIONS_IN_ALL = 1_000
# Before these the caches fill, the interpreter's allocator and the index's readers among them.
WARM = 200
OPENINGS = 5
BURSTS = 5
ALONE = 100
# A person reads an answer before asking on.
PAUSE_S = 1.0

EMPTY_PAGE = """
import gradio as gr
def ask(question: str, history: list[str]) -> str:
    return question
with gr.Blocks(analytics_enabled=False) as page:
    gr.Textbox()
    gr.api(ask, api_name="ask", concurrency_limit=8)
page.queue(default_concurrency_limit=8).launch(server_port={port}, quiet=True, ssr_mode=False)
"""
QUESTIONS = (
    "云江市人民政府2024年新收到多少件申请？",
    "2024年各单位新收申请从多到少排一下",
    "各单位2023年一共收到多少件申请？",
    "云江市青槐区教育局2024年比2023年新收申请多了多少？",
    "云江市市场监督管理局2024年行政处罚决定数量是多少？",
)


def main() -> None:
    """Prints each ratio beside its bound."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with Library(data) as library:
            list(library.ingest(samples.paths(), workers=2))
            library.warm()
        with served_process(data) as (address, process), _empty_page() as empty:
            _opening(address, empty)
            port, floor = _port(address), _port(empty)
            _alone(port, floor)
            for door in (_through_the_page, _through_rest):
                _together(port, door)
            _in_one_instant(port, floor)
            _memory(port, process.pid)


def _port(address: str) -> int:
    return int(address.rstrip("/").rsplit(":", 1)[1])


# --- Opening the page -----------------------------------------------------------------------------


def _opening(address: str, empty: str) -> None:
    if CHROMIUM is None:
        say("本机没有 Chromium，没有测打开网页。")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        ours, floor = [], []
        for _ in range(OPENINGS):
            floor.append(_opened(browser, empty))
            ours.append(_opened(browser, address))
        browser.close()
    for place, what in ((0, "first paint"), (1, "time to typing")):
        own, least = (median(each[place] for each in times) for times in (ours, floor))
        say(f"{what:24} page {own:7.0f} ms   empty page {least:7.0f} ms")
        bound(f"{what} / empty page", own / least, MOST_OF_EMPTY_PAGE)


def _opened(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds until something is painted and until a box takes typing, in a fresh browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("textarea:visible").first.fill("一")
    typed = 1000 * (time.perf_counter() - begun)
    paint = page.evaluate(
        "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    )
    context.close()
    return float(paint), typed


@contextmanager
def _empty_page() -> Iterator[str]:
    port = free_port()
    call = [sys.executable, "-c", EMPTY_PAGE.format(port=port)]
    server = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=30)


# --- One after another ----------------------------------------------------------------------------


def _alone(port: int, floor: int) -> None:
    """Look-ups through the page, each beside a call of a handler that does nothing."""
    ours: list[float] = []
    least: list[float] = []
    for number in range(ALONE + len(QUESTIONS)):
        question = QUESTIONS[number % len(QUESTIONS)]
        for taken, door in ((least, floor), (ours, port)):
            begun = time.perf_counter()
            _through_the_page(door, question, "alone")
            taken.append(1000 * (time.perf_counter() - begun))
    # The first of each fill the caches.
    own, nothing = (median(times[len(QUESTIONS) :]) for times in (ours, least))
    say(f"{'look-up through the page':24} {own:7.1f} ms   nothing {nothing:7.1f} ms")
    bound("a look-up through the page / a handler of nothing", own / nothing, MOST_OF_NOTHING)


# --- Many at once ---------------------------------------------------------------------------------


def _together(port: int, door: Callable[[int, str, str], None]) -> None:
    name = (door.__doc__ or "").strip()
    for question in QUESTIONS:
        door(port, question, "warm")
    one = _times(port, door, 1)
    many = _times(port, door, PEOPLE)
    for who, times in (("one", one), (str(PEOPLE), many)):
        p50, p95 = np.percentile(times, [50, 95])
        say(f"{name}, {who:>3} at once   p50 {p50:7.1f} ms   p95 {p95:7.1f} ms")
    ratio = float(np.percentile(many, 95) / np.percentile(one, 95))
    bound(f"{name}: p95 of {PEOPLE} / p95 of one", ratio, MOST_OF_ONE)


def _times(port: int, door: Callable[[int, str, str], None], people: int) -> Sequence[float]:
    """Milliseconds of every question of so many people, each at their own moment of a second.

    A failed request ends the measurement.
    """
    opened = threading.Barrier(people)
    taken: list[float] = []

    def person(number: int) -> None:
        # Whoever asks has opened the page before, which makes the session.
        door(port, QUESTIONS[0], f"{door.__name__}-{people}-{number}")
        opened.wait()
        time.sleep(PAUSE_S * number / people)
        asked = itertools.islice(itertools.cycle(QUESTIONS), number, number + QUESTIONS_EACH)
        for question in asked:
            begun = time.perf_counter()
            door(port, question, f"{door.__name__}-{people}-{number}")
            taken.append(1000 * (time.perf_counter() - begun))
            time.sleep(PAUSE_S)

    threads = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == people * QUESTIONS_EACH, "a request failed"
    return taken


def _in_one_instant(port: int, floor: int) -> None:
    """Twenty questions sent together, against as many calls of a handler that does nothing."""
    ours, least = [], []
    for round_number in range(BURSTS):
        least += _burst(floor, f"floor-{round_number}")
        ours += _burst(port, f"burst-{round_number}")
    for who, times in (("a handler that does nothing", least), ("questions", ours)):
        p50, p95 = np.percentile(times, [50, 95])
        say(f"{PEOPLE} {who} in one instant   p50 {p50:7.1f} ms   p95 {p95:7.1f} ms")
    ratio = float(np.percentile(ours, 95) / np.percentile(least, 95))
    bound("in one instant: p95 of questions / of nothing", ratio, MOST_OF_NOTHING)


def _burst(port: int, session: str) -> list[float]:
    taken: list[float] = []
    together = threading.Barrier(PEOPLE)

    def person(number: int) -> None:
        _through_the_page(port, QUESTIONS[0], f"{session}-{number}")
        together.wait()
        begun = time.perf_counter()
        _through_the_page(port, QUESTIONS[number % len(QUESTIONS)], f"{session}-{number}")
        taken.append(1000 * (time.perf_counter() - begun))

    threads = [threading.Thread(target=person, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == PEOPLE, "a request failed"
    return taken


def _through_the_page(port: int, question: str, session: str) -> None:
    """page"""
    event = {"data": [question, []], "fn_index": _ask_event(port), "session_hash": session}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        "POST", "/gradio_api/queue/join", json.dumps(event), {"content-type": "application/json"}
    )
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    answer.read()
    connection.request("GET", f"/gradio_api/queue/data?session_hash={session}")
    stream = connection.getresponse()
    for line in stream:
        if b"process_completed" in line:
            assert b'"success": true' in line or b'"success":true' in line, line
            break
    connection.close()


def _through_rest(port: int, question: str, _: str) -> None:
    """REST"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps({"question": question})
    connection.request("POST", "/api/v1/ask", body, {"content-type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == 200 and b'"answered"' in answer.read()
    connection.close()


_ASK_EVENTS: dict[int, int] = {}


def _ask_event(port: int) -> int:
    """The number of the event that the endpoint `ask` is."""
    if port not in _ASK_EVENTS:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/config")
        config = json.loads(connection.getresponse().read())
        _ASK_EVENTS[port] = next(e["id"] for e in config["dependencies"] if e["api_name"] == "ask")
    return _ASK_EVENTS[port]


# --- Memory ---------------------------------------------------------------------------------------


def _memory(port: int, process: int) -> None:
    asked = itertools.cycle(QUESTIONS)
    for number in range(WARM):
        _through_the_page(port, next(asked), f"memory-{number % PEOPLE}")
    before = _resident_megabytes(process)
    for number in range(QUESTIONS_IN_ALL):
        _through_the_page(port, next(asked), f"memory-{number % PEOPLE}")
    after = _resident_megabytes(process)
    say(f"memory before {before:.0f} MB, after {QUESTIONS_IN_ALL} questions {after:.0f} MB")
    bound(f"memory after {QUESTIONS_IN_ALL} questions / before", after / before, MOST_GROWTH)


def _resident_megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    [resident] = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(resident) / 1024


if __name__ == "__main__":
    main()
