"""Answers, checks and reports as Markdown for people; shared by the command line and the page.

Pure. Citation marks are made here, from the statements of an answer, so that the contract's text
stays free of numbers that are no facts.
"""

from collections.abc import Iterable, Iterator, Mapping

from assistant.answer import Answer, Citation
from ingest.forms import form_of
from ingest.report import TABLE_NAMES, Place, Report, Table

TABLE_TITLES: Mapping[str, str] = {
    "proactive": "表二 主动公开",
    "requests": "表三 收到和处理申请",
    "disputes": "表四 复议诉讼",
}
SECTION_WORDS = ("引言", "第一部分", "第二部分", "第三部分", "第四部分", "第五部分", "第六部分")
MEDIA_WORDS: Mapping[str, str] = {
    "application/pdf": "PDF",
    "text/html": "网页",
    "text/plain": "文本",
    "text/markdown": "Markdown",
}


def answer_to_markdown(answer: Answer) -> str:
    """The answer with numbered marks after each statement, then the list of its sources."""
    sources = "\n".join(
        f"[{number}] {citation_to_text(citation)}"
        for number, citation in enumerate(answer.citations, 1)
    )
    return f"{marked_text(answer)}\n\n{sources}".strip()


def marked_text(answer: Answer, mark: str = "[{}]") -> str:
    """The answer's text with `mark` formatted for each citation behind its statement."""
    return "".join(
        _insert_marks(s.text, "".join(mark.format(index + 1) for index in s.citations))
        for s in answer.statements
    )


def _insert_marks(text: str, marks: str) -> str:
    """Marks stand before the closing line break, so that the next statement keeps its own line."""
    body = text.rstrip("\n")
    return f"{body}{marks}{text[len(body) :]}"


def citation_to_text(citation: Citation) -> str:
    """A citation in one line: agency, year, where, and the quote."""
    if citation.report is None:
        return f"{citation.source}：{citation.place.quote or ''}".rstrip("：")
    where = place_to_text(citation.place)
    quote = f"：“{_one_line(citation.place.quote)}”" if citation.place.quote else ""
    return f"{citation.agency}{citation.year}年 {where}{quote}"


def place_to_text(place: Place) -> str:
    """A place in words: 表三 “一、本年新收…”行“总计”列, or the section; with the page if any."""
    page = f"（第{place.page}页）" if place.page else ""
    if place.table and place.row:
        return f"{_cell_to_text(place)}{page}"
    if place.section is not None:
        return f"{SECTION_WORDS[place.section]}{page}"
    return f"正文{page}"


def _cell_to_text(place: Place) -> str:
    assert place.table and place.row
    for edition in ("2021", "2019"):
        table = form_of(edition).table(place.table)
        row = table.rows.get(place.row)
        if row is None:
            continue
        column = next((c for c in table.columns(row.id) if c.id == place.column), None)
        return f"{table.ordinal}“{row.full_label}”" + (f"“{column.label}”" if column else "")
    return f"{place.table}/{place.row}/{place.column}"


def report_to_markdown(report: Report) -> str:
    """What was read from a report: identity, tables and doubts."""
    lines = [
        f"# {report.title or report.source}",
        "",
        f"- 单位：{report.agency or '（未认出）'}",
        f"- 年度：{report.year or '（未认出）'}",
        f"- 表样：{report.format or '无法定表格'}",
        f"- 落款：{report.signed_by or '（无）'}　{report.signed_on or '（无日期）'}",
        f"- 部分：{'、'.join(_one_line(s.heading) for s in report.sections) or '（无）'}",
    ]
    for name in TABLE_NAMES:
        if name in report.tables:
            lines += [
                "",
                f"## {TABLE_TITLES[name]}",
                "",
                *_table_lines(report, report.tables[name]),
            ]
    lines += ["", "## 读取存疑", "", *_warning_lines(report)]
    return "\n".join(lines)


def _table_lines(report: Report, table: Table) -> Iterator[str]:
    form = form_of(report.format).table(table.name)
    for block in form.blocks:
        heads = " | ".join(column.label for column in block.columns)
        yield f"| {block.title or form.ordinal} | {heads} |"
        yield "|---" * (len(block.columns) + 1) + "|"
        for row in block.rows:
            cells = (table.cell(row.id, column.id) for column in block.columns)
            texts = (
                f"{cell.value}{'?' if cell.doubt else ''}"
                if cell.value is not None
                else {"blank": "（空）", "missing": "（缺）"}.get(
                    cell.state, (cell.text or "").strip()
                )
                for cell in cells
            )
            yield f"| {row.full_label} | {' | '.join(texts)} |"
        yield ""


def _warning_lines(report: Report) -> Iterable[str]:
    if not report.warnings:
        return ["没有。"]
    return [f"- {warning.message}（{warning.code}）" for warning in report.warnings]


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
