"""A statutory table printed without ruling → a grid, from the positions of its words.

Labels are put together from words close to one another; columns are the lowest labels of the header.
Knows the form's labels, because how close the lines of one cell stand differs from print to print:
what names most labels is taken. Numbers whose column is not certain carry the code of their doubt.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from ingest.forms import Column, TableForm
from ingest.labels import RowLabels, column_named, is_block_title
from ingest.loose_columns import Columns, Placed, place
from ingest.loose_words import Block, blocks_of, is_number, lines_of
from ingest.readers.layout import Grid, GridCell, Line, Word

# How close, in heights of the letters, the lines of one cell may stand.
_LEADINGS = (0.8, 0.5, 0.25, 1.3)
_SENTENCE_END = ("。", "；", "！")
_UNIT = re.compile(r"[(（]?单位")


@dataclass(slots=True)
class _Row:
    """One row of the table to be. `labels` stand before the columns, with the rows they cover.

    `heads` are labels above the columns; a row has either those or `numbers`.
    """

    page: int
    middle: float
    labels: list[tuple[Block, int]] = field(default_factory=list)
    numbers: list[Block] = field(default_factory=list)
    heads: list[Block] = field(default_factory=list)
    # Whether the row is known by its label alone: all its cells are blank.
    is_blank: bool = False


def words_to_grid(
    lines: Sequence[Line], form: TableForm, labels: RowLabels, number: int
) -> Grid | None:
    """The table that the words of the lines make; None when no column of the form is found."""
    words = [w for ln in lines if not ln.text.rstrip().endswith(_SENTENCE_END) for w in ln.words]
    if not any(map(is_number, words)):
        return None
    cells = _Table(words, form, labels).cells(lines)
    return Grid(cells, aligned=True, number=number, page=words[0].page) if cells else None


class _Table:
    """The words of one table, sorted into labels, header and numbers."""

    def __init__(self, words: Sequence[Word], form: TableForm, labels: RowLabels) -> None:
        self._columns = tuple(column for block in form.blocks for column in block.columns)
        self._labels = labels
        texts = [word for word in words if not is_number(word)]
        found = {leading: blocks_of(texts, leading) for leading in _LEADINGS}
        leading = max(_LEADINGS, key=lambda leading: self._count_named(found[leading]))
        self._blocks = found[leading]
        # A number that was broken within its cell is one block of two lines, and no number.
        numbers = blocks_of(filter(is_number, words), leading, sideways=False)
        lines = list(lines_of(numbers))
        self._edge = self._label_edge(lines)
        self._rows = self._all_rows(lines)

    def cells(self, lines: Sequence[Line]) -> tuple[GridCell, ...]:
        """The cells of the grid; none when no header names a column of the form."""
        line_of = {word: line.number for line in lines for word in line.words}
        label_columns = max((len(row.labels) for row in self._rows), default=0) + 1
        setter = _Setter(label_columns, line_of)
        runs = list(_runs(self._rows, self._columns))
        headed = [
            (_headers(heads, self._columns, body), [row.numbers for row in body])
            for heads, body in runs
        ]
        for (heads, body), (columns, _), placed in zip(runs, headed, place(headed), strict=True):
            setter.add_heads(heads, columns)
            strays = [self._is_stray(row) for row in body]
            torn = _torn_columns(placed, strays)
            for index, (row, numbers) in enumerate(zip(body, placed, strict=True)):
                beside = any(strays[max(index - 1, 0) : index + 2])
                is_doubtful = beside or (row.is_blank and any(strays))
                blank = "row-rebuilt" if is_doubtful else None
                setter.add_row(row, numbers, columns, blank, torn[index])
        return tuple(setter.cells)

    def _is_stray(self, row: _Row) -> bool:
        """Whether numbers stand in no row of the form: they may be pieces of its neighbours."""
        return bool(row.numbers) and not any(self._is_row_label(block) for block, _ in row.labels)

    def _count_named(self, blocks: Sequence[Block]) -> int:
        texts = [block.text for block in blocks]
        rows = {m.row for m in map(self._labels.exact, texts) if m is not None and m.row}
        return len(rows) + sum(column_named(text, self._columns) is not None for text in texts)

    def _is_row_label(self, block: Block) -> bool:
        match = self._labels.exact(block.text)
        return match is not None and match.row is not None

    def _label_edge(self, lines: Sequence[Sequence[Block]]) -> float:
        """Where the labels of the rows end and the columns of numbers begin."""
        rows = [_Row(line[0].page, _middle(line)) for line in lines]
        ends = [
            block.x1
            for block in self._blocks
            if self._is_row_label(block) and any(_is_beside(block, row) for row in rows)
        ]
        return max(ends, default=0.0)

    def _all_rows(self, lines: Sequence[Sequence[Block]]) -> list[_Row]:
        rows = [
            self._number_row(line)
            for line in lines
            if any(number.centre > self._edge for number in line)
        ]
        rest: list[Block] = []
        for block in self._blocks:
            is_label = block.centre <= self._edge and self._is_row_label(block)
            if is_label and not any(_is_beside(block, row) for row in rows):
                rows.append(_Row(block.page, block.middle, [(block, 1)], is_blank=True))
            else:
                rest.append(block)
        heads = [block for block in rest if not self._take(block, rows)]
        inner = [block for block in heads if block.centre > self._edge]
        outer = [block for block in heads if block.centre <= self._edge]
        rows += [_Row(block.page, block.middle, [(block, 1)]) for block in outer]
        rows += _head_rows(inner, self._columns)
        return sorted(rows, key=attrgetter("page", "middle"))

    def _number_row(self, numbers: Sequence[Block]) -> _Row:
        """The row of some numbers; those before the labels are the row's own (序号)."""
        return _Row(
            numbers[0].page,
            _middle(numbers),
            labels=[(number, 1) for number in numbers if number.centre <= self._edge],
            numbers=[number for number in numbers if number.centre > self._edge],
        )

    def _take(self, block: Block, rows: Sequence[_Row]) -> bool:
        """Put a block on the row or rows it stands beside, if there are any."""
        beside = [row for row in rows if _is_beside(block, row)]
        if not beside:
            return False
        first = min(beside, key=attrgetter("middle"))
        if block.centre > self._edge:
            first.numbers.append(block)
        else:
            first.labels.append((block, len(beside)))
        return True


