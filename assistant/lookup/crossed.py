"""Two measures, each of a year of its own, set against each other or added up.

The invariant: both numbers are of the same agency; an agency that lacks one of them is named.
"""

from collections.abc import Sequence

from assistant.answer import Answer, Value
from assistant.lookup.composition import (
    MOST_CITED,
    MOST_NAMED,
    Composition,
    amount,
    amount_as_printed,
    citations_of,
    count_in_words,
    finished,
    say_gaps,
    whose,
)
from assistant.lookup.editions import read_current
from assistant.lookup.readings import Reading, half_up, number_text, round_number
from assistant.query import Query
from assistant.question.together import are_added
from ingest.report import Number
from vectorstore.holdings import Entry
from vectorstore.library import Library

DECIMALS = 2


def crossed(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The two numbers of each agency, and what they come to; of several, those of all together."""
    composition = Composition(query)
    one, other = (
        {r.agency: r for r in read_current(m, [e for e in entries if e.year == y], library)}
        for y, m in query.crossed
    )
    pairs = [
        (one[agency], other[agency])
        for agency in one
        if agency in other and None not in (one[agency].value, other[agency].value)
    ]
    if len(pairs) > 1:
        _say_all(composition, pairs)
    for pair in pairs[:MOST_NAMED] if not are_added(query.question) or len(pairs) == 1 else ():
        _say_pair(composition, pair)
    paired = {a.agency for a, _ in pairs}
    left = [r for found in (one, other) for r in found.values() if r.agency not in paired]
    say_gaps(composition, [r for r in left if r.value is None])
    if lone := [r for r in left if r.value is not None]:
        names = "、".join(whose(r) for r in lone[:MOST_NAMED])
        composition.say(f"{names}没有另一个年度的数，未计入。", citations_of(lone[:MOST_NAMED]))
    composition.say_remarks([r for pair in pairs for r in pair])
    return finished(composition, query, entries, library)


def _say_pair(composition: Composition, pair: tuple[Reading, Reading]) -> None:
    one, other = pair
    composition.give(*(Value(r.value or 0, r.unit, r.agency, r.year) for r in pair))
    listed = "，".join(f"{r.year}年{r.measure.name}{amount(r)}" for r in pair)
    result = _result(composition, one.value or 0, other.value or 0, one.unit)
    composition.say(f"{one.agency}{listed}，{result}。", citations_of(pair))


def _say_all(composition: Composition, pairs: Sequence[tuple[Reading, Reading]]) -> None:
    """What both come to over the agencies that have both."""
    wholes = [round_number(sum(pair[i].value or 0 for pair in pairs)) for i in (0, 1)]
    first = pairs[0]
    composition.give(*(Value(n, r.unit, None, r.year) for n, r in zip(wholes, first, strict=True)))
    listed = "，".join(
        f"{r.year}年{r.measure.name}合计{number_text(n)}{r.unit}"
        for n, r in zip(wholes, first, strict=True)
    )
    result = _result(composition, wholes[0], wholes[1], first[0].unit)
    composition.say(
        f"两个年度都有数的{count_in_words(len(pairs))}家单位，{listed}，{result}。",
        citations_of([r for pair in pairs for r in pair][:MOST_CITED]),
    )
    listed = "、".join(
        f"{a.agency}{amount_as_printed(a)}对{amount_as_printed(b)}" for a, b in pairs[:MOST_NAMED]
    )
    composition.say(f"其中{listed}。", citations_of([r for pair in pairs for r in pair]))


def _result(composition: Composition, one: Number, other: Number, unit: str) -> str:
    """The sum, the multiple or the difference of two numbers, as the question wants."""
    operation = composition.query.operation
    if operation == "times":
        if not other:
            return "后者为零，没有倍数"
        found = round_number(half_up(one / other, DECIMALS))
        composition.give(Value(found, "倍"))
        return f"前者是后者的{number_text(found)}倍"
    if operation == "sum":
        whole = round_number(one + other)
        composition.give(Value(whole, unit))
        return f"合计{number_text(whole)}{unit}"
    gap = round_number(one - other)
    composition.give(Value(abs(gap), unit))
    if not gap:
        return "一样多"
    return f"前者{'多' if gap > 0 else '少'}{number_text(abs(gap))}{unit}"
