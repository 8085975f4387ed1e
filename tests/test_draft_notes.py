"""What becomes of the notes that clerks really write: hasty, pasted, repeated, contradicting."""

import re

import pytest

from assistant.drafting.draft import Draft, Profile, draft
from assistant.drafting.notes import read_notes
from assistant.drafting.prose import Origin, edited, quoted, reworded
from tests.drafting_cases import YEAR, kinds, tables_of, text_of

AGENCY = "青禾县卫生健康局"
NEW = "requests/new/natural_person"
GRANTED = "requests/granted/natural_person"
DENIED = "requests/denied.third_party/natural_person"


def _drafted(notes: str, cells: dict[str, int | float | None] | None = None) -> Draft:
    tables = None if cells is None else tables_of(AGENCY, YEAR, cells)
    return draft(AGENCY, YEAR, tables=tables, notes=notes)


# --- How a note is read ----------------------------------------------------------------------------


def test_a_pasted_table_is_told_as_a_sentence() -> None:
    piped = "| 渠道 | 条数 |\n| --- | --- |\n| 门户网站 | 320 |\n| 公众号 | 150 |"
    tabbed = "渠道\t条数\n门户网站\t320\n公众号\t150"
    for notes in (piped, tabbed):
        (note,) = read_notes(notes)
        assert (note.head, note.sentence) == ("proactive", "门户网站320条，公众号150条。")


def test_a_column_without_a_count_in_its_name_names_its_values() -> None:
    (note,) = read_notes("培训\t期数\t地点\n一季度\t2\t县党校")
    assert note.sentence == "一季度2期、地点县党校。"


def test_a_bare_name_of_a_part_is_a_heading_for_as_long_as_nothing_else_is_told() -> None:
    notes = read_notes("问题\n目录更新慢得多\n改进\n每周更新一次\n人大代表建议办理结果公开4件")
    assert [note.head for note in notes] == ["problem", "measure", "other"]


def test_a_word_noted_alone_is_asked_about_and_not_published() -> None:
    text = text_of(_drafted("培训\n...\n——"), 1)
    assert "【请补充：培训的具体情况】" in text
    assert "培训。" not in text and "…" not in text and "——" not in text


def test_a_list_on_one_line_becomes_its_items() -> None:
    notes = "存在问题：一是公示时限把握不严，有9件超期；二是图解偏少，只有4条。\n改进措施：一是设置提醒；二是增加图解。"
    text = text_of(_drafted(notes), 5)
    assert "一是公示时限把握不严，有9件超期。二是图解偏少，只有4条。" in text
    assert "一是设置提醒。二是增加图解。" in text


def test_the_sentences_of_a_long_line_go_each_where_they_belong() -> None:
    line = "公众号推送75篇，开设专栏2个。全年培训3期。其中线上2期。信息处理费收取300元。"
    assert [n.head for n in read_notes(line)] == ["platforms", "assurance", "assurance", "fee"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("公众号：云溪审计，粉丝3.2万", "公众号：云溪审计，粉丝3.2万。"),
        ("监督保障：印发通报2期", "印发通报2期。"),
        ("审计结果公告 14 份", "审计结果公告14份。"),
        ("今年公开条目 12,345 条", "今年公开条目12,345条。"),
        ('"园区通"上线，注册企业328家;', "“园区通”上线，注册企业328家。"),
        ("官网增加'数据服务'栏目；", "官网增加“数据服务”栏目。"),
    ],
)
def test_only_the_name_of_a_part_is_taken_off_a_note(line: str, sentence: str) -> None:
    (note,) = read_notes(line)
    assert note.sentence == sentence


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("主动公开政府信息1150条，其中网站900条、公众号250条", "proactive"),
        ("收到申请10件，其中2件涉及商业秘密未公开", "requests"),
        ("12月23日召开信息公开工作会", "assurance"),
        ("分管领导由副局长担任", "assurance"),
        ("患者投诉渠道公示3处", "proactive"),
        ("办理行政许可120件", "proactive"),
        ("征集意见建议17条，召开座谈会1次", "assurance"),
        ("无复议诉讼", "requests"),
        ("联系电话：0599-6100001", "contact"),
        ("网址 www.example.cn 访问量12次", "platforms"),
        ("Tel: 0599-6100011", "contact"),
        ("2026年计划增配1人", "measure"),
        ("因人员疏忽，有1件申请超期2天答复", "requests"),
    ],
)
def test_the_words_of_a_note_tell_its_part(line: str, head: str) -> None:
    (note,) = read_notes(line)
    assert note.head == head


