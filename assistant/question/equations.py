"""Two sides that a question sets equal: 新收加上年结转等于办结加结转下年吗.

Pure. Each side is read piece by piece; what is carried over means last year's beside what was
received, else what is left for the next.
"""

import re
from dataclasses import replace

from assistant.measure import Measure
from assistant.query import Condition
from assistant.question.measures import find_measures
from assistant.question.together import taken_together

_EQUAL = re.compile(
    "(?:是不是|是否|应该|应当|能不能|等不)?(?:等于|[=＝]|加起来等于)|(?:是不是|是否)?(?:和|与|跟|同)(?=.*(?:相等|一样多|是否相等|相符)(?:吗|[?？]|$))"
)
_PLUS = re.compile("加上?|[+＋]|和|与|跟|及|、")
_MINUS = re.compile("(?<!增)减(?:去|掉)?(?![少半免弱])|[-－]")
# 新收减去上年结转是多少
_RECKONED = re.compile(
    "(?P<sum>[^,，。;；?？]{2,40}(?<!增)减(?:去|掉)?(?![少半免弱])[^,，。;；?？]{2,20}?)(?:还|等于|是|得|为|剩|有|后|之后|多少|几|[?？]|$)"
)
_CARRIED = frozenset(["carried_in", "carried_over"])


def find_equation(text: str) -> Condition | None:
    """The condition that two sides are equal; None unless one of them adds up several numbers.

    `text` is the question without names and years, its measures unmasked.
    """
    match = _EQUAL.search(text)
    if match is None:
        return None
    left, right = find_side(text[: match.start()]), find_side(text[match.end() :])
    if left is None or right is None or left.unit != right.unit:
        return None
    is_sum = len(left.cells) > 1 or len(right.cells) > 1
    return Condition(left, "=", other=right) if is_sum else None


def find_reckoned(text: str) -> Measure | None:
    """What a question adds up and takes off: 新收减去上年结转是多少; None where it reckons nothing.

    `text` is the question without names and years, its measures unmasked.
    """
    match = _RECKONED.search(text)
    if match is None or _EQUAL.search(text):
        return None
    return find_side(match["sum"])


def find_side(text: str) -> Measure | None:
    """What one side comes to, None where a piece of it is not understood."""
    added, *taken = _MINUS.split(text)
    whole = _added_up(added)
    less = [_added_up(piece) for piece in taken]
    if whole is None or not taken:
        return whole
    cells = tuple(cell for each in less if each for cell in each.cells)
    alike = all(each is not None and each.unit == whole.unit and not each.less for each in less)
    if not alike or whole.less or whole.aspect != "cells":
        return None
    name = "减".join([whole.name, *(each.name for each in less if each)])
    return replace(whole, name=name, less=cells)


def _added_up(text: str) -> Measure | None:
    pieces = [find_measures(piece).measures for piece in _PLUS.split(text) if piece.strip("的数")]
    if not pieces or not all(pieces):
        return None
    found = tuple(dict.fromkeys(measure for piece in pieces for measure in piece))
    rows = {cell.row for measure in found for cell in measure.cells}
    if rows >= _CARRIED:
        left_out = "carried_over" if "new" in rows else "carried_in"
        found = tuple(m for m in found if all(cell.row != left_out for cell in m.cells))
    together = taken_together(found)
    return together[0] if len(together) == 1 and together[0].aspect == "cells" else None
