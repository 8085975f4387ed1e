"""Numbers that several nouns share, that change, or that stand close together."""

import pytest

from ingest.figures import sections_to_figures
from ingest.report import Figure, Section

AGENCY = "云溪市林泉区水务局"


def figures(text: str, *, agency: str = AGENCY) -> tuple[Figure, ...]:
    return sections_to_figures((Section(1, "一、总体情况", text),), agency, 2023)


def counts(text: str, *, agency: str = AGENCY) -> list[tuple[str, float, str]]:
    return [(f.name, f.value, f.unit) for f in figures(text, agency=agency)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "图文、视频解读分别为12、3条。",
            [("图文解读", 12, "条"), ("视频解读", 3, "条")],
        ),
        (
            "行政复议、行政诉讼分别为2件和1件。",
            [("行政复议", 2, "件"), ("行政诉讼", 1, "件")],
        ),
        (
            "予以公开、部分公开、不予公开分别为10件、2件、3件。",
            [("予以公开", 10, "件"), ("部分公开", 2, "件"), ("不予公开", 3, "件")],
        ),
        (
            "网站、公众号分别发布信息120条、30条。",
            [("网站信息", 120, "条"), ("微信公众号信息", 30, "条")],
        ),
        (
            "召开政务公开推进会、培训会各1次。",
            [("政务公开推进会", 1, "次"), ("培训次数", 1, "次")],
        ),
    ],
)
def test_each_noun_of_a_list_has_its_own_number(
    text: str, expected: list[tuple[str, float, str]]
) -> None:
    assert counts(text) == expected


def test_years_and_bodies_of_a_list_have_their_own_numbers() -> None:
    found = figures("2021年、2022年、2023年分别主动公开信息980条、1120条、1326条。")
    assert [(f.name, f.value, f.year) for f in found] == [
        ("主动公开信息", 980, 2021),
        ("主动公开信息", 1120, 2022),
        ("主动公开信息", 1326, None),
    ]
    found = figures("青禾县、白石区分别收到申请35件、19件。", agency="云溪市人民政府")
    assert [(f.name, f.value, f.scope) for f in found] == [
        ("收到申请", 35, "青禾县"),
        ("收到申请", 19, "白石区"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "网站、公众号分别发布5条、6条、7条。",
        "占比分别为80%、20%。",
        "分别为3件、4件。",
        "省、市、区三级提案分别为1件、3件、9件。",
    ],
)
def test_more_numbers_than_nouns_are_left_out(text: str) -> None:
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理申请量由去年的53件增加到今年的86件。", [("收到申请", 86, "件")]),
        ("申请量从上年度120件下降至86件。", [("收到申请", 86, "件")]),
        ("政府网站由58家集约至12家。", [("政府网站", 12, "家")]),
        ("公开率由85%提高到96%。", [("公开率", 96, "%")]),
        ("收到申请数量与上年持平，均为15件。", [("收到申请", 15, "件")]),
        (
            "主动公开信息较2022年翻了一番，达到1326条。",
            [("主动公开信息增长", 1, "番"), ("主动公开信息", 1326, "条")],
        ),
        (
            "公众号发布信息532条，同比增加86条。",
            [("微信公众号信息", 532, "条"), ("微信公众号信息增加", 86, "条")],
        ),
        (
            "网站发布信息865条，比2022年的790条增加75条。",
            [("网站信息", 865, "条"), ("网站信息增加", 75, "条")],
        ),
        (
            "公众号发布信息66条，关注用户较2022年增长35%。",
            [("微信公众号信息", 66, "条"), ("关注用户增长", 35, "%")],
        ),
        (
            "访问量102345次，比上年增长1.2倍。",
            [("访问量", 102345, "次"), ("访问量增长", 1.2, "倍")],
        ),
        ("公开数量较2022年的980条有所增长。", []),
        ("公众号每周推送信息不少于3条。", []),
    ],
)
def test_what_was_before_and_how_often_never_pass_for_the_count(
    text: str, expected: list[tuple[str, float, str]]
) -> None:
    assert counts(text) == expected


def test_a_mean_says_that_it_is_one() -> None:
    assert counts("网站访问量365万次，日均1万次。") == [
        ("访问量", 3_650_000, "次"),
        ("日均访问量", 10_000, "次"),
    ]


def test_a_share_is_of_what_its_own_clause_names() -> None:
    assert counts("予以公开5件，占55.6%，不予公开占7%。") == [
        ("予以公开", 5, "件"),
        ("予以公开占比", 55.6, "%"),
        ("不予公开占比", 7, "%"),
    ]
    assert counts("主动公开率百分之九十九点五。") == [("主动公开率", 99.5, "%")]


