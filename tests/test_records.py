"""The record store: facts with their states, sums in SQL, editions, transactions, the journal.

Run on SQLite; with NIANBAO_TEST_DATABASE naming an empty PostgreSQL database, on that one.
"""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select, text

from ingest.chunk import Chunk
from ingest.errors import LibraryError, NotAnAnnualReport
from ingest.forms import FORM_2021
from ingest.report import Cell, Concept, Doubt, Figure, Place, Report
from tests.invented import AGENCY, invented_report
from vectorstore.chunks import ChunkStore
from vectorstore.database import Database
from vectorstore.embedding import Embedded
from vectorstore.facts import Facts
from vectorstore.prepared import prepared_of
from vectorstore.records import Records
from vectorstore.schema import changes, chunks, embeddings, facts, metadata

NEW = Concept("requests", "new", "total")
FEES = Concept("proactive", "fees", "amount")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path, os.environ.get("NIANBAO_TEST_DATABASE"), read_only=False)
    opened.migrate()
    yield opened
    with opened.writing() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    opened.close()


def insert(database: Database, report: Report, *texts: str, embedder: str = "m") -> None:
    pieces = [Chunk(text, "", Place(section=1, quote=text)) for text in texts]
    vectors = np.eye(max(1, len(pieces)), 4, dtype=np.float32)
    prepared = prepared_of(report, pieces, Embedded(embedder, vectors) if pieces else None)
    Records(database).insert([(prepared, report.sha256)], parser_version="1")


def count(database: Database, table: object) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


def test_a_report_comes_back_as_it_was_stored(database: Database) -> None:
    place = Place(page=2, table=NEW.table, row=NEW.row, column=NEW.column)
    cell = Cell(None, "十", place, Doubt("not-a-number", "格内不是数", place))
    report = invented_report(replace={NEW: cell})
    insert(database, report)
    assert Records(database).report(report.id) == report


def test_every_cell_of_the_form_is_a_fact(database: Database) -> None:
    report = invented_report()
    insert(database, report)
    for concept in FORM_2021.concepts():
        (fact,) = Facts(database).facts(concept, (), ())
        assert fact.value == report.number(concept)
        assert fact.unit == FORM_2021.table(concept.table).unit(concept.row, concept.column)
        assert fact.place == report.cell(concept).place
    assert count(database, facts) == len(list(FORM_2021.concepts()))


def test_blank_dash_missing_and_zero_stay_four_things(database: Database) -> None:
    cells = {"甲局": Cell(0, "0"), "乙局": Cell(None, " "), "丙局": Cell(None, "/")}
    for agency, cell in cells.items():
        insert(database, invented_report(agency=agency, replace={NEW: cell}))
    lacking = invented_report(agency="丁局")
    tables = {name: table for name, table in lacking.tables.items() if name != "requests"}
    insert(database, Report(**{**vars(lacking), "sha256": "d" * 64, "tables": tables}))
    states = {fact.agency: (fact.state, fact.value) for fact in Facts(database).facts(NEW, (), ())}
    assert states == {
        "甲局": ("number", 0),
        "乙局": ("blank", None),
        "丙局": ("dash", None),
        "丁局": ("missing", None),
    }


def test_whole_numbers_come_back_whole_and_decimals_exact(database: Database) -> None:
    insert(database, invented_report(replace={NEW: 12, FEES: 0.1234567}))
    assert repr(Facts(database).facts(NEW, (), ())[0].value) == "12"
    assert repr(Facts(database).facts(FEES, (), ())[0].value) == "0.1234567"


def test_a_guess_keeps_its_doubt(database: Database) -> None:
    guess = Cell(7, "7", Place(page=3), Doubt("row-shifted", "错开一列", Place(page=3)))
    insert(database, invented_report(replace={NEW: guess}))
    (fact,) = Facts(database).facts(NEW, (), ())
    assert fact.doubt is not None
    assert (fact.doubt.code, fact.place.page) == ("row-shifted", 3)


def test_sums_are_over_numbers_and_say_who_gave_none(database: Database) -> None:
    values: dict[str, Cell | int | None] = {
        "甲局": 5,
        "乙局": 0,
        "丙局": None,
        "丁局": Cell(None, "若干", Place(), Doubt("not-a-number", "若干")),
    }
    for agency, value in values.items():
        insert(database, invented_report(agency=agency, replace={NEW: value}))
    (whole,) = Facts(database).aggregates(NEW, (), (), "all")
    assert (whole.total, whole.mean, whole.minimum, whole.maximum) == (5, 2.5, 0, 5)
    assert (whole.reports, whole.numbers, whole.blanks, whole.unread) == (4, 2, 1, 1)
    assert (whole.doubtful, whole.unit) == (1, "件")


def test_a_sum_of_nothing_is_none_not_zero(database: Database) -> None:
    insert(database, invented_report(replace={NEW: None}))
    (whole,) = Facts(database).aggregates(NEW, (), (), "all")
    assert whole.total is None
    assert Facts(database).aggregates(NEW, ("没有的局",), (), "all") == []


def test_sums_by_year_and_by_agency(database: Database) -> None:
    for agency, year, value in (("甲局", 2022, 3), ("甲局", 2023, 4), ("乙局", 2023, 6)):
        insert(database, invented_report(agency=agency, year=year, replace={NEW: value}))
    by_year = Facts(database).aggregates(NEW, (), (), "year")
    assert [(each.year, each.agency, each.total) for each in by_year] == [
        (2022, None, 3),
        (2023, None, 10),
    ]
    by_agency = Facts(database).aggregates(NEW, ("甲局",), (2022, 2023), "agency")
    assert [(each.agency, each.total) for each in by_agency] == [("甲局", 7)]


