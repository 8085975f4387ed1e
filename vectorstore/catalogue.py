"""What a library holds, read once a change: its list of reports, and the reports last asked for.

A look-up asks several times over who is there and which report says so. What was read is kept and
belongs to one count of changes in the records; every question asks for that count (one row by its
key), so nothing that another process wrote is ever missed.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ingest.report import Report
from vectorstore.holdings import Entry
from vectorstore.records import Records

T = TypeVar("T")

# A report is some 75 KB in memory; a table of all agencies over some years cites a few hundred.
MOST_REPORTS = 400


@dataclass(slots=True)
class _Contents:
    """What was read at one count of changes; `reports` has the one asked for last at its end.

    `made` holds what callers made of the entries, by the function that made it.
    """

    change: int
    entries: tuple[Entry, ...]
    agencies: tuple[str, ...]
    years: tuple[int, ...]
    reports: OrderedDict[str, Report] = field(default_factory=OrderedDict)
    made: dict[object, Any] = field(default_factory=dict)


class Catalogue:
    """The list of reports and the reports last read, never older than the records."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._contents: _Contents | None = None
        self._threads = threading.Lock()

    def entries(self) -> list[Entry]:
        """Every report, older editions included, by agency, year and edition."""
        return list(self._current().entries)

    def agencies(self) -> list[str]:
        """The agencies that have a report, sorted."""
        return list(self._current().agencies)

    def years(self) -> list[int]:
        """The years that have a report, oldest first."""
        return list(self._current().years)

    def once_a_change(self, make: Callable[[Sequence[Entry]], T]) -> T:
        """What `make` makes of the entries, made again only after they changed."""
        contents = self._current()
        if make not in contents.made:
            contents.made[make] = make(contents.entries)
        made: T = contents.made[make]
        return made

    def report(self, report_id: str) -> Report:
        """One report, whole; raises LibraryError for an unknown identifier."""
        contents = self._current()
        with self._threads:
            known = contents.reports.get(report_id)
            if known is not None:
                contents.reports.move_to_end(report_id)
                return known
        report = self._records.report(report_id)
        # Read after the list was: it may be of a later change, and must not be kept under this one.
        if self._records.change() == contents.change:
            with self._threads:
                contents.reports[report_id] = report
                while len(contents.reports) > MOST_REPORTS:
                    contents.reports.popitem(last=False)
        return report

    def _current(self) -> _Contents:
        contents = self._contents
        if contents is None or contents.change != self._records.change():
            change, entries = self._records.contents()
            contents = _Contents(
                change,
                tuple(entries),
                tuple(sorted({entry.agency for entry in entries})),
                tuple(sorted({entry.year for entry in entries})),
            )
            self._contents = contents
        return contents
