"""What the tab 起草 shows and does, without a browser."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import gradio as gr
import pytest
from fastapi import Request
from gradio.context import LocalContext

from assistant.access.audit import AuditLog
from assistant.access.roles import Role
from assistant.access.visitor import Visitor
from assistant.drafting.draft import Revision, draft
from assistant.drafting.saved import new_draft_id
from assistant.drafting.workbook import Workbook
from assistant.model import Turn
from assistant.settings import Settings
from assistant.web.draft_actions import Decision, decide, decision_of
from assistant.web.draft_advice import suggestions_to_html, verdict_to_html
from assistant.web.draft_desk import DraftDesk
from assistant.web.draft_fields import Fields, fields_of, text_to_day
from assistant.web.draft_form import tables_to_form
from assistant.web.draft_text import draft_to_html
from ingest.errors import NianbaoError
from ingest.forms import FORM_2021
from ingest.report import TABLE_NAMES
from ingest.samples import paths
from tests.bookcase import Bookcase
from tests.drafting_cases import CASES, YEAR

CASE = CASES["thousands"]
HOSTILE = "<img src=x onerror=alert(1)>"
FIELDS = (
    CASE.agency,
    YEAR,
    "2025-01-20",
    CASE.notes,
    "松月路8号",
    "0599-1",
    "",
    "",
    "公众号、区政府门户网站",
)


def _book(name: str = "thousands") -> Workbook:
    case = CASES[name]
    book = Workbook(case.agency, YEAR, last_year=case.last_year, notes=case.notes)
    return book.with_tables(case.tables)


def _html(book: Workbook, *, beside: bool = False) -> str:
    return draft_to_html(book.draft(), book.tables, book.revision, beside=beside, can_polish=False)


# --- HTML ------------------------------------------------------------------------------------------


def test_every_number_of_the_page_leads_to_a_card_that_is_there() -> None:
    html = _html(_book())
    led = set(re.findall(r"data-origin='(\d+)'", html))
    assert led == set(re.findall(r"data-card='(\d+)'", html))
    assert html.count("data-origin=") == len(_book().draft().numbers)
    assert "本年表三“本年新收政府信息公开申请数量”行“总计”列" in html


def test_what_the_writer_gave_is_escaped_everywhere() -> None:
    notes = f"- {HOSTILE}网站改版\n- 问题：{HOSTILE}不够"
    book = Workbook(f"云溪{HOSTILE}局", YEAR, notes=notes).with_typed({"requests/new/total": "<b>"})
    written = book.draft()
    part = next(p for p in written.parts if p.name == "lead")
    book = book.edited(part, HOSTILE)
    shown = _html(book) + suggestions_to_html(book.draft(), book.revision)
    shown += tables_to_form(book.cells, YEAR) + verdict_to_html(book.draft())
    assert "<img" not in shown and "<b>'" not in shown


def test_last_years_text_stands_beside_this_years() -> None:
    assert "征收补偿类答复说理不够充分" in _html(_book(), beside=True).split("nbd-before")[-2]
    assert "nbd-before" not in _html(_book())


def test_a_placeholder_is_marked_and_listed_with_a_field() -> None:
    book = _book()
    written = book.draft()
    assert _html(book).count("nbd-open") == len(written.placeholders)
    advice = suggestions_to_html(written, book.revision)
    assert advice.count("nbd-supply") == len(set(written.placeholders))


def test_the_verdict_says_what_stands_in_the_way() -> None:
    shown = verdict_to_html(_book().draft())
    assert "还不能公布" in shown and "没有成文日期" in shown and "待补充" in shown


def test_suggestions_set_aside_are_hidden_and_counted() -> None:
    written = _book().draft()
    key = written.suggestions[0].key
    shown = suggestions_to_html(written, Revision(dismissed=frozenset({key})))
    assert f"data-key='{key}'" not in shown and "已忽略 1 条" in shown


def test_the_form_has_a_field_for_every_cell_and_none_is_filled_in() -> None:
    html = tables_to_form({}, YEAR)
    keys = re.findall(r"data-cell='([^']+)' value=''", html)
    assert keys == [str(concept) for concept in FORM_2021.concepts()]
    sums = json.loads(re.search(r"data-calculations='([^']+)'", html)[1].replace("&quot;", '"'))  # type: ignore[index]
    assert len(sums) == sum(len(FORM_2021.table(name).calculations) for name in TABLE_NAMES)


# --- Decisions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"act": "save", "part": "nobody", "text": "x"},
        {"act": "__class__", "part": "lead"},
        {"act": "accept", "key": "nothing"},
        {"act": ["reword"], "part": {"lead": 1}},
        {"act": "polish", "part": "lead"},
    ],
)
def test_a_decision_that_names_nothing_changes_nothing(about: Mapping[str, object]) -> None:
    book = _book()
    assert decide(book, book.draft(), decision_of(about), None) is book


def test_each_tool_of_a_part_does_what_it_says() -> None:
    book = _book()
    written = book.draft()
    saved = decide(book, written, Decision("save", "lead", text="分五个方面说明。"), None)
    assert saved.revision.edits["lead"].text == "分五个方面说明。"
    assert (
        "lead" not in decide(saved, saved.draft(), Decision("restore", "lead"), None).revision.edits
    )
    assert (
        decide(book, written, Decision("short", "requests"), None).revision.style("requests")
        == "short"
    )
    assert decide(book, written, Decision("reword", "lead"), None).revision.turns == {"lead": 1}


class _Editor:
    """A model that says 年度 for 全年 and changes nothing else."""

    def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        yield messages[-1].content.split("句子：\n")[1].replace("全年", "年度内")


def test_a_polished_part_is_kept_with_the_origins_of_its_numbers() -> None:
    book = _book("lawsuits")
    before = next(p for p in book.draft().parts if p.name == "requests")
    polished = decide(book, book.draft(), Decision("polish", "requests"), _Editor())
    after = next(p for p in polished.draft().parts if p.name == "requests")
    assert after.is_edited and after.prose.text == before.prose.text.replace("全年", "年度内")
    assert [b.origin for b in after.prose.bounds] == [b.origin for b in before.prose.bounds]


def test_a_draft_that_was_removed_is_listed_no_more(
    desk: DraftDesk, request_of_nobody: gr.Request
) -> None:
    key = new_draft_id()
    desk.start(key, None, False, "{}", request_of_nobody, *FIELDS)
    assert CASE.agency in str(desk.choices(key, request_of_nobody))
    assert set(map(str, desk.forget("", request_of_nobody))) == {str(gr.skip())}
    _, fresh, held, agency, *_ = desk.forget(key, request_of_nobody)
    assert fresh != key and held is None and agency is None
    assert CASE.agency not in str(desk.choices(key, request_of_nobody))


def test_a_placeholder_is_supplied_from_its_suggestion() -> None:
    book = _book()
    written = book.draft()
    suggestion = next(s for s in written.suggestions if s.kind == "placeholder" and s.section == 0)
    after = decide(book, written, Decision("supply", key=suggestion.key, text="电话0599-1"), None)
    assert "（电话0599-1）" in after.draft().preamble.text


# --- The desk --------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> DraftDesk:
    return DraftDesk(Bookcase(), Settings(data=tmp_path), None)


@pytest.fixture
def request_of_nobody() -> gr.Request:
    return gr.Request()


def test_a_draft_is_started_saved_and_resumed(
    desk: DraftDesk, request_of_nobody: gr.Request
) -> None:
    key, cells = new_draft_id(), json.dumps({"requests/new/total": "3"})
    text, advice, verdict, _ = desk.start(key, None, False, cells, request_of_nobody, *FIELDS)
    assert CASE.agency in str(text) and advice and "还不能公布" in str(verdict)
    again, _, agency, year, day, notes, *profile, form, about, _, _ = desk.resume(
        key, request_of_nobody
    )
    assert (again, agency, year, day, notes) == (key, CASE.agency, YEAR, "2025-01-20", CASE.notes)
    assert profile == ["松月路8号", "0599-1", "", "", "公众号、区政府门户网站"]
    assert "value='3'" in str(form) and "可以上传" in str(about)


def test_what_was_typed_last_is_taken_back_one_after_the_other(
    desk: DraftDesk, request_of_nobody: gr.Request
) -> None:
    key, blank = new_draft_id(), (CASE.agency, YEAR, *[""] * 7)
    held = desk.keep_fields(key, None, request_of_nobody, *blank)
    noted = (CASE.agency, YEAR, "", "培训2期", *[""] * 5)
    held = desk.keep_fields(key, held, request_of_nobody, *noted)
    cells = json.dumps({"requests/new/total": "3", "requests/carried_in/total": "1"})
    form, notes, held, said = desk.take_back(key, held, cells, request_of_nobody, *noted)
    assert "value='3'" not in str(form) and notes == "培训2期" and "2 格" in str(said)
    form, notes, held, said = desk.take_back(key, held, "{}", request_of_nobody, *noted)
    assert notes == "" and "写作要点" in str(said)
    assert held == fields_of(blank)
    *_, said = desk.take_back(key, held, "{}", request_of_nobody, *blank)
    assert "没有可以撤销" in str(said)


def test_the_form_is_drawn_anew_even_where_it_holds_what_the_page_was_sent_before(
    desk: DraftDesk, request_of_nobody: gr.Request
) -> None:
    once, again = (desk.begin(request_of_nobody)[-8:] for _ in range(2))
    assert once != again


def test_a_page_that_lies_open_does_not_write_over_what_another_saved(
    desk: DraftDesk, request_of_nobody: gr.Request
) -> None:
    key = new_draft_id()
    desk.start(
        key, None, False, json.dumps({"requests/new/total": "3"}), request_of_nobody, *FIELDS
    )
    _, held, *_ = desk.resume(key, request_of_nobody)
    assert isinstance(held, Fields)
    newer = (*FIELDS[:3], "另一页写的要点", *FIELDS[4:])
    here = desk.keep_fields(key, held, request_of_nobody, *newer)
    assert here is not None and here.notes == "另一页写的要点"
    stale = (*FIELDS[:4], "柳荫路2号", *FIELDS[5:])
    desk.start(key, held, False, "{}", request_of_nobody, *stale)
    _, kept, *_ = desk.resume(key, request_of_nobody)
    assert isinstance(kept, Fields)
    assert (kept.notes, kept.address) == ("另一页写的要点", "柳荫路2号")
    assert "value='3'" in str(desk.resume(key, request_of_nobody))


def test_the_profile_of_an_agency_comes_back_in_its_next_draft(
    desk: DraftDesk, request_of_nobody: gr.Request
) -> None:
    desk.start(new_draft_id(), None, False, "{}", request_of_nobody, *FIELDS)
    known = desk.recall(CASE.agency, request_of_nobody, "", "别的电话", "", "", "")
    assert known == ("松月路8号", "别的电话", "", "", "公众号、区政府门户网站")
    assert desk.recall("别的局", request_of_nobody, *[""] * 5) == ("",) * 5


def test_a_finished_report_fills_the_form(desk: DraftDesk, request_of_nobody: gr.Request) -> None:
    path = next(path for path in paths() if path.name == "education-2024.docx")
    blank = ("", 2024, *[""] * 7)
    form, said, agency = desk.take_tables(
        str(path), new_draft_id(), None, request_of_nobody, *blank
    )
    assert agency == "云江市青槐区教育局"
    assert "读入" in said and "value='" in form


def test_tables_of_another_edition_are_told(desk: DraftDesk, request_of_nobody: gr.Request) -> None:
    path = next(path for path in paths() if path.name == "natural-resources-2020.html")
    blank = ("", 2024, *[""] * 7)
    _, said, _ = desk.take_tables(str(path), new_draft_id(), None, request_of_nobody, *blank)
    assert "2019年版表样" in said


def test_last_years_report_of_another_agency_is_told_where_it_is_uploaded(
    desk: DraftDesk, request_of_nobody: gr.Request
) -> None:
    key = new_draft_id()
    path = next(path for path in paths() if path.name == "education-2023.md")
    desk.take_last_year(str(path), key, request_of_nobody)
    fits = desk.about_last_year("云江市青槐区教育局", 2024, key, request_of_nobody)
    assert "作上年年报" in fits
    assert "不会用来比较" in desk.about_last_year("云溪市水务局", 2024, key, request_of_nobody)
    desk.take_last_year(None, key, request_of_nobody)
    assert "可以上传" in desk.about_last_year("云溪市水务局", 2024, key, request_of_nobody)


def test_a_name_with_markup_is_shown_as_it_is(
    desk: DraftDesk, request_of_nobody: gr.Request
) -> None:
    assert "<img" not in desk.about_last_year(HOSTILE, YEAR, "", request_of_nobody)


def test_the_log_says_who_drafted_and_nothing_of_what_was_written(
    desk: DraftDesk, tmp_path: Path
) -> None:
    log = AuditLog(tmp_path)
    visitor = Visitor("甲", Role.READER, "127.0.0.1", log)
    request = gr.Request(cast("Request", SimpleNamespace(state=SimpleNamespace(visitor=visitor))))
    context = LocalContext.request.set(request)
    desk.start(new_draft_id(), None, False, "{}", request, *FIELDS)
    LocalContext.request.reset(context)
    [line] = log.last(5)
    assert (line["user"], line["action"]) == ("甲", "起草")
    assert CASE.agency not in str(line)


def test_a_draft_without_an_agency_is_asked_for_it(
    desk: DraftDesk, request_of_nobody: gr.Request
) -> None:
    with pytest.raises(gr.Error, match="单位全称"):
        desk.ready(" ", YEAR)
    with pytest.raises(gr.Error, match="报告年度"):
        desk.ready(CASE.agency, None)
    text, *_ = desk.start(new_draft_id(), None, False, "{}", request_of_nobody, "", *FIELDS[1:])
    assert "点“起草”" in str(text)


def test_the_files_hold_the_whole_report(desk: DraftDesk, request_of_nobody: gr.Request) -> None:
    key = new_draft_id()
    desk.start(key, None, False, "{}", request_of_nobody, *FIELDS)
    for suffix in (".docx", ".html", ".md"):
        link = desk.exporter(suffix)(key, request_of_nobody)
        assert f"{CASE.agency}{YEAR}年政府信息公开工作年度报告{suffix}" in link
    with pytest.raises(gr.Error, match="还没有草稿"):
        desk.exporter(".docx")(new_draft_id(), request_of_nobody)


def test_the_empty_tables_are_offered_as_excel(desk: DraftDesk) -> None:
    assert ".xlsx" in desk.fetch_template(CASE.agency, YEAR)


@pytest.mark.parametrize("text", ["2026-01-20", "2026年1月20日", "2026/1/20", " 2026.1.20 "])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    day = text_to_day(text)
    assert day is not None and day.isoformat() == "2026-01-20"


@pytest.mark.parametrize("text", ["腊月二十", "2026-13-40", "20日"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(NianbaoError, match="成文日期"):
        text_to_day(text)


def test_platforms_are_taken_apart() -> None:
    given = fields_of(("甲局", 2025.0, "", "", "", "", "", "", "门户网站、公众号\n微博"))
    assert given.profile.platforms == ("门户网站", "公众号", "微博")
    assert given.year == 2025


def test_another_persons_draft_is_not_shown(tmp_path: Path) -> None:
    desk = DraftDesk(Bookcase(), Settings(data=tmp_path), None)
    key = new_draft_id()
    mine, theirs = _request("张三"), _request("李四")
    desk.start(key, None, False, "{}", mine, *FIELDS)
    assert CASE.agency in desk.show(key, False, mine)[0]
    assert CASE.agency not in desk.show(key, False, theirs)[0]
    assert CASE.agency not in str(desk.choices(key, theirs))


def _request(name: str) -> gr.Request:
    visitor = SimpleNamespace(name=name)
    request = SimpleNamespace(request=SimpleNamespace(state=SimpleNamespace(visitor=visitor)))
    return cast("gr.Request", request)


def test_a_draft_is_the_same_on_the_page_and_on_the_command_line() -> None:
    case = CASES["lawsuits"]
    there = draft(case.agency, YEAR, tables=case.tables, last_year=case.last_year)
    here = Workbook(case.agency, YEAR, last_year=case.last_year).with_tables(case.tables).draft()
    assert [p.prose for p in here.parts] == [p.prose for p in there.parts]
