"""Where a report's text gives another number than its table for the same thing.

Which of the two is right nobody can tell from the report; the table's is given, and the text's said
beside it. The invariant: only numbers that the text gives for the whole agency and year are held
against a cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.lookup.own_figures import choose
from assistant.lookup.readings import Reading, figure_to_citation, number_text
from assistant.question.vocabulary import DECLINED, DENIED, OTHER, UNAVAILABLE, cells
from ingest.report import Concept, Figure
from vectorstore.library import Library

# How the text calls what the 总计 column of table three counts.
_TEXT_NAMES: Mapping[tuple[Concept, ...], str] = {
    cells("requests", rows, ("total",)): name
    for rows, name in (
        (("new",), "收到申请"),
        (("carried_in",), "上年结转"),
        (("carried_over",), "结转下年度"),
        (("granted",), "予以公开"),
        (("partly_granted",), "部分公开"),
        (DENIED, "不予公开"),
        (UNAVAILABLE, "无法提供"),
        (DECLINED, "不予处理"),
        (OTHER, "其他处理"),
    )
}
_OVERVIEW_SECTION = 1


def with_what_the_text_says(readings: Sequence[Reading], library: Library) -> list[Reading]:
    """The readings; one that the text contradicts with the other number as a remark, cited."""
    asked = [r for r in readings if r.value is not None and _text_name(r)]
    if not asked:
        return list(readings)
    figures = {r.entry.id: library.report(r.entry.id).figures for r in asked}
    return [_told(reading, figures.get(reading.entry.id, ())) for reading in readings]


def _text_name(reading: Reading) -> str | None:
    """How the text calls what was read, None where it has no one name for it."""
    measure = reading.measure
    is_plain = measure.aspect == "cells" and not measure.less
    return _TEXT_NAMES.get(measure.cells) if is_plain else None


def _told(reading: Reading, figures: Sequence[Figure]) -> Reading:
    others = list(_otherwise(reading, figures))
    if not others:
        return reading
    first = others[0]
    remark = f"正文写的是{number_text(first.value)}{first.unit}，与表格不一致，请核对原文"
    return replace(
        reading,
        quoted=(*reading.quoted, figure_to_citation(first, reading.entry)),
        remarks=(*reading.remarks, remark),
    )


def _otherwise(reading: Reading, figures: Sequence[Figure]) -> Iterator[Figure]:
    """The figures of the text on the same thing, where none of them is the table's number."""
    name = _text_name(reading)
    if name is None or reading.value is None:
        return
    said = [
        figure
        for figure in choose(name, "件", figures)
        if figure.scope is None
        and figure.part_of in (None, "答复申请", "收到申请")
        and figure.section == _OVERVIEW_SECTION
        and not figure.approximate
    ]
    if all(figure.value != reading.value for figure in said):
        yield from said
