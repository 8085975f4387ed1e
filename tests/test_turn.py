"""A question asked on: what it follows, and when it is too early."""

from typing import Any, cast

import gradio as gr
import pytest

from assistant.answer import Answer, Statement
from assistant.asking import Asked
from assistant.query import Query
from assistant.web.chat_desk import Desk
from assistant.web.conversation import Exchange
from assistant.web.turn import Turn

FIRST = Exchange(
    Asked(Answer("甲？", (Statement("甲。"),), "answered", "lookup"), Query("甲？")), ""
)
_NOTHING = cast("Any", None)
DESK = Desk(_NOTHING, None, _NOTHING, _NOTHING)


def _turn() -> Turn:
    return Turn("甲？", [])


def _said(turn: Turn | None, exchanges: list[Exchange]) -> list[str]:
    chat = DESK.show_question("乙？", exchanges, turn)[2]
    return [str(message["content"]) for message in chat if message["role"] == "user"]


def test_who_asks_as_an_answer_ends_keeps_it_before_the_page_has_heard_of_it() -> None:
    turn = _turn()
    turn.exchange, turn.is_answered = FIRST, True
    assert _said(turn, []) == ["甲？", "乙？"]
    turn.settle()
    assert _said(turn, []) == ["甲？", "乙？"]


def test_who_asks_while_an_answer_grows_is_told_to_wait() -> None:
    turn = _turn()
    turn.exchange = FIRST
    with pytest.raises(gr.Error, match="还在回答"):
        _said(turn, [])


def test_without_a_turn_the_conversation_is_what_the_page_holds() -> None:
    assert _said(None, [FIRST]) == ["甲？", "乙？"]
