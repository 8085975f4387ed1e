"""What a question leaves out of a measure: 除了自然人以外收到多少, 不予公开不算国家秘密的.

Pure. The invariant: what is left out is taken off the number, or named as not understood; it is never
given as the answer.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.measure import Measure
from assistant.question.measures import Asked, find_measures, in_columns
from assistant.question.words import cells_measure
from ingest.report import Concept

_LEFT_OUT = re.compile(
    "(?:除(?:[了去开掉]|(?![了去开掉]))|不算上?|不含|不包括|不包含|不计|扣除|剔除|排除|去掉|刨去|刨掉|刨除|抛开)"
    "(?P<what>[^,，。;；?？|]{2,12}?)(?:的?(?:以外|之外|外)的?|的话|[,，]|(?=的?(?:还有|哪|谁|什么|有多少|有几|收到|收了|共|一共|总共|总计|合计))|$)"
)
# 自然人以外收到几件
_BESIDE = re.compile("(?P<what>[^,，。;；?？|\\d年的前后名]{2,8})(?:以外|之外|除外)的?")
# 不是自然人提的申请
_NOT_BY = re.compile(
    "(?:(?<!是)不是|并非|而非)由?(?P<what>[^,，。;；?？|不]{2,8}?)(?:提出|提交|提|申请|递交)的(?:申请)?"
)
# 非自然人申请
_NON = re.compile(
    "非(?!常|税|法|营利|公|诉|遗|机动|物质)(?P<what>[一-龥]{2,5}?)(?:提出|提交|提|递交)?的?(?=申请|占|有|几|多少|最)"
)
_REQUESTS = cells_measure("requests", ("new",), ("total",))
# Neither is ever part of what was newly received.
_CARRIED = frozenset(["carried_in", "carried_over"])


def find_remaining(text: str) -> Asked:
    """The measures that a shortened question asks for, less what it leaves out of them."""
    match = _LEFT_OUT.search(text) or _NOT_BY.search(text) or _BESIDE.search(text)
    match = match or _NON.search(text)
    if match is None:
        return find_measures(text)
    out = find_measures(match["what"])
    unheard = (match.group().strip(",，"),)
    if not (out.measures or out.lone_columns):
        return replace(find_measures(text), unheard=unheard)
    masked = text[: match.start()] + "|" * len(match.group()) + text[match.end() :]
    asked = find_measures(masked)
    if asked.asks_parts and not asked.measures and out.lone_columns:
        asked = replace(find_measures(f"{_REQUESTS.name}，{masked}"), rest=asked.rest)
    base = asked.measures or tuple(_whole_of(out))
    if asked.parts:
        remaining = tuple(_other_parts(base, out, match["what"]))
    else:
        remaining = tuple(_remaining(measure, out, match["what"]) for measure in base)
    if not base or None in remaining:
        return replace(find_measures(text), unheard=unheard)
    return replace(asked, measures=tuple(m for m in remaining if m), is_sure=True)


def _whole_of(out: Asked) -> Iterator[Measure]:
    """The row that applicants are left out of, where the question names no other."""
    if out.lone_columns:
        yield _REQUESTS
    cells = [cell for measure in out.measures for cell in measure.cells]
    if cells and all(c.table == "requests" and c.column != "total" for c in cells):
        rows = dict.fromkeys(cell.row for cell in cells)
        yield cells_measure("requests", tuple(rows), ("total",))


def _other_parts(base: tuple[Measure, ...], out: Asked, what: str) -> Iterator[Measure | None]:
    """除自然人外哪类申请人最多: the whole less the part that is left out, then the other parts."""
    whole, *parts = base
    yield _remaining(whole, out, what)
    left_out = {cell for measure in _left_out(whole, out) for cell in measure.cells}
    yield from (part for part in parts if left_out.isdisjoint(part.cells))


def _left_out(measure: Measure, out: Asked) -> tuple[Measure, ...]:
    """The cells that are taken off this measure."""
    if out.lone_columns:
        return in_columns((measure,), out.lone_columns)
    return tuple(m for m in out.measures if m.aspect == "cells")


def _remaining(measure: Measure, out: Asked, what: str) -> Measure | None:
    """The measure without what is left out; None where that is no part of it."""
    if measure.aspect != "cells":
        return None
    cells = {cell for each in _left_out(measure, out) for cell in each.cells}
    if not cells:
        return None
    if all(cell.row in _CARRIED for cell in cells) and _rows(measure) == {"new"}:
        return measure
    name = f"{measure.name}（不含{what.rstrip('呢的吗')}）"
    if cells < set(measure.cells):
        kept = tuple(cell for cell in measure.cells if cell not in cells)
        return replace(measure, name=name, cells=kept)
    if all(_is_within(cell, measure) for cell in cells):
        return replace(measure, name=name, less=(*measure.less, *sorted(cells)))
    return None


def _rows(measure: Measure) -> set[str]:
    return {cell.row for cell in measure.cells}


def _is_within(cell: Concept, measure: Measure) -> bool:
    """Whether a cell is counted in the measure: of its rows, or an outcome of all outcomes."""
    whole = measure.cells[0]
    if cell.table != whole.table or any(c.column != "total" for c in measure.cells):
        return False
    is_column = cell.row in _rows(measure) and cell.column != "total"
    is_outcome = whole == Concept("requests", "total", "total") and cell.row not in (
        *_CARRIED, "new", "total",
    )  # fmt: skip
    return is_column or (is_outcome and cell.column == "total")
