"""A draft of this year's report from tables, last year's report, notes and the agency's profile.

`draft` writes the opening and sections one, five and six without a language model; a model, where one
is given, may only reword. The invariant: every digit of the text has an origin, what nobody told
stands as 【请补充：…】, and input that does not fit is told beside the draft, which is still given.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Protocol

from assistant.checking.check import Shelf, last_year_of, peers_of
from assistant.drafting.facts import Facts
from assistant.drafting.inputs import fit
from assistant.drafting.notes import read_notes
from assistant.drafting.other_matters import other_matters
from assistant.drafting.overview import NUMERALS, PARTS, Material, overview
from assistant.drafting.peers import FoundPassage, on_peers
from assistant.drafting.polish import polished
from assistant.drafting.preamble import Profile, preamble
from assistant.drafting.problems import problems
from assistant.drafting.prose import Bound, Origin, Prose, with_measure
from assistant.drafting.suggestions import (
    Suggestion,
    citation_of,
    on_last_year,
    on_notes,
    on_numbers,
    on_tables,
    to_supply,
)
from assistant.drafting.voice import Voice
from assistant.model import Model
from assistant.rules import Finding, run
from ingest.figures import sections_to_figures
from ingest.forms import form_of
from ingest.outline import SECTIONS
from ingest.report import MISSING_CELL, TABLE_NAMES, Cell, Report, Section, Table, TableName

__all__ = ["PARTS", "Draft", "DraftSection", "Profile", "draft", "draft_to_dict", "draft_to_report"]

DRAFTED = (1, 5, 6)
NO_TURNS: Mapping[str, int] = MappingProxyType({})


class DraftShelf(Shelf, Protocol):
    """What drafting asks of a library: last year's report, peers, their passages."""

    def search(
        self, text: str, *, years: Sequence[int] = (), sections: Sequence[int] = (), limit: int = 8
    ) -> Sequence[FoundPassage]:
        """The passages nearest in meaning to a text."""


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A drafted part; `number` 0 is the text before section one."""

    number: int
    heading: str
    prose: Prose

    @property
    def text(self) -> str:
        """The text with its paragraphs on lines of their own."""
        return self.prose.text


@dataclass(frozen=True)
class Draft:
    """What was written and what is suggested. `edition` is that of the form to publish it in."""

    agency: str
    year: int
    edition: str
    preamble: DraftSection
    sections: tuple[DraftSection, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def title(self) -> str:
        """The title of the report."""
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"

    @property
    def numbers(self) -> tuple[tuple[DraftSection, Bound], ...]:
        """Each number of the text with the section it stands in, in reading order."""
        parts = (self.preamble, *self.sections)
        return tuple((part, bound) for part in parts for bound in part.prose.bounds)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What the writer must still supply; a text that has any must not be published."""
        parts = (self.preamble, *self.sections)
        return tuple(words for part in parts for words in part.prose.placeholders)


def draft(
    agency: str,
    year: int,
    *,
    tables: Report | None = None,
    last_year: Report | None = None,
    notes: str = "",
    profile: Profile | None = None,
    sections: Sequence[int] = DRAFTED,
    library: DraftShelf | None = None,
    model: Model | None = None,
    turns: Mapping[str, int] = NO_TURNS,
    accepted: Sequence[str] = (),
) -> Draft:
    """The draft for an agency and year, always the same for the same input.

    `tables` is any report whose tables are this year's. Without `last_year` the library is asked for
    it. `sections` are those to write, of 1, 5 and 6; `turns` counts for each part of `PARTS` how often
    another wording was asked for; `accepted` holds the keys of suggestions that are to be written.
    Raises ValueError for a section that is not drafted.
    """
    if not set(sections) <= set(DRAFTED):
        raise ValueError(
            f"只能起草第一、五、六部分，不能起草{sorted(set(sections) - set(DRAFTED))}"
        )
    before = last_year
    if before is None and library is not None:
        before = last_year_of(_empty_report(agency, year), library)
    fitting = fit(agency, year, tables, before, read_notes(notes))
    profile = profile or Profile()
    material = Material(
        Facts(year, tables, fitting.last_year),
        Voice(agency, year),
        fitting.notes,
        profile.platforms,
        turns,
        frozenset(accepted),
    )
    opening = DraftSection(0, "", preamble(material.of_part("preamble"), profile))
    texts = [_WRITERS[number](material) for number in sections]
    written, failures = polished(texts, model)
    parts = tuple(
        DraftSection(number, _heading(number), prose)
        for number, prose in zip(sections, written, strict=True)
    )
    result = Draft(agency, year, material.facts.edition, opening, parts, ())
    said = (*fitting.suggestions, *failures, *_suggestions(result, material, library))
    return replace(result, suggestions=tuple(sorted(dict.fromkeys(said), key=lambda s: s.section)))


_WRITERS: Mapping[int, Callable[[Material], Prose]] = {
    1: overview,
    5: lambda material: problems(material.of_part("problems")),
    6: lambda material: other_matters(material.of_part("other_matters")),
}


