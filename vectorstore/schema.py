"""The tables of the record store, for any database that SQLAlchemy speaks.

`reports` is the commit: a report without its row does not exist. Chunk identifiers are given out
once and never again, in one unbroken run a report, so that `changes` can say in one row which
chunks came or went; the keyword index and the vector store follow that journal by its revision.
The Alembic scripts in `migrations/` create exactly these tables (a test compares them).
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

# The newest script in migrations/versions; Alembic keeps the database's own in alembic_version.
SCHEMA = "0001"

metadata = MetaData()

reports = Table(
    "reports",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("agency", String(200), nullable=False),
    Column("year", Integer, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("format", String(8)),
    Column("title", Text),
    Column("source", Text, nullable=False),
    Column("original", String(80), nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("signed_by", Text),
    Column("signed_on", Date),
    Column("warning_count", Integer, nullable=False),
    Column("parser_version", String(40), nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("agency", "year", "edition", name="one_edition"),
    Index("reports_by_year", "year", "agency"),
)


def _report_key(*, primary_key: bool = False) -> Column[str]:
    return Column(
        "report_id",
        String(16),
        ForeignKey("reports.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


facts = Table(
    "facts",
    metadata,
    _report_key(primary_key=True),
    Column("concept", String(80), primary_key=True),
    Column("value", Float(53)),
    Column("text", Text),
    Column("state", String(8), nullable=False),
    Column("unit", String(16), nullable=False),
    Column("page", Integer),
    Column("place", Text, nullable=False),
    Column("doubt_code", String(40)),
    Column("doubt_message", Text),
    # One concept over all agencies and years; those two stand once, in `reports`.
    Index("facts_by_concept", "concept", "report_id"),
    # The key is most of the row: kept once.
    sqlite_with_rowid=False,
)

figures = Table(
    "figures",
    metadata,
    _report_key(primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("value", Float(53), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("section", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("approximate", Boolean, nullable=False),
    Column("part_of", Text),
    Column("scope", Text),
    Column("year", Integer),
    Column("page", Integer),
)

chunks = Table(
    "chunks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _report_key(),
    Column("section", Integer),
    Column("text", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("place", Text, nullable=False),
    Index("chunks_by_report", "report_id", "section"),
)

embedders = Table(
    "embedders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("dimension", Integer, nullable=False),
)

embeddings = Table(
    "embeddings",
    metadata,
    Column("embedder_id", Integer, ForeignKey("embedders.id"), primary_key=True),
    Column("chunk_id", Integer, ForeignKey("chunks.id", ondelete="CASCADE"), primary_key=True),
    # Little-endian float32, of length 1.
    Column("vector", LargeBinary, nullable=False),
    Index("embeddings_by_chunk", "chunk_id"),
)

changes = Table(
    "changes",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("first_chunk", Integer, nullable=False),
    Column("end_chunk", Integer, nullable=False),
    Column("present", Boolean, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
