"""An answer in the making: sentences with their citations, and how a reading is put into words.

Knows how Chinese says a number, a blank and a gap; computes nothing. A year that no citation, no
value and no question carries is written in words, so that every digit stays a fact.
"""

from collections.abc import Iterable, Sequence

from assistant.answer import Answer, Citation, Method, Statement, Status, Value
from assistant.inventory import entry_to_citation, refuse
from assistant.lookup.readings import Reading, number_text
from assistant.measure import Measure
from assistant.query import Query
from assistant.question.text_words import CITATION
from ingest.numbers import number_in_words
from vectorstore.holdings import Entry
from vectorstore.library import Library

# More addends or names than this nobody reads in a sentence.
MOST_NAMED = 12
# All numbers that make a sum or a ranking are cited, up to this many.
MOST_CITED = 60

_DIGITS_IN_WORDS = str.maketrans("0123456789", "〇一二三四五六七八九")


class Composition:
    """Gathers statements, values and citations, each citation once."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._statements: list[Statement] = []
        self._citations: dict[Citation, int] = {}
        self._values: list[Value] = []

    @property
    def query(self) -> Query:
        """The question that is being answered."""
        return self._query

    def say(self, text: str, citations: Iterable[Citation] = ()) -> None:
        """Add a sentence and what it stands on."""
        indices = [self._citations.setdefault(c, len(self._citations)) for c in citations]
        self._statements.append(Statement(text, tuple(dict.fromkeys(indices))))

    def say_remarks(self, readings: Sequence[Reading]) -> None:
        """Add what must be said with these readings, each remark once, with whose it is."""
        for remark in dict.fromkeys(remark for r in readings for remark in r.remarks):
            theirs = [r for r in readings if remark in r.remarks]
            several = len({r.entry.id for r in readings}) > 1
            who = f"{names_of(theirs)}：" if several else ""
            self.say(f"（{who}{remark}。）", citations_of(theirs[:MOST_NAMED]))

    def give(self, *values: Value) -> None:
        """Add values that are the answer itself."""
        self._values += values

    @property
    def has_values(self) -> bool:
        """Whether anything was found that answers the question."""
        return bool(self._values)

    @property
    def text(self) -> str:
        """What has been said so far."""
        return "".join(statement.text for statement in self._statements)

    def answer(self, method: Method, status: Status = "answered") -> Answer:
        """The answer as composed."""
        return Answer(
            self._query.question,
            tuple(self._statements),
            status,
            method,
            tuple(self._values),
            tuple(self._citations),
        )


def whose(reading: Reading) -> str:
    """Agency and year, as every sentence about a report begins."""
    return f"{reading.agency}{reading.year}年"


def amount(reading: Reading) -> str:
    """The number with its unit, 约 before an approximate one."""
    about = "约" if reading.is_approximate else ""
    return f"{about}{number_text(reading.value or 0)}{reading.unit}"


def amount_as_printed(reading: Reading) -> str:
    """The number where it is no value of the answer: only what the document itself prints.

    A sum or ratio is shown as what it is made of (3＋1件, （27÷28）); 万元 is left to the sentence,
    because a cell prints the number alone.
    """
    # A text that says there was none prints no nought.
    if reading.measure.aspect == "figure" and not reading.value:
        return "没有"
    if reading.formula:
        unit = reading.unit.removesuffix("万元")
        is_ratio = reading.unit == "%"
        return f"（{reading.formula}）" if is_ratio else f"{reading.formula}{unit}"
    return amount(reading).removesuffix("万元")


def told_as_printed(reading: Reading) -> str:
    """What a report holds of a measure, where the number is no value of the answer."""
    if reading.state == "number":
        return f"{reading.measure.name}{amount_as_printed(reading)}"
    return told(reading)


def told(reading: Reading) -> str:
    """What a report holds of a measure, without agency and year: 新收政府信息公开申请1件."""
    name = reading.measure.name
    if reading.state == "number":
        formula = f"（{reading.formula}）" if reading.formula else ""
        return f"{name}{amount(reading)}{formula}"
    cell = f"“{reading.lacking or name}”"
    if reading.lacking:
        cell = f"{name}无法得出：{cell}"
    return {
        "blank": f"{cell}一格空白未填，不能当作零",
        "dash": f"{cell}一格填的是横线之类的符号，不是数，不能当作零",
        "text": f"{cell}一格里不是数，未采用",
        "missing": f"{cell}在表中没有读到",
        "unstated": f"报告未载明{name}",
        "unclear": f"没有读到可以直接作答的“{name}”",
        "undefined": f"{name}不适用：分母为零（{reading.formula}）",
        "off-form": f"报告所用的表样没有“{name}”一栏，与另一版表样的数不能相比",
    }[reading.state]


def reading_to_value(reading: Reading) -> Value:
    """The number of a reading as a value of the answer."""
    return Value(reading.value or 0, reading.unit, reading.agency, reading.year)


def name_in(query: Query, measure: Measure) -> str:
    """A measure's name; a document cited earlier in the conversation goes without its number."""
    is_cited = measure.figures[:1] == (CITATION,)
    return "该文件" if is_cited and measure.figures[-1] not in query.question else measure.name


