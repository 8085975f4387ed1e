"""What an answer is, and what it may say.

The invariant: every number in an answer's text stands in its values, in one of its citations or in
the question, and every quote is text of the cited document. `verify` holds an answer to that.
Derived counts ("五份报告") are written in Chinese numerals, so that a digit is always a fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ingest.report import Number, Place

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
