"""Whether somebody committed is told at once, whoever it was, and without a query."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from vectorstore.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path, None, read_only=False)
    with opened.writing() as connection:
        connection.execute(text("CREATE TABLE counted (number INTEGER)"))
    yield opened
    opened.close()


def _write(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("INSERT INTO counted VALUES (1)"))


def test_a_commit_of_this_program_or_of_another_makes_another_moment(
    database: Database, tmp_path: Path
) -> None:
    first = database.watch.moment()
    _write(database)
    second = database.watch.moment()
    other = Database(tmp_path, None, read_only=False)
    _write(other)
    other.close()
    assert len({first, second, database.watch.moment()}) == 3


def test_reading_makes_no_other_moment(database: Database) -> None:
    before = database.watch.moment()
    with database.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM counted")) == 0
    assert database.watch.moment() == before


def test_what_was_not_committed_makes_no_other_moment(database: Database) -> None:
    before = database.watch.moment()
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.execute(text("INSERT INTO counted VALUES (2)"))
        raise ZeroDivisionError
    assert database.watch.moment() == before


def test_a_watch_that_was_closed_looks_anew(database: Database) -> None:
    assert database.watch.moment() is not None
    database.watch.close()
    assert database.watch.moment() is not None


def test_a_database_that_counts_no_commits_tells_no_moment(tmp_path: Path) -> None:
    from vectorstore.watch import Watch

    engine = create_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    engine.dialect.name = "postgresql"
    assert Watch(engine).moment() is None
    engine.dispose()