def year_text(year: int, question: str) -> str:
    """A year in digits where the question has it, else in words (二〇二二)."""
    return str(year) if str(year) in question else str(year).translate(_DIGITS_IN_WORDS)


def names_of(readings: Sequence[Reading]) -> str:
    """Agencies and years in a row, those beyond a dozen counted."""
    names = list(dict.fromkeys(whose(r) for r in readings))
    named = "、".join(names[:MOST_NAMED])
    beyond = len(names) - MOST_NAMED
    return f"{named}等{count_in_words(len(names))}份报告" if beyond > 0 else named


def count_in_words(count: int) -> str:
    """A count before its measure word: 两家, 三家."""
    return "两" if count == 2 else number_in_words(count)


def citations_of(readings: Iterable[Reading]) -> list[Citation]:
    """What these readings stand on, in order: the whole report where it states nothing."""
    return [
        citation
        for reading in readings
        for citation in reading.citations or (entry_to_citation(reading.entry),)
    ]


def say_gaps(composition: Composition, readings: Sequence[Reading]) -> None:
    """Say which reports gave no number, and why; a gap is never counted as zero."""
    for state, words in _GAPS:
        gaps = [r for r in readings if r.state == state]
        if gaps:
            composition.say(f"{names_of(gaps)}{words}", citations_of(gaps[:MOST_NAMED]))


_GAPS = (
    ("blank", "该格空白未填，未计入，不能当作零。"),
    ("dash", "该格填的是横线之类的符号，未计入，不能当作零。"),
    ("text", "该格里不是数，未计入。"),
    ("missing", "的表中没有读到这一格，未计入。"),
    ("unstated", "的报告未载明或未能读到，未计入。"),
    ("undefined", "分母为零，不适用，未计入。"),
    ("off-form", "所用的表样没有这一栏，未计入。"),
)


# --- Readings taken together ------------------------------------------------------------------------


def with_numbers(readings: Sequence[Reading]) -> list[Reading]:
    """The readings that hold a number."""
    return [reading for reading in readings if reading.value is not None]


def in_order(readings: Sequence[Reading], descending: bool) -> list[Reading]:
    """The readings by their number; equal ones keep their order."""
    return sorted(readings, key=lambda r: r.value or 0, reverse=descending)


def only_agency(readings: Sequence[Reading]) -> str | None:
    """The one agency of all these readings, None where there are several."""
    agencies = {reading.agency for reading in readings}
    return agencies.pop() if len(agencies) == 1 else None


def only_year(readings: Sequence[Reading]) -> int | None:
    """The one year of all these readings, None where there are several."""
    years = {reading.year for reading in readings}
    return years.pop() if len(years) == 1 else None


def say_years_differ(composition: Composition, numbers: Sequence[Reading]) -> None:
    """Say so where different agencies speak of different years."""
    if len({r.year for r in numbers}) > 1 and len({r.agency for r in numbers}) > 1:
        composition.say("各份报告的年度不同，口径未必一致。")


def finished(
    composition: Composition, query: Query, entries: Sequence[Entry], library: Library
) -> Answer:
    """The answer, or the refusal where no report gave a number to compute with."""
    if composition.has_values:
        return composition.answer("aggregate")
    if composition.text:
        return composition.answer("aggregate", "unanswerable")
    names = "、".join(measure.name for measure in query.measures)
    return refuse(
        query.question,
        f"有关的报告没有给出可以计算的数：{names}。",
        library,
        method="aggregate",
        agencies=[entry.agency for entry in entries],
    )
