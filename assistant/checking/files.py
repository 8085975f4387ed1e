"""A check as a file to take away; the file's ending says in which form.

Knows which forms there are and how a finding becomes a row or a Word comment. Files are written
whole or not at all: a reader never sees half of one.
"""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.checking.check import Check, check_to_dict
from assistant.checking.decisions import Decision
from assistant.checking.logs import check_to_junit, check_to_sarif
from assistant.checking.markup import check_to_html, decision_to_text
from assistant.checking.print_form import check_to_pdf
from assistant.checking.word_comments import Comment, WordPackage
from assistant.checking.word_places import WordPlaces
from assistant.render import SEVERITY_WORDS, check_to_markdown, finding_place
from assistant.rules import RULES, Finding
from assistant.spreadsheet import Content, Sheet, sheets_to_xlsx
from ingest.errors import NianbaoError, os_reason
from ingest.readers.word import MEDIA_TYPE as WORD_MEDIA_TYPE
from ingest.report import Place, Report

Decided = Mapping[Finding, Decision]

WORKLIST_COLUMNS: Sequence[tuple[str, int]] = (
    ("序号", 6),
    ("单位", 24),
    ("年度", 8),
    ("级别", 8),
    ("规则", 8),
    ("位置", 28),
    ("原文", 36),
    ("问题", 48),
    ("应为", 12),
    ("现为", 12),
    ("改法", 36),
    ("依据", 36),
    ("处理", 16),
    ("整改情况", 24),
)


def write_check(
    report: Report,
    check: Check,
    path: Path,
    *,
    original: bytes | None = None,
    decisions: Decided | None = None,
) -> None:
    """Write a check to `path` in the form its suffix names.

    .md .html .pdf .xlsx .sarif .xml (JUnit) .json; .docx is the checked file itself with comments,
    for which `original` holds its bytes. Raises NianbaoError.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMS:
        known = "、".join(FORMS)
        raise NianbaoError(f"不知道 {path.name} 要写成什么格式；可以是 {known}。")
    write_whole(path, check_to_bytes(report, check, suffix, original=original, decisions=decisions))


def check_to_bytes(
    report: Report,
    check: Check,
    suffix: str,
    *,
    original: bytes | None = None,
    decisions: Decided | None = None,
) -> bytes:
    """A check in the form of one of `FORMS`. Raises NianbaoError, KeyError for another suffix."""
    if suffix == ".docx":
        return annotated_docx(report, check, original or b"", decisions)
    return _WRITERS[suffix](report, check, decisions or {})


def check_to_xlsx(reports: Sequence[tuple[Report, Check, Decided]]) -> bytes:
    """The work list (整改清单) of one or many reports: a row a finding, worst first in each."""
    return sheets_to_xlsx([worklist(reports)])


def worklist(reports: Sequence[tuple[Report, Check, Decided]]) -> Sheet:
    """The work list as a sheet, its last column left for what was done."""
    findings = [(r, f, d.get(f)) for r, check, d in reports for f in check.findings]
    rows = [_row(number, *found) for number, found in enumerate(findings, 1)]
    return Sheet("整改清单", WORKLIST_COLUMNS, rows)


def _row(
    number: int, report: Report, finding: Finding, decision: Decision | None
) -> tuple[Content, ...]:
    quote = finding.evidence[0].place.quote if finding.evidence else None
    return (
        number,
        report.agency or report.source,
        report.year,
        SEVERITY_WORDS[finding.severity],
        finding.rule,
        finding_place(finding),
        quote or "",
        "\n".join([finding.message, *(f"连带：{c.message}" for c in finding.consequences)]),
        finding.expected,
        finding.actual,
        finding.suggestion,
        RULES[finding.rule].page.basis,
        decision_to_text(decision) if decision else "",
        "",
    )


def annotated_docx(
    report: Report, check: Check, original: bytes, decisions: Decided | None = None
) -> bytes:
    """The user's own Word file with a comment at the place of each finding.

    Findings decided to be false alarms are left out. Raises NianbaoError when the file is not the
    Word file that was checked.
    """
    if report.media_type != WORD_MEDIA_TYPE:
        raise NianbaoError(
            f"《{report.source}》不是 .docx 文件，不能加批注；可以导出为网页或表格。"
        )
    if hashlib.sha256(original).hexdigest() != report.sha256:
        raise NianbaoError(f"《{report.source}》在核查之后改动过，请重新核查再加批注。")
    package = WordPackage(original, report.source)
    places = WordPlaces(package.document, report)
    shown = [f for f in check.findings if not _is_false_alarm((decisions or {}).get(f))]
    return package.commented(
        [Comment(places.paragraph(_own_place(f)), _comment_text(f)) for f in shown]
    )


def _is_false_alarm(decision: Decision | None) -> bool:
    return decision is not None and decision.status == "false_alarm" and not decision.reopened


def _own_place(finding: Finding) -> Place:
    """The first of the places that stand in the report itself."""
    return next((e.place for e in finding.evidence if e.report is None), Place())


def _comment_text(finding: Finding) -> str:
    lines = [f"【{SEVERITY_WORDS[finding.severity]} {finding.rule}】{finding.message}"]
    lines += [f"连带：{consequence.message}" for consequence in finding.consequences]
    lines += [f"改法：{finding.suggestion}", f"依据：{RULES[finding.rule].page.basis}"]
    return "\n".join(lines)


def write_whole(path: Path, content: bytes) -> None:
    """Put the bytes in place of the file at once. Raises NianbaoError."""
    temporary = path.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise NianbaoError(f"写不了 {path}：{os_reason(error)}。请换一个位置或文件名。") from error


def json_bytes(content: Mapping[str, object]) -> bytes:
    """The object as readable JSON in UTF-8."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


_WRITERS: Mapping[str, Callable[[Report, Check, Decided], bytes]] = {
    ".md": lambda report, check, _: (check_to_markdown(report, check) + "\n").encode(),
    ".html": lambda report, check, decided: check_to_html(report, check, decided).encode(),
    ".pdf": lambda report, check, decided: check_to_pdf(report, check, decided),
    ".xlsx": lambda report, check, decided: check_to_xlsx([(report, check, decided)]),
    ".sarif": lambda report, check, decided: json_bytes(check_to_sarif(report, check, decided)),
    ".xml": lambda report, check, _: check_to_junit(report, check).encode(),
    ".json": lambda report, check, _: json_bytes(check_to_dict(report, check)),
}
FORMS = (*_WRITERS, ".docx")
"""The suffixes that a check can be written under."""
