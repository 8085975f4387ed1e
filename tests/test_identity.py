"""Agency, year, title and signature, whatever the report calls itself."""

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.identity import Identity, layout_to_identity
from ingest.readers.layout import Layout, Line
from ingest.signatures import text_to_date
from ingest.titles import is_agency, text_to_title

BODY = ("一、总体情况", "本年度工作平稳。", "六、其他需要报告的事项", "未收取信息处理费。")


def identity(*lines: str, name: str = "上传.txt", title: str | None = None) -> Identity:
    numbered = tuple(Line(text, number) for number, text in enumerate(lines, 1))
    return layout_to_identity(Layout("text/plain", numbered, title=title), name)


def codes(found: Identity) -> list[str]:
    return [doubt.code for doubt in found.doubts]


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("云溪市林泉区水务局2023年政府信息公开工作年度报告", "云溪市林泉区水务局", 2023),
        ("云溪市水务局 2023 年政府信息公开工作年度报告", "云溪市水务局", 2023),
        ("2022年云溪县人民政府政府信息公开工作年度报告", "云溪县人民政府", 2022),
        ("云溪县人民政府关于2023年度政府信息公开工作情况的报告", "云溪县人民政府", 2023),
        ("云溪市司法局政府信息公开2021年度报告", "云溪市司法局", 2021),
        ("林泉县双河镇2025年度政府信息公开工作年度报告", "林泉县双河镇", 2025),
        ("双河街道办事处2024年政府信息公开年报", "双河街道办事处", 2024),
        ("林泉县水务局2020年政务公开工作年度报告", "林泉县水务局", 2020),
        ("二〇二三年度林泉区水务局政府信息公开工作报告", "林泉区水务局", 2023),
        ("林泉区水务局政府信息公开工作年度报告（2023年）", "林泉区水务局", 2023),
        ("2023年度政府信息公开工作年度报告（林泉区水务局）", "林泉区水务局", 2023),
        ("林泉区水务局2023年信息公开年度报告_林泉区人民政府网站", "林泉区水务局", 2023),
        (
            "云溪市人社局（云溪市外专局）2023年政府信息公开年度报告",
            "云溪市人社局（云溪市外专局）",
            2023,
        ),
        (
            "林泉区水务局政府信息公开工作年度报告（2023年1月1日—2023年12月31日）",
            "林泉区水务局",
            2023,
        ),
        (
            "林泉区水务局2023年政府信息公开工作年度报告（2023年1月1日至12月31日）",
            "林泉区水务局",
            2023,
        ),
        (
            "林泉区水务局政府信息公开年度报告（2023.1.1-2023.12.31）",
            "林泉区水务局",
            2023,
        ),
        ("【年度报告】林泉区水务局2023年政府信息公开年度报告", "林泉区水务局", 2023),
        ("07林泉区水务局2023年政府信息公开工作年度报告", "林泉区水务局", 2023),
        ("（林泉区水务局）2023年政府信息公开工作年度报告", "林泉区水务局", 2023),
        ("林泉区水务局政府信息公开工作年度报告（2023）", "林泉区水务局", 2023),
        ("林泉区水务局2023年度政府信息公开工作总结", "林泉区水务局", 2023),
        ("云溪海关2023年政府信息公开工作年度报告", "云溪海关", 2023),
        ("云溪市２０２３年政府信息公开工作年度报告", "云溪市", 2023),
    ],
)
def test_a_title_gives_agency_and_year(title: str, agency: str, year: int) -> None:
    found = text_to_title(title)
    assert found is not None
    assert (found.agency, found.year) == (agency, year)


@pytest.mark.parametrize(
    "text",
    [
        "关于做好2023年政府信息公开工作年度报告编制的通知",
        "政府信息公开目录",
        "现向社会公布林泉区水务局2023年政府信息公开工作年度报告。",
        "2023年林泉区水务工作要点",
    ],
)
def test_what_only_mentions_a_report_is_no_title(text: str) -> None:
    assert text_to_title(text) is None


def test_words_of_a_pages_navigation_are_no_agencies() -> None:
    assert is_agency("云溪市工业和信息化局")
    assert not any(is_agency(text) for text in ("政府信息公开目录", "首页", "政民互动", "网站地图"))


