"""Lines of a text in which the numbers of a row stand before its name.

Text layers that go by the middle of a cell print a row's numbers first where its name has two
lines. Read as usual, each row would have the numbers of the next. Knows lines and labels, no tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.grid_rows import is_value_text
from ingest.labels import RowLabels
from ingest.numbers import text_to_number
from ingest.readers.layout import Line

# With fewer such lines than this, or as many of the usual kind, chance may have made them.
_FEWEST = 4
_LEAST_SHARE = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that is a row: its name, its numbers, and whether these stand first."""

    name: str
    numbers: tuple[str, ...]
    is_turned: bool


def names_first(lines: Sequence[Line], labels: RowLabels) -> Sequence[Line] | None:
    """The lines with the names of rows before their numbers; None where they stand so already."""
    rows = [_row(line.text, labels) for line in lines]
    turned = [row for row in rows if row is not None and row.is_turned]
    usual = sum(row is not None and not row.is_turned for row in rows)
    if len(turned) < _FEWEST or usual * _LEAST_SHARE > len(turned) or _are_counted(turned):
        return None
    return [
        replace(line, text=" ".join((row.name, *row.numbers))) if row and row.is_turned else line
        for line, row in zip(lines, rows, strict=True)
    ]


def _row(text: str, labels: RowLabels) -> _Row | None:
    tokens = text.split()
    are_values = [is_value_text(token) for token in tokens]
    if not tokens or all(are_values) or not any(are_values):
        return None
    is_turned = are_values[0]
    count = are_values.index(not is_turned)
    if is_turned in are_values[count:]:
        return None
    names, numbers = (
        (tokens[count:], tokens[:count]) if is_turned else (tokens[:count], tokens[count:])
    )
    named = any(labels.exact("".join(names[start:])) for start in range(len(names)))
    return _Row(" ".join(names), tuple(numbers), is_turned) if named else None


def _are_counted(rows: Sequence[_Row]) -> bool:
    """Whether the numbers only count the rows (序号)."""
    alone = [text_to_number(row.numbers[0]) for row in rows if len(row.numbers) == 1]
    known = [number for number in alone if number is not None]
    return len(known) == len(rows) and all(one < other for one, other in pairwise(known))
