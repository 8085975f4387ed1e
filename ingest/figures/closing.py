"""A total that closes its own breakdown: 网站公开200条、公众号推送177条，共377条.

The invariant: a number is called such a total only where it is the sum of the numbers right before
it, and is named only by words before the breakdown, or where all its parts are channels.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.figures.names import CHANNELS
from ingest.figures.naming import name_of_whole
from ingest.figures.parts import kind_of_unit
from ingest.figures.tokens import Token, View
from ingest.report import Figure, Number

PUBLISHED_ITEMS = "信息"
"""What a count of published items is called where no words say more."""

_CLOSING = re.compile(r"[,;](?:总)?(?:共|共计|合计|总计|累计)(?:公开|发布)?(?:为|有|达)?$")
# 网站公开200条。公众号推送177条。 以上共公开信息377条
_CLOSING_LINE = re.compile(
    r"^(?:以上|上述)?[,;]?(?:各类?渠道|各平台|各类?信息|全年)?(?:总)?(?:共|共计|合计|总计|累计)"
    r"(?:公开|发布)?(?:各类|政府|政务)*(?:信息)?(?:为|有|达)?$"
)
_FEWEST_PARTS = 2

Told = tuple[Figure, Token]


def closing_total(view: View, token: Token, told: Sequence[Told]) -> tuple[str, list[Told]] | None:
    """What a closing total counts, and the figures before it with its parts marked; None for others."""
    if not _CLOSING.search(view.text[: token.start]):
        return None
    count = _summing_up([figure for figure, _ in told], token)
    if not count:
        return None
    first = len(told) - count
    before = view.text[: told[first][1].start]
    name = name_of_whole(before.rpartition(":")[0], token.unit) if ":" in before else ""
    if not name and all(figure.name in CHANNELS for figure, _ in told[first:]):
        name = PUBLISHED_ITEMS
    if not name:
        return None
    return name, [*told[:first], *((replace(each, part_of=name), of) for each, of in told[first:])]


def close_lines_before(view: View, token: Token, earlier: list[Figure]) -> str:
    """What a total in a sentence of its own counts, its parts in `earlier` marked; empty for others."""
    if not _CLOSING_LINE.search(view.text[: token.start]):
        return ""
    first = len(earlier) - _summing_up(earlier, token)
    if first == len(earlier) or not all(figure.name in CHANNELS for figure in earlier[first:]):
        return ""
    earlier[first:] = [replace(figure, part_of=PUBLISHED_ITEMS) for figure in earlier[first:]]
    return PUBLISHED_ITEMS


def _summing_up(figures: Sequence[Figure], whole: Token) -> int:
    """How many figures right before a number add up to it, 0 where they do not."""
    total: Number = 0
    for count, figure in enumerate(reversed(figures), start=1):
        is_of_its_kind = kind_of_unit(figure.unit) == kind_of_unit(whole.unit)
        if not is_of_its_kind or figure.part_of or figure.scope or figure.year:
            return 0
        total += figure.value
        if total == whole.value and count >= _FEWEST_PARTS:
            return count
    return 0
