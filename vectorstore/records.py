"""The record store: reports, their chunks and the chunks' embeddings, in one database.

Everything else on disk but the originals can be made again from here. A report, its facts, its
chunks and their embeddings come and go in one transaction together with a row in `changes`, the
journal that the keyword index and the vector store follow. Only chunks of current editions are
present in that journal, so an older edition is never found by a search.
"""

import json
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, func, insert, select, update

from ingest.chunk import Chunk
from ingest.errors import LibraryError, NotAnAnnualReport
from ingest.report import Report
from ingest.report_json import report_from_dict, report_to_dict
from vectorstore.chunks import Embedded, insert_chunks, journal
from vectorstore.database import Database
from vectorstore.facts import fact_rows, figure_rows
from vectorstore.holdings import Entry
from vectorstore.schema import facts, figures, reports


class Records:
    """The reports of a library and what was derived from them, in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def insert(
        self,
        report: Report,
        pieces: Sequence[Chunk],
        *,
        original: str,
        parser_version: str,
        embedded: Embedded | None,
    ) -> Entry:
        """Stores a report as the newest, current edition of its agency and year; the commit."""
        if report.agency is None or report.year is None:
            raise NotAnAnnualReport(f"{report.source}：没有认出单位或年度。")
        with self._database.writing() as connection:
            edition = 1 + (
                connection.scalar(
                    select(func.max(reports.c.edition)).where(
                        reports.c.agency == report.agency, reports.c.year == report.year
                    )
                )
                or 0
            )
            _retire(connection, report.agency, report.year)
            connection.execute(
                insert(reports), _report_row(report, edition, original, parser_version)
            )
            for table, rows in ((facts, fact_rows(report)), (figures, figure_rows(report))):
                if rows:
                    connection.execute(insert(table), rows)
            insert_chunks(connection, report.id, pieces, embedded)
            journal(connection, report.id, present=True)
            return _entry(connection.execute(_entries(reports.c.id == report.id)).one())

    def delete(self, report_id: str) -> str:
        """Removes a report whole and returns its original's file name.

        The newest other edition of the same agency and year becomes current. Raises LibraryError
        for an unknown identifier.
        """
        with self._database.writing() as connection:
            row = connection.execute(
                select(
                    reports.c.agency, reports.c.year, reports.c.current, reports.c.original
                ).where(reports.c.id == report_id)
            ).one_or_none()
            if row is None:
                raise _unknown(report_id)
            if row.current:
                journal(connection, report_id, present=False)
            connection.execute(delete(reports).where(reports.c.id == report_id))
            if row.current:
                _promote(connection, row.agency, row.year)
            return str(row.original)

    def report(self, report_id: str) -> Report:
        """One report, whole; raises LibraryError for an unknown identifier."""
        with self._database.reading() as connection:
            body = connection.scalar(select(reports.c.body).where(reports.c.id == report_id))
        if body is None:
            raise _unknown(report_id)
        return _report(body)

    def reports(self, agency: str | None, year: int | None) -> list[Report]:
        """The current reports of an agency, a year, or both, by agency and year."""
        query = select(reports.c.body).where(reports.c.current)
        if agency is not None:
            query = query.where(reports.c.agency == agency)
        if year is not None:
            query = query.where(reports.c.year == year)
        with self._database.reading() as connection:
            rows = connection.scalars(query.order_by(reports.c.agency, reports.c.year))
            return [_report(body) for body in rows]

    def entries(self) -> list[Entry]:
        """Every report, older editions included, by agency, year and edition."""
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(_entries())]

    def entry_of(self, sha256: str) -> Entry | None:
        """The report read from bytes with this hash, None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(_entries(reports.c.sha256 == sha256)).one_or_none()
        return _entry(row) if row else None

    def known_hashes(self) -> set[str]:
        """The hashes of the bytes of every report."""
        with self._database.reading() as connection:
            return set(connection.scalars(select(reports.c.sha256)))

    def originals(self) -> dict[str, str]:
        """Report identifier → the file name of its original."""
        with self._database.reading() as connection:
            rows = connection.execute(select(reports.c.id, reports.c.original))
            return {row.id: row.original for row in rows}

    def agencies(self) -> list[str]:
        """The agencies that have a report, sorted."""
        with self._database.reading() as connection:
            query = select(reports.c.agency).distinct().order_by(reports.c.agency)
            return sorted(connection.scalars(query))

    def years(self) -> list[int]:
        """The years that have a report, oldest first."""
        with self._database.reading() as connection:
            return list(
                connection.scalars(select(reports.c.year).distinct().order_by(reports.c.year))
            )


def _same(agency: str, year: int) -> Any:
    return and_(reports.c.agency == agency, reports.c.year == year)


def _retire(connection: Connection, agency: str, year: int) -> None:
    """Takes the mark of the current edition from the report that has it."""
    current = and_(_same(agency, year), reports.c.current)
    for report_id in connection.scalars(select(reports.c.id).where(current)).all():
        journal(connection, report_id, present=False)
    connection.execute(update(reports).where(current).values(current=False))


def _promote(connection: Connection, agency: str, year: int) -> None:
    """Makes the newest edition that is left the current one."""
    newest = select(reports.c.id).where(_same(agency, year)).order_by(reports.c.edition.desc())
    report_id = connection.scalar(newest.limit(1))
    if report_id is not None:
        connection.execute(update(reports).where(reports.c.id == report_id).values(current=True))
        journal(connection, report_id, present=True)


def _entries(*where: Any) -> Select[Any]:
    columns = [column for column in reports.c if column.name != "body"]
    order = (reports.c.agency, reports.c.year, reports.c.edition)
    return select(*columns).where(*where).order_by(*order)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        agency=row.agency,
        year=row.year,
        format=row.format,
        title=row.title,
        source=row.source,
        media_type=row.media_type,
        signed_on=row.signed_on,
        warning_count=row.warning_count,
        edition=row.edition,
        current=row.current,
        added_at=row.added_at.replace(tzinfo=UTC),
    )


def _report(body: bytes) -> Report:
    return report_from_dict(json.loads(zlib.decompress(body)))


def _report_row(
    report: Report, edition: int, original: str, parser_version: str
) -> dict[str, object]:
    body = json.dumps(report_to_dict(report), ensure_ascii=False).encode("utf-8")
    return {
        "id": report.id,
        "sha256": report.sha256,
        "agency": report.agency,
        "year": report.year,
        "edition": edition,
        "current": True,
        "format": report.format,
        "title": report.title,
        "source": report.source,
        "original": original,
        "media_type": report.media_type,
        "signed_by": report.signed_by,
        "signed_on": report.signed_on,
        "warning_count": len(report.warnings),
        "parser_version": parser_version,
        "added_at": datetime.now(UTC).replace(tzinfo=None),
        "body": zlib.compress(body),
    }


def _unknown(report_id: str) -> LibraryError:
    return LibraryError(f"资料库里没有编号为“{report_id}”的报告。")
