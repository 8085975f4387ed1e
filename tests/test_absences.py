"""A report is not said to leave out a figure that one of its sentences may state."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.asking import ask
from ingest import samples
from vectorstore.library import Library

SAMPLE = next(path for path in samples.paths() if path.name == "market-regulation-2021.txt")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("absences")
    with Library(folder) as library:
        library.add(SAMPLE)
        yield library


def answer(question: str, library: Library) -> Answer:
    return ask(f"云江市市场监督管理局2021年{question}", library)


def test_a_number_that_was_not_read_by_name_is_quoted_and_not_called_absent(
    library: Library,
) -> None:
    given = answer("培训人数是多少？", library)
    assert "没有读到可以直接作答的“培训人数”" in given.text
    assert "86人参加" in given.text and "未载明" not in given.text
    assert not given.values and given.citations[0].place.quote


def test_what_no_sentence_speaks_of_is_called_absent(library: Library) -> None:
    given = answer("开了几次新闻发布会？", library)
    assert given.status == "unanswerable" and "未载明" in given.text
