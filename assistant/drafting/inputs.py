"""Whether what the writer gave fits together: tables, last year's report, notes.

The invariant: an input that does not fit is not used in silence; it is left out, or used where the
writer named it as this year's, and a suggestion says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.drafting.notes import Note
from assistant.drafting.suggestions import Suggestion, citation_of
from assistant.rules import RULES
from assistant.rules.names import same_agency
from assistant.rules.rule import Finding
from ingest.figures import sections_to_figures
from ingest.outline import SECTIONS
from ingest.report import Place, Report, Section

# The rules that hold a text against the tables.
_AGAINST_TABLES = tuple(id for id in RULES if "N101" <= id <= "N111")
_NUMERALS = "零一二三四五六"


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
    for note in notes:
        contrary = _contradicts(agency, year, tables, note)
        said += [_contrary(tables, note, finding) for finding in contrary if tables]
        if not contrary:
            kept.append(note)
    return Fitting(None if refused else last_year, tuple(kept), (*said, *refused))


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


def _contradicts(agency: str, year: int, tables: Report | None, note: Note) -> tuple[Finding, ...]:
    """What the rules that compare text and tables say of one note."""
    if tables is None or note.head in ("problem", "measure", "remedied"):
        return ()
    number = 6 if note.head in ("fee", "other") else 1
    heading = f"{_NUMERALS[number]}、{SECTIONS[number - 1].heading}"
    sections = (Section(number, heading, note.sentence),)
    alone = replace(
        tables,
        agency=agency,
        year=year,
        preamble=None,
        sections=sections,
        figures=sections_to_figures(sections, agency, year),
    )
    checked = (RULES[id].check(alone) for id in _AGAINST_TABLES)
    return tuple(finding for each in checked for finding in each.findings)


def _contrary(tables: Report | None, note: Note, finding: Finding) -> Suggestion:
    cells = [e.place for e in finding.evidence if e.place.table]
    cited = tuple(citation_of(tables, place) for place in cells) if tables else ()
    section = 6 if note.head in ("fee", "other") else 1
    return Suggestion(
        section,
        f"核对要点“{note.text}”与表格，改正其中一处。",
        f"{finding.message}这条要点没有写入正文。",
        cited,
        "input",
    )
