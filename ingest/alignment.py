"""Which value of a row belongs to which column: by the header's position and by order, compared.

Two independent readings are made where the document allows: the column over which a value stands,
and the order of the cells after the label. Where they differ the alignment says so; where neither
is certain it gives nothing. Never is a value placed by counting from the right.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.grid_rows import Slot
from ingest.readers.layout import Grid

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Header:
    """The value columns of a table, left to right; None stands for one that is not on the form.

    `spans` are the grid columns that each covers, None when their position says nothing. `texts`
    are the labels as printed. `grid` is the grid in which the header was found, `width` how many
    grid columns its row has, None when rows of this table differ in width by nature. `apart` are the
    positions in a text dump whose labels have blank cells between them: order alone misleads there.
    """

    columns: tuple[str | None, ...]
    grid: Grid
    spans: tuple[Span, ...] | None = None
    texts: tuple[str, ...] = ()
    width: int | None = None
    apart: tuple[Span, ...] | None = None

    def text(self, column: str) -> str:
        """The printed label of a column, empty when the header was not printed."""
        return self.texts[self.columns.index(column)] if self.texts else ""

    def spans_in(self, grid: Grid) -> tuple[Span, ...] | None:
        """The columns' positions in `grid`, which may be a later piece of the same table."""
        if grid is self.grid:
            return self.spans
        same = grid.aligned and self.grid.aligned and grid.column_count == self.grid.column_count
        return self.spans if same else None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Column → its cell (None: the row has no such cell), and the code of the doubt, if any."""

    slots: Mapping[str, Slot | None] = field(default_factory=dict)
    doubt: str | None = None


UNREADABLE = Aligned(doubt="unreadable")


class Habits:
    """At which column the values of rows of the same shape begin, learned from certain rows.

    A row whose first or last value is blank can often be read in several ways; the rows that can
    be read in one way only say which is meant.
    """

    def __init__(self) -> None:
        self._starts: dict[tuple[int, ...], set[int]] = defaultdict(set)
        self._widths: dict[int, Counter[int]] = defaultdict(Counter)

    def learn(self, slots: Sequence[Slot], label_end: int, count: int, grid: Grid) -> None:
        """Remember where the values begin, if this row can be read in one way only."""
        if slots:
            self._widths[grid.number][slots[-1].right] += 1
        windows = _windows(slots, count)
        if len(windows) == 1 and any(not slot.is_blank for slot in slots):
            for key in _keys(slots, label_end, grid):
                self._starts[key].add(slots[windows[0]].left)

    def start(self, slots: Sequence[Slot], label_end: int, grid: Grid) -> int | None:
        """The column at which rows of this shape begin, None when they disagree or are unknown."""
        for key in _keys(slots, label_end, grid):
            starts = self._starts.get(key, set())
            if starts:
                return next(iter(starts)) if len(starts) == 1 else None
        return None

    def is_overlong(self, slots: Sequence[Slot], grid: Grid, end: int | None) -> bool:
        """Whether a row with blanks reaches beyond most rows of its grid, or its header's `end`.

        Then one of the blanks is one too many, and nothing says which.
        """
        widths = self._widths[grid.number].most_common(1)
        usual = widths[0][0] if widths else end
        overlong = usual is not None and slots[-1].right > usual
        return overlong and any(slot.is_blank for slot in slots)


def _keys(slots: Sequence[Slot], label_end: int, grid: Grid) -> Iterable[tuple[int, ...]]:
    width = slots[-1].right if slots else label_end
    return ((grid.number, width, label_end), (width, label_end), (width,))


def align(
    slots: Sequence[Slot], header: Header, grid: Grid, label_end: int, habits: Habits
) -> Aligned:
    """The cells after a row's label, each under its column."""
    if grid.aligned and len(header.columns) > 1:
        return _align_by_place(slots, header, grid)
    if not grid.aligned and _lost_a_cell(slots, header, grid):
        return UNREADABLE
    if len(header.columns) == 1:
        return _align_single(slots, header, header.spans_in(grid) if grid.aligned else None)
    if header.apart is not None and not grid.aligned:
        return _align_apart(slots, header, header.apart)
    return _align_by_order(slots, header, grid, label_end, habits)


def _align_single(slots: Sequence[Slot], header: Header, spans: tuple[Span, ...] | None) -> Aligned:
    """One value column, often drawn as several merged ones: the one value is its own.

    A value that stands beside the column may belong to another one (备注).
    """
    filled = [slot for slot in slots if not slot.is_blank]
    numbers = [slot for slot in filled if slot.is_value]
    if len(filled) > 1 and len(numbers) != 1:
        return UNREADABLE
    chosen = next(iter(numbers or filled or slots), None)
    is_beside = spans is not None and chosen in filled and _is_outside(chosen, spans)
    return _named(header, [chosen], "readings-differ" if is_beside else None)


