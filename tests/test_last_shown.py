from types import SimpleNamespace
from typing import cast

import gradio as gr

from assistant.web.last_shown import LastShown


def _page(session: str) -> gr.Request:
    return cast("gr.Request", SimpleNamespace(session_hash=session))


def test_what_was_drawn_for_an_earlier_answer_is_told_from_what_is_shown_now() -> None:
    last = LastShown()
    last.note(_page("甲"), "对话一", 1, 0)
    assert last.is_still(_page("甲"), "对话一", 1, 0)
    last.note(_page("甲"), "对话一", 2, 1)
    assert not last.is_still(_page("甲"), "对话一", 1, 0)
    last.note(_page("甲"), "对话二", 1, 0)
    assert not last.is_still(_page("甲"), "对话一", 1, 0)


def test_pages_do_not_disturb_one_another() -> None:
    last = LastShown()
    last.note(_page("甲"), "对话一", 1, 0)
    last.note(_page("乙"), "对话二", 5, 4)
    assert last.is_still(_page("甲"), "对话一", 1, 0)


def test_a_page_of_long_ago_is_forgotten_and_still_served() -> None:
    last = LastShown()
    for number in range(5000):
        last.note(_page(str(number)), "", 1, 0)
    assert last.is_still(_page("0"), "对话一", 3, 2)
    assert not last.is_still(_page("4999"), "对话一", 3, 2)
