"""A draft as a file: Word in the official form, HTML or Markdown, by the file's suffix."""

from pathlib import Path

from assistant.drafting.draft import Draft, draft_to_report
from assistant.drafting.official_form import report_to_html, report_to_markdown
from assistant.drafting.official_word import report_to_docx
from ingest.errors import NianbaoError, os_reason
from ingest.report import Report


def draft_to_bytes(draft: Draft, tables: Report | None, suffix: str) -> bytes:
    """The whole report, with `tables` as this year's; cells not filled in stay blank.

    Raises NianbaoError for a suffix that is none of .docx, .html and .md.
    """
    report = draft_to_report(draft, tables)
    match suffix:
        case ".docx":
            return report_to_docx(report)
        case ".html":
            return report_to_html(report).encode()
        case ".md":
            return report_to_markdown(report).encode()
    raise NianbaoError(f"不能写成“{suffix}”：请把文件名的后缀改为 .docx、.html 或 .md。")


def write_draft(draft: Draft, tables: Report | None, path: Path) -> None:
    """Writes the whole report to a file; raises NianbaoError where it cannot be written."""
    content = draft_to_bytes(draft, tables, path.suffix.lower())
    try:
        path.write_bytes(content)
    except OSError as error:
        raise NianbaoError(f"写不了 {path}：{os_reason(error)}。请换一个位置。") from error