def _torn_columns(
    placed: Sequence[Sequence[Placed]], strays: Sequence[bool]
) -> Sequence[Container[int]]:
    """For each row, the columns in which numbers without a row may be pieces of its own.

    Up and down from where they stand, such are the blanks and the first number that is reached.
    """
    torn: list[set[int]] = [set() for _ in placed]
    taken = [{number.column for number in numbers} for numbers in placed]
    for stray in (index for index, is_stray in enumerate(strays) if is_stray):
        for column in taken[stray]:
            for direction in (range(stray - 1, -1, -1), range(stray + 1, len(placed))):
                for index in direction:
                    torn[index].add(column)
                    if column in taken[index] and not strays[index]:
                        break
    return torn


def _middle(line: Sequence[Block]) -> float:
    """Where a row of numbers is: a number broken over two lines is not asked."""
    return min(line, key=lambda number: number.bottom - number.top).middle


def _is_beside(block: Block, row: _Row) -> bool:
    return block.page == row.page and block.top <= row.middle <= block.bottom


# --- Headers ---------------------------------------------------------------------------------------


def _head_rows(blocks: Sequence[Block], columns: Sequence[Column]) -> Iterator[_Row]:
    """The labels above the columns, in rows by their middles."""
    rows: list[list[Block]] = []
    for block in sorted(blocks, key=attrgetter("page", "middle")):
        last = rows[-1][0] if rows else None
        height = min(word.bottom - word.top for word in block.words)
        if last and last.page == block.page and block.middle - last.middle < height / 2:
            rows[-1].append(block)
        else:
            rows.append([block])
    for row in rows:
        heads = _spaced_joined(sorted(row, key=attrgetter("x0")), columns)
        yield _Row(row[0].page, row[0].middle, heads=heads)


def _spaced_joined(blocks: Sequence[Block], columns: Sequence[Column]) -> list[Block]:
    """The labels with those joined that only together name a column: 总  计."""
    joined: list[Block] = []
    for block in blocks:
        if joined and column_named(block.text, columns) is None:
            both = Block((*joined[-1].words, *block.words))
            alone = column_named(joined[-1].text, columns)
            if alone is None and column_named(both.text, columns):
                joined[-1] = both
                continue
        joined.append(block)
    return joined