def _heading(number: int) -> str:
    return f"{NUMERALS[number]}、{SECTIONS[number - 1].heading}"


# --- The draft as a report -------------------------------------------------------------------------


def draft_to_report(
    draft: Draft, tables: Report | None = None, signed_on: date | None = None
) -> Report:
    """The draft with this year's tables as a whole report, to check it or to write it to a file.

    Cells that the tables do not hold are blank. Without `signed_on` the report has no signature.
    """
    texts = {part.number: part.text for part in draft.sections}
    sections = tuple(
        Section(s.number, _heading(s.number), texts.get(s.number, "")) for s in SECTIONS
    )
    opening = Section(0, "", draft.preamble.text)
    filled = {name: _table(draft.edition, name, tables) for name in TABLE_NAMES}
    content = repr((draft.title, opening.text, texts, filled)).encode()
    return Report(
        source=f"{draft.title}.docx",
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        agency=draft.agency,
        year=draft.year,
        format=draft.edition,
        title=draft.title,
        signed_by=draft.agency if signed_on else None,
        signed_on=signed_on,
        preamble=opening,
        sections=sections,
        tables=filled,
        figures=sections_to_figures((opening, *sections), draft.agency, draft.year),
    )


_BLANK = Cell(None, "")


def _table(edition: str, name: TableName, tables: Report | None) -> Table:
    cells = {}
    for concept in form_of(edition).table(name).concepts():
        cell = tables.cell(concept) if tables else MISSING_CELL
        cells[concept] = _BLANK if cell.state == "missing" else cell
    return Table(name, cells)


def _empty_report(agency: str, year: int) -> Report:
    """A report with nothing but its agency and year, to look up what belongs to it."""
    text = Prose()
    opening = DraftSection(0, "", text)
    return draft_to_report(Draft(agency, year, form_of(None).edition, opening, (), ()))


# --- Suggestions -----------------------------------------------------------------------------------

# The placeholders are suggestions of their own, and nobody has signed yet.
_NOT_TOLD = frozenset({"W102", "S111"})


def _suggestions(
    result: Draft, material: Material, library: DraftShelf | None
) -> Iterator[Suggestion]:
    for part in (result.preamble, *result.sections):
        yield from to_supply(part.number, part.prose)
    yield from on_tables(material)
    yield from on_last_year(material)
    yield from on_numbers(material)
    yield from on_notes(material)
    yield from _checked(result, material, library)
    if library is not None:
        yield from on_peers(material, library)


def _checked(result: Draft, material: Material, library: DraftShelf | None) -> Iterator[Suggestion]:
    """What the rules say of the draft as a report, for the parts that were drafted."""
    tables, last_year = material.facts.tables, material.facts.last_year
    report = draft_to_report(result, tables)
    peers = peers_of(report, library) if library else ()
    others = {each.id: each for each in (*peers, *((last_year,) if last_year else ()))}
    drafted = {part.number for part in result.sections}
    for finding in run(report, last_year, peers).findings:
        section = _section_of(finding, result.edition)
        is_ours = section in drafted or (section in (2, 3, 4) and tables is not None)
        if finding.rule in _NOT_TOLD or not is_ours:
            continue
        cited = tuple(
            citation_of(others.get(e.report or "", tables or report), e.place)
            for e in finding.evidence
            if e.place.table or e.report
        )
        yield Suggestion(section, finding.suggestion, finding.message, cited, "check")


def _section_of(finding: Finding, edition: str) -> int:
    place = finding.evidence[0].place if finding.evidence else None
    if place is None:
        return 1
    if place.table is not None:
        return form_of(edition).table(place.table).section
    return place.section or 0


# --- JSON ------------------------------------------------------------------------------------------


def draft_to_dict(draft: Draft) -> Mapping[str, object]:
    """The draft as `nianbao draft --json` prints it (docs/contracts.md)."""
    return {
        "agency": draft.agency,
        "year": draft.year,
        "title": draft.title,
        "format": draft.edition,
        "preamble": _section_to_dict(draft.preamble),
        "sections": [_section_to_dict(part) for part in draft.sections],
        "suggestions": [suggestion.to_dict() for suggestion in draft.suggestions],
        "numbers": [
            {
                "text": with_measure(part.prose, bound),
                "from": origin_to_dict(bound.origin),
                "section": part.number,
                "start": bound.start,
            }
            for part, bound in draft.numbers
        ],
        "placeholders": list(draft.placeholders),
    }


def _section_to_dict(part: DraftSection) -> Mapping[str, object]:
    return {"number": part.number, "heading": part.heading, "text": part.text}


def origin_to_dict(origin: Origin) -> Mapping[str, object]:
    """Where a number comes from, as the contract writes it."""
    concept = origin.concept
    cell = {"table": concept.table, "row": concept.row, "column": concept.column} if concept else {}
    if origin.source == "cell":
        return cell
    if origin.source == "year":
        return {"year": origin.year}
    if origin.source == "last_year":
        quote = {"section": origin.section, "quote": origin.quote} if origin.quote else {}
        return {"last_year": origin.year, **cell, **quote}
    return {origin.source: origin.quote}
