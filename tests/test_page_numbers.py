import pytest

from ingest.page_numbers import is_marked_page_number, is_page_number


@pytest.mark.parametrize(
    "line", ["- 3 -", "—3—", "第 3 页", "第3页，共 12 页", "第3页（共12页）", "~ 12 ~"]
)
def test_marked_numbers_of_pages_are_known(line: str) -> None:
    assert is_page_number(line) and is_marked_page_number(line)


@pytest.mark.parametrize("line", ["3", " 12 ", "3/5"])
def test_a_bare_number_may_be_that_of_a_page_or_a_cell(line: str) -> None:
    assert is_page_number(line) and not is_marked_page_number(line)


@pytest.mark.parametrize("line", ["-3", "3件", "第3页的表格有误", "1,247", "— —", "2023"])
def test_cells_and_sentences_are_no_numbers_of_pages(line: str) -> None:
    assert not is_marked_page_number(line)