def _align_by_place(slots: Sequence[Slot], header: Header, grid: Grid) -> Aligned:
    spans = header.spans_in(grid)
    if spans is not None:
        # A remark beside the columns of the form (备注) is no value of theirs.
        slots = [slot for slot in slots if not (slot.is_label and _is_outside(slot, spans))]
    placed = _under_columns(slots, spans)
    if placed is not None and spans is not None:
        if placed == list(slots):
            return _named(header, placed)  # one cell under each column, as in most rows
        complete = all(slot is not None for slot in placed)
        kept = [s for s in slots if s in placed or not s.is_blank or _is_outside(s, spans)]
        in_order = any(
            _same(placed, kept[start : start + len(placed)])
            for start in _windows(kept, len(placed))
        )
        return _named(header, placed, None if complete and in_order else "readings-differ")
    windows = _windows(slots, len(header.columns))
    if len(windows) != 1:
        return UNREADABLE
    # Without positions, which of too many cells is the blank one too many is only supposed.
    exact = len(slots) == len(header.columns) if spans is None else _covers(slots, spans)
    return _from_window(slots, header, windows[0], None if exact else "row-shifted")


def _align_apart(slots: Sequence[Slot], header: Header, spans: tuple[Span, ...]) -> Aligned:
    """The cells of a dump in which merged cells have become blank ones, in rows of one width."""
    placed = _under_columns(slots, spans)
    if placed is not None and slots and slots[-1].right == header.width:
        return _named(header, placed)
    windows = _windows(slots, len(header.columns))
    is_one = len(windows) == 1
    return _from_window(slots, header, windows[0], "row-shifted") if is_one else UNREADABLE


def _align_by_order(
    slots: Sequence[Slot], header: Header, grid: Grid, label_end: int, habits: Habits
) -> Aligned:
    windows = _windows(slots, len(header.columns))
    if not windows:
        return UNREADABLE
    if all(slot.is_blank for slot in slots):
        return _from_window(slots, header, windows[0], None)
    spans = header.spans_in(grid)
    printed = spans[0][0] if spans else None
    overlong = habits.is_overlong(slots, grid, spans[-1][1] if spans else None)
    if len(windows) == 1:
        shifted = overlong or (printed is not None and slots[windows[0]].left != printed)
        return _from_window(slots, header, windows[0], "row-shifted" if shifted else None)
    usual = habits.start(slots, label_end, grid)
    told = {start for start in (printed, usual) if start is not None}
    chosen = [window for window in windows if slots[window].left in told]
    if len(told) != 1 or len(chosen) != 1:
        return UNREADABLE
    certain = printed is not None and usual is not None and not overlong
    return _from_window(slots, header, chosen[0], None if certain else "row-shifted")


def _lost_a_cell(slots: Sequence[Slot], header: Header, grid: Grid) -> bool:
    """Whether a row is shorter than its header while blanks make up for what is lost.

    Such a row reads smoothly, each number behind the lost cell one column too far to the left.
    """
    if header.width is None or grid is not header.grid or not slots:
        return False
    return slots[-1].right < header.width and any(slot.is_blank for slot in slots)


def _windows(slots: Sequence[Slot], count: int) -> list[int]:
    """Where a run of `count` cells may begin so that every cell with text lies inside it."""
    filled = [index for index, slot in enumerate(slots) if not slot.is_blank]
    last = len(slots) - count
    if not filled:
        return list(range(last + 1))
    return [start for start in range(last + 1) if start <= filled[0] and filled[-1] < start + count]


def _under_columns(
    slots: Sequence[Slot], spans: tuple[Span, ...] | None
) -> list[Slot | None] | None:
    """The cell under each column; None when a filled cell stands under none, or under two."""
    if spans is None:
        return None
    placed: list[Slot | None] = [None] * len(spans)
    covering = _covering(spans)
    for slot in slots:
        under = (
            covering.get(slot.left, [])
            if slot.right - slot.left == 1
            else list({i for x in range(slot.left, slot.right) for i in covering.get(x, ())})
        )
        if len(under) != 1:
            if slot.is_blank:
                continue
            return None
        held = placed[under[0]]
        if held is not None and not held.is_blank:
            if not slot.is_blank:
                return None
            continue
        placed[under[0]] = slot
    return placed


@lru_cache(maxsize=64)
def _covering(spans: tuple[Span, ...]) -> Mapping[int, list[int]]:
    """Grid column → the columns of the header that it belongs to."""
    covering: dict[int, list[int]] = defaultdict(list)
    for index, (left, right) in enumerate(spans):
        for x in range(left, right):
            covering[x].append(index)
    return covering


def _covers(slots: Sequence[Slot], spans: Sequence[Span]) -> bool:
    """Whether as many cells as columns fill the same width, only divided elsewhere."""
    if not slots:
        return False
    same_width = slots[0].left == spans[0][0] and slots[-1].right == spans[-1][1]
    return len(slots) == len(spans) and same_width


def _is_outside(slot: Slot, spans: Sequence[Span]) -> bool:
    return not any(slot.left < right and left < slot.right for left, right in spans)


def _same(placed: Sequence[Slot | None], window: Sequence[Slot]) -> bool:
    return all(
        a is b or a is None or (a.is_blank and b.is_blank)
        for a, b in zip(placed, window, strict=True)
    )


def _from_window(slots: Sequence[Slot], header: Header, start: int, doubt: str | None) -> Aligned:
    return _named(header, slots[start : start + len(header.columns)], doubt)


def _named(header: Header, slots: Sequence[Slot | None], doubt: str | None = None) -> Aligned:
    pairs = zip(header.columns, slots, strict=True)
    return Aligned({column: slot for column, slot in pairs if column is not None}, doubt)
