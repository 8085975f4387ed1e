"""The statutory form as offices alter it: columns put in, left out, exchanged or doubled.

Each alteration is a change of table three as drawn, so that every format can be written from it.
The values under the form's own columns stay what they are; what is put in is random.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from unittest.mock import patch

from ingest.readers.layout import GridCell
from ingest.report import Report
from tests import render_files
from tests.render_files import Drawing, as_html

_HEAD = 3
_LABELS = 3
_APPLICANTS = 7
_TOTAL = _LABELS + _APPLICANTS - 1

Alter = Callable[[Drawing, random.Random], Drawing]


def as_altered_page(report: Report, chance: random.Random, alteration: str | None = None) -> bytes:
    """The report as a web page whose table three has one of the alterations."""
    alter = ALTERATIONS[alteration or chance.choice(sorted(ALTERATIONS))]
    draw = render_files.draw_tables

    def altered(of: Report) -> dict[int, Drawing]:
        return {number: alter(d, chance) if number == 3 else d for number, d in draw(of).items()}

    with patch.object(render_files, "draw_tables", altered):
        return as_html(report)


def with_column(cells: Drawing, at: int, texts: Mapping[int, str]) -> Drawing:
    """The table with a column more; `texts` are its cells by row."""
    moved = []
    for cell in cells:
        if cell.column >= at:
            moved.append(replace(cell, column=cell.column + 1))
        elif cell.column + cell.column_span > at:
            moved.append(replace(cell, column_span=cell.column_span + 1))
        else:
            moved.append(cell)
    return [*moved, *(GridCell(text, row, at) for row, text in texts.items())]


def _rows(cells: Drawing) -> range:
    return range(_HEAD, max(cell.row + cell.row_span for cell in cells))


def _remarked(cells: Drawing, chance: random.Random) -> Drawing:
    remarks = {row: chance.choice(("", "", "含上年1件", "5")) for row in _rows(cells)}
    return with_column(cells, _LABELS + _APPLICANTS, {0: "备注", **remarks})


def _with_subtotal(cells: Drawing, chance: random.Random) -> Drawing:
    """小计 before the five kinds of organisations that it sums up."""
    sums = {row: str(chance.randrange(90)) for row in _rows(cells)}
    wider = with_column(cells, _LABELS + 2, {_HEAD - 1: "小计", **sums})
    return _exchanged(wider, _LABELS + 1, _LABELS + 2, from_row=_HEAD - 1)


def _exchanged(cells: Drawing, one: int, other: int, from_row: int = 0) -> Drawing:
    places = {one: other, other: one}
    return [
        replace(cell, column=places.get(cell.column, cell.column))
        if cell.row >= from_row and cell.column_span == 1
        else cell
        for cell in cells
    ]


def _total_first(cells: Drawing, chance: random.Random) -> Drawing:
    return _exchanged(cells, _LABELS, _TOTAL)


def _compared(cells: Drawing, chance: random.Random) -> Drawing:
    """Each column parted in two, this year's numbers and last year's, in either order."""
    own, other = chance.choice(((0, 1), (1, 0)))
    altered = []
    for cell in cells:
        column = cell.column if cell.column < _LABELS else 2 * cell.column - _LABELS
        if cell.row >= _HEAD:
            place = column if cell.column < _LABELS else column + own
            altered.append(replace(cell, row=cell.row + 1, column=place))
            if cell.column >= _LABELS:
                last = str(chance.randrange(99))
                altered.append(GridCell(last, cell.row + 1, column + other))
        elif cell.column < _LABELS:
            altered.append(replace(cell, row_span=cell.row_span + 1))
        else:
            altered.append(replace(cell, column=column, column_span=2 * cell.column_span))
    for column in range(_LABELS, _LABELS + 2 * _APPLICANTS, 2):
        altered += [GridCell("本年", _HEAD, column + own), GridCell("上年", _HEAD, column + other)]
    return altered


def _filled(cells: Drawing, chance: random.Random) -> Drawing:
    """No cell is merged: its text stands in each of the cells that it was."""
    return [
        GridCell(cell.text, row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


def _then_filled(alter: Alter) -> Alter:
    return lambda cells, chance: _filled(alter(cells, chance), chance)


_DRAWN: Mapping[str, Alter] = {
    "remarks": _remarked,
    "subtotal": _with_subtotal,
    "total first": _total_first,
    "two years": _compared,
}
ALTERATIONS: Mapping[str, Alter] = {
    **_DRAWN,
    **{f"{name}, no merged cells": _then_filled(alter) for name, alter in _DRAWN.items()},
    "no merged cells": _filled,
}
