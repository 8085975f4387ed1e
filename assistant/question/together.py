"""Several measures that a question takes as one: 复议和诉讼加起来最多, 予以公开加部分公开占多少.

Pure. Only numbers of one unit are added, and never a number and a part of it.
"""

import re

from assistant.measure import Measure
from assistant.query import Operation

_ADDED = re.compile(
    "加起来|加一起|加在一起|总数|总件数|总量|加到一块|加一块|合起来|合在一起|相加|之和|总和|加总|合计|总共|一共|拢共|[+＋]"
    "|[|]加[|]"
)
_TOTALS_APART = re.compile(
    "(?:总[数量]|合计)[^,，]{0,2}(?:和|与|跟|同|比).*(?:总[数量]|合计).*(?:差|多|少)"
)
# Columns that only the one or the other edition of the form has; they count differently.
_EARLIER_FORM = frozenset(["created", "published", "total_public", "items_last_year", "change"])
_LATER_FORM = frozenset(["issued", "repealed", "in_force"])
# What is said of each measure by itself unless they are taken as one.
OF_ONE_NUMBER: frozenset[Operation] = frozenset(
    (
        *(
            "rank",
            "extremum",
            "compare",
            "trend",
            "streak",
            "pace",
            "difference",
            "average",
            "median",
        ),
        *("deviation", "times", "share", "filter", "count"),
    )
)


def are_added(text: str) -> bool:
    """Whether the question adds up what it names; measures are masked by bars."""
    return bool(_ADDED.search(text))


def are_totals_apart(text: str) -> bool:
    """Whether two totals are set against each other: 诉讼总数和复议总数相差多少."""
    return bool(_TOTALS_APART.search(text))


def taken_together(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """One measure in place of several that can be added, the measures themselves where not."""
    if len(measures) < 2 or len({(m.aspect, m.unit) for m in measures}) > 1:
        return measures
    name = "、".join(measure.name for measure in measures) + "合计"
    first = measures[0]
    if first.aspect == "cells":
        cells = tuple(cell for measure in measures for cell in measure.cells)
        less = any(measure.less for measure in measures)
        if less or len(set(cells)) < len(cells) or _overlap(measures):
            return measures
        return (Measure(name, first.unit, "cells", cells=cells),)
    if first.aspect == "figure" and all(m.figures for m in measures):
        names = "+".join(measure.figures[0] for measure in measures)
        return (Measure(name, first.unit, "figure", figures=(names,)),)
    return measures


def _overlap(measures: tuple[Measure, ...]) -> bool:
    """Whether one of the cells is the total of another: 办理总数加予以公开 counts twice.

    Cells of two editions of the form are no parts of one whole either.
    """
    cells = [cell for measure in measures for cell in measure.cells]
    by_row = {(c.table, c.row) for c in cells if c.column == "total"}
    columns = {c.column for c in cells}
    if columns & _EARLIER_FORM and columns & _LATER_FORM:
        return True
    parts = any(c.column != "total" and (c.table, c.row) in by_row for c in cells)
    rows = {c.row for c in cells if c.table == "requests"}
    framing = {"new", "carried_in", "carried_over"}
    return parts or ("total" in rows and bool(rows - framing - {"total"}))
