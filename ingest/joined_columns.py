"""Digits that have run together, cut by what the columns of table three add up to.

A row alone often adds up in several ways; the rows around it that were read leave only one. The
invariant is that of `joined_digits`: numbers are given only when one reading is possible, every
place of a blank cell counted as a reading of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice

from ingest.forms import Calculation, TableForm
from ingest.joined_digits import every_cut
from ingest.report import Concept, Number

Reading = tuple[str, ...]
Numbers = Mapping[str, Number]

# A row with more readings than this is not told by its columns.
_MOST_READINGS = 5_000


def cut_by_columns(
    joined: Mapping[str, Sequence[str]],
    known: Mapping[str, Numbers],
    form: TableForm,
) -> dict[str, Reading]:
    """Row → its cells, blank ones empty, for each row that its columns leave one reading of.

    `joined` are the digits of rows as printed, `known` the numbers of the rows that were read. A
    row that is decided helps to decide the next.
    """
    columns = [column.id for column in form.blocks[0].columns]
    open_rows = {row: list(_readings(tokens, len(columns))) for row, tokens in joined.items()}
    numbers = dict(known)
    decided: dict[str, Reading] = {}
    progress = True
    while progress:
        progress = False
        for row in [row for row in open_rows if row not in decided]:
            sums = [c for c in form.calculations if _is_told(c, row, numbers)]
            fitting = [
                reading
                for reading in open_rows[row]
                if sums and _fits(reading, row, columns, sums, numbers)
            ]
            if len(fitting) == 1:
                decided[row] = fitting[0]
                numbers[row] = _numbers(fitting[0], columns)
                progress = True
    return decided


def _readings(tokens: Sequence[str], width: int) -> Iterator[Reading]:
    """Every way to read the digits of a row that adds up; none where there are too many."""
    found = list(islice(_adding_up(tokens, width), _MOST_READINGS + 1))
    yield from found if len(found) <= _MOST_READINGS else ()


def _adding_up(tokens: Sequence[str], width: int) -> Iterator[Reading]:
    for *parts, total in every_cut(tokens, width):
        if sum(map(int, parts)) != int(total):
            continue
        for places in combinations(range(width - 1), len(parts)):
            cells = [""] * (width - 1)
            for place, part in zip(places, parts, strict=True):
                cells[place] = part
            yield (*cells, total)


def _is_told(calculation: Calculation, row: str, numbers: Mapping[str, Numbers]) -> bool:
    """Whether a calculation holds this row against others, all of which are known."""
    rows = {concept.row for concept in (*calculation.left, *calculation.right)}
    return row in rows and len(rows) > 1 and rows - {row} <= set(numbers)


def _fits(
    reading: Reading,
    row: str,
    columns: Sequence[str],
    sums: Sequence[Calculation],
    numbers: Mapping[str, Numbers],
) -> bool:
    own = {**numbers, row: _numbers(reading, columns)}
    return all(_side(each.left, own) == _side(each.right, own) for each in sums)


def _side(concepts: Sequence[Concept], numbers: Mapping[str, Numbers]) -> Number:
    return sum(numbers[concept.row].get(concept.column, 0) for concept in concepts)


def _numbers(reading: Reading, columns: Sequence[str]) -> dict[str, Number]:
    return {column: int(text) for column, text in zip(columns, reading, strict=True) if text}
