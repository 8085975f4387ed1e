"""Whether what the writer gave fits together: tables, last year's report, notes.

The invariant: an input that does not fit is not used in silence; it is left out, or used where the
writer named it as this year's, and a suggestion says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.drafting.note_claims import (
    contrary_claims,
    contrary_findings,
    private_findings,
    published_total,
    remaining,
)
from assistant.drafting.notes import Note
from assistant.drafting.suggestions import (
    Suggestion,
    cell_name,
    citation_of,
    citation_of_law,
    place_of,
)
from assistant.rules import RULES
from assistant.rules.names import same_agency
from assistant.rules.rule import Finding
from ingest.report import Concept, Place, Report


@dataclass(frozen=True, slots=True)
class Fitting:
    """The inputs that are used, and what is said of those that are not."""

    last_year: Report | None
    notes: tuple[Note, ...]
    suggestions: tuple[Suggestion, ...]


def fit(
    agency: str,
    year: int,
    tables: Report | None,
    last_year: Report | None,
    notes: tuple[Note, ...],
) -> Fitting:
    """The inputs that fit this agency and year."""
    said = list(_on_tables(agency, year, tables))
    refused = list(_on_last_year(agency, year, last_year))
    kept: list[Note] = []
    for note in _agreeing(notes, said):
        objections = tuple(_objections(agency, year, tables, note))
        rest = note if objections or tables is None else remaining(agency, year, tables, note)
        said += objections if rest else (_repeated(note),)
        if rest and not objections:
            kept.append(rest)
    return Fitting(None if refused else last_year, tuple(kept), (*said, *refused))


def _objections(agency: str, year: int, tables: Report | None, note: Note) -> Iterator[Suggestion]:
    """Why a note cannot stand in the text as it is."""
    for finding in private_findings(note)[:1]:
        yield _private(note, finding)
    if tables is None:
        return
    contrary = contrary_findings(agency, year, tables, note)
    if contrary:
        yield _contrary(tables, note, contrary)
    for claimed, shown in () if contrary else contrary_claims(tables, note):
        yield _claimed_otherwise(tables, note, claimed, shown)


def _agreeing(notes: tuple[Note, ...], said: list[Suggestion]) -> Iterator[Note]:
    """The notes but for those that give two totals of what was published; `said` tells of them."""
    totals = {note: total for note in notes if (total := published_total(note)) is not None}
    if len(set(totals.values())) < 2:
        yield from notes
        return
    given = "，".join(f"“{note.text}”" for note in totals)
    said.append(
        Suggestion(
            1,
            f"确认全年主动公开信息的总数：{given}。",
            "几条要点说的总数不一样，都没有写入正文。",
            kind="input",
        )
    )
    yield from (note for note in notes if note not in totals)


def _on_tables(agency: str, year: int, tables: Report | None) -> Iterator[Suggestion]:
    if tables is None:
        return
    cited = (citation_of(tables, Place(section=0, quote=tables.title or "")),)
    if tables.agency and not same_agency(tables.agency, agency):
        yield Suggestion(
            1,
            f"确认表格是{agency}的。",
            f"表格取自{tables.agency}的文件，本稿单位是{agency}；正文仍按这份表格起草。",
            cited,
            "input",
        )
    if tables.year and tables.year != year:
        yield Suggestion(
            1,
            f"确认表格是{year}年的。",
            f"表格取自{tables.year}年的文件，本稿年度是{year}年；正文仍按这份表格起草。",
            cited,
            "input",
        )


def _on_last_year(agency: str, year: int, last_year: Report | None) -> Iterator[Suggestion]:
    if last_year is None:
        return
    cited = (citation_of(last_year, Place(section=0, quote=last_year.title or "")),)
    if last_year.agency and not same_agency(last_year.agency, agency):
        yield Suggestion(
            1,
            f"换成{agency}自己的上年年报。",
            f"所给的上年年报是{last_year.agency}的，没有用来比较。",
            cited,
            "input",
        )
    if last_year.year != year - 1:
        whose = f"{last_year.year}年" if last_year.year else "看不出年度"
        yield Suggestion(
            1,
            f"换成{year - 1}年年报。",
            f"所给的年报是{whose}的，不是{year}年的上一年，没有用来比较。",
            cited,
            "input",
        )


def _contrary(tables: Report, note: Note, findings: tuple[Finding, ...]) -> Suggestion:
    cells = [e.place for finding in findings for e in finding.evidence if e.place.table]
    return _left_out(
        note,
        f"核对要点“{note.text}”与表格，改正其中一处。",
        "；".join(finding.message.partition("：")[0] for finding in findings) + "。",
        tuple(citation_of(tables, place) for place in cells),
    )


def _claimed_otherwise(tables: Report, note: Note, claimed: str, shown: Concept) -> Suggestion:
    return _left_out(
        note,
        f"核对要点“{note.text}”与表格，改正其中一处。",
        f"要点说{claimed}，而表格{cell_name(shown)}是{tables.number(shown)}。",
        (citation_of(tables, place_of(shown, tables)),),
    )


def _private(note: Note, finding: Finding) -> Suggestion:
    return _left_out(
        note,
        "核对要点里的个人信息，删去后再写入。",
        finding.message,
        (citation_of_law(RULES[finding.rule].page.basis),),
    )


def _repeated(note: Note) -> Suggestion:
    return Suggestion(
        note.section,
        f"要点“{note.text}”不必再写。",
        "正文已按表格写出同样的数，没有重复写入。",
        kind="input",
    )


def _left_out(note: Note, text: str, why: str, citations: tuple[Citation, ...] = ()) -> Suggestion:
    return Suggestion(note.section, text, f"{why}这条要点没有写入正文。", citations, "input")
