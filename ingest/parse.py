"""A file → Report: read, the first report of those it binds, identity, sections, tables, figures.

The order is all that this module knows; each step is a module of its own. The invariant: what the
steps were not sure of rides along as doubts; only a file that cannot be opened, or that holds no
annual report, is an error.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ingest.bound_reports import first_report
from ingest.characters import for_matching
from ingest.errors import NotAnAnnualReport, UnreadableFile
from ingest.figures import sections_to_figures
from ingest.forms import FIRST_YEAR_WITH_TABLES, edition_for_year, form_of
from ingest.identity import Identity, layout_to_identity
from ingest.labels import detect_form
from ingest.readers import read
from ingest.readers.layout import Layout
from ingest.report import DOUBTS, Doubt, Report, Section, Table, TableName
from ingest.sections import layout_to_sections
from ingest.tables import layout_to_tables
from ingest.titles import find_part_of_year

# Only annual reports have these headings; 总体情况 and 其他事项 stand in many documents.
_TELLING_SECTIONS = frozenset({2, 3, 4})

# The title of a report and its opening stand in these; 自1月1日起至12月31日止 is the whole year.
_HEAD_LINES = 60
_YEARS_END = "12月31日"

_Tables = Mapping[TableName, Table]


def parse(path: Path | str) -> Report:
    """The report in the file at `path`; raises UnreadableFile and NotAnAnnualReport."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFile(f"《{path.name}》无法读取（{reason}），请检查路径和权限。") from error
    return parse_bytes(data, path.name)


def parse_bytes(data: bytes, name: str) -> Report:
    r"""The report that `data` holds; `name` is the file's name, shown in messages.

    Raises UnreadableFile when the bytes are no document that can be opened, NotAnAnnualReport when
    the document has neither the sections nor the tables of an annual report.

    >>> text = "甲市乙局2023年政府信息公开工作年度报告\n一、总体情况\n全年主动公开信息12条。"
    >>> report = parse_bytes(text.encode(), "乙局.txt")
    >>> report.agency, report.year, report.figures[0].value
    ('甲市乙局', 2023, 12)
    """
    layout = first_report(read(data, name))
    identity = layout_to_identity(layout, name)
    preamble, sections, section_doubts = layout_to_sections(layout)
    edition, edition_doubts = _edition(layout, identity.year)
    tables = layout_to_tables(layout, form_of(edition)) if edition else {}
    _refuse_other_documents(name, identity, sections, tables)
    _refuse_part_of_year(name, identity, [line.text for line in layout.lines[:_HEAD_LINES]])
    texts = ((preamble,) if preamble else ()) + sections
    return Report(
        source=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=layout.media_type,
        agency=identity.agency,
        year=identity.year,
        format=edition,
        title=identity.title,
        signed_by=identity.signed_by,
        signed_on=identity.signed_on,
        preamble=preamble,
        sections=sections,
        tables=tables,
        figures=sections_to_figures(texts, identity.agency, identity.year),
        doubts=(
            *layout.doubts,
            *identity.doubts,
            *(section_doubts if edition else ()),  # the six parts came with the form
            *edition_doubts,
        ),
    )


def _edition(layout: Layout, year: int | None) -> tuple[str | None, tuple[Doubt, ...]]:
    """The edition that the tables print, else that of the year, with a doubt."""
    printed = detect_form(layout)
    if printed:
        return printed, ()
    if year is not None and year < FIRST_YEAR_WITH_TABLES:
        return None, (Doubt("table-missing", f"{year}年的年报还没有法定表格，只读取了文字"),)
    edition = edition_for_year(year) if year else None
    return edition or "2021", (Doubt("format-unclear", DOUBTS["format-unclear"]),)


def _refuse_other_documents(
    name: str, identity: Identity, sections: tuple[Section, ...], tables: _Tables
) -> None:
    titled = identity.title is not None and (sections or not tables)
    telling = any(section.number in _TELLING_SECTIONS for section in sections)
    if not (titled or telling or any(_values(tables))):
        raise NotAnAnnualReport(
            f"《{name}》里没有找到政府信息公开工作年度报告的标题、章节或表格。请换成年报正文再试。"
        )


def _refuse_part_of_year(name: str, identity: Identity, head: Sequence[str]) -> None:
    """A report on half a year has the same tables; its numbers are not those of the year."""
    period = find_part_of_year(head) if identity.title is None else None
    if period and not any(_YEARS_END in for_matching(line) for line in head):
        raise NotAnAnnualReport(
            f"《{name}》的标题写的是“{period}”，不是全年的年度报告。请换成全年的年报再试。"
        )


def _values(tables: _Tables) -> Iterator[bool]:
    for table in tables.values():
        yield from (cell.text is not None for cell in table.cells.values())
