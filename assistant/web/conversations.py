"""Conversations kept on the server: named, searched, one owner each, in a file of the data folder.

Whoever is not the owner of a conversation does not learn that it exists. An exchange that a later
version of the program cannot read whole is kept as its question and its text, without its places.
What people thought of an answer is noted beside, and outlives the editing of the question.
"""

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from assistant.answer import Answer, Statement
from assistant.asking import Asked
from assistant.web.conversation import Exchange
from vectorstore.faults import as_library_errors

FILE_NAME = "conversations.sqlite3"
# A name that nobody gave is the first question, cut.
LONGEST_TITLE = 24
# More than these are found by searching.
MOST_LISTED = 100
_BUSY_S = 10

_ASKED = TypeAdapter(Asked)
_METADATA = MetaData()
_CONVERSATIONS = Table(
    "conversations",
    _METADATA,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False, index=True),
    Column("title", String, nullable=False),
    Column("is_named", Boolean, nullable=False),
    Column("changed_at", DateTime, nullable=False),
)
_EXCHANGES = Table(
    "exchanges",
    _METADATA,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("question", String, nullable=False),
    Column("text", String, nullable=False),
    Column("asked", String, nullable=False),
    Column("file", String, nullable=False),
)
_OPINIONS = Table(
    "opinions",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("owner", String, nullable=False),
    Column("question", String, nullable=False),
    Column("text", String, nullable=False),
    Column("is_good", Boolean, nullable=False),
    Column("reason", String, nullable=False),
    Column("at", DateTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One conversation in a list of them."""

    id: str
    title: str
    changed_at: datetime
    """UTC, without a zone."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of an answer; `reason` may be empty."""

    question: str
    text: str
    is_good: bool
    reason: str = ""


class Conversations:
    """The conversations of one data folder; every call names the owner, who sees only their own.

    Without a folder they last as long as the process. Raises LibraryError where the file cannot be
    read or written.
    """

    def __init__(self, folder: Path | None) -> None:
        self._engine = _open(folder)
        with self._writing() as connection:
            _METADATA.create_all(connection)

    def close(self) -> None:
        """Closes the file."""
        self._engine.dispose()

    # --- Keeping ----------------------------------------------------------------------------------

    def keep(self, owner: str, id: str, exchanges: Sequence[Exchange]) -> str:
        """Puts these exchanges in place of a conversation's; returns its identifier.

        A new conversation is begun for "" and for one that is not the owner's.
        """
        with self._writing() as connection:
            if not _is_owners(connection, owner, id):
                id = secrets.token_urlsafe(9)
                connection.execute(
                    insert(_CONVERSATIONS).values(
                        id=id, owner=owner, title="", is_named=False, changed_at=_now()
                    )
                )
            connection.execute(delete(_EXCHANGES).where(_EXCHANGES.c.conversation == id))
            rows = [_exchange_to_row(id, n, each) for n, each in enumerate(exchanges)]
            if rows:
                connection.execute(insert(_EXCHANGES), rows)
            mine = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == id)
            connection.execute(mine.values(changed_at=_now()))
            unnamed = mine.where(_CONVERSATIONS.c.is_named.is_(False))
            connection.execute(unnamed.values(title=_title(exchanges)))
        return id

    def rename(self, owner: str, id: str, title: str) -> None:
        """Gives a conversation a name; an empty one gives back the name it had by itself."""
        exchanges = self.find(owner, id)
        named = " ".join(title.split())[:80]
        with self._writing() as connection:
            mine = update(_CONVERSATIONS).where(_mine(owner, id))
            connection.execute(mine.values(title=named or _title(exchanges), is_named=bool(named)))

    def remove(self, owner: str, id: str) -> None:
        """Removes a conversation with what was thought of its answers."""
        with self._writing() as connection:
            connection.execute(delete(_CONVERSATIONS).where(_mine(owner, id)))

    def note(self, owner: str, id: str, opinion: Opinion) -> None:
        """Notes what the owner thinks of an answer; of the same answer, the last word counts."""
        with self._writing() as connection:
            if not _is_owners(connection, owner, id):
                return
            same = (_OPINIONS.c.question == opinion.question) & (_OPINIONS.c.text == opinion.text)
            connection.execute(delete(_OPINIONS).where(_OPINIONS.c.conversation == id, same))
            connection.execute(
                insert(_OPINIONS).values(
                    conversation=id,
                    owner=owner,
                    question=opinion.question,
                    text=opinion.text,
                    is_good=opinion.is_good,
                    reason=opinion.reason.strip(),
                    at=_now(),
                )
            )

    # --- Finding ----------------------------------------------------------------------------------

    def find(self, owner: str, id: str) -> list[Exchange]:
        """The exchanges of a conversation; none for one that the owner has not."""
        query = (
            select(_EXCHANGES)
            .join(_CONVERSATIONS)
            .where(_CONVERSATIONS.c.id == id, _CONVERSATIONS.c.owner == owner)
            .order_by(_EXCHANGES.c.number)
        )
        with self._reading() as connection:
            return [_row_to_exchange(row) for row in connection.execute(query)]

    def is_of(self, owner: str, id: str) -> bool:
        """Whether a conversation is this owner's."""
        with self._reading() as connection:
            return _is_owners(connection, owner, id)

    def title(self, owner: str, id: str) -> str:
        """The name of a conversation, "" for one that the owner has not."""
        with self._reading() as connection:
            return connection.scalar(select(_CONVERSATIONS.c.title).where(_mine(owner, id))) or ""

    def listed(self, owner: str, wanted: str = "") -> list[Kept]:
        """The owner's conversations, newest first: those whose name or words contain `wanted`."""
        columns = (_CONVERSATIONS.c.id, _CONVERSATIONS.c.title, _CONVERSATIONS.c.changed_at)
        query = select(*columns).where(_CONVERSATIONS.c.owner == owner)
        if words := wanted.strip():
            said = select(_EXCHANGES.c.conversation).where(
                or_(
                    _EXCHANGES.c.question.contains(words, autoescape=True),
                    _EXCHANGES.c.text.contains(words, autoescape=True),
                )
            )
            named = _CONVERSATIONS.c.title.contains(words, autoescape=True)
            query = query.where(or_(named, _CONVERSATIONS.c.id.in_(said)))
        newest = query.order_by(_CONVERSATIONS.c.changed_at.desc()).limit(MOST_LISTED)
        with self._reading() as connection:
            return [Kept(*row) for row in connection.execute(newest)]

    def opinions(self, owner: str, id: str) -> list[Opinion]:
        """What the owner thinks of the answers of a conversation."""
        return self._opinions(_OPINIONS.c.owner == owner, _OPINIONS.c.conversation == id)

    def every_opinion(self) -> list[Opinion]:
        """What all people thought of all answers, oldest first; for who keeps the program."""
        return self._opinions()

    def _opinions(self, *conditions: ColumnElement[bool]) -> list[Opinion]:
        columns = ("question", "text", "is_good", "reason")
        query = select(*(_OPINIONS.c[name] for name in columns)).order_by(_OPINIONS.c.id)
        with self._reading() as connection:
            return [Opinion(*row) for row in connection.execute(query.where(*conditions))]

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with as_library_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with as_library_errors(), self._engine.begin() as connection:
            yield connection


def _open(folder: Path | None) -> Engine:
    if folder is None:
        return create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    engine = create_engine(f"sqlite:///{folder / FILE_NAME}", connect_args={"timeout": _BUSY_S})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


def _mine(owner: str, id: str) -> ColumnElement[bool]:
    return (_CONVERSATIONS.c.id == id) & (_CONVERSATIONS.c.owner == owner)


def _is_owners(connection: Connection, owner: str, id: str) -> bool:
    found = connection.scalar(select(_CONVERSATIONS.c.id).where(_mine(owner, id)))
    return found is not None


def _title(exchanges: Sequence[Exchange]) -> str:
    if not exchanges:
        return "新对话"
    question = " ".join(exchanges[0].asked.answer.question.split())
    return question if len(question) <= LONGEST_TITLE else f"{question[:LONGEST_TITLE]}……"


def _exchange_to_row(id: str, number: int, exchange: Exchange) -> dict[str, object]:
    answer = exchange.asked.answer
    return {
        "conversation": id,
        "number": number,
        "question": answer.question,
        "text": answer.text,
        "asked": _ASKED.dump_json(exchange.asked).decode(),
        "file": exchange.file,
    }


def _row_to_exchange(row: Row[tuple[object, ...]]) -> Exchange:
    try:
        asked = _ASKED.validate_json(row.asked)
    except ValidationError:
        answer = Answer(row.question, (Statement(row.text),), "answered", "lookup")
        asked = Asked(answer, None)
    return Exchange(asked, row.file)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
