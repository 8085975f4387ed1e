import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import pytest

from assistant.check import Found
from assistant.draft import PARTS, Draft, Profile, draft, draft_to_dict, draft_to_report
from assistant.drafting import phrases, phrases_requests, problem_phrases
from assistant.drafting.notes import read_notes
from assistant.drafting.polish import accepted
from assistant.drafting.prose import Origin, Prose, fill, quoted
from assistant.model import Turn
from assistant.rules import run
from assistant.rules.similarity import similarity
from ingest.chunk import report_to_chunks
from ingest.forms import form_of
from ingest.report import Cell, Concept, Doubt, Place, Report
from tests.drafting_cases import CASES, YEAR, Case, tables_of
from tests.invented import invented_report
from tests.scripted_model import FailingModel
from vectorstore.holdings import Passage

AGENCY = "云溪市青禾区数据管理局"
SIGNED = date(YEAR + 1, 1, 20)
DRAFTS = {name: case.draft() for name, case in CASES.items()}

# Two agencies' section one share at most so much of their eight-character runs (0 to 1).
MOST_ALIKE = 0.25
MOST_ALIKE_ON_AVERAGE = 0.1


def _text(result: Draft, number: int) -> str:
    return next(part.text for part in result.sections if part.number == number)


def _kinds(result: Draft, kind: str) -> list[str]:
    return [f"{s.text}|{s.why}" for s in result.suggestions if s.kind == kind]


# --- Ten agencies ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_every_digit_of_a_draft_lies_within_a_number_that_has_an_origin(name: str) -> None:
    result = DRAFTS[name]
    counted = 0
    for part in (result.preamble, *result.sections):
        for match in re.finditer(r"\d+", part.text):
            counted += 1
            assert any(
                bound.start <= match.start() and match.end() <= bound.end
                for bound in part.prose.bounds
            ), f"{match[0]} in {part.text}"
    assert counted >= len(result.numbers) > 0


@pytest.mark.parametrize("name", CASES)
def test_a_number_is_what_its_origin_holds(name: str) -> None:
    case, result = CASES[name], DRAFTS[name]
    for part, bound in result.numbers:
        printed = part.text[bound.start : bound.end]
        origin = bound.origin
        if origin.source == "year":
            assert int(printed) in (YEAR, 1, 12, 31)
        elif origin.concept is None:
            assert printed in origin.quote
        else:
            report = case.last_year if origin.source == "last_year" else case.tables
            assert report is not None
            assert float(printed) == report.number(origin.concept)


@pytest.mark.parametrize("name", [name for name in CASES if name != "blank cells"])
def test_a_draft_passes_the_check_but_for_its_placeholders(name: str) -> None:
    case, result = CASES[name], DRAFTS[name]
    found = run(draft_to_report(result, case.tables, SIGNED), case.last_year)
    graver = [f for f in found.findings if f.severity != "notice"]
    assert {f.rule for f in graver} <= {"W102"}, [f.message for f in graver if f.rule != "W102"]
    assert bool(graver) == bool(result.placeholders)
    assert not found.undecided


def test_blank_cells_are_the_only_thing_that_the_check_holds_against_a_draft_with_blank_cells() -> (
    None
):
    case, result = CASES["blank cells"], DRAFTS["blank cells"]
    found = run(draft_to_report(result, case.tables, SIGNED), case.last_year)
    assert {f.rule for f in found.findings} == {"W102", "P102", "D103"}
    assert "【请补充：本年度行政处罚处理决定数量】" in result.placeholders
    assert "行政处罚决定0件" not in _text(result, 1)


def test_ten_agencies_get_ten_texts() -> None:
    shares = [
        similarity(_text(one, 1), _text(other, 1))
        for one, other in combinations(DRAFTS.values(), 2)
    ]
    assert max(shares) < MOST_ALIKE
    assert sum(shares) / len(shares) < MOST_ALIKE_ON_AVERAGE


