"""What an answer is, and what it may say.

The invariant: every number in an answer's text stands in its values, in one of its citations or in
the question, and every quote is text of the cited document. `verify` holds an answer to that.
Derived counts ("五份报告") are written in Chinese numerals, so that a digit is always a fact.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from assistant.grounding import Evidence
from ingest.numbers import number_in_words
from ingest.report import Number, Place, Report

Status: TypeAlias = Literal["answered", "unanswerable", "clarify"]
Method: TypeAlias = Literal["lookup", "aggregate", "retrieval", "check", "definition"]


@dataclass(frozen=True, slots=True)
class Value:
    """A number or name that is (part of) the answer itself."""

    value: Number | str
    unit: str = ""
    agency: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a named report, or in a published law (`report` None, `source` its name)."""

    report: str | None
    agency: str | None
    year: int | None
    place: Place
    source: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of the answer's text with the citations (indices from 0) that it stands on."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question; `text` is what the statements say, one after another."""

    question: str
    statements: tuple[Statement, ...]
    status: Status
    method: Method
    values: tuple[Value, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def text(self) -> str:
        """The whole answer as people read it, without citation marks."""
        return "".join(statement.text for statement in self.statements)

    def with_lines(self, *lines: str) -> "Answer":
        """The answer with statements behind it that say something of the answer, not of reports."""
        return replace(self, statements=(*self.statements, *map(Statement, lines)))

    def to_dict(self) -> Mapping[str, object]:
        """The answer as `nianbao ask --json` prints it (docs/contracts.md)."""
        return {
            "question": self.question,
            "answer": self.text,
            "status": self.status,
            "values": [
                {"value": v.value, "unit": v.unit, "agency": v.agency, "year": v.year}
                for v in self.values
            ],
            "citations": [citation_to_dict(c) for c in self.citations],
            "method": self.method,
        }


def count_in_words(count: int) -> str:
    """A count that an answer made itself, as written before a measure word: 两, 五, 十二."""
    return "两" if count == 2 else number_in_words(count)


def citation_to_dict(citation: Citation) -> Mapping[str, object]:
    """A citation as the contract writes it; keys that do not apply are None."""
    place = citation.place
    return {
        "report": citation.report,
        "agency": citation.agency,
        "year": citation.year,
        "section": place.section,
        "quote": place.quote,
        "page": place.page,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "source": citation.source,
    }


# --- Verification ----------------------------------------------------------------------------------

# 「…」 and “…” in a model's text are quotations; a mark on one or two characters is emphasis.
_QUOTED = re.compile(r"[「『“]([^「」『』“”]{3,})[」』”]")
# A link, an image or an element could carry what was read to another machine.
_MARKUP = re.compile(r"://|\]\(|<[a-zA-Z/!]")
# A paraphrase keeps most of its passage's words; what keeps fewer says something else.
LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Verified:
    """What is left of an answer, and the statements that were dropped because they do not hold."""

    answer: Answer
    dropped: tuple[Statement, ...] = ()


def verify(
    answer: Answer, question: str, documents: Mapping[str, Report], *, by_model: bool = False
) -> Verified:
    """The answer without the statements that do not hold; nothing is repaired.

    A statement holds when each of its numbers stands in the answer's values, in a citation or in
    the question, and each quote it cites is text of the cited document (`documents`: id → report).
    Text written by a model is held to more: its numbers, those in words included, its quotations and
    most of its words must stand in the very passages that the statement cites.
    """
    false_quotes = {
        index
        for index, citation in enumerate(answer.citations)
        if not _quote_stands(citation, documents)
    }
    evidence = answer_evidence(answer, question)
    kept: list[Statement] = []
    dropped: list[Statement] = []
    for statement in answer.statements:
        holds = false_quotes.isdisjoint(statement.citations) and (
            _model_statement_holds(statement, answer, question)
            if by_model
            else evidence.digits_are_grounded(statement.text)
        )
        (kept if holds else dropped).append(statement)
    if dropped:
        answer = with_used_citations(replace(answer, statements=tuple(kept)))
    return Verified(answer, tuple(dropped))


def _quote_stands(citation: Citation, documents: Mapping[str, Report]) -> bool:
    quote = citation.place.quote
    if quote is None or citation.report is None:
        return True
    report = documents.get(citation.report)
    return report is not None and any(quote in text for text in document_texts(report))


def document_texts(report: Report) -> Iterator[str]:
    """Every piece of the document's own text that was kept, letter for letter."""
    yield from filter(None, (report.title, report.signed_by))
    for section in report.texts:
        yield section.heading
        yield section.text
    for figure in report.figures:
        yield figure.sentence
    for table in report.tables.values():
        for cell in table.cells.values():
            yield from filter(None, (cell.text, cell.place.quote))
    yield from (warning.place.quote for warning in report.warnings if warning.place.quote)


def answer_evidence(answer: Answer, question: str = "") -> Evidence:
    """What an answer may say: the numbers of its values, its citations and the question."""
    evidence = _cited_evidence(answer.citations, question or answer.question)
    for value in answer.values:
        evidence.add_value(value.value, value.unit)
        evidence.add_text(value.agency)
        evidence.add_bare(value.year)
    return evidence


def _cited_evidence(citations: Iterable[Citation], question: str) -> Evidence:
    evidence = Evidence()
    evidence.add_text(question)
    for citation in citations:
        place = citation.place
        evidence.add_text(citation.agency, citation.source, place.quote)
        evidence.add_bare(citation.year, place.section, place.page)
    return evidence


def _model_statement_holds(statement: Statement, answer: Answer, question: str) -> bool:
    evidence = _cited_evidence((answer.citations[i] for i in statement.citations), question)
    return (
        bool(statement.citations)
        and evidence.shares(statement.text) >= LEAST_SHARED
        and not _MARKUP.search(statement.text)
        and evidence.digits_are_grounded(statement.text)
        and evidence.words_are_grounded(statement.text)
        and all(evidence.holds(quote) for quote in _QUOTED.findall(statement.text))
    )


def with_used_citations(answer: Answer) -> Answer:
    """The answer without the citations that none of its statements stands on."""
    used = sorted({index for statement in answer.statements for index in statement.citations})
    place = {old: new for new, old in enumerate(used)}
    statements = tuple(
        replace(statement, citations=tuple(place[index] for index in statement.citations))
        for statement in answer.statements
    )
    citations = tuple(answer.citations[index] for index in used)
    return replace(answer, statements=statements, citations=citations)


def ungrounded(answer: Answer, question: str) -> tuple[Statement, ...]:
    """The statements that say a number which stands nowhere: in an answer of ours, none."""
    evidence = answer_evidence(answer, question)
    return tuple(s for s in answer.statements if not evidence.digits_are_grounded(s.text))
