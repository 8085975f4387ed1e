"""The header rows of a statutory table → its value columns, in order and in position.

Table three has a header of three rows with merged cells, table four one of three rows whose labels
repeat; both lose their spans in a text dump, where only the order of the labels is left.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.alignment import Header, Span
from ingest.forms import APPLICANT_COLUMNS, DISPUTE_COLUMNS, Column
from ingest.grid_rows import GridRow, Slot
from ingest.labels import (
    column_named,
    is_block_title,
    is_organisations_heading,
    is_request_heading,
    row_labels,
)
from ingest.readers.layout import Grid

_ORGANISATIONS = frozenset({"enterprise", "research", "nonprofit", "legal_service", "other"})
# What the results of table four are called and no applicant is.
_RESULTS = tuple(column for column in DISPUTE_COLUMNS if column.id not in {"other", "total"})
# Some templates count 法人或其他组织 together, before its parts.
_SUBTOTAL = "小计"
_DISPUTE_GROUPS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


@dataclass(frozen=True, slots=True)
class _Leaf:
    column: str | None
    span: Span
    text: str


def named_columns(row: GridRow, columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns of the form that the cells of a row name."""
    known = tuple(columns)
    found = (column_named(slot.text, known) for slot in row.slots)
    return tuple(column for column in found if column is not None)


def is_request_header(row: GridRow) -> bool:
    """Whether a row belongs to the header of table three."""
    if row.has_values:
        return False
    names = {column.id for column in named_columns(row, APPLICANT_COLUMNS)}
    headed = any(is_request_heading(text) for text in row.texts)
    return headed or len(names) > 1 or "natural_person" in names


def is_dispute_header(row: GridRow) -> bool:
    """Whether a row belongs to the header of table four."""
    if row.has_values:
        return False
    return bool(named_columns(row, DISPUTE_COLUMNS) or _dispute_groups(row))


def block_header(row: GridRow, columns: Sequence[Column]) -> Header:
    """The header of a block of table two: one row of labels after 信息内容."""
    leaves = [
        _leaf(slot, columns)
        for slot in row.slots
        if not slot.is_blank and not is_block_title(slot.text)
    ]
    return replace(_header(leaves, row.grid), width=row.slots[-1].right)


def request_header(rows: Sequence[GridRow]) -> Header | None:
    """The applicants' columns of table three, None when the rows do not name them."""
    lines = [
        _merged_again(line)
        for row in rows
        for line in _levels(
            _without_neighbour([_leaf(s, APPLICANT_COLUMNS) for s in row.slots if not s.is_blank])
        )
    ]
    lowest = max(lines, key=_organisations, default=[])
    if _organisations(lowest) < 2:
        return None
    start = min(leaf.span[0] for leaf in lowest if leaf.column is not None)
    inner = [
        leaf
        for leaf in lowest
        if leaf.column is not None or leaf.span[0] > start or leaf.text.strip() == _SUBTOTAL
    ]
    outer = [line for line in lines if line is not lowest]
    inner = _without_subtotal(inner, any(leaf.column == "total" for line in outer for leaf in line))
    for column in ("natural_person", "total"):
        if not any(leaf.column == column for leaf in inner):
            before, after = _outer_column(outer, column)
            inner = [*before, *inner, *after]
    return _header(inner, rows[0].grid)


def _without_neighbour(leaves: Sequence[_Leaf]) -> list[_Leaf]:
    """The leaves with no column named beside table four, whose 总计 is none of this table's."""
    results = [i for i, leaf in enumerate(leaves) if column_named(leaf.text, _RESULTS)]
    bounds = [-1, *results, len(leaves)]
    start, end = max(
        pairwise(bounds), key=lambda between: _organisations(leaves[between[0] + 1 : between[1]])
    )
    return [
        leaf if start < index < end else _Leaf(None, leaf.span, leaf.text)
        for index, leaf in enumerate(leaves)
    ]


def _merged_again(leaves: Iterable[_Leaf]) -> list[_Leaf]:
    """The leaves with a label that is repeated over adjoining columns as the one that it was."""
    merged: list[_Leaf] = []
    for leaf in leaves:
        last = merged[-1] if merged else None
        if last and leaf.column and last.column == leaf.column and last.span[1] == leaf.span[0]:
            merged[-1] = replace(last, span=(last.span[0], leaf.span[1]))
        else:
            merged.append(leaf)
    return merged


