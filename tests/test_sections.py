"""The six sections, found by their headings in every spelling."""

import pytest

from ingest.outline import SECTIONS
from ingest.readers.layout import Layout, Line
from ingest.report import Doubt, Section
from ingest.sections import layout_to_sections

OFFICIAL = tuple(f"{'一二三四五六'[s.number - 1]}、{s.heading}" for s in SECTIONS)


def split(*lines: str) -> tuple[Section | None, tuple[Section, ...], tuple[Doubt, ...]]:
    numbered = tuple(Line(text, number) for number, text in enumerate(lines, 1))
    return layout_to_sections(Layout("text/plain", numbered))


def report(*, instead: dict[int, tuple[str, ...]] | None = None) -> list[str]:
    """Six headings with a sentence each; `instead` replaces the lines of some sections."""
    lines: list[str] = []
    for number, heading in enumerate(OFFICIAL, 1):
        lines.extend((instead or {}).get(number, (heading, f"第{number}部分的内容。")))
    return lines


def test_every_section_holds_its_own_text() -> None:
    preamble, sections, doubts = split(*report())
    assert preamble is None
    assert [s.number for s in sections] == [1, 2, 3, 4, 5, 6]
    assert [s.heading for s in sections] == list(OFFICIAL)
    assert [s.text for s in sections] == [f"第{n}部分的内容。" for n in range(1, 7)]
    assert doubts == ()


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "一、 总体情况"),
        (1, "一.总体情况"),
        (1, "一、政府信息公开工作基本情况"),
        (1, "一、总体情况。"),
        (2, "二、行政机关主动公开政府信息情况"),
        (2, "二、主动公开政府信息的情况"),
        (3, "三、收到和处理政府信息公开申请的情况"),
        (3, "（三）收到和处理政府信息公开申请情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (4, "四、政府信息公开行政复议\u3000行政诉讼情况"),
        (4, "四、政府信息公开行政复议及行政诉讼情况"),
        (5, "五、存在的主要问题及整改措施"),
        (5, "五、政府信息公开工作存在的问题、不足及下一步打算"),
        (1, "一、2023年政府信息公开工作总体情况"),
        (1, "一、基本情况"),
        (3, "三、政府信息公开申请收到和处理情况"),
        (5, "五、主要问题及改进情况"),
        (5, "五、问题与改进"),
        (5, "五、存在的主要问题及改进措施情况"),
        (6, "六、其他需要报告的情况"),
        (6, "六、其他事项"),
        (6, "其他需要报告的事项"),
        (6, "六，其它需要报告的事项"),
        (6, "六、其他需要说明的事项"),
        (6, "⼀、其他需要报告的事项".replace("⼀", "六")),
        (3, "三、收到和处理政府信息公开申请情况：".rstrip("：")),
    ],
)
def test_a_heading_is_known_in_its_variants_and_kept_as_printed(number: int, heading: str) -> None:
    _, sections, doubts = split(*report(instead={number: (heading, "内容在此。")}))
    assert doubts == ()
    assert sections[number - 1].heading.rstrip("。") == heading.rstrip("。")
    assert sections[number - 1].text == "内容在此。"


@pytest.mark.parametrize(
    "heading", ["## 五、存在的主要问题及改进情况", "**五、存在的主要问题及改进情况**"]
)
def test_marks_of_markdown_are_no_part_of_a_heading(heading: str) -> None:
    _, sections, _ = split(*report(instead={5: (heading, "不够及时。")}))
    assert (sections[4].heading, sections[4].text) == (OFFICIAL[4], "不够及时。")


def test_a_heading_in_frame_brackets_is_a_heading() -> None:
    framed = [f"【{line}】" if line in OFFICIAL else line for line in report()]
    _, sections, doubts = split(*framed)
    assert [s.heading for s in sections] == list(OFFICIAL)
    assert [s.text for s in sections] == [f"第{n}部分的内容。" for n in range(1, 7)]
    assert doubts == ()


@pytest.mark.parametrize("line", ["三、项目申请条件", "四、复议程序", "五、附件", "二、公开招聘"])
def test_a_numbered_line_of_other_matters_is_no_heading(line: str) -> None:
    number = "一二三四五六".index(line[0]) + 1
    _, _, doubts = split(*report(instead={number: (line, "内容在此。")}))
    assert [doubt.code for doubt in doubts] == ["section-missing"]


def test_a_heading_glued_to_its_first_sentence_is_cut_off_it() -> None:
    _, sections, _ = split(*report(instead={1: ("一、总体情况。2023年，本局公开信息12条。",)}))
    assert (sections[0].heading, sections[0].text) == ("一、总体情况", "2023年，本局公开信息12条。")


def test_a_heading_broken_over_two_lines_is_put_together() -> None:
    broken = ("四、因政府信息公开工作被申请行政复议、提起行政诉", "讼情况", "均为零。")
    _, sections, _ = split(*report(instead={4: broken}))
    assert sections[3].heading == "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    assert sections[3].text == "均为零。"


def test_rows_of_table_three_are_no_headings() -> None:
    rows = (
        OFFICIAL[2],
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
    )
    _, sections, doubts = split(*report(instead={3: rows}))
    assert doubts == ()
    assert sections[2].text.count("\n") == 3


