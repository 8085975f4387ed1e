"""Numbers of the text: what each counts, and which numbers count nothing."""

import json
from pathlib import Path

import pytest

from ingest.figures import sections_to_figures
from ingest.report import Figure, Section, TextStart

AGENCY = "云溪市林泉区水务局"


def figures(text: str, *, agency: str | None = AGENCY, number: int = 1) -> tuple[Figure, ...]:
    return sections_to_figures((Section(number, "一、总体情况", text),), agency, 2023)


def counts(text: str, **more: str | None) -> list[tuple[str, float, str]]:
    return [(f.name, f.value, f.unit) for f in figures(text, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年，我局主动公开政府信息 57 条。", ("主动公开信息", 57, "条")),
        ("通过区政府网站主动公开行政执法、预决算等各类信息共计52条。", ("主动公开信息", 52, "条")),
        ("全年共公开各类信息１，２４７条。", ("主动公开信息", 1247, "条")),
        ("今年以来共公开政府信息310条。", ("主动公开信息", 310, "条")),
        ("通过邮箱a@b.cn收到申请3件。", ("收到申请", 3, "件")),
        ("全年累计公开政府信息45.28万条。", ("主动公开信息", 452800, "条")),
        ("通过“林泉水务”微信公众平台公开信息102条。", ("微信公众号信息", 102, "条")),
        ("“林泉水务”公众号推送惠企政策、工作动态等信息66条。", ("微信公众号信息", 66, "条")),
        ("微博粉丝突破63.9万", ("关注用户", 639000, "")),
        ("关注用户8996人", ("关注用户", 8996, "人")),
        ("通过单位政务公开栏公开信息50余条。", ("公开栏信息", 50, "条")),
        ("全年累计回应热点问题872条。", ("回应热点", 872, "条")),
        ("全年发布政策解读23篇。", ("政策解读", 23, "篇")),
        ("全年召开新闻发布会5场。", ("新闻发布会", 5, "场")),
        ("共举办7场新闻发布会。", ("新闻发布会", 7, "场")),
        ("组织政务公开培训三次。", ("培训次数", 3, "次")),
        ("共计33家企业参加活动。", ("参加企业", 33, "家")),
        ("编发政府公报24期。", ("政府公报", 24, "期")),
        ("2023年共收到政府信息公开申请21件。", ("收到申请", 21, "件")),
        ("共收到1件依申请公开。", ("收到申请", 1, "件")),
        ("全年依申请公开受理12件。", ("收到申请", 12, "件")),
        ("答复政府信息公开申请805件。", ("答复申请", 805, "件")),
        ("不予公开35件。", ("不予公开", 35, "件")),
        ("部分公开67，占4.6%", ("部分公开", 67, "")),
        ("减免信息处理费两千元。", ("信息处理费", 2000, "元")),
        ("独立用户访问总量近80万个。", ("独立用户访问量", 800000, "个")),
        ("35个部门公开信息88条。", ("部门", 35, "个")),
        ("因本机关不掌握等原因无法提供265件。", ("无法提供", 265, "件")),
        ("上年结转政府信息公开申请5件。", ("上年结转", 5, "件")),
        ("1件结转下年度继续办理。", ("结转下年度", 1, "件")),
        ("产生行政复议13件。", ("行政复议", 13, "件")),
        ("承办人大代表建议1件。", ("人大建议", 1, "件")),
        ("办理政协委员提案十二件。", ("政协提案", 12, "件")),
        ("目前13件建议和提案均已办理完毕。", ("建议提案", 13, "件")),
        ("制发规范性文件3件。", ("规范性文件制发", 3, "件")),
        ("现行有效规范性文件18件。", ("规范性文件现行有效", 18, "件")),
        ("作出行政处罚决定65件。", ("行政处罚", 65, "件")),
        ("办结率达100%。", ("办结率", 100, "%")),
        ("委员满意率均为99.58%。", ("满意度", 99.58, "%")),
        ("全年收取信息处理费400元。", ("信息处理费", 400, "元")),
        ("指定1名工作人员负责。", ("工作人员", 1, "名")),
        ("接待查阅群众412人次。", ("查阅群众", 412, "人次")),
        ("公开政府采购项目19个。", ("政府采购项目", 19, "个")),
        ("网站点击量3亿余次。", ("访问量", 300_000_000, "次")),
        ("全年采购金额3.5亿元。", ("采购金额", 3.5, "亿元")),
        ("微博发布信息一百二十条。", ("微博信息", 120, "条")),
        ("通过政府网站公开信息320条。", ("网站信息", 320, "条")),
    ],
)
def test_a_number_is_named_for_what_it_counts(text: str, expected: tuple[str, float, str]) -> None:
    assert counts(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "根据《国务院办公厅关于20件大事的通知》（国办函〔2020〕109号）要求编制。",
        "统计期限自2023年1月1日起至2023年12月31日止。",
        "联系电话：0632-4487608，邮编：277000，地址：仲建路12号楼1203室。",
        "依据《条例》第二十条第（一）项和第33条。",
        "在20个工作日内答复，公开期限为5年。",
        "拨打12345热线，打造“7条措施”品牌，推进“最多跑一次”改革，严格“三审三校”。",
        "1.加强领导。2、规范流程。（3）强化监督。一是完善制度；二是狠抓落实。",
        "平台接入5G网络，完成V2.0版升级，实行1+3+N机制。",
        "网址：http://www.example.gov.cn/2023/12/101件.html",
        "本年度无重大变化，保障群众无障碍获取信息。",
        "| 规章 | 3 | 5 | 7 |",
    ],
)
def test_dates_references_ordinals_and_table_rows_are_no_figures(text: str) -> None:
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年度，我局未收到政府信息公开申请。", [("收到申请", 0, "件")]),
        ("没有接到公民、法人依申请公开政府信息的请求。", [("收到申请", 0, "件")]),
        ("本年度未收取信息处理费。", [("信息处理费", 0, "元")]),
        ("2023年，我局未发生收费情况，信息公开均免费。", [("信息处理费", 0, "元")]),
        (
            "未发生行政复议案、行政诉讼案。",
            [("行政复议", 0, "件"), ("行政诉讼", 0, "件")],
        ),
        (
            "无因政府信息公开申请提起行政复议、行政诉讼情况。",
            [("行政复议", 0, "件"), ("行政诉讼", 0, "件")],
        ),
        ("行政复议、行政诉讼0件。", [("行政复议", 0, "件"), ("行政诉讼", 0, "件")]),
        ("本年度无信息公开收费及减免情况。", [("信息处理费", 0, "元")]),
        ("无2022年结转申请。", [("上年结转", 0, "件")]),
        ("无结转下年度事项。", [("结转下年度", 0, "件")]),
    ],
)
def test_a_denial_is_the_number_zero(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "未经行政复议直接提起行政诉讼。",
        "未审结的行政复议案件继续办理。",
        "没有行政复议案件被纠正。",
        "除一件外，均未申请行政复议。",
        "未收到当面提出的政府信息公开申请。",
        "未收到其他政府信息公开申请。",
    ],
)
def test_a_denial_of_some_is_not_a_denial_of_all(text: str) -> None:
    assert counts(text) == []


