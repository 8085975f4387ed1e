"""The head on applications: what was received, how it ended, what was carried over, what was disputed.

The invariant: only numbers of single cells are said, so that each can be traced to one; where a
group of 表三 has several rows, each is said for itself and none reads as the whole group.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from assistant.drafting.facts import Facts
from assistant.drafting.phrases import Phrases
from assistant.drafting.phrases_requests import (
    DISPUTES,
    GROUP_HEADS,
    REASONS,
    REQUESTS,
    RESULTS,
)
from assistant.drafting.prose import Prose, joined, placeholder
from assistant.drafting.revision import Style
from ingest.forms import APPLICANT_COLUMNS, form_of
from ingest.report import Concept

# Of a group with more reasons than this, the most frequent are told; the rest stand in the table.
MOST_REASONS = 2
_FRAMING = frozenset({"new", "carried_in", "total", "carried_over"})


class Say(Protocol):
    """One wording of a situation with its fields."""

    def __call__(self, phrases: Phrases, key: str, **fields: Prose | str) -> Prose:
        """The sentence."""
        ...


def application_sentences(
    facts: Facts, say: Say, noted: Sequence[Prose], style: Style = "plain"
) -> list[Prose]:
    """The sentences of the head, the noted ones last."""
    sentences = [*_received(facts, say, style), *_finished(facts, say, style)]
    return [*sentences, *_disputed(facts, say, style), *noted]


def _requests(row: str, column: str = "total") -> Concept:
    return Concept("requests", row, column)


NEW, CARRIED_IN = _requests("new"), _requests("carried_in")
HANDLED, CARRIED_OVER = _requests("total"), _requests("carried_over")


def _received(facts: Facts, say: Say, style: Style) -> list[Prose]:
    if facts.unknown((NEW, CARRIED_IN, HANDLED, CARRIED_OVER)):
        return [say(REQUESTS, "unknown")]
    if not facts.number(NEW):
        return _nothing_received(facts, say)
    sentences = [_new(facts, say, style)]
    if style != "short":
        sentences += _compared(facts, say)
    if facts.number(CARRIED_IN):
        sentences.append(say(REQUESTS, "carried_in", carried_in=facts.say(CARRIED_IN)))
    return sentences


def _nothing_received(facts: Facts, say: Say) -> list[Prose]:
    if facts.number(CARRIED_IN):
        return [say(REQUESTS, "only_carried_in", carried_in=facts.say(CARRIED_IN))]
    change = facts.change(NEW)
    if change == "ended":
        return [say(REQUESTS, "none_ended", last=facts.say_last(NEW))]
    return [say(REQUESTS, "none_again" if change == "none_again" else "none")]


def _new(facts: Facts, say: Say, style: Style) -> Prose:
    parts = tuple(_requests("new", c.id) for c in APPLICANT_COLUMNS if c.id != "total")
    some = facts.nonzero(parts)
    labels = {c.id: c.label for c in APPLICANT_COLUMNS} | {"other": "其他组织"}
    new = facts.say(NEW)
    adds_up = sum(facts.number(c) or 0 for c in some) == facts.number(NEW)
    if style == "short" or facts.unknown(parts) or not adds_up:
        return say(REQUESTS, "bare", new=new)
    if len(some) == 1:
        key = "one" if facts.number(NEW) == 1 else "uniform"
        return say(REQUESTS, key, new=new, applicant=labels[some[0].column])
    items = [joined((labels[c.column], facts.say(c), "件")) for c in some]
    return say(REQUESTS, "mixed", new=new, applicants=joined(items, "、"))


def _compared(facts: Facts, say: Say) -> list[Prose]:
    change = facts.change(NEW)
    if change in (None, "none_again", "ended"):
        return []
    return [say(REQUESTS, change, last=facts.say_last(NEW))]


def _finished(facts: Facts, say: Say, style: Style) -> list[Prose]:
    if facts.unknown((NEW, CARRIED_IN, HANDLED, CARRIED_OVER)):
        return []
    if not (facts.number(NEW) or facts.number(CARRIED_IN)):
        return []
    sentences = _results(facts, say, style)
    if facts.number(CARRIED_OVER):
        over = say(REQUESTS, "carried_over", carried_over=facts.say(CARRIED_OVER))
        return [*sentences, over]
    return [*sentences, say(REQUESTS, "carried_over_none")]


def _results(facts: Facts, say: Say, style: Style) -> list[Prose]:
    if not facts.number(HANDLED):
        return [say(REQUESTS, "finished_none")]
    rows = form_of(facts.edition).table("requests").rows
    outcomes = tuple(_requests(row) for row in rows if row not in _FRAMING)
    some = facts.nonzero(outcomes)
    total = facts.say(HANDLED)
    adds_up = some and sum(facts.number(c) or 0 for c in some) == facts.number(HANDLED)
    if facts.unknown(outcomes) or not adds_up:
        return [say(REQUESTS, "finished_bare", total=total)]
    if len(some) == 1:
        key = "finished_one" if facts.number(HANDLED) == 1 else "finished_alike"
        return [say(REQUESTS, key, total=total, outcome=REASONS[some[0].row][0])]
    return _listed(facts, say, some, style)


def _listed(facts: Facts, say: Say, some: Sequence[Concept], style: Style) -> list[Prose]:
    """The outcomes in one list; groups with several rows in sentences of their own, but in short."""
    groups: dict[str, list[Concept]] = defaultdict(list)
    for concept in some:
        groups[concept.row.partition(".")[0]].append(concept)
    alone = [group[0] for group in groups.values() if len(group) == 1]
    several = {name: group for name, group in groups.items() if len(group) > 1}
    total = facts.say(HANDLED)
    if several and style == "short":
        return [say(REQUESTS, "finished_bare", total=total)]
    items = [joined((REASONS[c.row][0], facts.say(c), "件")) for c in alone]
    sentences = [
        say(REQUESTS, "finished", total=total, outcomes=joined(items, "，"))
        if items
        else say(REQUESTS, "finished_bare", total=total)
    ]
    most = len(some) if style == "full" else MOST_REASONS
    sentences += [_reasons(facts, name, group, most) for name, group in several.items()]
    is_told_whole = all(len(group) <= most for group in several.values())
    return sentences if is_told_whole else [*sentences, say(REQUESTS, "reasons_rest")]


def _reasons(facts: Facts, group: str, cells: Sequence[Concept], most: int) -> Prose:
    """The reasons of one group, the most frequent first."""
    told = sorted(cells, key=lambda c: -(facts.number(c) or 0))[:most]
    parts = [joined((REASONS[c.row][1], facts.say(c), "件")) for c in told]
    return joined((GROUP_HEADS[group], joined(parts, "，"), "。"))


# --- Cases -----------------------------------------------------------------------------------------


def _case(row: str, column: str = "total") -> Concept:
    return Concept("disputes", row, column)


RECONSIDERATION = _case("reconsideration")
DIRECT = _case("litigation_direct")
AFTER = _case("litigation_after_reconsideration")


def _disputed(facts: Facts, say: Say, style: Style) -> list[Prose]:
    totals = (RECONSIDERATION, DIRECT, AFTER)
    if facts.unknown(totals):
        return [say(DISPUTES, "unknown")]
    if not facts.nonzero(totals):
        return [say(DISPUTES, "none")]
    if facts.number(RECONSIDERATION):
        return [_cases(facts, say, RECONSIDERATION), *_litigation(facts, say, style)]
    return [*_litigation(facts, say, style), say(DISPUTES, "reconsideration_none")]


def _litigation(facts: Facts, say: Say, style: Style) -> list[Prose]:
    some = facts.nonzero((DIRECT, AFTER))
    if not some:
        return [say(DISPUTES, "litigation_none")]
    if len(some) == 1:
        return [_cases(facts, say, some[0])]
    if style == "full":
        return [_cases(facts, say, concept) for concept in some]
    return [say(DISPUTES, "litigation_both", direct=facts.say(DIRECT), after=facts.say(AFTER))]


def _cases(facts: Facts, say: Say, total: Concept) -> Prose:
    """The cases of one row with their results; 均为 where all ended alike."""
    results = facts.nonzero(tuple(_case(total.row, column) for column in RESULTS))
    said: Prose
    if sum(facts.number(c) or 0 for c in results) != facts.number(total):
        said = placeholder("维持、纠正、其他结果和尚未审结各多少件")
    elif len(results) == 1:
        said = Prose(("均为" if facts.number(total) != 1 else "") + RESULTS[results[0].column])
    else:
        items = [joined((RESULTS[c.column], facts.say(c), "件")) for c in results]
        said = joined(("其中", joined(items, "、")))
    return say(DISPUTES, total.row, total=facts.say(total), results=said)
