from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Statement, Value, verify
from assistant.grounding import Evidence, numbers_in
from ingest.report import Place, Report, Section

TEXT = "2023年，我局主动公开信息1，247条，其中政策文件45.28万字。通过“云溪发布”推送66 条。"
REPORT = Report(
    "a.txt", "a" * 64, "text/plain", "云溪县农业农村局", 2023, "2021",
    "云溪县农业农村局2023年政府信息公开工作年度报告", None, None, None,
    (Section(1, "一、总体情况", TEXT),), {},
)  # fmt: skip
DOCUMENTS = {REPORT.id: REPORT}
CITATION = Citation(REPORT.id, REPORT.agency, 2023, Place(section=1, quote=TEXT, page=2))


def answer_of(*texts: str, values: tuple[Value, ...] = ()) -> Answer:
    statements = tuple(Statement(text, (0,)) for text in texts)
    return Answer("问", statements, "answered", "retrieval", values, (CITATION,))


def kept(answer: Answer, question: str = "问", *, by_model: bool = False) -> str:
    return verify(answer, question, DOCUMENTS, by_model=by_model).answer.text


@pytest.mark.parametrize(
    "text",
    [
        "云溪县农业农村局2023年主动公开1247条。",
        "主动公开１２４７条。",
        "主动公开1,247条。",
        "政策文件45.28万字。",
        "推送66条，见第2页。",
        "没有数的话。",
    ],
)
def test_a_number_that_stands_in_the_quote_may_be_said(text: str) -> None:
    assert kept(answer_of(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "主动公开1248条。",
        "主动公开1247件。",
        "政策文件45.28亿字。",
        "政策文件45.28字。",
        "推送６７条。",
        "推送66家。",
    ],
)
def test_a_changed_number_scale_or_measure_word_is_dropped(text: str) -> None:
    verified = verify(answer_of("推送66条。", text), "问", DOCUMENTS)
    assert verified.answer.text == "推送66条。"
    assert [statement.text for statement in verified.dropped] == [text]


def test_a_number_of_the_question_or_of_the_values_may_be_said() -> None:
    answer = answer_of("您说的35件与报告不符，合计3.5万元。", values=(Value(3.5, "万元"),))
    assert kept(answer, "是不是35件？") == answer.text
    assert kept(answer, "是不是53件？") == ""


def test_a_value_below_zero_may_be_said_without_its_sign() -> None:
    answer = answer_of("比上年减少8项。", values=(Value(-8, "项"),))
    assert kept(answer) == answer.text


def test_a_statement_on_a_quote_that_is_not_in_the_document_is_dropped_with_its_citation() -> None:
    invented = replace(CITATION, place=Place(section=1, quote="我局主动公开信息1247条"))
    answer = Answer(
        "问",
        (Statement("公开1247条。", (0,)), Statement("推送66条。", (1,))),
        "answered", "retrieval", (), (invented, CITATION),
    )  # fmt: skip
    verified = verify(answer, "问", DOCUMENTS)
    assert verified.answer.text == "推送66条。"
    assert verified.answer.citations == (CITATION,)
    assert verified.answer.statements[0].citations == (0,)


def test_a_quote_from_a_report_that_was_not_handed_over_does_not_stand() -> None:
    assert verify(answer_of("推送66条。"), "问", {}).answer.text == ""


def test_a_model_may_use_only_the_numbers_of_the_passages_that_it_cites() -> None:
    other = Citation(REPORT.id, REPORT.agency, 2023, Place(section=1, quote="2023年，我局"))
    answer = Answer(
        "问", (Statement("推送66条。", (1,)),), "answered", "retrieval", (), (CITATION, other)
    )
    assert kept(answer) == "推送66条。"
    assert kept(answer, by_model=True) == ""


@pytest.mark.parametrize(
    "text",
    ["推送三十五条。", "公开率百分之五十。", "报告说「我局工作出色」。", "报告说“推送很多信息”。"],
)
def test_a_model_may_not_invent_numbers_in_words_or_quotations(text: str) -> None:
    assert kept(answer_of(text), by_model=True) == ""


@pytest.mark.parametrize(
    "text", ["通过“云溪发布”推送六十六条。", "报告写明「推送66 条」。", "“云溪发布”推送66条。"]
)
def test_a_model_may_say_a_number_in_words_and_quote_to_the_letter(text: str) -> None:
    assert kept(answer_of(text), by_model=True) == text


@pytest.mark.parametrize(
    "text",
    [
        "这个单位的工作十分出色，值得学习。",
        "推送66条，详见![图](http://example.org/?q=66)。",
        "<b>推送66条</b>。",
    ],
)
def test_a_model_may_not_praise_or_link_or_mark_up(text: str) -> None:
    assert kept(answer_of(text), by_model=True) == ""


def test_a_model_statement_without_a_citation_is_dropped() -> None:
    answer = Answer("问", (Statement("工作很好。"),), "answered", "retrieval", (), (CITATION,))
    assert kept(answer, by_model=True) == ""


def test_numbers_are_read_with_their_scale_and_measure_word() -> None:
    assert [(float(n.value), n.unit) for n in numbers_in("共3，100条，1,247 余件，45.28万元")] == [
        (3, ""), (100, "条"), (1247, "件"), (452800, "元"),
    ]  # fmt: skip


def test_a_full_width_comma_in_the_evidence_may_be_a_separator_or_a_list() -> None:
    evidence = Evidence()
    evidence.add_text("共1，247条")
    assert evidence.digits_are_grounded("1247条")
    assert evidence.digits_are_grounded("247条")
    assert not evidence.digits_are_grounded("1248条")
