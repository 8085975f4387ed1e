"""Evidence as HTML: a statutory table or a paragraph in its place, the cited part marked.

Pure and escaping: every piece of document text goes through `html.escape`, because Gradio does not
sanitise what an HTML component shows. Nothing here reads files or knows where answers come from.
"""

from collections.abc import Collection, Iterator, Mapping
from html import escape
from types import MappingProxyType

from ingest.forms import Block, TableForm, form_of
from ingest.report import Cell, Concept, Place, Report, Table

# Characters of the quote's own paragraph shown on either side of it.
CONTEXT_CHARACTERS = 120

_STATE_WORDS = {"blank": "空白", "missing": "缺"}


def place_to_html(report: Report, place: Place) -> str:
    """The cited place of a report, marked: table row with its cell, or the quote in its text."""
    if place.table and place.row:
        return row_to_html(report, place)
    if place.quote:
        return quote_to_html(report, place.section, place.quote)
    return ""


def row_to_html(report: Report, place: Place) -> str:
    """One row of a statutory table under its column heads, the cited cell marked."""
    assert place.table and place.row
    table = report.tables.get(place.table)
    form = form_of(report.format).table(place.table)
    if table is None or place.row not in form.rows:
        return f"<p class='nb-note'>{escape(form.ordinal)}没有读到这一行。</p>"
    marked = {Concept(place.table, place.row, place.column)} if place.column else set()
    block = next(b for b in form.blocks if any(row.id == place.row for row in b.rows))
    only = Block(tuple(row for row in block.rows if row.id == place.row), block.columns)
    return _framed(_block_to_html(table, form, only, marked), "nb-table nb-one-row")


def table_to_html(
    report: Report,
    table: Table,
    marked: Collection[Concept] = (),
    attributes: Mapping[Concept, Mapping[str, str]] = MappingProxyType({}),
) -> str:
    """A whole statutory table as it was read; doubtful cells carry their doubt as a title.

    `attributes` are given to the cells beside their own; a class is added to theirs.
    """
    form = form_of(report.format).table(table.name)
    blocks = "".join(
        _block_to_html(table, form, block, marked, attributes) for block in form.blocks
    )
    return _framed(blocks)


def quote_to_html(report: Report, section: int | None, quote: str) -> str:
    """The paragraph that holds the quote, with its neighbours and the quote marked."""
    for text in _texts_to_search(report, section):
        start = text.find(quote)
        if start >= 0:
            before, after = _around(text, start, start + len(quote))
            return (
                f"<blockquote class='nb-quote' tabindex='0'>{_paragraphs(before)}<mark>{_paragraphs(quote)}"
                f"</mark>{_paragraphs(after)}</blockquote>"
            )
    return (
        f"<blockquote class='nb-quote' tabindex='0'><mark>{_paragraphs(quote)}</mark></blockquote>"
    )


def _framed(rows: str, classes: str = "nb-table") -> str:
    """A table that scrolls sideways on its own when the page is narrow."""
    return f"<div class='{classes}'><table class='nb-form'>{rows}</table></div>"


def _texts_to_search(report: Report, number: int | None) -> Iterator[str]:
    ordered = sorted(report.texts, key=lambda section: section.number != number)
    yield from (section.text for section in ordered)
    yield from (section.heading for section in ordered)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after in the same paragraph, cut where it is long."""
    before = text[:start].rsplit("\n", 1)[-1]
    after = text[end:].split("\n", 1)[0]
    return (
        before if len(before) <= CONTEXT_CHARACTERS else f"……{before[-CONTEXT_CHARACTERS:]}",
        after if len(after) <= CONTEXT_CHARACTERS else f"{after[:CONTEXT_CHARACTERS]}……",
    )


def _paragraphs(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _block_to_html(
    table: Table,
    form: TableForm,
    block: Block,
    marked: Collection[Concept],
    attributes: Mapping[Concept, Mapping[str, str]] = MappingProxyType({}),
) -> str:
    columns = {concept.column for concept in marked}
    heads = "".join(
        f"<th{' class=nb-marked-head' if column.id in columns else ''}>{escape(column.label)}</th>"
        for column in block.columns
    )
    title = escape(block.title or form.ordinal)
    rows = "".join(_row_to_html(table, block, row.id, marked, attributes) for row in block.rows)
    return f"<tr><th class='nb-corner'>{title}</th>{heads}</tr>{rows}"


def _row_to_html(
    table: Table,
    block: Block,
    row_id: str,
    marked: Collection[Concept],
    attributes: Mapping[Concept, Mapping[str, str]],
) -> str:
    row = next(row for row in block.rows if row.id == row_id)
    concepts = [Concept(table.name, row_id, column.id) for column in block.columns]
    cells = "".join(
        _cell_to_html(table.cell(*concept[1:]), concept in marked, attributes.get(concept, {}))
        for concept in concepts
    )
    return f"<tr><th scope='row'>{escape(row.full_label)}</th>{cells}</tr>"


def _cell_to_html(cell: Cell, is_marked: bool, attributes: Mapping[str, str]) -> str:
    classes = [f"nb-{cell.state}", *attributes.get("class", "").split()]
    if is_marked:
        classes.append("nb-marked")
    title = ""
    if cell.doubt:
        classes.append("nb-doubt")
        title = f" title='{escape(cell.doubt.message)}'"
    more = "".join(f" {k}='{escape(v)}'" for k, v in attributes.items() if k != "class")
    return f"<td class='{' '.join(classes)}'{title}{more}>{escape(_shown(cell))}</td>"


def _shown(cell: Cell) -> str:
    if cell.value is not None:
        return f"{cell.value:,}" if cell.doubt is None else f"{cell.value:,}?"
    return _STATE_WORDS.get(cell.state) or (cell.text or "").strip()


def count_states(report: Report) -> Mapping[str, int]:
    """How many cells of the report are in each state, and how many carry a doubt."""
    counts: dict[str, int] = {}
    for table in report.tables.values():
        for cell in table.cells.values():
            counts[cell.state] = counts.get(cell.state, 0) + 1
            if cell.doubt:
                counts["doubt"] = counts.get("doubt", 0) + 1
    return counts
