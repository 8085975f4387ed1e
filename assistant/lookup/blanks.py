"""Which cells of a report's tables were left blank, row by row.

The invariant: a blank is what the document leaves empty; a dash, a word and a row that was not read
are none and are not counted as one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Value
from assistant.inventory import entry_to_citation, refuse
from assistant.lookup.composition import Composition, count_in_words
from assistant.query import Query
from assistant.question.words import name_of
from ingest.forms import form_of
from ingest.report import Cell, Concept, Report
from vectorstore.holdings import Entry
from vectorstore.library import Library

# Of more reports than this one asks by row: 哪些单位的行政强制是空白的.
MOST_REPORTS = 12
MOST_COLUMNS = 3


def list_blanks(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The blank cells of these reports, a row that is blank throughout as one."""
    if len(entries) > MOST_REPORTS:
        sentence = "年报较多，请指明要看哪个单位、哪个年度的空白格。"
        return refuse(query.question, sentence, library, agencies=query.agencies)
    composition = Composition(query)
    for entry in entries:
        report = library.report(entry.id)
        rows = list(_blank_rows(report, query.question))
        label = f"{entry.agency}{entry.year}年"
        if not rows:
            composition.say(f"{label}的表格没有空白格。", [entry_to_citation(entry)])
            continue
        count = sum(len(cells) for _, cells in rows)
        composition.give(Value(count, "格", entry.agency, entry.year))
        composition.say(
            f"{label}有{count_in_words(count)}格空白未填，不能当作零：{'；'.join(n for n, _ in rows)}。",
            [_cited(entry, concept, cell) for _, cells in rows for concept, cell in cells[:1]],
        )
    return composition.answer("lookup")


def _blank_rows(report: Report, question: str) -> Iterator[tuple[str, list[tuple[Concept, Cell]]]]:
    """Each row with blank cells: what to call them, and the cells."""
    tables = form_of(report.format).tables.values()
    named = [table for table in tables if table.ordinal in question]
    for table in named or tables:
        for row in table.rows:
            concepts = [Concept(table.name, row, column.id) for column in table.columns(row)]
            cells = [(c, cell) for c in concepts if (cell := report.cell(c)).state == "blank"]
            if cells:
                yield _name(table.ordinal, [c for c, _ in cells], len(concepts)), cells


def _name(ordinal: str, blank: Sequence[Concept], of: int) -> str:
    """A row that is blank throughout by its name, else the blank cells by theirs."""
    table, row = blank[0].table, blank[0].row
    if len(blank) == of > 1 and table != "proactive":
        return f"{ordinal}“{name_of(table, (row,), ('total',))}”整行"
    names = "、".join(name_of(table, (row,), (c.column,)) for c in blank[:MOST_COLUMNS])
    more = f"等{count_in_words(len(blank))}格" if len(blank) > MOST_COLUMNS else ""
    return f"{ordinal}“{names}”{more}"


def _cited(entry: Entry, concept: Concept, cell: Cell) -> Citation:
    place = replace(cell.place, table=concept.table, row=concept.row, column=concept.column)
    return Citation(entry.id, entry.agency, entry.year, place)
