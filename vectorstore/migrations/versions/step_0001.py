"""The first tables: reports, facts, figures, chunks with their embeddings, and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    _create_reports()
    _create_numbers()
    _create_chunks()
    op.create_table(
        "changes",
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("first_chunk", sa.Integer, nullable=False),
        sa.Column("end_chunk", sa.Integer, nullable=False),
        sa.Column("present", sa.Boolean, nullable=False),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("agency", sa.String(200), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("format", sa.String(8)),
        sa.Column("title", sa.Text),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("original", sa.String(80), nullable=False),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("signed_by", sa.Text),
        sa.Column("signed_on", sa.Date),
        sa.Column("warning_count", sa.Integer, nullable=False),
        sa.Column("parser_version", sa.String(40), nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("agency", "year", "edition", name="one_edition"),
    )
    op.create_index("reports_by_year", "reports", ["year", "agency"])


def _report_key(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "report_id",
        sa.String(16),
        sa.ForeignKey("reports.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


def _create_numbers() -> None:
    op.create_table(
        "facts",
        _report_key(primary_key=True),
        sa.Column("concept", sa.String(80), primary_key=True),
        sa.Column("value", sa.Float(53)),
        sa.Column("text", sa.Text),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("unit", sa.String(16), nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("doubt_code", sa.String(40)),
        sa.Column("doubt_message", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_index("facts_by_concept", "facts", ["concept", "report_id"])
    op.create_table(
        "figures",
        _report_key(primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Float(53), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("section", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("approximate", sa.Boolean, nullable=False),
        sa.Column("part_of", sa.Text),
        sa.Column("scope", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("page", sa.Integer),
    )


def _create_chunks() -> None:
    op.create_table(
        "chunks",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        _report_key(),
        sa.Column("section", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("context", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
    )
    op.create_index("chunks_by_report", "chunks", ["report_id", "section"])
    op.create_table(
        "embedders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
        sa.Column("dimension", sa.Integer, nullable=False),
    )
    op.create_table(
        "embeddings",
        sa.Column("embedder_id", sa.Integer, sa.ForeignKey("embedders.id"), primary_key=True),
        sa.Column(
            "chunk_id",
            sa.Integer,
            sa.ForeignKey("chunks.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_index("embeddings_by_chunk", "embeddings", ["chunk_id"])
