"""A database server that cannot hold Chinese is refused in one sentence."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry

from ingest.errors import LibraryError
from vectorstore import database as module
from vectorstore.database import Database


def opened_on_server(encoding: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database by URL whose server says that it keeps text so."""

    def refuse(_connection: object, entry: ConnectionPoolEntry) -> None:
        told = {"server_encoding": encoding}
        server = SimpleNamespace(info=SimpleNamespace(parameter_status=told.get))
        refuse_other_encodings(server, entry)

    refuse_other_encodings = module._refuse_other_encodings
    monkeypatch.setattr(module, "_refuse_other_encodings", refuse)
    database = Database(folder, f"sqlite:///{folder / 'server.sqlite3'}", read_only=False)
    assert event.contains(database.engine, "connect", refuse)
    return database


def test_a_server_that_keeps_no_characters_is_refused_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = opened_on_server("SQL_ASCII", tmp_path, monkeypatch)
    with pytest.raises(LibraryError, match="编码是 SQL_ASCII，存不了中文"):
        database.is_current()
    database.close()


def test_a_server_that_keeps_utf8_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = opened_on_server("UTF8", tmp_path, monkeypatch)
    assert not database.is_current()
    database.close()
