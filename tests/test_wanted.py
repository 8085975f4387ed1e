import pytest

from assistant.query import Query
from assistant.wanted import names_document, query_to_wanted


def test_who_asks_for_the_legal_basis_wants_sentences_that_name_a_document() -> None:
    wanted = query_to_wanted(Query("报告的法律依据是什么"))
    assert wanted.basis
    assert wanted.matter == "所依据的法规和文件"


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("根据《云溪县信息公开办法》编制本报告。", True),
        ("依照国办公开办函〔2021〕30号编制。", True),
        ("制发行政规范性文件2件。", False),
    ],
)
def test_a_sentence_names_a_document_by_its_title_or_its_number(sentence: str, names: bool) -> None:
    assert names_document(sentence) is names


def test_who_asks_which_report_admits_something_wants_it_among_the_problems() -> None:
    assert query_to_wanted(Query("哪些报告承认解读不够")).parts == frozenset({"problem"})