@pytest.mark.parametrize("name", CASES)
def test_section_one_keeps_to_the_customary_length(name: str) -> None:
    assert len(_text(DRAFTS[name], 1)) <= 1000


@pytest.mark.parametrize("name", CASES)
def test_no_zero_is_pasted_into_a_sentence(name: str) -> None:
    for part in DRAFTS[name].sections:
        assert not re.search(r"(?<!\d)0(?![\d.\-－])", part.text)


# --- What the sentences are chosen by ---------------------------------------------------------------


def _drafted(cells: dict[str, int | float | None], before: dict[str, int] | None = None) -> str:
    last_year = tables_of(AGENCY, YEAR - 1, dict(before)) if before is not None else None
    tables = tables_of(AGENCY, YEAR, cells)
    return _text(draft(AGENCY, YEAR, tables=tables, last_year=last_year), 1)


NEW = "requests/new/natural_person"
GRANTED = "requests/granted/natural_person"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (0, None, "未收到|没有收到|没有申请人"),
        (0, 0, "与上年情况相同|仍未收到|连续两年"),
        (0, 4, "上年收到政府信息公开申请4件"),
        (1, None, "1件"),
        (5, 4, "增加|上升|增多"),
        (4, 5, "减少|下降|回落"),
        (4, 4, "持平|没有变化"),
        (4, 0, "由无到有|本年度开始办理"),
    ],
)
def test_the_sentence_on_applications_fits_this_year_and_last(
    now: int, before: int | None, said: str
) -> None:
    last = None if before is None else {NEW: before, GRANTED: before}
    assert re.search(said, _drafted({NEW: now, GRANTED: now}, last))


def test_without_last_year_nothing_is_compared() -> None:
    assert "上年收到" not in _drafted({NEW: 5, GRANTED: 5})


def test_a_government_reports_on_appraisal_review_and_accountability() -> None:
    text = _text(draft("青禾县人民政府", YEAR), 1)
    assert all(duty in text for duty in ("考核", "评议", "责任追究"))
    assert "责任追究" not in _text(draft(AGENCY, YEAR), 1)


def test_a_government_that_noted_only_its_appraisal_is_asked_for_the_rest() -> None:
    result = draft("青禾县人民政府", YEAR, notes="- 政务公开纳入绩效考核")
    asked = "".join(result.placeholders)
    assert "评议" in asked and "责任追究" in asked
    assert "考核的组织和结果" not in asked


def test_that_no_fee_was_collected_is_said_only_where_the_tables_show_it() -> None:
    none = draft(AGENCY, YEAR, tables=tables_of(AGENCY))
    assert "未收取" in _text(none, 6) and not none.sections[2].prose.placeholders
    some = draft(AGENCY, YEAR, tables=tables_of(AGENCY, YEAR, {"proactive/fees/amount": 3.5}))
    assert "未收取" not in _text(some, 6)
    assert some.sections[2].prose.placeholders
    unknown = draft(AGENCY, YEAR, tables=tables_of(AGENCY, YEAR, {"proactive/fees/amount": None}))
    assert "未收取" not in _text(unknown, 6)


def test_unpaid_fees_are_told_and_taken_for_no_other_count() -> None:
    cells = {NEW: 5, GRANTED: 4, "requests/other.fee_unpaid/natural_person": 1}
    for year in range(2021, 2027):
        tables = tables_of(AGENCY, year, dict(cells))
        result = draft(AGENCY, year, tables=tables)
        assert "1件，未收取" in _text(result, 6) or "逾期未缴费的有1件" in _text(result, 6)
        found = run(draft_to_report(result, tables, date(year + 1, 1, 20)))
        assert {f.rule for f in found.findings} <= {"W102"}


def test_the_statement_on_fees_is_not_asked_for_before_there_were_fees() -> None:
    result = draft(AGENCY, 2020, tables=tables_of(AGENCY, 2020, edition="2019"))
    assert "处理费" not in _text(result, 6)
    assert result.edition == "2019"


