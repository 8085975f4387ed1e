"""A library in memory with the methods that look-ups call, for tests that need no disk."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeVar, cast

from ingest.forms import form_of
from ingest.report import Concept, Figure, Report
from vectorstore.holdings import Entry, Fact, FigureFact
from vectorstore.library import Library

T = TypeVar("T")

ADDED_AT = datetime(2026, 1, 2, tzinfo=UTC)


class Shelf:
    """Reports side by side, one for each agency and year."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = {report.id: report for report in reports}

    def as_library(self) -> Library:
        """The shelf, as what the look-ups take."""
        return cast(Library, self)

    def entries(self) -> list[Entry]:
        return [
            Entry(
                id=report.id,
                agency=report.agency or "",
                year=report.year or 0,
                format=report.format,
                title=report.title,
                source=report.source,
                media_type=report.media_type,
                signed_on=report.signed_on,
                warning_count=len(report.warnings),
                edition=1,
                current=True,
                added_at=ADDED_AT,
            )
            for report in self._reports.values()
        ]

    def once_a_change(self, make: Callable[[Sequence[Entry]], T]) -> T:
        """Made anew each time."""
        return make(self.entries())

    def report(self, report_id: str) -> Report:
        return self._reports[report_id]

    def years(self) -> list[int]:
        return sorted({report.year or 0 for report in self._reports.values()})

    def agencies(self) -> list[str]:
        return sorted({report.agency or "" for report in self._reports.values()})

    def facts(
        self, concept: Concept, *, agencies: Iterable[str] = (), years: Iterable[int] = ()
    ) -> list[Fact]:
        found = []
        for report in self._within(agencies, years):
            if not form_of(report.format).has(concept):
                continue
            cell = report.cell(concept)
            found.append(
                Fact(
                    report_id=report.id,
                    agency=report.agency or "",
                    year=report.year or 0,
                    concept=concept,
                    value=cell.value,
                    state=cell.state,
                    unit=form_of(report.format).table(concept.table).unit(*concept[1:]),
                    text=cell.text,
                    where=cell.place,
                    doubt=cell.doubt,
                )
            )
        return found

    def figures(
        self, *, agencies: Iterable[str] = (), years: Iterable[int] = ()
    ) -> list[FigureFact]:
        return [
            FigureFact(report.id, report.agency or "", report.year or 0, figure)
            for report in self._within(agencies, years)
            for figure in report.figures
        ]

    def _within(self, agencies: Iterable[str], years: Iterable[int]) -> list[Report]:
        of_agencies, of_years = set(agencies), set(years)
        return [
            report
            for report in self._reports.values()
            if (not of_agencies or report.agency in of_agencies)
            and (not of_years or report.year in of_years)
        ]


def a_figure(name: str, value: float, unit: str, sentence: str, **more: object) -> Figure:
    """A figure of section one, other fields as given."""
    return Figure(name, value, unit, sentence, 1, **more)  # type: ignore[arg-type]