def _runs(
    rows: Sequence[_Row], columns: Sequence[Column]
) -> Iterator[tuple[list[_Row], list[_Row]]]:
    """The rows as (the rows of a header, the rows that stand under it)."""
    heads: list[_Row] = []
    body: list[_Row] = []
    above: list[_Row] = []
    for row in rows:
        if row.heads:
            above.append(row)
            if _names_column(row, columns) and body:
                yield heads, body
                heads, body = [], []
            if _names_column(row, columns):
                heads, above = [*heads, *above], []
        elif heads:
            body.append(row)
        if row.numbers:
            above = []
    if body:
        yield heads, body


def _names_column(row: _Row, columns: Sequence[Column]) -> bool:
    return any(column_named(block.text, columns) for block in row.heads)


def _headers(heads: Sequence[_Row], columns: Sequence[Column], body: Sequence[_Row]) -> Columns:
    leaves = tuple(_leaves(heads, columns, body))
    known = {leaf for leaf in leaves if column_named(leaf.text, columns)}
    return Columns(leaves, frozenset(leaves) - known)


def _leaves(
    heads: Sequence[_Row], columns: Sequence[Column], body: Sequence[_Row]
) -> Iterator[Block]:
    """The lowest labels of a header, from left to right.

    A label that names no column and has nothing under it is a remark (单位：件), unless it is level
    with one that names a column: numbers set to the right of their cells stand under no label.
    """
    blocks = [block for row in heads for block in row.heads]
    level = {block for row in heads if _names_column(row, columns) for block in row.heads}
    lowest = [
        block
        for block in blocks
        if not any(_is_over(block, other) for other in blocks if other is not block)
    ]
    numbers = [number for row in body for number in row.numbers]
    for block in sorted(lowest, key=attrgetter("centre")):
        used = any(number.x0 < block.x1 and block.x0 < number.x1 for number in numbers)
        if is_block_title(block.text):
            continue
        heads_column = block in level and not _UNIT.match(block.text)
        if used or heads_column or column_named(block.text, columns):
            yield block


def _is_over(block: Block, other: Block) -> bool:
    if (block.page, block.middle) >= (other.page, other.middle):
        return False
    return block.x0 < other.x1 and other.x0 < block.x1


# --- Cells -----------------------------------------------------------------------------------------


class _Setter:
    """Sets rows one under the other into a grid: labels first, then one column for each leaf."""

    def __init__(self, label_columns: int, line_of: Mapping[Word, int]) -> None:
        self._first = label_columns
        self._line_of = line_of
        self._row = 0
        self.cells: list[GridCell] = []

    def add_heads(self, rows: Sequence[_Row], columns: Columns) -> None:
        """Add a header: the merged labels row by row, then the lowest labels in one row."""
        leaves = columns.leaves
        for row in rows:
            for block in row.heads:
                under = [index for index, leaf in enumerate(leaves) if _is_over(block, leaf)]
                if under and block not in leaves:
                    self._add(block, self._first + under[0], across=under[-1] - under[0] + 1)
            self._row += 1
        for index, leaf in enumerate(leaves):
            self._add(leaf, self._first + index)
        self._row += 1

    def add_row(
        self,
        row: _Row,
        numbers: Iterable[Placed],
        columns: Columns,
        doubt: str | None,
        torn: Container[int],
    ) -> None:
        """Add one row with its labels and numbers.

        Columns without a number are blank cells, with `doubt` where the blank itself is doubtful.
        What stands in a `torn` column is doubted in any case.
        """
        labels = sorted(row.labels, key=lambda label: label[0].x0)
        for position, (block, down) in enumerate(labels):
            self._add(block, self._first - len(labels) + position, down)
        if not (row.numbers or row.is_blank):
            self._row += 1
            return
        found = {placed.column: placed for placed in numbers}
        # What is missing here may be part of what cannot be read, or stand one column beside.
        doubts = {placed.doubt for placed in found.values()}
        doubt = next((code for code in ("unreadable", "readings-differ") if code in doubts), doubt)
        for index in range(len(columns.leaves)):
            placed = found.get(index)
            column = self._first + index
            torn_here = "row-rebuilt" if index in torn else None
            if placed is None:
                code = doubt or torn_here
                self.cells.append(GridCell("", self._row, column, page=row.page, doubt=code))
            else:
                self._add(placed.block, column, doubt=placed.doubt or torn_here)
        self._row += 1

    def _add(
        self, block: Block, column: int, down: int = 1, across: int = 1, doubt: str | None = None
    ) -> None:
        self.cells.append(
            GridCell(
                block.text,
                self._row,
                column,
                down,
                across,
                block.page,
                self._line_of.get(block.words[0]),
                block.box,
                doubt,
            )
        )