def test_a_correction_in_reconsideration_becomes_a_problem_with_a_measure() -> None:
    tables = tables_of(AGENCY, YEAR, {"disputes/reconsideration/corrected": 3, NEW: 9, GRANTED: 9})
    text = _text(draft(AGENCY, YEAR, tables=tables), 5)
    problem, measure = re.split(r"（二）[^\n]*\n", text)
    assert "3件" in problem
    assert "被纠正" in measure or "复议决定" in measure


def test_a_doubtful_cell_is_asked_for_and_not_used() -> None:
    doubtful = Cell(7, "7", doubt=Doubt("row-shifted", "这一行的数与表头错开"))
    tables = invented_report(
        agency=AGENCY, year=YEAR, replace={"proactive/licensing/decisions": doubtful}
    )
    result = draft(AGENCY, YEAR, tables=tables)
    assert "行政许可决定7件" not in _text(result, 1)
    assert any("行政许可" in words for words in result.placeholders)
    assert any("错开" in each for each in _kinds(result, "input"))


def test_a_draft_from_nothing_is_placeholders_and_holds_no_count() -> None:
    result = draft(AGENCY, YEAR)
    assert {bound.origin.source for _, bound in result.numbers} == {"year"}
    assert len(result.placeholders) >= 8
    assert any("表格" in each for each in _kinds(result, "input"))


# --- Notes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "head", "sentence"),
    [
        ("- 全年主动公开信息83条", "proactive", "全年主动公开信息83条。"),
        ("2. 举办培训2期,参训64人次", "assurance", "举办培训2期，参训64人次。"),
        ("3月举办培训", "assurance", "3月举办培训。"),
        ("问题：目录更新滞后", "problem", "目录更新滞后。"),
        ("下一步按月核对目录。", "measure", "下一步按月核对目录。"),
        ("（1）公众号推送75篇", "platforms", "公众号推送75篇。"),
        ("收取信息处理费300元", "fee", "收取信息处理费300元。"),
        ("承办人大代表建议6件", "other", "承办人大代表建议6件。"),
        ("上年提出的目录滞后问题已整改", "remedied", "上年提出的目录滞后问题已整改。"),
    ],
)
def test_a_note_goes_where_its_words_say(line: str, head: str, sentence: str) -> None:
    (note,) = read_notes(line)
    assert (note.head, note.sentence) == (head, sentence)


def test_a_line_that_names_a_part_places_the_notes_below_it() -> None:
    notes = read_notes("## 监督保障\n- 网站由专人值守\n\n平台建设：\n- 增设数据专区")
    assert [note.head for note in notes] == ["assurance", "platforms"]


def test_this_year_in_a_note_becomes_the_year_of_the_report() -> None:
    (note,) = read_notes("今年发布信息12条，去年9条")
    assert note.prose(YEAR).text == "2024年发布信息12条，上年9条。"


@pytest.mark.parametrize(
    "notes",
    [
        "2.5万条信息公开在网站上",
        "问题：2.5万条信息中有3条不规范",
        "网站访问量12.今年推送3条",
        "发布信息１２条，12，345人次",
        "问题：【请补充：x】不够",
        "《办法》〔2020〕109号印发{n}份|{year}",
    ],
)
def test_numbers_however_noted_are_bound_and_stand_as_written(notes: str) -> None:
    text = "\n".join(part.text for part in draft(AGENCY, YEAR, notes=notes).sections)
    numbers = re.findall(r"[\d.]*\d", notes)
    assert all(number in text for number in numbers)


def test_a_note_that_cannot_be_placed_is_told() -> None:
    result = draft(AGENCY, YEAR, notes="- 本局于三月迁入新址")
    assert "本局于三月迁入新址。" in _text(result, 1)
    assert any("迁入新址" in each for each in _kinds(result, "input"))


