"""The record store: reports, their chunks and the chunks' embeddings, in one database.

Everything else on disk but the originals can be made again from here. A report, its facts, its
chunks and their embeddings come and go in one transaction together with a row in `changes`, the
journal that the keyword index and the vector store follow. Only chunks of current editions are
present in that journal, so an older edition is never found by a search.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from ingest.errors import LibraryError, NotAnAnnualReport
from ingest.report import Report
from vectorstore.chunks import (
    count_change,
    counted_changes,
    insert_chunks,
    journal,
    journal_runs,
)
from vectorstore.database import Database, insert_lines
from vectorstore.holdings import Entry
from vectorstore.prepared import Prepared
from vectorstore.rows import FACT_COLUMNS, FIGURE_COLUMNS, Line, body_to_report
from vectorstore.rows import Row as StoredRow
from vectorstore.schema import chunks, facts, figures, reports


class Stored(NamedTuple):
    """A report that was just stored, and the numbers that its chunks were given."""

    entry: Entry
    chunks: range


class Records:
    """The reports of a library and what was derived from them, in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: tuple[int, int] | None = None

    def insert(self, group: Sequence[tuple[Prepared, str]], *, parser_version: str) -> list[Stored]:
        """Stores reports, each with the name of its original, in this order; one commit for all.

        Each becomes the newest, current edition of its agency and year.
        """
        for prepared, _ in group:
            _refuse_nameless(prepared)
        with self._database.writing() as connection:
            rows: list[StoredRow] = []
            for prepared, original in group:
                place = prepared.row["agency"], prepared.row["year"]
                before = sum((row["agency"], row["year"]) == place for row in rows)
                edition = _next_edition(connection, *place) + before
                rows.append(whole_row(prepared, edition, original, parser_version))
            connection.execute(_INSERT_REPORT, rows)
            runs = _insert_parts(connection, [prepared for prepared, _ in group])
            journal_runs(connection, runs, present=True)
            for row in rows:
                if row["edition"] > 1:
                    _retire(connection, row["agency"], row["year"], row["edition"])
            count_change(connection)
        return [Stored(_entry_of_row(row), run) for row, run in zip(rows, runs, strict=True)]

    def replace(self, prepared: Prepared, *, parser_version: str) -> Entry:
        """Puts another reading of the same bytes in place of the stored one, as the same edition.

        One that is now read as of another agency or year becomes the newest edition there. Raises
        LibraryError when these bytes are not in the library.
        """
        _refuse_nameless(prepared)
        row = {**prepared.row, "parser_version": parser_version}
        report_id, agency, year = row["id"], row["agency"], row["year"]
        with self._database.writing() as connection:
            old = _stored(connection, report_id)
            if old.current:
                journal(connection, report_id, present=False)
            for table in (facts, figures, chunks):
                connection.execute(delete(table).where(table.c.report_id == report_id))
            moves = (old.agency, old.year) != (agency, year)
            if moves:
                row["edition"] = _next_edition(connection, agency, year)
                row["current"] = True
                _retire(connection, agency, year, row["edition"])
            connection.execute(update(reports).where(reports.c.id == report_id).values(row))
            if moves and old.current:
                _promote(connection, old.agency, old.year)
            runs = _insert_parts(connection, [prepared])
            if moves or old.current:
                journal_runs(connection, runs, present=True)
            count_change(connection)
            return _entry(connection.execute(_entries(reports.c.id == report_id)).one())

    def delete(self, report_id: str) -> str:
        """Removes a report whole and returns its original's file name.

        The newest other edition of the same agency and year becomes current. Raises LibraryError
        for an unknown identifier.
        """
        with self._database.writing() as connection:
            row = _stored(connection, report_id)
            if row.current:
                journal(connection, report_id, present=False)
            connection.execute(delete(reports).where(reports.c.id == report_id))
            if row.current:
                _promote(connection, row.agency, row.year)
            count_change(connection)
            return str(row.original)

    def report(self, report_id: str) -> Report:
        """One report, whole; raises LibraryError for an unknown identifier."""
        with self._database.reading() as connection:
            body = connection.scalar(_BODY, {"id": report_id})
        if body is None:
            raise _unknown(report_id)
        return body_to_report(body)

    def reports(self, agency: str | None, year: int | None) -> list[Report]:
        """The current reports of an agency, a year, or both, by agency and year."""
        query = select(reports.c.body).where(reports.c.current)
        if agency is not None:
            query = query.where(reports.c.agency == agency)
        if year is not None:
            query = query.where(reports.c.year == year)
        with self._database.reading() as connection:
            rows = connection.scalars(query.order_by(reports.c.agency, reports.c.year))
            return [body_to_report(body) for body in rows]

    def entry_of(self, sha256: str) -> Entry | None:
        """The report read from bytes with this hash, None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(_ENTRY_OF, {"sha256": sha256}).one_or_none()
        return _entry(row) if row else None

    def held_hashes(self, hashes: Iterable[str]) -> set[str]:
        """Which of these are hashes of the bytes of a report."""
        with self._database.reading() as connection:
            return set(connection.scalars(_HELD_HASHES, {"hashes": list(hashes)}))

    def known_hashes(self) -> set[str]:
        """The hashes of the bytes of every report."""
        with self._database.reading() as connection:
            return set(connection.scalars(select(reports.c.sha256)))

    def read_by_others(self, parser_version: str) -> list[str]:
        """The identifiers of the reports that another version of the parser read."""
        query = select(reports.c.id).where(reports.c.parser_version != parser_version)
        order = (reports.c.agency, reports.c.year, reports.c.edition)
        with self._database.reading() as connection:
            return list(connection.scalars(query.order_by(*order)))

    def contents(self) -> tuple[int, list[Entry]]:
        """How often the reports changed so far, and every report as of that moment."""
        with self._database.reading() as connection:
            change = counted_changes(connection)
            return change, [_entry(row) for row in connection.execute(_entries())]

    def change(self) -> int:
        """How often the reports changed so far; counted again only after somebody committed."""
        moment = self._database.watch.moment()
        known = self._counted
        if known is not None and moment is not None and known[0] == moment:
            return known[1]
        with self._database.reading() as connection:
            change = counted_changes(connection)
        # The moment is from before the count: a commit between the two only has it counted again.
        self._counted = None if moment is None else (moment, change)
        return change

    def originals(self) -> dict[str, str]:
        """Report identifier → the file name of its original."""
        with self._database.reading() as connection:
            rows = connection.execute(select(reports.c.id, reports.c.original))
            return {row.id: row.original for row in rows}


def _stored(connection: Connection, report_id: str) -> Row[Any]:
    """What places a report among the others; raises LibraryError for an unknown identifier."""
    columns = (reports.c.agency, reports.c.year, reports.c.current, reports.c.original)
    query: Select[Any] = select(*columns).where(reports.c.id == report_id)
    row: Row[Any] | None = connection.execute(query).one_or_none()
    if row is None:
        raise _unknown(report_id)
    return row


def _refuse_nameless(prepared: Prepared) -> None:
    if prepared.row["agency"] is None or prepared.row["year"] is None:
        raise NotAnAnnualReport(f"{prepared.row['source']}：没有认出单位或年度。")


def _insert_parts(connection: Connection, group: Sequence[Prepared]) -> list[range]:
    """Stores the parts of reports; the numbers that the chunks of each were given."""
    for table, columns, lines_of in _PARTS:
        lines = [(each.row["id"], *line) for each in group for line in lines_of(each)]
        insert_lines(connection, table, ("report_id", *columns), lines)
    return insert_chunks(connection, group)


def _next_edition(connection: Connection, agency: str, year: int) -> int:
    last = connection.scalar(_LAST_EDITION, {"agency": agency, "year": year})
    return 1 + (last or 0)


def _same(agency: str, year: int) -> Any:
    return and_(reports.c.agency == agency, reports.c.year == year)


def _retire(connection: Connection, agency: str, year: int, edition: int) -> None:
    """Takes the mark of the current edition from the report that had it before this edition."""
    current = and_(_same(agency, year), reports.c.current, reports.c.edition < edition)
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


def _entry_of_row(row: StoredRow) -> Entry:
    """The entry of a row that was just written; times are stored in UTC without saying so."""
    kept = {name: row[name] for name in _ENTRY}
    return Entry(**{**kept, "added_at": row["added_at"].replace(tzinfo=UTC)})


_ENTRY = tuple(field.name for field in fields(Entry))

# Made once: making a query takes longer than reading or writing one report.
_BODY = select(reports.c.body).where(reports.c.id == bindparam("id"))
_ENTRY_OF = _entries(reports.c.sha256 == bindparam("sha256"))
_LAST_EDITION = select(func.max(reports.c.edition)).where(
    reports.c.agency == bindparam("agency"), reports.c.year == bindparam("year")
)
_HELD_HASHES = select(reports.c.sha256).where(
    reports.c.sha256.in_(bindparam("hashes", expanding=True))
)
_INSERT_REPORT = insert(reports)

# What a report has beside its chunks: the table, its columns and the lines.
_PARTS: Sequence[tuple[Table, Sequence[str], Callable[[Prepared], list[Line]]]] = (
    (facts, FACT_COLUMNS, attrgetter("facts")),
    (figures, FIGURE_COLUMNS, attrgetter("figures")),
)


def whole_row(prepared: Prepared, edition: int, original: str, parser_version: str) -> StoredRow:
    """A report as a row of `reports`: the current edition, added now."""
    return prepared.row | {
        "parser_version": parser_version,
        "edition": edition,
        "current": True,
        "original": original,
        "added_at": datetime.now(UTC).replace(tzinfo=None),
    }


def _unknown(report_id: str) -> LibraryError:
    return LibraryError(f"资料库里没有编号为“{report_id}”的报告。")
