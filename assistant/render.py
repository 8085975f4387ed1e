"""Answers, checks and reports as Markdown for people; shared by the command line and the page.

Pure. Citation marks are made here, from the statements of an answer, so that the contract's text
stays free of numbers that are no facts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.answer import Answer, Citation
from assistant.drafting.draft import Draft
from assistant.evaluation import Scores
from assistant.rules import Check
from assistant.rules.rule import FAMILIES, Finding, Rule, Severity, Verdict
from ingest.forms import form_of
from ingest.report import TABLE_NAMES, Place, Report, Table
from vectorstore.holdings import Entry

TABLE_TITLES: Mapping[str, str] = {
    "proactive": "表二 主动公开",
    "requests": "表三 收到和处理申请",
    "disputes": "表四 复议诉讼",
}
SECTION_WORDS = ("引言", "第一部分", "第二部分", "第三部分", "第四部分", "第五部分", "第六部分")
# Doubts that the findings of a check are followed by.
MOST_DOUBTS = 10
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


def library_to_markdown(entries: Sequence[Entry]) -> str:
    """The library's reports as a table; an older edition is marked so."""
    if not entries:
        return "资料库是空的；用 nianbao ingest 文件或文件夹 存入年报。"
    lines = ["| 单位 | 年度 | 表样 | 存疑 | 文件 |", "|---|---|---|---|---|"]
    for entry in entries:
        older = "" if entry.current else "（旧版）"
        lines.append(
            f"| {entry.agency} | {entry.year}{older} | {entry.format or '无表'} "
            f"| {entry.warning_count} | {entry.source} |"
        )
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


def _first_lines(lines: Sequence[str]) -> Sequence[str]:
    """The first of many, and how many more there are: two reports in one file differ in every cell."""
    more = len(lines) - MOST_DOUBTS
    if more <= 0:
        return lines
    return [*lines[:MOST_DOUBTS], f"- 另有{more}处，`nianbao parse` 逐一列出"]


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


SEVERITY_WORDS: Mapping[Severity, str] = {"error": "错误", "warning": "警告", "notice": "提示"}
VERDICT_WORDS: Mapping[Verdict, str] = {
    "pass": "通过",
    "fail": "不通过",
    "undecided": "无法判定",
    "not_applicable": "不适用",
}


def check_to_markdown(report: Report, check: Check) -> str:
    """The findings of a check, worst first, each with its place, reason and remedy."""
    lines = [f"# 核查：{report.title or report.source}", "", check_in_words(check), ""]
    for finding in check.findings:
        lines += _finding_lines(finding)
    if report.warnings:
        lines += ["## 读取存疑", "", *_first_lines(list(_warning_lines(report)))]
    return "\n".join(lines).rstrip()


def check_in_words(check: Check) -> str:
    """How many findings of each severity stand, and how many rules had each verdict."""
    found = Counter(finding.severity for finding in check.findings)
    verdicts = Counter(check.verdicts.values())
    severities = "、".join(f"{word}{found[name]}条" for name, word in SEVERITY_WORDS.items())
    rules = "，".join(f"{word}{verdicts[name]}条" for name, word in VERDICT_WORDS.items())
    return f"发现{severities}。规则{sum(verdicts.values())}条：{rules}。"


def finding_place(finding: Finding) -> str:
    """Where a finding stands, in words; the first place of several."""
    return place_to_text(finding.evidence[0].place) if finding.evidence else "全文"


def _finding_lines(finding: Finding) -> Iterator[str]:
    yield f"## {SEVERITY_WORDS[finding.severity]} {finding.rule}：{finding.message}"
    yield ""
    for evidence in finding.evidence:
        quote = _one_line(evidence.place.quote)
        yield f"- 位置：{place_to_text(evidence.place)}" + (f"：“{quote}”" if quote else "")
    if finding.suggestion:
        yield f"- 改法：{finding.suggestion}"
    for consequence in finding.consequences:
        yield f"- 连带：{consequence.message}"
    yield ""


def draft_to_markdown(draft: Draft) -> str:
    """The draft's parts, then what is suggested for each."""
    lines = [f"# {draft.title}", ""]
    for part in (draft.preamble, *draft.sections):
        lines += [f"## {part.heading}", ""] if part.heading else []
        lines += [part.text, ""]
    lines += ["## 建议", ""]
    for suggestion in draft.suggestions:
        lines.append(
            f"- {SECTION_WORDS[suggestion.section]}：{suggestion.text}（{suggestion.why}）"
        )
    return "\n".join(lines)


def rules_to_markdown(rules: Iterable[Rule]) -> str:
    """The catalogue as a list: id, severity, name and what is wrong."""
    return "\n".join(
        f"- {rule.id}（{SEVERITY_WORDS[rule.severity]}，{rule.name}）：{rule.page.summary}"
        for rule in rules
    )


def rule_to_markdown(rule: Rule) -> str:
    """The page of one rule."""
    page = rule.page
    return "\n\n".join(
        (
            f"## {rule.id} {rule.name}",
            page.summary,
            f"- 级别：{SEVERITY_WORDS[rule.severity]}\n- 所属：{FAMILIES[rule.family]}\n"
            f"- 适用表样：{'、'.join(rule.formats) or '各版'}",
            f"**为什么** {page.why}",
            f"**依据** {page.basis}",
            f"**反例**\n\n```yaml\n{page.bad}\n```",
            f"**正例**\n\n```yaml\n{page.good}\n```",
            f"**处理** {page.remedy}",
        )
    )


def rule_to_dict(rule: Rule) -> Mapping[str, object]:
    """A rule as `nianbao rules --json` prints it."""
    return {
        "id": rule.id,
        "name": rule.name,
        "severity": rule.severity,
        "family": FAMILIES[rule.family],
        "formats": list(rule.formats),
        "needs": rule.needs,
        "summary": rule.page.summary,
        "why": rule.page.why,
        "basis": rule.page.basis,
        "remedy": rule.page.remedy,
    }


def scores_to_markdown(scores: Scores) -> str:
    """The scores of a question set: each kind, then citations, refusals, grounding and latency."""
    lines = [f"- {kind.kind}：{kind.right}/{kind.cases}" for kind in scores.kinds]
    lines += [
        f"- 合计：{scores.right}/{scores.cases}",
        f"- 出处：{scores.citations_right}/{scores.citations_expected}",
        f"- 拒答：准确率 {_share(scores.refusal_precision)}，召回率 {_share(scores.refusal_recall)}",
        f"- 无出处的数：{scores.ungrounded}",
        f"- 用时：中位 {scores.latency_p50_ms:.0f} 毫秒，九成五 {scores.latency_p95_ms:.0f} 毫秒",
    ]
    return "\n".join([*lines, *(f"- 未答对：{question}" for question in scores.failed)])


def _share(share: float | None) -> str:
    return "无此类题" if share is None else f"{share:.1%}"
