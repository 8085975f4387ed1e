import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest

from assistant.drafting.draft import draft
from assistant.drafting.notes import read_notes
from assistant.drafting.polish import accepted
from assistant.drafting.problems import past_problems
from assistant.drafting.prose import Origin, quoted
from assistant.model import Turn
from ingest.chunk import report_to_chunks
from ingest.report import Concept, Report, Section
from tests.drafting_cases import CASES, YEAR, Case, kinds, tables_of, text_of
from tests.invented import invented_report
from tests.scripted_model import FailingModel
from vectorstore.holdings import Passage

AGENCY = "云溪市青禾区数据管理局"
NEW = "requests/new/natural_person"
GRANTED = "requests/granted/natural_person"


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
        ("去年培训不足，今年补办两期", "remedied", "去年培训不足，今年补办两期。"),
        ("去年公开12条，今年公开13条", "proactive", "去年公开12条，今年公开13条。"),
    ],
)
def test_a_note_goes_where_its_words_say(line: str, head: str, sentence: str) -> None:
    (note,) = read_notes(line)
    assert (note.head, note.sentence) == (head, sentence)


def test_a_line_that_names_a_part_places_the_notes_below_it() -> None:
    notes = read_notes("## 监督保障\n- 网站由专人值守\n\n平台建设：\n- 增设数据专区")
    assert [note.head for note in notes] == ["assurance", "platforms"]


def test_a_problem_that_last_years_report_calls_solved_is_not_asked_about_again() -> None:
    text = "（一）存在的主要问题\n学区公告不直观的问题，已通过查询小程序解决。目录更新不及时。"
    last_year = replace(invented_report(), sections=(Section(5, "五、存在的主要问题", text),))
    assert [past.words for past in past_problems(last_year)] == ["目录更新不及时"]


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
    assert "本局于三月迁入新址。" in text_of(result, 1)
    assert any("迁入新址" in each for each in kinds(result, "input"))


def test_a_note_that_contradicts_the_tables_is_told_and_left_out() -> None:
    tables = tables_of(AGENCY, YEAR, {NEW: 5, GRANTED: 5})
    result = draft(AGENCY, YEAR, tables=tables, notes="- 全年收到政府信息公开申请8件")
    assert "8件" not in text_of(result, 1)
    (told,) = [s for s in result.suggestions if "8件" in s.text]
    assert told.citations[0].place.row == "new"


def test_a_note_that_repeats_the_tables_is_not_said_twice() -> None:
    tables = tables_of(AGENCY, YEAR, {NEW: 5, GRANTED: 5})
    result = draft(AGENCY, YEAR, tables=tables, notes="- 依申请公开：收到申请5件")
    assert text_of(result, 1).count("5件") == text_of(draft(AGENCY, YEAR, tables=tables), 1).count(
        "5件"
    )


def test_each_noted_problem_has_a_measure_or_is_asked_for_one() -> None:
    notes = "问题：目录滞后，抽查40条有9条过期\n问题：解读偏少，全年只有3篇\n改进：按月核对目录"
    text = text_of(draft(AGENCY, YEAR, notes=notes), 5)
    assert len(re.findall("[一二]是", text)) == 4
    assert "“解读偏少”" in text


def test_an_empty_phrase_is_told_how_to_become_concrete() -> None:
    result = draft(AGENCY, YEAR, notes="- 问题：公开质量有待进一步提高")
    assert any("写具体" in each for each in kinds(result, "vague"))


# --- Last year -------------------------------------------------------------------------------------


def test_last_years_problems_are_quoted_and_asked_after() -> None:
    before = invented_report(agency=AGENCY, year=YEAR - 1)
    result = draft(AGENCY, YEAR, last_year=before)
    assert "“公共数据目录更新滞后，部分条目超过一个季度没有核对”" in text_of(result, 5)
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
        ("主要存在以下问题：\n一是解读偏少，全年只有三篇。", "解读偏少，全年只有三篇"),
        ("但时效性有待加强。下一步按月核对。", "时效性有待加强"),
        ("一是专栏检索不便，公众翻找费时。二是人手紧张。", "专栏检索不便，公众翻找费时"),
        (
            "（一）存在的主要问题\n1.目录更新滞后。\n（二）改进情况\n1.今后不再滞后。",
            "目录更新滞后",
        ),
    ],
)
def test_a_problem_of_last_year_is_named_in_its_own_words(past: str, named: str) -> None:
    before = tables_of(AGENCY, YEAR - 1, sections={5: past})
    text = text_of(draft(AGENCY, YEAR, last_year=before), 5)
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
    assert any(why in each for each in kinds(result, "input"))
    assert "last_year" not in {bound.origin.source for _, bound in result.numbers}


def test_tables_of_another_agency_or_year_are_told() -> None:
    tables = tables_of("云溪市青禾区水务局", YEAR - 1)
    told = "".join(kinds(draft(AGENCY, YEAR, tables=tables), "input"))
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
    assert any("增幅较大" in each for each in kinds(result, "numbers"))


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
    assert kinds(result, "last_year")


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
    assert any("审计局" in each and "相同" in each for each in kinds(result, "check"))


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
    return text_of(result, 1)


def test_a_model_may_reword_a_sentence() -> None:
    plain = text_of(draft(CASE.agency, YEAR, tables=CASE.tables, last_year=CASE.last_year), 1)
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
    plain = text_of(draft(CASE.agency, YEAR, tables=CASE.tables, last_year=CASE.last_year), 1)
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
    assert kinds(result, "model")
