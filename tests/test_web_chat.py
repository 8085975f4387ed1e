"""The conversation, its chips, charts and follow-ups, as pure functions of what was asked."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Statement, Value
from assistant.asking import Asked, explain_and_ask
from assistant.inventory import library_to_known
from assistant.measure import Measure
from assistant.model import Turn
from assistant.query import Query
from assistant.web.cards import sources_to_html
from assistant.web.charts import Chart, asked_to_chart, chart_to_csv, chart_to_html
from assistant.web.conversation import (
    conversation_to_messages,
    conversation_to_turns,
    exchange_of_message,
    plain,
    unescaped,
)
from assistant.web.conversations import Conversations
from assistant.web.follow_ups import follow_ups
from assistant.web.understood import chips_to_html, why_to_html
from ingest.report import Concept, Place
from tests.bookcase import Bookcase
from tests.invented import invented_report

NEW = Measure("新收申请", "件", "cells", (Concept("requests", "new", "total"),))
CITY = [
    invented_report(agency=agency, year=year, seed=seed, balanced=True)
    for seed, (agency, year) in enumerate(
        (agency, year)
        for agency in ("云溪县水务局", "云溪县教育局", "云溪县民政局")
        for year in (2022, 2023)
    )
]


def asked(text: str, *values: Value, **query: object) -> Asked:
    answer = Answer("问题？", (Statement(text, (0,)),), "answered", "lookup", values)
    cited = replace(answer, citations=(Citation(None, None, None, Place(quote="依据"), "条例"),))
    known = Query("问题？", kind="lookup", operation="list", measures=(NEW,))
    return Asked(cited, replace(known, **query))  # type: ignore[arg-type]


def counts(*cells: tuple[str, int, float]) -> list[Value]:
    return [Value(number, "件", agency, year) for agency, year, number in cells]


def test_an_answer_is_shown_with_links_to_the_cards_of_its_own_exchange() -> None:
    first, second = asked("甲。"), asked("乙。")
    messages = conversation_to_messages([first, second], ["再问"])
    assert [m["role"] for m in messages] == ["user", "assistant"] * 2
    assert "[`1`](#nb-source-2-1)" in str(messages[3]["content"])
    assert "id='nb-source-2-1'" in sources_to_html(second, {}, exchange=2)
    assert messages[3]["options"] == [{"value": "再问", "label": "再问"}]
    assert "options" not in messages[1]


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "[点我](http://x.cn)", "# 标题", "1. 一", "a*b*c_d_`e`", "|a|b|"],
)
def test_what_a_document_says_is_no_markup_and_can_be_edited_again(text: str) -> None:
    assert plain(text) != text
    assert unescaped(plain(text)) == text


def test_the_conversation_so_far_carries_no_marks() -> None:
    assert conversation_to_turns([asked("共3件。")]) == [
        Turn("user", "问题？"),
        Turn("assistant", "共3件。"),
    ]


def test_both_messages_of_an_exchange_lead_to_it() -> None:
    assert [exchange_of_message(index) for index in (0, 1, 2, [3, 0])] == [0, 0, 1, 1]


def test_a_conversation_is_found_by_its_name_only_and_the_oldest_is_forgotten() -> None:
    kept = Conversations(most=2)
    name = kept.keep("", [asked("甲。")])
    assert kept.find(name) and not kept.find("") and not kept.find("别的")
    kept.keep("", []), kept.keep("", [])
    assert kept.find(name) == []


def test_the_chips_say_what_was_understood_and_what_was_not() -> None:
    html = chips_to_html(
        asked(
            "甲。",
            agencies=("甲<局>",),
            years=(2023,),
            unknown_years=(2031,),
            not_understood=("啥",),
        )
    )
    for part in ("甲&lt;局&gt;", "2023年", "新收申请", "逐一列出", "2031年", "啥"):
        assert part in html
    assert "全部单位" in chips_to_html(asked("甲。"))
    assert chips_to_html(Asked(asked("甲。").answer, None)) == ""


def test_the_reason_names_the_cells_that_were_looked_up() -> None:
    assert "本年新收政府信息公开申请数量" in why_to_html(asked("甲。"))
    ratio = replace(NEW, aspect="ratio", over=(Concept("requests", "carried_in", "total"),))
    assert "÷" in why_to_html(asked("甲。", measures=(ratio,)))


def test_three_agencies_make_bars_and_three_years_a_line() -> None:
    bars = asked_to_chart(asked("。", *counts(("甲", 2023, 3), ("乙", 2023, 2), ("丙", 2023, 0))))
    line = asked_to_chart(asked("。", *counts(("甲", 2021, 3), ("甲", 2022, 2), ("甲", 2023, 5))))
    assert bars and bars.kind == "bar" and [p.value for p in bars.points] == [3, 2, 0]
    assert line and line.kind == "line"


@pytest.mark.parametrize(
    "values",
    [
        counts(("甲", 2023, 3), ("乙", 2023, 2)),
        counts(("甲", 2021, 3), ("乙", 2022, 2), ("丙", 2023, 5)),
        [*counts(("甲", 2023, 3), ("乙", 2023, 2), ("丙", 2023, 1)), Value(9, "%", "丁", 2023)],
        [*counts(("甲", 2023, 3), ("乙", 2023, 2), ("丙", 2023, 1)), Value("无", "", "丁", 2023)],
        [*counts(("甲", 2023, 3), ("乙", 2023, 2), ("丙", 2023, 1)), Value(6, "件", None, 2023)],
    ],
    ids=["too few", "no trend", "two units", "a name among them", "a sum among them"],
)
def test_what_cannot_be_compared_is_not_drawn(values: list[Value]) -> None:
    assert asked_to_chart(asked("。", *values)) is None


def test_the_chart_can_be_taken_away_as_a_table() -> None:
    chart = asked_to_chart(
        asked("。", *counts(("甲<b>", 2023, 3), ("乙", 2023, 2), ("丙", 2023, 1)))
    )
    assert isinstance(chart, Chart)
    assert chart_to_csv(chart).splitlines()[1] == "甲<b>,2023,3,件"
    html = chart_to_html(chart)
    assert "甲&lt;b&gt;" in html and "<b>" not in html and "download='新收申请.csv'" in html


@pytest.mark.parametrize(
    "question",
    [
        "云溪县水务局2023年新收多少件申请？",
        "2023年各单位新收申请从多到少排一下",
        "2023年各单位一共收到多少件申请？",
        "云溪县民政局2023年的报告有没有问题？",
    ],
)
def test_every_question_that_is_offered_next_can_be_answered(question: str) -> None:
    library = Bookcase(*CITY)
    offered = follow_ups(explain_and_ask(question, library), library_to_known(library))
    assert offered
    for text in offered:
        answer = explain_and_ask(text, library).answer
        assert answer.status == "answered" or "问题" in text, (text, answer.text)


def test_nothing_is_offered_after_a_refusal() -> None:
    library = Bookcase(*CITY)
    refused = explain_and_ask("今天天气怎么样？", library)
    assert follow_ups(refused, library_to_known(library)) == []
