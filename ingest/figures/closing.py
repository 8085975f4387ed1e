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
_FEWEST_PARTS = 2

Told = tuple[Figure, Token]


def closing_total(view: View, token: Token, told: Sequence[Told]) -> tuple[str, list[Told]] | None:
    """What a closing total counts, and the figures before it with its parts marked; None for others."""
    if not _CLOSING.search(view.text[: token.start]):
        return None
    parts = _summing_up(told, token.value, kind_of_unit(token.unit))
    if not parts:
        return None
    before = view.text[: parts[0][1].start]
    name = name_of_whole(before.rpartition(":")[0], token.unit) if ":" in before else ""
    if not name and all(figure.name in CHANNELS for figure, _ in parts):
        name = PUBLISHED_ITEMS
    if not name:
        return None
    marked = [(replace(figure, part_of=name), of) for figure, of in parts]
    return name, [*told[: len(told) - len(parts)], *marked]


def _summing_up(told: Sequence[Told], value: Number, kind: str) -> Sequence[Told]:
    """The figures right before a number that add up to it, none where they do not."""
    total: Number = 0
    for count, (figure, _) in enumerate(reversed(told), start=1):
        if kind_of_unit(figure.unit) != kind or figure.part_of or figure.scope or figure.year:
            return ()
        total += figure.value
        if total == value and count >= _FEWEST_PARTS:
            return told[len(told) - count :]
    return ()
