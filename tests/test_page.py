"""The page as its users meet it, in a real Chromium, with nothing fetched from outside."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest import samples
from tests.browser import CHROMIUM, go, opened
from tests.slow_model import SLOW

ANSWERS = "#nb-chat .bot.message:not(.pending)"
RANKING = "2024年各单位新收申请从多到少排一下"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="本机没有 Chromium 且无权安装，浏览器测试跳过。"),
]


@pytest.fixture
def page(chromium: Browser, served: str) -> Iterator[Page]:
    with opened(chromium, served) as page:
        yield page


def _sample(name: str) -> Path:
    return next(path for path in samples.paths() if path.name == name)


def _ask(page: Page, question: str) -> None:
    before = page.locator(ANSWERS).count()
    page.locator("#nb-question textarea").fill(question)
    page.locator("#nb-question textarea").press("Enter")
    expect(page.locator(ANSWERS)).to_have_count(before + 1)
    expect(page.locator("#nb-question textarea")).to_have_value("")
    expect(page.locator("#nb-ask")).to_be_visible()


# --- 问答 -----------------------------------------------------------------------------------------


def test_a_question_is_answered_with_its_source_marked(page: Page) -> None:
    _ask(page, "“三安全一稳定”是什么意思？")
    expect(page.locator("#nb-chat")).to_contain_text("社会稳定")
    expect(page.locator("#nb-sources .nb-card").first).to_contain_text("第十四条")


def test_a_starter_question_leads_to_a_marked_cell(page: Page) -> None:
    page.locator("#nb-chat button", has_text="新收到多少件").first.click()
    marked = page.locator("#nb-sources .nb-marked").first
    expect(marked).to_be_visible()
    expect(page.locator("#nb-chat")).to_contain_text(marked.inner_text().replace(",", ""))


def test_a_citation_mark_leads_to_its_card_also_in_an_earlier_answer(page: Page) -> None:
    _ask(page, RANKING)
    _ask(page, "“三安全一稳定”是什么意思？")
    expect(page.locator("#nb-source-2-1")).to_be_visible()
    page.locator("#nb-chat a[href='#nb-source-1-4']").click()
    card = page.locator("#nb-source-1-4.nb-chosen")
    expect(card).to_be_in_viewport()
    expect(card.locator(".nb-marked")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".nb-chosen")).to_have_count(0)


def test_a_ranking_has_chips_a_chart_and_its_numbers_to_take_away(page: Page) -> None:
    _ask(page, RANKING)
    expect(page.locator("#nb-understood .nb-chip", has_text="2024年")).to_be_visible()
    expect(page.locator("#nb-bars")).to_be_visible()
    page.locator("#nb-chart-table summary").click()
    with page.expect_download() as download:
        page.locator("#nb-chart-table .nb-download", has_text="CSV").click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 6 and "云江市人民政府,2024,272,件" in rows


def test_the_chart_of_the_next_answer_shows_its_own_numbers(page: Page) -> None:
    first = page.locator("#nb-bars [aria-roledescription=bar]").first
    _ask(page, RANKING)
    expect(first).to_have_attribute("aria-label", re.compile("件: 272;"))
    _ask(page, "2024年各单位主动公开信息的条数，从多到少排一下")
    expect(first).to_have_attribute("aria-label", re.compile("条: 51236;"))
    _ask(page, "云江市市场监督管理局2024年申请人构成")
    expect(page.locator("#nb-stacks [aria-roledescription=bar]")).to_have_count(3)
    expect(page.locator("#nb-chart-table .nb-legend li")).to_have_count(3)
    page.locator(ANSWERS).first.click()
    expect(first).to_have_attribute("aria-label", re.compile("件: 272;"))


def test_a_number_from_a_pdf_shows_its_place_on_the_page(page: Page) -> None:
    _ask(page, "云江市市场监督管理局2024年新收到多少件申请？")
    picture = page.locator("#nb-sources .nb-picture img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 300


def test_a_follow_up_is_asked_with_one_click(page: Page) -> None:
    _ask(page, RANKING)
    page.locator("#nb-chat button", has_text="平均").click()
    expect(page.locator(ANSWERS)).to_have_count(2)
    expect(page.locator(ANSWERS).last).to_contain_text("平均")


def test_a_question_can_be_edited_and_asked_again(page: Page) -> None:
    _ask(page, "云江市人民政府2024年新收到多少件申请？")
    page.locator("#nb-chat").get_by_role("button", name="编辑").first.click()
    page.locator("#nb-chat textarea").fill("云江市人民政府2023年新收到多少件申请？")
    page.locator("#nb-chat").get_by_role("button", name="发送").click()
    expect(page.locator(ANSWERS)).to_contain_text("2023年")
    expect(page.locator(ANSWERS)).to_have_count(1)


def test_an_answer_can_be_made_again(page: Page) -> None:
    _ask(page, RANKING)
    page.locator("#nb-chat").get_by_role("button", name="重试").click()
    expect(page.locator("#nb-question textarea")).to_have_value("")
    expect(page.locator(ANSWERS)).to_have_count(1)


def test_the_conversation_outlives_a_reload_and_ends_with_a_new_one(
    page: Page, served: str
) -> None:
    _ask(page, RANKING)
    go(page, served)
    expect(page.locator(ANSWERS)).to_contain_text("第一：云江市人民政府")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(ANSWERS)).to_have_count(0)


def test_a_question_in_the_address_is_asked(page: Page, served: str) -> None:
    page.goto(f"{served}?q={RANKING}")
    expect(page.locator(ANSWERS)).to_contain_text("第一：云江市人民政府")
    expect(page.locator(ANSWERS)).to_have_count(1)


def test_a_chip_that_is_chosen_anew_asks_again_and_shows_what_was_meant(page: Page) -> None:
    _ask(page, RANKING)
    year = page.locator("#nb-understood select").nth(1)
    year.select_option("2023年")
    expect(page.locator(ANSWERS)).to_have_count(2)
    expect(page.locator(ANSWERS).last).to_contain_text("云江市人民政府2023年")
    expect(page.locator("#nb-understood")).to_contain_text("2023年")
    expect(year.locator("option:checked")).to_have_text("2023年")


def test_sources_are_gone_through_one_after_the_other(page: Page) -> None:
    _ask(page, RANKING)
    forth = page.get_by_role("button", name="下一处")
    forth.click()
    expect(page.locator("#nb-source-1-1.nb-chosen")).to_be_in_viewport()
    forth.click()
    expect(page.locator("#nb-source-1-2.nb-chosen")).to_be_in_viewport()
    expect(page.locator(".nb-steps")).to_contain_text("第2处，共5处")
    page.get_by_role("button", name="上一处").click()
    expect(page.locator("#nb-source-1-1.nb-chosen")).to_be_in_viewport()


def test_the_quotes_come_before_the_model_speaks_and_stop_keeps_them(page: Page) -> None:

    page.locator("#nb-question textarea").fill(f"{SLOW}2023年存在哪些主要问题？")
    page.keyboard.press("Enter")
    expect(page.locator("#nb-chat .bot.message").last).to_contain_text("公开力量不均衡")
    page.get_by_role("button", name="停止").click()
    expect(page.get_by_role("button", name="提问", exact=True)).to_be_visible()
    expect(page.locator(ANSWERS)).to_contain_text("公开力量不均衡")
    expect(page.locator("#nb-question textarea")).to_have_value("")
    _ask(page, "“三安全一稳定”是什么意思？")
    expect(page.locator(ANSWERS).last).to_contain_text("社会稳定")
    expect(page.locator(ANSWERS).first).to_contain_text("公开力量不均衡")
    expect(page.get_by_role("button", name="提问", exact=True)).to_be_visible()


def test_a_question_of_two_lines_is_written_with_shift_and_enter(page: Page) -> None:
    box = page.locator("#nb-question textarea")
    box.fill("云江市人民政府2024年")
    box.press("Shift+Enter")
    box.press_sequentially("新收到多少件申请？")
    expect(page.locator(ANSWERS)).to_have_count(0)
    box.press("Enter")
    expect(page.locator(ANSWERS)).to_contain_text("272件")


def test_an_empty_question_is_told_what_to_do(page: Page) -> None:
    page.get_by_role("button", name="提问", exact=True).click()
    box = page.locator("#nb-question textarea")
    assert box.evaluate("box => box.validationMessage") == "请先写下问题。"
    box.fill("“三安全一稳定”是什么意思？")
    assert box.evaluate("box => box.validationMessage") == ""


def test_a_bad_answer_is_reported_with_its_reason(page: Page) -> None:
    _ask(page, RANKING)
    page.locator("#nb-chat").get_by_role("button", name="踩").click()
    page.get_by_label("数字不对").check()
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#nb-opinion")).to_be_hidden()
    page.reload()
    page.get_by_role("tab", name="设置").click()
    expect(page.locator("#nb-judged")).to_contain_text("数字不对")


def test_a_conversation_is_named_found_opened_and_removed(page: Page) -> None:
    _ask(page, RANKING)
    page.get_by_role("button", name="历史对话").click()
    page.locator("#nb-conversation-title textarea, #nb-conversation-title input").fill("一季度材料")
    page.keyboard.press("Enter")
    mine = page.locator("#nb-conversations button", has_text="一季度材料")
    expect(mine).to_be_visible()
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(ANSWERS)).to_have_count(0)
    page.get_by_label("搜索对话").fill("一季度")
    expect(page.locator("#nb-conversations button")).to_have_count(1)
    mine.click()
    expect(page.locator(ANSWERS)).to_contain_text("第一：云江市人民政府")
    page.get_by_role("button", name="删除").first.click()
    page.get_by_role("button", name="确认删除").click()
    expect(mine).to_have_count(0)
    expect(page.locator(ANSWERS)).to_have_count(0)


def test_an_answer_is_copied_as_it_is_read_and_alone_or_with_its_sources(page: Page) -> None:
    _ask(page, "云江市人民政府2024年新收到多少件申请？")
    page.evaluate(
        "() => { navigator.clipboard.writeText = async (text) => { window.got = text; } }"
    )
    page.locator("#nb-chat").get_by_role("button", name="复制").last.click()
    page.wait_for_function("() => window.got")
    assert page.evaluate("window.got") == "云江市人民政府2024年新收政府信息公开申请272件。[1]"
    page.get_by_role("button", name="复制回答和出处").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert "表三" in page.evaluate("window.got")


def test_a_conversation_is_taken_away_as_markdown_with_its_sources(page: Page) -> None:
    _ask(page, "云江市人民政府2024年新收到多少件申请？")
    page.get_by_role("button", name="历史对话").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出Markdown").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename.endswith(".md")
    assert "272件" in text and "表三" in text


# --- 文库 -----------------------------------------------------------------------------------------


def test_the_collection_is_seen_at_a_glance_with_its_numbers_to_take_away(page: Page) -> None:
    page.get_by_role("tab", name="文库").click()
    page.get_by_role("tab", name="总体情况").click()
    expect(page.locator("#nb-overview-outcomes")).to_be_visible()
    page.locator("#nb-overview-requests-table summary").click()
    with page.expect_download() as download:
        page.locator("#nb-overview-requests-table").get_by_text("下载CSV").click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "年度,新收合计（件）,年报份数,有数的份数" and rows[-1].startswith("2024年,")


def test_the_grid_shows_only_who_lacks_the_newest_year(page: Page) -> None:
    page.get_by_role("tab", name="文库").click()
    page.get_by_label("缺最新年度").check()
    expect(page.locator("#nb-entries tr th[scope=row]")).to_have_text(["岚溪县自然资源局"])


def test_an_address_leads_to_a_finding_of_a_report(page: Page, served: str) -> None:
    page.get_by_role("tab", name="文库").click()
    faulty = page.locator("#nb-entries tr", has_text="文化和旅游局").locator("[data-report]").last
    report = faulty.get_attribute("data-report")
    go(page, f"{served}?report={report}&finding=R101")
    expect(page.locator("#nb-report details[open] > summary", has_text="R101")).to_be_in_viewport()


def test_the_indices_are_made_anew_from_the_page(page: Page, served: str) -> None:
    go(page, f"{served}?tab=settings")
    page.get_by_role("button", name="重建索引").click()
    expect(page.locator("#nb-settings-outcome")).to_contain_text("都已由记录重建")
    page.get_by_role("button", name="测试语言模型").click()
    expect(page.locator("#nb-settings-outcome")).to_contain_text("openai:m 应答正常")


def test_the_library_shows_its_gaps_and_what_was_read_from_a_report(page: Page) -> None:
    page.get_by_role("tab", name="文库").click()
    expect(page.locator("#nb-entries .nb-gap").first).to_be_visible()
    page.locator("#nb-entries [data-report]").first.click()
    expect(page.locator("#nb-report .nb-form").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载原件").click()
    assert download.value.suggested_filename in {path.name for path in samples.paths()}


@pytest.mark.parametrize("kind", ["CSV", "XLSX", "Parquet", "JSON"])
def test_every_number_can_be_taken_away_in_four_formats(page: Page, kind: str) -> None:
    page.get_by_role("tab", name="文库").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=f"导出数据 {kind}").click()
    assert download.value.suggested_filename == f"年报数据.{kind.lower()}"
    content = download.value.path().read_bytes()
    assert len(content) > 10_000
    if kind == "JSON":
        document = json.loads(content)
        named = [field["name"] for field in document["schema"]["fields"]]
        assert set(document["data"][0]) == set(named)


def test_a_report_is_read_again_from_its_original(page: Page) -> None:
    page.get_by_role("tab", name="文库").click()
    page.locator("#nb-entries [data-report]").first.click()
    page.get_by_role("button", name="重新读取", exact=True).click()
    expect(page.locator("#nb-outcome p")).to_be_visible()
    expect(page.locator("#nb-report .nb-form").first).to_be_visible()


def test_a_report_is_added_and_removed_after_a_confirmation(page: Page, tmp_path: Path) -> None:
    added = tmp_path / "新收.txt"
    text = _sample("culture-tourism-2023.txt").read_text(encoding="utf-8")
    added.write_text(text.replace("岚溪县文化和旅游局", "岚溪县体育局"), encoding="utf-8")
    page.get_by_role("tab", name="文库").click()
    page.locator("#nb-ingest-file input[type=file]").set_input_files(added)
    expect(page.locator("#nb-ingest-file")).to_contain_text(".txt")
    page.get_by_role("button", name="存入资料库").click()
    row = page.locator("#nb-entries tr", has_text="岚溪县体育局")
    row.locator("[data-report]").click()
    page.get_by_role("button", name="移除").first.click()
    expect(page.locator("#nb-confirm")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#nb-confirm")).to_be_hidden()
    page.get_by_role("button", name="移除").first.click()
    page.get_by_role("button", name="确认移除").click()
    expect(row).to_have_count(0)
    expect(page.locator("#nb-outcome")).to_contain_text("已移除岚溪县体育局2023年")


def test_an_address_opens_the_page_at_a_tab(page: Page, served: str) -> None:
    page.goto(f"{served}?tab=settings")
    expect(page.locator("#nb-settings")).to_contain_text("NIANBAO_DATA")


def test_on_a_phone_what_is_chosen_comes_into_sight(chromium: Browser, served: str) -> None:
    with opened(chromium, f"{served}?tab=library", width=390, height=844) as page:
        page.locator("#nb-entries .nb-held").last.click()
        expect(page.locator("#nb-report h3")).to_be_in_viewport()
        page.get_by_role("tab", name="核查", exact=True).click()
        page.locator("#nb-check-file input[type=file]").set_input_files(
            _sample("culture-tourism-2024.docx")
        )
        expect(page.locator("#nb-check-file")).to_contain_text(".docx")
        page.get_by_role("button", name="开始核查").click()
        page.locator("#nb-findings .nb-item").last.click()
        expect(page.locator("#nb-finding .nb-card")).to_be_in_viewport()


def test_a_lost_server_is_told_in_chinese_and_the_question_stays(page: Page) -> None:
    page.context.set_offline(True)
    page.locator("#nb-question textarea").fill(RANKING)
    page.locator("#nb-question textarea").press("Enter")
    expect(page.locator(".toast-wrap")).to_contain_text("与服务器的连接断了")
    expect(page.locator(".toast-wrap")).not_to_contain_text(re.compile("[A-Za-z]{4}"))
    expect(page.locator("#nb-question textarea")).to_have_value(RANKING)
    page.context.set_offline(False)
    expect(page.get_by_text("与服务器的连接断了")).to_have_count(0)
    _ask(page, RANKING)
