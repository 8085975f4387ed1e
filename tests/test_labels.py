import pytest

from ingest.forms import FORMS
from ingest.labels import (
    LabelMatch,
    column_named,
    core,
    detect_form,
    row_labels,
    section_number,
    table_cued,
)
from ingest.outline import SECTIONS
from ingest.readers.plain import read
from ingest.report import TABLE_NAMES, TableName
from tests.invented import invented_report
from tests.render_text import LAYOUTS


@pytest.mark.parametrize("edition", FORMS)
@pytest.mark.parametrize("table", TABLE_NAMES)
def test_every_label_of_the_form_names_its_own_row(edition: str, table: TableName) -> None:
    labels = row_labels(edition, table)
    for row in FORMS[edition].tables[table].rows.values():
        for text in (row.label, *row.variants, f"{row.number}、{row.label}", f"1. {row.label}"):
            assert labels.exact(text) == LabelMatch("exact", row=row.id), text


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("（七） 总 计", "total"),
        ("3.其它", "other.misc"),
        ("3. 危及'三安全一稳定'", "denied.safety"),
        ("(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)", "partly_granted"),
        ("四、结转下年继续办理", "carried_over"),
        ("⑤要求⾏政机关确认或\n重新出具已获取信息", "declined.reissue"),
    ],
)
def test_a_label_is_known_in_any_print(text: str, row: str) -> None:
    assert row_labels("2021", "requests").exact(text) == LabelMatch("exact", row=row)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("2.其他法律行政止公开", "denied.law"),
        ("3.补正后申请", "unavailable.unclear"),
        ("4.无正当理由大量反复申清", "declined.excessive"),
    ],
)
def test_a_damaged_label_is_known_but_not_exactly(text: str, row: str) -> None:
    match = row_labels("2021", "requests").match(text)
    assert match is not None
    assert match.row == row
    assert match.certainty != "exact"
    assert row_labels("2021", "requests").exact(text) is None


@pytest.mark.parametrize("text", ["属于", "小计", "其中：网络申请", "公开", "", "9.", "申请人"])
def test_what_is_no_label_of_the_form_names_nothing(text: str) -> None:
    assert row_labels("2021", "requests").match(text) is None


def test_other_processing_is_a_group_in_one_edition_and_a_row_in_the_other() -> None:
    assert row_labels("2021", "requests").exact("（六）其他处理") == LabelMatch(
        "exact", group="其他处理"
    )
    assert row_labels("2019", "requests").exact("（六）其他处理") == LabelMatch(
        "exact", row="other.misc"
    )


def test_two_groups_never_share_a_label() -> None:
    cores = [core(row.group) for row in FORMS["2021"].tables["requests"].rows.values()]
    assert {"不予公开", "无法提供", "不予处理", "其他处理"} <= set(cores)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("本年收费金额（单位：元）", "amount"),
        ("本年度止件数", "repealed"),
        ("现行有效\n件数", "in_force"),
        ("件数", None),
        ("", None),
    ],
)
def test_a_header_names_its_column(text: str, column: str | None) -> None:
    columns = [c for b in FORMS["2021"].tables["proactive"].blocks for c in b.columns]
    found = column_named(text, columns)
    assert (found.id if found else None) == column


def test_a_section_heading_is_told_from_the_rows_of_table_three() -> None:
    for section in SECTIONS:
        numeral = "零一二三四五六"[section.number]
        assert section_number(f"{numeral}、{section.heading}") == section.number
        assert section_number(f"## {numeral}．{section.heading}") == section.number
        assert section_number(section.heading) == section.number
    for label in (
        "一、本年新收政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
    ):
        assert section_number(label) is None


def test_a_sentence_that_lists_the_sections_is_no_heading() -> None:
    assert section_number("本报告包括总体情况、主动公开政府信息情况等六个部分。") is None


@pytest.mark.parametrize(
    ("texts", "table"),
    [
        (["信息内容", "本年制发件数"], "proactive"),
        (["自然人", "商业企业"], "requests"),
        (["1.属于国家秘密", "0"], "requests"),
        (["行政复议", "行政诉讼"], "disputes"),
        (["结果 维持", "结果 纠正"], "disputes"),
        (["首页", "行政复议", "互动交流"], None),
        (["索引号", "发布日期"], None),
        ([], None),
    ],
)
def test_a_row_tells_in_which_table_it_stands(texts: list[str], table: str | None) -> None:
    assert table_cued(texts) == table


@pytest.mark.parametrize("edition", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_edition_is_told_by_the_labels_of_the_tables(edition: str, layout: str) -> None:
    text = LAYOUTS[layout](invented_report(edition))
    assert detect_form(read(text.encode(), "报告.txt")) == edition


def test_the_cited_notice_does_not_decide_the_edition() -> None:
    text = "依据国办公开办函〔2019〕60号编制。\n" + LAYOUTS["cells"](invented_report("2021"))
    assert detect_form(read(text.encode(), "报告.txt")) == "2021"


def test_a_document_without_tables_has_no_edition() -> None:
    assert detect_form(read("政府信息公开工作年度报告".encode(), "报告.txt")) is None
