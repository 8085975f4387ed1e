"""A question as it was understood.

Types only: `assistant.question` makes a `Query` from words, `assistant.lookup` and
`assistant.retrieval` answer it. A query says what it does not understand rather than guess: an
agency or a year that the library does not hold is named, never replaced by a similar one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, TypeAlias

from assistant.measure import Measure
from ingest.report import Number

Kind: TypeAlias = Literal["lookup", "retrieval", "check", "definition"]
Operation: TypeAlias = Literal[
    "value",
    "sum",
    "average",
    "median",
    "deviation",
    "times",
    "share",
    "difference",
    "compare",
    "rank",
    "extremum",
    "count",
    "filter",
    "trend",
    "streak",
    "pace",
    "exists",
    "list",
    "passages",
    "explain",
    "check",
    "holdings",
    "blanks",
]
Comparison: TypeAlias = Literal["=", "≠", ">", "≥", "<", "≤", "blank", "stated", "unstated"]


@dataclass(frozen=True)
class Known:
    """What the library holds: full agency names, years, and which agency reported on which year."""

    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    reports: tuple[tuple[str, int], ...] = ()

    def newest_year(self, agencies: tuple[str, ...] = ()) -> int | None:
        """The newest year of these agencies' reports, of all reports when none is named."""
        if not agencies:
            return self._newest
        years = {year for agency in agencies for year in self._years_of.get(agency, ())}
        return max(years or self.years, default=None)

    def oldest_year(self, agencies: tuple[str, ...] = ()) -> int | None:
        """The oldest year of these agencies' reports; None of all together, which differ."""
        years = {year for agency in agencies for year in self._years_of.get(agency, ())}
        return min(years, default=None)

    def has(self, agency: str, years: Iterable[int]) -> bool:
        """Whether there is a report of this agency on one of these years."""
        return not self._years_of.get(agency, frozenset()).isdisjoint(years)

    @cached_property
    def _newest(self) -> int | None:
        return max((year for _, year in self.reports), default=max(self.years, default=None))

    @cached_property
    def _years_of(self) -> Mapping[str, frozenset[int]]:
        years: dict[str, set[int]] = {}
        for agency, year in self.reports:
            years.setdefault(agency, set()).add(year)
        return {agency: frozenset(theirs) for agency, theirs in years.items()}


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter on reports: the measure compared with a number, or stated, unstated, left blank.

    With `other`, the measure is compared with that one of the same report instead, taken `times`
    times. `said` is the number as the question writes it (100万), in the measure's own unit it may
    be another. `year` is the one year whose report must meet it, None where any does. `than` is an
    agency whose number of the same year it is compared with (比财政局多).
    """

    measure: Measure
    comparison: Comparison
    number: Number | None = None
    other: Measure | None = None
    said: str = field(default="", compare=False)
    times: Number = 1
    year: int | None = None
    than: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A bound on how much a number changed against the year before (增长超过50%, 多10件以上).

    `number` is in the measure's unit, or in per cent of the earlier number where `is_percent`; of a
    fall it is how much was lost. `said` is the bound as the question writes it.
    """

    comparison: Comparison
    number: Number
    is_percent: bool
    falls: bool
    said: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that the questioner takes for granted, with its unit, as in 是不是35件.

    `measure` is what it is said of where that is not what is asked (收到6件，全部公开了吗).
    """

    number: Number
    unit: str
    text: str
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A word of the question that means several things here; `candidates` are shown to people."""

    text: str
    about: Literal["agency", "measure"]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """Agencies that a question takes together to set them against others; `text` is their name.

    `years` are those of this side alone, empty where both sides are of the same years.
    """

    text: str
    agencies: tuple[str, ...]
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood; empty `agencies` or `years` mean all of the library's.

    `crossed` are two measures, each with the year that it is asked of (2023年结转下年的, 2024年上年结转的).
    `sides` are groups whose sums are compared (县里的单位和区里的单位合计哪边多).
    `pairs` are the only reports meant where each agency is named with a year of its own.
    `kind` says who answers, `operation` what is done with the measures. `descending` is the order
    of a ranking and which end an extremum takes; `limit` is how many of a ranking are asked for,
    `place` the one rank that is (排第二).
    `meets_all` says that a report must meet every condition, not merely one of them.
    `topic` is the words to search for, or the term to explain; `sections` are the parts of a report
    where the topic stands, empty for all. `change` bounds a difference between years. `refusal` is a Chinese sentence when the question lies
    outside what reports can answer. `not_understood` are words that carried meaning for nobody;
    `mended` are slips of the pen with the words that they were taken for. `is_rewritten` says that
    a language model chose measures and operation from our lists. `beside` is what the question before
    was on, where this one asks on about a number without a name (采纳多少, after 收到多少意见).
    """

    question: str
    kind: Kind = "retrieval"
    operation: Operation = "passages"
    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    pairs: tuple[tuple[str, int], ...] = ()
    sides: tuple[Side, ...] = ()
    measures: tuple[Measure, ...] = ()
    crossed: tuple[tuple[int, Measure], ...] = ()
    conditions: tuple[Condition, ...] = ()
    meets_all: bool = True
    change: Change | None = None
    topic: str = ""
    sections: tuple[int, ...] = ()
    descending: bool = True
    limit: int | None = None
    place: int | None = None
    claims: tuple[Claim, ...] = ()
    unknown_agencies: tuple[str, ...] = ()
    unknown_years: tuple[int, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    refusal: str = ""
    not_understood: tuple[str, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    is_rewritten: bool = False
    beside: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the question must be asked back: one of its words means several things."""
        return bool(self.ambiguities)

    @property
    def asks_for_measure(self) -> bool:
        """Whether it is the measure that must be asked back."""
        return any(ambiguity.about == "measure" for ambiguity in self.ambiguities)

    def narrowed(self, agencies: tuple[str, ...], years: tuple[int, ...]) -> "Query":
        """The same question asked of these agencies and years only."""
        return replace(self, agencies=agencies, years=years)