def test_a_note_that_contradicts_the_tables_is_told_and_left_out() -> None:
    tables = tables_of(AGENCY, YEAR, {NEW: 5, GRANTED: 5})
    result = draft(AGENCY, YEAR, tables=tables, notes="- 全年收到政府信息公开申请8件")
    assert "8件" not in _text(result, 1)
    (told,) = [s for s in result.suggestions if "8件" in s.text]
    assert told.citations[0].place.row == "new"


def test_a_note_that_repeats_the_tables_is_not_said_twice() -> None:
    tables = tables_of(AGENCY, YEAR, {NEW: 5, GRANTED: 5})
    result = draft(AGENCY, YEAR, tables=tables, notes="- 依申请公开：收到申请5件")
    assert _text(result, 1).count("5件") == _text(draft(AGENCY, YEAR, tables=tables), 1).count(
        "5件"
    )


def test_each_noted_problem_has_a_measure_or_is_asked_for_one() -> None:
    notes = "问题：目录滞后，抽查40条有9条过期\n问题：解读偏少，全年只有3篇\n改进：按月核对目录"
    text = _text(draft(AGENCY, YEAR, notes=notes), 5)
    assert len(re.findall("[一二]是", text)) == 4
    assert "“解读偏少”" in text


def test_an_empty_phrase_is_told_how_to_become_concrete() -> None:
    result = draft(AGENCY, YEAR, notes="- 问题：公开质量有待进一步提高")
    assert any("写具体" in each for each in _kinds(result, "vague"))


# --- Last year -------------------------------------------------------------------------------------


def test_last_years_problems_are_quoted_and_asked_after() -> None:
    before = invented_report(agency=AGENCY, year=YEAR - 1)
    result = draft(AGENCY, YEAR, last_year=before)
    assert "“公共数据目录更新滞后，部分条目超过一个季度没有核对”" in _text(result, 5)
    cited = [s.citations[0] for s in result.suggestions if s.kind == "last_year"]
    section = before.section(5)
    assert section is not None and cited
    assert all((c.place.quote or "?") in section.text for c in cited)


@pytest.mark.parametrize(
    ("past", "named"),
    [
        (
            "问题一：轮岗名单公布后，部分家长对结果有疑问，解释不够。",
            "轮岗名单公布后，部分家长对结果有疑问，解释不够",
        ),
        ("一是专栏检索不便，公众翻找费时。二是人手紧张。", "专栏检索不便，公众翻找费时"),
        (
            "（一）存在的主要问题\n1.目录更新滞后。\n（二）改进情况\n1.今后不再滞后。",
            "目录更新滞后",
        ),
    ],
)
def test_a_problem_of_last_year_is_named_in_its_own_words(past: str, named: str) -> None:
    before = tables_of(AGENCY, YEAR - 1, sections={5: past})
    text = _text(draft(AGENCY, YEAR, last_year=before), 5)
    assert f"“{named}”" in text
    assert "“今后" not in text and "“存在的主要问题”" not in text


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (invented_report(agency="云溪市青禾区水务局", year=YEAR - 1), "云溪市青禾区水务局"),
        (invented_report(agency=AGENCY, year=YEAR - 3), f"{YEAR - 3}年"),
    ],
)
def test_another_agencys_or_years_report_is_told_and_not_compared_with(
    before: Report, why: str
) -> None:
    result = draft(AGENCY, YEAR, tables=invented_report(agency=AGENCY, year=YEAR), last_year=before)
    assert any(why in each for each in _kinds(result, "input"))
    assert "last_year" not in {bound.origin.source for _, bound in result.numbers}


def test_tables_of_another_agency_or_year_are_told() -> None:
    tables = tables_of("云溪市青禾区水务局", YEAR - 1)
    told = "".join(_kinds(draft(AGENCY, YEAR, tables=tables), "input"))
    assert "云溪市青禾区水务局" in told and f"{YEAR - 1}年" in told


