"""Conversations as they are kept on the server, taken away, and listed."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from sqlalchemy import create_engine, text

from assistant.answer import Answer, Citation, Statement, Value
from assistant.asking import Asked, explain_and_ask
from assistant.web.conversation import Exchange
from assistant.web.conversation_files import conversation_to_markdown, conversation_to_word
from assistant.web.conversation_list import listed_to_html
from assistant.web.conversations import FILE_NAME, Conversations, Kept, Opinion
from ingest.report import Place
from tests.bookcase import Bookcase
from tests.invented import invented_report

ME, YOU = "甲", "乙"


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Conversations]:
    conversations = Conversations(tmp_path)
    yield conversations
    conversations.close()


def exchange(question: str, said: str = "共3件。", file: str = "") -> Exchange:
    place = Place(quote="新收3件", section=1)
    answer = Answer(
        question,
        (Statement(said, (0,)),),
        "answered",
        "lookup",
        (Value(3, "件", "甲局", 2023),),
        (Citation("f" * 16, "甲局", 2023, place),),
    )
    return Exchange(Asked(answer, None), file)


@pytest.mark.parametrize(
    "question",
    [
        "云溪县水务局2023年新收多少件申请？",
        "云溪县水务局2023年公开率是多少？",
        "云溪县水务局存在哪些主要问题？",
        "云溪县水务局2023年的报告有没有问题？",
        "三安全一稳定是什么意思？",
        "今天天气怎么样？",
    ],
)
def test_an_answer_comes_back_whole_with_what_was_understood(
    kept: Conversations, question: str
) -> None:
    library = Bookcase(invented_report(agency="云溪县水务局", year=2023))
    asked = Exchange(explain_and_ask(question, library), "x.docx")
    assert kept.find(ME, kept.keep(ME, "", [asked])) == [asked]


def test_a_conversation_outlives_the_program(tmp_path: Path) -> None:
    before = Conversations(tmp_path)
    name = before.keep(ME, "", [exchange("问？")])
    before.close()
    assert Conversations(tmp_path).find(ME, name) == [exchange("问？")]


def test_without_a_folder_a_conversation_lasts_as_long_as_the_program() -> None:
    conversations = Conversations(None)
    assert conversations.find(ME, conversations.keep(ME, "", [exchange("问？")]))


def test_nobody_else_reads_writes_names_or_removes_a_conversation(kept: Conversations) -> None:
    mine = kept.keep(ME, "", [exchange("我的问题？")])
    assert kept.find(YOU, mine) == [] and kept.title(YOU, mine) == "" and kept.listed(YOU) == []
    assert kept.keep(YOU, mine, []) != mine
    kept.rename(YOU, mine, "改了")
    kept.remove(YOU, mine)
    kept.note(YOU, mine, Opinion("我的问题？", "共3件。", False))
    assert kept.title(ME, mine) == "我的问题？" and kept.every_opinion() == []


def test_a_conversation_is_called_by_its_first_question_until_it_is_named(
    kept: Conversations,
) -> None:
    name = kept.keep(ME, "", [exchange("问" * 40)])
    assert kept.title(ME, name) == "问" * 24 + "……"
    kept.rename(ME, name, " 第一季度\n材料 ")
    kept.keep(ME, name, [exchange("另一个问题？")])
    assert kept.title(ME, name) == "第一季度 材料"
    kept.rename(ME, name, "")
    assert kept.title(ME, name) == "另一个问题？"


def test_a_conversation_is_found_by_any_word_of_it_and_signs_mean_themselves(
    kept: Conversations,
) -> None:
    first = kept.keep(ME, "", [exchange("公开率是多少？", "占100%。")])
    second = kept.keep(ME, "", [exchange("新收多少件？", "共3件。")])
    assert [each.id for each in kept.listed(ME)] == [second, first]
    assert [each.id for each in kept.listed(ME, "公开率")] == [first]
    assert [each.id for each in kept.listed(ME, "共3件")] == [second]
    assert [each.id for each in kept.listed(ME, "%")] == [first]
    assert kept.listed(ME, "_") == []


def test_what_was_thought_last_of_an_answer_counts(kept: Conversations) -> None:
    name = kept.keep(ME, "", [exchange("问？")])
    kept.note(ME, name, Opinion("问？", "共3件。", True))
    kept.note(ME, name, Opinion("问？", "共3件。", False, " 数字不对 "))
    assert kept.opinions(ME, name) == [Opinion("问？", "共3件。", False, "数字不对")]
    kept.remove(ME, name)
    assert kept.every_opinion() == []


def test_an_answer_of_another_version_is_kept_as_its_words(tmp_path: Path) -> None:
    conversations = Conversations(tmp_path)
    name = conversations.keep(ME, "", [exchange("问？")])
    engine = create_engine(f"sqlite:///{tmp_path / FILE_NAME}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE exchanges SET asked = '{\"answer\": 1}'"))
    engine.dispose()
    [found] = conversations.find(ME, name)
    assert (found.asked.answer.question, found.asked.answer.text) == ("问？", "共3件。")
    assert found.asked.query is None


def test_a_conversation_is_taken_away_with_its_sources() -> None:
    exchanges = [exchange("问？"), exchange("再问？", "无。", "上传.docx")]
    marked = conversation_to_markdown("标题", exchanges).decode()
    assert marked.startswith("# 标题\n") and "## 2. 再问？" in marked
    assert "共3件。[1]" in marked and "[1] 甲局2023年 第一部分：“新收3件”" in marked
    assert marked.index("据您上传的《上传.docx》") > marked.index("再问？")
    paragraphs = [
        p.text
        for p in docx.Document(io.BytesIO(conversation_to_word("标题", exchanges))).paragraphs
    ]
    assert paragraphs[0] == "标题" and "共3件。[1]" in paragraphs
    assert "[1] 甲局2023年 第一部分：“新收3件”" in paragraphs
    assert "据您上传的《上传.docx》，未存入资料库。" in paragraphs


def test_the_list_shows_which_conversation_is_open_and_a_title_is_no_markup() -> None:
    when = datetime(2026, 3, 5, 1, 2)
    html = listed_to_html([Kept("a1", "<b>题", when), Kept("b2", "另", when)], "b2", zone=UTC)
    assert "&lt;b&gt;题" in html and "<b>" not in html and "3月5日 01:02" in html
    assert html.count("aria-current") == 1
    assert "没有提到“&lt;i&gt;”的对话" in listed_to_html([], wanted="<i>")
    assert "还没有对话" in listed_to_html([])
