"""What this year's tables and last year's report say, as sentences are chosen by it.

The invariant: a cell that is blank, missing or doubtful is None here, never 0; last year's cells
count only where its report is the same agency's on the year before.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from assistant.drafting.prose import Origin, Prose, number_prose
from ingest.forms import edition_for_year, form_of
from ingest.report import Cell, Concept, Number, Report

# "first": something where there was nothing; "ended": nothing where there was something.
Change: TypeAlias = Literal["first", "up", "down", "same", "ended", "none_again"]


@dataclass(frozen=True)
class Facts:
    """The numbers of one draft; `last_year` is None where there is none to compare with."""

    year: int
    tables: Report | None
    last_year: Report | None

    @property
    def edition(self) -> str:
        """The edition of the form: that of the tables, else that of the year."""
        printed = self.tables.format if self.tables else None
        return printed or edition_for_year(self.year) or form_of(None).edition

    def cell(self, concept: Concept) -> Cell:
        """This year's cell."""
        return self.tables.cell(concept) if self.tables else Cell(None, None)

    def number(self, concept: Concept) -> Number | None:
        """This year's number; None where the cell holds none or was read with a doubt."""
        return _certain(self.cell(concept))

    def last(self, concept: Concept) -> Number | None:
        """Last year's number at the same cell, None where it is not known or not comparable."""
        if self.last_year is None or not _is_comparable(concept, self.last_year, self.edition):
            return None
        return _certain(self.last_year.cell(concept))

    def change(self, concept: Concept) -> Change | None:
        """How the number moved since last year; None where one of the two is not known."""
        now, before = self.number(concept), self.last(concept)
        if now is None or before is None:
            return None
        if not before:
            return "first" if now else "none_again"
        if not now:
            return "ended"
        if now == before:
            return "same"
        return "up" if now > before else "down"

    def say(self, concept: Concept) -> Prose:
        """This year's number in digits, bound to its cell; raises ValueError where there is none."""
        value = self.number(concept)
        if value is None:
            raise ValueError(f"{concept} is not known")
        return number_prose(value, Origin("cell", concept))

    def say_last(self, concept: Concept) -> Prose:
        """Last year's number in digits; raises ValueError where there is none."""
        value = self.last(concept)
        if value is None or self.last_year is None:
            raise ValueError(f"{concept} of last year is not known")
        return number_prose(value, Origin("last_year", concept, year=self.last_year.year))

    def say_year(self) -> Prose:
        """The year of the report."""
        return number_prose(self.year, Origin("year", year=self.year))

    def nonzero(self, concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
        """Those of the concepts that hold a number other than 0."""
        return tuple(concept for concept in concepts if self.number(concept))

    def unknown(self, concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
        """Those of the concepts that hold no certain number."""
        return tuple(concept for concept in concepts if self.number(concept) is None)


def _is_comparable(concept: Concept, last_year: Report, edition: str) -> bool:
    """Whether a cell counts the same in both years' forms: 表三 and 表四 were kept but for 其他处理."""
    if last_year.format == edition:
        return True
    return concept.table != "proactive" and not concept.row.startswith("other.")


def _certain(cell: Cell) -> Number | None:
    return None if cell.doubt else cell.value
