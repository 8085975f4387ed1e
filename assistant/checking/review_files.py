"""A batch of checked reports as files to take away: workbook, page, tables in Markdown, JSON.

Pure. Everything that came out of a document is escaped or typed as text.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType

from assistant.checking.check import check_to_dict
from assistant.checking.files import Decided, json_bytes, worklist
from assistant.checking.markup import page_to_html
from assistant.checking.review import Review, Reviewed
from assistant.rules import RULES, SEVERITIES, Check
from assistant.spreadsheet import Sheet, sheets_to_xlsx
from ingest.report import Report

OVERVIEW_COLUMNS = ("单位", "年度", "文件", "结论", "错误", "警告", "提示")


def review_to_xlsx(review: Review) -> bytes:
    """The batch as a workbook: overview, commonest faults, who has not filed, the work list."""
    overview = Sheet(
        "总表",
        (
            ("单位", 28), ("年度", 8), ("文件", 32), ("结论", 12), ("错误", 8), ("警告", 8),
            ("提示", 8), ("无法判定的规则", 14), ("读取存疑", 10), ("说明", 48),
        ),
        [_overview(file) for file in review.files],
    )  # fmt: skip
    faults = Sheet(
        "常见问题",
        (("规则", 8), ("问题", 48), ("涉及年报", 10), ("处数", 8)),
        [(f.rule, RULES[f.rule].page.summary, f.reports, f.findings) for f in review.faults],
    )
    missing = Sheet("未报送", (("单位", 40),), [(name,) for name in review.missing])
    checked: list[tuple[Report, Check, Decided]] = [
        (f.report, f.check, {}) for f in review.files if f.report and f.check
    ]
    return sheets_to_xlsx([overview, faults, missing, worklist(checked)])


def _overview(file: Reviewed) -> Sequence[str | int | None]:
    report, verdicts = file.report, file.check.verdicts if file.check else {}
    return (
        (report.agency if report else None) or "（未认出）",
        report.year if report else None,
        file.source,
        file.verdict,
        *(file.count(severity) for severity in SEVERITIES),
        list(verdicts.values()).count("undecided"),
        len(report.warnings) if report else 0,
        file.error,
    )


def review_to_markdown(review: Review) -> str:
    """The batch as tables: reports, commonest faults, conflicting versions, who has not filed."""
    lines = ["| 单位 | 年度 | 文件 | 结论 | 错误 | 警告 | 提示 |", "|---|---|---|---|--:|--:|--:|"]
    lines += [f"| {' | '.join(map(_plain, _overview(file)[:7]))} |" for file in review.files]
    lines += [f"- {file.error}" for file in review.files if file.error]
    if review.faults:
        lines += ["", "| 规则 | 问题 | 涉及年报 |", "|---|---|--:|"]
    lines += [
        f"| {fault.rule} | {RULES[fault.rule].page.summary} | {fault.reports} |"
        for fault in review.faults
    ]
    if review.of_another_year:
        lines += [
            "",
            f"年度与其余不同，疑为传错了文件：{'、'.join(map(_plain, review.of_another_year))}",
        ]
    for sources in review.twice:
        lines += ["", f"同一单位同一年度有内容不同的几份：{'、'.join(map(_plain, sources))}"]
    if review.missing:
        lines += ["", f"尚未报送（{len(review.missing)}）：{'、'.join(review.missing)}"]
    return "\n".join(lines)


def _plain(content: object) -> str:
    """Text that cannot break out of a table's cell."""
    return "" if content is None else " ".join(str(content).replace("|", "\uff5c").split())


def review_to_dict(review: Review) -> Mapping[str, object]:
    """The batch as JSON: the contract's object for each file, and the sums."""
    return {
        "files": [
            check_to_dict(file.report, file.check)
            if file.report and file.check
            else {"source": file.source, "error": file.error}
            for file in review.files
        ],
        "faults": [
            {"rule": f.rule, "reports": f.reports, "findings": f.findings} for f in review.faults
        ],
        "of_another_year": list(review.of_another_year),
        "versions": [list(sources) for sources in review.twice],
        "missing": list(review.missing),
    }


def review_to_html(review: Review) -> str:
    """The batch as one page that stands alone: reports, commonest faults, who has not filed."""
    title = f"核查汇总：{len(review.files)} 份年报"
    faults = [(f.rule, RULES[f.rule].page.summary, f.reports, f.findings) for f in review.faults]
    parts = [
        _table(OVERVIEW_COLUMNS, [_overview(file)[:7] for file in review.files]),
        *(f"<p>{escape(file.error)}</p>" for file in review.files if file.error),
        "<h2>常见问题</h2>",
        _table(("规则", "问题", "涉及年报", "处数"), faults),
    ]
    if review.of_another_year:
        named = escape("、".join(review.of_another_year))
        parts.append(f"<p>年度与其余不同，疑为传错了文件：{named}</p>")
    for sources in review.twice:
        parts.append(f"<p>同一单位同一年度有内容不同的几份：{escape('、'.join(sources))}</p>")
    if review.missing:
        names = escape("、".join(review.missing))
        parts.append(f"<h2>尚未报送（{len(review.missing)}）</h2><p>{names}</p>")
    return page_to_html(title, "".join(parts))


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _cell(content: object) -> str:
    return f"<td>{escape('' if content is None else str(content))}</td>"


REVIEW_FORMS: Mapping[str, Callable[[Review], bytes]] = MappingProxyType(
    {
        ".xlsx": review_to_xlsx,
        ".html": lambda review: review_to_html(review).encode(),
        ".md": lambda review: (review_to_markdown(review) + "\n").encode(),
        ".json": lambda review: json_bytes(review_to_dict(review)),
    }
)
"""File suffix → the batch in that form."""