def test_a_rule_or_a_condition_is_no_denial() -> None:
    assert counts("对公开的信息不得收取费用。如未收到答复，可以申请行政复议。") == []


def test_quote_and_sentence_are_letter_for_letter() -> None:
    text = "概述如下。2023 年，关注用户 8996 人，推送信息 ６６ 条。"
    for figure in figures(text):
        assert figure.sentence == "2023 年，关注用户 8996 人，推送信息 ６６ 条。"
    assert [f.quote for f in figures(text)] == ["8996 人", "６６ 条"]


@pytest.mark.parametrize(
    "text", ["50余条", "约50条", "超过50条", "50多条", "近50条", "五十来条", "五十几条"]
)
def test_a_rounded_number_is_marked_as_approximate(text: str) -> None:
    (figure,) = figures(f"公众号发布信息{text}。")
    assert (figure.value, figure.approximate) == (50, True)


def test_a_breakdown_is_part_of_its_total_even_in_the_next_sentence() -> None:
    found = figures(
        "全年共发布信息56条，格式规范。公开内容包括政策文件等，其中：机构职能信息3条，"
        "政策解读3条，组织管理信息1条。共收到依申请公开信息1件。"
    )
    assert [(f.name, f.value, f.part_of) for f in found] == [
        ("主动公开信息", 56, None),
        ("机构职能信息", 3, "主动公开信息"),
        ("政策解读", 3, "主动公开信息"),
        ("组织管理信息", 1, "主动公开信息"),
        ("收到申请", 1, None),
    ]


