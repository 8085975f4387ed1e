"""Whether anybody committed to the record store since one last looked, told without a query.

SQLite counts, for each connection, what other connections committed (`PRAGMA data_version`); asking
takes microseconds where the smallest query takes a hundred. The watching connection writes nothing
and holds no transaction, so it never delays a writer. Other databases keep no such count.
"""

import sqlite3
import threading
from typing import cast

from sqlalchemy import Engine

from vectorstore.faults import as_library_errors


class Watch:
    """Looks at one database; opened at the first look."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: sqlite3.Connection | None = None
        self._threads = threading.Lock()

    def moment(self) -> int | None:
        """A number that is another one after every commit of others; None where none is told."""
        if self._engine.dialect.name != "sqlite":
            return None
        with self._threads:
            if self._connection is None:
                self._connection = self._opened()
            try:
                row = self._connection.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:  # the query that is made instead says what is wrong
                return None
            return int(row[0])

    def close(self) -> None:
        """Stops looking; a later look starts anew."""
        with self._threads:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _opened(self) -> sqlite3.Connection:
        """A connection that the engine made and does not count among its own."""
        with as_library_errors():
            pooled = self._engine.raw_connection()
            connection = cast(sqlite3.Connection, pooled.driver_connection)
            pooled.detach()
            return connection
