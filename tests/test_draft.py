import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest

from assistant.drafting import phrases, phrases_requests, problem_phrases
from assistant.drafting.draft import (
    PARTS,
    Profile,
    Revision,
    draft,
    draft_to_dict,
    draft_to_report,
)
from assistant.drafting.prose import Prose, fill
from assistant.drafting.revision import PartName
from assistant.rules import run
from assistant.rules.similarity import similarity
from ingest.forms import form_of
from ingest.report import Cell, Doubt
from tests.drafting_cases import (
    BLANKS,
    CASES,
    MOST_ALIKE,
    MOST_ALIKE_ON_AVERAGE,
    SIGNED,
    YEAR,
    kinds,
    tables_of,
    text_of,
)
from tests.invented import invented_report

AGENCY = "云溪市青禾区数据管理局"
CASE = CASES["fewer than last year"]
DRAFTS = {name: case.draft() for name, case in CASES.items()}


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
    assert counted


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


@pytest.mark.parametrize("name", CASES)
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
    result = BLANKS.draft()
    found = run(draft_to_report(result, BLANKS.tables, SIGNED))
    assert {f.rule for f in found.findings} == {"W102", "P102", "D103"}
    assert "【请补充：本年度行政处罚处理决定数量】" in result.placeholders
    assert "行政处罚决定0件" not in text_of(result, 1)


def test_ten_agencies_get_ten_texts() -> None:
    shares = [
        similarity(text_of(one, 1), text_of(other, 1))
        for one, other in combinations(DRAFTS.values(), 2)
    ]
    assert max(shares) < MOST_ALIKE
    assert sum(shares) / len(shares) < MOST_ALIKE_ON_AVERAGE


@pytest.mark.parametrize("name", CASES)
def test_section_one_keeps_to_the_customary_length(name: str) -> None:
    assert len(text_of(DRAFTS[name], 1)) <= 1000


@pytest.mark.parametrize("name", CASES)
def test_no_zero_is_pasted_into_a_sentence(name: str) -> None:
    for part in DRAFTS[name].sections:
        assert not re.search(r"(?<!\d)0(?![\d.\-－])", part.text)


# --- What the sentences are chosen by ---------------------------------------------------------------


def _drafted(cells: dict[str, int | float | None], before: dict[str, int] | None = None) -> str:
    last_year = tables_of(AGENCY, YEAR - 1, dict(before)) if before is not None else None
    tables = tables_of(AGENCY, YEAR, cells)
    return text_of(draft(AGENCY, YEAR, tables=tables, last_year=last_year), 1)


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
        (4, 0, "由无到有"),
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
    text = text_of(draft("青禾县人民政府", YEAR), 1)
    assert all(duty in text for duty in ("考核", "评议", "责任追究"))
    assert "责任追究" not in text_of(draft(AGENCY, YEAR), 1)


def test_a_government_that_noted_only_its_appraisal_is_asked_for_the_rest() -> None:
    result = draft("青禾县人民政府", YEAR, notes="- 政务公开纳入绩效考核")
    asked = "".join(result.placeholders)
    assert "评议" in asked and "责任追究" in asked
    assert "考核的组织和结果" not in asked


def test_that_no_fee_was_collected_is_said_only_where_the_tables_show_it() -> None:
    none = draft(AGENCY, YEAR, tables=tables_of(AGENCY))
    assert "未收取" in text_of(none, 6) and "收费通知" not in text_of(none, 6)
    some = draft(AGENCY, YEAR, tables=tables_of(AGENCY, YEAR, {"proactive/fees/amount": 3.5}))
    assert "未收取" not in text_of(some, 6)
    assert "收费通知" in text_of(some, 6)
    unknown = draft(AGENCY, YEAR, tables=tables_of(AGENCY, YEAR, {"proactive/fees/amount": None}))
    assert "未收取" not in text_of(unknown, 6)


def test_unpaid_fees_are_told_and_taken_for_no_other_count() -> None:
    cells = {NEW: 5, GRANTED: 4, "requests/other.fee_unpaid/natural_person": 1}
    for year in range(2021, 2027):
        tables = tables_of(AGENCY, year, dict(cells))
        result = draft(AGENCY, year, tables=tables)
        assert "1件，未收取" in text_of(result, 6) or "逾期未缴费的有1件" in text_of(result, 6)
        found = run(draft_to_report(result, tables, date(year + 1, 1, 20)))
        assert {f.rule for f in found.findings} <= {"W102"}


def test_the_statement_on_fees_is_not_asked_for_before_there_were_fees() -> None:
    result = draft(AGENCY, 2020, tables=tables_of(AGENCY, 2020, edition="2019"))
    assert "处理费" not in text_of(result, 6)
    assert result.edition == "2019"


def test_a_correction_in_reconsideration_becomes_a_problem_with_a_measure() -> None:
    tables = tables_of(AGENCY, YEAR, {"disputes/reconsideration/corrected": 3, NEW: 9, GRANTED: 9})
    text = text_of(draft(AGENCY, YEAR, tables=tables), 5)
    problem, measure = re.split(r"（二）[^\n]*\n", text)
    assert "3件" in problem
    assert "被纠正" in measure or "复议决定" in measure


def test_a_doubtful_cell_is_asked_for_and_not_used() -> None:
    doubtful = Cell(7, "7", doubt=Doubt("row-shifted", "这一行的数与表头错开"))
    tables = invented_report(
        agency=AGENCY, year=YEAR, replace={"proactive/licensing/decisions": doubtful}
    )
    result = draft(AGENCY, YEAR, tables=tables)
    assert "行政许可决定7件" not in text_of(result, 1)
    assert any("行政许可" in words for words in result.placeholders)
    assert any("错开" in each for each in kinds(result, "input"))


def test_a_draft_from_nothing_is_placeholders_and_holds_no_count() -> None:
    result = draft(AGENCY, YEAR)
    assert {bound.origin.source for _, bound in result.numbers} == {"year", "form"}
    assert len(result.placeholders) >= 8
    assert any("表格" in each for each in kinds(result, "input"))


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
def test_another_wording_of_one_part_leaves_the_others_as_they_are(part: PartName) -> None:
    case = CASES["thousands"]
    before, after = (
        draft(case.agency, YEAR, tables=case.tables, last_year=case.last_year, revision=revision)
        for revision in (Revision(), Revision().reworded(part))
    )
    old, new = (
        {each.name: each.prose.text for s in (r.preamble, *r.sections) for each in s.parts}
        for r in (before, after)
    )
    assert {name for name in PARTS if old[name] != new[name]} == {part}
    cells = [{b.origin for _, b in r.numbers if b.origin.concept} for r in (before, after)]
    assert cells[0] == cells[1]


def test_an_accepted_suggestion_enters_the_text_bound_to_its_cell() -> None:
    case = CASES["government"]
    (suggestion,) = [s for s in DRAFTS["government"].suggestions if s.kind == "numbers"]
    taken = Revision().with_accepted(suggestion.key, suggestion.insertions)
    result = draft(case.agency, YEAR, tables=case.tables, revision=taken)
    assert "3件" in text_of(result, 5)
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
    assert "区政府门户网站、公众号“青禾数据”" in text_of(result, 1)


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


@pytest.mark.parametrize("turn", range(4))
def test_the_opening_announces_the_parts_that_follow(turn: int) -> None:
    result = draft(AGENCY, YEAR, tables=tables_of(AGENCY), revision=Revision({"preamble": turn}))
    found = run(draft_to_report(result, tables_of(AGENCY), SIGNED))
    assert {f.rule for f in found.findings} == {"W102"}
