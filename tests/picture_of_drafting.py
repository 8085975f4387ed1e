"""Brings the page to a draft worth a picture: filled in, started, one number opened."""

from playwright.sync_api import Page, expect

AGENCY = "云江市青槐区教育局"
CELLS = {
    "requests/new/natural_person": "27",
    "requests/new/enterprise": "2",
    "requests/granted/natural_person": "18",
    "requests/partly_granted/natural_person": "4",
    "requests/granted/enterprise": "2",
    "requests/unavailable.not_held/natural_person": "4",
    "requests/carried_over/natural_person": "1",
    "disputes/reconsideration/corrected": "1",
    "proactive/licensing/decisions": "46",
    "proactive/penalties/decisions": "3",
    "proactive/normative_documents/issued": "2",
    "proactive/normative_documents/in_force": "6",
}
NOTES = """全年主动公开信息412条，其中招生信息96条、校园餐信息120条
按月核对公开目录，清理失效链接31条
区教育局公众号推送信息210篇，开设“招生问答”专栏
举办信息公开业务培训2期，参训86人次
问题：招生政策解读偏少，全年只有3篇，家长来电询问410次
改进：每项招生政策同步制作问答和图解"""
PROFILE = ("青槐区学府路9号", "0599-6100009")


def open_draft(page: Page) -> None:
    """Fills in the material, starts the draft and opens where a number comes from."""
    page.get_by_role("tab", name="起草").click()
    expect(page.locator("#nbd-saved input")).not_to_have_value("")
    page.locator("#nbd-agency input").fill(AGENCY)
    page.keyboard.press("Enter")
    for key, text in CELLS.items():
        page.locator(f"#nbd-form input[data-cell='{key}']").fill(text)
    for name in ("proactive", "requests", "disputes"):
        page.locator(f"#nbd-form button[data-act=zeros][data-table={name}]").click()
    page.locator("#nbd-notes textarea").fill(NOTES)
    page.get_by_label("成文日期（可以后补）").fill("2026-01-20")
    for label, text in zip(("地址", "电话"), PROFILE, strict=True):
        page.get_by_label(label, exact=True).fill(text)
    page.locator("#nbd-start").click()
    expect(page.locator("#nbd-text .nbd-draft")).to_be_visible()
    page.wait_for_timeout(1000)
    part = page.locator("#nbd-text [data-part=requests]")
    part.scroll_into_view_if_needed()
    part.locator(".nbd-number").nth(1).click()
    page.locator("#nbd-text").evaluate("(text) => text.scrollBy(0, 240)")
    page.evaluate("scrollTo(0, 0)")
