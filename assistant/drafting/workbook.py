"""Everything a writer has on the desk for one report: tables, notes, last year, decisions.

Pure and frozen: each action gives a new `Workbook`. The last decision about the text is taken back
apart from what was typed last into tables and notes: the two are done at different times. The invariant: nothing here is worked out from the draft; the draft is written from it anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.drafting.draft import Draft, DraftShelf, draft
from assistant.drafting.entries import Entry, TableSource, cells_replaced, cells_taken_back
from assistant.drafting.parts import DraftPart
from assistant.drafting.preamble import Profile
from assistant.drafting.prose import Prose, edited
from assistant.drafting.revision import Insertion, PartName, Revision, Style
from assistant.drafting.suggestions import Suggestion
from assistant.drafting.typed_tables import (
    TypedCell,
    confirmed,
    form_for,
    report_to_typed,
    typed_to_report,
    with_totals,
    with_typed,
)
from assistant.model import Model
from ingest.report import Report

MOST_UNDONE = 50
# Signs after a placeholder that end what is supplied in its place.
_CLOSING = tuple("。；，）”")


@dataclass(frozen=True)
class Workbook:
    """The input and the decisions for one draft.

    `tables_of` and `tables_year` say whose tables an uploaded file held, when it said so. `past`
    holds earlier decisions, `entries` what was typed over, the latest last.
    """

    agency: str = ""
    year: int = 0
    cells: Mapping[str, TypedCell] = field(default_factory=dict)
    tables_from: str = ""
    tables_of: str = ""
    tables_year: int | None = None
    last_year: Report | None = None
    notes: str = ""
    profile: Profile = field(default_factory=Profile)
    signed_on: date | None = None
    revision: Revision = field(default_factory=Revision)
    past: tuple[Revision, ...] = ()
    entries: tuple[Entry, ...] = ()

    # --- Input ---

    @property
    def tables(self) -> Report | None:
        """This year's tables; None where no cell is filled in."""
        return typed_to_report(
            self.cells,
            form_for(self.year),
            agency=self.tables_of or self.agency,
            year=self.tables_year or self.year,
            source=self.tables_from or "填表",
        )

    def with_typed(self, changes: Mapping[str, str]) -> "Workbook":
        """The writer typed into cells."""
        typed = with_typed(self.cells, changes, form_for(self.year))
        return self._entered(replace(self, cells=typed))

    def with_notes(self, notes: str) -> "Workbook":
        """The writer typed notes."""
        return self._entered(replace(self, notes=notes))

    def with_confirmed(self) -> "Workbook":
        """The writer compared the doubtful cells with the file."""
        return self._entered(replace(self, cells=confirmed(self.cells)))

    def with_tables(self, report: Report) -> "Workbook":
        """The tables of a file in place of what was typed, empty totals worked out."""
        cells = with_totals(report_to_typed(report), form_for(self.year or report.year or 0))
        filled = replace(
            self,
            agency=self.agency or report.agency or "",
            cells=cells,
            tables_from=report.source,
            tables_of=report.agency or "",
            tables_year=report.year,
        )
        return self._entered(filled)

    def _entered(self, after: "Workbook") -> "Workbook":
        """The workbook after a change, with what the change replaced remembered."""
        entry = Entry(
            cells_replaced(self.cells, after.cells),
            self.notes if after.notes != self.notes else None,
            self._source if after._source != self._source else None,
        )
        if entry.is_empty:
            return after
        return replace(after, entries=(*self.entries, entry)[-MOST_UNDONE:])

    @property
    def _source(self) -> TableSource:
        return TableSource(self.tables_from, self.tables_of, self.tables_year)

    def unentered(self) -> "Workbook":
        """What was typed or read in last taken back; the same where nothing was."""
        if not self.entries:
            return self
        entry = self.entries[-1]
        source = entry.source or self._source
        return replace(
            self,
            cells=cells_taken_back(self.cells, entry),
            notes=self.notes if entry.notes is None else entry.notes,
            tables_from=source.file,
            tables_of=source.agency,
            tables_year=source.year,
            entries=self.entries[:-1],
        )

    # --- Text ---

    def draft(self, library: DraftShelf | None = None, model: Model | None = None) -> Draft:
        """The draft as it stands with everything on the desk."""
        return draft(
            self.agency,
            self.year,
            tables=self.tables,
            last_year=self.last_year,
            notes=self.notes,
            profile=self.profile,
            library=library,
            model=model,
            revision=self.revision,
            signed_on=self.signed_on,
        )

    def decided(self, revision: Revision) -> "Workbook":
        """The writer decided something about the text."""
        if revision == self.revision:
            return self
        past = (*self.past, self.revision)[-MOST_UNDONE:]
        return replace(self, revision=revision, past=past)

    def undone(self) -> "Workbook":
        """The last decision about the text taken back; the same where there was none."""
        if not self.past:
            return self
        return replace(self, revision=self.past[-1], past=self.past[:-1])

    def reworded(self, part: PartName) -> "Workbook":
        """Another wording of a part."""
        return self.decided(self.revision.reworded(part))

    def styled(self, part: PartName, style: Style) -> "Workbook":
        """A part told in short, in full or plainly."""
        return self.decided(self.revision.styled(part, style))

    def edited(self, part: DraftPart, text: str) -> "Workbook":
        """The part as the writer typed it; untouched numbers keep where they come from."""
        if text.strip() == part.prose.text:
            return self
        return self.decided(self.revision.edited(part.name, edited(part.prose, text)))

    def supplied(self, part: DraftPart, words: str, text: str) -> "Workbook":
        """What the writer knew, in place of a placeholder; the sentence ends once."""
        if words not in part.prose.text or not text.strip():
            return self
        filled = text.strip()
        if part.prose.text.partition(words)[2][:1] in _CLOSING:
            filled = filled.rstrip("。；，")
        return self.edited(part, part.prose.text.replace(words, filled, 1))

    def accepted(self, suggestion: Suggestion, texts: Mapping[str, str]) -> "Workbook":
        """The suggestion taken over; `texts` are the writer's own words for it, by part."""
        taken = [
            Insertion(i.part, _in_own_words(i.prose, texts.get(i.part)))
            for i in suggestion.insertions
        ]
        return self.decided(self.revision.with_accepted(suggestion.key, taken))


def _in_own_words(prose: Prose, text: str | None) -> Prose:
    return edited(prose, text) if text and text.strip() else prose