def test_last_years_figures_left_in_the_notes_are_told() -> None:
    sentence = "举办业务培训2期，参训人员64人次，聘请社会监督员5名听取意见。"
    before = invented_report(agency=AGENCY, year=YEAR - 1)
    assert sentence in "".join(section.text for section in before.sections)
    result = draft(AGENCY, YEAR, last_year=before, notes=f"- {sentence}")
    (told,) = [s for s in result.suggestions if s.kind == "stale"]
    assert "64" in told.text
    assert told.citations[0].place.quote == sentence


def test_tables_that_do_not_balance_are_told_beside_the_draft() -> None:
    tables = invented_report(
        agency=AGENCY, year=YEAR, balanced=True, replace={"requests/new/total": 1}
    )
    result = draft(AGENCY, YEAR, tables=tables)
    told = [s for s in result.suggestions if s.kind == "check" and s.section == 3]
    assert told and told[0].citations[0].place.table == "requests"
    assert result.sections


def test_a_great_rise_of_applications_is_worth_a_word() -> None:
    last = tables_of(AGENCY, YEAR - 1, {NEW: 10, GRANTED: 10})
    tables = tables_of(AGENCY, YEAR, {NEW: 40, GRANTED: 40})
    result = draft(AGENCY, YEAR, tables=tables, last_year=last)
    assert any("增幅较大" in each for each in _kinds(result, "numbers"))


# --- Library ---------------------------------------------------------------------------------------


@dataclass
class _Library:
    reports_held: Sequence[Report]

    def agencies(self) -> list[str]:
        return [r.agency or "" for r in self.reports_held]

    def reports(self, *, agency: str | None = None, year: int | None = None) -> list[Report]:
        return [r for r in self.reports_held if r.agency == agency and r.year == year]

    def report(self, report_id: str) -> Report:
        return next(r for r in self.reports_held if r.id == report_id)

    def search(
        self, text: str, *, years: Sequence[int] = (), sections: Sequence[int] = (), limit: int = 8
    ) -> list[Passage]:
        return [
            Passage(r.id, r.agency or "", r.year or 0, chunk, 0.5)
            for r in self.reports_held
            if not years or r.year in years
            for chunk in report_to_chunks(r)
            if chunk.place.section in sections
        ][:limit]


PEER = invented_report(agency="云溪市红枫区审计局", year=YEAR - 1)


def test_last_years_report_is_found_in_the_library() -> None:
    library = _Library([PEER, invented_report(agency=AGENCY, year=YEAR - 1)])
    result = draft(AGENCY, YEAR, library=library)
    assert _kinds(result, "last_year")


def test_practices_of_peers_are_quoted_letter_for_letter_and_stay_out_of_the_text() -> None:
    result = draft(AGENCY, YEAR, library=_Library([PEER]))
    told = [s for s in result.suggestions if s.kind == "peer"]
    texts = "".join(section.text for section in PEER.sections)
    assert told
    for suggestion in told:
        (citation,) = suggestion.citations
        assert citation.agency == PEER.agency
        assert (citation.place.quote or "?") in texts
    assert (PEER.agency or "?") not in "".join(part.text for part in result.sections)


def test_a_sentence_taken_from_a_peer_is_told() -> None:
    peer = invented_report(agency="云溪市红枫区审计局", year=YEAR)
    section = peer.section(5)
    assert section is not None
    notes = "\n".join(
        ("问题：" if n < 2 else "改进：") + sentence
        for n, sentence in enumerate(
            re.findall(r"(?<=是)[^。]+。", section.text),
        )
    )
    result = draft(AGENCY, YEAR, notes=notes, library=_Library([peer]))
    assert any("审计局" in each and "相同" in each for each in _kinds(result, "check"))


# --- A model ---------------------------------------------------------------------------------------


