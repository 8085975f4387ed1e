"""The record store's connection: SQLite in the data directory, or any database by URL.

It knows how to open, to bring the tables forward, and to run one transaction; what stands in the
tables is known to `records` and `facts`. Every foreign error leaves as a `LibraryError`.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, insert, inspect, text
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from ingest.errors import LibraryError
from vectorstore.faults import DAMAGED, as_library_errors
from vectorstore.schema import SCHEMA
from vectorstore.watch import Watch

FILE_NAME = "records.sqlite3"
MIGRATIONS = Path(__file__).parent / "migrations"

# A reader may meet the writer's checkpoint; a person waits ten seconds rather than read an error.
BUSY_MS = 10_000

# A connection's memory, and how many pages of 4 KiB the log takes before they go into the file.
CACHE_KIB = 16_000
LOG_PAGES = 4_000


class Database:
    """One open record store. `read_only` ones refuse to write, in the database itself."""

    def __init__(self, folder: Path, url: str | None, *, read_only: bool) -> None:
        self.folder = folder
        self.read_only = read_only
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self.engine = _server(url) if url else self._sqlite()
        self.watch = Watch(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose reads all see the same moment."""
        with as_library_errors(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of the block is stored at its end, or nothing."""
        with as_library_errors(), self.engine.begin() as connection:
            yield connection

    def schema(self) -> str | None:
        """The number of the last step the tables went through, None for an empty database."""
        with self.reading() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found

    def is_current(self) -> bool:
        """Whether the tables are this program's; raises LibraryError when they are newer."""
        found = self.schema()
        if found is not None and found > SCHEMA:
            raise LibraryError(
                f"资料库由更新的版本写成（结构 {found}，本程序只认到 {SCHEMA}）。请升级本程序后再打开。"
            )
        return found == SCHEMA

    def migrate(self, scripts: Path = MIGRATIONS) -> None:
        """Brings the tables forward in one transaction, an existing file backed up before."""
        found = self.schema()
        if found is not None and self.engine.dialect.name == "sqlite":
            self._back_up(found)
        # Alembic takes 0.2 s to import and is needed once in a library's life.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        with self.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def verify(self) -> None:
        """Raises LibraryError when SQLite finds its file damaged; takes a pass over the file."""
        if self.engine.dialect.name != "sqlite":
            return
        with self.reading() as connection:
            if connection.scalar(text("PRAGMA quick_check(1)")) != "ok":
                raise LibraryError(DAMAGED)

    def close(self) -> None:
        """Closes every connection; the last one folds the write-ahead log into the file."""
        self.watch.close()
        self.engine.dispose()
        if self._copy:
            self._copy.cleanup()

    def _back_up(self, found: str) -> None:
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        target = self.folder / f"records-{found}-{now}.backup.sqlite3"
        with as_library_errors():
            source = sqlite3.connect(self.folder / FILE_NAME)
            copy = sqlite3.connect(target)
            try:
                source.backup(copy)
            finally:
                copy.close()
                source.close()

    def _sqlite(self) -> Engine:
        path = self.folder / FILE_NAME
        if self.read_only:
            address = f"file:{quote(str(self._readable(path)))}?mode=ro&immutable=1"
            engine = create_engine(
                "sqlite://",
                creator=lambda: sqlite3.connect(address, uri=True, check_same_thread=False),
                poolclass=QueuePool,
            )
        else:
            engine = create_engine(URL.create("sqlite", database=str(path)))
            event.listen(engine, "connect", _write_ahead)
        event.listen(engine, "connect", _manual_transactions)
        event.listen(engine, "begin", _begin)
        return engine

    def _readable(self, path: Path) -> Path:
        """The file itself, or a private copy when its write-ahead log cannot be read in place."""
        if not path.exists():
            raise LibraryError("资料库目录只读，其中还没有资料库。请换一个可写的目录。")
        log = path.with_name(path.name + "-wal")
        if not log.exists() or not log.stat().st_size:
            return path
        self._copy = tempfile.TemporaryDirectory(prefix="nianbao-")
        copied = Path(self._copy.name) / path.name
        with as_library_errors():
            for source in (path, log):
                shutil.copyfile(source, copied.with_name(source.name))
            sqlite3.connect(copied).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
        return copied


def insert_lines(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    lines: Sequence[tuple[Any, ...]],
) -> None:
    """Inserts rows of plain values, each in the order of `columns`.

    SQLite takes them as they are: SQLAlchemy's look at every value takes as long as the insertion.
    """
    if not lines:
        return
    if connection.dialect.name != "sqlite":
        rows = [dict(zip(columns, line, strict=True)) for line in lines]
        connection.execute(insert(table), rows)
        return
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
    connection.exec_driver_sql(statement, list(lines))


def is_writable(folder: Path) -> bool:
    """Whether files can be made in the folder; false on a read-only mount even for root."""
    return os.access(folder, os.W_OK | os.X_OK)


def _server(url: str) -> Engine:
    engine = create_engine(url)
    # Before SQLAlchemy asks its own first question, whose answer it could not read.
    event.listen(engine, "connect", _refuse_other_encodings, insert=True)
    return engine


def _refuse_other_encodings(connection: Any, _entry: ConnectionPoolEntry) -> None:
    told = getattr(getattr(connection, "info", None), "parameter_status", None)
    encoding = told("server_encoding") if told else None
    if encoding not in (None, "UTF8"):
        raise LibraryError(
            f"记录数据库的编码是 {encoding}，存不了中文。请用 UTF-8 编码另建一个库："
            "CREATE DATABASE nianbao ENCODING 'UTF8' TEMPLATE template0;"
        )


def _manual_transactions(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # The sqlite3 module opens its transactions late and closes them before DDL; we do it ourselves.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


def _write_ahead(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # In WAL, NORMAL may forget the last commits at a power cut; an acknowledged report must stay.
    connection.execute("PRAGMA synchronous = FULL")
    # Each report touches the whole index of facts: what of it is in memory is not written twice.
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
