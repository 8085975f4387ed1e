"""The grid of agencies and years, the page's addresses and its settings, as pure functions."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from assistant.checking.check import check
from assistant.settings import Settings, shown
from assistant.web.conversations import Opinion
from assistant.web.holdings import MOST_AGENCIES, Only, entries_to_holdings, grid_to_html
from assistant.web.library_desk import outcomes_to_html
from assistant.web.library_report import held_report_to_html
from assistant.web.links import Opening, link_to_opening
from assistant.web.settings_tab import opinions_to_html, settings_to_html, versions_to_html
from tests.bookcase import Bookcase
from tests.invented import invented_report
from vectorstore.holdings import Entry, Ingested


def entry(
    agency: str, year: int, *, doubts: int = 0, edition: int = 1, current: bool = True
) -> Entry:
    return Entry(
        id=sha256(f"{agency}{year}{edition}".encode()).hexdigest()[:16],
        agency=agency,
        year=year,
        format="2021",
        title=None,
        source=f"{agency}{year}.txt",
        media_type="text/plain",
        signed_on=date(year + 1, 1, 20),
        warning_count=doubts,
        edition=edition,
        current=current,
        added_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


SHELF = [entry("甲局", 2020), entry("甲局", 2023, doubts=3), entry("乙局", 2022)]


def test_a_gap_is_a_year_without_a_report_after_the_first() -> None:
    holdings = entries_to_holdings(SHELF)
    assert holdings.gaps("甲局") == [2021, 2022]
    assert holdings.gaps("乙局") == [2023]


def test_the_grid_shows_reports_doubts_gaps_and_which_is_chosen() -> None:
    html = grid_to_html(SHELF, chosen=SHELF[0].id)
    assert html.count("data-report=") == 3
    assert html.count(">缺<") == 3 and "缺3个年度" in html
    assert "3疑" in html
    assert html.count("aria-pressed='true'") == 1


@pytest.mark.parametrize(
    ("only", "agencies"),
    [
        ("all", ["甲局", "乙局"]),
        ("late", ["乙局"]),
        ("gaps", ["甲局", "乙局"]),
        ("doubts", ["甲局"]),
    ],
)
def test_the_grid_is_narrowed_to_who_lacks_a_report_or_has_doubts(
    only: Only, agencies: list[str]
) -> None:
    assert list(entries_to_holdings(SHELF, only=only).by_agency) == agencies
    assert "没有缺最新年度的单位" in grid_to_html([entry("甲局", 2023)], only="late")


def test_an_older_edition_stands_beside_the_current_one() -> None:
    html = grid_to_html([entry("甲局", 2023, current=False), entry("甲局", 2023, edition=2)])
    assert "旧1" in html and html.count("data-report=") == 2


def test_the_grid_is_narrowed_by_a_part_of_the_name_and_says_when_nothing_is_left() -> None:
    assert "乙局" not in grid_to_html(SHELF, "甲")
    assert "没有名称含“&lt;丙&gt;”的单位" in grid_to_html(SHELF, "<丙>")
    assert "资料库是空的" in grid_to_html([])


def test_a_long_list_is_cut_and_says_so() -> None:
    html = grid_to_html([entry(f"第{n}局", 2023) for n in range(MOST_AGENCIES + 5)])
    assert html.count("data-report=") == MOST_AGENCIES
    assert "缩小范围" in html


def test_names_of_agencies_and_files_are_no_markup() -> None:
    assert "<b>" not in grid_to_html([entry("<b>局", 2023)])
    html = outcomes_to_html([Ingested("a", "failed", None, "<b>坏</b>")])
    assert "nb-bad" in html and "<b>" not in html


@pytest.mark.parametrize(
    ("parameters", "opening"),
    [
        ({}, Opening()),
        ({"tab": "check"}, Opening("check")),
        ({"tab": "不存在"}, Opening()),
        ({"q": " 新收多少 "}, Opening("ask", "新收多少")),
        ({"report": SHELF[0].id}, Opening("library", report=SHELF[0].id)),
        ({"report": "ffff"}, Opening()),
        (
            {"report": SHELF[0].id, "finding": "R101"},
            Opening("library", report=SHELF[0].id, finding="R101"),
        ),
        ({"report": SHELF[0].id, "finding": "<b>"}, Opening("library", report=SHELF[0].id)),
        ({"finding": "R101"}, Opening()),
    ],
)
def test_an_address_opens_the_page_at_its_place(
    parameters: dict[str, str], opening: Opening
) -> None:
    assert link_to_opening(parameters, SHELF) == opening


def test_settings_are_shown_without_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_API_KEY", "sk-geheim")
    monkeypatch.setenv("NIANBAO_DATABASE", "postgresql://nianbao:geheim@db/nianbao")
    html = settings_to_html(shown(Settings()), {"workers": "入库时同时解析的进程数"})
    assert "geheim" not in html
    assert "postgresql://nianbao:***@db/nianbao" in html
    assert "入库时同时解析的进程数" in html


def test_a_report_of_the_library_shows_what_the_rules_find_and_a_link_to_each() -> None:
    report = invented_report(replace={"requests/new/total": 1})
    checked = check(report, Bookcase(report))
    html = held_report_to_html(report, checked, "R101")
    assert f"核查发现 {len(checked.findings)} 处" in html
    assert html.count(" open data-opened") == sum(f.rule == "R101" for f in checked.findings) > 0
    assert f"data-link='?report={report.id}&amp;finding=R101'" in html
    assert "点选左侧一份报告" in held_report_to_html(None, None)


def test_the_opinions_show_the_bad_ones_with_their_reasons() -> None:
    html = opinions_to_html(
        [Opinion("问？", "答", True), Opinion("<b>？", "答", False, "数字不对")]
    )
    assert "有用1次，不好1次" in html and "数字不对" in html
    assert "<b>" not in html and "问？" not in html
    assert "还没有人评价过" in opinions_to_html([])


def test_the_versions_can_be_copied() -> None:
    assert "data-copy='gradio 6'" in versions_to_html({"gradio": "6"})