@dataclass
class _Editor:
    """A model that applies one substitution to each sentence it is sent."""

    old: str
    new: str

    def reply(self, messages: Sequence[Turn]) -> Iterator[str]:
        lines = messages[-1].content.split("句子：\n")[1]
        yield lines.replace(self.old, self.new)


CASE: Case = CASES["fewer than last year"]


def _polished(old: str, new: str) -> str:
    model = _Editor(old, new)
    result = draft(CASE.agency, YEAR, tables=CASE.tables, last_year=CASE.last_year, model=model)
    return _text(result, 1)


def test_a_model_may_reword_a_sentence() -> None:
    plain = _text(draft(CASE.agency, YEAR, tables=CASE.tables, last_year=CASE.last_year), 1)
    assert _polished("全年新收", "全年共收到") == plain.replace("全年新收", "全年共收到")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("5件", "6件"),
        ("5件", "若干件"),
        ("没有产生", "产生"),
        ("【请补充：", "【"),
        ("。", "，效果显著。\n"),
    ],
)
def test_a_model_that_changes_what_is_said_is_not_followed(old: str, new: str) -> None:
    plain = _text(draft(CASE.agency, YEAR, tables=CASE.tables, last_year=CASE.last_year), 1)
    text = _polished(old, new)
    assert re.findall(r"\d+", text) == re.findall(r"\d+", plain)
    assert text.count("【请补充：") == plain.count("【请补充：")
    assert "没有产生行政许可" in text


def test_a_reworded_sentence_keeps_the_origin_of_each_number() -> None:
    new, carried = (Origin("cell", Concept("requests", row, "total")) for row in ("new", "granted"))
    old = quoted("全年新收申请5件，", new) + quoted("予以公开5件。", carried)
    reworded = accepted(old, "本年度共新收申请5件，其中予以公开5件。")
    assert reworded.text.startswith("本年度")
    assert [b.origin for b in reworded.bounds] == [new, carried]


def test_a_sentence_whose_numbers_change_places_is_not_taken() -> None:
    old = quoted("全年新收申请5件，办结申请4件。", Origin("notes", quote="5 4"))
    assert accepted(old, "全年办结申请4件，新收申请5件。") is old


def test_a_draft_is_whole_when_the_model_fails() -> None:
    plain = draft(CASE.agency, YEAR, tables=CASE.tables)
    result = draft(CASE.agency, YEAR, tables=CASE.tables, model=FailingModel())
    assert result.sections == plain.sections
    assert _kinds(result, "model")


# --- Contract and invariants -----------------------------------------------------------------------


def test_the_json_has_the_shape_of_the_contract() -> None:
    data = draft_to_dict(DRAFTS["one request"])
    assert {"agency", "year", "sections", "suggestions", "numbers"} <= set(data)
    numbers = data["numbers"]
    assert isinstance(numbers, list)
    expected = {"table": "requests", "row": "new", "column": "total"}
    assert any(n["text"] == "1件" and n["from"] == expected for n in numbers)
    assert any(n["from"].get("notes", "").startswith("全年主动公开信息46条") for n in numbers)
    suggestions = data["suggestions"]
    assert isinstance(suggestions, list)
    assert all({"section", "text", "why", "citations"} <= set(each) for each in suggestions)


@pytest.mark.parametrize("name", CASES)
def test_every_placeholder_is_listed_as_a_suggestion(name: str) -> None:
    result = DRAFTS[name]
    listed = {s.text for s in result.suggestions if s.kind == "placeholder"}
    assert listed == set(result.placeholders)


def test_the_same_input_gives_the_same_draft() -> None:
    once, again = CASES["thousands"].draft(), CASES["thousands"].draft()
    assert draft_to_dict(once) == draft_to_dict(again)