def test_a_breakdown_that_adds_up_to_too_much_is_still_one_breakdown() -> None:
    found = figures("主动公开信息10条，其中：公告4条，动态4条，财政信息3条。")
    assert [f.part_of for f in found] == [None, *["主动公开信息"] * 3]


def test_a_part_that_is_a_kind_of_the_whole_has_the_name_printed_for_it() -> None:
    found = figures("发布各类解读材料41篇，其中图文解读26篇、视频解读15篇。")
    assert [(f.name, f.value, f.part_of) for f in found] == [
        ("政策解读", 41, None),
        ("图文解读", 26, "政策解读"),
        ("视频解读", 15, "政策解读"),
    ]


def test_a_count_after_the_breakdown_is_no_part_of_it() -> None:
    found = figures("主动公开信息97条，其中公告65条，动态30条等；公众号发布文章12篇。")
    assert [f.part_of for f in found] == [None, "主动公开信息", "主动公开信息", None]


def test_proposals_are_told_apart_from_their_sum() -> None:
    found = figures("共承办建议、提案13件，其中，人大代表建议7件，政协提案6件。")
    assert [(f.name, f.value, f.part_of) for f in found] == [
        ("建议提案", 13, None),
        ("人大建议", 7, "建议提案"),
        ("政协提案", 6, "建议提案"),
    ]


def test_percentage_points_are_a_change_and_not_a_count() -> None:
    found = counts("主动公开政府信息86000条，同比下降12.5个百分点。")
    assert found[1:] == [("主动公开信息下降", 12.5, "个百分点")]


def test_another_bodys_number_never_looks_like_the_agencys_own() -> None:
    text = (
        "2023年林泉区行政审批服务局共收到人大建议6件，作为主办单位的人大建议1件。"
        "2023年，区水务局共承办人大建议8件。"
    )
    found = figures(text)
    assert [(f.value, f.scope) for f in found] == [
        (6, "林泉区行政审批服务局"),
        (1, "林泉区行政审批服务局"),
        (8, None),
    ]
    assert found[1].part_of == "人大建议"


def test_a_whole_area_is_a_scope_for_an_office_but_not_for_its_government() -> None:
    text = "2023年，全市共受理政府信息公开申请452件。"
    assert [f.scope for f in figures(text)] == ["全市"]
    assert [f.scope for f in figures(text, agency="云溪市人民政府")] == [None]


def test_other_years_and_sums_of_all_years_say_so() -> None:
    found = figures("2022年，收到申请3件。2023年，收到申请5件。历年累计主动公开信息2507条。")
    assert [(f.value, f.year, f.scope) for f in found] == [
        (3, 2022, None),
        (5, None, None),
        (2507, None, "历年累计"),
    ]


def told(text: str, **more: str | None) -> list[tuple[str, float, str | None]]:
    return [(f.name, f.value, f.scope) for f in figures(text, **more)]  # type: ignore[arg-type]


def test_a_part_of_the_year_or_several_years_are_a_scope_until_the_year_is_named() -> None:
    assert told("第三季度收到申请2件，全年收到申请9件。") == [
        ("收到申请", 2, "第三季度"),
        ("收到申请", 9, None),
    ]
    assert told("1-6月收到申请3件，7月至12月收到申请5件；1-12月共收到申请8件。") == [
        ("收到申请", 3, "1-6月"),
        ("收到申请", 5, "7月至12月"),
        ("收到申请", 8, None),
    ]
    three, last = figures("近三年累计受理申请120余件，其中2022年受理45件。")
    assert (three.scope, three.year) == ("近三年", None)
    assert (last.name, last.part_of, last.year) == ("收到申请", "收到申请", 2022)


def test_each_town_or_county_of_a_list_is_its_own_scope() -> None:
    text = "全区共主动公开信息99条，区本级公开60条，河口镇公开30条，各街道公开9条。"
    assert told(text) == [
        ("主动公开信息", 99, "全区"),
        ("主动公开信息", 60, "区本级"),
        ("主动公开信息", 30, "河口镇"),
        ("主动公开信息", 9, "各街道"),
    ]
    assert told("河口镇收到申请3件。", agency="林泉区河口镇人民政府")[0][2] is None
    assert told("便民服务区收到申请3件。")[0][2] is None


