"""What the collection says as a whole: requests over the years, their outcomes, and who is late.

Numbers are sums of cells, each with how many reports hold it: blanks are no zeros, and the reports
of different years are seldom of the same agencies, so that the counts stand beside every sum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from assistant.question.vocabulary import DECLINED, DENIED, OTHER, UNAVAILABLE
from assistant.rules.identity import last_day
from ingest.report import Concept, Number
from vectorstore.holdings import Aggregate, Entry
from vectorstore.library import Library

Punctuality: TypeAlias = Literal["in_time", "late", "undated", "early"]

NEW = Concept("requests", "new", "total")
OUTCOMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("予以公开", ("granted",)),
    ("部分公开", ("partly_granted",)),
    ("不予公开", DENIED),
    ("无法提供", UNAVAILABLE),
    ("不予处理", DECLINED),
    ("其他处理", OTHER),
)


@dataclass(frozen=True, slots=True)
class YearSum:
    """A sum over the reports on one year: `numbers` of its `reports` hold a number."""

    year: int
    total: Number | None
    reports: int
    numbers: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many requests ended in one way in one year; None where no report holds a number."""

    year: int
    name: str
    total: Number | None


@dataclass(frozen=True, slots=True)
class Filing:
    """When a report was signed, and by when it was due; `days` after that, None without a date."""

    report: str
    agency: str
    year: int
    signed_on: date | None
    due: date

    @property
    def days(self) -> int | None:
        """Days late; 0 or less in time, None without a date."""
        return (self.signed_on - self.due).days if self.signed_on else None

    @property
    def punctuality(self) -> Punctuality:
        """Whether the report was signed in time; "early" before its year was over, a doubtful date."""
        if self.signed_on is None or self.days is None:
            return "undated"
        if self.signed_on <= date(self.year, 12, 31):
            return "early"
        return "late" if self.days > 0 else "in_time"


@dataclass(frozen=True, slots=True)
class Overview:
    """The collection at a glance, oldest year first."""

    requests: tuple[YearSum, ...]
    outcomes: tuple[Outcome, ...]
    filings: tuple[Filing, ...]


def overview_of(library: Library) -> Overview:
    """The overview over every current report."""
    return Overview(
        tuple(_to_sum(found) for found in library.aggregate(NEW, by="year")),
        tuple(_outcomes(library)),
        tuple(_filings(library.entries())),
    )


def _to_sum(found: Aggregate) -> YearSum:
    return YearSum(found.year or 0, found.total, found.reports, found.numbers)


def _outcomes(library: Library) -> Iterable[Outcome]:
    sums: dict[tuple[int, str], Number | None] = {}
    for name, rows in OUTCOMES:
        for row in rows:
            for found in library.aggregate(Concept("requests", row, "total"), by="year"):
                key = (found.year or 0, name)
                parts = (sums.get(key), found.total)
                known = [part for part in parts if part is not None]
                sums[key] = sum(known) if known else None
    for (year, name), total in sorted(sums.items(), key=lambda each: each[0][0]):
        yield Outcome(year, name, total)


def _filings(entries: Sequence[Entry]) -> Iterable[Filing]:
    for entry in entries:
        if entry.current:
            due = last_day(entry.agency, entry.year)
            yield Filing(entry.id, entry.agency, entry.year, entry.signed_on, due)
