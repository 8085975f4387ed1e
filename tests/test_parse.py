"""A whole file, from bytes to report."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import NotAnAnnualReport, UnreadableFile
from ingest.figures import sections_to_figures
from ingest.parse import parse, parse_bytes
from ingest.report import Report
from ingest.report_json import report_from_dict, report_to_dict
from tests.invented import invented_report
from tests.render_files import as_cms_page, as_docx, as_html, as_pdf
from tests.render_text import as_cells, as_markdown, as_torn_grid

TITLE = "云溪市林泉区水务局2023年政府信息公开工作年度报告"
BODY = (
    "一、总体情况\n（一）主动公开\n2023年，主动公开信息12条。\n二、主动公开政府信息情况\n"
    "三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n"
    "五、存在的主要问题及改进情况\n公开不够及时。\n六、其他需要报告的事项\n未收取信息处理费。\n"
)
REPORT = f"{TITLE}\n{BODY}云溪市林泉区水务局\n2024年1月17日\n"


def codes(data: bytes, name: str = "年报.txt") -> list[str]:
    return [warning.code for warning in parse_bytes(data, name).warnings]


def test_a_text_report_is_read_whole() -> None:
    report = parse_bytes(REPORT.encode(), "年报.txt")
    assert (report.agency, report.year) == ("云溪市林泉区水务局", 2023)
    assert str(report.signed_on) == "2024-01-17"
    assert [s.number for s in report.sections] == [1, 2, 3, 4, 5, 6]
    assert [(f.name, f.value) for f in report.figures] == [("主动公开信息", 12), ("信息处理费", 0)]
    assert (report.source, report.media_type, len(report.sha256)) == ("年报.txt", "text/plain", 64)


def test_gb18030_is_read_like_utf8() -> None:
    report = parse_bytes(REPORT.encode("gb18030"), "年报.txt")
    assert (report.agency, report.section(5)) == (
        "云溪市林泉区水务局",
        parse_bytes(REPORT.encode(), "年报.txt").section(5),
    )


def test_missing_tables_are_named_and_never_zero() -> None:
    report = parse_bytes(REPORT.encode(), "年报.txt")
    assert [w.code for w in report.warnings].count("table-missing") == 3
    assert "format-unclear" in codes(REPORT.encode())
    assert report.number("requests/new/total") is None


def test_a_report_from_before_the_tables_is_read_as_text_and_that_is_said() -> None:
    old = "云溪市水务局2017年政府信息公开工作年度报告\n一、概述\n主动公开信息35条。\n二、收费情况\n无。"
    report = parse_bytes(old.encode(), "2017.txt")
    assert (report.year, report.format, dict(report.tables)) == (2017, None, {})
    assert [w.code for w in report.warnings] == ["table-missing"]
    assert report.figures[0].value == 35


@pytest.mark.parametrize(
    "text",
    [
        "关于召开防汛工作会议的通知\n一、会议时间\n下周一上午。",
        "2023年工作总结\n一、总体情况\n全年完成任务12项。",
        "云溪市水务局2023年政府信息公开工作年度报告\n正文见附件。",
    ],
)
def test_another_document_is_refused_with_one_sentence(text: str) -> None:
    with pytest.raises(NotAnAnnualReport, match=r"《通知\.txt》"):
        parse_bytes(text.encode(), "通知.txt")


def test_a_report_without_agency_and_year_is_read_with_warnings() -> None:
    assert {"agency-missing", "year-missing"} <= set(codes(BODY.encode()))


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"《没有\.txt》"):
        parse(tmp_path / "没有.txt")


def test_the_same_bytes_give_the_same_report(tmp_path: Path) -> None:
    path = tmp_path / "年报.txt"
    path.write_bytes(REPORT.encode())
    assert parse(path) == parse_bytes(REPORT.encode(), "年报.txt")


REAL = [
    "boshan-2021",
    "hongze-2023",
    "jiangle-2023",
    "shanghai-office-2019",
    "shuyang-fgj-2023",
    "weidong-2024",
    "xuecheng-2023",
    "zhaoyuan-2023",
]


@pytest.mark.parametrize("name", REAL)
def test_a_real_report_is_read_exactly(real_reports: Path, name: str) -> None:
    expected = json.loads((real_reports / "expected" / f"{name}.json").read_text("utf-8"))
    report = parse(real_reports / expected["file"])
    found = report_to_dict(report)
    for key in ("agency", "year", "format", "signed_on"):
        assert found[key] == expected[key]
    for table, rows in expected["tables"].items():
        read = {row: found["tables"][table][row] for row in rows}
        assert read == rows
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert report_from_dict(json.loads(json.dumps(found))) == report


@pytest.mark.parametrize("name", REAL)
def test_quotes_of_real_figures_are_letters_of_their_section(real_reports: Path, name: str) -> None:
    file = next(real_reports.glob(f"{name}.*"))
    report = parse(file)
    assert report.figures
    for figure in report.figures:
        section = report.section(figure.section)
        assert section is not None
        assert figure.sentence in section.text
        assert figure.quote in figure.sentence


RENDERERS: tuple[tuple[str, Callable[[Report], bytes | str]], ...] = (
    ("年报.docx", as_docx),
    ("年报.html", as_html),
    ("页面.html", as_cms_page),
    ("年报.pdf", as_pdf),
    ("单元格.txt", as_cells),
    ("网格.txt", as_torn_grid),
    ("年报.md", as_markdown),
)


@pytest.mark.parametrize(("name", "render"), RENDERERS)
def test_every_format_gives_the_same_words_and_figures(
    name: str, render: Callable[[Report], bytes | str]
) -> None:
    original = invented_report()
    rendered = render(original)
    data = rendered if isinstance(rendered, bytes) else rendered.encode()
    report = parse_bytes(data, name)
    assert (report.agency, report.year) == (original.agency, original.year)
    assert (report.signed_by, report.signed_on) == (original.signed_by, original.signed_on)
    for found, written in zip(report.texts, original.texts, strict=True):
        assert found.heading == written.heading
        assert bare(found.text) == bare(written.text)
    figures = [(f.name, f.value, f.part_of) for f in report.figures]
    expected = sections_to_figures(original.texts, original.agency, original.year)
    assert figures == [(f.name, f.value, f.part_of) for f in expected]


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("云江市财政局2023年上半年政府信息公开工作报告", "2023年上半年"),
        ("2023年第三季度云江市财政局政府信息公开情况统计表", "2023年第三季度"),
        ("云江市财政局二〇二三年1至6月政务公开工作总结", "二〇二三年1至6月"),
    ],
)
def test_a_report_on_part_of_a_year_is_refused_though_it_has_the_tables(
    title: str, period: str
) -> None:
    whole = invented_report(agency="云江市财政局", year=2023)
    text = as_cells(whole).replace(str(whole.title), title).replace("12月31日", "6月30日")

    with pytest.raises(NotAnAnnualReport, match=f"标题写的是“{period}”，不是全年的年度报告"):
        parse_bytes(text.encode(), "报告.txt")


def test_a_link_to_a_report_on_half_a_year_does_not_refuse_the_annual_report() -> None:
    links = "云江市财政局2023年上半年政府信息公开工作报告\n"
    whole = invented_report(agency="云江市财政局", year=2023)
    untitled = as_cells(whole).replace(str(whole.title), "年度报告")

    assert parse_bytes((links + as_cells(whole)).encode(), "年报.txt").year == 2023
    assert parse_bytes((links + untitled).encode(), "年报.txt").year == 2023
