"""The contract's JSON as types, for the OpenAPI document and for programs that read it.

docs/contracts.md is the promise; these say the same to machines. Keys may be added, so all allow more.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class TurnIn(BaseModel):
    """One turn of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str = Field(max_length=20_000)


class AskIn(BaseModel):
    """A question, with the conversation so far, oldest first."""

    question: str = Field(max_length=2_000, examples=["2024年各单位一共收到多少件申请？"])
    history: list[TurnIn] = Field(default=[], max_length=200)


class CitationOut(_Open):
    """A place in a report, or in a published law (`report` null)."""

    report: str | None
    agency: str | None
    year: int | None
    section: int | None
    quote: str | None
    page: int | None
    table: str | None
    row: str | None
    column: str | None


class ValueOut(_Open):
    """A number or name that is (part of) the answer."""

    value: float | int | str
    unit: str
    agency: str | None
    year: int | None


class AskOut(_Open):
    """An answer, as `nianbao ask --json`."""

    question: str
    answer: str
    status: Literal["answered", "unanswerable", "clarify"]
    values: list[ValueOut]
    citations: list[CitationOut]
    method: Literal["lookup", "aggregate", "retrieval", "check", "definition"]


class WarningOut(_Open):
    """What could not be read for certain."""

    code: str
    message: str


class ReportOut(_Open):
    """A report as read, as `nianbao parse --json`."""

    source: str
    sha256: str
    media_type: str
    agency: str | None
    year: int | None
    format: str | None
    title: str | None
    signed_by: str | None
    signed_on: str | None
    sections: list[dict[str, Any]]
    tables: dict[str, dict[str, dict[str, float | int | None]]]
    figures: list[dict[str, Any]]
    warnings: list[WarningOut]


class FindingOut(_Open):
    """One finding of a check."""

    rule: str
    severity: Literal["error", "warning", "notice"]
    message: str
    suggestion: str | None
    expected: Any
    actual: Any
    evidence: list[dict[str, Any]]


class CheckOut(_Open):
    """A check, as `nianbao check --json`."""

    source: str
    agency: str | None
    year: int | None
    findings: list[FindingOut]
    checked: dict[str, Literal["pass", "fail", "not_applicable", "undecided"]]


class DraftOut(_Open):
    """A draft, as `nianbao draft --json`."""

    agency: str
    year: int
    sections: list[dict[str, Any]]
    suggestions: list[dict[str, Any]]
    numbers: list[dict[str, Any]]


class LibraryOut(_Open):
    """What the library holds, as `nianbao library --json`."""

    agencies: list[str]
    years: list[int]
    reports: list[dict[str, Any]]


class FactOut(_Open):
    """One cell of one report: `value` is null unless `state` is `number`."""

    report: str
    agency: str
    year: int
    concept: str
    value: float | int | None
    state: Literal["number", "blank", "dash", "text", "missing"]
    unit: str
    text: str | None
    doubt: str | None
    place: dict[str, Any]


class IngestedOut(_Open):
    """What became of one file."""

    source: str
    status: str
    message: str
    report: str | None


class ErrorOut(BaseModel):
    """A refusal: one Chinese sentence."""

    detail: str