def test_decimal_sums_carry_no_dust(database: Database) -> None:
    for agency, value in (("甲局", 0.1), ("乙局", 0.2)):
        insert(database, invented_report(agency=agency, replace={FEES: value}))
    assert Facts(database).aggregates(FEES, (), (), "all")[0].total == 0.3


def test_facts_figures_and_sums_speak_of_the_current_edition_only(database: Database) -> None:
    figure = Figure("主动公开信息", 52, "条", "主动公开信息52条。", 1, "52条", approximate=True)
    first = invented_report(seed=1, replace={NEW: 1})
    second = invented_report(seed=2, replace={NEW: 2})
    insert(database, Report(**{**vars(first), "figures": (figure,)}))
    assert Facts(database).figures((AGENCY,), ())[0].figure == figure
    insert(database, second)
    assert [fact.value for fact in Facts(database).facts(NEW, (), ())] == [2]
    assert Facts(database).aggregates(NEW, (), (), "all")[0].total == 2
    assert Facts(database).figures((), ()) == []


def test_the_filter_by_agency_and_year_is_exact(database: Database) -> None:
    insert(database, invented_report(agency="甲市乙局", year=2022))
    insert(database, invented_report(agency="甲市乙局", year=2023))
    insert(database, invented_report(agency="甲市乙局分局", year=2023))
    found = Facts(database).facts(NEW, ("甲市乙局",), (2023,))
    assert [(fact.agency, fact.year) for fact in found] == [("甲市乙局", 2023)]


def test_a_failed_insertion_stores_nothing(database: Database) -> None:
    wrong = Embedded("m", np.zeros((3, 4), dtype=np.float32))
    with pytest.raises(ValueError, match="zip"):
        Records(database).insert(
            [(prepared_of(invented_report(), [Chunk("甲", "", Place())], wrong), "x")],
            parser_version="1",
        )
    assert Records(database).contents()[1] == []
    assert [count(database, table) for table in (facts, chunks, changes)] == [0, 0, 0]


def test_a_report_without_a_year_is_refused(database: Database) -> None:
    nameless = Report(**{**vars(invented_report()), "year": None})
    with pytest.raises(NotAnAnnualReport):
        insert(database, nameless)


def test_deleting_takes_facts_chunks_and_vectors_along(database: Database) -> None:
    report = invented_report()
    insert(database, report, "一句。", "两句。")
    assert Records(database).delete(report.id) == report.sha256
    assert [count(database, t) for t in (facts, chunks, embeddings)] == [0, 0, 0]
    with pytest.raises(LibraryError):
        Records(database).delete(report.id)


def test_the_journal_says_what_can_be_found_and_numbers_are_never_reused(
    database: Database,
) -> None:
    store = ChunkStore(database)
    first, second = invented_report(seed=1), invented_report(seed=2)
    insert(database, first, "一句。", "两句。")
    insert(database, second, "三句。")
    assert store.chunk_ids() == [3]
    Records(database).delete(second.id)
    assert store.chunk_ids() == [1, 2]
    insert(database, invented_report(agency="乙局"), "四句。")
    assert store.chunk_ids() == [1, 2, 4]
    journal = [(c.first, c.end, c.present) for c in store.changes_after(0)]
    assert journal == [
        (1, 3, True),
        (3, 4, True),
        (1, 3, False),
        (3, 4, False),
        (1, 3, True),
        (4, 5, True),
    ]
    assert store.revision() == 6


def test_vectors_come_back_bit_for_bit_and_only_their_own_embedders(database: Database) -> None:
    insert(database, invented_report(), "一句。", "两句。")
    ids, vectors = ChunkStore(database).all_vectors("m")
    assert ids == [1, 2]
    assert np.array_equal(vectors, np.eye(2, 4, dtype=np.float32))
    assert ChunkStore(database).vectors_of("other", [1])[0] == []


def test_the_store_knows_whether_one_embedder_made_every_vector(database: Database) -> None:
    store = ChunkStore(database)
    assert not store.is_embedded_by("m")
    insert(database, invented_report(), "一句。", embedder="m")
    assert store.is_embedded_by("m")
    insert(database, invented_report(agency="乙局"), "两句。", embedder="n")
    assert not store.is_embedded_by("m")
    assert store.without_vectors("n", 10) == [1]
    store.store_vectors([1], Embedded("n", np.eye(1, 4, dtype=np.float32)))
    store.finish_embedding("n")
    assert store.is_embedded_by("n")
    assert count(database, embeddings) == 2


def test_a_locked_file_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.database.BUSY_MS", 10)
    database = Database(tmp_path, None, read_only=False)
    database.migrate()
    other = sqlite3.connect(tmp_path / "records.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(LibraryError, match="占用"):
            insert(database, invented_report())
        assert Records(database).contents()[1] == []
    finally:
        other.close()
    insert(database, invented_report())
    database.close()


def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite3").write_bytes(b"not a database at all" * 400)
    broken = Database(tmp_path, None, read_only=False)
    with pytest.raises(LibraryError, match="损坏"):
        broken.is_current()
    broken.close()