def test_what_goes_on_about_the_note_before_stays_with_it_and_is_asked_about() -> None:
    result = _drafted("全年培训3期\n同比增加1期")
    assert "全年培训3期。同比增加1期。" in text_of(result, 1)
    assert any("同比增加1期" in each for each in kinds(result, "input"))


# --- Numbers written in Chinese --------------------------------------------------------------------


def test_a_number_in_chinese_counts_and_is_bound() -> None:
    result = _drafted("全年主动公开信息一百二十三条，其中政策解读十二篇")
    told = [part.text[b.start : b.end] for part, b in result.numbers if b.origin.source == "notes"]
    assert told == ["一百二十三", "十二"]
    assert "主动公开信息的总条数" not in text_of(result, 1)
    assert not any("总条数" in words for words in result.placeholders)


def test_a_number_in_chinese_that_contradicts_the_tables_is_told() -> None:
    result = _drafted("收到申请五件", {NEW: 3, GRANTED: 3})
    assert "五件" not in text_of(result, 1)
    assert any("五件" in each for each in kinds(result, "input"))


def test_chinese_numbers_keep_their_origin_in_an_edit_and_in_another_wording() -> None:
    origin = Origin("notes", quote="培训两期")
    old = quoted("举办培训两期，参训16人次。", origin)
    kept = edited(old, "全年举办培训两期，参训16人次，约谈三次。")
    assert [b.origin.source for b in kept.bounds] == ["notes", "notes", "writer"]
    assert reworded(old, "办了培训两期，参训16人次。") is not None
    assert reworded(old, "办了培训三期，参训16人次。") is None
    assert reworded(old, "参训16人次，培训两期。") is None


# --- Against the tables and each other -------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "cells"),
    [
        ("申请全部予以公开", {NEW: 5, GRANTED: 3, DENIED: 2}),
        ("没有不予公开的情况", {NEW: 5, GRANTED: 3, DENIED: 2}),
        ("信息公开申请均已答复", {NEW: 5, GRANTED: 3, "requests/carried_over/natural_person": 2}),
        (
            "没有发生行政复议和行政诉讼",
            {NEW: 1, GRANTED: 1, "disputes/reconsideration/upheld": 1},
        ),
    ],
)
def test_an_all_or_none_that_the_tables_contradict_is_left_out_and_told(
    note: str, cells: dict[str, int | float | None]
) -> None:
    result = _drafted(note, cells)
    assert note not in text_of(result, 1)
    (told,) = [s for s in result.suggestions if note in s.text]
    assert told.kind == "input" and told.citations[0].place.table


def test_all_of_them_may_be_said_where_the_tables_show_it() -> None:
    result = _drafted("申请全部予以公开", {NEW: 5, GRANTED: 5})
    assert "申请全部予以公开。" in text_of(result, 1)


@pytest.mark.parametrize(
    ("note", "is_total"),
    [
        ("今年以来共公开政府信息8,210条，其中：部门5100条，网站3110条", True),
        ("全县政府网站主动公开信息6120条", True),
        ("县政府门户网站更新稿件3456篇", False),
        ("开展主动公开领域培训2期", False),
    ],
)
def test_only_the_total_of_what_was_published_answers_for_it(note: str, is_total: bool) -> None:
    asked = any("总条数" in words for words in _drafted(note).placeholders)
    assert asked != is_total


