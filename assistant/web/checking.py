"""The sitting of the tab 核查 as HTML: the table of reports, the list of findings, what to take away.

Pure; everything that came out of a document is escaped.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

from assistant.checking.decisions import Changes, Decision
from assistant.checking.files import check_to_bytes
from assistant.checking.review import Review
from assistant.checking.review_files import REVIEW_FORMS
from assistant.render import SECTION_WORDS, SEVERITY_WORDS, finding_place
from assistant.rules import FAMILIES, RULES, SEVERITIES, Finding
from assistant.web.finding_cards import decision_tag, summary_to_html
from assistant.web.sitting import Decided, Opened, Sitting, Wanted
from ingest.errors import NianbaoError
from ingest.forms import form_of
from ingest.readers.word import MEDIA_TYPE as WORD
from ingest.report import Report

FORM_WORDS: Final = {
    ".docx": "带批注的原件（Word）",
    ".xlsx": "整改清单（Excel）",
    ".pdf": "PDF",
    ".html": "网页",
    ".md": "Markdown",
    ".json": "JSON",
    ".sarif": "SARIF",
    ".xml": "JUnit",
}
REVIEW_WORDS: Final = {
    ".xlsx": "汇总与整改清单（Excel）",
    ".html": "汇总（网页）",
    ".md": "汇总（Markdown）",
    ".json": "汇总（JSON）",
}
# What of a message is shown in the list; all of it stands in the card.
_MESSAGE_CHARACTERS = 90


def severity_choices(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """The severities to choose from, each with the number of its findings."""
    found = Counter(finding.severity for finding in findings)
    return [(f"{SEVERITY_WORDS[name]} {found[name]}", name) for name in SEVERITIES]


def family_choices(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """The rule families that have findings, each with their number."""
    found = Counter(finding.rule[0] for finding in findings)
    return [(f"{name} {found[id]}", id) for id, name in FAMILIES.items() if id in found]


# --- The overview -----------------------------------------------------------------------------------


def overview_to_html(sitting: Sitting, decided: Sequence[Decided]) -> str:
    """The batch where there are several files, then the report that is shown, then the downloads.

    `decided` has the decisions on each report's findings, in the order of the files.
    """
    opened = sitting.opened
    batch = _batch(sitting, decided) if len(sitting.review.files) > 1 else ""
    return (
        f"{batch}{summary_to_html(opened.report, opened.check)}{_kept(opened)}{_typed(opened)}"
        f"{_since_earlier(opened)}{_downloads(FORM_WORDS, 'form', _refused_forms(opened))}"
    )


def _batch(sitting: Sitting, decided: Sequence[Decided]) -> str:
    review = sitting.review
    heads = "".join(f"<th>{SEVERITY_WORDS[name]}</th>" for name in SEVERITIES)
    rows = "".join(
        _line(number, opened, decided[number], number == sitting.shown)
        for number, opened in _worst_first(sitting.files)
    )
    refused = "".join(f"<p class='nb-bad'>{escape(f.error)}</p>" for f in review.files if f.error)
    return (
        f"<div class='nb-table nb-batch'><table class='nb-form'><tr><th>年报（{len(sitting.files)}"
        f"份，问题多的在前）</th>{heads}<th>无法判定</th><th>读取存疑</th><th>未处理</th></tr>{rows}"
        f"</table></div>{refused}{_faults(review)}{_twice(review)}{_missing(review)}"
        f"{_downloads(REVIEW_WORDS, 'review', ())}"
    )


def _worst_first(files: Sequence[Opened]) -> list[tuple[int, Opened]]:
    """The reports with their numbers, most errors first, then most warnings."""

    def weight(item: tuple[int, Opened]) -> tuple[int, ...]:
        found = Counter(finding.severity for finding in item[1].check.findings)
        return tuple(-found[name] for name in SEVERITIES)

    return sorted(enumerate(files), key=weight)


def _line(number: int, opened: Opened, decided: Decided, is_shown: bool) -> str:
    found = Counter(finding.severity for finding in opened.check.findings)
    still_open = [f for f in opened.check.findings if f not in decided or decided[f].reopened]
    undecided = list(opened.check.verdicts.values()).count("undecided")
    numbers = (
        *(found[name] for name in SEVERITIES),
        undecided,
        len(opened.report.warnings),
        len(still_open),
    )
    cells = "".join(f"<td class='nb-number'>{n}</td>" for n in numbers)
    return (
        f"<tr><th scope='row'><button type='button' class='nb-open' data-show='{number}' "
        f"aria-pressed='{str(is_shown).lower()}'>{escape(opened.name)}</button></th>{cells}</tr>"
    )


def _faults(review: Review) -> str:
    rows = "".join(
        f"<tr><td>{f.rule}</td><th scope='row'>{escape(RULES[f.rule].page.summary)}</th>"
        f"<td class='nb-number'>{f.reports}</td><td class='nb-number'>{f.findings}</td></tr>"
        for f in review.faults
    )
    table = f"<tr><th>规则</th><th>问题</th><th>涉及年报</th><th>处数</th></tr>{rows}"
    return _fold(f"最常见的问题 {len(review.faults)} 种", f"<table class='nb-form'>{table}</table>")


def _twice(review: Review) -> str:
    """What of the batch seems sent in by mistake."""
    lines = [
        f"<p class='nb-bad'>年度与其余不同，疑为传错了文件：{escape(source)}</p>"
        for source in review.of_another_year
    ]
    lines += [
        f"<p class='nb-bad'>同一单位同一年度有内容不同的几份：{escape('、'.join(sources))}</p>"
        for sources in review.twice
    ]
    return "".join(lines)


def _missing(review: Review) -> str:
    if not review.expected:
        return ""
    if not review.missing:
        return f"<p class='nb-good'>应报送的 {review.expected} 家都已报送。</p>"
    names = "".join(f"<li>{escape(name)}</li>" for name in review.missing)
    return _fold(f"尚未报送 {len(review.missing)} 家", f"<ul class='nb-doubts'>{names}</ul>")


def _kept(opened: Opened) -> str:
    if not opened.is_kept:
        return ""
    return "<p class='nb-note'>资料库里已有内容完全相同的一份；如要核查新一年的年报，请确认没有传错文件。</p>"


def _typed(opened: Opened) -> str:
    """What was typed over, and what became of the findings; nothing where nothing was."""
    if not opened.typed:
        return ""
    known, now = opened.first.findings, opened.check.findings
    gone = [f for f in known if f not in now]
    come = [f for f in now if f not in known]
    return (
        f"<section class='nb-changes' id='nb-typed'><p>页面上改了 {len(opened.typed)} 格（文件没有改动，"
        f"导出的仍是原文件的核查）：消除 {len(gone)} 条，新增 {len(come)} 条。"
        "<button type='button' class='nb-copy' data-as-read='1'>恢复为读到的数</button></p>"
        f"{_messages('消除', gone)}{_messages('新增', come)}</section>"
    )


def _since_earlier(opened: Opened) -> str:
    changes: Changes | None = opened.since_earlier
    if changes is None:
        return ""
    return (
        "<section class='nb-changes' id='nb-since-earlier'><p>与前一版本相比："
        f"已改好 {len(changes.mended)} 条，新出现 {len(changes.new)} 条，"
        f"仍在 {len(changes.standing)} 条。</p>"
        f"{_messages('已改好', changes.mended)}{_messages('新出现', changes.new)}</section>"
    )


def _messages(title: str, findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    items = "".join(f"<li>{f.rule}　{escape(f.message)}</li>" for f in findings)
    return _fold(f"{title} {len(findings)} 条", f"<ul class='nb-doubts'>{items}</ul>")


def _fold(title: str, body: str) -> str:
    return f"<details class='nb-fold'><summary>{escape(title)}</summary>{body}</details>"


# --- The list of findings ---------------------------------------------------------------------------


def findings_to_html(sitting: Sitting, decided: Decided, wanted: Wanted) -> str:
    """The findings that are wanted, under heads, each a button that leads to its place."""
    findings = sitting.opened.check.findings
    listed = [(n, f) for n, f in enumerate(findings) if wanted.lists(f, decided.get(f))]
    if not listed:
        return "<div class='nb-empty'>没有符合所选条件的问题。</div>" if findings else ""
    groups: dict[str, list[tuple[int, Finding]]] = {}
    for number, finding in listed:
        groups.setdefault(_head(sitting.opened.report, finding, wanted), []).append(
            (number, finding)
        )
    return "".join(
        f"<details class='nb-group' open><summary>{escape(head)}（{len(items)}）</summary>"
        f"{''.join(_item(n, f, decided.get(f), sitting.chosen) for n, f in items)}</details>"
        for head, items in sorted(groups.items(), key=lambda group: _order(group, wanted))
    )


def _order(group: tuple[str, list[tuple[int, Finding]]], wanted: Wanted) -> int:
    """By severity the list is in order as it is; parts and families have an order of their own."""
    if wanted.grouping == "section":
        return SECTION_WORDS.index(group[0])
    if wanted.grouping == "family":
        return list(FAMILIES.values()).index(group[0])
    return group[1][0][0]


def _head(report: Report, finding: Finding, wanted: Wanted) -> str:
    if wanted.grouping == "family":
        return FAMILIES[finding.rule[0]]
    if wanted.grouping == "section":
        return SECTION_WORDS[_section(report, finding)]
    return SEVERITY_WORDS[finding.severity]


def _section(report: Report, finding: Finding) -> int:
    """The part that a finding stands in; 0 for one that stands before them or nowhere."""
    place = next((e.place for e in finding.evidence if e.report is None), None)
    if place is None:
        return 0
    return form_of(report.format).table(place.table).section if place.table else place.section or 0


def _item(number: int, finding: Finding, decision: Decision | None, chosen: int) -> str:
    message = finding.message
    if len(message) > _MESSAGE_CHARACTERS:
        message = f"{message[:_MESSAGE_CHARACTERS]}……"
    return (
        f"<button type='button' class='nb-item' data-finding='{number}' "
        f"aria-pressed='{str(number == chosen).lower()}'>"
        f"<span class='nb-tag nb-tag-{finding.severity}'>{SEVERITY_WORDS[finding.severity]}</span>"
        f"<b>{finding.rule}</b> {escape(message)}"
        f"<small>{escape(finding_place(finding))}{decision_tag(decision)}</small></button>"
    )


# --- What people take away --------------------------------------------------------------------------


def _downloads(words: dict[str, str], kind: str, refused: Sequence[str]) -> str:
    links = "".join(
        f"<button type='button' class='nb-download' data-{kind}='{suffix}'>{label}</button>"
        for suffix, label in words.items()
        if suffix not in refused
    )
    return f"<p class='nb-downloads' aria-label='下载'>{links}</p>"


def _refused_forms(opened: Opened) -> tuple[str, ...]:
    """The forms that this file cannot be had in."""
    return () if opened.report.media_type == WORD else (".docx",)


def check_download(opened: Opened, suffix: str, decided: Decided) -> tuple[str, bytes]:
    """Name and content of the check of the file as it was read. Raises NianbaoError."""
    if suffix not in FORM_WORDS:
        raise NianbaoError("没有这种格式。")
    original = opened.path.read_bytes() if suffix == ".docx" else None
    content = check_to_bytes(
        opened.original, opened.first, suffix, original=original, decisions=decided
    )
    if suffix == ".docx":
        return f"批注-{Path(opened.original.source).name}", content
    return f"{opened.name}核查{suffix}", content


def review_download(review: Review, suffix: str) -> tuple[str, bytes]:
    """Name and content of the batch as one file. Raises NianbaoError."""
    if suffix not in REVIEW_FORMS:
        raise NianbaoError("没有这种格式。")
    return f"{len(review.files)}份年报核查汇总{suffix}", REVIEW_FORMS[suffix](review)