def test_a_sentence_that_lists_all_headings_is_no_heading() -> None:
    listing = "本报告包括" + "、".join(s.heading for s in SECTIONS) + "等六个部分。"
    preamble, sections, _ = split(listing, "总体情况、主动公开政府信息情况等均见下文。", *report())
    assert preamble is not None
    assert len(sections) == 6
    assert sections[0].text == "第1部分的内容。"


def test_subheadings_of_section_one_are_no_headings_of_others() -> None:
    inside = (OFFICIAL[0], "（一）总体情况", "（二）主动公开政府信息情况", "公开12条。")
    _, sections, _ = split(*report(instead={1: inside}))
    assert sections[0].text.endswith("（二）主动公开政府信息情况\n公开12条。")
    assert sections[1].text == "第2部分的内容。"


def test_a_table_of_contents_is_not_taken_for_the_sections() -> None:
    _, sections, _ = split(*OFFICIAL, *report())
    assert [s.text for s in sections] == [f"第{n}部分的内容。" for n in range(1, 7)]


@pytest.mark.parametrize("entry", ["{}……{}", "{}\t{}", "{} {}", "{}......（{}）"])
def test_a_table_of_contents_with_page_numbers_is_no_text(entry: str) -> None:
    contents = [entry.format(heading, page) for page, heading in enumerate(OFFICIAL, 1)]
    preamble, sections, _ = split("目 录", *contents, *report())
    assert preamble is None
    assert [s.text for s in sections] == [f"第{n}部分的内容。" for n in range(1, 7)]


def test_numbered_heads_of_section_one_do_not_take_its_place() -> None:
    inside = (OFFICIAL[0], "1.总体情况", "公开12条。", "2.主动公开政府信息情况", "公开8条。")
    preamble, sections, _ = split(*report(instead={1: inside}))
    assert preamble is None
    assert sections[0].text.startswith("1.总体情况\n公开12条。")


def test_what_follows_the_word_annex_is_no_text() -> None:
    _, sections, _ = split(*report(), "附件", "统计表", "林泉区水务局", "2024年1月17日")
    assert sections[5].text == "第6部分的内容。"


def test_a_missing_section_is_named() -> None:
    _, sections, doubts = split(*report(instead={5: ()}))
    assert [s.number for s in sections] == [1, 2, 3, 4, 6]
    assert [(d.code, "存在的主要问题" in d.message) for d in doubts] == [("section-missing", True)]


def test_title_metadata_signature_and_imprint_are_no_text() -> None:
    preamble, sections, _ = split(
        "林泉区水务局2023年政府信息公开工作年度报告",
        "发布日期：2024-01-31",
        "现将有关情况公布如下。",
        *report(),
        "林泉区水务局",
        "2024年1月17日",
        "打印 关闭",
        "主办单位：林泉区人民政府 版权所有",
    )
    assert preamble is not None
    assert (preamble.number, preamble.text) == (0, "现将有关情况公布如下。")
    assert sections[5].text == "第6部分的内容。"


def test_a_document_without_headings_keeps_its_text_and_names_all_six() -> None:
    preamble, sections, doubts = split("2017年，本局公开信息12条。")
    assert preamble is not None
    assert preamble.text == "2017年，本局公开信息12条。"
    assert (sections, len(doubts)) == ((), 6)


def test_lines_that_the_page_broke_are_joined_and_still_know_their_page() -> None:
    _wide, narrow = (90.0, 0.0, 505.0, 12.0), (90.0, 0.0, 200.0, 12.0)
    indented = (111.0, 0.0, 505.0, 12.0)
    lines = (
        Line("一、总体情况", 1, 1, narrow),
        Line("2023年，本局通过政府网站主动公开信", 2, 1, indented),
        Line("- 1 -", 3, 1, (290.0, 0.0, 310.0, 12.0)),
        Line("息12条，全年推送文章3篇。", 4, 2, narrow),
        Line("同时，本局举办开放日活动两次，邀请", 5, 2, indented),
        Line("群众参加。", 6, 2, narrow),
    )
    _, sections, _ = layout_to_sections(Layout("application/pdf", lines, page_count=2))
    text = sections[0].text
    assert text == (
        "2023年，本局通过政府网站主动公开信息12条，全年推送文章3篇。\n"
        "同时，本局举办开放日活动两次，邀请群众参加。"
    )
    assert sections[0].start_at(text.index("2023年")).page == 1
    assert sections[0].start_at(text.index("全年")).page == 2


def test_headings_of_reports_before_2019_are_found_behind_a_part_on_fees() -> None:
    _, sections, _ = split(
        "一、概述",
        "全年平稳。",
        "二、主动公开政府信息情况",
        "公开12条。",
        "三、依申请公开政府信息和不予公开政府信息的情况",
        "收到3件。",
        "四、政府信息公开的收费及减免情况",
        "没有收费。",
        "五、行政复议、行政诉讼情况",
        "没有发生。",
        "六、存在的主要问题和下一步打算",
        "人手不足。",
        "七、需要说明的其他事项",
        "无。",
    )
    assert [section.number for section in sections] == [1, 2, 3, 4, 5, 6]
    assert sections[2].text == "收到3件。\n四、政府信息公开的收费及减免情况\n没有收费。"
    assert sections[3].text == "没有发生。"
