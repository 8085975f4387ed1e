"""What the writer decides about a draft: wordings, hand edits, suggestions, undo."""

import re
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from assistant.drafting.draft import PARTS, Draft, draft, draft_to_report
from assistant.drafting.preamble import Profile
from assistant.drafting.prose import Origin, Prose, edited, quoted
from assistant.drafting.revision import PartName, Revision
from assistant.drafting.typed_tables import TypedCell
from assistant.drafting.workbook import MOST_UNDONE, Workbook
from assistant.rules.similarity import similarity
from ingest.report import Concept
from tests.drafting_cases import CASES, YEAR, Case, tables_of
from tests.invented import invented_report

NEW = "requests/new/natural_person"
GRANTED = "requests/granted/natural_person"
THOUSANDS = CASES["thousands"]


def _book(case: Case, revision: Revision | None = None) -> Workbook:
    book = Workbook(
        case.agency,
        YEAR,
        last_year=case.last_year,
        notes=case.notes,
        profile=case.profile,
        revision=revision or Revision(),
    )
    return book.with_tables(case.tables)


def _part(written: Draft, name: PartName) -> str:
    return next(part.prose.text for part in written.parts if part.name == name)


def _edit(book: Workbook, name: PartName, old: str, new: str) -> Workbook:
    part = next(part for part in book.draft().parts if part.name == name)
    assert old in part.prose.text
    return book.edited(part, part.prose.text.replace(old, new))


# --- Wordings --------------------------------------------------------------------------------------


def test_three_turns_of_a_whole_text_are_three_texts() -> None:
    texts, revision = [], Revision()
    for _ in range(3):
        written = _book(CASES["lawsuits"], revision).draft()
        texts.append("".join(part.prose.text for part in written.parts))
        revision = revision.all_reworded()
    assert all(similarity(one, other) < 0.6 for one, other in combinations(texts, 2))


@pytest.mark.parametrize("name", ["thousands", "lawsuits", "government", "enterprises alone"])
def test_short_is_shorter_and_full_tells_more_cells(name: str) -> None:
    def told(revision: Revision) -> tuple[int, int]:
        written = _book(CASES[name], revision).draft()
        parts = [part for part in written.parts if part.name in ("proactive", "requests")]
        cells = {b.origin for part in parts for b in part.prose.bounds if b.origin.concept}
        return sum(len(part.prose.text) for part in parts), len(cells)

    short, plain, full = (
        told(Revision().styled("proactive", style).styled("requests", style))
        for style in ("short", "plain", "full")
    )
    assert short[0] < plain[0] and short[1] < plain[1]
    assert full[1] >= plain[1]


@pytest.mark.parametrize("style", ["short", "full"])
@pytest.mark.parametrize("name", CASES)
def test_a_short_and_a_full_draft_pass_the_check_too(name: str, style: str) -> None:
    revision = Revision(styles=dict.fromkeys(PARTS, "short" if style == "short" else "full"))
    written = _book(CASES[name], revision).draft()
    assert written.verdict is not None
    assert written.verdict.count("error") == 0
    assert {f.rule for f in written.verdict.check.findings if f.severity == "warning"} <= {"S111"}


# --- Hand edits ------------------------------------------------------------------------------------


def test_an_edit_keeps_the_origin_of_the_numbers_it_leaves_alone() -> None:
    cell = Origin("cell", Concept("requests", "new", "total"))
    old = quoted("全年收到申请5件。", cell)
    new = edited(old, "2024年全年共收到申请5件，答复15件。")
    assert [(new.text[b.start : b.end], b.origin.source) for b in new.bounds] == [
        ("2024", "writer"),
        ("5", "cell"),
        ("15", "writer"),
    ]


def test_a_digit_typed_beside_a_number_makes_it_the_writers() -> None:
    old = quoted("收到申请5件。", Origin("cell", Concept("requests", "new", "total")))
    (bound,) = edited(old, "收到申请15件。").bounds
    assert bound.origin.source == "writer" and bound.origin.quote == "收到申请15件"


