"""The vocabulary against the form: every row and column can be asked for, and no word means two rows."""

import pytest

from assistant.question.measures import find_measures
from assistant.question.ratios import RATIOS
from assistant.question.text_words import FIGURES, STATEMENTS
from assistant.question.vocabulary import (
    COLUMNS,
    GROUPS,
    REQUEST_NOUNS,
    REQUEST_VERBS,
    ROWS,
    USUAL_COLUMNS,
    Line,
)
from assistant.question.words import cells_measure
from ingest.forms import FORMS
from ingest.report import Concept

ON_SOME_FORM = {concept for form in FORMS.values() for concept in form.concepts()}


@pytest.mark.parametrize("concept", sorted(ON_SOME_FORM), ids=str)
def test_every_row_and_column_of_the_form_has_words(concept: Concept) -> None:
    rows = {row for line in ROWS if line.table == concept.table for row in line.ids}
    columns = {column for line in COLUMNS if line.table == concept.table for column in line.ids}
    rows |= {"new", "total"} if concept.table == "requests" else set()
    columns |= {"total", "amount", "projects"}
    assert concept.row in rows
    assert concept.column in columns


def test_every_line_of_the_vocabulary_is_on_some_form() -> None:
    rows = {(concept.table, concept.row) for concept in ON_SOME_FORM}
    columns = {(concept.table, concept.column) for concept in ON_SOME_FORM}
    for line in (*ROWS, *REQUEST_VERBS, *REQUEST_NOUNS):
        assert all((line.table, row) in rows for row in line.ids), line.name
    for line in COLUMNS:
        assert all((line.table, column) in columns for column in line.ids), line.name


def test_no_word_names_two_rows() -> None:
    words = [word for line in ROWS for word in line.words]
    assert sorted(words) == sorted(set(words))


def test_no_word_names_two_figures_or_ratios() -> None:
    words = [w for words, _ in (*FIGURES, *STATEMENTS, *RATIOS) for w in words.split()]
    assert sorted(words) == sorted(set(words))


# 其他 and 总计 are labels of more than one row and mean nothing alone.
SHARED_LABELS = {"其他", "总计"}


@pytest.mark.parametrize("line", ROWS, ids=lambda line: line.name)
def test_a_printed_label_is_understood_as_its_row(line: Line) -> None:
    for form in FORMS.values():
        for table in form.tables.values():
            for row in table.rows.values():
                if (table.name, (row.id,)) != (line.table, line.ids) or row.label in SHARED_LABELS:
                    continue
                measures = find_measures(row.label).measures
                assert any(c.row == row.id for m in measures for c in m.cells), row.label


def test_every_ratio_is_made_of_cells_of_the_form() -> None:
    for _, measures in RATIOS:
        for measure in measures:
            assert {*measure.cells, *measure.over, *measure.less} <= ON_SOME_FORM, measure.name
            assert measure.definition


def test_the_groups_are_the_outcomes_of_the_form_and_nothing_else() -> None:
    grouped = {row for group in GROUPS for row in group}
    outcomes = set(FORMS["2021"].table("requests").rows)
    alone = {"new", "carried_in", "granted", "partly_granted", "total", "carried_over"}
    assert grouped == outcomes - alone


def test_usual_columns_stand_on_some_form() -> None:
    for row, columns in USUAL_COLUMNS.items():
        assert all(Concept("proactive", row, column) in ON_SOME_FORM for column in columns)


def test_the_fee_is_in_ten_thousand_yuan_and_requests_are_in_pieces() -> None:
    assert cells_measure("proactive", ("fees",), ("amount",)).unit == "万元"
    assert cells_measure("requests", ("new",), ("total",)).unit == "件"


def test_a_word_within_a_longer_one_means_nothing() -> None:
    (measure,) = find_measures("不予公开率是多少").measures
    assert measure.name == "不予公开率"
    (measure,) = find_measures("复议后起诉几件").measures
    assert measure.concept == Concept("disputes", "litigation_after_reconsideration", "total")
