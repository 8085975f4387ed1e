"""Which years a question is about: those it names, means, or takes over from the conversation.

Pure. 去年 and 今年 are reckoned from the year spoken of, else from the newest that the library holds.
"""

import re
from dataclasses import dataclass

from assistant.query import Known, Query
from assistant.question.look_ups import Reading
from assistant.question.subject import Subject
from assistant.question.years import YearsNamed, find_years

# 比去年多多少 asks for the change of the year after, against it.
_THAN_LAST_YEAR = re.compile("(?:比|较|跟|和|与|同)(?:去年|上一?年|前一年|上年度)")
# 去年比上年: the year before last year, which 去年 names already.
_LAST_YEAR_NAMED = re.compile("去年.*(?:比|较|跟|和|与|同)(?:上一?年|前一年|上年度)")
# 跟2022年比, after another year
AGAINST_NAMED = re.compile(
    "(?:跟|和|与|同)(?:20)?[12]\\d年?(?:相?比|对比)(?:呢|一下|怎么样|如何)?[?？]?$"
)
# 比2022年多收了几件, 较前年, 与2022年相比: the only year named is the one to be set against
_THAN_NAMED = re.compile(
    "(?:比|较(?!少|多|大|高|低))(?:20[12]\\d年?|[12]\\d年|大?前年)|[跟和与同](?:20[12]\\d年?|[12]\\d年|大?前年)相?比"
)
_SETS_AGAINST = frozenset(("difference", "compare", "trend", "filter", "count", "value"))
_WHICH_YEAR = re.compile("哪一?年|哪几年|哪些年|哪个年度|什么时候开始|最[近后]一次")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What 去年 and 近三年 are reckoned from: the year spoken of, and those that are held."""

    base: int | None
    held: tuple[int, ...]
    newest: int | None
    oldest: int | None

    def find(self, text: str) -> YearsNamed:
        """The years that the words name."""
        return find_years(text, self.base, self.held, self.newest, self.oldest)


def base_year(before: Query | None, known: Known) -> int | None:
    """The year that 今年 means: the one spoken of, else the newest that the library holds."""
    if before and before.years:
        return max(before.years)
    return known.newest_year(before.agencies if before else ())


def years_meant(
    reading: Reading, subject: Subject, before: Query | None, known: Known
) -> tuple[int, ...]:
    """The years named, else those of the conversation where they fit these agencies."""
    named = reading.years.years
    is_of_all = _WHICH_YEAR.search(reading.question) or reading.years.every
    if is_of_all and _THAN_LAST_YEAR.search(reading.question):
        return ()
    is_against_last = _THAN_LAST_YEAR.search(reading.question)
    is_of_one = before is not None and len(named) == 1
    if (
        len(named) == 1
        and reading.operation in _SETS_AGAINST
        and _THAN_NAMED.search(reading.question)
    ):
        return tuple(sorted((named[0], _other_year(named[0], subject, before, known))))
    if reading.operation in ("compare", "trend") and is_of_one and is_against_last:
        return (named[0], named[0] + 1)
    if before and len(before.years) == 1 and is_of_one and AGAINST_NAMED.search(reading.question):
        return tuple(sorted({*before.years, *named}))
    if reading.operation == "difference" and len(named) == 1 and is_against_last:
        return named if _LAST_YEAR_NAMED.search(reading.question) else (named[0] + 1,)
    if not named and _WHICH_YEAR.search(reading.question):
        return before.years if before and subject.is_inherited and len(before.years) > 1 else ()
    if reading.years.years or reading.years.every or before is None or not before.years:
        return reading.years.years
    if reading.operation == "trend" and len(before.years) == 1:
        return ()
    if subject.everyone or not subject.agencies:
        return before.years
    fits = any(known.has(a, before.years) for a in subject.agencies)
    return before.years if fits else ()


def _other_year(than: int, subject: Subject, before: Query | None, known: Known) -> int:
    """The year set against one: the one spoken of, else the newest of these agencies.

    Where that is the year itself, the next, of which the answer then says that it is not held.
    """
    spoken_of = before.years if before and len(before.years) == 1 else ()
    years = (*spoken_of, known.newest_year(subject.agencies))
    return next((year for year in years if year and year != than), than + 1)


def unknown_years(query: Query, known: Known) -> tuple[int, ...]:
    """The years asked for of which the library holds no report at all."""
    return tuple(year for year in query.years if known.years and year not in known.years)
