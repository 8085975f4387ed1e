"""A draft as a file: Word in the official form, HTML or Markdown, by the file's suffix."""

from pathlib import Path

from assistant.drafting.draft import Draft, draft_to_report
from assistant.drafting.official_form import report_to_html, report_to_markdown
from assistant.drafting.official_word import report_to_docx
from ingest.errors import NianbaoError
from ingest.report import Report


def write_draft(draft: Draft, tables: Report | None, path: Path) -> None:
    """Writes the whole report, with `tables` as this year's; cells not filled in stay blank.

    Raises NianbaoError for a suffix that is none of .docx, .html and .md, and for a file that cannot
    be written.
    """
    report = draft_to_report(draft, tables)
    match path.suffix.lower():
        case ".docx":
            content = report_to_docx(report)
        case ".html":
            content = report_to_html(report).encode()
        case ".md":
            content = report_to_markdown(report).encode()
        case suffix:
            raise NianbaoError(f"不能写成“{suffix}”：请把文件名的后缀改为 .docx、.html 或 .md。")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise NianbaoError(f"写不了 {path}：{error.strerror or error}。请换一个位置。") from error