def _levels(leaves: list[_Leaf]) -> Iterator[list[_Leaf]]:
    """The levels of a header in one row: 自然人 法人或其他组织 总计 | 商业企业 科研机构 …"""
    first = next((i for i, leaf in enumerate(leaves) if leaf.column in _ORGANISATIONS), 0)
    if any(is_organisations_heading(leaf.text) for leaf in leaves[:first]):
        yield leaves[:first]
        leaves = leaves[first:]
    yield leaves


def _outer_column(lines: Sequence[Sequence[_Leaf]], column: str) -> tuple[list[_Leaf], list[_Leaf]]:
    """A column beside 法人或其他组织, as (standing left of it, standing right of it)."""
    for line in reversed(lines):
        for index, leaf in enumerate(line):
            if leaf.column != column:
                continue
            merged = [i for i, other in enumerate(line) if is_organisations_heading(other.text)]
            is_left = index < merged[-1] if merged else column == "natural_person"
            return ([leaf], []) if is_left else ([], [leaf])
    return [], []


def dispute_header(rows: Sequence[GridRow]) -> Header | None:
    """The columns of table four as `row/column`, None when the header is not whole.

    Whole means: for each kind of case that the header names, its five results in some order.
    """
    groups = list(dict.fromkeys(g for row in rows for g in _dispute_groups(row)))
    leaves = [
        leaf
        for row in rows
        for leaf in (_leaf(slot, DISPUTE_COLUMNS) for slot in row.slots)
        if leaf.column is not None
    ]
    if not groups or len(leaves) != len(groups) * len(DISPUTE_COLUMNS):
        return None
    named = []
    for index, leaf in enumerate(leaves):
        group = groups[index // len(DISPUTE_COLUMNS)]
        named.append(_Leaf(f"{group}/{leaf.column}", leaf.span, leaf.text))
    if len({leaf.column for leaf in named}) != len(named):
        return None
    return _header(named, rows[0].grid)


def default_header(columns: Sequence[str], grid: Grid) -> Header:
    """The columns in the order of the form, for a table whose header cannot be read."""
    return Header(tuple(columns), grid)


def dispute_columns() -> list[str]:
    """The fifteen columns of table four as `row/column`, in the order of the form."""
    return [f"{group}/{column.id}" for group in _DISPUTE_GROUPS for column in DISPUTE_COLUMNS]


def _dispute_groups(row: GridRow) -> list[str]:
    labels = row_labels("2021", "disputes")
    found = (labels.exact(text) for text in row.texts)
    return [match.row for match in found if match is not None and match.row is not None]


def _leaf(slot: Slot, columns: Sequence[Column]) -> _Leaf:
    column = column_named(slot.text, columns)
    return _Leaf(column.id if column else None, (slot.left, slot.right), slot.text)


def _organisations(leaves: Sequence[_Leaf]) -> int:
    return len({leaf.column for leaf in leaves} & _ORGANISATIONS)


def _without_subtotal(leaves: Sequence[_Leaf], total_elsewhere: bool) -> list[_Leaf]:
    """The leaves with each column once: 合计 inside 法人或其他组织 is a column of its own."""
    last = {leaf.column: index for index, leaf in enumerate(leaves)}
    if total_elsewhere and not any(leaf.column == "natural_person" for leaf in leaves):
        last["total"] = -1
    return [
        leaf if last[leaf.column] == index else _Leaf(None, leaf.span, leaf.text)
        for index, leaf in enumerate(leaves)
    ]


def _header(leaves: Sequence[_Leaf], grid: Grid) -> Header:
    spans = tuple(leaf.span for leaf in leaves)
    pairs = list(pairwise(spans))
    are_ordered = all(a[1] <= b[0] for a, b in pairs)
    # In a dump the labels stand over their columns where there is no gap between them.
    are_positions = are_ordered and (grid.aligned or all(a[1] == b[0] for a, b in pairs))
    return Header(
        columns=tuple(leaf.column for leaf in leaves),
        grid=grid,
        spans=spans if are_positions else None,
        texts=tuple(leaf.text for leaf in leaves),
        apart=spans if are_ordered and not are_positions else None,
    )
