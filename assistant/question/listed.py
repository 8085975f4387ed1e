"""The agencies that the last answer named, which a follow-up may mean: 它, 里面谁最少, 其中自然人呢.

Pure. What an answer cut short does not name in full is not taken for all of it.
"""

import re
from dataclasses import replace

from assistant.query import Known, Query
from assistant.question.agencies import directory
from assistant.question.memory import is_cut_short

# What a refusal goes on to say: which reports are held.
_HELD = "资料库中有关的年报"
# What closes a list of the reports that speak of something.
_LISTS_WHO = re.compile("份年报逐份查过|份年报中只通读了")
_YEAR = re.compile(r"(?P<year>20\d\d)年")


def reports_told(answer: str, known: Known) -> tuple[tuple[str, int], ...]:
    """The reports that an answer tells of, each once, in its order; not those said to be held."""
    if not answer:
        return ()
    found = directory(known.agencies).find(answer.partition(_HELD)[0])
    told = (
        (mention.agencies[0], int(year["year"]))
        for mention in found.mentions
        if len(mention.agencies) == 1 and (year := _YEAR.match(found.text, mention.end))
    )
    return tuple(pair for pair in dict.fromkeys(told) if pair in known.reports)


def first_agency(answer: str, known: Known) -> tuple[str, ...]:
    """The agency that an answer names first: what 它 means after 哪家最多."""
    mentions = directory(known.agencies).find(answer).mentions
    return next((m.agencies for m in mentions if len(m.agencies) == 1), ())


def who_it_may_be(answer: str, known: Known) -> tuple[str, ...]:
    """The agencies that 它 may mean after an answer that lists who speaks of something; else none."""
    if not _LISTS_WHO.search(answer):
        return ()
    mentions = directory(known.agencies).find(answer).mentions
    listed = tuple(dict.fromkeys(m.agencies[0] for m in mentions if len(m.agencies) == 1))
    return listed if len(listed) > 1 else ()


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
