"""Digits that have run together (0000000) → the numbers they were, when only one reading is possible.

The invariant: numbers are given only when no other way of cutting the digits, blank cells included,
agrees with what the form says of the row. Without a calculation every cut agrees.
"""

from collections.abc import Iterator, Sequence

# More digits than this can be cut in too many ways for one of them to be told from the rest.
_MOST_DIGITS = 20


def cut_digits(tokens: Sequence[str], columns: int, totals: Sequence[int] = ()) -> list[str] | None:
    """The numbers of a row whose cells ran together, None when there is not exactly one reading.

    `tokens` are the digits as printed, in order, `columns` how many cells the row has, `totals` the
    positions of cells that are the sum of those since the total before; the last of them is the last
    cell, or there is none.

    >>> cut_digits(["0000000"], 7, [6]), cut_digits(["2000002"], 7, [6]), cut_digits(["2002"], 7, [6])
    (['0', '0', '0', '0', '0', '0', '0'], ['2', '0', '0', '0', '0', '0', '2'], None)
    """
    if len(totals) > 1:
        # With blanks in several groups nobody can tell which total is which.
        cut = list("".join(tokens)) if _is_digits(tokens) else []
        return cut if len(cut) == columns and _adds_up(cut, totals) else None
    readings: list[list[str]] = []
    for cut in every_cut(tokens, columns):
        if not totals or _adds_up(cut, [len(cut) - 1]):
            readings.append(cut)
        if len(readings) > 1:
            return None
    return readings[0] if readings and len(readings[0]) == columns else None


def every_cut(tokens: Sequence[str], most: int) -> Iterator[list[str]]:
    """Every way of cutting digits as printed into at most `most` numbers; none for too many digits."""
    if tokens and _is_digits(tokens):
        yield from _cuts(list(tokens), most)


def _is_digits(tokens: Sequence[str]) -> bool:
    digits = "".join(tokens)
    return digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS


def _cuts(tokens: Sequence[str], most: int) -> Iterator[list[str]]:
    """Every way of cutting the tokens into at most `most` numbers without leading zeros."""
    if not tokens:
        yield []
        return
    if most < len(tokens):
        return
    token, *rest = tokens
    lengths = [1] if token[0] == "0" else range(1, len(token) + 1)
    for length in lengths:
        remaining = [token[length:], *rest] if length < len(token) else rest
        for cut in _cuts(remaining, most - 1):
            yield [token[:length], *cut]


def _adds_up(cut: Sequence[str], totals: Sequence[int]) -> bool:
    start = 0
    for position in totals:
        if sum(map(int, cut[start:position])) != int(cut[position]):
            return False
        start = position + 1
    return True
