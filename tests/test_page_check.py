"""The tab 核查 as a clerk with one report and a reviewer with many meet it, in a real Chromium."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest import samples
from tests.browser import CHROMIUM, opened
from tests.invented import invented_report
from tests.page_server import served_page
from tests.render_files import as_pdf
from tests.render_text import as_cells

ITEMS = "#nb-findings .nb-item"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="本机没有 Chromium 且无权安装，浏览器测试跳过。"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_page(tmp_path_factory.mktemp("check") / "data", samples=False) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    with opened(chromium, f"{address}?tab=check") as page:
        expect(page.locator("#nb-check-file")).to_be_visible()
        yield page


def sample(name: str) -> Path:
    return next(path for path in samples.paths() if path.name == name)


def check(page: Page, *files: Path) -> None:
    page.locator("#nb-check-file input[type=file]").set_input_files(files)
    expect(page.locator("#nb-check-file")).to_contain_text(files[-1].suffix)
    page.get_by_role("button", name="开始核查").click()


def test_a_clerk_goes_from_finding_to_place_decides_and_takes_the_word_file(page: Page) -> None:
    check(page, sample("culture-tourism-2024.docx"))
    expect(page.locator("#nb-check-summary .nb-tag-error")).to_be_visible()
    page.locator(ITEMS, has_text="落款日期").first.click()
    expect(page.locator("#nb-document mark.nb-here")).to_contain_text("2024年1月15日")
    expect(page.locator("#nb-document mark.nb-here")).to_be_in_viewport()
    expect(page.locator("#nb-finding .nb-card")).to_contain_text("改法")
    page.locator("#nb-decision-note input, #nb-decision-note textarea").fill("日期以印发为准")
    page.get_by_role("button", name="误报").click()
    expect(page.locator(ITEMS, has_text="误报：日期以印发为准")).to_have_count(1)
    page.get_by_text("未处理", exact=True).last.click()
    expect(page.locator(ITEMS, has_text="落款日期")).to_have_count(0)
    for form, start in (("Word", b"PK"), ("PDF", b"%PDF")):
        with page.expect_download() as download:
            page.locator("#nb-check-summary .nb-download", has_text=form).first.click()
        assert download.value.path().read_bytes().startswith(start)


def test_a_decision_is_still_there_when_the_file_is_checked_again(page: Page) -> None:
    check(page, sample("culture-tourism-2024.docx"))
    expect(page.locator(ITEMS, has_text="误报：日期以印发为准")).to_have_count(1)


def test_a_number_typed_over_in_the_table_changes_the_verdicts_at_once(page: Page) -> None:
    check(page, sample("culture-tourism-2024.docx"))
    page.locator(ITEMS, has_text="R101").first.click()
    expect(page.locator("#nb-document td.nb-here").last).to_be_visible()
    wrong = page.locator("#nb-document td[data-cell='requests/granted/total']")
    wrong.dblclick()
    page.locator("#nb-document td input").fill("3")
    page.locator("#nb-document td input").press("Enter")
    expect(page.locator("#nb-typed")).to_contain_text("消除 1 条")
    expect(page.locator(ITEMS, has_text="R101")).to_have_count(0)
    page.get_by_role("button", name="恢复为读到的数").click()
    expect(page.locator(ITEMS, has_text="R101")).to_have_count(1)


def test_findings_are_filtered_by_severity_and_a_mark_leads_back_to_its_finding(
    page: Page,
) -> None:
    check(page, sample("culture-tourism-2024.docx"))
    expect(page.locator(ITEMS, has_text="错误").first).to_be_visible()
    page.locator("#nb-severities label", has_text="错误").click()
    expect(page.locator(ITEMS, has_text="错误")).to_have_count(0)
    expect(page.locator(ITEMS, has_text="警告").first).to_be_visible()
    page.locator("#nb-document mark", has_text="60号").first.click()
    expect(page.locator("#nb-finding .nb-card")).to_contain_text("60号")


def test_a_reviewer_sees_a_zip_of_reports_as_a_table_and_opens_one(
    page: Page, tmp_path: Path
) -> None:
    archive = tmp_path / "各单位.zip"
    with zipfile.ZipFile(archive, "w") as members:
        for number, name in enumerate(("水务", "林业")):
            report = invented_report(agency=f"云溪市青禾区{name}局", balanced=True, seed=number)
            members.writestr(f"{name}局.txt", as_cells(report))
        members.writestr("坏.pdf", b"%PDF-1.4 damaged")
    page.get_by_text("应报送单位名单").click()
    # Typed as people type: what is put in at once may come before the opened field is connected.
    roster = page.locator("#nb-check-roster textarea")
    roster.press_sequentially("云溪市青禾区水务局 云溪市青禾区审计局", delay=30)
    check(page, archive)
    lines = page.locator("#nb-check-summary .nb-open")
    expect(lines).to_have_count(2)
    expect(page.locator("#nb-check-summary")).to_contain_text("坏.pdf")
    expect(page.locator("#nb-check-summary")).to_contain_text("尚未报送 1 家")
    lines.filter(has_text="林业局").click()
    expect(page.locator("#nb-document h3")).to_contain_text("林业局")
    with page.expect_download() as download:
        page.locator("#nb-check-summary .nb-download", has_text="汇总与整改清单").click()
    assert download.value.suggested_filename == "3份年报核查汇总.xlsx"


def test_a_finding_of_a_pdf_shows_the_picture_of_its_place(page: Page, tmp_path: Path) -> None:
    wrong = invented_report(balanced=True, replace={"requests/granted/enterprise": 777})
    file = tmp_path / "年报.pdf"
    file.write_bytes(as_pdf(wrong))
    check(page, file)
    page.locator(ITEMS, has_text="777").first.click()
    expect(page.locator("#nb-finding .nb-card")).to_contain_text("777")
    picture = page.locator("#nb-finding .nb-picture img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 300


def test_a_file_that_is_no_report_gets_one_sentence(page: Page, tmp_path: Path) -> None:
    note = tmp_path / "购物清单.txt"
    note.write_text("牛奶、面包、鸡蛋。", encoding="utf-8")
    check(page, note)
    expect(page.locator(".toast-body, [data-testid=toast-body]")).to_contain_text("购物清单")