def test_by_how_much_a_count_has_changed_is_not_the_count() -> None:
    text = "收到申请12件，比上年减少4件，下降25%；投入经费30万元，比去年多5.5万元。"
    assert counts(text) == [
        ("收到申请", 12, "件"),
        ("收到申请减少", 4, "件"),
        ("收到申请下降", 25, "%"),
        ("投入经费", 30, "万元"),
        ("投入经费增加", 5.5, "万元"),
    ]
    assert counts("收到申请数量从6件增加到12件。") == [("收到申请", 12, "件")]


def test_without_the_words_the_first_count_of_published_items_is_the_total() -> None:
    assert counts("2023年，区水务局通过门户网站共发布信息56条。")[0][0] == "主动公开信息"
    both = counts("主动公开信息68条。通过网站发布各类信息20条。")
    assert [name for name, _, _ in both] == ["主动公开信息", "网站信息"]


def test_published_items_about_decisions_are_no_decisions() -> None:
    assert [name for name, _, _ in counts("公开行政处罚类信息20条。")] != ["行政处罚"]


def test_a_figure_knows_the_page_of_its_own_line() -> None:
    text = "2023年，主动公开信息12条。\n收到政府信息公开申请3件。"
    starts = (TextStart(0, 1, 5), TextStart(text.index("\n") + 1, 2, 31))
    section = Section(1, "一、总体情况", text, 1, 4, starts)
    assert [f.page for f in sections_to_figures((section,), AGENCY, 2023)] == [1, 2]


def test_an_empty_or_odd_text_gives_no_figure_and_no_error() -> None:
    for text in ("", "。。。", "\n\n", "件条次", "“", "9" * 40 + "条", "0" * 5, "（（（1件"):
        figures(text)


def test_figures_of_many_real_texts_are_letters_of_the_text(real_reports: Path) -> None:
    lines = (real_reports / "excerpts.jsonl").read_text("utf-8").splitlines()
    total = 0
    for excerpt in map(json.loads, lines):
        found = figures(excerpt["text"], agency=excerpt["agency"])
        total += len(found)
        for figure in found:
            assert figure.sentence in excerpt["text"]
            assert figure.quote in figure.sentence
            assert "□" not in figure.name
            assert figure.name.strip()
    assert total > 1500


@pytest.mark.parametrize(
    ("text", "values"),
    [("发布信息上百条。", [100]), ("发布信息几十条。", []), ("发布信息成百上千条。", [])],
)
def test_a_number_in_words_that_only_says_how_large_is_never_exact(
    text: str, values: list[int]
) -> None:
    found = figures(text)
    assert [figure.value for figure in found] == values
    assert all(figure.approximate and figure.name == "信息" for figure in found)


def test_a_total_that_closes_its_breakdown_is_the_total_and_the_numbers_before_it_are_its_parts() -> (
    None
):
    found = figures("全年通过政府网站公开200条、微信公众号公开177条，共377条。")
    assert [(f.name, f.value, f.part_of) for f in found] == [
        ("网站信息", 200, "主动公开信息"),
        ("微信公众号信息", 177, "主动公开信息"),
        ("主动公开信息", 377, None),
    ]
    found = figures("主动公开信息：政策文件100条、工作动态277条，合计377条。")
    assert [(f.name, f.value, f.part_of) for f in found] == [
        ("政策文件", 100, "主动公开信息"),
        ("工作动态", 277, "主动公开信息"),
        ("主动公开信息", 377, None),
    ]


@pytest.mark.parametrize(
    "text",
    ["网站公开200条、公众号公开177条，共378条。", "举办培训3场、开放日2场，共计5场。"],
)
def test_what_is_no_sum_or_has_no_name_is_no_closing_total(text: str) -> None:
    assert all(f.part_of is None and f.value not in (378, 5) for f in figures(text))


def test_tenths_are_a_rough_share_and_other_words_with_them_are_none() -> None:
    found = figures("群众满意度达九成以上。")
    assert [(f.name, f.value, f.unit, f.approximate) for f in found] == [("满意度", 9, "成", True)]
    assert figures("工作一成不变，由三成员组成。") == ()
