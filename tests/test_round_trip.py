"""parse(render(report)) gives the report's tables back, in every format, whatever stands in the cells.

Where a format keeps the place of each cell, every number, blank and dash must come back exactly;
where it does not (flattened text, no ruling), a cell may be null with a warning, and is never wrong
without one.
"""

from collections.abc import Callable
from typing import NamedTuple
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.forms import FORMS
from ingest.parse import parse_bytes
from ingest.report import Cell, CellState, Concept, Doubt, Number, Report
from tests.invented import invented_report
from tests.render_files import as_cms_page, as_docx, as_html, as_pdf
from tests.render_text import FLAT_LAYOUTS, LAYOUTS
from tests.render_unruled import Setting, as_unruled
from tests.table_score import codes, expected_of, score

Renderer = Callable[[Report], bytes | str]

EXACT: dict[str, tuple[str, Renderer]] = {
    "Word": ("年报.docx", as_docx),
    "web page": ("年报.html", as_html),
    "page of a government site": ("年报.html", as_cms_page),
    **{name: ("年报.txt", render) for name, render in LAYOUTS.items()},
}
PRINTED: dict[str, tuple[str, Renderer]] = {
    "ruled": ("年报.pdf", as_pdf),
    "repeated header": ("年报.pdf", lambda report: as_pdf(report, repeat_head=True)),
    "open breaks": ("年报.pdf", lambda report: as_pdf(report, open_breaks=True)),
    "turned": ("年报.pdf", lambda report: as_pdf(report, page_turn=90)),
    "turned over": ("年报.pdf", lambda report: as_pdf(report, page_turn=180)),
}
LOOSE: dict[str, tuple[str, Renderer]] = {
    "unruled": ("年报.pdf", as_unruled),
    "unruled, three pages": ("年报.pdf", lambda r: as_unruled(r, Setting(page_height=420))),
    **{name: ("年报.txt", render) for name, render in FLAT_LAYOUTS.items()},
}

# Right, but said to be a guess: rows of text with blanks that do not add up among them.
_NAMED = {"row-shifted", "row-rebuilt", "unit-missing", "readings-differ"}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
# What fits into a cell of the printed tables; wider numbers are tested on their own.
CELLS: st.SearchStrategy[tuple[Number | None, str]] = st.one_of(
    st.integers(0, 999).map(lambda n: (n, str(n))),
    st.integers(1000, 99_999).map(lambda n: (n, f"{n:,}")),
    st.integers(0, 999).map(lambda n: (n, str(n).translate(_FULL_WIDTH))),
    st.tuples(st.integers(0, 99), st.sampled_from("¹①*※")).map(lambda t: (t[0], f"{t[0]}{t[1]}")),
    st.sampled_from([(None, ""), (None, "/"), (None, "—"), (None, "无"), (0, "0")]),
)
LARGE: st.SearchStrategy[tuple[Number | None, str]] = st.integers(10**5, 10**9).map(
    lambda n: (n, str(n))
)


class Contents(NamedTuple):
    """What stands in some cells of a report; small enough to be shown when a test fails."""

    edition: str
    seed: int
    texts: dict[Concept, tuple[Number | None, str]]

    def report(self) -> Report:
        cells: dict[Concept | str, Cell | Number | None] = {
            concept: Cell(*text) for concept, text in self.texts.items()
        }
        return invented_report(self.edition, seed=self.seed, replace=cells)


@st.composite
def contents(draw: st.DrawFn, *, large: bool) -> Contents:
    """Random texts in up to forty random cells."""
    edition = draw(st.sampled_from(sorted(FORMS)))
    concepts = st.sampled_from(list(FORMS[edition].concepts()))
    texts = st.one_of(CELLS, LARGE) if large else CELLS
    chosen = draw(st.dictionaries(concepts, texts, min_size=1, max_size=40))
    return Contents(edition, draw(st.integers(0, 99)), chosen)


def states(tables_of: Report) -> dict[Concept, CellState]:
    return {c: cell.state for table in tables_of.tables.values() for c, cell in table.cells.items()}


def reread(report: Report, name: str, render: Renderer) -> Report:
    rendered = render(report)
    return parse_bytes(rendered if isinstance(rendered, bytes) else rendered.encode(), name)


def bounded(examples: int) -> settings:
    """So many examples and no more: making a failing report smaller would take minutes."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow, phases=phases)


@bounded(40)
@given(cells=contents(large=True), how=st.sampled_from(sorted(EXACT)))
def test_files_that_keep_their_cells_give_every_one_back(cells: Contents, how: str) -> None:
    report = cells.report()
    found = reread(report, *EXACT[how])
    assert score(found.tables, expected_of(report)).right == len(expected_of(report))
    assert states(found) == states(report)
    assert set(codes(found.tables)) <= _NAMED


@bounded(10)
@given(cells=contents(large=False), how=st.sampled_from(sorted(PRINTED)))
def test_ruled_pdfs_give_every_cell_back(cells: Contents, how: str) -> None:
    report = cells.report()
    found = reread(report, *PRINTED[how])
    assert score(found.tables, expected_of(report)).right == len(expected_of(report))
    assert states(found) == states(report)


@bounded(8)
@given(cells=contents(large=True), how=st.sampled_from(sorted(PRINTED)))
def test_numbers_wider_than_their_cell_are_never_wrong_in_silence(
    cells: Contents, how: str
) -> None:
    report = cells.report()
    assert score(reread(report, *PRINTED[how]).tables, expected_of(report)).silent == ()


@bounded(16)
@given(cells=contents(large=True), how=st.sampled_from(sorted(LOOSE)))
def test_tables_without_cells_are_never_wrong_in_silence(cells: Contents, how: str) -> None:
    report = cells.report()
    assert score(reread(report, *LOOSE[how]).tables, expected_of(report)).silent == ()


def as_radicals(text: str) -> str:
    """The text with radicals in place of the characters that look like them: ⼀⼆⼈⼯⾏⺠⻔."""
    radicals = {ord(normalize("NFKC", chr(code))): code for code in range(0x2F00, 0x2FD6)}
    supplement = {ord("民"): "⺠", ord("门"): "⻔", ord("见"): "⻅", ord("长"): "⻓"}
    return text.translate(radicals).translate(supplement)


@pytest.mark.parametrize("edition", FORMS)
@pytest.mark.parametrize("how", [*LAYOUTS, *FLAT_LAYOUTS, "web page"])
def test_radicals_in_place_of_characters_change_no_cell(how: str, edition: str) -> None:
    report = invented_report(edition)
    name, render = {**EXACT, **LOOSE}[how]
    plain = render(report)
    text = as_radicals(plain.decode() if isinstance(plain, bytes) else plain)
    found = parse_bytes(text.encode(), name)
    assert score(found.tables, expected_of(report)).right == len(expected_of(report))
    assert (found.agency, found.year) == (report.agency, report.year)
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("how", [*EXACT, *PRINTED, *LOOSE])
@pytest.mark.parametrize("text", ["未统计", "3 5", "00"])
def test_what_is_no_number_has_no_value_and_a_warning(how: str, text: str) -> None:
    concept = Concept("requests", "granted", "research")
    spare = Doubt("not-a-number", "")
    report = invented_report(replace={concept: Cell(None, text, doubt=spare)})
    found = reread(report, *{**EXACT, **PRINTED, **LOOSE}[how])
    assert score(found.tables, expected_of(report)).silent == ()
    assert found.warnings
