"""The whole that a question sets a part against: 执法案卷占不予公开的多少, 不予公开里执法案卷占几成.

Pure. What a part is a share of where the question names no whole stands with the look-ups.
"""

import re

from assistant.measure import Measure
from assistant.question.equations import find_side
from assistant.question.measures import find_measures, in_columns
from assistant.question.vocabulary import APPLICANTS, cells
from assistant.question.words import cells_measure
from ingest.report import Concept

# 执法案卷占不予公开的百分之几
_PART_OF = re.compile("(?P<part>.+?)占(?!比)(?P<whole>[^占]{2,20}?)的?(?:百分之|比例|比重|多少|几)")
# 部分公开占公开总数几成
_ALL_RELEASED = re.compile("(?:全部|所有)?公开的?(?:总[数量]|件数|申请)?")
_RELEASED = cells_measure("requests", ("granted", "partly_granted"), ("total",))
# 予以公开加部分公开占办结的多少: the parts together
_TOGETHER = re.compile("加|合计|之和|合起来|两项|一共")
# 不予公开里执法案卷占多少
_WITHIN = re.compile(
    "(?P<whole>.{2,20}?)(?:里面?|当中|之中|中)[,，]?(?P<part>.+?)(?:占|的比例|的比重)"
)


def find_shares(text: str) -> tuple[Measure, ...]:
    """The parts as ratios of the whole that the question names; empty where it names none.

    `text` is the question without names and years.
    """
    for pattern in (_PART_OF, _WITHIN):
        if (match := pattern.search(text)) is None:
            continue
        whole = _RELEASED if _ALL_RELEASED.fullmatch(match["whole"]) else find_side(match["whole"])
        parts = find_measures(match["part"]).measures
        if whole is None:
            continue
        parts = tuple(_in_column_of(whole, part) for part in parts)
        parts = tuple(part for part in parts if _is_part(part, whole))
        if len(parts) > 1 and _TOGETHER.search(match["part"]):
            return (_share_of_all(parts, whole),)
        if parts:
            return tuple(share_of(part, whole) for part in parts)
    return ()


def _in_column_of(whole: Measure, part: Measure) -> Measure:
    """自然人申请里予以公开的占比: the part of the same kind of applicant as the whole."""
    columns = {(cell.table, cell.column) for cell in whole.cells}
    are_totals = all(cell.column == "total" for cell in part.cells)
    if len(columns) != 1 or ("requests", "total") in columns or not are_totals:
        return part
    table, column = columns.pop()
    if any(cell.table != table for cell in part.cells):
        return part
    found = in_columns((part,), ((table, (column,)),))
    return found[0] if found else part


def _is_part(part: Measure, whole: Measure) -> bool:
    """Whether both are cells of one table; an outcome of litigation is no part of reconsideration."""
    are_cells = part.aspect == whole.aspect == "cells" and not (part.less or whole.less)
    if not are_cells or part == whole or part.cells[0].table != whole.cells[0].table:
        return False
    rows, of_whole = ({cell.row for cell in measure.cells} for measure in (part, whole))
    return part.cells[0].table != "disputes" or rows <= of_whole


def share_of(part: Measure, whole: Measure) -> Measure:
    """The part as a ratio of the whole."""
    return Measure(
        f"{part.name}占{whole.name}的比例", "%", "ratio", cells=part.cells, over=whole.cells
    )


def _share_of_all(parts: tuple[Measure, ...], whole: Measure) -> Measure:
    cells = tuple(dict.fromkeys(cell for part in parts for cell in part.cells))
    name = "、".join(part.name for part in parts)
    return Measure(f"{name}合计占{whole.name}的比例", "%", "ratio", cells=cells, over=whole.cells)


def as_ratio(measure: Measure) -> Measure:
    """The measure over its whole: an applicant over its row, an outcome over all outcomes."""
    if measure.aspect == "cells" and (others := _other_columns(measure)):
        whole = measure.cells
        name = f"{measure.name}占比"
        return Measure(name, "%", "ratio", cells=others, over=whole, definition="总计列")
    if measure.aspect != "cells" or measure.less:
        return measure
    first = measure.cells[0]
    rows = tuple(dict.fromkeys(concept.row for concept in measure.cells))
    if first.column != "total":
        whole = cells(first.table, rows, ("total",)) if first.table != "proactive" else ()
        described = "总计列"
    else:
        row = ("new", "carried_in") if rows[0] in ("carried_in", "carried_over") else ("total",)
        whole = cells("requests", row, ("total",)) if first.table == "requests" else ()
        described = "办理结果总计"
    if not whole or (rows == ("new",) and first.column == "total"):
        return measure
    return Measure(
        f"{measure.name}占比", "%", "ratio", cells=measure.cells, over=whole, definition=described
    )


def _other_columns(measure: Measure) -> tuple[Concept, ...]:
    """The columns that remain of a row's total (不是自然人提的); empty where rows are left out."""
    is_total = len(measure.cells) == 1 and measure.cells[0].column == "total"
    if not (is_total and measure.less) or measure.cells[0].table != "requests":
        return ()
    row = measure.cells[0].row
    if any(cell.row != row or cell.column == "total" for cell in measure.less):
        return ()
    left_out = {cell.column for cell in measure.less}
    return cells("requests", (row,), tuple(c for c in APPLICANTS if c not in left_out))
