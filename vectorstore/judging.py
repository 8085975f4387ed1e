"""What may be taken into a library, and what is said of it: decisions on one reading of a file."""

import re
import unicodedata
from dataclasses import replace

from ingest.batch import Parsed
from ingest.errors import NotAnAnnualReport, UnreadableFile
from ingest.report import Report
from vectorstore.holdings import Entry

LONGEST_NAME = 200

_SEPARATOR = re.compile(r"[/\\]")


def display_name(name: str) -> str:
    """A file's name for showing: no folders, no control, zero-width or direction marks."""
    last = _SEPARATOR.split(name)[-1]
    clean = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return clean.strip()[:LONGEST_NAME] or "未命名"


def refuse_nameless(report: Report) -> None:
    """Raises NotAnAnnualReport, saying what helps, for a report of nobody or of no year."""
    if report.agency is not None and report.year is not None:
        return
    lacking = "和".join(
        name for name, value in (("单位", report.agency), ("年度", report.year)) if value is None
    )
    raise NotAnAnnualReport(
        f"《{report.source}》没有认出{lacking}，没有收入。"
        "请把单位和年度写进文件名再试，例如“某某市某某局2023年.docx”。"
    )


def same_bytes(entry: Entry, parsed: Parsed) -> Report:
    """The new reading of a stored report; raises NianbaoError where there is none of its bytes."""
    if parsed.report is None:
        raise parsed.error or UnreadableFile(f"《{entry.source}》没有读出内容。")
    if parsed.report.id != entry.id:
        raise UnreadableFile(f"《{entry.source}》的原件与存入时不同。请从备份找回原件。")
    return replace(parsed.report, source=entry.source)


def left_out(report: Report) -> str:
    """What of a file is not in the report read from it, as a sentence; empty where all is."""
    return "".join(f"{d.message}。" for d in report.doubts if d.code == "several-reports")


def added_sentence(entry: Entry, left_out: str = "") -> str:
    """What people are told of a report that was taken in, and of what of its file was not."""
    if entry.edition == 1:
        return f"已收入{entry.agency}{entry.year}年度报告。{left_out}"
    return (
        f"{entry.agency}{entry.year}年度已有一份，内容不同；这一份收作第{entry.edition}版，"
        f"查询以它为准，原有的仍保留。{left_out}"
    )
