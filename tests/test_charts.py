"""Pictures of an answer: which kind there is, and what may be taken away with it."""

import base64
import io
import re
from typing import Any

import openpyxl

from assistant.asking import explain_and_ask
from assistant.web.charts import Chart, Kind, Point, asked_to_chart, chart_to_csv, chart_to_html
from assistant.web.plots import chart_to_plots, plot_components
from tests.bookcase import Bookcase
from tests.invented import invented_report

AGENCY = "云溪县水务局"
BOOKCASE = Bookcase(
    *(invented_report(agency=AGENCY, year=year, seed=year, balanced=True) for year in (2022, 2023))
)


def chart(question: str) -> Chart | None:
    return asked_to_chart(explain_and_ask(question, BOOKCASE))


def test_the_parts_of_a_whole_are_stacked_and_add_up_to_it() -> None:
    found = chart(f"{AGENCY}2023年申请人构成")
    assert found and found.kind == "stack"
    whole = next(r for r in BOOKCASE.reports() if r.year == 2023).number("requests/new/total")
    assert sum(point.value for point in found.points) == whole
    assert "新收政府信息公开申请（自然人）" in {point.part for point in found.points}


def test_one_number_is_no_picture() -> None:
    assert chart(f"{AGENCY}2023年新收申请多少件") is None


def drawn(found: Chart | None) -> tuple[str, dict[str, Any]]:
    """Which of the three plots is shown, and what it is told."""
    updates = zip(("bars", "stacks", "lines"), chart_to_plots(found), strict=True)
    [(name, update)] = [(name, u) for name, u in updates if isinstance(u, dict) and u["visible"]]
    return name, update


def test_a_stack_is_drawn_by_parts() -> None:
    found = chart(f"{AGENCY}2022和2023年申请人构成")
    name, update = drawn(found)
    assert found and name == "stacks"
    assert set(update["value"]["其中"]) == set(update["color_map"])


def test_no_update_changes_the_columns_of_a_plot_that_may_have_been_drawn() -> None:
    points = tuple(Point(f"云溪县第{number}局", 2023, number, "甲") for number in range(3))
    kinds: tuple[Kind, ...] = ("bar", "stack", "line")
    for kind, plot in zip(kinds, plot_components(), strict=True):
        _, update = drawn(Chart(kind, "新收申请", "件", points))
        assert not {"x", "y", "color"} & set(update)
        assert {plot.x, plot.y} <= set(update["value"].columns)


def test_the_table_of_a_picture_can_be_taken_away_as_csv_and_as_excel() -> None:
    found = chart(f"{AGENCY}2023年申请人构成")
    assert found
    html = chart_to_html(found)
    links = re.findall(r"href='data:([^;]+)[^,]*;base64,([^']+)'", html)
    excel = next(base64.b64decode(data) for kind, data in links if "spreadsheet" in kind)
    sheet = openpyxl.load_workbook(io.BytesIO(excel)).worksheets[0]
    first, *rows = sheet.iter_rows(values_only=True)
    assert first == ("单位", "年度", "其中", "新收政府信息公开申请", "计量单位")
    assert len(rows) == len(found.points)
    assert rows[0][3] == found.points[0].value
    assert chart_to_csv(found).startswith("\ufeff单位,年度,其中")


def test_the_legend_names_every_line_and_the_plot_draws_none_of_its_own() -> None:
    others = [
        invented_report(agency=f"云溪县{name}局", year=year, seed=year, balanced=True)
        for name in ("教育", "财政", "民政", "司法", "审计", "统计")
        for year in (2022, 2023)
    ]
    found = asked_to_chart(explain_and_ask("各单位历年新收申请的变化", Bookcase(*others)))
    assert found and found.kind == "line"
    names = re.findall(r"</i>([^<]+)</li>", chart_to_html(found))
    name, update = drawn(found)
    assert sorted(names) == sorted({str(report.agency) for report in others})
    assert name == "lines" and list(update["color_map"]) == names
    assert all(plot.colors_in_legend == [] for plot in plot_components()[1:])


def test_a_picture_that_leaves_bars_out_says_how_many() -> None:
    points = tuple(Point(f"云溪县第{number}小学", 2023, number) for number in range(40))
    html = chart_to_html(Chart("bar", "新收申请", "件", points))
    assert "图中只画前30项，共40项，全部见数据表。" in html
    assert html.count("<tr>") == 41
    assert "图中只画" not in chart_to_html(Chart("bar", "新收申请", "件", points[:30]))


def test_a_run_of_years_is_a_line_though_its_answer_is_names() -> None:
    others = [
        invented_report(agency=AGENCY, year=year, seed=year, balanced=True)
        for year in (2021, 2022, 2023)
    ]
    alone = invented_report(agency="云溪县教育局", year=2023, seed=7, balanced=True)
    found = asked_to_chart(explain_and_ask("哪些单位申请连续两年增长", Bookcase(*others, alone)))
    assert found and found.kind == "line"
    assert {(point.agency, point.year) for point in found.points} == {
        (AGENCY, year) for year in (2021, 2022, 2023)
    }


def test_the_second_step_of_an_answer_has_a_picture() -> None:
    names = ("教育", "财政", "民政", "司法")
    reports = [
        invented_report(agency=f"云溪县{name}局", year=2023, seed=at, balanced=True)
        for at, name in enumerate(names)
    ]
    question = "2023年哪些单位申请超过0件，各被罚了多少件行政处罚"
    found = asked_to_chart(explain_and_ask(question, Bookcase(*reports)))
    assert found and found.kind == "bar"
    assert found.title == "行政处罚处理决定"
    assert len(found.points) == len(names)