def test_hand_edits_stay_when_the_rest_is_worded_anew() -> None:
    book = _edit(_book(THOUSANDS), "management", "公开目录按季核对", "公开目录每月核对")
    before = book.draft()
    after = book.decided(book.revision.all_reworded()).draft()
    assert "每月核对" in _part(after, "management")
    assert _part(after, "management") == _part(before, "management")
    assert _part(after, "requests") != _part(before, "requests")


def test_numbers_of_a_hand_edit_follow_the_table_and_the_writer_is_told() -> None:
    case = CASES["one request"]
    book = _edit(_book(case), "requests", "1件", "1件（线上）")
    assert "材料" not in [s.kind for s in book.draft().suggestions]
    changed = dict.fromkeys((NEW, GRANTED), "4")
    totals = [f"requests/{row}/total" for row in ("new", "granted", "total")]
    moved = book.with_typed({**changed, **dict.fromkeys(totals, "4")})
    text = _part(moved.draft(), "requests")
    assert "4件（线上）" in text and "1件（线上）" not in text
    assert any("手工改过" in s.text for s in moved.draft().suggestions)


def test_a_cell_that_was_emptied_leaves_a_placeholder_in_a_hand_edit() -> None:
    book = _edit(_book(CASES["one request"]), "requests", "1件", "1件（线上）")
    emptied = book.with_typed({"requests/new/total": ""}).draft()
    assert "【请补充：表格中这一格的数】件（线上）" in _part(emptied, "requests")


def test_a_contradiction_typed_by_hand_is_held_against_the_text() -> None:
    book = _book(CASES["fewer than last year"])
    part = next(p for p in book.draft().parts if p.name == "requests")
    wrong = book.edited(part, "全年新收政府信息公开申请9件，均由自然人提出。").draft()
    assert wrong.verdict is not None and wrong.verdict.count("error") >= 1
    assert any(s.kind == "check" and s.section == 1 for s in wrong.suggestions)


def test_a_sentence_copied_by_hand_from_last_year_is_told() -> None:
    before = invented_report(agency=THOUSANDS.agency, year=YEAR - 1)
    sentence = "举办业务培训2期，参训人员64人次，聘请社会监督员5名听取意见。"
    book = Workbook(THOUSANDS.agency, YEAR, last_year=before)
    part = next(p for p in book.draft().parts if p.name == "assurance")
    (told,) = [s for s in book.edited(part, sentence).draft().suggestions if s.kind == "stale"]
    assert told.citations[0].place.quote == sentence and "64" in told.text


# --- Suggestions -----------------------------------------------------------------------------------


def test_every_suggestion_has_a_reason_and_a_key_of_its_own() -> None:
    for case in CASES.values():
        suggestions = case.draft().suggestions
        assert all(s.why and s.text for s in suggestions)
        assert len({s.key for s in suggestions}) == len(suggestions)
        assert all(s.citations for s in suggestions if s.kind not in ("input", "model"))


@pytest.mark.parametrize("name", ["thousands", "government", "lawsuits"])
def test_an_accepted_suggestion_enters_each_part_it_names_and_is_told_no_more(name: str) -> None:
    book = _book(CASES[name])
    for suggestion in [s for s in book.draft().suggestions if s.insertions]:
        written = book.accepted(suggestion, {}).draft()
        for insertion in suggestion.insertions:
            assert insertion.prose.text.rstrip("。") in _part(written, insertion.part)
        assert suggestion.key not in {s.key for s in written.suggestions}


def test_an_accepted_problem_takes_its_number_in_the_list() -> None:
    book = _book(CASES["one request"])
    problem = "问题：专栏检索不便，公众要翻五页"
    noted = Workbook(book.agency, YEAR, notes=f"{problem}\n改进：改造检索").with_tables(
        tables_of(book.agency, YEAR, {"requests/unavailable.not_held/natural_person": 2, NEW: 2})
    )
    (suggestion,) = [s for s in noted.draft().suggestions if s.kind == "numbers"]
    text = _part(noted.accepted(suggestion, {}).draft(), "problems")
    assert re.match("一是.+。二是.+2件", text)