def test_a_title_over_three_lines_is_put_together() -> None:
    found = identity("云溪市林泉区", "水务局", "2023 年政府信息公开工作年度报告", *BODY)
    assert found.agency == "云溪市林泉区水务局"
    assert found.title == "云溪市林泉区水务局2023年政府信息公开工作年度报告"
    assert found.doubts == ()


def test_a_title_over_five_lines_keeps_its_place() -> None:
    lines = ("云溪市林泉区", "人民政府办公室", "政府信息公开工作", "年度报告", "（2023年度）")
    found = identity(*lines, *BODY)
    assert (found.agency, found.year) == ("云溪市林泉区人民政府办公室", 2023)


def test_a_date_alone_on_a_broken_line_is_no_signature_where_one_is_signed() -> None:
    tail = ("会议召开的时间为", "2023年11月5日", "各科室参加。", "林泉区水务局", "2024年1月17日")
    found = identity("林泉区水务局2023年政府信息公开工作年度报告", *BODY, *tail)
    assert (found.signed_by, found.signed_on) == ("林泉区水务局", date(2024, 1, 17))


@pytest.mark.parametrize("year", ["（2023年度）", "2023年度", "（二〇二三年）"])
def test_the_year_under_the_title_is_the_title_s(year: str) -> None:
    found = identity("云溪市水务局政府信息公开工作年度报告", year, *BODY)
    assert (found.agency, found.year, found.doubts) == ("云溪市水务局", 2023, ())


def test_a_date_under_the_title_is_not_the_year_reported_on() -> None:
    found = identity("云溪市水务局政府信息公开工作年度报告", "2024年1月20日", *BODY)
    assert found.title == "云溪市水务局政府信息公开工作年度报告"
    assert found.year is None


@pytest.mark.parametrize("mark", ["# {}", "### {} ###", "**{}**"])
def test_marks_of_markdown_are_no_part_of_a_title(mark: str) -> None:
    title = "云溪市林泉区水务局2023年政府信息公开工作年度报告"
    found = identity(mark.format(title), *BODY)
    assert (found.title, found.agency, found.year) == (title, "云溪市林泉区水务局", 2023)


def test_a_title_broken_inside_a_word_is_put_together() -> None:
    found = identity("双河镇人民政府2023年政府信息公", "开工作年度报告", *BODY)
    assert (found.agency, found.year) == ("双河镇人民政府", 2023)


def test_the_agency_below_a_title_without_one_is_taken_and_that_is_said() -> None:
    found = identity("2023年度", "政府信息公开工作年度报告", "云溪市水务局", "2024年1月", *BODY)
    assert (found.agency, found.year, codes(found)) == ("云溪市水务局", 2023, ["title-missing"])


def test_the_opening_names_the_agency_that_drew_the_report_up() -> None:
    title = "2023年政府信息公开工作年度报告"
    found = identity(title, "本报告由云溪市水务局根据《条例》编制。", *BODY)
    assert (found.agency, codes(found)) == ("云溪市水务局", ["title-missing"])


def test_without_title_and_period_the_first_words_of_section_one_give_the_year() -> None:
    found = identity("一、总体情况", "2023年，本局公开信息12条。", "六、其他需要报告的事项", "无。")
    assert found.year == 2023
    assert "年度2023取自正文的第一句" in found.doubts[-1].message


def test_the_pages_own_title_serves_when_the_text_has_none() -> None:
    found = identity("首页", *BODY, title="林泉县水务局2023年政府信息公开年度报告-林泉县政府网")
    assert (found.agency, found.year) == ("林泉县水务局", 2023)


def test_a_link_to_another_years_report_is_not_the_title() -> None:
    found = identity(
        "林泉县水务局2021年政府信息公开年度报告",
        "统计期限自2023年1月1日起至2023年12月31日止。",
        *BODY,
        title="林泉县水务局2023年政府信息公开年度报告-林泉县政府网",
    )
    assert (found.year, found.title) == (2023, "林泉县水务局2023年政府信息公开年度报告")


