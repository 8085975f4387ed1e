"""Passages that are searched and quoted: whole sentences, whole rows, each with its place."""

import dataclasses

from ingest.chunk import LONGEST_WITH_BREAKDOWN, Chunk, report_to_chunks
from ingest.report import Cell, Concept, Number, Report, Section, TextStart
from tests.invented import AGENCY, invented_report

HEADING = "一、总体情况"


def chunks_of(text: str, starts: tuple[TextStart, ...] = ()) -> list[Chunk]:
    report = dataclasses.replace(
        invented_report(),
        preamble=None,
        sections=(Section(1, HEADING, text, 1, 3, starts),),
        tables={},
    )
    return report_to_chunks(report)


def row_chunks(report: Report) -> dict[tuple[str | None, str | None], Chunk]:
    return {(c.place.table, c.place.row): c for c in report_to_chunks(report) if c.place.table}


def test_every_sentence_stands_in_one_chunk_letter_for_letter() -> None:
    report = invented_report()
    texts = [c for c in report_to_chunks(report) if c.place.table is None]
    for chunk in texts:
        section = report.section(chunk.place.section or 0)
        assert section is not None
        assert chunk.text in section.text
        assert chunk.place.quote == chunk.text
    for figure_text in ("举办业务培训2期", "未收取政府信息公开信息处理费"):
        assert sum(figure_text in chunk.text for chunk in texts) == 1


def test_a_long_paragraph_is_cut_at_sentences_only() -> None:
    sentence = "本局依托门户网站及时发布水情、雨情和工程进度，方便群众查询。"
    found = chunks_of(sentence * 20)
    assert len(found) > 2
    assert "".join(c.text for c in found) == sentence * 20
    assert all(len(c.text) <= 200 and c.text.endswith("。") for c in found)


def test_a_breakdown_stays_with_its_total() -> None:
    filler = "工作有序推进，各项制度不断完善，公开渠道持续拓宽，群众满意程度稳步提升。" * 4
    total, parts = "全年主动公开信息97条。", "其中：公告类信息65条，动态类信息32条。"
    (*_, last) = chunks_of(filler + total + parts)
    assert last.text.endswith(total + parts)
    assert len(last.text) <= LONGEST_WITH_BREAKDOWN


def test_a_subheading_is_context_and_no_chunk_of_its_own() -> None:
    found = chunks_of("（一）主动公开情况\n主动公开12条。\n（二）依申请公开。收到申请3件。")
    assert [c.text for c in found] == ["主动公开12条。", "（二）依申请公开。收到申请3件。"]
    assert found[0].context == f"{AGENCY} 2023年 {HEADING} 主动公开情况"
    assert found[1].context == f"{AGENCY} 2023年 {HEADING} 依申请公开"


def test_a_section_that_says_only_none_is_still_found() -> None:
    assert [c.text for c in chunks_of("无。")] == ["无。"]


def test_a_chunk_knows_the_page_and_line_of_its_own_paragraph() -> None:
    text = "主动公开12条。\n收到申请3件。"
    starts = (TextStart(0, 1, 4), TextStart(text.index("\n") + 1, 2, 9))
    assert [(c.place.page, c.place.line) for c in chunks_of(text, starts)] == [(1, 4), (2, 9)]


def test_a_table_row_is_told_in_words_with_every_number() -> None:
    report = invented_report()
    chunk = row_chunks(report)["requests", "denied.law"]
    assert "不予公开" in chunk.text
    assert "其他法律行政法规禁止公开" in chunk.text
    for column in ("natural_person", "enterprise", "total"):
        number = report.number(Concept("requests", "denied.law", column))
        assert f"{number}件" in chunk.text
    assert chunk.place.section == 3
    assert "收到和处理政府信息公开申请情况" in chunk.context


def test_a_blank_cell_is_never_told_as_zero_and_a_blank_row_gives_no_chunk() -> None:
    blank: dict[Concept | str, Cell | Number | None] = {
        Concept("disputes", "reconsideration", c): None
        for c in ("upheld", "corrected", "other", "pending", "total")
    }
    rows = row_chunks(invented_report(replace=blank))
    assert ("disputes", "reconsideration") not in rows
    one: dict[Concept | str, Cell | Number | None] = {
        Concept("disputes", "reconsideration", "upheld"): None
    }
    chunk = row_chunks(invented_report(replace=one))["disputes", "reconsideration"]
    assert "结果维持未填" in chunk.text


def test_a_report_without_agency_year_and_form_still_gives_chunks() -> None:
    bare = dataclasses.replace(invented_report(), agency=None, year=None, format=None)
    assert report_to_chunks(bare)
