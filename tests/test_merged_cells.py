"""Tables with a column of running numbers (序号), and with numbers in cells merged over rows."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest.forms import FORMS, form_of
from ingest.parse import parse_bytes
from ingest.report import Cell, Concept, Number, Report
from tests import render_files, render_text, render_unruled
from tests.invented import invented_report
from tests.random_reports import random_report
from tests.render_files import Drawing, as_cms_page, as_docx, as_html, as_pdf
from tests.render_text import FLAT_LAYOUTS, LAYOUTS, RequestRow
from tests.render_unruled import as_unruled, with_serial
from tests.table_score import Score, codes, expected_of, score

DRAWN: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "ruled PDF": ("年报.pdf", as_pdf),
    "unruled PDF": ("年报.pdf", as_unruled),
    "Word": ("年报.docx", as_docx),
    "web page": ("年报.html", as_html),
    "page of a government site": ("年报.html", as_cms_page),
}
ROWS = (4, 5, 13)


def redrawn(monkeypatch: pytest.MonkeyPatch, change: Callable[[Drawing], Drawing]) -> None:
    """From now on table three is drawn with this change."""
    draw = render_files.draw_tables

    def changed(report: Report) -> dict[int, Drawing]:
        return {number: change(d) if number == 3 else d for number, d in draw(report).items()}

    monkeypatch.setattr(render_files, "draw_tables", changed)
    monkeypatch.setattr(render_unruled, "draw_tables", changed)


@pytest.mark.parametrize("edition", FORMS)
@pytest.mark.parametrize("name", [name for name in DRAWN if name != "unruled PDF"])
def test_running_numbers_before_the_labels_are_no_values(
    name: str, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    redrawn(monkeypatch, with_serial)
    report = invented_report(edition)
    file, render = DRAWN[name]
    expected = expected_of(report)
    found = parse_bytes(render(report), file)
    assert score(found.tables, expected) == Score(len(expected), 0, ())


@pytest.mark.parametrize("name", [*LAYOUTS, *FLAT_LAYOUTS])
def test_running_numbers_in_text_are_no_values(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = render_text.request_rows

    def numbered(report: Report) -> list[RequestRow]:
        rows = enumerate(plain(report), start=1)
        return [RequestRow((str(n), *row.labels), row.depth + 1, row.values) for n, row in rows]

    monkeypatch.setattr(render_text, "request_rows", numbered)
    report = invented_report()
    found = parse_bytes({**LAYOUTS, **FLAT_LAYOUTS}[name](report).encode(), "年报.txt")
    outcome = score(found.tables, expected_of(report))
    assert outcome.silent == ()
    if name in LAYOUTS:
        assert outcome.right >= 186


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("name", DRAWN)
def test_a_number_merged_over_two_rows_is_a_guess(
    name: str, row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def merged(drawing: Drawing) -> Drawing:
        """The cell of 科研机构 in this row goes on in the next."""
        kept = [cell for cell in drawing if (cell.row, cell.column) != (row + 1, 5)]
        return [replace(c, row_span=2) if (c.row, c.column) == (row, 5) else c for c in kept]

    redrawn(monkeypatch, merged)
    report = invented_report()
    file, render = DRAWN[name]
    found = parse_bytes(render(report), file)
    assert score(found.tables, expected_of(report)).silent == ()
    rows = list(FORMS["2021"].tables["requests"].rows)[row - 3 : row - 1]
    assert all(found.tables["requests"].cell(each, "research").doubt for each in rows)


@pytest.mark.parametrize("first", [4, 9, 17])
def test_a_number_merged_over_three_unruled_rows_is_not_the_middle_one_s(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def merged(drawing: Drawing) -> Drawing:
        kept = [c for c in drawing if (c.row, c.column) not in {(first + 1, 5), (first + 2, 5)}]
        return [replace(c, row_span=3) if (c.row, c.column) == (first, 5) else c for c in kept]

    redrawn(monkeypatch, merged)
    report = invented_report()
    found = parse_bytes(as_unruled(report), "年报.pdf").tables
    assert score(found, expected_of(report)).silent == ()
    rows = list(FORMS["2021"].tables["requests"].rows)[first - 3 : first]
    assert all(found["requests"].cell(row, "research").doubt for row in rows)


def test_blanks_around_a_number_are_no_suspicion_where_the_sums_confirm_all() -> None:
    form = form_of("2021")
    cells: dict[Concept | str, Cell | Number | None] = {
        concept: 0 for concept in form.concepts() if concept.table == "requests"
    }
    # 本年新收 and 予以公开; 上年结转 between them is 0.
    cells |= dict.fromkeys(Concept("requests", row, "research") for row in ("new", "granted"))
    report = invented_report(replace=cells)
    assert codes(parse_bytes(as_unruled(report), "年报.pdf").tables) == {}


def test_scattered_blanks_of_an_unruled_table_are_blanks() -> None:
    for seed in (900, 901, 904):
        report = random_report(random.Random(seed))
        cells = parse_bytes(as_unruled(report), "年报.pdf").tables["requests"].cells.values()
        assert not any(cell.doubt and "跨了三行" in cell.doubt.message for cell in cells)
