"""The conversation, its chips, charts and follow-ups, as pure functions of what was asked."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Statement, Value
from assistant.asking import Asked, explain_and_ask
from assistant.inventory import library_to_known
from assistant.measure import Measure
from assistant.model import Turn
from assistant.query import Known, Query
from assistant.question import understand
from assistant.retrieval import Rejected
from assistant.web.cards import sources_to_html
from assistant.web.charts import Chart, asked_to_chart, chart_to_csv, chart_to_html
from assistant.web.conversation import (
    Exchange,
    conversation_to_messages,
    conversation_to_turns,
    exchange_of_message,
    plain,
    unescaped,
)
from assistant.web.corrections import MEASURES, correction
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


KNOWN = Known(
    ("云溪县水务局", "云溪县教育局"),
    (2022, 2023),
    (("云溪县水务局", 2022), ("云溪县水务局", 2023), ("云溪县教育局", 2021)),
)


def asked(text: str, *values: Value, **query: object) -> Asked:
    answer = Answer("问题？", (Statement(text, (0,)),), "answered", "lookup", values)
    cited = replace(answer, citations=(Citation(None, None, None, Place(quote="依据"), "条例"),))
    known = Query("问题？", kind="lookup", operation="list", measures=(NEW,))
    return Asked(cited, replace(known, **query))  # type: ignore[arg-type]


def counts(*cells: tuple[str, int, float]) -> list[Value]:
    return [Value(number, "件", agency, year) for agency, year, number in cells]


def test_an_answer_is_shown_with_links_to_the_cards_of_its_own_exchange() -> None:
    first, second = Exchange(asked("甲。")), Exchange(asked("乙。"))
    messages = conversation_to_messages([first, second], ["再问"])
    assert [m["role"] for m in messages] == ["user", "assistant"] * 2
    assert "[`1`](#nb-source-2-1)" in str(messages[3]["content"])
    assert "id='nb-source-2-1'" in sources_to_html(second.asked, {}, exchange=2)
    assert messages[3]["options"] == [{"value": "再问", "label": "再问"}]
    assert "options" not in messages[1]


def test_an_answer_over_several_agencies_has_a_line_for_each() -> None:
    found = explain_and_ask("各单位历年新收申请的变化", Bookcase(*CITY))
    [_, message] = conversation_to_messages([Exchange(found)])
    lines = str(message["content"]).split("\n")
    assert [line[:6] for line in lines] == ["云溪县教育局", "云溪县民政局", "云溪县水务局"]
    quoted = explain_and_ask(
        "云溪县水务局和云溪县教育局2023年存在的问题有什么不同", Bookcase(*CITY)
    )
    assert "\n\n" not in str(conversation_to_messages([Exchange(quoted)])[1]["content"])
    one = explain_and_ask("云溪县水务局历年新收申请的变化", Bookcase(*CITY))
    assert "\n" not in str(conversation_to_messages([Exchange(one)])[1]["content"])


def test_an_answer_from_an_upload_says_so_first_and_a_file_name_is_no_markup() -> None:
    [_, message] = conversation_to_messages([Exchange(asked("甲。"), "a*b*.docx")])
    assert str(message["content"]).startswith("*据您上传的《a\\*b\\*.docx》，未存入资料库。*")


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "[点我](http://x.cn)", "# 标题", "1. 一", "a*b*c_d_`e`", "|a|b|"],
)
def test_what_a_document_says_is_no_markup_and_can_be_edited_again(text: str) -> None:
    assert plain(text) != text
    assert unescaped(plain(text)) == text


def test_the_conversation_so_far_carries_no_marks() -> None:
    assert conversation_to_turns([Exchange(asked("共3件。"), "a.docx")]) == [
        Turn("user", "问题？"),
        Turn("assistant", "共3件。"),
    ]


def test_both_messages_of_an_exchange_lead_to_it() -> None:
    assert [exchange_of_message(index) for index in (0, 1, 2, [3, 0])] == [0, 0, 1, 1]


def test_the_chips_say_what_was_understood_and_what_was_not() -> None:
    html = chips_to_html(
        asked(
            "甲。",
            agencies=("甲<局>",),
            years=(2023,),
            unknown_years=(2031,),
            not_understood=("啥",),
        ),
        KNOWN,
        "报告<1>.docx",
    )
    for part in ("甲&lt;局&gt;", "2023年", "新收申请", "逐一列出", "2031年", "啥", "报告&lt;1&gt;"):
        assert part in html
    assert "全部单位" in chips_to_html(asked("甲。"), KNOWN)
    assert chips_to_html(Asked(asked("甲。").answer, None), KNOWN) == ""


def test_a_chip_offers_what_else_was_meant_and_not_what_was_understood() -> None:
    html = chips_to_html(asked("甲。", agencies=("云溪县水务局",), years=(2023,)), KNOWN)
    assert "<option value='云溪县教育局'>" in html and "<option value='云溪县水务局'>" not in html
    assert "<option value='2022年'>" in html and "<option value='2021年'>" not in html
    assert html.count("<option selected disabled value=''>") == 3


@pytest.mark.parametrize("name", [name for _, names in MEASURES for name in names])
def test_every_measure_that_a_chip_offers_is_understood_as_that_one(name: str) -> None:
    before = [Turn("user", "云溪县水务局2023年新收到多少件申请？"), Turn("assistant", "3件。")]
    query = understand(correction(name), before, KNOWN)
    assert [measure.name.partition("（")[0] for measure in query.measures] == [name]
    assert (query.agencies, query.years) == (("云溪县水务局",), (2023,))


def test_several_sources_can_be_gone_through_and_a_removed_file_is_said_to_be() -> None:
    lone = asked("甲。")
    assert "data-step" not in sources_to_html(lone, {})
    gone = Citation("f" * 16, "甲局", 2023, Place(quote="原文"))
    both = replace(lone.answer, citations=(*lone.answer.citations, gone))
    html = sources_to_html(replace(lone, answer=both), {})
    assert html.count("data-step") == 2 and "共2处" in html and "这份文件已经移除" in html


def test_the_reason_names_the_cells_that_were_looked_up() -> None:
    assert "本年新收政府信息公开申请数量" in why_to_html(asked("甲。"))
    ratio = replace(NEW, aspect="ratio", over=(Concept("requests", "carried_in", "total"),))
    assert "÷" in why_to_html(asked("甲。", measures=(ratio,)))


def test_the_reason_shows_what_was_found_and_passed_over_without_markup() -> None:
    over = Rejected(
        Citation("f" * 16, "甲局", 2023, Place(section=5, quote="<b>" * 40)), "不贴切。"
    )
    html = why_to_html(asked("甲。"), [over])
    assert "检索到而没有采用的" in html and "不贴切。" in html and "甲局2023年" in html
    assert "<b>&lt;b&gt;" not in html and html.count("&lt;b&gt;") <= 20 and "……" in html
    assert "没有采用" not in why_to_html(asked("甲。"))


def test_the_reason_tells_each_step_of_an_answer_in_two() -> None:
    first = replace(asked("甲。").query or Query(""), operation="extremum", years=(2023,))
    then = replace(first, operation="value", pairs=(("云溪县水务局", 2023),))
    html = why_to_html(replace(asked("甲。"), steps=(first, then)))
    assert html.index("第一步") < html.index("最多或最少") < html.index("第二步")
    assert "云溪县水务局2023年" in html


def test_the_reason_says_what_was_not_looked_into() -> None:
    refused = asked("甲。", refusal="不在范围内。")
    html = why_to_html(replace(refused, answer=replace(refused.answer, status="unanswerable")))
    assert "没有去查" in html and "查的内容" not in html
    unclear = asked("甲。")
    html = why_to_html(replace(unclear, answer=replace(unclear.answer, status="clarify")))
    assert "先问清楚" in html


def test_the_reason_of_an_answer_from_the_text_names_what_was_sought_and_no_cells() -> None:
    told = asked("甲。", kind="retrieval", topic="存在什么问题")
    html = why_to_html(replace(told, answer=replace(told.answer, method="retrieval")))
    assert "存在的问题" in html and "表三" not in html


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


def test_of_one_agency_s_reports_nobody_is_asked_which_agency_has_most() -> None:
    library = Bookcase(*CITY[:2])
    found = explain_and_ask("新收到多少件申请？", library)
    offered = follow_ups(found, library_to_known(library))
    assert offered and not any("各单位" in question for question in offered)