def test_without_a_title_signature_and_opening_sentence_are_asked_and_that_is_said() -> None:
    found = identity(
        "现向社会公布林泉区水务局2023年政府信息公开工作年度报告。统计期限自2023年1月1日起。",
        *BODY,
        "林泉区水务局",
        "2024年1月17日",
    )
    assert (found.agency, found.year, found.title) == ("林泉区水务局", 2023, None)
    assert (found.signed_by, found.signed_on) == ("林泉区水务局", date(2024, 1, 17))
    assert codes(found) == ["title-missing"]


def test_the_file_name_is_asked_last() -> None:
    found = identity(*BODY, name="林泉区水务局2023年年报.txt")
    assert (found.agency, found.year) == ("林泉区水务局", 2023)
    assert "title-missing" in codes(found)


def test_what_stands_nowhere_is_none_and_said() -> None:
    found = identity(*BODY)
    assert (found.agency, found.year) == (None, None)
    assert codes(found) == ["title-missing", "agency-missing", "year-missing"]


def test_a_year_in_the_title_that_the_period_contradicts_is_doubted() -> None:
    found = identity(
        "林泉区水务局2023年政府信息公开工作年度报告",
        "统计期限自2022年1月1日起至2022年12月31日止。",
        *BODY,
    )
    assert (found.year, codes(found)) == (2023, ["year-conflict"])


def test_a_file_named_for_its_publication_year_is_no_conflict() -> None:
    title = "林泉区水务局2023年政府信息公开工作年度报告"
    assert codes(identity(title, *BODY, name="20240117.docx")) == []
    assert codes(identity(title, *BODY, name="2024年1月.docx")) == []
    assert codes(identity(title, *BODY, name="2021.docx")) == ["year-conflict"]


def test_a_place_is_completed_only_by_what_the_report_prints() -> None:
    title = "林泉区人民政府2023年政府信息公开工作年度报告"
    opening = "本报告由云溪市林泉区人民政府办公室编制。"
    assert identity(title, opening, *BODY).agency == "云溪市林泉区人民政府"
    assert identity(title, "本报告由区政府编制。", *BODY).agency == "林泉区人民政府"


@pytest.mark.parametrize(
    "text",
    [
        "2024年1月17日",
        "2024 年 1 月 17 日",
        "二〇二四年一月十七日",
        "二○二四年元月十七日",
        "2024-01-17",
        "2024.1.17",
        "（2024年1月17日）",
    ],
)
def test_a_signature_date_is_read_in_every_spelling(text: str) -> None:
    assert text_to_date(text) == date(2024, 1, 17)


@pytest.mark.parametrize("text", ["2024年13月1日", "2024年2月30日", "2024年1月", "日期：2024年"])
def test_a_day_that_never_was_is_no_date(text: str) -> None:
    assert text_to_date(text) is None


@pytest.mark.parametrize(
    "tail",
    [
        ("林泉区水务局", "2024年1月17日"),
        ("林泉区水务局 2024年1月17日",),
        ("2024年1月17日", "林泉区水务局"),
        ("落款：林泉区水务局", "日期：2024年1月17日"),
        ("林泉区水务局（盖章）", "二〇二四年一月十七日", "打印", "关闭"),
    ],
)
def test_the_signature_is_found_in_every_order(tail: tuple[str, ...]) -> None:
    found = identity("林泉区水务局2023年政府信息公开工作年度报告", *BODY, *tail)
    assert (found.signed_by, found.signed_on) == ("林泉区水务局", date(2024, 1, 17))


def test_the_date_of_publication_in_a_pages_metadata_is_no_signature() -> None:
    found = identity(
        "林泉区水务局2023年政府信息公开工作年度报告", "发布日期：2024-01-31", "概述。", *BODY
    )
    assert found.signed_on is None


@pytest.mark.parametrize("name", ["boshan-2021", "jiangle-2023", "weidong-2024", "xuecheng-2023"])
def test_real_reports_are_identified(real_reports: Path, name: str) -> None:
    expected = json.loads((real_reports / "expected" / f"{name}.json").read_text("utf-8"))
    text = (real_reports / expected["file"]).read_text("utf-8")
    prose = [line for line in text.splitlines() if line.strip() and line[0] not in "\t|"]
    found = identity(*prose, name=expected["file"])
    signed_on = found.signed_on.isoformat() if found.signed_on else None
    assert (found.agency, found.year, signed_on) == (
        expected["agency"],
        expected["year"],
        expected["signed_on"],
    )
