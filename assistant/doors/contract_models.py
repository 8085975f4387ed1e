"""The contract's JSON as types, for the OpenAPI document and for programs that read it.

docs/contracts.md is the promise; these say the same to machines. Keys may be added, so all allow
more. What a reader of the OpenAPI document sees is Chinese, with an example for each.
"""

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from assistant.doors.described import PARAMETERS


def _shown(meaning: str, **example: object) -> ConfigDict:
    """A type that allows more keys, with what the OpenAPI document says of it."""
    shown: dict[str, JsonValue] = {"description": meaning}
    if example:
        shown["examples"] = [_JSON.validate_python(example)]
    return ConfigDict(extra="allow", json_schema_extra=shown)


_JSON: Final = TypeAdapter(JsonValue)
_AGENCY: Final = "云江市青槐区教育局"
_REPORT: Final = "071f50481ea08ec7"
_PLACE: Final = {"table": "requests", "row": "new", "column": "total"}
_CITATION: Final = {
    "report": _REPORT,
    "agency": _AGENCY,
    "year": 2024,
    "section": None,
    "quote": "5",
    "page": None,
    **_PLACE,
}
_VALUE: Final = {"value": 5, "unit": "件", "agency": _AGENCY, "year": 2024}


class TurnIn(BaseModel):
    """One turn of the conversation so far."""

    model_config = ConfigDict(json_schema_extra={"description": "此前对话里的一句"})
    role: Literal["user", "assistant"] = Field(description="谁说的：user 提问，assistant 回答")
    content: str = Field(max_length=20_000, description="说了什么")


class AskIn(BaseModel):
    """A question, with the conversation so far, oldest first."""

    model_config = ConfigDict(json_schema_extra={"description": "问题和此前的对话"})
    question: str = Field(
        max_length=2_000,
        description=PARAMETERS["question"],
        examples=["2024年各单位一共收到多少件申请？"],
    )
    history: list[TurnIn] = Field(
        default=[],
        max_length=200,
        description=PARAMETERS["history"],
        examples=[[{"role": "user", "content": f"{_AGENCY}2023年新收多少件申请？"}]],
    )


class CitationOut(BaseModel):
    """A place in a report, or in a published law (`report` null)."""

    model_config = _shown("出处：某份年报的一处；法规条文的 report 为 null", **_CITATION)
    report: str | None
    agency: str | None
    year: int | None
    section: int | None
    quote: str | None
    page: int | None
    table: str | None
    row: str | None
    column: str | None


class ValueOut(BaseModel):
    """A number or name that is (part of) the answer."""

    model_config = _shown("答案里的一个数或名称", **_VALUE)
    value: float | int | str
    unit: str
    agency: str | None
    year: int | None


class AskOut(BaseModel):
    """An answer, as `nianbao ask --json`."""

    model_config = _shown(
        "回答，同 nianbao ask --json",
        question=f"{_AGENCY}2024年新收到多少件申请？",
        answer=f"{_AGENCY}2024年新收政府信息公开申请5件。",
        status="answered",
        values=[_VALUE],
        citations=[_CITATION],
        method="lookup",
    )
    question: str
    answer: str
    status: Literal["answered", "unanswerable", "clarify"]
    values: list[ValueOut]
    citations: list[CitationOut]
    method: Literal["lookup", "aggregate", "retrieval", "check", "definition"]


class WarningOut(BaseModel):
    """What could not be read for certain."""

    model_config = _shown(
        "没能读准的一处", code="row-rebuilt", message="“予以公开”一行跨页，由两段拼成。"
    )
    code: str
    message: str


class ReportOut(BaseModel):
    """A report as read, as `nianbao parse --json`."""

    model_config = _shown(
        "读到的年报，同 nianbao parse --json；null 是空白、划线或缺行，不是零",
        source="education-2024.docx",
        sha256=_REPORT.ljust(64, "0"),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        agency=_AGENCY,
        year=2024,
        format="2021",
        title=f"{_AGENCY}2024年政府信息公开工作年度报告",
        signed_by=_AGENCY,
        signed_on="2025-01-20",
        sections=[{"number": 1, "heading": "一、总体情况", "text": "……", "page": None}],
        tables={"requests": {"new": {"natural_person": 5, "total": 5}}},
        figures=[{"name": "主动公开信息", "value": 52, "unit": "条", "section": 1}],
        warnings=[],
    )
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


class FindingOut(BaseModel):
    """One finding of a check."""

    model_config = _shown("核查发现的一处问题")
    rule: str
    severity: Literal["error", "warning", "notice"]
    message: str
    suggestion: str | None
    expected: Any
    actual: Any
    evidence: list[dict[str, Any]]


class CheckOut(BaseModel):
    """A check, as `nianbao check --json`."""

    model_config = _shown(
        "核查结果，同 nianbao check --json",
        source="education-2024.docx",
        agency=_AGENCY,
        year=2024,
        findings=[
            {
                "rule": "R101",
                "severity": "error",
                "message": "总计不等于各项之和。",
                "suggestion": "核对本行各列。",
                "expected": 6,
                "actual": 5,
                "evidence": [{**_PLACE, "value": 5, "page": None}],
            }
        ],
        checked={"R101": "fail", "R102": "pass"},
    )
    source: str
    agency: str | None
    year: int | None
    findings: list[FindingOut]
    checked: dict[str, Literal["pass", "fail", "not_applicable", "undecided"]]


class DraftOut(BaseModel):
    """A draft, as `nianbao draft --json`."""

    model_config = _shown(
        "草稿，同 nianbao draft --json",
        agency=_AGENCY,
        year=2024,
        sections=[{"number": 1, "heading": "一、总体情况", "text": "……共收到申请5件……"}],
        suggestions=[],
        numbers=[{"text": "5件", "from": _PLACE}],
    )
    agency: str
    year: int
    sections: list[dict[str, Any]]
    suggestions: list[dict[str, Any]]
    numbers: list[dict[str, Any]]


class LibraryOut(BaseModel):
    """What the library holds, as `nianbao library --json`."""

    model_config = _shown(
        "文库，同 nianbao library --json",
        agencies=[_AGENCY],
        years=[2024],
        reports=[{"id": _REPORT, "agency": _AGENCY, "year": 2024}],
    )
    agencies: list[str]
    years: list[int]
    reports: list[dict[str, Any]]


class FactOut(BaseModel):
    """One cell of one report: `value` is null unless `state` is `number`."""

    model_config = _shown(
        "一份年报的一格；state 为 number 时 value 才是数，否则为 null，不可当作零",
        report=_REPORT,
        agency=_AGENCY,
        year=2024,
        concept="requests/new/total",
        value=5,
        state="number",
        unit="件",
        text="5",
        doubt=None,
        place=_PLACE,
    )
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


class IngestedOut(BaseModel):
    """What became of one file."""

    model_config = _shown(
        "一个文件存入的结果",
        source="education-2024.docx",
        status="added",
        message=f"已收入{_AGENCY}2024年度报告。",
        report=_REPORT,
    )
    source: str
    status: str
    message: str
    report: str | None


class ErrorOut(BaseModel):
    """A refusal: one Chinese sentence."""

    model_config = ConfigDict(json_schema_extra={"description": "拒绝的原因和办法，一句话"})
    detail: str = Field(examples=["请求不合规，请检查：question。"])