def test_a_suggestion_is_taken_in_the_writers_own_words() -> None:
    book = _book(CASES["government"])
    (suggestion,) = [s for s in book.draft().suggestions if s.kind == "numbers"]
    own = {"problems": "年末有3件申请没有办完，最长的已收到20天", "measures": "每周核对一次进度"}
    written = book.accepted(suggestion, own).draft()
    assert "最长的已收到20天" in _part(written, "problems")
    assert "每周核对一次进度" in _part(written, "measures")
    sources = {
        b.origin.source for p in written.parts if p.name == "problems" for b in p.prose.bounds
    }
    assert sources == {"cell", "writer"}


def test_what_is_accepted_into_an_edited_part_joins_its_end() -> None:
    book = _book(CASES["government"])
    (suggestion,) = [s for s in book.draft().suggestions if s.kind == "numbers"]
    part = next(p for p in book.draft().parts if p.name == "problems")
    text = _part(
        book.edited(part, "一是栏目偏少。二是更新偏慢。").accepted(suggestion, {}).draft(),
        "problems",
    )
    assert text.startswith("一是栏目偏少。二是更新偏慢。三是")


def test_a_dismissed_suggestion_can_be_had_again() -> None:
    book = _book(THOUSANDS)
    key = book.draft().suggestions[0].key
    away = book.decided(book.revision.with_dismissed(key))
    assert away.revision.dismissed == {key}
    assert not away.decided(away.revision.reopened()).revision.dismissed


def test_what_was_supplied_stands_in_the_sentence_in_place_of_the_placeholder() -> None:
    book = _book(CASES["all zero"])
    part = next(p for p in book.draft().parts if p.name == "preamble")
    (words,) = part.prose.placeholders
    written = book.supplied(part, words, "青禾区松月路8号，0599-6100001。").draft()
    assert "（青禾区松月路8号，0599-6100001）" in _part(written, "preamble")
    assert words not in written.placeholders


def test_a_draft_is_publishable_once_everything_is_supplied_and_it_is_signed() -> None:
    book = _book(CASES["all zero"])
    while (written := book.draft()).placeholders:
        part = next(part for part in written.parts if part.prose.placeholders)
        words = part.prose.placeholders[0]
        text = "没有其他需要报告的事项" if "其他" in words else "按岗位职责办理，每月核对一次"
        assert written.verdict is not None and not written.verdict.is_publishable
        book = book.supplied(part, words, text)
    signed = replace(book, signed_on=date(YEAR + 1, 1, 20)).draft()
    assert written.verdict is not None and not written.verdict.is_publishable
    assert signed.verdict is not None
    assert signed.verdict.is_publishable, [f.message for f in signed.verdict.check.findings]


# --- Undo ------------------------------------------------------------------------------------------


def test_undo_takes_back_one_decision_after_the_other() -> None:
    start = _book(THOUSANDS)
    one = start.reworded("lead")
    two = one.styled("requests", "short")
    assert two.undone().revision == one.revision
    assert two.undone().undone().revision == start.revision
    assert start.undone() is start


def test_what_was_typed_into_the_tables_is_not_undone() -> None:
    book = _book(THOUSANDS).reworded("lead").with_typed({"proactive/licensing/decisions": "9"})
    assert book.undone().cells["proactive/licensing/decisions"].text == "9"


LICENSING = "proactive/licensing/decisions"


def test_typed_cells_and_notes_are_taken_back_apart_from_the_text() -> None:
    start = _book(THOUSANDS).reworded("lead")
    typed = start.with_typed({LICENSING: "9"}).with_notes("培训2期").with_typed({LICENSING: ""})
    once = typed.unentered()
    assert once.cells[LICENSING].text == "9" and once.notes == "培训2期"
    twice = once.unentered()
    assert twice.notes == start.notes and twice.cells[LICENSING].text == "9"
    thrice = twice.unentered()
    assert thrice.cells == start.cells and thrice.revision == start.revision
    assert typed.undone().cells == typed.cells