@pytest.mark.parametrize("part", PARTS)
def test_another_wording_of_one_part_leaves_the_others_as_they_are(part: str) -> None:
    tables = CASE.tables
    before = draft(CASE.agency, YEAR, tables=tables)
    after = draft(CASE.agency, YEAR, tables=tables, turns={part: 1})
    old, new = (
        "\n".join(each.text for each in (result.preamble, *result.sections)).split("\n")
        for result in (before, after)
    )
    changed = [one for one, other in zip(old, new, strict=True) if one != other]
    assert 1 <= len(changed) <= (4 if part == "problems" else 1)
    cells = [{b.origin for _, b in r.numbers if b.origin.concept} for r in (before, after)]
    assert cells[0] == cells[1]


def test_an_accepted_suggestion_enters_the_text_bound_to_its_cell() -> None:
    case = CASES["government"]
    (suggestion,) = [s for s in DRAFTS["government"].suggestions if s.key]
    result = draft(case.agency, YEAR, tables=case.tables, accepted=(suggestion.key,))
    assert "3件" in _text(result, 5)
    origins = [bound.origin for part, bound in result.numbers if part.number == 5]
    assert [str(origin.concept) for origin in origins] == [suggestion.key]
    assert suggestion.key not in {s.key for s in result.suggestions}


def test_one_section_can_be_drafted_alone() -> None:
    result = draft(AGENCY, YEAR, tables=tables_of(AGENCY), sections=(6,))
    assert [part.number for part in result.sections] == [6]
    assert {s.section for s in result.suggestions} <= {0, 1, 2, 3, 4, 5, 6}


def test_a_section_of_tables_cannot_be_drafted() -> None:
    with pytest.raises(ValueError, match="只能起草"):
        draft(AGENCY, YEAR, sections=(2,))


def test_the_profile_gives_contact_and_platforms() -> None:
    profile = Profile("松月路8号", "0599-6100001", platforms=("区政府门户网站", "公众号“青禾数据”"))
    result = draft(AGENCY, YEAR, profile=profile)
    assert "地址：松月路8号；电话：0599-6100001" in result.preamble.text
    assert "区政府门户网站、公众号“青禾数据”" in _text(result, 1)


def test_a_digit_without_origin_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="without origin"):
        Prose("全年公开信息12条。")
    with pytest.raises(ValueError, match="without origin"):
        fill("全年公开信息{n}条。", {"n": "12"})


def _wordings() -> Iterator[tuple[str, tuple[str, ...]]]:
    for module in (phrases, phrases_requests, problem_phrases):
        for name, value in vars(module).items():
            if name.isupper() and name != "CUSTOMARY" and hasattr(value, "items"):
                yield from ((f"{name} {key}", texts) for key, texts in value.items())
    for sign in problem_phrases.SIGNS:
        yield f"{sign.concept} problem", sign.problems
        yield f"{sign.concept} measure", sign.measures


WORDINGS = dict(_wordings())
# Fields that every wording may use.
_COMMON = {"we", "agency", "year"}


@pytest.mark.parametrize("key", WORDINGS)
def test_wordings_of_one_situation_take_the_same_fields_and_hold_no_digit(key: str) -> None:
    texts = WORDINGS[key]
    texts = (texts,) if isinstance(texts, str) else texts
    assert not any(re.search(r"\d", text) for text in texts)
    if not key.startswith(("REASONS", "GROUP_HEADS", "RESULTS", "OPENING parts")):
        fields = [set(re.findall(r"\{(\w+)\}", text)) - _COMMON for text in texts]
        assert all(each == fields[0] for each in fields)
        assert len(set(texts)) == len(texts) > 1


def test_every_outcome_of_the_form_can_be_said() -> None:
    framing = {"new", "carried_in", "total", "carried_over"}
    for edition in ("2019", "2021"):
        rows = form_of(edition).table("requests").rows
        assert set(rows) - framing <= set(phrases_requests.REASONS)


def test_a_place_found_is_a_found_passage() -> None:
    found: Sequence[Found] = _Library([PEER]).search("培训", sections=(1,))
    assert found[0].report_id == PEER.id
    assert isinstance(found[0], Passage) and isinstance(found[0].chunk.place, Place)