def test_the_change_of_the_total_is_not_the_total_of_its_breakdown() -> None:
    found = figures("共收到申请47件，较上年减少9件，其中自然人申请41件，法人申请6件。")
    assert [(f.name, f.value, f.part_of) for f in found] == [
        ("收到申请", 47, None),
        ("收到申请减少", 9, None),
        ("自然人申请", 41, "收到申请"),
        ("法人申请", 6, "收到申请"),
    ]


def test_a_number_in_a_bracket_of_its_own_is_no_part_of_the_one_before() -> None:
    found = figures("主要涉及征地拆迁（18件）、规划建设（9件）等。")
    assert [(f.name, f.part_of) for f in found] == [("征地拆迁", None), ("规划建设", None)]
    assert [f.part_of for f in figures("征地申请18件（9件为邮寄）。")] == [None, "征地申请"]


def test_lawsuits_are_no_part_of_reconsiderations_nor_of_what_was_received() -> None:
    found = figures("行政复议4件，其中结果维持4件；行政诉讼0件。")
    assert [(f.name, f.part_of) for f in found if f.value == 0] == [("行政诉讼", None)]
    found = figures("收到申请9件，行政复议、行政诉讼分别为2件、1件。")
    assert [f.part_of for f in found] == [None, None, None]


def test_outcomes_are_read_on_either_side_of_their_number() -> None:
    found = counts("行政复议案件5件，其中3件维持、1件撤销、1件纠正。")
    assert found[1:] == [
        ("行政复议结果维持", 3, "件"),
        ("撤销", 1, "件"),
        ("行政复议结果纠正", 1, "件"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("通过网站、微信公众号、微博三大平台主动公开信息420条。", "主动公开信息"),
        ("通过微信、微博共发布信息420条。", "新媒体信息"),
        ("公众号推送信息420条。", "微信公众号信息"),
    ],
)
def test_what_several_channels_published_together_is_not_one_channel_s(
    text: str, name: str
) -> None:
    assert counts(text) == [(name, 420, "条")]


def test_accounts_are_no_pieces_of_information() -> None:
    assert counts("共有账号5个，其中微信公众号2个、视频号3个。")[1:] == [
        ("新媒体账号", 2, "个"),
        ("新媒体账号", 3, "个"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "申请33件，21件予以公开，4件部分公开，2件结转下年度。",
            [21, 4, 2],
        ),
        ("开展培训1次65人，公布低保对象3,215户5,876人。", [65, 3215, 5876]),
        ("公众号推送18次64条信息。", []),
    ],
)
def test_a_number_right_after_a_comma_or_another_number_is_read(
    text: str, expected: list[float]
) -> None:
    assert [f.value for f in figures(text)][1:] == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("开展检查2轮次。", "轮次"),
        ("公开取水许可证36本。", "本"),
        ("发放宣传资料万余份。", "份"),
        ("梳理服务事项百余项。", "项"),
    ],
)
def test_units_are_read_whole(text: str, unit: str) -> None:
    assert [f.unit for f in figures(text)] == [unit]


def test_a_body_whose_name_holds_an_and_is_a_scope_of_its_own() -> None:
    found = figures("区教育局收到申请9件，区自然资源和规划局收到申请20件，我局收到申请3件。")
    assert [f.scope for f in found] == ["区教育局", "区自然资源和规划局", None]


def test_the_parts_of_an_area_are_scopes_within_its_breakdown() -> None:
    found = figures("全区主动公开信息90条，其中区本级12条，河口镇30条，各街道48条。")
    assert [(f.name, f.value, f.scope, f.part_of) for f in found] == [
        ("主动公开信息", 90, "全区", None),
        ("主动公开信息", 12, "区本级", "主动公开信息"),
        ("主动公开信息", 30, "河口镇", "主动公开信息"),
        ("主动公开信息", 48, "各街道", "主动公开信息"),
    ]
    assert [f.scope for f in figures("覆盖乡镇12个。")] == [None]


def test_a_sum_since_the_beginning_is_not_the_year_s() -> None:
    found = figures("专栏开通至今累计访问36万人次，今年访问5万人次。")
    assert [f.scope for f in found] == ["历年累计", None]
    assert figures("对历年文件进行清理，共清理文件56件。")[0].scope is None
    assert figures("累计公开信息5.6万条，本年新增3200条。")[0].scope == "历年累计"