def test_taking_back_leaves_alone_what_was_typed_elsewhere() -> None:
    book = _book(THOUSANDS).with_typed({LICENSING: "9"})
    other = replace(book, cells={**book.cells, NEW: TypedCell("77")})
    assert other.unentered().cells[NEW].text == "77"


def test_a_file_read_in_is_taken_back_with_where_it_came_from() -> None:
    book = Workbook("云溪市青禾区水务局", YEAR).with_typed({LICENSING: "9"})
    read = book.with_tables(THOUSANDS.tables)
    assert read.tables_of == THOUSANDS.agency
    assert replace(read.unentered(), entries=()) == replace(book, entries=())


def test_so_much_typing_is_remembered_and_no_more() -> None:
    book = Workbook("云溪市青禾区水务局", YEAR)
    for number in range(MOST_UNDONE + 5):
        book = book.with_typed({LICENSING: str(number + 1)})
    for _ in range(MOST_UNDONE):
        book = book.unentered()
    assert book.cells[LICENSING].text == "5" and book.unentered() is book


def test_typing_the_same_again_is_nothing_to_take_back() -> None:
    book = Workbook("云溪市青禾区水务局", YEAR).with_typed({LICENSING: "9"})
    assert book.with_typed({LICENSING: "9"}).entries == book.entries


def test_a_text_that_only_lost_its_spaces_is_no_edit() -> None:
    book = _book(THOUSANDS)
    part = book.draft().parts[0]
    assert book.edited(part, f"  {part.prose.text}\n") is book


# --- Content ---------------------------------------------------------------------------------------


def test_late_answers_in_the_notes_propose_a_problem_with_a_measure() -> None:
    written = draft("云溪市青禾区水务局", YEAR, notes="- 依申请公开：有3件申请逾期答复")
    (told,) = [s for s in written.suggestions if s.key == "late_answers"]
    assert [i.part for i in told.insertions] == ["problems", "measures"]
    on_time = draft(
        "云溪市青禾区水务局", YEAR, notes="- 依申请公开：没有逾期答复的申请，逾期未缴费1件"
    )
    assert not [s for s in on_time.suggestions if s.key == "late_answers"]


def test_a_government_that_says_nothing_of_its_duties_is_given_the_sentence() -> None:
    case = CASES["government"]
    book = _book(case)
    part = next(p for p in book.draft().parts if p.name == "assurance")
    bare = book.edited(part, "政务公开科配备专职人员。")
    (told,) = [s for s in bare.draft().suggestions if s.kind == "mandatory"]
    text = _part(bare.accepted(told, {}).draft(), "assurance")
    assert all(duty in text for duty in ("考核", "评议", "责任追究"))


def test_a_remedy_that_was_written_is_asked_for_no_more() -> None:
    book = _book(THOUSANDS)
    asked = [s for s in book.draft().suggestions if s.kind == "last_year"]
    part = next(p for p in book.draft().parts if p.name == "remedied")
    words = part.prose.placeholders[0]
    answered = book.supplied(part, words, "已统一文书写法，不再有来电询问").draft()
    assert len([s for s in answered.suggestions if s.kind == "last_year"]) == len(asked) - 1


def test_the_date_of_signing_closes_the_report() -> None:
    written = draft("云溪市青禾区水务局", YEAR, signed_on=date(YEAR + 1, 1, 20))
    report = draft_to_report(written)
    assert (report.signed_on, report.signed_by) == (date(YEAR + 1, 1, 20), "云溪市青禾区水务局")


def test_a_profile_is_told_as_the_origin_of_its_numbers() -> None:
    written = draft("云溪市青禾区水务局", YEAR, profile=Profile(phone="0599-6100002"))
    sources = {b.origin.source for p, b in written.numbers if p.number == 0}
    assert "profile" in sources


def test_an_empty_prose_says_nothing() -> None:
    assert not Prose("")