def test_a_governments_duties_may_be_noted_under_assurance() -> None:
    notes = "监督保障：\n考核占4分\n社会评议发放问卷500份\n追责0起"
    result = draft("青禾县人民政府", YEAR, notes=notes)
    assert not re.search("考核|评议|追究", "".join(result.placeholders))


def test_two_totals_of_what_was_published_are_both_left_out_and_told() -> None:
    result = _drafted("全年主动公开1,205条\n主动公开政府信息1150条，其中公众号305条\n网站改版1次")
    text = text_of(result, 1)
    assert "1150" not in text and "1,205" not in text and "网站改版1次" in text
    (told,) = [s for s in result.suggestions if "总数" in s.text]
    assert "1,205" in told.text and "1150" in told.text


def test_a_part_of_what_was_published_is_no_second_total() -> None:
    result = _drafted("全年主动公开信息1205条\n通过公众号主动公开信息305条")
    assert "1205条" in text_of(result, 1) and "305条" in text_of(result, 1)


@pytest.mark.parametrize("note", ["收到申请5件", "无复议诉讼", "办理行政许可12件", "予以公开5件"])
def test_a_note_that_only_repeats_the_tables_is_said_once_and_the_writer_told(note: str) -> None:
    cells: dict[str, int | float | None] = {
        NEW: 5,
        GRANTED: 5,
        "proactive/licensing/decisions": 12,
    }
    result = _drafted(note, cells)
    assert text_of(result, 1) == text_of(_drafted("", cells), 1)
    assert any(note in each and "没有重复写入" in each for each in kinds(result, "input"))


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("收到申请5件，均按时答复", "所收申请均按时答复。"),
        ("收到申请5件，其中2件来自外省", "所收申请中，2件来自外省。"),
    ],
)
def test_what_a_note_adds_to_a_number_of_the_tables_is_kept(note: str, said: str) -> None:
    text = text_of(_drafted(note, {NEW: 5, GRANTED: 5}), 1)
    assert said in text and "收到申请5件" not in text


def test_a_note_is_not_lost_because_its_number_stands_elsewhere() -> None:
    result = _drafted("逾期答复2件", {NEW: 2, GRANTED: 2})
    assert "逾期答复2件。" in text_of(result, 1)


# --- People ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        "张三（身份证350702199001011234）申请公开征地批文，已答复",
        "申请人王小禾申请公开征地批文，已予以公开",
    ],
)
def test_what_must_not_be_published_of_a_person_is_left_out_and_told(note: str) -> None:
    result = _drafted(note, {})
    assert "征地批文" not in "".join(part.text for part in result.sections)
    (told,) = [s for s in result.suggestions if "个人信息" in s.text]
    assert note not in told.text and told.citations


def test_how_to_reach_the_agency_goes_into_the_opening_unless_the_profile_tells() -> None:
    notes = "联系人：王明，电话 0599-6100022\n邮箱 a@example.gov.cn"
    result = _drafted(notes)
    assert "联系人：王明，电话：0599-6100022；邮箱：a@example.gov.cn" in result.preamble.text
    assert "王明" not in text_of(result, 1)
    profile = Profile("松月路8号", "0599-6100022")
    known = draft(AGENCY, YEAR, notes="电话：0599-6100022", profile=profile)
    assert known.preamble.text.count("0599-6100022") == 1


# --- How the agency speaks -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agency", "called"),
    [
        ("云溪市青禾实验小学", "我校|本单位"),
        ("青禾县第一医院", "我院|本单位"),
        ("青禾县政务服务中心", "我中心|本单位"),
        ("青禾县人民法院", "本机关"),
        ("青禾县白石镇人民政府", "我镇"),
    ],
)
def test_an_agency_calls_itself_what_it_is(agency: str, called: str) -> None:
    texts = [
        "".join(part.text for part in draft(agency, year, tables=tables_of(agency, year)).sections)
        for year in range(2021, 2026)
    ]
    assert all(re.search(called, text) for text in texts)
    others = {"我局", "我校", "我院", "我中心", "本机关", "本单位"} - set(called.split("|"))
    assert not [text for text in texts if re.search("|".join(others), text)]


