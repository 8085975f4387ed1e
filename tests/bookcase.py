"""A library in memory: reports as they are handed over, no disk, no index, no model."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from ingest.chunk import Chunk
from ingest.forms import form_of
from ingest.report import Concept, Place, Report, Section
from vectorstore.holdings import Entry, Fact, FigureFact, Passage
from vectorstore.library import Library
from vectorstore.passages import Ranking

T = TypeVar("T")


class Bookcase(Library):
    """The reading half of a library, over these reports."""

    def __init__(self, *reports: Report) -> None:
        self._reports = {report.id: report for report in reports}

    def report(self, report_id: str) -> Report:
        return self._reports[report_id]

    def entries(self) -> list[Entry]:
        return [
            Entry(
                report.id, report.agency or "", report.year or 0, report.format, report.title,
                report.source, report.media_type, report.signed_on, len(report.warnings), 1, True,
                datetime(2024, 1, 1, tzinfo=UTC),
            )
            for report in self._reports.values()
        ]  # fmt: skip

    def once_a_change(self, make: Callable[[Sequence[Entry]], T]) -> T:
        """Made anew each time."""
        return make(self.entries())

    def years(self) -> list[int]:
        return sorted({entry.year for entry in self.entries()})

    def agencies(self) -> list[str]:
        return sorted({entry.agency for entry in self.entries()})

    def reports(self, *, agency: str | None = None, year: int | None = None) -> list[Report]:
        return self._meant([agency] if agency else (), [year] if year else ())

    def facts(
        self,
        concept: Concept | str,
        *,
        agencies: Iterable[str] = (),
        years: Iterable[int] = (),
    ) -> list[Fact]:
        key = Concept.parse(concept) if isinstance(concept, str) else concept
        return [
            Fact(
                report.id, report.agency or "", report.year or 0, key, cell.value, cell.state,
                form_of(report.format).table(key.table).unit(key.row, key.column), cell.text,
                replace(cell.place, table=key.table, row=key.row, column=key.column), cell.doubt,
            )
            for report in self._meant(agencies, years)
            for cell in [report.cell(key)]
            if form_of(report.format).has(key)
        ]  # fmt: skip

    def figures(
        self, *, agencies: Iterable[str] = (), years: Iterable[int] = ()
    ) -> list[FigureFact]:
        return [
            FigureFact(report.id, report.agency or "", report.year or 0, figure)
            for report in self._meant(agencies, years)
            for figure in report.figures
        ]

    def _meant(self, agencies: Iterable[str], years: Iterable[int]) -> list[Report]:
        names, wanted = set(agencies), set(years)
        return [
            report
            for report in self._reports.values()
            if (not names or report.agency in names) and (not wanted or report.year in wanted)
        ]

    def search(
        self,
        text: str,
        *,
        agencies: Iterable[str] = (),
        years: Iterable[int] = (),
        sections: Iterable[int] = (),
        limit: int = 8,
        by: Ranking = "both",
    ) -> list[Passage]:
        pairs = {text[i : i + 2] for i in range(len(text) - 1)}
        found = [
            Passage(
                report.id, report.agency or "", report.year or 0,
                Chunk(section.text, "", Place(section=section.number, quote=section.text)),
                sum(pair in section.text for pair in pairs) / max(len(pairs), 1),
            )
            for report in self._reports.values()
            for section in report.texts
        ]  # fmt: skip
        return sorted(found, key=lambda passage: -passage.score)[:limit]


def written_report(agency: str, year: int = 2023, **texts: str) -> Report:
    """A report of text alone: `s1="…"` is section one, `s0` the text before it."""
    headings = (
        "",
        "一、总体情况",
        "二、",
        "三、",
        "四、",
        "五、存在的主要问题及改进情况",
        "六、其他",
    )
    sections = [
        Section(number, headings[number], texts[f"s{number}"])
        for number in range(7)
        if f"s{number}" in texts
    ]
    digest = f"{abs(hash((agency, year, *sorted(texts.items())))):016x}"[:16] * 4
    return Report(
        f"{agency}{year}.txt", digest, "text/plain", agency, year, "2021",
        f"{agency}{year}年政府信息公开工作年度报告", agency, None,
        sections[0] if "s0" in texts else None,
        tuple(section for section in sections if section.number), {},
    )  # fmt: skip
