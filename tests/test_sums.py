"""The form's calculations confirm or contradict a guess, and never make one."""

from ingest.forms import FORM_2021
from ingest.report import Cell, Concept, Doubt, Number, Table
from ingest.sums import with_sums

NEW = Concept("requests", "new", "natural_person")
GRANTED = Concept("requests", "granted", "natural_person")


def table(code: str, **numbers: Number) -> Table:
    """Table three with these natural persons, their totals, and one guess at who is new."""
    cells = dict.fromkeys(FORM_2021.tables["requests"].concepts(), Cell(0, "0"))
    for row, number in numbers.items():
        for column in ("natural_person", "total"):
            cells[Concept("requests", row, column)] = Cell(number, str(number))
    guessed = Cell(numbers["new"], str(numbers["new"]), doubt=Doubt(code, "拆开的一格"))
    return Table("requests", {**cells, NEW: guessed})


def message(judged: Table, concept: Concept = NEW) -> str | None:
    doubt = judged.cells[concept].doubt
    return doubt.message if doubt else None


def judged(code: str, **numbers: Number) -> Table:
    return with_sums({"requests": table(code, **numbers)}, FORM_2021)["requests"]


def test_a_guess_that_adds_up_is_confirmed_and_stays_a_guess() -> None:
    found = judged("row-rebuilt", new=5, granted=5, total=5)
    assert message(found) == "拆开的一格，与表内勾稽关系相符"


def test_a_guess_that_does_not_add_up_is_contradicted() -> None:
    found = judged("row-shifted", new=6, granted=5, total=5)
    assert message(found) == "拆开的一格，与表内勾稽关系不符，请对照原件"


def test_a_wrong_sum_leaves_clean_cells_clean() -> None:
    found = judged("row-rebuilt", new=6, granted=5, total=5)
    assert message(found, GRANTED) is None
    assert found.cells[GRANTED].value == 5


def test_doubts_that_are_no_guess_at_the_number_stay_as_they_are() -> None:
    assert message(judged("unit-converted", new=6, granted=5, total=5)) == "拆开的一格"
