"""The steps make exactly the tables of the schema; older ones go forward, newer ones are refused."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from ingest.errors import LibraryError
from tests.hash_embedder import HashEmbedder
from tests.library_files import write_report
from vectorstore.database import MIGRATIONS, Database
from vectorstore.library import Library
from vectorstore.schema import SCHEMA, metadata

NEXT_STEP = '''"""A step of the future: reports learn a note."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("reports", sa.Column("note", sa.Text))
'''


def steps_with(folder: Path, step: str) -> Path:
    scripts = folder / "migrations"
    shutil.copytree(MIGRATIONS, scripts)
    (scripts / "versions" / "step_0002.py").write_text(step, "utf-8")
    return scripts


def columns(folder: Path) -> set[str]:
    with sqlite3.connect(folder / "records.sqlite3") as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(reports)")}


def filled(tmp_path: Path) -> Path:
    with Library(tmp_path / "data", embedder=HashEmbedder()) as library:
        library.add(write_report(tmp_path))
    return tmp_path / "data"


def test_the_steps_make_the_tables_of_the_schema(tmp_path: Path) -> None:
    database = Database(tmp_path, None, read_only=False)
    database.migrate()
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert database.schema() == SCHEMA
    assert list(tmp_path.glob("*.backup.*")) == []
    database.close()


def test_an_older_library_goes_forward_after_a_backup(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    database = Database(folder, None, read_only=False)
    database.migrate(steps_with(tmp_path, NEXT_STEP))
    assert database.schema() == "0002"
    database.close()
    assert "note" in columns(folder)
    (backup,) = folder.glob("records-0001-*.backup.sqlite3")
    with sqlite3.connect(backup) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (1,)


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    failing = NEXT_STEP + '    op.execute("INSERT INTO nowhere VALUES (1)")\n'
    database = Database(folder, None, read_only=False)
    with pytest.raises(LibraryError):
        database.migrate(steps_with(tmp_path, failing))
    assert database.schema() == "0001"
    database.close()
    assert "note" not in columns(folder)


def test_a_newer_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    with sqlite3.connect(folder / "records.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(LibraryError, match="升级本程序"):
        Library(folder, embedder=HashEmbedder())
    with sqlite3.connect(folder / "records.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (1,)
