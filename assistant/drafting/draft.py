"""A draft of this year's report from tables, last year's report, notes and the agency's profile.

`draft` writes the opening and sections one, five and six without a language model; a model, where one
is given, may only reword. The invariant: every digit of the text has an origin, what nobody told
stands as 【请补充：…】, and input that does not fit is told beside the draft, which is still given.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.checking.check import Shelf, last_year_of, peers_of
from assistant.drafting.facts import Facts
from assistant.drafting.inputs import fit
from assistant.drafting.notes import read_notes
from assistant.drafting.other_matters import other_matters
from assistant.drafting.overview import NUMERALS, Material, overview
from assistant.drafting.parts import DraftPart, DraftSection, revised
from assistant.drafting.peers import FoundPassage, on_peers
from assistant.drafting.polish import polished
from assistant.drafting.preamble import Profile, preamble
from assistant.drafting.problems import problems
from assistant.drafting.proposals import on_last_year, on_numbers
from assistant.drafting.prose import Bound, Origin, with_measure
from assistant.drafting.revision import PARTS, Revision
from assistant.drafting.suggestions import Suggestion, on_tables, to_supply
from assistant.drafting.verdict import Verdict, on_check, verdict_on
from assistant.drafting.voice import Voice
from assistant.drafting.wording_advice import on_notes, on_sentences
from assistant.model import Model
from assistant.rules.texts import clipped
from ingest.figures import sections_to_figures
from ingest.forms import form_of
from ingest.outline import SECTIONS
from ingest.report import MISSING_CELL, TABLE_NAMES, Cell, Report, Section, Table, TableName

__all__ = [
    "PARTS",
    "Draft",
    "DraftPart",
    "DraftSection",
    "Profile",
    "Revision",
    "draft",
    "draft_to_dict",
    "draft_to_report",
]

DRAFTED = (1, 5, 6)
FIRST_YEAR = 2019  # the first whose reports have a prescribed form
NO_REVISION = Revision()


class DraftShelf(Shelf, Protocol):
    """What drafting asks of a library: last year's report, peers, their passages."""

    def search(
        self, text: str, *, years: Sequence[int] = (), sections: Sequence[int] = (), limit: int = 8
    ) -> Sequence[FoundPassage]:
        """The passages nearest in meaning to a text."""


@dataclass(frozen=True)
class Draft:
    """What was written and what is suggested. `edition` is that of the form to publish it in.

    `last_year` is the report that it was compared with, `verdict` what the check says of it.
    """

    agency: str
    year: int
    edition: str
    preamble: DraftSection
    sections: tuple[DraftSection, ...]
    suggestions: tuple[Suggestion, ...]
    signed_on: date | None = None
    last_year: Report | None = None
    verdict: Verdict | None = None

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
    def parts(self) -> tuple[DraftPart, ...]:
        """Every part of the text in reading order."""
        return tuple(part for section in (self.preamble, *self.sections) for part in section.parts)

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
    revision: Revision = NO_REVISION,
    signed_on: date | None = None,
) -> Draft:
    """The draft for an agency and year, always the same for the same input.

    `tables` is any report whose tables are this year's. Without `last_year` the library is asked for
    it. `sections` are those to write, of 1, 5 and 6; `revision` is what the writer decided about the
    text: other wordings, hand edits, suggestions taken over or not. `signed_on` is the day of signing.
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
        revision,
    )
    opening = DraftSection(0, "", _revised(material, [_opening(material, profile)]))
    parts = [_revised(material, _WRITERS[number](material)) for number in sections]
    written, failures = polished(parts, model)
    sectioned = tuple(
        DraftSection(number, _heading(number), each)
        for number, each in zip(sections, written, strict=True)
    )
    edition = material.facts.edition
    before = fitting.last_year
    result = Draft(agency, year, edition, opening, sectioned, (), signed_on, before)
    peers = peers_of(draft_to_report(result, tables), library) if library else ()
    report = draft_to_report(result, tables)
    verdict = verdict_on(report, before, peers, result.placeholders)
    compared = {each.id: each for each in (*peers, *filter(None, [before]))}
    said = (*fitting.suggestions, *failures, *_suggestions(result, verdict, material, compared))
    adopted = on_peers(material, library) if library else ()
    told = {s.key: s for s in (*said, *adopted) if s.key not in revision.accepted}
    ordered = tuple(sorted(told.values(), key=lambda s: s.section))
    return replace(result, suggestions=ordered, verdict=verdict)


def _opening(material: Material, profile: Profile) -> DraftPart:
    return DraftPart("preamble", "", preamble(material.of_part("preamble"), profile))


def _matters(material: Material) -> Iterator[DraftPart]:
    yield DraftPart("other_matters", "", other_matters(material.of_part("other_matters")))


_WRITERS: Mapping[int, Callable[[Material], Iterable[DraftPart]]] = {
    1: overview,
    5: problems,
    6: _matters,
}


def _revised(material: Material, parts: Iterable[DraftPart]) -> tuple[DraftPart, ...]:
    return tuple(revised(part, material.revision, material.facts) for part in parts)


def _heading(number: int) -> str:
    return f"{NUMERALS[number]}、{SECTIONS[number - 1].heading}"


# --- The draft as a report -------------------------------------------------------------------------


def draft_to_report(
    draft: Draft, tables: Report | None = None, signed_on: date | None = None
) -> Report:
    """The draft with this year's tables as a whole report, to check it or to write it to a file.

    Cells that the tables do not hold are blank. `signed_on` is the draft's own date unless given;
    without one the report has no signature.
    """
    signed_on = signed_on or draft.signed_on
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
    return draft_to_report(Draft(agency, year, form_of(None).edition, DraftSection(0, ""), (), ()))


# --- Suggestions -----------------------------------------------------------------------------------


def _suggestions(
    result: Draft, verdict: Verdict, material: Material, compared: Mapping[str, Report]
) -> Iterator[Suggestion]:
    for part in (result.preamble, *result.sections):
        yield from to_supply(part.number, part.prose)
    yield from on_tables(material)
    parts = tuple(part for section in result.sections for part in section.parts)
    yield from _followed(result)
    yield from on_last_year(material, parts)
    yield from on_numbers(material, parts)
    yield from on_notes(material)
    yield from on_sentences(material, result.sections)
    tables = material.facts.tables
    drafted = {part.number for part in result.sections} | ({2, 3, 4} if tables else set())
    # Cells are cited from the file they were read from.
    cited = tables or draft_to_report(result)
    yield from on_check(verdict, cited, compared, frozenset(drafted), material)


def _followed(result: Draft) -> Iterator[Suggestion]:
    for section in (result.preamble, *result.sections):
        for part in section.parts:
            if part.has_followed:
                yield Suggestion(
                    section.number,
                    f"核对手工改过的这一段，措辞是否还合适：{clipped(part.prose.text)}",
                    "表格改动后，这一段里取自表格的数已随之更新，前后的说法没有动。",
                    kind="input",
                )


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
        "publishable": draft.verdict is not None and draft.verdict.is_publishable,
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
