"""The collection at a glance: sums with what they are over, outcomes, and who is late."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.overview import Filing, Overview, overview_of
from assistant.web.dashboard import filings_table, outcomes_table, requests_table
from assistant.web.data_table import DataTable, data_table_to_html, table_to_csv
from ingest import samples
from tests.hash_embedder import HashEmbedder
from vectorstore.library import Library

NAMES = ("culture-tourism-2023.txt", "culture-tourism-2024.docx", "natural-resources-2020.html")


@pytest.fixture(scope="module")
def overview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Overview]:
    paths = [path for path in samples.paths() if path.name in NAMES]
    with Library(tmp_path_factory.mktemp("overview"), embedder=HashEmbedder()) as library:
        assert all(item.report for item in library.ingest(paths))
        yield overview_of(library)


def test_requests_are_summed_by_year_with_the_reports_they_are_over(overview: Overview) -> None:
    assert [(each.year, each.reports) for each in overview.requests][-2:] == [(2023, 1), (2024, 1)]
    table = requests_table(overview)
    assert table.rows[-1][0] == "2024年" and table.rows[-1][1:] == [4, 1, 1]


def test_outcomes_add_up_to_what_the_form_calls_their_total(overview: Overview) -> None:
    table = outcomes_table(overview)
    assert table.heads[1] == "予以公开（件）"
    newest = [each for each in table.rows[-1][1:] if isinstance(each, int)]
    assert table.rows[-1][0] == "2024年" and sum(newest) > 0


def filing(agency: str, signed_on: date | None) -> Filing:
    due = date(2024, 3, 31) if agency.endswith("人民政府") else date(2024, 1, 31)
    return Filing("f" * 16, agency, 2023, signed_on, due)


@pytest.mark.parametrize(
    ("signed_on", "punctuality"),
    [
        (date(2024, 1, 31), "in_time"),
        (date(2024, 2, 1), "late"),
        (date(2023, 12, 31), "early"),
        (None, "undated"),
    ],
)
def test_a_report_is_late_by_its_date_and_never_without_one(
    signed_on: date | None, punctuality: str
) -> None:
    assert filing("甲县乙局", signed_on).punctuality == punctuality


def test_a_government_has_until_march(overview: Overview) -> None:
    assert {each.due.month for each in overview.filings} == {1}
    assert filing("甲县人民政府", date(2024, 3, 30)).punctuality == "in_time"


def test_who_is_late_is_listed_with_the_days_and_who_is_in_time_is_not() -> None:
    table = filings_table(
        [filing("甲局", date(2024, 2, 3)), filing("乙局", None), filing("丙局", date(2024, 1, 2))]
    )
    assert [row[0] for row in table.rows] == ["甲局", "乙局"]
    assert table.rows[0][4] == 3 and table.rows[1][2] == "无" and table.rows[1][4] is None


def test_a_table_is_shown_and_taken_away_without_markup_and_formulas() -> None:
    table = DataTable("表<b>", ("单位", "件"), [["=1+1", 1200], ["<i>", None]])
    html = data_table_to_html(table)
    assert "<b>" not in html and "<i>" not in html and "1,200" in html and "—" in html
    assert html.count("class='nb-download'") == 2
    assert table_to_csv(table).splitlines() == ["\ufeff单位,件", "'=1+1,1200", "<i>,"]
