"""What a library hands out: entries, facts, sums, figures and passages, as plain frozen values.

Nothing here reads a disk or knows a database; these types may be imported where the import must
stay light. A `Fact` is one cell with the agency and year it speaks of; a blank cell is a fact too,
with its state, so that "who has not reported" can be answered.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from ingest.chunk import Chunk
from ingest.report import CellState, Concept, Doubt, Figure, Number, Place, Report
from ingest.report_json import place_from_json
from vectorstore.rows import body_to_report

IngestStatus: TypeAlias = Literal["added", "known", "edition", "reread", "failed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One report as the library's list shows it.

    `edition` counts from 1 among the reports of the same agency and year in the order they were
    added; `current` marks the one that questions are answered from. `added_at` is in UTC.
    """

    id: str
    agency: str
    year: int
    format: str | None
    title: str | None
    source: str
    media_type: str
    signed_on: date | None
    warning_count: int
    edition: int
    current: bool
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of one current report. `value` is None unless `state` is "number".

    `where` is its place, or the JSON of it as stored: of ten thousand cells a ranking cites ten.
    """

    report_id: str
    agency: str
    year: int
    concept: Concept
    value: Number | None
    state: CellState
    unit: str
    text: str | None
    where: Place | str
    doubt: Doubt | None

    @property
    def place(self) -> Place:
        """Where the cell stands in its document."""
        return place_from_json(self.where) if isinstance(self.where, str) else self.where


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One concept over many current reports, summed by the database.

    `agency` and `year` are None where the group spans several. `total`, `mean`, `minimum` and
    `maximum` are over the cells that hold a number, None when there are none. `reports` is the
    number of reports; of these `numbers` hold a number, `blanks` a blank cell, `dashes` a dash,
    `unread` a text that is no number and `missing` no such cell; `doubtful` counts the guesses.
    """

    concept: Concept
    unit: str
    agency: str | None
    year: int | None
    total: Number | None
    mean: float | None
    minimum: Number | None
    maximum: Number | None
    reports: int
    numbers: int
    blanks: int
    dashes: int
    unread: int
    missing: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class FigureFact:
    """A number of the text of one current report."""

    report_id: str
    agency: str
    year: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk found by a search; `score` is between 0 and 1, and the same for the same library."""

    report_id: str
    agency: str
    year: int
    chunk: Chunk
    score: float


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file; `message` is shown to people.

    `read` is the report that was read, or its JSON as stored: of a thousand files nobody looks at.
    """

    source: str
    status: IngestStatus
    read: Report | bytes | None
    message: str

    @property
    def report(self) -> Report | None:
        """The report; None for a file that failed."""
        return body_to_report(self.read) if isinstance(self.read, bytes) else self.read