def test_the_year_before_that_a_change_is_set_against_is_not_the_change_s() -> None:
    found = figures("2023年收到申请15件，2022年为11件，同比增长36.4%。")
    assert [(f.value, f.year) for f in found] == [(15, None), (11, 2022), (36.4, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政许可事项13项，比2022年减少3项。", ["行政许可事项", "行政许可事项减少"]),
        ("公布行政许可结果389条。", ["行政许可结果"]),
        ("办理行政许可事项1203件。", ["行政许可"]),
        ("一审驳回原告诉讼请求1起。", ["一审驳回原告诉讼请求"]),
        ("行政诉讼2起，正在审理1起。", ["行政诉讼", "行政诉讼尚未审结"]),
        ("通过政府网站公开的738条。", ["网站信息"]),
        ("参训人员56人。", ["培训人数"]),
        ("单日最高点击量1.2万次。", ["单日最高访问量"]),
        (
            "公众号用户总数较上年末的1.8万人增加到2.3万人，净增5000人。",
            ["关注用户", "关注用户增加"],
        ),
        ("对全区21个单位政府信息公开目录逐一核查。", ["单位"]),
        ("全市政府信息公开申请总数1523件。", ["收到申请"]),
    ],
)
def test_a_name_says_no_more_than_the_words(text: str, expected: list[str]) -> None:
    assert [f.name for f in figures(text)] == expected


def test_the_office_of_a_government_is_itself_when_it_names_itself_shortly() -> None:
    found = figures("市政府办公室收到申请85件。", agency="云溪市人民政府办公室")
    assert [f.scope for f in found] == [None]
    assert [f.scope for f in figures("市政府办公室收到申请85件。")] == ["市政府办公室"]


def test_a_total_on_a_line_of_its_own_closes_the_channels_before_it() -> None:
    found = figures("网站公开信息200条。\n公众号公开177条。\n以上共公开信息377条。")
    assert [(f.name, f.value, f.part_of) for f in found] == [
        ("网站信息", 200, "主动公开信息"),
        ("微信公众号信息", 177, "主动公开信息"),
        ("主动公开信息", 377, None),
    ]
    found = figures("全年网站公开信息200条。公众号公开177条。\n共公开信息378条。")
    assert [(f.name, f.part_of) for f in found][2] == ("主动公开信息", None)
    assert all(f.part_of is None for f in found)


def test_a_bracket_that_holds_no_number_breaks_nothing_down() -> None:
    found = figures("26个部门、9个镇（街道）完成编制，覆盖试点领域26个。")
    assert all(f.part_of is None for f in found)
    assert [f.name for f in found] == ["部门", "覆盖试点领域"]


def test_a_denial_of_disputes_about_requests_is_no_denial_of_requests() -> None:
    text = "收到申请1件。未发生因政府信息公开申请行政复议和提起行政诉讼。"
    assert counts(text) == [("收到申请", 1, "件"), ("行政复议", 0, "件"), ("行政诉讼", 0, "件")]


def test_lawsuits_after_or_without_reconsideration_are_lawsuits() -> None:
    assert counts("复议后起诉3件，未经复议直接起诉2件。") == [
        ("行政诉讼（复议后起诉）", 3, "件"),
        ("行政诉讼（直接起诉）", 2, "件"),
    ]
    assert counts("复议后起诉案件其他结果1件。") == [("行政诉讼其他结果", 1, "件")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("公开执行行政许可46项。", "行政许可信息"),
        ("行政强制事项3件，比2022年有所增加。", "行政强制事项"),
        ("撤销行政处罚1件。", "撤销行政处罚"),
        ("抽查重点企业35家。", "抽查重点企业"),
        ("将35家企业纳入监管。", "企业纳入监管"),
        ("邀请35家企业座谈。", "参加企业"),
        ("转下一年办理2件。", "结转下年度"),
        ("一是及时发布文件、财务等信息96件。", "主动公开信息"),
    ],
)
def test_a_printed_noun_never_takes_the_name_of_another_count(text: str, name: str) -> None:
    assert [f.name for f in figures(text)] == [name]


def test_only_its_own_parts_are_parts_of_the_year_s_total() -> None:
    found = figures(
        "全年公开信息58条，其中公告49条、动态9条。\n共制作信息60条，其中对外发布4条，内部传阅56条。"
    )
    assert [(f.value, f.part_of) for f in found] == [
        (58, None),
        (49, "主动公开信息"),
        (9, "主动公开信息"),
        (60, None),
        (4, "信息"),
        (56, "信息"),
    ]
    assert [
        f.name for f in figures("对310项应主动公开政府信息的名称作了统一，共公开信息87条。")
    ] == [
        "政府信息",
        "主动公开信息",
    ]


