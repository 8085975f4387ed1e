"""The numbers of the record store: cells as facts, figures of the text, and their sums in SQL.

The rows are those of `rows`, where every cell of the form has one. Only current editions are asked.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Literal, TypeAlias

from sqlalchemy import Row, Select, and_, bindparam, case, func, select

from ingest.report import Concept, Doubt, Figure, Number
from ingest.report_json import place_from_json
from vectorstore.database import Database
from vectorstore.holdings import Aggregate, Fact, FigureFact
from vectorstore.schema import facts, figures, reports

Grouping: TypeAlias = Literal["all", "agency", "year"]

# Sums of 万元 carry at most six decimals (0.01 元); beyond that is dust of binary fractions.
DECIMALS = 6


class Facts:
    """The numbers of the current reports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def facts(self, concept: Concept, agencies: Iterable[str], years: Iterable[int]) -> list[Fact]:
        """The cell at `concept` of each current report, by agency and year."""
        wanted = _Wanted(agencies, years)
        query = _facts_query(*wanted.kinds)
        values = {"concept": str(concept), **wanted.values}
        with self._database.reading() as connection:
            rows = connection.execute(query, values).all()
        return [_fact(row, concept) for row in rows]

    def aggregates(
        self, concept: Concept, agencies: Iterable[str], years: Iterable[int], by: Grouping
    ) -> list[Aggregate]:
        """Sums over the current reports, one for each group; none where no report has the cell."""
        wanted = _Wanted(agencies, years)
        query = _aggregates_query(by, *wanted.kinds)
        values = {"concept": str(concept), **wanted.values}
        with self._database.reading() as connection:
            rows = connection.execute(query, values).all()
        return [_aggregate(row, concept) for row in rows if row.reports]

    def figures(self, agencies: Iterable[str], years: Iterable[int]) -> list[FigureFact]:
        """The numbers of the text of each current report, in reading order."""
        wanted = _Wanted(agencies, years)
        query = _figures_query(*wanted.kinds)
        with self._database.reading() as connection:
            rows = connection.execute(query, wanted.values).all()
        return [_figure(row) for row in rows]


class _Wanted:
    """The agencies and years asked for, none of either for all of them."""

    def __init__(self, agencies: Iterable[str], years: Iterable[int]) -> None:
        self.values: dict[str, object] = {"agencies": list(agencies), "years": list(years)}
        self.kinds = bool(self.values["agencies"]), bool(self.values["years"])


def _is_current(table: Any) -> Any:
    return and_(reports.c.id == table.c.report_id, reports.c.current)


_OF_CURRENT = facts.join(reports, _is_current(facts))


def _count(condition: Any, label: str) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(label)


_SUMS = (
    func.max(facts.c.unit).label("unit"),
    func.sum(facts.c.value).label("total"),
    func.avg(facts.c.value).label("mean"),
    func.min(facts.c.value).label("minimum"),
    func.max(facts.c.value).label("maximum"),
    func.count().label("reports"),
    func.count(facts.c.value).label("numbers"),
    _count(facts.c.state == "blank", "blanks"),
    _count(facts.c.state == "dash", "dashes"),
    _count(facts.c.state == "text", "unread"),
    _count(facts.c.state == "missing", "missing"),
    func.count(facts.c.doubt_code).label("doubtful"),
)


_FACT = (
    facts.c.report_id,
    reports.c.agency,
    reports.c.year,
    facts.c.value,
    facts.c.state,
    facts.c.unit,
    facts.c.text,
    facts.c.place,
    facts.c.doubt_code,
    facts.c.doubt_message,
)
"""The columns of a fact, in the order in which `_fact` takes them."""

# --- Queries: each made once, for making one takes longer than running it for one cell ------------


@cache
def _facts_query(by_agency: bool, by_year: bool) -> Select[Any]:
    query = select(*_FACT).select_from(_OF_CURRENT)
    query = query.where(facts.c.concept == bindparam("concept"))
    return _limited(query, by_agency, by_year).order_by(reports.c.agency, reports.c.year)


@cache
def _aggregates_query(by: Grouping, by_agency: bool, by_year: bool) -> Select[Any]:
    keys: list[Any] = {"all": [], "agency": [reports.c.agency], "year": [reports.c.year]}[by]
    query: Select[Any] = select(*keys, *_SUMS).select_from(_OF_CURRENT)
    query = _limited(query.where(facts.c.concept == bindparam("concept")), by_agency, by_year)
    return query.group_by(*keys).order_by(*keys) if keys else query


@cache
def _figures_query(by_agency: bool, by_year: bool) -> Select[Any]:
    joined = figures.join(reports, _is_current(figures))
    query = select(figures, reports.c.agency, reports.c.year.label("report_year"))
    query = _limited(query.select_from(joined), by_agency, by_year)
    return query.order_by(reports.c.agency, reports.c.year, figures.c.ordinal)


def _limited(query: Select[Any], by_agency: bool, by_year: bool) -> Select[Any]:
    if by_agency:
        query = query.where(reports.c.agency.in_(bindparam("agencies", expanding=True)))
    if by_year:
        query = query.where(reports.c.year.in_(bindparam("years", expanding=True)))
    return query


def _number(value: float | None) -> Number | None:
    """A stored number as it was read: whole numbers are integers again."""
    return int(value) if value is not None and value.is_integer() else value


def _sum(value: float | None) -> Number | None:
    return None if value is None else _number(round(float(value), DECIMALS))


def _fact(row: Sequence[Any], concept: Concept) -> Fact:
    report_id, agency, year, value, state, unit, text, where, code, message = row
    doubt = Doubt(code, message, place_from_json(where)) if code else None
    return Fact(report_id, agency, year, concept, _number(value), state, unit, text, where, doubt)


def _aggregate(row: Row[Any], concept: Concept) -> Aggregate:
    return Aggregate(
        concept=concept,
        unit=row.unit,
        agency=getattr(row, "agency", None),
        year=getattr(row, "year", None),
        total=_sum(row.total),
        mean=None if row.mean is None else float(row.mean),
        minimum=_number(row.minimum),
        maximum=_number(row.maximum),
        reports=row.reports,
        numbers=row.numbers,
        blanks=row.blanks,
        dashes=row.dashes,
        unread=row.unread,
        missing=row.missing,
        doubtful=row.doubtful,
    )


def _figure(row: Row[Any]) -> FigureFact:
    figure = Figure(
        name=row.name,
        value=_number(row.value) or 0,
        unit=row.unit,
        sentence=row.sentence,
        section=row.section,
        quote=row.quote,
        approximate=row.approximate,
        part_of=row.part_of,
        scope=row.scope,
        year=row.year,
        page=row.page,
    )
    return FigureFact(row.report_id, row.agency, row.report_year, figure)
