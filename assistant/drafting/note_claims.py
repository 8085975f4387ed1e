"""What a note claims of the numbers that the tables hold: contradicted, or merely repeated.

Pure. The rules that hold a report's text against its tables decide both: on the note alone as that
text, and once more against tables in which every number is another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.drafting.notes import Note
from assistant.drafting.prose import NUMBERS
from assistant.drafting.typed_tables import blank_tables
from assistant.rules import RULES
from assistant.rules.rule import Finding
from ingest.figures import sections_to_figures
from ingest.forms import FORM_2021
from ingest.numbers import text_to_number
from ingest.outline import SECTIONS
from ingest.report import Cell, Concept, Number, Report, Section, Table

_NUMERALS = "零一二三四五六"
# The rules that hold a text against the tables.
_AGAINST_TABLES = tuple(id for id in RULES if "N101" <= id <= "N111")
# No cell of a form holds a number like this times another.
_OTHER = 1_000_003

# The parser's name for what was published.
PUBLISHED = "主动公开信息"
_CLAUSE = re.compile(r"[^，；。]+")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
# 均已按时答复 goes on about the applications that were counted before it.
_ABOUT_ALL = re.compile(r"均|全部|都|无一|其中")


@dataclass(frozen=True, slots=True)
class _Claim:
    """Words that say some cells hold nothing."""

    words: re.Pattern[str]
    cells: tuple[Concept, ...]
    contrary: str


def _totals(*groups: str) -> tuple[Concept, ...]:
    rows = FORM_2021.table("requests").rows
    return tuple(Concept("requests", row, "total") for row in rows if row.startswith(groups))


_CLAIMS = (
    _Claim(
        re.compile(r"(?:均|全部|都)(?:已)?(?:依法)?(?:予以|给予)?公开(?!发布|目录)"),
        _totals("partly_granted", "denied", "unavailable", "declined"),
        "全部公开",
    ),
    _Claim(
        re.compile(r"(?:没有|无|未作出)[^，。]{0,6}不予公开"), _totals("denied"), "没有不予公开"
    ),
    _Claim(
        re.compile(r"(?:均|全部|都)已?(?:按[时期])?(?:依法)?(?:答复|办结|回复)"),
        _totals("carried_over"),
        "全部办结",
    ),
)


def contrary_findings(agency: str, year: int, tables: Report, note: Note) -> tuple[Finding, ...]:
    """What the rules that compare text and tables say of one note."""
    if note.head in ("problem", "measure", "remedied", "contact"):
        return ()
    return _findings(agency, year, tables, note)


def contrary_claims(tables: Report, note: Note) -> Iterator[tuple[str, Concept]]:
    """What a note on applications says of all or none of them, with a cell that shows otherwise."""
    if note.head != "requests":
        return
    for claim in _CLAIMS:
        shown = next((c for c in claim.cells if tables.number(c)), None)
        if shown and claim.words.search(note.sentence):
            yield claim.contrary, shown


# Identity numbers, bank cards, an applicant's name: never to be published.
_PRIVATE = ("V101", "V103", "V104")
# Eighteen digits after the word are meant as an identity number, mistyped or not.
_IDENTITY = re.compile(r"身份证[^，。]{0,6}?\d{15,18}")


def private_findings(note: Note) -> tuple[Finding, ...]:
    """What a note tells of a person that must not be published."""
    alone = replace(
        blank_tables(FORM_2021, agency="", year=0), sections=_sections(note, note.sentence)
    )
    found = tuple(f for id in _PRIVATE for f in RULES[id].check(alone).findings)
    if not found and _IDENTITY.search(note.sentence):
        return (Finding("要点里有身份证号码。", rule=_PRIVATE[0]),)
    return found


# 全年主动公开信息83条, but not 通过公众号主动公开信息40条; of all the bodies of a place
_OF_ONE_CHANNEL = re.compile(r"网|公众号|平台|新媒体|微博|栏|通过")
_OF_ALL = re.compile(r"^全[省市县区镇乡]")


def published_total(note: Note) -> Number | None:
    """How much was published in the year as a note tells it; None where it tells of a part only."""
    if note.head != "proactive":
        return None
    for figure in sections_to_figures(_sections(note, note.sentence), "", 0):
        if figure.name == PUBLISHED and figure.part_of is None:
            before = NUMBERS.split(note.sentence, maxsplit=1)[0]
            is_part = _OF_ONE_CHANNEL.search(before) and not _OF_ALL.match(before)
            return None if is_part else figure.value
    return None


def remaining(agency: str, year: int, tables: Report, note: Note) -> Note | None:
    """The note without the clauses that only repeat the tables; None where nothing else is left.

    A note that tells anything else between its clauses is left as it is.
    """
    if note.head not in ("requests", "proactive", "management"):
        return note
    others = _other_numbers(tables)
    clauses = _CLAUSE.findall(note.sentence)
    rest = [each for each in clauses if not _is_repeated(agency, year, others, note, each)]
    if not rest:
        return None
    is_about_all = len(rest) < len(clauses) and clauses[-len(rest) :] == rest
    about = _ABOUT_ALL.match(rest[0]) if is_about_all and note.head == "requests" else None
    if about:
        among = "中，" if about[0] == "其中" else about[0]
        return replace(note, sentence=f"所收申请{among}{'，'.join(rest)[about.end() :]}。")
    return note


def _is_repeated(agency: str, year: int, others: Report, note: Note, clause: str) -> bool:
    """Whether every number of a clause, or its 没有, is one of the tables."""
    found = _findings(agency, year, others, replace(note, sentence=f"{clause}。"))
    claimed = {finding.actual for finding in found}
    numbers = _numbers(agency, year, note, clause)
    return bool(claimed) and numbers <= claimed and (bool(numbers) or 0 in claimed)


def _numbers(agency: str, year: int, note: Note, clause: str) -> set[Number | str | None]:
    sections = _sections(note, clause)
    figures = {figure.value for figure in sections_to_figures(sections, agency, year)}
    digits = {text_to_number(match[0]) for match in _DIGITS.finditer(clause)}
    return {number for number in figures | digits if number not in (0, year)}


def _other_numbers(tables: Report) -> Report:
    """The tables with another number in each cell that holds one."""

    def other(cell: Cell) -> Cell:
        if cell.value is None or cell.doubt:
            return cell
        value = cell.value + _OTHER
        return replace(cell, value=value, text=str(value))

    changed = {
        name: Table(name, {concept: other(cell) for concept, cell in table.cells.items()})
        for name, table in tables.tables.items()
    }
    return replace(tables, tables=changed)


def _findings(agency: str, year: int, tables: Report, note: Note) -> tuple[Finding, ...]:
    sections = _sections(note, note.sentence)
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


def _sections(note: Note, text: str) -> tuple[Section, ...]:
    number = note.section
    heading = f"{_NUMERALS[number]}、{SECTIONS[number - 1].heading}" if number else ""
    return (Section(number, heading, text),)