def test_a_sum_that_outgrows_the_year_s_total_is_of_all_years() -> None:
    found = figures("主动公开信息876条。截至2023年底，累计主动公开信息6462条。")
    assert [(f.value, f.scope) for f in found] == [(876, None), (6462, "历年累计")]


def test_some_bodies_that_received_nothing_do_not_make_nothing_received() -> None:
    assert counts("全区共有15家单位未收到政府信息公开申请。") == [("单位", 15, "家")]
    assert counts("2021至2023年收到的申请依次为9件、12件和15件。") == []
    assert counts("收到申请16件，同比下降近两成。")[1:] == [("收到申请下降", 2, "成")]


def test_decisions_in_a_breakdown_of_items_are_items() -> None:
    found = figures("梳理执法事项64项，其中行政许可46项、行政处罚18项。")
    assert [(f.name, f.part_of) for f in found][1:] == [
        ("行政许可事项", "梳理执法事项"),
        ("行政处罚事项", "梳理执法事项"),
    ]


def test_outcomes_are_not_the_number_of_cases() -> None:
    assert counts("行政复议2件，复议机关维持2件。") == [
        ("行政复议", 2, "件"),
        ("行政复议结果维持", 2, "件"),
    ]
    assert counts("行政复议维持2件。") == [("行政复议结果维持", 2, "件")]


def test_what_a_bracket_counts_is_named_for_the_words_in_it() -> None:
    assert counts("公开部门文件（含规范性文件2件）。") == [("规范性文件", 2, "件")]


def test_months_over_two_years_are_a_span_and_no_year() -> None:
    (figure,) = figures("2022年10月至2023年9月，公开监测数据1095条。")
    assert (figure.scope, figure.year) == ("2022年10月至2023年9月", None)
    (figure,) = figures("2023年1月至2023年12月，公开监测数据1095条。")
    assert (figure.scope, figure.year) == (None, None)


def test_applicants_are_no_requests_and_budgets_of_a_year_no_counts_of_it() -> None:
    assert [name for name, _, _ in counts("申请受理点接待申请人9人。")] == ["申请受理点接待申请人"]
    found = figures("2024年度部门预算公开1次，“三公”经费公开2次。")
    assert [f.year for f in found] == [None, None]


def test_documents_open_on_request_and_ways_to_ask_are_not_what_was_received() -> None:
    found = counts("共有公文216件，其中主动公开32件、依申请公开5件、不予公开179件。")
    assert found[2] == ("依申请公开信息", 5, "件")
    assert counts("收到信函申请2件，网络申请5件。") == [
        ("信函申请", 2, "件"),
        ("网络申请", 5, "件"),
    ]
    assert counts("审批事项网上办理率98%。") == [("审批事项网上办理率", 98, "%")]


def test_what_is_said_of_all_bodies_of_a_list_is_said_of_each() -> None:
    text = "市本级、青禾县、柳溪县收到的申请数分别为312件、102件和88件。"
    found = figures(text, agency="云溪市人民政府")
    assert [(f.name, f.value, f.scope) for f in found] == [
        ("收到申请", 312, "市本级"),
        ("收到申请", 102, "青禾县"),
        ("收到申请", 88, "柳溪县"),
    ]


def test_topics_of_requests_and_ranks_are_not_the_requests_received() -> None:
    assert counts("收到申请较多的领域为征地（5件）。") != [("收到申请", 5, "件")]
    assert counts("比2021年和2022年分别增加3件和减少2件。") == []
    assert counts("居前三位的科室分别为办公室86条。") == [("办公室", 86, "条")]


def test_new_followers_are_not_all_followers_and_a_rate_keeps_its_verb() -> None:
    assert counts("公众号新增粉丝1320人，公示率98%。") == [
        ("关注用户增加", 1320, "人"),
        ("公示率", 98, "%"),
    ]


def test_what_a_total_is_divided_by_opens_its_breakdown() -> None:
    for opening in ("按内容分，", "按类别划分，", "从内容来看，"):
        found = figures(f"主动公开信息30条，{opening}政策文件12条，工作动态18条。")
        assert [f.part_of for f in found] == [None, "主动公开信息", "主动公开信息"]
    found = figures("收到申请30件，按期答复28件，结转2件。")
    assert [f.part_of for f in found] == [None, None, None]
