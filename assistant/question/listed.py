"""The agencies that the last answer named, which a follow-up may mean: 它, 里面谁最少, 其中自然人呢.

Pure. What an answer cut short does not name in full is not taken for all of it.
"""

from dataclasses import replace

from assistant.query import Known, Query
from assistant.question.agencies import directory
from assistant.question.memory import is_cut_short


def first_agency(answer: str, known: Known) -> tuple[str, ...]:
    """The agency that an answer names first: what 它 means after 哪家最多."""
    mentions = directory(known.agencies).find(answer).mentions
    return next((m.agencies for m in mentions if len(m.agencies) == 1), ())


def of_those_listed(before: Query, answer: str, known: Known) -> Query:
    """里面谁最少: the question before, about the agencies that the answer to it lists in full."""
    mentions = directory(known.agencies).find(answer).mentions
    listed = dict.fromkeys(a for m in mentions for a in m.agencies if len(m.agencies) == 1)
    if len(listed) < 2 or is_cut_short(answer):
        return before
    return replace(before, agencies=tuple(listed), conditions=())


def of_those_filtered(before: Query, answer: str, known: Known) -> Query:
    """其中自然人呢: the reports that the answer says meet the condition, which its first sentence does."""
    first = answer.partition("。")[0]
    mentions = [m for m in directory(known.agencies).find(first).mentions if len(m.agencies) == 1]
    listed = dict.fromkeys(m.agencies[0] for m in mentions)
    if not listed or is_cut_short(first):
        return before
    return replace(before, agencies=tuple(listed), conditions=(), operation="list")
