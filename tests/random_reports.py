"""Invented reports with random cells, and random ways of setting a table: many from a few seeds.

What stands in the cells is what agencies write: small and large numbers, thousands separators,
full-width digits, blanks, "/" and "—", words. One seed always gives the same document.
"""

import random
from collections.abc import Iterator

from ingest.forms import FORMS
from ingest.report import Cell, Concept, Doubt, Number, Report
from tests.invented import invented_report
from tests.render_unruled import SETTINGS, Setting

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_NOTHING = ((None, ""), (None, ""), (None, "/"), (None, "—"), (None, "无数据"), (0, "0"))
_DULL = ((None, ""), (0, "0"))


def random_report(chance: random.Random, edition: str | None = None) -> Report:
    """A report of which some cells, some whole rows or nearly all cells are random."""
    edition = edition or chance.choice(sorted(FORMS))
    concepts = list(FORMS[edition].concepts())
    spread = chance.choice((_single_cells, _whole_rows, _mostly_dull))
    replace: dict[Concept | str, Cell | Number | None] = dict(spread(chance, concepts))
    return invented_report(edition, seed=chance.randrange(100), replace=replace)


def random_setting(chance: random.Random) -> Setting:
    """One of the settings of unruled tables, or any other."""
    if chance.random() < 0.5:
        return chance.choice(list(SETTINGS.values()))
    return Setting(
        side=chance.choice(("left", "centre", "right")),
        label_side=chance.choice(("left", "centre")),
        size=chance.choice((7, 8, 9, 10)),
        padding=chance.choice((0.5, 1, 2, 3, 4, 6, 9)),
        page_height=chance.choice((842, 842, 600, 420, 320)),
        repeat_head=chance.random() < 0.3,
        upright_heads=chance.random() < 0.3,
        serial=chance.random() < 0.3,
        at_top=chance.random() < 0.3,
    )


def _single_cells(chance: random.Random, concepts: list[Concept]) -> Iterator[tuple[Concept, Cell]]:
    for concept in chance.sample(concepts, chance.randrange(1, 60)):
        yield concept, _cell(*_content(chance))


def _whole_rows(chance: random.Random, concepts: list[Concept]) -> Iterator[tuple[Concept, Cell]]:
    rows = sorted({(concept.table, concept.row) for concept in concepts})
    for row in chance.sample(rows, chance.randrange(1, 12)):
        share, same = chance.random(), _content(chance)
        for concept in concepts:
            if (concept.table, concept.row) == row and chance.random() < share:
                yield concept, _cell(*(same if chance.random() < 0.5 else _content(chance)))


def _mostly_dull(chance: random.Random, concepts: list[Concept]) -> Iterator[tuple[Concept, Cell]]:
    for concept in concepts:
        if chance.random() < 0.7:
            yield concept, _cell(*chance.choice(_DULL))


def _content(chance: random.Random) -> tuple[Number | None, str]:
    number = chance.randrange(10 ** chance.randrange(1, 8))
    kind = chance.randrange(6)
    if kind < 2:
        return number, str(number)
    if kind == 2:
        return number, f"{number:,}"
    if kind == 3:
        return number, str(number).translate(_FULL_WIDTH)
    return chance.choice(_NOTHING)


def _cell(value: Number | None, text: str) -> Cell:
    """The cell as printed; a text that is no number must carry a doubt."""
    return Cell(value, text, doubt=Doubt("not-a-number", ""))