def test_a_governments_report_does_not_say_to_ask_our_county() -> None:
    for year in range(2021, 2026):
        opening = draft("青禾县人民政府", year).preamble.text
        assert "我县" not in opening and "【请补充：联系地址和联系电话】" in opening


def test_applications_are_compared_over_the_change_of_the_form_and_documents_are_not() -> None:
    before = tables_of(
        AGENCY,
        2020,
        {NEW: 2, GRANTED: 2, "proactive/licensing/decisions": 28},
        edition="2019",
    )
    tables = tables_of(AGENCY, 2021, {NEW: 5, GRANTED: 5, "proactive/licensing/decisions": 30})
    text = text_of(draft(AGENCY, 2021, tables=tables, last_year=before), 1)
    assert "上年收到政府信息公开申请2件" in text
    assert "28" not in text


def test_the_form_of_2019_counts_other_services_too() -> None:
    tables = tables_of(AGENCY, 2020, {"proactive/other_services/decisions": 6}, edition="2019")
    assert "其他对外管理服务事项决定6件" in text_of(draft(AGENCY, 2020, tables=tables), 1)


def test_that_the_rest_stands_in_the_table_is_said_once() -> None:
    groups = {
        "denied": ("law", "process", "inquiry"),
        "declined": ("repeat", "reissue", "excessive"),
    }
    cells: dict[str, int | float | None] = {
        f"requests/{group}.{row}/natural_person": 2
        for group, rows in groups.items()
        for row in rows
    }
    text = text_of(_drafted("", {**cells, NEW: 12}), 1)
    assert text.count("第三部分表格") == 1


def test_nothing_is_said_to_have_been_done_that_nobody_noted() -> None:
    cells: dict[str, int | float | None] = {
        "disputes/reconsideration/corrected": 3,
        "disputes/litigation_direct/corrected": 1,
        NEW: 9,
        GRANTED: 9,
    }
    for year in range(2021, 2026):
        text = text_of(draft(AGENCY, year, tables=tables_of(AGENCY, year, dict(cells))), 5)
        measures = re.split(r"（二）[^\n]*\n", text)[1]
        assert len(re.findall(r"[一二]是(?:针对|就|对)[^，。]+，【请补充：", measures)) == 2


def test_a_note_that_no_fee_was_collected_is_told_in_the_words_of_the_section() -> None:
    text = text_of(_drafted("未收取信息处理费", {"proactive/fees/amount": 3}), 6)
    assert "未收取" in text and not text.startswith("未收取信息处理费。")
    assert "未收取" not in text_of(_drafted("", {"proactive/fees/amount": 3}), 6)


def test_a_problem_of_last_year_that_a_note_answers_is_asked_after_no_more() -> None:
    past = (
        "（一）存在的主要问题\n一是招生信息发布不及时，家长反映较多。二是培训没有跟上，人员流动大。"
    )
    before = tables_of(AGENCY, YEAR - 1, {}, sections={5: past})
    notes = "上年度问题：招生信息发布不及时，今年已提前一周发布"
    result = draft(AGENCY, YEAR, last_year=before, notes=notes)
    assert "上年度问题：招生信息发布不及时" in text_of(result, 5)
    (asked,) = [s for s in result.suggestions if s.kind == "last_year"]
    assert "培训没有跟上" in asked.text


def test_one_application_finished_of_several_is_not_called_the_application() -> None:
    cells: dict[str, int | float | None] = {
        NEW: 5,
        GRANTED: 1,
        "requests/carried_over/natural_person": 4,
    }
    for year in range(2021, 2027):
        text = text_of(draft(AGENCY, year, tables=tables_of(AGENCY, year, dict(cells))), 1)
        assert "该申请" not in text and "办结申请1件" in text
