"""A report beside its findings: the whole document as it was read, each finding's place marked.

Pure; all document text is escaped. A mark carries the number of its finding, so that it leads back
to it; a cell carries its address and its text, so that a number can be typed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from assistant.render import TABLE_TITLES
from assistant.rules import Finding
from assistant.web.evidence import table_to_html
from ingest.forms import form_of
from ingest.report import TABLE_NAMES, Concept, Place, Report, Section, TableName

# Where a quotation stands: from, to, and the number of its finding.
Span = tuple[int, int, int]


def document_to_html(
    report: Report, findings: Sequence[Finding], chosen: int, typed: Sequence[Concept] = ()
) -> str:
    """Title, parts and tables in their order; `chosen` is the number of the finding looked at."""
    places = list(_own_places(findings))
    cells = {cell: n for n, p in reversed(places) for cell in _cells_at(report, p)}
    cells |= {cell: chosen for n, p in places if n == chosen for cell in _cells_at(report, p)}
    title = report.title or report.source
    parts = [f"<h3>{_marked(title, _spans(title, None, places), chosen)}</h3>"]
    for section in report.texts:
        heading = _marked(section.heading, _spans(section.heading, None, places), chosen)
        parts.append(
            f"<h4>{heading or '引言'}</h4>{_tables(report, section, cells, chosen, typed)}"
        )
        parts += [_printed(report, section, places, chosen), _text(section, places, chosen)]
    parts += [_orphan_tables(report, cells, chosen, typed), _end(report, places, chosen)]
    return f"<article class='nb-document'>{''.join(parts)}</article>"


def _printed(
    report: Report, section: Section, places: Sequence[tuple[int, Place]], chosen: int
) -> str:
    """What is quoted of the part's table: its labels as printed, for it is drawn with the form's."""
    labels = _loose(report, [place for _, place in places if place.section == section.number])
    if not labels or _table_of(report, section) is None:
        return ""
    shown = (_marked(label, _spans(label, None, places), chosen) for label in labels)
    return f"<p class='nb-note'>表中印作：{'　'.join(shown)}</p>"


def _loose(report: Report, places: Sequence[Place]) -> list[str]:
    """What is quoted and stands in no part of the text."""
    texts = [report.title or report.source, *(t for s in report.texts for t in (s.heading, s.text))]
    quotes = dict.fromkeys(place.quote for place in places if place.quote)
    return [quote for quote in quotes if not any(quote in text for text in texts)]


def _table_of(report: Report, section: Section) -> TableName | None:
    """The table that stands in a part of the report; None where there is none."""
    form = form_of(report.format)
    tables = (n for n in TABLE_NAMES if n in report.tables)
    return next((n for n in tables if form.table(n).section == section.number), None)


def _end(report: Report, places: Sequence[tuple[int, Place]], chosen: int) -> str:
    """Signature and date, and what else is quoted that stands neither in the text nor in a table."""
    with_table = {s.number for s in report.sections if _table_of(report, s)}
    loose = _loose(report, [place for _, place in places if place.section not in with_table])
    signed = report.signed_on
    day = f"{signed.year}年{signed.month}月{signed.day}日" if signed else ""
    lines = [line for line in (report.signed_by or "", day) if line and line not in loose]
    return "".join(
        f"<p class='nb-signature'>{_marked(line, _spans(line, None, places), chosen)}</p>"
        for line in [*lines, *loose]
    )


def _cells_at(report: Report, place: Place) -> list[Concept]:
    """The cells of a place: one, those of a row, or the first of a table as a whole."""
    if place.table is None:
        return []
    cells = list(form_of(report.format).table(place.table).concepts())
    if place.row is None:
        return cells[:1]
    return [c for c in cells if c.row == place.row and place.column in (None, c.column)]


def _own_places(findings: Sequence[Finding]) -> Iterator[tuple[int, Place]]:
    """The places in the report itself, each with the number of its finding."""
    for number, finding in enumerate(findings):
        yield from ((number, e.place) for e in finding.evidence if e.report is None)


def _text(section: Section, places: Sequence[tuple[int, Place]], chosen: int) -> str:
    spans = _spans(section.text, section.number, places)
    return f"<p>{_marked(section.text, spans, chosen)}</p>" if section.text.strip() else ""


def _spans(text: str, number: int | None, places: Sequence[tuple[int, Place]]) -> list[Span]:
    """Where the quotations of a part stand in its text; of every part where `number` is None."""
    found: list[Span] = []
    for finding, place in places:
        if place.quote and (number is None or place.section in (number, None)):
            start = text.find(place.quote)
            if start >= 0:
                found.append((start, start + len(place.quote), finding))
    return found


def _marked(text: str, spans: Sequence[Span], chosen: int) -> str:
    """The text with every stretch that a finding quotes marked, the chosen finding's as such."""
    edges = sorted({0, len(text), *(edge for span in spans for edge in span[:2])})
    pieces = []
    for start, end in pairwise(edges):
        words = escape(text[start:end]).replace("\n", "<br>")
        holders = [finding for a, b, finding in spans if a <= start and end <= b]
        if holders:
            number = chosen if chosen in holders else min(holders)
            here = " class='nb-here'" if number == chosen else ""
            words = f"<mark data-finding='{number}'{here}>{words}</mark>"
        pieces.append(words)
    return "".join(pieces)


def _tables(
    report: Report,
    section: Section,
    cells: Mapping[Concept, int],
    chosen: int,
    typed: Sequence[Concept],
) -> str:
    name = _table_of(report, section)
    return _table(report, name, cells, chosen, typed) if name else ""


def _orphan_tables(
    report: Report, cells: Mapping[Concept, int], chosen: int, typed: Sequence[Concept]
) -> str:
    """The tables whose part has no heading in the document."""
    form = form_of(report.format)
    return "".join(
        f"<h4>{TABLE_TITLES[name]}</h4>{_table(report, name, cells, chosen, typed)}"
        for name in TABLE_NAMES
        if name in report.tables and report.section(form.table(name).section) is None
    )


def _table(
    report: Report,
    name: TableName,
    cells: Mapping[Concept, int],
    chosen: int,
    typed: Sequence[Concept],
) -> str:
    table = report.tables[name]
    attributes = {
        concept: _attributes(report, concept, cells.get(concept), chosen, concept in typed)
        for concept in form_of(report.format).table(table.name).concepts()
    }
    marked = [concept for concept, number in cells.items() if number == chosen]
    return table_to_html(report, table, marked, attributes)


def _attributes(
    report: Report, concept: Concept, finding: int | None, chosen: int, is_typed: bool
) -> Mapping[str, str]:
    """What a cell carries: its address and text, its finding, and whether it was typed over."""
    classes = [
        *(["nb-found"] if finding is not None else []),
        *(["nb-here"] if finding is not None and finding == chosen else []),
        *(["nb-typed"] if is_typed else []),
    ]
    shown = {
        "data-cell": str(concept),
        "data-text": (report.cell(concept).text or "").strip(),
        "tabindex": "0",
        "class": " ".join(classes),
    }
    return shown if finding is None else {**shown, "data-finding": str(finding)}
